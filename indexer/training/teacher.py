"""The teacher: a pretrained encoder fitted to tags, trees and names, whose readings of plain text a small model learns.

A graph-based parser (Dozat and Manning 2017, “Deep biaffine attention for neural dependency parsing”) with a tagger
and a name classifier on one encoder. It is used while training only; nothing in the product needs it or torch.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.training import biluo_tags_to_spans, iob_to_biluo
from spacy.vocab import Vocab
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, normalize
from transformers import AutoModel, AutoTokenizer

from .decoding import sequence, tree
from .names import LABELS

SCHEMES = ("uner", "wikigold", "gum")
"""Each name corpus has its own idea of a name, so each has its own classifier; what is read is read by the first."""
_IGNORED = -100
_SHAPES = 6
NAME_TAGS = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))


@dataclass(frozen=True)
class Settings:
    """How the teacher is fitted. `batch` is in word pieces, rates are per step, `epochs` are passes over the text.

    `smoothing` is the share of a name tag's probability that goes to the others. With `only_names`, tags and trees
    are not learned.
    """

    epochs: int = 8
    batch: int = 1600
    encoder_rate: float = 2e-4
    head_rate: float = 1.5e-3
    warmup: float = 0.08
    dropout: float = 0.25
    smoothing: float = 0.0
    only_names: bool = False
    seed: int = 7


class Biaffine(nn.Module):
    """Scores of every pair of tokens, for each of `labels` relations: (batch, labels, dependents, heads)."""

    def __init__(self, width: int, hidden: int, labels: int, dropout: float) -> None:
        super().__init__()
        self.dependent = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Dropout(dropout))
        self.head = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Dropout(dropout))
        self.weight = nn.Parameter(torch.zeros(labels, hidden + 1, hidden + 1))
        nn.init.normal_(self.weight, std=1.0 / hidden)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """The two views of the states, each with a constant 1 appended."""
        ones = states.new_ones(*states.shape[:2], 1)
        return torch.cat([self.dependent(states), ones], -1), torch.cat([self.head(states), ones], -1)


class Network(nn.Module):
    """Encoder and heads. Token 0 of every row is the root."""

    def __init__(self, encoder: nn.Module, width: int, tags: int, relations: int, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.shapes = nn.Embedding(_SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.mix = nn.Parameter(torch.zeros(4))
        self.dropout = nn.Dropout(dropout)
        self.tagger = nn.Linear(width, tags)
        self.namer = nn.Linear(width, len(SCHEMES) * len(NAME_TAGS))
        self.arcs = Biaffine(width, 256, 1, dropout)
        self.relations = Biaffine(width, 96, relations, dropout)

    def forward(self, pieces: Tensor, mask: Tensor, shapes: Tensor, words: Tensor) -> Tensor:
        """The state of every word, (batch, words, width): a learned mix of the last four layers at its first piece."""
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shapes(shapes)
        output = self.encoder(inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True)
        layers = torch.stack(output.hidden_states[-4:])
        mixed = (layers * torch.softmax(self.mix, 0).view(-1, 1, 1, 1)).sum(0)
        return self.dropout(mixed.gather(1, words.unsqueeze(-1).expand(-1, -1, mixed.shape[-1])))

    def names(self, states: Tensor, schemes: Tensor) -> Tensor:
        """Scores of the name tags of every word, each row of the batch by the annotation scheme it is given."""
        scores = self.namer(states).unflatten(-1, (len(SCHEMES), len(NAME_TAGS)))
        return cast(Tensor, scores[torch.arange(len(scores)), :, schemes])


@dataclass
class Batch:
    """Rows of paragraphs, padded. `words` holds the place of each word's first piece; word 0 is the root."""

    docs: list[Doc]
    pieces: Tensor
    mask: Tensor
    shapes: Tensor
    words: Tensor
    word_mask: Tensor
    schemes: Tensor
    """By which scheme the names of each row are annotated."""


def shape_of(word: str) -> int:
    """The capitals of a word as one of six classes: none, first, all, one letter, inside, no letters."""
    letters = [char for char in word if char.isalpha()]
    if not letters:
        return 5
    if not any(char.isupper() for char in letters):
        return 0
    if len(letters) == 1:
        return 3
    if all(char.isupper() for char in letters):
        return 2
    return 1 if letters[0].isupper() and not any(char.isupper() for char in letters[1:]) else 4


