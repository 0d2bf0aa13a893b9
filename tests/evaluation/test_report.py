"""What the report says, for people and for programs."""

from __future__ import annotations

import json

import pytest

from indexer.domain import Document
from indexer.evaluation.gold import GoldDocument, GoldQuotation
from indexer.evaluation.metrics import Prediction, score
from indexer.evaluation.report import Report, evaluate

TEXT = "“Four\nwords or so,” said Ada Roe, who calls it “a plain fact”."


@pytest.fixture
def scores():
    """Two quotations, both found; one has a wrong speaker, and one prediction is spurious."""
    first = GoldQuotation(1, 18, "quotation", "direct", "Ada Roe", ("Roe",), ((25, 32),))
    second = GoldQuotation(48, 60, "quotation", "mixed", "Ada Roe", (), ())
    predictions = [Prediction(1, 18, "Roe", (25, 32)), Prediction(48, 60, "Li Wei"), Prediction(20, 24, "Li Wei")]
    return score([GoldDocument(Document("a", TEXT), (first, second))], {"a": predictions})


def test_the_report_for_people(scores):
    assert Report(scores, errors=9).as_text().splitlines() == [
        "documents 1  gold quotations 2",
        "quotation  P 0.667  R 1.000  F1 0.800  (tp 2 fp 1 fn 0)",
        "end to end P 0.333  R 0.500  F1 0.400  (tp 1 fp 2 fn 1)",
        "speaker 0.500  full name 0.000  mention 1.000",
        "bad offsets 0  unknown documents 0",
        "",
        "kind      gold  found         speaker right",
        "direct       1      1 100.0%       1 100.0%",
        "mixed        1      1 100.0%       0   0.0%",
        "",
        "spurious | a | said | Li Wei | None",
        "speaker | a | a plain fact | Li Wei | Ada Roe",
    ]


def test_only_as_many_mistakes_as_asked_for(scores):
    assert "spurious |" not in Report(scores).as_text()
    assert "speaker |" not in Report(scores, errors=1).as_text()


def test_a_mistake_stays_on_one_line():
    gold = GoldQuotation(1, 18, "quotation", "direct", "Ada Roe", (), ())
    missed = score([GoldDocument(Document("a", TEXT), (gold,))], {})
    assert Report(missed, errors=1).as_text().endswith("missed | a | Four/words or so, | None | Ada Roe")


def test_the_report_for_programs(scores):
    figures = json.loads(json.dumps(Report(scores).as_dict()))
    assert figures["end_to_end"] == {"p": pytest.approx(1 / 3), "r": 0.5, "f1": 0.4, "tp": 1, "fp": 2, "fn": 1}
    assert figures["by_kind"]["mixed"] == {"n": 1, "found": 1, "speaker_ok": 0}
    assert figures["mention"] == 1.0


def test_evaluating_follows_the_work_and_counts_only_what_extract_prints(samples):
    seen = []
    report = evaluate(samples / "gold.jsonl", progress=lambda done, total: seen.append((done, total)))
    documents = report.scores.documents
    assert seen == [(done, documents) for done in range(1, documents + 1)]
    assert report.scores.bad_offsets == report.scores.unknown_documents == 0
