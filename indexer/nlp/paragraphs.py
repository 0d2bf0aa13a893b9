"""Where the paragraphs of a text are. Pure functions over a string."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .mark_tokens import is_wrapped

_BLANK_LINE = re.compile(r"\r?\n[ \t\u00a0]*\r?\n\s*|\u2029|\f")
_ANY_BREAK = re.compile(r"[\r\n\u2028\u2029\x85\f]\s*")


def paragraph_bounds(text: str) -> list[tuple[int, int]]:
    """The offsets (code points) of every paragraph, in order, without the white space around it.

    Blank lines divide paragraphs; single newlines do too, unless the text's lines are merely wrapped.
    """
    divider = _BLANK_LINE if is_wrapped(text) else _ANY_BREAK
    return list(_stretches(text, divider))


def _stretches(text: str, divider: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    begin = len(text) - len(text.lstrip())
    for match in divider.finditer(text, begin):
        if match.start() > begin:
            yield begin, match.start()
        begin = match.end()
    end = len(text.rstrip())
    if begin < end:
        yield begin, end
