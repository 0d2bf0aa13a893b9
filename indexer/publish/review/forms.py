"""From a form of the review pages to what somebody says of a quotation, in the words of the store. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.errors import UsageError
from indexer.publish.parameters import LONGEST_NAME, cleaned
from indexer.store.corrections.deciding import TYPES, Said
from indexer.store.rows import Hit

LONGEST_NOTE = 500
_OFFSETS = re.compile(r"\d{1,12}:\d{1,12}", re.ASCII)
_AT_ONCE: dict[str, Said] = {
    "confirm": {"confirm": True},
    "term": {"no_quotation": True},
    "nobody": {"nobody": True},
}
"""What the buttons that need no field say."""
KEPT = ("decision", "speaker", "speaker_type", "kind", "words", "place", "note", "nobody")
"""The fields of the forms besides the token and `seen`: what a form that could not be saved is filled with again."""


def said_in(form: Mapping[str, str], hit: Hit) -> Said:
    """What a form says of the quotation that it was about; fields that were left as they were say nothing.

    Raises UsageError where it says nothing, or two things that cannot both be.
    """
    decision = form.get("decision", "")
    if decision in _AT_ONCE:
        return _AT_ONCE[decision]
    name, nobody = cleaned(form.get("speaker"), LONGEST_NAME + 1), form.get("nobody") == "1"
    kind, speaker_type = form.get("kind", ""), form.get("speaker_type", "")
    if len(name) > LONGEST_NAME:
        raise UsageError(f"The speaker's name is too long: at most {LONGEST_NAME} characters.")
    if name and nobody:
        raise UsageError("Somebody and nobody cannot both have said it: empty the name, or take the tick away.")
    if (kind or hit.kind) == "term" and (name or nobody or speaker_type):
        raise UsageError("What is no quotation has no speaker: say that it is direct speech or a fragment, too.")
    said: Said = {"nobody": nobody, "speaker": name or None, "span": _span(form, hit)}
    if kind == "term":
        said["no_quotation"] = True
    elif kind in ("direct", "mixed") and kind != hit.kind:
        said["kind"] = "direct" if kind == "direct" else "mixed"
    if speaker_type in TYPES:
        said["speaker_type"] = next(each for each in TYPES if each == speaker_type)
    if not any(said.values()):
        raise UsageError("Nothing was changed: if all is right as it is, say so with the first button.")
    return said


def note_in(form: Mapping[str, str]) -> str:
    """Why, in the reviewer's words. Raises UsageError for more than a note."""
    note = cleaned(form.get("note"), LONGEST_NOTE + 1)
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"The note is too long: at most {LONGEST_NOTE} characters.")
    return note


def _span(form: Mapping[str, str], hit: Hit) -> str | None:
    """Other limits: offsets where words were chosen with the script, else the words themselves; None for the same."""
    place, words = form.get("place", ""), form.get("words", "")
    if _OFFSETS.fullmatch(place):
        return None if place == f"{hit.start}:{hit.end}" else place
    return None if not words.strip() or words.split() == hit.text.split() else words
