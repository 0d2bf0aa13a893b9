"""Our figures equal those of the independent scorer, where that is at hand, on whatever is predicted."""

from __future__ import annotations

import importlib.util
import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.evaluation.gold import read_gold
from indexer.evaluation.metrics import Prediction, score
from indexer.evaluation.mistakes import mistakes
from indexer.evaluation.report import Report, evaluate
from indexer.nlp import analysis

NAMES = ["Ada Roe", "President Ada Roe", "ADA ROE’s", "Roe", "Li Wei", "the Kremlin", "Müller", "…", "", None]
TEXTS = st.text(alphabet="ab “”.,", min_size=1, max_size=40)
SHARED = (
    "documents",
    "gold_quotations",
    "quotation",
    "mention",
    "speaker",
    "full_name",
    "end_to_end",
    "by_kind",
    "bad_offsets",
    "unknown_documents",
)
SLOW_FIXTURES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(scope="module")
def scorer(root):
    """The scorer's function: (gold records, predicted records) -> (figures, mistakes)."""
    path = root / os.environ.get("QUOTES_SCORER", "../shared/tools/score.py")
    if not path.is_file():
        pytest.skip(f"no scorer at {path}: set QUOTES_SCORER to it")
    spec = importlib.util.spec_from_file_location("independent_scorer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score


def figures_of(scorer, gold, predicted):
    """The scorer's figures and mistakes; with the zeros that it leaves out by kind, and None for an empty name."""
    figures, wrong = scorer(gold, predicted)
    zeros = {"n": 0, "found": 0, "speaker_ok": 0}
    figures["by_kind"] = {kind: zeros | counts for kind, counts in figures["by_kind"].items()}
    return figures, [(*mistake[:4], mistake[4] or None) for mistake in wrong]


def ours(path, predicted):
    predictions = {}
    for item in predicted:
        mention = item["mention"] and (item["mention"]["start"], item["mention"]["end"])
        prediction = Prediction(item["start"], item["end"], item["speaker"], mention)
        predictions.setdefault(item["document"], []).append(prediction)
    scores = score(read_gold(path), predictions)
    found = [(m.what, m.document, m.text, m.predicted, m.gold) for m in mistakes(scores.judged)]
    return shared(Report(scores)), found


def shared(report):
    """Those of our figures that the scorer has too."""
    figures = report.as_dict()
    return {key: figures[key] for key in SHARED}


def span_within(length):
    return st.tuples(st.integers(0, length - 1), st.integers(1, length)).filter(lambda span: span[0] < span[1])


@st.composite
def gold_documents(draw, id):
    text = draw(TEXTS)
    spans = span_within(len(text))
    quotations = []
    for start, end in draw(st.lists(spans, max_size=4)):
        item = {"start": start, "end": end, "decision": draw(st.sampled_from(["quotation", "term", "ambiguous"]))}
        if item["decision"] == "quotation":
            item |= {"kind": draw(st.sampled_from(["direct", "mixed"])), "speaker": draw(st.sampled_from(NAMES))}
            item |= {"aliases": draw(st.lists(st.sampled_from(NAMES[:-1]), max_size=2))}
            item |= {"mentions": [list(span) for span in draw(st.lists(spans, max_size=2))]}
        quotations.append(item)
    return {"id": id, "text": text, "quotations": quotations}


@st.composite
def perturbed(draw, gold):
    """Predictions near what gold says: moved, dropped, doubled, misnamed, out of bounds, for no document."""
    predicted = []
    near = st.integers(-3, 3)
    for document in gold:
        items = document["quotations"] or [{"start": 0, "end": 1}]
        for item in draw(st.lists(st.sampled_from(items), max_size=8)):
            names = [*NAMES, item.get("speaker"), *item.get("aliases", [])]
            mention = draw(st.sampled_from([None, *item.get("mentions", [])]))
            predicted.append(
                {
                    "document": draw(st.sampled_from([document["id"]] * 9 + ["unknown"])),
                    "start": item["start"] + draw(near),
                    "end": item["end"] + draw(near),
                    "speaker": draw(st.sampled_from(names)),
                    "mention": mention and {"start": mention[0] + draw(near), "end": mention[1] + draw(near)},
                }
            )
    return predicted


@SLOW_FIXTURES
@given(data=st.data())
def test_figures_and_mistakes_agree_on_made_up_documents(data, scorer, tmp_path):
    gold = [data.draw(gold_documents(id)) for id in ("a", "b")]
    predicted = data.draw(perturbed(gold))
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    assert ours(path, predicted) == figures_of(scorer, gold, predicted)


@SLOW_FIXTURES
@given(data=st.data())
def test_figures_and_mistakes_agree_on_the_samples(data, scorer, samples):
    path = samples / "gold.jsonl"
    gold = records(path)
    predicted = data.draw(perturbed(gold))
    assert ours(path, predicted) == figures_of(scorer, gold, predicted)


def test_the_report_agrees_on_what_the_analysis_finds_in_the_samples(scorer, samples):
    path = samples / "gold.jsonl"
    analyser = analysis.load()
    found = [(gold.document, a) for gold in read_gold(path) for a in analyser.analyse(gold.document)]
    printed = [a.as_record(document.id) for document, a in found if a.is_attributed_quotation]
    report = evaluate(path)
    assert shared(report) == figures_of(scorer, records(path), printed)[0]
    assert report.scores.found > 0


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
