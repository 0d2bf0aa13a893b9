"""What nobody should send, sent to a real server and shown by a real browser: nothing runs, nothing breaks."""

from __future__ import annotations

import runpy
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

PAYLOADS = runpy.run_path(str(Path(__file__).parents[1] / "publish" / "payloads.py"))["PAYLOADS"]
SHOWN = ["HTML", "end of an attribute", "end of a script", "end of a title", "script address", "our marks", "template"]
PLACES = ["/?q={0}&speaker={0}&since={0}", "/speaker/{}", "/speaker/adaeze-okafor?q={}", "/q/{}", "/quotes?sql={}"]
REQUESTS = {
    "bytes that are no ASCII in the path": b"GET /speaker/\xff\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n",
    "bytes that are no ASCII in the query": b"GET /?q=\xff\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n",
    "a nul in the path": b"GET /q/\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
    "a hundred kilobytes": b"GET /?q=" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "another site": b"GET http://other.example/ HTTP/1.1\r\nHost: other.example\r\n\r\n",
    "no path": b"GET * HTTP/1.1\r\nHost: x\r\n\r\n",
    "two slashes": b"GET //other.example/x/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
}


@pytest.mark.parametrize("name", SHOWN)
def test_nothing_in_an_address_runs(page, name):
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for place in PLACES:
        page.goto(place.format(PAYLOADS[name]))
        expect(page.locator("h1")).to_have_count(1)
        page.wait_for_function("document.readyState === 'complete'")


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_of_any_kind_is_answered(site, name):
    host, _, port = urlsplit(site).netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(REQUESTS[name])
        status_line = connection.makefile("rb").readline()
    assert status_line.startswith(b"HTTP/1.1 ")
    assert int(status_line.split()[1]) < 500
