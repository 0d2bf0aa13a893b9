"""Paths to documents: what is read, in which order and under which id; a bad input costs only itself."""

from __future__ import annotations

import os
import socket
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from indexer.domain import Document, Failure
from indexer.sources import count, read

LINE = b'{"id": "%s", "text": "x"}\n'


def names(paths: list[str]) -> list[str]:
    return [found.id if isinstance(found, Document) else f"{found.source}: {found.problem}" for found in read(paths)]


@pytest.fixture
def tree(write):
    """A directory with articles of every kind, and much that is none."""
    for name in (
        "b.txt",
        "a.md",
        "sub.txt",
        "sub/z.HTML",
        "sub/deep/x.text",
        "notes.pdf",
        "README",
        "c.htm",
        "d.xhtml",
    ):
        write(f"news/{name}", "“Words,” she said.")
    for name in (".hidden.txt", ".git/x.txt", "b.txt~", "empty.d/y.doc"):
        write(f"news/{name}", "“Hidden,” she said.")
    write("news/e.markdown", "“Words.”")
    write("news/lines.jsonl", LINE % b"l1" + LINE % b"l2")
    write("news/more.ndjson", LINE % b"m1")
    return "news"


def test_a_directory_is_read_in_sorted_order_under_the_path_given(tree):
    inside = ["a.md", "b.txt", "c.htm", "d.xhtml", "e.markdown", "sub.txt", "sub/deep/x.text", "sub/z.HTML"]
    expected = sorted([f"news/{name}" for name in inside])
    found = names([tree])
    assert [name for name in found if "/" in name] == expected
    assert [name for name in found if "/" not in name] == ["l1", "l2", "m1"]


@pytest.mark.parametrize(("given", "first"), [("news/", "news/a.md"), ("./news", "./news/a.md"), (".", "./news/a.md")])
def test_ids_start_with_the_directory_as_given(tree, given, first):
    assert names([given])[0] == first


def test_an_absolute_directory(tree):
    assert names([str(Path(tree).absolute())])[0] == str(Path(tree).absolute() / "a.md")


def test_paths_are_read_in_the_order_given_and_each_once(write):
    write("b.txt", "b")
    write("a.txt", "a")
    write("dir/c.txt", "c")
    Path("link.txt").symlink_to("a.txt")
    given = ["b.txt", "a.txt", "b.txt", "./b.txt", "link.txt", "dir", "dir/c.txt", "dir/", "none", "none"]
    assert names(given) == ["b.txt", "a.txt", "dir/c.txt", "none: no such file or directory"]


def test_two_files_of_the_same_words_are_two_documents(write):
    assert names([write("a.txt", "same"), write("b.txt", "same")]) == ["a.txt", "b.txt"]


def test_links_in_circles_are_followed_once(write):
    write("news/a.txt", "a")
    write("elsewhere/b.txt", "b")
    Path("news/loop").symlink_to(".")
    Path("news/parent").symlink_to("..")
    Path("news/self").symlink_to("self")
    Path("news/self.txt").symlink_to("self.txt")
    found = names(["news"])
    assert found[:2] == ["news/a.txt", "news/parent/elsewhere/b.txt"]
    assert [line.partition(" (")[0] for line in found[2:]] == ["news/self.txt: cannot be read"]


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("page", "<!DOCTYPE html><html><body><p>“No.”</p></body></html>", "“No.”"),
        ("page.php", "\n<!-- saved --><HTML lang=en><body><p>“No.”</p></body></html>", "“No.”"),
        ("notes", "“No.” <b>\n", "“No.” <b>\n"),
        ("notes.log", "# “No.”\n", "# “No.”\n"),
        ("notes.txt", "<html><p>“No.”</p>", "<html><p>“No.”</p>"),
        (".hidden", "“No.”", "“No.”"),
        ("lines.json", '{"id": "lines.json", "text": "“No.”"}', "“No.”"),
    ],
)
def test_a_file_given_by_name_is_known_by_its_extension_or_else_its_content(write, document, name, content, text):
    found = document(write(name, content))
    assert (found.id, found.text) == (name, text)


@pytest.mark.parametrize(
    ("raw", "ids", "text"),
    [
        ("“No.”\r\n".encode(), ["-"], "“No.”\r\n"),
        (b"<!doctype html><p>words</p>", ["-"], "words"),
        (LINE % b"a" + LINE % b"b", ["a", "b"], "x"),
        (b'{"id": "not", "a": "corpus"}', ["-"], '{"id": "not", "a": "corpus"}'),
    ],
)
def test_standard_input(raw, ids, text):
    found = list(read(["-"], stdin=BytesIO(raw)))
    assert [document.id for document in found] == ids
    assert found[0].text == text


def test_the_own_standard_input_is_the_default(monkeypatch):
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO("“No.”".encode())))
    assert [found.text for found in read(["-", "-"])] == ["“No.”"]


