"""Every error this package raises. Foreign exceptions become one of these at the package's edge.

    QuotesError                     exit code 2
    ├── UsageError                  what was asked for makes no sense (a bad filter, a bad date)
    ├── SourceError                 an input cannot be read; the other inputs go on (exit code 1)
    ├── StoreError                  the index cannot be opened or written
    │   ├── NotAnIndex              a file that is no index of ours
    │   ├── NewerIndex              an index written by a newer version
    │   └── IndexBusy               another process is writing
    ├── NotFound                    no such quotation, speaker or document
    ├── GoldError                   a gold file that cannot be scored against
    ├── ModelError                  the language model is missing, damaged or of another kind
    ├── CorpusError                 a file that a model is trained on or measured with is missing or altered
    ├── OutputError                 a file that a command is to write cannot be written
    └── ServeError                  the site cannot be started (a port in use)

Each carries a one-line message that names the input, a hint that says what to do, and the exit code
of the command that meets it.
"""

from __future__ import annotations


class QuotesError(Exception):
    """The root: `str(error)` is one line that names the input, `error.hint` says what to do."""

    exit_code = 2

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


class UsageError(QuotesError):
    """What was asked for makes no sense."""


class SourceError(QuotesError):
    """An input cannot be read. `source` names it, `problem` says what is wrong with it."""

    exit_code = 1

    def __init__(self, source: str, problem: str, hint: str = "") -> None:
        super().__init__(f"{source}: {problem}", hint)
        self.source = source
        self.problem = problem


class StoreError(QuotesError):
    """The index cannot be opened, read or written."""


class NotAnIndex(StoreError):
    """The file is no index of ours."""


class NewerIndex(StoreError):
    """The index was written by a newer version of this package."""


class IndexBusy(StoreError):
    """Another process is writing to the index."""


class NotFound(QuotesError):
    """No such quotation, speaker or document."""


class GoldError(QuotesError):
    """A gold file that cannot be scored against."""


class ModelError(QuotesError):
    """The language model cannot be used: there is none of that name, it is damaged, of another spaCy or language."""


class CorpusError(QuotesError):
    """A file that a language model is trained on, or measured with, is missing or is not the one that was meant."""


class OutputError(QuotesError):
    """A file that a command is to write cannot be written."""


class ServeError(QuotesError):
    """The site cannot be started."""
