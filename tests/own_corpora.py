"""Thirty sentences of our own, laid out as the corpora are that a language model is made from, and a tiny recipe."""

from __future__ import annotations

from pathlib import Path

from spacy.util import load_config

from indexer.training import corpora, recipe

PATTERNS = (
    "“/“/``/5/punct The/the/DT/3/det {noun}/{noun}/NN/5/nsubj is/be/VBZ/5/cop {adj}/{adj}/JJ/0/root ,/,/,/8/punct "
    "”/”/''/5/punct said/say/VBD/5/parataxis {first}/{first}/NNP/8/nsubj/B-PER {last}/{last}/NNP/9/flat/I-PER "
    "./././5/punct",
    "{first}/{first}/NNP/3/nsubj/B-PER {last}/{last}/NNP/1/flat/I-PER said/say/VBD/0/root that/that/IN/8/mark "
    "the/the/DT/6/det {noun}/{noun}/NN/8/nsubj was/be/VBD/8/cop {adj}/{adj}/JJ/3/ccomp ./././3/punct",
    "The/the/DT/2/det {noun}/{noun}/NN/5/nsubj of/of/IN/4/case {place}/{place}/NNP/2/nmod/B-LOC stayed/stay/VBD/0/root "
    "{adj}/{adj}/JJ/5/xcomp ./././5/punct",
    "She/she/PRP/4/nsubj did/do/VBD/4/aux n't/not/RB/4/advmod sell/sell/VB/0/root the/the/DT/6/det "
    "{noun}/{noun}/NN/4/obj ./././4/punct",
    "{org}/{org}/NNP/2/nsubj/B-ORG bought/buy/VBD/0/root the/the/DT/4/det {noun}/{noun}/NN/2/obj in/in/IN/6/case "
    "{place}/{place}/NNP/2/obl/B-LOC ./././2/punct",
    "The/the/DT/2/det children/child/NNS/3/nsubj watched/watch/VBD/0/root {first}/{first}/NNP/3/obj/B-PER "
    "{last}/{last}/NNP/4/flat/I-PER ./././3/punct",
)
"""form/lemma/tag/head/relation/name, heads counted from 1; `didn't` is a contraction of two words."""
FILLED = (
    {"first": "Ana", "last": "Lund", "noun": "ferry", "adj": "slow", "place": "Oslo", "org": "Norvik"},
    {"first": "Piotr", "last": "Nowak", "noun": "bridge", "adj": "old", "place": "Tarn", "org": "Hexham"},
    {"first": "Ines", "last": "Okafor", "noun": "market", "adj": "shut", "place": "Lagos", "org": "Brightco"},
    {"first": "Tom", "last": "Roe", "noun": "school", "adj": "empty", "place": "Dover", "org": "Pellworks"},
    {"first": "Mei", "last": "Sato", "noun": "harbour", "adj": "full", "place": "Kobe", "org": "Daiko"},
)
PARTS_OF_SPEECH = {"``": "PUNCT", "''": "PUNCT", ",": "PUNCT", ".": "PUNCT", "DT": "DET", "IN": "ADP", "JJ": "ADJ"}
PARTS_OF_SPEECH |= {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "PRP": "PRON", "RB": "PART"}
KINDS = {"PER": "person", "LOC": "place", "ORG": "organization"}
TINY = {
    "components.tok2vec.model.width": 32,
    "components.tok2vec.model.depth": 2,
    "components.tok2vec.model.embed_size": 400,
    "components.parser.min_action_freq": 1,
}
"""What the tiny pipeline has otherwise than the plain one."""
RECIPE = """\
name = "tiny"
version = "0.0.1"
pipeline = "tiny.cfg"
corpora = "corpora.tsv"

[shares]
wikigold = 0.5

[augment]
mask = 0.1
apostrophes = 0.1

[fit]
steps = 60
batch = 120
rate = 0.01
warmup = 5
dropout = 0.0
every = 20
"""

Sentence = list[list[str]]
"""For each word its form, lemma, tag, head, relation and, where it is in one, its name."""


def sentences() -> list[Sentence]:
    """All of them: each pattern for each of the people."""
    return [[word.split("/") for word in row.format(**words).split()] for words in FILLED for row in PATTERNS]


