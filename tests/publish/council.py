"""Two years of an invented council: enough quotations for charts, words of one's own and comparing. Nobody is real."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from indexer.domain import Attribution, Document, Mention, Passage, Quotation
from indexer.store.writer import Writer

OUTLETS = ("The Marram Post", "Dune Radio", "Coast & Country", "The Marram Post")
MONTHS = [f"{2023 + number // 12}-{number % 12 + 1:02}" for number in range(24)]
CALLED = {
    "Runa Vestergren": "Ms Vestergren",
    "Odilon Marchetti": "Mr Marchetti",
    "Baptiste Okonjo-Lind": "Baptiste Okonjo-Lind",
}
BEGINNINGS = {
    "Runa Vestergren": (
        "The ferry is the one street we need not pave",
        "Islands without a ferry lost their schools",
        "I sign no budget that stops the ferry on Sundays",
        "A half empty ferry is still a promise kept",
        "Nobody moves to a town they cannot leave",
        "Ask the nurses who cross before dawn",
        "Three bridges were drawn and none was built",
    ),
    "Odilon Marchetti": (
        "Taxes are a loan that nobody asked for",
        "My shop pays taxes on empty shelves",
        "The budget has a hole as wide as the harbour",
        "Show me receipts before you show me ribbons",
        "Lower taxes would fill the market square",
        "Even the gulls have left the fish hall",
        "We sold the lighthouse and kept the debts",
    ),
    "Baptiste Okonjo-Lind": (
        "Marram grass holds the dune",
        "The sand does not read a budget",
        "Each spring the beach is shorter",
    ),
}
ENDINGS = {
    "Runa Vestergren": (
        "and every child on the quay knows it",
        "so I will ask the council again tomorrow",
        "whatever the weather says",
        "because we counted the passengers twice",
        "and the winter timetable proves me right",
        "as my grandmother told the last mayor",
        "unless somebody teaches cows to swim",
        "and I have the letters to show for it",
    ),
    "Odilon Marchetti": (
        "and the bill arrives on Monday",
        "which no ferry will ever repay",
        "as any shopkeeper could explain",
        "while the mayor cuts another cake",
        "and that is arithmetic, not opinion",
        "so the tills stay silent",
        "before the summer guests return",
        "and my neighbours agree with me",
    ),
    "Baptiste Okonjo-Lind": (
        "and the dune holds the town",
        "however high we build",
        "by the width of a door",
        "as our measurements show",
    ),
}


def build(path: Path) -> Path:
    """Write the index of 48 articles with 120 quotations at `path`."""
    with Writer(path, command="tests") as writer:
        for document, attributions in articles():
            writer.write(document, attributions, "read by hand")
    return path


def articles() -> Iterator[tuple[Document, list[Attribution]]]:
    """Two articles a month, in which two of the speakers say something, and in the first of them the third too."""
    outlets = cycle(OUTLETS)
    said = {name: map(" ".join, zip(cycle(BEGINNINGS[name]), cycle(ENDINGS[name]))) for name in CALLED}
    for month in MONTHS:
        for day in ("07", "21"):
            present = list(CALLED)[: 3 if day == "07" else 2]
            yield _article(f"{month}-{day}", next(outlets), {name: f"{next(said[name])}." for name in present})


def _article(date: str, outlet: str, said: dict[str, str]) -> tuple[Document, list[Attribution]]:
    text, found = f"MARRAM — The council met on {date}.", []
    for number, (name, words) in enumerate(said.items()):
        start = len(text) + len("\n\n“")
        end = start + len(words)
        text += f"\n\n“{words}” said {CALLED[name]}."
        quotation = Quotation(start, end, words, "direct", number)
        found.append(_attribution(quotation, name, _role(name, date)))
    title = f"The council on {date}"
    return Document(id=f"council/{date}.md", title=title, published=date, publisher=outlet, text=text), found


def _attribution(quotation: Quotation, name: str, role: str) -> Attribution:
    cue, mentioned = quotation.end + len("” "), quotation.end + len("” said ")
    return Attribution(
        quotation,
        cue=Passage(cue, cue + len("said"), "said"),
        mention=Mention(mentioned, mentioned + len(CALLED[name]), CALLED[name], kind="name"),
        speaker=name,
        speaker_type="person",
        role=role,
        confidence=0.95,
        evidence="the name after the words",
    )


def _role(name: str, date: str) -> str:
    if name == "Runa Vestergren":
        return "Deputy Mayor" if date < "2023-09" else "Mayor"
    return "opposition leader" if name == "Odilon Marchetti" else "coastal engineer"
