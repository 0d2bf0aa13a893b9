"""Gold files: documents whose quotations were decided by hand, one JSON object a line.

{"id", "text", "title"?, "author"?, "published"?, "publisher"?, "url"?, "language"?,
 "quotations": [{"start", "end", "decision": "quotation"|"term"|"ambiguous",
                 "kind"?, "speaker"?, "aliases"?: [...], "type"?, "mentions"?: [[start, end], ...], "via"?,
                 "when"?: [start, end]}]}

Offsets are code points into the text; a quotation's span excludes its marks. Other keys are ignored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from indexer.domain import Document
from indexer.errors import GoldError

Decision = Literal["quotation", "term", "ambiguous"]
Span = tuple[int, int]

DECISIONS = ("quotation", "term", "ambiguous")
METADATA = ("title", "author", "published", "publisher", "url", "language")
HINT = "docs/evaluation.md says what a gold file holds"


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """One decided pair of marks: what it is, and which names and mentions are right for its speaker.

    `type` is the kind of speaker (person, organization, …), `via` who relays the words, `when` the words of the text
    that say when it was said; None where gold says nothing.
    """

    start: int
    end: int
    decision: Decision
    kind: str
    speaker: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    type: str | None = None
    via: str | None = None
    when: Span | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its decided quotations."""

    document: Document
    quotations: tuple[GoldQuotation, ...]


def read_gold(path: str | os.PathLike[str]) -> list[GoldDocument]:
    """All documents of a gold file, in its order. Raises GoldError, naming the line, for anything else."""
    documents: dict[str, GoldDocument] = {}
    for number, line in _lines(Path(path)):
        try:
            gold = _document(line)
        except ValueError as error:
            raise GoldError(f"{path}:{number}: {error}", HINT) from None
        if gold.document.id in documents:
            raise GoldError(f"{path}:{number}: the id {gold.document.id!r} stands twice", "give each document its own")
        documents[gold.document.id] = gold
    if not documents:
        raise GoldError(f"{path}: no document in it", HINT)
    return list(documents.values())


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except OSError as error:
        raise GoldError(f"{path}: {(error.strerror or str(error)).lower()}", "name a gold file (.jsonl)") from None
    except UnicodeDecodeError:
        raise GoldError(f"{path}: not UTF-8 text", "name a gold file (.jsonl)") from None


def _document(line: str) -> GoldDocument:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    id, text = _string(record, "id"), _string(record, "text")
    quotations = record.get("quotations")
    if not isinstance(quotations, list):
        raise ValueError('no list "quotations"')
    metadata = {key: record[key] for key in METADATA if isinstance(record.get(key), str) and record[key]}
    return GoldDocument(Document(id, text, **metadata), tuple(_quotation(item, len(text)) for item in quotations))


def _string(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str):
        raise ValueError(f'no string "{key}"')
    return value


def _quotation(record: Any, length: int) -> GoldQuotation:
    if not isinstance(record, dict):
        raise ValueError("a quotation that is not a JSON object")
    start, end = _span([record.get("start"), record.get("end")], length)
    decision = record.get("decision")
    if decision not in DECISIONS:
        raise ValueError(f"the decision of the quotation at {start} is none of {', '.join(DECISIONS)}")
    return GoldQuotation(
        start=start,
        end=end,
        decision=decision,
        kind=record.get("kind") or "direct",
        speaker=record.get("speaker") or None,
        aliases=tuple(record.get("aliases") or ()),
        mentions=tuple(_span(span, length) for span in record.get("mentions") or ()),
        type=record.get("type") or None,
        via=record.get("via") or None,
        when=_span(record["when"], length) if record.get("when") else None,
    )


def _span(value: Any, length: int) -> Span:
    """Two offsets with something between them, inside a text of this length."""
    match value:
        case [int(start), int(end)] if 0 <= start < end <= length:
            return start, end
    raise ValueError(f"the offsets {value} lie outside the text")
