"""Who speaks by the words after a quotation: “…,” she said; “…,” said Ms Ito; “…” — Christina Lastra."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span

from . import clauses, grammar
from .found import Found
from .lexicon import small_words
from .mention_finder import NAME
from .narrative import Item, Narrative, Place
from .subjects import apposed, first_phrase, is_nominative, next_mention, subject_of

_DASHES = frozenset({"—", "–", "―", "-", "--", "~"})
_LEAD_MARKS = frozenset({",", "-", "—", "–", ".", "''", '"', "…", "..."})
_BRACKETS = {"(": ")", "[": "]"}
_LONGEST_SOURCE = 8
"""Words after the name in the brackets of a source."""
_REACH = 30
"""How many words a speaker's description may put between the speaker and the cue."""


def followed(narrative: Narrative, after: list[Item], is_open: bool) -> Found | None:
    """“…,” she said / said Ms Ito / according to Ms Ito / the mayor, who was there, said.

    `is_open`: the quotation does not end its sentence, so that what follows may belong to it.
    """
    items = _without_lead(after)
    if not items or (not is_open and not _is_short_clause(narrative, items)):
        return None
    cue = narrative.cues.get(items[0].token)
    if cue is not None and (cue.label_ == "phrase" or _is_say(narrative, items[0])):
        mention = _subject_after(narrative, items, cue) or next_mention(narrative, items[len(cue) :], 5)
        return Found("cue, then speaker, after it", mention, cue) if mention is not None else None
    for k in range(1, min(len(items), _REACH)):
        if _is_say(narrative, items[k]):
            return _inverted(narrative, items, k) or _speaker_then_cue(narrative, items, k)
    return _verb_of_any_kind(narrative, items) if is_open and after[0].text not in _LEAD_MARKS else None


def _subject_after(narrative: Narrative, items: list[Item], cue: Span) -> Span | None:
    """The speaker after the cue by the parse: said Tarn ferry manager *Ada Brink*."""
    subject = clauses.speaker_of(narrative, cue[0]) if cue.label_ == "say" else None
    return subject if subject is not None and any(item.token == subject.start for item in items[1:]) else None


def _without_lead(after: list[Item]) -> list[Item]:
    """The items after punctuation and little words that may stand between a quotation and its cue clause."""
    k = 0
    while k < min(4, len(after)) and (after[k].text in _LEAD_MARKS or after[k].lower in small_words("lead")):
        k += 1
    return after[k:]


def _is_short_clause(narrative: Narrative, items: list[Item]) -> bool:
    """True for a sentence that is only “Ms Ito said.” with little more."""
    return len(items) <= 8 and any(_is_say(narrative, item) for item in items)


def _is_say(narrative: Narrative, item: Item) -> bool:
    """True for a reporting verb that is no participle."""
    cue = narrative.cues.get(item.token)
    return cue is not None and cue.label_ == "say" and not item.lower.endswith("ing")


def _inverted(narrative: Narrative, items: list[Item], k: int) -> Found | None:
    """“…” for the village, said Ms Ito."""
    begins = narrative.mention_at.get(items[0].token)
    if items[k - 1].text != "," or begins is not None or items[k].lower in ("told", "tells"):
        return None
    mention = next_mention(narrative, items[k + 1 :], 4)
    return Found("cue, then speaker, after it", mention, narrative.cues[items[k].token]) if mention else None


def _speaker_then_cue(narrative: Narrative, items: list[Item], k: int) -> Found | None:
    """The speaker of the cue at item `k`, who is named between the quotation and the cue."""
    cue = narrative.cues[items[k].token]
    subject, how = subject_of(narrative, items, k)
    first = first_phrase(narrative, items[:k])
    if subject is None or (first and first.start < subject.start and not _is_modifier(narrative, first, subject)):
        subject, how = first, "described"
    if subject is None:
        return None
    if how == "adjacent":
        return Found("speaker, then cue, after it", subject, cue)
    return Found("speaker described, then cue, after it", apposed(narrative, items[:k], subject), cue)


def _is_modifier(narrative: Narrative, first: Span, subject: Span) -> bool:
    """True when an earlier mention only describes the subject: no comma and no small word parts them."""
    parting = small_words("preposition") | {",", "—", "who", "that"}
    return not any(token.lower_ in parting for token in narrative.doc[first.end : subject.start])