@pytest.mark.parametrize(
    ("raw", "source", "problem"),
    [
        (b"", "-", "is empty"),
        (b"\x00\x01", "-", "bytes that are no text"),
        (b"x" * (32 * 1024 * 1024 + 1), "-", "over 32 MiB, the most a document may have"),
        (LINE % b"a" + b"{", "-:2", "not JSON (Expecting property name enclosed in double quotes, column 2)"),
    ],
    ids=["empty", "binary", "large", "line"],
)
def test_standard_input_that_cannot_be_read(raw, source, problem):
    failed = list(read(["-"], stdin=BytesIO(raw)))[-1]
    assert (failed.source, failed.problem) == (source, problem)


def test_nothing_that_is_bad_stops_the_others(write):
    good = write("good.txt", "x")
    bad = ["missing.txt", "", "a\x00b", "x" * 5000, "good.txt/inside", write("empty.txt", "")]
    found = list(read([*bad, good]))
    assert [failure.source for failure in found[:-1]] == bad
    assert all(isinstance(failure, Failure) and failure.hint for failure in found[:-1])
    assert found[-1] == Document(id="good.txt", text="x")


def test_a_missing_file(write, failure):
    write("a.txt", "x")
    found = failure("b.txt")
    assert (found.source, found.problem) == ("b.txt", "no such file or directory")


@pytest.mark.parametrize("name", ["pipe", "pipe.txt", "pipe.jsonl"])
def test_a_pipe_is_not_waited_for(write, failure, name):
    write("a.txt", "x")
    os.mkfifo(name)
    found = failure(name)
    assert found.problem == "a pipe, not a file"
    assert "-" in found.hint
    assert names(["."]) == ["./a.txt", *([f"./{name}: a pipe, not a file"] if "." in name else [])]


def test_devices_and_sockets_are_not_read(write, failure):
    write("a.txt", "x")
    assert failure("/dev/zero").problem == "a device, not a file"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        assert failure("socket.txt").problem == "a socket, not a file"


def test_a_link_to_nothing(write, failure):
    write("a.txt", "x")
    Path("dangling.txt").symlink_to("gone.txt")
    assert failure("dangling.txt").problem == "a link to nothing"
    assert names(["."]) == ["./a.txt", "./dangling.txt: a link to nothing"]


def test_what_may_not_be_read(write, failure):
    path = Path(write("secret.txt", "x"))
    write("closed/a.txt", "x")
    path.chmod(0)
    Path("closed").chmod(0)
    try:
        if os.access(path, os.R_OK):
            pytest.skip("who runs this may read everything")
        assert failure("secret.txt").problem == "may not be read"
        assert names(["."]) == ["./closed: may not be read", "./secret.txt: may not be read"]
    finally:
        Path("closed").chmod(0o700)


@pytest.mark.parametrize("names_inside", [[], ["a.doc"], [".a.txt"], ["sub/a.pdf"]])
def test_a_directory_without_articles(write, failure, names_inside):
    write("other.txt", "x")
    Path("news").mkdir()
    for name in names_inside:
        write(f"news/{name}", "x")
    found = failure("news")
    assert (found.source, found.problem) == ("news", "a directory without articles")
    assert ".jsonl" in found.hint


def test_names_that_are_no_text_are_written_out(write):
    write("a.txt", "x")
    Path(os.fsdecode(b"news\xff.txt")).write_text("x")
    assert names(["."]) == ["./a.txt", "./news\\udcff.txt"]


def test_an_id_of_a_corpus_line_that_is_the_path_of_a_file(write):
    path = write("a.txt", "x")
    assert names([path, write("c.jsonl", LINE % b"a.txt")]) == [
        "a.txt",
        "c.jsonl:1: an earlier document has the id 'a.txt'",
    ]


def test_a_reader_that_is_left_early_closes_its_file(write):
    documents = read([write("c.jsonl", LINE % b"a" + LINE % b"b")])
    assert next(documents).id == "a"
    documents.close()


def test_counting_is_about_right_and_never_fails(tree, write):
    assert count([tree]) == 11
    assert count([tree, "news/b.txt", "missing", "news/lines.jsonl"]) == 12
    assert count(["-", tree]) is None
    assert count([]) == 0
    assert count([write("c.jsonl", LINE % b"a" + b"\n")]) == 2
    assert count([write("large.jsonl", LINE % b"same" * 100_000)]) == 100_000
    assert count([write("huge.jsonl", LINE % b"same" * 3_000_000)]) == pytest.approx(3_000_000, rel=0.01)
    Path("huge.jsonl").unlink()
    Path("gone.jsonl").symlink_to("nowhere")
    os.mkfifo("pipe.jsonl")
    assert count(["gone.jsonl", "missing.jsonl", "pipe.jsonl"]) == 3
