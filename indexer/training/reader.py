"""The endless stream of training examples: corpora in their shares, each paragraph as augmentation has it today."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from .augment import Rates, augmented, pool_of
from .record import Record, has_whole_sentences, to_doc


@dataclass(frozen=True)
class Source:
    """Paragraphs of one corpus and how often an epoch goes through them (1.0: once)."""

    records: list[Record]
    share: float = 1.0


def stream(sources: list[Source], rates: Rates, vocab: Vocab, seed: int) -> Iterator[Example]:
    """Examples without end. Each starts from the gold words, so that a tokenizer's slips teach nothing."""
    rng = random.Random(seed)
    pool = pool_of(record for source in sources for record in source.records)
    while True:
        epoch = [record for source in sources for record in _sample(source, rng)]
        rng.shuffle(epoch)
        for record in epoch:
            changed = augmented(record, rates, rng, pool)
            if has_whole_sentences(changed):
                yield example(to_doc(changed, vocab))


def example(reference: Doc) -> Example:
    """A Doc with nothing but words beside the annotated one."""
    bare = Doc(
        reference.vocab,
        words=[token.text for token in reference],
        spaces=[bool(token.whitespace_) for token in reference],
    )
    return Example(bare, reference)


def batches(examples: Iterator[Example], words: int) -> Iterator[list[Example]]:
    """Examples in batches of about this many words."""
    batch: list[Example] = []
    held = 0
    for each in examples:
        batch.append(each)
        held += len(each.reference)
        if held >= words:
            yield batch
            batch, held = [], 0


def _sample(source: Source, rng: random.Random) -> list[Record]:
    whole, part = divmod(source.share, 1)
    return source.records * int(whole) + rng.sample(source.records, round(part * len(source.records)))
