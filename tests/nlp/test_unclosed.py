"""Quotations whose closing mark is missing: the writer's words are never printed as quoted."""

from __future__ import annotations

import pytest

from indexer.nlp.endings import MOST_WORDS, possible
from indexer.nlp.marks import read_marks

UNCLOSED = [
    ("“We will win, he said. “They will lose.”", ["We will win,", "They will lose."]),
    ("“We will win, said Ada Brink.", ["We will win,"]),
    ("“Will we win? the mayor asked.", ["Will we win?"]),
    ("“We will win, Ada Brink told the hall. It was late.", ["We will win,"]),
    ("“We will win. — Ada Brink", ["We will win."]),
    ("“He said ‘go,’ and I went, she said.", ["He said ‘go,’ and I went,", "go,"]),
    ("“We will win, she said. “They lose.”\n\n“It is late.”", ["We will win,", "They lose.", "It is late."]),
    ("“We will win, the harbour master, Tom Roe, told the hall.", ["We will win,"]),
    ("“We will win,\xa0said Ada Brink.\n\n“They will not.”", ["We will win,", "They will not."]),
    ("“We will win, Brink said on Monday.\n\n“They lose,” she said.", ["We will win,", "They lose,"]),
    ('"We will win, Ada Brink said. "They will lose.', ["We will win,", "They will lose."]),
    ("She said the plan was “dead on arrival and that nobody would mourn it.", ["dead on arrival"]),
    # an opening mark ends nothing, however many there are
    ('"Is it old? "Is it new? "Is it ours?" she asked.', ["Is it old?", "Is it new?", "Is it ours?"]),
    # nothing shows where it ends: the paragraph does
    ("“We will win. It was late.", ["We will win. It was late."]),
    # a closed one is left alone, and so is one that the next paragraph goes on with
    ("“I will win, he said to me,” said Ada Brink.", ["I will win, he said to me,"]),
    ("“I will win, he said.\n\n“I did not laugh,” said Ada Brink.", ["I will win, he said.", "I did not laugh,"]),
]


@pytest.mark.parametrize(("text", "quoted"), UNCLOSED)
def test_an_unclosed_quotation_ends_where_the_writer_speaks(read, text, quoted):
    assert [item.text for item in read(text)] == quoted


def test_its_speaker_is_found_in_the_words_left_out(read):
    (item,) = read("“We will win, said Ada Brink.")
    assert (item.speaker, item.cue.text) == ("Ada Brink", "said")


def test_the_work_is_bounded_however_long_the_paragraph_is():
    text = "“We will win, and so on and on " + "and on " * 100_000
    (span,) = read_marks(text)
    ends = possible(text, span)
    assert len(ends) == MOST_WORDS + 1
    assert ends[-1] == span.end
