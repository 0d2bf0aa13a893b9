"""What lies in a published folder beside the index: the pages, what makes them, how to serve them, and what it is."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path
from string import Template
from typing import Any

from datasette.utils import parse_metadata

from indexer import __version__
from indexer.publish.publishing.carrying import PACKAGE, needed_files, pinned
from indexer.publish.publishing.plan import Publication
from indexer.publish.server import NAME
from indexer.publish.site import configuration_directory, licence
from indexer.publish.words import count_words
from indexer.store.publishing.copying import Published
from indexer.store.publishing.excerpts import AROUND

KIT = Path(__file__).resolve().parent / "kit"
PLUGIN = "quotes_site.py"
SETTINGS = {"allow_download": False, "default_cache_ttl": 600, "sql_time_limit_ms": 1000}
"""What differs from the settings at a desk: many readers, and nothing that changes."""


def write_contents(folder: Path, publication: Publication, published: Published, counts: dict[str, int]) -> None:
    """Write everything into the folder that is not the index, nor about this publication. `counts`: rows by table."""
    libraries = _carry_site(folder)
    configuration = _configuration(publication, counts)
    write_json(folder / "inspect-data.json", {NAME: _inspected(folder / f"{NAME}.db", counts)})
    write_json(folder / "metadata.json", configuration)
    write_json(folder / "datasette.json", configuration)
    write_json(folder / "settings.json", configuration["settings"])
    (folder / "requirements.txt").write_text("\n".join([*pinned(libraries), ""]), encoding="utf-8")
    _write_kit(folder, publication, published, configuration["title"])


def write_json(file: Path, value: Any) -> None:
    """Write a value for programs that people can read too."""
    file.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _carry_site(folder: Path) -> set[str]:
    """Copy the pages and the modules that make them; the libraries that those need."""
    site = configuration_directory()
    for name in ("templates", "static"):
        shutil.copytree(site / name, folder / name)
    for name in ("plugins", "lib"):
        (folder / name).mkdir()
    shutil.copy(site / "plugins" / PLUGIN, folder / "lib" / PLUGIN)
    shutil.copy(KIT / "plugin.txt", folder / "plugins" / PLUGIN)
    if (ours := licence()) is not None:
        shutil.copy(ours, folder / "lib" / "LICENSE")
    files, libraries = needed_files(site / "plugins" / PLUGIN)
    for file in files:
        to = folder / "lib" / PACKAGE.name / file
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / file, to)
    return libraries


def _configuration(publication: Publication, counts: dict[str, int]) -> dict[str, Any]:
    """What Datasette 0.65 reads as metadata and 1.0 as configuration, settings and all; nobody can sign in."""
    site = configuration_directory()
    read = parse_metadata((site / "metadata.yaml").read_text(encoding="utf-8"))
    database = read["databases"][NAME]
    for table in (table for table, count in counts.items() if not count):
        database["tables"].setdefault(table, {})["hidden"] = True
    title = publication.title or read["title"]
    plugin = {
        "title": title,
        "robots": publication.robots,
        "excerpts": not publication.full_text,
        "url": publication.url,
    }
    settings = json.loads((site / "settings.json").read_text(encoding="utf-8")) | SETTINGS
    settings |= {"base_url": publication.base_url, "force_https_urls": publication.url.startswith("https:")}
    return {"title": title, "plugins": {"quotes-site": plugin}, "settings": settings, "databases": {NAME: database}}


def _inspected(index: Path, counts: dict[str, int]) -> dict[str, Any]:
    """What `datasette inspect` would say of the file; with it, Datasette takes the file for one that never changes."""
    with index.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    tables = {table: {"count": count} for table, count in counts.items()}
    return {"hash": digest, "size": index.stat().st_size, "file": index.name, "tables": tables}


def _write_kit(folder: Path, publication: Publication, published: Published, title: str) -> None:
    whole = "The articles are there with their whole texts."
    cut = (
        f"Of the articles there are the quotations, with {AROUND} characters around each at most; the rest is left out."
    )
    values = {
        "title": title,
        "documents": count_words(published.documents, "document"),
        "quotations": count_words(published.quotations, "quotation"),
        "version": __version__,
        "made": publication.made[:10],
        "base": publication.base_url,
        "python": ".".join(map(str, sys.version_info[:2])),
        "texts": whole if publication.full_text else cut,
        "names": "what was decided about speakers" if publication.names else "who decided what",
    }
    for name in ("README.md", "Dockerfile", "serve.sh"):
        text = Template((KIT / name).read_text(encoding="utf-8")).substitute(values)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "serve.sh").chmod(0o755)
