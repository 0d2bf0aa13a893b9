"""An anchor finds its words again after edits, and nothing where nobody can be sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.corrections.anchors import CONTEXT, MANY, Anchor, anchor, find

ARTICLE = (
    "The council of Westhaven met on Monday to talk about the old quay.\n\n"
    "“We waited nine years for it,” said Maria Lindqvist, the mayor of the town.\n\n"
    "“Yes,” Tomas Berg answered from the back of the hall. “A burden for all of us.”\n\n"
    "Nobody else in the hall wanted to speak, and the meeting ended before nine.\n"
)
WORDS = "We waited nine years for it,"
SHORT = "Yes,"


def of(words: str, text: str = ARTICLE, nth: int = 0) -> Anchor:
    """The anchor of the nth place of these words."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return anchor(text, at, at + len(words))


def found(words: Anchor, text: str) -> str | None:
    """The words that are found, as the text has them."""
    place = find(words, text)
    return None if place is None else text[slice(*place)]


def test_an_anchor_is_the_words_and_what_stands_around_them() -> None:
    made = of(WORDS)
    assert (made.words, len(made.before), len(made.after)) == (WORDS, CONTEXT, CONTEXT)
    assert made.before + made.words + made.after in ARTICLE
    assert of("The council") == Anchor(0, 11, "The council", "", ARTICLE[11 : 11 + CONTEXT])


EDITS = {
    "nothing": (ARTICLE, WORDS),
    "a paragraph before": ("A new first paragraph.\n\n" + ARTICLE, WORDS),
    "words beside them": (ARTICLE.replace("said Maria Lindqvist, the mayor", "said Mayor Maria Lindqvist"), WORDS),
    "straight marks": (ARTICLE.replace("“", '"').replace("”", '"'), WORDS),
    "a line broken within": (ARTICLE.replace("nine years", "nine\nyears"), WORDS.replace("nine years", "nine\nyears")),
    "hard spaces": (ARTICLE.replace(" ", "\u00a0"), WORDS.replace(" ", "\u00a0")),
    "more space": (ARTICLE.replace(" ", "  "), WORDS.replace(" ", "  ")),
    "all else rewritten": (f"He remembers it well. “{WORDS}” she told him then.", WORDS),
    "a word changed": (ARTICLE.replace("nine years", "ten years"), None),
    "the case changed": (ARTICLE.replace("We waited", "we waited"), None),
    "words gone": ("Nothing of it is left.", None),
    "no text left": ("", None),
}


@pytest.mark.parametrize("edit", EDITS)
def test_long_words_are_found_after(edit: str) -> None:
    text, expected = EDITS[edit]
    assert found(of(WORDS), text) == expected


@pytest.mark.parametrize("edit", ["words before", "words behind", "another yes"])
def test_short_words_are_found_by_their_surroundings(edit: str) -> None:
    text = {
        "words before": "New.\n\n" + ARTICLE.replace("mayor of the town", "head of the council"),
        "words behind": ARTICLE.replace("from the back of the hall", "from the very back of the hall"),
        "another yes": "“Yes,” said a child in the first row, and everybody laughed.\n\n" + ARTICLE,
    }[edit]
    place = find(of(SHORT), text)
    assert place == (text.index("Yes,” Tomas"), text.index("” Tomas"))


def test_short_words_without_their_surroundings_are_an_orphan() -> None:
    assert find(of(SHORT), "“Yes,” he told the reporters at the airport, “it rained all week.”") is None


def test_words_inside_longer_words_are_not_they() -> None:
    made = anchor("He paints “art” all day in the old barn.", 11, 14)
    assert find(made, "He paints “parts” all day in the old barn.") is None
    assert find(made, "Now he paints “art” all day in the old barn.") == (15, 18)


def test_the_same_words_in_the_same_surroundings_are_told_apart_by_the_distance() -> None:
    line = "The crowd in the square shouted with one voice: “We will not leave.” And then it fell silent for a while. "
    words = of("We will not leave.", line * 3, nth=1)
    assert find(words, "Eight words. " + line * 3) == (words.start + 13, words.end + 13)


def test_two_equally_good_places_are_none() -> None:
    line = "The crowd in the square shouted with one voice: “We will not leave.” And then it fell silent for a while. "
    one = of("We will not leave.", line)
    middle = one.start + len(line)
    moved = Anchor(middle, middle + len(one.words), one.words, one.before, one.after)
    assert find(moved, line + "x" * len(line) + line) is None


def test_long_words_in_two_new_places_are_none() -> None:
    assert find(of(WORDS), f"First “{WORDS}” was sung. Later “{WORDS}” was painted.") is None


def test_marks_of_any_style_within_the_words() -> None:
    text = "''She told me 'no''' was all that Mr Berg had to say about it on Monday evening."
    made = anchor(text, 2, text.index("'''") + 1)
    assert made.words == "She told me 'no'"
    for new, expected in (
        (f"So: {text}", "She told me 'no'"),
        ("So: “She told me ‘no’” was all that Mr Berg had to say.", "She told me ‘no’"),
    ):
        assert found(made, new) == expected


def test_words_that_stand_everywhere_are_none_unless_nothing_changed() -> None:
    text = "“No.” " * (MANY + 2)
    made = anchor(text, 1, 4)
    assert find(made, text) == (1, 4)
    assert find(made, f"x {text}") is None


def test_a_full_stop_is_no_words() -> None:
    made = of(".”", ARTICLE)
    assert find(made, ARTICLE) == (made.start, made.end)
    assert find(made, f"New. {ARTICLE}") is None


def test_empty_words_are_nowhere() -> None:
    assert find(Anchor(0, 0, "", "", ""), ARTICLE) is None


WORD = st.text("abcdefghij", min_size=1, max_size=6)
LINE = st.lists(WORD, min_size=0, max_size=40).map(" ".join)


@given(LINE, LINE)
def test_any_edit_outside_the_words_and_their_surroundings_keeps_the_anchor(before: str, after: str) -> None:
    for words in (WORDS, SHORT):
        made = of(words)
        kept = made.before + made.words + made.after
        text = f"{before} {kept} {after}"
        start = len(before) + 1 + len(made.before)
        assert find(made, text) == (start, start + len(words))


@given(st.text(max_size=300))
def test_what_is_put_before_shifts_the_place_by_its_length(before: str) -> None:
    made = of(WORDS)
    assert find(made, f"{before}{ARTICLE}") == (made.start + len(before), made.end + len(before))


@given(st.text(max_size=60), st.text(min_size=1, max_size=30), st.text(max_size=60), st.text(max_size=200))
def test_any_text_gives_words_that_agree_or_nothing(before: str, words: str, after: str, other: str) -> None:
    text = before + words + after
    made = anchor(text, len(before), len(before) + len(words))
    assert find(made, text) == (made.start, made.end)
    for new in (other, other + text, text + other, other + words):
        place = find(made, new)
        assert place is None or plain(new[slice(*place)]) == plain(words)


def plain(words: str) -> str:
    """Without white space and marks."""
    return "".join(letter for letter in words if not letter.isspace() and letter not in "\"'“”„‟«»＂‘’‚‛‹›`´")
