"""Who a mention is: names, pronouns and nominals resolved to the speakers of one document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span

from indexer.domain import UNKNOWN_AUTHOR, Document, MentionKind, SpeakerType

from . import clauses, labels, lexicon
from .annotations import NAMES
from .lexicon import small_words
from .mention_finder import NAME, NOMINAL, PRONOUN
from .names import Entity, Names
from .narrative import Narrative
from .roles import roles_of
from .syntax import parsed

_SEX = {"he": "M", "him": "M", "his": "M", "himself": "M", "she": "F", "her": "F", "hers": "F", "herself": "F"}
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
_THINGS = frozenset({"it", "its"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her"})
_UNKNOWN = lexicon.Nominal("person", False)
"""For a noun that is in no list: the parse made it the head of a mention."""
_FARTHEST_PERSON = 80
"""How many names back a pronoun is looked up."""
_FARTHEST_THING = 120
"""How many tokens back “it”, “they” and “the campaign” are looked up."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker: the fullest name without titles, its type, the kind of mention, and how it was found."""

    name: str
    type: SpeakerType
    kind: MentionKind
    how: str = ""


@dataclass(frozen=True, slots=True)
class _Person:
    """A place where a person is named."""

    token: int
    sentence: int
    entity: Entity
    is_subject: bool
    is_quoted: bool
    is_main: bool


