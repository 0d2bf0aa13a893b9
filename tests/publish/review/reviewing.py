"""A site that is reviewed, and visitors who keep their cookies, as browsers do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from indexer.publish import server
from indexer.publish.review.desk import open_desk

PASSWORD = "eight or more"
FORM = "application/x-www-form-urlencoded"


class Site:
    """An index that people review: its file, its users' file, and Datasette over it."""

    def __init__(self, run: Callable[[Any], Any], db: Path, users: Path) -> None:
        self.run, self.db, self.users = run, db, users
        self.start()

    def start(self) -> None:
        self.datasette = server.application(self.db, open_desk(self.db, self.users))
        self.run(self.datasette.invoke_startup())

    def stop(self) -> None:
        server.close(self.datasette)

    def visitor(self) -> Visitor:
        return Visitor(self)


class Visitor:
    """Somebody with a browser; `cookies` may be changed."""

    def __init__(self, site: Site) -> None:
        self.site, self.cookies, self.page = site, {}, ""

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """Any request; cookies that come back are kept, and the last page."""
        client = self.site.datasette.client
        response = self.site.run(client.request(method, path, cookies=dict(self.cookies), **more))
        self.cookies.update(response.cookies)
        for cookie in response.headers.get_list("set-cookie"):
            if "Max-Age=0" in cookie:
                self.cookies.pop(cookie.partition("=")[0], None)
        self.page = response.text
        return response

    def get(self, path: str) -> Any:
        return self.ask("GET", path)

    def token(self) -> str:
        """The token of the forms on the last page, "" without a form."""
        return next(iter(re.findall(r'name="csrftoken" value="([^"]+)"', self.page)), "")

    def send(self, path: str, **fields: Any) -> Any:
        """Send a form of the last page, with its token and what it was about."""
        seen = re.findall(r'name="seen" value="([^"]+)"', self.page)[:1]
        fields = {"csrftoken": self.token(), **({"seen": seen[0]} if seen else {}), **fields}
        return self.ask("POST", path, content=urlencode(fields), headers={"content-type": FORM})

    def sign_in(self, name: str = "Ines", password: str = PASSWORD) -> Any:
        self.get("/-/login")
        return self.send("/-/login", username=name, password=password)

    def action(self) -> str:
        """Where the forms of the quotation on the last page are sent."""
        return re.findall(r'class="at-once" action="([^"]+)"', self.page)[0].replace("&amp;", "&")
