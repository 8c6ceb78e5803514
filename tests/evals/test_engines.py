"""The evaluation of a language model: both engines over the same cases, the prompts and replies kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import service
from evals.answers import read_answers
from evals.commands import COMMANDS
from evals.engines import render_engines
from ingest.cli import main
from ingest.settings import Settings
from tests.assistant.conftest import assistant, papers
from tests.encoders import ToyEncoder
from tests.scripted import KEY, Scripted, scripted

__all__ = ["assistant", "papers"]

CASES = (
    {
        "id": "fee",
        "question": "Vilken avgift för sophämtning fastställs?",
        "lang": "sv",
        "answerable": True,
        "facts": [["1 250"]],
        "evidence": [[{"document": "norrby/memo.txt", "quote": "fastställs till 1 250 kronor om året"}]],
        "tags": ["amount"],
    },
    {
        "id": "mayor",
        "question": "Vem är borgmästare i Paris?",
        "lang": "sv",
        "answerable": False,
        "facts": [],
        "evidence": [],
        "tags": ["offtopic"],
    },
)


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def settings(server: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("RADSLAG_LLM_URL", server.url)
    monkeypatch.setenv("RADSLAG_LLM_MODEL", "scripted")
    monkeypatch.setenv("RADSLAG_LLM_KEY", KEY)
    monkeypatch.setattr(service, "load_encoder", lambda _: ToyEncoder())
    return Settings(index=tmp_path / "index")


@pytest.mark.usefixtures("assistant")
def test_a_run_with_the_model_keeps_prompts_and_replies_and_compares(
    server: Scripted, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "cases.jsonl", tmp_path / "out"
    file.write_text("".join(json.dumps(case) + "\n" for case in CASES), encoding="utf-8")
    said = "Avgiften för sophämtning föreslås bli 1 250 kronor om året. ⟦1 250⟧\nDen betalas till Arvika. ⟦1 250⟧"
    server.say(said, said)  # the first warms up
    arguments = ["eval", str(file), "--engine", "llm", "--index", str(settings.index), "--out", str(folder)]
    assert main("radslag", "", COMMANDS, arguments) == 0
    answers = read_answers(folder)
    assert (answers["fee"]["engine"], answers["mayor"]["engine"]) == ("llm", "extractive")
    (attempt,) = answers["fee"]["transcript"]["attempts"]
    assert attempt["prompt"][1]["content"] == server.asked[-1]["messages"][1]["content"]
    assert "Den betalas till Arvika." in attempt["reply"]
    assert answers["fee"]["transcript"]["dropped"][0]["what"] == "Arvika"
    assert read_answers(folder / "extractive")["fee"]["engine"] == "extractive"
    report = (folder / "report.md").read_text(encoding="utf-8")
    assert "## The language model" in report
    assert "## Against the baseline" in report
    assert "2 of 2 correct, before 2 (+0)" in report
    assert "baseline: 0 gained, 0 lost of 2" in capsys.readouterr().out
    for path in folder.rglob("*"):
        assert path.is_dir() or KEY not in path.read_text(encoding="utf-8")


def test_a_run_without_a_model_has_no_section_on_it() -> None:
    assert render_engines({"a": {"id": "a", "answer": "x"}}) == ""
