"""Who is who across documents: `python -m tests.benchmarks.registry [--train|--both] [--errors N]`, from the root.

The samples and polnear/dev.gold.jsonl as one index (or polnear/train.gold.jsonl, or all of them), against the lists of
speakers in tests/gold. Prints B-cubed precision, recall and F1 of the registry alone, on attributions that are gold's
own, and from end to end, on what the program finds; `--errors` also the costliest confusions. Nothing here is
collected by pytest.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer import samples
from indexer.evaluation.gold import GoldDocument, read_gold
from indexer.evaluation.gold_speakers import GoldSpeaker, Place, read_speakers
from indexer.evaluation.registry import Analysed, Confusion, Measured, end_to_end, registry_alone
from indexer.store.writer import Writer

FOLDER = Path("tests") / "gold"
LISTS = {"dev": "speakers.jsonl", "train": "speakers-train.jsonl"}
DEV, TRAIN = ("dev",), ("train",)
CORPORA = Path(os.environ.get("QUOTES_CORPORA", "../shared/corpora"))


def resolved(analysed: Iterable[Analysed]) -> dict[Place, str]:
    """The speaker's slug of every quotation, from an index that is written for this and thrown away."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "quotes.db"
        with Writer(path) as writer:
            for document, attributions in analysed:
                writer.write(document, attributions, "measured")
        return slugs(path)


def slugs(path: Path) -> dict[Place, str]:
    """The same of an index that is there."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            'SELECT documents.key, "start", "end", speakers.slug FROM quotations'
            " JOIN documents ON documents.id = document_id JOIN speakers ON speakers.id = speaker_id"
        )
        return {(document, start, end): slug for document, start, end, slug in rows}


def read(lists: Path, corpora: Path, texts: Sequence[str] = DEV) -> tuple[list[GoldSpeaker], list[GoldDocument]]:
    """The speakers of the lists in the folder `lists`, and the gold documents that they are of."""
    polnear = corpora / "polnear"
    paths = {"dev": (samples.gold(), polnear / "dev.gold.jsonl"), "train": (polnear / "train.gold.jsonl",)}
    speakers = [speaker for name in texts for speaker in read_speakers(lists / LISTS[name])]
    return speakers, [document for name in texts for path in paths[name] for document in read_gold(path)]


def row(name: str, result: Measured) -> str:
    """A line of the table."""
    figures = result.bcubed
    return (
        f"{name:<16}{figures.items:>6} of {result.total:<6}{figures.precision:>10.4f}{figures.recall:>8.4f}"
        f"{figures.f1:>8.4f}{len(set(result.gold.values())):>10}{len(set(result.predicted.values())):>8}\n"
    )


def listed(title: str, confusions: Sequence[Confusion], n: int) -> str:
    """The costliest confusions, a line each."""
    lines = [f"\n{title}: {len(confusions)}, lost {sum(each.lost for each in confusions):.1f}\n"]
    for each in confusions[:n]:
        parts = ", ".join(f"{part} {count}" for part, count in each.parts)
        lines.append(f"{each.lost:>7.1f}  {each.name}: {parts}\n")
    return "".join(lines)


def main() -> None:
    """Measure both ways, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    texts = parser.add_mutually_exclusive_group()
    texts.add_argument("--train", dest="texts", action="store_const", const=TRAIN, help="polnear/train.gold.jsonl")
    texts.add_argument("--both", dest="texts", action="store_const", const=DEV + TRAIN, help="all texts as one index")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the N costliest confusions of each")
    parser.add_argument("--alone", action="store_true", help="the registry alone: no analysis, seconds")
    arguments = parser.parse_args()
    speakers, gold = read(FOLDER, CORPORA, arguments.texts or DEV)
    results = {"registry alone": registry_alone(speakers, gold, resolved)}
    if not arguments.alone:
        from indexer.nlp.analysis import load

        results["end to end"] = end_to_end(speakers, gold, load().analyse, resolved)
    sys.stdout.write(f"{'':<16}{'quotations':>16}{'precision':>10}{'recall':>8}{'F1':>8}{'speakers':>10}{'slugs':>8}\n")
    sys.stdout.writelines(row(name, result) for name, result in results.items())
    for name, result in results.items() if arguments.errors else ():
        sys.stdout.write(listed(f"{name}: speakers split over several slugs", result.split, arguments.errors))
        sys.stdout.write(listed(f"{name}: slugs that mix several speakers", result.mixed, arguments.errors))


if __name__ == "__main__":
    main()
