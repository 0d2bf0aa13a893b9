"""What a reporter does on the site, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}
PATHS = {
    "home": "/",
    "results": "/?q=diary&speaker=Ferreira",
    "problem": "/?since=yesterday",
    "speaker": "/speaker/adaeze-okafor",
    "missing": "/speaker/nobody-at-all",
}

CONTRAST = """() => {
  const channel = value => { value /= 255; return value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4 };
  const light = rgb => .2126 * channel(rgb[0]) + .7152 * channel(rgb[1]) + .0722 * channel(rgb[2]);
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const behind = element => {
    for (; element; element = element.parentElement) {
      const colour = numbers(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll('body *')) {
    const words = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!words || !element.checkVisibility() || ['SCRIPT', 'OPTION'].includes(element.tagName)) continue;
    const [one, two] = [numbers(getComputedStyle(element).color), behind(element)].map(light);
    const ratio = (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
    if (ratio < 4.5) poor.push(`${element.tagName} ${element.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return poor;
}"""


@pytest.fixture
def documents(page):
    """The addresses of documents and quotations that the home page links to, with those fixed above."""
    page.goto("/?q=wall+OR+window+OR+gap+OR+feet")
    links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    found = [link.partition("#")[0] for link in links if link.startswith(("/document/", "/q/"))]
    return [*PATHS.values(), *dict.fromkeys(found)]


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


def test_nothing_scrolls_sideways_on_a_phone(page, documents, shoot):
    page.set_viewport_size(PHONE)
    for number, path in enumerate(documents):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        shoot(f"phone-{number}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_in_light_and_in_dark(page, documents, scheme, shoot):
    page.emulate_media(color_scheme=scheme)
    for number, path in enumerate(documents):
        page.goto(path)
        assert page.evaluate(CONTRAST) == [], path
        shoot(f"{scheme}-{number}")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    shade = sum(map(int, re.findall(r"\d+", background)[:3]))
    assert shade < 100 if scheme == "dark" else shade > 700


def test_what_can_be_touched_on_a_phone_is_large_enough(page):
    page.set_viewport_size(PHONE)
    page.goto("/")
    for field in page.locator("main input, main select, main button").all():
        assert field.bounding_box()["height"] >= 44


def test_the_keyboard_reaches_the_content_first(page):
    page.goto("/speaker/adaeze-okafor")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_the_site_needs_no_script(page):
    page.goto("/")
    page.get_by_label("Words that were said").fill("lit window")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="You cannot close").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Night clinic to close")


def test_markup_in_an_article_does_nothing(page):
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.goto("/?q=alert")
    page.locator(".hit blockquote a").click()
    expect(page.locator(".text mark")).to_contain_text("<script>alert('in the quotation')</script>")
    assert page.title().startswith('<img src=x onerror="alert(1)">')


def test_on_paper_there_are_no_forms_and_no_menus(page):
    page.goto("/speaker/adaeze-okafor")
    page.emulate_media(media="print")
    for hidden in (".search", ".masthead nav", ".foot"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".hit").first).to_be_visible()


def test_the_tables_are_one_click_away_and_the_way_back_too(page, shoot):
    page.goto("/")
    page.get_by_role("link", name="tables, SQL, CSV and JSON").click()
    page.get_by_role("link", name="quotations", exact=True).click()
    expect(page.locator("h1")).to_have_text("quotations")
    shoot("table")
    assert page.locator(".masthead").evaluate_all(CONTRAST.replace("body *", ".masthead *")) == []
    page.get_by_role("link", name="Who said what").click()
    expect(page.get_by_label("Words that were said")).to_be_visible()
