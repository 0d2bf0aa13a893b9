"""The measures: how many quotations were found, and how many of those have the right speaker.

quotation   precision, recall and F1 of the spans: one to one, overlap / union at least 0.8 after trimming
mention     of the found quotations that have a mention in gold: the share whose mention overlaps one
speaker     of the quotations found: the share whose speaker is right by any accepted name
full_name   the same, but only the fullest name of the document counts
end_to_end  precision, recall and F1 of quotations that are right in span and speaker: the headline

A prediction inside a decided span, and one on an ambiguous span, counts neither for nor against.
One on a term, or on nothing, is spurious.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.domain import Attribution
from indexer.evaluation.gold import GoldDocument, GoldQuotation, Span

SAME_SPAN = 0.8
"""Overlap / union from which two spans are the same quotation."""
TOUCHES_AMBIGUOUS = 0.3
"""Overlap / union above which a prediction is excused by an ambiguous span."""
SLACK = 2
"""How many characters a prediction inside a decided span may stick out on each side."""

EDGES = " \t\r\n\u00a0“”\"‘’'«»„‟‚.,;:!?…-–—"
"""Marks, punctuation and blanks that do not count at the ends of a span."""
POSSESSIVE = re.compile(r"[’']s\b")
LEADING = frozenset(
    "the a an mr mrs ms miss dr sir sen senator rep representative gov governor president secretary former then "
    "prof professor gen general col judge justice mayor".split()
)
"""Words in front of a name that do not count."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is scored: the span of a quotation, its speaker and the mention of that speaker."""

    start: int
    end: int
    speaker: str | None = None
    mention: Span | None = None

    @classmethod
    def of(cls, attribution: Attribution) -> Prediction:
        """The prediction that an attribution makes."""
        mention = attribution.mention
        span = (mention.start, mention.end) if mention else None
        return cls(attribution.start, attribution.end, attribution.speaker, span)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference from gold: `what` is missed, spurious, term or speaker; the names are as given."""

    what: str
    document: str
    text: str
    predicted: str | None
    gold: str | None


@dataclass(slots=True)
class KindCount:
    """How many quotations of one kind there are, were found, and have the right speaker."""

    n: int = 0
    found: int = 0
    speaker_right: int = 0


@dataclass(frozen=True, slots=True)
class Ratio:
    """Precision, recall and F1 from counts; each is 0 where there is nothing to count."""

    right: int
    spurious: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the predictions that are right."""
        return share(self.right, self.right + self.spurious)

    @property
    def recall(self) -> float:
        """The share of the gold quotations that were got right."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(slots=True)
class Scores:
    """The counts over all documents, and the figures that follow from them."""

    documents: int = 0
    found: int = 0
    spurious: int = 0
    missed: int = 0
    speaker_right: int = 0
    full_name_right: int = 0
    mentions: int = 0
    mentions_right: int = 0
    bad_offsets: int = 0
    unknown_documents: int = 0
    by_kind: dict[str, KindCount] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def gold_quotations(self) -> int:
        """How many quotations gold holds."""
        return self.found + self.missed

    @property
    def quotation(self) -> Ratio:
        """The spans alone."""
        return Ratio(self.found, self.spurious, self.missed)

    @property
    def end_to_end(self) -> Ratio:
        """Span and speaker: a found quotation with the wrong speaker is both spurious and missed."""
        wrong = self.found - self.speaker_right
        return Ratio(self.speaker_right, self.spurious + wrong, self.missed + wrong)

    @property
    def speaker(self) -> float:
        """Of the quotations found, the share with the right speaker."""
        return share(self.speaker_right, self.found)

    @property
    def full_name(self) -> float:
        """Of the quotations found, the share with the fullest name of the right speaker."""
        return share(self.full_name_right, self.found)

    @property
    def mention(self) -> float | None:
        """Of the found quotations with a mention in gold, the share whose mention is right; None without any."""
        return share(self.mentions_right, self.mentions) if self.mentions else None


def score(gold: Sequence[GoldDocument], predictions: Mapping[str, Sequence[Prediction]]) -> Scores:
    """Score predictions, keyed by document id, against gold."""
    scores = Scores(documents=len(gold))
    scores.unknown_documents = len({id for id, items in predictions.items() if items} - {g.document.id for g in gold})
    for item in gold:
        _score_document(scores, item, predictions.get(item.document.id, ()))
    return scores


def _score_document(scores: Scores, gold: GoldDocument, predictions: Sequence[Prediction]) -> None:
    text = gold.document.text
    spans = [trimmed(text, (item.start, item.end)) for item in gold.quotations]
    matched = _match(scores, text, predictions, spans)
    for index, prediction in enumerate(predictions):
        what = _spurious(prediction, matched.get(index), gold.quotations, spans)
        if what:
            scores.spurious += 1
            words = text[prediction.start : prediction.end]
            scores.mistakes.append(Mistake(what, gold.document.id, words, prediction.speaker, None))
    found = {where: predictions[index] for index, where in matched.items()}
    for where, item in enumerate(gold.quotations):
        if item.decision == "quotation":
            _score_quotation(scores, gold, item, found.get(where))


def _match(scores: Scores, text: str, predictions: Sequence[Prediction], spans: Sequence[Span]) -> dict[int, int]:
    """Which prediction is which gold quotation, one to one, best overlap first; of equals the later goes first."""
    pairs = []
    for index, prediction in enumerate(predictions):
        if not 0 <= prediction.start < prediction.end <= len(text):
            scores.bad_offsets += 1
            continue
        mine = trimmed(text, (prediction.start, prediction.end))
        pairs += [(overlap(mine, span), index, where) for where, span in enumerate(spans)]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for ratio, index, where in sorted(pairs, reverse=True):
        if ratio >= SAME_SPAN and index not in matched and where not in taken:
            matched[index] = where
            taken.add(where)
    return matched


def _spurious(
    prediction: Prediction, where: int | None, quotations: Sequence[GoldQuotation], spans: Sequence[Span]
) -> str | None:
    """What kind of spurious a prediction is: `term`, `spurious`, or None where it is not."""
    if where is not None:
        return "term" if quotations[where].decision == "term" else None
    mine = (prediction.start, prediction.end)
    if any(start - SLACK <= mine[0] and mine[1] <= end + SLACK for start, end in spans):
        return None
    ambiguous = (span for span, item in zip(spans, quotations, strict=True) if item.decision == "ambiguous")
    return None if any(overlap(mine, span) > TOUCHES_AMBIGUOUS for span in ambiguous) else "spurious"


def _score_quotation(scores: Scores, gold: GoldDocument, item: GoldQuotation, found: Prediction | None) -> None:
    kind = scores.by_kind.setdefault(item.kind, KindCount())
    kind.n += 1
    words = gold.document.text[item.start : item.end]
    if found is None:
        scores.missed += 1
        scores.mistakes.append(Mistake("missed", gold.document.id, words, None, item.speaker))
        return
    scores.found += 1
    kind.found += 1
    if item.mentions:
        scores.mentions += 1
        scores.mentions_right += any(overlap(found.mention, span) > 0 for span in item.mentions if found.mention)
    right = is_right(found.speaker, accepted(item))
    scores.speaker_right += right
    kind.speaker_right += right
    scores.full_name_right += is_right(found.speaker, fullest(item))
    if not right:
        scores.mistakes.append(Mistake("speaker", gold.document.id, words, found.speaker, item.speaker))


def share(part: int, whole: int) -> float:
    """part / whole, and 0 where there is no whole."""
    return part / whole if whole else 0.0


def overlap(one: Span, other: Span) -> float:
    """Overlap / union of two spans, 0 where they do not touch."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def trimmed(text: str, span: Span) -> Span:
    """The span without the marks, punctuation and blanks at its ends."""
    words = text[span[0] : span[1]]
    start = span[1] - len(words.lstrip(EDGES))
    return start, start + len(words.strip(EDGES))


def normal(name: str) -> str:
    """A name for comparing: case, accents, punctuation, a possessive and leading titles do not count."""
    letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = POSSESSIVE.sub("", "".join(letters).casefold())
    words = re.sub(r"[^\w\s]", " ", plain).split()
    while len(words) > 1:
        if words[0] in LEADING:
            del words[0]
        elif words[:2] == ["vice", "president"] and len(words) > 2:
            del words[:2]
        else:
            break
    return " ".join(words)


def accepted(item: GoldQuotation) -> set[str]:
    """The normal forms of every name that is right for this speaker."""
    return {normal(name) for name in _names(item)}


def fullest(item: GoldQuotation) -> set[str]:
    """The normal forms of those names that have at least as many words as the speaker's own."""
    words = len(normal(item.speaker or "").split())
    return {name for name in accepted(item) if len(name.split()) >= words}


def _names(item: GoldQuotation) -> Iterator[str]:
    yield from filter(None, (item.speaker, *item.aliases))


def is_right(speaker: str | None, names: Iterable[str]) -> bool:
    """Whether a predicted speaker is one of these normal forms; nobody never is."""
    return bool(speaker) and normal(speaker or "") in names
