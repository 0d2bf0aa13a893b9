"""Quotations of one speaker in a row are one speech: what is said at one time."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from .narrative import Place
from .time_sites import Map
from .times import DAYS

_FARTHEST = 2
"""So many paragraphs may lie between two quotations of one speech."""


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation: where it stands, its reporting word, the mention of its speaker, and the speaker's full name.

    `speaker` is empty where the text names nobody.
    """

    place: Place
    cue: Span | None = None
    mention: Span | None = None
    speaker: str = ""

    @property
    def surname(self) -> str:
        """The last word of the speaker's name in lower case; empty for none."""
        return self.speaker.lower().split()[-1] if self.speaker.strip() else ""


@dataclass(slots=True)
class Speech:
    """Quotations of one speaker in a row; `choice`: the number of the time they were said at, None for none.

    `share` (0 to 1): how much speaks for that choice.
    """

    quotations: list[Said]
    choice: int | None = None
    share: float = 1.0

    @property
    def first(self) -> Said:
        """Its first quotation."""
        return self.quotations[0]

    @property
    def last(self) -> Said:
        """Its last quotation."""
        return self.quotations[-1]

    @property
    def speaker(self) -> str:
        """Who speaks; empty where the text names nobody."""
        return self.quotations[0].speaker


def speeches(found: Map, quotations: list[Said]) -> list[Speech]:
    """The quotations of a document in their order, put together to speeches."""
    rows: list[Speech] = []
    for said in quotations:
        if rows and _goes_on(found, rows[-1].last, said):
            rows[-1].quotations.append(said)
        else:
            rows.append(Speech([said]))
    return rows


def _goes_on(found: Map, before: Said, said: Said) -> bool:
    """True for one speaker nearby, unless the text names a day, a month or a year between the two quotations."""
    if said.place.parent is not before.place.parent:
        return False
    if said.place.mark.continues or before.place.mark.runs_on:
        return True
    if not said.speaker or said.speaker != before.speaker:
        return False
    if said.place.paragraph - before.place.paragraph > _FARTHEST:
        return False
    here, there = found.of_place.get(said.place.index, -1), found.of_place.get(before.place.index, -1)
    return here == there or not _begins_between(found, before.place.end, there, here)


def _begins_between(found: Map, offset: int, there: int, here: int) -> bool:
    """True for a day, a month or a year after an offset, in the sentences after `there` up to `here`."""
    for i in range(found.after(offset), len(found.sites)):
        site = found.sites[i]
        if site.sentence > here:
            return False
        if site.sentence > there and site.expression.kind in DAYS:
            return True
    return False
