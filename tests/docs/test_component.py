"""The page on the spaCy component: its examples run and print what stands below them, and nothing is left out."""

from __future__ import annotations

import re

import pytest
import spacy

from indexer.nlp.annotations import GROUPS
from indexer.nlp.pipeline import COMPONENTS

EXAMPLE = re.compile(r"^```python\n(.*?)^```\n(?:\n^```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def written(root):
    return (root / "docs" / "component.md").read_text(encoding="utf-8")


def test_the_examples_print_what_the_page_says(written, capsys):
    examples = EXAMPLE.findall(written)
    names: dict[str, object] = {}
    for code, printed in examples:
        exec(code, names)
        assert capsys.readouterr().out == printed
    assert len(examples) == 3
    assert all(printed for _, printed in examples)


def test_every_setting_stands_there_with_its_default(written):
    settings = spacy.Language.get_factory_meta("quote_attribution")
    stated = dict(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", written, re.MULTILINE))
    assert stated == {name: "null" if value is None else str(value) for name, value in settings.default_config.items()}


def test_all_that_it_leaves_on_a_doc_stands_there(written):
    left = {f'doc.spans["{group}"]' for group in GROUPS} | {"doc._.attributions", "doc._.marks"}
    assert {where for where in left if f"| `{where}` |" not in written} == set()


def test_every_part_stands_there(written):
    parts = written.partition("## The parts one by one")[2]
    assert [name for name in (*COMPONENTS, "syntax", "quote_attribution") if f"`{name}`" not in parts] == []
