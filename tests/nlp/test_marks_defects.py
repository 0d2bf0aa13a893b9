"""Marks that are missing, stray, or printed the wrong way round."""

from __future__ import annotations

import pytest

from indexer.nlp.marks import read_marks, walk


def quoted(text):
    """The words of every marked span, outer ones before those inside them."""
    return [text[span.start : span.end] for span, _ in walk(read_marks(text))]


MISSING_CLOSE = [
    (
        "“We won, she said. The crowd cheered. “Never again,” said Bob.",
        ["We won, she said. The crowd cheered.", "Never again,"],
    ),
    (
        '"We won, she said. The crowd cheered. "Never again," said Bob.',
        ["We won, she said. The crowd cheered.", "Never again,"],
    ),
    (
        "''We won, she said. The crowd cheered. ''Never again,'' said Bob.",
        ["We won, she said. The crowd cheered.", "Never again,"],
    ),
    ("“We won, she said.\n\n“Never again,” said Bob.", ["We won, she said.", "Never again,"]),
    ('"We won, she said.\n\nHe said: "Never again." So.', ["We won, she said.", "Never again."]),
    ("“We won, she said.\n“Never again,” said Bob.", ["We won, she said.", "Never again,"]),
    (
        '"We won, she said.\nHe said: "Never again." So.\n"Bye," she said.',
        ["We won, she said.", "Never again.", "Bye,"],
    ),
    ("She said: “We won. It was close.\n\nThen she left.", ["We won. It was close."]),
    (
        "She said: 'We won. It was close.\n\nThen she left. 'Never,' he said. 'Ever.'",
        ["We won. It was close.", "Never,", "Ever."],
    ),
    (
        "She said: ‘We won. It was close.\n\nThen she left. ‘Never,’ he said. ‘Ever.’",
        ["We won. It was close.", "Never,", "Ever."],
    ),
    (
        "“We won” she said. “It was close. “Never again,” he said. “Ever.”",
        ["We won", "It was close.", "Never again,", "Ever."],
    ),
    (
        '"We won" she said. "It was close. "Never again," he said. "Ever."',
        ["We won", "It was close.", "Never again,", "Ever."],
    ),
    (
        '"One," she said. "Two, she said. "Three," she said. "Four," he said.',
        ["One,", "Two, she said.", "Three,", "Four,"],
    ),
    ('"One," she said. Two," she said. "Three," she said. "Four," he said.', ["One,", "Two,", "Three,", "Four,"]),
    ('He called it "odd. Then "odder" and "oddest".', ["odd. Then", "odder", "oddest"]),
    ('He called it odd". Then "odder" and "oddest".', ["He called it odd", "odder", "oddest"]),
    (
        'She said: "One.\n\nShe said: "Two."\n\nShe said: "Three.\n\nShe said: "Four."',
        ["One.", "Two.", "Three.", "Four."],
    ),
    ("She said: “One.\n\nNothing here.\n\nNothing there.\n\nShe said: “Two.”", ["One.", "Two."]),
    ('She said: "One.\n\nNothing here.\n\nNothing there.\n\nShe said: "Two."', ["One.", "Two."]),
    ('She said: "One.\n\nA 6\'3" man.\n\nShe said: "Two."', ["One.", "Two."]),
    ('She said: "One.\n\nAn 8" pipe.\n\nShe said: "Two."', ["One.", "Two."]),
    ('She said: "One.\n\nThe town of 8".\n\nShe said: "Two."', ["One.", "Two."]),
    ("“One,” she said. “Two.\n\n“Three,” she said.", ["One,", "Two.", "Three,"]),
    (
        "“One,” she said. “Two.\n\n“Three.\n\n“Four,” she said.\n\n“Five,” he said.",
        ["One,", "Two.", "Three.", "Four,", "Five,"],
    ),
    ('"One," she said. "Two.\n"Three," she said.\n"Four," he said.', ["One,", "Two.", "Three,", "Four,"]),
]
"""A quotation without an end stops at its paragraph’s end, or where the next one opens."""


@pytest.mark.parametrize(("text", "expected"), MISSING_CLOSE)
def test_a_missing_end(text, expected):
    assert quoted(text) == expected


MISSING_OPEN = [
    ("We won,” she said. “It was close.”", ["We won,", "It was close."]),
    ('We won," she said. "It was close."', ["We won,", "It was close."]),
    ("We won,'' she said. ''It was close.''", ["We won,", "It was close."]),
    ("She said: We won.” He left.", ["We won."]),
    ('She said: We won." He said: "Never."', ["We won.", "Never."]),
    ("“We won,” she said. It was close.” She left. “Bye,” he said.", ["We won,", "It was close.", "Bye,"]),
    ('"We won," she said. It was close." She left. "Bye," he said.', ["We won,", "It was close.", "Bye,"]),
    ("We won, she said.”\n\n“Bye,” he said.", ["We won, she said.", "Bye,"]),
]
"""A quotation without a start begins with its paragraph or its sentence."""


