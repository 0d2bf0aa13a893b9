"""How an index is published: what somebody chose, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from indexer.errors import UsageError


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published and how; raises UsageError for an address that is none.

    `url` is where the site will be, with the path that it has there; without `full_text` documents are cut down to what
    stands around their quotations; `robots`: search engines may list the pages; `names`: who made corrections is told.
    `made` is the time, in UTC.
    """

    title: str | None = None
    url: str = ""
    full_text: bool = True
    robots: bool = True
    names: bool = False
    made: str = field(default_factory=_now)

    def __post_init__(self) -> None:
        if self.url and not _is_site(self.url):
            hint = "give the address of the home page, such as https://quotes.example.org/press/"
            raise UsageError(f"{self.url}: not the address of a site", hint)

    @property
    def base_url(self) -> str:
        """The path of the home page, with a slash at either end."""
        path = urlsplit(self.url).path.strip("/")
        return f"/{path}/" if path else "/"


def _is_site(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
