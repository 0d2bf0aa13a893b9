"""The results of a search as files: everything that is found, exactly as it is in the index."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from xml.etree import ElementTree

import feedparser
import pytest

from indexer.publish.formats import atom
from indexer.publish.views import exports
from indexer.store.records import EXPORTED, as_exported

ATOM = "{http://www.w3.org/2005/Atom}"
SEARCHES = [
    "q=diary",
    "speaker=odalys-ferreira",
    "q=wall+OR+window&kind=direct",
    "q=nothing+of+the+kind",
    "kind=term",
    "",
]


@pytest.fixture
def expected(reader):
    """The quotations of a search, the newest first, as records."""

    def find(address):
        asked = dict(part.split("=") for part in address.replace("+", " ").split("&") if part)
        return [as_exported(hit) for hit in reader.search(asked.pop("q", ""), sort="date", limit=None, **asked)]

    return find


@pytest.mark.parametrize("search", SEARCHES)
def test_csv_and_json_hold_all_of_the_search(get, expected, search, monkeypatch):
    monkeypatch.setattr(exports, "PORTION", 7)
    found = expected(search)
    as_json = get(f"/search.json?{search}")
    assert as_json.headers["content-type"] == "application/json; charset=utf-8"
    assert as_json.json()["quotations"] == found
    assert (as_json.json()["count"], as_json.json()["is_whole"]) == (len(found), True)
    as_csv = get(f"/search.csv?{search}")
    assert as_csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert as_csv.headers["x-quotations"] == str(len(found))
    rows = list(csv.DictReader(io.StringIO(as_csv.content.decode(), newline="")))
    assert rows == [{name: "" if value is None else str(value) for name, value in each.items()} for each in found]


def test_csv_is_what_the_standard_says(get):
    content = get("/search.csv?q=diary").content.decode()
    assert content.split("\r\n")[0] == ",".join(EXPORTED)
    assert content.endswith("\r\n")
    assert content.count("\n") == content.count("\r\n") == 46


def test_what_is_left_out_is_said(get, monkeypatch):
    monkeypatch.setattr(exports, "MOST", 10)
    assert get("/search.csv?q=diary").headers["x-quotations-whole"] == "no"
    found = get("/search.json?q=diary").json()
    assert (found["count"], found["is_whole"], len(found["quotations"])) == (10, False, 10)
    assert get("/search.csv?q=summer").headers["x-quotations-whole"] == "yes"


def test_the_page_of_results_leads_to_all_of_them(get, parsed):
    following = parsed(get("/?q=diary").text).all("a", rel="next")[0]["href"]
    for address in ("/?q=diary", following):
        shown = parsed(get(address).text)
        for name in ("csv", "json", "atom"):
            assert f"/search.{name}?q=diary" in shown.links
            assert get(f"/search.{name}?q=diary").status_code == 200
        (feed,) = shown.all("link", type="application/atom+xml")
        assert (feed["rel"], feed["href"]) == ("alternate", "/search.atom?q=diary")


@pytest.mark.parametrize("name", ["csv", "json", "atom"])
@pytest.mark.parametrize("search", ["since=yesterday", "kind=loud", "q=%25", "tier=sure"])
def test_what_makes_no_sense_is_a_page_that_says_so(get, parsed, name, search):
    response = get(f"/search.{name}?{search}")
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/html")
    assert "“" in parsed(response.text).text("h1")[0]


def test_a_feed_is_atom_as_the_standard_says(get, reader):
    response = get("/search.atom?q=wall+OR+window+OR+script")
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    for element in (root, *root.findall(f"{ATOM}entry")):
        for needed in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{needed}")) == 1
        assert element.find(f"{ATOM}id").text.startswith("urn:uuid:")
        assert datetime.fromisoformat(element.find(f"{ATOM}updated").text).tzinfo
        assert element.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://localhost/search.atom?q=wall+OR+window+OR+script",
        "alternate": "http://localhost/?q=wall+OR+window+OR+script",
    }
    hits = reader.search("wall OR window OR script", sort="date", limit=None)
    entries = root.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}link").get("href") for entry in entries] == [f"http://localhost/q/{h.key}" for h in hits]


def test_a_feed_reader_reads_it(get):
    feed = feedparser.parse(get("/search.atom?speaker=adaeze-okafor").content)
    assert not feed.bozo
    assert feed.feed.title == "Who said what: Speaker: Adaeze Okafor"
    newest = feed.entries[0]
    assert newest.title == "Adaeze Okafor: “You cannot close the only lit window on the street,”"
    assert newest.author == "Adaeze Okafor"
    assert newest.published == "2025-04-01T00:00:00+00:00"
    assert "via The Eastport Herald, said 1 April 2025" in newest.summary
    assert 'href="https://courier.example/2025/04/night-clinic"' in newest.summary


def test_a_feed_holds_the_newest_and_its_ids_stay(get):
    one, two = (feedparser.parse(get(f"/search.atom?q=diary{sort}").content) for sort in ("", "&sort=relevance"))
    assert len(one.entries) == 45
    assert [entry.id for entry in one.entries] == [entry.id for entry in two.entries]
    everything = feedparser.parse(get("/search.atom").content)
    assert len(everything.entries) == 50
    assert {entry.id for entry in one.entries} & {entry.id for entry in everything.entries}
    assert everything.feed.id != one.feed.id


def test_markup_and_odd_characters_stay_text_in_a_feed(get):
    feed = feedparser.parse(get("/search.atom?q=alert").content)
    (entry,) = feed.entries
    assert entry.title.startswith("<i>Mallory Vane</i>") or "&lt;i&gt;" in entry.title
    raw = get("/search.atom?q=alert").text
    assert "<script>" not in raw
    assert "&amp;lt;script&amp;gt;" in raw
    assert "javascript:" not in raw


def test_a_feed_holds_what_xml_cannot(reader):
    hit = reader.search("lit window")[0]
    odd = type(hit)(
        **{name: getattr(hit, name) for name in hit.__slots__} | {"text": "a\x00b\x0b\ufffe", "said_on": "0000"}
    )
    body = atom.feed("t\x01", "q=a", [odd], None, "http://localhost{}".format)
    entry = ElementTree.fromstring(body.encode()).find(f"{ATOM}entry")
    assert "a\ufffdb \ufffd" in entry.find(f"{ATOM}title").text
    assert entry.find(f"{ATOM}updated").text == "2025-04-02T00:00:00+00:00", "the day it was published"


def test_quotations_that_go_while_they_are_exported_are_left_out(reader):
    places = reader.places("diary")
    assert len(reader.at([places[0], 12345, places[1]])) == 2


def test_a_search_that_is_json_is_json_for_any_words(get):
    found = json.loads(get("/search.json?q=%22%0A%E2%80%A8%3Cscript%3E+wall").content)
    assert re.match("http://localhost/", found["search"])


@pytest.mark.parametrize("name", ["csv", "json", "atom"])
@pytest.mark.parametrize(
    "value",
    ["%00", "%22%27%3B--", "x" * 60_000, "%ED%A0%80%FF", "NEAR(", "%3Cscript%3E", "%E7%94%B0%E4%B8%AD", "..%2F"],
)
def test_any_characters_give_a_file_or_a_page_that_explains(get, name, value):
    for parameter in ("q", "speaker", "publisher", "tier", "since", "after", "sort"):
        assert get(f"/search.{name}?{parameter}={value}").status_code in (200, 400), parameter
