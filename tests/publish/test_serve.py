"""`serve`: a real server over any index file, and clear words where that cannot be."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import yaml

from indexer.errors import NotAnIndex, ServeError, StoreError
from indexer.publish import serve, server
from indexer.publish.server import application
from indexer.publish.site import configuration_directory

START = (
    "import sys; from indexer.publish import serve; serve(sys.argv[1], port=0, ready=lambda at: print(at, flush=True))"
)


@contextlib.contextmanager
def served(path):
    """A server process over this index: its address."""
    command = [sys.executable, "-c", START, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGINT)
            output, messages = process.communicate(timeout=20)
            assert (process.returncode, output, messages) == (0, "", "")


def fetch(address):
    with urllib.request.urlopen(address, timeout=20) as response:
        return response.read().decode()


def test_an_index_with_any_name_is_served_until_interrupted(index):
    with served(index) as address:
        assert address.startswith("http://127.0.0.1:")
        assert "Find who said what" in fetch(address)
        assert len(json.loads(fetch(address + "quotes/quotations.json?_shape=array&_size=max"))) == 66
        with pytest.raises(urllib.error.HTTPError, match="404") as error:
            fetch(address + "nothing")
        error.value.close()


def test_what_is_indexed_while_the_site_is_up_is_shown(newsroom, tmp_path):
    from indexer.store.writer import Writer

    path = newsroom.build(tmp_path / "quotes.db")
    with served(path) as address:
        assert "5 documents" in fetch(address)
        with Writer(path) as writer:
            writer.prune({newsroom.FLOOD.id})
        assert "1 document," in fetch(address)


def test_a_port_in_use_is_named_with_what_to_do(index):
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            ServeError, match=f"port {port} on 127.0.0.1 cannot be used: Address already in use$"
        ) as error:
            serve(index, port=port)
    assert "--port" in error.value.hint


@pytest.mark.parametrize("host", ["no.such.host.invalid", "256.1.1.1", "203.0.113.7", "a" * 300])
def test_a_host_that_is_not_ours_is_named(index, host):
    with pytest.raises(ServeError, match="cannot be used"):
        serve(index, host=host, port=0)


def test_a_missing_index_is_the_stores_error(tmp_path):
    with pytest.raises(StoreError, match="no index here"):
        serve(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_foreign_database_is_refused(tmp_path):
    foreign = tmp_path / "foreign.db"
    with contextlib.closing(sqlite3.connect(foreign)) as connection:
        connection.execute("create table documents (id)")
    with pytest.raises(NotAnIndex):
        serve(foreign)


def test_both_configuration_files_hold_the_same_bytes_and_the_same_settings():
    site = configuration_directory()
    assert (site / "metadata.yaml").read_bytes() == (site / "datasette.yaml").read_bytes()
    settings = json.loads((site / "settings.json").read_text())
    assert yaml.safe_load((site / "metadata.yaml").read_text())["settings"] == settings
    assert settings["suggest_facets"] is False


@pytest.fixture
def copied_site(tmp_path):
    """The configuration directory somewhere else, without databases."""
    site = tmp_path / "site"
    shutil.copytree(configuration_directory(), site, ignore=shutil.ignore_patterns("*.db*", "__pycache__"))
    return site


@contextlib.contextmanager
def datasette(site, *options):
    """Plain Datasette on a configuration directory: the address of its home page."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(site), "--port", str(port), *options]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        await_port(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=20)


def await_port(port):
    for _ in range(200):
        with contextlib.suppress(OSError), contextlib.closing(socket.create_connection(("127.0.0.1", port), 1)):
            return
        time.sleep(0.1)
    pytest.fail(f"nothing answers on port {port}")


def test_plain_datasette_on_the_directory_serves_the_site(copied_site, index):
    shutil.copy(index, copied_site / "quotes.db")
    with datasette(copied_site) as address:
        assert "65 quotations by 10 speakers in 5 documents" in fetch(address)
        assert "Adaeze Okafor" in fetch(address + "speaker/adaeze-okafor")
        assert "said_about" in fetch(address + "quotes")


def test_plain_datasette_finds_the_index_by_its_tables_and_keeps_its_base_url(copied_site, index, parsed):
    shutil.copy(index, copied_site / "press review.db")
    with contextlib.closing(sqlite3.connect(copied_site / "quotes.db")) as connection:
        connection.execute("create table documents (id)")
    with datasette(copied_site, "--setting", "base_url", "/press/") as address:
        shown = parsed(fetch(address + "press/"))
        assert "65 quotations" in shown.words
        assert all(link.startswith(("/press/", "#", "https://")) for link in shown.links)
        assert "quotations" in fetch(address + "press/press+review")
        assert "Okafor" in fetch(address + "press/speaker/adaeze-okafor?q=wall")


def test_plain_datasette_without_an_index_says_what_to_do(copied_site):
    with datasette(copied_site) as address, pytest.raises(urllib.error.HTTPError, match="503") as error:
        fetch(address)
    with error.value:
        assert "Run “quotes index”" in error.value.read().decode()


def test_an_installed_package_finds_the_files_it_carries(tmp_path, root):
    shutil.copytree(root / "indexer", tmp_path / "indexer", ignore=shutil.ignore_patterns("_site", "__pycache__"))
    shutil.copytree(configuration_directory(), tmp_path / "indexer" / "_site", ignore=shutil.ignore_patterns("*.db*"))
    ask = "from indexer.publish.site import configuration_directory; print(configuration_directory())"
    found = subprocess.run([sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert found.strip() == str(tmp_path / "indexer" / "_site")


def test_a_search_that_takes_too_long_says_what_to_do(index, open_site, parsed):
    slow = application(index)
    slow._settings["sql_time_limit_ms"] = 0
    response = open_site(slow)("/?q=wall")
    assert response.status_code == 503
    assert "This takes too long to look up. Use rarer words" in parsed(response.text).words


def test_no_packet_of_an_answer_waits_for_the_one_before():
    listener = server._listen("127.0.0.1", 0)
    visitor = socket.create_connection(listener.getsockname())
    with listener, visitor, listener.accept()[0] as accepted:
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
