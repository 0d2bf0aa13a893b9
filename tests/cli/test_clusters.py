from __future__ import annotations

import csv
import io
import json

import pytest

from indexer.cli import clusters
from indexer.store.reader import Reader

FULL = "The harbour will feed this town for a century, and the herring will come back."
TEXTS = {
    "post": f"“{FULL}” said Maria Lindqvist, the mayor.",
    "mail": "“The herring will come back,” said Maria Lindqvist. She left.",
    "news": f"“{FULL}” said Tomas Berg.",
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """An index of three articles that print the same words; tests only read it."""
    from indexer.indexing import index

    folder = tmp_path_factory.mktemp("printed")
    lines = (
        json.dumps({"id": name, "text": text, "published": f"2024-05-0{day}", "publisher": name})
        for day, (name, text) in enumerate(TEXTS.items(), start=1)
    )
    (folder / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    index([str(folder / "corpus.jsonl")], folder / "quotes.db", model="none")
    return folder / "quotes.db"


def test_the_same_words_are_listed(invoke, printed):
    result = invoke("same", "--db", printed, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert tuple(row) == clusters.LIST_FIELDS
    assert (row["documents"], row["publishers"], row["first"], row["text"]) == ("3", "3", "2024-05-01", FULL)
    table = invoke("same", "--db", printed).stdout.splitlines()
    assert table[0].split() == ["id", "documents", "publishers", "first", "last", "words"]
    assert table[1].endswith(f"“{FULL}”")


def test_all_versions_of_a_quotation(invoke, printed):
    with Reader(printed) as reader:
        key = reader.search("herring", document="mail")[0].key
    result = invoke("same", key, "--db", printed, "--format", "jsonl")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(record) for record in records] == [list(clusters.FIELDS)] * 3
    assert [record["document"] for record in records] == ["post", "news", "mail"]
    assert [record["earliest"] for record in records] == [True, False, False]
    assert {record["attributions_differ"] for record in records} == {True}


def test_versions_for_people(invoke, printed):
    with Reader(printed) as reader:
        key = reader.clusters()[0].key
    text = invoke("same", key, "--db", printed).stdout
    assert text.startswith(f"“{FULL}”")
    assert "attributed to both Maria Lindqvist and Tomas Berg" in text
    assert "3 times in 3 documents" in text
    assert "[-The harbour will feed this town for a century, and-] The herring will come back," in text


def test_no_such_words(invoke, printed, small_index):
    missing = invoke("same", "ffff", "--db", printed)
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert missing.stderr.startswith("Error: no cluster or quotation 'ffff'. Give the id")
    nothing = invoke("same", "--db", small_index)
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert nothing.stderr == "No words stand in several documents.\n"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "nobody is named"),
        (("A",), "A"),
        (("A", "B"), "attributed to both A and B"),
        (("A", "B", "C"), "attributed to A, B and C"),
    ],
)
def test_attributions_that_differ_are_said(names, said):
    assert clusters.attribution(names) == said


def test_what_is_left_out_is_shown_where_it_is_short():
    assert clusters.shown("removed", "a b") == "[-a b-]"
    assert clusters.shown("removed", "a " * 20) == "[…]"
    assert clusters.shown("added", "a\nb") == "[+a b+]"
