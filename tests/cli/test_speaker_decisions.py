"""Who is who, decided on the command line: what is printed, what then holds, what is refused."""

from __future__ import annotations

import json
import shutil

import pytest


@pytest.fixture
def db(small_index, tmp_path):
    """An index of our own to decide in."""
    return shutil.copy(small_index, tmp_path / "own.db")


@pytest.fixture
def decide(invoke, db):
    """Run `quotes speakers ...` on it, as Ines."""

    def run(*args, code=0):
        result = invoke("speakers", *args, "--db", db, env={"QUOTES_USER": "Ines"})
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def slugs(invoke, db):
    """The speakers of the index by slug."""

    def run():
        result = invoke("speakers", "list", "--format", "jsonl", "--db", db)
        return {record["slug"]: record for record in map(json.loads, result.stdout.splitlines())}

    return run


def test_merge_log_undo(decide, slugs):
    before = slugs()
    one, other = sorted(slug for slug in before if before[slug]["type"] == "person")[:2]
    result = decide("merge", one, other, "--note", "the same")
    assert result.stderr == f"Decision 1: {one} is {other}. `quotes speakers undo 1` takes it back.\n"
    both = before[one]["quotations"] + before[other]["quotations"]
    assert one not in slugs()
    assert slugs()[other]["quotations"] == both
    (logged,) = map(json.loads, decide("log", "--format", "jsonl").stdout.splitlines())
    assert (logged["action"], logged["who"], logged["note"]) == ("merge", "Ines", "the same")
    assert f"{one} is {other}" in decide("log").stdout
    assert decide("undo", "1").stderr == "Decision 1 is undone.\n"
    assert slugs() == before
    assert "undone by Ines" in decide("log").stdout


def test_an_exported_registry_is_imported_with_what_was_added(decide, slugs, tmp_path):
    out = tmp_path / "who.csv"
    decide("export", "--output", out)
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "name,aliases,type,description,wikidata"
    name = next(line for line in lines[1:] if ",person," in line).split(",")[0]
    text = "\n".join(
        f"{name},,person,A keeper of ferries,Q42" if line.startswith(f"{name},") else line for line in lines
    )
    out.write_text("\ufeff" + text + "\n", encoding="utf-8")
    counted = len(lines) - 1
    assert decide("import", out).stderr.startswith(f"Decision 1: {counted} speakers from {out}.")
    (record,) = (each for each in slugs().values() if each["name"] == name)
    assert (record["description"], record["wikidata"]) == ("A keeper of ferries", "Q42")
    assert decide("show", name).stdout.splitlines()[0].startswith(f"{name} (person); A keeper of ferries; Q42")


def test_why_shows_the_names_and_reasons(decide, slugs):
    slug, record = max(slugs().items(), key=lambda item: item[1]["quotations"])
    (first, *_) = map(json.loads, decide("why", slug, "--format", "jsonl").stdout.splitlines())
    assert first["name"] == record["name"]
    assert first["reason"]
    assert record["name"] in decide("why", slug).stdout


def test_rename_link_split(decide, slugs):
    slug = max(slugs(), key=lambda slug: slugs()[slug]["quotations"])
    decide("rename", slug, "Somebody Else")
    decide("link", "Somebody Else", "Q42")
    assert (slugs()[slug]["name"], slugs()[slug]["wikidata"]) == ("Somebody Else", "Q42")
    (naming, *_) = map(json.loads, decide("why", slug, "--format", "jsonl").stdout.splitlines())
    decide("split", slug, "--document", naming["document"], "--to", "Quite Another")
    assert slugs()["quite-another"]["name"] == "Quite Another"


BAD = [
    (["merge", "Nobody Known", "Nobody Else"], "Error: no speaker 'Nobody Known'."),
    (["split", "Nobody Known"], "Error: Nothing says what to set apart. Give --alias NAME, --document ID, or both"),
    (["undo", "7"], "Error: no decision 7. See `quotes speakers log` for the numbers"),
    (["import", "missing.csv"], "Error: missing.csv: No such file or directory. Name a CSV file"),
]


@pytest.mark.parametrize(("args", "line"), BAD, ids=[" ".join(args) for args, _ in BAD])
def test_what_makes_no_sense_is_one_line(invoke, db, args, line):
    result = invoke("speakers", *args, "--db", db)
    assert result.exit_code in (1, 2)
    assert result.stdout == ""
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1


def test_a_file_with_clashing_names_imports_nothing(invoke, db, slugs, tmp_path):
    before = slugs()
    clash = tmp_path / "who.csv"
    clash.write_text("name,aliases\nAda Brink,A. Brink\nAmy Brink,A. Brink\n", encoding="utf-8")
    result = invoke("speakers", "import", clash, "--db", db)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert f"{clash}:3: 'A. Brink' is a name in line 2 too" in result.stderr
    assert slugs() == before


def test_a_file_that_is_no_text(invoke, db, tmp_path):
    (tmp_path / "who.csv").write_bytes(b"name\nM\xfcller\n")
    result = invoke("speakers", "import", tmp_path / "who.csv", "--db", db)
    assert "is not UTF-8" in result.stderr
