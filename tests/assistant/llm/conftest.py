"""A scripted endpoint, and the settings that name it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.llm.client import Endpoint
from ingest.settings import Settings, load_settings
from tests.scripted import KEY, Scripted, scripted


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def settings(server: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A model words answers; its key is in the environment, where it belongs."""
    monkeypatch.setenv("RADSLAG_LLM_KEY", KEY)
    return load_settings(
        index=tmp_path / "index", engine="llm", llm_url=server.url, llm_model="scripted", llm_timeout_seconds=8
    )


@pytest.fixture
def endpoint(settings: Settings) -> Endpoint:
    return Endpoint.of(settings)
