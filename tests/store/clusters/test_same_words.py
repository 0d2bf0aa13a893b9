"""Groups of the same words: small examples, invented quotations with known truth, pairs decided by hand."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from indexer.store.clusters.same_words import Item, groups

Place = tuple[str, int, int]
"""A document, and where a quotation starts and ends in it."""
SPEECH = (
    "We waited nine years for this harbour, and nobody in the capital lifted a finger. "
    "Now the ferries will bring our children home, and the oysters will pay for the school."
)


def together(*texts: str | tuple[str, str]) -> list[tuple[int, ...]]:
    """The groups of these texts, each in a document of its own; a pair is a text with its speaker."""
    items = [Item(n, *(text, n) if isinstance(text, str) else (text[0], n, text[1])) for n, text in enumerate(texts)]
    return [group.ids for group in groups(items)]


def test_two_parts_of_a_speech_come_together_through_the_speech() -> None:
    parts = ("nobody in the capital lifted a finger", "the oysters will pay for the school")
    assert together(*parts) == []
    assert together(*parts, SPEECH) == [(0, 1, 2)]


def test_the_same_words_in_one_document_are_no_group() -> None:
    assert groups([Item(1, SPEECH, "a"), Item(2, SPEECH, "a")]) == []
    assert groups([Item(1, SPEECH, "a"), Item(2, SPEECH, "a"), Item(3, SPEECH, "b")])[0].ids == (1, 2, 3)


def test_a_formula_does_not_join_those_who_use_it() -> None:
    slogan = "Put the lighthouse first."
    long = [f"{slogan} My uncle's {thing} needs a new varnish before the regatta." for thing in ("dinghy", "trombone")]
    assert together(slogan, slogan, *long) == [(0, 1)]
    assert together(slogan, slogan, long[0]) == [(0, 1, 2)]


def test_what_two_contrary_statements_have_in_common_is_of_neither() -> None:
    part = "the trawlers of the northern bay a licence for another winter of herring"
    statements = [f"The ministry will {word} grant {part}." for word in ("gladly", "not")]
    assert together(*statements) == []
    assert together(*statements, part) == []
    assert together(statements[0], part) == [(0, 1)]


def test_a_light_fragment_needs_its_speaker() -> None:
    fragment, longer = "lifted a finger", SPEECH
    assert together((fragment, "Ana Lund"), (longer, "Dr. Ana Lund")) == [(0, 1)]
    assert together((fragment, "Tomas Berg"), (longer, "Ana Lund")) == []


def on(*said: tuple[str, str, int]) -> list[tuple[int, ...]]:
    """The groups of these texts, each with its speaker and day, in a document of its own."""
    return [group.ids for group in groups(Item(n, text, n, name, day) for n, (text, name, day) in enumerate(said))]


def test_a_fragment_of_two_statements_is_of_the_one_its_speaker_made_last() -> None:
    part = "basket of oysters"
    first, second = (f"My {what} is worth a {part} at every market." for what in ("old trombone", "varnished dinghy"))
    assert on((first, "Ana Lund", 100), (second, "Ana Lund", 120), (part, "Ana Lund", 121)) == [(1, 2)]
    assert on((first, "Ana Lund", 100), (second, "Ana Lund", 120), (part, "Ana Lund", 99)) == [(0, 2)]


@pytest.mark.parametrize("text", ["I think that we will.", "a great deal", "Thank you very much!", "no", "", "…"])
def test_what_everybody_says_is_never_the_same_words(text: str) -> None:
    assert together(text, text, SPEECH + text) == []


def test_the_order_makes_no_difference(versions: ModuleType) -> None:
    chance = random.Random(4)
    items = [
        Item(n, version.text, n, chance.choice(["Ana Lund", "Eva Lund", None]), chance.choice([None, 1, 12, 30]))
        for n, version in enumerate(made(versions, 3, 150))
    ]
    light = ("she knows where it is", "she knows where", "knows where it really is")
    items += [
        Item(10_000 + n, chance.choice(light), n, chance.choice(["Ana Lund", "Eva Lund", None]), n * 2, n % 2 == 0)
        for n in range(40)
    ]
    around = {item.id: " ".join(chance.choices(SPEECH.split(), k=20)) for item in items}
    shuffled = items[:]
    random.Random(5).shuffle(shuffled)
    assert groups(items, around.__getitem__) == groups(shuffled, around.__getitem__) != []


def made(versions: ModuleType, seed: int, count: int) -> list:
    speeches = versions.Speeches(seed, count)
    return [version for number in range(len(speeches.originals)) for version in speeches.versions(number, 3)]


@pytest.mark.parametrize("seed", [21, 22])
def test_invented_versions_are_found_and_look_alikes_are_not(versions: ModuleType, seed: int) -> None:
    printed = made(versions, seed, 700)
    found = groups(Item(n, version.text, n) for n, version in enumerate(printed))
    joined = {pair for group in found for pair in combinations(group.ids, 2)}
    right = {pair for pair in joined if printed[pair[0]].original == printed[pair[1]].original}
    wanted = {
        pair for pair in combinations(range(len(printed)), 2) if versions.same(printed[pair[0]], printed[pair[1]])
    }
    assert len(wanted) > 1000
    assert len(right) / len(joined) >= 0.99
    assert len(wanted & joined) / len(wanted) >= 0.95


DECIDED = [(1, 0.99, 0.95), (2, 0.98, 0.86), (3, 0.99, 0.72)]
"""The set, and the floors of precision and recall. The goal is 0.99 and 0.95 for each: the second and the third are of
short fragments mostly."""


@pytest.fixture(scope="module")
def reading(corpora: Path, shipped_model: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Place, int | None]:
    """The cluster of each quotation in the articles, as `quotes index` makes it with the model that ships."""
    from indexer.indexing import index

    path = tmp_path_factory.mktemp("same words") / "quotes.db"
    index(corpora / "polnear" / "train.jsonl", path, model=str(shipped_model))
    sql = 'SELECT d.key, q."start", q."end", q.cluster_id FROM quotations q JOIN documents d ON d.id = q.document_id'
    with closing(sqlite3.connect(path)) as connection:
        return {(key, start, end): cluster for key, start, end, cluster in connection.execute(sql)}


@pytest.mark.parametrize(("chosen", "precision", "recall"), DECIDED)
def test_pairs_decided_by_hand(
    root: Path, reading: dict[Place, int | None], chosen: int, precision: float, recall: float
) -> None:
    lines = (root / "tests" / "gold" / "same_words.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [pair for pair in map(json.loads, lines) if pair.get("set", 1) == chosen]

    def joined(pair: dict[str, Any]) -> bool:
        one, other = (reading[tuple(pair[side])] for side in "ab")
        return one is not None and one == other

    true, false = ([pair for pair in pairs if pair["same"] is same] for same in (True, False))
    right, wrong = sum(map(joined, true)), sum(map(joined, false))
    assert (len(true) >= 60, len(false) >= 60) == (True, True)
    assert right / (right + wrong) >= precision
    assert right / len(true) >= recall
