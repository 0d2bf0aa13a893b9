"""What holds of the marks of any text at all, found out with random ones."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.nlp.mark_habits import read_habits
from indexer.nlp.mark_pairing import MAX_DEPTH
from indexer.nlp.mark_tokens import scan
from indexer.nlp.marks import read_marks, walk

MARK_CHARS = "\"“”„‟＂″❝❞\x84\x93\x94'‘’‚‛`´＇\x82\x91\x92«»‹›"
ENDS = ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\u2028", "\u2029", "\f", "\x85", "\n> ", "\n\n> ", "\n\n    ", "\t"]
WORDS = ["We", "won", "said", "workers", "goin", "she", "6", "8", "90s", "tis", "em", "n", "日", "ß", "e\u0301"]
BETWEEN = [
    " ",
    "  ",
    "\u00a0",
    ", ",
    ". ",
    ",",
    ".",
    "...",
    "…",
    ": ",
    "—",
    "-",
    "(",
    ")",
    "[",
    "*",
    "=",
    "/",
    "\ufeff",
]

any_text = st.text(max_size=300)
texts_of_marks = st.lists(st.sampled_from([*MARK_CHARS, *ENDS, *WORDS, *BETWEEN]), max_size=60).map("".join)
prose_of_marks = st.lists(
    st.sampled_from([*MARK_CHARS, *MARK_CHARS, " ", " ", ", ", ". ", "\n", "\n\n", "we won", "It was", "she said"]),
    max_size=60,
).map("".join)
texts = st.one_of(any_text, texts_of_marks, prose_of_marks)
thorough = settings(max_examples=250, deadline=None)


@thorough
@given(texts)
@example("“We won.\n\n> “It was ‘close.\n\n> “‘So")
def test_every_span_lies_in_the_text_and_holds_something(text):
    for span, _ in walk(read_marks(text)):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()


@thorough
@given(texts)
def test_children_lie_inside_their_parents_with_their_marks(text):
    for span, parent in walk(read_marks(text)):
        if parent is not None:
            assert parent.start <= span.outer[0] < span.outer[1] <= parent.end


@thorough
@given(texts)
@example('>"\n0\n>"')
def test_siblings_stand_in_order_and_never_overlap_with_their_marks(text):
    spans = read_marks(text)
    for siblings in [spans, *[span.children for span, _ in walk(spans)]]:
        for before, after in pairwise(siblings):
            assert before.outer[1] <= after.outer[0]


@thorough
@given(texts)
def test_no_two_spans_are_equal(text):
    found = [(span.start, span.end) for span, _ in walk(read_marks(text))]
    assert len(set(found)) == len(found)


@thorough
@given(texts)
def test_marks_are_marks_and_stand_outside_the_words(text):
    for span, _ in walk(read_marks(text)):
        for mark in (span.opening, span.closing):
            assert mark is None or (set(text[slice(*mark)]) <= set(MARK_CHARS) and mark[0] < mark[1])
        assert span.opening is None or span.opening[1] <= span.start
        assert span.closing is None or span.closing[0] >= span.end
        between = text[span.opening[1] if span.opening else span.start : span.start]
        assert not between.strip()


@thorough
@given(texts)
def test_no_mark_serves_two_quotations(text):
    marks = [mark for span, _ in walk(read_marks(text)) for mark in (span.opening, span.closing) if mark is not None]
    offsets = [offset for mark in marks for offset in range(*mark)]
    assert len(set(offsets)) == len(offsets)


@thorough
@given(texts)
def test_what_is_said_of_a_span_fits_its_marks(text):
    for span, _ in walk(read_marks(text)):
        if span.style == "block":
            assert span.opening is None
            assert span.closing is None
            assert not span.repaired
        else:
            assert not (span.runs_on and span.closing)
            assert span.repaired == (span.opening is None or (span.closing is None and not span.runs_on))


@thorough
@given(texts)
def test_quotations_nest_no_deeper_than_three_and_a_block(text):
    def depth(spans):
        return max((1 + depth(span.children) for span in spans), default=0)

    assert depth(read_marks(text)) <= MAX_DEPTH + 1


@thorough
@given(texts)
def test_the_same_text_is_read_the_same_way_again(text):
    assert read_marks(text) == read_marks(str(text.encode("utf-8", "surrogatepass"), "utf-8", "surrogatepass"))


@thorough
@given(texts)
def test_a_paragraph_of_plain_prose_after_it_changes_nothing(text):
    text += " so it ends"
    longer = text + "\n\nThe council met on Monday, and the ferry sailed at nine."
    if _same_habits(text, longer):
        before, after = [[_described(span) for span, _ in walk(read_marks(each))] for each in (text, longer)]
        assert before == after


def _same_habits(text, longer):
    return read_habits(text, scan(text)) == read_habits(longer, scan(longer))


def _described(span):
    return (span.start, span.end, span.style, span.opening, span.closing, span.runs_on, span.continues)


@pytest.mark.parametrize("text", ["", " ", "\n", "\ufeff", "\x00", "\ud800", "\ud800“\udfff”", "“", "a“", "“a"])
def test_the_smallest_texts(text):
    assert [text[span.start : span.end] for span, _ in walk(read_marks(text))] in ([], ["a"], ["\udfff"])
