"""Which cue and which mention go with a quotation: the patterns of reported speech, as rules.

Each rule looks at the words around one quotation (`narrative.Narrative`) and gives what it found with
the rule's name, or None. `CONFIDENCE` is the share of the rule's attributions that are right, measured
on the hand-decided training part of PolNeAR (`python -m indexer.training.rule_confidence` prints it).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span

from .mention_finder import NAME, NOMINAL, PRONOUN
from .narrative import Item, Narrative, Place

SUBJECT_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who", "you", "one"})
POSSESSIVES = frozenset({"his", "her", "their", "its", "my", "our"})
_PREPOSITIONS = frozenset(
    "of in on at for from with by to about against toward towards into onto over under like between among including "
    "during since than despite without within through via near behind regarding concerning besides per".split()
)
_AUXILIARIES = frozenset(
    "has have had was were is are be been will would could can may might should did does do also then later once "
    "often never always just even still again further repeatedly recently now simply only first not n't n’t already "
    "himself herself themselves both all reportedly famously previously finally quickly instead "
    "sarcastically jokingly earlier 's ’s 're ’re 've ’ve 'd ’d reportedly 'm ’m".split()
)
_CLAUSE_STARTS = frozenset({"but", "while", "because", "although", "though", "when", "where", "after", "before", "that",
                            "whether", "if", "unless", "until", ";", ":"})  # fmt: skip
_DASHES = frozenset({"—", "–", "―", "-", "--", "~"})
_REACH = 30
"""How many words a speaker's description may put between the speaker and the cue."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: the cue, the mention, the rule's name."""

    rule: str
    mention: Span
    cue: Span | None = None
    via: Span | None = None


def find(narrative: Narrative, place: Place) -> Found | None:
    """The best reading of the quotation's own sentence, or None where it names no speaker."""
    text = narrative.text[place.start : place.end]
    before, after = narrative.before(place), narrative.after(place)
    ends = text[-1:]
    tight = ends in ",?!—-–" or not _starts_sentence(after)
    introduced = bool(before) and (before[-1].text in (":", ",") or before[-1].lower in ("that",))
    label = _label(narrative, before)
    if label is not None:
        return label
    followed = _followed(narrative, after, tight)
    preceded = _preceded(narrative, before)
    if followed and preceded and introduced and preceded.rule.endswith("near") and preceded.mention.start != followed.mention.start:
        return replace(preceded, via=followed.mention)
    if followed and (ends == "," or not before):
        return followed
    if preceded and (introduced or ends not in ","):
        return preceded
    return followed or preceded or _signed(narrative, after) or _at_the_end(narrative, place)


def _at_the_end(narrative: Narrative, place: Place) -> Found | None:
    """… the “vicious” song, with its “snake,” Mr Sato said: the cue clause ends the sentence, past other quotations."""
    row, end = place.row, place.position + 1
    while end < len(row) and not (row[end].place is None and row[end].text in (".", "!", "?", ";")):
        end += 1
    tail = row[place.position + 1 : end]
    for k in range(len(tail) - 1, max(0, len(tail) - 8), -1):
        if _is_say(narrative, tail[k]) and not tail[k].lower.endswith("ing"):
            inverted = _inverted(narrative, tail, k)
            subject, how = _subject(narrative, tail[max(0, k - 6) : k + 1], min(k, 6))
            comma = any(item.text == "," for item in tail[max(0, k - 6) : k])
            if inverted is not None or (subject is not None and how == "adjacent" and comma):
                found = inverted.mention if inverted is not None else subject
                return Found("cue clause at the sentence's end", found, narrative.cues[tail[k].token]) if found else None
    return None


def _starts_sentence(after: list[Item]) -> bool:
    return bool(after) and after[0].text[:1].isupper()


# --- after the quotation -----------------------------------------------------------------------------


