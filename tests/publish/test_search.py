"""Searching: results as a reporter would cite them, what narrows them, pages of them, help where there are none."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from indexer.publish.pages import narrowing
from indexer.publish.pages.timeline import timeline
from indexer.publish.parameters import Query
from indexer.store.rows import Facet, Overview, Tally, Total

QUERY = "pretend"


@pytest.fixture
def search(get, parsed):
    """The page of a search, read."""
    return lambda address: parsed(get(f"/?{address}").text)


def test_a_search_marks_the_words_and_links_to_speaker_document_and_quotation(get, parsed, reader):
    hit = reader.search(QUERY)[0]
    shown = parsed(get(f"/?q={QUERY}").text)
    assert "1 quotation with pretend" in shown.words
    assert shown.text("mark") == ["pretend"]
    assert {f"/speaker/{hit.speaker_slug}", f"/document/{hit.document_slug}#q-{hit.key}", f"/q/{hit.key}"} <= set(
        shown.links
    )


def test_filters_narrow_the_search_and_stay_in_the_form(get, parsed):
    shown = parsed(get("/?speaker=okafor&kind=direct&since=2025-04&until=2025-04-30").text)
    assert "1 quotation by okafor" in shown.words
    assert "You cannot close the only lit window" in shown.words
    values = {field["name"]: field.get("value") for field in shown.all("input")}
    assert values == {"q": "", "speaker": "okafor", "since": "2025-04", "until": "2025-04-30"}
    assert shown.all("option", selected=None)[0]["value"] == "direct"


def test_terms_are_found_only_when_asked_for(get, parsed):
    assert "Nothing was found" in parsed(get("/?q=hours+april").text).words
    assert "Nine Hours in April" in parsed(get("/?q=hours+april&kind=term").text).words


def test_words_typed_with_stray_marks_are_a_search_like_any_other(get, parsed):
    for text in ['"lit window', "“lit window”", "lit OR (window", "lit* -concrete", "NEAR( AND"]:
        assert get(f"/?q={quote(text)}").status_code == 200
    assert "You cannot close" in parsed(get(f"/?q={quote('“lit window”')}").text).words


def test_a_result_says_who_in_which_role_where_and_when(search):
    shown = search("q=lit+window")
    assert "Adaeze Okafor, via The Eastport Herald, said 1 April 2025" in shown.words
    assert "The Eastport Courier, published 2 April 2025" in shown.words
    assert "Probable" in shown.words
    assert "https://courier.example/2025/04/night-clinic" in shown.links


def test_a_result_says_what_the_article_says_the_speaker_is(search):
    assert "Tomasz Wieliczko, head of the flood office" in search("q=water+gap").words


def test_every_page_of_results_holds_what_the_others_do_not_and_leads_back(get, parsed):
    path, pages = "/?speaker=Odalys+Ferreira", []
    while path:
        shown = parsed(get(path).text)
        pages.append(re.findall(r"Entry \d+", " ".join(shown.text("blockquote"))))
        following = shown.all("a", rel="next")
        path = following[0]["href"] if following else None
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({entry for page in pages for entry in page}) == 45
    back = shown.all("a", rel="prev")
    while back:
        shown = parsed(get(back[0]["href"]).text)
        assert re.findall(r"Entry \d+", " ".join(shown.text("blockquote"))) == pages[-2]
        pages.pop()
        back = shown.all("a", rel="prev")
    assert len(pages) == 1


@pytest.mark.parametrize("sort", ["date", "relevance"])
def test_pages_of_words_too_hold_everything_once(get, parsed, sort):
    path, found = f"/?q=diary&sort={sort}", []
    while path:
        shown = parsed(get(path).text)
        found += re.findall(r"Entry \d+", " ".join(shown.text("blockquote")))
        following = shown.all("a", rel="next")
        path = following[0]["href"] if following else None
    assert len(found) == len(set(found)) == 45


def test_an_old_address_with_the_number_of_a_page_is_a_search_still(get, search):
    assert get("/?q=diary&page=3").status_code == 200
    assert "45 quotations with diary" in search("q=diary&page=3").words


def test_the_order_can_be_chosen(search):
    shown = search("q=wall+OR+diary")
    orders = [(link["href"], link.get("aria-current")) for link in shown.all("a") if "sort=" in str(link["href"])]
    assert orders[0] == ("/?q=wall+OR+diary&sort=relevance", "true")
    assert orders[1] == ("/?q=wall+OR+diary&sort=date", None)
    assert "Newest first" in search("speaker=okafor").words


def test_filters_with_counts_lead_to_what_they_count(search):
    shown = search("sort=date")
    for words, address, found in [
        ("Odalys Ferreira 45", "/?speaker=odalys-ferreira&sort=date", "45 quotations by Odalys Ferreira"),
        ("2024 45", "/?since=2024&until=2024&sort=date", "45 quotations"),
        ("Eastport Quarterly 45", "/?publisher=Eastport+Quarterly&sort=date", "45 quotations"),
        ("Fragments in a sentence 4", "/?kind=mixed&sort=date", "4 quotations"),
        ("Uncertain 1", "/?tier=uncertain&sort=date", "1 quotation"),
        ("Terms, not speech", "/?kind=term&sort=date", "1 quotation"),
    ]:
        assert words in shown.words
        assert address in shown.links
        assert found in search(address.partition("?")[2]).words


def test_what_was_chosen_is_said_and_can_be_taken_back(search):
    shown = search("q=diary&speaker=odalys-ferreira&kind=direct&tier=certain&publisher=Eastport+Quarterly&year=2024")
    assert "45 quotations with diary by Odalys Ferreira" in shown.words
    chips = {link["href"] for link in shown.all("a", **{"class_": "chip"})}
    rest = "speaker=odalys-ferreira&kind=direct&tier=certain&publisher=Eastport+Quarterly&since=2024&until=2024".split(
        "&"
    )
    for name in ("speaker", "kind", "tier", "publisher"):
        kept = "&".join(part for part in rest if not part.startswith(name))
        assert f"/?q=diary&{kept}" in chips
    assert "/?q=diary&speaker=odalys-ferreira&kind=direct&tier=certain&publisher=Eastport+Quarterly" in chips
    hidden = {field["name"]: field["value"] for field in shown.all("input", type="hidden")}
    assert hidden == {"tier": "certain", "publisher": "Eastport Quarterly"}


def test_the_hits_stand_over_time_with_a_way_into_each_year(search):
    shown = search("q=wall+OR+budget+OR+window")
    assert "Quotations a month" in shown.words
    assert "/?q=wall+OR+budget+OR+window&since=2025-04&until=2025-04" in shown.links
    assert "1 quotation with" in search("q=wall+OR+budget+OR+window&since=2025-04&until=2025-04").words


def test_a_name_that_is_searched_for_leads_to_the_speaker(search):
    assert "/speaker/odalys-ferreira" in search("q=Odalys+Ferreira+OR+diary").links
    shown = search("q=Wieliczko")
    assert "Speakers with such a name Tomasz Wieliczko" in shown.words
    assert "/speaker/tomasz-wieliczko" in shown.links


@pytest.mark.parametrize(
    ("address", "words", "link"),
    [
        ("q=sumer", "Did you mean summer", "/?q=summer"),
        ("q=concret+sumer", "Did you mean concret summer", "/?q=concret+summer"),
        ("q=window&speaker=Adaeze+Okafo", "Did you mean window by Adaeze Okafor", "/?q=window&speaker=adaeze-okafor"),
        ("q=Wielicko", "Speakers with such a name Tomasz Wieliczko", "/speaker/tomasz-wieliczko"),
        ("q=window&until=2020", "1 quotation of any date, not only up to 2020", "/?q=window"),
        ("q=window&kind=mixed", "1 quotation without the kind", "/?q=window"),
        ("q=window&tier=certain", "however certain it is who spoke", "/?q=window"),
        ("q=window&publisher=Coastal+Wire", "1 quotation without the outlet", "/?q=window"),
        ("q=window+diary", "46 quotations with any of the words", "/?q=window+OR+diary"),
    ],
)
def test_where_nothing_is_found_the_page_says_what_to_try(search, address, words, link):
    shown = search(address)
    assert "Nothing was found" in shown.words
    assert words in shown.words
    assert link in shown.links


def test_a_search_of_marks_alone_is_explained(get, parsed):
    response = get("/?q=%25+%F0%9F%A7%B1")
    assert response.status_code == 400
    assert "holds no word to look for" in parsed(response.text).words


def test_the_form_says_what_can_be_typed(get, parsed):
    words = parsed(get("/").text).words
    assert [text for text in ("OR", "NEAR(", "-fire", "flood*", "“lit window”") if text not in words] == []


def test_the_home_page_says_how_fresh_the_index_is(get, parsed):
    assert re.search(r"Brought up to date on \d+ [A-Z][a-z]+ \d{4}\.", parsed(get("/").text).words)


def test_months_become_years_where_there_are_many_and_gaps_are_shown():
    months = [Tally("2001-03", 2), Tally("2001-05", 1), Tally("", 7)]
    shown = timeline(Query(text="x"), Facet(months))
    assert [(bar.label, bar.quotations) for bar in shown.bars] == [
        ("March 2001", 2),
        ("April 2001", 0),
        ("May 2001", 1),
    ]
    assert shown.bars[1].query == Query(text="x", since="2001-04", until="2001-04")
    years = timeline(Query(), Facet([Tally("1990", 1), *months[:2], Tally("2010-01", 5)]))
    assert (years.unit, len(years.bars), years.bars[0].quotations, years.bars[11].quotations) == ("year", 21, 1, 3)
    assert len(timeline(Query(), Facet([Tally("0001", 1), Tally("2010-01", 5)])).bars) == 2
    assert timeline(Query(), Facet([])).bars == []


def test_counts_of_the_newest_say_how_far_back_they_go():
    facets = {by: Facet([Tally("a", 2), Tally("b", 1)], "2024-05-31") for by in ("speaker", "publisher")}
    facets |= {"month": Facet([]), "tier": Facet([]), "kind": Facet([Tally("direct", 3)])}
    found = {group.title: group for group in narrowing.groups(Query(), Overview(Total(9, False), facets))}
    assert found["Speaker"].back_to == "2024-05-31"
    assert list(found) == ["Speaker", "Outlet", "Kind"]


def test_where_not_all_months_are_counted_the_years_of_the_index_are_offered():
    facets = {by: Facet([]) for by in ("speaker", "publisher", "tier", "kind")} | {
        "month": Facet([Tally("2024-05", 9)], "2024-05-02")
    }
    months = [Tally("1999-01", 3), Tally("2024-05", 90)]
    (years,) = narrowing.groups(Query(text="a"), Overview(Total(9, False), facets), months)
    assert [(choice.label, choice.quotations) for choice in years.choices] == [("2024", None), ("1999", None)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (Query(since="2024", until="2024"), "2024"),
        (Query(since="2024"), "From 2024"),
        (Query(until="2024-05"), "Up to May 2024"),
        (Query(since="2024", until="2024-05-31"), "2024 to 31 May 2024"),
    ],
)
def test_dates_that_were_chosen_are_said_in_words(query, words):
    assert [choice.label for choice in narrowing.chosen(query)] == [words]
