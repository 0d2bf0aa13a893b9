"""Which cue and which mention go with a quotation: the patterns of reported speech, as rules.

Each rule looks at the words around one quotation (`narrative.Narrative`) and gives what it found with
the rule's name, or None. `CONFIDENCE` is the share of the rule's attributions that are right, measured
on the hand-decided training part of PolNeAR (`python -m indexer.training.rule_confidence` prints it).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    "said-it himself herself themselves both all reportedly famously previously finally quickly instead "
    "sarcastically jokingly earlier".split()
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
    if followed and (ends == "," or not before):
        return followed
    if preceded and (introduced or ends not in ","):
        return preceded
    return followed or preceded or _signed(narrative, after)


def _starts_sentence(after: list[Item]) -> bool:
    return bool(after) and after[0].text[:1].isupper()


# --- after the quotation -----------------------------------------------------------------------------


def _followed(narrative: Narrative, after: list[Item], tight: bool) -> Found | None:
    """“…,” she said / said Ms Ito / according to Ms Ito."""
    items = _without_lead(after)
    if not items or (not tight and not _is_short_clause(narrative, items)):
        return None
    cue = narrative.cues.get(items[0].token)
    if cue is not None and cue.label_ in ("say", "phrase"):
        rest = items[len(cue) :]
        mention = _next_mention(narrative, rest, 4)
        if mention is not None and not items[0].lower.endswith("ing"):
            return Found("cue, then speaker, after it", mention, cue)
        return None
    mention = narrative.mention_at.get(items[0].token)
    if mention is None or mention.start != items[0].token:
        return None
    return _speaker_then_cue(narrative, items, mention)


def _without_lead(after: list[Item]) -> list[Item]:
    """The items after punctuation and little words that may stand between a quotation and its cue clause."""
    k = 0
    while k < min(4, len(after)) and (
        after[k].text in (",", "-", "—", "–", ".", "''", '"')
        or after[k].lower in ("as", "then", "also", "later", "or", "so", "is", "was", "how", "what")
    ):
        k += 1
    return after[k:]


def _is_short_clause(narrative: Narrative, items: list[Item]) -> bool:
    """True for a sentence that is only “Ms Ito said.” with little more."""
    return len(items) <= 8 and any(_is_say(narrative, item) for item in items)


def _speaker_then_cue(narrative: Narrative, items: list[Item], mention: Span) -> Found | None:
    at = 0
    while at < len(items) and mention.start <= items[at].token < mention.end:
        at += 1
    direct = True
    for k in range(at, min(len(items), at + _REACH)):
        item = items[k]
        if _is_say(narrative, item) and not item.lower.endswith("ing"):
            subject = mention if direct else _apposed(narrative, items[:k], mention)
            rule = "speaker, then cue, after it" if direct else "speaker described, then cue, after it"
            return Found(rule, subject, narrative.cues[item.token])
        if item.lower not in _AUXILIARIES and not item.lower.endswith("ly"):
            direct = False
    return None


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
        if item.place is not None or item.text in (",", ".", ":", ";"):
            return None
        mention = narrative.mention_at.get(item.token)
        if mention is not None and mention.start == item.token:
            items_text = narrative.span_text(mention).lower()
            if items_text in ("him", "them", "us", "me", "his", "its", "their", "it"):
                return None
            return mention
    return None


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
        if j >= 0 and before[j].lower == "who" and j > 0:
            j -= 1
            while j > 0 and before[j].text == ",":
                j -= 1
        mention = narrative.mention_at.get(before[j].token) if j >= 0 else None
        if mention is not None and _is_nominative(narrative, before, j, mention):
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
    if last + 1 < len(items) and items[last + 1].text in ("'s", "’s", "'", "’"):
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
