"""The same index code against a Chroma server on loopback."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.chain import ingest
from ingest.errors import UsageError
from ingest.settings import Settings
from ingest.store import Index
from tests.encoders import ToyEncoder
from tests.indexes import stored_vectors

START_SECONDS = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a Chroma server with an empty store."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = shutil.which("chroma", path=str(Path(sys.executable).parent)) or "chroma"
    folder = tmp_path_factory.mktemp("server")
    process = subprocess.Popen(
        [program, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(START_SECONDS * 10):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, "the Chroma server ended"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.slow
def test_an_index_on_a_server_follows_the_files(server: str, tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index", exact_passages=0, chroma_url=server)
    encoder = ToyEncoder()
    path = tmp_path / "arkiv" / "bad.txt"
    path.parent.mkdir()
    path.write_text("Avgift\n\nBeslut\n\n1. Avgiften är 50 kronor.\n2. Badet öppnar i maj.\n", encoding="utf-8")
    assert ingest([path.parent], settings, encoder).added == 1
    with Index.open(settings, encoder.fingerprint) as index:
        assert set(stored_vectors(settings)) == index.registry.passage_ids()
        best, cosine = index.nearest(encoder.encode_query("Badet öppnar i maj."), 5)[0]
        assert "maj" in index.registry.passages([best])[best].passage.text
        assert 0 < cosine <= 1
    path.write_text("Avgift\n\nBeslut\n\n1. Avgiften är 75 kronor.\n", encoding="utf-8")
    assert ingest([path.parent], settings, encoder).updated == 1
    with Index.open(settings, encoder.fingerprint) as index:
        assert set(stored_vectors(settings)) == index.registry.passage_ids()
        assert len(stored_vectors(settings)) == 1


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_said(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(index=tmp_path / "index", exact_passages=0, chroma_url=f"http://127.0.0.1:{port}")
    (tmp_path / "a.txt").write_text("Beslut\n\nJa.\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"cannot open the vectors at .*see that the Chroma server runs"):
        ingest([tmp_path / "a.txt"], settings, ToyEncoder())


def test_a_url_that_is_none_is_said(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index", exact_passages=0, chroma_url="localhost:8000")
    (tmp_path / "a.txt").write_text("Beslut\n\nJa.\n", encoding="utf-8")
    with pytest.raises(UsageError, match="setting chroma_url"):
        ingest([tmp_path / "a.txt"], settings, ToyEncoder())
