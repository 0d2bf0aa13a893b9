"""A document's page in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from indexer.store.reader import Reader


@pytest.fixture(scope="module")
def flood(index):
    """The path of the article about the harbour wall."""
    with Reader(index) as reader:
        return f"/document/{reader.search('pretend')[0].document_slug}"


@pytest.fixture
def place(page):
    """What is said about where one is."""
    return page.locator(".walk .place")


def focused(page):
    """The quoted words that have the focus."""
    return page.locator("mark a:focus")


def test_keys_lead_from_quotation_to_quotation_and_say_which_it_is(page, flood, place):
    page.goto(flood)
    page.keyboard.press("j")
    expect(focused(page)).to_have_text("We have lost a summer to arguments about concrete,")
    expect(place).to_have_text("1 of 11: Adaeze Okafor, certain")
    for key in ("j", "n", "j"):
        page.keyboard.press(key)
    expect(focused(page)).to_contain_text("If the wind turns north-east")
    expect(focused(page)).to_be_in_viewport()
    expect(place).to_have_text("4 of 11: Tomasz Wieliczko, certain")
    page.keyboard.press("k")
    page.keyboard.press("p")
    expect(place).to_have_text(re.compile("^2 of 11"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/q/[0-9a-f]{12}$"))


def test_keys_stop_at_the_first_and_the_last(page, flood, place):
    page.goto(flood)
    page.keyboard.press("k")
    expect(place).to_have_text(re.compile("^1 of 11"))
    for _ in range(15):
        page.keyboard.press("j")
    expect(place).to_have_text(re.compile("^11 of 11"))


def test_keys_are_left_alone_where_somebody_types_or_means_the_browser(page, flood, place):
    page.goto(flood)
    search = page.get_by_label("Search all quotations")
    search.press_sequentially("jnkp")
    expect(search).to_have_value("jnkp")
    page.locator("h1").click()
    for chord in ("Control+j", "Alt+j", "Meta+j"):
        page.keyboard.press(chord)
    expect(place).to_have_text("11 quotations here")


def test_buttons_do_the_same_and_go_on_from_where_one_is(page, flood, place):
    page.goto(f"{flood}")
    page.get_by_role("link", name="Quotation 3 of 3").click()
    page.get_by_role("button", name="Previous").click()
    expect(place).to_have_text(re.compile("^10 of 11"))
    page.get_by_role("button", name="Next").click()
    expect(place).to_have_text(re.compile("^11 of 11: Tomasz"))


def test_ticked_speakers_are_marked_alone_and_the_address_keeps_them(page, flood, place, shoot):
    page.goto(flood)
    expect(page.get_by_role("button", name="Show only those ticked")).to_be_hidden()
    page.get_by_label("2: Tomasz Wieliczko").check()
    expect(page.locator(".text mark:not(.dim)")).to_have_count(3)
    expect(page.locator("[data-filtered]")).to_have_text("3 quotations marked")
    expect(page).to_have_url(re.compile(r"\?speaker=tomasz-wieliczko$"))
    page.keyboard.press("j")
    expect(place).to_have_text("1 of 3: Tomasz Wieliczko, certain")
    shoot("document-one-speaker")
    page.reload()
    expect(page.locator(".text mark:not(.dim)")).to_have_count(3)
    page.get_by_label("2: Tomasz Wieliczko").uncheck()
    expect(page.locator(".text mark.dim")).to_have_count(0)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_form_does_it(page, flood):
    page.goto(flood)
    expect(page.locator(".walk")).to_be_hidden()
    page.get_by_label("2: Tomasz Wieliczko").check()
    page.get_by_role("button", name="Show only those ticked").click()
    expect(page.locator(".text mark:not(.dim)")).to_have_count(3)
    page.get_by_role("link", name="Show all speakers").click()
    expect(page.locator(".text mark.dim")).to_have_count(0)


def test_who_speaks_can_be_told_without_colours(page, flood):
    page.goto(flood)
    number = "element => getComputedStyle(element, '::after').content"
    assert page.locator(".by").evaluate_all(f"all => all.map({number})")[:4] == ['"1"', '"1"', '"1"', '"2"']
    expect(page.get_by_role("link", name="by Tomasz Wieliczko")).to_have_count(3)
    uncertain = page.locator(".text mark.uncertain a")
    expect(uncertain).to_have_text("We will pour the last section by August,")
    assert uncertain.evaluate("link => getComputedStyle(link).borderBottomStyle") == "dashed"


def test_a_bar_at_the_foot_of_a_phone_has_large_buttons(page, flood):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(flood)
    for button in page.locator(".walk button").all():
        assert button.bounding_box()["height"] >= 44
    page.locator(".text p").nth(2).scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Next")).to_be_in_viewport()
    for label in page.locator(".pick").all():
        assert label.bounding_box()["height"] >= 44
