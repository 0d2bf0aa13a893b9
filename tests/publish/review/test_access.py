"""Who may change something: those who are signed in, by a form of the site. Nobody else, by no route and no trick."""

from __future__ import annotations

import base64
import re
import time
from types import SimpleNamespace

import httpx
import pytest
from datasette.utils.baseconv import base62
from itsdangerous import URLSafeSerializer

from indexer.publish import server
from indexer.publish.review import sessions
from indexer.publish.review.routes import REVIEW_ROUTES
from indexer.publish.views.routes import ROUTES

STOCK = """/-/create-token /-/permissions /-/messages /-/allow-debug /-/auth-token /-/actor.json /-/api /-/patterns
/-/password-tool /-/rules /-/tables /-/jump.json /-/schema /-/query /quotes /quotes.json /quotes/said_about
/quotes/quotations /quotes/corrections /quotes/quotations/1 /quotes/-/create /quotes/-/query /quotes/-/execute-write
/quotes/-/stored-queries /quotes/quotations/-/insert /quotes/quotations/-/upsert /quotes/quotations/-/alter
/quotes/quotations/-/drop /quotes/quotations/-/set-column-type /quotes/quotations/1/-/update
/quotes/quotations/1/-/delete /_internal/databases /review/nothing /quotes.db""".split()
"""Datasette's own addresses, of 0.65 and of 1.0, those that write among them."""
WRITING = ("POST", "PUT", "PATCH", "DELETE")
FORM = {"content-type": "application/x-www-form-urlencoded"}
BODY = "decision=nobody&number=1&speaker=X&sql=delete+from+quotations&row=1&csrftoken={}"
JSON = '{"row": {"id": 1}, "sql": "delete from quotations"}'


def addresses(key):
    """Every address of the site: ours with something that is there, and Datasette's."""
    filled = [pattern.strip("^$") for pattern, _ in (*ROUTES, *REVIEW_ROUTES)]
    filled = [re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda part: key if part[1] == "key" else "x", path) for path in filled]
    return [*filled, *STOCK]


def session(datasette, name="Ines", secret=None, until=None, **changed):
    """A cookie as the site would sign it, but for what is changed; a part that is None is left out."""
    until = base62.encode(int(time.time()) + 3600) if until is None else until
    value = {"a": {"id": name}, "e": until, "p": "0" * 16, **changed}
    value = {part: each for part, each in value.items() if each is not None}
    return URLSafeSerializer(secret or datasette._secret, "actor").dumps(value)


def marked(hashed):
    return sessions._mark(hashed)


@pytest.fixture
def visitors(reviewed, hashed):
    """Everybody who may not: cookies and headers by what they try."""
    site, mark = reviewed.datasette, marked(hashed)
    reader = reviewed.visitor()
    reader.get("/-/login")
    basic = base64.b64encode(b"Ines:eight or more").decode()
    cookies = {
        "nobody": {},
        "a reader with a token": dict(reader.cookies),
        "a forged session": {"ds_actor": session(site, secret="guessed", p=mark)},
        "an expired session": {"ds_actor": session(site, until=base62.encode(int(time.time()) - 1), p=mark)},
        "a session without an end": {"ds_actor": session(site, until="", p=mark)},
        "a session of an old password": {"ds_actor": session(site)},
        "a session of somebody else": {"ds_actor": session(site, name="Mallory", p=mark)},
        "a session of root": {"ds_actor": session(site, name="root", p=mark)},
        "a session of a list": {"ds_actor": session(site, a=["Ines"], p=mark)},
        "nonsense": {"ds_actor": "x" * 5000, "ds_csrftoken": "forged"},
    }
    found = {name: SimpleNamespace(cookies=each, headers={}, token="") for name, each in cookies.items()}
    found["a reader with a token"].token = reader.token()
    found["a forged token"] = SimpleNamespace(cookies={"ds_csrftoken": "forged"}, headers={}, token="forged")
    found["a password in the headers"] = SimpleNamespace(
        cookies={}, headers={"authorization": f"Basic {basic}"}, token=""
    )
    found["a bearer"] = SimpleNamespace(cookies={}, headers={"authorization": "Bearer x"}, token="")
    return found


