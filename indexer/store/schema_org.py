"""A quotation in the words of schema.org, as one node of a JSON-LD graph.

`spokenByCharacter` is, in schema.org's words, to whom a quotation is attributed within the work that contains it: a
Person or an Organization, which is what an attribution of ours says. `creator` is its author in the real world: the
same one, where a person or an organisation has a name. A document (“It states: …”) is neither and cannot speak there;
the quotation `isBasedOn` it. Nodes of the same speaker and of the same document share an `@id`, so that they are one
node of the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CONTEXT = "https://schema.org"

Node = dict[str, Any]
_WIKIDATA = "https://www.wikidata.org/wiki/"
_TYPES = {"organization": "Organization", "document": "CreativeWork"}


def quotation_node(record: Mapping[str, Any]) -> Node:
    """A `Quotation` with its speaker and its article, from the fields of a `Hit`, its key under `id`.

    What is None or "" is left out. Uses `speaker_description` and `speaker_wikidata` (an id such as Q42) where the
    record has them.
    """
    return _known(
        {
            "@type": "Quotation",
            "identifier": record["id"],
            "text": record["text"],
            **_said_by(record),
            "dateCreated": record["said_on"],
            "isPartOf": article_node(record),
        }
    )


def article_node(record: Mapping[str, Any]) -> Node:
    """An `Article`, from the fields of a `Hit` that tell of its document. What is None or "" is left out."""
    return _known(
        {
            "@type": "Article",
            "@id": f"_:document-{record['document_slug']}",
            "identifier": record["document"],
            "headline": record["title"],
            "author": _named("Person", *(record["author"] or "").split("; ")),
            "datePublished": record["published"],
            "publisher": _named("Organization", record["publisher"] or ""),
            "url": record["url"],
        }
    )


def _said_by(record: Mapping[str, Any]) -> Node:
    """The properties that say whose words these are; none where the text names nobody."""
    if record["speaker"] is None:
        return {}
    speaker = _speaker(record)
    if record["speaker_type"] == "document":
        return {"isBasedOn": speaker}
    if record["speaker_type"] in ("person", "organization"):
        return {"spokenByCharacter": speaker, "creator": {"@id": speaker["@id"]}}
    return {"spokenByCharacter": speaker}


def _speaker(record: Mapping[str, Any]) -> Node:
    wikidata = record.get("speaker_wikidata")
    return _known(
        {
            "@type": _TYPES.get(record["speaker_type"], "Person"),
            "@id": f"_:speaker-{record['speaker_slug']}",
            "identifier": record["speaker_slug"],
            "name": record["speaker"],
            "description": record.get("speaker_description"),
            "sameAs": wikidata and _WIKIDATA + wikidata,
        }
    )


def _named(kind: str, *names: str) -> Node | list[Node] | None:
    """A node with no more than a name; several for several names."""
    nodes = [{"@type": kind, "name": name} for name in names if name]
    return nodes if len(nodes) > 1 else next(iter(nodes), None)


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "")}