def _verb_of_any_kind(narrative: Narrative, items: list[Item]) -> Found | None:
    """“…?” Ms Ito pressed, Ms Ito went on: a verb that the lexicon lacks, where only a speaker can stand."""
    mention = narrative.mention_at.get(items[0].token)
    if mention is None or mention.start != items[0].token or len(items) <= len(mention):
        return None
    verb = items[len(mention)]
    is_known = verb.lower.endswith("ed") or clauses.is_verb_of(narrative.doc[verb.token], mention)
    if not is_known or not is_nominative(narrative, items, len(mention) - 1, mention):
        return None
    return Found("speaker, then another verb, after it", mention, Span(narrative.doc, verb.token, verb.token + 1))


def signed(narrative: Narrative, after: list[Item]) -> Found | None:
    """“…” — Christina Lastra; “…” [Tarn Post.]; “…” (Lastra, 2019)"""
    if len(after) >= 3 and after[0].text in _BRACKETS:
        return _in_brackets(narrative, after)
    if len(after) >= 2 and after[0].text in _DASHES:
        mention = narrative.mention_at.get(after[1].token)
        if mention is not None and mention.start == after[1].token and mention.label_ == NAME:
            return Found("signed after a dash", mention)
    return None


def _in_brackets(narrative: Narrative, after: list[Item]) -> Found | None:
    """The source that a quotation's brackets name: an organisation and nothing else, or somebody and a year or page."""
    first = 2 if after[1].lower in small_words("article") else 1
    mention = narrative.mention_at.get(after[first].token)
    if mention is None or mention.label_ != NAME or mention.start != after[first].token:
        return None
    inner = after[first + len(mention) :]
    inner = inner[: next((k for k, item in enumerate(inner) if item.text == _BRACKETS[after[0].text]), len(inner))]
    rest = [item.text for item in inner if item.text[0].isalnum()]
    is_source = any(word[0].isdigit() for word in rest) if rest else clauses.is_outlet(mention[-1])
    return Found("source in brackets after it", mention) if is_source and len(rest) <= _LONGEST_SOURCE else None


def at_the_end(narrative: Narrative, place: Place) -> Found | None:
    """… the “vicious” song, with its “snake,” Mr Sato said: the cue clause ends the sentence, past other quotations."""
    tail = narrative.rest_of_sentence(place)
    for k in range(len(tail) - 1, max(0, len(tail) - 8), -1):
        if not _is_say(narrative, tail[k]):
            continue
        begin = max(0, k - 6)
        inverted = _inverted(narrative, tail, k)
        subject, how = subject_of(narrative, tail[begin : k + 1], k - begin)
        after_comma = how == "adjacent" and any(item.text == "," for item in tail[begin:k])
        mention = inverted.mention if inverted else subject if after_comma else None
        if mention is not None:
            return Found("cue clause at the sentence's end", mention, narrative.cues[tail[k].token])
    return None


def says_something_else(narrative: Narrative, found: Found, before: list[Item]) -> bool:
    """True where the verb after a fragment has its own words after it: To the “late” ferry Ms Ito said she objects."""
    content = grammar.content_of(found.cue[0]) if found.cue is not None and before else None
    if content is None or found.cue is None or content.i < found.cue.end or content.i in narrative.inside:
        return False
    return narrative.doc[found.cue.end].text != ","


def begins_anew(found: Found, after: list[Item]) -> bool:
    """True where the verb after the quotation stands in a clause of its own: … “late,” and Ms Ito said so."""
    between = [item.lower for item in after if 0 <= item.token < found.mention.start]
    return "and" in between or "but" in between or after[-1].text == ":"


def quoted_source(narrative: Narrative, found: Found, after: list[Item]) -> Found:
    """Who speaks where a paper quotes somebody: “…,” the Tarn Post reported, quoting *a sailor*, or quoted her."""
    if found.cue is not None and found.cue.text.lower() in ("quoted", "quotes", "cited", "cites"):
        source = _object_of(narrative, found.cue)
        return replace(found, mention=source, via=found.mention) if source is not None else found
    at = next((k for k, item in enumerate(after) if item.lower in ("quoting", "citing")), 0)
    source = next_mention(narrative, after[at + 1 :], 4) if at else None
    if (
        source is None
        or found.cue is None
        or not clauses.is_outlet(found.mention[-1])
        or not 0 < after[at].token - found.cue.end < 4
    ):
        return found
    return replace(found, mention=source, via=found.mention)


def _object_of(narrative: Narrative, cue: Span) -> Span | None:
    """The mention right after a verb: quoted *him* as saying, quoted the *Tarn Post*; not: was quoted by Ada Brink."""
    doc = cue.doc
    at = cue.end + (doc[cue.end : cue.end + 1].text.lower() in small_words("article"))
    mention = narrative.mention_at.get(at) or narrative.mention_at.get(cue.end)
    return mention if mention is not None and mention.start not in narrative.inside else None
