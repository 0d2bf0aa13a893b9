from __future__ import annotations

import csv
import io
import json

import pytest

from indexer.cli import search, show, speakers
from indexer.store.reader import Reader


@pytest.fixture
def wood(small_index):
    with Reader(small_index) as reader:
        return reader.search("wood")[0]


def test_list_is_what_speakers_does(invoke, small_index):
    named = invoke("speakers", "list", "--db", small_index)
    assert named.exit_code == 0
    assert named.stdout == invoke("speakers", "--db", small_index).stdout
    header, first, *_ = named.stdout.splitlines()
    assert header.split() == ["quotations", "documents", "first", "last", "type", "speaker"]
    assert first.endswith("Maria Lindqvist")


def test_list_with_words_and_limit(invoke, small_index):
    result = invoke("speakers", "list", "berg", "--db", small_index, "--format", "jsonl")
    (row,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (row["name"], row["type"], row["documents"]) == ("Tomas Berg", "person", 2)
    assert list(row) == list(speakers.FIELDS)
    limited = invoke("speakers", "--limit", "1", "--db", small_index, "--format", "json")
    assert len(json.loads(limited.stdout)) == 1


def test_list_of_nobody_is_said(invoke, small_index):
    result = invoke("speakers", "list", "xylophone", "--db", small_index)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No speakers found.\n")


def test_list_as_csv(invoke, small_index):
    result = invoke("speakers", "--db", small_index, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert tuple(rows[0]) == speakers.FIELDS
    assert {row["name"] for row in rows} >= {"Maria Lindqvist", "Tomas Berg", "Amara Osei"}


@pytest.mark.parametrize("name", [["Tomas Berg"], ["tomas", "berg"], ["tomas-berg"]])
def test_show_a_speaker_by_name_or_slug(invoke, small_index, name):
    result = invoke("speakers", "show", *name, "--db", small_index)
    assert result.exit_code == 0
    assert result.stdout.startswith("Tomas Berg (person)")
    assert "The harbour money should have bought wood." in result.stdout
    assert "a burden for all of us" in result.stdout


def test_show_a_speaker_in_other_formats_and_with_a_limit(invoke, small_index):
    args = ("speakers", "show", "Tomas Berg", "--db", small_index)
    hits = json.loads(invoke(*args, "--format", "json").stdout)
    assert len(hits) == 2
    assert set(hits[0]) == set(search.FIELDS)
    limited = invoke(*args, "--limit", "1", "--format", "jsonl")
    assert [json.loads(line) for line in limited.stdout.splitlines()] == hits[:1]
    assert limited.stderr == "1 quotation of 2; a higher --limit shows more.\n"


def test_an_unknown_speaker_is_one_line_with_a_hint(invoke, small_index):
    result = invoke("speakers", "show", "Tomas Borg", "--db", small_index)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert "Tomas Borg" in result.stderr
    assert "Tomas Berg" in result.stderr
    assert result.stderr.count("\n") == 1


def test_show_a_quotation_by_the_start_of_its_id(invoke, small_index, wood):
    result = invoke("show", wood.key[:8], "--db", small_index)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"“{wood.text}”\n")
    for part in ("Tomas Berg (person)", "said", wood.evidence, "A hard winter ahead", "articles/winter.md", wood.key):
        assert part in result.stdout
    assert f"Tomas Berg said: “{wood.text}”" in result.stdout


def test_show_a_quotation_in_other_formats(invoke, small_index, wood):
    args = ("show", wood.key, "--db", small_index, "--format")
    record = json.loads(invoke(*args, "jsonl").stdout)
    assert tuple(record) == show.FIELDS
    assert record["before"] + record["text"] + record["after"] == f"Tomas Berg said: “{wood.text}”"
    assert json.loads(invoke(*args, "json").stdout) == [record]
    (row,) = csv.DictReader(io.StringIO(invoke(*args, "csv").stdout, newline=""))
    assert row["text"] == wood.text


@pytest.mark.parametrize("key", ["ffffffffffff0", "zz", ""])
def test_an_unknown_id_is_one_line(invoke, small_index, key):
    result = invoke("show", key, "--db", small_index)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
