"""`radslag eval` and `radslag check-cases`, with a product that answers from memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest

from assistant.service import Assistant
from evals.commands import COMMANDS
from ingest.cli import main
from ingest.settings import Settings
from tests.evals.builders import DOCUMENT, TEXT, FakeProduct, answer, citation

CASES = [
    {
        "id": "koping-amount-1",
        "question": "Vad betalar kommunen?",
        "lang": "sv",
        "answerable": True,
        "facts": [["375 000"]],
        "evidence": [[{"document": DOCUMENT, "quote": "betalar årligen in 375 000 kronor"}]],
        "tags": ["amount"],
    },
    {
        "id": "koping-absent-1",
        "question": "Who is the mayor of Oslo?",
        "lang": "en",
        "answerable": False,
        "facts": [],
        "evidence": [],
        "tags": ["absent"],
    },
]
GOOD = {"Vad betalar kommunen?": answer("375 000 kronor [1]", citation())}


@pytest.fixture
def product(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeProduct:
    """The product that `eval` opens, in a working folder with a corpus and cases."""
    fake = FakeProduct(GOOD)

    @contextmanager
    def opened(settings: Settings) -> Iterator[FakeProduct]:
        assert settings.index == Path("my-index")
        yield fake

    monkeypatch.setattr(Assistant, "open", opened)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus" / "koping").mkdir(parents=True)
    (tmp_path / "corpus" / DOCUMENT).write_text(TEXT, encoding="utf-8")
    (tmp_path / "cases.jsonl").write_text("\n".join(map(json.dumps, CASES)), encoding="utf-8")
    return fake


def run(*arguments: str) -> int:
    return main("radslag", "test", COMMANDS, arguments)


def evaluated(*more: str) -> int:
    return run("eval", "cases.jsonl", "--index", "my-index", *more)


def gates(text: str) -> str:
    Path("gates.toml").write_text(text, encoding="utf-8")
    return "gates.toml"


@pytest.mark.usefixtures("product")
def test_eval_writes_four_files_and_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated() == 0
    out, err = capsys.readouterr()
    assert "| correct " in out
    assert "2 cases attempted, 0 crashed, 0 wrong" in out
    assert out.rstrip().endswith("report: .eval/report.md")
    assert err == ""  # no progress bar where there is no terminal
    assert len(Path(".eval/answers.jsonl").read_text().splitlines()) == 2
    scores = json.loads(Path(".eval/scores.json").read_text())
    assert scores["overall"]["rates"]["correct"]["value"] == 1
    assert scores["gates"] == []
    assert scores["baseline"] is None
    assert len(scores["fingerprint"]["digest"]) == 64
    assert Path(".eval/report.md").read_text().startswith("# Evaluation")
    assert len(xml.parse(".eval/junit.xml").findall(".//testcase")) == 2


@pytest.mark.usefixtures("product")
def test_gates_decide_the_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated("--gates", gates("[overall]\ncorrect = 1.0")) == 0
    assert "gate passed: overall.correct 1.000 (floor 1, n = 2)" in capsys.readouterr().out
    assert evaluated("--gates", gates("[kind.when]\ncorrect = 0.5")) == 1
    assert "gate FAILED: kind.when.correct no case" in capsys.readouterr().out
    assert json.loads(Path(".eval/scores.json").read_text())["gates"][0]["passed"] is False


def test_gates_are_proposed_and_raised(product: FakeProduct, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{**CASES[0], "id": f"c{n}"} for n in range(10)]
    Path("cases.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    file = gates("[overall]\ncorrect = 0.2\nrecall_at_10 = 0.7\n")
    assert evaluated("--propose-gates", file) == 0
    assert "gates proposed: gates.toml" in capsys.readouterr().out
    raised = Path(file).read_text(encoding="utf-8")
    assert "[overall]\ncorrect = 0.9\nrecall_at_10 = 0.7\n" in raised
    assert "[kind.amount]\ncorrect = 0.9\n" in raised
    product.answers = {}
    assert evaluated("--propose-gates", file, "--gates", file) == 1
    assert Path(file).read_text(encoding="utf-8") == raised


def test_a_crash_fails_the_run(product: FakeProduct, capsys: pytest.CaptureFixture[str]) -> None:
    product.answers = {"Vad betalar kommunen?": RuntimeError("borta")}
    assert evaluated() == 1
    assert "crashed: koping-amount-1: RuntimeError: borta" in capsys.readouterr().out


def test_a_wrong_answer_without_gates_is_a_result_not_a_failure(product: FakeProduct) -> None:
    product.answers = {}
    assert evaluated() == 0


def test_baseline(product: FakeProduct, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated("--out", "before") == 0
    product.answers = {}
    assert evaluated("--baseline", "before") == 0
    assert "baseline: 0 gained, 1 lost of 2, p = 1.000" in capsys.readouterr().out
    assert json.loads(Path(".eval/scores.json").read_text())["baseline"]["lost"] == ["koping-amount-1"]
    assert evaluated("--baseline", ".eval") == 0  # read before it is written over


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.jsonl",), "no case file at none.jsonl"),
        (("cases.jsonl", "--gates", "none.toml"), "none.toml: cannot be read"),
        (("cases.jsonl", "--baseline", "none"), "no answers at none"),
        ((), "required: CASES"),
    ],
)
def test_what_cannot_be_used(
    product: FakeProduct, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    try:
        status = run("eval", *arguments)
    except SystemExit as exit_:
        status = int(str(exit_.code))
    assert status == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.count("\n") == 1
    assert product.asked == []


@pytest.mark.usefixtures("product")
def test_check_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check-cases", "cases.jsonl") == 0
    assert capsys.readouterr().out == "the cases are in order\n"
    Path("corpus", DOCUMENT).write_text("Något annat än förut står här numera.", encoding="utf-8")
    assert run("check-cases", "cases.jsonl") == 1
    assert "cases.jsonl:1: koping-amount-1: quote not in koping/a.txt" in capsys.readouterr().out
    assert run("check-cases", "cases.jsonl", "--corpus", "elsewhere") == 1
    assert "no document koping/a.txt" in capsys.readouterr().out
