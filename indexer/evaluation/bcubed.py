"""B-cubed: how much of each item's cluster is right, and how much of its true cluster is in it.

Of an item, precision is the share of its predicted cluster (itself included) that belongs to the same true cluster,
recall the share of its true cluster that is in the same predicted one; both are averaged over all items. Bagga and
Baldwin, “Entity-based cross-document coreferencing using the vector space model” (COLING-ACL 1998). Amigó, Gonzalo,
Artiles and Verdejo, “A comparison of extrinsic clustering evaluation metrics based on formal constraints” (Information
Retrieval 12, 2009), show that of the usual measures it alone punishes mixed, split and dumped items as one would wish.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class BCubed:
    """Precision and recall, between 0 and 1, over so many items; 0 where there are none."""

    precision: float
    recall: float
    items: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def bcubed(predicted: Mapping[Item, Hashable], gold: Mapping[Item, Hashable]) -> BCubed:
    """Compare two clusterings of the same items, each given as item -> cluster; what clusters are called is no matter.

    Raises ValueError when the items are not the same ones.
    """
    if predicted.keys() != gold.keys():
        raise ValueError(f"{len(predicted.keys() ^ gold.keys())} items are in one clustering only")
    together = Counter((predicted[item], gold[item]) for item in gold)
    mine, theirs = Counter(predicted.values()), Counter(gold.values())
    return BCubed(
        precision=_mean(sum(n * n / mine[cluster] for (cluster, _), n in together.items()), len(gold)),
        recall=_mean(sum(n * n / theirs[cluster] for (_, cluster), n in together.items()), len(gold)),
        items=len(gold),
    )


def _mean(total: float, n: int) -> float:
    return total / n if n else 0.0
