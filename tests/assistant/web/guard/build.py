"""Accounts, applications and requests to try the guards with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from assistant.web.guard.accounts import Account, Role, write_accounts
from assistant.web.guard.passwords import Hash, _scrypt
from assistant.web.guard.stack import guarded
from assistant.web.guard.visitor import may_upload, visitor_of
from ingest.settings import Settings, load_settings

PASSWORD = "fyra ord som grytlapp"


def account(name: str, role: Role = "reader", password: str = PASSWORD) -> Account:
    """An account whose password is checked in milliseconds."""
    salt = bytes(range(16))
    return Account(name, role, Hash(2**14, 1, 1, salt, _scrypt(password, 2**14, 1, 1, salt, 32)))


def accounts_file(folder: Path, *accounts: Account) -> Path:
    path = folder / "accounts.json"
    write_accounts(path, accounts or [account("anna", "editor"), account("bo")])
    return path


def client(base: str = "http://127.0.0.1:7860", address: str = "127.0.0.1", **settings: Any) -> TestClient:
    """A client at `address` of an application behind all guards that says who asked."""
    return behind(load_settings(**settings), address, base)


def behind(settings: Settings, address: str = "127.0.0.1", base: str = "http://127.0.0.1:7860") -> TestClient:
    """As `client`, for settings that are there already."""
    return TestClient(guarded(echo(), settings), base_url=base, client=(address, 50000), follow_redirects=False)


def log_in(client: TestClient, name: str = "anna", password: str = PASSWORD, to: str = "/") -> Any:
    """Send the form as a browser does."""
    return client.post(
        f"/login?to={to}&lang=sv",
        data={"name": name, "password": password},
        headers={"origin": str(client.base_url).rstrip("/"), "sec-fetch-site": "same-origin"},
    )


def echo() -> ASGIApp:
    """An application that says what it was sent and by whom."""

    async def tell(request: Request) -> Response:
        visitor = visitor_of(request)
        assert visitor is not None
        return JSONResponse(
            {
                "name": visitor.name,
                "role": visitor.role,
                "client": visitor.client,
                "uploads": may_upload(request),
                "bytes": len(await request.body()),
            },
            headers={"access-control-allow-origin": "*"},
        )

    async def page(_: Request) -> Response:
        return PlainTextResponse(
            "<html><head><script>one()</script><script src='two.js'></script></head></html>",
            media_type="text/html",
            headers={"access-control-allow-origin": "*", "server": "something/1.0"},
        )

    return Starlette(
        routes=[
            Route("/", page),
            Route("/own", own_page),
            Route("/{rest:path}", tell, methods=["GET", "POST", "PUT", "DELETE"]),
        ]
    )


async def own_page(_: Request) -> Response:
    return PlainTextResponse("x", headers={"content-security-policy": "default-src 'self'; frame-ancestors 'self'"})
