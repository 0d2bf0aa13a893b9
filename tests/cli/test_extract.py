from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys

import pytest

import indexer
from indexer.cli.extract import FIELDS
from indexer.domain import Attribution, Mention, Passage, Quotation

KEYS = ["document", "start", "end", "text", "kind", "cue", "mention", "speaker", "speaker_type", "via", "said_on"]
KEYS += ["confidence", "tier", "utterance", "nested_in", "evidence"]


def records(output):
    return [json.loads(line) for line in output.splitlines()]


def test_jsonl_is_the_default_and_keeps_the_contract(quotes, articles):
    done = quotes("extract", articles / "harbour.txt")
    assert done.returncode == 0
    assert done.stderr == ""
    text = (articles / "harbour.txt").read_text(encoding="utf-8")
    found = records(done.stdout)
    assert found
    for record in found:
        assert list(record) == KEYS
        assert record["document"] == str(articles / "harbour.txt")
        assert text[record["start"] : record["end"]] == record["text"]
        assert record["kind"] in ("direct", "mixed")
        assert record["speaker"]
        assert 0 <= record["confidence"] <= 1
        for part in (record["cue"], record["mention"]):
            assert part is None or text[part["start"] : part["end"]] == part["text"]
    assert [record["start"] for record in found] == sorted(record["start"] for record in found)
    assert found[0]["text"].startswith("The harbour will feed this town")
    assert found[0]["speaker"] == "Maria Lindqvist"


def test_a_folder_a_corpus_and_standard_input(quotes, articles):
    done = quotes("extract", articles, "-", stdin="“It rained,” said Piotr Nowak.\n")
    documents = [record["document"] for record in records(done.stdout)]
    assert done.returncode == 0
    assert list(dict.fromkeys(documents)) == ["spring", f"{articles}/harbour.txt", f"{articles}/winter.md", "-"]


def test_all_also_gives_terms_and_words_without_a_speaker(quotes, articles):
    text = "“Somewhere it rains.”\n\nThe so-called “welcome” was short. “It rained,” said Piotr Nowak.\n"
    some, everything = quotes("extract", "-", stdin=text), quotes("extract", "-", "--all", stdin=text)
    assert [record["text"] for record in records(some.stdout)] == ["It rained,"]
    assert [record["text"] for record in records(everything.stdout)] == ["Somewhere it rains.", "welcome", "It rained,"]


def test_json_is_one_array(quotes, articles):
    done = quotes("extract", articles, "--format", "json")
    assert json.loads(done.stdout) == records(quotes("extract", articles).stdout)


def test_json_of_nothing_is_an_empty_array(quotes):
    done = quotes("extract", "-", "--format", "json", stdin="It rained.\n")
    assert json.loads(done.stdout) == []


def test_csv_flattens(quotes):
    text = "“It rained,” said Piotr Nowak.\n"
    done = quotes("extract", "-", "--format", "csv", stdin=text)
    (row,) = csv.DictReader(io.StringIO(done.stdout, newline=""))
    assert tuple(row) == FIELDS
    assert (row["text"], row["cue_text"], row["mention_text"], row["via"]) == ("It rained,", "said", "Piotr Nowak", "")
    assert (row["start"], row["end"]) == ("1", "11")


def test_csv_keeps_the_text_exact(quotes):
    words = 'First line,\nsecond; "third", fourth,'
    done = quotes("extract", "-", "--all", "--format", "csv", stdin=f"“{words}” said Piotr Nowak.\n")
    row, *_ = csv.DictReader(io.StringIO(done.stdout, newline=""))
    assert row["text"] == words


def test_csv_has_a_column_for_everything_in_a_full_record():
    from indexer.cli.formats import flat

    attribution = Attribution(
        Quotation(1, 2, "a", "direct", 0, (0, 3)),
        Passage(4, 5, "b"),
        Mention(6, 7, "c", "name"),
        "C",
        "person",
        "D",
        "2024",
    )
    assert tuple(flat(attribution.as_record("x"), FIELDS)) == FIELDS


