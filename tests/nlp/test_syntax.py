"""The component that has a language model read a document, with two small models that know three sentences by heart."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.domain import Document
from indexer.nlp import grammar, model, pieces, syntax
from indexer.nlp.analysis import load
from indexer.nlp.labels import entity_kind
from indexer.nlp.marks import read_marks
from indexer.nlp.masking import masked_spans
from indexer.nlp.pipeline import build
from indexer.samples import articles

REPORT = "Ada Brink, the mayor of Tarn, said that the ferry sails."
PASSIVE = "The plan was praised by Tom Roe."
SHE = "She got up and said no."
QUOTED = "“The plan was praised by Tom Roe.”"
SCHEMES = pytest.mark.parametrize("scheme", ["ud", "clearnlp"])


@pytest.fixture(scope="module")
def pipelines(toys):
    return {scheme: build(model.load(str(toys / scheme))) for scheme in ("ud", "clearnlp")}


@pytest.fixture
def read(pipelines):
    """A text, read with one of the models; the component may be set up otherwise for this one text."""

    def annotate(text, scheme="ud", mask=None, **changes):
        nlp = pipelines[scheme]
        doc = nlp.get_pipe("quotation_finder")(nlp.make_doc(text))
        used = syntax.Syntax(nlp.get_pipe("syntax").model, pieces.Settings(**changes), mask)
        assert used(doc).text == text
        return doc

    return annotate


def rows(tokens):
    """Word, tag, relation and the head's place among these words; white space left out."""
    words = [token for token in tokens if not token.is_space]
    places = {token.i: place for place, token in enumerate(words)}
    return [(token.text, token.tag_, token.dep_, places[token.head.i]) for token in words]


def part(doc, text):
    """The tokens of a part of a doc."""
    start = doc.text.index(text)
    return doc.char_span(start, start + len(text))


@pytest.fixture
def known(toy_models, pipelines):
    """What a model says of its sentences, by their number."""
    vocab = spacy.blank("en").vocab
    return lambda number, scheme="ud": rows(toy_models.parsed(vocab, toy_models.SENTENCES[scheme][number]))


BREAKS = {
    "paragraphs": f"{REPORT}\n\n{QUOTED}\n\n{SHE}\n",
    "lines": f"{REPORT}\n{QUOTED}\n{SHE}",
    "carriage returns": f"{REPORT}\r\n\r\n{QUOTED}\r\n\r\n{SHE}\r\n",
    "white space everywhere": f" \n\t {REPORT}  \n\n \n\n{QUOTED}\n \u00a0\n   {SHE} \n\n",
    "wrapped": f"{REPORT}\n\n{QUOTED}\n\n{SHE}\n".replace(" of", "\nof").replace(" praised by", "\npraised\nby"),
    "spaces in a row": f"{REPORT}\n\n{QUOTED}\n\n{SHE}\n".replace("the mayor", "the   mayor"),
}


@SCHEMES
@pytest.mark.parametrize("text", BREAKS.values(), ids=BREAKS.keys())
def test_paragraphs_are_read_as_the_model_learned_to_read_sentences(read, known, text, scheme):
    doc = read(text, scheme)
    words = [token for token in doc if not token.is_space]
    report = next(i for i, token in enumerate(words) if token.text == "Ada")
    she = next(i for i, token in enumerate(words) if token.text == "She")
    assert rows(words[report : report + 14]) == known(0, scheme)
    assert rows(words[she : she + 7]) == known(2, scheme)
    assert all(syntax.parsed(token) for token in words)


@SCHEMES
def test_grammar_has_the_same_answers_with_either_scheme(read, scheme):
    doc = read(f"{REPORT}\n\n“No,” he answered.\n\n{SHE}", scheme)
    said, again = (token for token in doc if token.text == "said")
    subject = grammar.subject_of(said)
    assert [phrase(token) for token in (subject, *grammar.appositions(subject), grammar.subject_of(again))] == [
        "Ada Brink",
        "the mayor of Tarn",
        "She",
    ]
    praised = next(token for token in read(f"{PASSIVE}\n\n“No,” he said.", scheme) if token.text == "praised")
    assert phrase(grammar.agent_of(praised)) == "Tom Roe"


