"""What kind of words gold's mentions are (name, pronoun, nominal), and where they stand beside the quotation."""

from __future__ import annotations

from bisect import bisect_right
from itertools import takewhile

from indexer.evaluation.gold import GoldDocument, GoldQuotation, Span
from indexer.evaluation.matching import overlap
from indexer.nlp import lexicon
from indexer.nlp.lexicon import small_words
from indexer.nlp.paragraphs import paragraph_bounds

NONE = "none"
"""For a quotation without a mention in gold."""
KINDS = ("name", "pronoun", "nominal", NONE)
POSITIONS = ("before", "after", "between", "inside", "other paragraph", NONE)


def kind_of(gold: GoldDocument, item: GoldQuotation) -> str:
    """Which of KINDS the mention nearest to a quotation is."""
    mention = nearest(item)
    return kind_of_words(gold.document.text[slice(*mention)]) if mention else NONE


def kind_of_words(words: str) -> str:
    """name, pronoun or nominal: by the words alone. A nominal's main word is a common noun (a Trump *spokesman*)."""
    if words.lower() in small_words("person") | small_words("relative"):
        return "pronoun"
    first, _, rest = words.partition(",")
    if _is_name(first.split()):
        return "name"
    is_apposition = rest and small_words("preposition").isdisjoint(first.lower().split())
    return "name" if is_apposition and _is_name(rest.split()) else "nominal"


def _is_name(words: list[str]) -> bool:
    """True where the main word, the last before a preposition, has a capital that its being no noun explains."""
    capitals = list(takewhile(_is_capital, reversed(words)))
    if 1 < len(capitals) < len(words) and _is_noun(words[-len(capitals) - 1]):
        return True  # a secretary of *state Jane Roe*
    outside = small_words("preposition") | small_words("relative")
    phrase = list(takewhile(lambda word: word.lower() not in outside, words)) if len(words) > 1 else words
    return bool(phrase) and _is_capital(phrase[-1]) and not _is_person_noun(phrase)


def _is_capital(word: str) -> bool:
    return word[0].isupper() or not word[0].isalpha()


def _is_noun(word: str) -> bool:
    return word.isalpha() and not any(word in small_words(kind) for kind in ("preposition", "determiner", "particle"))


def _is_person_noun(phrase: list[str]) -> bool:
    """True for *The President*, *a Democrat*, *Critics* and *Someone*: they have a capital and name nobody."""
    noun = lexicon.load().nominals.get(phrase[-1].lower())
    is_person = noun is not None and noun.type == "person"
    if len(phrase) > 1:
        is_short = len(phrase) == 2 and phrase[0].lower() in small_words("determiner")
        return (is_short and is_person) or phrase[0].lower() in small_words("indefinite")
    last = phrase[0].lower()
    is_plural = is_person and noun is not None and noun.plural
    return is_plural or last in small_words("determiner") or (is_person and last.endswith(("one", "body")))


def nearest(item: GoldQuotation) -> Span | None:
    """The mention nearest to a quotation; of two as near the earlier one."""
    return min(item.mentions, key=lambda mention: _gap(mention, (item.start, item.end)), default=None)


def _gap(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


class Positions:
    """Where the mentions of one document stand: called with a quotation, one of POSITIONS."""

    def __init__(self, gold: GoldDocument) -> None:
        self.paragraphs = [start for start, _ in paragraph_bounds(gold.document.text)]
        self.quotations = [item for item in gold.quotations if item.decision == "quotation"]

    def __call__(self, item: GoldQuotation) -> str:
        """Before or after the quotation, between it and another that shares the mention, inside it, or further off."""
        mention = nearest(item)
        if mention is None:
            return NONE
        if overlap(mention, (item.start, item.end)) > 0:
            return "inside"
        if not self._paragraph(item.start) <= self._paragraph(mention[0]) <= self._paragraph(item.end - 1):
            return "other paragraph"
        is_before = mention[1] <= item.start
        return "between" if self._is_shared(mention, is_before) else "before" if is_before else "after"

    def _paragraph(self, offset: int) -> int:
        return bisect_right(self.paragraphs, offset)

    def _is_shared(self, mention: Span, is_before: bool) -> bool:
        """Whether a quotation of the same mention stands on its other side, in the mention's paragraph."""
        return any(
            mention in other.mentions
            and (other.end <= mention[0] if is_before else mention[1] <= other.start)
            and self._paragraph(mention[0]) in (self._paragraph(other.start), self._paragraph(other.end - 1))
            for other in self.quotations
        )