def _followed(narrative: Narrative, after: list[Item], tight: bool) -> Found | None:
    """“…,” she said / said Ms Ito / according to Ms Ito / the mayor, who was there, said."""
    items = _without_lead(after)
    if not items or (not tight and not _is_short_clause(narrative, items)):
        return None
    cue = narrative.cues.get(items[0].token)
    if cue is not None and cue.label_ in ("say", "phrase") and not items[0].lower.endswith("ing"):
        mention = _next_mention(narrative, items[len(cue) :], 5)
        return Found("cue, then speaker, after it", mention, cue) if mention is not None else None
    for k in range(1, min(len(items), _REACH)):
        if _is_say(narrative, items[k]) and not items[k].lower.endswith("ing"):
            return _inverted(narrative, items, k) or _speaker_then_cue(narrative, items, k)
    return _verb_of_any_kind(narrative, items) if tight and after[0].text not in _LEAD_MARKS else None


def _inverted(narrative: Narrative, items: list[Item], k: int) -> Found | None:
    """“…” for the village, said Ms Ito."""
    begins = narrative.mention_at.get(items[0].token)
    if items[k - 1].text != "," or begins is not None or items[k].lower in ("told", "tells"):
        return None
    mention = _next_mention(narrative, items[k + 1 :], 4)
    return Found("cue, then speaker, after it", mention, narrative.cues[items[k].token]) if mention else None


def _verb_of_any_kind(narrative: Narrative, items: list[Item]) -> Found | None:
    """“…?” Ms Ito pressed: a verb in the past that the lexicon lacks, where only a speaker can stand."""
    mention = narrative.mention_at.get(items[0].token)
    if mention is None or mention.start != items[0].token or len(items) <= len(mention):
        return None
    verb = items[len(mention)]
    if not verb.lower.endswith("ed") or not _is_nominative(narrative, items, len(mention) - 1, mention):
        return None
    return Found("speaker, then another verb, after it", mention, Span(narrative.doc, verb.token, verb.token + 1))


def _speaker_then_cue(narrative: Narrative, items: list[Item], k: int) -> Found | None:
    """The speaker of the cue at item `k`, which is named between the quotation and the cue."""
    cue = narrative.cues[items[k].token]
    subject, how = _subject(narrative, items, k)
    first = _first_phrase(narrative, items[:k])
    if subject is None or (first is not None and first.start < subject.start and not _is_modifier(narrative, first, subject)):
        subject, how = first, "described"
    if subject is None:
        return None
    if how == "adjacent":
        return Found("speaker, then cue, after it", subject, cue)
    return Found("speaker described, then cue, after it", _apposed(narrative, items[:k], subject), cue)


def _is_modifier(narrative: Narrative, first: Span, subject: Span) -> bool:
    """True when an earlier mention only describes the subject: no comma and no small word parts them."""
    between = narrative.doc[first.end : subject.start]
    return all(token.lower_ not in _PREPOSITIONS and token.text not in (",", "—", "who", "that") for token in between)


def _first_phrase(narrative: Narrative, items: list[Item]) -> Span | None:
    """The mention that the items begin with; where none is known, the noun phrase after a determiner."""
    mention = narrative.mention_at.get(items[0].token)
    if mention is not None and mention.start == items[0].token:
        return mention if _is_nominative(narrative, items, min(len(mention), len(items)) - 1, mention) else None
    if items[0].lower not in ("a", "an", "the", "one", "another", "his", "her", "their", "its"):
        return None
    end = 1
    while end < len(items) and end < 5 and items[end].text[0].isalpha() and items[end].lower not in _PREPOSITIONS | _AUXILIARIES:
        if items[end].lower in ("who", "that", "which"):
            break
        end += 1
    last = items[end - 1].token
    return Span(narrative.doc, items[0].token, last + 1, label=NOMINAL) if end > 1 and last - items[0].token < 8 else None


def _without_lead(after: list[Item]) -> list[Item]:
    """The items after punctuation and little words that may stand between a quotation and its cue clause."""
    k = 0
    while k < min(4, len(after)) and (after[k].text in _LEAD_MARKS or after[k].lower in _LEAD_WORDS):
        k += 1
    return after[k:]


_LEAD_MARKS = frozenset({",", "-", "—", "–", ".", "''", '"', "…", "..."})
_LEAD_WORDS = frozenset({"as", "then", "also", "later", "or", "so", "is", "was", "how", "what"})


def _is_short_clause(narrative: Narrative, items: list[Item]) -> bool:
    """True for a sentence that is only “Ms Ito said.” with little more."""
    return len(items) <= 8 and any(_is_say(narrative, item) for item in items)


