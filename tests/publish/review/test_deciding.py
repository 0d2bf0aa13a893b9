"""Reviewing on the site: the queue, every kind of decision, the log, undoing, and what cannot be saved."""

from __future__ import annotations

import html
import re
import threading
import time

import pytest

from indexer.store.writer import Writer


def shown(visitor):
    """The words of the quotation that the last page asks about."""
    return html.unescape(re.findall(r"<mark>(.*?)</mark>", visitor.page, re.DOTALL)[0])


def key_of(store, words):
    return store.search(words)[0].key


def test_the_queue_begins_with_the_least_certain_and_shows_why(ines, store, parsed):
    ines.get("/review")
    page = parsed(ines.page)
    least = store.quotation(store.least_certain()[0]).hit
    assert least.confidence == 0.55
    assert shown(ines) == least.text
    assert "Uncertain, check the article (55 %)" in page.words
    assert least.evidence[1:] in page.words
    assert "1 uncertain quotation and" in page.words
    assert "0 decided" in page.words


@pytest.mark.parametrize(
    ("fields", "check"),
    [
        ({"decision": "confirm"}, lambda hit: (hit.speaker, hit.confidence) == ("Brannagh & Daughters", 1.0)),
        ({"decision": "term"}, lambda hit: hit.kind == "term"),
        ({"decision": "nobody"}, lambda hit: (hit.kind, hit.speaker) == ("direct", None)),
        ({"speaker": "Tomasz Wieliczko"}, lambda hit: hit.speaker_slug == "tomasz-wieliczko"),
        ({"speaker": "Zoë Åkesson", "speaker_type": "organization"}, lambda hit: hit.speaker_type == "organization"),
        ({"kind": "mixed", "note": "it is woven in"}, lambda hit: hit.kind == "mixed" and "woven in" in hit.evidence),
        ({"kind": "term"}, lambda hit: hit.kind == "term"),
        ({"nobody": "1"}, lambda hit: hit.speaker is None),
        ({"words": "the last section\r\nby  August"}, lambda hit: hit.text == "the last section by August"),
    ],
)
def test_every_decision_is_saved_at_once_signed_and_the_next_is_shown(ines, store, fields, check):
    ines.get("/review")
    first, key = shown(ines), store.least_certain()[0]
    answer = ines.send(ines.action(), **fields)
    assert (answer.status_code, answer.text) == (303, "")
    assert check(store.quotation(key).hit)
    (logged,) = store.corrections()
    assert (logged.correction.who, logged.correction.note) == ("Ines", fields.get("note", ""))
    ines.get(answer.headers["location"])
    assert "Saved: “We will pour" in ines.page
    assert shown(ines) not in ("", first)
    assert "1 decided, 1 of them by you" in ines.page


def test_limits_by_offsets_that_the_script_sends(ines, store):
    key = key_of(store, "pour the last section")
    hit = store.quotation(key).hit
    ines.get(f"/review/q/{key}")
    place = f"{hit.start + 3}:{hit.end}"
    assert ines.send(ines.action(), words="whatever", place=place).status_code == 303
    assert store.quotation(key).hit.text == "will pour the last section by August,"


def test_undo_in_one_step_from_the_queue(ines, store):
    ines.get("/review?publisher=The+Eastport+Courier")
    first = shown(ines)
    ines.get(ines.send(ines.action(), decision="nobody").headers["location"])
    (action,) = re.findall(r'class="undo" action="([^"]+)"', ines.page)
    answer = ines.send(html.unescape(action), number="1")
    assert "publisher=The+Eastport+Courier" in answer.headers["location"]
    ines.get(answer.headers["location"])
    assert shown(ines) == first
    (logged,) = store.corrections()
    assert (logged.state, logged.correction.undone_by) == ("undone", "Ines")


def test_the_log_says_who_when_why_and_takes_back(reviewed, ines, store, parsed):
    key = key_of(store, "lit window")
    for who, name in (("Ines", "Ada Moor"), ("Olu", "Bo Lund")):
        visitor = reviewed.visitor()
        visitor.sign_in(who)
        visitor.get(f"/review/q/{key}")
        visitor.send(visitor.action(), speaker=name, note=f"heard by {who}")
    ines.get("/review/log")
    words = parsed(ines.page).words
    assert words.index("said by Bo Lund") < words.index("said by Ada Moor")
    assert "“heard by Olu”" in words
    assert "Decision 2 by Olu, " in words
    assert "Before: Adaeze Okafor." in words
    assert "Bo Lund" not in ines.get("/review/log?who=Ines").text
    assert ines.send("/review/undo?in=log", number="2").headers["location"] == "/review/log"
    assert "Undone by Ines" in parsed(ines.get("/review/log").text).words
    assert store.quotation(key).hit.speaker == "Ada Moor"
    again = ines.send("/review/undo?in=log", number="2")
    assert (again.status_code, "is undone already" in again.text) == (400, True)
    assert ines.send("/review/undo", number="99").status_code == 404
    assert ines.send("/review/undo", number="x").status_code == 404


