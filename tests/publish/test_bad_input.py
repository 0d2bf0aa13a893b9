"""Whatever stands in the address, the answer is a page that explains, and nothing in it is obeyed."""

from __future__ import annotations

import json
import re
import runpy
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest

from indexer.publish import mistakes

PAYLOADS = runpy.run_path(str(Path(__file__).with_name("payloads.py")))["PAYLOADS"]
FIXED = (
    "q",
    "speaker",
    "kind",
    "since",
    "until",
    "page",
    "terms",
    "sort",
    "after",
    "before",
    "tier",
    "publisher",
    "year",
    "by",
)
"""Parameters that are tried on every page, with all that a form or a link of any page uses."""
DATASETTE = [
    "/{}",
    "/quotes/{}",
    "/quotes/quotations/{}",
    "/-/{}",
    "/quotes?sql={}",
    "/quotes?sql=select+:x&x={}",
    "/quotes/said_about?words={0}&speaker={0}",
    "/quotes/quotations_of_speaker?slug={}",
    *(
        f"/quotes/quotations?{name}={{}}"
        for name in (
            "_search",
            "_search_text",
            "_sort",
            "_sort_desc",
            "_facet",
            "_facet_date",
            "_facet_array",
            "_next",
            "_size",
            "_col",
            "_nocol",
            "_where",
            "_through",
            "text__contains",
            "text__glob",
            "text__like",
            "id__gt",
            "speaker_id",
            "_shape",
            "_labels",
        )
    ),
]
ALLOWED = {200, 302, 400, 403, 404, 414}


@dataclass(frozen=True)
class Answer:
    """What the site sent."""

    status: int
    headers: dict[str, str]
    text: str


@pytest.fixture(scope="module")
def ask(site, run):
    """Asks the application itself for an address as it stands: no client mends or refuses it."""
    run(site.invoke_startup())
    application = site.app()

    async def asked(address, method):
        sent = []

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            sent.append(message)

        path, _, query = address.partition("?")
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
        headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:]).decode())

    return lambda address, method="GET": run(asked(address, method))


@pytest.fixture(scope="module")
def examples(index, root):
    """A path of each page and file of ours: address pattern -> path."""
    addresses = runpy.run_path(str(root / "tests" / "browser" / "addresses.py"))
    places, found = addresses["places"](index), addresses["PAGES"] | addresses["FILES"]
    return {pattern: next(iter(kinds.values())).format(**places).partition("?")[0] for pattern, kinds in found.items()}


@pytest.fixture(scope="module")
def parameters(ask, examples, parsed):
    """The parameters that a form or a link of any page uses: path -> names; those under "" are tried on every page."""
    names = {path: set() for path in examples.values()} | {"": set(FIXED)}
    for path in examples.values():
        answer = ask(path)
        if "text/html" in answer.headers["content-type"]:
            shown = parsed(answer.text)
            fields = shown.all("input") + shown.all("select") + shown.all("textarea")
            links = [parts for parts in map(urlsplit, shown.links) if parts.path == path]
            names[path] |= {field["name"] for field in fields if field.get("name")}
            names[path] |= {name for parts in links for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        names[""] |= names[path]
    return names


@pytest.fixture(scope="module")
def harmless(parsed):
    """Fails where an answer is an error of the program, leads elsewhere, or holds what a browser would run."""

    def harmless(address, answer):
        shown_address = address[:200]
        assert answer.status in ALLOWED, shown_address
        assert "set-cookie" not in answer.headers or "ds_" in answer.headers["set-cookie"], shown_address
        if answer.status == 302:
            target = answer.headers["location"]
            assert target.startswith("/"), shown_address
            assert not target.startswith(("//", "/\\")), shown_address
        return answer

    return harmless


def ours_is_safe(parsed, address, text):
    """A page of ours: well-formed, explained, without anything of an article's or an address's that runs."""
    shown = parsed(text)
    assert len(shown.text("h1")) == 1, address
    scripts = [script for script in shown.all("script") if script.get("type") != "application/ld+json"]
    assert all((script.get("src") or "").startswith("/static/") for script in scripts), address
    assert shown.all("img") == shown.all("iframe") == [], address
    assert not [name for _, attributes in shown.elements for name in attributes if name.startswith("on")], address
    assert not [link for link in shown.links if link.lower().startswith(("javascript:", "data:", "//"))], address


@pytest.mark.parametrize("name", PAYLOADS)
def test_our_pages_explain(ask, examples, parameters, harmless, parsed, name):
    payload = PAYLOADS[name]
    addresses = [re.sub("<.*>", payload.replace("\\", "\\\\"), pattern) for pattern in examples if "<" in pattern]
    for path in examples.values():
        addresses.append(f"{path}?{'&'.join(f'{parameter}={payload}' for parameter in sorted(parameters['']))}")
        addresses += [f"{path}?{parameter}={payload}" for parameter in sorted(parameters[path])]
    for address in addresses:
        answer = harmless(address, ask(address))
        if "text/html" in answer.headers.get("content-type", "") and answer.text:
            ours_is_safe(parsed, address[:200], answer.text)


@pytest.mark.filterwarnings("ignore:.*was never awaited", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", PAYLOADS)
def test_pages_of_datasette_explain(ask, harmless, name):
    for address in DATASETTE:
        filled = address.format(PAYLOADS[name])
        answer = harmless(filled, ask(filled))
        assert "onerror=alert(1)>" not in answer.text
        assert "<script>alert(1)" not in answer.text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/?since=yesterday", "“yesterday” is not a date: write 2025, 2025-03 or 2025-03-14."),
        ("/?until=2025-02-30", "“2025-02-30” is not a date"),
        ("/?kind=shout", "“shout” is no kind of quotation"),
        ("/speaker/adaeze-okafor?since=yesterday", "“yesterday” is not a date"),
        ("/quotes/quotations?_sort=nothing", "Cannot sort table by nothing"),
        ("/quotes/quotations?_through=x", "A value in this address makes no sense here."),
    ],
)
def test_a_value_that_makes_no_sense_is_named_and_stays_to_be_mended(ask, parsed, address, words):
    answer = ask(address)
    shown = parsed(answer.text)
    assert answer.status == 400
    assert words in shown.words
    if "yesterday" in address:
        assert shown.all("input", value="yesterday")


def test_what_datasette_cannot_read_is_said_in_json_too(ask):
    answer = ask("/quotes/quotations.json?_through=x")
    assert (answer.status, json.loads(answer.text)["ok"]) == (400, False)


def test_an_error_of_ours_is_not_said_to_be_the_readers(run, site):
    request = SimpleNamespace(method="GET", query_string="q=wall", path="/")
    assert run(mistakes.explain(site, request, KeyError("oh"))) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"])
def test_other_methods_change_nothing(ask, examples, reader, method):
    before = reader.stats()
    for path in [*examples.values(), "/quotes/quotations"]:
        assert ask(path, method=method).status < 500
    assert reader.stats() == before


def test_a_parameter_twice_or_without_a_value_is_no_matter(ask):
    for query in ("q=wall&q=gap", "q", "=", "&&&", "q=wall;speaker=x", "&".join(f"a{n}=1" for n in range(2_000))):
        assert ask(f"/?{query}").status == 200
