"""Names: what is title and what is name, whether it is a person's, and which names are one person's. No spaCy."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.domain import SpeakerType

from . import lexicon
from .lexicon import small_words

_CLOSED_UP = re.compile(r" (\.|[’']s?\b|[’'](?= ))")
"""What stands close to the word before it."""
_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
_MARKS = frozenset("\"'“‘«„`")
"""What a nickname inside a name begins with."""
_LONGEST_NAME = 4
"""More words than this after a title are no person's name."""
_NEVER = -100.0
"""How badly a pronoun of the other sex fits somebody whose sex the text tells."""
_HARDLY = -2.5
"""How badly it fits somebody whose given name is mostly borne by the other sex."""
_DOMAIN = re.compile(r"\w\.(?:com|org|net|gov|edu|co|io|tv|uk|info)$", re.IGNORECASE)
"""How the name of a website ends."""
_LATE = 1_000_000
"""The place of what is not named in full."""
_MOST = 0.7
"""The share of a name's places from which a language model's word for its kind counts."""


def split_title(words: list[str]) -> tuple[list[str], list[str]]:
    """The titles and the name proper of a name's words: ["House", "Speaker", "Paul", "Ryan"] -> 2 + 2."""
    lists = lexicon.load()
    is_title = [word in lists.titles and following[0].isupper() for word, following in pairwise(words)]
    last = max((i for i, found in enumerate(is_title) if found), default=_office(words) - 1)
    last = max(last, _at_large(words))
    rest = words[last + 1 :]
    if last >= 0 and (lists.organization_words.intersection(rest) or len(rest) > _LONGEST_NAME):
        return [], words
    if len(rest) > 3 and rest[-2] in lists.given_names and rest[-3] not in lists.given_names and len(rest[-3]) > 2:
        last = len(words) - 3
    return words[: last + 1], words[last + 1 :]


def _at_large(words: list[str]) -> int:
    """The last word of an office at large: Ambassador at *Large* Ada Brink; -1 for none."""
    titles = lexicon.load().titles
    places = (i for i in range(2, len(words) - 1) if words[i - 1 : i + 1] == ["at", "Large"] and words[i - 2] in titles)
    return next(places, -1)


def _office(words: list[str]) -> int:
    """How many words name an office before a full name: Secretary of State | John Brink."""
    lists = lexicon.load()
    if words[0] not in lists.titles or words[1:2] != ["of"]:
        return 0
    named = [at for at in range(3, len(words) - 1) if words[at] in lists.given_names and words[at - 1][0].isupper()]
    return named[0] if named else 0


@dataclass(slots=True, eq=False)
class Entity:
    """One person, organisation or document under all the names the text gives it.

    `titles` and `roles` as the text gives them (roles in lower case); `count` full names seen, `first` the place of the
    first one among all names; `kinds`: how often a language model took the name for a PERSON, an ORG, a PLACE, or for
    no name (""); `likely_sex`: what the given name tells, as in the lexicon (M and F: hardly ever another, m and f:
    mostly), `pronouns` what those say that surely mean this one.
    """

    name: list[str]
    type: SpeakerType
    titles: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    sexes: Counter[str] = field(default_factory=Counter)
    pronouns: Counter[str] = field(default_factory=Counter)
    likely_sex: str = "-"
    count: int = 0
    first: int = _LATE
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """The fullest name, without titles."""
        return join(self.name)

    @property
    def sex(self) -> str:
        """M or F by what the text says (titles, nouns, pronouns), - where it does not tell."""
        return self.sexes.most_common(1)[0][0] if self.sexes else "-"

    def fits(self, sex: str) -> float:
        """How well “he” (M) or “she” (F) fits: 1 by what the text says, less by the given name, below 0 against it."""
        if self.sex != "-":
            return 1.0 if self.sex == sex else _NEVER
        if self.likely_sex == "-" and self.pronouns:
            return 1.0 if self.pronouns.most_common(1)[0][0] == sex else _NEVER
        fit = {"-": 0.0, sex: 1.0, sex.lower(): 0.5}.get(self.likely_sex)
        if fit is not None:
            return fit
        return _NEVER if self.likely_sex.isupper() else _HARDLY

    @property
    def is_surely_a_person(self) -> bool:
        """True when a title, a role, a given name before another, or the language model says so."""
        return self.is_told_a_person or (self.type == "person" and self._share("PERSON") > _MOST)

    @property
    def is_told_a_person(self) -> bool:
        """True when a title, a role or a given name before another says so."""
        return self.type == "person" and (bool(self.titles or self.roles) or self._has_given_name)

    @property
    def personal(self) -> float:
        """The share of its places at which a language model took the name for a person's, a doubtful place added."""
        return (self.kinds["PERSON"] + 0.5) / (self.kinds.total() + 1)

    @property
    def is_rather_no_person(self) -> bool:
        """True where a language model took it for a place or an organisation more often than for a person."""
        return self.kinds["PLACE"] + self.kinds["ORG"] > self.kinds["PERSON"]

    def settle(self) -> None:
        """Take the language model's word for what a name is, where the text and the words of the name do not tell."""
        told = self.titles or self.roles or lexicon.load().organization_words.intersection(self.name)
        if told or self.type == "document" or self._has_given_name:
            return
        if self._share("PERSON") > _MOST:
            self.type = "person"
        elif self._share("ORG", "PLACE") > _MOST:
            self.type = "organization"

    @property
    def _has_given_name(self) -> bool:
        lists = lexicon.load()
        if len(self.name) < 2 or self.text in lists.bodies:
            return False
        return self.name[0] in lists.given_names or self.name[0] in lists.rare_names

    def _share(self, *kinds: str) -> float:
        """How often the model took the name for one of these kinds: 0 to 1."""
        return sum(self.kinds[kind] for kind in kinds) / max(2, self.kinds.total())


