"""What joining the same words costs: `python -m tests.benchmarks.clusters`, from the project's root.

Makes quotations with the words and lengths of natural text, a fifth of them versions of others, groups them, and
prints the time and the most memory that was in use. Nothing here is collected by pytest.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from itertools import accumulate

from indexer.store.clusters.same_words import Item, groups

VERSIONS = 0.2
"""How many of the quotations are versions of another one."""
RARE = 300_000
"""How many rare words there are beside the common ones: names, numbers, places."""

SPEAKERS, DAYS = 40_000, 3650
"""How many people speak, a few of them a great deal, and in how many days."""
Said = tuple[list[str], str, int]
"""Words, their speaker and the day."""


def vocabulary() -> tuple[list[str], list[float]]:
    """Words and how often each comes: the common ones as in real text, the others by Zipf's law."""
    lines = files("indexer.store.clusters").joinpath("word_counts.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    words = [word for word, _ in rows] + [f"{rows[n % 900 + 100][0]}{rows[n % 1013 + 50][0]}{n}" for n in range(RARE)]
    rare = 1_000_000 - sum(float(count) for _, count in rows)
    harmonic = sum(1 / (n + 50) for n in range(RARE))
    counts = [float(count) for _, count in rows] + [rare / harmonic / (n + 50) for n in range(RARE)]
    return words, list(accumulate(counts))


def quotations(count: int, seed: int) -> Iterator[Item]:
    """So many quotations, ten a document; a version of another one has its speaker, and a day soon after."""
    chance, voices = random.Random(seed), random.Random(-seed)
    words, counts = vocabulary()
    recent: list[Said] = []
    for number in range(count):
        if recent and chance.random() < VERSIONS:
            original, speaker, day = chance.choice(recent)
            text, day = version(chance, original), day + voices.randrange(10)
        else:
            length = max(3, min(150, round(chance.lognormvariate(2.8, 0.75))))
            text = chance.choices(words, cum_weights=counts, k=length)
            speaker, day = f"Speaker {int(voices.paretovariate(0.3)) % SPEAKERS}", voices.randrange(DAYS)
            if len(recent) < 100_000:
                recent.append((text, speaker, day))
            else:
                recent[chance.randrange(len(recent))] = text, speaker, day
        yield Item(number, " ".join(text).capitalize(), number // 10, speaker, day)


def version(chance: random.Random, words: list[str]) -> list[str]:
    """The same words: as they were, cut at one end or both, one dropped, or a few for an ellipsis."""
    kind = chance.randrange(5)
    if kind == 0 or len(words) < 8:
        return words
    if kind == 1:
        return words[chance.randrange(len(words) // 2) :]
    if kind == 2:
        start = chance.randrange(len(words) - 6)
        return words[start : start + chance.randrange(6, 20)]
    start = chance.randrange(2, len(words) - 3)
    gap = [] if kind == 3 else ["…"]
    return words[:start] + gap + words[start + chance.randrange(1, 4) :]


def main() -> None:
    """Make, group, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quotations", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    items = list(quotations(options.quotations, options.seed))
    made = memory()
    start = time.perf_counter()
    found = groups(items)
    seconds = time.perf_counter() - start
    write = sys.stdout.write
    write(f"{len(items):,} quotations in {len({item.document for item in items}):,} documents\n")
    write(f"{len(found):,} groups of {sum(len(group.ids) for group in found):,} quotations\n")
    write(f"{seconds:.1f} s; {memory():,} MB at most, {made:,} MB of it before\n")


def memory() -> int:
    """The most memory that was in use so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
