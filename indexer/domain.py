"""The words of this project, as frozen dataclasses: what a document, a quotation and an attribution are.

PARC and Citron call the quoted words "content" and the speaker "source". Here a *source* is where a
text came from and never a person; the quoted words are a *quotation*, who said them is its *speaker*.

All offsets are Unicode code points into `Document.text`, half open: `text[start:end]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["direct", "mixed", "term"]
"""direct: reported speech of its own; mixed: a fragment woven into the writer's clause; term: no speech."""

MentionKind = Literal["name", "pronoun", "nominal", "author"]
SpeakerType = Literal["person", "organization", "document", "unnamed", "author"]
Tier = Literal["certain", "probable", "uncertain"]

KINDS: tuple[Kind, ...] = ("direct", "mixed", "term")
TIERS: tuple[Tier, ...] = ("certain", "probable", "uncertain")
CERTAIN_FROM = 0.9
PROBABLE_FROM = 0.6
UNKNOWN_AUTHOR = "AUTHOR"
"""The speaker's name where the document's author speaks and the document does not say who that is."""


def tier_of(confidence: float) -> Tier:
    """The tier of a confidence between 0 and 1: certain from 0.9, probable from 0.6, else uncertain."""
    if confidence >= CERTAIN_FROM:
        return "certain"
    return "probable" if confidence >= PROBABLE_FROM else "uncertain"


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its metadata.

    `id` is what output calls the document: the path as given, or the id of a corpus line.
    `published` is an ISO date (YYYY, YYYY-MM or YYYY-MM-DD), `language` an ISO 639-1 code.
    """

    id: str
    text: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read: its name, what is wrong, and what to do about it."""

    source: str
    problem: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text: its offsets (code points) and exactly those characters."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention(Passage):
    """The words in the text that refer to the speaker of a quotation."""

    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Quotation(Passage):
    """Quoted words, marks excluded.

    `utterance` numbers stretches of speech within the document from 0, in reading order;
    `nested_in` holds the offsets of the quotation around this one.
    """

    kind: Kind
    utterance: int = 0
    nested_in: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quotation with what the text says about who spoke it.

    `speaker` is the fullest name the document gives, without titles, and None when it names nobody;
    `via` who relays the words; `said_on` YYYY[-MM[-DD]]; `confidence` lies between 0 and 1;
    `evidence` is one short sentence for people. `role` is a title or description of the speaker as the document
    prints it (“Foreign Minister”, “the bookseller”); it is for telling people apart, and no part of the record.
    """

    quotation: Quotation
    cue: Passage | None = None
    mention: Mention | None = None
    speaker: str | None = None
    speaker_type: SpeakerType | None = None
    via: str | None = None
    said_on: str | None = None
    confidence: float = 0.0
    evidence: str = ""
    role: str | None = None

    @property
    def start(self) -> int:
        """Where the quoted words start, in code points."""
        return self.quotation.start

    @property
    def end(self) -> int:
        """Where the quoted words end, in code points."""
        return self.quotation.end

    @property
    def text(self) -> str:
        """The quoted words, character by character as printed."""
        return self.quotation.text

    @property
    def kind(self) -> Kind:
        """direct, mixed or term."""
        return self.quotation.kind

    @property
    def utterance(self) -> int:
        """The number of the stretch of speech this quotation belongs to."""
        return self.quotation.utterance

    @property
    def nested_in(self) -> tuple[int, int] | None:
        """The offsets of the quotation around this one."""
        return self.quotation.nested_in

    @property
    def tier(self) -> Tier:
        """certain, probable or uncertain, from the confidence."""
        return tier_of(self.confidence)

    @property
    def is_attributed_quotation(self) -> bool:
        """True for speech with a speaker: what is printed and counted unless everything is asked for."""
        return self.kind != "term" and self.speaker is not None

    def as_record(self, document: str) -> dict[str, Any]:
        """The JSON object of the output contract; `document` is the document's id."""
        return {
            "document": document,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "cue": _passage_record(self.cue),
            "mention": _mention_record(self.mention),
            "speaker": self.speaker,
            "speaker_type": self.speaker_type,
            "via": self.via,
            "said_on": self.said_on,
            "confidence": round(self.confidence, 4),
            "tier": self.tier,
            "utterance": self.utterance,
            "nested_in": None if self.nested_in is None else dict(zip(("start", "end"), self.nested_in, strict=True)),
            "evidence": self.evidence,
        }


def _passage_record(passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {"start": passage.start, "end": passage.end, "text": passage.text}


def _mention_record(mention: Mention | None) -> dict[str, Any] | None:
    record = _passage_record(mention)
    if record is not None and mention is not None:
        record["kind"] = mention.kind
    return record
