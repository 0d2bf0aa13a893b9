"""How often each rule of the attributor is right: the figures behind its confidence.

`quotes evaluate GOLD --rules` prints the table that is kept as `indexer/nlp/lexicon/confidence.tsv`: a rule,
the kind of mention, the share of its attributions that are right in words and speaker, how many there were.
The share is (right + 1) / (all + 2), so that a rule seen rarely is never quite certain.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

from indexer.evaluation.gold import GoldDocument, read_gold
from indexer.evaluation.metrics import SAME_SPAN, accepted, is_right, overlap, trimmed
from indexer.nlp.analysis import Analyser, load
from indexer.nlp.attributor import Decision

HEADER = """\
# How often each rule is right: the rule, the kind of mention (any: all of them), the share that is right, how many.
# Origin: measured on the hand-decided part of PolNeAR train (quotes evaluate GOLD --rules)."""

Row = tuple[str, str]


def rules_table(path: str | os.PathLike[str], model: str | None = None) -> str:
    """The table as tab-separated text, measured on a gold file with a language model (None: the default).

    Raises GoldError and ModelError.
    """
    rows = table(read_gold(path), load(model))
    return "\n".join([HEADER, *(f"{rule}\t{kind}\t{share:.3f}\t{n}" for rule, kind, share, n in rows)])


def table(gold: list[GoldDocument], analyser: Analyser) -> list[tuple[str, str, float, int]]:
    """Rule, kind of mention, smoothed share right (0 to 1) and count, the commonest first."""
    seen: Counter[Row] = Counter()
    right: Counter[Row] = Counter()
    for item in gold:
        for row, is_correct in _judged(item, analyser.decisions(item.document)):
            for key in (row, (row[0], "any")):
                seen[key] += 1
                right[key] += is_correct
    return [(rule, kind, (right[rule, kind] + 1) / (n + 2), n) for (rule, kind), n in seen.most_common()]


def _judged(gold: GoldDocument, decisions: list[Decision]) -> Iterator[tuple[Row, bool]]:
    """Every attribution of a document that gold decides, with whether it is right."""
    text = gold.document.text
    for decision in decisions:
        if decision.is_term or decision.who is None:
            continue
        mine = trimmed(text, (decision.place.start, decision.place.end))
        for item in gold.quotations:
            if overlap(mine, trimmed(text, (item.start, item.end))) >= SAME_SPAN and item.decision != "ambiguous":
                correct = item.decision == "quotation" and is_right(decision.who.name, accepted(item))
                yield (decision.rule, decision.who.kind), correct
                break
