"""Who a mention is: names, pronouns and nominals resolved to the speakers of one document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from spacy.tokens import Span

from indexer.domain import UNKNOWN_AUTHOR, Document, MentionKind, SpeakerType

from . import clauses, labels, lexicon, roles
from .annotations import NAMES
from .descriptions import is_for_one, name_of
from .lexicon import small_words
from .mention_finder import NAME, NOMINAL, PRONOUN
from .names import Entity, Names, split_title
from .narrative import Narrative
from .people import SEX, Meant, People, words_of

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
_THINGS = frozenset({"it", "its"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her"})
_UNKNOWN = lexicon.Nominal("person", False)
"""For a noun that is in no list: the parse made it the head of a mention."""
_FARTHEST_THING = 120
"""How many tokens back “it”, “they” and “the campaign” are looked up."""

_FARTHEST_NAMELESS = 300
"""How many mentions back “the official” is looked up."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker: the fullest name without titles, its type, the kind of mention, and how it was found.

    `signs`: what tells how sure that is, as named numbers (see `confidence`).
    """

    name: str
    type: SpeakerType
    kind: MentionKind
    how: str = ""
    signs: tuple[tuple[str, float], ...] = field(default=(), compare=False)


class Speakers:
    """The people, organisations and documents of one document, and which of them spoke last."""

    def __init__(self, narrative: Narrative, metadata: Document | None) -> None:
        self.narrative = narrative
        self.metadata = metadata
        self.names = Names()
        spans = list(narrative.doc.spans[NAMES])
        title = (metadata.title or "") if metadata else ""
        self.names.read([words_of(span) for span in spans], [_kind_of(span) for span in spans], title)
        self._weigh(spans)
        self._starts = [mention.start for mention in narrative.mentions]
        self.people = People(narrative, self.names, spans)

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

    @cached_property
    def roles(self) -> dict[str, str]:
        """What the text says that each person is, by name, as it is first printed: a title or a description."""
        found: dict[str, str] = {}
        for span in self.narrative.doc.spans[NAMES]:
            words = words_of(span)
            entity = self.names.find(words)
            if entity is not None and entity.type == "person" and entity.text not in found:
                role = roles.printed(span, len(split_title(words)[0]))
                found |= {entity.text: role} if role else {}
        return found

    # --- names ---------------------------------------------------------------------------------------

    def _weigh(self, spans: list[Span]) -> None:
        """Count what the language model takes each name for, where it read the text."""
        entities: dict[int, Entity] = {}
        for span in spans:
            entity = self.names.find(words_of(span)) if span[0].ent_iob else None
            if entity is not None:
                if id(entity) not in entities:
                    entity.kinds.clear()  # `names.read` has counted the full names alone, to match the short ones
                entity.kinds[_kind_of(span)] += 1
                entities[id(entity)] = entity
        for entity in entities.values():
            entity.settle()
        for span in spans:
            entity = self.names.find(words_of(span))
            if entity is not None and _is_after_its_kind(span) and not entity.is_told_a_person:
                entity.type = "organization"

    def _name(self, mention: Span) -> Resolved:
        beside = name_of(self.narrative, mention) if _is_office(mention) else None
        if beside is not None and not _is_office(beside):
            return self._name(beside)
        entity = self.names.find(words_of(mention))
        if entity is None:
            return Resolved(self.narrative.span_text(mention), "person", "name")
        rivals = self.names.rivals(words_of(mention))
        seen = min(entity.count, 4.0) / 4
        signs = (("rivals", min(rivals, 3.0)), ("full name", float(seen > 0)), ("seen", seen))
        return Resolved(entity.text, entity.type, "name", signs=signs)

    # --- pronouns ------------------------------------------------------------------------------------

    def _pronoun(self, mention: Span) -> Resolved | None:
        word = mention.text.lower()
        if word in _FIRST_PERSON:
            author = self.metadata.author if self.metadata else None
            return Resolved(author or UNKNOWN_AUTHOR, "author", "author", "the author writes in the first person")
        if word in SEX:
            return _by_pronoun(mention, self.people.before(mention.start, SEX[word]))
        if word == "one":
            return self._one_of(mention)
        thing = self._thing_before(mention, word in _THINGS)
        return replace(thing, kind="pronoun", how=f"‘{mention.text}’ is {thing.name}") if thing else None

    def _pronoun_inside(self, mention: Span, around: Resolved) -> Resolved | None:
        """Inside a quotation “I” is who speaks it, and “he” and “she” are somebody else."""
        word = mention.text.lower()
        if word in _FIRST_PERSON:
            return replace(around, kind="pronoun", how=f"‘{mention.text}’ is {around.name}")
        if word in SEX:
            return _by_pronoun(mention, self.people.before(mention.start, SEX[word], but=around.name))
        return None if word == "you" else self._pronoun(mention)

    def _one_of(self, mention: Span) -> Resolved | None:
        """“one of two sailors who …” is what it says; “one” alone is one of the last group named."""
        text = self._in_full(mention)
        if text != mention.text:
            return Resolved(text, "unnamed", "pronoun")
        for earlier in self._mentions_before(mention):
            entry = lexicon.load().nominals.get(earlier[-1].lower_) if earlier.label_ == NOMINAL else None
            if entry is not None and entry.plural and earlier.start not in self.narrative.inside:
                kind: SpeakerType = "unnamed" if entry.type == "person" else entry.type
                return Resolved(self._in_full(earlier), kind, "pronoun", f"‘{mention.text}’ is of {earlier.text}")
        return None

    def _thing_before(self, mention: Span, single: bool) -> Resolved | None:
        """What “it” or “they” stands for: the last organisation, document or group named."""
        for earlier in self._mentions_before(mention):
            if earlier.label_ == NAME:
                found = self._name(earlier)
                if found.type != "person" and found.name not in lexicon.load().places:
                    return found
            elif earlier.label_ == NOMINAL:
                entry = lexicon.load().nominals.get(earlier[-1].lower_, _UNKNOWN)
                is_new = entry.type == "document" and earlier[0].lower_ in small_words("indefinite")
                if (not is_new or self._is_after_preposition(earlier)) and not self.people.is_subject(earlier):
                    continue
                if _may_be_it(entry) if single else entry.plural or entry.type == "organization":
                    return self._nominal(earlier)
        return None

    def _is_after_preposition(self, mention: Span) -> bool:
        """True for what something is said in: in *a statement*, with *a letter*."""
        before = self.narrative.doc[mention.start - 1].lower_ if mention.start else ""
        return before in small_words("preposition")

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
        beside = name_of(self.narrative, mention) if is_for_one(mention) else None
        if beside is not None:
            return replace(self._name(beside), kind="nominal", how=f"‘{mention.text}’ stands beside {beside.text}")
        if entry is None:
            return Resolved(self._in_full(mention), "unnamed", "nominal")
        if entry.type == "organization":
            return self._outlet(mention) or self._organization(mention, text)
        if entry.type == "document":
            is_new = mention[0].lower_ in small_words("indefinite")
            return self._owner(mention) or Resolved(self._in_full(mention) if is_new else text, "document", "nominal")
        if is_definite and mention[-1].lower_ in small_words("nameless"):
            return self._same_nameless(mention) or Resolved(self._in_full(mention), "unnamed", "nominal")
        return self._somebody(mention, is_definite and not entry.plural)

    def _somebody(self, mention: Span, is_one: bool) -> Resolved:
        """“the senator”, “the diplomat”: who was named so, or who is in mind; else nobody with a name.

        `is_one`: it means one person of whom the text has told.
        """
        plain = _is_plain(mention) or _is_from_a_place(mention)
        entity = self.people.described(mention) if is_one and plain else None
        if entity is not None:
            return _meant(mention, entity, "nominal")
        full = self._in_full(mention)
        if is_one and mention[0].lower_ == "the" and plain and full == mention.text:
            if (before := self._same_nameless(mention)) is not None:
                return before
            entity = self.people.in_mind(mention) if self._is_first_of_its_noun(mention) else None
            if entity is not None:
                return _meant(mention, entity, "nominal")
        return Resolved(full, "unnamed", "nominal")

    def _is_first_of_its_noun(self, mention: Span) -> bool:
        """True where nobody was called so before, and nothing tells more: not “the clerk, who would give no name”."""
        doc, noun = mention.doc, mention[-1].lower_
        at = bisect_left(self._starts, mention.start)
        before = self.narrative.mentions[max(0, at - _FARTHEST_NAMELESS) : at]
        is_told = doc[mention.end : mention.end + 2].text.lower() in (", who", ", whose")
        return not is_told and all(earlier[-1].lower_ != noun for earlier in before if earlier.label_ == NOMINAL)

    def _in_full(self, mention: Span) -> str:
        """The whole description of somebody unnamed: *a source who was in the room*, of which the mention is a part."""
        return self.narrative.span_text(clauses.described_fully(self.narrative, mention))

    def _owner(self, mention: Span) -> Resolved | None:
        """Whose document it is, where the mention names that: *Ada Brink*'s letter."""
        names = [
            name for name in self._names_in(mention) if mention.doc[name.end].text in small_words("possessive_mark")
        ]
        return replace(self._name(names[-1]), kind="nominal") if names else None

    def _outlet(self, mention: Span) -> Resolved | None:
        """The paper that a mention names: the staid *Tarn Post* newspaper."""
        if mention[-1].lower_ not in small_words("outlet"):
            return None
        names = [name for name in self._names_in(mention) if _kind_of(name) == "ORG" and name.end == mention.end - 1]
        return replace(self._name(names[-1]), kind="nominal", type="organization") if names else None

    def _names_in(self, mention: Span) -> list[Span]:
        """The names inside a nominal, before its last word."""
        names = self.narrative.doc.spans[NAMES]
        return [name for name in names if mention.start <= name.start and name.end < mention.end]

    def _same_nameless(self, mention: Span) -> Resolved | None:
        """“the source”: the last one that was brought up with “a” or “another”."""
        before = self.narrative.mentions[: bisect_left(self._starts, mention.start)]
        for earlier in reversed(before[-_FARTHEST_NAMELESS:]):
            same = earlier.label_ == NOMINAL and earlier[-1].lower_ == mention[-1].lower_
            if same and (earlier[0].lower_ in small_words("indefinite") or self._is_owned(earlier)):
                return Resolved(self._in_full(earlier), "unnamed", "nominal")
        return None

    def _is_owned(self, mention: Span) -> bool:
        """True for “the mayor's spokesman”, in a parsed text."""
        return self.people.is_parsed and any(token.text in small_words("possessive_mark") for token in mention)

    def _organization(self, mention: Span, text: str) -> Resolved:
        """“the campaign”: the last one of that noun with a name, else the words themselves."""
        if _has_name(mention):
            return Resolved(_without_article(text), "organization", "nominal")
        if owner := self._owner_of_campaign(mention):
            return owner
        if mention[0].lower_ in _DEFINITE:
            for earlier in self._mentions_before(mention):
                if earlier[-1].lower_ == mention[-1].lower_ and _has_name(earlier):
                    return Resolved(_without_article(self.narrative.span_text(earlier)), "organization", "nominal")
            if named := self._last_organization(mention):
                return named
        return Resolved(text, "organization", "nominal")

    def _owner_of_campaign(self, mention: Span) -> Resolved | None:
        """“her campaign” is the Brink campaign."""
        word = mention[0].lower_
        is_campaign = word in SEX and len(mention) == 2 and mention[-1].lower_ in small_words("campaign")
        meant = self.people.before(mention.start, SEX[word]) if is_campaign else None
        if meant is None or meant.entity.type != "person":
            return None
        name = f"{meant.entity.text} {mention[-1].lower_}"
        return Resolved(name, "organization", "nominal", f"‘{mention.text}’ is that of {meant.entity.text}")

    def _last_organization(self, mention: Span) -> Resolved | None:
        """What “the company” stands for by the parse: the last organisation named that is the subject of a verb."""
        if (
            not self.people.is_parsed
            or not _is_lower(mention)
            or mention[-1].lower_ not in small_words("any_organization")
        ):
            return None
        for earlier in self._mentions_before(mention):
            if earlier.label_ == NAME and self.people.is_subject(earlier):
                found, kind = self._name(earlier), _kind_of(earlier)
                is_place = kind == "PLACE" or found.name in lexicon.load().places
                if kind == "ORG" or (found.type == "organization" and not is_place):
                    how = f"‘{mention.text}’ is {found.name}"
                    return Resolved(found.name, "organization", "nominal", how)
        return None


