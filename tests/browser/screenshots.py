"""Takes the screenshots of the README from the sample articles: `python tests/browser/screenshots.py`.

Writes docs/images/search.png, document.png, quotation.png, speaker.png and compare.png, 1280 pixels wide.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from serving import launch_arguments, served

from indexer import index

ROOT = Path(__file__).resolve().parent.parent.parent
IMAGES = ROOT / "docs" / "images"
WIDE = {"width": 1280, "height": 860}
SEARCHED = "peace OR war OR world"
MOST_BYTES = 300_000


def main() -> None:
    """Index the samples, serve them, look at them."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)  # the pages show the paths as they were given
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "quotes.db"
        index(["indexer/samples/articles"], database)
        with served(database) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_arguments())
            page = browser.new_page(viewport=WIDE, base_url=address)
            take(page)
            browser.close()


def take(page: Page) -> None:
    """Every page of the site that there is, on the way of a reporter."""
    page.goto("/")
    page.get_by_label("Words that were said").fill(SEARCHED)
    page.get_by_role("button", name="Search").last.click()
    save(page, "search")
    page.goto("/?speaker=Vladimir+Putin")
    page.locator(".where cite a").first.click()
    page.wait_for_url(re.compile("/document/"))
    save(page, "document")
    page.locator(".text mark a").first.click()
    page.wait_for_url(re.compile("/q/"))
    save(page, "quotation")
    page.goto("/speaker/vladimir-putin")
    save(page, "speaker")
    page.goto("/compare?a=Vladimir+Putin&b=Xi+Jinping")
    save(page, "compare")


def save(page: Page, name: str) -> None:
    """The page as it stands in the window."""
    path = IMAGES / f"{name}.png"
    page.wait_for_load_state("load")  # the charts are drawn then
    page.screenshot(path=path)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{path}: {size} bytes are too many for a README (at most {MOST_BYTES})")


if __name__ == "__main__":
    main()
