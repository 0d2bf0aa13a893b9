"""Reviewing on the site while the index is written to: every decision is saved or refused in words, none is lost."""

from __future__ import annotations

import re
import signal
import subprocess
from contextlib import contextmanager

import httpx
import pytest

from indexer.publish.review.users import put_user
from indexer.store.corrections.reader import CorrectionReader

DOCUMENTS = 150
TEXT = "“The {0} bridge was open for {0} days,” said Ada Moor.\n\nBoris Lund called it “a waste of {0} million”.\n"
PASSWORD = "eight or more"


@pytest.fixture
def folder(tmp_path, executable):
    """Articles, their index, every article edited since, and Ines who may review."""
    write(tmp_path, "")
    index(executable, tmp_path).communicate()
    write(tmp_path, "A new first paragraph stands here.\n\n")
    put_user(tmp_path / "reviewers", "Ines", PASSWORD)
    return tmp_path


def write(folder, before):
    (folder / "news").mkdir(exist_ok=True)
    for number in range(DOCUMENTS):
        (folder / "news" / f"{number:03}.txt").write_text(before + TEXT.format(number + 2), encoding="utf-8")


def index(executable, folder):
    args = [*executable, "index", "news", "--model", "none", "--db", "quotes.db"]
    return subprocess.Popen(args, cwd=folder, stderr=subprocess.PIPE, encoding="utf-8")


@contextmanager
def reviewer(executable, folder):
    """Ines, signed in on the site over this index."""
    args = [*executable, "serve", "--review", "--users", "reviewers", "--db", "quotes.db", "--port", "0"]
    with subprocess.Popen(args, cwd=folder, stderr=subprocess.PIPE, encoding="utf-8") as process:
        address = re.search(r"http://\S+", process.stderr.readline())[0]
        try:
            with httpx.Client(base_url=address, timeout=60) as client:
                page = client.get("/-/login").text
                form = {"csrftoken": hidden(page, "csrftoken"), "username": "Ines", "password": PASSWORD}
                assert client.post("/-/login", data=form).status_code == 303
                yield client
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)


def hidden(page, name):
    return re.findall(f'name="{name}" value="([^"]+)"', page)[0]


def decide(client, key):
    """Say of a quotation that Clara Okafor said it; the answer's status."""
    page = client.get(f"/review/q/{key}")
    if page.status_code != 200:
        return page.status_code
    form = {name: hidden(page.text, name) for name in ("csrftoken", "seen")}
    return client.post(f"/review/q/{key}", data={**form, "speaker": "Clara Okafor"}).status_code


def test_a_decision_made_while_the_articles_are_indexed_again_is_saved_or_refused(executable, folder):
    with CorrectionReader(folder / "quotes.db") as reader:
        keys = reader.least_certain(limit=12)
    with reviewer(executable, folder) as client:
        assert decide(client, keys[0]) == 303
        with index(executable, folder) as process:
            answers = {keys[0]: 303, **{key: decide(client, key) for key in keys[1:]}}
            process.communicate()
            assert process.returncode == 0
        assert set(answers.values()) <= {303, 404, 409, 503}
        late = [key for key, status in answers.items() if status != 303]
        assert {decide(client, key) for key in late} <= {303, 404}
    with CorrectionReader(folder / "quotes.db") as reader:
        standing = {logged.correction.key: logged for logged in reader.corrections(state="standing")}
        saved = [key for key, status in answers.items() if status == 303]
        assert [key for key in saved if standing[key].speaker != "Clara Okafor"] == []
        assert all(reader.quotation(key).document.text.startswith("A new first paragraph") for key in saved)


def test_an_index_that_is_not_to_be_written_to_cannot_be_reviewed(executable, folder):
    (folder / "quotes.db").chmod(0o444)
    args = [*executable, "serve", "--review", "--users", "reviewers", "--db", "quotes.db", "--port", "0"]
    done = subprocess.run(args, cwd=folder, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 2
    assert done.stderr == (
        "Error: quotes.db: cannot be written to, so it cannot be reviewed. Check its permissions and its folder's\n"
    )
