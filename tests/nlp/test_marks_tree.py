"""The tree that the marks of a text make: where its marks stand, what goes on, what was repaired."""

from __future__ import annotations

import sys

import pytest

from indexer.nlp.marks import read_marks, walk


def tree(text):
    """Each quotation with those inside it, as nested pairs."""

    def branch(spans):
        return [(text[span.start : span.end], branch(span.children)) for span in spans]

    return branch(read_marks(text))


def flags(text):
    """What each span is, by its words: “continues”, “runs on”, “repaired”."""
    found = []
    for span, _ in walk(read_marks(text)):
        names = (("continues", span.continues), ("runs on", span.runs_on), ("repaired", span.repaired))
        found.append((text[span.start : span.end], " ".join(name for name, holds in names if holds)))
    return found


def test_a_span_excludes_its_marks_and_says_where_they_stand():
    (span,) = read_marks("She said: “ We won. ” Then she left.")
    assert (span.start, span.end) == (12, 19)
    assert (span.opening, span.closing) == ((10, 11), (20, 21))
    assert span.outer == (10, 21)


def test_a_doubled_mark_is_two_characters_long():
    (span,) = read_marks("''We won,'' she said.")
    assert (span.opening, span.closing, span.outer) == ((0, 2), (9, 11), (0, 11))


def test_a_mark_printed_twice_is_one_mark():
    (span,) = read_marks("““We won,”” she said.")
    assert (span.opening, span.closing, span.children) == ((0, 2), (9, 11), [])


def test_offsets_count_code_points():
    text = "𝔘n café \U0001f600: “Ça 𝔘 va,” she said."
    (span,) = read_marks(text)
    assert text[span.start : span.end] == "Ça 𝔘 va,"


STYLES = [
    ("“a b”", "double"),
    ('"a b"', "double"),
    ("''a b''", "double"),
    ("„a b“", "double"),
    ("‘a b’", "single"),
    ("'a b'", "single"),
    ("«a b»", "guillemet"),
    ("»a b«", "guillemet"),
    ("‹a b›", "angle"),
    ("> a b", "block"),
]


@pytest.mark.parametrize(("text", "style"), STYLES)
def test_the_style_of_the_marks(text, style):
    assert [span.style for span in read_marks(text)] == [style]


TREES = [
    (
        "“He said ‘we “won” it’ and ‘so’,” she said. “Bye.”",
        [
            ("He said ‘we “won” it’ and ‘so’,", [("we “won” it", [("won", [])]), ("so", [])]),
            ("Bye.", []),
        ],
    ),
    ("«a «b» c «d» e»", [("a «b» c «d» e", [("b", []), ("d", [])])]),
    (
        "She wrote:\n\n> He said “we ‘won’ it” to “us”.\n\n“So,” I said.",
        [
            ("He said “we ‘won’ it” to “us”.", [("we ‘won’ it", [("won", [])]), ("us", [])]),
            ("So,", []),
        ],
    ),
    ("She wrote:\n\n> “We won.” “So.”\n\nBye.", [("We won.", []), ("So.", [])]),
    ("She wrote:\n\n> “We won.” And so.\n\nBye.", [("“We won.” And so.", [("We won.", [])])]),
    ("She wrote:\n\n> We won.\n\n> — Ada Brink\n\nBye.", [("We won.", [])]),
]


@pytest.mark.parametrize(("text", "expected"), TREES)
def test_quotations_inside_quotations(text, expected):
    assert tree(text) == expected


FLAGS = [
    ("“We won,” she said.", [("We won,", "")]),
    ("> We won.", [("We won.", "")]),
    ("“We won.\n\nShe left.", [("We won.", "repaired")]),
    ("We won,” she said.", [("We won,", "repaired")]),
    ("“We won. “So,” she said.", [("We won.", "repaired"), ("So,", "")]),
    (
        "“We won.\n\n“It was close.\n\n“So,” she said. “Bye.”",
        [("We won.", "runs on"), ("It was close.", "continues runs on"), ("So,", "continues"), ("Bye.", "")],
    ),
    (
        '"We won.\n"It was close.\n"So," she said.',
        [("We won.", "runs on"), ("It was close.", "continues runs on"), ("So,", "continues")],
    ),
    (
        "‘We won.\n\n‘It was close,’ she said. ‘So.’",
        [("We won.", "runs on"), ("It was close,", "continues"), ("So.", "")],
    ),
    (
        "'We won.\n\n'It was close,' she said. 'So.'",
        [("We won.", "runs on"), ("It was close,", "continues"), ("So.", "")],
    ),
    ("> “We won.\n\n> “It was close.”", [("We won.", "runs on"), ("It was close.", "continues")]),
    (
        "“He said: ‘We won.\n\n“‘It was close.’ So,” she said.",
        [
            ("He said: ‘We won.", "runs on"),
            ("We won.", "runs on"),
            ("‘It was close.’ So,", "continues"),
            ("It was close.", "continues"),
        ],
    ),
    (
        "“He said: ‘We won.’\n\n“‘It was close,’ he said,” she said.",
        [
            ("He said: ‘We won.’", "runs on"),
            ("We won.", ""),
            ("‘It was close,’ he said,", "continues"),
            ("It was close,", ""),
        ],
    ),
    (
        "“We won.\n\nIt was close.\n\nSo,” she said.",
        [("We won.", "runs on"), ("It was close.", "continues runs on repaired"), ("So,", "continues repaired")],
    ),
    ("“We won,” she said.\n\n“So,” he said.", [("We won,", ""), ("So,", "")]),
    ("“We won.”\n\n“So.”", [("We won.", ""), ("So.", "")]),
    ("“We won,' she said.", [("We won,", "")]),
]


@pytest.mark.parametrize(("text", "expected"), FLAGS)
def test_what_goes_on_and_what_was_repaired(text, expected):
    assert flags(text) == expected


HABITS = [
    ("‘We won,’ she said. ‘It was “close”.’", "single marks quote, double ones inside them"),
    ("“We won,” she said. “It was ‘close’.”", "double marks quote, single ones inside them"),
]


@pytest.mark.parametrize("text", [text for text, _ in HABITS], ids=[name for _, name in HABITS])
def test_the_house_style_is_read_from_the_document(text):
    assert [len(span.children) for span in read_marks(text)] == [0, 1]


def test_wrong_way_marks_are_read_by_the_habit_of_the_document():
    text = "He felt “tortured “, “sick “ and “lost “ by “it”."
    assert [text[span.start : span.end] for span in read_marks(text)] == ["tortured", "sick", "lost", "it"]


def test_the_work_grows_with_the_text_and_no_faster():
    steps = []
    for size in (250, 500, 1_000):
        steps.append(_steps("“We ‘won, she said. It's \"close\" for 8\" and the 'workers' union. " * size))
    assert steps[1] < 2.1 * steps[0]
    assert steps[2] < 2.1 * steps[1]


def _steps(text):
    """How many lines of Python the reading of a text takes, counted and not timed."""
    count = 0

    def tracer(frame, event, argument):
        nonlocal count
        count += 1
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        read_marks(text)
    finally:
        sys.settrace(before)
    return count
