"""What goes wrong, and how often: the kinds of mistakes, who is taken for whom, and each mistake with its place.

A wrong speaker costs end-to-end precision and recall alike; what is missed costs recall, what is spurious precision.
So the two columns of `causes` add up to the false negatives and the false positives of the headline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.domain import tier_of
from indexer.evaluation.gold import GoldQuotation
from indexer.evaluation.judging import Judged, Prediction, Verdict, has_right_mention
from indexer.evaluation.matching import normal
from indexer.evaluation.mentions import nearest

NOBODY = "nobody"
NO_SPAN = "no span"
AS_TERM = "quotation taken for a term"
NOT_NAMED = "speaker not named"
OTHER_BOUNDS = "other bounds"
TERM = "term taken for a quotation"
SPURIOUS = "spurious span"
WRONG_MENTION = "wrong mention, chosen"
WRONG_SPEAKER = "right mention, wrong speaker"
OTHER_NAME = "right speaker, another name"
NO_MENTION = "no mention in gold, chosen"
CAUSES = (AS_TERM, NOT_NAMED, NO_SPAN, OTHER_BOUNDS, TERM, SPURIOUS, OTHER_NAME)
CAUSES_BY_MENTION = (WRONG_MENTION, WRONG_SPEAKER, NO_MENTION)
"""These are followed by the kind of the mention that was chosen."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference from gold: its cause, where it stands (code points), and what was predicted instead of what.

    The names are as given, the mentions as printed; None where there is none. Where a quotation was missed, nothing
    was predicted.
    """

    what: Verdict
    cause: str
    document: str
    start: int
    end: int
    text: str
    predicted: str | None
    gold: str | None
    mention: str | None
    gold_mention: str | None
    confidence: float
    evidence: str

    @property
    def place(self) -> str:
        """The document and the offset, for finding it."""
        return f"{self.document}:{self.start}"

    def as_record(self) -> dict[str, Any]:
        """The mistake for programs."""
        record = {name: getattr(self, name) for name in self.__slots__}
        return {**record, "tier": tier_of(self.confidence) if self.predicted else None}


def mistakes(judged: Iterable[Judged]) -> Iterator[Mistake]:
    """Every mistake, document by document: first the predictions that are no quotations, then the others."""
    return (_mistake(each) for each in judged if each.verdict not in ("right", "excused"))


def causes(found: Iterable[Mistake]) -> dict[str, Counter[str]]:
    """How many quotations are `missed`, and predictions `spurious`, for each cause; the commonest first."""
    counts: dict[str, Counter[str]] = {}
    for mistake in found:
        columns = {"speaker": ("missed", "spurious"), "missed": ("missed",)}.get(mistake.what, ("spurious",))
        counts.setdefault(mistake.cause, Counter(missed=0, spurious=0)).update(columns)
    return dict(sorted(counts.items(), key=lambda row: (-row[1].total(), row[0])))


def confusions(found: Iterable[Mistake]) -> list[tuple[str, str, int]]:
    """Who was taken for whom in quotations that were found: predicted, gold, how often; the commonest first.

    Nobody was predicted where the quotation was seen and its speaker was not named.
    """
    wrong = (each for each in found if each.what == "speaker" or each.cause == NOT_NAMED)
    counts = Counter((each.predicted or NOBODY, each.gold or NOBODY) for each in wrong)
    return [(*names, n) for names, n in sorted(counts.items(), key=lambda row: (-row[1], row[0]))]


def _cause(judged: Judged) -> str:
    item, prediction = judged.item, judged.prediction
    if judged.verdict == "missed":
        return _why_missed(prediction)
    if judged.verdict == "term":
        return TERM
    if item is None or prediction is None or judged.verdict == "spurious":
        return SPURIOUS if item is None else OTHER_BOUNDS
    return _why_another(item, prediction, _mention(judged))


def _why_missed(withheld: Prediction | None) -> str:
    if withheld is None:
        return NO_SPAN
    if withheld.kind == "term":
        return AS_TERM
    return NOT_NAMED if withheld.speaker is None else OTHER_BOUNDS


def _why_another(item: GoldQuotation, prediction: Prediction, mention: str | None) -> str:
    """Why a quotation that was found has another speaker than in gold."""
    if not prediction.speaker:
        return NOT_NAMED
    if _is_other_name(item, prediction, mention):
        return OTHER_NAME
    cause = NO_MENTION if not item.mentions else WRONG_MENTION
    if has_right_mention(prediction, item):
        cause = WRONG_SPEAKER
    return f"{cause}: {prediction.mention_kind or 'none'}"


def _is_other_name(item: GoldQuotation, prediction: Prediction, mention: str | None) -> bool:
    """Whether the fullest name holds all words of the predicted one, or the other way round, and the types agree.

    A name that is left as printed may also hold an alias: AG Roe for Jane Roe. Jack Roe for “Ms Roe” does not.
    """
    types = {"person" if type == "author" else type for type in (item.type, prediction.speaker_type) if type}
    mine, full = _words(prediction.speaker), _words(item.speaker)
    is_part = bool(mine and full) and (mine <= full or full <= mine)
    is_as_printed = bool(mine) and mine <= _words(mention)
    holds_alias = any(_words(alias) and _words(alias) <= mine for alias in item.aliases)
    return len(types) < 2 and (is_part or (is_as_printed and holds_alias))


def _words(name: str | None) -> set[str]:
    return set(normal(name or "").split())


def _mistake(judged: Judged) -> Mistake:
    text, item, prediction = judged.gold.document.text, judged.item, judged.prediction
    shown = item if judged.verdict in ("missed", "speaker") or prediction is None else prediction
    assert shown is not None, "one of the two is there"
    theirs = item if judged.verdict != "spurious" else None
    mention = nearest(theirs) if theirs is not None else None
    mine = prediction if judged.verdict != "missed" else None
    return Mistake(
        what=judged.verdict,
        cause=_cause(judged),
        document=judged.gold.document.id,
        start=shown.start,
        end=shown.end,
        text=text[shown.start : shown.end],
        predicted=mine.speaker if mine else None,
        gold=theirs.speaker if theirs is not None else None,
        mention=_mention(judged) if mine else None,
        gold_mention=text[slice(*mention)] if mention else None,
        confidence=mine.confidence if mine else 0.0,
        evidence=prediction.evidence if prediction else "",
    )


def _mention(judged: Judged) -> str | None:
    """The mention that was chosen, as printed."""
    span = judged.prediction.mention if judged.prediction is not None else None
    return judged.gold.document.text[slice(*span)] if span else None
