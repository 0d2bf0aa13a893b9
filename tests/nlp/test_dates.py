"""When it was said: from sentences of our own to an ISO date, or to none."""

from __future__ import annotations

import datetime
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.domain import Document
from indexer.nlp.date_values import iso
from indexer.nlp.dates import Dates, Said
from indexer.nlp.narrative import Narrative

WEDNESDAY = "2024-05-08"
"""When most of these texts were published."""


@pytest.fixture
def told(analyser):
    """When each quotation of a text was said: a function of the text and its date of publication."""

    def read(text, published=WEDNESDAY):
        doc = analyser.annotated(Document("d", text, published=published))
        narrative = Narrative(doc)
        quotations = []
        for decision in analyser.nlp.get_pipe("attributor").decide(doc):
            if not decision.is_term:
                cue, mention = (decision.found.cue, decision.found.mention) if decision.found else (None, None)
                name = decision.who.name if decision.who else ""
                quotations.append(Said(narrative.places[decision.place.index], cue, mention, name))
        return Dates(narrative, doc._.metadata).of(quotations)

    return read


SENTENCES = [
    ("“The ferry is late,” Ada Brink said on Tuesday.", WEDNESDAY, "2024-05-07"),
    ("“The ferry is late,” Ada Brink said Monday night.", WEDNESDAY, "2024-05-06"),
    ("“The ferry is late,” Ada Brink told reporters on Wednesday.", WEDNESDAY, "2024-05-08"),
    ("“The ferry is late,” Ada Brink said on Thursday.", WEDNESDAY, "2024-05-02"),
    ("On Friday, Ada Brink said: “The ferry is late, and nobody knows why.”", WEDNESDAY, "2024-05-03"),
    ("“The ferry is late,” Ada Brink said on June 7, 2019.", WEDNESDAY, "2019-06-07"),
    ("“The ferry is late,” Ada Brink said on June 7, 2019.", None, "2019-06-07"),
    ("“The ferry is late,” Ada Brink said on April 30.", WEDNESDAY, "2024-04-30"),
    ("“The ferry is late,” Ada Brink said on Dec. 31.", "2024-01-02", "2023-12-31"),
    ("“The ferry is late,” Ada Brink said on Jan. 1.", "2024-01-02", "2024-01-01"),
    ("“The ferry is late,” Ada Brink said yesterday.", "2024-01-01", "2023-12-31"),
    ("“The ferry is late,” Ada Brink said last month.", WEDNESDAY, "2024-04"),
    ("“The ferry is late,” Ada Brink said last month.", "2024-01", "2023-12"),
    ("“The ferry is late,” Ada Brink said earlier this month.", WEDNESDAY, "2024-05"),
    ("“The ferry is late,” Ada Brink said in March.", WEDNESDAY, "2024-03"),
    ("“The ferry is late,” Ada Brink said in November.", WEDNESDAY, "2023-11"),
    ("“The ferry is late,” Ada Brink said last year.", WEDNESDAY, "2023"),
    ("“The ferry is late,” Ada Brink said in a 2015 interview.", WEDNESDAY, "2015"),
    ("In 2012, Ada Brink said: “The ferry is late, and nobody knows why.”", WEDNESDAY, "2012"),
    ("“The ferry is late,” Ada Brink said two days ago.", WEDNESDAY, "2024-05-06"),
    ("“The ferry is late,” Ada Brink said last week.", "2024-05-22", "2024-05"),
    # The text gives no day that can be known.
    ("“The ferry is late,” Ada Brink said on Tuesday.", None, None),
    ("“The ferry is late,” Ada Brink said on Tuesday.", "2024-05", None),
    ("“The ferry is late,” Ada Brink said recently.", WEDNESDAY, None),
    ("“The ferry is late,” Ada Brink said two days later.", WEDNESDAY, None),
    ("“The ferry is late,” Ada Brink said between 2010 and 2012.", WEDNESDAY, None),
    ("“The ferry is late,” Ada Brink said.", WEDNESDAY, None),
    # Words that look like a time and say nothing about when it was said.
    ("“The ferry sails on Monday,” Ada Brink said.", WEDNESDAY, None),
    ("“The ferry is late,” Theresa May said.", WEDNESDAY, None),
    ("“The ferry is late,” said Ada Brink, who began to march.", WEDNESDAY, None),
    ("“The ferry is late,” said Ada Brink, who has sold 2015 tickets.", WEDNESDAY, None),
    ("“The ferry is late,” said Ada Brink, who will meet the mayor on Tuesday.", WEDNESDAY, None),
    ("“The ferry is late,” Ada Brink told USA Today.", WEDNESDAY, None),
]


@pytest.mark.parametrize(("text", "published", "expected"), SENTENCES)
def test_the_date_that_a_sentence_tells(told, text, published, expected):
    (when,) = told(text, published)
    assert (when.said_on if when else None) == expected


