"""What a reader would look at to tell whether a time in the text is when something was said, as short phrases.

The weights of these phrases are in `lexicon/date_weights.tsv`; one that is not there counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from . import grammar
from .lexicon import small_words, time_words
from .mention_finder import NAME
from .narrative import LONGEST_SENTENCE
from .speeches import Said, Speech
from .syntax import parsed
from .time_sites import Map, Site
from .times import DAYS

PARAGRAPHS_BEFORE, PARAGRAPHS_AFTER = 12, 2
"""A time that stands further away says nothing about a quotation."""
TIMES, SPEECHES = 15, 40
"""So many times before and after a speech, and speeches before it, are looked at."""
_LOOKED_BACK = 8
"""So many speeches back one of the same speaker is looked for."""
_FEW = 3
_PERFECT = frozenset({"has", "have", "had", "'s", "’s", "'ve", "’ve"})
_TENSES = {"VBD": "past", "VBZ": "present", "VBP": "present", "VBG": "ing", "VBN": "past participle"}


@dataclass(slots=True)
class Around:
    """What is known when a speech is looked at: the map, the speeches before it, the numbers of the times in reach.

    `fame`: how often the text has named the speaker before; `by_cue`: the times next to a reporting word of the speech.
    """

    found: Map
    speech: Speech
    history: list[Speech]
    times: list[int]
    fame: str
    by_cue: frozenset[int] = frozenset()

    @classmethod
    def of(cls, found: Map, rows: list[Speech], n: int) -> Around:
        """Around the speech number `n`, with the times that may be when it was made."""
        speech = rows[n]
        first = speech.first.place.paragraph - PARAGRAPHS_BEFORE
        last = speech.last.place.paragraph + PARAGRAPHS_AFTER
        middle = found.after(speech.first.place.start)
        near = range(max(0, middle - TIMES), min(middle + TIMES, len(found.sites)))
        times = [i for i in near if first <= found.sites[i].paragraph <= last and not found.sites[i].is_ahead]
        beside = frozenset(i for i in times if _is_by_cue(found, found.sites[i], speech))
        return cls(found, speech, rows[max(0, n - SPEECHES) : n], times, _fame(found, speech.first), beside)

    def sentence(self, said: Said) -> int:
        """The number of a quotation's sentence."""
        return self.found.of_place.get(said.place.index, -1)

    @property
    def of_speaker(self) -> Speech | None:
        """The last speech of the same speaker, among the few before this one."""
        name = self.speech.speaker
        nearest = reversed(self.history[-_LOOKED_BACK:])
        return next((other for other in nearest if name and other.speaker == name), None)

    @property
    def same(self) -> str:
        """Whether the speech before this one has the same speaker."""
        is_same = self.history and self.speech.speaker and self.history[-1].speaker == self.speech.speaker
        return "same" if is_same else "other"


def _is_by_cue(found: Map, site: Site, speech: Speech) -> bool:
    """True for a day that follows a reporting word of a speech: said on *Tuesday*, not: called *Tuesday*’s vote “…”."""
    follows = found.narrative.text[site.expression.core_end : site.expression.core_end + 2].lower()
    if site.expression.kind not in DAYS or follows in ("'s", "’s"):
        return False
    beside = (said for said in speech.quotations if found.of_place.get(said.place.index) == site.sentence)
    return any(_steps(site, said) == "0" for said in beside)


def _fame(found: Map, said: Said) -> str:
    """How often the text has named the speaker before a quotation."""
    if not said.surname:
        return "unknown"
    n = found.named_before(said.surname, found.of_place.get(said.place.index, -1))
    return str(n) if n < 2 else "often" if n > 3 else "twice"


def features(around: Around, choice: int | None) -> Iterator[str]:
    """The phrases that hold for one answer: the time with this number, or None for “the text does not say when”."""
    return _of_none(around) if choice is None else _of_time(around, choice)


def _of_none(around: Around) -> Iterator[str]:
    said, sites = around.speech.first, around.found.sites
    history, fame = around.history, around.fame
    state = "first" if not history else "none" if history[-1].choice is None else "some"
    yield "none"
    yield f"none, speech before {state}, {around.same} speaker"
    yield f"none, cue {_tense(said.cue[0]) if said.cue is not None else 'no'}"
    yield f"none, cue verb {_verb_of(said.cue)}"
    yield f"none, mention {said.mention.label_ if said.mention is not None else 'no'}"
    sentences = {around.sentence(other) for other in around.speech.quotations}
    beside = [sites[i] for i in around.times if sites[i].sentence in sentences]
    yield f"none, {min(len(beside), 2)} times in the sentence"
    yield f"none, {min(sum(site.expression.kind in DAYS for site in beside), 1)} days in the sentence"
    in_paragraph = sum(sites[i].paragraph == said.place.paragraph for i in around.times)
    yield f"none, {min(in_paragraph, 2)} times in the paragraph"
    yield f"none, {min(len(around.times), 4)} times in reach"
    yield f"none, {min(len(around.speech.quotations), 4)} quotations"
    yield f"none, speaker named {fame}, speech before {state}"
    yield f"none, occasion {_occasion(around, said)}"
    yield f"none, {_described(said)}, speaker named {fame}"
    earlier = around.of_speaker
    yield f"none, speaker's speech before {'no' if earlier is None else 'none' if earlier.choice is None else 'some'}"


