"""A real index of invented articles, and the site over it as Datasette answers."""

from __future__ import annotations

import asyncio
import html.parser
import re
import runpy
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from indexer.domain import Attribution, Document, Quotation
from indexer.publish import server
from indexer.publish.publishing.making import publish
from indexer.publish.publishing.plan import Publication
from indexer.store.corrections.applying import Decision
from indexer.store.reader import Reader
from indexer.store.writer import Writer

LONG = Document("long.txt", "Cranes stood idle. " * 60 + "\n\n“We close.”", url="https://news.example/long")
SHORT = Document("short.txt", "“We close.”", url="https://news.example/short")

PLAIN = runpy.run_path(str(Path(__file__).with_name("plain.py")))
if PLAIN["IS_NEXT"]:  # `quotes serve` is made for the Datasette that we require; templates and plugin are for both
    server.application = PLAIN["application"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On the next Datasette, skip what is known to be different there."""
    for item in items:
        reason = PLAIN["DIFFERENT"].get(item.name) or PLAIN["FILES_DIFFERENT"].get(item.path.name)
        if PLAIN["IS_NEXT"] and reason:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def newsroom(root: Path) -> SimpleNamespace:
    """The invented articles, and `build(path)`."""
    return SimpleNamespace(**runpy.run_path(str(root / "tests" / "publish" / "newsroom.py")))


@pytest.fixture(scope="session")
def index(newsroom: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the newsroom. Its name holds what a URL would have to escape."""
    return newsroom.build(tmp_path_factory.mktemp("index") / "50% #1? news.db")


@pytest.fixture(scope="session")
def run() -> Iterator[Callable[[Any], Any]]:
    """Runs a coroutine in a thread of its own: the browser tests leave a running loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda coroutine: thread.submit(asyncio.run, coroutine).result()


@pytest.fixture(scope="session")
def open_site(run: Callable[[Any], Any]) -> Iterator[Callable[[Any], Callable[..., Any]]]:
    """Makes `get(path)` out of a Datasette; each is closed in the end."""
    opened = []

    def open_site(datasette: Any) -> Callable[..., Any]:
        opened.append(datasette)
        run(datasette.invoke_startup())
        return lambda path: run(datasette.client.get(path))

    yield open_site
    for datasette in opened:
        server.close(datasette)


@pytest.fixture(scope="session")
def get(site: Any, open_site: Callable[[Any], Callable[..., Any]]) -> Callable[..., Any]:
    """Asks the site for a path: the response."""
    return open_site(site)


@pytest.fixture(scope="session")
def site(index: Path) -> Any:
    """Datasette over the index."""
    return server.application(index)


@pytest.fixture(scope="session")
def reader(index: Path) -> Iterator[Reader]:
    """The same index without the site."""
    with Reader(index) as reader:
        yield reader


@pytest.fixture(scope="session")
def published(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsroom published with its whole texts, then copied elsewhere."""
    folder = tmp_path_factory.mktemp("published") / "here"
    publish(index, folder, Publication(title="Eastport says", url="https://eastport.example/"))
    return folder.rename(tmp_path_factory.mktemp("elsewhere") / "site #1")


@pytest.fixture(scope="session")
def excerpts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A long article and a short one, published without their whole texts, under a path of another site."""
    folder = tmp_path_factory.mktemp("excerpts")
    with Writer(folder / "desk.db") as writer:
        for document in (LONG, SHORT):
            start = document.text.index("We close.")
            quotation = Quotation(start, start + len("We close."), "We close.", "direct")
            writer.write(document, [Attribution(quotation, speaker="Ada Moor", speaker_type="person")], "1")
    with Reader(folder / "desk.db") as reader, Writer(folder / "desk.db") as writer:
        decided = Decision(speaker="Ida Moor", speaker_type="person")
        writer.correct(reader.document("long.txt").hits[0].key, decided, note="she rang", who="Zora Quill")
    publish(
        folder / "desk.db",
        folder / "site",
        Publication(url="https://press.example/quotes/", full_text=False, robots=False),
    )
    return folder / "site"


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Page]:
    """Reads a page: its words, its elements, its links; fails on a tag that is not closed."""
    return Page


class Page(html.parser.HTMLParser):
    """The words and the elements of an HTML page. Data for programs is an element "json-ld" and no script."""

    DATA = "json-ld"
    VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "rect"})
    INLINE = frozenset({"a", "cite", "del", "ins", "mark", "q", "span", "strong", "time"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, list[str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.words = ""
        self.feed(text)
        self.words = squeezed(self.words)
        assert self.open == [], "a tag is not closed"

    def handle_starttag(self, tag, attrs):
        if tag == "script" and dict(attrs).get("type") == "application/ld+json":
            tag = self.DATA
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append((tag, []))
        self.words += "" if tag in self.INLINE else "\n"

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        # HTML lets </p>, </li>, </dt>, </dd> and </option> be left out; we close them all but <option>
        while self.open and self.open[-1][0] == "option" != tag:
            self.open.pop()
        assert self.open, f"</{tag}> closes nothing"
        if tag == "script" and self.open[-1][0] == self.DATA:
            tag = self.DATA
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.texts.append((tag, squeezed("".join(self.open.pop()[1]))))
        self.words += "" if tag in self.INLINE else "\n"

    def handle_data(self, data):
        for _, inside in self.open:
            inside.append(data)
        if not self.open or self.open[-1][0] != self.DATA:
            self.words += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """The attributes of each element with this tag and these attributes."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [found for name, found in self.elements if name == tag and wanted.items() <= found.items()]

    def text(self, tag: str) -> list[str]:
        """The words in each element with this tag, in the order in which they end."""
        return [words for name, words in self.texts if name == tag]

    @property
    def links(self) -> list[str]:
        """Where each link leads."""
        return [str(link["href"]) for link in self.all("a")]


def squeezed(text: str) -> str:
    """The text with each run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()
