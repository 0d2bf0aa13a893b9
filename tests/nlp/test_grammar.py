"""The same questions to a parse with the labels of Universal Dependencies and to one with ClearNLP's."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from indexer.nlp import grammar
from indexer.nlp.labels import entity_kind, relation
from indexer.nlp.syntax import parsed

UD = {
    "report": "Ada/_/nsubj/9 Brink/_/flat/1 ,/_/punct/5 the/_/det/5 mayor/_/appos/1 of/_/case/7 Tarn/_/nmod/5 "
    ",/_/punct/5 said/_/root/9 that/_/mark/13 the/_/det/12 ferry/_/nsubj/13 sails/_/ccomp/9 ./_/punct/9",
    "passive": "The/_/det/2 plan/_/nsubj:pass/4 was/_/aux:pass/4 praised/_/root/4 by/_/case/8 the/_/det/8 "
    "old/_/amod/8 mayor/_/obl:agent/4 and/_/cc/10 Tom/_/conj/8 Roe/_/flat/10 ./_/punct/4",
    "chain": "She/_/nsubj/2 got/_/root/2 up/_/compound:prt/2 ,/_/punct/6 had/_/aux/6 refused/_/conj/2 to/_/mark/8 "
    "say/_/xcomp/6 so/_/obj/8 and/_/cc/11 left/_/conj/2 ,/_/punct/13 saying/_/advcl/11 no/_/obj/13 ./_/punct/2",
    "asked": "They/_/nsubj/2 asked/_/root/2 the/_/det/4 mayor/_/obj/2 to/_/mark/6 say/_/xcomp/2 no/_/obj/6",
    "relative": "The/_/det/2 man/_/nsubj/8 who/_/nsubj/4 left/_/acl:relcl/2 and/_/cc/6 said/_/conj/4 no/_/obj/6 "
    "slept/_/root/8",
    "participles": "A/_/det/2 statement/_/nsubj/9 saying/_/acl/2 no/_/obj/3 to/_/case/6 words/_/obl/3 "
    "spoken/_/acl/6 yesterday/_/advmod/7 fell/_/root/9",
    "spoken": "Words/_/root/1 spoken/_/acl/1 by/_/case/4 Ada/_/obl/2 Brink/_/flat/4",
    "according": "No/_/root/1 ,/_/punct/6 according/_/case/6 to/_/fixed/3 a/_/det/6 spokesman/_/obl/1 for/_/case/8 "
    "Brink/_/nmod/6 ,/_/punct/11 who/_/nsubj/11 left/_/acl:relcl/8 ./_/punct/1",
    "possessive": "Brink/_/nmod:poss/4 ’s/_/case/1 old/_/amod/4 aide/_/nsubj/5 spoke/_/root/5",
    "quoted": "The/_/det/2 ferry/_/nsubj/3 sails/_/root/3 ,/_/punct/3 said/_/parataxis/3 Ada/_/nsubj/5",
    "copula": "Ada/_/nsubj/4 is/_/cop/4 a/_/det/4 mayor/_/root/4 ./_/punct/4",
    "elected": "He/_/nsubj:pass/3 was/_/aux:pass/3 elected/_/root/3 and/_/cc/5 said/_/conj/3 no/_/obj/5",
}
CLEARNLP = {
    "report": "Ada/_/compound/2 Brink/_/nsubj/9 ,/_/punct/2 the/_/det/5 mayor/_/appos/2 of/_/prep/5 Tarn/_/pobj/6 "
    ",/_/punct/2 said/_/ROOT/9 that/_/mark/13 the/_/det/12 ferry/_/nsubj/13 sails/_/ccomp/9 ./_/punct/9",
    "passive": "The/_/det/2 plan/_/nsubjpass/4 was/_/auxpass/4 praised/_/ROOT/4 by/_/agent/4 the/_/det/8 "
    "old/_/amod/8 mayor/_/pobj/5 and/_/cc/8 Tom/_/compound/11 Roe/_/conj/8 ./_/punct/4",
    "chain": "She/_/nsubj/2 got/_/ROOT/2 up/_/prt/2 ,/_/punct/2 had/_/aux/6 refused/_/conj/2 to/_/aux/8 "
    "say/_/xcomp/6 so/_/dobj/8 and/_/cc/6 left/_/conj/6 ,/_/punct/11 saying/_/advcl/11 no/_/dobj/13 ./_/punct/2",
    "asked": "They/_/nsubj/2 asked/_/ROOT/2 the/_/det/4 mayor/_/nsubj/6 to/_/aux/6 say/_/ccomp/2 no/_/dobj/6",
    "relative": "The/_/det/2 man/_/nsubj/8 who/_/nsubj/4 left/_/relcl/2 and/_/cc/4 said/_/conj/4 no/_/dobj/6 "
    "slept/_/ROOT/8",
    "participles": "A/_/det/2 statement/_/nsubj/9 saying/_/acl/2 no/_/dobj/3 to/_/prep/3 words/_/pobj/5 "
    "spoken/_/acl/6 yesterday/_/npadvmod/7 fell/_/ROOT/9",
    "spoken": "Words/_/ROOT/1 spoken/_/acl/1 by/_/agent/2 Ada/_/compound/5 Brink/_/pobj/3",
    "according": "No/_/ROOT/1 ,/_/punct/1 according/_/prep/1 to/_/prep/3 a/_/det/6 spokesman/_/pobj/4 for/_/prep/6 "
    "Brink/_/pobj/7 ,/_/punct/8 who/_/nsubj/11 left/_/relcl/8 ./_/punct/1",
    "possessive": "Brink/_/poss/4 ’s/_/case/1 old/_/amod/4 aide/_/nsubj/5 spoke/_/ROOT/5",
    "quoted": "The/_/det/2 ferry/_/nsubj/3 sails/_/ccomp/5 ,/_/punct/5 said/_/ROOT/5 Ada/_/nsubj/5",
    "copula": "Ada/_/nsubj/2 is/_/ROOT/2 a/_/det/4 mayor/_/attr/2 ./_/punct/2",
    "elected": "He/_/nsubjpass/3 was/_/auxpass/3 elected/_/ROOT/3 and/_/cc/3 said/_/conj/3 no/_/dobj/5",
}
SCHEMES = pytest.mark.parametrize("scheme", [UD, CLEARNLP], ids=["ud", "clearnlp"])


@pytest.fixture(scope="module")
def vocab():
    return spacy.blank("en").vocab


@pytest.fixture
def read(toy_models, vocab):
    """A sentence, parsed as it stands in one of the tables."""
    return lambda scheme, name: toy_models.parsed(vocab, scheme[name])


def word(doc, text):
    return next(token for token in doc if token.text == text)


def phrase(token):
    """The noun phrase of a token as text; None for no token."""
    if token is None:
        return None
    start, end = grammar.noun_phrase(token)
    return token.doc[start:end].text


SUBJECTS = [
    ("report", "said", "Ada Brink"),
    ("report", "sails", "the ferry"),
    ("passive", "praised", None),
    ("passive", "was", None),
    ("chain", "got", "She"),
    ("chain", "had", "She"),
    ("chain", "refused", "She"),
    ("chain", "say", "She"),
    ("chain", "left", "She"),
    ("chain", "saying", "She"),
    ("asked", "asked", "They"),
    ("asked", "say", "the mayor"),
    ("relative", "slept", "The man"),
    ("relative", "said", "who"),
    ("participles", "saying", "A statement"),
    ("participles", "spoken", None),
    ("spoken", "spoken", None),
    ("according", "left", "who"),
    ("possessive", "spoke", "Brink ’s old aide"),
    ("quoted", "said", "Ada"),
    ("copula", "is", "Ada"),
    ("elected", "elected", None),
    ("elected", "said", "He"),
    ("report", "mayor", None),
    ("report", ".", None),
]


@SCHEMES
@pytest.mark.parametrize(("sentence", "verb", "subject"), SUBJECTS)
def test_who_does_it(read, scheme, sentence, verb, subject):
    assert phrase(grammar.subject_of(word(read(scheme, sentence), verb))) == subject


AGENTS = [
    ("passive", "praised", "the old mayor", "The plan"),
    ("passive", "was", "the old mayor", "The plan"),
    ("spoken", "spoken", "Ada Brink", None),
    ("participles", "spoken", None, None),
    ("elected", "elected", None, "He"),
    ("report", "said", None, None),
]


@SCHEMES
@pytest.mark.parametrize(("sentence", "verb", "agent", "patient"), AGENTS)
def test_who_it_is_done_by_and_to(read, scheme, sentence, verb, agent, patient):
    verb = word(read(scheme, sentence), verb)
    assert (phrase(grammar.agent_of(verb)), phrase(grammar.passive_subject_of(verb))) == (agent, patient)


@SCHEMES
@pytest.mark.parametrize(("sentence", "content"), [("report", "sails"), ("quoted", "sails"), ("copula", None)])
def test_what_is_said(read, scheme, sentence, content):
    doc = read(scheme, sentence)
    found = grammar.content_of(next((token for token in doc if token.text == "said"), doc[1]))
    assert (found.text if found is not None else None) == content


@SCHEMES
def test_what_stands_in_apposition_and_what_is_joined(read, scheme):
    doc = read(scheme, "report")
    assert [phrase(token) for token in grammar.appositions(grammar.subject_of(word(doc, "said")))] == [
        "the mayor of Tarn"
    ]
    doc = read(scheme, "passive")
    assert [phrase(token) for token in grammar.conjuncts(grammar.agent_of(word(doc, "praised")))] == ["Tom Roe"]
    doc = read(scheme, "chain")
    assert [token.text for token in grammar.conjuncts(word(doc, "got"))] == ["refused", "left"]


@SCHEMES
@pytest.mark.parametrize(
    ("sentence", "pronoun", "stands_for"),
    [("relative", "who", "The man"), ("according", "who", "Brink"), ("chain", "She", None)],
)
def test_what_a_relative_pronoun_stands_for(read, scheme, sentence, pronoun, stands_for):
    assert phrase(grammar.antecedent(word(read(scheme, sentence), pronoun))) == stands_for


@SCHEMES
@pytest.mark.parametrize(
    ("sentence", "noun", "preposition"),
    [
        ("according", "spokesman", "according"),
        ("according", "Brink", "for"),
        ("passive", "mayor", "by"),
        ("possessive", "Brink", None),
        ("report", "ferry", None),
    ],
)
def test_which_preposition_stands_before_a_noun(read, scheme, sentence, noun, preposition):
    found = grammar.preposition_of(word(read(scheme, sentence), noun))
    assert (found.text if found is not None else None) == preposition


@SCHEMES
@pytest.mark.parametrize(
    ("sentence", "head", "expected"),
    [
        ("according", "spokesman", "a spokesman for Brink"),
        ("according", "Brink", "Brink"),
        ("possessive", "Brink", "Brink"),
        ("copula", "mayor", "a mayor"),
        ("participles", "words", "words"),
        ("report", "said", "said"),
    ],
)
def test_which_words_are_one_noun_phrase(read, scheme, sentence, head, expected):
    assert phrase(word(read(scheme, sentence), head)) == expected


def test_a_noun_phrase_may_run_over_a_line_break(toy_models, vocab):
    doc = Doc(
        vocab,
        words=["the", "mayor", "\n", "of", "\n", "Tarn", "\n", "left"],
        heads=[1, 7, 1, 5, 3, 1, 5, 7],
        deps=["det", "nsubj", "dep", "case", "dep", "nmod", "dep", "ROOT"],
    )
    assert grammar.noun_phrase(doc[1]) == (0, 6)
    assert grammar.noun_phrase(doc[5]) == (5, 6)


def test_words_that_were_not_parsed_are_asked_in_vain(vocab):
    (token,) = Doc(vocab, words=["said"])
    assert not parsed(token)
    assert grammar.noun_phrase(token) == (0, 1)
    assert [grammar.subject_of(token), grammar.agent_of(token), grammar.content_of(token)] == [None] * 3
    assert [grammar.appositions(token), grammar.conjuncts(token)] == [[], []]
    assert grammar.relation(token) == ""


RELATIONS = {
    "nsubj": "subject",
    "nsubj:outer": "subject",
    "obl:never_heard_of": "oblique",
    "ROOT": "root",
    "nmod:poss": "possessive",
    "advcl:relcl": "adverbial clause",
    "dep": "",
    "": "",
}


@pytest.mark.parametrize(("label", "ours"), RELATIONS.items())
def test_labels_have_one_name_each(label, ours):
    assert relation(label) == ours


KINDS = {
    "PERSON": ("PERSON", "PER"),
    "ORG": ("ORG",),
    "PLACE": ("GPE", "LOC", "FAC", "PLACE"),
    "": ("NORP", "DATE", ""),
}


@pytest.mark.parametrize(("kind", "label"), [(kind, label) for kind, labels in KINDS.items() for label in labels])
def test_names_are_persons_organizations_or_places(kind, label):
    assert entity_kind(label) == kind
