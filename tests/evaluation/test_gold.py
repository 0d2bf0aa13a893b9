"""Gold files: what is read, and the one line that each wrong file gets."""

from __future__ import annotations

import json

import pytest

from indexer.errors import GoldError
from indexer.evaluation.gold import read_gold
from indexer.sources import read

QUOTATION = {"start": 1, "end": 4, "decision": "quotation", "kind": "direct", "speaker": "Ada Roe"}
LINE = {"id": "a", "text": "“Yes” she said.", "author": "J. Doe", "title": "", "quotations": [QUOTATION], "extra": 1}


@pytest.fixture
def written(tmp_path):
    """Writes lines (dicts as JSON, strings as they are) to a gold file; gives its path."""

    def write(*lines):
        path = tmp_path / "gold.jsonl"
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_document_with_its_metadata_and_quotations(written):
    (gold,) = read_gold(written("", LINE, ""))
    assert (gold.document.id, gold.document.text, gold.document.author) == ("a", "“Yes” she said.", "J. Doe")
    assert gold.document.title is None
    (quotation,) = gold.quotations
    assert (quotation.start, quotation.end, quotation.decision, quotation.speaker) == (1, 4, "quotation", "Ada Roe")
    assert (quotation.aliases, quotation.mentions) == ((), ())


def test_a_byte_order_mark_is_not_part_of_the_first_line(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(LINE), encoding="utf-8-sig")
    assert len(read_gold(path)) == 1


WRONG = [
    ("{", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ("[]", "not a JSON object"),
    ({**LINE, "id": 7}, 'no string "id"'),
    ({"id": "a", "quotations": []}, 'no string "text"'),
    ({"id": "a", "text": "x"}, 'no list "quotations"'),
    ({**LINE, "quotations": [3]}, "a quotation that is not a JSON object"),
    ({**LINE, "quotations": [{**QUOTATION, "end": 99}]}, "the offsets [1, 99] lie outside the text"),
    ({**LINE, "quotations": [{**QUOTATION, "start": 4}]}, "the offsets [4, 4] lie outside the text"),
    ({**LINE, "quotations": [{**QUOTATION, "start": None}]}, "the offsets [None, 4] lie outside the text"),
    ({**LINE, "quotations": [{**QUOTATION, "mentions": [[2]]}]}, "the offsets [2] lie outside the text"),
    ({**LINE, "quotations": [{**QUOTATION, "decision": "maybe"}]}, "the decision of the quotation at 1 is none of"),
]


@pytest.mark.parametrize(("line", "problem"), WRONG, ids=[problem for _, problem in WRONG])
def test_a_wrong_line_is_named_with_its_number(written, line, problem):
    path = written("", line)
    with pytest.raises(GoldError) as caught:
        read_gold(path)
    assert str(caught.value).startswith(f"{path}:2: {problem}")
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    assert caught.value.exit_code == 2


def test_an_id_that_stands_twice(written):
    path = written(LINE, LINE)
    with pytest.raises(GoldError, match=r"gold\.jsonl:2: the id 'a' stands twice"):
        read_gold(path)


def test_an_empty_file(written):
    with pytest.raises(GoldError, match="no document in it"):
        read_gold(written(""))


def test_a_missing_file(tmp_path):
    with pytest.raises(GoldError, match=r"nowhere\.jsonl: no such file or directory"):
        read_gold(tmp_path / "nowhere.jsonl")


def test_a_folder(tmp_path):
    with pytest.raises(GoldError, match="is a directory"):
        read_gold(tmp_path)


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GoldError, match="not UTF-8 text"):
        read_gold(path)


def test_the_documents_are_those_that_extract_reads(samples):
    path = samples / "gold.jsonl"
    assert [gold.document for gold in read_gold(path)] == list(read([str(path)]))
