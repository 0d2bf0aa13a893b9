"""The sample articles: complete, within their length, honest about their sources, and every hard case there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import indexer.samples
from indexer.domain import Document
from indexer.sources import read

CASES = {
    *("curly marks", "straight marks", "doubled apostrophes", "grave openers", "low-9 marks"),
    *("guillemets pointing out", "guillemets pointing in", "single guillemets"),
    *("single-mark house style", "apostrophe before a decade", "apostrophe after a plural"),
    *("nested by kind", "nested by direction", "wrong-way close", "missing close", "missing open"),
    *("continued paragraphs", "block quotation without marks", "feet and inches", "inches alone"),
    *("cue ends the paragraph before", "four paragraphs after one cue", "split by the cue"),
    *("name three paragraphs up", "a document speaks", "relayed words", "name after a dash", "transcript"),
    *("the author speaks", "passive cue", "nominal cue", "tweet", "statement", "nested with its own speaker"),
    *("an unnamed speaker", "scare quotes", "title of an article", "title of a book", "title of a film"),
    *("nickname", "gloss", "words that nobody said"),
}
"""The hard cases of the design, section 5."""

ARTICLES = sorted(indexer.samples.articles().iterdir())
MARKDOWN = [path for path in ARTICLES if path.suffix == ".md"]


def name_of(path: Path) -> str:
    return path.name


def document(path: Path) -> Document:
    (found,) = read([str(path)])
    assert isinstance(found, Document)
    return found


def front_matter(path: Path) -> dict[str, Any]:
    _, head, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    loaded = yaml.safe_load(head)
    assert isinstance(loaded, dict)
    return loaded


def cases() -> list[tuple[str, str, str]]:
    """The rows (case, article, words) of the table in the README."""
    readme = (indexer.samples.articles().parent / "README.md").read_text(encoding="utf-8")
    table = readme.split("| case | article | words |\n|---|---|---|\n")[1]
    rows = [re.fullmatch(r"\| (.+?) \| (.+?) \| (.+) \|", line) for line in table.splitlines()]
    assert all(rows), "every line after the head of the table is a row of three columns"
    return [(row[1], row[2], row[3].replace("\\`", "`")) for row in rows if row]


def test_there_are_twelve_articles_and_the_readme_introduces_each() -> None:
    readme = (indexer.samples.articles().parent / "README.md").read_text(encoding="utf-8")
    introduced = re.findall(r"^\| (\S+\.\w+) \| [^|]+ \|$", readme, re.MULTILINE)
    assert introduced == [path.name for path in ARTICLES]
    assert len(ARTICLES) == 12


@pytest.mark.parametrize("path", ARTICLES, ids=name_of)
def test_an_article_has_150_to_500_words(path: Path) -> None:
    assert 150 <= len(document(path).text.split()) <= 500


@pytest.mark.parametrize("path", MARKDOWN, ids=name_of)
def test_the_front_matter_is_complete(path: Path) -> None:
    head = front_matter(path)
    assert {"title", "author", "published", "publisher", "language"} <= head.keys()
    assert all(head.values())
    assert head.keys() <= {"title", "author", "published", "publisher", "language", "url", "sources"}


@pytest.mark.parametrize("path", [path for path in ARTICLES if path.suffix != ".txt"], ids=name_of)
def test_the_metadata_is_read(path: Path) -> None:
    read_out = document(path)
    assert read_out.title
    assert read_out.author
    assert read_out.publisher
    assert read_out.published
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", read_out.published)
    assert read_out.language == "en"


def test_every_real_quotation_has_its_source_and_every_source_is_used() -> None:
    """Real people are quoted in two-statesmen.md alone: all their words are under `sources:`, word by word."""
    path = indexer.samples.articles() / "two-statesmen.md"
    sources = front_matter(path)["sources"]
    for source in sources:
        assert source.keys() == {"speaker", "speech", "date", "site", "url", "words"}
        assert all(source.values())
    words = {(source["speaker"], piece) for source in sources for piece in source["words"]}
    lines = indexer.samples.gold().read_text(encoding="utf-8").splitlines()
    gold = next(record for record in map(json.loads, lines) if record["id"] == path.name)
    for quotation in (q for q in gold["quotations"] if q.get("type") == "person"):
        left = gold["text"][quotation["start"] : quotation["end"]]
        speaker = quotation["via"] or quotation["speaker"]
        for piece in (piece for said_by, piece in words if said_by == speaker):
            left = left.replace(piece, "")
        assert not re.search(r"\w", left), f"no source for {left!r}"
    assert [piece for _, piece in words if piece not in gold["text"]] == []


@pytest.mark.parametrize("path", [path for path in MARKDOWN if path.name != "two-statesmen.md"], ids=name_of)
def test_only_the_piece_on_two_statesmen_has_sources(path: Path) -> None:
    assert "sources" not in front_matter(path)


def test_the_table_of_cases_covers_the_design() -> None:
    assert {case for case, _, _ in cases()} == CASES


@pytest.mark.parametrize(("case", "article", "words"), cases())
def test_a_case_stands_where_the_table_says(case: str, article: str, words: str) -> None:
    assert document(indexer.samples.articles() / article).text.count(words) == 1


def test_four_paragraphs_after_one_cue_are_quotation_only() -> None:
    paragraphs = document(indexer.samples.articles() / "harriers-lose.md").text.split("\n\n")
    last = paragraphs.index('"Come back in March."')
    assert all(re.fullmatch(r'"[^"]+"', paragraph) for paragraph in paragraphs[last - 3 : last + 1])
    assert "she said" in paragraphs[last - 4]


def test_the_name_is_three_paragraphs_up() -> None:
    paragraphs = document(indexer.samples.articles() / "averley-ferry.md").text.split("\n\n")
    said = next(number for number, paragraph in enumerate(paragraphs) if "” she said" in paragraph)
    named = [number for number, paragraph in enumerate(paragraphs[:said]) if "Joan Pettifer" in paragraph]
    assert named == [said - 3]


def test_the_cue_ends_a_paragraph_and_only_words_in_marks_follow() -> None:
    text = document(indexer.samples.articles() / "averley-ferry.md").text
    assert re.search(r"bookseller Agnes Tull said\.\n\n“[^“”]+”\n\n", text)


def test_a_continued_quotation_closes_in_its_last_paragraph_only() -> None:
    text = document(indexer.samples.articles() / "averley-ferry.md").text
    assert re.search(r":\n\n“[^“”]+\n\n“[^“”]+\n\n“[^“”]+”\n\n", text)
