"""Logging in and out over HTTP, and what the gate makes of everybody else."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.web.guard.accounts import write_accounts
from assistant.web.guard.gate import ATTEMPTS_OF_A_NAME
from ingest.errors import UsageError
from ingest.settings import load_settings
from tests.assistant.web.guard.build import PASSWORD, account, accounts_file, behind, client, log_in

PAGE = {"accept": "text/html", "sec-fetch-mode": "navigate", "sec-fetch-site": "none"}


def basic(name: str, password: str = PASSWORD) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    return accounts_file(tmp_path)


def test_without_accounts_everybody_reads_and_nobody_uploads() -> None:
    assert client().get("/who").json() == {
        "name": None,
        "role": "reader",
        "client": "127.0.0.1",
        "uploads": False,
        "bytes": 0,
    }


@pytest.mark.parametrize(
    ("settings", "headers", "uploads"),
    [
        ({"open_upload": True}, {}, True),
        ({"open_upload": True}, {"x-forwarded-for": "10.0.0.9"}, False),
        ({"open_upload": True, "allowed_hosts": ("radslag.example.se",)}, {"host": "radslag.example.se"}, False),
        ({"open_upload": True, "host": "0.0.0.0"}, {}, False),
        ({}, {}, False),
    ],
)
def test_open_upload_is_for_this_machine_alone(
    settings: dict[str, Any], headers: dict[str, str], uploads: bool
) -> None:
    assert client(**settings).get("/who", headers=headers).json()["uploads"] is uploads


def test_nothing_but_health_is_open_without_an_account(accounts: Path) -> None:
    outside = client(accounts=accounts)
    assert outside.get("/health").text == "ok\n"
    for path in ("/who", "/", "/assets/x.js", "/gradio_api/queue/data", "/api/v1/ask", "/account", "/logout"):
        for method in ("GET", "POST", "HEAD", "PUT", "DELETE"):
            answer = outside.request(method, path)
            if (method, path) == ("POST", "/logout"):
                assert answer.headers["location"].startswith("/login?"), "which does nothing"
            else:
                assert answer.status_code == 401, (method, path)
                assert "role" not in answer.text


def test_a_page_leads_to_the_form_and_the_form_back_to_the_page(accounts: Path) -> None:
    browser = client(accounts=accounts)
    away = browser.get("/en/?q=1", headers=PAGE)
    assert (away.status_code, away.headers["location"]) == (303, "/login?to=%2Fen%2F%3Fq%3D1&lang=en")
    form = browser.get(away.headers["location"], headers=PAGE)
    assert form.status_code == 200
    assert '<html lang="en">' in form.text
    assert "<script" not in form.text
    assert "script-src" not in form.headers["content-security-policy"]
    inside = log_in(browser, to="%2Fen%2F%3Fq%3D1")
    assert (inside.status_code, inside.headers["location"]) == (303, "/en/?q=1")
    assert browser.get("/who").json() == {
        "name": "anna",
        "role": "editor",
        "client": "account anna",
        "uploads": True,
        "bytes": 0,
    }
    assert browser.get("/login?to=/who").headers["location"] == "/who", "who is in needs no form"


@pytest.mark.parametrize(
    ("base", "headers", "settings", "secure"),
    [
        ("http://127.0.0.1:7860", {}, {}, False),
        ("http://127.0.0.1:7860", {}, {"https": True}, True),
        ("http://127.0.0.1:7860", {"x-forwarded-proto": "https"}, {}, False),
        ("http://127.0.0.1:7860", {"x-forwarded-proto": "https"}, {"trusted_proxies": ("127.0.0.1",)}, True),
    ],
)
def test_the_cookie_is_for_this_site_and_no_script(
    accounts: Path, base: str, headers: dict[str, str], settings: dict[str, Any], secure: bool
) -> None:
    browser = client(base, accounts=accounts, **settings)
    browser.headers.update(headers)
    answer = log_in(browser)
    cookie = answer.headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    assert name == ("__Host-radslag" if secure else "radslag")
    attributes = {each.strip().lower() for each in rest.split(";")[1:]}
    assert attributes == {"httponly", "path=/", "samesite=strict", *(["secure"] if secure else [])}
    assert ("strict-transport-security" in answer.headers) is secure


def test_a_wrong_password_and_an_unknown_name_are_told_alike(accounts: Path) -> None:
    browser = client(accounts=accounts)
    wrong, unknown = log_in(browser, "anna", "fel"), log_in(browser, "anno", "fel")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text.replace("anna", "anno") == unknown.text
    assert 'role="alert"' in wrong.text
    assert "set-cookie" not in wrong.headers
    hostile = log_in(browser, '"><script>alert(1)</script>', "x")
    assert "<script" not in hostile.text


def test_attempts_are_limited_by_name_and_client_even_with_the_right_password(accounts: Path) -> None:
    settings = load_settings(accounts=accounts)
    attacker = behind(settings)
    for _ in range(ATTEMPTS_OF_A_NAME):
        assert log_in(attacker, "anna", "fel").status_code == 401
    late = log_in(attacker, " ANNA", PASSWORD)
    assert late.status_code == 429
    assert int(late.headers["retry-after"]) > 60
    assert "minuter" in late.text
    assert attacker.get("/who", headers=basic("anna")).status_code == 429, "nor by the other door"
    assert log_in(attacker, "bo").status_code == 303, "others get in"


def test_an_address_may_not_try_name_after_name(accounts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.web.guard.gate.authenticated", lambda *_: None)  # at once
    attacker = client(accounts=accounts)
    seen = [log_in(attacker, f"name{number}", "fel").status_code for number in range(32)]
    assert seen[:30] == [401] * 30
    assert seen[30:] == [429, 429]


def test_logging_out_ends_the_session_and_not_only_the_cookie(accounts: Path) -> None:
    browser = client(accounts=accounts)
    log_in(browser)
    token = dict(browser.cookies)["radslag"]
    assert "Logga ut" in browser.get("/account?lang=sv").text
    out = browser.post("/logout?lang=sv", headers={"origin": "http://127.0.0.1:7860"})
    assert out.status_code == 303
    assert not dict(browser.cookies)
    again = client(accounts=accounts).get("/who", headers={"cookie": f"radslag={token}", "accept": "*/*"})
    assert again.status_code == 401
    assert browser.get("/who", headers={"cookie": f"radslag={token}"}).status_code == 401


def test_another_browsers_session_is_not_taken_over_by_logging_in(accounts: Path) -> None:
    browser = client(accounts=accounts)
    browser.cookies.set("radslag", "chosen-by-somebody-else")
    log_in(browser)
    values = {cookie.value for cookie in browser.cookies.jar}
    assert any(value != "chosen-by-somebody-else" and len(value or "") >= 43 for value in values)


def test_a_removed_account_is_out_at_once(accounts: Path) -> None:
    browser = client(accounts=accounts)
    log_in(browser)
    assert browser.get("/who", headers=basic("bo")).json()["name"] == "anna", "the session goes before"
    program = client(accounts=accounts)
    assert program.get("/who", headers=basic("bo")).json()["name"] == "bo"
    write_accounts(accounts, [account("bo", "editor")])
    assert browser.get("/who").status_code == 401
    write_accounts(accounts, [])
    assert program.get("/who", headers=basic("bo")).status_code == 401


def test_programs_use_basic_and_are_asked_for_it_and_browsers_are_not(accounts: Path) -> None:
    program = client(accounts=accounts)
    asked = program.get("/api/v1/coverage")
    assert asked.status_code == 401
    assert asked.headers["www-authenticate"].startswith("Basic ")
    assert asked.json()["detail"] == "You are not logged in."
    assert program.get("/who", headers=basic("bo")).json()["role"] == "reader"
    assert program.get("/who", headers=basic("BO")).json()["name"] == "bo"
    for wrong in (basic("bo", "x"), {"authorization": "Basic !!"}, {"authorization": "Bearer x"}, basic("", "")):
        assert program.get("/who", headers=wrong).status_code == 401
    from_a_page = program.post("/api/v1/ask", headers={"sec-fetch-site": "same-origin"})
    assert from_a_page.status_code == 401
    assert "www-authenticate" not in from_a_page.headers


def test_a_programs_password_is_checked_once(accounts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = client(accounts=accounts)
    assert program.get("/who", headers=basic("bo")).status_code == 200
    monkeypatch.setattr("assistant.web.guard.gate.authenticated", None)
    assert program.get("/who", headers=basic("bo")).status_code == 200


def test_a_page_of_another_site_cannot_use_a_session(accounts: Path) -> None:
    browser = client(accounts=accounts)
    log_in(browser)
    for headers in (
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:7860"},
        {"sec-fetch-site": "same-site"},
        {},  # a cookie, and no word of where it comes from
    ):
        for path in ("/who", "/gradio_api/queue/join", "/api/v1/ask", "/logout", "/login"):
            assert browser.post(path, headers=headers).status_code == 403, (path, headers)
    assert browser.post("/who", headers={"origin": "http://127.0.0.1:7860"}).status_code == 200
    assert client().post("/who", headers={"origin": "http://evil.example"}).status_code == 403, "without accounts too"
    assert client().post("/who").status_code == 200, "a program has no cookies"


def test_a_site_that_is_invited_calls_the_interfaces_and_nothing_else(accounts: Path) -> None:
    invited = {"origin": "https://intra.example.se", "sec-fetch-site": "cross-site"}
    inside = client(accounts=accounts, cors_origins=("https://intra.example.se",))
    asks = {**invited, "access-control-request-method": "POST"}
    assert inside.options("/api/v1/ask", headers=asks).status_code == 405, "the interface itself says yes or no"
    assert inside.options("/who", headers=asks).status_code == 401
    assert inside.post("/api/v1/ask", headers=invited).status_code == 401
    assert inside.post("/api/v1/ask", headers={**invited, **basic("bo")}).status_code == 200
    assert inside.post("/who", headers={**invited, **basic("bo")}).status_code == 403
    other = {**invited, "origin": "https://evil.example", **basic("bo")}
    assert inside.post("/api/v1/ask", headers=other).status_code == 403
    log_in(inside)
    assert inside.post("/api/v1/ask", headers=invited).status_code == 403, "a session is for our own pages"
    answer = client(cors_origins=("https://intra.example.se",)).get("/api/v1/ask", headers=invited)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client().get("/api/v1/ask", headers=invited).headers


def test_a_link_from_elsewhere_is_opened_with_the_session(accounts: Path) -> None:
    browser = client(accounts=accounts)
    linked = browser.get("/", headers={**PAGE, "sec-fetch-site": "cross-site"})
    assert linked.status_code == 200
    assert 'href="/login?to=%2F&amp;lang=sv"' in linked.text, "followed from our own page, it comes with the cookie"
    assert "script-src 'sha256-" in linked.headers["content-security-policy"]
    assert browser.get("/", headers={**PAGE, "sec-fetch-site": "same-origin"}).status_code == 303


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "/%0d%0aset-cookie:%20a=b",
        "evil",
        "",
        "/login?to=/login",
        "/logout",
    ],
)
def test_the_form_leads_nowhere_else(accounts: Path, to: str) -> None:
    answer = log_in(client(accounts=accounts), to=to)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


def test_accounts_that_break_while_the_server_runs_let_nobody_in(accounts: Path) -> None:
    browser = client(accounts=accounts)
    log_in(browser)
    accounts.write_text("{", encoding="utf-8")
    answer = browser.get("/", headers={**PAGE, "sec-fetch-site": "same-origin"})
    assert answer.status_code == 503
    assert "kontona går inte att läsa" in answer.text
    assert str(accounts) not in answer.text


def test_a_server_doesnt_start_with_broken_or_no_accounts(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="radslag users add"):
        client(accounts=tmp_path / "none.json")
    (tmp_path / "broken.json").write_text("[", encoding="utf-8")
    with pytest.raises(UsageError, match="mend it"):
        client(accounts=tmp_path / "broken.json")


def test_a_form_that_is_no_form_is_refused(accounts: Path) -> None:
    browser = client(accounts=accounts)
    here = {"origin": "http://127.0.0.1:7860"}
    assert browser.post("/login", content=b"x" * 20_000, headers=here).status_code == 413
    assert browser.post("/login", content=b"\xff\xfe=\x00&&&;=", headers=here).status_code == 401
    assert browser.post("/login", data={}, headers=here).status_code == 401


def test_the_form_speaks_both_languages_and_names_its_fields(accounts: Path) -> None:
    browser = client(accounts=accounts)
    for language, words in (("sv", ("Logga in", "Lösenord", "English")), ("en", ("Log in", "Password", "Svenska"))):
        text = browser.get(f"/login?lang={language}").text
        assert f'<html lang="{language}">' in text
        for each in words:
            assert each in text
        fields = re.findall(r'<input id="(\w+)"', text)
        assert fields == re.findall(r'<label for="(\w+)"', text) == ["name", "password"]
        assert 'autocomplete="current-password"' in text
