"""What other programs get: every field of every quotation, in files that are whole or not there."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import BufferReader, parquet

from indexer.cli.export import as_records, no_formula, write_jsonld
from indexer.cli.output import opened
from indexer.cli.parquet import GROUP, write_parquet
from indexer.cli.search import FIELDS as SEARCH_FIELDS
from indexer.domain import Attribution, Document, Mention, Quotation
from indexer.store.reader import Reader
from indexer.store.records import EXPORTED as FIELDS
from indexer.store.writer import Writer
from tests.benchmarks.generated import build

ODD = [
    '=HYPERLINK("x")',
    "+1 to that",
    "-1 to that",
    "@home",
    "\ttabbed",
    "\rreturned",
    'two\nlines, a "mark"\r\nand\rmore',
    "no = harm – here",
    "习近平\u2028\x85",
]
FORMATS = ("csv", "jsonl", "parquet", "jsonld")


@pytest.fixture
def odd_index(tmp_path):
    """An index whose quotations are hard to write down."""
    text = "".join(f"Ito “{words}”\n\n" for words in ODD)
    attributions, start = [], 0
    for number, words in enumerate(ODD):
        start = text.index(f"“{words}”", start) + 1
        quotation = Quotation(start, start + len(words), words, "direct", number)
        mention = Mention(start - 5, start - 2, "Ito", "name")
        attributions.append(Attribution(quotation, None, mention, "Ito", "person", confidence=0.5, evidence="a test"))
    with Writer(tmp_path / "odd.db") as writer:
        writer.write(Document("=odd", text, title="@title"), attributions, "1")
    return tmp_path / "odd.db"


@pytest.fixture
def export(invoke, tmp_path):
    """Export an index to a file; what is in the file, as records."""

    def run(db, fmt, *args):
        path = tmp_path / f"out.{fmt}"
        result = invoke("export", "--db", db, "--format", fmt, "--output", path, *args)
        assert result.exit_code == 0, result.output
        assert result.stdout == ""
        return read(path.read_bytes(), fmt)

    return run


def read(data, fmt):
    if fmt == "parquet":
        return parquet.read_table(BufferReader(data)).to_pylist()
    text = data.decode()
    if fmt == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    return json.loads(text)["@graph"] if fmt == "jsonld" else [json.loads(line) for line in text.split("\n")[:-1]]


def key_of(record):
    return record["id"] if "id" in record else record["identifier"]


def hits(db, *args, **filters):
    with Reader(db) as reader:
        return {hit.key: hit for hit in reader.search(*args, **filters, limit=None)}


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_whole_index_is_every_quotation_once_and_no_term(export, small_index, fmt):
    found = [key_of(record) for record in export(small_index, fmt)]
    assert sorted(found) == sorted(hits(small_index, ""))


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(
    ("args", "filters"),
    [
        (["harbour"], {"text": "harbour"}),
        (["harbour", "-wood"], {"text": "harbour -wood"}),
        (["--speaker", "Tomas Berg"], {"speaker": "Tomas Berg"}),
        (["--kind", "term"], {"kind": "term"}),
        (["--document", "spring"], {"document": "spring"}),
        (["--since", "2024", "--until", "2024-12"], {"since": "2024", "until": "2024-12"}),
    ],
)
def test_a_search_is_what_the_search_finds(export, small_index, fmt, args, filters):
    expected = hits(small_index, **filters)
    assert expected
    assert {key_of(record) for record in export(small_index, fmt, *args)} == set(expected)


@pytest.mark.parametrize("db", ["small_index", "odd_index"])
def test_the_fields_are_those_of_a_search_without_its_snippet(export, request, db):
    path = request.getfixturevalue(db)
    assert set(FIELDS) == set(SEARCH_FIELDS) - {"snippet"}
    expected = hits(path, "")
    for fmt in ("jsonl", "parquet"):
        for record in export(path, fmt):
            assert tuple(record) == FIELDS
            assert record == {name: getattr(expected[record["id"]], "key" if name == "id" else name) for name in FIELDS}
    for record in export(path, "csv"):
        hit = expected[record["id"]]
        cells = {name: getattr(hit, "key" if name == "id" else name) for name in FIELDS}
        assert record == {name: "" if cell is None else str(cell) for name, cell in cells.items()}


@pytest.mark.parametrize("fmt", FORMATS)
def test_texts_are_exact(export, odd_index, fmt):
    assert [record["text"] for record in export(odd_index, fmt)] == ODD


def test_a_spreadsheet_takes_no_cell_for_a_formula(export, odd_index):
    records = export(odd_index, "csv", "--excel-safe")
    assert [record["text"] for record in records] == [f"'{words}" for words in ODD[:6]] + ODD[6:]
    assert (records[0]["title"], records[0]["document"]) == ("'@title", "'=odd")
    assert [no_formula(cell) for cell in (-1, -0.5, None, "")] == [-1, -0.5, None, ""]


def test_json_ld_has_every_property(export, small_index):
    (record,) = export(small_index, "jsonld", "--document", "spring")
    (hit,) = hits(small_index, document="spring").values()
    assert record == {
        "@type": "Quotation",
        "identifier": hit.key,
        "text": "The fair was a triumph,",
        "spokenByCharacter": {
            "@type": "Person",
            "@id": f"_:speaker-{hit.speaker_slug}",
            "identifier": hit.speaker_slug,
            "name": "Maria Lindqvist",
        },
        "creator": {"@id": f"_:speaker-{hit.speaker_slug}"},
        "isPartOf": {
            "@type": "Article",
            "@id": f"_:document-{hit.document_slug}",
            "identifier": "spring",
            "headline": "Spring fair",
            "datePublished": "2023-04-01",
            "publisher": {"@type": "Organization", "name": "The Westhaven Post"},
        },
    }


@pytest.mark.parametrize("fmt", FORMATS)
def test_nothing_found_is_an_empty_file_of_its_format(export, invoke, small_index, tmp_path, fmt):
    assert export(small_index, fmt, "xylophone") == []
    result = invoke("export", "--db", small_index, "--format", fmt, "--output", tmp_path / "x", "xylophone")
    assert result.stderr == "No quotations found.\n"


def test_json_ld_cut_short_is_whole_json():
    def breaking(record):
        yield [record, record]
        raise OSError("the disk is gone")

    fields = dict.fromkeys((*FIELDS, "snippet")) | {"id": "0123456789ab", "text": "x"}
    stream = io.StringIO()
    with pytest.raises(OSError, match="gone"):
        write_jsonld(breaking(fields), stream)
    assert len(json.loads(stream.getvalue())["@graph"]) == 2


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("output", [[], ["--output", "-"]])
def test_standard_output_gets_the_same_bytes(invoke, export, small_index, tmp_path, fmt, output):
    export(small_index, fmt)
    result = invoke("export", "--db", small_index, "--format", fmt, *output)
    assert result.exit_code == 0
    assert result.stdout_bytes == (tmp_path / f"out.{fmt}").read_bytes()
    assert result.stderr == ""


def test_the_last_line_says_how_many_there_are_and_where(invoke, small_index, tmp_path):
    path = tmp_path / "out.csv"
    result = invoke("export", "--db", small_index, "--document", "spring", "--output", path)
    assert result.stderr == f"1 quotation in {path}.\n"


def test_parquet_has_typed_columns_in_groups(tmp_path):
    build(tmp_path / "quotes.db", 1_200)
    with Reader(tmp_path / "quotes.db") as reader, (tmp_path / "out.parquet").open("wb") as stream:
        batches = [as_records(hits) for hits in reader.portions()]
        count = write_parquet(batches * 50, FIELDS, stream)
    file = parquet.ParquetFile(tmp_path / "out.parquet")
    groups = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
    assert sum(groups) == count == file.metadata.num_rows
    assert all(GROUP <= rows < 2 * GROUP for rows in groups[:-1])
    assert len(groups) == 3
    types = {field.name: (str(field.type), field.nullable) for field in file.schema_arrow}
    assert types["id"] == ("string", False)
    assert types["speaker"] == ("string", True)
    assert types["start"] == ("int64", False)
    assert types["cue_start"] == ("int64", True)
    assert types["confidence"] == ("double", False)
    assert tuple(types) == FIELDS


def test_without_pyarrow_one_line_says_what_to_install(small_index, tmp_path):
    (tmp_path / "pyarrow.py").write_text("raise ImportError('not here')", encoding="utf-8")
    command = [sys.executable, "-m", "indexer", "export", "--db", small_index, "--format", "parquet"]
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Error: Parquet needs the library pyarrow, which is not installed. Run `pip install 'quote-indexer[parquet]'`\n"
    )


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (
            ["--output", "no/such/folder/out.csv"],
            "no/such/folder/out.csv: cannot be written (No such file or directory)",
        ),
        (["--output", "."], ".: cannot be written (Is a directory)"),
        (["--format", "jsonl", "--excel-safe"], "--excel-safe: has no meaning with --format jsonl"),
    ],
)
def test_what_cannot_be_done_is_one_line(invoke, small_index, tmp_path, monkeypatch, args, problem):
    monkeypatch.chdir(tmp_path)
    result = invoke("export", "--db", small_index, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {problem}. ")
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_index_is_not_written_over(invoke, odd_index, tmp_path):
    before = odd_index.read_bytes()
    (tmp_path / "link").symlink_to(odd_index)
    result = invoke("export", "--db", odd_index, "--output", tmp_path / "link")
    assert result.exit_code == 2
    assert "this is the index itself" in result.stderr
    assert odd_index.read_bytes() == before


def test_an_earlier_file_stays_when_there_is_no_index(invoke, tmp_path):
    (tmp_path / "out.csv").write_text("earlier", encoding="utf-8")
    result = invoke("export", "--db", tmp_path / "none.db", "--output", tmp_path / "out.csv")
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "earlier"


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_after_an_error_the_earlier_file_is_there_and_nothing_else(tmp_path, error):
    path = tmp_path / "out.csv"
    path.write_text("earlier", encoding="utf-8")
    with pytest.raises(error), opened(str(path)) as stream:  # noqa: PT012 - the error has to come in the middle
        stream.write("half")
        raise error
    assert path.read_text(encoding="utf-8") == "earlier"
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_what_a_killed_export_left_goes_with_the_next_one(tmp_path):
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    gone = [f"out[1].csv.{process.pid}.unfinished", f"out[1].csv.{10**30}.unfinished"]
    kept = [f"out[1].csv.{os.getppid()}.unfinished", f"other.csv.{process.pid}.unfinished", "out[1].csv.x.unfinished"]
    for name in gone + kept:
        (tmp_path / name).write_text("half", encoding="utf-8")
    with opened(str(tmp_path / "out[1].csv")) as stream:
        stream.write("whole")
    assert {path.name for path in tmp_path.iterdir()} == {"out[1].csv", *kept}


def test_a_full_device_is_one_line_and_stays_a_device(invoke, small_index):
    result = invoke("export", "--db", small_index, "--output", "/dev/full")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: /dev/full: cannot be written (No space left on device). ")
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_pipe_that_is_closed_early_is_no_error(small_index):
    command = f"{sys.executable} -m indexer export --db {small_index} --format jsonld | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
