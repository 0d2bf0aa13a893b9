"""How well anchors hold: `python -m tests.benchmarks.anchors [--documents FILE.jsonl]`, from the project's root.

Every pair of marks in every document (the samples, unless a corpus is named) is anchored, each document is edited in
several ways that keep track of where every character went, and each anchor is looked for again. Prints for each edit
how many are found at their place, how many are orphans though their words are there, how many are rightly so (a
character of the words is gone), how many are found at another place, and how many at one where the same words stand
whose own are gone or were replaced by the same; with the time for one search. Nothing here is collected by pytest.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.nlp.marks import read_marks
from indexer.samples import gold
from indexer.store.corrections.anchors import anchor, find, places

SEED = 20261123
Text = list[tuple[str, int | None]]
"""Characters with the offset each had before the edits; None for a new one."""
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
NEW = "The council of Port Harrow met on Tuesday night, and it put the new sea wall off for another year."


def paragraphs_before(text: Text, chance: random.Random) -> Text:
    """New paragraphs at the top."""
    return [(letter, None) for letter in f"{NEW}\n\n" * chance.randint(1, 5)] + text


def sentences_out(text: Text, chance: random.Random) -> Text:
    """Every sixth sentence is gone."""
    return [letter for piece in pieces(text, r"(?<=[.!?]) ") if chance.random() > 1 / 6 for letter in piece]


def words_changed(text: Text, chance: random.Random) -> Text:
    """One word in twenty is another one."""
    new: Text = []
    for piece in pieces(text, r"(?<= )"):
        other = [(letter, None) for letter in chance.choice(NEW.split()) + " "]
        new += other if chance.random() < 0.05 else piece
    return new


def paragraphs_moved(text: Text, chance: random.Random) -> Text:
    """The paragraphs in another order."""
    parts = list(pieces(text, r"(?<=\n)"))
    chance.shuffle(parts)
    return [letter for part in parts for letter in part]


def typeset_anew(text: Text, _: random.Random) -> Text:
    """Straight marks, and lines broken at other places."""
    return [
        ("\n" if letter == " " and at % 7 == 0 else letter.translate(STRAIGHT), was)
        for at, (letter, was) in enumerate(text)
    ]


def all_of_it(text: Text, chance: random.Random) -> Text:
    """New paragraphs, sentences out, words changed, typeset anew."""
    for edit in (paragraphs_before, sentences_out, words_changed, typeset_anew):
        text = edit(text, chance)
    return text


EDITS: tuple[Callable[[Text, random.Random], Text], ...] = (
    paragraphs_before,
    sentences_out,
    words_changed,
    paragraphs_moved,
    typeset_anew,
    all_of_it,
)


def pieces(text: Text, between: str) -> Iterator[Text]:
    """The text cut at every match of a pattern."""
    plain, last = "".join(letter for letter, _ in text), 0
    for cut in re.finditer(between, plain):
        yield text[last : cut.end()]
        last = cut.end()
    yield text[last:]


def texts(path: str | None) -> list[str]:
    """The texts of a corpus."""
    lines = Path(path or gold()).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def spans(text: str) -> list[tuple[int, int]]:
    """Every marked span with words in it, inner ones too."""
    found, waiting = [], list(read_marks(text))
    while waiting:
        mark = waiting.pop()
        waiting += mark.children
        if text[mark.start : mark.end].strip():
            found.append((mark.start, mark.end))
    return found


def verdict(expected: tuple[int, int] | None, words_stand: bool, found: tuple[int, int] | None) -> str:
    """What a search came to; `expected` is None where a character of the words is gone."""
    if found is None:
        return "orphan, rightly" if expected is None or not words_stand else "orphan"
    if expected is None:
        return "same words"
    return "found" if found == expected else "elsewhere"


def expected_place(span: tuple[int, int], where: dict[int, int]) -> tuple[int, int] | None:
    """Where a span is after an edit; None where it is no longer whole."""
    kept = [where.get(offset) for offset in range(*span)]
    first = kept[0]
    if first is None or kept != list(range(first, first + len(kept))):
        return None
    return first, first + len(kept)


def main() -> None:
    """Edit, search, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", help="a corpus, one JSON document a line")
    documents = texts(parser.parse_args().documents)
    for edit in EDITS:
        chance, counts, seconds = random.Random(SEED), Counter[str](), 0.0
        for text in documents:
            edited = edit([(letter, at) for at, letter in enumerate(text)], chance)
            plain = "".join(letter for letter, _ in edited)
            where = {was: now for now, (_, was) in enumerate(edited) if was is not None}
            for span in spans(text):
                made, began = anchor(text, *span), time.perf_counter()
                found = find(made, plain)
                seconds += time.perf_counter() - began
                stand = any(True for _ in places(made.words, plain))
                counts[verdict(expected_place(span, where), stand, found)] += 1
        total = sum(counts.values())
        told = ", ".join(f"{name} {count}" for name, count in counts.most_common())
        print(f"{edit.__name__:<18} {total} anchors: {told}; {seconds / max(total, 1) * 1000:.2f} ms each")


if __name__ == "__main__":
    main()
