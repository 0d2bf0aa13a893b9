"""Whatever stands in the address, the answer is a page."""

from __future__ import annotations

from urllib.parse import quote

import pytest

HOSTILE = {
    "nul": "\x00",
    "nul within": "wa\x00ter",
    "private marks": "\ue000wall\ue001",
    "long": "x" * 60_000,
    "many words": "wall " * 8_000,
    "many marks": '"' * 5_000,
    "html": "<script>alert(1)</script>\"'><img src=x>",
    "sql": "'; drop table quotations; --",
    "full text syntax": 'text: NEAR(wall, 3) AND ("',
    "template": "{{ 7 * 7 }}{% raw %}",
    "other scripts": "田中 美咲 Путин שלום",
    "emoji": "🧱",
    "lone surrogate bytes": None,
    "slashes": "../../etc/passwd",
    "percent": "%",
    "blank": "   ",
}
ADDRESSES = [
    "/?q={}",
    "/?speaker={}",
    "/?kind={}",
    "/?since={}",
    "/?until={}",
    "/?page={}",
    "/?tier={}",
    "/?publisher={}",
    "/?year={}",
    "/?sort={}",
    "/?q=wall&after={}",
    "/?sort=date&before={}",
    "/speaker/adaeze-okafor?q={}",
    "/compare?a={}&b=Okafor",
    "/compare?by=outlet&a=Coastal+Wire&b={}",
    "/compare?a=Okafor&b=Ferreira&q={}",
    "/compare?a=Okafor&b=Ferreira&since={}",
    "/compare?a=Okafor&b=Ferreira&after={}",
    "/compare?by={}",
]
PATHS = ["/speaker/{}", "/document/{}", "/q/{}"]


def encoded(text):
    return "%ED%A0%80%FF" if text is None else quote(text, safe="")


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_parameter_of_any_kind_gives_a_page(get, parsed, address, name):
    response = get(address.replace("{}", encoded(HOSTILE[name])))
    assert response.status_code in (200, 400)
    shown = parsed(response.text)
    assert all(str(script.get("src")).startswith("/static/") for script in shown.all("script"))
    assert shown.text("script") == [""] * len(shown.all("script"))
    assert shown.all("img") == []
    assert "49" not in shown.text("h2")


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("path", PATHS)
def test_a_path_of_any_kind_gives_a_page(get, parsed, path, name):
    response = get(path.format(encoded(HOSTILE[name])))
    assert response.status_code in (302, 404)
    if response.status_code == 404:
        assert parsed(response.text).all("script") == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/?since=yesterday", "“yesterday” is not a date: write 2025, 2025-03 or 2025-03-14."),
        ("/?until=2025-02-30", "“2025-02-30” is not a date"),
        ("/?kind=shout", "“shout” is no kind of quotation"),
        ("/?tier=sure", "“sure” is no tier"),
        ("/?q=wall&after=ffffffffffff", "there is no quotation 'ffffffffffff'"),
        ("/speaker/adaeze-okafor?since=yesterday", "“yesterday” is not a date"),
    ],
)
def test_a_value_that_makes_no_sense_is_named_and_stays_to_be_mended(get, parsed, address, words):
    response = get(address)
    shown = parsed(response.text)
    assert response.status_code == 400
    assert words in shown.words
    if "yesterday" in address:
        assert shown.all("input", value="yesterday")


def test_a_hundred_kilobytes_give_a_page(get, status):
    for path in ("/", "/speaker/adaeze-okafor"):
        for name in ("q", "speaker", "kind", "since", "until", "page"):
            assert status(path, f"{name}={'x' * 100_000}") in (200, 400)
    assert status("/speaker/" + "x" * 100_000) == 404
    assert status("/q/" + "f" * 100_000) == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD"])
def test_other_methods_change_nothing(get, status, reader, method):
    before = reader.stats()
    assert status("/", method=method) < 500
    assert reader.stats() == before


@pytest.fixture
def status(site, run):
    """The status of a request too long for a client: straight to the application."""
    return lambda path, query="", method="GET": run(asked(site.app(), path, query, method))


async def asked(application, path, query, method):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost")],
    }
    await application(scope, receive, send)
    return sent[0]["status"]
