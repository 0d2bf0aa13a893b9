"""From what people type into a search box to a query of SQLite's full-text search (FTS5).

Understood are words, "phrases" in straight or curly marks, OR between words, -word or -"phrase" to leave out, AND
(which changes nothing), NEAR(some words, 5) for words with at most 5 others between them (10 without a number), and
prefix* for the beginning of a word. Everything else that is typed is a word or is dropped, so that no text is an error:
each word goes to FTS5 as a quoted string, in which nothing has a meaning of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKS = dict.fromkeys(map(ord, "“”„‟«»＂"), '"') | dict.fromkeys(map(ord, "−－"), "-")
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff\ue000\ue001]")
_TOKEN = re.compile(
    r"""(?P<minus>-*)(?:NEAR\s*\((?P<near>[^()]*?)(?:,\s*(?P<distance>\d{1,4})\s*)?\)"""
    r"""|"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))"""
)
_PART = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class SearchText:
    """A search in FTS5's language: what has to match, and what must not match. None where nothing is asked."""

    match: str | None = None
    exclude: str | None = None


def parse_search(text: str) -> SearchText:
    """Read a search as typed; never raises. Text without any word gives a search that asks for nothing."""
    groups: list[list[str]] = [[]]
    left_out: list[str] = []
    for token in _TOKEN.finditer(_UNSPEAKABLE.sub(" ", text).translate(_MARKS)):
        if token["near"] is not None:
            if near := _as_near(token["near"], token["distance"]):
                (left_out if token["minus"] else groups[-1]).append(near)
            continue
        minus, word = _split_minus(token)
        if word in ("OR", "AND") and token["phrase"] is None and not minus:
            groups += [[]] if word == "OR" else []
        elif string := _as_string(word, prefix=_asks_for_prefix(token)):
            (left_out if minus else groups[-1]).append(string)
    wanted = " OR ".join(f"({' '.join(group)})" for group in groups if group)
    unwanted = " OR ".join(left_out)
    if wanted and unwanted:
        return SearchText(match=f"({wanted}) NOT ({unwanted})")
    return SearchText(match=wanted or None, exclude=unwanted or None)


def _as_near(words: str, distance: str | None) -> str:
    """The words and phrases as one NEAR group, one of them as itself; "" where there is none."""
    parts = [part for phrase, word in _PART.findall(words) if (part := _as_string(phrase or word, prefix=False))]
    if len(parts) < 2:
        return "".join(parts)
    return f"NEAR({' '.join(parts)}{f', {distance}' if distance else ''})"


def _split_minus(token: re.Match[str]) -> tuple[bool, str]:
    phrase = token["phrase"]
    return bool(token["minus"]), token["word"] if phrase is None else phrase


def _asks_for_prefix(token: re.Match[str]) -> bool:
    """True for `word*`, and for `"some words*"` and `"some words"*` too."""
    following = token.string[token.end() : token.end() + 1]
    return token[0].endswith(("*", '*"')) or (token["phrase"] is not None and following == "*")


def _as_string(words: str, *, prefix: bool) -> str:
    """The words as one FTS5 string (a phrase when there are several), or "" when there is no letter or digit."""
    if not any(character.isalnum() for character in words):
        return ""
    words = words.rstrip("*")
    return f'"{words}" *' if prefix else f'"{words}"'
