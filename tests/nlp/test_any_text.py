"""No text may raise, and what comes out always fits the text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.domain import Document

PIECES = st.sampled_from(
    [
        *[
            "“",
            "”",
            '"',
            "''",
            "``",
            "‘",
            "’",
            "'",
            "«",
            "»",
            "„",
            "\n",
            "\n\n",
            " ",
            ", ",
            ". ",
            ": ",
            "? ",
            "> ",
            "— ",
        ],
        *[
            "Ada Brink",
            "Mr. Brink",
            "she",
            "He",
            "I",
            "said",
            "told",
            "called",
            "according to",
            "the mayor",
            "who",
            "that",
        ],
        *[
            "a senior aide",
            "and",
            "by",
            "his",
            "answer",
            "BRINK",
            "St. Tarn",
            "'90s",
            "6'3\"",
            "x" * 70,
            "習",
            "\u2028",
        ],
        *["…", "\ud800"],
    ]
)
LINES = st.lists(PIECES, max_size=40).map("".join)


def check(analyser, text):
    found = analyser.analyse(Document("d", text))
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        for part in filter(None, (item, item.cue, item.mention)):
            assert part.text == text[part.start : part.end]
        assert 0 <= item.confidence <= 1
        assert (item.speaker is None) == (item.speaker_type is None) == (item.confidence == 0)
        assert item.evidence
    assert [item.start for item in found] == sorted(item.start for item in found)
    assert len({(item.start, item.end) for item in found}) == len(found)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=LINES)
def test_made_up_prose(analyser, text):
    check(analyser, text)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_characters(analyser, text):
    check(analyser, text)


LARGE = {
    "nothing but marks": "\"“”'" * 25_000,
    "no white space": "“a”,b" * 20_000,
    "one sentence": "and then “he was late” " * 5_000,
    "nothing but names": "Ada Brink " * 10_000,
    "nothing but cues": "“x” said " * 10_000,
    "quotations only": "“The ferry sails.”\n\n" * 5_000,
    "blocks": "> > “a\n" * 10_000,
    "headlines": "The Ferry Sails At Nine “Again”\n\n" * 3_000,
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE.keys())
def test_large_and_odd_documents_are_read(analyser, text):
    check(analyser, text)


@pytest.mark.parametrize(
    "text",
    [
        "A statement from the “ferry” was “no”.",
        "He read a statement from the “ferry” and “left”.",
    ],
)
def test_a_quotation_may_stand_where_a_noun_is_looked_for(analyser, text):
    assert len(analyser.analyse(Document("d", text))) == 2
