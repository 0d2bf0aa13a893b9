from __future__ import annotations

import pytest

from indexer.domain import Document
from indexer.nlp.analysis import load
from indexer.nlp.model import NONE, SHIPPED


@pytest.fixture(scope="session", params=[SHIPPED, NONE])
def analyser(request):
    """With the language model that ships, and by rules and word lists alone."""
    return load(request.param)


@pytest.fixture
def read(analyser):
    """What the analyser makes of a text: its attributions, in reading order."""

    def analyse(text, **metadata):
        found = analyser.analyse(Document("d", text, **metadata))
        assert all(item.text == text[item.start : item.end] for item in found)
        return found

    return analyse