def _of_time(around: Around, i: int) -> Iterator[str]:
    site = around.found.sites[i]
    said = _closest(around, site)
    where = _where(site, said, around.sentence(said))
    beside = "near by" if where.startswith("same") else "away"
    yield from _of_words(around, i, where, beside)
    yield from _of_clause(around, site, said, where, beside)
    yield from _of_order(around, i)
    yield from _of_history(around, i, where)


def _of_words(around: Around, i: int, where: str, beside: str) -> Iterator[str]:
    """The time itself and the words next to it."""
    site = around.found.sites[i]
    kind, preposition = site.expression.kind, _preposition(around.found, site)
    yield f"at {where}"
    yield f"kind {kind}"
    yield f"kind {kind}, {where}"
    yield f"preposition {preposition}, kind {kind}"
    yield f"preposition {preposition}, {beside}"
    yield f"first paragraphs {site.paragraph <= 3}, {beside}"


def _of_clause(around: Around, site: Site, said: Said, where: str, beside: str) -> Iterator[str]:
    """The sentence of the time: its verb, who does what that says, the noun over the time, the speaker's name."""
    verb, named = _verb(around, site, said), _named(site, said)
    yield f"verb {verb}, {where}"
    yield f"tense {_tense(site.verb)}, {beside}"
    yield f"clause {grammar.relation(site.verb) if site.verb is not None else 'no'}, verb {verb}, {beside}"
    if where.startswith("same sentence"):
        yield f"between {_between(around, site, said)}, {where}"
    yield f"subject {_subject(site, said)}, verb {verb}, {beside}"
    yield f"speaker in its sentence {named}, {where}"
    yield f"{_steps(site, said)} words from its cue, kind {site.expression.kind}"
    yield f"noun {site.noun or 'no'}, {beside}"
    yield f"occasions {_shared(around, site, said)}, {beside}"
    yield f"speaker named {around.fame}, in its sentence {named}, {beside}"


def _of_order(around: Around, i: int) -> Iterator[str]:
    """How many other times stand nearer."""
    sites = around.found.sites
    start, end = around.speech.first.place.start, around.speech.last.place.end
    before = [j for j in around.times if sites[j].expression.end <= start]
    after = [j for j in around.times if sites[j].expression.start >= end]
    if i in before:
        yield f"{min(len(before) - 1 - before.index(i), 4)} times nearer before"
    elif i in after:
        yield f"{min(after.index(i), 3)} times nearer after"
    else:
        yield "inside the speech"
    days = [j for j in before if sites[j].expression.kind in ("weekday", "date", "day")]
    if i in days:
        yield f"{min(len(days) - 1 - days.index(i), 3)} days nearer before"


def _of_history(around: Around, i: int, where: str) -> Iterator[str]:
    """What was decided of the speeches before it."""
    history, site, first = around.history, around.found.sites[i], around.speech.first
    if history:
        yield from _of_last(around, i, where)
    earlier = around.of_speaker
    if earlier is not None:
        state = "this" if earlier.choice == i else "none" if earlier.choice is None else "another"
        yield f"speaker's speech before {state}"
    used = sum(other.choice == i for other in history)
    yield f"used {min(used, 3)} times"
    if site.expression.end <= first.place.start:
        between = sum(site.expression.end <= other.first.place.start for other in history)
        yield f"{min(between, 4)} speeches between, used {min(used, 2)} times"
        yield f"{min(between, 4)} speeches between, speaker in its sentence {_named(site, first)}"


def _of_last(around: Around, i: int, where: str) -> Iterator[str]:
    last, first = around.history[-1], around.speech.first
    state = "this" if last.choice == i else "none" if last.choice is None else "later" if i > last.choice else "earlier"
    gap = min(first.place.paragraph - last.last.place.paragraph, 4)
    yield f"speech before {state}, {where}"
    yield f"speech before {state}, {around.same} speaker"
    yield f"speech before {state}, {around.same} speaker, {gap} paragraphs"
    yield f"speech before {state}, speaker named {around.fame}"
    yield f"speech before {state}, {_described(first)}"
    yield f"speech before {state}, occasions {_shared(around, around.found.sites[i], first)}"
    yield f"speech before {state}, occasion {_occasion(around, first)}"


