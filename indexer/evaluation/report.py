"""Run the analysis over a gold file and say how right it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from indexer.evaluation import baseline, layout
from indexer.evaluation.breakdown import Table, tables
from indexer.evaluation.gold import GoldDocument, read_gold
from indexer.evaluation.metrics import Prediction, Ratio, Scores, score
from indexer.evaluation.mistakes import causes, confusions, mistakes
from indexer.evaluation.relays import relays
from indexer.evaluation.reliability import BINS, Bin, Reliability, reliability
from indexer.nlp import analysis
from indexer.nlp.analysis import Analyser

Progress = Callable[[int, int], None]
"""Called after each document with how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of one run, how many of its mistakes to show, and the scores of the plain baseline."""

    scores: Scores
    errors: int = 0
    baseline: Scores = field(default_factory=Scores)

    def as_text(self) -> str:
        """The figures for people: the summary and its tables, and what goes wrong if asked for."""
        parts = [layout.summary(self.scores, self.baseline), *layout.tables(self.scores)]
        if self.errors > 0:
            parts += layout.mistakes(list(mistakes(self.scores.judged)), self.errors)
        return "\n\n".join("\n".join(part) for part in parts)

    def as_dict(self) -> dict[str, Any]:
        """The figures for programs. Ratios are between 0 and 1; `mention` is None where gold names no mention."""
        scores, found = self.scores, list(mistakes(self.scores.judged))
        return {
            "documents": scores.documents,
            "gold_quotations": scores.gold_quotations,
            "quotation": _ratio(scores.quotation),
            "mention": scores.mention,
            "speaker": scores.speaker,
            "full_name": scores.full_name,
            "end_to_end": _ratio(scores.end_to_end),
            "bad_offsets": scores.bad_offsets,
            "unknown_documents": scores.unknown_documents,
            "via": asdict(relays(scores)),
            "baseline": {"quotation": _ratio(self.baseline.quotation), "end_to_end": _ratio(self.baseline.end_to_end)},
            **{f"by_{name}": _table(table) for name, table in tables(scores).items()},
            "reliability": _reliability(reliability(scores.judged)),
            "mistakes": {cause: dict(counts) for cause, counts in causes(found).items()},
            "confusions": [{"predicted": mine, "gold": gold, "n": n} for mine, gold, n in confusions(found)],
            "errors": [mistake.as_record() for mistake in islice(found, self.errors)],
        }


def evaluate(
    path: str | os.PathLike[str], errors: int = 0, progress: Progress | None = None, model: str | None = None
) -> Report:
    """Analyse every document of a gold file and score what `quotes extract` would print for it.

    `errors` is how many mistakes the report shows, `model` the language model (None: the default). Raises GoldError
    and ModelError.
    """
    return measure(read_gold(path), analysis.load(model), errors, progress)


def measure(
    gold: Sequence[GoldDocument], analyser: Analyser, errors: int = 0, progress: Progress | None = None
) -> Report:
    """The report on gold documents that were read before, with an analyser that was loaded before."""
    printed: dict[str, list[Prediction]] = {}
    withheld: dict[str, list[Prediction]] = {}
    plain: dict[str, list[Prediction]] = {}
    for done, item in enumerate(gold, 1):
        id, doc = item.document.id, analyser.annotated(item.document)
        for attribution in doc._.attributions:
            where = printed if attribution.is_attributed_quotation else withheld
            where.setdefault(id, []).append(Prediction.of(attribution))
        plain[id] = baseline.predict(doc)
        if progress is not None:
            progress(done, len(gold))
    return Report(score(gold, printed, withheld), errors, score(gold, plain))


def _ratio(ratio: Ratio) -> dict[str, float]:
    return {
        "p": ratio.precision,
        "r": ratio.recall,
        "f1": ratio.f1,
        "tp": ratio.right,
        "fp": ratio.spurious,
        "fn": ratio.missed,
    }


def _table(table: Table) -> dict[str, dict[str, int]]:
    rows = table.items()
    return {row: {"n": count.n, "found": count.found, "speaker_ok": count.speaker_right} for row, count in rows}


def _reliability(measured: Reliability) -> dict[str, Any]:
    total = len(measured.outcomes)
    return {
        "n": total,
        "ece": measured.ece,
        "adaptive_ece": measured.adaptive_ece,
        "brier": measured.brier,
        "bins": [{"from": i / BINS, "to": (i + 1) / BINS, **_bin(each)} for i, each in measured.bins.items()],
        "tiers": {tier: {**_bin(each), "share": each.n / total} for tier, each in measured.tiers.items()},
    }


def _bin(each: Bin) -> dict[str, float]:
    return {"n": each.n, "confidence": each.confidence, "right": each.right}
