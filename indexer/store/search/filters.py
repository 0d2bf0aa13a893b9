"""Filters of a search as SQL conditions: which speaker, kind, tier, document and publisher, between which dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from indexer.domain import KINDS, TIERS
from indexer.errors import UsageError
from indexer.store import dated_ids
from indexer.store.keys import storable

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
FIRST_DATED = dated_ids.ROOM
"""The lowest id of a quotation whose date is known."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search besides its words; None and "" do not.

    `speaker` is a name, an alias or a slug, in any case, with or without accents; where nobody has it, part of a name
    will do. `kind`: terms are left out unless it is "term". `tier` is how certain it is who spoke, and lets in only
    quotations with a speaker. `document` is an id or a slug, `publisher` a name in any case. `since` and `until` are
    YYYY[-MM[-DD]], both inclusive, and look at the date the words were said, else the date the document was published;
    a date known only to the year or the month is let in when it may lie between them.
    """

    speaker: str | None = None
    kind: str | None = None
    tier: str | None = None
    document: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None


class FilterOptions(TypedDict, total=False):
    """The fields of `Filters`, as keywords."""

    speaker: str | None
    kind: str | None
    tier: str | None
    document: str | None
    publisher: str | None
    since: str | None
    until: str | None


@dataclass
class Conditions:
    """Conditions that hold together, with the parameters of each, on quotations `q` and documents `d`."""

    sql: list[str] = field(default_factory=list)
    parameters: list[str | int] = field(default_factory=list)

    def add(self, sql: str, *parameters: str | int) -> None:
        """One more condition, with one parameter for each question mark in it."""
        self.sql.append(sql)
        self.parameters.extend(parameters)

    def add_among(self, column: str, values: Sequence[str | int]) -> None:
        """The column holds one of these; no values, no row."""
        self.add(f"{column} = ?" if len(values) == 1 else f"{column} IN ({', '.join('?' * len(values))})", *values)

    def and_those(self, others: Conditions) -> Conditions:
        """These conditions and then the others."""
        return Conditions([*self.sql, *others.sql], [*self.parameters, *others.parameters])

    def where(self) -> str:
        """All conditions as one WHERE clause; "" where there are none."""
        return "WHERE " + " AND ".join(self.sql) if self.sql else ""


def add_dates(found: Conditions, since: str | None, until: str | None, row_id: str) -> None:
    """The dates as conditions on the ids of quotations, which are in their order. Raises UsageError for a bad date."""
    if since:
        ranges = list(dated_ids.since(checked_date(since, "since")))
        found.add(f"{row_id} >= ?", ranges[0][0])
        either = " OR ".join(f"({row_id} >= ? AND {row_id} < ?)" for _ in ranges)
        found.add(f"({either})", *(end for both in ranges for end in both))
    if until:
        found.add(f"{row_id} < ?", dated_ids.until(checked_date(until, "until")))
        found.add(f"{row_id} >= ?", FIRST_DATED)


def add_document(found: Conditions, document: str) -> None:
    """The document with this id or slug."""
    found.add("q.document_id IN (SELECT id FROM documents WHERE key = ? OR slug = ?)", *[storable(document)] * 2)


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


def checked_kind(kind: str) -> str:
    """The kind, if there is one of that name; else UsageError."""
    if kind not in KINDS:
        raise UsageError(f"kind: there is no kind {kind!r}", f"choose one of {', '.join(KINDS)}")
    return kind


def checked_tier(tier: str) -> str:
    """The tier, if there is one of that name; else UsageError."""
    if tier not in TIERS:
        raise UsageError(f"tier: there is no tier {tier!r}", f"choose one of {', '.join(TIERS)}")
    return tier
