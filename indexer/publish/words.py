"""How values read on a page: dates, tiers, kinds, snippets, links, the plain-text citation. Pure functions.

Those in `FILTERS` are Jinja filters of the same name in the site's templates.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from indexer.domain import UNKNOWN_AUTHOR
from indexer.publish.parts import may_be_later
from indexer.store.rows import Hit, Total

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TIERS = {
    "certain": "Certain",
    "probable": "Probable",
    "uncertain": "Uncertain, check the article",
}
_KINDS = {
    "direct": "Direct speech",
    "mixed": "Words woven into the writer’s sentence",
    "term": "A term in quotation marks, not speech",
}
_REASONS = {
    "": "who this is was not settled yet",
    "the same name": "several articles print this very name",
    "named in this document only": "only one article prints this name",
    "the same single name in the same source and year": "the same outlet used this single name in the same year",
}
_REASON_FORMS = (
    (re.compile(r"one name with (.+)"), r"another way to write \1"),
    (
        re.compile(r"the one .+ whom this source names in full then: (.+)"),
        r"the outlet named only \1 in full at the time",
    ),
    (re.compile(r"merged by (.+) on (.+)"), r"joined by \1 on \2"),
)
_SPEAKER_TYPES = {
    "person": "Person",
    "organization": "Organisation",
    "document": "Document",
    "unnamed": "Not named in the article",
    "author": "The author of the article",
}


def date_words(date: str | None) -> str:
    """An ISO date of any precision as people write it: "3 May 2025", "May 2025", "2025"; others as they are."""
    match = _ISO_DATE.match(date or "")
    if match is None:
        return date or ""
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year if month is None else str(date)
    month_name = calendar.month_name[int(month)]
    return f"{int(day)} {month_name} {year}" if day else f"{month_name} {year}"


def tier_words(tier: str) -> str:
    """How sure we are who spoke, in plain words."""
    return _TIERS.get(tier, tier)


def kind_words(kind: str) -> str:
    """What kind of quotation it is, in plain words."""
    return _KINDS.get(kind, kind)


def type_words(speaker_type: str | None) -> str:
    """What kind of speaker it is, in plain words."""
    return _SPEAKER_TYPES.get(speaker_type or "", speaker_type or "")


def speaker_words(speaker: str | None) -> str:
    """A speaker's name as a page shows it: the unknown author is spelt out, nobody is said to be nobody."""
    if speaker is None:
        return "Speaker not named"
    return "The author" if speaker == UNKNOWN_AUTHOR else speaker


def reason_words(reason: str) -> str:
    """Why a name in a document is this speaker's, in plain words; the registry's own words where there are none."""
    if reason in _REASONS:
        return _REASONS[reason]
    for pattern, words in _REASON_FORMS:
        if match := pattern.fullmatch(reason):
            return match.expand(words)
    return reason


def search_parts(snippet: str) -> list[tuple[str, bool]]:
    """A snippet in pieces, each with whether it was searched for: what stands between U+E000 and U+E001.

    The template escapes each piece and wraps the hits in <mark>. Marks without a partner are dropped.
    """
    parts = re.split("\ue000([^\ue000\ue001]*)\ue001", snippet)
    pieces = [(part.replace("\ue000", "").replace("\ue001", ""), bool(number % 2)) for number, part in enumerate(parts)]
    return [(text, is_hit) for text, is_hit in pieces if text]


def web_link(url: str | None) -> str | None:
    """The address if it is one that may be linked to (http or https with a host), else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def language_tag(language: str | None) -> str:
    """A language code fit for a lang attribute; "en" where the document gives none."""
    return language if language and _LANGUAGE.fullmatch(language) else "en"


def in_path(part: str) -> str:
    """A slug, name or key as one segment of a path, percent-encoded."""
    return quote(part, safe="")


def place_in_text(hit: Hit) -> str:
    """What leads to a quotation on the page of its document; where that may have several parts, to the right one.

    A term stands there only if terms are asked for.
    """
    asked = {"terms": "1"} if hit.kind == "term" else {}
    if may_be_later(hit.start):
        asked["at"] = hit.key
    return f"{'?' if asked else ''}{urlencode(asked)}#q-{hit.key}"


def count_words(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: "1 quotation", "1,204 quotations"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def total_words(total: Total, singular: str) -> str:
    """A total with its noun; "10,000+ quotations" where counting stopped."""
    return f"{total} {singular if total == Total(1) else singular + 's'}"


def citation(hit: Hit) -> str:
    """A quotation with its source on one line of plain text."""
    said = f" ({date_words(hit.said_on)})" if hit.said_on else ""
    via = f", via {hit.via}" if hit.via else ""
    source = [f"“{hit.title}”" if hit.title else hit.document, hit.publisher, date_words(hit.published), hit.url]
    words = " ".join(hit.text.split())
    return f"“{words}” — {speaker_words(hit.speaker)}{said}{via}. In: {', '.join(part for part in source if part)}"


FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        citation,
        count_words,
        date_words,
        in_path,
        kind_words,
        language_tag,
        place_in_text,
        reason_words,
        search_parts,
        speaker_words,
        tier_words,
        total_words,
        type_words,
        web_link,
    )
}