class Speakers:
    """The people, organisations and documents of one document, and which of them spoke last."""

    def __init__(self, narrative: Narrative, metadata: Document | None) -> None:
        self.narrative = narrative
        self.metadata = metadata
        self.names = Names()
        spans = list(narrative.doc.spans[NAMES])
        self.names.read([_words(span) for span in spans])
        self.is_parsed = bool(narrative.doc.has_annotation("DEP"))
        self._weigh(spans)
        self._sentence_ends = list(self._ends_of_sentences())
        self._starts = [mention.start for mention in narrative.mentions]
        self.people = list(self._people(spans))
        self._people_at = [person.token for person in self.people]
        self._last_speaker = ""
        self._spoke: set[str] = set()

    def heard(self, name: str) -> None:
        """Remember that a person was found to speak, for the pronouns that follow."""
        self._last_speaker = name
        self._spoke.add(name)

    def resolve(self, mention: Span, around: Resolved | None = None) -> Resolved | None:
        """The speaker that a mention stands for; None where the text does not tell.

        `around`: who speaks the quotation that the mention stands in, where it stands in one.
        """
        if around is not None and mention.label_ == PRONOUN:
            return self._pronoun_inside(mention, around)
        if mention.label_ == NAME:
            return self._name(mention)
        if mention.label_ == PRONOUN:
            return self._pronoun(mention)
        return self._nominal(mention)

    # --- names ---------------------------------------------------------------------------------------

    def _weigh(self, spans: list[Span]) -> None:
        """Count what the language model takes each name for, where it read the text."""
        entities: dict[int, Entity] = {}
        for span in spans:
            entity = self.names.find(_words(span)) if span[0].ent_iob else None
            if entity is not None:
                entity.kinds[_kind_of(span)] += 1
                entities[id(entity)] = entity
        for entity in entities.values():
            entity.settle()

    def _people(self, spans: list[Span]) -> Iterator[_Person]:
        quoted = {item.token for place in self.narrative.places for item in self.narrative.inner_row(place)}
        for span in spans:
            entity = self.names.find(_words(span))
            if entity is not None and entity.type == "person" and not self._is_place(span, entity):
                entity.roles |= roles_of(span)
                sentence = self._sentence(span.start)
                is_main = clauses.is_main_subject(span.root)
                yield _Person(span.start, sentence, entity, self._is_subject(span), span.start in quoted, is_main)

    def _name(self, mention: Span) -> Resolved:
        entity = self.names.find(_words(mention))
        if entity is None:
            return Resolved(self.narrative.span_text(mention), "person", "name")
        return Resolved(entity.text, entity.type, "name")

    # --- pronouns ------------------------------------------------------------------------------------

    def _pronoun(self, mention: Span) -> Resolved | None:
        word = mention.text.lower()
        if word in _FIRST_PERSON:
            author = self.metadata.author if self.metadata else None
            return Resolved(author or UNKNOWN_AUTHOR, "author", "author", "the author writes in the first person")
        if word in _SEX:
            entity = self._person_before(mention.start, _SEX[word])
            return Resolved(entity.text, "person", "pronoun", f"‘{mention.text}’ is {entity.text}") if entity else None
        thing = self._thing_before(mention, word in _THINGS)
        return replace(thing, kind="pronoun", how=f"‘{mention.text}’ is {thing.name}") if thing else None

    def _pronoun_inside(self, mention: Span, around: Resolved) -> Resolved | None:
        """Inside a quotation “I” is who speaks it, and “he” and “she” are somebody else."""
        word = mention.text.lower()
        if word in _FIRST_PERSON:
            return replace(around, kind="pronoun", how=f"‘{mention.text}’ is {around.name}")
        if word in _SEX:
            entity = self._person_before(mention.start, _SEX[word], but=around.name)
            return Resolved(entity.text, "person", "pronoun", f"‘{mention.text}’ is {entity.text}") if entity else None
        return None if word == "you" else self._pronoun(mention)

    def _person_before(self, token: int, sex: str, but: str = "") -> Entity | None:
        """The most likely person for “he” or “she”: recent, a subject, or the last one who spoke; never `but`."""
        at = bisect_left(self._people_at, token)
        best: tuple[float, Entity] | None = None
        for person in reversed(self.people[max(0, at - _FARTHEST_PERSON) : at]):
            if person.entity.sex in ("-", sex) and person.entity.text != but:
                score = self._salience(person, token) + 0.5 * (person.entity.sex == sex)
                if best is None or score > best[0]:
                    best = (score, person.entity)
        return best[1] if best else None

    def _salience(self, person: _Person, token: int) -> float:
        """How likely a pronoun at `token` means this person; the weights were set on PolNeAR train."""
        by_sentence, by_last = (0.55, 0.4) if self.is_parsed else (0.7, 0.8)
        spoke_last = person.entity.text == self._last_speaker
        score = -by_sentence * (self._sentence(token) - person.sentence) - (token - person.token) / 400
        score += 1.5 * person.is_subject + 0.5 * person.is_main - 2.0 * person.is_quoted + by_last * spoke_last
        spoke = person.entity.text in self._spoke
        return score - (0.0 if spoke or person.entity.is_surely_a_person else 2.0)

    def _thing_before(self, mention: Span, single: bool) -> Resolved | None:
        """What “it” or “they” stands for: the last organisation, document or group named."""
        for earlier in self._mentions_before(mention):
            if earlier.label_ == NAME:
                found = self._name(earlier)
                if found.type != "person" and found.name not in lexicon.load().places:
                    return found
            elif earlier.label_ == NOMINAL and self._is_subject(earlier):
                entry = lexicon.load().nominals.get(earlier[-1].lower_, _UNKNOWN)
                if entry.type != "person" if single else entry.plural or entry.type == "organization":
                    return self._nominal(earlier)
        return None

    def _mentions_before(self, mention: Span) -> Iterator[Span]:
        """The mentions before one, the nearest first, as far as looking makes sense."""
        for i in range(bisect_left(self._starts, mention.start) - 1, -1, -1):
            earlier = self.narrative.mentions[i]
            if mention.start - earlier.start > _FARTHEST_THING:
                return
            yield earlier

    # --- nominals ------------------------------------------------------------------------------------

    def _nominal(self, mention: Span) -> Resolved:
        entry = lexicon.load().nominals.get(mention[-1].lower_)
        text = self.narrative.span_text(mention)
        is_definite = mention[0].lower_ in _DEFINITE
        if entry is None:
            return Resolved(text, "unnamed", "nominal")
        if entry.type == "organization":
            return self._organization(mention, text)
        if entry.type == "document":
            return Resolved(text, "document", "nominal")
        if is_definite and mention[-1].lower_ in small_words("nameless"):
            return self._same_nameless(mention) or Resolved(text, "unnamed", "nominal")
        plain = _is_plain(mention) or _is_from_a_place(mention)
        entity = self._described(mention) if is_definite and not entry.plural and plain else None
        if entity is not None:
            return Resolved(entity.text, "person", "nominal", f"‘{text}’ is {entity.text}")
        return Resolved(text, "unnamed", "nominal")

    def _same_nameless(self, mention: Span) -> Resolved | None:
        """“the source”: the last one that was brought up with “a” or “another”."""
        for earlier in self._mentions_before(mention):
            same = earlier.label_ == NOMINAL and earlier[-1].lower_ == mention[-1].lower_
            if same and earlier[0].lower_ in small_words("indefinite"):
                return Resolved(self.narrative.span_text(earlier), "unnamed", "nominal")
        return None

    def _organization(self, mention: Span, text: str) -> Resolved:
        """“the campaign”: the last one of that noun with a name, else the words themselves."""
        if _has_name(mention):
            return Resolved(_without_article(text), "organization", "nominal")
        if mention[0].lower_ in _DEFINITE:
            for earlier in self._mentions_before(mention):
                if earlier[-1].lower_ == mention[-1].lower_ and _has_name(earlier):
                    return Resolved(_without_article(self.narrative.span_text(earlier)), "organization", "nominal")
            if named := self._last_organization(mention):
                return named
        return Resolved(text, "organization", "nominal")

    def _last_organization(self, mention: Span) -> Resolved | None:
        """What “the company” stands for by the parse: the last organisation named that is the subject of a verb."""
        if not self.is_parsed or len(mention) > 2 or mention[-1].lower_ not in small_words("any_organization"):
            return None
        for earlier in self._mentions_before(mention):
            if earlier.label_ == NAME and self._is_subject(earlier):
                found, kind = self._name(earlier), _kind_of(earlier)
                is_place = kind == "PLACE" or found.name in lexicon.load().places
                if kind == "ORG" or (found.type == "organization" and not is_place):
                    how = f"‘{mention.text}’ is {found.name}"
                    return Resolved(found.name, "organization", "nominal", how)
        return None

    def _described(self, mention: Span) -> Entity | None:
        """The person “the senator” stands for: one with that title, else the one in focus."""
        head = mention[-1].lower_
        at = bisect_left(self._people_at, mention.start)
        for person in reversed(self.people[max(0, at - _FARTHEST_PERSON) : at]):
            if head in person.entity.roles or any(_fits(title, head) for title in person.entity.titles):
                return person.entity
        if head not in small_words("in_focus"):
            return None
        sexes = "F" if head in small_words("female") else "M" if head in small_words("male") else "MF"
        found = [entity for sex in sexes if (entity := self._person_before(mention.start, sex)) is not None]
        spoke = [entity for entity in found if entity.text == self._last_speaker]
        return next(iter([*spoke, *found]), None)

    # --- places --------------------------------------------------------------------------------------

    def _ends_of_sentences(self) -> Iterator[int]:
        """The tokens that end sentences; in a parsed text also paragraphs, and no full stop inside a quotation."""
        inside = self.narrative.inside if self.is_parsed else {}
        for token in self.narrative.doc:
            if (token.text in (".", "!", "?") and token.i not in inside) or (self.is_parsed and "\n\n" in token.text):
                yield token.i

    def _sentence(self, token: int) -> int:
        return bisect_left(self._sentence_ends, token)

    def _is_place(self, span: Span, entity: Entity) -> bool:
        """True for a name after “in” or “at” of which nothing says that it is a person's."""
        before = self.narrative.doc[span.start - 1].lower_ if span.start else ""
        return before in ("in", "at", "near") and not entity.is_surely_a_person

    def _is_subject(self, span: Span) -> bool:
        if parsed(span.root):
            return clauses.is_subject(span.root)
        doc = self.narrative.doc
        at = span.start - 1
        if at > 0 and doc[at].lower_ in small_words("article"):
            at -= 1
        before = doc[at].lower_ if at >= 0 else "."
        after = doc[span.end].text if span.end < len(doc) else "."
        return before not in small_words("preposition") and after not in small_words("possessive_mark")


