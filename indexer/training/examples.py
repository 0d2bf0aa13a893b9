"""What the attribution learns from: articles with answers, each marked span with what it is and who may speak it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from indexer.domain import Document
from indexer.errors import CorpusError
from indexer.evaluation.gold import METADATA, GoldDocument, Span, read_gold
from indexer.evaluation.matching import SAME_SPAN, accepted, overlap, trimmed

_COVERED = 0.8
"""The share of a marked span that an annotated content must hold to be its attribution."""
_OF_PATTERNS = 2.0
"""How much one of our own sentences counts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a marked span is: whether a quotation, the mentions that may speak it, and the names of its speaker."""

    is_quotation: bool
    mentions: tuple[Span, ...] = ()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Example:
    """An article and its answers by the (start, end) of the quoted words; `weight`: how much they count."""

    document: Document
    answers: tuple[tuple[Span, Answer], ...]
    weight: float = 1.0

    def answer(self, start: int, end: int) -> Answer | None:
        """The answer to a marked span; None where there is none."""
        mine = trimmed(self.document.text, (start, end))
        for span, answer in self.answers:
            if overlap(mine, span) >= SAME_SPAN:
                return answer
        return None

    def fold(self, folds: int) -> int:
        """Which of so many parts it belongs to, by its id alone."""
        return int(hashlib.sha256(self.document.id.encode()).hexdigest(), 16) % folds


def decided(path: str | os.PathLike[str]) -> list[Example]:
    """The articles of a gold file; ambiguous spans have no answer. Raises GoldError."""
    return [of_gold(gold) for gold in read_gold(path)]


def annotated(path: str | os.PathLike[str], but: Iterable[str] = (), weight: float = 0.3) -> list[Example]:
    """Articles with the source and content spans of annotators, as PolNeAR gives them, without those named by `but`.

    Such an answer has no name, and some are wrong: they count with `weight`. Raises CorpusError.
    """
    left_out = frozenset(but)
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path}: no annotated articles ({error})", "Name a file like polnear/train.jsonl.") from None
    return [_of_annotations(record, weight) for record in records if record["id"] not in left_out]


def patterns() -> list[Example]:
    """Our own sentences, one for each way in which people are quoted: each with the mention that speaks.

    Where the text names nobody who speaks, the answer has no mention, and no name is right.
    """
    lines = files(__package__).joinpath("patterns.txt").read_text(encoding="utf-8").splitlines()
    texts = (line.replace("¶", "\n\n") for line in lines if not line.startswith("#"))
    return [_pattern(number, text) for number, text in enumerate(texts)]


def _pattern(number: int, marked: str) -> Example:
    before, _, rest = marked.partition("[")
    mention, _, after = rest.partition("]")
    span = len(before), len(before) + len(mention)
    text = before + mention + after
    sources = [span] if mention else []
    return _Annotated(Document(f"pattern {number}", text), (), _OF_PATTERNS, ((sources, [(0, len(text))]),))


def of_gold(gold: GoldDocument) -> Example:
    """An article that was decided by hand; ambiguous spans have no answer."""
    text = gold.document.text
    answers = [
        (
            trimmed(text, (item.start, item.end)),
            Answer(item.decision == "quotation", item.mentions, frozenset(accepted(item))),
        )
        for item in gold.quotations
        if item.decision != "ambiguous"
    ]
    return Example(gold.document, tuple(answers))


def _of_annotations(record: dict[str, object], weight: float) -> Example:
    metadata = {key: str(record[key]) for key in METADATA if record.get(key)}
    document = Document(str(record["id"]), str(record["text"]), **metadata)
    attributions = record["attributions"]
    assert isinstance(attributions, list)
    return _Annotated(document, (), weight, tuple(_spans(attributions)))


def _spans(attributions: list[dict[str, list[list[list[int]]]]]) -> Iterator[tuple[list[Span], list[Span]]]:
    for item in attributions:
        sources, contents = (
            [(start, end) for part in item.get(key, ()) for start, end in part] for key in ("source", "content")
        )
        if contents:
            yield sources, contents


@dataclass(frozen=True, slots=True)
class _Annotated(Example):
    """An article whose answers are looked up in what holds a marked span: (sources, contents) of each attribution."""

    attributions: tuple[tuple[list[Span], list[Span]], ...] = ()

    def answer(self, start: int, end: int) -> Answer | None:
        best: tuple[int, list[Span]] | None = None
        for sources, contents in self.attributions:
            held = sum(max(0, min(end, last) - max(start, first)) for first, last in contents)
            size = sum(last - first for first, last in contents)
            if held > _COVERED * (end - start) and (best is None or size < best[0]):
                best = size, sources
        return Answer(True, tuple(best[1])) if best is not None else None