def _is_office(name: Span) -> bool:
    """True for an office with capitals and no name: the *Deputy Governor*, Mrs. Ada Brink, said."""
    lists = lexicon.load()
    return all(word in lists.titles or word in lists.before_titles for word in words_of(name))


def _may_be_it(entry: lexicon.Nominal) -> bool:
    return entry.type != "person" and not entry.plural


def _is_after_its_kind(name: Span) -> bool:
    """True for a name right after a noun for organisations: the radio station *Tarn Live*, the daily *Tarn Post*."""
    noun = name.doc[name.start - 1].lower_ if name.start else ""
    entry = lexicon.load().nominals.get(noun)
    is_one = entry is not None and entry.type == "organization" and not entry.plural
    return is_one or noun in small_words("outlet")


def _is_lower(mention: Span) -> bool:
    """True for “the company”, “the left-leaning newspaper”: no name in it."""
    words = [token.text for token in mention if token.text[0].isalpha()]
    return len(words) <= 4 and all(word[0].islower() for word in words[1:])


def _meant(mention: Span, entity: Entity, kind: MentionKind) -> Resolved:
    return Resolved(entity.text, entity.type, kind, f"‘{mention.text}’ is {entity.text}")


def _by_pronoun(mention: Span, meant: Meant | None) -> Resolved | None:
    if meant is None:
        return None
    signs = (("lead", min(meant.lead, 4.0) / 2), ("fit", meant.entity.fits(SEX[mention.text.lower()])))
    return replace(_meant(mention, meant.entity, "pronoun"), signs=signs)


