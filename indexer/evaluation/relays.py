"""Who relays the words (`via`): how often the relay that gold names is given."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.evaluation.matching import normal
from indexer.evaluation.metrics import Scores


@dataclass(slots=True)
class Relays:
    """Of the gold quotations with a relay (`gold`): to how many it was `given`, to how many `another` was.

    `extra`: quotations found that were given one and have none in gold.
    """

    gold: int = 0
    given: int = 0
    another: int = 0
    extra: int = 0


def relays(scores: Scores) -> Relays:
    """Count the relays of gold, and those of the quotations found, whoever is given as their speaker."""
    missed = (judged.item for judged in scores.judged if judged.verdict == "missed")
    counts = Relays(gold=sum(item is not None and item.via is not None for item in missed))
    for _, item, prediction in scores.pairs():
        counts.gold += item.via is not None
        if prediction.via is not None:
            is_same = item.via is not None and is_same_relay(prediction.via, item.via)
            counts.given += is_same
            counts.another += item.via is not None and not is_same
            counts.extra += item.via is None
    return counts


def is_same_relay(one: str, other: str) -> bool:
    """Whether two names may be one relay's: the words of one are all in the other, in the form used for speakers."""
    mine, theirs = set(normal(one).split()), set(normal(other).split())
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)
