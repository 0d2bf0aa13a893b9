"""Lists of speakers: what is read, what is refused, and what they lack beside gold."""

from __future__ import annotations

import json

import pytest

from indexer.errors import GoldError
from indexer.evaluation.gold import read_gold
from indexer.evaluation.gold_speakers import GoldSpeaker, identities, problems, read_speakers

ROE = {"name": "Jane Roe", "type": "person", "wikidata": "Q1", "appearances": [["pier", "Jane Roe"]]}
SPEAKERS = (
    GoldSpeaker("Jane Roe", "person", (("pier", "Jane Roe"),)),
    GoldSpeaker("a deckhand", "unnamed", (("pier", "a deckhand"),)),
    GoldSpeaker("Tides and Tempers", "document", (("pier", "Tides and Tempers"),)),
    GoldSpeaker("Harbour Board", "organization", (("board", "Harbour Board"),)),
    GoldSpeaker("Tom Ash", "person", (("board", "Tom Ash"), ("column", "Ida Crane")), note="writes as Ida Crane"),
    GoldSpeaker("Ada Brink", "person", (("board", "Ada Brink"),)),
    GoldSpeaker("Viktor Lund", "person", (("column", "Lund"),)),
)


@pytest.fixture
def gold(gold_path):
    return read_gold(gold_path)


@pytest.fixture
def list_of(tmp_path):
    def write(*lines):
        path = tmp_path / "speakers.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def test_a_list_is_read(list_of):
    path = list_of(json.dumps(ROE), "", json.dumps({**ROE, "wikidata": None, "note": "unsure"}))
    one, other = read_speakers(path)
    assert one == GoldSpeaker("Jane Roe", "person", (("pier", "Jane Roe"),), "Q1")
    assert (other.wikidata, other.note) == (None, "unsure")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "null",
        '{"name": "Jane Roe"}',
        json.dumps({**ROE, "appearances": []}),
        json.dumps({**ROE, "name": ""}),
        json.dumps({**ROE, "name": 1}),
        json.dumps({**ROE, "type": "ship"}),
        json.dumps({**ROE, "type": []}),
        json.dumps({**ROE, "appearances": [["pier"]]}),
        json.dumps({**ROE, "appearances": [["pier", 1]]}),
        json.dumps({**ROE, "appearances": 1}),
        "[" * 100_000,
    ],
)
def test_another_line_is_refused_by_its_number(list_of, line):
    with pytest.raises(GoldError, match=r"speakers\.jsonl:2: ") as refused:
        read_speakers(list_of(json.dumps(ROE), line))
    assert refused.value.hint


@pytest.mark.parametrize(("content", "problem"), [(None, "no such file"), (b"\xff\xfe", "not UTF-8 text")])
def test_a_file_that_is_no_text_is_refused(tmp_path, content, problem):
    path = tmp_path / "speakers.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GoldError, match=problem):
        read_speakers(path)


def test_a_complete_list_has_no_problems(gold):
    assert problems(SPEAKERS, gold) == []


def test_every_quotation_has_its_speaker_under_one_key(gold):
    who = identities(SPEAKERS, gold)
    assert len(who) == 11
    assert [who[place] for place in who if place[0] == "column"] == ["Tom Ash", "Viktor Lund"]
    assert [key for key in who.values() if "deckhand" in key] == ["a deckhand [pier]"] * 2


def test_what_is_missing_too_much_or_twice_is_said(gold):
    lund = GoldSpeaker("Viktor Lund", "person", (("column", "Lund"), ("column", "Nobody")))
    assert problems([*SPEAKERS[1:], lund], gold) == [
        "pier: nobody is 'Jane Roe'",
        "column: gold names no 'Nobody'",
        "column: 'Lund' is 2 speakers",
        "'Viktor Lund' are 2 lines",
    ]


@pytest.mark.parametrize(
    ("cut", "found"),
    [
        ("Tides and…", []),
        ("Tides…", []),
        ("Tempers…", ["pier: nobody is 'Tides and Tempers'", "pier: gold names no 'Tempers…'"]),
    ],
)
def test_a_long_name_may_be_cut(gold, cut, found):
    report = GoldSpeaker("Tides and Tempers", "document", (("pier", cut),))
    assert problems([report if each.name == report.name else each for each in SPEAKERS], gold) == found


def test_a_name_cut_too_short_is_of_two_speakers(gold):
    ash = GoldSpeaker("Tom Ash", "person", (("board", "…"), ("column", "Ida Crane")))
    assert problems([ash if each.name == "Tom Ash" else each for each in SPEAKERS], gold) == [
        "board: 'Ada Brink' is 2 speakers",
        "board: 'Harbour Board' is 2 speakers",
    ]


def test_somebody_unnamed_is_of_one_document(gold):
    voices = GoldSpeaker("a deckhand", "unnamed", (("pier", "a deckhand"), ("board", "Ada Brink")))
    kept = [each for each in SPEAKERS if each.name not in ("a deckhand", "Ada Brink")]
    assert problems([*kept, voices], gold) == ["'a deckhand [pier]' is unnamed and of several documents"]


def test_without_a_speaker_of_gold_nobody_can_be_told_apart(gold):
    with pytest.raises(GoldError, match=r"^pier: 'Jane Roe' is in no list of speakers$"):
        identities(SPEAKERS[1:], gold)
