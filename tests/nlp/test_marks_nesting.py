"""Quotations inside quotations, told apart by the kind of their marks or by the direction."""

from __future__ import annotations

import pytest

from indexer.nlp.marks import read_marks, walk


def quoted(text):
    """The words of every marked span, outer ones before those inside them."""
    return [text[span.start : span.end] for span, _ in walk(read_marks(text))]


NESTED = [
    ("“He told me ‘never again’,” she said.", ["He told me ‘never again’,", "never again"]),
    ("“He told me ‘never again,’” she said.", ["He told me ‘never again,’", "never again,"]),
    ("“He told me, ‘Never again.’ ” she said.", ["He told me, ‘Never again.’", "Never again."]),
    ("“He told me, ‘Never again.’\xa0” she said.", ["He told me, ‘Never again.’", "Never again."]),
    ("“‘Never again,’ he told me,” she said.", ["‘Never again,’ he told me,", "Never again,"]),
    ("\"'Never again,' he told me,\" she said.", ["'Never again,' he told me,", "Never again,"]),
    ("\"He told me 'never again',\" she said.", ["He told me 'never again',", "never again"]),
    ("\"He told me 'never again'\" she said.", ["He told me 'never again'", "never again"]),
    ("''He told me 'never again','' she said.", ["He told me 'never again',", "never again"]),
    ("''He told me 'never again''' she said.", ["He told me 'never again'", "never again"]),
    ("''He told me, 'Never again.''' She left.", ["He told me, 'Never again.'", "Never again."]),
    ("'''Never again,' he told me,'' she said.", ["'Never again,' he told me,", "Never again,"]),
    ("``He told me `never again','' she said.", ["He told me `never again',", "never again"]),
    ("``He told me `never again''' she said.", ["He told me `never again'", "never again"]),
    ("```Never again,' he told me,'' she said.", ["`Never again,' he told me,", "Never again,"]),
    ("‘‘He told me ‘never again’’’ she said.", ["He told me ‘never again’", "never again"]),
    ("“He told me ‘never again’’’ she said.", ["He told me ‘never again’", "never again"]),
    ("‘‘‘Never again,’ he told me,’’ she said.", ["‘Never again,’ he told me,", "Never again,"]),
    ("“He said “never again” and left,” she said.", ["He said “never again” and left,", "never again"]),
    ("“He said “never again”” she said.", ["He said “never again”", "never again"]),
    ('“He said "never again" and left,” she said.', ['He said "never again" and left,', "never again"]),
    ("«He said “never again” and left», she said.", ["He said “never again” and left", "never again"]),
    ("«He said «never again» and left», she said.", ["He said «never again» and left", "never again"]),
    ("«He said ‹never again› and left», she said.", ["He said ‹never again› and left", "never again"]),
    ("»He said ›never again‹ and left«, she said.", ["He said ›never again‹ and left", "never again"]),
    ("„He said ‚never again‘ and left“, she said.", ["He said ‚never again‘ and left", "never again"]),
    ("„He said »never again« and left“, she said.", ["He said »never again« and left", "never again"]),
    (
        "“He said, ‘They shouted “Stop!” at us,’ and ran,” she said.",
        ["He said, ‘They shouted “Stop!” at us,’ and ran,", "They shouted “Stop!” at us,", "Stop!"],
    ),
    (
        '"He said, \'They shouted "Stop!" at us,\' and ran," she said.',
        ["He said, 'They shouted \"Stop!\" at us,' and ran,", 'They shouted "Stop!" at us,', "Stop!"],
    ),
    (
        "“She read: ‘It’s the boys’ turn,’ and laughed,” he said.",
        ["She read: ‘It’s the boys’ turn,’ and laughed,", "It’s the boys’ turn,"],
    ),
    ("“I said ‘no,’ and he said ‘yes,’ ” she said.", ["I said ‘no,’ and he said ‘yes,’", "no,", "yes,"]),
    ("“I said ‘no,’ and he said ‘yes.’”", ["I said ‘no,’ and he said ‘yes.’", "no,", "yes."]),
    ("\"I said 'no,' and he said 'yes.'\"", ["I said 'no,' and he said 'yes.'", "no,", "yes."]),
    ("\"I said 'no.' He said 'yes'.\" So.", ["I said 'no.' He said 'yes'.", "no.", "yes"]),
    ("“I said \"no\" and he said 'yes',” she said.", ["I said \"no\" and he said 'yes',", "no", "yes"]),
    ('‘I said "no" and he said “yes”,’ she said.', ['I said "no" and he said “yes”,', "no", "yes"]),
    ("«I said “no” and he said ‘yes’», she said.", ["I said “no” and he said ‘yes’", "no", "yes"]),
    ("“The «Times» said so,” she said. «The “Post” too».", ["The «Times» said so,", "Times", "The “Post” too", "Post"]),
    ("He said “a ‘b “c” d’ e” f.", ["a ‘b “c” d’ e", "b “c” d", "c"]),
    ("He said „a ‚b „c“ d‘ e“ f.", ["a ‚b „c“ d‘ e", "b „c“ d", "c"]),
    ("He said «a «b «c» d» e» f.", ["a «b «c» d» e", "b «c» d", "c"]),
]


@pytest.mark.parametrize(("text", "expected"), NESTED)
def test_nesting(text, expected):
    assert quoted(text) == expected
