"""A real server and a real browser. Every test fails on a console error or a request to another host."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

ADDRESSES = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("addresses.py"))))
EXAMPLES = {**ADDRESSES.ours(), **ADDRESSES.STOCK}


@pytest.fixture(scope="session")
def serving(root: Path) -> SimpleNamespace:
    """The helpers of serving.py; skips where there is no Chromium."""
    helpers = SimpleNamespace(**runpy.run_path(str(root / "tests" / "browser" / "serving.py")))
    if helpers.chromium() is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    return helpers


@pytest.fixture(scope="session")
def browser_type_launch_args(serving: SimpleNamespace) -> dict[str, Any]:
    return serving.launch_arguments()


@pytest.fixture(scope="session")
def index(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the invented articles."""
    build = runpy.run_path(str(root / "tests" / "publish" / "newsroom.py"))["build"]
    return build(tmp_path_factory.mktemp("index") / "quotes.db")


@pytest.fixture(scope="session")
def site(serving: SimpleNamespace, index: Path) -> Iterator[str]:
    """The address of a site over them."""
    with serving.served(index) as address:
        yield address


@pytest.fixture(scope="session")
def council(root: Path, serving: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site over two years of an invented council."""
    build = runpy.run_path(str(root / "tests" / "publish" / "council.py"))["build"]
    with serving.served(build(tmp_path_factory.mktemp("council") / "quotes.db")) as address:
        yield address


@pytest.fixture(scope="session")
def base_url(site: str) -> str:
    """So that `page.goto("/")` is the home page."""
    return site


@pytest.fixture
def watched(site: str) -> str:
    """The address that pages may load from. A file of tests with a site of its own gives that."""
    return site


@pytest.fixture(scope="session")
def addresses() -> SimpleNamespace:
    """The examples in addresses.py."""
    return ADDRESSES


@pytest.fixture(scope="session")
def places(index: Path) -> dict[str, str]:
    """What the names in braces in addresses.py stand for."""
    return ADDRESSES.places(index)


@pytest.fixture(params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> str:
    """What a page of the site shows: a test that asks for it runs over every example in addresses.py."""
    return str(request.param)


@pytest.fixture
def address(example: str, places: dict[str, str]) -> str:
    """Where that example is."""
    return EXAMPLES[example].format(**places)


@pytest.fixture(params=ADDRESSES.ours())
def our_address(request: pytest.FixtureRequest, places: dict[str, str]) -> str:
    """Where an example of a page of ours is: a test that asks for it runs over all of them."""
    return EXAMPLES[request.param].format(**places)


@pytest.fixture(autouse=True)
def quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """Watches what the pages load and what the console says, in tests that have a page."""
    if "page" not in request.fixturenames:
        yield
        return
    context, site = request.getfixturevalue("context"), request.getfixturevalue("watched")
    requests, messages = [], []
    context.on("request", lambda request: requests.append(request.url))
    context.on("console", lambda message: messages.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: messages.append(str(error.error)))
    yield
    assert requests, "nothing was loaded"
    assert [url for url in requests if not url.startswith((site + "/", "data:"))] == []
    assert [message for message in messages if "status of 404" not in message and "status of 400" not in message] == []


@pytest.fixture(scope="session")
def violations() -> Callable[[Any], dict[str, str]]:
    """What axe-core, with all its rules, finds wrong with a page: a line for each kind of fault."""
    axe, options = Axe(), {"resultTypes": ["violations"]}

    def violations(page: Any) -> dict[str, str]:
        found = axe.run(page, options=options).response["violations"]
        return {f"{rule['id']} ({rule['help']})": rule["nodes"][0]["html"][:300] for rule in found}

    return violations


@pytest.fixture
def shoot(root: Path, page: Any) -> Callable[[str], None]:
    """Saves what the page looks like, for people, in test-artifacts."""
    folder = root / "test-artifacts"
    folder.mkdir(exist_ok=True)
    return lambda name: page.screenshot(path=folder / f"site-{name}.png", full_page=True)
