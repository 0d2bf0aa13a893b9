"""Words of time as ISO dates, seen from the day a document was published: at their own precision, None for a guess."""

from __future__ import annotations

import calendar
import datetime
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .lexicon import time_words

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_DAY = datetime.timedelta(days=1)
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![\d-]).*", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")
_ELSEWHERE = frozenset({"next", "that", "following", "previous", "same", "coming"})
"""Words of a time in the future, or that is seen from another than the day of publication."""
_MOST_AGO = {"day": 13, "week": 7, "month": 11, "year": 200}
"""More days ago than these (13 days, 7 weeks, …) are a round figure, not a date."""


def iso(words: str, kind: str, published: str | None) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD for words of time of a kind (see `times.Expression`); None rather than a guess.

    `published`: YYYY[-MM[-DD]], what relative words count from. Ranges, weekdays without a full date of publication,
    “two days later”, “recently” and what lies in the future have no date. Never raises for any words.
    """
    base = _period(published or "")
    plain = " ".join(words.lower().replace("’", "'").split())
    found = _read(plain, kind, base)
    if found is None or base is None:
        return found
    return found if found[: len(base)] <= base[: len(found)] else None


def _period(published: str) -> str | None:
    """The date of publication without a time; None for what is no date."""
    match = _ISO.fullmatch(published.strip())
    if match is None:
        return None
    found = "-".join(part for part in match.groups() if part)
    try:
        datetime.date.fromisoformat(found + "-01-01"[: 0 if len(found) == 10 else 3 if len(found) == 7 else 6])
    except ValueError:
        return None
    return found


@lru_cache(maxsize=4096)
def _read(words: str, kind: str, base: str | None) -> str | None:
    try:
        if kind == "year":
            return words if words.isdecimal() else _YEAR.findall(words)[0] if _is_one_year(words) else None
        if kind == "date":
            return _date(words, base)
        if kind == "month":
            return _month(words, base)
        day = datetime.date.fromisoformat(base) if base is not None and len(base) == 10 else None
        readers = {"weekday": _weekday, "day": _named_day, "ago": _ago, "relative": _relative}
        return readers[kind](words, day, base or "") if kind in readers else None
    except (ValueError, OverflowError):  # a day that no calendar has
        return None


def _is_one_year(words: str) -> bool:
    """False for decades: the 1990s."""
    return not words.endswith("s") and bool(_YEAR.search(words))


def _date(words: str, base: str | None) -> str | None:
    """A day and its month, with a year or without."""
    numbers = _NUMBERS.fullmatch(words)
    if re.search(r"\d\s?[-–]\s?\d", words) and not _ISO.fullmatch(words):
        return None  # February 15-17
    if "/" in words and (numbers is None or (min(map(int, numbers.groups())) <= 12 and _is_open(numbers))):
        return None
    words = re.sub(rf"^(?:{'|'.join(time_words('weekday'))}),? ", "", words)
    if _YEAR.search(words):
        return _parsed(words, datetime.date(2000, 1, 1))
    if base is None or len(base) < 7:
        return None
    found = _parsed(words, _last_day(base))
    if found is not None and re.search(r"\b29\b", words) and not found.endswith("29"):
        return None
    return found


def _is_open(numbers: re.Match[str]) -> bool:
    """True for 02/09/2025, which is in February for some and in September for others."""
    one, other = int(numbers[1]), int(numbers[2])
    return one != other and one <= 12 and other <= 12


def _last_day(base: str) -> datetime.date:
    """The day of publication, or the last day of its month."""
    if len(base) == 10:
        return datetime.date.fromisoformat(base)
    year, month = int(base[:4]), int(base[5:7])
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _month(words: str, base: str | None) -> str | None:
    """In June, June 2014, last June (where that cannot be this year's)."""
    plain = " ".join(word for word in re.split(r"[ -]", words) if word not in time_words("edge") | {"this", "past"})
    if _YEAR.search(plain):
        found = _parsed(plain, datetime.date(2000, 1, 1))
        return found[:7] if found else None
    if base is None or len(base) < 7 or _ELSEWHERE & set(plain.split()):
        return None
    found = _parsed(plain.removeprefix("last "), _last_day(base))
    if found is None or (plain.startswith("last ") and found[:4] == base[:4]):
        return None
    return found[:7]


def _weekday(words: str, day: datetime.date | None, base: str) -> str | None:
    """The last such day up to that of publication; “last Friday” only where it is not one of the same week."""
    name = next((word for word in time_words("weekday") if word in words), None)
    others = set(words.split())
    if day is None or name is None or _ELSEWHERE & others or ("this" in others and "past" not in others):
        return None
    found = _parsed(name, day if "past" in others else day + _DAY)
    monday = day - day.weekday() * _DAY
    return None if found and "last" in others and found >= monday.isoformat() else found


def _named_day(words: str, day: datetime.date | None, base: str) -> str | None:
    """Today, tonight, this morning; yesterday, last night."""
    if day is None or words.startswith(("that", "the ", "later that", "earlier that")):
        return None
    if "yesterday" in words or "last " in words:
        return (day - _DAY).isoformat()
    return None if "tomorrow" in words or "that " in words else day.isoformat()


def _ago(words: str, day: datetime.date | None, base: str) -> str | None:
    """Two days ago, three weeks ago, a year ago: the day, the month, the year, where the figure is meant so."""
    match = re.fullmatch(r"(?:just |only )?(\w+)[ -](\w+?)s? ago", words)
    if match is None or not base or match[1] in ("some", "several", "many", "few"):
        return None
    unit = match[2]
    found = _parsed(f"{match[1]} {unit} ago", day or _last_day(base if len(base) > 4 else f"{base}-12"))
    if found is None or unit not in _MOST_AGO or _too_far(found, unit, day or _last_day((base + "-12")[:7])):
        return None
    if unit in ("day", "week") and day is None:
        return None
    if unit == "week":
        that = datetime.date.fromisoformat(found)
        return _common(that - 3 * _DAY, that + 3 * _DAY)
    length = {"day": 10, "month": 7, "year": 4}[unit]
    return found[:length] if len(base) >= length else None


def _too_far(found: str, unit: str, day: datetime.date) -> bool:
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[unit]
    return (day - datetime.date.fromisoformat(found)).days > _MOST_AGO[unit] * days


def _relative(words: str, day: datetime.date | None, base: str) -> str | None:
    """Last week, this month, last year; a week has the month or the year that all its days are in."""
    parts = words.replace("-", " ").split()
    known = [word for word in parts if word in ("last", "this", "past")]
    if not known or "few" in parts or _ELSEWHERE & set(parts):
        return None
    if parts[0] == "later" and "this" in parts:
        return None
    unit, is_last = parts[-1], "last" in parts
    if unit in ("week", "weekend") and day is not None:
        return _common(*_week(day, is_last))
    if "past" in parts:
        return None
    if unit == "month" and len(base) >= 7:
        first = datetime.date(int(base[:4]), int(base[5:7]), 1)
        return (first - _DAY).isoformat()[:7] if is_last else base[:7]
    if unit == "year" and base:
        return f"{int(base[:4]) - is_last:04d}"
    is_open = is_last or unit == "winter" or not base  # in which year last summer was depends on the hemisphere
    return base[:4] if unit in time_words("season") and not is_open else None


def _week(day: datetime.date, is_last: bool) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that may be meant, whether a week begins on Sunday or on Monday."""
    monday = day - day.weekday() * _DAY
    return (monday - 8 * _DAY, monday - _DAY) if is_last else (min(monday - _DAY, day - 6 * _DAY), day)


def _common(first: datetime.date, last: datetime.date) -> str | None:
    """The month or the year that two days share."""
    one, other = first.isoformat(), last.isoformat()
    return one[:7] if one[:7] == other[:7] else one[:4] if one[:4] == other[:4] else None


def _parsed(words: str, day: datetime.date) -> str | None:
    """What dateparser makes of English words, seen from a day: the day, or any day in the month it names."""
    found = _parser(day).get_date_data(words)
    date = found.date_obj if found is not None else None
    return None if date is None else f"{date.year:04d}-{date.month:02d}-{date.day:02d}"


@lru_cache(maxsize=64)
def _parser(day: datetime.date) -> DateDataParser:
    from dateparser.date import DateDataParser  # a tenth of a second that `--help` need not wait for

    settings: dict[str, Any] = {
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "MDY",
        "RELATIVE_BASE": datetime.datetime.combine(day, datetime.time(12)),
        "PARSERS": ["relative-time", "absolute-time"],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=["en"], settings=settings)
