"""Paragraphs, lines and blocks: where a quotation goes on, where it must stop, and where it needs no marks."""

from __future__ import annotations

import pytest

from indexer.nlp.marks import read_marks, walk


def quoted(text):
    """The words of every marked span, outer ones before those inside them."""
    return [text[span.start : span.end] for span, _ in walk(read_marks(text))]


CONTINUED = [
    ("“We won.\n\n“It was close.\n\n“Never again,” she said.", ["We won.", "It was close.", "Never again,"]),
    ('"We won.\n\n"It was close.\n\n"Never again," she said.', ["We won.", "It was close.", "Never again,"]),
    ("''We won.\n\n''It was close.\n\n''Never again,'' she said.", ["We won.", "It was close.", "Never again,"]),
    ("'We won.\n\n'It was close.\n\n'Never again,' she said.", ["We won.", "It was close.", "Never again,"]),
    ("‘We won.\n\n‘It’s close.\n\n‘Never again,’ she said.", ["We won.", "It’s close.", "Never again,"]),
    ("«We won.\n\n«It was close.\n\n«Never again», she said.", ["We won.", "It was close.", "Never again"]),
    ("«We won.\n\n»It was close.\n\n»Never again», she said.", ["We won.", "It was close.", "Never again"]),
    ("“We won.\n“It was close.\n“Never again,” she said.", ["We won.", "It was close.", "Never again,"]),
    ('"We won.\n"It was close.\n"Never again," she said.', ["We won.", "It was close.", "Never again,"]),
    ("“We won.\r\n\r\n“It was close.\r\n\r\n“Never again,” she said.", ["We won.", "It was close.", "Never again,"]),
    ("“We won.\u2029“It was close.\u2029“Never again,” she said.", ["We won.", "It was close.", "Never again,"]),
    ("“We won.\u2028“It was close.\u2028“Never again,” she said.", ["We won.", "It was close.", "Never again,"]),
    ("“We won.\n   “It was close.\n   “Never again,” she said.", ["We won.", "It was close.", "Never again,"]),
    ("“We won.\n\n\n   “It was close.\n \n   “Never again,” she said.", ["We won.", "It was close.", "Never again,"]),
    ("She said: “We won.\n\n“It was close.\n\n“Never again.” He left.", ["We won.", "It was close.", "Never again."]),
    ("“He said, ‘We won.’ So.\n\n“It was close,” she said.", ["He said, ‘We won.’ So.", "We won.", "It was close,"]),
    (
        "“He said, ‘We won.\n\n“‘It was close,’ and left,” she said.",
        ["He said, ‘We won.", "We won.", "‘It was close,’ and left,", "It was close,"],
    ),
    (
        "\"He said, 'We won.\n\n\"'It was close,' and left,\" she said.",
        ["He said, 'We won.", "We won.", "'It was close,' and left,", "It was close,"],
    ),
]
"""Each paragraph opens the quotation again, and only the last closes it."""


@pytest.mark.parametrize(("text", "expected"), CONTINUED)
def test_paragraphs_that_each_open(text, expected):
    assert quoted(text) == expected


CARRIED = [
    ("“We won.\n\nIt was close.\n\nNever again,” she said.", ["We won.", "It was close.", "Never again,"]),
    ("“We won.\n\nIt was close.\n\n“Never again,” she said.", ["We won.", "Never again,"]),
    ("“We won.\n\nIt was close,” she said.\n\n“Bye,” he said.", ["We won.", "It was close,", "Bye,"]),
    ('"We won.\n\nIt was close,” she said.\n\n“Bye,” he said.', ["We won.", "It was close,", "Bye,"]),
]
"""Marks at the two ends only; but a quotation is not carried on to a paragraph that opens one: see the second row."""


@pytest.mark.parametrize(("text", "expected"), CARRIED)
def test_paragraphs_that_do_not_open(text, expected):
    assert quoted(text) == expected


