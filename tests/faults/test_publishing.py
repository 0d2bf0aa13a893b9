"""Publishing that is killed: what was published before is there, whole, and the next time all is well."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from contextlib import closing
from sqlite3 import connect

import pytest

MOMENTS = (0.3, 0.6, 0.9, 1.2, 1.6)


@pytest.fixture
def index(quotes, tmp_path):
    """An index of some hundred articles."""
    (tmp_path / "news").mkdir()
    for number in range(200):
        text = "\n\n".join(f"“Crane {number} of {each} is idle,” said Ada Moor." for each in range(20))
        (tmp_path / "news" / f"{number}.txt").write_text(text, encoding="utf-8")
    assert quotes("index", "news", "--model", "none", "--db", "q.db").returncode == 0
    return tmp_path / "q.db"


def is_whole(folder):
    files = json.loads((folder / "publication.json").read_text())["files"]
    with closing(connect(folder / "quotes.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(200,)]
    return sorted(files) == sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_publishing_is_killed(executable, quotes, index, tmp_path):
    assert quotes("publish", "site", "--db", "q.db").returncode == 0
    assert is_whole(tmp_path / "site")
    for moment in MOMENTS:
        with subprocess.Popen([*executable, "publish", "site", "--db", "q.db"], cwd=tmp_path) as process:
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        assert is_whole(tmp_path / "site")
    assert quotes("publish", "site", "--db", "q.db").returncode == 0
    assert is_whole(tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news", "q.db", "site"]
