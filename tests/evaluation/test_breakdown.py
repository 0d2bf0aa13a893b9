"""The tables of parts of gold, on texts whose every quotation is in a row by hand."""

from __future__ import annotations

import pytest

from indexer.evaluation.breakdown import Count, tables
from indexer.evaluation.mentions import Positions, kind_of_words


def test_every_quotation_is_in_its_row(case):
    found = tables(case.scores())
    assert {name: {row: count.n for row, count in table.items()} for name, table in found.items()} == {
        "kind": {"direct": 8, "mixed": 3},
        "mention": {"name": 6, "pronoun": 2, "nominal": 2, "none": 1},
        "position": {"before": 4, "after": 2, "between": 2, "inside": 1, "other paragraph": 1, "none": 1},
        "speaker_type": {"person": 6, "organization": 1, "document": 1, "unnamed": 2, "author": 1},
    }


def test_what_is_missed_and_misnamed_counts_in_its_own_row_only(case):
    case.withhold("beyond repair", kind="term")
    case.put("pier", "a long argument", "Tom Ash")
    found = tables(case.scores())
    assert found["kind"]["mixed"] == Count(n=3, found=2, speaker_right=1)
    assert found["kind"]["direct"] == Count(n=8, found=8, speaker_right=8)
    assert found["mention"]["nominal"] == Count(n=2, found=1, speaker_right=1)
    assert found["mention"]["pronoun"] == Count(n=2, found=2, speaker_right=1)
    assert found["speaker_type"]["document"] == Count(n=1, found=0, speaker_right=0)


def test_terms_and_what_is_spurious_are_in_no_row(case):
    before = tables(case.scores())
    case.put("pier", "Tides and Tempers", "Jane Roe")
    case.put("board", "over the radio", "Jane Roe")
    assert tables(case.scores()) == before


def test_the_rows_of_each_table_add_up_to_the_figures(case):
    case.withhold("They never do.", kind="direct")
    case.put("column", "rather smug", "Ida Crane")
    scores = case.scores()
    for name, table in tables(scores).items():
        columns = [(count.n, count.found, count.speaker_right) for count in table.values()]
        sums = tuple(map(sum, zip(*columns, strict=True)))
        assert sums == (scores.gold_quotations, scores.found, scores.speaker_right), name


def test_where_the_mention_of_each_quotation_stands(case):
    gold = {each.document.id: each for each in case.gold}
    places = {
        id: [Positions(each)(item) for item in each.quotations if item.decision == "quotation"]
        for id, each in gold.items()
    }
    assert places == {
        "pier": ["between", "between", "before", "after", "none", "before"],
        "board": ["before", "other paragraph", "inside"],
        "column": ["after", "before"],
    }


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("she", "pronoun"),
        ("He", "pronoun"),
        ("I", "pronoun"),
        ("who", "pronoun"),
        ("it", "pronoun"),
        ("HE", "pronoun"),
        ("Jane Roe", "name"),
        ("Roe", "name"),
        ("Ms. Roe", "name"),
        ("President Roe", "name"),
        ("harbour spokesman Tom Ash", "name"),
        ("his wife, Ada Brink", "name"),
        ("the former secretary of state Ada Brink", "name"),
        ("the Averley Courier", "name"),
        ("The Department of Fisheries", "name"),
        ("van den Berg", "name"),
        ("Stone", "name"),
        ("Exodus 18:21", "name"),
        ("the minister", "nominal"),
        ("The President", "nominal"),
        ("Critics", "nominal"),
        ("Someone", "nominal"),
        ("Others", "nominal"),
        ("a Roe spokesman", "nominal"),
        ("the Roe campaign", "nominal"),
        ("Roe’s spokesman", "nominal"),
        ("a senior aide in London", "nominal"),
        ("the pier on Coast Road", "nominal"),
        ("a study by a sociologist, Ada Brink", "nominal"),
        ("one loyal Democrat", "nominal"),
        ("another", "nominal"),
        ("40 percent of Londoners", "nominal"),
        ("the man who named himself Roe", "nominal"),
    ],
)
def test_the_kind_of_a_mention_is_read_off_its_words(words, kind):
    assert kind_of_words(words) == kind
