"""What a reader of the site asks to have compared: read from the address, and never a reason to fail. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode

from indexer.publish.parameters import Query, read_query

By = Literal["speaker", "outlet"]
NAMES = ("a", "b", "c")
"""The parameters that name the parties."""


@dataclass(frozen=True, slots=True)
class Question:
    """A comparison as asked for: names as typed, "" where none; `query` holds the words and the dates."""

    by: By = "speaker"
    names: tuple[str, ...] = ("", "", "")
    query: Query = field(default_factory=Query)
    after: str = ""

    @property
    def named(self) -> dict[str, str]:
        """What was typed for each party, by parameter, without those left empty."""
        return {parameter: name for parameter, name in zip(NAMES, self.names, strict=True) if name}

    def as_address(self, **changes: str) -> str:
        """The query string of this comparison, with some values changed, without what was not asked for."""
        values = {"by": self.by if self.by == "outlet" else "", **dict(zip(NAMES, self.names, strict=True))}
        values |= {"q": self.query.text, "since": self.query.since, "until": self.query.until}
        return urlencode({name: value for name, value in (values | changes).items() if value})


def read_question(get: Callable[[str], str | None]) -> Question:
    """The comparison in an address; never raises."""
    query = read_query(lambda name: get(name) if name in ("q", "since", "until") else None)
    names = tuple(read_query({"speaker": get(name) or ""}.get).speaker for name in NAMES)
    after = re.sub("[^0-9a-f]", "", (get("after") or "")[:40])
    return Question("outlet" if get("by") == "outlet" else "speaker", names, query, after)
