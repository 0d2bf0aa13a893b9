"""The pages as Datasette answers with them, over a real index."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def paths(reader):
    """One address of every kind of page."""
    flood = reader.search("pretend")[0]
    return {
        "home": "/",
        "results": "/?q=water",
        "speaker": f"/speaker/{flood.speaker_slug}",
        "document": f"/document/{flood.document_slug}",
        "quotation": f"/q/{flood.key}",
        "missing": "/nothing/at/all",
        "tables": "/quotes",
        "table": "/quotes/quotations",
        "query": "/quotes/said_about?words=water&speaker=",
        "row": "/quotes/quotations/1",
    }


KINDS = ["home", "results", "speaker", "document", "quotation", "missing", "tables", "table", "query", "row"]
OURS = KINDS[:6]


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_a_language_a_main_part_a_way_to_skip_to_it_and_one_heading(get, paths, kind):
    text = get(paths[kind]).text
    assert '<html lang="en">' in text
    assert text.count('<main id="content"') == 1
    assert 'href="#content"' in text
    assert text.count("<h1") == 1
    assert 'name="viewport"' in text


@pytest.mark.parametrize("kind", OURS)
def test_our_pages_are_well_formed_and_load_only_files_of_the_site(get, parsed, paths, kind):
    response = get(paths[kind])
    shown = parsed(response.text)
    assert set(shown.text("script")) <= {""}
    loaded = [link["href"] for link in shown.all("link") if link["rel"] != "alternate"] + [
        file["src"] for file in shown.all("img") + shown.all("script")
    ]
    assert all(re.fullmatch(r"/static/[\w./-]+(\?[0-9a-f]{8})?", address) for address in loaded)
    assert "style=" not in response.text
    assert all(field.get("id") or field.get("aria-label") for field in shown.all("input"))
    labels = {label["for"] for label in shown.all("label")}
    assert labels == {field["id"] for field in [*shown.all("input"), *shown.all("select")] if field.get("id")}


@pytest.mark.parametrize("kind", OURS[:5])
def test_our_pages_forbid_scripts_of_articles_and_other_hosts(get, paths, kind):
    policy = get(paths[kind]).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("kind", OURS[:5])
def test_the_tables_are_one_click_away(get, parsed, paths, kind):
    assert "/quotes" in parsed(get(paths[kind]).text).links


def test_every_link_within_the_site_leads_somewhere(get, parsed, paths):
    seen, waiting = set(), [paths[kind] for kind in OURS[:5]]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        response = get(path)
        assert response.status_code == 200, path
        is_html = response.headers["content-type"].startswith("text/html")
        if path.startswith("/quotes") or not is_html or path.count("&") > 1:
            continue  # of searches with several filters there is no end
        links = {link.partition("#")[0] for link in parsed(response.text).links if link.startswith("/")}
        waiting += sorted(links - seen - set(waiting) - {""})
    assert len(seen) > 80


def test_the_home_page_shows_the_newest_quotations_and_the_most_quoted(get, parsed):
    shown = parsed(get("/").text)
    assert "65 quotations by 10 speakers in 5 documents" in shown.words
    assert "“Temporary is what they call the portable cabins" in shown.words
    assert "Night clinic to close “for now”, staff fear for good" in shown.words
    assert "2 April 2025" in shown.words
    assert shown.words.index("Odalys Ferreira") < shown.words.index("Adaeze Okafor 6")
    assert "/speaker/odalys-ferreira" in shown.links


def test_a_speaker_page_says_who_where_and_how_we_know(get, parsed):
    shown = parsed(get("/speaker/adaeze-okafor").text)
    assert shown.text("h1") == ["Adaeze Okafor"]
    assert "6 quotations in 3 documents, January 2025 to 1 April 2025" in shown.words
    assert "Also printed as Ms Okafor" in shown.words
    assert "via The Eastport Herald, said 1 April 2025" in shown.words
    assert "Probable: the words “she wrote” next to “she”" in shown.words
    order = [shown.words.index(words) for words in ("lit window", "a summer to arguments", "get their feet wet")]
    assert order == sorted(order)


def test_a_speaker_page_can_be_searched_within(get, parsed):
    shown = parsed(get("/speaker/adaeze-okafor?q=window").text)
    assert "1 quotation found" in shown.words
    assert "concrete" not in shown.words
    assert "Nothing was found" in parsed(get("/speaker/adaeze-okafor?q=diary").text).words
    assert "1 quotation found" in parsed(get("/speaker/adaeze-okafor?kind=mixed&speaker=Ferreira").text).words


def test_a_speaker_can_be_asked_for_by_name(get):
    response = get("/speaker/Ms%20Okafor")
    assert (response.status_code, response.headers["location"]) == (302, "/speaker/adaeze-okafor")


def test_what_is_not_there_is_said_with_a_search_box(get, parsed):
    for path, words in [
        ("/speaker/Adaeze%20Okafo", "did you mean Adaeze Okafor?"),
        ("/document/none", "search for words in it"),
        ("/q/ffffffffffff", "The article may have changed"),
        ("/q/not-a-key", "The article may have changed"),
        ("/nothing", "Speakers"),
        ("/quotes/nothing", "Table not found"),
    ]:
        response = get(path)
        shown = parsed(response.text)
        assert response.status_code == 404, path
        assert words in shown.words, path
        assert shown.all("input", type="search", id="q"), path


def test_markup_in_an_article_is_shown_and_never_obeyed(get, parsed, reader, newsroom):
    document = reader.document(newsroom.HOSTILE.id)
    hit = document.hits[0]
    for path in (
        "/",
        f"/document/{document.document.slug}",
        f"/q/{hit.key}",
        f"/speaker/{hit.speaker_slug}",
        "/?q=alert",
    ):
        shown = parsed(get(path).text)
        assert all(str(script.get("src")).startswith("/static/") for script in shown.all("script"))
        assert set(shown.text("script")) <= {""}
        assert shown.all("img") == shown.all("i") == shown.all("b") == []
        assert not any(link.startswith("javascript") for link in shown.links)
        assert not any(name.startswith("on") for _, attributes in shown.elements for name in attributes)
        is_there = "alert('in the quotation')" in shown.words.replace("alert ", "alert")
        assert is_there or path == "/", "the newest on the home page are others"


def test_the_stylesheet_is_small_and_asks_for_nothing(get):
    styles = get("/static/quotes.css").text
    assert len(styles.encode()) < 12_000
    assert "url(" not in styles
    assert "@import" not in styles
    assert "prefers-color-scheme: dark" in styles
    assert "@media print" in styles


def test_tables_are_there_as_csv_and_json(get):
    rows = get("/quotes/quotations.json?_shape=array&_size=max").json()
    assert len(rows) == 66
    lines = get("/quotes/quotations.csv?_stream=on&_size=max").text.splitlines()
    assert len(lines) == 67
    assert rows[0]["id"] > rows[-1]["id"]


def test_the_queries_that_ship_answer(get):
    ask = "/quotes/{}.json?_shape=array&".format
    assert len(get(ask("said_about") + "words=window&speaker=okafor").json()) == 1
    assert get(ask("said_about") + "words=%22&speaker=").json() == []
    assert len(get(ask("quotations_of_speaker") + "slug=adaeze-okafor").json()) == 6
    slug = get("/quotes/documents.json?_shape=array&key=wire/77120").json()[0]["slug"]
    assert len(get(ask("quotations_in_document") + f"slug={slug}").json()) == 4
