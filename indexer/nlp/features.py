"""What a reader would look at to tell whether a mention speaks a quotation: named features of each candidate.

Grammar of the cue, adjacency, the form of the paragraph, who spoke before, distance, the kind of name. A feature is
a name and a number, mostly 0 or 1; those that are 0 are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log2

from spacy.tokens import Span, Token

from . import grammar, labels, lexicon
from .candidates import Candidate
from .context import Previous
from .lexicon import small_words
from .mention_finder import NAME, PRONOUN
from .narrative import Item, Narrative, Place
from .syntax import parsed

Features = dict[str, float]

_STOPS = frozenset({".", "!", "?", ";"})
_PRONOUNS = {
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "hers", "herself"),
    "they": ("they", "them", "their", "themselves"),
    "it": ("it", "its"),
    "I": ("i", "we", "my", "our", "me", "us"),
    "who": ("who",),
    "you": ("you", "one"),
}
_KIND_OF_PRONOUN = {word: kind for kind, words in _PRONOUNS.items() for word in words}
_PREPOSITIONS = frozenset({"to", "of", "by", "from", "in", "at", "with", "for", "on", "about", "against", "than", "as"})
_COMMON_CUES = frozenset({"said", "says", "told", "asked", "called", "wrote", "added", "tweeted", "saying"})


class Describer:
    """The features of one document's candidates."""

    def __init__(self, narrative: Narrative) -> None:
        self.narrative = narrative
        self._of_mention: dict[tuple[int, int], Features] = {}
        self._of_place: dict[int, Features] = {}

    def features(self, place: Place, candidates: list[Candidate], previous: Previous | None) -> list[Features]:
        """The features of each candidate of a quotation; `previous`: the quotation before it, and who speaks that."""
        ruled = any(route.startswith("ruled ") for candidate in candidates for route in candidate.routes)
        return [
            {
                **self.of_place(place),
                **self.of_mention(candidate.mention),
                **self._relation(place, candidate),
                **_rank(candidates, at),
                **_routes(candidate),
                **_continued(place, candidate.mention, previous, ruled),
            }
            for at, candidate in enumerate(candidates)
        ]

    # --- the quotation -------------------------------------------------------------------------------

    def of_place(self, place: Place) -> Features:
        """The features of a quotation and of what stands right beside it."""
        if place.index not in self._of_place:
            self._of_place[place.index] = {name: value for name, value in self._place(place) if value}
        return self._of_place[place.index]

    def _place(self, place: Place) -> Iterator[tuple[str, float]]:
        text = self.narrative.text[place.start : place.end]
        words = text.split()
        yield "q bias", 1.0
        yield "q length", min(8.0, log2(1 + len(words)))
        yield "q short", float(len(words) < 5)
        yield "q capital", float(text[:1].isupper())
        last = text.rstrip(" \u00a0’'”\"»›“")[-1:] or text[-1:]
        yield f"q ends {last if last in ',.?!—' else 'bare'}", 1.0
        yield "q nested", float(place.parent is not None)
        yield "q continues", float(place.mark.continues)
        yield "q runs on", float(place.mark.runs_on)
        row = place.row
        before = row[place.position - 1] if place.position else None
        after = row[place.position + 1] if place.position + 1 < len(row) else None
        yield f"q before {_beside(before)}", 1.0
        yield f"q after {_beside(after)}", 1.0
        yield "q alone", float(len(row) == 1)
        yield "q parsed", float(self.narrative.is_parsed)

    # --- the mention ---------------------------------------------------------------------------------

    def of_mention(self, mention: Span) -> Features:
        """The features of a mention's own words and of those right beside it."""
        key = (mention.start, mention.end)
        if key not in self._of_mention:
            self._of_mention[key] = {name: value for name, value in self._words(mention) if value}
        return self._of_mention[key]

    def _words(self, mention: Span) -> Iterator[tuple[str, float]]:
        if mention.label_ == PRONOUN:
            yield from _of_pronoun(mention)
        elif mention.label_ == NAME:
            yield from _of_name(mention)
        else:
            yield from _of_nominal(mention)
        yield from self._around(mention)
        yield from _in_the_parse(mention)

    def _around(self, mention: Span) -> Iterator[tuple[str, float]]:
        """What stands right beside a mention."""
        doc, last = mention.doc, mention[-1].lower_
        before = doc[mention.start - 1].lower_ if mention.start else ""
        after = doc[mention.end].text if mention.end < len(doc) else ""
        yield "m possessive", float(after in small_words("possessive_mark") or last in ("his", "its", "their", "my"))
        yield f"m after {before if before in _PREPOSITIONS else 'other'}", float(before in small_words("preposition"))
        yield "m quoted", float(mention.start in self.narrative.inside)
        yield "m comma after", float(after == ",")
        yield "m starts sentence", float(before in _STOPS or not before.strip())

    # --- how they stand to each other ----------------------------------------------------------------

    def _relation(self, place: Place, candidate: Candidate) -> Features:
        parts = (self._distance(candidate), self._doing(place, candidate), self._inside(place, candidate))
        return {name: value for part in parts for name, value in part if value}

    def _distance(self, candidate: Candidate) -> Iterator[tuple[str, float]]:
        """How far a mention is from a quotation, and what stands between."""
        where, between = candidate.where, candidate.between
        stops = sum(item.text in _STOPS for item in between)
        mentions = {m.start for item in between if (m := self.narrative.mention_at.get(item.token)) is not None}
        near = where in ("before", "after") and not stops
        yield f"at {where}", 1.0
        yield f"at {where} {'near' if near else 'far'}", 1.0
        yield "same sentence", float(near)
        yield "gap", min(6.0, log2(1 + candidate.gap))
        yield "beside", float(candidate.gap == 0)
        yield "stops between", min(3.0, stops)
        yield "quotations between", min(3.0, sum(item.place is not None for item in between))
        yield "mentions between", min(4.0, len(mentions))
        yield "colon between", float(any(item.text == ":" for item in between[-1:]))

    def _inside(self, place: Place, candidate: Candidate) -> Iterator[tuple[str, float]]:
        """Whether a mention stands inside quoted words."""
        inside = self.narrative.inside.get(candidate.mention.start, -1)
        yield "in other quotation", float(inside >= 0 and (place.parent is None or inside != place.parent.index))
        yield "in this quotation", float(inside == place.index)

    def _doing(self, place: Place, candidate: Candidate) -> Iterator[tuple[str, float]]:
        """The verbs of which a mention is the subject, the nearest to the quotation first, and the one that reports."""
        verbs = sorted(candidate.verbs, key=lambda verb: abs(verb.idx - place.start))
        for verb in verbs[:3]:
            yield from self._done(verb)
        reporting = _reporting(self.narrative, verbs)
        if reporting is None:
            reporting = self._adjacent_cue(candidate.mention)
            yield "beside a cue", float(reporting is not None)
        if reporting is not None:
            yield from self._cue(place, candidate, reporting)
            yield from _clause(place, reporting)

    def _done(self, verb: Token) -> Iterator[tuple[str, float]]:
        """What kind of verb it is."""
        cue = self.narrative.cues.get(verb.i)
        label = cue.label_ if cue is not None else "other"
        yield f"does {label}", 1.0
        if label in ("say", "call"):
            yield f"does {verb.lower_}", float(verb.lower_ in _COMMON_CUES)
            yield f"does cue as {verb.tag_}", 1.0

    def _cue(self, place: Place, candidate: Candidate, verb: Token) -> Iterator[tuple[str, float]]:
        """How the reporting verb stands to the mention and to the quotation."""
        mention, gap = candidate.mention, self._gap_to(place, verb)
        distance = min(abs(verb.i - mention.end + 1), abs(mention.start - verb.i))
        yield "has cue", 1.0
        yield "cue quoted", float(verb.i in self.narrative.inside)
        yield f"{'mention first' if mention.start < verb.i else 'cue first'} {candidate.where}", 1.0
        yield "cue to mention", min(5.0, log2(1 + distance))
        yield "cue to quotation", min(6.0, log2(1 + gap))
        yield "cue beside quotation", float(gap == 0)
        yield "cue near quotation", float(gap <= 2)

    def _adjacent_cue(self, mention: Span) -> Token | None:
        """A reporting word right beside a mention, by the order of words."""
        doc, cues = mention.doc, self.narrative.cues
        for i in (mention.end, mention.end + 1, mention.start - 1, mention.start - 2):
            if 0 <= i < len(doc) and i in cues:
                return doc[i]
        return None

    def _gap_to(self, place: Place, verb: Token) -> int:
        """How many tokens stand between a verb and a quotation: about, from characters, where it is far."""
        if verb.idx < place.start:
            return max(0, _words_between(self.narrative.text, verb.idx + len(verb), place.mark.outer[0]))
        return max(0, _words_between(self.narrative.text, place.mark.outer[1], verb.idx))


