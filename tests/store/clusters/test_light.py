"""Light words: what speaker, day, surroundings and what else two articles quote decide about them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.store.clusters.light import is_part
from indexer.store.clusters.same_words import Item, groups

SAID = "Nobody in the capital lifted a finger, for she knows where it is, and they do not."
LIGHT = "she knows where it is"
LIGHTER = "she knows where"
ELSEWHERE = "Ask the captain of the ferry: she knows where it is as well as any pilot of the bay."
HARBOUR = "Ms Lund spoke of the flooded harbour, the lost trawlers and the insurers who would not pay."
REGATTA = "At the regatta the brass band played under a marquee while the umpires argued about varnish."


def together(*items: Item, around: Sequence[str] = ()) -> list[tuple[int, ...]]:
    """The groups of these; what stands around each, by its id."""
    return [group.ids for group in groups(items, lambda number: around[number] if around else "")]


def said(number: int, text: str, name: str | None, day: int | None, dated: bool = False) -> Item:
    """A quotation in a document of its own."""
    return Item(number, text, number, name, day, dated)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Ana Lund", 100, [(0, 1)]),
        ("Ana Lund", 101, [(0, 1)]),
        ("Ana Lund", 99, [(0, 1)]),
        ("Ana Lund", 131, []),
        ("Ana Lund", None, []),
        ("Tomas Berg", 100, []),
        ("Eva Lund", 100, []),
        (None, 100, []),
    ],
)
def test_light_words_need_their_speaker_and_the_days(
    name: str | None, day: int | None, expected: list[tuple[int, ...]]
) -> None:
    assert together(said(0, SAID, "Ana Lund", 100), said(1, LIGHT, name, day)) == expected


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [("Ana Lund", HARBOUR, [(0, 1)]), ("Ana Lund", REGATTA, []), (None, HARBOUR, [(0, 1)]), (None, REGATTA, [])],
)
def test_lighter_words_are_told_by_what_stands_around_them(
    name: str | None, other: str, expected: list[tuple[int, ...]]
) -> None:
    statement, part = said(0, SAID, "Ana Lund", 100), said(1, LIGHTER, name, 103)
    assert together(statement, part, around=(HARBOUR, other)) == expected


def test_what_stands_around_does_not_make_another_speakers_words_the_same() -> None:
    statement, part = said(0, SAID, "Ana Lund", 100), said(1, LIGHTER, "Tomas Berg", 100)
    assert together(statement, part, around=(HARBOUR, HARBOUR)) == []


def test_the_more_a_speaker_says_the_less_do_light_words_tell() -> None:
    statement, part = said(0, SAID, "Ana Lund", 100), said(1, LIGHT, "Ana Lund", 100)
    more = [said(2 + n, f"The pilot number {n} is asleep.", "Ana Lund", 100) for n in range(20)]
    assert together(statement, part, *more) == []


def test_words_that_are_said_to_be_of_another_day_are_not_the_same() -> None:
    statement = said(0, SAID, "Ana Lund", 100, dated=True)
    assert together(statement, said(1, LIGHT, "Ana Lund", 102)) == [(0, 1)]
    assert together(statement, said(1, LIGHT, "Ana Lund", 101, dated=True)) == [(0, 1)]
    assert together(statement, said(1, LIGHT, "Ana Lund", 102, dated=True)) == []


def test_articles_that_quote_another_statement_both_tell_of_the_same() -> None:
    light = Item(0, LIGHTER, "a", "Ana Lund", 100), Item(1, SAID, "b", "Ana Lund", 100)
    long = "The oysters of the lagoon will pay for a new school and for two ferries."
    assert together(*light) == []
    assert together(*light, Item(2, long, "a"), Item(3, long, "b")) == [(0, 1), (2, 3)]


def test_light_words_that_two_statements_hold_are_of_neither() -> None:
    both = said(0, SAID, "Ana Lund", 100), said(1, ELSEWHERE, "Ana Lund", 100)
    assert together(*both, said(2, LIGHT, "Ana Lund", 100)) == []
    assert together(both[0], said(1, ELSEWHERE, "Ana Lund", 140), said(2, LIGHT, "Ana Lund", 100)) == [(0, 2)]


def test_light_words_of_light_words_come_together() -> None:
    longer = "and she knows where it is"
    assert together(said(0, longer, "Ana Lund", 100), said(1, LIGHT, "Ana Lund", 100)) == [(0, 1)]


def test_light_words_said_again_by_their_speaker_are_the_same_in_those_days() -> None:
    again = "They say we can, if we will."
    days = (1, 2, 4, 400, 401)
    items = [said(n, again, "Ana Lund", day) for n, day in enumerate(days)]
    assert together(*items, said(9, again, "Tomas Berg", 2)) == [(0, 1, 2), (3, 4)]


@pytest.mark.parametrize(
    ("words", "other", "day", "expected"),
    [
        ("lifted a finger", "Tomas Berg", 103, [(0, 1)]),
        ("lifted a finger", "Tomas Berg", 130, []),
        ("lifted a finger", "Ana Lund", 130, [(0, 1)]),
        ("lifted a finger", "Lund", 130, [(0, 1)]),
        ("Lifted a Finger", "Tomas Berg", 130, [(0, 1)]),
    ],
)
def test_what_others_say_long_after_is_a_formula_unless_it_is_a_name(
    words: str, other: str, day: int, expected: list[tuple[int, ...]]
) -> None:
    assert together(said(0, words, "Ana Lund", 100), said(1, "lifted a finger", other, day)) == expected


@pytest.mark.parametrize(
    ("words", "longer", "expected"),
    [
        ("a piece of history", "this is a piece of history", True),
        ("a piece of history", "this is a piece of naval history", True),
        ("a piece of history", "this is a piece of our naval history", False),
        ("a piece of history", "a piece of history", False),
        ("we are ready", "we are not ready now", False),
        ("we need boats", "we need 20 boats", False),
        ("we can", "yes we surely can", False),
        ("ready now", "are we", False),
    ],
)
def test_part_of_longer_words(words: str, longer: str, expected: bool) -> None:
    assert is_part(words.split(), longer.split()) is expected
