"""A published document's name says nothing of the machine that it was read on."""

from __future__ import annotations

import pytest

from indexer.store.publishing.names import is_local, public_names

LOCAL = [
    "/home/ada/news/a.txt",
    "~/a.txt",
    "../ada/a.txt",
    r"C:\Users\Ada\a.txt",
    "c:/a.txt",
    r"\\server\a.txt",
    "file:///a",
]
OTHERS = ["a.txt", "news/a.txt", "./a.txt", "wire/77120", "https://news.example/a", "spring", "", "..and so on"]


@pytest.mark.parametrize("name", LOCAL)
def test_a_path_of_a_machine_is_seen(name):
    assert is_local(name)


@pytest.mark.parametrize("name", OTHERS)
def test_other_names_stay(name):
    assert not is_local(name)
    assert public_names([name]) == {name: name}


def test_a_path_becomes_the_name_of_the_file():
    shown = public_names(["/home/ada/a.txt", r"C:\Ada\b.txt", "file:///srv/ada/c.html", "/home/ada/"])
    assert list(shown.values()) == ["a.txt", "b.txt", "c.html", "ada"]


def test_files_of_one_name_are_told_apart_for_good():
    one, two = public_names(["/home/ada/a.txt", "/srv/a.txt"]).values()
    assert one != two
    assert one.startswith("a.txt-")
    assert "ada" not in one
    assert public_names(["a.txt", "/srv/a.txt"]) == {"a.txt": "a.txt", "/srv/a.txt": two}
