"""Every kind of bad input through the real command: one line that names it, and the others are still indexed."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing

import pytest

GOOD = "“It rained all night,” said Piotr Nowak.\n"
LATER = "“It snowed all day,” said Eva Holm.\n"
MIB = 1024 * 1024


def corpus_line(name, text=LATER):
    return json.dumps({"id": name, "text": text}) + "\n"


def unreadable(path):
    path.write_text(LATER, encoding="utf-8")
    path.chmod(0)


def locked_folder(path):
    path.mkdir()
    (path / "inside.txt").write_text(LATER, encoding="utf-8")
    path.chmod(0)


FAULTS = {
    # name: (the input, how to make it, what stderr names, what is wrong with it)
    "missing file": ("gone.txt", lambda path: None, "gone.txt", "no such file"),
    "directory without articles": ("empty", lambda path: path.mkdir(), "empty", "without articles"),
    "unreadable file": ("secret.txt", unreadable, "secret.txt", "may not be read"),
    "unreadable directory": ("vault", locked_folder, "vault", "may not be read"),
    "binary bytes": ("noise.txt", lambda path: path.write_bytes(bytes(range(256)) * 40), "noise.txt", "no text"),
    "picture called text": ("photo.txt", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n"), "photo.txt", "a picture"),
    "empty file": ("void.txt", lambda path: path.write_bytes(b""), "void.txt", "empty"),
    "white space": ("blank.txt", lambda path: path.write_text(" \n\n\t\n"), "blank.txt", ""),
    "empty corpus": ("void.jsonl", lambda path: path.write_bytes(b""), "void.jsonl", ""),
    "bad JSON": ("bad.jsonl", lambda path: path.write_text("{oops\n"), "bad.jsonl:1", "not JSON"),
    "JSON without text": ("mute.jsonl", lambda path: path.write_text('{"id": "a"}\n'), "mute.jsonl:1", "no text"),
    "JSON without id": ("anon.jsonl", lambda path: path.write_text('{"text": "a"}\n'), "anon.jsonl:1", "no id"),
    "duplicate id": ("twin.jsonl", lambda path: path.write_text(corpus_line("good.txt")), "twin.jsonl:1", "good.txt"),
    "one line of 50 MB": (
        "long.jsonl",
        lambda path: path.write_text(corpus_line("long", "x" * 50 * MIB)),
        "long.jsonl:1",
        "MiB",
    ),
    "one line of 50 MB as text": ("long.txt", lambda path: path.write_text("x" * 50 * MIB), "long.txt", "MiB"),
    "device": ("null.txt", lambda path: path.symlink_to("/dev/null"), "null.txt", "a device"),
    "pipe": ("pipe.txt", os.mkfifo, "pipe.txt", "a pipe"),
    "link to nothing": ("link.txt", lambda path: path.symlink_to("nowhere"), "link.txt", "a link to nothing"),
}


@pytest.fixture
def faulty(tmp_path):
    """Make one of the faults in the test's folder, beside two good articles; made readable again afterwards."""
    made = []

    def make(name):
        given, how, source, problem = FAULTS[name]
        (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
        (tmp_path / "later.txt").write_text(LATER, encoding="utf-8")
        how(tmp_path / given)
        made.append(tmp_path / given)
        return given, source, problem

    yield make
    for path in made:
        if path.exists() and not path.is_symlink():
            path.chmod(0o700)


def keys(db):
    with closing(sqlite3.connect(db)) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM documents ORDER BY key")]


def failures(db):
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute("SELECT source, problem, hint FROM failures ORDER BY source").fetchall()


def assert_names(line, source, problem):
    """One line `quotes: SOURCE: problem. Hint`."""
    assert line.startswith(f"quotes: {source}: ")
    told, _, hint = line.removeprefix(f"quotes: {source}: ").partition(". ")
    assert problem in told
    assert hint[:1].isupper()


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_input_costs_nothing_but_itself(quotes, tmp_path, faulty, name):
    (tmp_path / "before.txt").write_text("“It is early,” said Ada Moor.\n", encoding="utf-8")
    assert quotes("index", "before.txt", "--db", "q.db").returncode == 0
    given, source, problem = faulty(name)
    done = quotes("index", "good.txt", given, "later.txt", "--db", "q.db")
    assert (done.returncode, done.stdout) == (1, "")
    complaint, summary = done.stderr.splitlines()
    assert_names(complaint, source, problem)
    assert summary.startswith("Documents: 2 added, 1 failed. q.db now holds 3 documents")
    assert keys(tmp_path / "q.db") == ["before.txt", "good.txt", "later.txt"]
    ((recorded, _, hint),) = failures(tmp_path / "q.db")
    assert recorded == source
    assert hint


def test_extract_names_every_bad_input_and_prints_the_others(quotes, faulty):
    made = [faulty(name) for name in FAULTS]
    done = quotes("extract", "good.txt", *(given for given, _, _ in made), "later.txt")
    assert done.returncode == 1
    assert [json.loads(line)["document"] for line in done.stdout.splitlines()] == ["good.txt", "later.txt"]
    complaints = done.stderr.splitlines()
    assert len(complaints) == len(made)
    for complaint, (_, source, problem) in zip(complaints, made, strict=True):
        assert_names(complaint, source, problem)


@pytest.mark.parametrize("command", ["extract", "index"])
def test_nothing_that_can_be_read_is_exit_code_two(quotes, tmp_path, command):
    options = ["--db", "q.db"] if command == "index" else []
    done = quotes(command, "gone.txt", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert_names(done.stderr.splitlines()[0], "gone.txt", "no such file")


def test_the_other_lines_of_a_corpus_are_indexed(quotes, tmp_path):
    lines = [corpus_line("a"), "{oops\n", corpus_line("a"), "\n", '{"id": "c"}\n', corpus_line("d")]
    (tmp_path / "mixed.jsonl").write_text("".join(lines), encoding="utf-8")
    done = quotes("index", "mixed.jsonl", "--db", "q.db")
    assert done.returncode == 1
    assert [line.split(": ")[1] for line in done.stderr.splitlines()[:-1]] == [f"mixed.jsonl:{n}" for n in (2, 3, 5)]
    assert keys(tmp_path / "q.db") == ["a", "d"]


def test_a_failure_that_is_mended_is_forgotten(quotes, tmp_path):
    corpus = tmp_path / "mixed.jsonl"
    corpus.write_text(corpus_line("a") + "{oops\n", encoding="utf-8")
    quotes("index", "mixed.jsonl", "--db", "q.db")
    assert [source for source, *_ in failures(tmp_path / "q.db")] == ["mixed.jsonl:2"]
    corpus.write_text(corpus_line("a") + corpus_line("b"), encoding="utf-8")
    done = quotes("index", "mixed.jsonl", "--db", "q.db")
    assert done.returncode == 0
    assert failures(tmp_path / "q.db") == []
    assert keys(tmp_path / "q.db") == ["a", "b"]


def test_a_document_that_fails_later_keeps_what_was_indexed(quotes, tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    quotes("index", "good.txt", "--db", "q.db")
    (tmp_path / "good.txt").write_bytes(b"")
    assert quotes("index", "good.txt", "--db", "q.db").returncode == 2
    assert keys(tmp_path / "q.db") == ["good.txt"]
    assert "It rained all night" in quotes("search", "rained", "--db", "q.db").stdout


def test_names_that_would_break_the_line_or_the_terminal(quotes, tmp_path):
    name = "two\nlines\x1b[31m.txt"
    done = quotes("index", name, "--db", "q.db")
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_a_name_that_is_no_text_and_half_a_letter(quotes, tmp_path):
    odd = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(odd, "w", encoding="utf-8") as stream:  # noqa: PTH123 - bytes that are no valid name
        stream.write(GOOD)
    (tmp_path / "half.jsonl").write_text('{"id": "half", "text": "“It \\ud800 rained,” said Piotr Nowak."}\n')
    for command in (["index", "--db", "q.db"], ["extract"], ["extract", "--format", "csv"]):
        done = quotes(*command, ".", "half.jsonl")
        assert done.returncode == 0, done.stderr
    assert len(keys(tmp_path / "q.db")) == 2
