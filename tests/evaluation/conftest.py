"""Three short texts of our own with all cases: every type of speaker, kind and place of mention, terms, relays."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from indexer.evaluation.gold import GoldDocument, GoldQuotation, read_gold
from indexer.evaluation.metrics import Prediction, Scores, score

ROE = {"speaker": "Jane Roe", "aliases": ["Roe"], "type": "person"}
TEXTS = {
    "pier": """\
“The pier is closed,” said Jane Roe, the harbour master. “It opens again in May.”

She called the storm “a long argument” about who owns the “old” pier.

“Nobody asked the boats,” a deckhand said.

“They never do.”

The survey, “Tides and Tempers”, finds the pier “beyond repair”.""",
    "board": """\
The Harbour Board was in no doubt, the Courier reported: “We will build another.”

Its clerk, Tom Ash, sent the owners a letter.

“Pay by June.”

“This is Ada Brink,” came over the radio.""",
    "column": """\
“My own boat is dry,” I wrote last week, and Mayor Lund, said the Courier, found that “rather smug”.""",
}
QUOTATIONS = {
    "pier": [
        {"words": "The pier is closed,", "mention": "Jane Roe", **ROE},
        {"words": "It opens again in May.", "mention": "Jane Roe", **ROE},
        {"words": "a long argument", "mention": "She", "kind": "mixed", **ROE},
        {"words": "old", "decision": "ambiguous"},
        {"words": "Nobody asked the boats,", "mention": "a deckhand", "speaker": "a deckhand", "type": "unnamed"},
        {"words": "They never do.", "speaker": "a deckhand", "type": "unnamed"},
        {"words": "Tides and Tempers", "decision": "term"},
        {
            "words": "beyond repair",
            "mention": "The survey",
            "kind": "mixed",
            "speaker": "Tides and Tempers",
            "type": "document",
        },
    ],
    "board": [
        {
            "words": "We will build another.",
            "mention": "The Harbour Board",
            "speaker": "Harbour Board",
            "type": "organization",
            "via": "the Courier",
        },
        {"words": "Pay by June.", "mention": "Tom Ash", "speaker": "Tom Ash", "type": "person"},
        {"words": "This is Ada Brink,", "mention": "Ada Brink", "speaker": "Ada Brink", "type": "person"},
    ],
    "column": [
        {"words": "My own boat is dry,", "mention": "I", "speaker": "Ida Crane", "type": "author"},
        {
            "words": "rather smug",
            "mention": "Mayor Lund",
            "kind": "mixed",
            "speaker": "Lund",
            "type": "person",
            "via": "Averley Courier",
        },
    ],
}


def record(id: str) -> dict[str, object]:
    """The line of a gold file; words and mentions become offsets (of “I” the one after the quotation)."""
    text, quotations = TEXTS[id], []
    for item in QUOTATIONS[id]:
        start = text.index(item["words"])
        words = item.get("mention")
        place = text.find(f"{words} wrote") if words == "I" else text.find(words or " ")
        quotations.append(
            {
                "start": start,
                "end": start + len(item["words"]),
                "decision": item.get("decision", "quotation"),
                "kind": item.get("kind", "direct"),
                "mentions": [[place, place + len(words)]] if words else [],
                **{key: item[key] for key in ("speaker", "aliases", "type", "via") if key in item},
            }
        )
    return {"id": id, "text": text, "author": "Ida Crane", "quotations": quotations}


@pytest.fixture
def gold_path(tmp_path):
    """The gold file of the three texts."""
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(f"{json.dumps(record(id))}\n" for id in TEXTS), encoding="utf-8")
    return path


@dataclass
class Case:
    """The three texts and one prediction for each of their quotations, by its words: at first all right."""

    gold: list[GoldDocument]
    predictions: dict[str, tuple[str, Prediction]]
    withheld: dict[str, list[Prediction]]

    def put(self, document: str, words: str, speaker: str | None = None, **more: object) -> None:
        """Predict words of a document in place of what was predicted for them, if anything was."""
        start = TEXTS[document].index(words)
        self.predictions[words] = (document, Prediction(start, start + len(words), speaker, **more))

    def withhold(self, words: str, **more: object) -> None:
        """Do not print the prediction of these words."""
        document, prediction = self.predictions.pop(words)
        hidden = Prediction(prediction.start, prediction.end, **more)
        self.withheld.setdefault(document, []).append(hidden)

    def scores(self) -> Scores:
        """What all of it scores."""
        by_document: dict[str, list[Prediction]] = {}
        for document, prediction in self.predictions.values():
            by_document.setdefault(document, []).append(prediction)
        return score(self.gold, by_document, self.withheld)


@pytest.fixture
def case(gold_path):
    """The three texts with predictions that are all right."""
    gold = read_gold(gold_path)
    pairs = [(each, item) for each in gold for item in each.quotations if item.decision == "quotation"]
    return Case(gold, {words(each, item): (each.document.id, right(item)) for each, item in pairs}, {})


def words(gold: GoldDocument, item: GoldQuotation) -> str:
    """The quoted words."""
    return gold.document.text[item.start : item.end]


def right(item: GoldQuotation) -> Prediction:
    """The prediction that gold asks for."""
    mention = item.mentions[0] if item.mentions else None
    return Prediction(
        item.start, item.end, item.speaker, mention, speaker_type=item.type, via=item.via, confidence=0.95
    )
