"""Articles of our own with marks in the text that say who speaks: what the attribution learns from.

One file an article: its metadata (key: value), `---`, the text, `---`, the speakers. In the text:

    “<q 1 ada>We sail</q>,” <m 1>she</m> said <w 1>on Monday</w>. The “<t>Marigold</t>” sails.

q: quotation number 1, spoken by ada; `mixed` for a fragment woven into the writer's clause, `via=Tarn Post` for who
relays it, `nobody` for one whose speaker the text does not tell. t: a term. m: the mention that tells who speaks these
quotations; w: the words that tell when. A speaker: `@ada | Ada Brink | Brink; Ms Brink | person`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from indexer.domain import Document
from indexer.errors import CorpusError
from indexer.evaluation.gold import METADATA, GoldDocument, GoldQuotation, Span

_TAG = re.compile(r"<(?P<end>/?)(?P<kind>[qtmw])(?: (?P<about>[^<>]*))?>")
_QUOTATION = re.compile(r"(?P<number>\d+) (?P<speaker>\S+)(?: via=(?P<via>.*?))?(?P<mixed> mixed)?")
_NOBODY = "nobody"


def own_articles() -> list[GoldDocument]:
    """The articles that ship with the package, by file name."""
    folder = files(__package__).joinpath("articles")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".txt")), key=lambda file: file.name)
    return [parse(file.read_text(encoding="utf-8"), file.name) for file in found]


def parse(marked: str, name: str) -> GoldDocument:
    """The article of a file. Raises CorpusError, with the name of the file, where its marks are not right."""
    parts = re.split(r"^---[ \t]*$", marked, flags=re.MULTILINE)
    if len(parts) != 3:
        raise CorpusError(f"{name}: {len(parts)} parts, not 3", "Part metadata, text and speakers by lines of ---.")
    metadata = dict(_fields(parts[0]))
    marks = _Marks(name, dict(_speakers(parts[2])))
    text = marks.read(parts[1].strip())
    known = {key: value for key, value in metadata.items() if key in METADATA and value}
    quotations = sorted(marks.quotations(), key=lambda item: (item.start, -item.end))
    return GoldDocument(Document(metadata.get("id", name), text, **known), tuple(quotations))


def _fields(head: str) -> Iterator[tuple[str, str]]:
    for line in head.strip().splitlines():
        key, _, value = line.partition(":")
        yield key.strip(), value.strip()


@dataclass(frozen=True, slots=True)
class _Speaker:
    name: str
    others: tuple[str, ...]
    type: str


def _speakers(tail: str) -> Iterator[tuple[str, _Speaker]]:
    for line in tail.splitlines():
        if line.startswith("@"):
            key, full, others, kind = (part.strip() for part in line[1:].split("|"))
            yield key, _Speaker(full, tuple(other.strip() for other in others.split(";") if other.strip()), kind)


@dataclass(slots=True)
class _Marks:
    """The marks of one article: each kind of span by what its tag says of it."""

    name: str
    speakers: dict[str, _Speaker]
    spoken: dict[str, tuple[Span, re.Match[str]]] = field(default_factory=dict)
    terms: list[Span] = field(default_factory=list)
    mentions: dict[str, Span] = field(default_factory=dict)
    whens: dict[str, Span] = field(default_factory=dict)

    def read(self, marked: str) -> str:
        """Take the tags out of a text and note what they say; the plain text."""
        plain, size, last = list[str](), 0, 0
        opened: list[tuple[str, str, int]] = []
        for tag in _TAG.finditer(marked):
            plain.append(marked[last : tag.start()])
            size, last = size + tag.start() - last, tag.end()
            if not tag["end"]:
                opened.append((tag["kind"], tag["about"] or "", size))
            elif opened and opened[-1][0] == tag["kind"]:
                kind, about, start = opened.pop()
                self._note(kind, about, (start, size))
            else:
                raise CorpusError(f"{self.name}: {tag[0]} closes nothing", "Marks may nest, and not cross.")
        if opened:
            raise CorpusError(f"{self.name}: <{opened[-1][0]} {opened[-1][1]}> is not closed", "Close every mark.")
        return "".join([*plain, marked[last:]])

    def _note(self, kind: str, about: str, span: Span) -> None:
        if kind == "t":
            self.terms.append(span)
        elif kind == "q":
            found = _QUOTATION.fullmatch(about)
            if found is None or found["speaker"] not in {_NOBODY, *self.speakers}:
                raise CorpusError(f"{self.name}: <q {about}> names no speaker", "Write <q NUMBER KEY> and @KEY.")
            self.spoken[found["number"]] = span, found
        else:
            into = self.mentions if kind == "m" else self.whens
            into.update(dict.fromkeys(re.findall(r"\d+", about), span))

    def quotations(self) -> Iterator[GoldQuotation]:
        """All quotations and terms."""
        lost = [number for number in [*self.mentions, *self.whens] if number not in self.spoken]
        if lost:
            raise CorpusError(f"{self.name}: no quotation has the number {lost[0]}", "Number m and w like their q.")
        for start, end in self.terms:
            yield GoldQuotation(start, end, "term", "", None, (), ())
        for number, ((start, end), about) in self.spoken.items():
            speaker = self.speakers.get(about["speaker"])
            yield GoldQuotation(
                start,
                end,
                "quotation",
                "mixed" if about["mixed"] else "direct",
                speaker.name if speaker is not None else None,
                speaker.others if speaker is not None else (),
                (self.mentions[number],) if number in self.mentions else (),
                speaker.type if speaker is not None else None,
                about["via"],
                self.whens.get(number),
            )
