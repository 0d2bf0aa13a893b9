"""Fits what tells quotations from terms, what chooses the mention of each, and what says how sure the attribution is.

`quotes model attribution GOLD` writes the networks into `indexer/nlp/weights`. The confidence is fitted on what
choosers say of articles that they were not fitted on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Span as Words

from indexer.evaluation.matching import is_right
from indexer.nlp import confidence, ranker, rules, terms
from indexer.nlp.analysis import Analyser, load
from indexer.nlp.attributor import Attributor
from indexer.nlp.candidates import Candidate, Candidates
from indexer.nlp.confidence import Judge
from indexer.nlp.context import Context, Previous
from indexer.nlp.features import Describer, Features
from indexer.nlp.model import NONE, SHIPPED
from indexer.nlp.narrative import Narrative, Place
from indexer.nlp.network import Network
from indexer.nlp.network import folder as networks_folder
from indexer.nlp.terms import Terms
from indexer.training import examples
from indexer.training.articles import own_articles
from indexer.training.corpora import digest
from indexer.training.examples import Answer, Example, patterns
from indexer.training.networks import Choice, Settings, fit, true_or_false

FOLDS = 10
MENTIONS = Settings(hidden=24, epochs=8)
TERMS = Settings(hidden=12, epochs=12, decay=3e-3)
CONFIDENCE = Settings(hidden=6, epochs=12, decay=1e-2, dropout=0.1)
OF_NOBODY = 1.0
"""How much an attribution in one of our own sentences counts that should have named nobody."""
Progress = Callable[[str], None]


@dataclass(slots=True)
class Fitted:
    """The networks by name, and what the confidence was fitted on: part, features, right, of each attribution.

    `judged`: the confidence that a network fitted on the other parts gives each of them, and whether it is right.
    """

    networks: dict[str, Network]
    seen: list[tuple[int, Features, bool]]
    judged: list[tuple[float, bool]]


def train(gold: Path, annotations: Path | None, report: Progress = lambda line: None) -> Fitted:
    """Fit on a gold file, and on annotated articles beside it; write the networks into the package.

    Articles are read with the language model that ships and without any, so that both are learned. Raises GoldError,
    ModelError and CorpusError.
    """
    decided = [*examples.decided(gold), *map(examples.of_gold, own_articles())]
    others = examples.annotated(annotations, [example.document.id for example in decided]) if annotations else []
    fitted = fit_attribution(decided, others, [load(SHIPPED), load(NONE)], report)
    right = sum(is_it for _, is_it in fitted.judged) / len(fitted.judged)
    head = "\n".join(
        [
            "A network of nlp/network.py: on each line a feature, its weight in the score, those in the hidden units.",
            "Origin: fitted by `quotes model attribution` on articles and sentences of our own (training/articles,",
            "training/patterns.txt) and",
            *(f"{path.name} (SHA-256 {digest(path)})" for path in (gold, annotations) if path is not None),
            f"By cross-validation {right:.1%} of {len(fitted.judged):,} attributions are right in words and speaker.",
        ]
    )
    for name, network in fitted.networks.items():
        (networks_folder() / f"{name}.tsv").write_text(network.text(head), encoding="utf-8")
    return fitted


def fit_attribution(
    decided: Sequence[Example],
    annotated: Sequence[Example],
    analysers: Sequence[Analyser],
    progress: Progress = lambda line: None,
) -> Fitted:
    """The networks, fitted on articles as each analyser reads them: with a language model, and without.

    `decided`: articles whose every span was decided by hand; `annotated`: others, for the mentions alone.
    """
    choices = {
        id(example): [choice for analyser in analysers for choice in choices_of(example, analyser)]
        for example in (*decided, *annotated)
    }
    progress(f"mentions: {sum(map(len, choices.values())):,} quotations of {len(choices):,} articles")
    others = [choice for example in annotated for choice in choices[id(example)]]
    others += [choice for example in patterns() for analyser in analysers for choice in choices_of(example, analyser)]

    def chooser(examples: Sequence[Example]) -> Network:
        return fit([*(choice for example in examples for choice in choices[id(example)]), *others], MENTIONS)

    spans = {
        id(example): [span for analyser in analysers for span in spans_of(example, analyser)] for example in decided
    }

    def networks(examples: Sequence[Example]) -> dict[str, Network]:
        marked = [span for example in examples for span in spans[id(example)]]
        return {ranker.NETWORK: chooser(examples), terms.NETWORK: fit(marked, TERMS)}

    seen: list[tuple[int, Features, bool]] = []
    for number in range(FOLDS):
        left = [example for example in decided if example.fold(FOLDS) == number]
        fitted = networks([example for example in decided if example.fold(FOLDS) != number])
        for analyser in analysers:
            seen += [(number, *one) for example in left for one in judged(example, analyser, fitted)]
        progress(f"part {number + 1} of {FOLDS}")
    fitted = networks(decided)
    nobody = [one for example in patterns() for analyser in analysers for one in _of_nobody(example, analyser, fitted)]
    fitted[confidence.NETWORK] = judge([one[1:] for one in seen], nobody)
    return Fitted(fitted, seen, list(_validated(seen, nobody)))


def _of_nobody(example: Example, analyser: Analyser, networks: dict[str, Network]) -> Iterator[Features]:
    """The features of the attributions in one of our own sentences, where nobody speaks it."""
    length = len(example.document.text)
    answer = example.answer(0, length)
    if answer is not None and not answer.mentions:
        yield from (features for features, _ in judged(example, analyser, networks))


def _validated(seen: Sequence[tuple[int, Features, bool]], nobody: Sequence[Features]) -> Iterator[tuple[float, bool]]:
    """The confidence that each attribution gets from a network fitted on the other parts."""
    for number in range(FOLDS):
        network = judge([(features, right) for fold, features, right in seen if fold != number], nobody)
        yield from ((network.probability(features), right) for fold, features, right in seen if fold == number)


def judge(seen: Sequence[tuple[Features, bool]], nobody: Sequence[Features] = ()) -> Network:
    """The network for the confidence, from the features of attributions and whether each is right.

    `nobody`: the features of attributions to somebody where the text names nobody.
    """
    wrong = [true_or_false(features, False, OF_NOBODY) for features in nobody]
    return fit([*(true_or_false(features, right) for features, right in seen), *wrong], CONFIDENCE)


def choices_of(example: Example, analyser: Analyser) -> Iterator[Choice]:
    """The candidates of each quotation of an article, and which are right."""
    doc = analyser.read(example.document)
    if not doc._.marks:
        return
    narrative = Narrative(doc)
    context = Context(narrative, example.document)
    candidates = Candidates(narrative, context)
    describer = Describer(narrative)
    last: dict[int, Previous] = {}
    for place in narrative.places:
        answer = example.answer(place.start, place.end)
        if answer is None or not answer.is_quotation:
            continue
        inside = place.parent.index if place.parent else -1
        previous = last.get(inside)
        found = candidates.of(place, context.ruled(place, rules.find(narrative, place), previous), previous)
        right = [_is_one_of(candidate.mention, answer) for candidate in found]
        rows = describer.features(place, found, previous)
        chosen = next((candidate for candidate, is_it in zip(found, right, strict=True) if is_it), None)
        last[inside] = _next(narrative, place, chosen, previous)
        if any(right):
            yield Choice(rows, right, example.weight)


def _next(narrative: Narrative, place: Place, chosen: Candidate | None, previous: Previous | None) -> Previous:
    """A quotation and who speaks it, for the one after it."""
    found = ranker.reading(narrative, chosen, previous) if chosen is not None else None
    other = previous.other if previous is not None else None
    if previous is not None and previous.found is not None and found is not None:
        other = other if previous.found.mention == found.mention else previous.found
    return Previous(place, found, other, narrative.text[place.end - 1] == "?")


def _is_one_of(mention: Words, answer: Answer) -> bool:
    return any(mention.start_char < end and start < mention.end_char for start, end in answer.mentions)


def spans_of(example: Example, analyser: Analyser) -> Iterator[Choice]:
    """The marked spans of an article, each with whether it is a term."""
    doc = analyser.read(example.document)
    if not doc._.marks:
        return
    narrative = Narrative(doc)
    found = Terms(narrative, Context(narrative, example.document))
    for place in narrative.places:
        answer = example.answer(place.start, place.end)
        if answer is not None:
            features = found.features(place, rules.find(narrative, place))
            yield true_or_false(features, not answer.is_quotation, example.weight)


def judged(example: Example, analyser: Analyser, networks: dict[str, Network]) -> Iterator[tuple[Features, bool]]:
    """The features of each attribution that networks make in an article, and whether it is right."""
    doc = analyser.read(example.document)
    if not doc._.marks:
        return
    narrative = Narrative(doc)
    judge = Judge(narrative, Context(narrative, example.document))
    for decision in Attributor(networks=networks).decide(doc):
        answer = _answer(example, narrative, decision.place)
        if decision.is_term or decision.who is None or answer is None:
            continue
        yield judge.features(decision), answer.is_quotation and is_right(decision.who.name, answer.names)


def _answer(example: Example, narrative: Narrative, place: Place) -> Answer | None:
    """The answer to a place; one that is not decided is no quotation, unless it stands inside one that is."""
    answer = example.answer(place.start, place.end)
    if answer is not None or place.parent is not None:
        return answer
    inside = any(start <= place.start and place.end <= end for (start, end), _ in example.answers)
    return None if inside else Answer(False)
