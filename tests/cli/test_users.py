"""`quotes users`, and where `quotes serve --review` cannot be: hashes that nobody else reads, one clear line."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys

import pytest

from indexer.publish.review.users import is_password, read_users


@pytest.fixture
def file(tmp_path):
    return tmp_path / "own" / "reviewers"


@pytest.fixture
def add(quotes, file):
    """Add somebody with a password on standard input."""
    return lambda name, password="eight or more": quotes("users", "add", name, "--users", file, stdin=f"{password}\n")


def test_people_are_added_listed_changed_and_removed(add, quotes, file):
    assert add("Ines Kovač").stderr == f"Ines Kovač may review: {file}\n"
    assert add("olu@desk").returncode == 0
    assert quotes("users", "--users", file).stdout == "Ines Kovač\nolu@desk\n"
    before = read_users(file)
    assert add("olu@desk", "another password").stderr == f"olu@desk has a new password: {file}\n"
    after = read_users(file)
    assert before["Ines Kovač"] == after["Ines Kovač"]
    assert is_password("another password", after["olu@desk"])
    assert quotes("users", "remove", "olu@desk", env={"QUOTES_USERS": str(file)}).returncode == 0
    assert quotes("users", "list", "--users", file).stdout == "Ines Kovač\n"


def test_the_file_is_its_owners_alone_and_holds_no_password(add, file):
    add("Ines")
    assert file.stat().st_mode & 0o777 == 0o600
    assert "eight or more" not in file.read_text(encoding="utf-8")
    assert [path.name for path in file.parent.iterdir()] == ["reviewers"]


def test_without_the_option_the_file_is_in_the_users_own_configuration(quotes, tmp_path):
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    assert quotes("users", "add", "Ines", stdin="eight or more\n", env=home).returncode == 0
    assert quotes("users", env=home).stdout == "Ines\n"
    assert (tmp_path / "config" / "quotes" / "reviewers").exists()


def test_a_terminal_asks_twice_and_shows_nothing(file, tmp_path):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "indexer", "users", "add", "Ines", "--users", str(file)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as process:
        os.close(theirs)
        shown = ""
        for _ in range(2):
            while not shown.endswith(": "):
                shown += os.read(ours, 1000).decode()
            os.write(ours, b"eight or more\n")
            shown += "\n"
        process.wait(60)
    os.close(ours)
    assert process.returncode == 0
    assert "Password of Ines" in shown
    assert "eight or more" not in shown
    assert is_password("eight or more", read_users(file)["Ines"])


@pytest.mark.parametrize(
    ("name", "password", "line"),
    [
        ("root", "eight or more", "'root' is no name for a reviewer"),
        ("a:b", "eight or more", "'a:b' is no name for a reviewer"),
        ("", "eight or more", "'' is no name for a reviewer"),
        ("x" * 61, "eight or more", "is no name for a reviewer"),
        ("Ines", "short", "the password of Ines is too short. Choose one of 8 characters or more"),
        ("Ines", "", "there is no password on standard input"),
    ],
)
def test_what_is_no_name_or_no_password_is_one_line(add, file, name, password, line):
    done = add(name, password)
    assert (done.returncode, done.stdout) == (2, "")
    assert line in done.stderr
    assert done.stderr.count("\n") == 1
    assert not file.exists()


def test_somebody_who_is_not_there(quotes, file):
    done = quotes("users", "remove", "Ines", "--users", file)
    assert (done.returncode, "no reviewer 'Ines'" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("text", "mode", "problem"),
    [
        ("Ines:secret\n", 0o600, "entry 1 is no name with a hash"),
        ("# a comment\n\nno colon\n", 0o600, "entry 1 is no name with a hash"),
        (b"\xff\xfe", 0o600, "cannot be read (UnicodeDecodeError)"),
        ("", 0o644, "others can read or change it. Run `chmod 600"),
        ("", 0o600, "nobody may review yet. Run `quotes users add NAME"),
        (None, 0o600, "nobody may review yet. Run `quotes users add NAME"),
    ],
)
def test_nobody_is_let_in_by_a_file_that_is_not_right(quotes, small_index, tmp_path, text, mode, problem):
    file = tmp_path / "reviewers"
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        file.chmod(mode)
    done = quotes("serve", "--db", small_index, "--port", 0, "--review", "--users", file)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert problem in done.stderr
    assert str(file) in done.stderr


def test_a_published_copy_is_not_reviewed(add, quotes, small_index, tmp_path, file):
    add("Ines")
    shutil.copy(small_index, tmp_path / "quotes.db")
    (tmp_path / "inspect-data.json").write_text("{}", encoding="utf-8")
    done = quotes("serve", "--db", "quotes.db", "--port", 0, "--review", "--users", file)
    assert done.stderr == (
        "Error: quotes.db: this is a published copy, which nobody changes. Review the index it was made from\n"
    )


def test_without_the_plugin_one_line_says_what_to_install(quotes, small_index, tmp_path, file):
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nfind = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'datasette_auth_passwords' else find(name, *more)\n",
        encoding="utf-8",
    )
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    line = (
        "Error: Reviewing needs the plugin datasette-auth-passwords, which is not installed."
        " Run `pip install 'quote-indexer[review]'`\n"
    )
    serve = ("serve", "--db", small_index, "--port", 0, "--review", "--users", file)
    for command in (("users", "add", "Ines", "--users", file), serve):
        done = quotes(*command, env={"PYTHONPATH": path})
        assert (done.returncode, done.stderr) == (2, line)


def test_users_without_review_is_wrong_usage(quotes, small_index, file):
    done = quotes("serve", "--db", small_index, "--port", 0, "--users", file)
    assert done.returncode == 2
    assert "Add --review" in done.stderr