def _of_pronoun(mention: Span) -> Iterator[tuple[str, float]]:
    word = mention[-1].lower_
    yield f"m {_KIND_OF_PRONOUN.get(word, 'you')}", 1.0
    yield "m object form", float(word not in small_words("subject"))


def _of_name(mention: Span) -> Iterator[tuple[str, float]]:
    kinds = [labels.entity_kind(token.ent_type_) for token in mention]
    lists = lexicon.load()
    yield "m name", 1.0
    yield f"m name {next((kind for kind in reversed(kinds) if kind), 'unknown')}", 1.0
    yield "m titled", float(mention[0].text in lists.titles)
    yield "m one word", float(len(mention) == 1)
    yield "m known given", float(mention[0].text in lists.given_names)
    yield "m known place", float(mention.text in lists.places)


def _of_nominal(mention: Span) -> Iterator[tuple[str, float]]:
    entry = lexicon.load().nominals.get(mention[-1].lower_)
    yield f"m nominal {entry.type if entry else 'unknown'}", 1.0
    yield "m plural", float(entry.plural if entry else mention[-1].tag_ == "NNS")
    yield "m definite", float(mention[0].lower_ in ("the", "this", "that"))
    yield "m indefinite", float(mention[0].lower_ in small_words("indefinite"))
    yield "m document", float(entry is not None and entry.type == "document")


