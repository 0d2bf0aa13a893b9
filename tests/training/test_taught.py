"""A training with a teacher, as a whole, on a pretrained encoder of random weights. Needs the extra `train`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from indexer.errors import UsageError
from indexer.training import corpora, recipe
from tests.own_corpora import sentences

torch = pytest.importorskip("torch", reason="a teacher needs the extra `train`")
tokenizers = pytest.importorskip("tokenizers", reason="a teacher needs the extra `train`")
transformers = pytest.importorskip("transformers", reason="a teacher needs the extra `train`")

TAUGHT = """
encoder = "{encoder}"

[teacher]
epochs = 3
batch = 400
encoder_rate = 2e-3
head_rate = 1e-2

[namers]
epochs = 2
batch = 400
seeds = [1, 2]

[namers.shares]
uner = 2
wikigold = 1

[namers.augment]
mask = 0.0
lower = 0.2

[vectors]
count = 60
width = 8

[distil]
epochs = 2
batch = 400
"""


def encoder(folder: Path) -> Path:
    """A BERT of three layers with a piece for every word of our sentences, of random weights."""
    words = sorted({word[0].lower() for sentence in sentences() for word in sentence})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    folder.mkdir()
    ids = {piece: i for i, piece in enumerate(pieces)}
    tokenizers.BertWordPieceTokenizer(vocab=ids).save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer"}', "utf-8")
    torch.manual_seed(1)
    sizes = {"hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 64}
    transformers.BertModel(transformers.BertConfig(vocab_size=len(pieces), **sizes)).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def taught(own_corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpora and the recipe, with articles for the teacher to read, and an encoder to start from."""
    folder = tmp_path_factory.mktemp("taught")
    for path in own_corpora.rglob("*"):
        if path.is_file():
            (folder / path.relative_to(own_corpora)).parent.mkdir(parents=True, exist_ok=True)
            (folder / path.relative_to(own_corpora)).write_bytes(path.read_bytes())
    text = "\n\n".join(" ".join(word[0] for word in sentence) for sentence in sentences())
    (folder / "polnear").mkdir()
    (folder / "polnear/train.jsonl").write_text(json.dumps({"text": text}) + "\n", "utf-8")
    with (folder / "corpora.tsv").open("a", encoding="utf-8") as rows:
        rows.write(f"polnear/train.jsonl\t{corpora.digest(folder / 'polnear/train.jsonl')}\tread\n")
    plan = (folder / "tiny.toml").read_text("utf-8")
    head, shares = plan.split("\n\n", 1)
    told = TAUGHT.format(encoder=encoder(folder / "encoder"))
    line, sections = told.strip().split("\n\n", 1)
    (folder / "tiny.toml").write_text(f"{head}\n{line}\n\n{sections}\n\n{shares}", "utf-8")
    pipeline = (folder / "tiny.cfg").read_text("utf-8")
    assert "pretrained_vectors = null" in pipeline
    pipeline = pipeline.replace("pretrained_vectors = null", "pretrained_vectors = true")
    (folder / "tiny.cfg").write_text(pipeline, "utf-8")
    return folder


def test_a_pipeline_is_taught_and_its_stages_are_not_run_again(taught: Path, tmp_path: Path) -> None:
    lines: list[str] = []
    out = recipe.train(taught, tmp_path / "out", recipe=str(taught / "tiny.toml"), report=lines.append)
    stages = [line.split(":")[0] for line in lines]
    assert [stages.count(name) for name in ("teacher", "namer", "the teacher read", "written")] == [3, 4, 1, 1]
    nlp = spacy.load(out)
    doc = nlp(Doc(nlp.vocab, words="“ The bridge is old , ” said Piotr Nowak .".split()))
    assert [token.tag_ for token in doc[7:10]] == ["VBD", "NNP", "NNP"]
    assert doc[8].dep_ == "nsubj"
    assert nlp.vocab.vectors.shape == (60, 8)
    assert nlp.vocab.vectors.find(key="bridge") >= 0

    for path in sorted(out.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    out.rmdir()
    again: list[str] = []
    recipe.train(taught, out, recipe=str(taught / "tiny.toml"), resume=True, report=again.append)
    assert not any(line.startswith(("teacher", "namer", "distil")) for line in again)
    assert (out / "meta.json").is_file()


def test_an_encoder_that_is_not_there(taught: Path, tmp_path: Path) -> None:
    text = (taught / "tiny.toml").read_text("utf-8")
    named = str(taught / "encoder")
    (taught / "other.toml").write_text(text.replace(named, "no_such_encoder"), "utf-8")
    with pytest.raises(UsageError, match="no_such_encoder: no pretrained encoder"):
        recipe.train(taught, tmp_path / "none", recipe=str(taught / "other.toml"))
