"""A small newsroom of invented articles, with what a careful reader would find in them. No name is a real person's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from indexer.domain import Attribution, Document, Failure, Mention, Passage, Quotation
from indexer.store.writer import Writer

ANALYSER = "read by hand"

FLOOD = Document(
    id="articles/2025-03-14-harbour-wall.md",
    title="Harbour wall will not be ready before winter",
    author="Ingrid Solheim",
    published="2025-03-14",
    publisher="The Eastport Courier",
    url="https://courier.example/2025/03/harbour-wall",
    language="en",
    text="""EASTPORT — The new harbour wall will not be finished before the winter storms, the city admitted on \
Friday, eleven months after a surge flooded four hundred homes in the old town.

“We have lost a summer to arguments about concrete,” said Mayor Adaeze Okafor. “I will not pretend that we can get \
it back by working at night.”

Ms Okafor, who was elected on a promise to finish the wall in a year, called the delay “an embarrassment, but not a \
danger”. The sandbags of last spring are still in place.

Her engineers are less certain. “If the wind turns north-east in November, the water will find the gap,” Tomasz \
Wieliczko, who runs the port authority’s flood office, told the council. “It found it last time.”

Asked whether the contractor would be fined, the mayor hesitated. “They told me, ‘We will pour the last section by \
August,’ and I believed them,” she said.

Brannagh & Daughters, the contractor, disputes that. “Every change to the plans came from city hall,” it said in a \
statement.

> We kept the pumps in the cellar and the photographs in the attic. Nobody on this street has unpacked.
>
> — Leonie Achterberg, Dyke Lane

The report that the council commissioned after the flood, “Nine Hours in April”, does not take sides. It states: \
“Responsibility for the gap was shared so widely that nobody carried it.”

“Nobody carried it,” Mr Wieliczko repeated, and laughed.
""",
)
CLINIC = Document(
    id="articles/2025-04-02-night-clinic.md",
    title="Night clinic to close “for now”, staff fear for good",
    author="Bartholomew Quist",
    published="2025-04-02",
    publisher="The Eastport Courier",
    url="https://courier.example/2025/04/night-clinic",
    language="en",
    text="""The only clinic in the old town that sees patients after eight in the evening will close its doors in May. \
The health board says that the closure is temporary. Few of those who work there believe it.

“Temporary is what they call the portable cabins we have worked in since I was a student,” said Dr Misaki Tanaka \
(田中 美咲), who has led the night team for six years.

According to a senior official at the board, the clinic costs “three times what a bed in the main hospital costs”. \
The official asked not to be named.

The Eastport Herald reported on Tuesday that Mayor Okafor had written to the board in anger. “You cannot close the \
only lit window on the street,” she wrote.

I was treated there myself in January, for a broken wrist. I wrote then that the place “smells of coffee and bleach \
and runs on goodwill”. It still does.
""",
)
BUDGET = Document(
    id="wire/77120",
    title="Eastport council passes budget at the third attempt",
    published="2025-01",
    publisher="Coastal Wire",
    url="https://wire.example/77120",
    language="en",
    text="""Eastport’s council passed a budget of 212 million crowns on its third attempt.
OKAFOR: This is a budget for people who get their feet wet.
WIELICZKO: The flood office can now hire two engineers. I asked for five.
The opposition called it “a wish list with a price tag”, without saying who had written the phrase.
“There will be a fourth attempt,” said one voice from the gallery.
""",
)
HOSTILE = Document(
    id='odd/<script>alert("id")</script>.txt',
    title='<img src=x onerror="alert(1)"> & “title”',
    published="not a date",
    publisher="<b>Publisher</b>",
    url="javascript:alert(2)",
    language='en" onload="alert(3)',
    text="“</mark></a><script>alert('in the quotation')</script>,” said <i>Mallory Vane</i>.\n\n<script>x()</script>",
)
COLUMN = Document(
    id="columns/harbour-diary.txt",
    title="A harbour diary in forty-five entries",
    author="Odalys Ferreira",
    published="2024-11-30",
    publisher="Eastport Quarterly",
    text="\n\n".join(
        f"“Entry {number} of the diary: the tide stood at {2 + number % 7} metres,” wrote Odalys Ferreira."
        for number in range(1, 46)
    ),
)


def newsroom() -> list[tuple[Document, list[Attribution]]]:
    """Every document with its attributions in reading order."""
    found = {FLOOD: _flood(), CLINIC: _clinic(), BUDGET: _budget(), HOSTILE: _hostile(), COLUMN: _column()}
    return [(document, sorted(items, key=lambda item: (item.start, -item.end))) for document, items in found.items()]


def build(path: Path) -> Path:
    """Write the newsroom's index at `path`."""
    with Writer(path, command="tests") as writer:
        for document, attributions in newsroom():
            writer.write(document, attributions, ANALYSER)
        writer.fail(Failure("articles/torn.md", "the file ends in the middle of a word", "fetch it again"))
    return path


