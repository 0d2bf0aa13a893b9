"""The authority file: who people and organisations are, from a table that somebody keeps. It has the last word."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from indexer.errors import UsageError
from indexer.store.keys import one_line, storable
from indexer.store.speakers.identity import normal_name, slug_of

COLUMNS = ("name", "aliases", "type", "description", "wikidata")
"""Of the file. Only the name must be there; aliases are separated by semicolons, or by bars."""

ListedType = Literal["person", "organization", "document"]
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an authority file."""

    name: str
    aliases: tuple[str, ...] = ()
    type: ListedType = "person"
    description: str | None = None
    wikidata: str | None = None

    @property
    def slug(self) -> str:
        """The speaker's slug: that of the name."""
        return slug_of(normal_name(self.name, self.type), self.type)

    @property
    def normals(self) -> set[str]:
        """The normal forms of all its names."""
        return {normal_name(name, self.type) for name in (self.name, *self.aliases)}


def read(lines: Iterable[str], path: str) -> list[Entry]:
    """The entries of a CSV file, given line by line; `path` names it in errors.

    Raises UsageError for a file without the column name, a line that makes no sense, and a name that two lines claim.
    """
    entries: list[Entry] = []
    claimed: dict[str, tuple[int, str]] = {}
    for number, row in _rows(lines, path):
        entry = _entry(row, f"{path}:{number}")
        for name in (entry.name, *entry.aliases):
            other = claimed.setdefault(normal_name(name, entry.type), (number, entry.slug))
            if other[0] != number:
                raise UsageError(
                    f"{path}:{number}: {name!r} is a name in line {other[0]} too",
                    "one name can mean one speaker only: take it out of one of the lines; nothing was imported",
                )
        entries.append(entry)
    return entries


def wikidata_id(text: str, where: str) -> str:
    """The Wikidata id, if it is one (Q…, or its address); else UsageError."""
    found = text.strip().rpartition("/")[2]
    if not _WIKIDATA.fullmatch(found):
        raise UsageError(f"{where}: {text.strip()!r} is no Wikidata id", "give it as Q7747, or leave it empty")
    return found


def as_rows(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """The rows of a file that `read` reads."""
    for entry in entries:
        yield {
            "name": entry.name,
            "aliases": "; ".join(entry.aliases),
            "type": entry.type,
            "description": entry.description,
            "wikidata": entry.wikidata,
        }


def _rows(lines: Iterable[str], path: str) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    """The rows by the names of their columns, in lower case, each with the number of its last line."""
    reader = csv.DictReader(lines, strict=True)
    try:
        names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        if "name" not in names:
            hint = f"its first line must name the columns: {', '.join(COLUMNS)}"
            raise UsageError(f"{path}: no column ‘name’", hint)
        reader.fieldnames = names
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: {error}", "save it as CSV in UTF-8, with commas") from None


def _entry(row: Mapping[str, str | None], where: str) -> Entry:
    values = {column: one_line(storable(row.get(column) or "")) for column in COLUMNS}
    kinds: tuple[ListedType, ...] = get_args(ListedType)
    kind = next((kind for kind in kinds if kind == (values["type"].lower() or "person")), None)
    if kind is None:
        raise UsageError(f"{where}: there is no type {values['type']!r}", f"choose one of {', '.join(kinds)}")
    if not values["name"]:
        raise UsageError(f"{where}: no name", "give each line a name, or take it out")
    aliases = dict.fromkeys(one_line(alias) for alias in re.split("[;|]", values["aliases"]) if alias.strip())
    wikidata = wikidata_id(values["wikidata"], where) if values["wikidata"] else None
    return Entry(values["name"], tuple(aliases), kind, values["description"] or None, wikidata)
