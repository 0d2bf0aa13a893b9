"""Corpora: one JSON object a line, each line failing or succeeding by itself."""

from __future__ import annotations

import json
import os
import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain import Document, Failure
from indexer.sources import read
from indexer.sources.text import MAX_BYTES

FULL = {
    "id": "b/2",
    "text": "“Two,”\r\nshe said.\u2028",
    "title": "A\ntitle",
    "author": ["Ann Lee", "Bo"],
    "published": "September 12, 2016",
    "publisher": "The Coast",
    "url": "https://coast.example/2",
    "language": "en-US",
    "tags": {"ignored": 1},
}


def test_documents_with_all_they_say_about_themselves(write_lines):
    assert list(read([write_lines("c.jsonl", {"id": "a1", "text": "One."}, "", FULL)])) == [
        Document(id="a1", text="One."),
        Document(
            id="b/2",
            text="“Two,”\r\nshe said.\u2028",
            title="A title",
            author="Ann Lee; Bo",
            published="2016-09-12",
            publisher="The Coast",
            url="https://coast.example/2",
            language="en",
        ),
    ]


def test_ndjson_a_byte_order_mark_windows_newlines_and_a_last_line_without_one(write):
    raw = b'\xef\xbb\xbf{"id": 7, "text": "One."}\r\n{"id": "8", "text": "Two."}'
    assert [(found.id, found.text) for found in read([write("c.ndjson", raw)])] == [("7", "One."), ("8", "Two.")]


def test_metadata_that_cannot_be_used_is_left_out(write_lines):
    record = {
        "id": "a",
        "text": "x",
        "title": 3.5,
        "author": {},
        "published": "soon",
        "url": None,
        "language": "English",
    }
    assert list(read([write_lines("c.jsonl", record)])) == [Document(id="a", text="x")]


def test_what_no_database_holds_is_replaced_one_for_one(write):
    (found,) = read([write("c.jsonl", r'{"id": "a\ud800", "text": "x\u0000y\udc00z \ud83d\ude00", "title": "\u0000"}')])
    assert found == Document(id="a\ufffd", text="x\ufffdy\ufffdz 😀", title="\ufffd")


BAD_LINES = [
    ("{not json}", "not JSON (Expecting property name enclosed in double quotes, column 2)"),
    ('{"id": "a", "text": "cut', "not JSON (Invalid control character at, column 25)"),
    ("[" * 3000 + "1", "not JSON ("),
    ('{"id": "a", "text": "x", "n": ' + "9" * 5000 + "}", "not JSON (cannot be read)"),
    ('"a string"', "not a JSON object"),
    ("null", "not a JSON object"),
    ('{"id": "a"}', "has no text"),
    ('{"text": "x"}', "has no id"),
    ('{"id": "a", "text": ["x"]}', "its text is no string"),
    ('{"id": "a", "text": null}', "its text is no string"),
    ('{"id": "", "text": "x"}', "its id is empty or no string"),
    ('{"id": true, "text": "x"}', "its id is empty or no string"),
    ('{"id": ["a"], "text": "x"}', "its id is empty or no string"),
    ('{"id": "a", "text": ""}', "is empty"),
    ('{"id": "a", "text": " \\n"}', "holds nothing but white space"),
]


@pytest.mark.parametrize(("line", "problem"), BAD_LINES, ids=lambda value: value[:25])
def test_a_bad_line_is_named_and_the_others_go_on(write_lines, line, problem):
    good = {"id": "good", "text": "x"}
    first, bad, last = read([write_lines("c.jsonl", {"id": "first", "text": "x"}, line, good)])
    assert (first.id, last.id) == ("first", "good")
    assert isinstance(bad, Failure)
    assert bad.source == "c.jsonl:2"
    assert bad.problem.startswith(problem)
    assert bad.hint


def test_bytes_that_are_no_text_in_one_line(write):
    raw = b'{"id": "a", "text": "x"}\n{"id": "b", "text": "\x00\x00"}\n{"id": "c", "text": "\x93x\x94"}\n'
    first, bad, western = read([write("c.jsonl", raw)])
    assert bad.source == "c.jsonl:2"
    assert bad.problem == "bytes that are no text"
    assert (first.text, western.text) == ("x", "“x”")


