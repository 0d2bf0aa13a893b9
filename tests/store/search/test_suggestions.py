"""Near words and near names: what somebody may have meant."""

from __future__ import annotations

import pytest

from indexer.store.reader import Reader

LINES = (
    "Zelda Wieliczko | said | The governments were running out of Müesli | Zelda Wieliczko | person",
    "Adaeze Okafor | said | The harbour wall needs concrete and courage | Adaeze Okafor | person",
    "Adaeze Okafor | said | Courage is cheap and concrete is not, 2024 | Adaeze Okafor | person",
    "Chidi Okafor | said | Peace | Chidi Okafor | person",
)


@pytest.fixture
def reader(article, fill):
    """An index in which each of these was said."""
    with Reader(fill(article("a", *LINES, published="2025-01-01"))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("goverment", ["governments"]),
        ("Govenrments", ["governments"]),
        ("harbuor", ["harbour"]),
        ("curage", ["courage"]),
        ("courge", ["courage"]),
        ("pece", ["peace"]),
        ("musli", ["müesli"]),
        ("MUSLI", ["müesli"]),
        ("concrete", []),
        ("runs", []),
        ("2042", []),
        ("quark", []),
        ("co", []),
        ("", []),
        ("\x00\ud800", []),
        ("习近平", []),
        ("x" * 100_000, []),
    ],
)
def test_words_that_look_like_what_was_typed(reader, typed, near):
    assert reader.near_words(typed) == near


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Adaeze Okafo", ["adaeze-okafor"]),
        ("Odaeze Okafor", ["adaeze-okafor"]),
        ("Wielicko", ["zelda-wieliczko"]),
        ("okafor", ["adaeze-okafor", "chidi-okafor"]),
        ("Zleda", ["zelda-wieliczko"]),
        ("Nobody At All", []),
        ("", []),
        ("\x00%_\ud800", []),
        ("x" * 100_000, []),
    ],
)
def test_speakers_whose_names_look_like_what_was_typed(reader, typed, near):
    assert [tally.slug for tally in reader.near_speakers(typed)] == near


@pytest.mark.parametrize("typed", ["Adaeze Okafor", "adaeze-okafor", "ADAEZE  OKAFOR"])
def test_a_speaker_by_exactly_this_name(reader, typed):
    (found,) = reader.called(typed)
    assert (found.value, found.slug, found.quotations) == ("Adaeze Okafor", "adaeze-okafor", 2)


def test_nobody_is_called_by_a_part_of_a_name(reader):
    assert reader.called("Adaez") == []


def test_when_the_index_was_brought_up_to_date(reader):
    assert reader.updated().startswith("20")