def test_no_route_lets_anybody_change_anything_who_is_not_signed_in(reviewed, visitors, store, run):
    key = store.least_certain()[0]
    before = reviewed.db.read_bytes()
    let_in = []

    async def walk(name, visitor, method, path, kind):
        form = kind == "form"
        headers = {**visitor.headers, **(FORM if form else {"content-type": "application/json"})}
        content = None if method == "GET" else BODY.format(visitor.token) if form else JSON
        response = await reviewed.datasette.client.request(
            method, path, cookies=visitor.cookies, headers=headers, content=content
        )
        refused = method == "GET" or response.status_code in (400, 403, 404, 405)
        if not refused or "ds_actor" in response.headers.get("set-cookie", ""):
            let_in.append((name, method, path, kind, response.status_code))

    for name, visitor in visitors.items():
        for path in addresses(key):
            run(walk(name, visitor, "GET", path, "form"))
            for method in WRITING:
                run(walk(name, visitor, method, path, "form"))
            run(walk(name, visitor, "POST", path, "json"))
    assert let_in == []
    assert reviewed.db.read_bytes() == before


@pytest.mark.parametrize("name", ["/review", "/review/log", "/review/q/{key}", "/review/undo", "/-/logout"])
def test_pages_for_reviewers_send_others_to_sign_in(reviewed, visitors, store, name):
    path = name.format(key=store.least_certain()[0])
    for who, tried in visitors.items():
        visitor = reviewed.visitor()
        visitor.cookies = dict(tried.cookies)
        answer = visitor.ask("GET", path, headers=tried.headers)
        assert (answer.status_code, 'href="/-/login"' in answer.text) == (403, True), who
        assert "ds_actor" not in answer.headers.get("set-cookie", "")


def test_the_cookie_of_a_session_is_closed_to_scripts_and_to_other_sites(reviewed):
    visitor = reviewed.visitor()
    answer = visitor.sign_in()
    (cookie,) = [each for each in answer.headers.get_list("set-cookie") if each.startswith("ds_actor")]
    assert {"HttpOnly", "SameSite=lax", f"Max-Age={12 * 3600}"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert answer.headers["location"] == "/review"
    assert visitor.get("/review").headers["cache-control"] == "private, no-store"


def test_over_https_the_cookie_stays_there(reviewed, run):
    visitor = reviewed.visitor()
    visitor.get("/-/login")
    body = f"csrftoken={visitor.token()}&username=Ines&password=eight+or+more"

    async def ask():
        transport = httpx.ASGITransport(app=reviewed.datasette.app())
        async with httpx.AsyncClient(transport=transport, cookies=visitor.cookies) as client:
            return await client.post("https://example.org/-/login", content=body, headers=FORM)

    assert "; Secure" in run(ask()).headers["set-cookie"]


def test_a_session_outlives_the_server_and_ends_by_signing_out(reviewed):
    visitor = reviewed.visitor()
    visitor.sign_in()
    reviewed.stop()
    reviewed.start()
    assert visitor.get("/review").status_code == 200
    assert "Sign out Ines" in visitor.get("/").text
    answer = visitor.send("/-/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert visitor.get("/review").status_code == 403
    assert "Sign out" not in visitor.get("/").text


@pytest.mark.parametrize("change", ["removed", "another password", "no file", "a file that others can read"])
def test_whoever_may_review_no_longer_is_out_at_once(reviewed, hashed, store, change):
    visitor = reviewed.visitor()
    visitor.sign_in()
    visitor.get("/review")
    if change == "no file":
        reviewed.users.unlink()
    elif change == "a file that others can read":
        reviewed.users.chmod(0o644)
    else:
        entry = "" if change == "removed" else f"Ines:{hashed.replace('$480000$', '$480000$f')}\n"
        reviewed.users.write_text(f"{entry}Olu:{hashed}\n", encoding="utf-8")
    assert visitor.send(visitor.action(), decision="nobody").status_code == 403
    assert visitor.get("/review").status_code == 403
    assert store.corrections() == []


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        ("decision=nobody&seen={seen}", FORM, 403),
        ("decision=nobody&seen={seen}&csrftoken=", FORM, 403),
        ("decision=nobody&seen={seen}&csrftoken=forged", FORM, 403),
        ("decision=nobody&seen={seen}&csrftoken=%C3%A9", FORM, 400),
        ("decision=nobody&seen={seen}", {**FORM, "authorization": "Bearer x"}, 403),
        ("decision=nobody&seen={seen}", {**FORM, "x-csrftoken": "forged"}, 403),
        ("decision=nobody&seen={seen}", {**FORM, "x-csrftoken": b"\xe9"}, 403),
        ('{{"decision": "nobody", "seen": "{seen}"}}', {"content-type": "application/json"}, 400),
        ("decision=nobody&seen={seen}", {"content-type": "text/plain"}, 400),
        ("decision=nobody&seen={seen}", {}, 400),
        ("x", {"content-type": "multipart/form-data"}, 400),
        (b"decision=nobody\xff", FORM, 400),
        ("x=" + "y" * 1_000_001, FORM, 400),
        ("&" * 500_000, FORM, 403),
    ],
)
def test_signed_in_but_not_by_a_form_of_the_site(reviewed, store, content, headers, status):
    visitor = reviewed.visitor()
    visitor.sign_in()
    visitor.get("/review")
    seen = re.findall(r'name="seen" value="([^"]+)"', visitor.page)[0]
    content = content.format(seen=seen) if isinstance(content, str) else content
    answer = visitor.ask("POST", visitor.action(), content=content, headers=headers)
    assert answer.status_code == status
    assert store.corrections() == []


