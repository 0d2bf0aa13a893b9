"""Every page without a mouse, on a phone, enlarged, on paper and without motion."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}
WIDTHS = {"a narrow phone": 320, "a phone": 360, "a window at 200 %": 640}
FINGER = 44
MOST_TABS = 150
WIDER = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const wider = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > edge + 1);
  return wider.map(one => `${one.localName}.${one.className}`).slice(-3).concat('something');
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const order = [...document.querySelectorAll('*')].indexOf(one);
  return {
    name: `${one.localName} “${(one.ariaLabel || one.textContent || one.name || '').trim().slice(0, 30)}”`,
    order,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
    shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  };
}"""


INK = """() => {
  const style = getComputedStyle(document.body), quiet = style.getPropertyValue('--quiet').match(/[0-9a-f]{2}/g);
  return [style.color, style.backgroundColor, quiet.every(part => parseInt(part, 16) < 0x80)];
}"""


def test_nothing_scrolls_sideways_and_what_is_touched_is_large_enough(page, our_address):
    page.goto(our_address)
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(WIDER) == [], name
        if width == PHONE["width"]:
            controls = page.locator("main :is(input:not([type=checkbox]):not([type=radio]), select, button, .button)")
            boxes = [control.bounding_box() for control in controls.all() if control.is_visible()]
            assert [box for box in boxes if box["height"] < FINGER] == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDER) == [], "letters twice as large"


def test_the_keyboard_reaches_everything_in_order_and_one_sees_where_it_is(page, our_address):
    page.goto(our_address)
    before = -1
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        assert focused["seen"], f"{focused['name']} has the focus and is out of sight"
        assert focused["shown"], f"{focused['name']} does not show that it has the focus"
        assert focused["order"] > before, f"{focused['name']} comes out of order"
        before = focused["order"]
    assert before > 0


def test_on_paper_there_is_the_text_alone(page, our_address):
    page.goto(our_address)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("main :is(h1, blockquote)").filter(visible=True).first).to_be_visible()
    controls = page.locator("nav, input, select, button, .button, .foot, .skip").all()
    assert [control for control in controls if control.is_visible()] == []
    assert page.evaluate(INK) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)", True]


def test_the_keyboard_can_skip_to_the_content(page, our_address):
    page.goto(our_address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_as_light_or_dark_as_the_system(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    shade = sum(map(int, re.findall(r"\d+", background)[:3]))
    assert shade < 100 if scheme == "dark" else shade > 700


def test_nothing_moves_by_itself(root):
    for path in [*(root / "db" / "static").glob("*.css"), *(root / "db" / "static").glob("*.js")]:
        text = path.read_text(encoding="utf-8")
        moving = re.search(r"\b(transition|animation|scroll-behavior)\s*:(?!\s*(none|false|auto))|smooth", text)
        assert moving is None or "prefers-reduced-motion" in text, f"{path.name}: {moving[0]}"
