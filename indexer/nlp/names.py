"""Names: what is title and what is name, whether it is a person's, and which names are one person's. No spaCy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from indexer.domain import SpeakerType

from . import lexicon

_ORGANIZATION_WORDS = frozenset(
    "Party Committee News Times Post University Department Campaign Group Association Union Council Court Institute "
    "Center Centre Fund Bank Company Inc Inc. Corp Corp. PAC Journal Press Commission Agency Ministry Bureau House Senate "
    "Congress Parliament Government Administration Foundation Network Radio TV Television Magazine Herald Tribune Gazette "
    "Chronicle Observer Guardian Telegraph Daily Weekly Today Review Report Reports Wire Club League Society Federation "
    "Coalition Alliance Movement Army Navy Force Police Service Services Office Board Church School College Hospital "
    "Museum Library Systems Technologies Industries Partners Holdings Ltd Ltd. LLC Co. Trust Authority Assembly "
    "Conference Caucus Organization Project Initiative Action Workers Teachers Democrats Republicans Kremlin Pentagon "
    "State Nations Act Amendment Constitution Charter Treaty Law Poll Survey Research Morning Consult".split()
)
_DOCUMENT_WORDS = frozenset(
    "Act Amendment Constitution Charter Treaty Law Declaration Bible Koran Quran Report".split()
)
_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})


def split_title(words: list[str]) -> tuple[list[str], list[str]]:
    """The titles and the name proper of a name's words: ["House", "Speaker", "Paul", "Ryan"] -> 2 + 2."""
    lists = lexicon.load()
    last = max((i for i, word in enumerate(words[:-1]) if word in lists.titles), default=-1)
    rest = words[last + 1 :]
    if last >= 0 and (_ORGANIZATION_WORDS.intersection(rest) or len(rest) > 4):
        return [], words
    if len(rest) > 3 and rest[-2] in lists.given_names and rest[-3] not in lists.given_names and len(rest[-3]) > 2:
        last = len(words) - 3
    return words[: last + 1], words[last + 1 :]


@dataclass(slots=True)
class Entity:
    """One person, organisation or document under all the names the text gives it."""

    name: list[str]
    type: SpeakerType
    titles: set[str] = field(default_factory=set)
    sexes: Counter[str] = field(default_factory=Counter)
    count: int = 0

    @property
    def text(self) -> str:
        """The fullest name, without titles."""
        return join(self.name)

    @property
    def sex(self) -> str:
        """M, F or - where the text does not tell."""
        return self.sexes.most_common(1)[0][0] if self.sexes else "-"

    @property
    def is_surely_a_person(self) -> bool:
        """True when a title or a given name says so."""
        return self.type == "person" and (bool(self.titles) or self.name[0] in lexicon.load().given_names)


def join(words: list[str]) -> str:
    """The words of a name as one string; hyphens and full stops as printed."""
    return " ".join(words).replace(" - ", "-").replace(" .", ".")


class Names:
    """The names of one document, joined where they are one person's."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._by_words: dict[tuple[str, ...], Entity] = {}

    def read(self, names: list[list[str]]) -> None:
        """Take in all names of a document (each a list of words, titles included), in the order of the text."""
        split = [split_title(words) for words in names]
        for titles, name in sorted(split, key=lambda pair: -len(_core(pair[1]))):
            if len(_core(name)) > 1:
                self._add(titles, name)
        for titles, name in split:
            if len(_core(name)) <= 1:
                self._add(titles, name)

    def find(self, words: list[str]) -> Entity | None:
        """The entity of a name as it stands in the text (titles included)."""
        titles, name = split_title(words)
        if len(_core(name)) <= 1 and titles:
            return self._match(titles, name) or self._by_words.get(tuple(name))
        return self._by_words.get(tuple(name))

    def _add(self, titles: list[str], name: list[str]) -> None:
        entity = self._by_words.get(tuple(name)) if not (titles and len(_core(name)) <= 1) else None
        entity = entity or self._match(titles, name)
        if entity is None:
            entity = Entity(name, type_of(titles, name))
            self.entities.append(entity)
        if titles and entity.type != "person":
            entity.type = "person" if not _ORGANIZATION_WORDS.intersection(name) else entity.type
        self._by_words.setdefault(tuple(name), entity)
        entity.count += len(_core(name)) > 1
        entity.titles.update(titles)
        for sex in (sex_of(titles, name),):
            if sex != "-":
                entity.sexes[sex] += 2 if titles else 1

    def _match(self, titles: list[str], name: list[str]) -> Entity | None:
        """The entity that this name is a shorter or longer form of."""
        core = _core(name)
        if not core:
            return None
        sex = sex_of(titles, [])
        fitting = [
            e for e in self.entities if _same(core, _core(e.name), e.type) and (sex == "-" or e.sex in ("-", sex))
        ]
        if not fitting:
            return self._acronym(name)
        return max(fitting, key=lambda entity: entity.count)

    def _acronym(self, name: list[str]) -> Entity | None:
        if len(name) != 1 or not (name[0].isupper() and 2 <= len(name[0]) <= 6):
            return None
        for entity in self.entities:
            initials = "".join(word[0] for word in entity.name if word[0].isupper())
            if len(entity.name) > 1 and initials == name[0]:
                return entity
        return None


def _core(name: list[str]) -> list[str]:
    """The words that tell people apart: no initials, no suffix."""
    return [word for word in name if not (len(word) == 2 and word[1] == ".") and word not in _SUFFIXES and word != "."]


def _same(short: list[str], full: list[str], kind: SpeakerType) -> bool:
    if not full:
        return False
    if len(short) == 1:
        word = short[0]
        if kind == "person":
            return word == full[-1] or (word == full[0] and word in lexicon.load().given_names)
        return word == full[0] and len(full) > 1 and word not in lexicon.load().places
    if kind != "person":
        return short == full or (short[0] == "The" and short[1:] == full)
    return short[-1] == full[-1] and short[0] == full[0]


def sex_of(titles: list[str], name: list[str]) -> str:
    """M, F or -: what the titles tell, else the given name."""
    lists = lexicon.load()
    for title in titles:
        if lists.titles.get(title, "-") != "-":
            return lists.titles[title]
    return lists.given_names.get(name[0], "-") if len(name) > 1 else "-"


def type_of(titles: list[str], name: list[str]) -> SpeakerType:
    """What kind of speaker a name is, from its words alone."""
    lists = lexicon.load()
    if name and name[-1] in _DOCUMENT_WORDS and name[0] not in lists.given_names:
        return "document"
    if titles and not _ORGANIZATION_WORDS.intersection(name):
        return "person"
    if _ORGANIZATION_WORDS.intersection(name) and not (len(name) == 2 and name[0] in lists.given_names):
        return "organization"
    if len(name) == 1 and (name[0].isupper() or name[0] in lists.places):
        return "organization"
    if join(name) in lists.places or name[0] == "The":
        return "organization"
    return "person"
