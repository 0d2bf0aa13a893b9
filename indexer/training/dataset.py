"""What is fitted on, steered by and measured on: every corpus as spaCy Docs under one scheme."""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from . import names
from .treebank import read_sentences, to_doc, words_of

_HELD_BACK = 10
"""Every tenth sentence of Wikigold steers, the others are fitted on."""


def fitted(folder: Path, vocab: Vocab) -> dict[str, list[Doc]]:
    """The Docs that weights are fitted on, by corpus: parsed ones, and ones that only have names."""
    wikigold = _wikigold(folder, vocab)
    return {
        "ewt": treebank(folder / "ud-ewt/train.conllu", vocab),
        "gum": treebank(folder / "gum/train.conllu", vocab, gum=True),
        "uner": _only_names(uner(folder / "ud-ewt/dev.conllu", folder / "uner-ewt/dev.iob2", vocab), vocab),
        "wikigold": [doc for i, doc in enumerate(wikigold) if i % _HELD_BACK],
    }


def steering(folder: Path, vocab: Vocab) -> dict[str, list[Doc]]:
    """The Docs that choose the best checkpoint."""
    return {
        "ewt": treebank(folder / "ud-ewt/dev.conllu", vocab),
        "gum": treebank(folder / "gum/dev.conllu", vocab, gum=True),
        "wikigold": _wikigold(folder, vocab)[::_HELD_BACK],
    }


def measured(folder: Path, vocab: Vocab) -> dict[str, list[Doc]]:
    """The test sets; nothing is ever fitted on them."""
    return {
        "ewt": uner(folder / "ud-ewt/test.conllu", folder / "uner-ewt/test.iob2", vocab),
        "gum": treebank(folder / "gum/test.conllu", vocab, gum=True),
        "pud": uner(folder / "ud-pud/pud.conllu", folder / "ud-pud/pud.iob2", vocab),
    }


def treebank(path: Path, vocab: Vocab, *, gum: bool = False) -> list[Doc]:
    """The paragraphs of a treebank; with the names of GUM's mentions, else with names missing."""
    docs = []
    for paragraph in read_sentences(path):
        doc = to_doc(vocab, paragraph)
        if gum:
            names.set_names(doc, names.of_gum(paragraph))
            doc.user_data["scheme"] = "gum"
        docs.append(doc)
    return docs


def uner(trees: Path, labels: Path, vocab: Vocab) -> list[Doc]:
    """The paragraphs of a treebank with the names that Universal NER gives the same sentences.

    A sentence that the two releases spell differently (four in a thousand of PUD) has its names missing.
    """
    labelled = {"".join(words): (words, names.from_iob(tags)) for words, tags in names.read_iob(labels)}
    docs = []
    for paragraph in read_sentences(trees):
        doc = to_doc(vocab, paragraph)
        found: names.Names = []
        missing: list[Span] = []
        start = 0
        for sentence in paragraph:
            own = [token["form"] for token in words_of(sentence)]
            words, marked = labelled.get("".join(own), ([], []))
            if words:
                moved = names.carried_over(marked, own, words)
                found += [(start + i, start + j, label) for i, j, label in moved]
            else:
                missing.append(doc[start : start + len(own)])
            start += len(own)
        names.set_names(doc, found, missing)
        docs.append(doc)
    return docs


def _only_names(docs: list[Doc], vocab: Vocab) -> list[Doc]:
    """The same words with names and nothing else: a set that steers the parser is not fitted on."""
    bare = []
    for doc in docs:
        copy = Doc(vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        names.set_names(copy, [(span.start, span.end, span.label_) for span in doc.ents])
        bare.append(copy)
    return bare


def _wikigold(folder: Path, vocab: Vocab) -> list[Doc]:
    docs = []
    for words, tags in names.read_iob(folder / "wikigold/wikigold.conll"):
        if words != ["-DOCSTART-"]:
            doc = names.detokenized(vocab, words)
            names.set_names(doc, names.from_iob(tags))
            doc.user_data["scheme"] = "wikigold"
            docs.append(doc)
    return docs