WRAPPED = (
    "The council met on Monday and {}agreed to\nbuild the bridge{} that the town had asked\n"
    "for since the flood of last year, and the\nmayor said so."
)
LINES = [
    (WRAPPED.format("“", "”"), ["agreed to\nbuild the bridge"]),
    (WRAPPED.format('"', '"'), ["agreed to\nbuild the bridge"]),
    (WRAPPED.format("''", "''"), ["agreed to\nbuild the bridge"]),
    (WRAPPED.format("'", "'"), ["agreed to\nbuild the bridge"]),
    (WRAPPED.format("‘", "’"), ["agreed to\nbuild the bridge"]),
    (WRAPPED.format("“", "”").replace("\n", "\r\n"), ["agreed to\r\nbuild the bridge"]),
    (
        "“Roses are red,\nViolets are blue,\nSugar is sweet,” she sang.",
        ["Roses are red,\nViolets are blue,\nSugar is sweet,"],
    ),
    (
        '"Roses are red,\nViolets are blue,\nSugar is sweet," she sang.',
        ["Roses are red,\nViolets are blue,\nSugar is sweet,"],
    ),
]
"""Lines that are merely wrapped, and lines of verse."""


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_quotations_over_lines(text, expected):
    assert quoted(text) == expected


BLOCKS = [
    ("She wrote:\n\n> We won.\n\nThen she left.", ["We won."]),
    ("She wrote:\n\n> We won.\n> It was close.\n\nThen she left.", ["We won.\n> It was close."]),
    ("She wrote:\n\n> We won.\n\n> It was close.\n\nThen she left.", ["We won.", "It was close."]),
    ("She wrote:\n\n> He said “never” to us.\n\nThen she left.", ["He said “never” to us.", "never"]),
    ("She wrote:\n\n> “We won.”\n\nThen she left.", ["We won."]),
    ("She wrote:\n\n> “We won. It was close.\n\nThen she left. “Bye,” he said.", ["We won. It was close.", "Bye,"]),
    (
        "She wrote:\n\n> “We won.\n\n> “It was close.”\n\nThen she left. “Bye,” he said.",
        ["We won.", "It was close.", "Bye,"],
    ),
    ("She wrote:\n\n    We won and\n    it was close.\n\nThen she left.", ["We won and\n    it was close."]),
    ("She wrote:\n\n\tWe won.\n\n\tIt was close.\n\nThen she left.", ["We won.", "It was close."]),
    ("She wrote.\n\n    We won.\n\nThen she left.", []),
    ("    She wrote:\n\n    We won.\n\n    Then she left.", []),
    ("She wrote:\r\n\r\n> We won.\r\n\r\nThen she left.", ["We won."]),
    ("She wrote:\r\n\r\n    We won.\r\n\r\nThen she left.", ["We won."]),
    ("> > We won.\n\n> He said.", ["We won.", "He said."]),
    (">We won.\n>It was close.", ["We won.\n>It was close."]),
    ("a > b and b > c", []),
]
"""Paragraphs that are set off by “>”, or by an indent after a colon."""


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_block_quotations(text, expected):
    assert quoted(text) == expected


LINES_OF_SPEECH = [f"Line {i} is here," for i in range(20)]
STYLES = [("“", "”"), ('"', '"'), ("''", "''"), ("``", "''"), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“")]


@pytest.mark.parametrize(("opening", "closing"), STYLES)
def test_one_defect_does_not_turn_a_text_without_paragraphs_inside_out(opening, closing):
    spoken = " ".join(f"{opening}{line}{closing} she said. The council met." for line in LINES_OF_SPEECH)
    no_end = f"{spoken} {opening}It never ends. {spoken}"
    assert quoted(no_end) == [*LINES_OF_SPEECH, "It never ends.", *LINES_OF_SPEECH]


@pytest.mark.parametrize(("opening", "closing"), [style for style in STYLES if style[1] not in "'’"])
def test_nor_does_a_missing_start(opening, closing):
    spoken = " ".join(f"{opening}{line}{closing} she said. The council met." for line in LINES_OF_SPEECH)
    no_start = f"{spoken} It never began,{closing} he said. {spoken}"
    assert quoted(no_start)[:20] == LINES_OF_SPEECH
    assert quoted(no_start)[21:] == LINES_OF_SPEECH
    assert quoted(no_start)[20].endswith("It never began,")


@pytest.mark.parametrize(("opening", "closing"), STYLES)
@pytest.mark.parametrize("between", ["\n\n", "\r\n\r\n", "\n", "\u2029", "\u2028"])
def test_an_end_that_is_missing_is_the_end_of_the_paragraph(opening, closing, between):
    paragraphs = [
        f"{opening}One,{closing} she said.",
        f"She said: {opening}Two.",
        f"She said: {opening}Three.{closing}",
    ]
    assert quoted(between.join(paragraphs)) == ["One,", "Two.", "Three."]
