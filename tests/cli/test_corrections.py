"""`quotes correct` and `quotes corrections`: decisions that last, and one clear line for what cannot be."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest

import indexer
from indexer.cli import corrections
from indexer.cli.correct import TYPES
from indexer.evaluation.gold import read_gold
from indexer.evaluation.report import evaluate
from indexer.store.corrections import deciding
from indexer.store.corrections.reader import CorrectionReader
from indexer.store.writer import Writer


@pytest.fixture
def db(small_index, tmp_path, monkeypatch):
    """An index of the three articles that this test may change; Ines decides."""
    monkeypatch.setenv("QUOTES_USER", "Ines")
    shutil.copytree(small_index.parent / "articles", tmp_path / "articles")
    return shutil.copy(small_index, tmp_path / "own.db")


def hit(db, words):
    """The quotation with these words."""
    with CorrectionReader(db) as reader:
        found = reader.search(words) or reader.search(words, kind="term")
    return found[0]


@pytest.fixture
def correct(invoke, db):
    """Correct the quotation with these words."""
    return lambda words, *options: invoke("correct", hit(db, words).key, *options, "--db", db)


def test_another_speaker(correct, db):
    key = hit(db, "wood").key
    done = correct("wood", "--speaker", "Eva Holm", "--note", "heard it myself")
    assert (done.exit_code, done.stdout) == (0, "")
    words = "The harbour money should have bought wood."
    assert done.stderr == f"Correction 1: “{words}” {key}: direct, Eva Holm (person)\n"
    now = hit(db, "wood")
    assert (now.key, now.speaker, now.tier) == (key, "Eva Holm", "certain")
    assert now.evidence.startswith("Corrected by Ines on ")
    assert now.evidence.endswith(": heard it myself")


def test_the_other_parts_of_a_stretch_of_speech_are_named(correct, db):
    other = hit(db, "nine years").key
    done = correct("century", "--speaker", "Eva Holm")
    assert done.stderr.endswith(f"\nThe same stretch of speech goes on in {other}, which keep their speaker.\n")
    assert correct("nine years", "--speaker", "Eva Holm").stderr.count("\n") == 1


def test_what_the_program_says_is_shown_beside_it(invoke, correct, db):
    correct("wood", "--speaker", "Eva Holm")
    card = invoke("show", hit(db, "wood").key, "--db", db).stdout
    assert "Eva Holm (person)" in card
    assert "“The harbour money should have bought wood.” direct, Tomas Berg (" in card


SAYINGS = {
    "a known organisation": (["--speaker", "The Relief Agency", "--type", "organization"], "organization"),
    "the present speaker, of another type": (["--type", "document"], "document"),
    "a name of the index": (["--speaker", "amara osei"], "person"),
}


@pytest.mark.parametrize("saying", SAYINGS)
def test_the_type_of_a_speaker(correct, db, saying):
    options, expected = SAYINGS[saying]
    assert correct("wood", *options).exit_code == 0
    assert hit(db, "wood").speaker_type == expected


def test_the_type_is_that_of_the_index_where_the_speaker_is_known(correct, db):
    correct("wood", "--speaker", "The Guild", "--type", "organization")
    correct("valley", "--speaker", "the guild")
    assert (hit(db, "valley").speaker, hit(db, "valley").speaker_type) == ("The Guild", "organization")


def test_nobody_no_quotation_and_a_quotation_after_all(correct, db):
    assert correct("wood", "--nobody").stderr.endswith(": direct, nobody is named\n")
    assert hit(db, "wood").speaker is None
    assert correct("wood", "--not-a-quotation").stderr.endswith(": no quotation\n")
    assert hit(db, "wood").kind == "term"
    assert correct("wood", "--kind", "mixed", "--speaker", "Eva Holm").exit_code == 0
    assert (hit(db, "wood").kind, hit(db, "wood").speaker) == ("mixed", "Eva Holm")
    assert correct("welcome", "--kind", "mixed", "--nobody").exit_code == 0
    assert hit(db, "welcome").kind == "mixed"


def test_a_span_by_words_and_by_offsets(correct, db):
    before = hit(db, "wood")
    correct("wood", "--span", "should have bought wood")
    now = hit(db, "wood")
    assert (now.key, now.text, now.speaker) == (before.key, "should have bought wood", before.speaker)
    correct("wood", "--span", f"{before.start}:{now.end}")
    assert hit(db, "wood").text == "The harbour money should have bought wood"


def test_a_confirmation(correct, db):
    before = hit(db, "wood")
    assert correct("wood", "--confirm").exit_code == 0
    now = hit(db, "wood")
    assert (now.speaker, now.cue, now.mention) == (before.speaker, before.cue, before.mention)
    assert (now.confidence, now.evidence[:17]) == (1.0, "Confirmed by Ines")


REFUSED = {
    "nothing to correct": [],
    "a span that is not in the document": ["--span", "no such words"],
    "a span elsewhere": ["--span", "0:4"],
    "a span beyond the end": ["--span", "10:999999"],
    "a span that ends before it starts": ["--span", "30:20"],
    "an empty span": ["--span", ""],
    "an empty speaker": ["--speaker", " "],
    "somebody and nobody": ["--speaker", "Eva Holm", "--nobody"],
    "no quotation with a speaker": ["--not-a-quotation", "--speaker", "Eva Holm"],
    "a term with a speaker": ["--kind", "term", "--speaker", "Eva Holm"],
    "confirmed and corrected": ["--confirm", "--nobody"],
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_one_line_and_nothing_is_written(invoke, correct, db, case):
    before = hit(db, "wood")
    result = correct("wood", *REFUSED[case])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert ". " in result.stderr.rstrip(), "there is a hint"
    assert hit(db, "wood") == before
    assert invoke("corrections", "--db", db).stderr == "No corrections found.\n"


def test_a_type_needs_a_speaker(correct):
    correct("wood", "--nobody")
    result = correct("wood", "--type", "person")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize("options", [["--kind", "poem"], ["--type", "robot"]])
def test_an_unknown_kind_or_type_is_refused(correct, options):
    result = correct("wood", *options)
    assert result.exit_code == 2
    assert options[1] in result.stderr


def test_a_quotation_that_never_was(invoke, db):
    result = invoke("correct", "ffffffffffff", "--nobody", "--db", db)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "no quotation 'ffffffffffff'" in result.stderr


def test_a_quotation_that_is_gone(invoke, quotes, db, tmp_path, correct):
    key = hit(db, "wood").key
    correct("wood", "--speaker", "Eva Holm")
    article = tmp_path / "articles" / "winter.md"
    article.write_text(article.read_text("utf-8").replace("bought wood", "bought coal"), encoding="utf-8")
    done = quotes("index", "articles", "--db", db)
    assert done.stderr.endswith(" 1 correction orphaned: see `quotes corrections list --orphaned`.\n")
    for command in (("correct", key, "--nobody"), ("show", key)):
        result = invoke(*command, "--db", db)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert "is gone" in result.stderr
        assert "quotes corrections show 1" in result.stderr
    (row,) = json.loads(invoke("corrections", "list", "--orphaned", "--format", "json", "--db", db).stdout)
    assert (row["quotation"], row["state"], row["speaker"]) == (key, "orphaned", "Eva Holm")


@pytest.mark.parametrize("model", ["", "none"])
def test_it_stands_when_the_article_is_edited_and_another_model_reads_it(quotes, db, tmp_path, correct, model):
    """The line of the issue: edited before and around the words, indexed again, the key and the decision hold."""
    key = hit(db, "wood").key
    correct("wood", "--speaker", "Eva Holm")
    article = tmp_path / "articles" / "winter.md"
    text = article.read_text("utf-8")
    edited = text.replace("The fuel", "It is November, and the fuel").replace("Tomas Berg said:", "Berg shouted:")
    assert edited != text
    article.write_text(edited, encoding="utf-8")
    done = quotes("index", "articles", "--db", db, *(["--model", model] if model else []))
    assert "changed" in done.stderr
    assert "orphaned" not in done.stderr
    now = hit(db, "wood")
    assert (now.key, now.speaker, now.tier) == (key, "Eva Holm", "certain")
    assert edited.count(now.text) == 1


def test_all_that_was_confirmed_in_the_samples_stands_whatever_another_model_says(samples, tmp_path):
    """Every pair of marks is confirmed; then each article gets a new start, and rules alone read it."""
    shutil.copytree(samples / "articles", tmp_path / "articles")
    db = tmp_path / "own.db"
    indexer.index(tmp_path / "articles", db)
    before = everything(db)
    with CorrectionReader(db) as reader:
        decisions = {key: deciding.confirmation(reader.attribution(key)[1]) for key in before}
    with Writer(db) as writer:
        for key, decision in decisions.items():
            writer.correct(key, decision)
    for path in (tmp_path / "articles").glob("*.md"):
        head, mark, body = path.read_text("utf-8").rpartition("\n---\n")
        path.write_text(f"{head}{mark}\nThis is a later edition.\n\n{body}", encoding="utf-8")
    summary = indexer.index(tmp_path / "articles", db, model="none")
    assert summary.changed == 12
    assert summary.orphaned == 0
    assert everything(db) == before


def everything(db):
    """Words, kind and speaker of all quotations by their key."""
    with CorrectionReader(db) as reader:
        documents = {hit.document for hit in (*reader.search(limit=None), *reader.search(kind="term", limit=None))}
        hits = [hit for document in documents for hit in reader.document(document).hits]
    return {hit.key: (hit.text, hit.kind, hit.speaker, hit.speaker_type) for hit in hits}


def test_a_pruned_document_leaves_its_corrections(quotes, invoke, db, tmp_path, correct):
    correct("wood", "--speaker", "Eva Holm")
    article = tmp_path / "articles" / "winter.md"
    kept = article.read_bytes()
    article.unlink()
    assert " 1 correction orphaned" in quotes("index", "articles", "--prune", "--db", db).stderr
    assert invoke("corrections", "show", "1", "--db", db).exit_code == 0
    article.write_bytes(kept)
    assert "orphaned" not in quotes("index", "articles", "--db", db).stderr
    assert hit(db, "wood").speaker == "Eva Holm"


def test_the_list_and_one_of_it(invoke, db, correct):
    correct("wood", "--speaker", "Eva Holm", "--note", "=heard")
    correct("valley", "--not-a-quotation")
    correct("wood", "--confirm")
    table = invoke("corrections", "--db", db)
    assert table.stdout == invoke("corrections", "list", "--db", db).stdout
    header, first, second, third = table.stdout.splitlines()
    assert header.split() == ["id", "state", "quotation", "decision", "who", "note", "words"]
    assert "said by Eva Holm" in first
    assert "no quotation" in second
    assert "right as it is" in third
    rows = [json.loads(line) for line in invoke("corrections", "--format", "jsonl", "--db", db).stdout.splitlines()]
    assert tuple(rows[0]) == corrections.FIELDS
    assert (rows[0]["was_speaker"], rows[0]["note"], rows[0]["who"]) == ("Tomas Berg", "=heard", "Ines")
    (row, *_) = csv.DictReader(io.StringIO(invoke("corrections", "--format", "csv", "--db", db).stdout))
    assert row["words"] == rows[0]["words"]
    card = invoke("corrections", "show", "1", "--db", db).stdout
    for part in ("Tomas Berg said: “The harbour money", "said by Eva Holm", "=heard", "standing", rows[0]["quotation"]):
        assert part in card
    here = invoke("corrections", "--document", "articles/winter.md", "--format", "jsonl", "--db", db).stdout
    assert len(here.splitlines()) == 3
    assert invoke("corrections", "--document", "elsewhere", "--db", db).stderr == "No corrections found.\n"


def test_undo(invoke, db, correct):
    before = hit(db, "wood")
    correct("wood", "--speaker", "Eva Holm")
    done = invoke("corrections", "undo", "1", "--db", db)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "Correction 1 of “The harbour money should have bought wood.” is undone.\n"
    assert hit(db, "wood") == before
    assert "undone" in invoke("corrections", "--undone", "--db", db).stdout
    for number in ("1", "7"):
        again = invoke("corrections", "undo", number, "--db", db)
        assert (again.exit_code, again.stderr.count("\n")) == (2, 1)


def test_orphaned_and_undone_is_too_much(invoke, db):
    result = invoke("corrections", "--orphaned", "--undone", "--db", db)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_the_export_is_a_gold_file(invoke, db, correct, tmp_path):
    correct("wood", "--speaker", "Eva Holm")
    correct("welcome", "--confirm")
    correct("century", "--confirm")
    correct("burden", "--nobody")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(invoke("corrections", "export", "--db", db).stdout, encoding="utf-8")
    harbour, winter = read_gold(gold)
    assert [(item.decision, item.speaker) for item in winter.quotations] == [
        ("ambiguous", None),
        ("quotation", "Eva Holm"),
    ]
    assert [item.decision for item in harbour.quotations] == ["quotation", "ambiguous", "ambiguous", "term"]
    century = harbour.quotations[0]
    assert (century.speaker, century.type, len(century.mentions)) == ("Maria Lindqvist", "person", 1)
    assert (winter.document.title, winter.document.author) == ("A hard winter ahead", "Ines Kovač")
    scores = evaluate(gold).scores
    assert (scores.quotation.right, scores.quotation.spurious, scores.quotation.missed) == (2, 0, 0)
    assert (scores.end_to_end.right, scores.end_to_end.spurious) == (1, 1), (
        "the program is wrong where it was corrected"
    )
    assert json.loads(invoke("evaluate", gold, "--json").stdout)["documents"] == 2


def test_nothing_to_export(invoke, db):
    result = invoke("corrections", "export", "--db", db)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No corrections to export.\n")


def test_who_decides_is_an_option_then_the_environment_then_the_login(invoke, db, monkeypatch, correct):
    correct("wood", "--confirm", "--who", "Ada")
    correct("wood", "--confirm")
    monkeypatch.delenv("QUOTES_USER")
    monkeypatch.setenv("LOGNAME", "piotr")
    correct("wood", "--confirm")
    rows = json.loads(invoke("corrections", "--format", "json", "--db", db).stdout)
    assert [row["who"] for row in rows] == ["Ada", "Ines", "piotr"]


def test_the_types_offered_are_those_there_are():
    assert TYPES == deciding.TYPES