@pytest.mark.parametrize(("text", "expected"), MISSING_OPEN)
def test_a_missing_start(text, expected):
    assert quoted(text) == expected


WRONG_WAY = [
    ("She felt “tortured “, he said. “Never.”", ["tortured", "Never."]),
    ("She felt “tortured“, he said. “Never.”", ["tortured", "Never."]),
    ("“We won,“ she said. “Never.“ He left.", ["We won,", "Never."]),
    ("“We won,“ she said. “Never.” He left. “No,“ he said. “Oh,“", ["We won,", "Never.", "No,", "Oh,"]),
    ("”We won,” she said. “Never.”", ["We won,", "Never."]),
    ("”We won,“ she said. ”Never.“", ["We won,", "Never."]),
    ("She said ”We won,” and “Never.”", ["We won,", "Never."]),
    ("‘We won,‘ she said. ‘Never.‘", ["We won,", "Never."]),
    ("’We won,’ she said. ’Never.’ ’It’s over.’", ["We won,", "Never.", "It’s over."]),
    ("``We won,`` she said. ``Never.``", ["We won,", "Never."]),
    ("`We won,` she said. `Never.`", ["We won,", "Never."]),
    ("»We won,» she said. »Never.»", ["We won,", "Never."]),
    ("»We won,« she said. «Never.»", ["We won,", "Never."]),
    ("„We won,„ she said.", ["We won,"]),
]


@pytest.mark.parametrize(("text", "expected"), WRONG_WAY)
def test_marks_printed_the_wrong_way_round(text, expected):
    assert quoted(text) == expected


MIXED = [
    ('“We won," she said. "It was close.” “Bye.”', ["We won,", "It was close.", "Bye."]),
    ('"We won,” she said. “It was close."', ["We won,", "It was close."]),
    ("“We won,'' she said. ''It was close.”", ["We won,", "It was close."]),
    ("\"We won,'' she said. ''It was close.\"", ["We won,", "It was close."]),
    ("``We won,\" she said. \"It was close.''", ["We won,", "It was close."]),
    ("‘We won,' she said. 'It was close.’", ["We won,", "It was close."]),
    ("“He told me ‘never again,” she said. “So.”", ["He told me ‘never again,", "never again,", "So."]),
    ("“He told me never again,’” she said. “So.”", ["He told me never again,’", "So."]),
    ('"He told me \'never again," she said. "So."', ["He told me 'never again,", "So."]),
    ("“He told me ‘never again,’ she said. “So.”", ["He told me ‘never again,’ she said.", "never again,", "So."]),
    (
        "“He told me ‘never again,’ she said.\n\n“So,” he said.",
        ["He told me ‘never again,’ she said.", "never again,", "So,"],
    ),
    ("“We won,' she said. “Never.”", ["We won,", "Never."]),
    ("“We won,’ she said. “Never.”", ["We won,", "Never."]),
    ('\'We won," she said. "Never."', ["We won,", "Never."]),
    ("‘We won,” she said. “Never.”", ["We won,", "Never."]),
]
"""One end of one kind, the other of another."""


@pytest.mark.parametrize(("text", "expected"), MIXED)
def test_ends_that_do_not_match(text, expected):
    assert quoted(text) == expected


STRAY = [
    ('He is " a man. "We won," she said. "Bye."', ["We won,", "Bye."]),
    ('" He is a man. "We won," she said. "Bye."', ["We won,", "Bye."]),
    ("It was ’ a man. “We won,” she said.", ["We won,"]),
    ("The ‘quote is unclosed. “We won,” she said.", ["We won,"]),
    ("“We won,” she said.”", ["We won,"]),
    ("““We won,” she said.", ["We won,"]),
    ("“We won,”” she said. “Bye.”", ["We won,", "Bye."]),
    ('"We won,"" she said. "Bye."', ["We won,", "Bye."]),
    ('""We won,"" she said. ""Bye.""', ["We won,", "Bye."]),
    ("““We won,”” she said. ““Bye.””", ["We won,", "Bye."]),
    ('"""We won,""" she said.', ["We won,"]),
    ("“We won,“ ”she said.", ["We won,"]),
    (
        "We won,” she said. “It was close, he said. “Never,” she said. “Bye,“ he said. ”Bye.”",
        ["We won,", "It was close, he said.", "Never,", "Bye,", "Bye."],
    ),
    ('Jan 1  rain\n "  2  rain\n "  3  sun\n\nHe said "so".', ["so"]),
]
"""Marks that belong to nothing, and several defects in one paragraph."""


@pytest.mark.parametrize(("text", "expected"), STRAY)
def test_stray_marks(text, expected):
    assert quoted(text) == expected