def _closest(around: Around, site: Site) -> Said:
    """The quotation of a speech that a time stands nearest to: by its cue, in its sentence, right before it."""
    quotations = around.speech.quotations
    beside = [said for said in quotations if around.sentence(said) == site.sentence]
    if beside:
        return next((said for said in beside if _is_cue(site.verb, said)), beside[-1])
    if site.expression.start < around.speech.first.place.end:
        return around.speech.first
    return next((said for said in quotations if said.place.start > site.expression.start), around.speech.last)


def _is_cue(verb: Token | None, said: Said) -> bool:
    return verb is not None and said.cue is not None and said.cue.start <= verb.i < said.cue.end


def _where(site: Site, said: Said, here: int) -> str:
    side = "after" if site.expression.start >= said.place.end else "before"
    if site.sentence == here:
        return f"same sentence {side}"
    if site.paragraph == said.place.paragraph:
        return f"same paragraph {side} {min(abs(site.sentence - here), 2)}"
    away = abs(site.paragraph - said.place.paragraph)
    return f"{next((n for n in (8, 5, 3) if away >= n), away) if side == 'before' else away} paragraphs {side}"


def _verb(around: Around, site: Site, said: Said) -> str:
    """What the verb over a time is to the quotation."""
    if site.verb is None:
        return "no"
    if _is_cue(site.verb, said):
        return "its cue"
    if site.verb.i in around.found.narrative.cues:
        return "a cue"
    over = said.cue is not None and parsed(said.cue[0]) and site.verb in said.cue[0].ancestors
    return "over its cue" if over else "other"


def _steps(site: Site, said: Said) -> str:
    """How many words stand between the reporting word and a time that follows it; the preposition does not count."""
    if said.cue is None or site.expression.first < said.cue.end:
        return "no"
    words = said.cue.doc[said.cue.end : site.expression.first]
    steps = sum(not token.is_space and token.lower_ not in time_words("preposition") for token in words)
    return "0" if steps == 0 else "few" if steps <= _FEW else "many"


def _tense(verb: Token | None) -> str:
    if verb is None:
        return "no"
    helpers = {child.lower_ for child in grammar.children(verb, "auxiliary")}
    if helpers & time_words("future"):
        return "future"
    return "perfect" if helpers & _PERFECT else _TENSES.get(verb.tag_, "base")


def _subject(site: Site, said: Said) -> str:
    words = site.subject.split()
    if not words:
        return "no"
    if said.surname and said.surname in words:
        return "speaker"
    return "pronoun" if words[0] in small_words("subject") else "other"


def _named(site: Site, said: Said) -> str:
    return "unknown" if not said.surname else "yes" if said.surname in site.names else "no"


def _preposition(found: Map, site: Site) -> str:
    start, doc = site.expression.start, found.narrative.doc
    words = found.narrative.text[start : site.expression.core_start].lower().split()
    word = words[0] if words else doc[site.expression.first - 1].lower_ if site.expression.first else ""
    return word if word in time_words("preposition") else "word" if words else "no"


def _between(around: Around, site: Site, said: Said) -> str:
    """How many reporting words and verbs stand between a time and the quotation in one sentence."""
    narrative, at = around.found.narrative, site.expression.first
    doc = narrative.doc
    if site.expression.start < said.place.start:
        words = range(at + 1, min(at + LONGEST_SENTENCE, len(doc)))
        inner = [i for i in words if doc[i].idx < said.place.start and i not in narrative.inside]
    else:
        words = range(max(0, at - LONGEST_SENTENCE), at)
        inner = [i for i in words if doc[i].idx > said.place.end and i not in narrative.inside]
    cues = sum(i in narrative.cues for i in inner)
    verbs = sum(doc[i].tag_ in ("VBD", "VBZ", "VBP") for i in inner)
    return f"{min(cues, 2)} cues {min(verbs, 2)} verbs"


def _verb_of(cue: Span | None) -> str:
    return cue[0].lower_ if cue is not None else "no"


def _described(said: Said) -> str:
    """Whether a description follows the mention: Ada Brink, a net mender."""
    mention = said.mention
    follows = mention is not None and mention.label_ == NAME and mention.doc[mention.end : mention.end + 1].text == ","
    return "described" if follows else "not described"


def _occasion(around: Around, said: Said) -> str:
    """The noun of the occasion in the quotation's own sentence: interview, debate."""
    return next(iter(around.found.occasions(around.sentence(said))), "no")


def _shared(around: Around, site: Site, said: Said) -> str:
    """Whether the sentence of a time and that of the quotation name the same occasion."""
    one, other = around.found.occasions(site.sentence), around.found.occasions(around.sentence(said))
    return (
        "same"
        if one.keys() & other.keys()
        else "two"
        if one and other
        else "its own"
        if one
        else "quotation's"
        if other
        else "no"
    )
