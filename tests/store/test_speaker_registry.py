"""Who is the same speaker: the same name, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.store.reader import Reader
from indexer.store.speaker_registry import identify
from indexer.store.writer import Writer

PUTIN = "Vladimir Putin | person"


@pytest.mark.parametrize(
    ("name", "speaker_type", "slug", "known_type"),
    [
        ("Vladimir Putin", "person", "vladimir-putin", "person"),
        ("Vladimir\n  Putin", "person", "vladimir-putin", "person"),
        ("Müller", "person", "muller", "person"),
        ("Putin", None, "putin", "person"),
        ("Jane Roe", "author", "jane-roe", "person"),
        ("Rosatom", "organization", "rosatom-org", "organization"),
        ("The treaty", "document", "the-treaty-doc", "document"),
        ("Big Doc", "person", "big-doc-person", "person"),
        ("Big Doc Person", "person", "big-doc-person-person", "person"),
        ("习近平", "person", "习近平", "person"),
    ],
)
def test_identity(name: str, speaker_type: Any, slug: str, known_type: str) -> None:
    identity = identify(name, speaker_type, "a.txt")
    assert (identity.slug, identity.type) == (slug, known_type)
    assert identity == identify(name, speaker_type, "b.txt")


@pytest.mark.parametrize(("name", "speaker_type"), [("a senior aide", "unnamed"), ("AUTHOR", "author")])
def test_somebody_without_a_name_stays_within_the_document(name: str, speaker_type: Any) -> None:
    here, there = identify(name, speaker_type, "a.txt"), identify(name, speaker_type, "b.txt")
    assert here.slug != there.slug
    assert here.type == there.type == speaker_type
    assert here.slug == identify(name.upper(), speaker_type, "a.txt").slug


TYPES = st.sampled_from(["person", "organization", "document", "unnamed", "author", None])
NAMES = st.one_of(st.sampled_from(["Big", "Big Doc", "Big Org", "Big Person", "big-doc-person"]), st.text(max_size=8))


@given(NAMES, TYPES, NAMES, TYPES)
def test_no_two_kinds_of_speaker_share_a_slug(one: str, one_type: Any, other: str, other_type: Any) -> None:
    first, second = identify(one, one_type, "a.txt"), identify(other, other_type, "a.txt")
    assert first.slug
    if first.slug == second.slug:
        assert first.type == second.type


@pytest.fixture
def corpus(article: Callable[..., Any]) -> list[Any]:
    """Documents that print the same people in different ways."""
    return [
        article("1", f"Vladimir Putin | said | One. | {PUTIN}", f"he | said | Two. | {PUTIN}"),
        article("2", "VLADIMIR PUTIN | said | Three. | VLADIMIR PUTIN | person", "x | | scare | | term"),
        article("3", f"Mr Putin | said | Four. | {PUTIN}", "Putin | said | Five. | Putin | person"),
        article("4", "An aide | said | Six. | an aide | unnamed", "I | wrote | Seven. | AUTHOR | author"),
        article("5", "An aide | said | Eight. | an aide | unnamed", "I | wrote | Nine. | Jane Roe | author"),
        article("6", "Muller | said | Ten. | Muller | person", "Rosatom | said | Eleven. | Rosatom | organization"),
        article("7", "Müller | said | Twelve. | Müller | person", "Rosatom | said | One. | Rosatom | person"),
        article("8", "Jane Roe | said | Ten. | Jane Roe | person", "nobody | said | Zero. | | "),
    ]  # fmt: skip


def test_names_and_aliases(corpus: list[Any], fill: Callable[..., Path]) -> None:
    with Reader(fill(*corpus)) as reader:
        speakers = {row.slug: row for row in reader.speakers()}
    putin = speakers["vladimir-putin"]
    assert (putin.name, putin.quotations, putin.documents) == ("Vladimir Putin", 4, 3)
    assert putin.aliases == ("VLADIMIR PUTIN", "Mr Putin")
    assert speakers["muller"].name == "Müller"
    assert speakers["jane-roe"].quotations == 2
    assert {"rosatom", "rosatom-org"} <= speakers.keys()
    assert [row.name for row in speakers.values() if row.type == "unnamed"] == ["an aide", "an aide"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_order_does_not_matter(
    corpus: list[Any],
    tmp_path_factory: pytest.TempPathFactory,
    contents: Callable[[Path], Any],
    sound: Callable[[Path], None],
    seed: int,
) -> None:
    """In any order, with documents that change and that go on the way, the index says the same."""
    folder, shuffle = tmp_path_factory.mktemp("order"), random.Random(seed)
    straight, shuffled = folder / "straight.db", folder / "shuffled.db"
    with Writer(straight) as writer:
        for document, found in corpus:
            writer.write(document, found, "1")
    with Writer(shuffled) as writer:
        for document, _ in shuffle.sample(corpus, 4):
            writer.write(document, shuffle.choice(corpus)[1], "0") if shuffle.random() < 0.3 else None
        for document, found in shuffle.sample(corpus, len(corpus)) + shuffle.sample(corpus, 3):
            if shuffle.random() < 0.3:
                writer.prune({key.id for key, _ in shuffle.sample(corpus, 5)})
            writer.write(document, found[:1], "0")
            writer.write(document, found, "1")
        for document, found in corpus:
            if writer.needs(document, "1"):
                writer.write(document, found, "1")
    assert contents(shuffled) == contents(straight)
    sound(shuffled)
