"""The stream of examples: shares, batches, and that it depends on nothing but its seed."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
import spacy
from spacy.training import Example
from spacy.vocab import Vocab

from indexer.training import augment, dataset, reader, record
from indexer.training.record import Record

NONE = augment.Rates(0, 0, 0, 0, 0, 0, 0, 0)


def one_word(*words: str) -> list[Record]:
    return [Record([word], [True], ["NN"], [0], ["ROOT"], None) for word in words]


def first_words(sources: list[reader.Source], count: int, seed: int = 1) -> list[str]:
    examples = islice(reader.stream(sources, NONE, Vocab(), seed), count)
    return [example.reference[0].text for example in examples]


@pytest.mark.parametrize(("share", "each"), [(1.0, 1), (2.0, 2), (3.0, 3), (0.0, 0)])
def test_an_epoch_goes_through_a_corpus_as_often_as_its_share(share: float, each: int) -> None:
    sources = [reader.Source(one_word("a", "b"), share), reader.Source(one_word("c"))]
    assert Counter(first_words(sources, 2 * each + 1)) == Counter({"a": each, "b": each, "c": 1})


def test_half_a_share_is_another_half_in_each_epoch() -> None:
    source = reader.Source(one_word(*"abcdefgh"), 1.5)
    epoch = Counter(first_words([source], 12))
    assert sorted(epoch.values()) == [1, 1, 1, 1, 2, 2, 2, 2]
    epochs = first_words([reader.Source(one_word(*"abcdefgh"), 0.5)], 400)
    assert set(epochs) == set("abcdefgh")


def test_the_same_seed_gives_the_same_stream() -> None:
    source = reader.Source(one_word(*"abcdefgh"))
    assert first_words([source], 40) == first_words([source], 40)
    assert first_words([source], 40) != first_words([source], 40, seed=2)


def test_batches_have_about_as_many_words() -> None:
    vocab = Vocab()
    lengths = [3, 4, 5, 20, 1, 1, 1, 7]
    records = [Record(["x"] * n, [True] * n, ["NN"] * n, None, None, None) for n in lengths]
    examples = (reader.example(record.to_doc(each, vocab)) for each in records)
    assert [[len(each.reference) for each in batch] for batch in reader.batches(examples, 10)] == [
        [3, 4, 5],
        [20],
        [1, 1, 1, 7],
    ]


def test_an_example_shows_the_pipeline_words_and_nothing_else(own_corpora: Path) -> None:
    (doc, *_) = dataset.treebank(own_corpora / "gum/train.conllu", spacy.blank("en").vocab, gum=True)
    example: Example = reader.example(doc)
    assert example.predicted.text == doc.text
    assert not any(map(example.predicted.has_annotation, ("TAG", "DEP", "ENT_IOB", "SENT_START", "LEMMA")))
    assert example.reference is doc
