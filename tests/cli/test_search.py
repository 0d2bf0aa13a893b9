from __future__ import annotations

import csv
import dataclasses
import io
import json
import re

import pytest

from indexer.cli.search import FIELDS
from indexer.store.reader import Reader
from indexer.store.rows import Hit


@pytest.fixture
def search(invoke, small_index):
    def run(*args, fmt="jsonl"):
        result = invoke("search", "--db", small_index, "--format", fmt, *args)
        assert result.exit_code == 0, result.output
        return [json.loads(line) for line in result.stdout.splitlines()] if fmt == "jsonl" else result.stdout

    return run


def texts(hits):
    return {hit["text"] for hit in hits}


CENTURY = "The harbour will feed this town for a century,"
WOOD = "The harbour money should have bought wood."


def test_words(search):
    assert texts(search("harbour")) == {CENTURY, WOOD}
    assert texts(search("harbours", "wood")) == {WOOD}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (['"harbour money"'], {WOOD}),
        (["century OR wood"], {CENTURY, WOOD}),
        (["century", "OR", "wood"], {CENTURY, WOOD}),
        (["harbour -wood"], {CENTURY}),
        (["harbour", "-wood"], {CENTURY}),
        (["-wood", "harbour"], {CENTURY}),
        (["harbour", "--", "-wood"], {CENTURY}),
        (['century"'], {CENTURY}),
        (["“century"], {CENTURY}),
        (["century AND ("], {CENTURY}),
        (["speaker:century*"], None),
        (["'"], None),
    ],
)
def test_words_as_typed_never_fail(search, words, expected):
    found = texts(search(*words))
    assert expected is None or found == expected


def test_the_fields_are_those_of_a_hit_with_id_for_key(search):
    (hit,) = search("wood")
    assert list(hit) == ["id", *(field.name for field in dataclasses.fields(Hit))][0:1] + list(hit)[1:]
    assert set(hit) == {field.name for field in dataclasses.fields(Hit)} - {"key"} | {"id"}
    assert re.fullmatch(r"[0-9a-f]{12}", hit["id"])
    assert hit["speaker"] == "Tomas Berg"
    assert hit["title"] == "A hard winter ahead"
    assert hit["snippet"].isprintable()


def test_speaker(search):
    assert texts(search("--speaker", "tomas berg")) >= {WOOD}
    assert {hit["speaker"] for hit in search("--speaker", "Maria Lindqvist")} == {"Maria Lindqvist"}


def test_kind(search):
    assert {hit["kind"] for hit in search("--kind", "direct")} == {"direct"}
    assert texts(search("--kind", "term")) == {"welcome"}


def test_document(search):
    assert texts(search("--document", "spring")) == {"The fair was a triumph,"}


def test_since_and_until(search):
    assert {hit["document"] for hit in search("--since", "2024")} == {"articles/winter.md"}
    assert {hit["document"] for hit in search("--until", "2023-12")} == {"spring"}
    assert {hit["document"] for hit in search("--since", "2023-04-01", "--until", "2023-04-01")} == {"spring"}


@pytest.mark.parametrize("date", ["yesterday", "2024-13", "2024-02-30", "24"])
def test_a_date_that_is_none_is_wrong_usage(invoke, small_index, date):
    result = invoke("search", "x", "--since", date, "--db", small_index)
    assert result.exit_code == 2
    assert f"'{date}' is no date" in result.stderr


def test_limit(search, invoke, small_index):
    assert len(search("--since", "2023", "--limit", "1")) == 1
    result = invoke("search", "harbour", "--limit", "1", "--db", small_index)
    (key,) = re.findall(r"\b[0-9a-f]{12}\b", result.stdout)
    assert result.stderr == f"1 quotation of 2; --after {key} or a higher --limit shows more.\n"


def test_pages_follow_each_other(search):
    for sort in ("date", "relevance"):
        whole = [record["id"] for record in search("the", "--sort", sort)]
        assert len(whole) > 2
        pages, after = [], []
        while page := [record["id"] for record in search("the", "--sort", sort, "--limit", "2", *after)]:
            pages += page
            after = ["--after", page[-1]]
        assert pages == whole


def test_a_page_behind_a_quotation_that_is_gone(invoke, small_index):
    result = invoke("search", "the", "--after", "abcdef", "--db", small_index)
    assert result.exit_code == 2
    assert "no quotation 'abcdef'" in result.stderr


def test_only_one_publisher(search):
    assert {record["publisher"] for record in search("--publisher", "the WESTHAVEN post")} == {"The Westhaven Post"}


def test_nothing_found_is_said(invoke, small_index):
    result = invoke("search", "xylophone", "--db", small_index)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No quotations found.\n")


def test_nothing_asked_for_is_wrong_usage(invoke, small_index):
    result = invoke("search", "--db", small_index)
    assert result.exit_code == 2
    assert result.stderr == "Error: Nothing to search for. Give some words, or a filter such as --speaker NAME.\n"


def test_empty_words_give_the_newest(search):
    assert search("")[0]["document"] == "articles/winter.md"


def test_json_and_csv(search):
    expected = search("harbour")
    assert json.loads(search("harbour", fmt="json")) == expected
    rows = list(csv.DictReader(io.StringIO(search("harbour", fmt="csv"), newline="")))
    assert tuple(rows[0]) == FIELDS
    assert [row["text"] for row in rows] == [hit["text"] for hit in expected]


def test_piped_table_is_one_plain_line_a_quotation(quotes, small_index):
    done = quotes("search", "harbour", "--db", small_index)
    header, *lines = done.stdout.splitlines()
    assert header.split() == ["id", "speaker", "date", "document", "words"]
    assert len(lines) == 2
    assert "\x1b" not in done.stdout
    assert all(line.index("“") == header.index("words") for line in lines)
    assert {line[header.index("words") :] for line in lines} == {f"“{CENTURY}”", f"“{WOOD}”"}


def test_a_width_folds_the_table_and_loses_no_word(quotes, small_index):
    done = quotes("search", "wood", "--db", small_index, env={"COLUMNS": "60"})
    assert all(len(line.rstrip()) <= 60 for line in done.stdout.splitlines())
    start = done.stdout.splitlines()[0].index("words")
    words = " ".join(line[start:].strip() for line in done.stdout.splitlines())
    assert f"“{WOOD}”" in words
    assert "A hard winter ahead" in words


def test_colour_where_it_is_wanted(quotes, small_index):
    wanted = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "120"}
    coloured = quotes("search", "wood", "--db", small_index, env=wanted)
    assert "\x1b[" in coloured.stdout
    plain = quotes("search", "wood", "--db", small_index, env={**wanted, "NO_COLOR": "1"})
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", plain.stdout)


def test_what_is_found_can_be_shown(search, invoke, small_index):
    (hit,) = search("wood")
    with Reader(small_index) as reader:
        assert reader.quotation(hit["id"]).hit.text == WOOD
    assert WOOD in invoke("show", hit["id"], "--db", small_index).stdout
