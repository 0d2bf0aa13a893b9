"""From a document to its attributions: what the other rooms use of this one."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from indexer.domain import Attribution, Document

from . import casing, pipeline
from . import model as models
from .marks import read_marks

VERSION = "ranked-3"
"""Documents that another version analysed are analysed again: raise it with every change of rules or word lists."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which spaCy cannot take; offsets stay as they are when another stands in for it."""


class Analyser:
    """Reads documents with one pipeline. `version` changes whenever its output may."""

    def __init__(self, nlp: Language, version: str = VERSION) -> None:
        self.nlp = nlp
        self.version = version

    def analyse(self, document: Document) -> list[Attribution]:
        """Every marked span of a document in reading order, terms and quotations without a speaker included.

        Offsets are code points into `document.text`. Linear in the length of the text; never raises for any text.
        """
        if not read_marks(document.text):  # cheap beside what follows, and most pages have none
            return []
        return casing.as_printed(self.annotated(document)._.attributions, document)

    def annotated(self, document: Document) -> Doc:
        """The spaCy Doc of a document with all that the components leave on it, its attributions among it."""
        return self.nlp.get_pipe("attributor")(self.read(document))

    def read(self, document: Document) -> Doc:
        """The spaCy Doc of a document with marks, cues and mentions, and nothing decided yet."""
        document = casing.readable(document)
        doc = self.nlp.make_doc(_LONE_SURROGATE.sub("\ufffd", document.text))
        doc._.metadata = document
        for name, component in self.nlp.pipeline:
            if name != "attributor":
                doc = component(doc)
        return doc


def load(model: str | None = None) -> Analyser:
    """The analyser with a language model, by its name or path; None: as `model.chosen` says. Raises ModelError.

    Imports spaCy: about a second.
    """
    loaded = models.load(model)
    return Analyser(pipeline.build(loaded), f"{VERSION}+{loaded.identity}" if loaded else VERSION)