def _kind_of(name: Span) -> str:
    """PERSON, ORG, PLACE, or "" where the language model sees no name; the last word that has a kind decides."""
    kinds = [labels.entity_kind(token.ent_type_) for token in name]
    return next((kind for kind in reversed(kinds) if kind), "")


def _is_plain(mention: Span) -> bool:
    """True for “the former senator”, “the Republican nominee”: nobody else is named in it."""
    lists = lexicon.load()
    words = [token for token in mention[1:] if token.text[0].isalpha()]
    return len(words) <= 3 and all(token.text[0].islower() or token.text in lists.not_names for token in words)


def _is_from_a_place(mention: Span) -> bool:
    """True for “the Florida senator”: by the language model, the names in it are those of places."""
    lists = lexicon.load()
    names = [token for token in mention[1:] if token.text[0].isupper() and token.text not in lists.not_names]
    placed = (labels.entity_kind(token.ent_type_) == "PLACE" or token.text in lists.places for token in names)
    return bool(names) and len(mention) <= 5 and bool(mention[0].ent_iob) and all(placed)


def _has_name(mention: Span) -> bool:
    """True for “the Clinton campaign”."""
    return len(mention) > 1 and any(token.text[0].isupper() for token in mention[1:])


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in small_words("article") and rest else text
