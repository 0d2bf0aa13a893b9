from __future__ import annotations

import json

import pytest

TEXT = "“It rained,” said Piotr Nowak. The so-called “welcome” was short."


@pytest.fixture
def gold(tmp_path):
    """One document, with a speaker that is right, or wrong by intention."""

    def make(speaker):
        quotation = {"start": 1, "end": 11, "decision": "quotation", "kind": "direct", "speaker": speaker}
        record = {
            "id": "a",
            "text": TEXT,
            "quotations": [{**quotation, "aliases": [], "type": "person", "mentions": []}],
        }
        path = tmp_path / "gold.jsonl"
        path.write_text(json.dumps(record) + "\n", encoding="utf-8")
        return path

    return make


def test_prints_the_figures_for_people(invoke, gold):
    result = invoke("evaluate", gold("Piotr Nowak"))
    assert result.exit_code == 0
    assert "documents 1  gold quotations 1" in result.stdout
    assert "end to end P 1.000  R 1.000  F1 1.000" in result.stdout


def test_prints_how_often_each_rule_is_right(invoke, gold):
    rows = invoke("evaluate", gold("Piotr Nowak"), "--rules").stdout.splitlines()
    assert "cue, then speaker, after it\tname\t0.667\t1" in rows
    wrong = invoke("evaluate", gold("Ada Brink"), "--rules").stdout.splitlines()
    assert "cue, then speaker, after it\tname\t0.333\t1" in wrong


def test_prints_them_for_programs(invoke, gold):
    figures = json.loads(invoke("evaluate", gold("Piotr Nowak"), "--json").stdout)
    assert figures["end_to_end"]["f1"] == 1
    assert figures["by_kind"]["direct"]["n"] == 1


def test_shows_as_many_mistakes_as_asked_for(invoke, gold):
    path = gold("Eva Holm")
    assert "Eva Holm" not in invoke("evaluate", path).stdout
    assert "Eva Holm" in invoke("evaluate", path, "--errors", "5").stdout


def test_a_gold_file_that_is_none_is_one_line(invoke, tmp_path):
    (tmp_path / "bad.jsonl").write_text("{oops\n", encoding="utf-8")
    for name in ("bad.jsonl", "gone.jsonl"):
        result = invoke("evaluate", tmp_path / name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("Error: ")
        assert name in result.stderr
        assert result.stderr.count("\n") == 1
