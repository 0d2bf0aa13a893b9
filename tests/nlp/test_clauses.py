"""Who speaks by the parse. The parses are set by hand; the texts are ours, all people and places invented."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from indexer.nlp import grammar
from indexer.nlp.pipeline import build

# word/tag/relation/head (counted from 1)/kind of name, for each word of a text in which “…” stands for a quotation
# and ¶ for the end of a paragraph;
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
    "a participle at the end goes on with who says it, not with what is said": (
        "Ada/NNP/nsubj/3/PERSON Brink/NNP/flat/1/PERSON said/VBD/ROOT/3 the/DT/det/5 plan/NN/nsubj/7 "
        "is/VBZ/cop/7 bad/JJ/ccomp/3 ,/,/punct/7 calling/VBG/advcl/7 it/PRP/obj/9 “/``/punct/13 "
        "a/DT/det/13 muddle/NN/xcomp/9 ”/''/punct/13 ././punct/3",
        "Ada Brink",
    ),
    "a participle goes on with whom a paper reports on": (
        "The/DT/det/3 Tarn/NNP/compound/3/ORG Post/NNP/nsubj/4/ORG reported/VBD/ROOT/4 that/IN/mark/8 "
        "Piotr/NNP/nsubj/8/PERSON Nowak/NNP/flat/6/PERSON left/VBD/ccomp/4 ,/,/punct/8 "
        "calling/VBG/advcl/8 it/PRP/obj/10 “/``/punct/14 a/DT/det/14 muddle/NN/xcomp/10 ”/''/punct/14 "
        "././punct/4",
        "Piotr Nowak",
    ),
    "a participle goes on with the clause that it stands in": (
        "Ada/NNP/nsubj/3/PERSON Brink/NNP/flat/1/PERSON spoke/VBD/ROOT/3 when/WRB/advmod/7 "
        "Piotr/NNP/nsubj/7/PERSON Nowak/NNP/flat/5/PERSON left/VBD/advcl/3 ,/,/punct/7 "
        "shouting/VBG/advcl/7 “/``/punct/11 out/RB/obj/9 ”/''/punct/11 ././punct/3",
        "Piotr Nowak",
    ),
    "by whom it is called, after the quotation": (
        "Rita/NNP/nsubj/3/PERSON Roe/NNP/flat/1/PERSON owns/VBZ/ROOT/3 a/DT/det/5 ferry/NN/obj/3 "
        "called/VBN/acl/5 “/``/punct/9 a/DT/det/9 muddle/NN/xcomp/6 ”/''/punct/9 by/IN/case/12 "
        "Ada/NNP/obl/6/PERSON Brink/NNP/flat/12/PERSON ././punct/3",
        "Ada Brink",
    ),
    "whose assertion it is": (
        "Rita/NNP/nsubj/3/PERSON Roe/NNP/flat/1/PERSON ignored/VBD/ROOT/3 Ada/NNP/nmod:poss/7/PERSON "
        "Brink/NNP/flat/4/PERSON ’s/POS/case/4 assertion/NN/obj/3 that/IN/mark/13 the/DT/det/10 "
        "ferry/NN/nsubj/13 was/VBD/cop/13 “/``/punct/13 late/JJ/acl/7 ”/''/punct/13 ././punct/3",
        "Ada Brink",
    ),
    "a verb that is in no list, before the quotation": (
        "Ada/NNP/nsubj/3/PERSON Brink/NNP/flat/1/PERSON shot/VBD/ROOT/3 back/RB/advmod/3 :/:/punct/3 "
        "“/``/punct/8 It/PRP/nsubj/8 sails/VBZ/parataxis/3 ././punct/8 ”/''/punct/8",
        "Ada Brink",
    ),
    "whom a paper quotes": (
        "“/``/punct/3 It/PRP/nsubj/3 sails/VBZ/ccomp/9 ,/,/punct/3 ”/''/punct/3 the/DT/det/8 "
        "Tarn/NNP/compound/8/ORG Post/NNP/nsubj/9/ORG reported/VBD/ROOT/9 ,/,/punct/11 "
        "quoting/VBG/advcl/9 Ada/NNP/obj/11/PERSON Brink/NNP/flat/12/PERSON ././punct/9",
        "Ada Brink",
    ),
    "whoever agrees with it does not say it": (
        "Ada/NNP/nsubj/3/PERSON Brink/NNP/flat/1/PERSON called/VBD/ROOT/3 it/PRP/obj/3 “/``/punct/7 "
        "a/DT/det/7 muddle/NN/xcomp/3 ,/,/punct/7 ”/''/punct/7 and/CC/cc/13 Piotr/NNP/nsubj/13/PERSON "
        "Nowak/NNP/flat/11/PERSON agreed/VBD/conj/3 ././punct/3",
        "Ada Brink",
    ),
    "a verb that says something else": (
        "To/IN/case/6 the/DT/det/6 “/``/punct/4 late/JJ/amod/6 ”/''/punct/4 ferry/NN/obl/9 "
        "Ada/NNP/nsubj/9/PERSON Brink/NNP/flat/7/PERSON said/VBD/ROOT/9 she/PRP/nsubj/11 "
        "objects/VBZ/ccomp/9 ././punct/9",
        None,
    ),
    "she may be somebody without a name": (
        "Rita/NNP/nsubj/3/PERSON Roe/NNP/flat/1/PERSON came/VBD/ROOT/3 ././punct/3 A/DT/det/7 "
        "young/JJ/amod/7 woman/NN/nsubj/8 paid/VBD/ROOT/8 a/DT/det/10 fine/NN/obj/8 ././punct/8 "
        "“/``/punct/15 It/PRP/nsubj/15 is/VBZ/cop/15 late/JJ/ccomp/19 ,/,/punct/15 ”/''/punct/15 "
        "she/PRP/nsubj/19 said/VBD/ROOT/19 ././punct/19",
        "A young woman",
    ),
    "she is whom the text keeps in mind": (
        "Ada/NNP/nsubj/3/PERSON Brink/NNP/flat/1/PERSON came/VBD/ROOT/3 ././punct/3 She/PRP/nsubj/6 "
        "sat/VBD/ROOT/6 ././punct/6 She/PRP/nsubj/9 ate/VBD/ROOT/9 ././punct/9 She/PRP/nsubj/12 "
        "wept/VBD/ROOT/12 when/WRB/advmod/16 Rita/NNP/nsubj/16/PERSON Roe/NNP/flat/14/PERSON "
        "left/VBD/advcl/12 ././punct/12 “/``/punct/21 It/PRP/nsubj/21 is/VBZ/cop/21 late/JJ/ccomp/25 "
        ",/,/punct/21 ”/''/punct/21 she/PRP/nsubj/25 said/VBD/ROOT/25 ././punct/25",
        "Ada Brink",
    ),
    "who stands after a noun beside the name": (
        "Rita/NNP/nsubj/3/PERSON Roe/NNP/flat/1/PERSON met/VBD/ROOT/3 Ada/NNP/obj/3/PERSON "
        "Brink/NNP/flat/4/PERSON ,/,/punct/10 Tarn/NNP/nmod:poss/10/GPE ’s/POS/case/7 chief/JJ/amod/10 "
        "weigher/NN/conj/4 ,/,/punct/13 who/WP/nsubj/13 added/VBD/acl:relcl/10 that/IN/mark/18 "
        "it/PRP/nsubj/18 is/VBZ/cop/18 “/``/punct/18 late/JJ/ccomp/13 ”/''/punct/18 ././punct/3",
        "Ada Brink",
    ),
    "an organisation named after its noun": (
        "The/DT/det/3 campaign/NN/compound/3 group/NN/nsubj/6 Ferries/NNP/appos/3/ORG "
        "First/NNP/flat/4/ORG promises/VBZ/ROOT/6 “/``/punct/8 ferries/NNS/obj/6 that/WDT/nsubj/11 "
        "are/VBP/cop/11 clean/JJ/acl:relcl/8 and/CC/cc/14 very/RB/advmod/14 old/JJ/conj/11 ”/''/punct/8 "
        "././punct/6",
        "Ferries First",
    ),
    "a name after a dash and before a colon": (
        "Rita/NNP/nsubj/4/PERSON Roe/NNP/flat/1/PERSON is/VBZ/cop/4 wet/JJ/ROOT/4 -/HYPH/punct/4 "
        "Ada/NNP/parataxis/4/PERSON Brink/NNP/flat/6/PERSON :/:/punct/6 “/``/punct/11 It/PRP/nsubj/11 "
        "sails/VBZ/parataxis/6 ././punct/11 ”/''/punct/11",
        "Ada Brink",
    ),
    "the spokesman is the mayor's": (
        "The/DT/det/2 mayor/NN/nmod:poss/4 ’s/POS/case/2 spokesman/NN/nsubj/5 came/VBD/ROOT/5 ././punct/5 "
        "“/``/punct/9 It/PRP/nsubj/9 sails/VBZ/ccomp/14 ,/,/punct/9 ”/''/punct/9 the/DT/det/13 "
        "spokesman/NN/nsubj/14 said/VBD/ROOT/14 ././punct/14",
        "The mayor’s spokesman",
    ),
    "a subject that the parser has joined to the verb before it": (
        "Shares/NNS/nsubj/2 fell/VBD/ROOT/2 ,/,/punct/5 and/CC/cc/5 Ada/NNP/conj/2/PERSON Brink/NNP/flat/5/PERSON "
        ",/,/punct/9 an/DT/det/9 analyst/NN/appos/5 ,/,/punct/11 called/VBD/conj/2 the/DT/det/13 price/NN/obj/11 "
        "“/``/punct/15 generous/JJ/xcomp/11 ”/''/punct/15 ././punct/2",
        "Ada Brink",
    ),
    "told, within what was said, has the quotation after its colon": (
        "The/DT/det/3 Tarn/NNP/compound/3/GPE company/NN/nsubj/4 said/VBD/ROOT/4 that/IN/mark/8 Ada/NNP/nsubj/8/PERSON "
        "had/VBD/aux/8 come/VBN/ccomp/4 and/CC/cc/10 told/VBD/conj/8 the/DT/det/12 crew/NN/iobj/10 :/:/punct/15 "
        "“/``/punct/15 Sail/VB/parataxis/4 on/RP/compound:prt/15 ././punct/15 ”/''/punct/15",
        "Ada",
    ),
    "a new paragraph speaks of its own people": (
        "Rita/NNP/nsubj/3/PERSON Roe/NNP/flat/1/PERSON said/VBD/ROOT/3 it/PRP/nsubj/7 was/VBD/cop/7 “/``/punct/7 "
        "over/JJ/ccomp/3 ”/''/punct/7 ././punct/3 ¶/_SP/dep/9 In/IN/case/12 June/NNP/obl/15 Ada/NNP/nsubj/15/PERSON "
        "Brink/NNP/flat/13/PERSON sat/VBD/ROOT/15 ././punct/15 “/``/punct/20 It/PRP/nsubj/20 is/VBZ/cop/20 "
        "late/JJ/ccomp/24 ,/,/punct/20 ”/''/punct/20 she/PRP/nsubj/24 said/VBD/ROOT/24 ././punct/24",
        "Ada Brink",
    ),
    "she is not a ship": (
        "Ada/NNP/nsubj/3/PERSON Brink/NNP/flat/1/PERSON left/VBD/ROOT/3 Tarn/NNP/obj/3/GPE ././punct/3 The/DT/det/7 "
        "vessel/NN/nsubj/12 ,/,/punct/7 the/DT/det/10 Marigold/NNP/appos/7/PERSON ,/,/punct/7 slept/VBD/ROOT/12 "
        "././punct/12 “/``/punct/17 It/PRP/nsubj/17 is/VBZ/cop/17 late/JJ/ccomp/21 ,/,/punct/17 ”/''/punct/17 "
        "she/PRP/nsubj/21 said/VBD/ROOT/21 ././punct/21",
        "Ada Brink",
    ),
    "she is not what is mostly a place": (
        "Rain/NN/nsubj/2 left/VBD/ROOT/2 Zarn/NNP/obj/2/GPE ,/,/punct/6 old/JJ/amod/6 Zarn/NNP/appos/3/GPE "
        "././punct/2 Zarn/NNP/nsubj:pass/10/PERSON is/VBZ/aux:pass/10 led/VBN/ROOT/10 by/IN/case/12 "
        "Ada/NNP/obl/10/PERSON Brink/NNP/flat/12/PERSON ././punct/10 “/``/punct/18 It/PRP/nsubj/18 is/VBZ/cop/18 "
        "late/JJ/ccomp/22 ,/,/punct/18 ”/''/punct/18 she/PRP/nsubj/22 said/VBD/ROOT/22 ././punct/22",
        "Ada Brink",
    ),
    "a subject that the parser has taken for part of the verb": (
        "The/DT/det/3 poster/NN/compound/3 promises/VBZ/ROOT/3 “/``/punct/6 a/DT/det/6 thriller/NN/obj/3 ”/''/punct/6 "
        "././punct/3",
        "The poster",
    ),
    "who came up as he is no she": (
        "Ada/NNP/nsubj/3/PERSON Brink/NNP/flat/1/PERSON spoke/VBD/ROOT/3 ././punct/3 A/DT/det/6 sailor/NN/nsubj/7 "
        "slept/VBD/ROOT/7 ././punct/7 He/PRP/nsubj/10 woke/VBD/ROOT/10 ././punct/10 “/``/punct/15 It/PRP/nsubj/15 "
        "is/VBZ/cop/15 late/JJ/ccomp/19 ,/,/punct/15 ”/''/punct/15 she/PRP/nsubj/19 said/VBD/ROOT/19 ././punct/19",
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
    words = ["\n\n" if word == "¶" else word for word in words]
    tight = {",", ".", "”", "’s"}
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
