"""Whom “he”, “she” and “the senator” mean: the people of one document, where they come up, and who is in mind."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from spacy.tokens import Span

from . import clauses, grammar, nicknames
from .descriptions import is_for_one, name_of
from .lexicon import small_words
from .mention_finder import NAME, NOMINAL, PRONOUN
from .names import Entity, Names
from .narrative import Narrative
from .roles import roles_of
from .syntax import parsed

SEX = {"he": "M", "him": "M", "his": "M", "himself": "M", "she": "F", "her": "F", "hers": "F", "herself": "F"}
"""The pronouns that mean one person, and whether a man or a woman."""
_FARTHEST = 80
"""How many names back a pronoun is looked up."""
_FARTHEST_PRONOUN = 20
"""How many pronouns back."""
_NO_FIT = -10.0
"""How a pronoun fits somebody of whom the text says that it does not: whoever fits worse is left out."""
_AWAY = 0.8
"""How much less likely each further paragraph between makes it."""
_SURE = 1.5
"""The lead from which a pronoun tells the sex of who it means."""
_NO_RIVAL = 4.0
"""The lead of somebody beside whom nobody is named."""


@dataclass(frozen=True, slots=True)
class Person:
    """A place where a person is named, brought up without a name, or meant by a pronoun."""

    token: int
    sentence: int
    entity: Entity
    is_subject: bool
    is_quoted: bool
    is_main: bool
    is_first: bool
    is_pronoun: bool


@dataclass(frozen=True, slots=True)
class Meant:
    """Who a pronoun means, and by how much this person is likelier than the next one."""

    entity: Entity
    lead: float


class People:
    """The people of one document by their places, and who spoke last. `is_parsed`: the parse has its say."""

    def __init__(self, narrative: Narrative, names: Names, spans: list[Span]) -> None:
        self.narrative = narrative
        self.names = names
        self.is_parsed = narrative.is_parsed
        self._sentence_ends = list(self._ends_of_sentences())
        self._paragraph_ends = [token.i for token in narrative.doc if self.is_parsed and "\n\n" in token.text]
        self.last_speaker = ""
        self._spoke: set[str] = set()
        self._people = sorted(chain(self._named(spans), self._nameless()), key=lambda person: person.token)
        self._people_at = [person.token for person in self._people]
        self._followed = [mention for mention in narrative.mentions if self._is_followed(mention)]
        self._meant: list[Person] = []
        self._done = 0

    def heard(self, name: str) -> None:
        """Remember that a person was found to speak, for the pronouns that follow."""
        self.last_speaker = name
        self._spoke.add(name)

    def before(self, token: int, sex: str, but: str = "") -> Meant | None:
        """The most likely person for “he” or “she”: recent, a subject, or the last one who spoke; never `but`."""
        while self._done < len(self._followed) and self._followed[self._done].start < token:
            self._done += 1
            self._follow(self._followed[self._done - 1])
        return self._likeliest(token, sex, but)

    def described(self, mention: Span) -> Entity | None:
        """The person “the senator” stands for: the likeliest with that title or role, else the one in focus."""
        noun, token = mention[-1].lower_, mention.start
        at = bisect_left(self._people_at, token)
        nearby = reversed(self._people[max(0, at - _FARTHEST) : at])
        fitting = [person for person in nearby if _is_called(person.entity, noun)]
        if fitting:
            return max(fitting, key=lambda person: self._salience(person, token)).entity
        return self._in_focus(token, noun) if noun in small_words("in_focus") else None

    def in_mind(self, mention: Span) -> Entity | None:
        """The person that “the diplomat” stands for in a parsed text, where nobody is called so: who spoke last."""
        entity = self._in_focus(mention.start, mention[-1].lower_) if self.is_parsed else None
        return entity if entity is not None and entity.text == self.last_speaker else None

    def _in_focus(self, token: int, noun: str) -> Entity | None:
        """The likeliest person of the sex that a noun tells, the last who spoke before others."""
        sexes = "F" if noun in small_words("female") else "M" if noun in small_words("male") else "MF"
        found = [meant.entity for sex in sexes if (meant := self.before(token, sex)) is not None]
        found = [entity for entity in found if entity.type != "unnamed" or noun in entity.roles]
        spoke = [entity for entity in found if entity.text == self.last_speaker]
        return next(iter([*spoke, *found]), None)

    def is_subject(self, span: Span) -> bool:
        """True for a subject by the parse; where there is none, unless a preposition or a possessive says no."""
        doc = self.narrative.doc
        if parsed(span.root):
            return clauses.is_subject(span.root) or (span.label_ == NAME and _is_before_its_verb(span))
        at = span.start - 1
        if at > 0 and doc[at].lower_ in small_words("article"):
            at -= 1
        before = doc[at].lower_ if at >= 0 else "."
        after = doc[span.end].text if span.end < len(doc) else "."
        return before not in small_words("preposition") and after not in small_words("possessive_mark")

    # --- who is in mind ------------------------------------------------------------------------------

    def _is_followed(self, mention: Span) -> bool:
        """True for the writer's own “he”, “she” and “the senator” in a parsed text: they keep a person in mind."""
        if not self.is_parsed or mention.start in self.narrative.inside:
            return False
        is_subject = mention.label_ == PRONOUN and mention.text.lower() in ("he", "she")
        if is_subject or mention[0].lower_ != "the" or not is_for_one(mention):
            return is_subject
        return name_of(self.narrative, mention) is None

    def _follow(self, mention: Span) -> None:
        if mention.label_ == NOMINAL:
            entity = self.described(mention)
        else:
            sex = SEX[mention.text.lower()]
            meant = self._likeliest(mention.start, sex)
            entity = meant.entity if meant is not None else None
            if entity is not None and entity.type == "unnamed":
                entity.sexes[sex] += 1
            elif meant is not None and meant.lead > _SURE:
                meant.entity.pronouns[sex] += 1
        if entity is not None:
            self._meant.append(self._person(mention, entity))

    def _likeliest(self, token: int, sex: str, but: str = "") -> Meant | None:
        at = bisect_left(self._people_at, token)
        nearby = chain(reversed(self._people[max(0, at - _FARTHEST) : at]), reversed(self._meant[-_FARTHEST_PRONOUN:]))
        scores: dict[str, float] = {}
        entities: dict[str, Entity] = {}
        for person in nearby:
            entity = person.entity
            fit = entity.fits(sex)
            if person.token < token and fit > _NO_FIT and entity.text != but:
                score = self._salience(person, token) + fit
                scores[entity.text] = max(score, scores.get(entity.text, score))
                entities.setdefault(entity.text, entity)
        if not scores:
            return None
        best, *others = sorted(scores, key=lambda name: -scores[name])
        return Meant(entities[best], scores[best] - scores[others[0]] if others else _NO_RIVAL)

    def _salience(self, person: Person, token: int) -> float:
        """How likely a pronoun at `token` means this person.

        The weights were set on PolNeAR train, that of a new paragraph on our own samples.
        """
        by_sentence, by_token, by_last = (0.55, 1 / 200, 0.8) if self.is_parsed else (0.7, 1 / 400, 0.8)
        score = -by_sentence * (self._sentence(token) - person.sentence) - by_token * (token - person.token)
        away = self._paragraph(token) - self._paragraph(person.token)
        score -= 1.6 * (away > 0) + _AWAY * max(0, away - 1)
        score += 1.5 * person.is_subject + 0.5 * person.is_main - 4.0 * person.is_quoted
        score += by_last * (person.entity.text == self.last_speaker)
        score += 1.0 * (person.is_first and person.is_subject) - 0.5 * person.is_pronoun
        return score - 2.0 * self._doubt(person.entity)

    def _doubt(self, entity: Entity) -> float:
        """How doubtful it is that a name is a person's: 0 to 2, above 1 where it is rather something else's."""
        if entity.text in self._spoke or entity.is_surely_a_person or entity.type == "unnamed":
            return 0.0
        return 1 - entity.personal + 1.0 * entity.is_rather_no_person if self.is_parsed else 1.0

    # --- places --------------------------------------------------------------------------------------

    def _named(self, spans: list[Span]) -> Iterator[Person]:
        found = [(span, self.names.find(words_of(span))) for span in spans]
        things = {entity.text for span, entity in found if entity is not None and self._is_thing(span, entity)}
        for span, entity in found:
            if entity is None or entity.text in things:
                continue
            if entity.type == "person" and not self._is_place(span, entity):
                entity.roles |= roles_of(span)
                yield self._person(span, entity)

    def _nameless(self) -> Iterator[Person]:
        """Where somebody without a name is brought up, in a parsed text: *a Tarn woman* was fined; *his wife* left."""
        for mention in self.narrative.mentions if self.is_parsed else ():
            first = mention[0].lower_
            is_new = first in small_words("indefinite")
            is_new = is_new or (first in small_words("possessive") and clauses.is_subject(mention.root))
            is_new = is_new and is_for_one(mention) and mention.start not in self.narrative.inside
            if is_new and name_of(self.narrative, mention) is None:
                yield self._person(mention, self._somebody(mention))

    def _somebody(self, mention: Span) -> Entity:
        noun = mention[-1].lower_
        sexes = [sex for sex, nouns in (("F", "female"), ("M", "male")) if noun in small_words(nouns)]
        return Entity([self.narrative.span_text(mention)], "unnamed", roles={noun}, sexes=Counter(sexes))

    def _person(self, span: Span, entity: Entity) -> Person:
        sentence, is_quoted = self._sentence(span.start), span.start in self.narrative.inside
        is_first = self.is_parsed and (span.start == 0 or self._sentence(span.start - 1) != sentence)
        is_main = clauses.is_main_subject(span.root)
        is_pronoun = span.label_ == PRONOUN
        is_subject = self.is_subject(span)
        return Person(span.start, sentence, entity, is_subject, is_quoted, is_main, is_first, is_pronoun)

    def _ends_of_sentences(self) -> Iterator[int]:
        """The tokens that end sentences; in a parsed text also paragraphs, and no full stop inside a quotation."""
        inside = self.narrative.inside if self.is_parsed else {}
        for token in self.narrative.doc:
            if (token.text in (".", "!", "?") and token.i not in inside) or (self.is_parsed and "\n\n" in token.text):
                yield token.i

    def _sentence(self, token: int) -> int:
        return bisect_left(self._sentence_ends, token)

    def _paragraph(self, token: int) -> int:
        return bisect_left(self._paragraph_ends, token)

    def _is_thing(self, span: Span, entity: Entity) -> bool:
        """True for the name of a ship, a book and the like, by the parse: the vessel, the *Marigold*, is old."""
        return self.is_parsed and not entity.is_told_a_person and clauses.names_a_thing(span)

    def _is_place(self, span: Span, entity: Entity) -> bool:
        """True for a name after “in” or “at” of which nothing says that it is a person's."""
        before = self.narrative.doc[span.start - 1].lower_ if span.start else ""
        return before in ("in", "at", "near") and not entity.is_surely_a_person


def _is_before_its_verb(name: Span) -> bool:
    """True for a name beside the subject, whatever the parse says: The mayor of Tarn, *Ada Brink*, denied it."""
    doc, before = name.doc, name.doc[name.start - 1].text if name.start else "."
    at = name.end + (doc[name.end : name.end + 1].text == ",")
    return before == "," and at < len(doc) and doc[at].tag_ in grammar.FINITE_OR_MODAL


def words_of(span: Span) -> list[str]:
    """The words of a name; for one with a nickname in marks, those before and after it too: Ada “Net” Brink."""
    nickname = nicknames.around(span)
    if nickname is None:
        return [token.text for token in span if not token.is_space]
    before, inside, after = nickname
    return [*(token.text for token in before), inside.text, *(token.text for token in after)]


def _is_called(entity: Entity, noun: str) -> bool:
    return noun in entity.roles or any(_fits(title, noun) for title in entity.titles)


def _fits(title: str, noun: str) -> bool:
    """True when a title names the office of a noun: Sen. and senator."""
    stem = title.lower().rstrip(".")
    return len(stem) >= 3 and noun.startswith(stem)
