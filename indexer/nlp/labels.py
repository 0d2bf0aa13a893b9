"""One scheme for what parsers and name finders say, whatever labels a language model was trained with.

The table is `lexicon/labels.tsv`: relations such as “subject” for the labels of Universal Dependencies and of
ClearNLP, and PERSON, ORG and PLACE for the types of names.
"""

from __future__ import annotations

from functools import cache

from .lexicon import labels


@cache
def relation(label: str) -> str:
    """Our word for a dependency label (“subject” for nsubj); empty for one that is of no use here, and for none."""
    known = labels("relation")
    return known.get(label) or known.get(label.partition(":")[0], "")


@cache
def entity_kind(label: str) -> str:
    """PERSON, ORG or PLACE for the label of a name; empty for other names (languages, events, …)."""
    return labels("entity").get(label, "")
