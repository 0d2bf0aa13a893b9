"""The pages for reviewing: the next quotation of the queue, or a certain one, with all that is needed to decide."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from indexer.errors import NotFound, UsageError
from indexer.publish.highlight import Segment, Span, segments
from indexer.publish.parameters import LONGEST_NAME, cleaned
from indexer.store.corrections.log import Logged
from indexer.store.corrections.queue import START, Place, Progress, Wanted
from indexer.store.corrections.reader import CorrectionReader
from indexer.store.rows import Hit, QuotationPage

LOOKED_AT = 5_000
"""So many quotations are looked at for the next one that is wanted, before the page asks whether to go on."""
BUTTONS = 9
"""So many speakers of the document have a button and a key of their own."""
NAMES_OFFERED = 100
NEAR = 1_500
"""How many characters before the paragraph are shown at most, to reach its cue and its mention."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which quotations are reviewed, as the address says it; "" where it does not. `after` is a place in the queue."""

    speaker: str = ""
    document: str = ""
    publisher: str = ""
    kind: str = ""
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        """True where not all quotations are wanted."""
        return bool(self.speaker or self.document or self.publisher or self.kind)

    @property
    def wanted(self) -> Wanted:
        """The same as the store takes it."""
        return Wanted(self.speaker or None, self.document or None, self.publisher or None, self.kind or None)

    def address(self, path: str, **more: object) -> str:
        """The path with this as its query string, and what more is asked; None takes something out."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        query = urlencode({name: value for name, value in {**own, **more}.items() if value})
        return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True)
class Task:
    """A quotation to decide about, in its paragraph.

    `first` is where the shown text begins in the document (code points). `names` are the speakers of the document,
    `decisions` what was decided before, newest first, `place` where the quotation stands in the queue. `seen` changes
    when anything changes that the page says of it.
    """

    page: QuotationPage
    first: int
    segments: Sequence[Segment]
    names: Sequence[str]
    decisions: Sequence[Logged]
    place: Place
    seen: str

    @property
    def hit(self) -> Hit:
        """The quotation."""
        return self.page.hit


@dataclass(frozen=True, slots=True)
class Done:
    """What was just decided, and the keys of quotations in the same stretch of speech that keep another speaker."""

    logged: Logged
    rest: Sequence[str]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The page: the quotation to decide about, None where there is none; `on` is where to go on looking for one."""

    asked: Asked
    progress: Progress
    task: Task | None
    on: Place | None = None
    done: Done | None = None
    names: Sequence[str] = ()
    publishers: Sequence[str] = ()
    problem: str = ""


def read_asked(get: Callable[[str], str | None]) -> Asked:
    """What an address asks for. Never raises."""
    return Asked(*(cleaned(get(field.name), LONGEST_NAME) for field in fields(Asked)))


def queue(reader: CorrectionReader, asked: Asked, who: str, done: int | None = None) -> ReviewView:
    """The next quotation that is wanted; what makes no sense is said on the page."""
    try:
        after = Place.read(asked.after) if asked.after else START
        if asked.speaker:
            reader.speaker(asked.speaker, limit=0)
        found = reader.to_review(asked.wanted, after, limit=1, most=LOOKED_AT)
    except (NotFound, UsageError) as error:
        hint = error.hint if error.hint.startswith("did you mean") else ""
        return _view(reader, asked, who, None, None, done, f"{error.problem}. {hint.capitalize()}".strip())
    chosen = task(reader, found.keys[0]) if found.keys else None
    return _view(reader, asked, who, chosen, None if chosen else found.on, done)


def one(reader: CorrectionReader, asked: Asked, who: str, key: str, done: int | None = None) -> ReviewView:
    """The page of one quotation, decided or not. Raises NotFound."""
    return _view(reader, asked, who, task(reader, key), None, done)


def task(reader: CorrectionReader, key: str) -> Task:
    """A quotation with all that is needed to decide about it. Raises NotFound."""
    page = reader.quotation(key)
    first, shown = _context(page)
    names = reader.names_in(page.hit.document)
    decisions = reader.decisions_on(page.hit.key)
    return Task(page, first, shown, names, decisions, reader.place(page.hit.key) or START, _seen(page.hit))


def _view(
    reader: CorrectionReader,
    asked: Asked,
    who: str,
    chosen: Task | None,
    on: Place | None,
    done: int | None,
    problem: str = "",
) -> ReviewView:
    since = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
    names = [tally.value for tally in reader.tallies("speaker", limit=NAMES_OFFERED)]
    publishers = [tally.value for tally in reader.tallies("publisher", limit=NAMES_OFFERED)]
    own = reader.progress(who, since)
    return ReviewView(asked, own, chosen, on, _done(reader, done), names, publishers, problem)


def _done(reader: CorrectionReader, number: int | None) -> Done | None:
    try:
        logged = None if number is None else reader.correction(number)
        if logged is None or logged.state != "standing" or not logged.correction.decision.speaker:
            return None if logged is None else Done(logged, ())
        return Done(logged, reader.rest_of_stretch(logged.correction.key))
    except NotFound:
        return None


def _context(page: QuotationPage) -> tuple[int, list[Segment]]:
    """Where the shown text begins, and its segments: the paragraph, and what leads to a cue and a mention nearby."""
    hit, text = page.hit, page.document.text
    first, end = hit.start - len(page.before), hit.end + len(page.after)
    spans = [
        (hit.start, hit.end, "quotation"),
        (hit.cue_start, hit.cue_end, "cue"),
        (hit.mention_start, hit.mention_end, "mention"),
    ]
    starts = [text.rfind("\n", 0, start) + 1 for start, _, _ in spans if start is not None]
    first = max(min([first, *starts]), first - NEAR)
    inside = [
        Span(start - first, stop - first, role)  # type: ignore[arg-type]
        for start, stop, role in spans
        if start is not None and stop is not None and first <= start and stop <= end
    ]
    return first, segments(text[first:end], inside)


def _seen(hit: Hit) -> str:
    said = (hit.text, hit.start, hit.end, hit.kind, hit.speaker, hit.speaker_type, hit.confidence, hit.evidence)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]
