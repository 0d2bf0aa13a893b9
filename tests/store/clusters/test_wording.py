"""The normal form of quoted words: what makes no difference between two versions."""

from __future__ import annotations

import pytest

from indexer.store.clusters.wording import is_value, normal_word, weight, wording

EQUAL = [
    ("The harbour is OURS.", "the harbour is ours"),
    ("“Don’t go,” he said", '"Do not go", he said!'),
    ("We can't and won't.", "We cannot and will not"),
    ("organise the colour programme", "organized the color program"),
    ("they travelled", "they traveled"),
    ("twenty-five per cent of nine theatres", "25% of 9 theaters"),
    ("1,200 boats", "1200 boats"),
    ("the U.S. fleet", "the US fleet"),
    ("He went and thought", "he goes and thinks"),
    ("Zoë Kovač’s café", "zoe kovac's cafe"),
    ("[T]he fuel is low", "The fuel is low"),
    ("It call[ed] home", "it calls home"),
    ("although it, it is very, very late", "though it is very late"),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_these_make_no_difference(one: str, other: str) -> None:
    assert wording(one).words == wording(other).words


@pytest.mark.parametrize(
    ("text", "words", "gaps", "ends"),
    [
        ("we ... sail", ["we", "sail"], {1}, set()),
        ("we . . . sail", ["we", "sail"], {1}, set()),
        ("we [the crew] sail (again) now", ["we", "sail", "now"], {1, 2}, set()),
        ("… we sail …", ["we", "sail"], set(), set()),
        ("We sail. You row!", ["we", "sail", "you", "row"], set(), {2}),
        ("she said “we sail” twice", ["she", "say", "we", "sail", "twice"], set(), {2, 4}),
        ("If we, if we sail. Row, row, row!", ["if", "we", "sail", "row"], set(), {3}),
        ("we sail, we ... sail. You row", ["we", "sail", "you", "row"], {2}, {2}),
        ("", [], set(), set()),
        ("?!… []", [], set(), set()),
    ],
)
def test_signs_are_places_among_the_words(text: str, words: list[str], gaps: set[int], ends: set[int]) -> None:
    found = wording(text)
    assert (found.words, found.gaps, found.ends) == (tuple(map(normal_word, words)), gaps, ends)


def test_rare_words_weigh_more_than_common_ones() -> None:
    assert weight("the") == 0 < weight(normal_word("people")) < weight(normal_word("harbour")) <= weight("xylophon")
    assert wording("I think that we will").weight < wording("basket of oysters").weight


@pytest.mark.parametrize(("word", "value"), [("12", True), ("million", True), ("Monday", True), ("boat", False)])
def test_numbers_and_days_are_values(word: str, value: bool) -> None:
    assert is_value(normal_word(word.lower())) is value