def phrase(token):
    start, end = grammar.noun_phrase(token)
    return token.doc[start:end].text


@SCHEMES
@pytest.mark.parametrize("text", BREAKS.values(), ids=BREAKS.keys())
def test_names_are_found_wherever_the_lines_break(read, text, scheme):
    found = [(" ".join(name.text.split()), entity_kind(name.label_)) for name in read(text, scheme).ents]
    assert ("Ada Brink", "PERSON") in found
    assert ("Tarn", "PLACE") in found


def test_a_name_may_run_over_a_line_break(read):
    wrapped = f"{REPORT}\n\n{PASSIVE}\n\n“No,” she said.".replace("Tarn, ", "Tarn,\n").replace("Tom ", "Tom\n")
    assert [name.text for name in read(wrapped, before=2).ents][2:] == ["Tom\nRoe"]


def test_white_space_hangs_on_the_word_before_it(read):
    doc = read(" \n" + BREAKS["wrapped"] + "\n \n")
    for token in doc:
        if token.is_space and token.i:
            assert token.head.i < token.i
            assert (token.dep_, token.pos_, token.tag_) == ("dep", "SPACE", "_SP")
            assert all(between.is_space for between in doc[token.head.i + 1 : token.i])
    assert not syntax.parsed(doc[0])


def test_every_paragraph_begins_a_sentence(read):
    doc = read(f"{REPORT}\n\n{QUOTED}\n\n{SHE}\n\n{SHE} {SHE}\n\n{SHE}\n")
    sentences = [sentence.text.strip() for sentence in doc.sents]
    assert sentences[0] == REPORT
    assert sentences[-3:] == [SHE, f"{SHE} {SHE}", SHE]


FAR = "\n\n".join([REPORT, SHE, "“No,” he said.", SHE, REPORT, REPORT])


def test_what_is_far_from_marks_is_searched_for_names_only(read):
    doc = read(FAR)
    parsed = [token.i for token in doc if syntax.parsed(token)]
    assert doc[parsed[0] : parsed[-1] + 1].text.split() == f"{SHE} “No,” he said. {SHE}".split()
    assert [name.text for name in doc.ents if name.label_ == "PER"] == ["Ada Brink"] * 3
    assert not part(doc, REPORT)[0].tag_
    counted = doc._.syntax
    assert (counted.parsed_paragraphs, counted.named_paragraphs, counted.skipped_paragraphs) == (3, 3, 0)
    assert (counted.parsed_words, counted.named_words, counted.skipped_words) == (7 + 7 + 7, 3 * 14, 0)


def test_what_is_far_from_marks_can_be_left_out(read):
    doc = read(FAR, names_elsewhere=False)
    assert {token.ent_iob_ for token in part(doc, REPORT)} == {""}
    assert (doc._.syntax.named_words, doc._.syntax.skipped_words) == (0, 3 * 14)


@pytest.mark.parametrize(("before", "after", "count"), [(0, 0, 1), (1, 0, 2), (0, 1, 2), (2, 1, 4), (9, 9, 6)])
def test_how_far_is_far_is_a_setting(read, before, after, count):
    assert read(FAR, before=before, after=after)._.syntax.parsed_paragraphs == count


def test_the_component_counts_over_all_documents(pipelines):
    used = syntax.Syntax(pipelines["ud"].get_pipe("syntax").model)
    for _ in range(2):
        doc = pipelines["ud"].make_doc(FAR)
        used(pipelines["ud"].get_pipe("quotation_finder")(doc))
    assert (used.coverage.parsed_words, used.coverage.named_words) == (2 * 21, 2 * 42)


@pytest.mark.parametrize("text", ["", " ", "\n\n", REPORT])
def test_a_document_without_marks_is_not_read(read, text):
    doc = read(text)
    assert not any(token.dep or token.tag or token.ent_iob for token in doc)
    assert doc._.syntax is None


def test_the_parse_of_another_pipeline_is_left_as_it_is(toys):
    nlp = spacy.load(toys / "clearnlp")
    for name in ("quotation_finder", "quote_attribution"):
        nlp.add_pipe(name)
    nlp.add_pipe("syntax", config={"model": str(toys / "ud")})
    doc = nlp(f"{REPORT} “No,” she said.")
    assert doc._.syntax is None
    assert [token.dep_ for token in doc[:14]] == [token.dep_ for token in spacy.load(toys / "clearnlp")(REPORT)]


