from __future__ import annotations

import json
import sqlite3
from contextlib import closing


def test_the_folder_is_made_and_named(quotes, small_index, tmp_path):
    done = quotes("publish", "site", "--db", small_index, "--title", "Westhaven says")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == ("site holds the site over 3 documents and 6 quotations. To look at it: site/serve.sh\n")
    assert json.loads((tmp_path / "site" / "metadata.json").read_text())["title"] == "Westhaven says"
    assert (tmp_path / "site" / "serve.sh").stat().st_mode & 0o111


def test_without_full_text(invoke, small_index, tmp_path):
    result = invoke("publish", tmp_path / "site", "--db", small_index, "--no-full-text", "--no-robots", "--names")
    assert result.exit_code == 0, result.stderr
    made = json.loads((tmp_path / "site" / "publication.json").read_text())
    assert [made[name] for name in ("full_text", "robots", "names")] == [False, False, True]
    with closing(sqlite3.connect(tmp_path / "site" / "quotes.db")) as connection:
        assert connection.execute("SELECT count(*) FROM runs WHERE command <> 'publish'").fetchone() == (0,)


def test_the_address_says_where_in_a_site_it_will_be(invoke, small_index, tmp_path):
    result = invoke("publish", tmp_path / "site", "--db", small_index, "--url", "https://press.example/archive")
    assert result.exit_code == 0, result.stderr
    settings = json.loads((tmp_path / "site" / "settings.json").read_text())
    assert (settings["base_url"], settings["force_https_urls"]) == ("/archive/", True)


def test_what_cannot_be_is_one_line(quotes, small_index, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work", encoding="utf-8")
    for args, words in (
        (("thesis", "--db", small_index), "thesis: holds chapter.txt"),
        (("none/site", "--db", small_index), "none/site: there is no folder"),
        (("site", "--db", "none.db"), "none.db: no index here"),
        (("site", "--db", small_index, "--url", "press"), "press: not the address of a site"),
    ):
        done = quotes("publish", *args)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"Error: {words}")
        assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["thesis"]
