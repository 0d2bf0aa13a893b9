"""What a page weighs: itself with its own styles and scripts, before it is compressed."""

from __future__ import annotations

import re
import runpy

import pytest

MOST = 100_000
FILE = re.compile(r'(?:href|src)="(/static/(?!vendor/)[^"?]+\.(?:css|js))')


@pytest.fixture(scope="module")
def addresses(index, root):
    """Every example of a page of ours."""
    known = runpy.run_path(str(root / "tests" / "browser" / "addresses.py"))
    places = known["places"](index)
    return [address.format(**places) for address in known["ours"]().values()]


def test_no_page_weighs_more_than_a_hundred_kilobytes(get, addresses):
    weights = {}
    for address in addresses:
        page = get(address)
        files = sorted(set(FILE.findall(page.text)))
        assert "/static/quotes.css" in files
        weights[address] = len(page.content) + sum(len(get(file).content) for file in files)
    assert {address: weight for address, weight in weights.items() if weight > MOST} == {}


def test_the_settings_of_the_site_are_read(get):
    settings = get("/-/settings.json").json()
    assert (settings["suggest_facets"], settings["max_returned_rows"]) == (False, 2000)