VALUES = [
    ("Thursday, Aug. 11, 2016", "date", "2016-08-12", "2016-08-11"),
    ("7 June", "date", "2024-06", "2024-06-07"),
    ("7th of June, 2015", "date", "2016", "2015-06-07"),
    ("June 7", "date", "2024", None),
    ("Feb. 29", "date", "2025-03-01", "2024-02-29"),
    ("February 30", "date", WEDNESDAY, None),
    ("February 15-17", "date", WEDNESDAY, None),
    ("2/26/2012", "date", WEDNESDAY, "2012-02-26"),
    ("02/09/2015", "date", WEDNESDAY, None),
    ("2015-06-03", "date", WEDNESDAY, "2015-06-03"),
    ("June 7, 2030", "date", WEDNESDAY, None),
    ("May", "month", WEDNESDAY, "2024-05"),
    ("late June", "month", WEDNESDAY, "2023-06"),
    ("last July", "month", "2024-02-03", "2023-07"),
    ("last July", "month", "2024-08-03", None),
    ("July 2014", "month", None, "2014-07"),
    ("last Friday", "weekday", WEDNESDAY, "2024-05-03"),
    ("last Monday", "weekday", WEDNESDAY, None),
    ("this past Wednesday", "weekday", WEDNESDAY, "2024-05-01"),
    ("next Tuesday", "weekday", WEDNESDAY, None),
    ("this morning", "day", WEDNESDAY, "2024-05-08"),
    ("last night", "day", "2024-03-01", "2024-02-29"),
    ("tomorrow", "day", WEDNESDAY, None),
    ("that day", "day", WEDNESDAY, None),
    ("the 1990s", "year", WEDNESDAY, None),
    ("2031", "year", WEDNESDAY, None),
    ("last week", "relative", WEDNESDAY, "2024"),
    ("last week", "relative", "2025-01-08", None),
    ("next month", "relative", WEDNESDAY, None),
    ("later this year", "relative", WEDNESDAY, None),
    ("last summer", "relative", WEDNESDAY, None),
    ("this spring", "relative", WEDNESDAY, "2024"),
    ("three weeks ago", "ago", "2024-05-31", "2024-05"),
    ("two months ago", "ago", WEDNESDAY, "2024-03"),
    ("four years ago", "ago", "2024", "2020"),
    ("several years ago", "ago", WEDNESDAY, None),
    ("about four years ago", "ago", WEDNESDAY, None),
    ("90 days ago", "ago", WEDNESDAY, None),
    ("after the vote", "event", WEDNESDAY, None),
]


@pytest.mark.parametrize(("words", "kind", "published", "expected"), VALUES)
def test_the_date_of_words(words, kind, published, expected):
    assert iso(words, kind, published) == expected


def test_a_speech_that_goes_on_was_made_at_the_same_time(told):
    text = (
        "“The ferry is late,” Ada Brink said on Tuesday. “It was late all week.”\n\n"
        "“I have written to the mayor,” she added. “He has not answered.”"
    )
    assert [when.said_on for when in told(text)] == ["2024-05-07"] * 4


def test_another_time_begins_another_speech(told):
    text = (
        "“The ferry is late,” Ada Brink said on Tuesday.\n\n"
        "“It came in the end,” Ada Brink said on Wednesday. “I was on it.”"
    )
    assert [when.said_on for when in told(text)] == ["2024-05-07", "2024-05-08", "2024-05-08"]


def test_the_words_that_tell_it_are_given(told):
    text = "“The ferry is late,” Ada Brink said in a Tuesday interview."
    (when,) = told(text)
    assert "Tuesday" in text[when.start : when.end]
    assert when.start > text.index("said")
    assert 0 < when.share <= 1


def test_a_day_that_somebody_speaks_of_is_not_when_it_was_said(told):
    (when,) = told("“On Monday the ferry was late, on Tuesday it sank,” Ada Brink said on Wednesday.")
    assert when.said_on == "2024-05-08"


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(max_size=30)
    | st.from_regex(r"(last |this |\d{1,9} )?(May|days?|\d{1,6}|week|Friday)( ago|, \d{4})?"),
    kind=st.sampled_from(["date", "month", "weekday", "day", "year", "relative", "ago", "vague", "event"]),
    published=st.none()
    | st.text(max_size=12)
    | st.dates().map(str)
    | st.sampled_from(["0001-01", "9999-12-31", "0000"]),
)
def test_no_words_raise_and_no_date_lies_after_publication(words, kind, published):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = iso(words, kind, published)
    if found is not None and _is_a_day(published):
        assert found <= published


def _is_a_day(published):
    try:
        return published == str(datetime.date.fromisoformat(published or ""))
    except ValueError:
        return False
