"""What a reporter does on the site, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


def test_from_the_home_page_to_a_quotation_in_its_article_to_its_speaker(page, shoot):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Find who said what")
    shoot("home")
    page.get_by_label("Words that were said").fill("water gap")
    page.get_by_label("Words that were said").press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text("1 quotation with water gap")
    expect(page.locator(".hit mark")).to_have_text(["water", "gap"])
    shoot("results")

    page.get_by_role("link", name="If the wind turns north-east").click()
    expect(page).to_have_url(re.compile(r"/document/[^/]+#q-[0-9a-f]{12}$"))
    words = page.locator("mark", has_text="If the wind turns north-east")
    expect(words).to_be_in_viewport()
    assert words.evaluate("mark => getComputedStyle(mark).outlineStyle") == "solid"
    shoot("document")

    page.get_by_role("link", name="by Tomasz Wieliczko").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tomasz Wieliczko")
    shoot("speaker")


def test_a_speaker_page_is_searched_within(page):
    page.goto("/speaker/adaeze-okafor")
    page.get_by_label("Search within these quotations").fill("summer")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hit blockquote")).to_have_text(["“We have lost a summer to arguments about concrete,”"])


def test_the_legend_leads_to_each_quotation(page):
    page.goto("/?q=pretend")
    page.locator(".where cite a").click()
    page.set_viewport_size({"width": 1280, "height": 400})
    page.get_by_role("link", name="Quotation 3 of 3").click()
    expect(page.locator("mark", has_text="Nobody carried it,")).to_be_in_viewport()
    page.get_by_role("link", name="Mark 1 term too").click()
    expect(page.locator("mark", has_text="Nine Hours in April")).to_have_count(1)


def test_a_quotation_page(page, shoot):
    page.goto("/?q=lit+window")
    page.get_by_role("link", name="Permalink").click()
    expect(page).to_have_url(re.compile(r"/q/[0-9a-f]{12}$"))
    expect(page.locator("figure blockquote")).to_have_text("“You cannot close the only lit window on the street,”")
    shoot("quotation")
    page.get_by_role("link", name="Read it in the article").click()
    expect(page.locator("mark", has_text="the only lit window")).to_be_in_viewport()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_from_a_search_to_a_citation_without_scripts(page):
    page.goto("/")
    page.get_by_label("Words that were said").fill("diary")
    page.get_by_label("Speaker", exact=True).fill("Odalys Ferreira")
    page.get_by_role("button", name="Search").last.click()
    page.get_by_role("link", name="Next").click()
    page.locator(".hit blockquote a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A harbour diary")
    page.locator(".text mark a").first.click()
    expect(page).to_have_url(re.compile(r"/q/[0-9a-f]{12}$"))
    expect(page.get_by_text("In: “A harbour diary in forty-five entries”").first).to_be_visible()
    page.get_by_role("link", name="Odalys Ferreira").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Odalys Ferreira")


def test_markup_in_an_article_does_nothing(page):
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.goto("/?q=alert")
    page.locator(".hit blockquote a").click()
    expect(page.locator(".text mark")).to_contain_text("<script>alert('in the quotation')</script>")
    assert page.title().startswith('<img src=x onerror="alert(1)">')


def test_the_tables_are_one_click_away_and_the_way_back_too(page, shoot):
    page.goto("/")
    page.get_by_role("link", name="tables, SQL, CSV and JSON").click()
    page.get_by_role("link", name="quotations", exact=True).click()
    expect(page.locator("h1")).to_have_text("quotations")
    shoot("table")
    page.get_by_role("link", name="Who said what").click()
    expect(page.get_by_label("Words that were said")).to_be_visible()