def test_the_log_goes_on_page_by_page(ines, store, reviewed, monkeypatch):
    monkeypatch.setattr("indexer.publish.pages.review_log.SHOWN", 2)
    with Writer(reviewed.db) as writer:
        from indexer.store.corrections.applying import Decision

        for key in store.least_certain(limit=5):
            writer.correct(key, Decision(confirmed=True), who="Ines")
    met, path = [], "/review/log?who=Ines"
    while path:
        page = ines.get(path).text
        met += re.findall(r'name="number" value="(\d+)"', page)
        path = next((html.unescape(each) for each in re.findall(r'rel="next" href="([^"]+)"', page)), None)
    assert met == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("speaker=Tomasz+Wieliczko", "It found it last time."),
        ("speaker=okafor", "You cannot close the only lit window on the street,"),
        ("document=wire/77120", "The flood office can now hire two engineers. I asked for five."),
        ("publisher=Coastal+Wire&speaker=Wieliczko", "The flood office can now hire two engineers. I asked for five."),
        ("kind=mixed", "three times what a bed in the main hospital costs"),
    ],
)
def test_the_queue_can_be_narrowed_and_stays_so(ines, query, words):
    ines.get(f"/review?{query}")
    assert shown(ines) == words
    location = ines.send(ines.action(), decision="confirm").headers["location"]
    assert query.split("&")[0].split("=")[0] in location
    ines.get(location)
    assert "Saved" in ines.page


def test_skipping_meets_every_quotation_once(ines, store):
    met, path = [], "/review?publisher=Coastal+Wire"
    while path:
        ines.get(path)
        met += [shown(ines)] if 'id="context"' in ines.page else []
        path = next((html.unescape(each) for each in re.findall(r'href="([^"]+)" data-key=" "', ines.page)), None)
    assert len(met) == len(set(met)) == 4
    assert "There is nothing more of what you chose" in ines.page


def test_where_the_next_one_is_far_the_page_offers_to_look_further(ines, monkeypatch):
    monkeypatch.setattr("indexer.publish.pages.review.LOOKED_AT", 3)
    monkeypatch.setattr("indexer.store.corrections.queue.FEW", 0)
    path, looked = "/review?speaker=Odalys+Ferreira", 0
    while 'id="context"' not in ines.get(path).text:
        path = html.unescape(re.findall(r'href="([^"]+)">Look further', ines.page)[0])
        looked += 1
    assert looked > 1
    assert shown(ines).startswith("Entry ")


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("speaker=Tomasz+Wielitschko", "did you mean Tomasz Wieliczko"),
        ("kind=loud", "there is no kind"),
        ("after=yesterday", "is no place in the queue"),
    ],
)
def test_a_question_that_makes_no_sense_is_explained(ines, parsed, query, problem):
    answer = ines.get(f"/review?{query}")
    assert answer.status_code == 400
    assert problem.lower() in parsed(answer.text).words.lower()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, "Nothing was changed"),
        ({"speaker": "Ada Moor", "nobody": "1"}, "cannot both have said it"),
        ({"speaker": "Ada Moor", "kind": "term"}, "has no speaker"),
        ({"speaker": "x" * 201}, "name is too long"),
        ({"note": "x" * 501, "speaker": "Ada"}, "note is too long"),
        ({"words": "words that are nowhere"}, "are not in the document"),
        ({"words": "Nobody carried it"}, "does not touch the quotation"),
        ({"place": "0:4", "words": "x"}, "does not touch the quotation"),
        ({"place": "9:99999999", "words": "x"}, "not in the document"),
    ],
)
def test_what_cannot_be_saved_is_said_and_the_form_is_kept(ines, store, parsed, fields, problem):
    key = key_of(store, "pour the last section")
    ines.get(f"/review/q/{key}")
    answer = ines.send(ines.action(), **fields)
    page = parsed(answer.text)
    assert answer.status_code == 400
    assert problem in page.words
    assert "--" not in page.words
    assert store.corrections() == []
    if len(fields.get("note", "")) < 500:
        assert page.all("input", name="speaker")[0]["value"] == fields.get("speaker", "")


def test_what_changed_meanwhile_is_shown_and_not_overwritten(reviewed, ines, store):
    key = key_of(store, "lit window")
    ines.get(f"/review/q/{key}")
    olu = reviewed.visitor()
    olu.sign_in("Olu")
    olu.get(f"/review/q/{key}")
    olu.send(olu.action(), speaker="Bo Lund")
    answer = ines.send(ines.action(), decision="confirm")
    assert answer.status_code == 409
    assert "has changed since you opened it" in answer.text
    assert "Bo Lund" in answer.text
    assert len(store.corrections()) == 1
    assert ines.send(ines.action(), decision="confirm").status_code == 303


