"""The pages: a Datasette site over an index. Reads through store.reader, never through nlp."""

from indexer.publish.server import serve

__all__ = ["serve"]
