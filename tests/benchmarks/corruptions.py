"""What spoiled texts cost: `python -m tests.benchmarks.corruptions [NAME …] [--samples]`, from the project's root.

The articles of polnear/train.gold.jsonl (or those that ship with the package) with their marks straightened,
dropped and so on, as `indexer.evaluation.corruptions` does it. Prints F1 for each and what it costs against the
clean text; exits with 1 when one costs more than it may. Nothing here is collected by pytest.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from indexer import samples
from indexer.evaluation.corruptions import LIMITS, NAMES, corrupt
from indexer.evaluation.gold import GoldDocument, read_gold
from indexer.evaluation.metrics import Prediction, Scores, score
from indexer.nlp.analysis import Analyser, load

GOLD = Path("polnear") / "train.gold.jsonl"
CORPORA = Path(os.environ.get("QUOTES_CORPORA", "../shared/corpora"))


def scores_of(analyser: Analyser, gold: Sequence[GoldDocument]) -> Scores:
    """The scores of what `quotes extract` prints for these documents."""
    found = {item.document.id: analyser.analyse(item.document) for item in gold}
    predictions = {id: [Prediction.of(a) for a in items if a.is_attributed_quotation] for id, items in found.items()}
    return score(gold, predictions)


def row(name: str, scores: Scores, clean: Scores) -> str:
    """A line of the table: quotation F1, end-to-end F1, points lost, points allowed."""
    lost = points_lost(scores, clean)
    limit = LIMITS.get(name, 0.0)
    return (
        f"{name:<12}{scores.quotation.f1:>10.3f}{scores.end_to_end.f1:>12.3f}{lost:>8.1f}{limit:>9.0f}"
        f"{'   TOO MUCH' if lost > limit else ''}\n"
    )


def points_lost(scores: Scores, clean: Scores) -> float:
    """How many hundredths of end-to-end F1 are lost against the clean text."""
    return 100 * (clean.end_to_end.f1 - scores.end_to_end.f1)


def main() -> int:
    """Score every corruption, print a table, and say whether all stays within the limits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)} (default: all)")
    parser.add_argument("--samples", action="store_true", help="our own articles instead of the corpus")
    parser.add_argument("--seeds", type=int, default=1, help="draws of the dropped marks (default: 1)")
    arguments = parser.parse_args()
    analyser = load()
    gold = read_gold(samples.gold() if arguments.samples else CORPORA / GOLD)
    clean = scores_of(analyser, gold)
    sys.stdout.write(
        f"{'':<12}{'quotation':>10}{'end to end':>12}{'lost':>8}{'allowed':>9}\n{row('clean', clean, clean)}"
    )
    kept = True
    for name in arguments.names or NAMES:
        for seed in range(arguments.seeds if name == "dropped" else 1):
            scores = scores_of(analyser, corrupt(gold, name, seed))
            sys.stdout.write(row(name, scores, clean))
            kept = kept and points_lost(scores, clean) <= LIMITS[name]
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
