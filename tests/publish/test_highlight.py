"""Cutting a text at its quotations, cues and mentions."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.publish.highlight import Span, blocks, segments


def shown(text, *spans):
    """The segments as text with the number and depth of the quotation around them."""
    return [(part.text, part.quotation, part.depth) for part in segments(text, spans)]


def quotation(start, end, index=0, marks=0):
    return Span(start, end, "quotation", index, marks)


CUTS = [
    ("no spans", "abc", [], [("abc", None, 0)]),
    ("the whole text", "abc", [quotation(0, 3)], [("abc", 0, 1)]),
    ("one inside", "abcde", [quotation(1, 3)], [("a", None, 0), ("bc", 0, 1), ("de", None, 0)]),
    (
        "nested",
        "abcdef",
        [quotation(0, 6, 0), quotation(2, 4, 1)],
        [("ab", 0, 1), ("cd", 1, 2), ("ef", 0, 1)],
    ),
    ("nested, same start", "abcd", [quotation(0, 2, 1), quotation(0, 4, 0)], [("ab", 1, 2), ("cd", 0, 1)]),
    ("nested, same end", "abcd", [quotation(2, 4, 1), quotation(0, 4, 0)], [("ab", 0, 1), ("cd", 1, 2)]),
    ("overlapping", "abcd", [quotation(0, 3, 0), quotation(1, 4, 1)], [("a", 0, 1), ("bc", 1, 2), ("d", 1, 1)]),
    ("touching", "abcd", [quotation(0, 2, 0), quotation(2, 4, 1)], [("ab", 0, 1), ("cd", 1, 1)]),
    ("out of bounds", "abc", [quotation(-5, 1, 0), quotation(2, 99, 1)], [("a", 0, 1), ("b", None, 0), ("c", 1, 1)]),
    ("empty", "abc", [quotation(1, 1), quotation(2, 1), quotation(7, 9)], [("abc", None, 0)]),
    ("no text", "", [quotation(0, 0)], []),
    ("astral characters", "😀“é”", [quotation(2, 3)], [("😀“", None, 0), ("é", 0, 1), ("”", None, 0)]),
]


@pytest.mark.parametrize(
    ("spans", "text", "expected"), [(spans, text, out) for _, text, spans, out in CUTS], ids=[c[0] for c in CUTS]
)
def test_a_text_is_cut_at_its_spans(text, spans, expected):
    assert shown(text, *spans) == expected
    assert shown(text, *reversed(spans)) == expected


def test_cues_and_mentions_are_told_apart_inside_and_outside_quotations():
    text = "“He said no,” she said."
    spans = [quotation(1, 12), Span(1, 3, "mention"), Span(4, 8, "cue"), Span(14, 22, "cue"), Span(14, 17, "mention")]
    found = [(part.text, part.quotation, part.cue, part.mention) for part in segments(text, spans)]
    assert ("He", 0, False, True) in found
    assert ("said", 0, True, False) in found
    assert ("she", None, True, True) in found
    assert (" said", None, True, False) in found


def test_a_quotation_is_over_after_its_closing_mark():
    found = segments("“Yes,” he said", [quotation(1, 5, 7, marks=1)])
    assert [(part.text, part.opens, part.closes) for part in found] == [
        ("“", (), ()),
        ("Yes,", (7,), ()),
        ("”", (), (7,)),
        (" he said", (), ()),
    ]


spans_of_any_kind = st.lists(
    st.builds(
        Span,
        st.integers(-3, 40),
        st.integers(-3, 40),
        st.sampled_from(["quotation", "cue", "mention"]),
        st.integers(0, 9),
        st.integers(0, 2),
    ),
    max_size=12,
)


@given(st.text(alphabet="ab >\n“”é😀", max_size=35), spans_of_any_kind)
def test_segments_agree_with_asking_each_character(text, spans):
    found = segments(text, spans)
    assert "".join(part.text for part in found) == text
    for part in found:
        for place in range(part.start, part.end):
            around = [span for span in spans if span.start <= place < span.end]
            quotations = [span for span in around if span.role == "quotation"]
            assert part.depth == len(quotations)
            assert part.cue == any(span.role == "cue" for span in around)
            assert part.mention == any(span.role == "mention" for span in around)
            assert (part.quotation is None) == (not quotations)
            if quotations:
                latest = max(max(span.start, 0) for span in quotations)
                assert part.quotation in {span.index for span in quotations if max(span.start, 0) == latest}


@given(st.text(alphabet="ab >\n“”é😀", max_size=60), spans_of_any_kind)
def test_blocks_lose_nothing_but_white_space_and_block_marks(text, spans):
    found = blocks(text, spans)
    kept = [part for block in found for part in block.segments]
    assert all(part.text == text[part.start : part.end] for part in kept)
    assert all(before.end <= after.start for before, after in pairwise(kept))
    lost = set(range(len(text))) - {place for part in kept for place in range(part.start, part.end)}
    assert all(text[place] in " \n>" for place in lost)
    opened = [index for part in kept for index in part.opens]
    for part in kept:
        assert part.quotation is None or part.quotation in opened


def test_many_deeply_nested_spans_take_linear_time():
    def seconds(depth):
        text = "a" * (2 * depth)
        spans = [quotation(place, 2 * depth - place, place) for place in range(depth)]
        began = time.perf_counter()
        segments(text, spans)
        return time.perf_counter() - began

    seconds(1_000)
    assert seconds(80_000) < 32 * max(seconds(10_000), 0.02)  # quadratic would be 64


def paragraphs(text):
    return [("".join(part.text for part in block.segments), block.kind) for block in blocks(text, [])]


def test_paragraphs_end_at_blank_lines():
    assert paragraphs("One\nline.\n\nTwo. \n \n\nThree.\n") == [
        ("One\nline.", "paragraph"),
        ("Two.", "paragraph"),
        ("Three.", "paragraph"),
    ]


def test_without_blank_lines_every_line_is_a_paragraph():
    assert paragraphs("A: Yes.\nB: No.\n") == [("A: Yes.", "paragraph"), ("B: No.", "paragraph")]


def test_block_quotations_lose_their_marks():
    text = "Before:\n> One.\n>\n> Two.\nAfter.\n\n> Three > two.\n\n5 > 4"
    assert paragraphs(text) == [
        ("Before:", "paragraph"),
        ("One.", "blockquote"),
        ("Two.", "blockquote"),
        ("After.", "paragraph"),
        ("Three > two.", "blockquote"),
        ("5 > 4", "paragraph"),
    ]


def test_only_line_breaks_of_the_writer_are_kept():
    letter = "x" * 60 + "\n" + "y" * 62 + "\nend."
    poem = "Roses are red,\nviolets are blue."
    assert [block.wrapped for block in blocks(f"{letter}\n\n{poem}", [])] == [True, False]


def test_a_quotation_over_paragraphs_opens_once_and_closes_once():
    text = "“First.\n\n“Second.”\n\nAfter."
    start, end = text.index("First"), text.index("”")
    kept = [part for block in blocks(text, [quotation(start, end, 3, marks=1)]) for part in block.segments]
    assert [part.text for part in kept if 3 in part.opens] == ["First."]
    assert [part.text for part in kept if 3 in part.closes] == ["”"]
    assert [part.text for part in kept if part.quotation == 3] == ["First.", "“Second."]
