"""Publishing: what lies in the folder, and how it takes the place of an earlier one."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
import sys
import threading

import pytest

from indexer.errors import IndexBusy, OutputError, StoreError, UsageError
from indexer.publish.publishing.making import publish
from indexer.publish.publishing.plan import Publication
from indexer.store import lock


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_nothing_of_this_machine_is_in_the_folder(published, excerpts, tmp_path, root):
    for folder in (published, excerpts):
        for path in (path for path in folder.rglob("*") if path.is_file()):
            data = path.read_bytes()
            assert str(root).encode() not in data, path
            assert str(tmp_path.parent.parent).encode() not in data, path


def test_it_carries_what_the_pages_need_and_no_more(published):
    rooms = {path.name for path in (published / "lib" / "indexer").iterdir()}
    assert rooms == {"__init__.py", "domain.py", "errors.py", "publish", "store"}
    assert not (published / "lib" / "indexer" / "publish" / "publishing").exists()
    lines = (published / "requirements.txt").read_text().splitlines()
    assert all(re.fullmatch(r"[\w-]+==[\d.]+\w*", line) for line in lines)
    assert "MIT" in (published / "lib" / "LICENSE").read_text()


def test_a_readme_tells_whoever_runs_it_what_it_is(published, excerpts):
    whole, cut = ((folder / "README.md").read_text() for folder in (published, excerpts))
    assert whole.startswith("# Eastport says\n\n5 documents and 65 quotations")
    assert "whole texts" in whole
    assert "300 characters around each" in cut
    assert "http://127.0.0.1:8001/quotes/" in cut
    for text in (whole, cut):
        assert "$" not in re.sub(r'PATH="\$\(realpath ../venv\)/bin:\$PATH"', "", text)


def test_a_container_is_built_from_the_same_folder(published):
    lines = (published / "Dockerfile").read_text().splitlines()
    assert f"FROM python:{sys.version_info[0]}.{sys.version_info[1]}-slim" in lines
    copied = [line.split()[1] for line in lines if line.startswith("COPY")]
    assert all((published / name).exists() for name in copied)


def test_passwords_and_other_plugins_of_the_desk_are_not_published(published):
    for name in ("metadata.json", "datasette.json"):
        configuration = json.loads((published / name).read_text())
        assert list(configuration) == ["title", "plugins", "settings", "databases"]
        assert list(configuration["plugins"]) == ["quotes-site"]
    assert names(published / "plugins") == ["quotes_site.py"]


def test_publishing_again_takes_the_place_of_the_old_at_once(index, tmp_path):
    folder = tmp_path / "site"
    publish(index, folder, Publication(title="Old"))
    (folder / "lib" / "__pycache__").mkdir()
    (folder / "lib" / "__pycache__" / "quotes_site.cpython-311.pyc").write_bytes(b"")
    missing, stop = [], threading.Event()

    def watch():
        while not stop.is_set():
            for name in ("quotes.db", "publication.json", "static/quotes.css"):
                if not (folder / name).exists():
                    missing.append(name)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for number in range(3):
        publish(index, folder, Publication(title=f"New {number}"))
    stop.set()
    watcher.join()
    assert missing == []
    assert json.loads((folder / "metadata.json").read_text())["title"] == "New 2"
    assert names(tmp_path) == ["site"]


def test_where_folders_cannot_change_names_at_once_the_old_one_comes_back_after_an_error(index, tmp_path):
    from indexer.publish.publishing.replacing import _by_turns

    folder = tmp_path / "site"
    publish(index, folder, Publication(title="Old"))
    with pytest.raises(OSError, match="No such file"):
        _by_turns(tmp_path / "gone", folder)
    assert "Old" in (folder / "metadata.json").read_text()
    shutil.copytree(folder, tmp_path / "new")
    (tmp_path / "new" / "metadata.json").write_text("New")
    _by_turns(tmp_path / "new", folder)
    assert (folder / "metadata.json").read_text() == "New"
    assert names(tmp_path) == ["site"]


def test_an_empty_folder_is_taken_and_a_link_is_followed(index, tmp_path):
    (tmp_path / "release").mkdir()
    (tmp_path / "current").symlink_to("release")
    publish(index, tmp_path / "current", Publication())
    publish(index, tmp_path / "current", Publication())
    assert (tmp_path / "current").is_symlink()
    assert (tmp_path / "release" / "quotes.db").is_file()


def test_a_folder_with_something_else_in_it_is_refused(index, tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match=r"site: holds thesis\.txt, which `quotes publish` did not make"):
        publish(index, folder, Publication())
    assert names(folder) == ["thesis.txt"]


def test_a_file_that_somebody_put_into_a_publication_is_not_lost(index, tmp_path):
    folder = tmp_path / "site"
    publish(index, folder, Publication())
    (folder / "static" / "logo.svg").write_text("<svg/>")
    with pytest.raises(UsageError, match=r"holds static/logo\.svg"):
        publish(index, folder, Publication())
    assert (folder / "static" / "logo.svg").exists()
    assert names(tmp_path) == ["site"]


def test_a_place_that_cannot_be_is_named(index, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="file: not a folder"):
        publish(index, tmp_path / "file", Publication())
    with pytest.raises(UsageError, match="there is no folder"):
        publish(index, tmp_path / "none" / "site", Publication())
    with pytest.raises(OutputError, match="/proc/site: cannot be written"):
        publish(index, "/proc/site", Publication())
    with pytest.raises(UsageError, match="holds"):
        publish(index, "/", Publication())


def test_two_at_once_do_not_meet(index, tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0)
    other = lock.WriterLock(str(tmp_path / "site"), "publish site")
    with pytest.raises(IndexBusy, match="quotes publish site"):
        publish(index, tmp_path / "site", Publication())
    other.release()
    publish(index, tmp_path / "site", Publication())
    assert names(tmp_path) == ["site"]


def test_an_index_that_cannot_be_read_leaves_the_old_publication(index, tmp_path):
    folder = tmp_path / "site"
    publish(index, folder, Publication(title="Old"))
    with contextlib.closing(sqlite3.connect(tmp_path / "foreign.db")) as connection:
        connection.execute("create table documents (id)")
    for db in (tmp_path / "none.db", tmp_path / "foreign.db"):
        with pytest.raises(StoreError, match=db.name):
            publish(db, folder, Publication())
    assert "Old" in (folder / "metadata.json").read_text()
    assert names(tmp_path) == ["foreign.db", "site"]


@pytest.mark.parametrize("url", ["press", "ftp://a.example", "https://", "http://[", "https://a.example/?q=1", "//a/b"])
def test_what_is_no_address_of_a_site_is_refused(url):
    with pytest.raises(UsageError, match="not the address of a site"):
        Publication(url=url)


@pytest.mark.parametrize(
    ("url", "base"),
    [("", "/"), ("http://a.example", "/"), ("https://a.example/b/c", "/b/c/"), ("https://a.example/b/", "/b/")],
)
def test_the_path_of_the_address_is_where_the_pages_are(url, base):
    assert Publication(url=url).base_url == base
