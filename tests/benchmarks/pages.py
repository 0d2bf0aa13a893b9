"""What the queries of two pages cost in a large index: `python -m tests.benchmarks.pages --db FILE`.

The pages of speakers and of comparisons, as the site makes them but for the HTML: all of them once to warm up, then
each timed, in milliseconds of the processor's time. From the project's root; nothing here is collected by pytest.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

from indexer.publish.comparing import By, Question
from indexer.publish.pages.compare import compare
from indexer.publish.pages.speaker import speaker
from indexer.publish.parameters import Query
from indexer.store.reader import Reader

TOPICS = {
    "nothing": "",
    "rare word": "flentli",
    "word": "budget",
    "common word": "people",
    "commonest word": "the",
    "phrase": '"the people"',
}
Page = Callable[[Reader], object]


def speaker_pages(slugs: Sequence[str], text: str = "") -> list[Page]:
    """The pages of these speakers, searched within for the text."""
    return [lambda reader, slug=slug: speaker(reader, slug, Query(text=text)) for slug in slugs]  # type: ignore[misc]


def comparisons(by: By, names: Sequence[str], text: str) -> list[Page]:
    """Each of the names compared with the next one."""
    questions = [Question(by, (*pair, ""), Query(text=text)) for pair in zip(names[::2], names[1::2], strict=True)]
    return [lambda reader, asked=asked: compare(reader, asked) for asked in questions]  # type: ignore[misc]


def classes(reader: Reader) -> dict[str, list[Page]]:
    """All pages that are measured, by what they are."""
    speakers = [tally.slug or "" for tally in reader.tallies("speaker")]
    outlets = [tally.value for tally in reader.tallies("publisher", limit=200)]
    found = {
        "speaker, the 100 most quoted": speaker_pages(speakers[:100]),
        "speaker, any": speaker_pages(speakers[:: max(len(speakers) // 200, 1)]),
        "speaker, searched within": speaker_pages(speakers[:100], "people"),
    }
    for topic, text in TOPICS.items():
        found[f"two speakers on {topic}"] = comparisons("speaker", speakers[:60], text)
    for topic, text in TOPICS.items():
        found[f"two outlets on {topic}"] = comparisons("outlet", outlets[: len(outlets) // 2 * 2], text)
    return found


def milliseconds(reader: Reader, pages: Sequence[Page]) -> list[float]:
    """What each page costs when all have been asked for before."""
    taken = []
    for page in (*pages, *pages):
        start = time.process_time()
        page(reader)
        taken.append(1000 * (time.process_time() - start))
    return taken[len(pages) :]


def main() -> None:
    """Measure every class, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--db", type=Path, required=True, metavar="FILE", help="an index of tests.benchmarks.generated")
    arguments = parser.parse_args()
    sys.stdout.write(f"{'milliseconds, warm':<36}{'p50':>8}{'p95':>8}{'most':>8}\n")
    with Reader(arguments.db) as reader:
        for name, pages in classes(reader).items():
            taken = milliseconds(reader, pages)
            p95 = quantiles(taken, n=20, method="inclusive")[-1]
            sys.stdout.write(f"{name:<36}{median(taken):>8.1f}{p95:>8.1f}{max(taken):>8.1f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
