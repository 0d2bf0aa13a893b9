"""What axe-core finds on every page, wide and on a phone, in light and in dark: nothing."""

from __future__ import annotations

import re

from indexer.publish.views.routes import ROUTES

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LOOKS = {
    "wide": (WIDE, "light"),
    "dark": (WIDE, "dark"),
    "phone": (PHONE, "light"),
    "phone, dark": (PHONE, "dark"),
}


def test_every_address_has_an_example(addresses):
    patterns = [re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern).strip("^$").replace("\\", "") for pattern, _ in ROUTES]
    assert sorted([*addresses.PAGES, *addresses.FILES]) == sorted(patterns), "add one to tests/browser/addresses.py"


def test_a_page_can_be_used_by_all(page, example, address, violations, shoot):
    page.goto(address)
    found = {}
    for look, (size, scheme) in LOOKS.items():
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        if look != "phone, dark":
            shoot(f"{example.replace(' ', '-')}-{look}")
        for fault, element in violations(page).items():
            found.setdefault(f"{fault}: {element}", []).append(look)
    assert not found, "\n".join(f"{line} [{', '.join(looks)}]" for line, looks in found.items())