class Teacher:
    """A fitted network with what is needed to read Docs with it."""

    def __init__(self, encoder: Path | str, tags: list[str], relations: list[str], settings: Settings) -> None:
        torch.manual_seed(settings.seed)
        self.settings, self.tags, self.relations = settings, tags, relations
        self.tokenizer: Any = AutoTokenizer.from_pretrained(encoder)
        model = AutoModel.from_pretrained(encoder, add_pooling_layer=False, attn_implementation="sdpa")
        self.network = Network(model, model.config.hidden_size, len(tags), len(relations), settings.dropout)
        self._piece_cache: dict[str, list[int]] = {}

    # --- from Docs to tensors ---

    def pieces_of(self, word: str) -> list[int]:
        """The ids of a word's pieces, at most six."""
        if word not in self._piece_cache:
            ids = self.tokenizer.encode(word, add_special_tokens=False)[:6]
            self._piece_cache[word] = ids or [self.tokenizer.unk_token_id]
        return self._piece_cache[word]

    def length(self, doc: Doc) -> int:
        """How many pieces a Doc has, with the two that frame it."""
        return 2 + sum(len(self.pieces_of(token.text)) for token in doc)

    def batches(self, docs: Iterable[Doc], size: int, rng: random.Random | None = None) -> Iterator[Batch]:
        """Docs of like length together, `size` pieces a batch; in random order where there is a generator."""
        ordered = sorted(docs, key=lambda doc: self.length(doc) + (rng.random() * 8 if rng else 0))
        groups: list[list[Doc]] = [[]]
        for doc in ordered:
            if groups[-1] and self.length(doc) * (len(groups[-1]) + 1) > size:
                groups.append([])
            groups[-1].append(doc)
        if rng:
            rng.shuffle(groups)
        yield from (self.batch(group) for group in groups if group)

    def batch(self, docs: list[Doc]) -> Batch:
        """The tensors of some Docs."""
        rows = []
        for doc in docs:
            ids, shapes, starts = [self.tokenizer.cls_token_id], [5], [0]
            for token in doc:
                starts.append(len(ids))
                own = self.pieces_of(token.text)
                ids += own
                shapes += [shape_of(token.text)] * len(own)
            ids, shapes = ids[:511], shapes[:511]
            starts = [min(at, len(ids) - 1) for at in starts]
            rows.append(([*ids, self.tokenizer.sep_token_id], [*shapes, 5], starts))
        pad = self.tokenizer.pad_token_id
        pieces = _padded([row[0] for row in rows], pad)
        words = _padded([row[2] for row in rows], 0)
        word_mask = _padded([[1] * len(row[2]) for row in rows], 0).bool()
        shapes = _padded([row[1] for row in rows], 5)
        schemes = torch.tensor([SCHEMES.index(doc.user_data.get("scheme", SCHEMES[0])) for doc in docs])
        return Batch(docs, pieces, (pieces != pad).long(), shapes, words, word_mask, schemes)

    def targets(self, batch: Batch) -> dict[str, Tensor]:
        """Gold indices of every word; what a Doc does not annotate is ignored."""
        tag_ids = {tag: i for i, tag in enumerate(self.tags)}
        relation_ids = {label: i for i, label in enumerate(self.relations)}
        name_ids = {tag: i for i, tag in enumerate(NAME_TAGS)}
        rows: dict[str, list[list[int]]] = {"tag": [], "head": [], "relation": [], "name": []}
        for doc in batch.docs:
            parsed = doc.has_annotation("DEP")
            rows["tag"].append([_IGNORED, *(tag_ids.get(t.tag_, _IGNORED) for t in doc)])
            rows["head"].append(
                [_IGNORED, *((0 if t.head is t or t.head == t else t.head.i + 1) if parsed else _IGNORED for t in doc)]
            )
            rows["relation"].append(
                [_IGNORED, *(relation_ids.get(t.dep_, _IGNORED) if parsed else _IGNORED for t in doc)]
            )
            rows["name"].append([_IGNORED, *(_name_id(t, name_ids) for t in doc)])
        return {key: _padded(value, _IGNORED) for key, value in rows.items()}

    # --- fitting ---

    def loss(self, batch: Batch) -> Tensor:
        """The sum of the four losses over a batch."""
        states = self.network(batch.pieces, batch.mask, batch.shapes, batch.words)
        gold = self.targets(batch)
        names = cross_entropy_of(self.network.names(states, batch.schemes), gold["name"], self.settings.smoothing)
        if self.settings.only_names:
            return names
        arcs, relations = self.scores(states, batch, gold["head"])
        tags = self.network.tagger(states)
        total = cross_entropy_of(arcs, gold["head"]) + cross_entropy_of(relations, gold["relation"])
        return total + cross_entropy_of(tags, gold["tag"]) + names

    def scores(self, states: Tensor, batch: Batch, heads: Tensor | None) -> tuple[Tensor, Tensor]:
        """Arc scores (batch, words, words) and relation scores (batch, words, relations) at the given or best heads."""
        dependent, head = self.network.arcs(states)
        arcs = torch.einsum("bdi,ij,bhj->bdh", dependent, self.network.arcs.weight[0], head)
        arcs = arcs.float().masked_fill(~batch.word_mask.unsqueeze(1), -1e4)
        chosen = arcs.argmax(-1) if heads is None else heads.clamp(min=0)
        dependent, head = self.network.relations(states)
        head = head.gather(1, chosen.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        relations = torch.einsum("bdi,rij,bdj->bdr", dependent, self.network.relations.weight, head)
        return arcs, relations.float()

    def fit(
        self,
        docs: list[Doc],
        report: Callable[[str], None],
        kept: Path | None = None,
        changed: Callable[[int], list[Doc]] | None = None,
    ) -> None:
        """Fit to Docs, some of whose annotations may be missing; goes on from the epoch in the file `kept`, if any.

        `changed(seed)` gives the Docs as an epoch has them, where augmentation changes them from one to the next.
        """
        steps = self.settings.epochs * sum(1 for _ in self.batches(docs, self.settings.batch))
        optimizer = torch.optim.AdamW(self._groups(), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: self._rate(min(1.0, step / steps)))
        state = {"network": self.network, "optimizer": optimizer, "schedule": schedule}
        for epoch in range(_restored(state, kept), self.settings.epochs):
            torch.manual_seed(self.settings.seed + epoch)
            rng = random.Random(self.settings.seed + epoch)
            today = changed(self.settings.seed + epoch) if changed else docs
            loss = self._epoch(list(self.batches(today, self.settings.batch, rng)), optimizer, schedule)
            who = "namer" if self.settings.only_names else "teacher"
            report(f"{who}: epoch {epoch + 1} of {self.settings.epochs}, loss {loss:.3f}")
            if kept:
                torch.save({"epoch": epoch + 1, **{key: part.state_dict() for key, part in state.items()}}, kept)

    def _epoch(self, batches: list[Batch], optimizer: Any, schedule: Any) -> float:
        """One pass over the batches; the mean loss."""
        self.network.train()
        total = 0.0
        for batch in batches:
            with torch.autocast("cpu", torch.bfloat16):
                loss = self.loss(batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item()
        return total / max(1, len(batches))

    def _groups(self) -> list[dict[str, Any]]:
        encoder = list(self.network.encoder.parameters())
        known = {id(p) for p in encoder}
        heads = [p for p in self.network.parameters() if id(p) not in known]
        return [{"params": encoder, "lr": self.settings.encoder_rate}, {"params": heads, "lr": self.settings.head_rate}]

    def _rate(self, done: float) -> float:
        if done < self.settings.warmup:
            return done / self.settings.warmup
        return 0.5 * (1 + math.cos(math.pi * (done - self.settings.warmup) / (1 - self.settings.warmup)))

    # --- reading ---

    @torch.no_grad()
    def read(self, docs: list[Doc], namers: Sequence[Teacher] = ()) -> Iterator[tuple[Doc, float]]:
        """New Docs of the same words with tags, trees and names, and the mean probability of the arcs chosen.

        Names are those that the `namers` (teachers on the same encoder) and this one see together.
        """
        readers = (self, *namers)
        for each in readers:
            each.network.eval()
        for batch in self.batches(docs, 6000):
            with torch.autocast("cpu", torch.bfloat16):
                states = self.network(batch.pieces, batch.mask, batch.shapes, batch.words)
                arcs, relations = self.scores(states, batch, None)
                tags = self.network.tagger(states)
            names = self._names(batch, readers)
            sure = torch.softmax(arcs, -1).amax(-1)
            for row, doc in enumerate(batch.docs):
                own = slice(1, len(doc) + 1)
                heads = tree(arcs[row, own, : len(doc) + 1].numpy())
                labels = tags[row, own].argmax(-1).tolist()
                yield self._doc(doc, heads, relations[row, own], labels, names[row, own]), float(sure[row, own].mean())

    def _names(self, batch: Batch, readers: Sequence[Teacher]) -> Tensor:
        """The mean log-probability of each name tag of every word, by the scheme that the pipeline learns."""
        seen = []
        for each in readers:
            with torch.autocast("cpu", torch.bfloat16):
                states = each.network(batch.pieces, batch.mask, batch.shapes, batch.words)
                scores = each.network.names(states, torch.zeros_like(batch.schemes))
            seen.append(torch.log_softmax(scores.float(), -1))
        return torch.stack(seen).mean(0)

    def vocabulary(self) -> list[str]:
        """The whole words among the encoder's pieces, the frequent ones first."""
        by_id = sorted(self.tokenizer.get_vocab().items(), key=lambda item: item[1])
        return [word for word, _ in by_id if len(word) > 1 and word.isalpha()]

    @torch.no_grad()
    def states_of(self, words: list[str]) -> NDArray[numpy.float32]:
        """For each word its state where it stands alone, beside the mean of its pieces' embeddings."""
        self.network.eval()
        rows = []
        vocab = Vocab()
        for start in range(0, len(words), 512):
            batch = self.batch([Doc(vocab, words=[word]) for word in words[start : start + 512]])
            with torch.autocast("cpu", torch.bfloat16):
                states = self.network(batch.pieces, batch.mask, batch.shapes, batch.words)[:, 1].float()
            embedded = self.network.encoder.embeddings.word_embeddings(batch.pieces)
            inside = batch.mask.clone()
            inside[:, 0] = 0
            inside[torch.arange(len(inside)), batch.mask.sum(1) - 1] = 0
            mean = (embedded * inside.unsqueeze(-1)).sum(1) / inside.sum(1, keepdim=True)
            rows.append(torch.cat([normalize(states, dim=-1), normalize(mean, dim=-1)], -1).numpy())
        return numpy.concatenate(rows)

    def _doc(self, doc: Doc, heads: list[int], relations: Tensor, tags: list[int], names: Tensor) -> Doc:
        root = self.relations.index("ROOT")
        relations[:, root] = -1e4
        labels = relations.argmax(-1).tolist()
        read = Doc(
            doc.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            tags=[self.tags[i] for i in tags],
            heads=[head - 1 if head else i for i, head in enumerate(heads)],
            deps=["ROOT" if not head else self.relations[i] for head, i in zip(heads, labels, strict=True)],
        )
        iob = sequence(names.numpy(), NAME_TAGS)
        read.set_ents(biluo_tags_to_spans(read, iob_to_biluo(iob)), default="outside")
        return read


def _restored(state: dict[str, Any], kept: Path | None) -> int:
    """Bring network, optimizer and schedule to where a file has them; how many epochs that is."""
    if kept is None or not kept.is_file():
        return 0
    saved = torch.load(kept, weights_only=True)
    for key, part in state.items():
        part.load_state_dict(saved[key])
    return int(saved["epoch"])


def _padded(rows: list[list[int]], value: int) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [value] * (width - len(row)) for row in rows])


def cross_entropy_of(scores: Tensor, gold: Tensor, smoothing: float = 0.0) -> Tensor:
    """The cross-entropy against gold indices, of which some may be missing."""
    if not (gold != _IGNORED).any():
        return scores.sum() * 0.0
    return cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=_IGNORED, label_smoothing=smoothing)


def _name_id(token: Any, ids: dict[str, int]) -> int:
    if token.ent_iob_ == "":
        return _IGNORED
    return ids["O"] if token.ent_iob_ == "O" else ids[f"{token.ent_iob_}-{token.ent_type_}"]
