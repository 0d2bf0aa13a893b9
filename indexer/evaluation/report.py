"""Run the analysis over a gold file and say how right it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.evaluation.gold import read_gold
from indexer.evaluation.metrics import KindCount, Mistake, Prediction, Ratio, Scores, score, share
from indexer.nlp import analysis

SHOWN = 110
"""How many characters of each part of a mistake are shown."""

Progress = Callable[[int, int], None]
"""Called after each document with how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of one run, and how many of its mistakes to show."""

    scores: Scores
    errors: int = 0

    def as_text(self) -> str:
        """The figures for people: the summary, a table by kind, and the first mistakes if asked for."""
        return "\n".join([*_summary(self.scores), "", *_kinds(self.scores), *_mistakes(self.scores, self.errors)])

    def as_dict(self) -> dict[str, Any]:
        """The figures for programs. Ratios are between 0 and 1; `mention` is None where gold names no mention."""
        scores = self.scores
        return {
            "documents": scores.documents,
            "gold_quotations": scores.gold_quotations,
            "quotation": _ratio(scores.quotation),
            "mention": scores.mention,
            "speaker": scores.speaker,
            "full_name": scores.full_name,
            "end_to_end": _ratio(scores.end_to_end),
            "by_kind": {
                kind: {"n": count.n, "found": count.found, "speaker_ok": count.speaker_right}
                for kind, count in sorted(scores.by_kind.items())
            },
            "bad_offsets": scores.bad_offsets,
            "unknown_documents": scores.unknown_documents,
        }


def evaluate(
    path: str | os.PathLike[str], errors: int = 0, progress: Progress | None = None, model: str | None = None
) -> Report:
    """Analyse every document of a gold file and score what `quotes extract` would print for it.

    `errors` is how many mistakes `as_text` shows, `model` the language model (None: the default). Raises GoldError
    and ModelError.
    """
    gold = read_gold(path)
    analyser = analysis.load(model)
    predictions = {}
    for done, item in enumerate(gold, 1):
        found = analyser.analyse(item.document)
        predictions[item.document.id] = [Prediction.of(a) for a in found if a.is_attributed_quotation]
        if progress is not None:
            progress(done, len(gold))
    return Report(score(gold, predictions), errors)


def _ratio(ratio: Ratio) -> dict[str, float]:
    return {
        "p": ratio.precision,
        "r": ratio.recall,
        "f1": ratio.f1,
        "tp": ratio.right,
        "fp": ratio.spurious,
        "fn": ratio.missed,
    }


def _summary(scores: Scores) -> Iterator[str]:
    yield f"documents {scores.documents}  gold quotations {scores.gold_quotations}"
    yield f"quotation  {_line(scores.quotation)}"
    yield f"end to end {_line(scores.end_to_end)}"
    yield f"speaker {scores.speaker:.3f}  full name {scores.full_name:.3f}  mention {scores.mention or 0:.3f}"
    yield f"bad offsets {scores.bad_offsets}  unknown documents {scores.unknown_documents}"


def _line(ratio: Ratio) -> str:
    counts = f"(tp {ratio.right} fp {ratio.spurious} fn {ratio.missed})"
    return f"P {ratio.precision:.3f}  R {ratio.recall:.3f}  F1 {ratio.f1:.3f}  {counts}"


def _kinds(scores: Scores) -> Iterator[str]:
    yield f"{'kind':<8}{'gold':>6}{'found':>7}{'':>7}{'speaker right':>15}"
    for kind, count in sorted(scores.by_kind.items()):
        yield _kind(kind, count)


def _kind(kind: str, count: KindCount) -> str:
    found, right = share(count.found, count.n), share(count.speaker_right, count.n)
    return f"{kind:<8}{count.n:>6}{count.found:>7}{found:>7.1%}{count.speaker_right:>8}{right:>7.1%}"


def _mistakes(scores: Scores, errors: int) -> Iterator[str]:
    if errors > 0 and scores.mistakes:
        yield ""
        yield from (_mistake(mistake) for mistake in scores.mistakes[:errors])


def _mistake(mistake: Mistake) -> str:
    parts = (mistake.what, mistake.document, mistake.text, mistake.predicted, mistake.gold)
    return " | ".join(str(part)[:SHOWN].replace("\n", "/") for part in parts)