def _apposed(narrative: Narrative, items: list[Item], mention: Span) -> Span:
    """The name in apposition to a nominal (“the mayor, Jane Roe, said”), else the mention itself."""
    if mention.label_ != NOMINAL:
        return mention
    for k, item in enumerate(items[:-1]):
        following = narrative.mention_at.get(items[k + 1].token)
        if item.text == "," and item.token == mention.end and following is not None and following.label_ == NAME:
            return following
    return mention


def _is_say(narrative: Narrative, item: Item) -> bool:
    cue = narrative.cues.get(item.token)
    return cue is not None and cue.label_ == "say"


def _next_mention(narrative: Narrative, items: list[Item], reach: int) -> Span | None:
    """The first mention among the next few items, before any punctuation."""
    for item in items[:reach]:
        if item.place is not None or item.text in (",", ".", ":", ";") or item.lower in _PREPOSITIONS:
            return None
        mention = narrative.mention_at.get(item.token)
        if mention is not None and mention.start == item.token:
            items_text = narrative.span_text(mention).lower()
            if items_text in ("him", "them", "us", "me", "his", "its", "their", "it"):
                return None
            return mention
    return None


def signature(narrative: Narrative, row: list[Item]) -> Found | None:
    """A paragraph that is only “— Christina Lastra”, below a quotation."""
    return _signed(narrative, row) if len(row) <= 12 and all(item.place is None for item in row) else None


def _signed(narrative: Narrative, after: list[Item]) -> Found | None:
    """“…” — Christina Lastra"""
    if len(after) >= 2 and after[0].text in _DASHES:
        mention = narrative.mention_at.get(after[1].token)
        if mention is not None and mention.start == after[1].token and mention.label_ == NAME:
            return Found("signed after a dash", mention)
    return None


# --- before the quotation ----------------------------------------------------------------------------


def _label(narrative: Narrative, before: list[Item]) -> Found | None:
    """TRUMP: “…”"""
    if len(before) >= 2 and before[-1].text == ":":
        mention = narrative.mention_at.get(before[-2].token)
        if mention is not None and mention.label_ == NAME and mention.start == before[0].token:
            return Found("label of a transcript", mention)
    return None


def _preceded(narrative: Narrative, before: list[Item]) -> Found | None:
    """She said: “…” / calling it “…” / according to Ms Ito, “…” / her answer was “…”."""
    for k in range(len(before) - 1, -1, -1):
        cue = narrative.cues.get(before[k].token)
        if cue is None:
            continue
        found = _with_cue(narrative, before, k, cue)
        if found is not None:
            return found
    return None


def _with_cue(narrative: Narrative, before: list[Item], k: int, cue: Span) -> Found | None:
    gap = len(before) - k
    if cue.label_ == "phrase":
        mention = _next_mention(narrative, before[k + len(cue) :], 4)
        return Found("phrase before it", mention, cue) if mention else None
    if cue.label_ == "noun":
        owner = _owner(narrative, before, k)
        return Found("noun before it", owner, cue) if owner and gap <= 8 else None
    if _is_passive(before, k):
        mention = _agent(narrative, before, k)
        return Found("passive before it", mention, cue) if mention else None
    subject, how = _subject(narrative, before, k)
    if subject is None:
        mention = _next_mention(narrative, before[k + 1 :], 2)
        inverted = mention is not None and cue.label_ == "say" and k <= 2
        return Found("cue, then speaker, before it", mention, cue) if inverted and mention else None
    near = "near" if gap <= 3 else "far"
    return Found(f"{how} {cue.label_} before it, {near}", subject, cue, _relay(narrative, before, k, subject))


