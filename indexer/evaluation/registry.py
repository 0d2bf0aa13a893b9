"""How right the speakers across documents are: the registry alone, and after the program's own analysis.

Alone, the index is written from what gold says of each document (speaker, type, mention), so that nothing but who is
joined with whom can be wrong. From end to end it is written from what the program finds; what counts then are the
quotations found with the right span and named, whoever was taken for their speaker. The items are quotations, the
measure is B-cubed: a person with thirty quotations weighs thirty times as much as one with a single quotation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from indexer.domain import Attribution, Document, Mention, MentionKind, Quotation, SpeakerType
from indexer.domain import Kind as QuotationKind
from indexer.evaluation.bcubed import BCubed, bcubed
from indexer.evaluation.gold import GoldDocument, GoldQuotation
from indexer.evaluation.gold_speakers import GoldSpeaker, Place, identities, quotations
from indexer.evaluation.judging import Prediction
from indexer.evaluation.mentions import kind_of_words, nearest
from indexer.evaluation.metrics import score

Analysed = tuple[Document, Sequence[Attribution]]
Resolve = Callable[[Iterable[Analysed]], Mapping[Place, str]]
"""Indexes documents; says of each quotation which speaker (a slug) it was given. Those without one are left out."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A speaker of gold under several slugs, or a slug of several speakers: how many quotations each part has.

    `lost`: how many quotations' worth of recall (split) or precision (mixed) that costs.
    """

    name: str
    parts: tuple[tuple[str, int], ...]
    lost: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Who speaks each quotation, by slug and by gold; `total` is how many quotations gold names a speaker for."""

    predicted: Mapping[Place, str]
    gold: Mapping[Place, str]
    total: int
    bcubed: BCubed = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bcubed", bcubed(self.predicted, self.gold))

    @property
    def split(self) -> list[Confusion]:
        """The speakers of gold that the index holds as several, the costliest first."""
        return _confusions(self.gold, self.predicted)

    @property
    def mixed(self) -> list[Confusion]:
        """The speakers of the index that are several in gold, the costliest first."""
        return _confusions(self.predicted, self.gold)


def registry_alone(speakers: Sequence[GoldSpeaker], gold: Sequence[GoldDocument], resolve: Resolve) -> Measured:
    """Measure on attributions that are gold's own. Raises GoldError when the list of speakers is not complete."""
    who = identities(speakers, gold)
    slugs = resolve((each.document, gold_attributions(each)) for each in gold)
    return Measured({place: slugs.get(place, _nobody(place)) for place in who}, who, len(who))


def end_to_end(
    speakers: Sequence[GoldSpeaker],
    gold: Sequence[GoldDocument],
    analyse: Callable[[Document], Sequence[Attribution]],
    resolve: Resolve,
) -> Measured:
    """Measure on what `analyse` finds in the same documents. Raises GoldError as above."""
    who = identities(speakers, gold)
    analysed = [(each.document, analyse(each.document)) for each in gold]
    slugs = resolve(analysed)
    places = found(gold, analysed)
    predicted = {place: slugs.get(mine, _nobody(place)) for place, mine in places.items() if place in who}
    return Measured(predicted, {place: who[place] for place in predicted}, len(who))


def gold_attributions(gold: GoldDocument) -> list[Attribution]:
    """What a perfect analysis would find in a document: its quotations with their speakers, in gold's order."""
    return [_attribution(gold.document.text, item, number) for number, (_, item) in enumerate(quotations([gold]))]


def found(gold: Sequence[GoldDocument], analysed: Iterable[Analysed]) -> dict[Place, Place]:
    """The quotations of gold that were found and named: where each stands, in gold and as predicted."""
    predictions = {
        document.id: [Prediction.of(each) for each in attributions if each.is_attributed_quotation]
        for document, attributions in analysed
    }
    return {
        (each.document.id, item.start, item.end): (each.document.id, mine.start, mine.end)
        for each, item, mine in score(gold, predictions).pairs()
    }


def _attribution(text: str, item: GoldQuotation, number: int) -> Attribution:
    return Attribution(
        Quotation(item.start, item.end, text[item.start : item.end], cast(QuotationKind, item.kind), number),
        mention=_mention(text, item),
        speaker=item.speaker,
        speaker_type=cast("SpeakerType | None", item.type),
        via=item.via,
        confidence=1.0,
        evidence="decided by hand",
    )


def _mention(text: str, item: GoldQuotation) -> Mention | None:
    span = nearest(item)
    if span is None:
        return None
    words = text[slice(*span)]
    kind = "author" if item.type == "author" else kind_of_words(words)
    return Mention(*span, words, cast(MentionKind, kind))


def _nobody(place: Place) -> str:
    """A slug of its own for a quotation that was given no speaker."""
    return "nobody, {}:{}-{}".format(*place)


def _confusions(wholes: Mapping[Place, str], parts: Mapping[Place, str]) -> list[Confusion]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for place, whole in wholes.items():
        counts[whole][parts[place]] += 1
    several = [
        Confusion(name, tuple(each.most_common()), each.total() - sum(n * n for n in each.values()) / each.total())
        for name, each in counts.items()
        if len(each) > 1
    ]
    return sorted(several, key=lambda confusion: (-confusion.lost, confusion.name))
