"""A published folder served by plain Datasette, where nothing of ours is installed: the same pages."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import venv

import pytest

from indexer.store.keys import document_slug
from indexer.store.reader import Reader

PAGES = ("/", "/?q=wall", "/speaker/adaeze-okafor", "/speaker/nobody-at-all", "/?since=yesterday")
DATA = (
    "/quotes/quotations.json?_shape=array&_size=max&_col=key&_col=text&_col=speaker",
    "/quotes/documents.json?_shape=array&_col=text&_search=wall",
    "/quotes/said_about.json?_shape=array&words=water&speaker=",
)


@pytest.fixture(scope="module")
def world(published, tmp_path_factory):
    """The address of the published site; `indexer` cannot be imported but from the folder itself."""
    with served(published, tmp_path_factory.mktemp("nowhere")) as address:
        yield address


@contextlib.contextmanager
def served(folder, cwd, python=(sys.executable, "-S")):
    """The folder's start script, with a Python that has the libraries and nothing else."""
    binaries = cwd / "bin"
    binaries.mkdir(exist_ok=True)
    command = binaries / "datasette"
    command.write_text(f'#!/bin/sh\nexec {" ".join(map(str, python))} -m datasette "$@"\n')
    command.chmod(0o755)
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    environment = {"PATH": f"{binaries}:{os.environ['PATH']}", "PORT": str(port), "PYTHONDONTWRITEBYTECODE": "1"}
    if "-S" in python:
        libraries = [path for path in sys.path if path.endswith("site-packages")]  # as -S names none
        environment["PYTHONPATH"] = os.pathsep.join(libraries)
    with subprocess.Popen(
        [folder / "serve.sh"], cwd=cwd, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            await_server(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.communicate(timeout=20)


def await_server(process, port):
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(process.stderr.read())
        with contextlib.suppress(OSError), contextlib.closing(socket.create_connection(("127.0.0.1", port), 1)):
            return
        time.sleep(0.1)
    pytest.fail(f"nothing answers on port {port}")


def fetch(address, **headers):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as response:
        return response.read().decode()


def body_of(address):
    try:
        return fetch(address)
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode()


def headers_of(address, **headers):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as response:
        return response.headers


def test_the_package_is_not_where_the_folder_is_served(tmp_path):
    environment = {"PYTHONPATH": sysconfig.get_path("purelib")}
    ask = [sys.executable, "-S", "-c", "import datasette, indexer"]
    done = subprocess.run(ask, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert "No module named 'indexer'" in done.stderr


@pytest.mark.parametrize("path", PAGES)
def test_the_folder_alone_answers_the_same_pages(world, get, parsed, path):
    here, there = parsed(body_of(world + path)), parsed(get(path).text)
    assert here.words == there.words.replace("Who said what", "Eastport says")
    assert here.links == there.links


def test_the_files_of_a_search_lead_to_where_the_site_is_published(world):
    feed, found = body_of(f"{world}/search.atom?q=water"), json.loads(fetch(f"{world}/search.json?q=water"))
    assert "https://eastport.example/q/" in feed
    assert "127.0.0.1" not in feed
    assert found["search"] == "https://eastport.example/?q=water"


@pytest.mark.parametrize("path", DATA)
def test_and_the_same_data(world, get, path):
    assert json.loads(fetch(world + path)) == get(path).json() != []


def test_tables_without_rows_are_not_shown(world):
    shown = {table["name"]: table["hidden"] for table in json.loads(fetch(f"{world}/quotes.json"))["tables"]}
    assert not shown["quotations"]
    assert shown["failures"]
    assert shown["authority"]


def test_documents_and_quotations_have_the_addresses_that_they_have_at_the_desk(world, reader, get, parsed):
    for hit in (reader.search("pretend")[0], reader.search("lit window")[0]):
        for path in (f"/q/{hit.key}", f"/document/{hit.document_slug}"):
            here, there = parsed(fetch(world + path)), parsed(get(path).text)
            words = there.words.replace("Who said what", "Eastport says")
            assert here.words == words.replace("http://localhost/", "https://eastport.example/")


def test_it_is_served_as_a_file_that_never_changes(world, published):
    listed = json.loads(fetch(f"{world}/-/databases.json"))
    listed = listed["databases"] if isinstance(listed, dict) else listed  # Datasette 1.0 says it so
    (database,) = [one for one in listed if one["name"] == "quotes"]
    assert database["is_mutable"] is False
    assert database["size"] == (published / "quotes.db").stat().st_size
    inspected = json.loads((published / "inspect-data.json").read_text())["quotes"]
    assert database["hash"] == inspected["hash"]
    said = subprocess.run(
        [sys.executable, "-m", "datasette", "inspect", "quotes.db"], cwd=published, capture_output=True, check=True
    ).stdout
    assert json.loads(said) == {"quotes": inspected}
    with pytest.raises(urllib.error.HTTPError, match="403") as error:
        fetch(f"{world}/quotes.db")
    error.value.close()


def test_a_page_says_how_long_it_may_be_kept_and_is_not_sent_twice(world):
    headers = headers_of(f"{world}/speaker/adaeze-okafor")
    assert headers["Cache-Control"] == "max-age=600"
    assert headers_of(f"{world}/speaker/adaeze-okafor", **{"If-None-Match": '"other"'})["ETag"] == headers["ETag"]
    for tag in (headers["ETag"], f'"x", W/{headers["ETag"]}'):
        with pytest.raises(urllib.error.HTTPError, match="304") as error:
            fetch(f"{world}/speaker/adaeze-okafor", **{"If-None-Match": tag})
        with error.value:
            assert error.value.read() == b""
            assert error.value.headers["ETag"] == headers["ETag"]


def test_styles_and_scripts_stay_in_the_browser(world, parsed):
    home = parsed(fetch(f"{world}/"))
    (style,) = [link["href"] for link in home.all("link", rel="stylesheet") if "quotes.css" in link["href"]]
    assert "immutable" in headers_of(world + style)["Cache-Control"]
    assert headers_of(f"{world}/static/quotes.css")["Cache-Control"] == "public, max-age=60"


def test_search_engines_may_list_the_pages_but_no_tables(world, parsed):
    assert fetch(f"{world}/robots.txt").splitlines() == [
        "User-agent: *",
        "Disallow: /-/",
        "Disallow: /?",
        "Disallow: /quotes/",
    ]
    assert parsed(fetch(f"{world}/")).all("meta", name="robots") == []


def test_excerpts_say_that_they_are_and_where_the_whole_is(excerpts, tmp_path, parsed):
    with served(excerpts, tmp_path) as address:
        pages = [
            fetch(f"{address}/quotes/{path}") for path in ("", "robots.txt", *map(slug_of, ("long.txt", "short.txt")))
        ]
    home, long, short = map(parsed, (pages[0], *pages[2:]))
    assert "Shown in part: the quotations, and what stands around them." in long.words
    assert "[…]" in long.words
    assert "https://news.example/long" in long.links
    assert "Shown in part" not in short.words
    assert pages[1].splitlines() == ["User-agent: *", "Disallow: /quotes/"]
    assert [meta["content"] for meta in home.all("meta", name="robots")] == ["noindex, nofollow"]
    assert all(link.startswith(("/quotes/", "#", "https://")) for link in home.links)


def test_that_somebody_corrected_it_is_told_but_not_who_nor_why_nor_what_was_before(excerpts, tmp_path, parsed):
    with Reader(excerpts / "quotes.db") as reader:
        key = reader.document("long.txt").hits[0].key
    with served(excerpts, tmp_path) as address:
        shown = parsed(fetch(f"{address}/quotes/q/{key}"))
    assert "Corrected by a person on" in shown.words
    for word in ("Zora", "rang", "Ada", "The program had found"):
        assert word not in shown.words


def slug_of(name):
    return f"document/{document_slug(name)}"


def test_its_requirements_are_all_that_it_needs(published, tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--retries=0", "-r", published / "requirements.txt"]
    done = subprocess.run(install, capture_output=True, text=True)
    if done.returncode and "onnection" in done.stderr:
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr
    with served(published, tmp_path, python=(python,)) as address:
        assert "Adaeze Okafor" in fetch(f"{address}/speaker/adaeze-okafor")
