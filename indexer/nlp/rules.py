"""Which cue and which mention go with a quotation: the patterns of reported speech, as rules.

Each rule looks at the words around one quotation (`narrative.Narrative`) and gives what it found with
the rule's name, or None. How often each is right is measured: `lexicon/confidence.tsv`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Span

from . import clauses, grammar
from .lexicon import small_words
from .mention_finder import NAME, NOMINAL, PRONOUN
from .narrative import Item, Narrative, Place
from .subjects import apposed, first_subject, is_nominative, is_passive, relayed_by, subject_of

_DASHES = frozenset({"—", "–", "―", "-", "--", "~"})
_LEAD_MARKS = frozenset({",", "-", "—", "–", ".", "''", '"', "…", "..."})
_REACH = 30
"""How many words a speaker's description may put between the speaker and the cue."""
_CUES_TRIED = 6
"""How many reporting words before a quotation are tried, the nearest first."""
_NEAR = 3
"""How many words at most stand from a cue that is near to the quotation after it."""
_PERFECT = frozenset({"has", "have", "had", "having", "'s", "’s", "'ve", "’ve"})
_BETWEEN = frozenset({"a", "an", "the", "as", "it", "to", "be"})
"""What may stand between a participle and the words that it says somebody used: known *as the* “…” by …"""
_CLOSING = " \u00a0’'”\"»›“"
"""What may close a quotation that ends inside another."""
_UNSURE = frozenset({"clause", "participle", "subject"})
"""The ways to find a subject before the quotation that give way to the verb that it hangs on by the parse."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: the rule's name, the mention, the cue, and the mention of who relays the words."""

    rule: str
    mention: Span
    cue: Span | None = None
    via: Span | None = None


def find(narrative: Narrative, place: Place) -> Found | None:
    """The best reading of the quotation's own sentence, or None where it names no speaker."""
    before, after = narrative.before(place), narrative.after(place)
    label = _label(narrative, before) or _inner_label(narrative, place)
    if label is not None:
        return label
    last = _last_letter(narrative, place)
    is_open = last in ",?!—-–" or not (after and after[0].text[:1].isupper())
    leads_on = narrative.leads_to_quotation(place, len(after))
    followed = _followed(narrative, after, is_open) if is_open or not leads_on else None
    preceded = _done_by(narrative, before, after) or _preceded(narrative, before)
    if followed is None and (preceded is None or preceded.rule.split()[0] in _UNSURE):
        preceded = _governed(narrative, place, before) or preceded
    if followed is not None and narrative.is_parsed:
        followed = None if _says_something_else(narrative, followed, before) else _quoted(narrative, followed, after)
    if followed and preceded and narrative.is_parsed and _begins_anew(followed, after):
        return preceded
    introduced = bool(before) and before[-1].lower in (":", ",", "that")
    if followed and preceded:
        if introduced and preceded.rule.endswith("near") and preceded.mention.start != followed.mention.start:
            return replace(preceded, via=followed.mention)
        return followed if last == "," else preceded
    found = followed or preceded or _signed(narrative, after) or _at_the_end(narrative, place)
    return found or _owned(narrative, place) or _other_verb(narrative, before)


def in_paragraph_before(narrative: Narrative, sentence: list[Item]) -> Found | None:
    """Who speaks by a sentence that introduces a quotation of the next paragraph."""
    found = _preceded(narrative, sentence)
    subject = found.mention if found else first_subject(narrative, sentence)
    if subject is None:
        return None
    return Found("introduced in the paragraph before", subject, found.cue if found else None)


def signature(narrative: Narrative, row: list[Item]) -> Found | None:
    """A paragraph that is only “— Christina Lastra”, below a quotation."""
    return _signed(narrative, row) if len(row) <= 12 and all(item.place is None for item in row) else None


# --- after the quotation -----------------------------------------------------------------------------


def _followed(narrative: Narrative, after: list[Item], is_open: bool) -> Found | None:
    """“…,” she said / said Ms Ito / according to Ms Ito / the mayor, who was there, said.

    `is_open`: the quotation does not end its sentence, so that what follows may belong to it.
    """
    items = _without_lead(after)
    if not items or (not is_open and not _is_short_clause(narrative, items)):
        return None
    cue = narrative.cues.get(items[0].token)
    if cue is not None and (cue.label_ == "phrase" or _is_say(narrative, items[0])):
        mention = _subject_after(narrative, items, cue) or _next_mention(narrative, items[len(cue) :], 5)
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
    mention = _next_mention(narrative, items[k + 1 :], 4)
    return Found("cue, then speaker, after it", mention, narrative.cues[items[k].token]) if mention else None