def test_csv_of_nothing_is_the_header(quotes):
    done = quotes("extract", "-", "--format", "csv", stdin="It rained.\n")
    assert done.stdout == ",".join(FIELDS) + "\n"


def test_table_names_each_document_once(quotes, articles):
    done = quotes("extract", articles, "--format", "table")
    lines = done.stdout.splitlines()
    assert lines.count(f"{articles}/harbour.txt") == 1
    assert any(
        "Maria Lindqvist" in line and "“The harbour will feed this town for a century,”" in line for line in lines
    )


def test_nothing_found_is_said(quotes):
    done = quotes("extract", "-", stdin="It rained.\n")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "No quotations found in 1 document.\n"


def test_output_is_utf8_whatever_the_locale(quotes):
    done = quotes(
        "extract", "-", stdin="“Čekáme,” said Jiří Novák.\n", env={"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"}
    )
    assert records(done.stdout)[0]["text"] == "Čekáme,"


def test_a_line_separator_in_the_text_does_not_end_the_line(quotes):
    done = quotes("extract", "-", "--all", stdin="“It\u2028rained\x85hard,” said Piotr Nowak.\n")
    assert len(done.stdout.splitlines()) == 1
    assert records(done.stdout)[0]["text"] == "It\u2028rained\x85hard,"


def test_quotations_come_as_soon_as_their_document_is_read(tmp_path):
    """The first document's quotations are out while standard input is still open."""
    first = tmp_path / "corpus.jsonl"
    first.write_text('{"id": "one", "text": "“It rained,” said Piotr Nowak."}\n', encoding="utf-8")
    command = [sys.executable, "-m", "indexer", "extract", str(first), "-"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, encoding="utf-8", **pipes) as process:
        assert json.loads(process.stdout.readline())["document"] == "one"
        assert process.poll() is None
        process.communicate("“It snowed,” said Eva Holm.\n")
    assert process.returncode == 0


@pytest.mark.parametrize("fmt", ["jsonl", "json", "csv", "table"])
def test_a_closed_pipe_ends_it_quietly(tmp_path, fmt):
    line = '{"id": "%d", "text": "“It rained,” said Piotr Nowak."}\n'
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(line % number for number in range(2000)), encoding="utf-8")
    command = f"{sys.executable} -m indexer extract {corpus} --format {fmt} | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, encoding="utf-8")
    assert done.stderr == ""
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1


def test_a_full_disk_is_one_line(articles):
    command = f"{sys.executable} -m indexer extract {articles} > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: The output cannot be written: no space left.")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
@pytest.mark.parametrize("fmt", ["jsonl", "csv", "table"])
def test_a_closed_stream_is_as_good_as_an_empty_one(articles, closed, fmt):
    command = f"{sys.executable} -m indexer extract {articles / 'harbour.txt'} - --format {fmt} {closed}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", input=" ")
    assert done.returncode == 1
    assert done.stderr.count("\n") == (closed != "2>&-")
    assert ("century" in done.stdout) == (closed != ">&-")


def test_ctrl_c_is_one_line(articles):
    command = [sys.executable, "-m", "indexer", "extract", str(articles / "harbour.txt"), "-"]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, encoding="utf-8", **pipes) as process:
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.wait(30)
        assert process.stderr.read() == "Error: Interrupted.\n"
    assert process.returncode == 130


def test_the_library_gives_the_same(articles):
    path = articles / "harbour.txt"
    found = indexer.extract(path.read_text(encoding="utf-8"), id="x", author="Ines Kovač")
    assert [each.speaker for each in found][:2] == ["Maria Lindqvist", "Maria Lindqvist"]
    assert all(each.is_attributed_quotation for each in found)
    with pytest.raises(TypeError, match="writer"):
        indexer.extract("It rained.", writer="Ines Kovač")


def test_the_package_has_no_other_names():
    with pytest.raises(AttributeError, match="quotations"):
        _ = indexer.quotations