def test_the_component_serves_a_pipeline_with_a_vocabulary_of_its_own(toys, tmp_path, known):
    nlp = spacy.blank("en")
    nlp.add_pipe("quotation_finder")
    nlp.add_pipe("syntax", config={"model": str(toys / "ud"), "after": 0})
    nlp.to_disk(tmp_path / "saved")
    for pipeline in (nlp, spacy.load(tmp_path / "saved")):
        doc = pipeline(f"{REPORT}\n\n{QUOTED}\n\n{SHE}")
        assert rows(doc[:14]) == known(0)
        assert (doc[12].lemma_, doc[12].pos_) == ("sail", "VERB")
        assert doc.ents[0].label_ == "PER"
        assert not syntax.parsed(doc[-1])


def test_without_a_model_nothing_is_read_and_nothing_predicted():
    nlp = spacy.blank("en")
    nlp.add_pipe("quotation_finder")
    component = nlp.add_pipe("syntax", config={"model": "none"})
    doc = nlp(QUOTED)
    assert not doc.has_annotation("DEP")
    with pytest.raises(ValueError, match="no language model"):
        component.predict(doc)


def test_prediction_leaves_the_doc_as_it_was(pipelines):
    nlp = pipelines["ud"]
    doc = nlp.get_pipe("quotation_finder")(nlp.make_doc(QUOTED))
    reading = nlp.get_pipe("syntax").predict(doc)
    assert not doc.has_annotation("DEP")
    assert reading.coverage.parsed_words == 10


LONG = f"{QUOTED} " + "Extraordinarily understandable representatives nevertheless remonstrated. " * 14_000


def test_a_paragraph_as_long_as_a_book_is_read_in_pieces(read, pipelines):
    assert len(LONG) > 1_000_000
    doc = read(LONG)
    made = pieces.plan(doc, pieces.Settings(), masks=False, names=True)
    assert max(len(piece.tokens) for piece in made.parsed) <= 400
    assert all(doc[piece.tokens[-1]].text in (".", "”") for piece in made.parsed)
    sizes = [sum(len(piece.tokens) for piece in batch) for batch in pieces.batches(made.parsed, 8_000)]
    assert max(sizes) <= 8_000
    assert sum(sizes) == doc._.syntax.parsed_words == sum(not token.is_space for token in doc)


def test_a_paragraph_without_any_full_stop_is_read_in_pieces_too(read):
    doc = read("“Yes,” " + "she said and " * 2_000, longest=50)
    assert len(pieces.plan(doc, pieces.Settings(longest=50), masks=False, names=True).parsed) > 100
    assert all(syntax.parsed(token) for token in doc if not token.is_space)


@pytest.mark.parametrize("longest", [1, 2, 3])
def test_pieces_of_next_to_nothing_are_no_error(read, longest):
    assert all(syntax.parsed(token) for token in read(f"{REPORT} {QUOTED}", longest=longest) if not token.is_space)


TEXTS = st.lists(
    st.sampled_from([REPORT, PASSIVE, SHE, QUOTED, "“", "”", "'", "\n", "\r\n", "\n\n", "\t", "Ada", "n't", "\ud800"])
    | st.text(max_size=3),
    max_size=12,
).map(" ".join)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, is_masked=st.booleans())
def test_any_text_is_read_and_kept(pipelines, text, is_masked):
    nlp = pipelines["ud"]
    doc = nlp.get_pipe("quotation_finder")(nlp.make_doc(text.replace("\ud800", "\ufffd")))
    loaded = nlp.get_pipe("syntax").model
    loaded = model.LanguageModel(loaded.nlp, "", "QUOTE" if is_masked else "")
    used = syntax.Syntax(loaded, pieces.Settings(before=99, after=99))
    words = [token for token in used(doc) if not token.is_space]
    assert all(syntax.parsed(token) or syntax.is_masked(token) or not doc._.marks for token in words)
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == doc.text if doc._.syntax else True


@pytest.fixture(scope="module")
def analysers(toys):
    return [load("none"), load(str(toys / "ud")), load(str(toys / "clearnlp"))]


