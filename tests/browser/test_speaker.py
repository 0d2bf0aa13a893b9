"""What a reporter does on a speaker's page, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def watched(council):
    """The council's site, not that of the newsroom."""
    return council


@pytest.fixture
def runa(page, council):
    page.goto(f"{council}/speaker/runa-vestergren")
    return page


def test_a_bar_of_the_chart_leads_to_its_month(runa, shoot):
    chart = runa.get_by_role("img", name="Quotations per month")
    expect(chart).to_be_visible()
    shoot("speaker-council")
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] - 20, "y": box["height"] / 2})
    expect(runa).to_have_url(re.compile(r"since=2024-12&until=2024-12#quotations$"))
    expect(runa.get_by_role("heading", name="2 quotations found")).to_be_in_viewport()


def test_from_a_word_of_ones_own_to_the_quotations_that_hold_it(runa):
    runa.get_by_role("link", name="ferry", exact=True).click()
    expect(runa.get_by_role("heading", name="28 quotations found")).to_be_visible()
    expect(runa.locator(".hit mark").first).to_have_text("ferry")
    runa.get_by_role("link", name="All about Runa Vestergren").click()
    expect(runa.get_by_role("heading", name="More often than others")).to_be_visible()


def test_why_the_names_are_one_unfolds_by_keyboard(runa):
    summary = runa.locator("summary", has_text="Why these names are one speaker")
    summary.focus()
    runa.keyboard.press("Enter")
    expect(runa.get_by_text("several articles print this very name")).to_be_visible()


def test_from_a_speaker_to_a_comparison(runa):
    runa.get_by_role("link", name="Compare with another speaker").click()
    expect(runa.get_by_label("First speaker")).to_have_value("runa-vestergren")
    runa.get_by_label("Second speaker").fill("Odilon Marchetti")
    runa.get_by_label("On which topic").fill("ferry")
    runa.get_by_role("button", name="Compare").click()
    expect(runa.get_by_role("heading", level=1)).to_contain_text("Runa Vestergren and Odilon Marchetti")


def test_on_a_phone_all_parts_can_be_jumped_to(page, council, shoot, violations):
    page.set_viewport_size(PHONE)
    page.goto(f"{council}/speaker/runa-vestergren")
    shoot("speaker-council-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for name in ("Words", "Outlets", "Names", "Described as"):
        link = page.get_by_role("navigation", name="On this page").get_by_role("link", name=name)
        assert link.bounding_box()["height"] >= 44
        link.click()
        expect(page.locator("h2:target")).to_be_in_viewport()
    assert not violations(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_full_page_can_be_used_by_all(runa, violations, scheme):
    runa.emulate_media(color_scheme=scheme)
    for summary in runa.locator("summary").all():
        summary.click()
    assert not violations(runa)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_numbers_are_a_table_of_links(runa):
    runa.locator("summary", has_text="The numbers").click()
    runa.get_by_role("link", name="March 2023").click()
    expect(runa.get_by_role("heading", name="2 quotations found")).to_be_visible()