def _in_the_parse(mention: Span) -> Iterator[tuple[str, float]]:
    """What a mention is to the verb above it."""
    first = mention.root
    if not parsed(first):
        return
    while grammar.relation(first) in ("flat", "apposition") and first.head.i < first.i:
        first = first.head
    yield f"m is {grammar.relation(first) or 'other'}", 1.0
    yield "m of main verb", float(grammar.relation(first.head) == "root")


def _clause(place: Place, verb: Token) -> Iterator[tuple[str, float]]:
    """What the clause of a reporting verb is in its sentence, and whether the quotation is its content."""
    if not parsed(verb):
        return
    kind = grammar.relation(verb)
    yield "cue is root", float(kind == "root")
    yield "cue is parataxis", float(kind == "parataxis")
    yield "cue in relative clause", float(kind == "relative clause")
    yield "cue in adverbial clause", float(kind == "adverbial clause")
    content = grammar.content_of(verb)
    if content is not None:
        within = place.mark.outer[0] <= content.idx < place.mark.outer[1]
        yield "cue has this content" if within else "cue has other content", 1.0


def _words_between(text: str, start: int, end: int) -> int:
    return len(text[start : min(end, start + 400)].split())


def _reporting(narrative: Narrative, verbs: list[Token]) -> Token | None:
    """The nearest reporting verb, else the nearest verb."""
    cues = [verb for verb in verbs if verb.i in narrative.cues]
    return next(iter(cues or verbs), None)


def _beside(item: Item | None) -> str:
    """What kind of item stands right beside a quotation."""
    if item is None:
        return "nothing"
    if item.place is not None:
        return "quotation"
    if not item.text[0].isalnum():
        return item.text if item.text in (",", ":", ".", "—", "–", "-", "(", ";") else "punctuation"
    lower = item.lower
    if lower in ("that", "as", "a", "the", "by", "to", "of", "and", "but"):
        return lower
    return "capital" if item.text[0].isupper() else "word"


def _routes(candidate: Candidate) -> Features:
    """The rules that point at a candidate, and the kinds of their cues."""
    found = {f"route {route}": 1.0 for route in candidate.routes}
    if any(proposal.via is not None for proposal in candidate.routes.values()):
        found["route with a relay"] = 1.0
    cues = [proposal.cue for proposal in candidate.routes.values() if proposal.cue is not None]
    return found | {f"route cue {cue.label_ or 'other'}": 1.0 for cue in cues}


def _continued(place: Place, mention: Span, previous: Previous | None, ruled: bool) -> Features:
    """Whether a mention speaks the quotation before this one, and how the two hang together.

    `ruled`: a rule of the sentence points at some mention.
    """
    if previous is None:
        return {"no previous": 1.0}
    same = previous.place.paragraph == place.paragraph
    found = {"previous in paragraph": float(same)}
    said = previous.found.mention if previous.found is not None else None
    other = previous.other.mention if previous.other is not None else None
    asked = float(previous.asks)
    if _overlap(mention, other):
        found["is other"] = 1.0
        found["is other and alone"] = float(len(place.row) == 1)
        found["is other and was asked"] = asked
        found["is other, alone and was asked"] = asked * (len(place.row) == 1)
    if _overlap(mention, said):
        found["is previous"] = 1.0
        found["is previous and asked"] = asked
        found["is previous in paragraph"] = float(same)
        found["is previous running on"] = float(place.mark.continues or previous.place.mark.runs_on)
        found["is previous and alone"] = float(len(place.row) == 1)
        found["is previous without rule"] = float(not ruled)
    return {name: value for name, value in found.items() if value}


def _overlap(one: Span, other: Span | None) -> bool:
    return other is not None and one.start < other.end and other.start < one.end


def _rank(candidates: list[Candidate], at: int) -> Features:
    """Whether it is the nearest on its side, of all and of those that report."""
    candidate = candidates[at]
    same = [other for other in candidates if other.where == candidate.where]
    nearer = sum(other.gap < candidate.gap for other in same)
    found = {"nearer ones": min(4.0, float(nearer)), "nearest": float(nearer == 0)}
    if candidate.routes:
        found["routes"] = min(4.0, float(len(candidate.routes)))
    found["no route"] = float(not any(other.routes for other in candidates))
    return {name: value for name, value in found.items() if value}
