"""What the report says, for people and for programs."""

from __future__ import annotations

import json

import pytest

from indexer.domain import Document
from indexer.evaluation.gold import GoldDocument, GoldQuotation
from indexer.evaluation.metrics import Prediction, score
from indexer.evaluation.report import Report, evaluate

TEXT = "“Four\nwords or so,” said Ada Roe, who calls it “a plain fact”."
FOR_PEOPLE = """\
documents 1  gold quotations 2
quotation  P 0.667  R 1.000  F1 0.800  (tp 2 fp 1 fn 0)
end to end P 0.333  R 0.500  F1 0.400  (tp 1 fp 2 fn 1)
speaker 0.500  full name 0.000  mention 1.000
via 0 of 1 given, another for 0, 0 where gold has none
baseline   quotation F1 1.000  end to end F1 0.500
bad offsets 0  unknown documents 0

kind              gold  found         speaker right
direct               1      1 100.0%       1 100.0%
mixed                1      1 100.0%       0   0.0%

mention           gold  found         speaker right
name                 1      1 100.0%       1 100.0%
none                 1      1 100.0%       0   0.0%

mention stands    gold  found         speaker right
after                1      1 100.0%       1 100.0%
none                 1      1 100.0%       0   0.0%

speaker type      gold  found         speaker right
person               1      1 100.0%       1 100.0%
none                 1      1 100.0%       0   0.0%

confidence           n    mean   right
0.5 to 0.6           1   0.500   0.000
0.9 to 1.0           2   0.940   0.500

tier                 n    mean   right  of all
certain              2   0.940   0.500   66.7%
uncertain            1   0.500   0.000   33.3%
calibration     ECE 0.460  with equal counts 0.527  Brier 0.407"""
MISTAKES = """\
mistake                                   missed  spurious
no mention in gold, chosen: name               1         1
spurious span                                  0         1
all                                            1         2

times  predicted -> gold
    1  Li Wei -> Ada Roe

1. spurious span  a:20
   “said”
   predicted Li Wei, 0.50
   gold      nobody

2. no mention in gold, chosen: name  a:48
   “a plain fact”
   predicted Li Wei (‘Ada Roe’), 0.98
   gold      Ada Roe
   ‘Ada Roe’ is the subject of ‘calls’"""


@pytest.fixture
def report():
    """Two quotations, both found; one has a wrong speaker, and one prediction is spurious."""
    first = GoldQuotation(1, 18, "quotation", "direct", "Ada Roe", ("Roe",), ((25, 32),), "person")
    second = GoldQuotation(48, 60, "quotation", "mixed", "Ada Roe", (), (), via="the Post")
    gold = [GoldDocument(Document("a", TEXT), (first, second))]
    predictions = [
        Prediction(1, 18, "Roe", (25, 32), confidence=0.9),
        Prediction(
            48,
            60,
            "Li Wei",
            (25, 32),
            mention_kind="name",
            confidence=0.98,
            evidence="‘Ada Roe’ is the subject of ‘calls’",
        ),
        Prediction(20, 24, "Li Wei", confidence=0.5),
    ]
    plain = score(gold, {"a": [Prediction(1, 18, "Li Wei"), Prediction(48, 60, "Ada Roe")]})
    return lambda errors=0: Report(score(gold, {"a": predictions}), errors, plain)


def test_the_report_for_people(report):
    assert report().as_text() == FOR_PEOPLE


def test_the_mistakes_follow_where_they_are_asked_for(report):
    assert report(9).as_text() == f"{FOR_PEOPLE}\n\n{MISTAKES}"


def test_only_as_many_mistakes_as_asked_for(report):
    text = report(1).as_text()
    assert text == f"{FOR_PEOPLE}\n\n{MISTAKES.partition(chr(10) * 2 + '2. ')[0]}"


def test_the_confusions_that_are_not_shown_are_counted(case):
    for words, who in (("The pier is closed,", "Tom Ash"), ("a long argument", "Ada Brink"), ("Pay by June.", "Roe")):
        document = case.predictions[words][0]
        case.put(document, words, who)
    text = Report(case.scores(), errors=1).as_text()
    assert "    1  Ada Brink -> Jane Roe\n    2  others\n" in text


def test_a_mistake_keeps_to_its_lines():
    gold = GoldQuotation(1, 18, "quotation", "direct", "Ada Roe", (), ())
    missed = score([GoldDocument(Document("a", TEXT), (gold,))], {})
    assert "\n1. no span  a:1\n   “Four/words or so,”\n" in Report(missed, errors=1).as_text()


