"""`quote_attribution` in pipelines of other people: any tokens, any parser, saved and loaded, in several processes."""

from __future__ import annotations

import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from indexer.domain import Document
from indexer.errors import ModelError
from indexer.nlp.analysis import load
from indexer.nlp.model import NONE, SHIPPED

TEXT = "Ada Brink came late. “The ferry sails,” she said, “at nine.”"
TEXTS = [TEXT, "", "Nobody spoke.", "“It is late,” said Tom Roe.", "''Go,'' said Ines Lund—''and quickly.''"] * 3


def component(nlp=None, **config):
    """A pipeline, blank by default, with the component added."""
    nlp = nlp or spacy.blank("en")
    nlp.add_pipe("quote_attribution", config=config)
    return nlp


def said(doc):
    return [(item.text, item.speaker) for item in doc._.attributions]


@pytest.mark.parametrize("model", [None, NONE, SHIPPED])
def test_it_works_on_a_blank_pipeline(model):
    doc = component(model=model)(TEXT)
    assert said(doc) == [("The ferry sails,", "Ada Brink"), ("at nine.", "Ada Brink")]
    assert [span.text for span in doc.spans["quotations"]] == ["The ferry sails,", "at nine."]
    assert [(span.text, span.label_) for span in doc.spans["cues"]] == [("said", "say")]
    assert [span.text for span in doc.spans["mentions"]] == ["Ada Brink", "she"]
    assert all(item.text == doc.text[item.start : item.end] for item in doc._.attributions)


def test_it_reads_by_the_parser_that_is_there(toys):
    text = "Ada Brink, the mayor of Tarn, said that the ferry sails “at nine”."
    nlp = component(spacy.load(toys / "ud"))
    doc = nlp(text)
    assert doc.has_annotation("DEP")
    assert said(doc) == [("at nine", "Ada Brink")]
    assert [token.dep_ for token in doc] == [token.dep_ for token in spacy.load(toys / "ud")(text)]


def test_a_model_that_is_named_reads_instead_of_it(toys):
    nlp = component(spacy.load(toys / "ud"), model=SHIPPED)
    plain = spacy.load(toys / "ud")(TEXT)
    doc = nlp(TEXT)
    assert said(doc) == [("The ferry sails,", "Ada Brink"), ("at nine.", "Ada Brink")]
    assert [(token.dep_, token.tag_) for token in doc] == [(token.dep_, token.tag_) for token in plain]


GLUED = [
    ("“It is late”—said Ada Brink—“and dark.”", ["It is late", "and dark."]),
    ("Ada Brink said:“It is late.”", ["It is late."]),
    ("''It is late,''Ada Brink said.", ["It is late,"]),
    ("«It is late»,said Ada Brink.", ["It is late"]),
    ('Ada Brink said"it is late"twice.', ["it is late"]),
]
"""Marks that stand inside what spaCy's own tokenizer takes for one word."""


@pytest.mark.parametrize(("text", "quoted"), GLUED)
@pytest.mark.parametrize("parsed", [False, True])
def test_offsets_are_right_whatever_the_tokens(toys, text, quoted, parsed):
    doc = component(spacy.load(toys / "ud") if parsed else None)(text)
    assert [item.text for item in doc._.attributions] == quoted
    assert all(item.text == text[item.start : item.end] for item in doc._.attributions)
    spans = doc.spans["quotations"]
    assert len(spans) == len(quoted)
    assert all(words in span.text for words, span in zip(quoted, spans, strict=True))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "word", "“", "“”", "”", "“word”", "''", "’s", "“a“b”c”d", "\ufffd“x”"]
)
@pytest.mark.parametrize("parsed", [False, True])
def test_next_to_nothing_is_no_error(toys, text, parsed):
    doc = component(spacy.load(toys / "ud") if parsed else None)(text)
    assert doc.text == text
    assert all(item.text == text[item.start : item.end] for item in doc._.attributions)


def test_text_in_capitals_is_read_and_left_as_it_is(toys):
    text = "“THE FERRY SAILS AT NINE,” SAID ADA BRINK, THE HARBOUR MASTER OF THE TOWN."
    doc = component(spacy.load(toys / "ud"))(text)
    (item,) = doc._.attributions
    assert (item.text, item.mention.text, item.speaker) == ("THE FERRY SAILS AT NINE,", "ADA BRINK", "Ada Brink")
    assert doc.spans["quotations"][0].text == "THE FERRY SAILS AT NINE,"


def test_what_is_known_of_the_document_counts():
    nlp = component()
    doc = nlp.make_doc("I wrote that “the ferry sails”.")
    doc._.metadata = Document("d", doc.text, author="Ada Brink")
    (item,) = nlp(doc)._.attributions
    assert (item.speaker, item.speaker_type) == ("Ada Brink", "author")


def test_the_least_confidence_is_a_setting():
    assert said(component(min_confidence=1.0)(TEXT)) == [("The ferry sails,", None), ("at nine.", None)]


def test_an_unknown_model_is_named_at_once():
    with pytest.raises(ModelError, match="no_such_model"):
        component(model="no_such_model")


@pytest.mark.parametrize("config", [{}, {"model": SHIPPED, "min_confidence": 0.5}, {"min_confidence": 1.0}])
def test_it_is_saved_with_its_pipeline(tmp_path, config):
    nlp = component(**config)
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.config["components"]["quote_attribution"] == nlp.config["components"]["quote_attribution"]
    assert said(again(TEXT)) == said(nlp(TEXT))


def test_a_doc_is_passed_on_with_all_it_holds():
    nlp = component(model=SHIPPED)
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    (kept,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    (binned,) = DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(nlp.vocab)
    for other in (again, kept, binned):
        assert other._.attributions == doc._.attributions
        assert other._.marks == doc._.marks
        assert [span.text for span in other.spans["quotations"]] == ["The ferry sails,", "at nine."]


def test_so_is_a_doc_of_the_separate_components():
    analyser = load(SHIPPED)
    doc = analyser.annotated(Document("d", TEXT, title="Late", published="2024-05-06"))
    again = Doc(analyser.nlp.vocab).from_bytes(doc.to_bytes())
    for name in ("attributions", "marks", "metadata", "syntax"):
        assert getattr(again._, name) == getattr(doc._, name) is not None
    assert [tuple(place) for place in again._.masked] == [tuple(place) for place in doc._.masked]


@pytest.mark.parametrize("model", [None, SHIPPED])
def test_several_processes_find_the_same(model):
    nlp = component(model=model)
    alone = [said(nlp(text)) for text in TEXTS]
    assert [said(doc) for doc in nlp.pipe(TEXTS, n_process=2, batch_size=4)] == alone
    assert alone[0] == [("The ferry sails,", "Ada Brink"), ("at nine.", "Ada Brink")]


def test_a_copy_for_another_process_finds_the_same():
    nlp = component(min_confidence=1.0)
    copy = pickle.loads(pickle.dumps(nlp.get_pipe("quote_attribution")))
    assert said(copy(nlp.make_doc(TEXT))) == said(nlp(TEXT)) == [("The ferry sails,", None), ("at nine.", None)]
