"""The page of a quotation, and the files to cite it."""

from __future__ import annotations

import json
import runpy
from types import SimpleNamespace

import pytest
from pyld import jsonld

from indexer.domain import Document
from indexer.publish import server
from indexer.store.corrections.applying import Decision
from indexer.store.reader import Reader
from indexer.store.writer import Writer


@pytest.fixture(scope="module")
def chorus(root):
    """Three articles with the same words, one corrected by a person."""
    return SimpleNamespace(**runpy.run_path(str(root / "tests" / "publish" / "chorus.py")))


@pytest.fixture(scope="module")
def sung(chorus, tmp_path_factory):
    return chorus.build(tmp_path_factory.mktemp("chorus") / "chorus.db")


@pytest.fixture(scope="module")
def hear(sung, open_site):
    return open_site(server.application(sung))


@pytest.fixture(scope="module")
def key_of(sung):
    """The key of the only quotation of a document."""
    with Reader(sung) as reader:
        yield lambda document: reader.document(document.id).hits[0].key


def test_a_quotation_page_says_what_is_known_and_cites(get, parsed, reader):
    hit = reader.search("lit window")[0]
    shown = parsed(get(f"/q/{hit.key}").text)
    assert shown.text("blockquote")[0] == "“You cannot close the only lit window on the street,”"
    assert shown.text("mark")[0] == "You cannot close the only lit window on the street,"
    assert "reported on Tuesday that Mayor Okafor had written" in shown.words
    assert "According to a senior official at the board" in shown.words
    assert "I was treated there myself in January" in shown.words
    assert "The only clinic in the old town" not in shown.words
    assert "Probable (80 %)" in shown.words
    assert "the words “she wrote” next to “she”" in shown.words
    assert (
        "“You cannot close the only lit window on the street,” — Adaeze Okafor (1 April 2025), via The Eastport"
        " Herald. In: “Night clinic to close “for now”, staff fear for good”, The Eastport Courier, 2 April 2025,"
        " https://courier.example/2025/04/night-clinic"
    ) in shown.text("pre")[0]
    assert "https://courier.example/2025/04/night-clinic" in shown.links


def test_the_beginning_of_a_key_leads_to_the_whole_key(get, reader):
    key = reader.search("lit window")[0].key
    assert get(f"/q/{key[:9]}").headers["location"] == f"/q/{key}"
    assert get(f"/q/{key[:9]}.bib").headers["location"] == f"/q/{key}.bib"


def test_previous_and_next_lead_through_all_quotations_of_the_article(get, parsed, reader, newsroom):
    keys = [hit.key for hit in reader.document(newsroom.FLOOD.id).hits if hit.kind != "term"]
    path, seen = f"/q/{keys[0]}", []
    while path:
        seen.append(path.removeprefix("/q/"))
        shown = parsed(get(path).text)
        assert f"{len(seen)} of {len(keys)} in its article" in shown.words
        following = shown.all("a", rel="next")
        path = following[0]["href"] if following else None
    assert seen == keys
    assert shown.all("a", rel="prev")[0]["href"] == f"/q/{keys[-2]}"


def test_a_term_has_a_page_and_no_number(get, parsed, reader):
    hit = reader.search("nine hours", kind="term")[0]
    shown = parsed(get(f"/q/{hit.key}").text)
    assert "Words in quotation marks" in shown.text("h1")[0]
    assert "in its article" not in shown.words.replace("In its article", "")
    assert shown.all("a", rel="next") == []


FILES = {
    "txt": ("text/plain; charset=utf-8", "“You cannot close"),
    "md": ("text/markdown; charset=utf-8", "> “You cannot close"),
    "bib": ("application/x-bibtex; charset=utf-8", "@article{quotation-"),
    "csl.json": ("application/vnd.citationstyles.csl+json; charset=utf-8", "[\n  {"),
}


@pytest.mark.parametrize("ending", FILES)
def test_each_way_to_cite_is_a_file_and_the_same_text_on_the_page(get, reader, parsed, ending):
    key = reader.search("lit window")[0].key
    response = get(f"/q/{key}.{ending}")
    media_type, beginning = FILES[ending]
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert response.headers["content-disposition"] == f'inline; filename="quotation-{key}.{ending}"'
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.text.startswith(beginning)
    assert f"http://localhost/q/{key}" in response.text
    shown = parsed(get(f"/q/{key}").text)
    assert " ".join(response.text.split()) in shown.text("pre")
    assert f"/q/{key}.{ending}" in shown.links


@pytest.mark.parametrize("path", ["/q/ffffffffffff.bib", "/q/xyz.bib", "/q/ffff.pdf", "/q/.bib", "/q/ffff.csljson"])
def test_a_file_that_is_not_there_is_a_page_that_says_so(get, parsed, path):
    response = get(path)
    assert response.status_code == 404
    assert "search for the words" in parsed(response.text).words


