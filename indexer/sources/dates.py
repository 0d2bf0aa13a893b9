"""Dates of publication as ISO dates: only what can be read without guessing."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from dateparser.date import DateDataParser

_ISO = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?:[T\s]\s*\d{1,2}:\d{2}.*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})()(\d{2})(\d{2})(?:T\d{2,6}.*)?")
_NUMBERS_ONLY = re.compile(r"\D*(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+\d{4}\b")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LONGEST = 60
_SETTINGS = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["month", "year"]}


def iso_date(value: str | None, language: str | None = None) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD for a date as printed, in English or in `language`; None rather than a guess.

    The day is the one printed: times and time zones are dropped. Relative dates ("yesterday"), years of two
    digits and numbers in an order that is open to doubt (02/09/2025) are not read.
    """
    if not value or len(value) > _LONGEST:
        return None
    found = _ISO.fullmatch(value) or _COMPACT.fullmatch(value)
    if found:
        return _checked(*(int(part) if part else None for part in found.group(1, 3, 4)))
    if not _YEAR.search(value) or _is_open_to_doubt(value):
        return None
    return _in_words(value, language)


def _checked(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    try:
        date = datetime.date(year or 0, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    return date[: 10 if day is not None else 7 if month is not None else 4]


def _is_open_to_doubt(value: str) -> bool:
    """True for 02/09/2025, which is in February for some and in September for others."""
    found = _NUMBERS_ONLY.match(value)
    return found is not None and found[1] != found[2] and int(found[1]) <= 12 and int(found[2]) <= 12


def _in_words(value: str, language: str | None) -> str | None:
    for code in dict.fromkeys(("en", language or "en")):
        try:
            found = _parser(code).get_date_data(value)
        except (ValueError, OverflowError):  # a language that dateparser does not know, a date no calendar has
            continue
        if found and (date := found.date_obj):
            return _checked(date.year, date.month, None if found.period == "month" else date.day)
    return None


@lru_cache
def _parser(language: str) -> DateDataParser:
    return DateDataParser(languages=[language], settings=_SETTINGS)