def join(words: list[str]) -> str:
    """The words of a name as one string; hyphens, full stops and possessives as printed."""
    return _CLOSED_UP.sub(r"\1", " ".join(words).replace(" - ", "-"))


class Names:
    """The names of one document, joined where they are one person's."""

    def __init__(self) -> None:
        self._by_words: dict[tuple[str, ...], Entity] = {}
        self._by_edge: defaultdict[str, list[Entity]] = defaultdict(list)
        self._by_initials: dict[str, Entity] = {}
        self._kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._title: frozenset[str] = frozenset()
        self._order: dict[tuple[str, ...], int] = {}

    def read(self, names: list[list[str]], kinds: Iterable[str] = (), title: str = "") -> None:
        """Take in all names of a document (each a list of words, titles included), in the order of the text.

        `kinds`: what a language model takes each of them for (see `Entity`); `title`: the document's own.
        """
        self._title = frozenset(re.findall(r"[\w-]+", title))
        self._order = {tuple(split_title(words)[1]): at for at, words in reversed(list(enumerate(names)))}
        seen = list(zip(names, kinds, strict=False))
        for words, kind in seen:
            self._kinds[words[-1]][kind] += len(words) == 1
        lasts = {words[-1] for words in names}
        split = [split_title(words) for words in names if not _is_pair(words, lasts)]
        for titles, name in sorted(split, key=lambda pair: -len(_core(pair[1]))):
            if len(_core(name)) > 1:
                self._add(titles, name)
        for words, kind in seen:
            if (entity := self._by_words.get(tuple(split_title(words)[1]))) is not None:
                entity.kinds[kind] += 1
        for titles, name in split:
            if len(_core(name)) <= 1:
                self._add(titles, name)

    def find(self, words: list[str]) -> Entity | None:
        """The entity of a name as it stands in the text (titles included)."""
        titles, name = split_title(words)
        if len(_core(name)) <= 1 and titles:
            return self._match(titles, name) or self._by_words.get(tuple(name))
        return self._by_words.get(tuple(name))

    def rivals(self, words: list[str]) -> int:
        """How many others bear the last word of a name."""
        _, name = split_title(words)
        core = _core(name)
        return max(0, len(self._by_edge.get(core[-1], ())) - 1) if core else 0

    def _add(self, titles: list[str], name: list[str]) -> None:
        short = len(_core(name)) <= 1
        entity = None if titles and short else self._by_words.get(tuple(name))
        entity = entity or self._match(titles, name) or self._new(titles, name)
        if titles and entity.type != "person" and not lexicon.load().organization_words.intersection(name):
            entity.type = "person"
        self._by_words.setdefault(tuple(name), entity)
        if not short and entity.type == "person" and len(name) > len(entity.name):
            entity.name = name
        entity.count += not short
        entity.first = min(entity.first, self._order.get(tuple(name), entity.first))
        entity.titles.update(titles)
        told = sex_of(titles)
        if told != "-":
            entity.sexes[told] += 2
        if entity.likely_sex == "-":
            entity.likely_sex = likely_sex_of(name)

    def _new(self, titles: list[str], name: list[str]) -> Entity:
        entity = Entity(name, type_of(titles, name))
        core = _core(name)
        for edge in {core[0], core[-1]} if core else ():
            self._by_edge[edge].append(entity)
        if len(name) > 1:
            self._by_initials.setdefault("".join(word[0] for word in name if word[0].isupper()), entity)
        return entity

    def _match(self, titles: list[str], name: list[str]) -> Entity | None:
        """The entity that this name is a shorter or longer form of."""
        core = _core(name)
        if not core:
            return None
        sex = sex_of(titles)
        fitting = [
            entity
            for entity in self._by_edge.get(core[-1], ())[:50]
            if _same(core, entity, bool(titles))
            and not (len(core) == 1 and not titles and self._is_no_person(core[0]) and entity.type == "person")
            and (sex == "-" or entity.fits(sex) > -2)
            and (len(core) == 1 or _suffix(name) == _suffix(entity.name))
        ]
        if fitting:
            return max(
                fitting, key=lambda entity: (_core(entity.name)[-1] == core[-1], *self._importance(core, entity))
            )
        if len(name) == 1 and len(name[0]) > 3 and name[0].isupper() and not titles:
            return self._match(["-"], [name[0].capitalize()])
        is_acronym = len(name) == 1 and name[0].isupper() and 2 <= len(name[0]) <= 6
        return self._by_initials.get(name[0]) if is_acronym else None

    def _importance(self, core: list[str], entity: Entity) -> tuple[float, ...]:
        """Who a bare surname means: whom the title names in full, else who was introduced first; else by count."""
        words = _core(entity.name)
        if len(core) > 1 or len(words) < 2:
            return False, -_LATE, entity.count
        return {words[0], words[-1]} <= self._title, -entity.first, entity.count

    def _is_no_person(self, word: str) -> bool:
        """True for a word that, where it stands alone, the language model takes for an organisation."""
        kinds = self._kinds.get(word, Counter())
        return kinds["ORG"] > _MOST * max(2, kinds.total())


