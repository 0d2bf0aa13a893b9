"""Searching in a real browser: filters, pages, the chart, files, help."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}


def test_the_form_and_pages_of_results(page):
    page.goto("/")
    page.get_by_label("Speaker").fill("Odalys Ferreira")
    page.get_by_label("From").fill("2024-11")
    page.get_by_label("To").fill("2024")
    page.get_by_label("Kind").select_option("Direct speech")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hit")).to_have_count(20)
    first = page.locator(".hit blockquote").first.inner_text()
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".hit")).to_have_count(5)
    expect(page.get_by_role("link", name="Next")).to_have_count(0)
    expect(page.get_by_label("Speaker")).to_have_value("Odalys Ferreira")
    page.get_by_role("link", name="Previous").click()
    page.get_by_role("link", name="Previous").click()
    expect(page.locator(".hit blockquote").first).to_have_text(first)
    expect(page.get_by_role("link", name="Previous")).to_have_count(0)


def test_filters_are_chosen_by_a_click_and_taken_back_by_another(page, shoot):
    page.goto("/?q=the")
    narrow = page.get_by_role("region", name="Narrow down")
    narrow.get_by_role("link", name="The Eastport Courier").click()
    narrow.get_by_role("link", name="Adaeze Okafor").click()
    narrow.get_by_role("link", name="Certain", exact=True).click()
    expect(page).to_have_url(
        re.compile(r"/\?q=the&speaker=adaeze-okafor&tier=certain&publisher=The\+Eastport\+Courier$")
    )
    expect(page.get_by_label("Speaker")).to_have_value("Adaeze Okafor")
    chips = page.get_by_role("list", name="Chosen").get_by_role("link")
    expect(chips).to_have_text(["Remove: Speaker: Adaeze Okafor", "Remove: Certain", "Remove: The Eastport Courier"])
    shoot("search-narrowed")
    chips.nth(1).click()
    expect(chips).to_have_count(2)
    page.get_by_role("button", name="Search").click()
    expect(chips).to_have_count(2)


def test_a_bar_of_the_chart_leads_into_its_month(page):
    page.goto("/?q=wall+OR+budget+OR+window")
    chart = page.get_by_role("img", name="Quotations a month")
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] * 0.7)
    expect(page).to_have_url(re.compile("since=2025-04&until=2025-04"))


def test_the_results_are_files_too(page):
    page.goto("/?q=diary")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    assert download.value.suggested_filename == "quotations.csv"
    assert len(Path(download.value.path()).read_bytes().split(b"\r\n")) == 47
    assert page.locator("link[type='application/atom+xml']").get_attribute("href") == "/search.atom?q=diary"


def test_a_slip_of_the_finger_is_one_click_to_mend(page, shoot):
    page.goto("/?q=windwo&since=2025")
    expect(page.get_by_text("Did you mean")).to_be_visible()
    shoot("search-nothing")
    page.get_by_role("link", name="window", exact=True).click()
    expect(page.locator(".hit mark")).to_have_text("window")


def test_the_help_opens_without_a_script_or_a_mouse(page):
    page.goto("/")
    page.get_by_text("More ways to search").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("words that begin so")).to_be_visible()


def test_on_a_phone_the_filters_are_below_the_results_and_a_link_leads_there(page, shoot):
    page.set_viewport_size(PHONE)
    page.goto("/?q=diary")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shoot("search-phone")
    page.get_by_role("link", name="Narrow down").click()
    expect(page.get_by_role("heading", name="Narrow down")).to_be_in_viewport()
    assert all(link.bounding_box()["height"] >= 44 for link in page.locator(".chips a, .tools a, .choices a").all())


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_numbers_of_the_chart_are_a_table_of_links(page):
    page.goto("/?q=wall+OR+budget+OR+window")
    page.get_by_text("The numbers").click()
    page.get_by_role("link", name="April 2025").click()
    expect(page.locator(".hit")).to_have_count(1)
