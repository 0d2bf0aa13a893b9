"""Who a mention is: names, pronouns and nominals resolved to the speakers of one document."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Span

from indexer.domain import UNKNOWN_AUTHOR, Document, MentionKind, SpeakerType

from . import lexicon
from .annotations import NAMES
from .mention_finder import NAME, NOMINAL, PRONOUN
from .names import Entity, Names
from .narrative import Narrative

_SEX = {"he": "M", "him": "M", "his": "M", "himself": "M", "she": "F", "her": "F", "hers": "F", "herself": "F"}
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
_THINGS = frozenset({"it", "its"})
_INDEFINITE = frozenset(
    "a an one another some many several two three four five six both no every each few most others".split()
)
_PREPOSITIONS = frozenset("of in on at for from with by to about against between among including".split())
_FEMALE_NOUNS = frozenset(
    "woman girl mother wife daughter sister spokeswoman congresswoman chairwoman actress queen princess businesswoman "
    "widow grandmother aunt councilwoman policewoman".split()
)
_MALE_NOUNS = frozenset(
    "man boy father husband son brother spokesman congressman chairman actor king prince businessman widower "
    "grandfather uncle councilman policeman fisherman".split()
)


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


class Speakers:
    """The people, organisations and documents of one document."""

    def __init__(self, narrative: Narrative, metadata: Document | None) -> None:
        self.narrative = narrative
        self.metadata = metadata
        self.names = Names()
        spans = list(narrative.doc.spans[NAMES])
        self.names.read([_words(span) for span in spans])
        self._sentence_ends = [token.i for token in narrative.doc if token.text in (".", "!", "?")]
        quoted = self._quoted_tokens()
        self.people = [
            _Person(span.start, self._sentence(span.start), entity, self._is_subject(span), span.start in quoted)
            for span in spans
            if (entity := self.names.find(_words(span))) is not None and entity.type == "person"
        ]
        self.last: list[tuple[int, str]] = []

    def heard(self, token: int, name: str) -> None:
        """Remember that a speaker was found for a quotation, for the pronouns that follow."""
        self.last.append((token, name))

    def resolve(self, mention: Span) -> Resolved | None:
        """The speaker that a mention stands for; None where the text does not tell."""
        if mention.label_ == NAME:
            return self._name(mention)
        if mention.label_ == PRONOUN:
            return self._pronoun(mention)
        return self._nominal(mention)

    def _name(self, mention: Span) -> Resolved:
        entity = self.names.find(_words(mention))
        if entity is None:
            return Resolved(self.narrative.span_text(mention), "person", "name")
        return Resolved(entity.text, entity.type, "name")

    def _pronoun(self, mention: Span) -> Resolved | None:
        word = mention.text.lower()
        if word in _FIRST_PERSON:
            author = self.metadata.author if self.metadata else None
            return Resolved(author or UNKNOWN_AUTHOR, "author", "author", "the author writes in the first person")
        if word in _SEX:
            entity = self._person_before(mention.start, _SEX[word])
            return Resolved(entity.text, "person", "pronoun", f"‘{mention.text}’ is {entity.text}") if entity else None
        return self._thing_before(mention, word in _THINGS)

    def _person_before(self, token: int, sex: str) -> Entity | None:
        """The most likely person for “he” or “she”: recent, a subject, or the last one who spoke."""
        sentence = self._sentence(token)
        said_last = self.last[-1][1] if self.last else None
        best: tuple[float, Entity] | None = None
        for person in reversed(self.people):
            if person.token >= token or (person.entity.sex not in ("-", sex)):
                continue
            distance = sentence - person.sentence
            if distance > 12 and best is not None:
                break
            score = -0.7 * distance + 1.5 * person.is_subject - 2.0 * person.is_quoted
            score += 0.8 * (person.entity.text == said_last) + 0.5 * (person.entity.sex == sex)
            score -= 2.0 * (not person.entity.is_surely_a_person and person.entity.text != said_last)
            score -= (token - person.token) / 400
            if best is None or score > best[0]:
                best = (score, person.entity)
        return best[1] if best else None

    def _thing_before(self, mention: Span, single: bool) -> Resolved | None:
        """What “it” or “they” stands for: the last organisation, document or group named."""
        lists = lexicon.load()
        for earlier in reversed(self.narrative.mentions):
            if earlier.start >= mention.start or mention.start - earlier.start > 120:
                continue
            if earlier.label_ == NAME:
                found = self._name(earlier)
                if found.type != "person" and found.name not in lists.places:
                    return Resolved(found.name, found.type, "pronoun", f"‘{mention.text}’ is {found.name}")
            elif earlier.label_ == NOMINAL and self._is_subject(earlier):
                entry = lists.nominals[earlier[-1].lower_]
                if entry.type != "person" if single else entry.plural or entry.type == "organization":
                    found_nominal = self._nominal(earlier)
                    if found_nominal is not None:
                        return Resolved(
                            found_nominal.name,
                            found_nominal.type,
                            "pronoun",
                            f"‘{mention.text}’ is {found_nominal.name}",
                        )
        return None

    def _nominal(self, mention: Span) -> Resolved | None:
        entry = lexicon.load().nominals.get(mention[-1].lower_)
        text = self.narrative.span_text(mention)
        first = mention[0].lower_
        if entry is None:
            return Resolved(text, "unnamed", "nominal")
        if entry.type == "organization":
            return self._organization(mention, text)
        if entry.type == "document":
            return Resolved(text, "document", "nominal")
        if first in ("the", "this", "that") and mention[-1].lower_ in _NAMELESS:
            return self._same_nameless(mention) or Resolved(text, "unnamed", "nominal")
        if first in ("the", "this", "that") and not entry.plural and _is_plain(mention):
            entity = self._described(mention)
            if entity is not None:
                return Resolved(entity.text, "person", "nominal", f"‘{text}’ is {entity.text}")
        return Resolved(text, "unnamed", "nominal")

    def _same_nameless(self, mention: Span) -> Resolved | None:
        """“the source”: the last one described in other words."""
        for earlier in reversed(self.narrative.mentions):
            if earlier.start < mention.start and earlier.label_ == NOMINAL and earlier[-1].lower_ == mention[-1].lower_:
                if earlier[0].lower_ in _INDEFINITE:
                    return Resolved(self.narrative.span_text(earlier), "unnamed", "nominal")
        return None

    def _organization(self, mention: Span, text: str) -> Resolved:
        """“the campaign”: the last one of that noun with a name, else the words themselves."""
        named = any(token.text[0].isupper() for token in mention[1:])
        if not named and mention[0].lower_ in ("the", "its", "this", "that"):
            for earlier in reversed(self.narrative.mentions):
                if earlier.start < mention.start and earlier[-1].lower_ == mention[-1].lower_ and len(earlier) > 2:
                    if any(token.text[0].isupper() for token in earlier[1:]):
                        return Resolved(_without_article(self.narrative.span_text(earlier)), "organization", "nominal")
        return Resolved(_without_article(text) if named else text, "organization", "nominal")

    def _described(self, mention: Span) -> Entity | None:
        """The person “the senator” stands for: one with that title, else the one in focus."""
        head = mention[-1].lower_
        sex = "F" if head in _FEMALE_NOUNS else "M" if head in _MALE_NOUNS else "-"
        for person in reversed(self.people):
            if person.token < mention.start and any(_fits(title, head) for title in person.entity.titles):
                return person.entity
        if mention.start and (
            sex != "-" or head not in ("spokesman", "spokeswoman", "spokesperson", "aide", "official")
        ):
            entities = [self._person_before(mention.start, s) for s in ((sex,) if sex != "-" else ("M", "F"))]
            known = [entity for entity in entities if entity is not None]
            spoke = [entity for entity in known if self.last and entity.text == self.last[-1][1]]
            return (spoke or known or [None])[0]
        return None

    def _sentence(self, token: int) -> int:
        return bisect_left(self._sentence_ends, token)

    def _quoted_tokens(self) -> set[int]:
        return {
            item.token for place in self.narrative.places for item in self.narrative.inner_row(place) if item.token >= 0
        }

    def _is_subject(self, span: Span) -> bool:
        before = self.narrative.doc[span.start - 1].lower_ if span.start else "."
        after = self.narrative.doc[span.end].text if span.end < len(self.narrative.doc) else "."
        return before not in _PREPOSITIONS and after not in ("'s", "’s", "'", "’")


_NAMELESS = frozenset(
    "source aide official spokesman spokeswoman spokesperson person adviser advisor strategist insider".split()
)


def _is_plain(mention: Span) -> bool:
    """True for “the former senator”, “the Republican nominee”: nobody else is named in it."""
    lists = lexicon.load()
    return len(mention) <= 4 and all(token.text[0].islower() or token.text in lists.not_names for token in mention[1:])


def _words(span: Span) -> list[str]:
    return [token.text for token in span if not token.is_space]


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else text


def _fits(title: str, noun: str) -> bool:
    """True when a title names the office of a noun: Sen. and senator."""
    stem = title.lower().rstrip(".")
    return len(stem) >= 3 and noun.startswith(stem)
