"""The weights by which text in capitals is written with small letters (`nlp.casing`), fitted on ordinary text.

An averaged perceptron: every word of a text whose writing its place does not explain is decided from left to right,
and where the decision is wrong, the features of the right one gain what those of the wrong one lose. Deterministic.
Collins, M. (2002): Discriminative Training Methods for Hidden Markov Models. EMNLP.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from indexer.nlp import casing, lexicon
from indexer.nlp.casing import ALL_CAPITALS, CAPITAL, SMALL, Weights, features, shapes, split, starts_sentence

EPOCHS = 4
LEAST = 9
"""How often a feature must be seen."""
LIGHTEST = 1.0
"""Features that add less than this to any way of writing are left out; a usual one adds three."""
_A_LINE = 12
_ORIGIN = """\
# Origin: UD English EWT (CC BY-SA 4.0), GUM (CC BY 4.0) and Wikigold (CC BY 4.0), training parts, and the articles of
# PolNeAR train that were not decided by hand; made by indexer.training.casing.write.
"""
_SMALL_WORDS = """\
# Words that were seen with small letters in at least two texts, beside those of common_words.txt.
"""
_WEIGHTS = """\
# How words are written: for each feature (see indexer.nlp.casing.features) what it adds to a capital at the start and
# to capitals throughout, against small letters.
"""

Text = tuple[list[str], list[int]]
"""The words of a text in small letters, and how each is written."""


def write(corpora: Path, folder: Path | None = None) -> None:
    """Write `small_words.txt` and `casing.tsv` from the corpora (a minute), by default where ours are. Raises OSError.

    The weights are fitted with the words that the package has; in a folder of one's own only the words are new.
    """
    folder = folder or Path(str(files(lexicon.__name__)))
    texts = list(training_texts(corpora))
    words = small_words(texts)
    lines = (" ".join(words[at : at + _A_LINE]) + "\n" for at in range(0, len(words), _A_LINE))
    (folder / "small_words.txt").write_text("".join((_SMALL_WORDS, _ORIGIN, *lines)), encoding="utf-8")
    casing.reread()
    (folder / "casing.tsv").write_text(_WEIGHTS + _ORIGIN + as_table(fit(texts)), encoding="utf-8")


def training_texts(corpora: Path) -> Iterator[str]:
    """The texts that all of it is learned from; those of train.gold are left to measure on. Raises OSError."""
    polnear = corpora / "polnear"
    decided = {json.loads(line)["id"] for line in _lines(polnear / "train.gold.jsonl")}
    records = (json.loads(line) for line in _lines(polnear / "train.jsonl"))
    yield from (record["text"] for record in records if record["id"] not in decided)
    for treebank in ("ud-ewt", "gum"):
        text = (corpora / treebank / "train.conllu").read_text(encoding="utf-8")
        for paragraph in re.split(r"^# new(?:par|doc)\b.*$", text, flags=re.MULTILINE):
            yield " ".join(re.findall(r"^# text = (.*)$", paragraph, re.MULTILINE))
    for sentence in "\n".join(_lines(corpora / "wikigold" / "wikigold.conll")).split("\n\n"):
        yield " ".join(line.split()[0] for line in sentence.splitlines() if line.strip())


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def small_words(texts: Iterable[str]) -> list[str]:
    """The words of at least three letters that stand with small letters in two of the texts, but no common words."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update({word for word in split(text) if word.isalpha() and word.islower() and len(word) > 2})
    return sorted(word for word, times in seen.items() if times > 1 and word not in lexicon.load().common)


def fit(texts: Iterable[str], epochs: int = EPOCHS) -> dict[str, tuple[float, float]]:
    """The weights of each feature for CAPITAL and ALL_CAPITALS (against SMALL), learned from texts as printed."""
    rows = [row for row in map(_read, texts) if row is not None]
    kept = {name for name, times in Counter(_all_features(rows)).items() if times >= LEAST}
    learner = _Perceptron(kept)
    for _ in range(epochs):
        for words, written in rows:
            learner.learn(words, written)
    return learner.averages()


def as_table(weights: Weights) -> str:
    """The weights as the rows of a table: feature, CAPITAL, ALL_CAPITALS."""
    return "".join(f"{name}\t{capital:.2g}\t{every:.2g}\n" for name, (capital, every) in sorted(weights.items()))


def right(texts: Iterable[str], weights: Weights) -> float:
    """The share (0 to 1) of the words that do not start a sentence and are written as in the text."""
    good = count = 0
    for words, written in filter(None, map(_read, texts)):
        found = shapes(words, weights)
        for i in _open_questions(words):
            good += found[i] == written[i]
            count += 1
    return good / max(1, count)


def _read(text: str) -> Text | None:
    """The words of a text and how they are written; None where it has hardly any small letters."""
    printed = split(text)
    if 2 * sum(word.islower() for word in printed) < len(printed) / 2:
        return None
    return [word.lower() for word in printed], [_shape(word) for word in printed]


def _shape(word: str) -> int:
    if not word[0].isupper():
        return SMALL
    return ALL_CAPITALS if len(word) > 1 and word.isupper() else CAPITAL


def _open_questions(words: Sequence[str]) -> Iterator[int]:
    """The words whose capitals say something: not those that start a sentence, nor “I”."""
    for i, word in enumerate(words):
        if word[0].isalpha() and word != "i" and not starts_sentence(words, i):
            yield i


def _all_features(rows: Iterable[Text]) -> Iterator[str]:
    for words, written in rows:
        for i in _open_questions(words):
            yield from features(words, written, i)


class _Perceptron:
    """Three weights for each feature, and what their averages over all steps need."""

    def __init__(self, kept: set[str]) -> None:
        self.now = {name: [0.0, 0.0, 0.0] for name in sorted(kept)}
        self.weighted = {name: [0.0, 0.0, 0.0] for name in self.now}
        self.steps = 1

    def learn(self, words: Sequence[str], written: Sequence[int]) -> None:
        """Go through a text once."""
        for i in _open_questions(words):
            names = [name for name in features(words, written, i) if name in self.now]
            found = self._decide(names)
            if found != written[i]:
                self._change(names, written[i], found)
            self.steps += 1

    def _decide(self, names: Sequence[str]) -> int:
        totals = [0.0, 0.0, 0.0]
        for name in names:
            for shape, weight in enumerate(self.now[name]):
                totals[shape] += weight
        return totals.index(max(totals))

    def _change(self, names: Sequence[str], right: int, wrong: int) -> None:
        for name in names:
            now, weighted = self.now[name], self.weighted[name]
            for shape, more in ((right, 1.0), (wrong, -1.0)):
                now[shape] += more
                weighted[shape] += more * self.steps

    def averages(self) -> dict[str, tuple[float, float]]:
        """The weights as they were on average."""
        rows = {}
        for name, now in self.now.items():
            small, capital, every = (w - a / self.steps for w, a in zip(now, self.weighted[name], strict=True))
            if max(abs(capital - small), abs(every - small)) >= LIGHTEST:
                rows[name] = (capital - small, every - small)
        return rows
