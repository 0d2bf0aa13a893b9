"""Who is who across documents: from the speakers of single documents to those of the index. Pure.

The answer depends on what the documents say and on nothing else: neither on the order they came in nor on the machine.
Names that look alike never join by themselves; each way to join has its own rule here, and the rule is kept as the
reason. What joins whom: `same_name` (full names), `namesakes` (two people of one name), `surnames` (a single word),
`bodies` (organisations, documents).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from indexer.domain import UNKNOWN_AUTHOR, SpeakerType
from indexer.store.keys import normal_form, one_line, short_hash, storable
from indexer.store.speakers.person_names import PersonName, parse

_SUFFIX = {"organization": "-org", "document": "-doc"}
_LOOKS_SUFFIXED = re.compile(r"(^|-)(org|doc|person|[0-9a-f]{12})$")
_ARTICLE = re.compile(r"(?:the|an?|this|that|its?|their|his|her|our|my)\s+", re.IGNORECASE)
HERE = "named in this document only"


@dataclass(frozen=True)
class Evidence:
    """What one document says of one of its speakers.

    `name` is the fullest name that it gives, `also` the normal forms of its other names there, `role` a title or a
    description, `pronoun` he or she where the text tells; `companions` are the normal forms of the other speakers that
    it names; `publisher` and `published` (ISO date) are the document's.
    """

    id: int
    document: str
    name: str
    type: SpeakerType
    also: tuple[str, ...] = ()
    role: str | None = None
    pronoun: str | None = None
    publisher: str | None = None
    published: str | None = None
    companions: frozenset[str] = field(default=frozenset(), repr=False)

    @cached_property
    def normal(self) -> str:
        """The name's normal form, never empty; of an organisation without its article."""
        return normal_name(self.name, self.type)

    @cached_property
    def parts(self) -> PersonName:
        """The parts of the name, read as a person's."""
        return parse(self.name)

    @property
    def year(self) -> int | None:
        """The year that the document was published in."""
        return int(self.published[:4]) if self.published and self.published[:4].isdigit() else None

    @property
    def is_person(self) -> bool:
        """True for a person, an author included."""
        return self.type in ("person", "author")

    @property
    def place(self) -> tuple[str, str]:
        """What orders documents by age: the date, unknown ones last, and the document's key."""
        return self.published or "~", self.document


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a speaker of one document is in the index: the slug, the type, and the reason in a few words."""

    slug: str
    type: SpeakerType
    reason: str


@lru_cache(maxsize=50_000)
def normal_name(name: str, speaker_type: SpeakerType | None) -> str:
    """The normal form of a speaker's name; a hash of it where it has no words."""
    printed = one_line(storable(name))
    if speaker_type in ("organization", "document"):
        printed = re.sub(r"^the\s+(?=\S)", "", printed, flags=re.IGNORECASE)
    return normal_form(printed) or short_hash(printed, 12)


def stays_in_its_document(name: str, speaker_type: SpeakerType | None) -> bool:
    """True for somebody unnamed, for an author nobody names, and for “the company”, “this report”: no own name."""
    if speaker_type == "unnamed" or (speaker_type == "author" and name == UNKNOWN_AUTHOR):
        return True
    if speaker_type not in ("organization", "document"):
        return False
    words = _ARTICLE.sub("", one_line(name), count=1)
    return any(letter.islower() for letter in words) and not any(
        letter.isupper() or letter.isdigit() for letter in words
    )


def slug_of(normal: str, speaker_type: SpeakerType) -> str:
    """The slug of a speaker with this name alone; no two types share one."""
    if speaker_type in ("organization", "document"):
        return normal + _SUFFIX[speaker_type]
    return normal + "-person" if _LOOKS_SUFFIXED.search(normal) else normal


def local(name: str, speaker_type: SpeakerType, document: str) -> Resolution:
    """The speaker of this one document."""
    return Resolution(f"{normal_name(name, speaker_type)}-{short_hash(document, 12)}", speaker_type, HERE)


def apart(normal: str, mark: str) -> str:
    """The slug of one of several with a name: the name, and digits that tell which."""
    return f"{normal}-{short_hash(mark, 12)}"


def earliest(group: Iterable[Evidence]) -> Evidence:
    """The one of the oldest document; of undated ones the first by key."""
    return min(group, key=lambda one: (one.place, one.name))


def documents(group: Iterable[Evidence]) -> int:
    """In how many documents they are."""
    return len({one.document for one in group})


def blocks(one: Evidence) -> frozenset[str]:
    """The words by which others may turn out to be this speaker: only speakers that share one are ever compared."""
    return _blocks(one.name, one.type, one.also)


@lru_cache(maxsize=50_000)
def _blocks(name: str, speaker_type: SpeakerType, also: tuple[str, ...]) -> frozenset[str]:
    if stays_in_its_document(name, speaker_type):
        return frozenset()
    names = frozenset((normal_name(name, speaker_type), *also))
    if speaker_type not in ("person", "author"):
        return names
    return names | {parse(each.replace("-", " ")).last for each in names} | {parse(name).last}
