"""A quotation's page in a real browser."""

from __future__ import annotations

import re
import runpy

import pytest
from playwright.sync_api import expect

from indexer.store.reader import Reader

LOOKS = [({"width": 1280, "height": 900}, "light"), ({"width": 360, "height": 740}, "dark")]


@pytest.fixture(scope="module")
def chorus(root, tmp_path_factory):
    """The index of three articles with the same words."""
    build = runpy.run_path(str(root / "tests" / "publish" / "chorus.py"))["build"]
    return build(tmp_path_factory.mktemp("chorus") / "quotes.db")


@pytest.fixture(scope="module")
def choir(serving, chorus):
    """The address of a site over it."""
    with serving.served(chorus) as address:
        yield address


@pytest.fixture
def watched(choir):
    return choir


@pytest.fixture(scope="module")
def first(choir, chorus):
    """The address of the quotation that a person corrected."""
    with Reader(chorus) as reader:
        return f"{choir}/q/{reader.document('a/first.txt').hits[0].key}"


@pytest.fixture
def clipboard(context, page):
    """What was copied last."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return lambda: page.evaluate("navigator.clipboard.readText()")


def test_it_can_be_used_by_all(page, first, violations, shoot):
    page.goto(first)
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == {}
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        shoot(f"quotation-with-versions-{scheme}")


@pytest.mark.parametrize(
    ("name", "words"), [("Plain text", "“The light"), ("BibTeX", "@article"), ("CSL-JSON", "[\n  {")]
)
def test_a_button_copies_a_citation(page, first, clipboard, name, words):
    page.goto(first)
    page.get_by_role("button", name=f"Copy as {name}").click()
    expect(page.locator("[data-copied]")).to_have_text("Copied.")
    assert clipboard().startswith(words)
    assert first in clipboard()


def test_a_browser_that_keeps_its_clipboard_to_itself_still_copies(page, first, clipboard):
    page.goto(first)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not trusted')); }")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator("[data-copied]")).to_have_text("Copied.")
    assert clipboard().startswith("> “The lighthouse")


def test_the_other_articles_are_a_click_away_and_what_differs_is_read_out(page, first):
    page.goto(first)
    expect(page.get_by_text("The articles differ on who said this.")).to_be_visible()
    assert "added: some" in page.locator(".versions ins").nth(1).text_content()
    page.get_by_role("link", name="What the pilot saw").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quotation of Anselm Birdwhistle")
    expect(page.locator(".versions del", has_text="and the pier").first).to_be_visible()


def test_the_marks_differ_by_more_than_their_colour(page, choir, chorus):
    with Reader(chorus) as reader:
        page.goto(f"{choir}/q/{reader.document('b/second.txt').hits[0].key}")
    style = "element => [getComputedStyle(element).textDecorationStyle, getComputedStyle(element).borderBottomWidth]"
    assert page.locator(".context mark").first.evaluate(style) == ["solid", "2px"]
    assert page.locator(".context .cue").evaluate(style) == ["dotted", "0px"]
    assert page.locator(".context .mention").evaluate(style)[0] == "solid"
    assert int(page.locator(".context .mention").evaluate("element => getComputedStyle(element).fontWeight")) > 600
    expect(page.locator(".key")).to_have_text(re.compile("quotation.*who spoke.*reporting words"))


def test_on_paper_there_are_the_words_their_source_the_permalink_and_the_day(page, first, shoot):
    page.goto(first)
    page.emulate_media(media="print")
    shoot("quotation-on-paper")
    for there in (".big blockquote", ".big figcaption", ".on-paper"):
        expect(page.locator(there)).to_be_visible()
    for hidden in (".columns", ".masthead nav", ".differing", ".foot"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".on-paper")).to_contain_text(re.compile(rf"{first}, seen on \d+ \w+ \d{{4}}"))


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_citations_are_files_and_can_be_read(page, first):
    page.goto(first)
    expect(page.get_by_role("button", name=re.compile("Copy"))).to_have_count(0)
    page.get_by_text("BibTeX", exact=True).click()
    expect(page.locator("pre", has_text="@article")).to_be_visible()
    page.get_by_role("link", name="Plain text as a file").click()
    expect(page.locator("body")).to_contain_text("The lighthouse keeper counted")
