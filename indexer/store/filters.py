"""Filters of a search as SQL conditions: which speaker, which kind, which document, between which dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from indexer.domain import KINDS
from indexer.errors import UsageError
from indexer.store.keys import storable

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_SAID = "coalesce(q.said_on, d.published)"


@dataclass
class Conditions:
    """Conditions that hold together, with the parameters of each, on quotations `q` and documents `d`."""

    sql: list[str] = field(default_factory=list)
    parameters: list[str | int] = field(default_factory=list)

    def add(self, sql: str, *parameters: str | int) -> None:
        """One more condition, with one parameter for each question mark in it."""
        self.sql.append(sql)
        self.parameters.extend(parameters)

    def where(self) -> str:
        """All conditions as one WHERE clause; there is always one at least."""
        return "WHERE " + " AND ".join(self.sql)


def conditions(
    *,
    speakers: tuple[str, Sequence[str]] | None = None,
    kind: str | None = None,
    document: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Conditions:
    """The conditions of a search; what is None or empty does not filter, and terms stay out unless asked for.

    `speakers` is a query of row ids with its parameters. `since` and `until` are YYYY[-MM[-DD]], both inclusive, and
    look at the date the words were said, else the date the document was published. A date that is known only to the
    year or the month is let in when it may lie between them. Raises UsageError for a bad kind or date.
    """
    found = Conditions()
    if kind:
        found.add("q.kind = ?", _checked_kind(kind))
    else:
        found.add("q.kind <> 'term'")
    if speakers is not None:
        found.add(f"q.speaker_id IN ({speakers[0]})", *speakers[1])
    if document:
        found.add("d.id IN (SELECT id FROM documents WHERE key = ? OR slug = ?)", *[storable(document)] * 2)
    if since:
        found.add(f"{_SAID} || '~' >= ?", checked_date(since, "since"))
    if until:
        found.add(f"{_SAID} <= ?", checked_date(until, "until") + "~")
    return found


def checked_date(text: str, name: str) -> str:
    """The date, white space around it removed, if it is YYYY, YYYY-MM or YYYY-MM-DD and exists; else UsageError."""
    text = text.strip()
    if match := _DATE.fullmatch(text):
        year, month, day = match.groups(default="1")
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            pass
        else:
            return text
    raise UsageError(f"{name}: {text!r} is not a date", "write a date as 2016, 2016-05 or 2016-05-31")


def _checked_kind(kind: str) -> str:
    if kind not in KINDS:
        raise UsageError(f"kind: there is no kind {kind!r}", f"choose one of {', '.join(KINDS)}")
    return kind
