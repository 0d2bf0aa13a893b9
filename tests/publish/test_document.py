"""The page of a document."""

from __future__ import annotations

import json
import re
import runpy

import pytest

from indexer.domain import Attribution, Document, Quotation
from indexer.publish import parts, server
from indexer.store.reader import Reader
from indexer.store.writer import Writer


@pytest.fixture(scope="module")
def flood(reader, newsroom):
    """The document with the harbour wall, and its quotations."""
    return reader.document(newsroom.FLOOD.id)


def marks(text):
    """Each marked stretch: its classes and its words."""
    return re.findall(r'<mark class="([^"]*)" data-voice="[^"]*"><a [^>]*>(.*?)</a></mark>', text)


def test_a_document_page_marks_every_quotation_in_its_text(get, parsed, flood):
    response = get(f"/document/{flood.document.slug}")
    shown = parsed(response.text)
    assert "By Ingrid Solheim" in shown.words
    assert "14 March 2025" in shown.words
    hits = [hit for hit in flood.hits if hit.kind != "term"]
    for hit in hits:
        assert response.text.count(f'id="q-{hit.key}"') == 1
        assert f"/q/{hit.key}" in shown.links
    words = shown.text("mark")
    assert "We have lost a summer to arguments about concrete," in words
    assert "We will pour the last section by August," in words
    assert "Nine Hours in April" not in words
    assert shown.text("blockquote")[0].startswith("We kept the pumps")
    assert shown.text("blockquote")[1] == "— Leonie Achterberg, Dyke Lane"


def test_a_document_page_prints_the_whole_text(get, parsed, reader, newsroom):
    slug = reader.document(newsroom.CLINIC.id).document.slug
    paragraphs = parsed(get(f"/document/{slug}").text).text("p")
    for paragraph in newsroom.CLINIC.text.strip().split("\n\n"):
        assert paragraph in paragraphs


def test_a_document_page_counts_by_how_sure_it_is(get, parsed, flood):
    words = parsed(get(f"/document/{flood.document.slug}").text).words
    assert "11 quotations: 7 certain, 3 probable, 1 uncertain; 1 term in quotation marks" in words


def test_a_document_page_names_its_speakers_and_marks_terms_if_asked(get, parsed, flood):
    slug = flood.document.slug
    shown = parsed(get(f"/document/{slug}").text)
    assert f"/document/{slug}?terms=1" in shown.links
    legend = shown.words[shown.words.index("Who speaks") :]
    for name in ("Adaeze Okafor", "Tomasz Wieliczko", "Brannagh & Daughters", "Leonie Achterberg"):
        assert name in legend
    shown = parsed(get(f"/document/{slug}?terms=1").text)
    assert "Nine Hours in April" in shown.text("mark")
    assert f"/document/{slug}" in shown.links


def test_words_lead_to_their_quotation_and_the_number_behind_them_to_its_speaker(get, flood):
    text = get(f"/document/{flood.document.slug}").text
    keys = {hit.text: hit.key for hit in flood.hits}
    inner = re.search(r'<mark class="[^"]*inner[^"]*" [^>]*><a href="([^"]+)"[^>]*>We will pour the last section', text)
    outer = re.search(r'<mark class="hue\d" [^>]*><a href="([^"]+)"[^>]*> and I believed them', text)
    assert inner[1] == f"/q/{keys['We will pour the last section by August,']}"
    assert outer[1] == f"/q/{keys['They told me, ‘We will pour the last section by August,’ and I believed them,']}"
    by = re.findall(r'class="by" [^>]*href="([^"]+)" aria-label="([^"]+)" data-number="([^"]+)"', text)
    assert ("/speaker/brannagh-daughters-org", "by Brannagh &amp; Daughters, uncertain", "3?") in by
    assert ("/speaker/adaeze-okafor", "by Adaeze Okafor", "1") in by


def test_words_of_nobody_are_marked_and_lead_to_the_quotation(get, parsed, reader):
    hit = reader.search("fourth attempt")[0]
    text = get(f"/document/{hit.document_slug}").text
    assert re.search(rf'<mark class="nobody" data-voice="~"><a href="/q/{hit.key}"[^>]*>There will be a fourth', text)
    assert "Speaker not named" in parsed(text).words


def test_only_the_speakers_asked_for_are_marked(get, parsed, flood):
    path = f"/document/{flood.document.slug}"
    text = get(f"{path}?speaker=tomasz-wieliczko&speaker=leonie-achterberg").text
    lit = [words for classes, words in marks(text) if "dim" not in classes.split()]
    assert [words[:12] for words in lit] == ["If the wind ", "It found it ", "We kept the ", "Nobody carri"]
    assert len(marks(text)) > len(lit)
    shown = parsed(text)
    assert [box["value"] for box in shown.all("input", name="speaker", checked=None)] == [
        "tomasz-wieliczko",
        "leonie-achterberg",
    ]
    assert path in shown.links
    terms = parsed(get(f"{path}?speaker=tomasz-wieliczko&terms=1").text)
    assert terms.all("input", type="hidden", name="terms")
    assert f"{path}?speaker=tomasz-wieliczko" in terms.links


