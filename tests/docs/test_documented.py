"""Nothing that users rely on is undocumented, and nothing is documented that is not there."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import fields

import pytest
import yaml

from indexer.domain import Attribution, Document, Passage, Quotation
from indexer.evaluation.breakdown import SPEAKER_TYPES
from indexer.evaluation.mentions import KINDS, POSITIONS
from indexer.evaluation.metrics import Scores
from indexer.evaluation.mistakes import CAUSES, CAUSES_BY_MENTION
from indexer.evaluation.report import Report, evaluate
from indexer.publish.review.routes import REVIEW_ROUTES
from indexer.publish.views.routes import ROUTES
from indexer.sources.files import FORMATS
from indexer.store.writer import Writer

PAGES = (
    "README.md",
    "CHANGELOG.md",
    "docs/guide.md",
    "docs/site.md",
    "docs/tables.md",
    "docs/evaluation.md",
    "docs/component.md",
    "docs/reliability.md",
    "docs/commands.md",
    "docs/benchmarks.md",
)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    """The columns of every table of a new index."""
    path = tmp_path_factory.mktemp("index") / "quotes.db"
    Writer(path).close()
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')] for name in names}


@pytest.fixture(scope="module")
def site_configuration(root):
    return yaml.safe_load((root / "db" / "metadata.yaml").read_text(encoding="utf-8"))["databases"]["quotes"]


def sections(text):
    """The text under each heading of the second level."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(section):
    """What stands in backticks in the first cell of each table row."""
    return re.findall(r"^\| `([^`]+)`", section, flags=re.MULTILINE)


def test_every_table_and_column_is_documented(schema, text_of):
    own = {name: columns for name, columns in schema.items() if not name.startswith(("sqlite_", "_sqlite_"))}
    own = {name: columns for name, columns in own.items() if not name.startswith("quotations_fts")}
    documented = {name: rows(section) for name, section in sections(text_of("docs/tables.md")).items() if name in own}
    assert documented == own


def test_every_other_table_is_mentioned(schema, text_of):
    text = text_of("docs/tables.md")
    assert [name for name in schema if f"`{name}`" not in text and f"## {name}\n" not in text] == []


def test_every_canned_query_is_documented(site_configuration, text_of):
    documented = rows(sections(text_of("docs/site.md"))["Addresses"])
    queries = [name for name in documented if name.startswith("/quotes/")]
    assert queries == [f"/quotes/{name}" for name in site_configuration["queries"]]


def test_every_page_is_documented(text_of):
    routes = [pattern for pattern, _ in (*ROUTES, *REVIEW_ROUTES)]
    patterns = [re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", each).strip("^$").replace("\\", "") for each in routes]
    documented = rows(sections(text_of("docs/site.md"))["Addresses"])
    assert [address for address in documented if not address.startswith("/quotes")] == patterns


def test_every_field_of_the_output_is_documented(text_of):
    passage = Passage(0, 1, "a")
    record = Attribution(Quotation(0, 1, "a", "direct"), cue=passage).as_record("id")
    assert rows(sections(text_of("docs/guide.md"))["The output"]) == list(record)


def test_every_field_of_a_corpus_line_is_documented(text_of):
    assert rows(sections(text_of("docs/guide.md"))["What can be read"]) == [field.name for field in fields(Document)]


def test_every_kind_of_file_is_documented(text_of):
    section = sections(text_of("docs/guide.md"))["What can be read"]
    assert [extension for extension in FORMATS if f"`{extension}`" not in section] == []


def test_every_figure_of_an_evaluation_is_documented(text_of):
    assert rows(sections(text_of("docs/evaluation.md"))["For programs"]) == list(Report(Scores()).as_dict())


def test_every_line_and_table_of_an_evaluation_is_documented(samples, text_of):
    page = sections(text_of("docs/evaluation.md"))
    places = page["The summary"] + page["The tables"] + page["Can the confidence be believed?"]
    explained = {
        name for cell in re.findall(r"^\| ([^|`]+) \|", places, flags=re.MULTILINE) for name in cell.split(", ")
    }
    summary, *tables = evaluate(samples / "gold.jsonl").as_text().split("\n\n")
    printed = {
        name for line in summary.splitlines() for name in re.findall(r"(?:^|  )([a-z][a-z ]*[a-z]) +[P\d]", line)
    }
    headings = {re.split(r"  +", table)[0] for table in tables}
    assert {"via", "bad offsets", "mention stands", "tier"} <= printed | headings <= explained


def test_every_row_of_an_evaluation_is_documented(text_of):
    explained = set(re.findall(r"`([^`]+)`", sections(text_of("docs/evaluation.md"))["The tables"]))
    assert {*KINDS, *POSITIONS, *SPEAKER_TYPES} <= explained


def test_every_cause_of_a_mistake_is_documented(text_of):
    documented = rows(sections(text_of("docs/evaluation.md"))["What goes wrong"])
    assert sorted(documented) == sorted([*CAUSES, *(f"{cause}: …" for cause in CAUSES_BY_MENTION)])


def test_the_words_of_other_projects_are_explained_once(text_of):
    assert "PARC and Citron call" in text_of("docs/guide.md")


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_somewhere(root, text_of, path):
    text = text_of(path)
    missing = []
    for target, anchor in LINK.findall(text):
        file = (root / path).parent / target if target else root / path
        if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            missing.append(f"{target}#{anchor}")
    assert missing == []


def anchors(text):
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_a_command_that_is_not_there(generate, text_of, path):
    from indexer.cli.group import quotes

    known = {context.command_path for context in generate.contexts(quotes, "quotes")}
    named = set(re.findall(r"(?:`|^\$ )(quotes [a-z]+)", text_of(path), flags=re.MULTILINE))
    assert named <= known


def test_the_version_is_the_same_everywhere(root, text_of):
    import tomllib

    import indexer

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert indexer.__version__ == project["version"]
    assert f"## {indexer.__version__}" in text_of("CHANGELOG.md")
