"""The gold list of speakers: who is who across the documents of gold files, decided by hand; one JSON object a line.

{"name", "type", "wikidata": "Q..." | null, "appearances": [[document id, name in that document], ...], "note"?}

A gold file names the speaker of a quotation as its document does. A line of this list holds all those names that are
one person, organization or document; somebody unnamed is a speaker of one document. What has the same name in two
lists is the same speaker, but for the unnamed. A long name of gold may be cut: “a man who…” stands for all in that
document that start so.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from indexer.domain import SpeakerType
from indexer.errors import GoldError
from indexer.evaluation.gold import GoldDocument, GoldQuotation

Appearance = tuple[str, str]
"""A document's id, and the name that gold gives a speaker in it."""
Place = tuple[str, int, int]
"""A quotation: its document's id, start and end (code points)."""

CUT = "…"
HINT = "tests/gold/README.md says what a list of speakers holds"
UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class GoldSpeaker:
    """One speaker across documents. `note` says what was unsure, or wrong in gold."""

    name: str
    type: str
    appearances: tuple[Appearance, ...]
    wikidata: str | None = None
    note: str = ""

    @property
    def key(self) -> str:
        """What tells this speaker from all others: the name, and of somebody unnamed the document too."""
        return f"{self.name} [{self.appearances[0][0]}]" if self.type == UNNAMED else self.name


def read_speakers(path: str | os.PathLike[str]) -> list[GoldSpeaker]:
    """All speakers of a list, in its order. Raises GoldError, naming the line, for anything else."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise GoldError(f"{path}: {problem}", "name a list of speakers (.jsonl)") from None
    except UnicodeDecodeError:
        raise GoldError(f"{path}: not UTF-8 text", "name a list of speakers (.jsonl)") from None
    return [_speaker(f"{path}:{number}", line) for number, line in enumerate(lines, 1) if line.strip()]


def _speaker(where: str, line: str) -> GoldSpeaker:
    try:
        record = json.loads(line)
        appearances = tuple(_appearance(each) for each in record["appearances"])
        name, type = record["name"], record["type"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise GoldError(f"{where}: not a speaker with a name, a type and appearances", HINT) from None
    if not (isinstance(name, str) and name and appearances):
        raise GoldError(f"{where}: a speaker without a name or without appearances", HINT)
    if type not in get_args(SpeakerType):
        raise GoldError(f"{where}: the type {type!r} is none of {', '.join(get_args(SpeakerType))}", HINT)
    return GoldSpeaker(name, type, appearances, record.get("wikidata") or None, record.get("note") or "")


def _appearance(value: Any) -> Appearance:
    document, name = value
    if not (isinstance(document, str) and isinstance(name, str)):
        raise ValueError("an appearance that is not two strings")
    return document, name


def quotations(gold: Iterable[GoldDocument]) -> Iterator[tuple[GoldDocument, GoldQuotation]]:
    """The quotations that gold names a speaker for, in reading order."""
    for each in gold:
        yield from ((each, item) for item in each.quotations if item.decision == "quotation" and item.speaker)


def problems(speakers: Sequence[GoldSpeaker], gold: Sequence[GoldDocument]) -> list[str]:
    """What keeps the list from saying of each speaker of gold, once, who that is; a line each."""
    named = _named(gold)
    listed = Counter(appearance for speaker in speakers for appearance in _whole(speaker, named))
    keys = Counter(speaker.key for speaker in speakers)
    return [
        *(f"{document}: nobody is {name!r}" for document, name in sorted(named - listed.keys())),
        *(f"{document}: gold names no {name!r}" for document, name in sorted(listed.keys() - named)),
        *(f"{document}: {name!r} is {n} speakers" for (document, name), n in sorted(listed.items()) if n > 1),
        *(f"{key!r} are {n} lines" for key, n in sorted(keys.items()) if n > 1),
        *(f"{each.key!r} is unnamed and of several documents" for each in speakers if _is_spread(each)),
    ]


def _named(gold: Iterable[GoldDocument]) -> set[Appearance]:
    return {(each.document.id, item.speaker or "") for each, item in quotations(gold)}


def _whole(speaker: GoldSpeaker, named: Iterable[Appearance]) -> Iterator[Appearance]:
    """The appearances of a speaker, those with a cut name as gold has them."""
    for document, name in speaker.appearances:
        start = name.removesuffix(CUT)
        is_cut = start != name
        whole = [each for each in named if is_cut and each[0] == document and each[1].startswith(start)]
        yield from whole or [(document, name)]


def _is_spread(speaker: GoldSpeaker) -> bool:
    return speaker.type == UNNAMED and len({document for document, _ in speaker.appearances}) > 1


def identities(speakers: Sequence[GoldSpeaker], gold: Sequence[GoldDocument]) -> dict[Place, str]:
    """Who speaks each quotation of gold, by the speaker's key. Raises GoldError when the list is not complete."""
    named = _named(gold)
    keys = {appearance: speaker.key for speaker in speakers for appearance in _whole(speaker, named)}
    try:
        return {
            (each.document.id, item.start, item.end): keys[each.document.id, item.speaker or ""]
            for each, item in quotations(gold)
        }
    except KeyError as missing:
        document, name = missing.args[0]
        raise GoldError(f"{document}: {name!r} is in no list of speakers", HINT) from None
