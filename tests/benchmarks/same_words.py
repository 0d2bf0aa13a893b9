"""Precision and recall of "the same words" on invented quotations: `python -m tests.benchmarks.same_words`.

From the project's root. Prints both over pairs, the recall for each kind of edit, and with --mistakes some wrong pairs.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from indexer.store.clusters.same_words import Item, groups
from tests.versions import Speeches, Version, same


def made(seed: int, originals: int, edits: int = 3) -> list[Version]:
    """Versions of so many quotations."""
    speeches = Speeches(seed, originals)
    return [version for number in range(len(speeches.originals)) for version in speeches.versions(number, edits)]


def true_pairs(versions: Sequence[Version]) -> Iterator[tuple[int, int, bool]]:
    """Pairs of versions of one original, and whether half of the shorter one's words are in the other one too."""
    by_original: dict[int, list[int]] = {}
    for number, version in enumerate(versions):
        by_original.setdefault(version.original, []).append(number)
    for numbers in by_original.values():
        for one, other in combinations(numbers, 2):
            yield one, other, same(versions[one], versions[other])


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--originals", type=int, default=5000)
    parser.add_argument("--mistakes", type=int, default=0)
    options = parser.parse_args()
    versions = made(options.seed, options.originals)
    found = {}
    for label, group in enumerate(groups(Item(n, version.text, n) for n, version in enumerate(versions))):
        found.update(dict.fromkeys(group.ids, label))
    wanted, got = Counter(), Counter()
    missed = []
    for one, other, counts in true_pairs(versions):
        together = one in found and found[one] == found.get(other)
        if counts:
            for edit in {"all", versions[one].edit.split("+")[0], versions[other].edit.split("+")[0]}:
                wanted[edit] += 1
                got[edit] += together
            if not together:
                missed.append((one, other))
    wrong, right = [], 0
    by_label: dict[int, list[int]] = {}
    for number, label in found.items():
        by_label.setdefault(label, []).append(number)
    for numbers in by_label.values():
        for one, other in combinations(numbers, 2):
            if versions[one].original == versions[other].original:
                right += 1
            else:
                wrong.append((one, other))
    write = sys.stdout.write
    write(f"{len(versions):,} versions of {options.originals:,} quotations, seed {options.seed}\n")
    write(f"precision {right / max(1, right + len(wrong)):.4f} ({len(wrong)} of {right + len(wrong)} pairs wrong)\n")
    for edit in sorted(wanted, key=lambda edit: (edit != "all", edit)):
        write(f"recall {got[edit] / wanted[edit]:.4f} of {wanted[edit]:>6} pairs: {edit}\n")
    for name, pairs in (("missed", missed), ("wrong", wrong)):
        for one, other in pairs[:: max(1, len(pairs) // max(1, options.mistakes))][: options.mistakes]:
            write(f"{name}: {versions[one].edit} | {versions[other].edit}\n")
            write(f"  {versions[one].text}\n  {versions[other].text}\n")


if __name__ == "__main__":
    main()
