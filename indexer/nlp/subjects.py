"""Who is the subject of a reporting word, read from the words before it without a parser."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Span

from . import clauses, grammar
from .lexicon import small_words
from .mention_finder import NAME, NOMINAL, PRONOUN
from .narrative import Item, Narrative


def subject_of(narrative: Narrative, items: list[Item], k: int) -> tuple[Span | None, str]:
    """The subject of the cue at item `k`, and how it was found: adjacent, subject (by parse), clause, participle."""
    participle = items[k].lower.endswith("ing")
    adjacent = _before_participle(narrative, items, k) if participle else _adjacent(narrative, items, k)
    subject = clauses.speaker_of(narrative, narrative.doc[items[k].token])
    is_object = adjacent is not None and adjacent.label_ == PRONOUN and grammar.relation(adjacent.root) == "object"
    if adjacent is not None and (subject is None or not is_object):
        return adjacent, "adjacent"
    if subject is not None:
        return subject, "subject"
    begin = 0 if participle else _clause_start(narrative, items, k)
    for start in (begin, 0):
        for subject in nominatives(narrative, items[:k], start):
            return subject, "participle" if participle else "clause"
    return None, ""


def first_subject(narrative: Narrative, items: list[Item]) -> Span | None:
    """The first mention of a sentence that can be its subject."""
    return next(nominatives(narrative, items, 0), None)


def nominatives(narrative: Narrative, items: list[Item], begin: int) -> Iterator[Span]:
    """The mentions from item `begin` on that can be subjects, in order."""
    seen = -1
    for j in range(begin, len(items)):
        mention = narrative.mention_at.get(items[j].token)
        if mention is None or mention.start == seen:
            continue
        seen = mention.start
        last = min(j + len(mention), len(items)) - 1
        if is_nominative(narrative, items, last, mention):
            yield apposed(narrative, items[last:], mention)


def is_nominative(narrative: Narrative, items: list[Item], last: int, mention: Span) -> bool:
    """True when a mention ending at item `last` can be a subject: no preposition before it, no possessive."""
    word = narrative.span_text(mention).lower()
    if mention.label_ == PRONOUN and (word not in small_words("subject") or word == "who"):
        return False
    if mention.label_ != PRONOUN and last + 1 < len(items) and items[last + 1].text in small_words("possessive_mark"):
        return False
    before = last - len(mention)
    if clauses.is_in_brackets(mention):
        return False
    if before > 0 and items[before].lower in small_words("article"):
        before -= 1
    return before < 0 or items[before].lower not in small_words("preposition")


def apposed(narrative: Narrative, items: list[Item], mention: Span) -> Span:
    """The name in apposition to a nominal (“the mayor, Jane Roe, said”), else the mention itself."""
    if mention.label_ != NOMINAL:
        return mention
    if named := clauses.organization_after(narrative, mention):
        return named
    for item, following in pairwise(items):
        name = narrative.mention_at.get(following.token)
        if item.text == "," and item.token == mention.end and name is not None and name.label_ == NAME:
            return name
    return mention


def relayed_by(narrative: Narrative, items: list[Item], k: int, subject: Span) -> Span | None:
    """Who relays the words: the subject of an earlier reporting verb (“Rosatom reported that Putin said”)."""
    for j in range(k - 1, 0, -1):
        cue = narrative.cues.get(items[j].token)
        follows = [item.lower for item in items[j + 1 : j + 3]]
        if cue is not None and cue.label_ == "say" and items[j].token < subject.start and "that" in follows:
            relay = _adjacent(narrative, items, j)
            return relay if relay is not None and relay.start != subject.start else None
    return None


def is_passive(items: list[Item], k: int) -> bool:
    """True for “was called”, “is known”: the subject is not the speaker. “Was said” is left to the other rules."""
    if items[k].lower == "said" or not items[k].lower.endswith(("ed", "told", "written", "n")):
        return False
    j = k - 1
    while j >= 0 and (
        items[j].lower.endswith("ly") or items[j].lower in ("also", "been", "being", "not", "once", "often")
    ):
        if items[j].lower in ("been", "being"):
            return True
        j -= 1
    return j >= 0 and items[j].lower in small_words("be")


def _adjacent(narrative: Narrative, items: list[Item], k: int) -> Span | None:
    """The mention right before the cue, past adverbs and auxiliaries, or before the “who” that leads to it."""
    j = k - 1
    while j >= 0 and (items[j].lower in small_words("auxiliary") or items[j].lower.endswith("ly")):
        j -= 1
    relative = j > 0 and items[j].lower in small_words("relative")
    if relative:
        j -= 1
        while j > 0 and items[j].text == ",":
            j -= 1
    mention = narrative.mention_at.get(items[j].token) if j >= 0 else None
    if mention is not None and relative and mention.label_ == NOMINAL:
        mention = clauses.name_before(narrative, mention) or mention
    if mention is not None and (relative or is_nominative(narrative, items, j, mention)):
        return apposed(narrative, items[j:k], mention)
    return unknown_phrase(narrative, items[: j + 1]) if mention is None and not relative else None


def _before_participle(narrative: Narrative, items: list[Item], k: int) -> Span | None:
    """The mention right before a participle, after a preposition: footage of *Ms Ito* saying."""
    mention = narrative.mention_at.get(items[k - 1].token) if k > 0 else None
    first = k - len(mention) if mention is not None else 0
    return mention if first > 0 and items[first - 1].lower in small_words("preposition") else None


def unknown_phrase(narrative: Narrative, items: list[Item]) -> Span | None:
    """The noun phrase that ends the items, where its noun is not in the lexicon: a determiner and up to three words."""
    ends = small_words("break") | small_words("auxiliary") | small_words("person")
    for j in range(len(items) - 1, max(-1, len(items) - 5), -1):
        word = items[j].lower
        if word in ("a", "an", "the", "another", "one") and j < len(items) - 1:
            first = j == 0 or items[j - 1].lower not in small_words("preposition")
            span = Span(narrative.doc, items[j].token, items[-1].token + 1, label=NOMINAL)
            return span if first and len(span) == len(items) - j else None
        if items[j].place is not None or word in ends or narrative.mention_at.get(items[j].token) is not None:
            return None
        if items[j].token in narrative.cues or not word.isalpha() or word.endswith("ly"):
            return None
    return None


def _clause_start(narrative: Narrative, items: list[Item], k: int) -> int:
    """Where the clause of a cue begins: after the last conjunction that leaves it a mention."""
    for j in range(k - 1, -1, -1):
        begins = items[j].lower in small_words("clause")
        if begins and any(narrative.mention_at.get(item.token) is not None for item in items[j + 1 : k]):
            return j + 1
    return 0


def first_phrase(narrative: Narrative, items: list[Item]) -> Span | None:
    """The mention that the items begin with; where none is known, the noun phrase after a determiner."""
    mention = narrative.mention_at.get(items[0].token)
    if mention is not None and mention.start == items[0].token:
        last = min(len(mention), len(items)) - 1
        return mention if is_nominative(narrative, items, last, mention) else None
    if items[0].lower not in small_words("determiner"):
        return None
    ends = small_words("preposition") | small_words("auxiliary") | small_words("relative")
    end = 1
    while end < min(5, len(items)) and items[end].text[:1].isalpha() and items[end].lower not in ends:
        end += 1
    last = items[end - 1].token
    return Span(narrative.doc, items[0].token, last + 1, label=NOMINAL) if 0 < last - items[0].token < 8 else None


def next_mention(narrative: Narrative, items: list[Item], reach: int) -> Span | None:
    """The first mention among the next few items, before any punctuation or preposition."""
    for at, item in enumerate(items[:reach]):
        if item.place is not None or item.text in (",", ".", ":", ";") or item.lower in small_words("preposition"):
            return None
        mention = narrative.mention_at.get(item.token)
        if mention is not None and mention.start == item.token:
            owned = items[at + len(mention) :]
            if owned and owned[0].text in small_words("possessive_mark"):
                return next_mention(narrative, owned[1:], reach)
            is_object = mention.label_ == PRONOUN and item.lower in small_words("object")
            return None if is_object else apposed(narrative, items[at + len(mention) - 1 :], mention)
        if item.lower in small_words("article"):
            phrase = first_phrase(narrative, items[at:])
            return apposed(narrative, items[at + len(phrase) - 1 :], phrase) if phrase is not None else None
    return None
