"""Treebanks as Docs: paragraphs, contractions, names."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from indexer.training import dataset


@pytest.fixture
def docs(trees: Path) -> list[Doc]:
    return dataset.treebank(trees, spacy.blank("en").vocab, gum=True)


def test_a_doc_is_a_paragraph_with_the_text_as_printed(docs: list[Doc]) -> None:
    assert [doc.text.rstrip() for doc in docs] == [
        "“Bread is dear,” said Ana Lund.",
        "She didn't smile. The port of Oslo stayed shut.",
    ]


def test_sentences_heads_and_relations_are_those_of_the_treebank(docs: list[Doc]) -> None:
    assert [[sentence.root.text for sentence in doc.sents] for doc in docs] == [["dear"], ["smile", "stayed"]]
    said = next(token for token in docs[0] if token.text == "said")
    assert (said.head.text, said.dep_, said.tag_, said.lemma_) == ("dear", "parataxis", "VBD", "say")


def test_names_are_mentions_headed_by_a_proper_noun(docs: list[Doc]) -> None:
    assert [(span.text, span.label_) for doc in docs for span in doc.ents] == [
        ("Ana Lund", "PERSON"),
        ("Oslo", "PLACE"),
    ]


def test_a_place_in_the_plural_is_a_name_and_a_people_is_none(tmp_path: Path) -> None:
    rows = (
        "The\tthe\tDET\tDT\t_\t3\tdet\t_\tEntity=(1-place-new-cf1-3-sgl",
        "Fair\tFair\tPROPN\tNNP\t_\t3\tcompound\t_\t_",
        "Isles\tIsle\tPROPN\tNNPS\t_\t4\tnsubj\t_\tEntity=1)",
        "thanked\tthank\tVERB\tVBD\t_\t0\troot\t_\t_",
        "Norwegians\tNorwegian\tPROPN\tNNPS\t_\t4\tobj\t_\tEntity=(2-person-new-cf2-1-sgl)",
    )
    path = tmp_path / "isles.conllu"
    path.write_text("# newpar\n" + "".join(f"{i}\t{row}\n" for i, row in enumerate(rows, 1)) + "\n", "utf-8")
    (doc,) = dataset.treebank(path, spacy.blank("en").vocab, gum=True)
    assert [(span.text, span.label_) for span in doc.ents] == [("Fair Isles", "PLACE")]


def test_without_name_annotation_names_are_missing_rather_than_none(trees: Path) -> None:
    docs = dataset.treebank(trees, spacy.blank("en").vocab)
    assert {token.ent_iob_ for doc in docs for token in doc} == {""}


def test_uner_names_land_on_the_same_words(tmp_path: Path, trees: Path) -> None:
    labels = tmp_path / "names.iob2"
    rows = zip("“ Bread is dear , ” said Ana Lund .".split(), "O O O O O O O B-PER I-PER O".split(), strict=True)
    labels.write_text("".join(f"{i}\t{word}\t{tag}\t-\t-\n" for i, (word, tag) in enumerate(rows, 1)) + "\n", "utf-8")
    docs = dataset.uner(trees, labels, spacy.blank("en").vocab)
    assert [(span.text, span.label_) for span in docs[0].ents] == [("Ana Lund", "PERSON")]
    assert {token.ent_iob_ for token in docs[1]} == {""}, "a sentence that is not in the name corpus has names missing"