def test_the_words_of_nobody_can_be_asked_for(get, reader):
    hit = reader.search("fourth attempt")[0]
    text = get(f"/document/{hit.document_slug}?speaker=~").text
    assert {words[:12] for classes, words in marks(text) if "dim" not in classes} == {"a wish list ", "There will b"}


@pytest.mark.parametrize(
    "query",
    [
        *("part=0", "part=-1", "part=x", "part=999999999", "part=" + "9" * 5_000, "terms=%ff"),
        *("at=x", "at=%00", "at=" + "f" * 12),
        *("speaker=%00", "speaker=<script>", "speaker=" + "x" * 60_000, "speaker=a&" * 2_000),
    ],
)
def test_what_makes_no_sense_is_as_if_it_were_not_asked_for(get, parsed, flood, query):
    response = get(f"/document/{flood.document.slug}?{query}")
    assert response.status_code == 200
    assert "Harbour wall will not be ready" in parsed(response.text).words


def test_what_a_person_checked_has_a_tick(root, tmp_path, open_site, parsed):
    chorus = runpy.run_path(str(root / "tests" / "publish" / "chorus.py"))
    index = chorus["build"](tmp_path / "chorus.db")
    with Reader(index) as reader:
        slug = reader.document("a/first.txt").document.slug
    text = open_site(server.application(index))(f"/document/{slug}").text
    assert 'aria-label="by Perpetua Quayle-Ng, checked by a person" data-number="1✓"' in text
    assert "✓ checked by a person." in parsed(text).words


def test_the_page_tells_programs_which_quotations_it_has(get, parsed, flood):
    (text,) = parsed(get(f"/document/{flood.document.slug}").text).text("json-ld")
    node = json.loads(text)
    assert (node["@type"], node["headline"]) == ("Article", "Harbour wall will not be ready before winter")
    assert node["mainEntityOfPage"] == f"http://localhost/document/{flood.document.slug}"
    assert len(node["hasPart"]) == 11
    assert node["hasPart"][0] == {"@type": "Quotation", "@id": f"http://localhost/q/{flood.hits[0].key}"}


def test_an_article_of_usual_length_is_a_small_page(get, reader, newsroom):
    for document in (newsroom.FLOOD, newsroom.CLINIC, newsroom.COLUMN):
        slug = reader.document(document.id).document.slug
        assert len(get(f"/document/{slug}").content) < 60_000


@pytest.fixture(scope="module")
def saga(tmp_path_factory):
    """A document of more than two parts, with a quotation in each of its thousands of paragraphs."""
    told = [
        f"“The tide of day {day} came in at noon and nobody wrote it down,” Odalys Ferreira said."
        for day in range(2_800)
    ]
    document = Document(id="saga.txt", title="A saga", text="\n\n".join(told))
    found, place = [], 0
    for number, paragraph in enumerate(told):
        words = paragraph[1 : paragraph.index("”")]
        quotation = Quotation(place + 1, place + 1 + len(words), words, "direct", number, None)
        found.append(Attribution(quotation, speaker="Odalys Ferreira", speaker_type="person", confidence=0.95))
        place += len(paragraph) + 2
    path = tmp_path_factory.mktemp("saga") / "saga.db"
    with Writer(path, command="tests") as writer:
        writer.write(document, found, "read by hand")
    return path


@pytest.fixture(scope="module")
def ask_saga(saga, open_site):
    return open_site(server.application(saga))


@pytest.fixture(scope="module")
def told(saga):
    with Reader(saga) as reader:
        yield reader.document("saga.txt")


def test_a_long_document_comes_in_parts_that_lose_and_repeat_nothing(ask_saga, parsed, told):
    path, seen, words = f"/document/{told.document.slug}", [], []
    while path:
        text = ask_saga(path).text
        shown = parsed(text)
        seen += re.findall(r'id="q-([0-9a-f]+)"', text)
        words += [paragraph for paragraph in shown.text("p") if paragraph.startswith("“The tide")]
        following = shown.all("a", rel="next")
        path = following[0]["href"] if following else None
    assert seen == [hit.key for hit in told.hits]
    assert "\n\n".join(words) == told.document.text
    assert f"Part 3 of {parts.count(told.document.text)}" in shown.words


def test_a_link_to_a_quotation_leads_to_its_part(ask_saga, parsed, told):
    early, late = told.hits[5], told.hits[-5]
    links = parsed(ask_saga(f"/q/{late.key}").text).links
    assert f"/document/{told.document.slug}?at={late.key}#q-{late.key}" in links
    assert f'id="q-{late.key}"' in ask_saga(f"/document/{told.document.slug}?at={late.key}").text
    assert f"/document/{told.document.slug}#q-{early.key}" in parsed(ask_saga(f"/q/{early.key}").text).links


def test_filters_and_terms_stay_while_parts_are_turned(ask_saga, parsed, told):
    path = f"/document/{told.document.slug}"
    shown = parsed(ask_saga(f"{path}?speaker=odalys-ferreira&terms=1&part=2").text)
    assert shown.all("a", rel="next")[0]["href"] == f"{path}?speaker=odalys-ferreira&terms=1&part=3"
    assert shown.all("a", rel="prev")[0]["href"] == f"{path}?speaker=odalys-ferreira&terms=1"
    assert shown.all("input", type="hidden", name="part")[0]["value"] == "2"