def test_looking_changes_nothing_even_signed_in(reviewed, ines, store):
    key = store.least_certain()[0]
    before = reviewed.db.read_bytes()
    for path in ("/review?decision=confirm", f"/review/q/{key}?decision=nobody", "/review/undo?number=1", "/-/logout"):
        ines.get(path)
        ines.ask("HEAD", path)
    assert ines.get("/review").status_code == 200
    assert reviewed.db.read_bytes() == before


@pytest.mark.parametrize("cookie", [b"ds_actor=\xff\xfe", b"\xe9=1", b"a:b=1; ds_actor", b"=;;=" * 500])
def test_a_cookie_of_any_bytes_is_no_error(reviewed, cookie):
    answer = reviewed.visitor().ask("GET", "/review", headers={"cookie": cookie, "authorization": "Basic \x7f"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("name", "password"),
    [("Ines", "wrong password"), ("Nobody", "eight or more"), ("", ""), ("ines", "eight or more"), ("\x00", "\x00")],
)
def test_a_name_and_a_password_that_do_not_belong_together(reviewed, name, password):
    visitor = reviewed.visitor()
    answer = visitor.sign_in(name, password)
    assert answer.status_code == 403
    assert "Name and password do not belong together." in answer.text
    assert "ds_actor" not in visitor.cookies


def test_passwords_cannot_be_tried_for_long(reviewed, monkeypatch):
    tried = []
    monkeypatch.setattr("indexer.publish.review.desk.is_password", lambda password, hashed: tried.append(password))
    visitor = reviewed.visitor()
    answers = [visitor.sign_in("Ines", f"guess {number}").status_code for number in range(8)]
    assert answers == [403] * 5 + [429] * 3
    assert len(tried) == 5
    assert visitor.sign_in("Olu", "guess").status_code == 403
    monkeypatch.undo()
    assert reviewed.visitor().sign_in("Olu").status_code == 303
    assert reviewed.visitor().sign_in("Ines").status_code == 429


def test_no_secret_is_shown_to_anybody(reviewed, ines, hashed):
    secret = reviewed.users.with_name("reviewers.secret")
    assert secret.stat().st_mode & 0o777 == 0o600
    hidden = (hashed, secret.read_text().strip(), str(reviewed.users.parent))
    for path in ("/-/metadata.json", "/-/settings.json", "/-/plugins.json", "/-/actor.json", "/review", "/-/databases"):
        page = ines.get(path).text
        assert [each for each in hidden[:2] if each in page] == [], path
    assert str(reviewed.users) not in ines.get("/-/metadata.json").text


@pytest.fixture
def plain(newsroom, run, tmp_path, helpers):
    """The same site where nobody reviews."""
    site = SimpleNamespace(run=run, datasette=server.application(newsroom.build(tmp_path / "quotes.db")))
    run(site.datasette.invoke_startup())
    yield helpers["Visitor"](site)
    server.close(site.datasette)


def test_where_nobody_reviews_there_is_no_way_in(plain, reader):
    key = reader.search("window")[0].key
    assert plain.get("/review").status_code == 404
    for pattern, _ in REVIEW_ROUTES:
        path = pattern.strip("^$").replace("(?P<key>[^/]+)", key)
        if path != "/-/logout":
            assert plain.get(path).status_code == 404, path
    for path in addresses(key):
        for method in WRITING:
            assert plain.ask(method, path).status_code == 405, path
    for path in ("/", f"/q/{key}", "/quotes"):
        assert not {"/review", "/-/login"} & set(re.findall(r'href="([^"]+)"', plain.get(path).text))
