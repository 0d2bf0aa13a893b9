"""The names of an article's authors in parts, as citation programs sort them. Pure.

Only what is surely a person's name is taken apart: “Staff Reporter” and “The Associated Press” stay whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_][^\W\d_]*(?:[.’'-][^\W\d_]+)*\.?")
_NO_PERSON = frozenset(
    "agencies agency and associated board bureau company correspondent correspondents council department desk editor"
    " editorial editors government group magazine ministry network news office online press report reporter reporters"
    " service staff team the times university wire wires writer writers".split()
)
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class AuthorName:
    """A name as printed; `family` and `given` are "" where it cannot be told which is which.

    `particle` is what stands in small letters before the family name: “van der”.
    """

    printed: str
    given: str = ""
    particle: str = ""
    family: str = ""


def author_names(author: str | None) -> list[AuthorName]:
    """The authors that a document gives, separated there by semicolons."""
    return [author_name(" ".join(name.split())) for name in (author or "").split(";") if name.strip()]


def author_name(printed: str) -> AuthorName:
    """One name in parts."""
    words = printed.split(" ")
    if not 2 <= len(words) <= _MOST_WORDS or not all(map(_WORD.fullmatch, words)) or _NO_PERSON & _lower(words):
        return AuthorName(printed)
    first = next((number for number, word in enumerate(words) if number and word[0].islower()), len(words) - 1)
    last = next((number for number in range(first, len(words)) if not words[number][0].islower()), len(words))
    if last != len(words) - 1 or not words[0][0].isupper():
        return AuthorName(printed)
    return AuthorName(printed, " ".join(words[:first]), " ".join(words[first:last]), words[last])


def _lower(words: list[str]) -> set[str]:
    return {word.lower() for word in words}
