"""The paragraph around a passage of a text."""

from __future__ import annotations

import re

LONGEST = 2000
"""How many characters of the paragraph are shown on either side at most."""

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_LINE_BREAK = re.compile(r"\n")


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after text[start:end] in its paragraph, at most LONGEST characters each.

    Paragraphs end at blank lines, or at line breaks in a text without blank lines.
    """
    gap = _BLANK_LINE if _BLANK_LINE.search(text) else _LINE_BREAK
    first = max(0, start - LONGEST)
    before = gap.split(text[first:start])[-1]
    after = gap.split(text[end : end + LONGEST], maxsplit=1)[0]
    return before.lstrip(), after.rstrip()
