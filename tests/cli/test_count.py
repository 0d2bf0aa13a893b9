"""How many quotations there are, by what: the counts agree with a search."""

from __future__ import annotations

import json
from collections import Counter

import pytest


@pytest.fixture
def rows(invoke, small_index):
    """The records that a command prints."""

    def run(*args):
        result = invoke(*args, "--format", "jsonl", "--db", small_index)
        assert result.exit_code == 0, result.output
        return [json.loads(line) for line in result.stdout.splitlines()]

    return run


VALUES = {
    "kind": lambda hit: hit["kind"],
    "publisher": lambda hit: hit["publisher"],
    "month": lambda hit: (hit["said_on"] or hit["published"] or "")[:7],
}


@pytest.mark.parametrize("by", VALUES)
def test_counts_are_those_of_a_search(rows, by):
    whole = {record["id"]: record for record in rows("export", "--kind", "direct") + rows("export", "--kind", "mixed")}
    expected = Counter(value for hit in whole.values() if (value := VALUES[by](hit)) is not None)
    assert {record["value"]: record["quotations"] for record in rows("count", "--by", by)} == dict(expected)


def test_speakers_are_counted_as_they_are_listed(rows):
    counted = {record["slug"]: record["quotations"] for record in rows("count")}
    assert counted == {record["slug"]: record["quotations"] for record in rows("speakers", "list")}


def test_one_speaker_by_month(rows):
    speaker = rows("speakers", "list", "--limit", "1")[0]
    months = rows("count", "--by", "month", "--speaker", speaker["name"])
    assert sum(record["quotations"] for record in months) == speaker["quotations"]
    assert [record["value"] for record in months] == sorted(record["value"] for record in months)


def test_what_is_not_counted_for_one_speaker(invoke, small_index, rows):
    speaker = rows("speakers", "list", "--limit", "1")[0]["slug"]
    result = invoke("count", "--by", "kind", "--speaker", speaker, "--db", small_index)
    assert result.exit_code == 2
    assert result.stderr == "Error: by kind: not counted for a single speaker. Choose one of month, publisher\n"


def test_for_people_it_is_a_table(invoke, small_index):
    lines = invoke("count", "--by", "kind", "--db", small_index).stdout.splitlines()
    assert lines[0].split() == ["quotations", "kind"]
    assert lines[1].split()[1] == "direct"
