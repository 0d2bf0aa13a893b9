"""Pages as JSON-LD in the words of schema.org, for programs that read the web. Pure.

A template writes them with Jinja's `tojson`, which escapes what would end a script.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from indexer.publish.words import web_link
from indexer.store.rows import DocumentRow, Hit
from indexer.store.schema_org import CONTEXT, article_node, quotation_node


def quotation_data(hit: Hit, permalink: str) -> dict[str, Any]:
    """A quotation with its speaker and its article; `permalink` names it."""
    record = {**asdict(hit), "id": hit.key, "url": web_link(hit.url)}
    return {"@context": CONTEXT, "@id": permalink, "url": permalink, **quotation_node(record)}


def document_data(document: DocumentRow, address: str, permalinks: Iterable[str]) -> dict[str, Any]:
    """An article with the permalinks of its quotations; `address` is that of its page here."""
    record = {
        "document": document.id,
        "document_slug": document.slug,
        **{name: getattr(document, name) for name in ("title", "author", "published", "publisher")},
        "url": web_link(document.url),
    }
    parts = [{"@type": "Quotation", "@id": permalink} for permalink in permalinks]
    more = {"hasPart": parts} if parts else {}
    return {"@context": CONTEXT, **article_node(record), "mainEntityOfPage": address, **more}
