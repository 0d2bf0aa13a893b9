"""Three invented articles that print the same words, and a person's correction of one of them."""

from __future__ import annotations

from pathlib import Path

from indexer.domain import Attribution, Document, Mention, Passage, Quotation
from indexer.store.corrections.applying import Decision
from indexer.store.reader import Reader
from indexer.store.writer import Writer

WORDS = "The lighthouse keeper counted forty herring gulls before the fog swallowed the northern breakwater"
FIRST = Document(
    id="a/first.txt",
    title="Gulls & fog: 50% fewer",
    author="Ludvig van der Meer; The Coast Desk",
    published="2025-02-03",
    publisher="The Eastport Courier",
    url="https://courier.example/gulls_(1)?a=1&b=2",
    text=f"The morning was grey.\n\n“{WORDS},” said Perpetua Quayle, a harbour pilot.\n\nNobody else was out.\n",
)
SECOND = Document(
    id="b/second.txt",
    title="What the pilot saw",
    published="2025-02-05",
    publisher="Coastal Wire",
    text=f"“{WORDS.replace('forty', 'some forty')} and the pier,” said Anselm Birdwhistle, who was there.\n",
)
THIRD = Document(id="c/third.txt", title="Undated notes", text=f"“{WORDS},” said somebody at the harbour.\n")


def build(path: Path) -> Path:
    """Write the index at `path`; the quotation of the first article is corrected by a person."""
    with Writer(path, command="tests") as writer:
        writer.write(FIRST, [_said(FIRST, f"{WORDS},", "Perpetua Quayle", "a harbour pilot")], "read by hand")
        words = SECOND.text[1 : SECOND.text.index("”")]
        writer.write(SECOND, [_said(SECOND, words, "Anselm Birdwhistle")], "read by hand")
        writer.write(THIRD, [_said(THIRD, f"{WORDS},", None)], "read by hand")
    correct(path, FIRST.id, Decision(speaker="Perpetua Quayle-Ng", speaker_type="person"), note="she spells it <so>")
    return path


def correct(path: Path, document: str, decision: Decision, note: str = "", who: str = "") -> str:
    """Correct the only quotation of a document: its key."""
    with Reader(path) as reader:
        key = reader.document(document).hits[0].key
    with Writer(path, command="tests") as writer:
        writer.correct(key, decision, note=note, who=who)
    return key


def _said(document: Document, words: str, name: str | None, role: str | None = None) -> Attribution:
    start = document.text.index(words)
    said = document.text.index("said", start)
    at = document.text.index(name or "somebody", said)
    printed = name or "somebody"
    return Attribution(
        Quotation(start, start + len(words), words, "direct", 0, None),
        cue=Passage(said, said + 4, "said"),
        mention=Mention(at, at + len(printed), printed, "name"),
        speaker=name,
        speaker_type="person" if name else None,
        confidence=0.97 if name else 0.2,
        evidence="‘said’ and then the name follow the quotation" if name else "",
        role=role,
    )