def _is_pair(words: list[str], lasts: set[str]) -> bool:
    """True for two people's names in one: the *Brink-Sato* plan, where both are named on their own."""
    return len(words) == 3 and words[1] == "-" and words[0] in lasts and words[2] in lasts


def _core(name: list[str]) -> list[str]:
    """The words that tell people apart: no initials, no nickname in marks, no suffix."""
    apart = (word for word in name if word not in _SUFFIXES and word != "." and word[0] not in _MARKS)
    return [word for word in apart if not (len(word) == 2 and word[1] == ".")]


def _same(short: list[str], entity: Entity, has_title: bool) -> bool:
    """True when a name may be a shorter form of an entity's: a surname, a given name, a family name put first."""
    lists = lexicon.load()
    full = _core(entity.name)
    if len(short) == 1:
        first = short[0] == full[0] and len(full) > 1
        if entity.type == "person":
            known = has_title or short[0] in lists.given_names or entity.is_surely_a_person or entity.personal > _MOST
            return short[0] == full[-1] or (first and known)
        return first and short[0] not in lists.places
    if entity.type != "person":
        return short == full
    is_rest = short == full[-len(short) :]
    is_double_surname = is_rest and (
        short[0] not in lists.given_names or short[0].lower() in small_words("small_in_name")
    )
    return short[-1] == full[-1] and (short[0] == full[0] or is_double_surname)


def _suffix(name: list[str]) -> str:
    """Jr. or III: what keeps a son apart from his father."""
    return name[-1].rstrip(".") if name[-1] in _SUFFIXES else ""


def sex_of(titles: Iterable[str]) -> str:
    """M, F or -: what the titles tell."""
    known = lexicon.load().titles
    return next((known[title] for title in titles if known.get(title, "-") != "-"), "-")


def likely_sex_of(name: list[str]) -> str:
    """M, F, m, f or -: what the given name of a full name tells."""
    lists = lexicon.load()
    if len(name) < 2 or name[0] in small_words("family_first"):
        return "-"
    return lists.given_names.get(name[0]) or lists.rare_names.get(name[0], "-")


def type_of(titles: list[str], name: list[str]) -> SpeakerType:
    """What kind of speaker a name is, from its words alone."""
    lists = lexicon.load()
    of_organizations = bool(lists.organization_words.intersection(name))
    if name[-1] in lists.document_words and name[0] not in lists.given_names:
        return "document"
    if titles and not of_organizations:
        return "person"
    if of_organizations and not (len(name) == 2 and name[0] in lists.given_names):
        return "organization"
    if len(name) == 1 and (name[0].isupper() or name[0] in lists.places or _DOMAIN.search(name[0])):
        return "organization"
    full = join(name)
    return "organization" if full in lists.places or full in lists.bodies or name[0] == "The" else "person"
