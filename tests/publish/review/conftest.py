"""A site that is reviewed, over an index of the newsroom that belongs to the test alone."""

from __future__ import annotations

import runpy

import pytest

from indexer.publish.review.users import hash_of
from indexer.store.corrections.reader import CorrectionReader


@pytest.fixture(scope="session")
def helpers(root):
    """What reviewing.py holds."""
    return runpy.run_path(str(root / "tests" / "publish" / "review" / "reviewing.py"))


@pytest.fixture(scope="session")
def hashed(helpers):
    """The hash of the password of all who review here."""
    return hash_of(helpers["PASSWORD"])


@pytest.fixture
def reviewed(helpers, hashed, newsroom, run, tmp_path):
    """A site over an index of its own, which Ines and Olu review."""
    users = tmp_path / "reviewers"
    users.write_text(f"Ines:{hashed}\nOlu:{hashed}\n", encoding="utf-8")
    users.chmod(0o600)
    site = helpers["Site"](run, newsroom.build(tmp_path / "50% #1? news.db"), users)
    yield site
    site.stop()


@pytest.fixture
def ines(reviewed):
    """Ines, signed in."""
    visitor = reviewed.visitor()
    assert visitor.sign_in().status_code == 303
    return visitor


@pytest.fixture
def store(reviewed):
    """The index as the commands read it."""
    with CorrectionReader(reviewed.db) as reader:
        yield reader
