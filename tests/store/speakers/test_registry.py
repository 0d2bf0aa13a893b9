"""Who is the same speaker across documents, in the tables of a real index."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.store.reader import Reader
from indexer.store.writer import Writer

PUTIN = "Vladimir Putin | person"


@pytest.fixture
def corpus(article: Callable[..., Any]) -> list[Any]:
    """Documents that print the same people in different ways, and different people in the same way."""
    paper = {"publisher": "Tarn Post", "published": "2016-05-01"}
    return [
        article("1", f"Vladimir Putin | said | One. | {PUTIN}", f"he | said | Two. | {PUTIN}"),
        article("2", "VLADIMIR PUTIN | said | Three. | VLADIMIR PUTIN | person", "x | | scare | | term"),
        article("3", f"Mr Putin | said | Four. | {PUTIN}", "Putin | said | Five. | Putin | person"),
        article("4", "An aide | said | Six. | an aide | unnamed", "I | wrote | Seven. | AUTHOR | author"),
        article("5", "An aide | said | Eight. | an aide | unnamed", "I | wrote | Nine. | Jane Roe | author"),
        article("6", "Muller | said | Ten. | Muller | person", "Rosatom | said | Eleven. | Rosatom | organization"),
        article("7", "Müller | said | Twelve. | Müller | person", "Rosatom | said | One. | Rosatom | person"),
        article("8", "Jane Roe | said | Ten. | Jane Roe | person", "nobody | said | Zero. | | "),
        article("9", "Ada Brink | said | Ten. | Ada Brink | person", **paper),
        article("10", "Brink | said | Ten. | Brink | person", **paper),
        article("11", "Ada J. Brink | said | Ten. | Ada J. Brink | person", publisher="Ulm Times"),
        article("12", "Otto Brink | said | No. | Otto Brink | person", **(paper | {"published": "2016-06"})),
    ]  # fmt: skip


def test_names_and_aliases(corpus: list[Any], fill: Callable[..., Path]) -> None:
    with Reader(fill(*corpus)) as reader:
        speakers = {row.slug: row for row in reader.speakers()}
    putin = speakers["vladimir-putin"]
    assert (putin.name, putin.quotations, putin.documents) == ("Vladimir Putin", 4, 3)
    assert putin.aliases == ("VLADIMIR PUTIN", "Mr Putin")
    assert speakers["muller"].name == "Müller"
    assert speakers["jane-roe"].quotations == 2
    assert {"rosatom", "rosatom-org"} & speakers.keys() == {"rosatom-org"}
    assert speakers["ada-brink"].aliases == ("Ada J. Brink",)
    assert [row.name for row in speakers.values() if "brink" in row.slug and row.documents == 1] == [
        "Brink",
        "Otto Brink",
    ]
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
