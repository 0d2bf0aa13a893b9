"""The components as spaCy users meet them."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
import spacy

from indexer.nlp.pipeline import COMPONENTS, build

TEXT = "Ada Brink came late. “The ferry sails,” she said, “at nine.”"


@pytest.mark.parametrize("name", [*COMPONENTS, "quote_attribution"])
def test_every_component_is_advertised_as_an_entry_point(name):
    (entry,) = entry_points(group="spacy_factories", name=name)
    assert callable(entry.load())


def test_a_pipeline_takes_the_component_by_name_without_importing_us():
    code = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('quote_attribution');"
        "doc = nlp('“The ferry sails,” said Ada Brink.');"
        "print(doc.spans['quotations'][0].text, '|', doc._.attributions[0].speaker)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "The ferry sails, | Ada Brink"


@pytest.fixture(scope="module")
def nlp():
    return build()


def test_each_component_fills_what_it_declares(nlp):
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["quotations"]] == ["The ferry sails,", "at nine."]
    assert [(span.text, span.label_) for span in doc.spans["cues"]] == [("said", "say")]
    assert [(span.text, span.label_) for span in doc.spans["mentions"]] == [("Ada Brink", "NAME"), ("she", "PRONOUN")]
    assert [item.speaker for item in doc._.attributions] == ["Ada Brink", "Ada Brink"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "word", "“", "“”", "“word”", ":", "’s"])
def test_next_to_nothing_is_no_error(nlp, text):
    doc = nlp(text)
    assert doc.text == text


def test_prediction_leaves_the_doc_as_it_was(nlp):
    doc = nlp.make_doc(TEXT)
    for name in COMPONENTS[:-1]:
        doc = nlp.get_pipe(name)(doc)
    found = nlp.get_pipe("attributor").predict(doc)
    assert len(found) == 2
    assert doc._.attributions == ()


def test_the_least_confidence_is_a_setting():
    nlp = spacy.blank("en")
    for name in COMPONENTS[:-1]:
        nlp.add_pipe(name)
    nlp.add_pipe("attributor", config={"min_confidence": 1.0})
    assert [item.speaker for item in nlp(TEXT)._.attributions] == [None, None]


def test_a_document_without_marks_is_not_analysed(analyser):
    from indexer.domain import Document

    assert analyser.analyse(Document("d", "Ada Brink said that the ferry sails.")) == []