@pytest.mark.parametrize("path", sorted(articles().iterdir()), ids=lambda path: path.name)
def test_every_model_leaves_the_quoted_words_where_they_stand(analysers, path):
    text = path.read_text(encoding="utf-8").replace("harbour", "har\ud800bour")
    found = [analyser.analyse(Document("d", text)) for analyser in analysers]
    for item in found[1] + found[2]:
        assert all(
            passage.text == text[passage.start : passage.end] for passage in (item, item.cue, item.mention) if passage
        )
    assert len({tuple((item.start, item.end) for item in items) for items in found}) == 1


MASKED = f"“We sail at nine, and we shall,” said Ada Brink. {SHE} “Yes,” he said. It was “a bad and sad day” for her."


def masking(pipelines, mask="QUOTE"):
    loaded = pipelines["ud"].get_pipe("syntax").model
    return model.LanguageModel(loaded.nlp, loaded.identity, mask)


@pytest.fixture
def read_masked(pipelines):
    def annotate(text, **settings):
        nlp = pipelines["ud"]
        doc = nlp.get_pipe("quotation_finder")(nlp.make_doc(text))
        return syntax.Syntax(masking(pipelines), **settings)(doc)

    return annotate


def test_a_model_that_was_trained_on_masked_quotations_does_not_see_their_words(read_masked):
    doc = read_masked(MASKED)
    hidden = [token.text for token in doc if syntax.is_masked(token)]
    assert hidden == "We sail at nine , and we shall ,".split()
    assert [token.text for token in doc if not syntax.parsed(token)] == hidden[1:]
    assert set(doc[1:10]) <= set(doc[1].subtree)
    assert doc._.syntax.masked_words == 9
    assert doc._.syntax.parsed_words == len(doc) - 8


def test_the_words_around_a_mask_are_read_as_if_it_were_one_word(read_masked, pipelines):
    doc = read_masked(MASKED)
    plain = spacy.tokens.Doc(doc.vocab, words=[token.text for token in doc if token.i not in range(2, 10)])
    plain = (
        pipelines["ud"]
        .get_pipe("syntax")
        .model.nlp(spacy.tokens.Doc(doc.vocab, words=["“", "QUOTE", *[token.text for token in plain[2:]]]))
    )
    outside = [token for token in doc if token.i not in range(2, 10)]
    places = {token.i: place for place, token in enumerate(outside)}
    assert [(t.dep_, t.tag_, places[t.head.i]) for t in outside] == [(t.dep_, t.tag_, t.head.i) for t in plain]


def test_names_inside_masked_words_are_not_looked_for(read_masked):
    doc = read_masked(f"“{REPORT}” said Tom Roe.")
    assert [name.text for name in doc.ents] == ["Tom Roe"]


def test_masking_can_be_switched_off(read_masked):
    doc = read_masked(MASKED, mask=False)
    assert not any(map(syntax.is_masked, doc))
    assert all(map(syntax.parsed, doc))


def test_a_model_that_was_not_sees_every_word(read):
    assert not any(map(syntax.is_masked, read(MASKED, mask=True)))


def test_masked_words_may_run_over_paragraphs(read_masked):
    doc = read_masked("She said: “We sail at nine.\n\n“And we shall be there.”\n\nThat was all.")
    hidden = "".join(token.text_with_ws for token in doc if syntax.is_masked(token))
    assert hidden == "We sail at nine.And we shall be there."
    assert all(syntax.parsed(token) or syntax.is_masked(token) for token in doc)


LOOKS = [
    ("“We sail at nine,” she said.", True),
    ("“We sail at nine today”, she said.", True),
    ("She said, “and so we shall be.”", True),
    ("She said “we shall all be there.” Then she left.", False),
    ("It was “a sad and bad day” for her.", False),
    ("The film “Gone With The Wind” was shown.", False),
    ("“We sail,” she said.", False),
    ("> We sail at nine today", True),
]


@pytest.mark.parametrize(("text", "is_hidden"), LOOKS)
def test_what_looks_like_speech_of_its_own(text, is_hidden):
    assert bool(masked_spans(text, read_marks(text), 4)) == is_hidden
