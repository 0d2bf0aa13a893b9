"""Who speaks by the words before a quotation: she said: “…”; calling it “…”; according to Ms Ito, “…”; ITO: “…”."""

from __future__ import annotations

from spacy.tokens import Span

from . import clauses
from .found import Found
from .lexicon import small_words
from .mention_finder import NAME, PRONOUN
from .narrative import Item, Narrative, Place
from .subjects import is_passive, next_mention, relayed_by, subject_of

_DASHES = frozenset({"—", "–", "―", "-", "--", "~"})
_CUES_TRIED = 6
"""How many reporting words before a quotation are tried, the nearest first."""
_NEAR = 3
"""How many words at most stand from a cue that is near to the quotation after it."""
_PERFECT = frozenset({"has", "have", "had", "having", "'s", "’s", "'ve", "’ve"})
_BETWEEN = frozenset({"a", "an", "the", "as", "it", "to", "be"})
"""What may stand between a participle and the words that it says somebody used: known *as the* “…” by …"""


def label(narrative: Narrative, before: list[Item]) -> Found | None:
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


def inner_label(narrative: Narrative, place: Place) -> Found | None:
    """A turn of a transcript whose label stands inside: “TRUMP: …”, or set off as a block."""
    inner = narrative.inner_row(place)[:6]
    for k in range(1, len(inner)):
        if inner[k].text == ":" and (place.mark.style == "block" or inner[k - 1].text.isupper()):
            return label(narrative, inner[: k + 1])
    return None


def preceded(narrative: Narrative, before: list[Item]) -> Found | None:
    """She said: “…” / calling it “…” / according to Ms Ito, “…” / her answer was “…”."""
    cues = [k for k in range(len(before) - 1, -1, -1) if before[k].token in narrative.cues]
    readings = (_with_cue(narrative, before, k, narrative.cues[before[k].token]) for k in cues[:_CUES_TRIED])
    return next((found for found in readings if found is not None), None)


def _with_cue(narrative: Narrative, before: list[Item], k: int, cue: Span) -> Found | None:
    """What the cue at item `k` tells of the quotation that the items lead to."""
    distance = len(before) - k
    if cue.label_ == "phrase":
        mention = next_mention(narrative, before[k + len(cue) :], 4)
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
    follower = next_mention(narrative, before[k + 1 :], 2)
    if follower is not None and cue.label_ == "say" and k <= 2:
        return Found("cue, then speaker, before it", follower, cue)
    return None


def done_by(narrative: Narrative, before: list[Item], after: list[Item]) -> Found | None:
    """called “a mess” by Ms Ito: the speaker after “by”, behind the quotation."""
    words = after[1:] if after and after[0].text == "," else after
    if not words or words[0].lower != "by":
        return None
    near = next((k for k in range(len(before) - 1, -1, -1) if before[k].lower not in _BETWEEN), -1)
    cue = narrative.cues.get(before[near].token) if near >= 0 else None
    if cue is None or cue[0].tag_ != "VBN" or (cue.start and cue.doc[cue.start - 1].lower_ in _PERFECT):
        return None
    agent = next_mention(narrative, words[1:], 3)
    return Found("passive before it", agent, cue) if agent is not None else None


def other_verb(narrative: Narrative, before: list[Item]) -> Found | None:
    """Mr Sato shot back: “…”: a verb that the lexicon lacks, where only one of speaking can stand."""
    if not before or before[-1].text not in (",", ":"):
        return None
    reach = 9 if before[-1].text == ":" else 3
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
            return next_mention(narrative, before[j + 1 :], 3)
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
            return next_mention(narrative, before[j + 1 :], 3)
    return None


def governed(narrative: Narrative, place: Place, before: list[Item]) -> Found | None:
    """The subject of the reporting verb before the quotation that it hangs on by the parse."""
    verb = clauses.governor_of(narrative, place)
    at = next((k for k, item in enumerate(before) if verb is not None and item.token == verb.i), None)
    subject = clauses.speaker_of(narrative, verb) if verb is not None and at is not None else None
    if verb is None or at is None or subject is None:
        return None
    cue = narrative.cues[verb.i]
    near = "near" if len(before) - at <= _NEAR else "far"
    return Found(f"subject {cue.label_} before it, {near}", subject, cue, relayed_by(narrative, before, at, subject))


def owned(narrative: Narrative, place: Place) -> Found | None:
    """Whose claim a quotation is part of by the parse: her *claim* that the ferry was “late”."""
    noun = clauses.noun_over(narrative, place)
    owner = clauses.owner_of(narrative, noun) if noun is not None else None
    if noun is None or owner is None:
        return None
    return Found("noun before it", owner, Span(narrative.doc, noun.i, noun.i + 1))
