"""The route that takes files: from whom, in what form, and what it says when it doesn't."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.service import Assistant
from assistant.web import uploads
from assistant.web.guard.stack import guarded
from assistant.web.uploads import MARK, UPLOADS
from ingest.settings import load_settings
from ingest.uploads import uploads_folder, waiting

TEXT = b"Laddstolpar vid simhallen\n\nKommunen bygger tolv laddstolpar.\n"


@pytest.fixture
def client(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """What an editor's browser reaches; a request with the header `reader` is a reader's."""
    monkeypatch.setattr(uploads, "may_upload", lambda request: "reader" not in request.headers)
    app = FastAPI()
    app.include_router(uploads.router(assistant.uploads))
    return TestClient(app)


def post(
    client: TestClient, content: bytes = TEXT, name: str = "a.txt", headers: Mapping[str, str] | None = None
) -> Any:
    given = {MARK: "upload", **(headers or {})}
    sent = {key: value for key, value in given.items() if value}
    return client.post(UPLOADS, params={"name": name, "municipality": "Norrby kommun"}, content=content, headers=sent)


def test_an_editor_s_file_is_taken(client: TestClient, assistant: Assistant) -> None:
    response = post(client)
    assert (response.status_code, response.json()) == (201, {"document": "uppladdat/norrby/a.txt"})
    assert (uploads_folder(assistant.settings) / "uppladdat/norrby/a.txt").read_bytes() == TEXT


@pytest.mark.parametrize("headers", [{"reader": "yes"}, {MARK: ""}])
def test_nobody_else_s_is(client: TestClient, assistant: Assistant, headers: dict[str, str]) -> None:
    response = post(client, headers=headers)
    assert (response.status_code, response.json()) == (403, {"refused": "role"})
    assert waiting(assistant.settings, ()) == ()


@pytest.mark.parametrize(
    ("name", "content", "status", "reason"),
    [
        ("a.exe", TEXT, 415, "kind"),
        ("a.doc", TEXT, 415, "convert"),
        ("a.txt", b"", 415, "empty"),
        ("a.txt", b"x" * 50_000_001, 413, "size"),
    ],
)
def test_what_is_not_taken_is_said(
    client: TestClient, assistant: Assistant, name: str, content: bytes, status: int, reason: str
) -> None:
    response = post(client, content, name)
    assert (response.status_code, response.json()) == (status, {"refused": reason})
    assert waiting(assistant.settings, ()) == ()


def test_the_same_file_twice_and_too_many_are_told_apart(client: TestClient) -> None:
    assert post(client).status_code == 201
    assert post(client).json() == {"refused": "same"}
    statuses = [post(client, TEXT + bytes([number])).status_code for number in range(20)]
    assert statuses == [201] * 19 + [429]


def test_the_guards_let_an_editor_s_file_through_and_nobody_else_s(assistant: Assistant) -> None:
    size = 2_000_000
    for role, status, settings in (("reader", 413, {}), ("editor", 201, {"open_upload": True})):
        app = FastAPI()
        app.include_router(uploads.router(assistant.uploads))
        guards = guarded(app, load_settings(**settings))
        inside = TestClient(guards, base_url="http://127.0.0.1", client=("127.0.0.1", 50000))
        assert post(inside, b"x" * size).status_code == status, role