def _speaker_then_cue(narrative: Narrative, items: list[Item], k: int) -> Found | None:
    """The speaker of the cue at item `k`, who is named between the quotation and the cue."""
    cue = narrative.cues[items[k].token]
    subject, how = subject_of(narrative, items, k)
    first = _first_phrase(narrative, items[:k])
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


def _first_phrase(narrative: Narrative, items: list[Item]) -> Span | None:
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


def _next_mention(narrative: Narrative, items: list[Item], reach: int) -> Span | None:
    """The first mention among the next few items, before any punctuation or preposition."""
    for at, item in enumerate(items[:reach]):
        if item.place is not None or item.text in (",", ".", ":", ";") or item.lower in small_words("preposition"):
            return None
        mention = narrative.mention_at.get(item.token)
        if mention is not None and mention.start == item.token:
            is_object = mention.label_ == PRONOUN and item.lower in small_words("object")
            return None if is_object else apposed(narrative, items[at + len(mention) - 1 :], mention)
        if item.lower in small_words("article"):
            phrase = _first_phrase(narrative, items[at:])
            return apposed(narrative, items[at + len(phrase) - 1 :], phrase) if phrase is not None else None
    return None


def _signed(narrative: Narrative, after: list[Item]) -> Found | None:
    """“…” — Christina Lastra"""
    if len(after) >= 2 and after[0].text in _DASHES:
        mention = narrative.mention_at.get(after[1].token)
        if mention is not None and mention.start == after[1].token and mention.label_ == NAME:
            return Found("signed after a dash", mention)
    return None


def _at_the_end(narrative: Narrative, place: Place) -> Found | None:
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


def _says_something_else(narrative: Narrative, found: Found, before: list[Item]) -> bool:
    """True where the verb after a fragment has its own words after it: To the “late” ferry Ms Ito said she objects."""
    content = grammar.content_of(found.cue[0]) if found.cue is not None and before else None
    if content is None or found.cue is None or content.i < found.cue.end or content.i in narrative.inside:
        return False
    return narrative.doc[found.cue.end].text != ","


def _begins_anew(found: Found, after: list[Item]) -> bool:
    """True where the verb after the quotation stands in a clause of its own: … “late,” and Ms Ito said so."""
    between = [item.lower for item in after if 0 <= item.token < found.mention.start]
    return "and" in between or "but" in between or after[-1].text == ":"


def _quoted(narrative: Narrative, found: Found, after: list[Item]) -> Found:
    """Who speaks where a paper quotes somebody: “…,” the Tarn Post reported, quoting *a sailor*."""
    at = next((k for k, item in enumerate(after) if item.lower == "quoting"), 0)
    source = _next_mention(narrative, after[at + 1 :], 4) if at else None
    if (
        source is None
        or found.cue is None
        or not clauses.is_outlet(found.mention[-1])
        or not 0 < after[at].token - found.cue.end < 4
    ):
        return found
    return replace(found, mention=source, via=found.mention)


def _last_letter(narrative: Narrative, place: Place) -> str:
    """The character that a quotation ends in; in a parsed text quotations inside it may end with it."""
    words = narrative.text[place.start : place.end]
    return (words.rstrip(_CLOSING)[-1:] if narrative.is_parsed else "") or words[-1]


# --- around the quotation ----------------------------------------------------------------------------


def _governed(narrative: Narrative, place: Place, before: list[Item]) -> Found | None:
    """The subject of the reporting verb before the quotation that it hangs on by the parse."""
    verb = clauses.governor_of(narrative, place)
    at = next((k for k, item in enumerate(before) if verb is not None and item.token == verb.i), None)
    subject = clauses.speaker_of(narrative, verb) if verb is not None and at is not None else None
    if verb is None or at is None or subject is None:
        return None
    cue = narrative.cues[verb.i]
    near = "near" if len(before) - at <= _NEAR else "far"
    return Found(f"subject {cue.label_} before it, {near}", subject, cue, relayed_by(narrative, before, at, subject))


def _owned(narrative: Narrative, place: Place) -> Found | None:
    """Whose claim a quotation is part of by the parse: her *claim* that the ferry was “late”."""
    noun = clauses.noun_over(narrative, place)
    owner = clauses.owner_of(narrative, noun) if noun is not None else None
    if noun is None or owner is None:
        return None
    return Found("noun before it", owner, Span(narrative.doc, noun.i, noun.i + 1))


# --- before the quotation ----------------------------------------------------------------------------


def _label(narrative: Narrative, before: list[Item]) -> Found | None:
    """TRUMP: “…”"""
    if len(before) >= 2 and before[-1].text == ":":
        mention = narrative.mention_at.get(before[-2].token)
        if mention is not None and mention.label_ == NAME and _begins_line(narrative, before, mention):
            return Found("label of a transcript", mention)
    return None


