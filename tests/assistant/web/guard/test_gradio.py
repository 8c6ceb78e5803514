"""Gradio behind the guards: its pages work, and nothing else of it can be reached."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.web.guard.gradio import harmless, is_open
from assistant.web.guard.stack import guarded
from ingest.settings import load_settings
from tests.answers import fake_assistant

OPEN_ON_PURPOSE = {
    "/gradio_api/queue/join",
    "/gradio_api/queue/data",
    "/gradio_api/heartbeat/{session_hash}",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/startup-events",
    "/gradio_api/app_id",
    "/",
    "/{page}",
    "/config",
    "/static/{path:path}",
    "/assets/{path:path}",
    "/favicon.ico",
    "/theme.css",
    "/robots.txt",
    "/manifest.json",
    "/login",  # the guard's own page answers there
    "/logout",
    "/login_check",
}


@pytest.fixture(scope="module")
def mounted() -> Any:
    from assistant.web.app import application

    return application(fake_assistant())


def inside(mounted: Any, **settings: Any) -> TestClient:
    return TestClient(guarded(mounted, load_settings(**settings)), base_url="http://127.0.0.1", follow_redirects=False)


def test_every_route_of_gradio_is_open_on_purpose_or_closed() -> None:
    import gradio as gr
    from gradio.routes import App

    with gr.Blocks() as blocks:
        gr.Textbox()
    blocks.config = blocks.get_config_file()
    listed: list[Any] = []
    for route in App.create_app(blocks).routes:
        included = getattr(route, "original_router", None)  # FastAPI keeps an included router as one
        listed.extend(included.routes if included else [route])
    routes = {(method, route.path) for route in listed for method in getattr(route, "methods", None) or ("GET",)}
    assert len(routes) > 50
    for prefix in ("", "/en"):
        for method, path in routes:
            filled = prefix + re.sub(r"\{[^}]*\}", "x1", path)
            known = path.rstrip("/") in {each.rstrip("/") for each in OPEN_ON_PURPOSE}
            if prefix and path.startswith(("/login", "/logout")):
                known = False
            assert is_open(method, filled) <= known, f"{method} {filled} is open: is it needed?"


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file={secret}",
        "/gradio_api/file={quoted}",
        "/gradio_api/file/{secret}",
        "/gradio_api/file={secret}%0a",
        "/gradio_api/%66ile={secret}",
        "/gradio_api//file={secret}",
        "//gradio_api/file={secret}",
        "/gradio_api/../gradio_api/file={secret}",
        "/gradio_api/file=http://127.0.0.1:{port}/x",
        "/gradio_api/proxy=http://127.0.0.1:{port}/x",
        "/gradio_api/stream/a/b/1/playlist-file",
        "/gradio_api/custom_component/x/client/component/../../../../{secret}",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/runs",
        "/gradio_api/dev/reload",
        "/gradio_api/token",
        "/file={secret}",
        "/file/{secret}",
        "/proxy=http://127.0.0.1:{port}/x",
        "/static/../../../../../../../../{secret}",
        "/static/..%2f..%2f..%2f..%2f..%2f..%2f..%2f{quoted}",
        "/static/{quoted}",
        "/assets/..%2f..%2f..%2f..%2f..%2f..%2f..%2f{quoted}",
        "/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/{secret}",
        "/svelte/..%2f..%2f{quoted}",
        "/monitoring",
        "/monitoring/summary",
        "/pwa_icon/512",
        "/docs",
        "/openapi.json",
    ],
)
def test_no_path_reaches_a_file_or_another_server(
    mounted: Any, tmp_path: Path, asked_of: list[str], port: int, prefix: str, path: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    address = prefix + path.format(secret=secret, quoted=quote(str(secret), safe=""), port=port)
    for method in ("GET", "HEAD", "POST"):
        answer = inside(mounted).request(method, address)
        assert answer.status_code in {307, 400, 403, 404, 405, 422}, (method, address)
        assert "the secret" not in answer.text
    assert asked_of == []


@pytest.fixture
def asked_of() -> list[str]:
    return []


@pytest.fixture
def port(asked_of: list[str]) -> Iterator[int]:
    """A server next door that remembers what it was asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked_of.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def event(value: Any) -> bytes:
    return json.dumps({"data": [value, None, None], "fn_index": 0, "session_hash": "x"}).encode()


def a_file(**about: Any) -> dict[str, Any]:
    return {"path": "/tmp/x", **about, "meta": {"_type": "gradio.FileData"}}


def test_an_event_brings_no_file(mounted: Any, asked_of: list[str], port: int) -> None:
    for file in (a_file(path="/etc/passwd"), a_file(path=f"http://127.0.0.1:{port}/x"), a_file(url="http://x/")):
        for value in (file, [file], {"a": [{"b": file}]}):
            for path in ("/gradio_api/queue/join", "/en/gradio_api/queue/join", "/gradio_api/queue/join/"):
                assert inside(mounted).post(path, content=event(value)).status_code == 400
    assert inside(mounted).post("/gradio_api/queue/join", content=b"no JSON").status_code == 400
    assert asked_of == []


def test_a_file_is_found_however_it_is_spelt() -> None:
    assert harmless(event("text with gradio.FileData in it"))
    assert harmless(event({"meta": "gradio.FileData"}))
    written = event(a_file()).replace(b"gradio.FileData", rb"gradio\u002eFileData")
    assert b"gradio.FileData" not in written
    assert not harmless(written)
    deep: Any = a_file()
    for _ in range(300):
        deep = [deep]
    assert not harmless(event(deep))
    assert not harmless(b"[" * 100_000), "nor is that JSON"


@given(st.text(), st.sampled_from(["GET", "POST", "PUT", "HEAD", "OPTIONS"]))
def test_whatever_follows_gradios_prefix_is_closed_unless_a_page_uses_it(rest: str, method: str) -> None:
    for prefix in ("/gradio_api", "/en/gradio_api", "/GRADIO_API"):
        if is_open(method, prefix + rest):
            assert re.fullmatch(r"/(queue/(join|data)|heartbeat/\w+|startup-events|app_id|cancel|reset)/?", rest)


def test_gradio_takes_no_upload_from_anybody(mounted: Any) -> None:
    files = {"files": ("a.txt", b"some words")}
    for settings in ({}, {"open_upload": True}):
        assert inside(mounted, **settings).post("/gradio_api/upload", files=files).status_code == 404


def test_a_page_of_gradios_names_its_scripts_and_comes_from_nowhere_else(mounted: Any) -> None:
    for path in ("/", "/en/"):
        answer = inside(mounted).get(path, headers={"accept-encoding": "gzip, br", "origin": "http://evil.example"})
        assert answer.status_code == 200
        policy = answer.headers["content-security-policy"]
        scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
        inline = re.findall(r"<script(?![^>]*\bsrc=)", answer.text)
        assert 1 <= scripts.count("'sha256-") <= len(inline)
        assert "'unsafe-inline'" not in scripts
        assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert inside(mounted).get("/config").status_code == 200
    assert inside(mounted).get("/theme.css").status_code == 200
