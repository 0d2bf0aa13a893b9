"""The report for people: the lines of each of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.evaluation import breakdown
from indexer.evaluation.breakdown import Count, Table
from indexer.evaluation.metrics import Ratio, Scores, share
from indexer.evaluation.mistakes import NOBODY, Mistake, causes, confusions
from indexer.evaluation.relays import relays
from indexer.evaluation.reliability import BINS, Bin, Reliability, reliability

SHOWN = 110
"""How many characters of a quotation that is a mistake are shown."""
HEADINGS = {"kind": "kind", "mention": "mention", "position": "mention stands", "speaker_type": "speaker type"}


def summary(scores: Scores, baseline: Scores) -> Iterator[str]:
    """The headline and what belongs to it."""
    mine = relays(scores)
    yield f"documents {scores.documents}  gold quotations {scores.gold_quotations}"
    yield f"quotation  {_line(scores.quotation)}"
    yield f"end to end {_line(scores.end_to_end)}"
    yield f"speaker {scores.speaker:.3f}  full name {scores.full_name:.3f}  mention {scores.mention or 0:.3f}"
    yield f"via {mine.given} of {mine.gold} given, another for {mine.another}, {mine.extra} where gold has none"
    yield f"baseline   quotation F1 {baseline.quotation.f1:.3f}  end to end F1 {baseline.end_to_end.f1:.3f}"
    yield f"bad offsets {scores.bad_offsets}  unknown documents {scores.unknown_documents}"


def _line(ratio: Ratio) -> str:
    counts = f"(tp {ratio.right} fp {ratio.spurious} fn {ratio.missed})"
    return f"P {ratio.precision:.3f}  R {ratio.recall:.3f}  F1 {ratio.f1:.3f}  {counts}"


def tables(scores: Scores) -> Iterator[Iterator[str]]:
    """The tables of parts of gold, and those of the confidence."""
    for name, table in breakdown.tables(scores).items():
        if table:
            yield _table(HEADINGS[name], table)
    measured = reliability(scores.judged)
    if measured.outcomes:
        yield _bins(measured)
        yield _tiers(measured)


def _table(heading: str, table: Table) -> Iterator[str]:
    yield f"{heading:<16}{'gold':>6}{'found':>7}{'':>7}{'speaker right':>15}"
    for row, count in table.items():
        yield _row(row, count)


def _row(row: str, count: Count) -> str:
    found, right = share(count.found, count.n), share(count.speaker_right, count.n)
    return f"{row:<16}{count.n:>6}{count.found:>7}{found:>7.1%}{count.speaker_right:>8}{right:>7.1%}"


def _bins(measured: Reliability) -> Iterator[str]:
    yield f"{'confidence':<16}{'n':>6}{'mean':>8}{'right':>8}"
    for number, each in measured.bins.items():
        yield f"{f'{number / BINS:.1f} to {(number + 1) / BINS:.1f}':<16}{_bin(each)}"


def _tiers(measured: Reliability) -> Iterator[str]:
    yield f"{'tier':<16}{'n':>6}{'mean':>8}{'right':>8}{'of all':>8}"
    for tier, each in measured.tiers.items():
        yield f"{tier:<16}{_bin(each)}{each.n / len(measured.outcomes):>8.1%}"
    errors = f"ECE {measured.ece:.3f}  with equal counts {measured.adaptive_ece:.3f}"
    yield f"calibration     {errors}  Brier {measured.brier:.3f}"


def _bin(each: Bin) -> str:
    return f"{each.n:>6}{each.confidence:>8.3f}{each.right:>8.3f}"


def mistakes(found: Sequence[Mistake], errors: int) -> Iterator[Iterator[str]]:
    """What goes wrong by its causes, who is taken for whom, and the first mistakes one by one."""
    if found:
        yield _causes(found)
        if confusions(found):
            yield _confusions(found, errors)
        for number, mistake in enumerate(found[:errors], 1):
            yield _mistake(number, mistake)


def _causes(found: Sequence[Mistake]) -> Iterator[str]:
    yield f"{'mistake':<40}{'missed':>8}{'spurious':>10}"
    counts = causes(found)
    for cause, count in counts.items():
        yield f"{cause:<40}{count['missed']:>8}{count['spurious']:>10}"
    missed, spurious = (sum(count[column] for count in counts.values()) for column in ("missed", "spurious"))
    yield f"{'all':<40}{missed:>8}{spurious:>10}"


def _confusions(found: Sequence[Mistake], most: int) -> Iterator[str]:
    rows = confusions(found)
    yield "times  predicted -> gold"
    for predicted, gold, n in rows[:most]:
        yield f"{n:>5}  {predicted} -> {gold}"
    if len(rows) > most:
        yield f"{sum(n for _, _, n in rows[most:]):>5}  others"


def _mistake(number: int, mistake: Mistake) -> Iterator[str]:
    words = mistake.text.replace("\n", "/")
    yield f"{number}. {mistake.cause}  {mistake.place}"
    yield f"   “{words if len(words) <= SHOWN else f'{words[: SHOWN - 1]}…'}”"
    confidence = f", {mistake.confidence:.2f}" if mistake.predicted else ""
    yield f"   predicted {_who(mistake.predicted, mistake.mention)}{confidence}"
    yield f"   gold      {_who(mistake.gold, mistake.gold_mention)}"
    if mistake.evidence:
        yield f"   {mistake.evidence}".replace("\n", "/")


def _who(name: str | None, mention: str | None) -> str:
    words = f"{name or NOBODY} (‘{mention}’)" if mention else name or NOBODY
    return words.replace("\n", "/")
