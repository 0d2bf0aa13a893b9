"""Where the paragraphs of a text are. Pure functions over a string."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lexicon import small_words
from .mark_habits import is_wrapped

_BLANK_LINE = re.compile(r"\r?\n[ \t\u00a0]*\r?\n\s*|\u2029|\f")
_ANY_BREAK = re.compile(r"[\r\n\u2028\u2029\f]\s*")


def paragraph_bounds(text: str) -> list[tuple[int, int]]:
    """The offsets (code points) of every paragraph, in order, without the white space around it.

    Blank lines divide paragraphs; single newlines do too, unless the text's lines are merely wrapped.
    """
    divider = _BLANK_LINE if is_wrapped(text) else _ANY_BREAK
    return list(_stretches(text, divider))


def is_title_case(text: str) -> bool:
    """True for a line whose longer words nearly all begin with a capital: a headline."""
    words = [word for word in text.split() if any(char.isalpha() for char in word)]
    longer = [word for word in words if len(word.strip("“”\"'‘’.,:;!?")) > 3]
    capital = [word for word in longer if word.lstrip("“\"'‘(#@")[:1].isupper()]
    small = [word for word in words if word.isalpha() and word.islower() and word not in small_words("in_title")]
    return len(longer) > 1 and len(capital) >= 0.8 * len(longer) and len(small) <= 0.1 * len(words)


def headlines(text: str) -> list[tuple[int, int]]:
    """The paragraphs that are headlines: short, in title case, more than a name."""
    return [
        (start, end)
        for start, end in paragraph_bounds(text)
        if end - start < 200 and text.count(" ", start, end) >= 4 and is_title_case(text[start:end])
    ]


def _stretches(text: str, divider: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    begin = len(text) - len(text.lstrip())
    for match in divider.finditer(text, begin):
        if match.start() > begin:
            yield begin, match.start()
        begin = match.end()
    end = len(text.rstrip())
    if begin < end:
        yield begin, end
