"""Name corpora as one scheme."""

from __future__ import annotations

import pytest

from indexer.training import names


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("B-PER I-PER O B-LOC", [(0, 2, "PERSON"), (3, 4, "PLACE")]),
        ("I-PER I-PER O I-LOC", [(0, 2, "PERSON"), (3, 4, "PLACE")]),
        ("B-ORG B-ORG I-ORG", [(0, 1, "ORG"), (1, 3, "ORG")]),
        ("I-ORG I-PER", [(0, 1, "ORG"), (1, 2, "PERSON")]),
        ("I-MISC I-MISC O B-OTH", []),
    ],
)
def test_tags_of_either_scheme_become_names(tags: str, expected: names.Names) -> None:
    assert names.from_iob(tags.split()) == expected


@pytest.mark.parametrize(
    ("found", "words", "others", "expected"),
    [
        ([(0, 2, "PERSON")], "Ana Lund-Berg spoke", "Ana Lund-Berg spoke", [(0, 2, "PERSON")]),
        ([(0, 2, "PERSON")], "Ana Lund - Berg spoke", "Ana Lund-Berg spoke", [(0, 4, "PERSON")]),
        ([(1, 4, "ORG")], "the A.B. Co lost", "the A.B . Co lost", [(1, 3, "ORG")]),
    ],
)
def test_names_move_to_other_tokens_of_the_same_characters(
    found: names.Names, words: str, others: str, expected: names.Names
) -> None:
    assert names.carried_over(found, words.split(), others.split()) == expected


def test_other_characters_are_an_error() -> None:
    with pytest.raises(ValueError, match="is not"):
        names.carried_over([], ["one"], ["two"])
