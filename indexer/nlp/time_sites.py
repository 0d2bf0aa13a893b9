"""Where the times of a document stand: in which sentence, under which verb and noun, and what that verb does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Set
from dataclasses import dataclass, field

from spacy.tokens import Token

from . import grammar
from .clauses import is_verb
from .lexicon import time_words
from .narrative import Item, Narrative
from .syntax import parsed
from .times import Expression

_AHEAD = 6
"""So many words before a time a word of the future is looked for."""
_CLIMBED = 8
"""So many words up the parse are looked at."""


@dataclass(slots=True)
class Site:
    """A time and where it stands: its paragraph and sentence, the names (words with a capital) in that sentence.

    `is_ahead`: it is a time of what somebody will do. By the parse: the `verb` that it hangs on, the `subject` of that
    verb in lower case, and what the `noun` above the time is: speech (interview, statement), event, thing; empty for
    none.
    """

    expression: Expression
    paragraph: int
    sentence: int
    names: Set[str] = frozenset()
    is_ahead: bool = False
    verb: Token | None = None
    subject: str = ""
    noun: str = ""


@dataclass(slots=True)
class Map:
    """The times of a document outside quotations, and its sentences by number.

    A sentence has its tokens, its words with a capital in lower case (`names`) and the quotations in it; those inside
    another quotation have the sentence of the outer one. `sites` are in the order of the text.
    """

    narrative: Narrative
    sites: list[Site] = field(default_factory=list)
    sentence_of: dict[int, int] = field(default_factory=dict)
    of_place: dict[int, int] = field(default_factory=dict)
    tokens: dict[int, list[int]] = field(default_factory=dict)
    names: dict[int, set[str]] = field(default_factory=dict)
    sentences: dict[str, list[int]] = field(default_factory=dict)
    _occasions: dict[int, dict[str, None]] = field(default_factory=dict)

    def named_before(self, name: str, sentence: int) -> int:
        """In how many sentences before this one a name (a word with a capital, in lower case) stands."""
        return bisect_left(self.sentences.get(name, []), sentence)

    def after(self, offset: int) -> int:
        """The number of the first time at or after a character of the text."""
        return bisect_left(self.sites, offset, key=lambda site: site.expression.start)

    def occasions(self, sentence: int) -> dict[str, None]:
        """The nouns for occasions (interview, debate) among the writer's own words of a sentence, in their order."""
        if sentence not in self._occasions:
            words = (self.narrative.doc[i].lower_ for i in self.tokens.get(sentence, ()))
            known = time_words("event") | time_words("said_in")
            self._occasions[sentence] = dict.fromkeys(word for word in words if word in known)
        return self._occasions[sentence]


def chart(narrative: Narrative, expressions: list[Expression]) -> Map:
    """Number the sentences of a document, and find where each of its times stands."""
    found = Map(narrative)
    _number(found)
    outside = (expression for expression in expressions if expression.first not in narrative.inside)
    found.sites = [_site(found, expression) for expression in outside]
    return found


def _number(found: Map) -> None:
    sentence, narrative = 0, found.narrative
    for paragraph in sorted(narrative.rows):
        row = narrative.rows[paragraph]
        for i, item in enumerate(row):
            _put(found, item, sentence)
            sentence += _ends(narrative, row, i)
        sentence += 1
    for place in narrative.places:
        if place.parent is not None:
            found.of_place[place.index] = found.of_place.get(place.parent.index, 0)


def _put(found: Map, item: Item, sentence: int) -> None:
    if item.place is not None:
        found.of_place[item.place.index] = sentence
        return
    found.sentence_of[item.token] = sentence
    found.tokens.setdefault(sentence, []).append(item.token)
    if item.text[:1].isupper():
        names = found.names.setdefault(sentence, set())
        if item.lower not in names:
            names.add(item.lower)
            found.sentences.setdefault(item.lower, []).append(sentence)


def _ends(narrative: Narrative, row: list[Item], i: int) -> bool:
    """True for a full stop, and a quotation that ends in one, before a capital."""
    item, following = row[i], row[i + 1] if i + 1 < len(row) else None
    if following is None or not (following.place is not None or following.text[:1].isupper()):
        return False
    if item.place is None:
        return item.text in (".", "!", "?", "…", "...")
    return narrative.text[item.place.end - 1 : item.place.end] == "."


def _site(found: Map, expression: Expression) -> Site:
    narrative = found.narrative
    sentence = found.sentence_of.get(expression.first, -1)
    site = Site(expression, narrative.paragraph_of(expression.core_start), sentence)
    site.names = found.names.get(sentence, frozenset())
    site.is_ahead = _is_ahead(narrative, expression)
    token = next((narrative.doc[i] for i in (expression.last, expression.first) if parsed(narrative.doc[i])), None)
    if token is not None:
        _climb(site, token)
        site.subject = _subject(narrative, site.verb) if site.verb is not None else ""
    return site


def _is_ahead(narrative: Narrative, expression: Expression) -> bool:
    """True for a time after a word of the future: will meet the mayor on *Tuesday*."""
    for i in range(expression.first - 1, max(-1, expression.first - 1 - _AHEAD), -1):
        token = narrative.doc[i]
        if token.is_punct or i in narrative.cues or i in narrative.inside:
            return False
        if token.lower_ in time_words("future"):
            return True
    return False


def _climb(site: Site, token: Token) -> None:
    """Find the noun and the verb over a time."""
    for _ in range(_CLIMBED):
        if is_verb(token) and not grammar.children(token, "copula"):
            site.verb = token
            return
        if token.head.i == token.i:
            return
        token = token.head
        if not site.noun and token.tag_[:1] == "N":
            site.noun = _noun(token)


def _noun(token: Token) -> str:
    if token.lower_ in time_words("said_in"):
        return "speech"
    return "event" if token.lower_ in time_words("event") else "thing"


def _subject(narrative: Narrative, verb: Token) -> str:
    head = grammar.subject_of(verb) or grammar.passive_subject_of(verb)
    if head is None:
        return ""
    mention = narrative.mention_at.get(head.i)
    return (mention.text if mention is not None else str(head.text)).lower()
