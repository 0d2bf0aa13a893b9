"""The passage a quotation stands in: its paragraph and those beside it, and where its speaker is named. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.publish.highlight import BlockKind, Segment, Span, is_wrapped, paragraphs, segments
from indexer.publish.pages.marks import spans
from indexer.store.rows import Hit

SEEN = 3000
"""How far around a quotation, its cue and its mention paragraphs are looked for, in characters."""
BESIDE = 500
"""How much is shown of a paragraph beside the one that is meant."""
WITHIN = 1500
"""How much is shown of a paragraph before and after what is marked in it."""
LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Extract:
    """A paragraph, or a part of one: words are left out before it (`cut_before`) or after it (`cut_after`).

    `has_quotation`: the quoted words, or some of them, are in it. `gap`: paragraphs are left out before it. `wrapped`:
    its line breaks are those of a line length, not the writer's.
    """

    kind: BlockKind
    wrapped: bool
    segments: Sequence[Segment]
    has_quotation: bool
    cut_before: bool
    cut_after: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    kind: BlockKind

    def touches(self, span: Span) -> bool:
        return span.start < self.end and self.start < span.end


def passage(text: str, hit: Hit) -> list[Extract]:
    """The paragraphs to show for a quotation in the text of its document, in reading order."""
    marked = spans(hit, text)
    found: list[Extract] = []
    for start, end in _windows(marked, len(text)):
        near = [_Paragraph(start + first, start + last, kind) for first, last, kind in paragraphs(text[start:end])]
        last_shown: int | None = None
        for number in _chosen(near, marked):
            gap = bool(found) if last_shown is None else number > last_shown + 1
            found.append(_extract(text, near[number], marked, gap, number < _first_of_quotation(near, marked)))
            last_shown = number
    return found


def _windows(marked: Iterable[Span], length: int) -> list[tuple[int, int]]:
    """Around everything marked, those that meet joined into one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(span.start - SEEN, 0), min(span.end + SEEN, length)) for span in marked):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _chosen(near: Sequence[_Paragraph], marked: Sequence[Span]) -> list[int]:
    """The paragraphs with something marked, and those beside the quotation."""
    touched = {number for number, one in enumerate(near) if any(map(one.touches, marked))}
    quoted = [number for number in touched if near[number].touches(marked[0])]
    beside = {min(quoted) - 1, max(quoted) + 1} if quoted else set()
    return sorted(number for number in touched | beside if 0 <= number < len(near))


def _first_of_quotation(near: Sequence[_Paragraph], marked: Sequence[Span]) -> int:
    return next((number for number, one in enumerate(near) if one.touches(marked[0])), 0)


def _extract(text: str, whole: _Paragraph, marked: Sequence[Span], gap: bool, is_before: bool) -> Extract:
    start, end = _kept(text, whole, [span for span in marked if whole.touches(span)], is_before)
    shifted = [replace(span, start=span.start - start, end=span.end - start) for span in marked]
    return Extract(
        whole.kind,
        whole.kind == "paragraph" and is_wrapped(text[whole.start : whole.end]),
        segments(text[start:end], shifted),
        whole.touches(marked[0]),
        start > whole.start,
        end < whole.end,
        gap,
    )


def _kept(text: str, whole: _Paragraph, inside: Sequence[Span], is_before: bool) -> tuple[int, int]:
    """What of a paragraph is shown: what is marked with some words around it, or the end nearest to the quotation."""
    if inside:
        around = WITHIN if any(span.role == "quotation" for span in inside) else BESIDE
        start, end = min(span.start for span in inside) - around, max(span.end for span in inside) + around
    elif is_before:
        start, end = whole.end - BESIDE, whole.end
    else:
        start, end = whole.start, whole.start + BESIDE
    start = whole.start if start <= whole.start else _word_after(text, start, whole.end)
    end = min(end, start + LONGEST)
    return start, whole.end if end >= whole.end else _word_before(text, start, end)


def _word_after(text: str, place: int, end: int) -> int:
    return next((at for at in range(place, min(place + 60, end)) if text[at - 1].isspace()), place)


def _word_before(text: str, start: int, place: int) -> int:
    return next((at for at in range(place, max(place - 60, start), -1) if text[at].isspace()), place)
