"""A scripted endpoint, and the settings that name it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.llm.client import Endpoint
from ingest.settings import Settings, load_settings
from tests.scripted import KEY, Scripted, scripted


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def model_settings(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with the endpoint in the environment, where its key belongs."""
    monkeypatch.setenv("RADSLAG_LLM_KEY", KEY)
    return load_settings(llm_url=server.url, llm_model="scripted", llm_timeout_seconds=5)


@pytest.fixture
def endpoint(model_settings: Settings) -> Endpoint:
    return Endpoint.of(model_settings)
