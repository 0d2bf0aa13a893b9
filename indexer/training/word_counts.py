"""How often words occur in ordinary text: what the store weighs shared words by (`store/clusters/word_counts.tsv`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from indexer.training.casing import training_texts

WORDS = 7000
"""How many words are kept: the others are all rare enough to weigh the same."""
_HEADER = """\
# The {words:,} commonest words and how often each occurs in a million words.
# Origin: UD English EWT (CC BY-SA 4.0), GUM (CC BY 4.0) and Wikigold (CC BY 4.0), training parts, and the articles of
# PolNeAR train that were not decided by hand; made by indexer.training.word_counts.write.
"""


def write(corpora: Path, target: Path) -> None:
    """Write the table of words and counts from the corpora. Raises OSError."""
    target.write_text(as_table(training_texts(corpora)), encoding="utf-8")


def as_table(texts: Iterable[str]) -> str:
    """The commonest words of the texts, one a line, each with its count in a million."""
    counts = Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold()))
    million = counts.total() / 1_000_000
    kept = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:WORDS]
    return _HEADER.format(words=len(kept)) + "".join(f"{word}\t{count / million:.0f}\n" for word, count in kept)
