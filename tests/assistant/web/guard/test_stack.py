"""What every request meets: headers, host names, sizes, proxies and the allowance of questions."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.websockets import WebSocketDisconnect

from assistant.web.guard.headers import HEADERS
from assistant.web.guard.proxies import client_address, networks
from assistant.web.guard.words import ENGLISH, SWEDISH, too_many
from ingest.errors import UsageError
from ingest.settings import load_settings
from tests.assistant.web.guard.build import behind, client


def test_every_response_carries_the_headers() -> None:
    inside = client()
    for path, headers in (
        ("/", {}),
        ("/who", {}),
        ("/health", {}),
        ("/gradio_api/info", {}),
        ("/", {"host": "evil.example"}),
    ):
        answer = inside.get(path, headers=headers)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "http" not in policy
        assert "*" not in policy
        assert answer.headers["x-frame-options"] == ("DENY" if "frame-ancestors 'none'" in policy else "SAMEORIGIN")
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert "server" not in answer.headers
        assert "strict-transport-security" not in answer.headers


def test_scripts_of_a_page_run_by_their_hash_alone() -> None:
    policy = client().get("/").headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    expected = base64.b64encode(hashlib.sha256(b"one()").digest()).decode()
    assert scripts == f"script-src 'self' 'unsafe-eval' 'sha256-{expected}'"


def test_a_policy_of_our_own_pages_stands() -> None:
    answer = client().get("/own")
    assert answer.headers["content-security-policy"] == "default-src 'self'; frame-ancestors 'self'"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


def test_https_is_kept_to_when_it_is_used() -> None:
    assert "strict-transport-security" in client(https=True).get("/who").headers
    assert "strict-transport-security" in client("https://127.0.0.1").get("/who").headers


@pytest.mark.parametrize(
    ("settings", "host", "status"),
    [
        ({}, "127.0.0.1:7860", 200),
        ({}, "localhost", 200),
        ({}, "LOCALHOST:1", 200),
        ({}, "[::1]:7860", 200),
        ({}, "evil.example", 421),
        ({}, "127.0.0.1.evil.example", 421),
        ({}, "localhost.evil.example:7860", 421),
        ({}, "", 421),
        ({"allowed_hosts": ("Radslag.koping.se",)}, "radslag.koping.se", 200),
        ({"allowed_hosts": ("radslag.koping.se",)}, "localhost", 200),
        ({"allowed_hosts": ("radslag.koping.se",), "host": "0.0.0.0"}, "evil.example", 421),
        ({"host": "0.0.0.0"}, "radslag.koping.se", 200),
        ({"host": "::1"}, "evil.example", 421),
    ],
)
def test_a_server_answers_to_its_own_names(settings: dict[str, Any], host: str, status: int) -> None:
    assert client(**settings).get("/who", headers={"host": host}).status_code == status
    assert client(**settings).get("/health", headers={"host": host}).status_code == 200


def test_a_body_has_a_limit_announced_or_not() -> None:
    inside = client(request_kilobytes=10)

    def chunks(count: int) -> Iterator[bytes]:
        yield from [b"x" * 1000] * count

    assert inside.post("/who", content=b"x" * 10_000).json()["bytes"] == 10_000
    assert inside.post("/who", content=chunks(10)).json()["bytes"] == 10_000
    for body in (b"x" * 10_001, chunks(11), chunks(5000)):
        answer = inside.post("/who", content=body)
        assert answer.status_code == 413
        assert "10 kB" in answer.text
    assert inside.post("/who", content=b"", headers={"content-length": "-1"}).status_code == 413


def test_larger_bodies_are_for_editors_and_uploads() -> None:
    large = b"x" * 300_000
    cases: tuple[tuple[dict[str, Any], str, int], ...] = (
        ({}, "/uploads", 413),
        ({"open_upload": True}, "/uploads", 200),
        ({"open_upload": True}, "/who", 413),
    )
    for settings, path, status in cases:
        inside = client(request_kilobytes=100, upload_megabytes=1, **settings)
        assert inside.post(path, content=large).status_code == status
    inside = client(request_kilobytes=100, upload_megabytes=1, open_upload=True)
    assert inside.post("/uploads", content=b"x" * 1_000_001).status_code == 413


def test_the_allowance_is_each_clients_own_and_told_honestly() -> None:
    settings = load_settings(questions_per_minute=2)
    first = behind(settings)
    assert [first.post("/api/v1/ask").status_code for _ in range(3)] == [200, 200, 429]
    late = first.post("/api/v1/ask")
    assert 1 <= int(late.headers["retry-after"]) <= 30
    assert "More questions come from here" in late.json()["detail"]
    assert first.get("/api/v1/coverage").status_code == 200, "what isn't a question costs nothing"
    assert first.post("/mcp").status_code == 429
    assert first.head("/api/v1/ask").status_code == 429, "an answer is worked out for HEAD too"


def test_proxies_are_believed_only_when_named() -> None:
    settings = load_settings(questions_per_minute=1)
    assert behind(settings).get("/who", headers={"x-forwarded-for": "1.2.3.4"}).json()["client"] == "127.0.0.1"
    trusting = load_settings(trusted_proxies=("127.0.0.1", "10.0.0.0/8"))
    for given, expected in (
        ("1.2.3.4", "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("1.2.3.4, 10.0.0.7", "1.2.3.4"),
        ("nonsense", "127.0.0.1"),
        ("", "127.0.0.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:3::4]", "2001:db8:1:2::/64"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
    ):
        found = behind(trusting).get("/who", headers={"x-forwarded-for": given}).json()["client"]
        assert found == expected, given
    stranger = behind(trusting, address="8.8.8.8").get("/who", headers={"x-forwarded-for": "1.2.3.4"})
    assert stranger.json()["client"] == "8.8.8.8"


def test_a_client_without_an_address_has_a_name_all_the_same() -> None:
    assert client_address({"client": None, "headers": []}, ()) == "unknown"
    with pytest.raises(UsageError, match=r"trusted_proxies: found 'proxy\.local'"):
        networks(["proxy.local"])


def test_nothing_speaks_websocket() -> None:
    with pytest.raises(WebSocketDisconnect), client().websocket_connect("/gradio_api/queue/join"):
        pass


def test_the_wait_is_said_as_one_says_it() -> None:
    assert "Vänta 2 sekunder" in too_many(0.3, "sv")
    assert "Wait 31 seconds" in too_many(30.2, "en")
    assert "Vänta 3 minuter" in too_many(121, "sv")
    for name in SWEDISH.__dataclass_fields__:
        assert getattr(SWEDISH, name) != getattr(ENGLISH, name), name


def test_what_accounts_protect_is_in_no_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.assistant.web.guard.build import accounts_file, log_in

    inside = client(accounts=accounts_file(tmp_path_factory.mktemp("accounts")))
    log_in(inside)
    assert inside.get("/who").headers["cache-control"] == "no-store"
    assert "cache-control" not in inside.get("/assets/a.js").headers
