"""Treebanks in CoNLL-U to spaCy Docs: one Doc a paragraph, as the product parses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import conllu
from spacy.tokens import Doc
from spacy.vocab import Vocab

_MAX_WORDS = 220
"""A longer paragraph is given in parts, divided between sentences."""

Sentence = conllu.TokenList
Word = dict[str, Any]
"""A line of a CoNLL-U file, by column."""


def read_sentences(path: Path) -> list[list[Sentence]]:
    """The sentences of a CoNLL-U file, grouped by paragraph (`# newpar`, `# newdoc`)."""
    with path.open(encoding="utf-8") as stream:
        return list(_paragraphs(conllu.parse_incr(stream)))


def words_of(sentence: Sentence) -> list[Word]:
    """The syntactic words of a sentence: neither the ranges of contractions nor empty nodes."""
    return [token for token in sentence if isinstance(token["id"], int)]


def to_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """A Doc with tags (PTB), parts of speech, lemmas, heads and relations (UD), sentence starts; entities missing."""
    rows = [(token, space) for sentence in sentences for token, space in _spaced(sentence)]
    heads, offset = [], 0
    for sentence in sentences:
        tokens = words_of(sentence)
        heads += [offset + (t["head"] - 1 if t["head"] else i) for i, t in enumerate(tokens)]
        offset += len(tokens)
    doc = Doc(
        vocab,
        words=[token["form"] for token, _ in rows],
        spaces=[space for _, space in rows],
        tags=[token["xpos"] for token, _ in rows],
        pos=[token["upos"] for token, _ in rows],
        lemmas=[token["lemma"] for token, _ in rows],
        heads=heads,
        deps=["ROOT" if token["head"] == 0 else token["deprel"] for token, _ in rows],
        sent_starts=[t["id"] == 1 for t, _ in rows],
    )
    doc.user_data["genre"] = genre_of(sentences[0].metadata.get("sent_id", ""))
    return doc


def genre_of(sentence_id: str) -> str:
    """The genre that a sentence's id tells: `GUM_news_…`, `weblog-…` (EWT), `n01…` and `w01…` (PUD)."""
    if sentence_id.startswith("GUM_"):
        return sentence_id.split("_")[1]
    if re.fullmatch(r"[nw]\d+", sentence_id):
        return {"n": "news", "w": "wikipedia"}[sentence_id[0]]
    return sentence_id.partition("-")[0]


def _paragraphs(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    paragraph: list[Sentence] = []
    words = 0
    for sentence in sentences:
        new = any(key.startswith(("newpar", "newdoc")) and "block" not in key for key in sentence.metadata)
        length = len(words_of(sentence))
        if paragraph and (new or words + length > _MAX_WORDS):
            yield paragraph
            paragraph, words = [], 0
        paragraph.append(sentence)
        words += length
    if paragraph:
        yield paragraph


def _spaced(sentence: Sentence) -> Iterator[tuple[Word, bool]]:
    """Each word with whether a space follows; inside a contraction none does."""
    inside = {i for token in sentence if isinstance(token["id"], tuple) for i in range(token["id"][0], token["id"][2])}
    ends = {
        token["id"][2]: (token["misc"] or {}).get("SpaceAfter") != "No"
        for token in sentence
        if isinstance(token["id"], tuple) and token["id"][1] == "-"
    }
    for token in words_of(sentence):
        i = token["id"]
        after = (token["misc"] or {}).get("SpaceAfter") != "No"
        yield token, False if i in inside else ends.get(i, after)