def test_a_long_quotation_is_cut_short_for_people_only(case):
    text = "“" + "rain " * 60 + "” said Ada Roe."
    gold = GoldDocument(Document("a", text), (GoldQuotation(1, 301, "quotation", "direct", "Ada Roe", (), ()),))
    missed = Report(score([gold], {}), errors=1)
    assert max(map(len, missed.as_text().splitlines())) < 120
    assert missed.as_dict()["errors"][0]["text"] == "rain " * 60


def test_a_report_without_any_mistake_lists_none(case):
    text = Report(case.scores(), errors=5).as_text()
    assert "end to end P 1.000  R 1.000  F1 1.000" in text
    assert "mistake" not in text


def test_nothing_predicted_has_no_table_of_confidence(case):
    case.predictions.clear()
    assert "confidence" not in Report(case.scores()).as_text()


def test_the_report_for_programs(report):
    figures = json.loads(json.dumps(report(1).as_dict()))
    assert figures["end_to_end"] == {"p": pytest.approx(1 / 3), "r": 0.5, "f1": 0.4, "tp": 1, "fp": 2, "fn": 1}
    assert figures["baseline"]["end_to_end"] == {"p": 0.5, "r": 0.5, "f1": 0.5, "tp": 1, "fp": 1, "fn": 1}
    assert figures["mention"] == 1.0
    assert figures["via"] == {"gold": 1, "given": 0, "another": 0, "extra": 0}
    one, other = {"n": 1, "found": 1, "speaker_ok": 1}, {"n": 1, "found": 1, "speaker_ok": 0}
    assert figures["by_kind"] == {"direct": one, "mixed": other}
    assert figures["by_mention"] == {"name": one, "none": other}
    assert figures["by_position"] == {"after": one, "none": other}
    assert figures["by_speaker_type"] == {"person": one, "none": other}


def test_the_calibration_for_programs(report):
    figures = json.loads(json.dumps(report().as_dict()))["reliability"]
    low, high = figures.pop("bins")
    assert low == {"from": 0.5, "to": 0.6, "n": 1, "confidence": 0.5, "right": 0.0}
    assert high == {"from": 0.9, "to": 1.0, "n": 2, "confidence": pytest.approx(0.94), "right": 0.5}
    assert figures.pop("tiers")["certain"] == {
        "n": 2,
        "confidence": pytest.approx(0.94),
        "right": 0.5,
        "share": pytest.approx(2 / 3),
    }
    assert figures == {
        "n": 3,
        "ece": pytest.approx((0.5 + 2 * 0.44) / 3),
        "adaptive_ece": pytest.approx((0.5 + 0.1 + 0.98) / 3),
        "brier": pytest.approx((0.1**2 + 0.98**2 + 0.5**2) / 3),
    }


def test_the_mistakes_for_programs_are_those_for_people(report):
    figures = report(1).as_dict()
    assert figures["mistakes"] == {
        "no mention in gold, chosen: name": {"missed": 1, "spurious": 1},
        "spurious span": {"missed": 0, "spurious": 1},
    }
    assert figures["confusions"] == [{"predicted": "Li Wei", "gold": "Ada Roe", "n": 1}]
    assert [(error["cause"], error["start"]) for error in figures["errors"]] == [("spurious span", 20)]
    assert report(0).as_dict()["errors"] == []


def test_evaluating_follows_the_work_and_counts_only_what_extract_prints(samples):
    seen = []
    report = evaluate(samples / "gold.jsonl", progress=lambda done, total: seen.append((done, total)))
    documents = report.scores.documents
    assert seen == [(done, documents) for done in range(1, documents + 1)]
    assert report.scores.bad_offsets == report.scores.unknown_documents == 0


def test_evaluating_the_three_texts_says_why_each_is_missed(gold_path):
    figures = evaluate(gold_path).as_dict()
    assert (figures["documents"], figures["gold_quotations"]) == (3, 11)
    assert figures["via"]["gold"] == 2
    assert figures["baseline"]["quotation"] == {"p": 11 / 12, "r": 1.0, "f1": 22 / 23, "tp": 11, "fp": 1, "fn": 0}
    lost = [sum(counts[column] for counts in figures["mistakes"].values()) for column in ("missed", "spurious")]
    assert lost == [figures["end_to_end"]["fn"], figures["end_to_end"]["fp"]]
    printed = figures["end_to_end"]["tp"] + figures["end_to_end"]["fp"]
    assert figures["reliability"]["n"] == printed > 0
