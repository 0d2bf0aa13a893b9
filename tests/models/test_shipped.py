"""The language model that ships: it is whole, small, and reads what reporting prose is made of."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from indexer.errors import ModelError
from indexer.nlp import model as models
from indexer.nlp.model_files import damage, write_sums

FLOORS_FILE = Path(__file__).with_name("floors.json")
FLOORS = json.loads(FLOORS_FILE.read_text(encoding="utf-8"))
AGAIN = "Install it again."
READ = (
    ("Mayor Ada Brink said on Tuesday that the ferry would sail again.", "Brink<said", "Ada Brink/PERSON"),
    ("The plan was praised by Tom Roe, a councillor from Tarn.", "Roe>praised", "Tom Roe/PERSON Tarn/PLACE"),
    ("“It will sail,” Nils Aldermoor told reporters outside.", "Aldermoor<told", "Nils Aldermoor/PERSON"),
    ("“The bridge is old,” said Walter Prynne, who runs the bakery.", "Prynne<said", "Walter Prynne/PERSON"),
    ("The company, Norvik Shipping, announced that it had sold the yard.", "company<announced", "Norvik Shipping/ORG"),
    ("Joan Pettifer, the harbour master, added that she was tired.", "Pettifer<added", "Joan Pettifer/PERSON"),
    ("In a statement, the Foreign Office called the vote a mistake.", "Office<called", "Foreign Office/ORG"),
    ("She told the BBC that she had never met Samuel Dray.", "She<told", "BBC/ORG Samuel Dray/PERSON"),
    ("Asked about the delay, Kezia Bright replied that it was late.", "Bright<replied", "Kezia Bright/PERSON"),
    ("“Nobody asked us,” the minister said.", "minister<said", ""),
    ("President Milan Dragosh wrote that it had kept its word.", "Dragosh<wrote", "Milan Dragosh/PERSON"),
    ("Police in Dover said two men had been arrested.", "Police<said", "Dover/PLACE"),
    ("Dr. Ana Lund argues in her book that cities forget.", "Lund<argues", "Ana Lund/PERSON"),
    ("When he arrived in Lagos, Piotr Nowak warned of a strike.", "Nowak<warned", "Lagos/PLACE Piotr Nowak/PERSON"),
    ("The report, published in June, states that one in four goes hungry.", "report<states", ""),
    ("Researchers at Daiko Motors believe that the engine is safe.", "Researchers<believe", "Daiko Motors/ORG"),
    ("According to Mei Sato, the wall held.", "wall<held", "Mei Sato/PERSON"),
    ("The market, Ines Okafor complained, was empty.", "Okafor<complained", "Ines Okafor/PERSON"),
)
"""A sentence; its subject before `<` (an agent: `>`) and the verb, the subject by its last name; the names in it."""


@pytest.fixture(scope="session")
def language_model(shipped_model):
    return models.load(models.SHIPPED)


@pytest.fixture
def copied(shipped_model, tmp_path, monkeypatch):
    """A copy that stands in the place of the model that ships, and may be harmed."""
    monkeypatch.setattr(models, "_models", lambda: tmp_path)
    return Path(shutil.copytree(shipped_model, tmp_path / models.SHIPPED))


def refusal():
    with pytest.raises(ModelError) as refused:
        models.load(models.SHIPPED)
    return refused.value.problem, refused.value.hint


def changed_meta(folder, **changes):
    """Change what meta.json says, and the digests with it: a release that was made so."""
    path = folder / "meta.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")
    write_sums(folder)


# --- that it is whole ---


def test_all_that_ships_is_at_most_20_megabytes(shipped_model):
    files = [path for path in shipped_model.parent.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) <= 20_000_000


def test_the_files_are_those_of_the_digests(shipped_model):
    assert damage(shipped_model, must_have_sums=True) == ""


@pytest.mark.parametrize("name", ["tok2vec/model", "parser/model", "vocab/vectors", "meta.json"])
def test_one_byte_that_is_another_is_told(copied, name):
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)
    assert refusal() == (f"en_quotes: damaged: {name} was altered", AGAIN)


def test_one_of_another_spacy_is_told(copied):
    changed_meta(copied, spacy_version=">=4.0,<4.1")
    problem, hint = refusal()
    assert problem.startswith("en_quotes: made for spaCy >=4.0,<4.1, and this is ")
    assert hint == "Get the release of it that was made for this spaCy."


def test_one_that_is_not_english_is_told(copied):
    changed_meta(copied, lang="de")
    assert refusal()[0] == "en_quotes: not a pipeline for English but for 'de'"


def test_its_meta_tells_how_it_was_made(shipped_model):
    meta = json.loads((shipped_model / "meta.json").read_text(encoding="utf-8"))
    training = meta["training"]
    assert meta["license"] == "CC BY-SA 4.0"
    assert isinstance(training["recipe"]["fit"]["seed"], int)
    assert {"spacy", "thinc", "numpy"} <= training["libraries"].keys()
    assert {len(digest) for digest in training["corpora"].values()} == {64}
    read = {"ud-ewt/test.conllu", "gum/test.conllu", "ud-pud/pud.conllu", "uner-ewt/test.iob2"} & set(
        training["corpora"]
    )
    assert read == set(), "what it is measured on"


# --- what it reads ---


def test_it_has_every_part(language_model):
    assert language_model.nlp.pipe_names == ["tok2vec", "tagger", "parser", "ner", "attribute_ruler", "lemmatizer"]
    assert set(language_model.nlp.get_pipe("ner").labels) == {"PERSON", "ORG", "PLACE"}
    assert language_model.mask


def subject_is_found(doc, expected):
    """True where the subject (or agent) of the verb is the word, or a name that ends with it."""
    relation = "nsubj" if "<" in expected else "obl:agent"
    word, verb = expected.replace(">", "<").split("<")
    for token in doc:
        if token.dep_.startswith(relation) and token.head.text == verb:
            flat = [token, *(child for child in token.children if child.dep_ in {"flat", "compound"})]
            return word in {each.text for each in flat}
    return False


def test_nine_of_ten_subjects_of_reporting_verbs_are_found(language_model):
    docs = language_model.read([language_model.nlp.make_doc(text) for text, _, _ in READ], [])
    missed = [text for doc, (text, subject, _) in zip(docs, READ, strict=True) if not subject_is_found(doc, subject)]
    assert len(missed) <= len(READ) / 10, missed


def test_nine_of_ten_names_are_found(language_model):
    docs = language_model.read([language_model.nlp.make_doc(text) for text, _, _ in READ], [])
    found = [{f"{name.text}/{name.label_}" for name in doc.ents} for doc in docs]
    expected = [_names(names) for _, _, names in READ]
    right = sum(len(ours & theirs) for ours, theirs in zip(found, expected, strict=True))
    assert right >= 0.9 * sum(map(len, expected)), found
    assert right >= 0.9 * sum(map(len, found)), found


def _names(told):
    """“Ada Brink/PERSON Tarn/PLACE” as two names."""
    names, words = set(), []
    for word in told.split():
        words.append(word)
        if "/" in word:
            names.add(" ".join(words))
            words = []
    return names


def test_sentences_end_where_they_end(language_model):
    text = (
        "Dr. Ana Lund did not answer. Later her office said that she was ill. The U.S. embassy in Lagos closed at "
        "4.30 p.m. on Friday. Did anyone ask? Nobody did."
    )
    sentences = [sentence.text for sentence in language_model.nlp(text).sents]
    assert len(sentences) == 5, sentences


def test_a_masked_quotation_leaves_its_verb_with_its_subject(language_model):
    mask = language_model.mask
    (doc,) = language_model.read([language_model.nlp.make_doc(f"“{mask},” Mayor Ada Brink told the council.")], [])
    assert subject_is_found(doc, "Brink<told")
    assert [name.text for name in doc.ents] == ["Ada Brink"]


def test_the_same_text_is_read_the_same_in_any_company(language_model):
    def reading(doc):
        return [(token.tag_, token.dep_, token.head.i, token.ent_type_, token.lemma_) for token in doc]

    texts = [text for text, _, _ in READ]
    together = language_model.read([language_model.nlp.make_doc(text) for text in texts], [])
    alone = [language_model.read([language_model.nlp.make_doc(text)], [])[0] for text in texts]
    assert [reading(doc) for doc in together] == [reading(doc) for doc in alone]


# --- how well ---


@pytest.mark.parametrize("name", FLOORS)
def test_no_score_is_below_its_floor(shipped_scores, name):
    scores = next(scores for row, scores in shipped_scores if row == name)
    figures = {key: getattr(scores, key) for key in FLOORS[name]}
    below = {key: value for key, value in figures.items() if value is None or value < FLOORS[name][key]}
    assert below == {}, f"below the floor of {FLOORS[name]}"


def test_a_floor_may_only_rise(root):
    path = FLOORS_FILE.relative_to(root).as_posix()
    if not (root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("no git history here to compare the floors with")
    commits = git(root, "log", "--format=%H", "--", path).split()
    earlier = [json.loads(git(root, "show", f"{commit}:{path}")) for commit in commits]
    assert [
        f"{name} {key}: {floor} before"
        for before in earlier
        for name, floors in before.items()
        for key, floor in floors.items()
        if FLOORS.get(name, {}).get(key, 0) < floor
    ] == []


def git(root, *arguments):
    return subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=True).stdout
