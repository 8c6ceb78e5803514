"""The ingest command: what is told while it works."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ingest import commands


def test_progress_is_told_in_a_log_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps: Any = [(SimpleNamespace(id=f"{number}.txt"), None) for number in range(3)]
    assert list(commands._progress(iter(steps), 3)) == steps
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(commands, "SECONDS_IN_A_LOG", 0)
    assert list(commands._progress(iter(steps), 3)) == steps
    assert capsys.readouterr().err.splitlines()[1] == "ingest: 1 of 3 documents, now 1.txt"
