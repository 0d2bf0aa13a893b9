"""Nicknames within a name, in marks: Ada “Net” Brink."""

from __future__ import annotations

from spacy.tokens import Doc, Span

_OPENING = frozenset({'"', "“", "‘", "'", "``", "''", "«"})
_CLOSING = frozenset({'"', "”", "’", "'", "''", "»"})
_LONGEST = 3
"""Words of a nickname."""
_LONGEST_NAME = 3
"""Words of the name on either side of it."""


def around(span: Span) -> tuple[Span, Span, Span] | None:
    """The name before a nickname, the nickname with its marks, and the name after it, for a span of either name.

    None where no nickname follows or goes before.
    """
    doc = span.doc
    opening = span.end if span.end < len(doc) and doc[span.end].text in _OPENING else _opening_before(span)
    closing = _closing(doc, opening) if opening is not None else None
    if opening is None or closing is None:
        return None
    first = opening
    while first > max(0, opening - _LONGEST_NAME) and _is_capital(doc, first - 1):
        first -= 1
    last = closing + 1
    while last < min(len(doc), closing + 1 + _LONGEST_NAME) and _is_capital(doc, last):
        last += 1
    if not first < opening or not closing + 1 < last:
        return None
    return doc[first:opening], doc[opening : closing + 1], doc[closing + 1 : last]


def _opening_before(span: Span) -> int | None:
    """The mark that opens a nickname which ends right before a span."""
    doc, closing = span.doc, span.start - 1
    if closing < 2 or doc[closing].text not in _CLOSING:
        return None
    for at in range(closing - 2, max(0, closing - 2 - _LONGEST), -1):
        if doc[at].text in _OPENING:
            return at
    return None


def _closing(doc: Doc, opening: int) -> int | None:
    """The mark that closes a nickname: the first words after the opening one all have a capital."""
    for at in range(opening + 1, min(len(doc), opening + 2 + _LONGEST)):
        if doc[at].text in _CLOSING:
            return at if at > opening + 1 and not doc[at - 1].whitespace_ else None
        if not _is_capital(doc, at):
            return None
    return None


def _is_capital(doc: Doc, at: int) -> bool:
    return bool(doc[at].text[0].isupper())