def _begins_line(narrative: Narrative, before: list[Item], mention: Span) -> bool:
    """True for a name that is the first word of its sentence, or stands after a dash: Late again - Ada Brink: “…”"""
    if mention.start == before[0].token:
        return True
    at = next((k for k, item in enumerate(before) if item.token == mention.start), 0)
    return narrative.is_parsed and at > 0 and before[at - 1].text in _DASHES


def _inner_label(narrative: Narrative, place: Place) -> Found | None:
    """A turn of a transcript whose label stands inside: “TRUMP: …”, or set off as a block."""
    inner = narrative.inner_row(place)[:6]
    for k in range(1, len(inner)):
        if inner[k].text == ":" and (place.mark.style == "block" or inner[k - 1].text.isupper()):
            return _label(narrative, inner[: k + 1])
    return None


def _preceded(narrative: Narrative, before: list[Item]) -> Found | None:
    """She said: “…” / calling it “…” / according to Ms Ito, “…” / her answer was “…”."""
    cues = [k for k in range(len(before) - 1, -1, -1) if before[k].token in narrative.cues]
    readings = (_with_cue(narrative, before, k, narrative.cues[before[k].token]) for k in cues[:_CUES_TRIED])
    return next((found for found in readings if found is not None), None)


def _with_cue(narrative: Narrative, before: list[Item], k: int, cue: Span) -> Found | None:
    """What the cue at item `k` tells of the quotation that the items lead to."""
    distance = len(before) - k
    if cue.label_ == "phrase":
        mention = _next_mention(narrative, before[k + len(cue) :], 4)
        return Found("phrase before it", mention, cue) if mention else None
    if cue.label_ == "noun":
        owner = _owner(narrative, before, k)
        return Found("noun before it", owner, cue) if owner and distance <= 8 else None
    if is_passive(before, k):
        agent = _agent(narrative, before, k)
        return Found("passive before it", agent, cue) if agent else None
    subject, how = subject_of(narrative, before, k)
    if subject is not None:
        near = "near" if distance <= _NEAR else "far"
        return Found(f"{how} {cue.label_} before it, {near}", subject, cue, relayed_by(narrative, before, k, subject))
    follower = _next_mention(narrative, before[k + 1 :], 2)
    if follower is not None and cue.label_ == "say" and k <= 2:
        return Found("cue, then speaker, before it", follower, cue)
    return None


def _done_by(narrative: Narrative, before: list[Item], after: list[Item]) -> Found | None:
    """called “a mess” by Ms Ito: the speaker after “by”, behind the quotation."""
    words = after[1:] if after and after[0].text == "," else after
    if not words or words[0].lower != "by":
        return None
    near = next((k for k in range(len(before) - 1, -1, -1) if before[k].lower not in _BETWEEN), -1)
    cue = narrative.cues.get(before[near].token) if near >= 0 else None
    if cue is None or cue[0].tag_ != "VBN" or (cue.start and cue.doc[cue.start - 1].lower_ in _PERFECT):
        return None
    agent = _next_mention(narrative, words[1:], 3)
    return Found("passive before it", agent, cue) if agent is not None else None


def _other_verb(narrative: Narrative, before: list[Item]) -> Found | None:
    """Mr Sato shot back: “…”: a verb that the lexicon lacks, where only one of speaking can stand."""
    if not before or before[-1].text not in (",", ":"):
        return None
    reach = 5 if before[-1].text == ":" else 3
    for item in reversed(before[-reach:-1]):
        verb = narrative.doc[item.token] if item.token >= 0 else None
        if verb is not None and verb.tag_ in ("VBD", "VBZ"):
            subject = clauses.speaker_of(narrative, verb)
            cue = Span(narrative.doc, verb.i, verb.i + 1)
            return Found("speaker, then another verb, before it", subject, cue) if subject is not None else None
    return None


def _agent(narrative: Narrative, before: list[Item], k: int) -> Span | None:
    """The speaker after “by” in a passive."""
    for j in range(k + 1, len(before) - 1):
        if before[j].lower == "by":
            return _next_mention(narrative, before[j + 1 :], 3)
    return None


def _owner(narrative: Narrative, before: list[Item], k: int) -> Span | None:
    """Whose statement it is: “her answer”, “Mr Sato's reply”, “a statement from the ministry”."""
    for j in range(k - 1, max(-1, k - 6), -1):
        mention = narrative.mention_at.get(before[j].token)
        if before[j].lower in small_words("possessive"):
            return mention if mention is not None and mention.label_ == PRONOUN else None
        if before[j].text in small_words("possessive_mark") and j > 0:
            return narrative.mention_at.get(before[j - 1].token)
        if before[j].text in (",", ".", ":"):
            break
    for j in range(k + 1, min(len(before), k + 4)):
        if before[j].lower in ("from", "by", "of"):
            return _next_mention(narrative, before[j + 1 :], 3)
    return None
