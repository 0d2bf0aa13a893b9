"""An excerpt holds the quotations and what stands around them, each where it says, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.publishing.excerpts import AROUND, ELLIPSIS, excerpt

FAR = "far " * 200
NEAR = "near " * 10


def place(text, words):
    start = text.index(words)
    return start, start + len(words)


def test_the_rest_of_an_article_is_left_out():
    text = f"{FAR}\n\nHe said: “We close.” {NEAR}\n\n{FAR}"
    left = excerpt(text, [place(text, "We close.")])
    assert left.text.startswith(f"{ELLIPSIS}\n\nfar far")
    assert left.text.endswith(f"far far\n\n{ELLIPSIS}")
    assert left.text.count("far") < 2 * AROUND / 4
    start, end = left.place(*place(text, "We close."))
    assert left.text[start:end] == "We close."


def test_words_are_not_cut():
    text = "abcdefghij " * 100 + "“Yes.” " + "abcdefghij " * 100
    left = excerpt(text, [place(text, "Yes.")])
    assert {word for word in left.text.split() if "a" in word} == {"abcdefghij"}


def test_a_text_that_is_near_to_its_quotations_stays_whole():
    text = f"\n {NEAR}“One.” {NEAR}“Two.”\n"
    assert excerpt(text, [place(text, "One."), place(text, "Two.")]).text == text


def test_quotations_far_from_each_other_are_joined_by_an_ellipsis():
    text = f"“One.”\n\n{FAR}\n\n{FAR}\n\n“Two.”"
    left = excerpt(text, [place(text, "Two."), place(text, "One.")])
    assert left.text.split("\n\n")[0] == "“One.”"
    assert left.text.split("\n\n").count(ELLIPSIS) == 1
    assert left.text.endswith("“Two.”")


def test_a_text_in_lines_stays_one_in_lines():
    text = f"“One.”\n{FAR}\n{FAR}\n“Two.”"
    assert "\n\n" not in excerpt(text, [place(text, "One."), place(text, "Two.")]).text


def test_a_mention_far_away_stays_without_what_is_around_it():
    text = f"{FAR} Ada Moor {FAR} “We close.”"
    left = excerpt(text, [place(text, "We close.")], [place(text, "Ada Moor")])
    assert f"{ELLIPSIS}\nAda Moor\n{ELLIPSIS}" in left.text


def test_a_text_without_quotations_is_left_out():
    assert excerpt(FAR, []).text == ELLIPSIS
    assert excerpt("", []).text == ELLIPSIS


def test_what_is_left_out_is_nowhere():
    text = f"“One.” {FAR} somewhere {FAR}"
    assert excerpt(text, [place(text, "One.")]).place(*place(text, "somewhere")) is None
    assert excerpt(text, [place(text, "One.")]).place(None, None) is None


def test_letters_without_spaces_are_cut_at_the_limit():
    text = "字" * 1000 + "「好」" + "字" * 1000
    assert excerpt(text, [place(text, "好")]).text.count("字") <= 2 * AROUND


@st.composite
def texts_with_places(draw):
    text = draw(st.text(st.sampled_from("ab“” \n\n…[]字"), max_size=2500))
    borders = st.integers(0, len(text))
    places = [tuple(sorted(pair)) for pair in draw(st.lists(st.tuples(borders, borders), max_size=6))]
    return text, [place for place in places if place[0] < place[1]]


@given(texts_with_places(), st.integers(0, 6))
def test_every_passage_is_where_it_says(texts, others_from):
    text, places = texts
    left = excerpt(text, places[:others_from], places[others_from:])
    for start, end in places:
        first, last = left.place(start, end)
        assert left.text[first:last] == text[start:end]


@given(texts_with_places())
def test_nothing_stays_that_is_not_near(texts):
    text, places = texts
    left = excerpt(text, places)
    kept = sum(piece.end - piece.start for piece in left.pieces)
    blank = sum(letter.isspace() for letter in text)
    assert kept <= sum(end - start + 2 * AROUND for start, end in places) + blank


@pytest.mark.parametrize("around", ["x" * AROUND, "x" * (AROUND - 1) + " "])
def test_a_word_at_the_very_limit_stays(around):
    text = f"{around}“{'a' * 10}"
    assert excerpt(text, [(len(around), len(text))]).text == text