def write(folder: Path) -> Path:
    """Write every file that the recipe reads, their list `corpora.tsv` and the recipe `tiny.toml`."""
    ewt, gum, pud = (
        "".join(_conllu(i, each, name) for i, each in enumerate(sentences())) for name in ("ewt", "gum", "pud")
    )
    texts = {f"ud-ewt/{part}.conllu": ewt for part in ("train", "dev", "test")}
    texts |= {f"gum/{part}.conllu": gum for part in ("train", "dev", "test")}
    texts |= {f"uner-ewt/{part}.iob2": _iob2() for part in ("dev", "test")}
    texts |= {"ud-pud/pud.conllu": pud, "ud-pud/pud.iob2": _iob2(), "wikigold/wikigold.conll": _wikigold()}
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    uses = {each.path: each.use for each in corpora.manifest()}
    rows = (f"{path}\t{corpora.digest(folder / path)}\t{uses[path]}\n" for path in texts)
    (folder / "corpora.tsv").write_text("path\tsha256\tuse\n" + "".join(rows), "utf-8")
    load_config(Path(recipe.__file__).parent / "recipes" / "plain.cfg", overrides=TINY).to_disk(folder / "tiny.cfg")
    (folder / "tiny.toml").write_text(RECIPE, "utf-8")
    return folder


def _conllu(number: int, sentence: Sentence, source: str) -> str:
    """One sentence, the first or the second of a paragraph, with the notes of the corpus it pretends to be from."""
    identities = {"ewt": f"weblog-own-{number}", "gum": f"GUM_{_genre(number)}_own-{number}", "pud": f"n{number:05}"}
    lines = ["# newpar"] if number % 2 == 0 else []
    lines.append(f"# sent_id = {identities[source]}")
    for i, word in enumerate(sentence, start=1):
        form, lemma, tag, head, relation, *_ = word
        if sentence[min(i, len(sentence) - 1)][0] == "n't":
            lines.append(f"{i}-{i + 1}\t{form}n't" + "\t_" * 8)
        notes = [*(_entity(sentence, i - 1) if source == "gum" else ()), *_glued(sentence, i - 1)]
        pos = "AUX" if lemma in ("be", "do") else PARTS_OF_SPEECH.get(tag, "VERB")
        lines.append("\t".join([str(i), form, lemma, pos, tag, "_", head, relation, "_", "|".join(notes) or "_"]))
    return "\n".join(lines) + "\n\n"


def _genre(number: int) -> str:
    return "news" if number < 20 else "court"


def _glued(sentence: Sentence, i: int) -> list[str]:
    """The note that no space follows a word."""
    following = sentence[i + 1][0] if i + 1 < len(sentence) else ""
    return ["SpaceAfter=No"] if sentence[i][0] == "“" or following in (",", ".", "”", "n't") else []


def _entity(sentence: Sentence, i: int) -> list[str]:
    """The note of GUM that a name begins or ends here."""
    name = _name(sentence, i)
    if not name:
        return []
    ends = not _name(sentence, i + 1).startswith("I-")
    opened = f"({i + 1}-{KINDS[name[2:]]}-new-cf1-1-sgl" if name.startswith("B-") else ""
    closed = ")" if opened else f"{i})"
    return [f"Entity={opened}{closed if ends else ''}"]


def _name(sentence: Sentence, i: int) -> str:
    return sentence[i][5] if i < len(sentence) and len(sentence[i]) > 5 else ""


def _iob2() -> str:
    """The names as Universal NER writes them."""
    rows = (
        "".join(f"{i}\t{word[0]}\t{_name(each, i - 1) or 'O'}\t-\t-\n" for i, word in enumerate(each, start=1))
        for each in sentences()
    )
    return "\n".join(rows)


def _wikigold() -> str:
    """The names as Wikigold writes them: a name begins with I- too."""
    rows = (
        "".join(f"{word[0]} {_name(each, i).replace('B-', 'I-') or 'O'}\n" for i, word in enumerate(each))
        for each in sentences()
    )
    return "-DOCSTART- O\n\n" + "\n".join(rows)
