"""The gold annotations of the samples: exact offsets, marks left out, everything in marks decided."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import indexer.samples
from indexer.domain import Document
from indexer.nlp.marks import read_marks, walk
from indexer.sources import read

MARKS = "“”\"«»„‘’'‹›‚`"
OPENERS = "“\"«»„‘'›‹‚`"
CLOSERS = "”“\"«»‘’'›‹"
QUOTATION_KEYS = {"start", "end", "decision", "kind", "speaker", "aliases", "type", "mentions", "via"}
TYPES = {"person", "organization", "document", "unnamed", "author"}

Gold = dict[str, Any]
GOLD: list[Gold] = [json.loads(line) for line in indexer.samples.gold().read_text(encoding="utf-8").splitlines()]
SPANS = [(record, quotation) for record in GOLD for quotation in record["quotations"]]
QUOTATIONS = [pair for pair in SPANS if pair[1]["decision"] == "quotation"]


def each(pairs: list[tuple[Gold, Gold]]) -> pytest.MarkDecorator:
    """Run a test for each (record, quotation), named like `weir-trial.md:212`."""
    params = [pytest.param(record, quotation, id=f"{record['id']}:{quotation['start']}") for record, quotation in pairs]
    return pytest.mark.parametrize(("record", "quotation"), params)


def words_of(record: Gold, span: list[int]) -> str:
    text: str = record["text"]
    return text[span[0] : span[1]]


@pytest.fixture(params=GOLD, ids=[record["id"] for record in GOLD])
def record(request: pytest.FixtureRequest) -> Gold:
    return request.param  # type: ignore[no-any-return]


def test_every_article_has_its_line() -> None:
    assert [record["id"] for record in GOLD] == sorted(path.name for path in indexer.samples.articles().iterdir())


def test_a_line_has_the_keys_of_the_format(record: Gold) -> None:
    assert record.keys() == {"id", "title", "author", "published", "publisher", "text", "quotations"}
    assert all(record.values())


def test_the_text_is_what_is_read_from_the_file(record: Gold) -> None:
    (document,) = read([str(indexer.samples.articles() / record["id"])])
    assert isinstance(document, Document)
    assert record["text"] == document.text


def test_the_metadata_is_what_the_file_says(record: Gold) -> None:
    (document,) = read([str(indexer.samples.articles() / record["id"])])
    assert isinstance(document, Document)
    if record["id"].endswith(".txt"):
        assert record["text"].startswith(f"{record['title']}\n\nBy {record['author']}, {record['publisher']}, ")
    else:
        said = (document.title, document.author, document.published, document.publisher)
        assert said == (record["title"], record["author"], record["published"], record["publisher"])


def test_spans_lie_in_reading_order_and_nest_cleanly(record: Gold) -> None:
    spans = [(q["start"], q["end"]) for q in record["quotations"]]
    assert spans == sorted(set(spans), key=lambda span: (span[0], -span[1]))
    for first, second in ((a, b) for a in spans for b in spans if a[0] < b[0]):
        assert second[0] >= first[1] or second[1] <= first[1]


@each(SPANS)
def test_a_span_holds_words_and_leaves_its_marks_out(record: Gold, quotation: Gold) -> None:
    text, start, end = record["text"], quotation["start"], quotation["end"]
    words = text[start:end]
    assert words == words.strip()
    assert "\n" not in words
    opened = text[:start][-1:] in set(OPENERS) or text[:start].endswith("\n> ")
    closed = text[end:].lstrip(" ")[:1] in set(CLOSERS) or text[end:].startswith("\n\n")
    assert opened or text[:start].endswith("\n\n"), "only a missing opening mark leaves a span bare"
    assert closed
    assert words[0] not in MARKS or any(q["start"] == start + 1 for q in record["quotations"])


def test_everything_in_marks_is_decided_and_nothing_else(record: Gold) -> None:
    found = {(span.start, span.end) for span, _ in walk(read_marks(record["text"]))}
    assert found == {(q["start"], q["end"]) for q in record["quotations"]}


@each(QUOTATIONS)
def test_a_quotation_says_who_speaks(record: Gold, quotation: Gold) -> None:
    assert quotation.keys() - {"when"} == QUOTATION_KEYS
    assert quotation["kind"] in {"direct", "mixed"}
    assert quotation["type"] in TYPES
    assert quotation["speaker"]
    assert quotation["speaker"] not in quotation["aliases"]
    assert quotation["type"] != "author" or quotation["speaker"] == record["author"]


@each([pair for pair in QUOTATIONS if pair[1]["type"] != "author"])
def test_the_speaker_and_who_relays_stand_in_the_article(record: Gold, quotation: Gold) -> None:
    without_nickname = re.sub(r' "\w+" ', " ", record["text"]).casefold()
    assert quotation["speaker"].casefold() in without_nickname
    assert quotation["via"].casefold() in without_nickname


@each(QUOTATIONS)
def test_a_mention_is_whole_words_outside_the_quoted_ones(record: Gold, quotation: Gold) -> None:
    spans = [*quotation["mentions"], *([quotation["when"]] if "when" in quotation else [])]
    for start, end in spans:
        assert re.fullmatch(r"\b\w.*\w\b|\w", words_of(record, [start, end]))
        assert not re.match(r"\w", record["text"][end:])
        assert not re.search(r"\w$", record["text"][:start])
    label = re.match(r"[A-Z]+(?=: )", words_of(record, [quotation["start"], quotation["end"]]))
    for start, end in quotation["mentions"]:
        outside = end <= quotation["start"] or start >= quotation["end"]
        assert outside or (label and start == quotation["start"])


@each([pair for pair in QUOTATIONS if not pair[1]["mentions"]])
def test_only_a_paragraph_that_carries_on_has_no_mention(record: Gold, quotation: Gold) -> None:
    before = [q for q in record["quotations"] if q["end"] < quotation["start"] and q["decision"] == "quotation"]
    speakers = [q["speaker"] for q in before if not any(r["start"] < q["start"] < r["end"] for r in before)]
    assert speakers[-1] == quotation["speaker"]
    assert "\n" in record["text"][quotation["start"] - 4 : quotation["start"]]


@each([pair for pair in SPANS if pair[1]["decision"] != "quotation"])
def test_what_is_no_quotation_has_no_speaker(record: Gold, quotation: Gold) -> None:
    assert quotation.keys() == {"start", "end", "decision"}
    assert quotation["decision"] in {"term", "ambiguous"}


def test_every_kind_and_type_and_decision_is_there() -> None:
    assert {q["kind"] for _, q in QUOTATIONS} == {"direct", "mixed"}
    assert {q["type"] for _, q in QUOTATIONS} == TYPES
    assert {q["decision"] for _, q in SPANS} == {"quotation", "term", "ambiguous"}


def test_putin_and_xi_are_quoted() -> None:
    statesmen = next(record for record in GOLD if record["id"] == "two-statesmen.md")
    speakers = [q.get("speaker") for q in statesmen["quotations"]]
    assert speakers.count("Vladimir Putin") >= 3
    assert speakers.count("Xi Jinping") >= 3
