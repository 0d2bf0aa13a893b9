"""What a reviewer does on the site, in a real browser: with keys, with the mouse, without scripts, on a phone."""

from __future__ import annotations

import re
import runpy

import pytest
from playwright.sync_api import expect

from indexer.publish.review.users import put_user

PASSWORD = "eight or more"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def reviewers(tmp_path_factory):
    """Ines may review."""
    path = tmp_path_factory.mktemp("reviewers") / "reviewers"
    put_user(path, "Ines", PASSWORD)
    return path


@pytest.fixture
def reviewed(serving, root, reviewers, tmp_path):
    """A site over an index of the test's own, which Ines reviews."""
    build = runpy.run_path(str(root / "tests" / "publish" / "newsroom.py"))["build"]
    with serving.served(build(tmp_path / "quotes.db"), reviewers) as address:
        yield address


@pytest.fixture(autouse=True)
def quiet(context, reviewed):
    """Nothing is loaded from elsewhere, and the console says nothing."""
    elsewhere, messages = [], []
    context.on("request", lambda request: None if request.url.startswith(reviewed) else elsewhere.append(request.url))
    context.on("console", lambda message: messages.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: messages.append(str(error.error)))
    yield
    assert (elsewhere, messages) == ([], [])


@pytest.fixture
def desk(page, reviewed):
    """The page of the queue, Ines being signed in; `open` takes a path of this site."""
    page.open = lambda path: page.goto(reviewed + path)
    page.open("/-/login")
    page.get_by_label("Name").fill("Ines")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(reviewed + "/review")
    return page


def press(page, key):
    """A key, once the page listens."""
    expect(page.locator("body.keyed")).to_be_attached()
    page.keyboard.press(key)


def asked(page):
    """The quotation that the page asks about."""
    return page.locator("#context mark")


def test_from_signing_in_to_a_correction_on_the_speakers_page_in_the_log_and_undone(desk, shoot):
    expect(asked(desk)).to_have_text("We will pour the last section by August,")
    shoot("review")
    desk.get_by_label("Other speaker").fill("Zoë Åkesson")
    desk.get_by_label("Why").fill("heard on the recording")
    desk.get_by_role("button", name="Save the correction").click()
    expect(desk.get_by_role("status").first).to_contain_text("said by Zoë Åkesson")
    shoot("review-saved")

    desk.open("/speaker/zoe-akesson")
    expect(desk.locator(".hit blockquote")).to_have_text(["“We will pour the last section by August,”"])
    desk.open("/review/log")
    expect(desk.locator(".log li")).to_have_count(1)
    expect(desk.locator(".log")).to_contain_text("“heard on the recording”")
    shoot("review-log")
    desk.get_by_role("button", name="Undo decision 1").click()
    expect(desk.locator(".log")).to_contain_text("Undone by Ines")
    desk.open("/speaker/brannagh-daughters")
    expect(desk.get_by_text("We will pour the last section by August,")).to_be_visible()
    desk.get_by_role("button", name="Sign out Ines").click()
    expect(desk.get_by_role("button", name="Sign out Ines")).to_have_count(0)


def test_one_key_for_each_decision(desk):
    first = asked(desk).inner_text()
    press(desk, "y")
    expect(desk.get_by_role("status").first).to_contain_text("right as it is")
    second = asked(desk).inner_text()
    press(desk, "1")
    expect(desk.get_by_role("status").first).to_contain_text("said by Adaeze Okafor")
    press(desk, "u")
    expect(asked(desk)).to_have_text(second)
    press(desk, " ")
    expect(asked(desk)).not_to_have_text(second)
    assert first != second
    press(desk, "s")
    expect(desk.get_by_label("Other speaker")).to_be_focused()
    desk.keyboard.type("yn0")
    expect(desk.get_by_label("Other speaker")).to_have_value("yn0")
    desk.open("/review/log")
    expect(desk.locator(".log li")).to_have_count(2)


def test_keys_can_be_turned_off_for_good(desk):
    desk.get_by_role("button", name="Keys are on").click()
    desk.reload()
    expect(desk.get_by_role("button", name="Keys are off")).to_have_attribute("aria-pressed", "false")
    expect(desk.locator("kbd").first).to_be_hidden()
    desk.locator("h1").click()
    desk.keyboard.press("y")
    desk.open("/review/log")
    expect(desk.get_by_text("Nobody has decided anything yet.")).to_be_visible()


def test_the_words_selected_in_the_paragraph_become_the_quotation(desk):
    desk.evaluate("""() => {
      const words = document.querySelector("#context mark").firstChild;
      getSelection().setBaseAndExtent(words, 3, words, 24);
    }""")
    desk.get_by_role("button", name="Use the words selected above").click()
    expect(desk.get_by_label("The words that are quoted")).to_have_value("will pour the last se")
    desk.get_by_role("button", name="Save the correction").click()
    expect(desk.get_by_role("status").first).to_contain_text("the words “will pour the last se”")


def test_correct_this_on_a_quotations_page(desk):
    desk.open("/?q=lit+window")
    desk.get_by_role("link", name="Permalink").first.click()
    desk.get_by_role("link", name="Correct this").click()
    expect(desk).to_have_url(re.compile(r"/review/q/[0-9a-f]{12}$"))
    desk.get_by_role("button", name="Nobody is named").click()
    expect(desk.get_by_role("heading", name="Decided before")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "wide"])
def test_every_page_for_reviewers_can_be_used_by_all(desk, violations, shoot, scheme, size):
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size(size)
    desk.get_by_role("button", name="Not a quotation").click()
    found = {}
    for name, path in (("next", None), ("log", "/review/log"), ("one", "/review/q/"), ("login", "/-/login")):
        if name == "one":
            path = desk.locator(".log .words a").first.get_attribute("href").replace("/q/", "/review/q/")
        if path:
            desk.open(path)
        shoot(f"review-{name}-{scheme}-{size['width']}")
        found |= {f"{name}: {fault}": element for fault, element in violations(desk).items()}
        assert desk.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        pressed = desk.locator("main button:visible, main .button:visible").all()
        assert [each.inner_text() for each in pressed if each.bounding_box()["height"] < 44] == []
    assert found == {}


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_everything_can_be_decided(desk):
    first = asked(desk).inner_text()
    expect(desk.get_by_role("button", name="Use the words selected")).to_have_count(0)
    desk.get_by_label("The words that are quoted").fill("the last section by August,")
    desk.locator("#is-kind").select_option("Words woven into the writer’s sentence")
    desk.get_by_role("button", name="Save the correction").click()
    expect(desk.get_by_role("status").first).to_contain_text("mixed, the words “the last section by August,”")
    expect(asked(desk)).not_to_have_text(first)
    desk.get_by_role("button", name="Undo decision 1").click()
    expect(asked(desk)).to_have_text(first)
