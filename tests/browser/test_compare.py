"""Two speakers side by side, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}
TWO = "/compare?a=Runa+Vestergren&b=Odilon+Marchetti&q=ferry"
THREE = "/compare?a=Runa+Vestergren&b=Odilon+Marchetti&c=Baptiste+Okonjo-Lind&q=budget+OR+ferry"


@pytest.fixture
def watched(council):
    """The council's site, not that of the newsroom."""
    return council


def test_from_an_empty_form_to_a_comparison(page, council, shoot):
    page.goto(f"{council}/compare")
    shoot("compare-empty")
    page.get_by_label("First speaker").fill("Runa Vestergren")
    page.get_by_label("Second speaker").fill("Odilon Marchetty")
    page.get_by_label("On which topic").fill("ferry")
    page.get_by_label("On which topic").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is no speaker “Odilon Marchetty” here.")
    page.get_by_role("link", name="Odilon Marchetti").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Runa Vestergren and Odilon Marchetti on ferry")
    shoot("compare-two")


def test_the_same_month_stands_side_by_side_and_on_a_phone_one_below_the_other(page, council, shoot):
    page.goto(council + TWO)
    month = page.get_by_role("region", name="September 2023")
    other = month.get_by_text("Odilon Marchetti", exact=True).bounding_box()
    first = month.get_by_text("Runa Vestergren", exact=True).first.bounding_box()
    assert first["y"] == other["y"]
    assert first["x"] + 200 < other["x"]
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(500)  # the chart is drawn again
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shoot("compare-two-phone")
    first = month.get_by_text("Runa Vestergren", exact=True).first.bounding_box()
    other = month.get_by_text("Odilon Marchetti", exact=True).bounding_box()
    assert first["x"] == other["x"]
    assert first["y"] < other["y"]


def test_the_chart_has_a_bar_for_each_and_leads_to_the_month(page, council):
    page.goto(council + TWO)
    chart = page.get_by_role("img", name="Quotations per month")
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] - 20, "y": box["height"] - 40})
    expect(page).to_have_url(re.compile(r"since=2024-11&until=2024-11#timeline$"))
    expect(page.get_by_role("heading", level=3)).to_have_text(["November 2024"])


def test_the_timeline_goes_on(page, council):
    page.goto(council + TWO)
    page.get_by_role("link", name="Older").click()
    expect(page.locator("#timeline .hit")).to_have_count(4)
    page.get_by_role("link", name="Newest").click()
    expect(page.locator("#timeline .hit")).to_have_count(30)


def test_from_speakers_to_outlets(page, council):
    page.goto(f"{council}/compare")
    page.get_by_role("navigation", name="What to compare").get_by_role("link", name="Outlets").click()
    page.get_by_label("First outlet").fill("Dune Radio")
    page.get_by_label("Second outlet").fill("Coast & Country")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dune Radio and Coast & Country")
    expect(page.locator("#timeline a.speaker").first).to_be_visible()


@pytest.mark.parametrize("path", [TWO, THREE, "/compare?by=outlet&a=Dune+Radio&b=Coast+%26+Country"])
def test_a_comparison_can_be_used_by_all(page, council, path, violations, shoot):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size in ({"width": 1280, "height": 900}, PHONE):
            page.set_viewport_size(size)
            page.goto(council + path)
            assert not violations(page), (scheme, size)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_it_needs_no_script(page, council):
    page.goto(council + TWO)
    page.locator("summary", has_text="The numbers").click()
    page.get_by_role("link", name="May 2023").click()
    expect(page.get_by_role("heading", level=3)).to_have_text(["May 2023"])
