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


def test_prints_them_for_programs(invoke, gold):
    figures = json.loads(invoke("evaluate", gold("Piotr Nowak"), "--json").stdout)
    assert figures["end_to_end"]["f1"] == 1
    assert figures["by_kind"]["direct"]["n"] == 1


def test_names_the_plain_baseline_and_whether_the_confidence_can_be_believed(invoke, gold):
    shown = invoke("evaluate", gold("Piotr Nowak")).stdout
    assert "baseline   quotation F1 0.667  end to end F1 0.667" in shown
    assert "calibration     ECE" in shown


def test_shows_as_many_mistakes_as_asked_for(invoke, gold):
    path = gold("Eva Holm")
    assert "Eva Holm" not in invoke("evaluate", path).stdout
    shown = invoke("evaluate", path, "--errors", "5").stdout
    assert "    1  Piotr Nowak -> Eva Holm\n" in shown
    assert "  a:1\n   “It rained,”\n   predicted Piotr Nowak (‘Piotr Nowak’), " in shown


def test_the_mistakes_for_programs_are_the_same(invoke, gold):
    path = gold("Eva Holm")
    (error,) = json.loads(invoke("evaluate", path, "--json", "--errors", "5").stdout)["errors"]
    assert (error["document"], error["start"], error["text"]) == ("a", 1, "It rained,")
    assert (error["predicted"], error["gold"], error["mention"]) == ("Piotr Nowak", "Eva Holm", "Piotr Nowak")


def test_control_characters_do_not_reach_the_terminal(invoke, gold):
    shown = invoke("evaluate", gold("Eva\x1b[31m \ud800Holm"), "--errors", "1")
    assert shown.exit_code == 0
    assert "gold      Eva\ufffd[31m \ufffdHolm" in shown.stdout


def test_a_gold_file_that_is_none_is_one_line(invoke, tmp_path):
    (tmp_path / "bad.jsonl").write_text("{oops\n", encoding="utf-8")
    for name in ("bad.jsonl", "gone.jsonl"):
        result = invoke("evaluate", tmp_path / name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("Error: ")
        assert name in result.stderr
        assert result.stderr.count("\n") == 1
