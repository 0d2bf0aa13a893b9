"""A speaker's page, over two years of an invented council."""

from __future__ import annotations

import runpy
from urllib.parse import parse_qs, urlsplit

import pytest

from indexer.domain import Attribution, Document, Mention, Quotation
from indexer.publish import server
from indexer.publish.words import reason_words
from indexer.store.reader import Reader
from indexer.store.writer import Writer

RUNA = "/speaker/runa-vestergren"


@pytest.fixture(scope="module")
def council(root, tmp_path_factory):
    """The index of the council."""
    build = runpy.run_path(str(root / "tests" / "publish" / "council.py"))["build"]
    return build(tmp_path_factory.mktemp("council") / "quotes.db")


@pytest.fixture(scope="module")
def ask(council, open_site, parsed):
    """Asks the site over it for a path: the parsed page."""
    get = open_site(server.application(council))

    def ask(path):
        response = get(path)
        assert response.status_code == 200, path
        return parsed(response.text)

    return ask


def test_the_page_says_who_how_much_and_from_when(ask):
    shown = ask(RUNA)
    assert "48 quotations in 48 documents, 7 January 2023 to 21 December 2024" in shown.words
    assert "Also printed as Ms Vestergren" in shown.words


def test_roles_are_those_of_the_articles_with_counts_and_dates(ask):
    shown = ask(RUNA)
    assert "Mayor 32 documents, 7 September 2023 to 21 December 2024" in shown.words.replace("\n", " ")
    assert "Deputy Mayor 16 documents, 7 January 2023 to 21 August 2023" in shown.words.replace("\n", " ")


def test_the_first_and_the_latest_quotation_are_linked(ask, council):
    with Reader(council) as reader:
        first, last = reader.first_and_last("runa-vestergren")
    shown = ask(RUNA)
    assert {f"/q/{first.key}", f"/q/{last.key}"} <= set(shown.links)
    assert (first.published, last.published) == ("2023-01-07", "2024-12-21")


def test_each_bar_of_the_chart_leads_to_the_month_on_the_same_page(ask):
    shown = ask(RUNA)
    assert "Quotations per month" in shown.text("figcaption")
    months = [link for link in shown.links if "since=" in link]
    assert len(months) == 24
    assert months[0] == f"{RUNA}?since=2023-01&until=2023-01#quotations"
    assert "2 quotations found" in ask(months[5].partition("#")[0]).words


def test_words_of_ones_own_lead_to_the_quotations_that_hold_them(ask):
    shown = ask(RUNA)
    assert "ferry 28 quotations" in " ".join(shown.words.split())
    link = next(link for link in shown.links if link.startswith(f"{RUNA}?q=ferry"))
    assert "28 quotations found" in ask(link.partition("#")[0]).words
    assert not any("q=the" in link or "q=tax" in link for link in shown.links)
    assert any("q=taxes" in link for link in ask("/speaker/odilon-marchetti").links)


def test_outlets_come_with_counts_and_lead_to_what_they_printed(ask):
    shown = ask(RUNA)
    asked = [parse_qs(urlsplit(link).query) for link in shown.links if "publisher=" in link]
    assert asked == [{"publisher": [name]} for name in ("The Marram Post", "Coast & Country", "Dune Radio")]
    shown = ask(f"{RUNA}?publisher=Dune+Radio&q=ferry")
    assert "7 quotations found" in shown.words
    assert {"name": "publisher", "value": "Dune Radio"}.items() <= shown.all("input", name="publisher")[0].items()
    assert f"{RUNA}?q=ferry#quotations" in shown.links, "the outlet can be taken back"


def test_the_quotations_are_a_feed_and_files(ask):
    shown = ask(RUNA)
    feed = "/search.atom?speaker=runa-vestergren"
    assert [link["href"] for link in shown.all("link", rel="alternate")] == [feed]
    assert feed in shown.links
    shown = ask(f"{RUNA}?q=ferry&publisher=Dune+Radio")
    assert "/search.csv?q=ferry&speaker=runa-vestergren&publisher=Dune+Radio" in shown.links


def test_why_the_names_are_one_speaker_is_there_to_unfold(ask):
    shown = ask(RUNA)
    assert "Why these names are one speaker" in shown.text("summary")
    assert "several articles print this very name (48 documents)" in shown.words
    assert "quotes speakers why runa-vestergren" in shown.words


def test_a_search_within_shows_what_was_found_and_the_way_back(ask):
    shown = ask(f"{RUNA}?q=ferry&until=2023-06")
    assert "8 quotations found" in shown.words
    assert "More often than others" not in shown.words
    assert RUNA in shown.links


def test_somebody_can_be_compared_with(ask):
    shown = ask(RUNA)
    assert "/compare?a=runa-vestergren" in shown.links
    assert "Name another speaker to compare Runa Vestergren with" in ask("/compare?a=runa-vestergren").words


def test_a_speaker_of_one_quotation_has_a_page_without_charts_and_ends(get, parsed, reader):
    slug = reader.search("pumps cellar")[0].speaker_slug
    shown = parsed(get(f"/speaker/{slug}").text)
    assert shown.all("script") == []
    assert "First and latest" not in shown.words
    assert "More often than others" not in shown.words


def test_many_names_are_folded_the_commonest_first(open_site, parsed, tmp_path):
    titles = ["Ms", "Mayor", "Dr", "Professor", "Dame", "Councillor", "Captain", "Judge", "Auntie", "Admiral"]
    path = tmp_path / "quotes.db"
    with Writer(path) as writer:
        for number, title in enumerate([*titles, "Admiral"]):
            words, called = f"The tide of day {number} was mine.", f"{title} Quill"
            quotation = Quotation(1, 1 + len(words), words, "direct")
            start = quotation.end + len("” said ")
            mention = Mention(start, start + len(called), called, kind="name")
            said = Attribution(quotation, mention=mention, speaker="Ada Quill", speaker_type="person", confidence=0.9)
            writer.write(Document(id=f"{number}.txt", text=f"“{words}” said {called}."), [said], "by hand")
    shown = parsed(open_site(server.application(path))("/speaker/ada-quill").text)
    assert "Also printed as Admiral Quill, " in shown.words
    assert "2 more names" in shown.text("summary")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "who this is was not settled yet"),
        ("the same name", "several articles print this very name"),
        ("one name with Ada B. Quill", "another way to write Ada B. Quill"),
        (
            "the one Quill whom this source names in full then: Ada Quill",
            "the outlet named only Ada Quill in full at the time",
        ),
        ("merged by Ines on 2026-01-02", "joined by Ines on 2026-01-02"),
        ("listed as Ada Quill in the authority file", "listed as Ada Quill in the authority file"),
    ],
)
def test_reasons_read_as_plain_words(reason, words):
    assert reason_words(reason) == words
