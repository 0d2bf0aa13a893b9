"""How rendered articles (HTML, Markdown) are laid out as text.

Paragraphs are single lines with an empty line between them. Each paragraph of a block quotation starts
with "> "; the line that says whose words they are is a paragraph of its own after them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

BY, END_BY = "\ue002", "\ue003"
"""Stand around the words that name the speaker of a block quotation while it is taken apart."""
QUOTED = "> "

_WHITE = re.compile(r"[ \t\r\f\v]+")
_BREAK = re.compile(r"\n\s*\n")
_DASH = r"(?:[—–―]|--?-?(?=\s))"
_STARTS_WITH_DASH = re.compile(_DASH)
_ENDS_MARKED = re.compile(rf"(.*?)((?:{_DASH}\s*)?{BY}[^{BY}{END_BY}]*{END_BY})")
_MARKS = re.compile(f"[{BY}{END_BY}]")
_LONGEST_ATTRIBUTION = 200


def split(text: str) -> list[list[str]]:
    """Paragraphs (apart by empty lines) as lists of their lines, white space evened out, nothing empty."""
    paragraphs = ([_WHITE.sub(" ", line).strip() for line in part.split("\n")] for part in _BREAK.split(text))
    return [kept for lines in paragraphs if (kept := [line for line in lines if line])]


def plain(paragraphs: Iterable[list[str]]) -> list[str]:
    """Each paragraph on a line of its own."""
    return [" ".join(lines) for lines in paragraphs]


def block_quotation(paragraphs: list[list[str]]) -> tuple[list[str], list[str]]:
    """The lines of a block quotation, each with "> " before it; then the lines, without, that say whose it is.

    These are what stands between BY and END_BY at its end, or else a last line such as "— Maria Lopez".
    """
    words = [list(lines) for lines in paragraphs]
    closing = _marked_end(words) or _dashed_end(words)
    return [QUOTED + _unmarked(line) for line in plain(words)], [_unmarked(line) for line in closing]


def join(lines: Iterable[str]) -> str:
    """The text of a document out of its paragraphs."""
    return "\n\n".join(lines)


def _marked_end(words: list[list[str]]) -> list[str]:
    """Takes the marked attributions off the end of `words`."""
    closing: list[str] = []
    while words and (found := _ENDS_MARKED.fullmatch(" ".join(words[-1]))):
        closing.insert(0, found[2])
        words[-1] = [found[1].rstrip()]
        if found[1].strip():
            break
        words.pop()
    return closing


def _dashed_end(words: list[list[str]]) -> list[str]:
    """Takes a last line that starts with a dash off, unless the quotation itself is written with dashes."""
    if sum(map(len, words)) < 2 or _STARTS_WITH_DASH.match(words[0][0]):
        return []
    last = words[-1][-1]
    if not _STARTS_WITH_DASH.match(last) or len(last) > _LONGEST_ATTRIBUTION:
        return []
    words[-1].pop()
    if not words[-1]:
        words.pop()
    return [last]


def _unmarked(line: str) -> str:
    return _MARKS.sub("", line)
