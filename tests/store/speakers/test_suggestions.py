"""Who may be one with whom: suggested, and never joined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.store.reader import Reader
from indexer.store.speakers.reader import SpeakerReader


@pytest.fixture
def suggested(article: Callable[..., Any], fill: Callable[..., Path]) -> Callable[..., set[tuple[str, str]]]:
    """The pairs that are suggested for documents of one speaker each, by name; documents may have several, with +."""

    def run(*documents: str) -> set[tuple[str, str]]:
        articles = []
        for number, names in enumerate(documents):
            lines = [f"{name} | said | Words. | {name} | {_type(name)}" for name in names.split(" + ")]
            articles.append(article(str(number), *lines, publisher=f"Paper {number}"))
        with SpeakerReader(fill(*articles)) as reader:
            assert len(reader.speakers()) == len({name for names in documents for name in names.split(" + ")})
            return {tuple(sorted((each.one.name, each.other.name))) for each in reader.suggestions()}  # type: ignore[misc]

    return run


def _type(name: str) -> str:
    return "organization" if name.startswith(("Tarn", "The")) else "person"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wolodymyr Selenskyj", "Volodymyr Selenskyj"),
        ("Ada Brink", "Ada Brinck"),
        ("Ada Brink", "Brink"),
        ("Ada Brink", "A. Brink"),
        ("Tarn Ferry Company", "Tarn Ferries Company"),
    ],
)
def test_it_is_suggested(suggested: Any, one: str, other: str) -> None:
    assert suggested(one, other) == {tuple(sorted((one, other)))}


@pytest.mark.parametrize(
    "documents",
    [
        ("Donald Tarn", "Donald Tarn Jr."),
        ("Ada J. Brink", "Ada K. Brink"),
        ("Ada Brink", "Otto Brink"),
        ("Ada Brink", "Ada Holm"),
        ("Ada Brink", "Ada"),
        ("Ada Brink + Ada Brinck",),
        ("Ada Brink + Brink",),
        ("Tarn Ferry Company", "Ferry"),
    ],
    ids="; ".join,
)
def test_it_is_not(suggested: Any, documents: tuple[str, ...]) -> None:
    assert suggested(*documents) == set()


def test_the_most_quoted_come_first(article: Callable[..., Any], fill: Callable[..., Path]) -> None:
    often = ["Otto Tarnow | said | Words. | Otto Tarnow | person"] * 3
    path = fill(
        article("1", "Ada Brink | said | One. | Ada Brink | person", *often),
        article("2", "Adda Brink | said | One. | Adda Brink | person"),
        article("3", *["Otto Tarno | said | Words. | Otto Tarno | person"] * 2),
    )
    with SpeakerReader(path) as reader:
        assert [each.one.name for each in reader.suggestions()] == ["Otto Tarno", "Adda Brink"]
        assert len(reader.suggestions(1)) == 1
    with Reader(path) as reader:
        assert len(reader.speakers()) == 4
