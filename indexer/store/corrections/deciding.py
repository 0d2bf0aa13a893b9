"""From what a person says about a quotation to a decision, checked against the text."""

from __future__ import annotations

import re
from typing import TypedDict

from indexer.domain import KINDS, UNKNOWN_AUTHOR, Attribution, Kind, SpeakerType
from indexer.errors import UsageError
from indexer.store.corrections.anchors import Anchor, anchor, places
from indexer.store.corrections.applying import Decision
from indexer.store.keys import normal_form, one_line, storable

_OFFSETS = re.compile(r"\s*(\d{1,12})\s*:\s*(\d{1,12})\s*", re.ASCII)
_SPAN_HINT = "copy the words as the document has them, or give offsets as 120:164"
TYPES: tuple[SpeakerType, ...] = ("person", "organization", "document", "unnamed", "author")


class Said(TypedDict, total=False):
    """What a person says: what is absent, None or False is left as it is. `span` is words, or START:END."""

    speaker: str | None
    speaker_type: SpeakerType | None
    nobody: bool
    no_quotation: bool
    kind: Kind | None
    span: str | None
    confirm: bool


def decide(text: str, found: Attribution, said: Said, known_type: SpeakerType | None = None) -> Decision:
    """The decision about a quotation of a text; `known_type` is that of the speaker in the index, if it is there.

    Raises UsageError where nothing is said, where it contradicts itself, or where the span is not in the document or
    does not touch the quotation.
    """
    _check(said)
    if said.get("confirm"):
        return confirmation(found)
    kind: Kind | None = "term" if said.get("no_quotation") else said.get("kind")
    name = _name(said, found)
    if (kind or found.kind) == "term" and (name or said.get("nobody")):
        raise UsageError("a term has no speaker", "say what it is too: --kind direct or --kind mixed")
    return Decision(
        kind=kind,
        speaker=name,
        speaker_type=_type(name, said.get("speaker_type"), found, known_type) if name else None,
        nobody=bool(said.get("nobody")),
        span=span_of(text, found, said["span"] or "") if said.get("span") is not None else None,
    )


def confirmation(found: Attribution) -> Decision:
    """The decision that a quotation is as it was found."""
    nobody = found.speaker is None and found.kind != "term"
    return Decision(found.kind, found.speaker, found.speaker_type, nobody, confirmed=True)


def span_of(text: str, found: Attribution, span: str) -> Anchor:
    """The span that a person means: words of the text that touch the quotation, or offsets. Raises UsageError."""
    start, end = _offsets(text, span) if _OFFSETS.fullmatch(span) else _words(text, found, span)
    if not text[start:end].strip():
        raise UsageError(f"span {span!r}: there are no words in it", _SPAN_HINT)
    if not _common(found, (start, end)):
        raise UsageError(f"span {span!r}: does not touch the quotation", _SPAN_HINT)
    if (start, end) == (found.start, found.end):
        raise UsageError(f"span {span!r}: that is where the quotation stands", "say --confirm if it is right as it is")
    return anchor(text, start, end)


def _check(said: Said) -> None:
    """One thing at least, and none that contradicts another."""
    if not any(value not in (None, False) for value in said.values()):
        raise UsageError("nothing to correct", "say what is right: --speaker, --nobody, --kind, --span or --confirm")
    kind = said.get("kind")
    if kind is not None and kind not in KINDS:
        raise UsageError(f"kind: there is no kind {kind!r}", f"choose one of {', '.join(KINDS)}")
    if said.get("confirm") and any(said.get(name) not in (None, False) for name in said if name != "confirm"):
        raise UsageError("what is confirmed is not corrected too", "leave out --confirm, or all the others")
    if said.get("speaker") is not None and said.get("nobody"):
        raise UsageError("somebody and nobody cannot both have said it", "choose --speaker or --nobody")
    if said.get("no_quotation") and (kind or said.get("speaker") is not None or said.get("nobody")):
        raise UsageError("what is no quotation has no speaker and no other kind", "use --not-a-quotation alone")
    if said.get("speaker") is not None and not normal_form(said.get("speaker") or ""):
        raise UsageError("the speaker's name is empty", "write a name, or --nobody where the text names none")


def _name(said: Said, found: Attribution) -> str | None:
    """The name of the speaker decided; a type alone is about the present speaker."""
    if (name := said.get("speaker")) is not None:
        return one_line(storable(name))
    if said.get("speaker_type") is None:
        return None
    if found.speaker is None:
        raise UsageError("a type, and no speaker that is of it", "say who spoke too: --speaker NAME")
    return found.speaker


def _type(name: str, said: SpeakerType | None, found: Attribution, known: SpeakerType | None) -> SpeakerType:
    if said is not None:
        return said
    if name == UNKNOWN_AUTHOR:
        return "author"
    same = found.speaker is not None and normal_form(found.speaker) == normal_form(name)
    return (found.speaker_type if same else None) or known or "person"


def _offsets(text: str, span: str) -> tuple[int, int]:
    start, end = map(int, span.split(":"))
    if not start < end <= len(text):
        raise UsageError(f"span {span!r}: not in the document, which has {len(text)} characters", _SPAN_HINT)
    return start, end


def _words(text: str, found: Attribution, span: str) -> tuple[int, int]:
    """The place of the words that has most in common with the quotation."""
    stand = list(places(storable(span.strip()), text))
    if not stand:
        raise UsageError(f"span {span!r}: these words are not in the document", _SPAN_HINT)
    return max(stand, key=lambda place: _common(found, place))


def _common(found: Attribution, place: tuple[int, int]) -> int:
    return max(0, min(found.end, place[1]) - max(found.start, place[0]))