def test_an_id_that_was_there_before(write_lines):
    one = write_lines("one.jsonl", {"id": "a", "text": "x"}, {"id": "a", "text": "y"})
    two = write_lines("two.jsonl", {"id": "a", "text": "z"}, {"id": "b", "text": "z"})
    kept, again, elsewhere, other = read([one, two])
    assert (kept.text, other.id) == ("x", "b")
    assert [again.source, elsewhere.source] == ["one.jsonl:2", "two.jsonl:1"]
    assert again.problem == elsewhere.problem == "an earlier document has the id 'a'"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "a corpus without a line in it"),
        (b"\n \n\n", "a corpus without a line in it"),
        (b'[{"id": "a", "text": "x"},\n{"id": "b", "text": "y"}]\n', "a JSON array, not one object a line"),
        (b"SQLite format 3\x00\n\n\n", "bytes that are no text"),
        ('{"id": "a", "text": "x"}\n'.encode("utf-16"), "bytes that are no text"),
    ],
)
def test_a_file_that_is_no_corpus_fails_once(write, failure, raw, problem):
    found = failure(write("c.jsonl", raw))
    assert (found.source, found.problem) == ("c.jsonl", problem)


def test_a_line_of_fifty_megabytes_is_skipped_and_named(write):
    long_line = b'{"id": "long", "text": "' + b"x" * 50_000_000 + b'"}\n'
    before, after = b'{"id": "a", "text": "x"}\n', b'{"id": "z", "text": "x"}'
    first, failed, last = read([write("c.jsonl", before + long_line + after)])
    assert (first.id, last.id) == ("a", "z")
    assert (failed.source, failed.problem) == ("c.jsonl:2", "a line over 32 MiB")


def test_the_longest_line_allowed_is_read(write):
    head, foot = b'{"id": "a", "text": "', b'"}'
    words = b"x" * (MAX_BYTES - len(head) - len(foot))
    (found,) = read([write("c.jsonl", head + words + foot)])
    assert len(found.text) == len(words)


def test_memory_stays_bounded_however_long_a_line(write):
    path = write("c.jsonl", b'{"id": "a", "text": "' + b"x" * 10_000)
    os.truncate(path, 400_000_000)
    tracemalloc.start()
    try:
        (failed,) = read([path])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert failed.problem == "a line over 32 MiB"
    assert peak < 4 * MAX_BYTES


def test_a_corpus_is_read_line_by_line():
    class Endless(BytesIO):
        """A stream that goes on for ever."""

        lines = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.lines += 1
            return b'{"id": %d, "text": "x"}\n' % self.lines

    stream = Endless()
    documents = read(["-"], stdin=stream)
    assert [next(documents).id for _ in range(3)] == ["1", "2", "3"]
    assert stream.lines < 6
    documents.close()


KEYS = ("title", "publisher", "url")
PLAIN = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
RECORDS = st.fixed_dictionaries(
    {"id": PLAIN.filter(str.strip), "text": PLAIN.filter(str.strip)}, optional=dict.fromkeys(KEYS, PLAIN)
)


@given(st.lists(RECORDS, min_size=1, max_size=5, unique_by=lambda record: record["id"]), st.booleans())
def test_every_text_and_id_comes_back_as_it_was(records, ascii_only):
    lines = "".join(json.dumps(record, ensure_ascii=ascii_only) + "\n" for record in records)
    found = list(read(["-"], stdin=BytesIO(lines.encode())))
    assert [(document.id, document.text) for document in found] == [(r["id"], r["text"]) for r in records]
    for document, record in zip(found, records, strict=True):
        assert [getattr(document, key) for key in KEYS] == [
            " ".join(record.get(key, "").split()) or None for key in KEYS
        ]


@given(st.lists(st.binary(max_size=30) | st.sampled_from([b'{"id": 1, "text": "x"}', b'{"id":', b"[]"]), max_size=6))
def test_any_lines_are_documents_or_failures(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("any") / "c.jsonl"
    path.write_bytes(b"\n".join(lines))
    for found in read([str(path)]):
        assert isinstance(found, Document) or found.source.startswith(str(path))
