from __future__ import annotations

import pytest

from indexer.errors import CorpusError
from indexer.training.articles import own_articles, parse

MARKED = """id: ferry
title: A ferry
author:
published: 2021-05-03
---
“<q 1 ada>We sail</q>,” <m 1>she</m> said <w 1>on Monday</w>. The “<t>Marigold</t>” sails.

The daily has her as calling it “<q 2 ada via=Tarn Post mixed>a raft</q>”. “<q 3 nobody>No.</q>”
---
@ada | Ada Brink | Brink; Ms Brink | person
PERSON: Ada Brink
"""


def test_the_marks_of_an_article_are_read_and_taken_out():
    article = parse(MARKED, "ferry.txt")
    text = article.document.text
    assert text.startswith("“We sail,” she said on Monday. The “Marigold” sails.\n\nThe daily has")
    assert (article.document.id, article.document.published, article.document.author) == ("ferry", "2021-05-03", None)
    one, term, two, three = article.quotations
    assert text[one.start : one.end] == "We sail"
    assert (one.speaker, one.aliases, one.type, one.kind) == ("Ada Brink", ("Brink", "Ms Brink"), "person", "direct")
    assert [text[start:end] for start, end in one.mentions] == ["she"]
    assert one.when is not None
    assert text[slice(*one.when)] == "on Monday"
    assert (text[term.start : term.end], term.decision) == ("Marigold", "term")
    assert (two.kind, two.via, two.mentions) == ("mixed", "Tarn Post", ())
    assert (three.speaker, three.decision) == (None, "quotation")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<m 1>", "<m 9>", "no quotation has the number 9"),
        ("<q 1 ada>", "<q 1 eve>", "<q 1 eve> names no speaker"),
        ("</w>", "</m>", "</m> closes nothing"),
        ("</t>", "", "is not closed|closes nothing"),
        ("---\n@ada", "@ada", "2 parts, not 3"),
    ],
)
def test_a_wrong_mark_is_named_with_its_file(old, new, message):
    with pytest.raises(CorpusError, match=f"ferry.txt: .*({message})"):
        parse(MARKED.replace(old, new), "ferry.txt")


def test_every_article_of_ours_is_marked_throughout():
    articles = own_articles()
    assert len({article.document.id for article in articles}) == len(articles) > 60
    for article in articles:
        text = article.document.text
        assert "<" not in text, article.document.id
        for item in article.quotations:
            assert item.start < item.end
            if item.decision == "quotation" and item.speaker is not None:
                assert len(item.mentions) == 1, (article.document.id, text[item.start : item.end])
