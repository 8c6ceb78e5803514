"""Questions made from the titles of settled matters, and whether their last decisions answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.service import Assistant
from evals.commands import COMMANDS
from evals.outcomes import FORMS, inquiries, measure, render
from ingest.cli import main
from ingest.matters import Matter, Role, Step
from ingest.model import Status
from ingest.outcome import Outcome
from tests.assistant.test_matter import KEPT, reading


def matter(number: str, title: str, *outcomes: Outcome | None) -> Matter:
    steps = tuple(
        Step(
            "kf.txt",
            number,
            number,
            f"2024-0{month}-01",
            "kommunfullmäktige",
            title,
            Role.BESLUT,
            Status.BESLUT,
            outcome,
        )
        for month, outcome in enumerate(outcomes, 1)
    )
    return Matter(number, title, None, None, outcomes[-1] if outcomes else None, steps)


def test_only_what_was_settled_under_a_name_of_its_own_is_asked_about() -> None:
    asked = inquiries(
        [
            matter("1", "Svar på motion av Anna Lind (BL) om cykelställ", Outcome.BORDLAGD, Outcome.AVSLAG),
            matter("2", "Taxa för torg 2024", Outcome.ANTAGEN),
            matter("3", "Taxa för torg 2025", Outcome.ANTAGEN),
            matter("4", "Ny bro", Outcome.ÅTERREMISS),
        ]
    )
    assert {inquiry.matter for inquiry in asked} == {"1"}
    assert len(asked) == len(FORMS)
    assert asked[0].question == "Hur gick det med motionen om cykelställ?"
    assert asked[-1].question == "When was the motion on “cykelställ” decided?"
    assert {inquiry.decision.outcome for inquiry in asked} == {Outcome.AVSLAG}


def test_an_answer_is_right_that_rests_on_the_last_decision(tmp_path: Path) -> None:
    with reading(tmp_path, {"minutes.txt": KEPT}) as assistant:
        asked = inquiries(assistant.archive.matters())
        found = measure(asked, assistant)
    assert found.matters == 1
    assert found.overall.n == len(FORMS)
    assert found.overall.value == 1 - len(found.wrong) / len(FORMS)
    assert found.overall.value > 0.5
    assert render(found).count("\n") == len(FORMS) + 1


def test_an_answer_that_rests_on_something_else_is_wrong(tmp_path: Path) -> None:
    asked = inquiries([matter("52", "Nedläggning av Lillby skola", Outcome.AVSLAG)])
    with reading(tmp_path, {"minutes.txt": KEPT}) as assistant:
        found = measure(asked, assistant)
    assert found.overall.value == 0
    assert [inquiry for inquiry, _ in found.wrong] == list(asked)


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with reading(tmp_path, {"minutes.txt": KEPT}) as assistant:
        monkeypatch.setattr(Assistant, "open", lambda _: _opened(assistant))
        assert main("radslag", "", COMMANDS, ["outcomes", "--index", "x", "--json", "--matters", "1"]) == 0
        assert json.loads(capsys.readouterr().out)["matters"] == 1


def test_the_command_says_when_there_is_nothing_to_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with reading(tmp_path, {"letter.txt": "Ett brev om ingenting särskilt.\n"}) as assistant:
        monkeypatch.setattr(Assistant, "open", lambda _: _opened(assistant))
        assert main("radslag", "", COMMANDS, ["outcomes", "--index", "x"]) == 1
        assert "no settled matter" in capsys.readouterr().err


class _opened:
    """An assistant that is open already."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def __enter__(self) -> Assistant:
        return self.assistant

    def __exit__(self, *_: object) -> None:
        pass
