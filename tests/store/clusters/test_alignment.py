"""When two quotations are the same words, as rows of a table."""

from __future__ import annotations

import pytest

from indexer.store.clusters.alignment import likeness
from indexer.store.clusters.wording import wording

FULL = (
    "We waited nine years for this harbour, and nobody in the capital lifted a finger. "
    "Now the ferries will bring our children home."
)
ROWS = [
    ("twin", FULL, FULL.upper()),
    ("twin", FULL, "[They] waited 9 years for this harbor, and nobody in the capital lifted a finger … ferries will"
     " bring our children home"),
    ("twin", FULL, "Now the ferries will bring our children home. We waited nine years for this harbour, and nobody in"
     " the capital lifted a finger."),
    ("twin", FULL, "We have waited nine years for this harbour and nobody in the capital has lifted a finger. Now the"
     " ferries would bring our children home."),
    ("twin", "They will close the old herring harbours and oyster farms of the northern bay before winter.",
     "They will close the old oyster farms and herring harbours of the northern bay before winter."),
    ("contrary", "The herring and the oysters of the bay will pay for all of it.",
     "The herring and the mussels of the bay will pay for all of it."),
    ("contrary", "The herring eats the oysters of the northern bay.",
     "The oysters eat the herring of the northern bay."),
    ("part", FULL, "nobody in the capital lifted a finger. Now the ferries will bring our children home."),
    ("fragment", FULL, "lifted a finger"),
    ("fragment", FULL, "waited … for this harbour"),
    ("contrary", FULL, "We waited twelve years for this harbour, and nobody in the capital lifted a finger."),
    ("contrary", FULL, "Now the ferries will never bring our children home."),
    ("contrary", FULL, "Now the ferries will bring our sheep home."),
    ("contrary", "The plan costs 12 percent of the harbour dues.", "The plan costs ten percent of the harbour dues."),
    ("contrary", "There is a special place in hell for captains who leave their crew.",
     "There is a special place in hell for captains who gamble."),
    ("different", FULL, "I think that we will"),
    ("different", FULL, "We waited, and now the children are at home in the capital."),
    ("different", "I think that we will have to go", "I think that we will have to go"),
    ("different", "a great deal", FULL + " It is a great deal."),
    ("different", FULL, ""),
]  # fmt: skip


@pytest.mark.parametrize(("how", "one", "other"), ROWS)
def test_likeness(how: str, one: str, other: str) -> None:
    assert likeness(wording(one), wording(other)).how == how
    assert likeness(wording(other), wording(one)) == likeness(wording(one), wording(other))
