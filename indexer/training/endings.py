"""Fits the weights that say where a quotation without a closing mark ends (`nlp.endings`).

Nobody needs to decide anything by hand for that: each closing mark of an ordinary text is taken out in turn, and where
it stood is the right answer. Quotations that run on into the next paragraph by the printers' convention end there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from indexer.nlp import lexicon
from indexer.nlp.endings import features, possible
from indexer.nlp.marks import MarkedSpan, read_marks, walk
from indexer.training.dates import Example, fit

RUNNING_ON = 10
"""How often each quotation that runs on is learned from: marks are lost less often in life than here."""
HEADER = """\
# Where a quotation without a closing mark ends: how much each feature of a place counts (see nlp.endings).
# Origin: fitted on the articles of PolNeAR train that were not decided by hand, by indexer.training.endings.write.
"""


def write(corpora: Path, folder: Path | None = None) -> None:
    """Write `endings.tsv` from the corpora (minutes), by default where ours is. Raises OSError."""
    folder = folder or Path(str(files(lexicon.__name__)))
    weights = fit(list(examples(_texts(corpora / "polnear"))))
    rows = (f"{name}\t{weight:.2f}\n" for name, weight in sorted(weights.items()))
    (folder / "endings.tsv").write_text(HEADER + "".join(rows), encoding="utf-8")


def _texts(polnear: Path) -> Iterator[str]:
    """The articles of train; those of train.gold are left to measure on."""
    decided = {json.loads(line)["id"] for line in (polnear / "train.gold.jsonl").open(encoding="utf-8")}
    records = (json.loads(line) for line in (polnear / "train.jsonl").open(encoding="utf-8"))
    yield from (record["text"] for record in records if record["id"] not in decided)


def examples(texts: Iterable[str]) -> Iterator[Example]:
    """The possible ends of every quotation of these texts that has a closing mark, with that mark taken out."""
    for text in texts:
        for span, _ in walk(read_marks(text)):
            if span.closing is not None and span.opening is not None:
                yield from _without_close(text, span)
            elif span.runs_on:
                yield from [_example(text, span, span.end)] * RUNNING_ON


def _without_close(text: str, span: MarkedSpan) -> Iterator[Example]:
    assert span.closing is not None
    start, end = span.closing
    spoiled = text[:start] + text[end:]
    for found, _ in walk(read_marks(spoiled)):
        if found.start == span.start and found.closing is None and found.style != "block":
            if span.end in possible(spoiled, found):
                yield _example(spoiled, found, span.end)
            return


def _example(text: str, span: MarkedSpan, end: int) -> Example:
    ends = possible(text, span)
    return Example(features(text, span, ends), ends.index(end))
