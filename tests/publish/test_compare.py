"""Comparing, over two years of an invented council."""

from __future__ import annotations

import runpy

import pytest

from indexer.publish import server
from indexer.publish.comparing import read_question
from indexer.publish.pages import compare as pages
from indexer.store.search import comparing

TWO = "/compare?a=Runa+Vestergren&b=Odilon+Marchetti"


@pytest.fixture(scope="module")
def ask(root, tmp_path_factory, open_site, parsed):
    """Asks the site over the council for a path: the parsed page, of which the status is checked."""
    build = runpy.run_path(str(root / "tests" / "publish" / "council.py"))["build"]
    get = open_site(server.application(build(tmp_path_factory.mktemp("council") / "quotes.db")))

    def ask(path, status=200):
        response = get(path)
        assert response.status_code == status, path
        return parsed(response.text)

    return ask


def test_without_names_a_form_explains_itself_and_offers_names(ask):
    shown = ask("/compare")
    assert "Two or three speakers side by side" in shown.words
    assert {"a", "b", "c", "q", "since", "until"} == {field["name"] for field in shown.all("input")}
    assert {"value": "Baptiste Okonjo-Lind"} in shown.all("option")
    assert "Runa Vestergren" in next(link for link in shown.links if "a=" in link).replace("+", " ")


def test_the_example_of_the_form_is_a_comparison(ask):
    example = next(link for link in ask("/compare").links if "a=" in link and "b=" in link)
    assert "Who said what when" in ask(example).words


def test_two_speakers_on_a_topic_side_by_side(ask):
    shown = ask(f"{TWO}&q=ferry")
    assert shown.text("h1") == ["Runa Vestergren and Odilon Marchetti on ferry"]
    words = " ".join(shown.words.split())
    assert "Runa Vestergren 28 quotations of 48" in words
    assert "Odilon Marchetti 6 quotations of 48" in words
    assert set(shown.text("mark")) == {"ferry"}
    assert shown.text("h3")[0] == "November 2024"
    assert "/speaker/runa-vestergren?&q=ferry#quotations" in shown.links


def test_every_quotation_names_its_side(ask):
    shown = ask(f"{TWO}&q=ferry")
    named = [words for words in shown.text("p") if words in ("Runa Vestergren", "Odilon Marchetti")]
    assert len(named) - 2 == len(shown.text("blockquote")) == pages.PAGE_SIZE


def test_the_timeline_goes_on_to_its_end_without_loss(ask):
    path, found = f"{TWO}&q=ferry", []
    while path:
        shown = ask(path.partition("#")[0])
        found += [str(link["href"]) for link in shown.all("a", class_="perma")] or [
            link for link in shown.links if link.startswith("/q/")
        ]
        following = shown.all("a", rel="next")
        path = following[0]["href"] if following else None
    assert len(found) == len(set(found)) == 34
    assert "Newest" in shown.words


def test_the_chart_has_a_series_each_and_leads_to_the_month(ask):
    shown = ask(f"{TWO}&q=ferry")
    assert shown.text("th")[:3] == ["Month", "Runa Vestergren", "Odilon Marchetti"]
    month = next(link for link in shown.links if "since=2023-05" in link)
    assert "3 quotations" not in ask(month.partition("#")[0]).text("h1")
    assert ask(month.partition("#")[0]).text("h3") == ["May 2023"]


def test_three_speakers_and_dates(ask):
    shown = ask(f"{TWO}&c=baptiste-okonjo-lind&q=budget&since=2024&until=2024-06")
    assert shown.text("h1")[0].startswith("Runa Vestergren, Odilon Marchetti and Baptiste Okonjo-Lind on budget")
    assert "7 November 2024" not in shown.words


def test_without_a_topic_all_is_compared(ask):
    words = " ".join(ask(TWO).words.split())
    assert "Runa Vestergren 48 quotations of 48" in words


def test_outlets_are_compared_with_who_spoke(ask):
    shown = ask("/compare?by=outlet&a=dune+radio&b=Coast+%26+Country&q=ferry")
    assert shown.text("h1") == ["Dune Radio and Coast & Country on ferry"]
    assert "/speaker/runa-vestergren" in shown.links
    assert {"by": "outlet"}.items() <= {str(field["name"]): field.get("value") for field in shown.all("input")}.items()


def test_a_name_that_nobody_has_is_answered_with_the_nearest(ask):
    shown = ask("/compare?a=Runa+Vestergrin&b=Odilon+Marchetti&q=ferry", 400)
    assert "There is no speaker “Runa Vestergrin” here. Did you mean Runa Vestergren?" in shown.words
    link = next(link for link in shown.links if "a=Runa+Vestergren" in link)
    assert "Who said what when" in ask(link).words
    shown = ask("/compare?by=outlet&a=Radio&b=Marram", 400)
    assert "Did you mean Dune Radio?" in shown.words
    assert "Did you mean The Marram Post?" in shown.words


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/compare?a=Runa+Vestergren&b=Ms+Vestergren", "Runa Vestergren is named twice"),
        (f"{TWO}&since=yesterday", "“yesterday” is not a date"),
        (f"{TWO}&after=ffffffffffff", "there is no quotation"),
        (f"{TWO}&q={'ferry+' * 80}", "The search is too long"),
    ],
)
def test_what_makes_no_sense_is_told(ask, path, words):
    assert words in ask(path, 400).words


def test_a_topic_that_nobody_spoke_of_offers_all(ask):
    shown = ask(f"{TWO}&q=zeppelin")
    assert "Nothing was found" in shown.words
    assert any(link.startswith("/compare?a=") and "zeppelin" not in link for link in shown.links)


def test_where_counting_stops_the_page_says_so_and_the_chart_is_cut(ask, monkeypatch):
    monkeypatch.setattr(comparing, "COMPARED", 10)
    shown = ask(f"{TWO}&q=ferry")
    assert "10+ quotations" in shown.words
    assert "the chart begins after" in shown.words
    assert "48 quotations" in ask(TWO).words, "all that a speaker said is counted already"


def test_a_question_is_read_without_fail_and_written_again():
    question = read_question({"a": " Ada\x00  Quill ", "by": "moon", "q": "ferry", "after": "'; drop--f0"}.get)
    assert (question.by, question.names, question.after) == ("speaker", ("Ada Quill", "", ""), "df0")
    assert question.as_address(b="Bo & Co") == "a=Ada+Quill&b=Bo+%26+Co&q=ferry"