def _is_passive(before: list[Item], k: int) -> bool:
    """True for “was called”, “is known”: the subject is not the speaker."""
    if not before[k].lower.endswith(("ed", "told", "written", "said", "n")):
        return False
    j = k - 1
    while j >= 0 and (
        before[j].lower.endswith("ly") or before[j].lower in ("also", "been", "being", "not", "once", "often")
    ):
        if before[j].lower in ("been", "being"):
            return before[k].lower != "said"
        j -= 1
    return (
        j >= 0
        and before[j].lower in ("was", "were", "is", "are", "be", "'re", "being")
        and before[k].lower not in ("said",)
    )


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
        if before[j].lower in POSSESSIVES:
            return mention if mention is not None and mention.label_ == PRONOUN else None
        if before[j].text in ("'s", "’s", "'", "’") and j > 0:
            return narrative.mention_at.get(before[j - 1].token)
        if before[j].text in (",", ".", ":"):
            break
    for j in range(k + 1, min(len(before), k + 4)):
        if before[j].lower in ("from", "by", "of"):
            return _next_mention(narrative, before[j + 1 :], 3)
    return None


def _subject(narrative: Narrative, before: list[Item], k: int) -> tuple[Span | None, str]:
    """The subject of the cue at item `k`, and how it was found: adjacent, clause, or participle."""
    participle = before[k].lower.endswith("ing")
    if not participle:
        j = k - 1
        while j >= 0 and (before[j].lower in _AUXILIARIES or before[j].lower.endswith("ly")):
            j -= 1
        relative = j > 0 and before[j].lower in ("who", "that", "which")
        if relative:
            j -= 1
            while j > 0 and before[j].text == ",":
                j -= 1
        mention = narrative.mention_at.get(before[j].token) if j >= 0 else None
        if mention is not None and (relative or _is_nominative(narrative, before, j, mention)):
            return _apposed(narrative, before[j:k], mention), "adjacent"
    begin = 0
    if not participle:
        for j in range(k - 1, -1, -1):
            if before[j].lower in _CLAUSE_STARTS and any(
                narrative.mention_at.get(item.token) is not None for item in before[j + 1 : k]
            ):
                begin = j + 1
                break
    for subject in _nominatives(narrative, before[:k], begin):
        return subject, "participle" if participle else "clause"
    for subject in _nominatives(narrative, before[:k], 0):
        return subject, "participle" if participle else "clause"
    return None, ""


def _nominatives(narrative: Narrative, items: list[Item], begin: int) -> Iterator[Span]:
    """The mentions that can be subjects, in order."""
    seen = -1
    for j in range(begin, len(items)):
        mention = narrative.mention_at.get(items[j].token)
        if mention is None or mention.start == seen:
            continue
        seen = mention.start
        last = j + len(mention) - 1
        if _is_nominative(narrative, items, min(last, len(items) - 1), mention):
            yield _apposed(narrative, items[last:], mention)


def _is_nominative(narrative: Narrative, items: list[Item], last: int, mention: Span) -> bool:
    """True when a mention ending at item `last` can be a subject: no preposition before it, no possessive."""
    word = narrative.span_text(mention).lower()
    if mention.label_ == PRONOUN and word not in SUBJECT_PRONOUNS:
        return False
    if word == "who":
        return False
    if mention.label_ != PRONOUN and last + 1 < len(items) and items[last + 1].text in ("'s", "’s", "'", "’"):
        return False
    first = last - len(mention) + 1
    return not (first > 0 and items[first - 1].lower in _PREPOSITIONS)


def _relay(narrative: Narrative, before: list[Item], k: int, subject: Span) -> Span | None:
    """Who relays the words: the subject of an earlier reporting verb in the sentence (“Rosatom reported that Putin said”)."""
    for j in range(k - 1, 0, -1):
        if (
            _is_say(narrative, before[j])
            and before[j].token < subject.start
            and "that" in [item.lower for item in before[j + 1 : j + 3]]
        ):
            relay, how = _subject(narrative, before, j)
            return relay if relay is not None and how == "adjacent" and relay.start != subject.start else None
    return None


def preceding(narrative: Narrative, sentence: list[Item]) -> Found | None:
    """Who speaks by a sentence that stands before the quotation, in a paragraph of its own."""
    return _preceded(narrative, sentence) or _any_speaker(narrative, sentence)


def _any_speaker(narrative: Narrative, sentence: list[Item]) -> Found | None:
    subject = sentence_subject(narrative, sentence)
    return Found("subject of the sentence before it", subject) if subject is not None else None


def sentence_subject(narrative: Narrative, items: list[Item]) -> Span | None:
    """The first mention of a sentence that can be its subject."""
    return next(_nominatives(narrative, items, 0), None)