def test_the_permalink_is_what_the_reader_s_browser_reaches(index, open_site, reader, parsed):
    site = server.application(index)
    site._settings.update({"base_url": "/archive/", "force_https_urls": True})
    key = reader.search("lit window")[0].key
    shown = parsed(open_site(site)(f"/q/{key}").text)
    assert f"https://localhost/archive/q/{key}" in shown.text("pre")[0]
    assert f"/archive/q/{key}.bib" in shown.links


def test_the_page_tells_programs_what_it_shows(get, parsed, reader):
    key = reader.search("lit window")[0].key
    (text,) = parsed(get(f"/q/{key}").text).text("json-ld")
    node = json.loads(text)
    assert node["@id"] == node["url"] == f"http://localhost/q/{key}"
    assert node["spokenByCharacter"]["name"] == "Adaeze Okafor"
    assert node["isPartOf"]["url"] == "https://courier.example/2025/04/night-clinic"
    (expanded,) = jsonld.expand({**node, "@context": {"@vocab": "https://schema.org/"}})
    assert expanded["https://schema.org/text"] == [{"@value": "You cannot close the only lit window on the street,"}]


def test_data_for_programs_cannot_end_its_script(get, parsed, reader, newsroom):
    hit = reader.document(newsroom.HOSTILE.id).hits[0]
    text = get(f"/q/{hit.key}").text
    (data,) = parsed(text).text("json-ld")
    assert "<" not in data
    assert json.loads(data)["text"] == hit.text
    assert "url" not in json.loads(data)["isPartOf"], "a link that runs a script is none"


def test_a_correction_is_shown_with_its_day_its_note_and_what_was_found(hear, parsed, chorus, key_of):
    shown = parsed(hear(f"/q/{key_of(chorus.FIRST)}").text)
    assert "✓ Corrected by a person on" in shown.words
    assert "she spells it <so>" in shown.words
    assert "(The program had found: Perpetua Quayle.)" in shown.words
    assert "Checked by a person" in shown.words
    assert "Certain" not in shown.words
    assert "Perpetua Quayle-Ng, a harbour pilot" in shown.words


def test_a_confirmation_is_no_correction(chorus, tmp_path, open_site, parsed):
    index = chorus.build(tmp_path / "chorus.db")
    decision = Decision(kind="direct", speaker="Anselm Birdwhistle", speaker_type="person", confirmed=True)
    key = chorus.correct(index, chorus.SECOND.id, decision)
    shown = parsed(open_site(server.application(index))(f"/q/{key}").text)
    assert "✓ Confirmed by a person on" in shown.words
    assert "had found" not in shown.words


def test_the_same_words_elsewhere_are_listed_the_earliest_first_with_their_differences(hear, parsed, chorus, key_of):
    text = hear(f"/q/{key_of(chorus.FIRST)}").text
    shown = parsed(text)
    assert "Printed 3 times in 3 documents of 2 publishers." in shown.words
    assert "5 February 2025, Coastal Wire: What the pilot saw" in shown.words
    assert shown.words.index("What the pilot saw") < shown.words.index("Undated: Undated notes")
    assert shown.text("ins") == ["underlined", "added: some", "added: and the pier,"]
    assert "Word for word." in shown.words
    other = parsed(hear(f"/q/{key_of(chorus.SECOND)}").text)
    assert other.text("del") == ["struck out", *["left out: some", "left out: and the pier,"] * 2]


def test_articles_that_name_different_speakers_are_flagged(hear, parsed, chorus, key_of):
    for document in (chorus.FIRST, chorus.SECOND, chorus.THIRD):
        shown = parsed(hear(f"/q/{key_of(document)}").text)
        assert "attributed to both Anselm Birdwhistle and Perpetua Quayle-Ng" in shown.words
    assert "another speaker" in parsed(hear(f"/q/{key_of(chorus.FIRST)}").text).words


def test_words_that_nobody_else_has_are_listed_nowhere(get, parsed, reader):
    assert "elsewhere" not in parsed(get(f"/q/{reader.search('lit window')[0].key}").text).words


def test_words_that_are_gone_are_searched_for_where_a_correction_kept_them(chorus, tmp_path, open_site, parsed):
    index = chorus.build(tmp_path / "chorus.db")
    with Reader(index) as reader:
        key = reader.document(chorus.FIRST.id).hits[0].key
    with Writer(index, command="tests") as writer:
        writer.write(Document(id=chorus.FIRST.id, text="All of it was rewritten."), [], "read by hand")
    response = open_site(server.application(index))(f"/q/{key}")
    shown = parsed(response.text)
    assert response.status_code == 404
    assert f"These words are no longer in {chorus.FIRST.id}" in shown.words
    assert shown.all("input", id="q")[0]["value"] == f"{chorus.WORDS},"


def test_a_quotation_page_is_small(get, reader, newsroom):
    for hit in reader.document(newsroom.FLOOD.id).hits:
        assert len(get(f"/q/{hit.key}").content) < 20_000
