from __future__ import annotations

import json

import pytest

from indexer.errors import CorpusError
from indexer.nlp.analysis import load
from indexer.training.attribution import choices_of
from indexer.training.examples import Answer, annotated, decided, patterns

TEXT = "Ada Brink said the ferry was “late”. Her “ferry” is a raft. “It sails,” she said."


def where(words, text=TEXT):
    return [text.index(words), text.index(words) + len(words)]


@pytest.fixture
def gold(tmp_path):
    quotations = [
        {"start": where("late")[0], "end": where("late")[1], "decision": "quotation", "speaker": "Ada Brink"},
        {"start": where("ferry” is")[0], "end": where("ferry” is")[0] + 5, "decision": "term"},
        {"start": where("It sails")[0], "end": where("It sails")[1], "decision": "ambiguous"},
    ]
    quotations[0]["mentions"] = [where("Ada Brink")]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "quotations": quotations}), encoding="utf-8")
    return path


def test_a_gold_file_answers_what_was_decided(gold):
    (example,) = decided(gold)
    assert example.answer(*where("late")) == Answer(True, (tuple(where("Ada Brink")),), frozenset({"ada brink"}))
    start = where("ferry” is")[0]
    assert example.answer(start, start + 5) == Answer(False)
    assert example.answer(*where("It sails")) is None


def test_annotated_articles_answer_for_what_a_content_holds(tmp_path):
    record = {
        "id": "a",
        "text": TEXT,
        "attributions": [
            {"source": [[where("Ada Brink")]], "cue": [], "content": [[[where("the ferry was")[0], where("late")[1]]]]},
            {"cue": [], "content": [[where("It sails")]]},
        ],
    }
    path = tmp_path / "train.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    (example,) = annotated(path, weight=0.5)
    assert example.weight == 0.5
    assert example.answer(*where("late")) == Answer(True, (tuple(where("Ada Brink")),))
    assert example.answer(*where("It sails")) == Answer(True)
    assert example.answer(*where("ferry” is")) is None
    assert annotated(path, but=["a"]) == []


def test_a_file_of_another_kind_is_named(tmp_path):
    path = tmp_path / "train.jsonl"
    with pytest.raises(CorpusError, match=r"train\.jsonl: no annotated articles"):
        annotated(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"train\.jsonl: no annotated articles"):
        annotated(path)


def test_every_pattern_marks_a_speaker_and_has_a_quotation():
    analyser = load()
    for example in patterns():
        answer = example.answer(0, len(example.document.text))
        choices = list(choices_of(example, analyser))
        if answer.mentions:
            assert choices or "@" in example.document.text or "hailed" in example.document.text
            assert all(any(choice.right) for choice in choices)
        else:
            assert not choices


def test_a_document_is_always_in_the_same_part(gold):
    (example,) = decided(gold)
    assert {example.fold(10) for _ in range(3)} == {example.fold(10)}
    assert 0 <= example.fold(10) < 10
