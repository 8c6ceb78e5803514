"""The command line of the assistant: what goes to which stream, and the exit status."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from assistant import service
from assistant.commands import COMMANDS
from ingest.chain import ingest
from ingest.cli import main
from ingest.filters import FILTERS
from ingest.settings import Settings
from tests.encoders import ToyEncoder

pytestmark = pytest.mark.slow


@pytest.fixture
def index(papers: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    encoder = ToyEncoder()
    ingest([papers], settings, encoder)
    monkeypatch.setattr(service, "load_encoder", lambda _: encoder)
    return str(settings.index)


def run(*arguments: str) -> int:
    return main("prov", "A test.", COMMANDS, arguments)


def test_ask_prints_json_only(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "Vem är borgmästare i Paris?", "--index", index, "--json") == 0
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert answer["abstained"]
    assert set(answer) >= {
        *("question", "language", "answer", "abstained", "confidence", "engine"),
        *("statements", "citations", "retrieved", "timings_ms"),
    }


def test_ask_prints_text_for_people(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "Vem är borgmästare i Paris?", "--index", index) == 0
    assert "Dokumenten svarar inte" in capsys.readouterr().out


def test_a_batch_brings_its_own_filters_and_history(
    index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('\ufeff{"id": "a", "question": "Vad\u2028kostar badet?"}\n', encoding="utf-8")
    assert run("ask", "--batch", str(path), "--index", index) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a"
    assert run("ask", "--batch", str(path), "--filter", "year=2024", "--index", index) == 2
    assert "leave out --filter and --history" in capsys.readouterr().err


def test_ask_in_a_batch_answers_in_order_and_goes_on_after_a_failure(
    index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [
        {"id": "a", "question": "Vem är borgmästare i Paris?"},
        {"id": "b", "question": ""},
        {"id": "c", "question": "Och när då?", "history": [{"role": "user", "content": "Vad kostar sophämtning?"}]},
        {"id": "e"},
        {"id": "d", "question": "avgift", "filters": {"kind": "protokoll"}},
    ]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(case) for case in cases) + "\n\n", encoding="utf-8")
    assert run("ask", "--batch", str(path), "--index", index) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c", "e", "d"]
    assert "question" in lines[3]["error"]
    assert "KeyError" not in lines[3]["error"]
    assert "empty" in lines[1]["error"]
    assert lines[2]["understood"]
    assert {hit["document"] for hit in lines[4]["retrieved"]} == {"norrby/protokoll.txt"}


def test_history_from_a_file(index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "history.json"
    path.write_text(json.dumps([{"role": "user", "content": "Vad kostar sophämtning?"}]), encoding="utf-8")
    assert run("ask", "Och när då?", "--history", str(path), "--index", index, "--json") == 0
    assert "sophämtning" in json.loads(capsys.readouterr().out)["understood"]


def test_search_and_precedents(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("search", "ishallen", "-k", "2", "--index", index, "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["retrieved"]) == 2
    assert run("search", "ishallen", "--index", index) == 0
    said = capsys.readouterr().out
    assert re.search(r"^\d\.\d{3} [A-ZÅÄÖ]+ – .+\n.* · protokoll · 2024-05-13\b", said, re.MULTILINE)
    assert re.search(r"^ +norrby/protokoll\.txt \[\d+:\d+\]$", said, re.MULTILINE)
    assert run("precedents", "gratis bad", "--index", index, "--json") == 0
    assert json.loads(capsys.readouterr().out)["precedents"][0]["outcome"] == "avslag"
    assert run("precedents", "gratis bad", "--index", index) == 0
    assert "utfall: avslag" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "fråga", "--batch", "finns-inte.jsonl"),
        ("ask", "--batch", "finns-inte.jsonl"),
        ("ask", "fråga", "--history", "finns-inte.json"),
        ("ask", ""),
        ("ask", "  "),
        ("ask", "fråga", "--filter", "year=i fjol"),
        ("ask", "fråga", "--filter", "year=2018", "--filter", "year=2019"),
        ("precedents",),
        ("precedents", ""),
        ("search", ""),
        ("search", "x", "--filter", "color=red"),
    ],
)
def test_unusable_arguments_are_one_line_and_status_2(
    index: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments, "--index", index) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_no_index_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "load_encoder", lambda _: ToyEncoder())
    assert run("ask", "fråga", "--index", str(tmp_path / "ingen")) == 2
    assert "run `radslag ingest` first" in capsys.readouterr().err


@pytest.mark.parametrize(
    "history",
    [
        '{"role": "user"}',
        "null",
        "[1]",
        '[{"role": "system", "content": "x"}]',
        '[{"role": "user", "content": 1}]',
        "[",
        "",
    ],
)
def test_a_history_of_another_shape_is_one_line_that_shows_the_right_one(
    index: str, history: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "history.json"
    path.write_text(history, encoding="utf-8")
    assert run("ask", "Och när då?", "--history", str(path), "--index", index) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert '[{"role": "user", "content": "…"}' in line


def test_a_filter_that_nothing_matches_is_said_by_every_command(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    filtered = ("--filter", "kind=protokol", "--index", index)
    for command in ("ask", "search", "precedents"):
        assert run(command, "Avslogs motionen om gratis bad?", *filtered) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert said.startswith("Inget dokument motsvarar filtret kind=protokol. Menade du kind=protokoll?")
    assert run("search", "gratis bad", *filtered, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["retrieved"] == []
    assert "Menade du kind=protokoll?" in found["note"]


README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_help_and_the_readme_show_every_filter_and_how_a_history_looks(
    index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run("ask", "--help")
    said = capsys.readouterr().out
    for key in FILTERS:
        assert f"--filter {key}=" in said
        assert f"| `{key}` |" in README
    for text in (said.partition("history (--history FILE)")[2], README.partition("```json\n")[2]):
        turns, _ = json.JSONDecoder().raw_decode(text[text.index("[") :])
        path = tmp_path / "history.json"
        path.write_text(json.dumps(turns), encoding="utf-8")
        assert run("ask", "Och när då?", "--history", str(path), "--index", index, "--json") == 0
        assert json.loads(capsys.readouterr().out)["understood"].startswith(turns[0]["content"])


def test_the_case_of_the_help_is_one_that_is_answered(
    index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run("ask", "--help")
    case = capsys.readouterr().out.partition("cases (--batch")[2].split("\n")[1]
    path = tmp_path / "cases.jsonl"
    path.write_text(case, encoding="utf-8")
    assert run("ask", "--batch", str(path), "--index", index) == 0
    assert json.loads(capsys.readouterr().out)["id"] == json.loads(case)["id"]


@pytest.mark.parametrize(("port", "said"), [("abc", "found 'abc'"), ("65536", "found '65536'")])
def test_a_port_that_is_none_is_said(port: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("serve", "--port", port)
    assert f"{said}, needs a number from 0 to 65535" in capsys.readouterr().err


def test_the_filters_of_the_readme_are_ones_that_the_program_takes(
    index: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [shlex.split(example) for example in re.findall(r"`(--filter [a-z][^`]+)`", README)]
    assert len(given) >= len(FILTERS)
    for filters in given:
        assert run("search", "gratis bad", *filters, "--index", index) == 0
    capsys.readouterr()
