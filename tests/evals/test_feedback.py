"""Feedback becomes draft cases that the evaluation can read, and that a reviewer is reminded of."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.feedback import Entry, entry_of, keep
from assistant.model import Answer, Turn
from evals.cases import Case, load_cases
from evals.check import check_cases
from evals.commands import COMMANDS
from evals.feedback import DRAFT, draft, listed, write_drafts
from ingest.cli import main
from ingest.errors import UsageError
from ingest.settings import Settings, load_settings
from tests.answers import HOSTILE_MARKUP, abstention, decision, flagship, folded, hostile

FINGERPRINT = {"code": "c", "corpus": "0", "model": "toy@1", "settings": "5"}
HISTORY = (Turn("user", "Vad gäller?"), Turn("assistant", "Det är ett förslag."))


def said(answer: Answer, verdict: str = "right", comment: str = "") -> Entry:
    return entry_of(answer, HISTORY, {"year": "2022"}, verdict, comment, FINGERPRINT, "2026-11-22T09:30+00:00")  # type: ignore[arg-type]


ENTRIES = [
    said(flagship()),
    said(flagship("en"), "missing-source", "Avtalet?"),
    said(decision(), "wrong", "Det ändrades 2024."),
    said(abstention()),
    said(abstention(), "wrong"),
    said(hostile(), "wrong", HOSTILE_MARKUP),
]


def loaded(tmp_path: Path, *entries: Entry) -> list[Case]:
    write_drafts(entries, tmp_path / "drafts.jsonl")
    cases = load_cases([tmp_path / "drafts.jsonl"])
    assert all(isinstance(case, Case) for case in cases)
    return [case for case in cases if isinstance(case, Case)]


def test_every_draft_can_be_read(tmp_path: Path) -> None:
    cases = loaded(tmp_path, *ENTRIES)
    assert [case.question for case in cases] == [entry.question for entry in ENTRIES]
    assert [case.answerable for case in cases] == [True, True, True, False, True, True]
    assert {case.tags[0] for case in cases} == {DRAFT}
    assert [case.tags[1] for case in cases] == [entry.verdict for entry in ENTRIES]
    assert all(case.history == HISTORY and case.filters == {"year": "2022"} for case in cases)


def test_the_cited_quotes_are_filled_in_and_a_right_answer_gives_a_fact(tmp_path: Path) -> None:
    right, missing, wrong, *_ = loaded(tmp_path, *ENTRIES)
    quotes = [folded(citation.quote) for citation in flagship().citations]
    for case in (right, missing):
        assert [group[0].quote for group in case.evidence] == quotes
        assert {group[0].document for group in case.evidence} == {flagship().citations[0].document}
    assert right.facts == ((quotes[0],),)
    assert (missing.facts, wrong.facts) == ((), ())
    assert wrong.note is not None
    assert "a reader found this wrong (“Det ändrades 2024.”). Answered: Beslut: " in wrong.note


def test_what_is_left_to_the_reviewer_is_found_when_the_cases_are_checked(tmp_path: Path) -> None:
    loaded(tmp_path, *ENTRIES[:3])
    findings = [str(finding) for finding in check_cases([tmp_path / "drafts.jsonl"], lambda _: None)]
    for number in (2, 3):
        assert any(f"drafts.jsonl:{number}: " in each and "answerable without facts" in each for each in findings)


def test_a_draft_may_be_of_no_history_and_no_filter() -> None:
    bare = draft(replace(said(abstention()), history=(), filters={}))
    assert not {"history", "filters"} & bare.keys()
    assert (bare["facts"], bare["evidence"]) == ([], [])


def test_no_file_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text("mine")
    with pytest.raises(UsageError, match=r"is there already: .*name another"):
        write_drafts(ENTRIES, file)
    assert file.read_text() == "mine"
    with pytest.raises(UsageError, match="cannot write"):
        write_drafts(ENTRIES, tmp_path / "none" / "cases.jsonl")


def test_the_list_steers_no_terminal() -> None:
    text = listed(ENTRIES)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "wrong" in text
    assert "(year=2022)" in text
    assert "“Det ändrades 2024.”" in text


# -- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(index=Path("my-index"))
    for entry in (*ENTRIES[:3], ENTRIES[0]):
        keep(entry, settings)
    return settings


def run(*arguments: str) -> int:
    return main("radslag", "test", COMMANDS, ["feedback", *arguments])


@pytest.mark.usefixtures("settings")
def test_the_command_lists_what_was_said_and_each_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--index", "my-index", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["verdict"] for line in lines] == ["right", "missing-source", "wrong"]
    assert [line["id"] for line in lines] == [entry.id for entry in ENTRIES[:3]]
    assert run("--index", "my-index", "--verdict", "wrong") == 0
    out = capsys.readouterr().out
    assert "Det ändrades 2024." in out
    assert "Avtalet?" not in out


@pytest.mark.usefixtures("settings")
def test_the_command_writes_drafts_into_a_new_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--index", "my-index", "--to-cases", "drafts.jsonl") == 0
    assert "drafts.jsonl: 3 drafts" in capsys.readouterr().out
    assert len(load_cases([Path("drafts.jsonl")])) == 3
    assert run("--index", "my-index", "--to-cases", "drafts.jsonl") == 2
    assert "name another" in capsys.readouterr().err


@pytest.mark.usefixtures("settings")
def test_without_feedback_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--index", "other") == 2
    assert "no feedback at other" in capsys.readouterr().err