def _kind_of(name: Span) -> str:
    """PERSON, ORG, PLACE, or "" where the language model sees no name; the last word that has a kind decides."""
    kinds = [labels.entity_kind(token.ent_type_) for token in name]
    return next((kind for kind in reversed(kinds) if kind), "")


def _is_plain(mention: Span) -> bool:
    """True for “the former senator”, “the Republican nominee”: nobody else is named in it."""
    lists = lexicon.load()
    return len(mention) <= 4 and all(token.text[0].islower() or token.text in lists.not_names for token in mention[1:])


def _is_from_a_place(mention: Span) -> bool:
    """True for “the Florida senator”: by the language model, the names in it are those of places."""
    lists = lexicon.load()
    names = [token for token in mention[1:] if token.text[0].isupper() and token.text not in lists.not_names]
    return bool(names) and len(mention) <= 5 and all(labels.entity_kind(token.ent_type_) == "PLACE" for token in names)


def _has_name(mention: Span) -> bool:
    """True for “the Clinton campaign”."""
    return len(mention) > 1 and any(token.text[0].isupper() for token in mention[1:])


def _words(span: Span) -> list[str]:
    return [token.text for token in span if not token.is_space]


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in small_words("article") and rest else text


def _fits(title: str, noun: str) -> bool:
    """True when a title names the office of a noun: Sen. and senator."""
    stem = title.lower().rstrip(".")
    return len(stem) >= 3 and noun.startswith(stem)
