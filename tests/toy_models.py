"""Two small language models, made in a second each from three sentences of our own.

One has the labels of Universal Dependencies, the other ClearNLP's, as spaCy's own English pipelines have. They know
their three sentences by heart, and nothing else.
"""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed

SENTENCES = {
    "ud": (
        "Ada/PROPN/nsubj/9 Brink/PROPN/flat/1 ,/PUNCT/punct/5 the/DET/det/5 mayor/NOUN/appos/1 of/ADP/case/7 "
        "Tarn/PROPN/nmod/5 ,/PUNCT/punct/5 said/VERB/ROOT/9 that/SCONJ/mark/13 the/DET/det/12 ferry/NOUN/nsubj/13 "
        "sails/VERB/ccomp/9 ./PUNCT/punct/9",
        "The/DET/det/2 plan/NOUN/nsubj:pass/4 was/AUX/aux:pass/4 praised/VERB/ROOT/4 by/ADP/case/6 "
        "Tom/PROPN/obl:agent/4 Roe/PROPN/flat/6 ./PUNCT/punct/4",
        "She/PRON/nsubj/2 got/VERB/ROOT/2 up/ADP/compound:prt/2 and/CCONJ/cc/5 said/VERB/conj/2 no/INTJ/obj/5 "
        "./PUNCT/punct/2",
    ),
    "clearnlp": (
        "Ada/NNP/compound/2 Brink/NNP/nsubj/9 ,/,/punct/2 the/DT/det/5 mayor/NN/appos/2 of/IN/prep/5 "
        "Tarn/NNP/pobj/6 ,/,/punct/2 said/VBD/ROOT/9 that/IN/mark/13 the/DT/det/12 ferry/NN/nsubj/13 "
        "sails/VBZ/ccomp/9 ././punct/9",
        "The/DT/det/2 plan/NN/nsubjpass/4 was/VBD/auxpass/4 praised/VBN/ROOT/4 by/IN/agent/4 Tom/NNP/compound/7 "
        "Roe/NNP/pobj/5 ././punct/4",
        "She/PRP/nsubj/2 got/VBD/ROOT/2 up/RP/prt/2 and/CC/cc/2 said/VBD/conj/2 no/UH/dobj/5 ././punct/2",
    ),
}
"""word/tag/relation/head, heads counted from 1."""
NAMES = {
    "ud": {"Ada": "B-PER", "Brink": "I-PER", "Tom": "B-PER", "Roe": "I-PER", "Tarn": "B-LOC"},
    "clearnlp": {"Ada": "B-PERSON", "Brink": "I-PERSON", "Tom": "B-PERSON", "Roe": "I-PERSON", "Tarn": "B-GPE"},
}
_ENCODER = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": 48,
    "depth": 2,
    "embed_size": 300,
    "window_size": 1,
    "maxout_pieces": 2,
    "subword_features": True,
    "pretrained_vectors": None,
}
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 48, "upstream": "*"}


def make(scheme: str, folder: Path) -> None:
    """Train one and write it to a folder; it has a component that is of no use to us, too."""
    nlp = _untrained()
    examples = [_example(nlp, row, NAMES[scheme]) for row in SENTENCES[scheme]]
    fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.003
    for _ in range(60):
        nlp.update(examples, sgd=optimizer, drop=0.0)
    nlp.add_pipe("attribute_ruler").add([[{"ORTH": "sails"}]], {"POS": "VERB", "LEMMA": "sail"})
    nlp.add_pipe("sentencizer")
    nlp.meta.update(name=f"toy_{scheme}", version="0.1.0", spacy_version=">=3.8.0,<3.9.0")
    nlp.to_disk(folder)


def parsed(vocab: spacy.Vocab, row: str, names: dict[str, str] | None = None) -> Doc:
    """A Doc as the row of word/tag/relation/head says, its heads counted from 1."""
    words, tags, relations, heads = zip(*(word.rsplit("/", 3) for word in row.split()), strict=True)
    entities = [names.get(word, "O") for word in words] if names else None
    places = [int(head) - 1 for head in heads]
    return Doc(vocab, words=words, tags=tags, deps=relations, heads=places, ents=entities)


def _untrained() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _ENCODER})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER}})
    nlp.add_pipe("parser", config={"min_action_freq": 1, "model": _transitions("parser")})
    nlp.add_pipe("ner", config={"model": _transitions("ner")})
    return nlp


def _transitions(kind: str) -> dict[str, object]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 48,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": _LISTENER,
    }


def _example(nlp: Language, row: str, names: dict[str, str]) -> Example:
    gold = parsed(nlp.vocab, row, names)
    return Example(Doc(nlp.vocab, words=[token.text for token in gold]), gold)
