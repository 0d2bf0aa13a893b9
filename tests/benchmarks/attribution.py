"""What attributing costs beside reading: `python -m tests.benchmarks.attribution`, from the project's root.

The articles of polnear/train.gold.jsonl are read by the language model alone, and read and attributed, in turns;
prints words a second for both and the median of the ratios. Nothing here is collected by pytest.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from indexer.domain import Document
from indexer.evaluation.gold import read_gold
from indexer.nlp.analysis import Analyser, load

GOLD = Path(os.environ.get("QUOTES_CORPORA", "../shared/corpora")) / "polnear" / "train.gold.jsonl"
READING = ("quotation_finder", "syntax")
"""The components without which the language model does not know what to read."""


def parse(analyser: Analyser, documents: Sequence[Document]) -> None:
    """Let the language model read, and nothing more."""
    for document in documents:
        doc = analyser.nlp.make_doc(document.text)
        doc._.metadata = document
        for name in READING:
            doc = analyser.nlp.get_pipe(name)(doc)


def attribute(analyser: Analyser, documents: Sequence[Document]) -> None:
    """Everything that `quotes extract` does with a document."""
    for document in documents:
        analyser.analyse(document)


Work = Callable[[Analyser, Sequence[Document]], None]


def seconds(work: Work, analyser: Analyser, docs: Sequence[Document]) -> float:
    """How long one turn takes."""
    start = time.perf_counter()
    work(analyser, docs)
    return time.perf_counter() - start


def main() -> None:
    """Take turns, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="turns (default: 5)")
    runs = parser.parse_args().runs
    analyser = load()
    documents = [item.document for item in read_gold(GOLD)]
    words = sum(len(document.text.split()) for document in documents)
    attribute(analyser, documents[:10])
    turns = [(seconds(parse, analyser, documents), seconds(attribute, analyser, documents)) for _ in range(runs)]
    sys.stdout.write(f"parsed alone          {words / median(one for one, _ in turns):>8,.0f} words a second\n")
    sys.stdout.write(f"parsed and attributed {words / median(both for _, both in turns):>8,.0f} words a second\n")
    sys.stdout.write(f"ratio                 {median(one / both for one, both in turns):>8.2f}\n")


if __name__ == "__main__":
    main()
