"""What a reader of the site asks for in the address: cleaned, checked, and never a reason to fail. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urlencode

from indexer.domain import KINDS, TIERS
from indexer.store.search.filters import FilterOptions
from indexer.store.search.searching import Sort
from indexer.store.search.text import SearchText, parse_search

PAGE_SIZE = 20
LONGEST_TEXT = 300
LONGEST_NAME = 200
SORTS = ("relevance", "date")
_PLACES = ("after", "before")

_CONTROL = re.compile("[\x00-\x1f\x7f\u2028\u2029\ue000\ue001\ufffe\uffff]+")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Query:
    """A search as asked for: each part is "" where nothing was asked.

    `after` and `before` are keys of quotations: the page that follows one, or leads to it. `problems` says in plain
    words which values make no sense; such a value is kept, to be shown in its field.
    """

    text: str = ""
    speaker: str = ""
    kind: str = ""
    tier: str = ""
    publisher: str = ""
    since: str = ""
    until: str = ""
    sort: str = ""
    after: str = ""
    before: str = ""
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True where neither words nor a filter nor an order were given."""
        return not (self.text or self.sort or self.chosen)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that were given, by name."""
        return {name: value for name in FilterOptions.__annotations__ if (value := getattr(self, name, ""))}

    @property
    def filters(self) -> FilterOptions:
        """The filters as store.reader takes them."""
        return cast(FilterOptions, self.chosen)

    @property
    def order(self) -> Sort:
        """How the results stand: as asked for, else the best match first where there are words."""
        asked = self.sort or ("relevance" if self.text else "date")
        return "relevance" if asked == "relevance" and self.text else "date"

    def changed(self, **values: str) -> Query:
        """The first page of the same search with other words, filters or order."""
        return replace(self, **{"after": "", "before": "", **values})  # type: ignore[arg-type]

    def as_address(self) -> str:
        """The query string of this search, without what was not asked for."""
        values = {"q": self.text, **self.chosen, "sort": self.sort, "after": self.after, "before": self.before}
        return urlencode({name: value for name, value in values.items() if value})


def read_query(get: Callable[[str], str | None]) -> Query:
    """The search in an address; `get` returns the value of a parameter or None. Never raises.

    `year` is short for that year as both dates. Numbers of pages, which addresses had once, count for nothing.
    """
    text, too_long = _cut(_clean(get("q")), LONGEST_TEXT)
    names = {name: _cut(_clean(get(name)), LONGEST_NAME)[0] for name in ("speaker", "publisher")}
    short = {name: _cut(_clean(get(name)), 30)[0] for name in ("kind", "tier", "since", "until", "sort", *_PLACES)}
    if year := _cut(_clean(get("year")), 30)[0]:
        short |= {"since": year, "until": year}
    problems = [
        *_choice_problems("kind", short["kind"], KINDS),
        *_choice_problems("tier", short["tier"], TIERS),
        *_choice_problems("sort", short["sort"], SORTS),
        *dict.fromkeys(_date_problems(short["since"]) + _date_problems(short["until"])),
    ]
    if text and parse_search(text) == SearchText():
        problems.append(f"“{text}” holds no word to look for: write letters or digits.")
    if too_long:
        problems.append(f"The search is too long: at most {LONGEST_TEXT} characters.")
    return Query(text=text, **names, **short, problems=tuple(problems))


def cleaned(value: str | None, longest: int) -> str:
    """A line of text as typed: without control characters, white space squeezed, cut to so many characters."""
    return _cut(_clean(value), longest)[0]


def _clean(value: str | None) -> str:
    return " ".join(_CONTROL.sub(" ", value or "").encode("utf-8", "replace").decode().split())


def _cut(value: str, longest: int) -> tuple[str, bool]:
    return value[:longest], len(value) > longest


def _choice_problems(name: str, value: str, choices: Sequence[str]) -> list[str]:
    if value in ("", *choices):
        return []
    return [f"“{value}” is no {_CALLED[name]}: it is {', '.join(choices[:-1])} or {choices[-1]}."]


_CALLED = {"kind": "kind of quotation", "tier": "tier", "sort": "order"}


def _date_problems(value: str) -> list[str]:
    if not value:
        return []
    match = _DATE.fullmatch(value) if value.isascii() else None
    try:
        if match is not None:
            year, month, day = (int(part or 1) for part in match.groups())
            datetime.date(year, month, day)
            return []
    except ValueError:
        pass
    return [f"“{value}” is not a date: write 2025, 2025-03 or 2025-03-14."]
