"""How long reading quotation marks takes: `python -m tests.benchmarks.marks [--runs N]`, from the project's root.

Ten megabytes of article text, and one megabyte of nothing but marks in every shape that could make the search
hard. Prints the median of several runs for each, in seconds; exits with 1 when one is over its limit. Nothing
here is collected by pytest.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator

from indexer.nlp.marks import read_marks

MEGABYTE = 1_000_000
ARTICLE_LIMIT, MARKS_LIMIT = 1.0, 5.0
"""Seconds for ten megabytes of article text, and for one megabyte of marks."""

STYLES = [("“", "”", "‘", "’", "’")] * 5 + [
    ('"', '"', "'", "'", "'"),
    ('"', '"', "'", "'", "'"),
    ('"', '"', "'", "'", "'"),
    ("''", "''", "'", "'", "'"),
    ("``", "''", "`", "'", "'"),
    ("‘", "’", "“", "”", "’"),
    ("'", "'", '"', '"', "'"),
    ("«\u00a0", "\u00a0»", "“", "”", "’"),
    ("„", "“", "‚", "‘", "’"),
]
"""Opening and closing marks, those inside them, and the apostrophe; as often as one meets them."""

PROSE = [
    "The council of Port Harrow met on Tuesday night and put the new sea wall off for another year.",
    "Nobody in the hall had expected a vote, least of all the twelve members who had to take it.",
    "The ferry to the islands has not run since the storm, and the workers' union wants it back by June.",
    "Its budget for the '90s housing blocks, which the engineers call sound, fell by a third.",
    "At the fish market the price of cod rose to its highest level since the harbour was dredged.",
    "Three of the five pumps failed during the night, and the fourth ran on a borrowed engine.",
    "A 6'3\" guard at the gate turned reporters away, pointing to a sign that nobody had seen before.",
    "Mayor Adaeze Okafor left the chamber without a word, as her office had said she would.",
    "The school on the hill stayed shut, and the one by the harbour took in whoever found the way.",
]
SPOKEN = [
    "We shall wait for the tide, and after that we shall see",
    "It's the workers' money, and they want it spent on the wall",
    "I have read the report twice, and I still don't know what it says",
    "Nobody told us that the pumps were older than the people who run them",
    "There was a time when this town built things",
    "You cannot put a price on a dry cellar",
]
WORDS = ["a disaster", "sound", "the town that forgot the sea", "emergency", "dry enough"]
CUES = ["said Okafor", "she said", "the engineer told the hall", "according to Brink", "he added"]


def article(random_: random.Random) -> str:
    """An article of some forty paragraphs in one style; in one of ten a mark is missing."""
    style = random_.choice(STYLES)
    paragraphs = list(_paragraphs(random_, style, random_.randint(25, 55)))
    if random_.random() < 0.1:
        which = random_.randrange(len(paragraphs))
        paragraphs[which] = paragraphs[which].replace(random_.choice(style[:2]), "", 1)
    return "\n\n".join(paragraphs)


def _paragraphs(random_: random.Random, style: tuple[str, ...], count: int) -> Iterator[str]:
    opening, closing, inner_opening, inner_closing, apostrophe = style
    for _ in range(count):
        prose = random_.sample(PROSE, random_.randint(1, 3))
        kind = random_.random()
        speech = random_.choice(SPOKEN)
        if kind < 0.3:
            prose.append(f"{opening}{speech},{closing} {random_.choice(CUES)}.")
        elif kind < 0.45:
            prose.append(f"{opening}{speech},{closing} she said. {opening}{random_.choice(SPOKEN)}.{closing}")
        elif kind < 0.6:
            prose.append(f"Okafor called the wall {opening}{random_.choice(WORDS)}{closing} and left it at that.")
        elif kind < 0.65:
            inner = f"{inner_opening}{random_.choice(WORDS)}{inner_closing}"
            prose.append(f"{opening}Brink calls it {inner} now, and he should know,{closing} she said.")
        elif kind < 0.68:
            prose = [f"{opening}{speech}.", f"{opening}{random_.choice(SPOKEN)},{closing} she said."]
            yield prose.pop(0)
        yield " ".join(prose).replace("'", apostrophe) if "'" not in style[:4] else " ".join(prose)


def articles(size: int) -> str:
    """Articles of every style until there are `size` characters; the same ones each time."""
    random_ = random.Random(1)
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(article(random_))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts)[:size]


MARKS = "\"“”'‘’`«»„‚‹›"


def _shapes() -> dict[str, Callable[[random.Random], str]]:
    """What is repeated to a megabyte, by name."""

    def drawn(*after: str) -> Callable[[random.Random], str]:
        return lambda random_: random_.choice(MARKS) + random_.choice(after)

    return {
        "random marks": drawn(""),
        "random marks, spaces": drawn(" "),
        "random marks, newlines": drawn("\n"),
        "random marks, blank lines": drawn("\n\n"),
        "random marks, letters": drawn("a"),
        "random marks, letter before": drawn("a "),
        "random marks, letter after": drawn(" a"),
        "random marks, words": drawn(" said", "said ", ", ", ". ", " and "),
        "random marks, anything": drawn(" ", "a", ".", "\n", "ab ", " c", "-", ","),
        "straight single, letters": lambda _: " 'a",
        "straight double, letters": lambda _: ' "a',
        "opening marks that nest": lambda _: " “a ‘b",
        "opening marks, random": lambda random_: random_.choice([" “a", " ‘a", " «a", ' "a', " 'a"]),
        "pairs": lambda _: "\"a\" 'b' ",
        "lines of a block": lambda _: '> "a\n',
        "deep blocks": lambda _: "> > > “\n",
        "paragraphs that each open": lambda _: "“‘a\n\n",
    }


def nothing_but_marks(size: int) -> dict[str, str]:
    """Texts of `size` characters that are marks and hardly anything else, by name."""
    texts = {f"only {mark}": mark * size for mark in MARKS}
    for name, part in _shapes().items():
        random_ = random.Random(1)
        some = "".join(part(random_) for _ in range(size // 20))
        texts[name] = (some * (size // len(some) + 1))[:size]
    return texts


def seconds(text: str, runs: int) -> float:
    """The median of several readings."""
    times = []
    for _ in range(runs):
        gc.collect()
        begin = time.perf_counter()
        read_marks(text)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> int:
    """Time everything, print a table, and say whether all stays within the limits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="readings of each text (default: 5)")
    runs = parser.parse_args().runs
    text = articles(10 * MEGABYTE)
    taken = {f"10 MB of articles ({_count(text):,} marks)": (seconds(text, runs), ARTICLE_LIMIT)}
    for name, marks in nothing_but_marks(MEGABYTE).items():
        taken[f"1 MB: {name}"] = (seconds(marks, runs), MARKS_LIMIT)
    for name, (median, limit) in taken.items():
        sys.stdout.write(f"{median:7.2f} s  of {limit:.0f} s  {name}{'  TOO SLOW' if median > limit else ''}\n")
    return int(any(median > limit for median, limit in taken.values()))


def _count(text: str) -> int:
    return sum(text.count(mark) for mark in set(MARKS) - set("'’"))


if __name__ == "__main__":
    sys.exit(main())
