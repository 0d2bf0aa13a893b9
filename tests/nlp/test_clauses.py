"""Who speaks by the parse. The parses are set by hand; the texts are ours, all people and places invented."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from indexer.nlp import grammar
from indexer.nlp.pipeline import build

# word/tag/relation/head (counted from 1)/kind of name, for each word of a text in which “…” stands for a quotation;
# who speaks the last quotation by this parse.
PARSED = {
    "a participle goes with the subject, not with the place before it": (
        "In/IN/case/2 Tarn/NNP/obl/6/GPE ,/,/punct/6 Ada/NNP/nsubj/6/PERSON Brink/NNP/flat/4/PERSON spoke/VBD/ROOT/6 "
        "in/IN/case/8 Zarn/NNP/obl/6/GPE ,/,/punct/6 saying/VBG/advcl/6 the/DT/det/12 ferry/NN/nsubj/15 "
        "was/VBD/cop/15 "
        "“/``/punct/15 late/JJ/ccomp/10 again/RB/advmod/15 ”/''/punct/15 ././punct/6",
        "Ada Brink",
    ),
    "a participle after a statement goes with who made it": (
        "Tarnwear/NNP/nsubj/2/ORG sent/VBD/ROOT/2 a/DT/det/4 statement/NN/obj/2 saying/VBG/acl/4 "
        "Piotr/NNP/nsubj/10/PERSON "
        "Nowak/NNP/flat/6/PERSON is/VBZ/cop/10 “/``/punct/10 late/JJ/ccomp/5 ”/''/punct/10 ././punct/2",
        "Tarnwear",
    ),
    "a second verb of saying goes with the first": (
        "Piotr/NNP/nsubj/3/PERSON Nowak/NNP/flat/1/PERSON said/VBD/ROOT/3 that/IN/mark/8 Ada/NNP/nsubj/8/PERSON "
        "Brink/NNP/flat/5/PERSON will/MD/aux/8 win/VB/ccomp/3 and/CC/cc/10 accused/VBD/conj/8 the/DT/det/12 "
        "ferry/NN/obj/10 of/IN/mark/16 being/VBG/cop/16 “/``/punct/16 late/JJ/advcl/10 ”/''/punct/16 ././punct/3",
        "Piotr Nowak",
    ),
    "a name after what describes it": (
        "“/``/punct/5 The/DT/det/3 ferry/NN/nsubj/4 sails/VBZ/ccomp/7 ,/,/punct/4 ”/''/punct/4 said/VBD/ROOT/7 "
        "Tarn/NNP/compound/10/GPE net/NN/compound/10 mender/NN/nsubj/7 Ada/NNP/flat/10/PERSON "
        "Brink/NNP/flat/10/PERSON "
        "././punct/7",
        "Ada Brink",
    ),
    "a noun phrase whose noun is in no list": (
        "“/``/punct/4 The/DT/det/3 ferry/NN/nsubj/4 sails/VBZ/ccomp/12 ,/,/punct/4 ”/''/punct/4 "
        "the/DT/det/11 old/JJ/amod/11 "
        "Tarn/NNP/compound/11/GPE council/NN/compound/11 weigher/NN/nsubj/12 said/VBD/ROOT/12 ././punct/12",
        "the old Tarn council weigher",
    ),
    "a verb that is in no list": (
        "“/``/punct/4 The/DT/det/3 ferry/NN/nsubj/4 sails/VBZ/ccomp/9 ,/,/punct/4 ”/''/punct/4 "
        "Ada/NNP/nsubj/9/PERSON "
        "Brink/NNP/flat/7/PERSON went/VBD/ROOT/9 on/RP/compound:prt/9 ././punct/9",
        "Ada Brink",
    ),
    "words that are no verb here": (
        "Ada/NNP/nsubj/3/PERSON Brink/NNP/flat/1/PERSON told/VBD/ROOT/3 Piotr/NNP/iobj/3/PERSON "
        "Nowak/NNP/flat/4/PERSON "
        "that/IN/mark/12 ferry/NN/compound/9 police/NN/compound/9 reports/NNS/nsubj/12 were/VBD/cop/12 “/``/punct/12 "
        "nonsense/NN/ccomp/3 ”/''/punct/12 ././punct/3",
        "Ada Brink",
    ),
    "a name as long as the model sees it": (
        "“/``/punct/4 The/DT/det/3 ferry/NN/nsubj/4 sails/VBZ/ccomp/7 ,/,/punct/4 ”/''/punct/4 said/VBD/ROOT/7 "
        "Ada/NNP/nsubj/7/PERSON English/NNP/flat/8/PERSON ././punct/7",
        "Ada English",
    ),
    "she is who did something, not who it was done to": (
        "Rita/NNP/nsubj/3/PERSON Roe/NNP/flat/1/PERSON came/VBD/ROOT/3 ././punct/3 Ada/NNP/nsubj/7/PERSON "
        "Brink/NNP/flat/5/PERSON greeted/VBD/ROOT/7 Rita/NNP/obj/7/PERSON Roe/NNP/flat/8/PERSON ././punct/7 "
        "“/``/punct/14 It/PRP/nsubj/14 is/VBZ/cop/14 late/JJ/ccomp/18 ,/,/punct/14 ”/''/punct/14 she/PRP/nsubj/18 "
        "said/VBD/ROOT/18 ././punct/18",
        "Ada Brink",
    ),
    "the company is the organisation that did something last": (
        "Tarnwear/NNP/nsubj/2/ORG makes/VBZ/ROOT/2 nets/NNS/obj/2 in/IN/case/5 Zarn/NNP/obl/2/GPE "
        "././punct/2 “/``/punct/9 "
        "They/PRP/nsubj/9 hold/VBP/ccomp/14 ,/,/punct/9 ”/''/punct/9 the/DT/det/13 company/NN/nsubj/14 "
        "said/VBD/ROOT/14 "
        "././punct/14",
        "Tarnwear",
    ),
    "the senator from a place": (
        "Sen./NNP/nsubj/4 Ada/NNP/flat/1/PERSON Brink/NNP/flat/1/PERSON came/VBD/ROOT/4 ././punct/4 "
        "“/``/punct/8 It/PRP/nsubj/8 "
        "sails/VBZ/ccomp/14 ,/,/punct/8 ”/''/punct/8 the/DT/det/13 Tarn/NNP/compound/13/GPE senator/NN/nsubj/14 "
        "said/VBD/ROOT/14 ././punct/14",
        "Ada Brink",
    ),
}


@pytest.fixture(scope="module")
def nlp():
    return build()


@pytest.mark.parametrize(("words", "speaker"), PARSED.values(), ids=PARSED)
def test_the_parse_tells_who_speaks(nlp, words, speaker):
    doc = _doc(nlp.vocab, words)
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc._.attributions[-1].speaker == speaker


def test_a_parser_of_any_origin_is_asked_the_same(nlp):
    doc = _doc(
        nlp.vocab,
        "In/IN/prep/6 Tarn/NNP/pobj/1/GPE ,/,/punct/6 Ada/NNP/compound/5/PERSON "
        "Brink/NNP/nsubj/6/PERSON spoke/VBD/ROOT/6 "
        "in/IN/prep/6 Zarn/NNP/pobj/7/GPE ,/,/punct/6 saying/VBG/advcl/6 the/DT/det/12 "
        "ferry/NN/nsubj/13 was/VBD/ccomp/10 "
        "“/``/punct/15 late/JJ/acomp/13 again/RB/advmod/15 ”/''/punct/15 ././punct/6",
    )
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc._.attributions[-1].speaker == "Ada Brink"


def test_what_was_not_parsed_is_not_asked(nlp):
    doc = nlp.make_doc("She can't :) won't ... don't say so. " * 50)
    assert not any(
        grammar.children(token, "subject", "") or grammar.noun_phrase(token)[1] > token.i + 1 for token in doc
    )


def _doc(vocab: spacy.vocab.Vocab, rows: str) -> Doc:
    """A doc with this parse, words set apart as they are printed."""
    parts = [
        row.rsplit("/", 4) if row.count("/") > 3 and row[-1].isupper() else [*row.rsplit("/", 3), ""]
        for row in rows.split()
    ]
    words, tags, relations, heads, names = map(list, zip(*parts, strict=True))
    tight = {",", ".", "”"}
    spaces = [word != "“" and follower not in tight for word, follower in zip(words, [*words[1:], "."], strict=True)]
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        deps=relations,
        heads=[int(head) - 1 for head in heads],
        ents=[f"{'I' if i and names[i - 1] == name else 'B'}-{name}" if name else "O" for i, name in enumerate(names)],
    )