def test_while_another_program_writes_the_page_says_so_and_sends_the_same_again(reviewed, ines, store, monkeypatch):
    monkeypatch.setattr("indexer.store.lock.PATIENCE", 0.2)
    key = key_of(store, "lit window")
    ines.get(f"/review/q/{key}")
    with Writer(reviewed.db):
        answer = ines.send(ines.action(), speaker="Ada Moor", note="said twice")
        assert answer.status_code == 503
        assert "Another program is writing to the index" in answer.text
        assert str(reviewed.db) not in answer.text
    again = answer.text.partition("Try again</button>")[0].rpartition("<form")[2]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', again))
    assert ines.send(ines.action(), **fields).status_code == 303
    assert store.quotation(key).hit.speaker == "Ada Moor"
    assert store.corrections()[0].correction.note == "said twice"


def test_another_writer_is_waited_for(reviewed, ines, store):
    ines.get("/review")
    busy = threading.Event()

    def write():
        with Writer(reviewed.db):
            busy.set()
            time.sleep(0.5)

    threading.Thread(target=write).start()
    assert busy.wait(10)
    assert ines.send(ines.action(), decision="confirm").status_code == 303
    assert len(store.corrections()) == 1


def test_what_is_decided_is_on_the_other_pages_at_once(ines, store, parsed):
    key = key_of(store, "lit window")
    assert f'href="/review/q/{key}"' in ines.get(f"/q/{key}").text
    ines.get(f"/review/q/{key}")
    answer = ines.send(ines.action(), speaker="Zoë Åkesson")
    assert answer.headers["location"] == f"/review/q/{key}?done=1"
    assert "the only lit window" in parsed(ines.get("/speaker/zoe-akesson").text).words
    assert "Corrected by Ines on" in parsed(ines.get(f"/q/{key}").text).words
    assert "Decided before" in ines.get(f"/review/q/{key}").text


def test_the_rest_of_a_stretch_of_speech_is_pointed_out(reviewed, ines, newsroom, store):
    from dataclasses import replace

    from indexer.domain import Document

    document, found = newsroom.newsroom()[0]
    one = [replace(each, quotation=replace(each.quotation, utterance=0)) for each in found[:2]]
    with Writer(reviewed.db) as writer:
        writer.write(Document(id="speech.txt", text=document.text), one, "x")
    key = next(hit.key for hit in store.search("lost a summer") if hit.document == "speech.txt")
    ines.get(f"/review/q/{key}")
    ines.get(ines.send(ines.action(), speaker="Ada Moor").headers["location"])
    assert "The same stretch of speech goes on" in ines.page


def test_a_quotation_that_is_gone(ines, reviewed, store, newsroom):
    key = key_of(store, "lit window")
    ines.get(f"/review/q/{key}")
    action = ines.action()
    with Writer(reviewed.db) as writer:
        writer.prune({newsroom.FLOOD.id})
    assert ines.send(action, decision="confirm").status_code == 404


def test_a_hostile_article_is_text_and_nothing_more(ines, store, parsed):
    key = key_of(store, "alert quotation")
    page = parsed(ines.get(f"/review/q/{key}").text)
    assert page.all("script") == [each for each in page.all("script") if each.get("src", "").startswith("/static/")]
    assert page.all("img") == []
    ines.send(ines.action(), speaker="<script>alert(1)</script>", note='"><script>alert(2)</script>')
    for path in ("/review", "/review?done=1", "/review/log", f"/review/q/{key}"):
        assert "<script>alert" not in ines.get(path).text


PAYLOADS = [
    "'",
    '"><script>x</script>',
    "\x00",
    "' OR 1=1 --",
    "\ud800",
    "٣",
    "x" * 100_000,
    "%",
    "田中",
    "‮",
    "[]",
    "1e999",
]


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda text: ascii(text[:12]))
def test_no_character_anywhere_is_an_error_of_ours(ines, store, payload):
    from urllib.parse import quote, urlencode

    text = quote(payload, errors="surrogatepass")
    for name in ("speaker", "document", "publisher", "kind", "after", "done", "in", "who", "before"):
        for path in ("/review", "/review/log"):
            if len(text) < 60_000:
                assert ines.get(f"{path}?{name}={text}").status_code in (200, 400), name
    if len(text) < 60_000:
        assert ines.get(f"/review/q/{text}").status_code in (404, 302)
    ines.get("/review")
    seen, token = re.findall(r'name="seen" value="([^"]+)"', ines.page)[0], ines.token()
    for name in ("decision", "speaker", "speaker_type", "kind", "words", "place", "nobody", "note", "seen"):
        fields = {"csrftoken": token, "seen": seen, name: payload}
        body = urlencode(fields, errors="surrogatepass")
        answer = ines.ask(
            "POST", ines.action(), content=body, headers={"content-type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code in (303, 400, 409), name
        ines.get("/review")
        seen = re.findall(r'name="seen" value="([^"]+)"', ines.page)[0]
