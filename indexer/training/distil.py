"""The small encoder learns from the teacher: spaCy's tok2vec as a torch module, fitted there, handed back to thinc.

Knowledge distillation (Hinton et al. 2015, “Distilling the knowledge in a neural network”): every word of gold and
plain text teaches the teacher's whole distribution over tags, heads, relations and names, and its hidden state. The
heads used here are thrown away; the pipeline's own tagger, parser and name recogniser are fitted on the result.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy
import torch
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps
from torch import Tensor, nn
from torch.nn.functional import log_softmax, normalize, softmax

from .augment import Rates, augmented, pool_of
from .record import Record, to_doc
from .teacher import NAME_TAGS, Batch, Biaffine, Teacher, cross_entropy_of

_OPS = NumpyOps()


@dataclass(frozen=True)
class Settings:
    """How the encoder is distilled. `batch` is in the teacher's word pieces."""

    epochs: int = 6
    batch: int = 4000
    rate: float = 3e-3
    warmup: float = 0.05
    dropout: float = 0.1
    seed: int = 7


class MaxoutNorm(nn.Module):
    """thinc's Maxout with layer normalization."""

    def __init__(self, node: Model[Any, Any], norm: Model[Any, Any], dropout: float) -> None:
        super().__init__()
        self.node, self.norm = node, norm
        self.pieces = node.get_dim("nP")
        weight: Any = node.get_param("W")
        self.linear = nn.Linear(weight.shape[2], weight.shape[0] * weight.shape[1])
        self.scale = nn.LayerNorm(weight.shape[0], eps=1e-8)
        self.dropout = nn.Dropout(dropout)
        nn.init.xavier_uniform_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, x: Tensor) -> Tensor:
        """(words, in) to (words, out)."""
        best = self.linear(x).unflatten(-1, (-1, self.pieces)).amax(-1)
        return cast(Tensor, self.dropout(self.scale(best.float())))

    def hand_back(self) -> None:
        """Write the weights into the thinc nodes."""
        shape = self.node.get_param("W").shape
        self.node.set_param("W", _array(self.linear.weight).reshape(shape))
        self.node.set_param("b", _array(self.linear.bias).reshape(shape[:2]))
        self.norm.set_param("G", _array(self.scale.weight))
        self.norm.set_param("b", _array(self.scale.bias))


class Encoder(nn.Module):
    """A copy of a pipeline's initialised tok2vec (MultiHashEmbed and MaxoutWindowEncoder) in torch."""

    def __init__(self, tok2vec: Model[Any, Any], vocab: Vocab, dropout: float) -> None:
        super().__init__()
        nodes = list(tok2vec.walk())
        self.columns = next(node.attrs["columns"] for node in nodes if node.name == "extract_features")
        self.tables = [node for node in nodes if node.name == "hashembed"]
        sizes: list[Any] = [table.get_param("E").shape for table in self.tables]
        self.embed = nn.ModuleList(nn.EmbeddingBag(*size, mode="sum") for size in sizes)
        for bag in self.embed:
            nn.init.uniform_(bag.weight, -0.1, 0.1)
        maxouts = [node for node in nodes if node.name == "maxout"]
        norms = [node for node in nodes if node.name == "layernorm"]
        layers = [MaxoutNorm(node, norm, dropout) for node, norm in zip(maxouts, norms, strict=True)]
        self.mix, self.window = layers[0], nn.ModuleList(layers[1:])
        self.width = sizes[0][1]
        self.pad = len(self.window)
        self.vocab = vocab
        self.static = next((node for node in nodes if node.name == "static_vectors"), None)
        if self.static is not None:
            self.register_buffer("vectors", torch.from_numpy(numpy.asarray(vocab.vectors.data)))
            self.project = nn.Linear(vocab.vectors.shape[1], self.width, bias=False)

    def forward(self, docs: list[Doc]) -> Tensor:
        """The vectors of every word of some Docs, one after the other: (words, width)."""
        ids = numpy.concatenate([doc.to_array(self.columns) for doc in docs]).astype("uint64")
        parts = []
        for bag, table in zip(self.embed, self.tables, strict=True):
            column = numpy.ascontiguousarray(ids[:, table.attrs["column"]])
            rows = _OPS.hash(column, table.attrs["seed"]) % table.get_dim("nV")
            parts.append(bag(torch.from_numpy(rows.astype("int64"))))
        if self.static is not None:
            keys = numpy.concatenate([doc.to_array(self.vocab.vectors.attr) for doc in docs])
            found = torch.from_numpy(self.vocab.vectors.find(keys=keys).astype("int64"))
            known = (found >= 0).unsqueeze(-1)
            parts.append(self.project(self.vectors[found.clamp(min=0)]) * known)
        return self._windows(self.mix(torch.cat(parts, -1)), [len(doc) for doc in docs])

    def _windows(self, x: Tensor, lengths: list[int]) -> Tensor:
        """The convolutions over the Docs laid end to end with rows of zeros between them, as thinc does."""
        places = torch.cat(
            [torch.arange(length) + sum(lengths[:i]) + self.pad * (i + 1) for i, length in enumerate(lengths)]
        )
        flat = x.new_zeros(sum(lengths) + self.pad * (len(lengths) + 1), self.width).index_copy(0, places, x)
        for layer in self.window:
            before = nn.functional.pad(flat, (0, 0, 1, 0))[:-1]
            after = nn.functional.pad(flat, (0, 0, 0, 1))[1:]
            flat = flat + layer(torch.cat([before, flat, after], -1))
        return flat[places]

    def hand_back(self) -> None:
        """Write all weights into the tok2vec this was made from."""
        for bag, table in zip(self.embed, self.tables, strict=True):
            table.set_param("E", _array(bag.weight))
        if self.static is not None:
            self.static.set_param("W", _array(self.project.weight))
        for layer in [self.mix, *self.window]:
            layer.hand_back()