def _flood() -> Iterator[Attribution]:
    said = _Finder(FLOOD)
    okafor, tomasz = ("Adaeze Okafor", "person"), ("Tomasz Wieliczko", "person")
    yield said("We have lost a summer to arguments about concrete,", okafor, "said", "Adaeze Okafor")
    yield said("I will not pretend that we can get it back by working at night.", okafor, "said", "Adaeze Okafor")
    yield said("an embarrassment, but not a danger", okafor, "called", "Ms Okafor", kind="mixed")
    wind, role = "If the wind turns north-east in November, the water will find the gap,", "head of the flood office"
    yield said(wind, tomasz, "told", "Tomasz Wieliczko", role=role)
    yield said("It found it last time.", tomasz, "told", "Tomasz Wieliczko", confidence=0.8)
    outer = said(
        "They told me, ‘We will pour the last section by August,’ and I believed them,", okafor, "she said", "she"
    )
    yield outer
    firm = ("Brannagh & Daughters", "organization")
    yield said("We will pour the last section by August,", firm, "told me", "They", confidence=0.55, inside=outer)
    yield said("Every change to the plans came from city hall,", firm, "it said in a statement", "it", confidence=0.7)
    leonie = ("Leonie Achterberg", "person")
    block = "We kept the pumps in the cellar and the photographs in the attic. Nobody on this street has unpacked."
    yield said(block, leonie, None, "Leonie Achterberg", confidence=0.85)
    yield said("Nine Hours in April", None, kind="term")
    report = ("Nine Hours in April", "document")
    yield said(
        "Responsibility for the gap was shared so widely that nobody carried it.",
        report,
        "states",
        "It",
        confidence=0.9,
    )
    yield said("Nobody carried it,", tomasz, "repeated", "Mr Wieliczko")


def _clinic() -> Iterator[Attribution]:
    said = _Finder(CLINIC)
    doctor = ("Misaki Tanaka", "person")
    words = "Temporary is what they call the portable cabins we have worked in since I was a student,"
    yield said(words, doctor, "said", "Misaki Tanaka")
    official = ("a senior official at the board", "unnamed")
    cost = "three times what a bed in the main hospital costs"
    yield said(cost, official, "According to", "a senior official at the board", kind="mixed", confidence=0.75)
    window = "You cannot close the only lit window on the street,"
    via, when = "The Eastport Herald", "2025-04-01"
    yield said(window, ("Adaeze Okafor", "person"), "she wrote", "she", via=via, said_on=when, confidence=0.8)
    author = ("Bartholomew Quist", "author")
    yield said("smells of coffee and bleach and runs on goodwill", author, "wrote", "I", kind="mixed", confidence=0.9)


def _budget() -> Iterator[Attribution]:
    said = _Finder(BUDGET)
    budget = "This is a budget for people who get their feet wet."
    yield said(budget, ("Adaeze Okafor", "person"), None, "OKAFOR", confidence=0.9)
    hire = "The flood office can now hire two engineers. I asked for five."
    yield said(hire, ("Tomasz Wieliczko", "person"), None, "WIELICZKO", confidence=0.9)
    yield said("a wish list with a price tag", None, kind="mixed")
    yield said("There will be a fourth attempt,", None)


def _hostile() -> Iterator[Attribution]:
    said = _Finder(HOSTILE)
    words = "</mark></a><script>alert('in the quotation')</script>,"
    yield said(words, ("<i>Mallory Vane</i>", "person"), "said", "<i>Mallory Vane</i>")


def _column() -> Iterator[Attribution]:
    said = _Finder(COLUMN)
    for paragraph in COLUMN.text.split("\n\n"):
        yield said(paragraph[1 : paragraph.index("”")], ("Odalys Ferreira", "person"), "wrote", "Odalys Ferreira")


class _Finder:
    """Finds words in a document and says who spoke them; cue and mention are those nearest to the words."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.utterances = count()

    def __call__(self, words, speaker, cue=None, mention=None, kind="direct", inside=None, confidence=0.97, **more):
        text = self.document.text
        start = text.index(words, 0 if inside is None else inside.start)
        quotation = Quotation(
            start, start + len(words), words, kind, next(self.utterances), inside and (inside.start, inside.end)
        )
        name, speaker_type = speaker or (None, None)
        evidence = f"the words “{cue}” next to “{mention}”" if cue else "a name beside the words" if mention else ""
        return Attribution(
            quotation,
            cue=self.nearest(cue, quotation, Passage),
            mention=self.nearest(mention, quotation, self.mention_of(mention)),
            speaker=name,
            speaker_type=speaker_type,
            confidence=confidence if speaker else 0.2,
            evidence=evidence,
            **more,
        )

    def nearest(self, words, quotation, make):
        if words is None:
            return None
        text = self.document.text
        places = [place for place in range(len(text)) if text.startswith(words, place)]
        outside = [place for place in places if place >= quotation.end or place + len(words) <= quotation.start]
        start = min(
            outside, key=lambda place: min(abs(place - quotation.end), abs(place + len(words) - quotation.start))
        )
        return make(start, start + len(words), words)

    @staticmethod
    def mention_of(words):
        kind = {"I": "author", "she": "pronoun", "it": "pronoun", "It": "pronoun", "They": "pronoun"}.get(
            words or "", "name"
        )
        if words and words.startswith("a senior"):
            kind = "nominal"
        return lambda start, end, text: Mention(start, end, text, kind)
