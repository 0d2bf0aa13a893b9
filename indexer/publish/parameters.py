"""What a reader of the site asks for in the address: cleaned, checked, and never a reason to fail. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from indexer.domain import KINDS
from indexer.store.search.filters import FilterOptions

PAGE_SIZE = 20
LAST_PAGE = 1000
LONGEST_TEXT = 300
LONGEST_NAME = 200

_CONTROL = re.compile("[\x00-\x1f\x7f\u2028\u2029\ue000\ue001\ufffe\uffff]+")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Query:
    """A search as asked for: texts are "" and dates are "" where nothing was asked.

    `problems` says in plain words which values make no sense; such a value is kept, to be shown in its field.
    """

    text: str = ""
    speaker: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    page: int = 1
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True where neither words nor a filter were given."""
        return not (self.text or self.speaker or self.kind or self.since or self.until)

    @property
    def filters(self) -> FilterOptions:
        """The filters as store.reader takes them: None where not asked for."""
        return {
            "speaker": self.speaker or None,
            "kind": self.kind or None,
            "since": self.since or None,
            "until": self.until or None,
        }

    @property
    def offset(self) -> int:
        """How many quotations stand on the pages before this one."""
        return (self.page - 1) * PAGE_SIZE

    def turned(self, pages: int) -> Query:
        """The same search so many pages on, or back."""
        return replace(self, page=self.page + pages)

    def as_address(self) -> str:
        """The query string of this search, without what was not asked for."""
        values = {"q": self.text, **{name: value for name, value in self.filters.items() if value}}
        if self.page != 1:
            values["page"] = str(self.page)
        return urlencode({name: value for name, value in values.items() if value})


def read_query(get: Callable[[str], str | None]) -> Query:
    """The search in an address; `get` returns the value of a parameter or None. Never raises."""
    text, too_long = _cut(_clean(get("q")), LONGEST_TEXT)
    speaker, _ = _cut(_clean(get("speaker")), LONGEST_NAME)
    kind, since, until = (_cut(_clean(get(name)), 30)[0] for name in ("kind", "since", "until"))
    problems = [problem for problem in (_kind_problem(kind), _date_problem(since), _date_problem(until)) if problem]
    if too_long:
        problems.append(f"The search is too long: at most {LONGEST_TEXT} characters.")
    return Query(text, speaker, kind, since, until, _page(get("page")), tuple(problems))


def cleaned(value: str | None, longest: int) -> str:
    """A line of text as typed: without control characters, white space squeezed, cut to so many characters."""
    return _cut(_clean(value), longest)[0]


def _clean(value: str | None) -> str:
    return " ".join(_CONTROL.sub(" ", value or "").encode("utf-8", "replace").decode().split())


def _cut(value: str, longest: int) -> tuple[str, bool]:
    return value[:longest], len(value) > longest


def _page(value: str | None) -> int:
    if value is None or not re.fullmatch("[0-9]{1,6}", value):
        return 1
    return min(max(int(value), 1), LAST_PAGE)


def _kind_problem(kind: str) -> str:
    return "" if kind in ("", *KINDS) else f"“{kind}” is no kind of quotation: it is direct, mixed or term."


def _date_problem(value: str) -> str:
    if not value:
        return ""
    match = _DATE.fullmatch(value) if value.isascii() else None
    try:
        if match is not None:
            year, month, day = (int(part or 1) for part in match.groups())
            datetime.date(year, month, day)
            return ""
    except ValueError:
        pass
    return f"“{value}” is not a date: write 2025, 2025-03 or 2025-03-14."