class Student(nn.Module):
    """The encoder with the heads it is fitted through."""

    def __init__(self, encoder: Encoder, teacher: Teacher, dropout: float) -> None:
        super().__init__()
        width = encoder.width
        self.encoder = encoder
        self.root = nn.Parameter(torch.zeros(width))
        self.tagger = nn.Linear(width, teacher.network.tagger.out_features)
        self.namer = nn.Linear(width, len(NAME_TAGS))
        self.arcs = Biaffine(width, 192, 1, dropout)
        self.relations = Biaffine(width, 64, len(teacher.relations), dropout)
        self.state = nn.Linear(width, teacher.network.tagger.in_features)

    def forward(self, docs: list[Doc], width: int) -> Tensor:
        """States (batch, words, width) with the root before the words of every Doc."""
        rows = torch.split(self.encoder(docs), [len(doc) for doc in docs])
        rooted = [torch.cat([self.root.unsqueeze(0), row]) for row in rows]
        padded = nn.utils.rnn.pad_sequence(rooted, batch_first=True)
        return nn.functional.pad(padded, (0, 0, 0, width - padded.shape[1]))


def distil(
    nlp: Language,
    teacher: Teacher,
    records: list[Record],
    settings: Settings,
    rates: Rates,
    report: Callable[[str], None],
) -> None:
    """Fit the initialised tok2vec of a pipeline to what the teacher sees in some records."""
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    tok2vec = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    encoder = Encoder(tok2vec, nlp.vocab, settings.dropout)
    student = Student(encoder, teacher, settings.dropout)
    optimizer = torch.optim.AdamW(
        student.parameters(), lr=settings.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    plain = [to_doc(record, nlp.vocab) for record in records]
    steps = settings.epochs * sum(1 for _ in teacher.batches(plain, settings.batch))
    taken = 0
    pool = pool_of(records)
    teacher.network.eval()
    for epoch in range(settings.epochs):
        docs = [to_doc(augmented(record, rates, rng, pool), nlp.vocab) for record in records]
        losses = []
        for batch in teacher.batches(docs, settings.batch, rng):
            taken += 1
            for group in optimizer.param_groups:
                group["lr"] = settings.rate * _share(min(1.0, taken / steps), settings.warmup)
            with torch.autocast("cpu", torch.bfloat16):
                loss = _loss(student, teacher, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(student.parameters(), 2.0)
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.item())
            if len(losses) % 100 == 0:
                report(f"distil: epoch {epoch + 1}, step {len(losses)}, loss {sum(losses[-100:]) / 100:.3f}")
        encoder.hand_back()
    encoder.hand_back()


def _loss(student: Student, teacher: Teacher, batch: Batch) -> Tensor:
    network = teacher.network
    with torch.no_grad():
        taught = network(batch.pieces, batch.mask, batch.shapes, batch.words)
        taught_arcs, taught_relations = teacher.scores(taught, batch, None)
        taught_tags, taught_names = network.tagger(taught), network.names(taught, torch.zeros_like(batch.schemes))
    words = batch.word_mask.clone()
    words[:, 0] = False
    states = student(batch.docs, batch.words.shape[1])
    dependent, head = student.arcs(states)
    arcs = torch.einsum("bdi,ij,bhj->bdh", dependent, student.arcs.weight[0], head).float()
    arcs = arcs.masked_fill(~batch.word_mask.unsqueeze(1), -1e4)
    dependent, head = student.relations(states)
    head = head.gather(1, taught_arcs.argmax(-1).unsqueeze(-1).expand(-1, -1, head.shape[-1]))
    relations = torch.einsum("bdi,rij,bdj->bdr", dependent, student.relations.weight, head)
    tags, names = student.tagger(states), student.namer(states)
    total = _towards(arcs, taught_arcs, words) + _towards(relations, taught_relations, words)
    total = total + _towards(tags, taught_tags, words) + 2 * _towards(names, taught_names, words)
    gold = teacher.targets(batch)
    for scores, key in ((arcs, "head"), (tags, "tag"), (names, "name")):
        total = total + 0.5 * cross_entropy_of(scores, gold[key])
    near = 1 - (normalize(student.state(states).float(), dim=-1) * normalize(taught.float(), dim=-1)).sum(-1)
    return total + near[words].mean()


def _towards(scores: Tensor, taught: Tensor, words: Tensor) -> Tensor:
    """The cross-entropy of a distribution against the teacher's, over the words."""
    return -(softmax(taught.float(), -1) * log_softmax(scores.float(), -1)).sum(-1)[words].mean()


def _share(done: float, warmup: float) -> float:
    if done < warmup:
        return done / warmup
    return 0.5 * (1 + math.cos(math.pi * (done - warmup) / (1 - warmup)))


def _array(tensor: Tensor) -> Any:
    """A tensor as an array of its own (thinc names its arrays by their dimensions)."""
    return tensor.detach().float().numpy().copy()
