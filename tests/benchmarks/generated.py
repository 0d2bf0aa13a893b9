"""A large index of documents that nobody wrote: `python -m tests.benchmarks.generated --quotations N --db FILE`.

Words, speakers, publishers, lengths and dates are spread as in news: words and names by Zipf's law, quotations
log-normal around 15 words, about 8 to a document of some 700 words, over ten years, in no order of time. The same
number and seed give the same documents everywhere. From the project's root; nothing here is collected by pytest.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from indexer.domain import Attribution, Document, Mention, Passage, Quotation
from indexer.store.keys import normal_form
from indexer.store.writer import Writer
from tests.benchmarks.vocabulary import PEOPLE, PUBLISHERS, Vocabulary, WordStream, zipf

ANALYSER = "generated-1"
FIRST_DAY, DAYS = date(2015, 1, 1), 3650
SHAPES = {"said": 0.53, "again": 0.10, "mixed": 0.17, "alone": 0.05, "term": 0.15}
"""How quotations come: with a speaker; with words that another document had; as a fragment; without; as a term."""

_LENGTHS = {"said": (19, 0.7), "alone": (19, 0.7), "mixed": (6, 0.5), "term": (1.8, 0.4)}
"""The median of the words of each shape, and how far they spread."""
_LONGEST = 120
_NARRATION, _SENTENCE = 62, 19
_REMEMBERED = 20_000
_CUES = ["said", "said", "said", "told", "added", "argued", "warned"]
_EVIDENCE = ["the name after the words", "the name before the words", "the paragraph before names the speaker"]

Found = tuple[Document, list[Attribution]]


@dataclass
class Page:
    """A text that grows, and where its last part stands."""

    text: str = ""

    def add(self, part: str) -> Passage:
        """Put the part at the end; returns it with its offsets."""
        start = len(self.text)
        self.text += part
        return Passage(start, len(self.text), part)


class Generator:
    """Draws one document after another."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._vocabulary = Vocabulary()
        self._words = WordStream(self._vocabulary.words, seed)
        self._people, self._papers = zipf(PEOPLE), zipf(PUBLISHERS)
        self._printed: deque[tuple[str, int]] = deque(maxlen=_REMEMBERED)

    def document(self, number: int, most: int) -> Found:
        """The document of this number, with 4 to 12 quotations but no more than `most`."""
        published = FIRST_DAY + timedelta(days=self._random.randrange(DAYS))
        named: set[int] = set()
        present = self._random.choices(range(PEOPLE), cum_weights=self._people, k=3)
        page, attributions = Page(), []
        for utterance in range(min(most, self._random.randint(4, 12))):
            page.add(self._prose(self._random.randint(_NARRATION // 2, 3 * _NARRATION // 2)) + "\n\n")
            attributions.append(self._quotation(page, utterance, present, named, published))
        return self._described(number, page.text, published), attributions

    def _quotation(self, page: Page, utterance: int, present: list[int], named: set[int], on: date) -> Attribution:
        """One quotation at the end of the page, in a paragraph of its own."""
        (shape,) = self._random.choices(list(SHAPES), SHAPES.values())
        person = self._random.choice(present)
        if shape == "again" and self._printed:
            words, person = self._random.choice(self._printed)
        else:
            words = self._quoted("said" if shape == "again" else shape)
        if shape == "term":
            return self._term(page, words, utterance)
        if shape == "alone":
            return Attribution(_set_apart(page, "“", words + ".", "”\n\n", "direct", utterance))
        if shape == "mixed":
            return self._woven(page, words, utterance, person, named, on)
        self._printed.append((words, person))
        quotation = _set_apart(page, "“", words + ",", "” ", "direct", utterance)
        cue = page.add(self._random.choice(_CUES))
        page.add(" ")
        mention = self._mention(page, person, named)
        page.add(".\n\n")
        return self._attributed(quotation, cue, mention, person, on)

    def _woven(self, page: Page, words: str, utterance: int, person: int, named: set[int], on: date) -> Attribution:
        mention = self._mention(page, person, named)
        page.add(" ")
        cue = page.add(self._random.choice(_CUES))
        quotation = _set_apart(page, " it was “", words, "”.\n\n", "mixed", utterance)
        return self._attributed(quotation, cue, mention, person, on)

    def _term(self, page: Page, words: str, utterance: int) -> Attribution:
        before = " ".join(["The", *self._words.take(5), "“"])
        return Attribution(_set_apart(page, before, words, "” did not last.\n\n", "term", utterance))

    def _attributed(self, quotation: Quotation, cue: Passage, mention: Mention, person: int, on: date) -> Attribution:
        days_before = self._random.choice((None, 0, 0, 1))
        return Attribution(
            quotation,
            cue=cue,
            mention=mention,
            speaker=self._vocabulary.people[person],
            speaker_type="person",
            said_on=None if days_before is None else (on - timedelta(days=days_before)).isoformat(),
            confidence=self._random.betavariate(7, 1),
            evidence=self._random.choice(_EVIDENCE),
        )

    def _mention(self, page: Page, person: int, named: set[int]) -> Mention:
        """The full name where the person is new on the page, then the surname, and at times a pronoun."""
        name = self._vocabulary.people[person]
        pronoun = person in named and self._random.random() < 0.3
        printed = name if person not in named else name.split()[-1]
        place = page.add(("he", "she")[person % 2] if pronoun else printed)
        named.add(person)
        return Mention(place.start, place.end, place.text, kind="pronoun" if pronoun else "name")

    def _quoted(self, shape: str) -> str:
        """As many words as the shape has, in sentences where they are many, without a mark at the end."""
        median, spread = _LENGTHS[shape]
        count = min(_LONGEST, max(1, round(median * self._random.lognormvariate(0, spread))))
        return self._prose(count)[:-1] if shape in ("said", "alone") else " ".join(self._words.take(count))

    def _prose(self, count: int) -> str:
        """So many words in sentences of a newspaper's length."""
        words = self._words.take(count)
        starts = range(0, count, _SENTENCE)
        return " ".join(f"{' '.join(words[start : start + _SENTENCE]).capitalize()}." for start in starts)

    def _described(self, number: int, text: str, published: date) -> Document:
        (publisher,) = self._random.choices(self._vocabulary.publishers, cum_weights=self._papers)
        address = f"{normal_form(publisher)}.example/{published:%Y/%m/%d}/{number}"
        return Document(
            id=address,
            text=text,
            title=" ".join(self._words.take(8)).capitalize(),
            author=self._random.choice(self._vocabulary.authors),
            published=published.isoformat(),
            publisher=publisher,
            url=f"https://{address}",
            language="en",
        )


def _set_apart(page: Page, before: str, words: str, after: str, kind: str, utterance: int) -> Quotation:
    page.add(before)
    place = page.add(words)
    page.add(after)
    return Quotation(place.start, place.end, place.text, kind, utterance)  # type: ignore[arg-type]


def generate(quotations: int, *, seed: int = 0) -> Iterator[Found]:
    """Documents with so many quotations altogether, terms included."""
    generator = Generator(seed)
    number = 0
    while quotations > 0:
        found = generator.document(number, quotations)
        yield found
        quotations -= len(found[1])
        number += 1


def build(db: Path, quotations: int, *, seed: int = 0) -> None:
    """Write an index with so many quotations."""
    with Writer(db, command="tests.benchmarks.generated") as writer:
        for document, attributions in generate(quotations, seed=seed):
            writer.write(document, attributions, ANALYSER)


def main() -> None:
    """Write an index, and print what that took: seconds, and the most memory in MB."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quotations", type=int, default=1_000_000, metavar="N", help="default: 1000000")
    parser.add_argument("--db", type=Path, required=True, metavar="FILE", help="the index, which must be new")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.db.exists():
        parser.error(f"{arguments.db} is there already")
    start = time.perf_counter()
    build(arguments.db, arguments.quotations, seed=arguments.seed)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{time.perf_counter() - start:.0f} s, {megabytes:.0f} MB of memory at most\n")


if __name__ == "__main__":
    main()
