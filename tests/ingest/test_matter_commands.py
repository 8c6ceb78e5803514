"""`radslag matters`: lists, timelines, JSON, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.cli import OK, UNUSABLE, main
from ingest.commands import COMMANDS
from ingest.parse import parse
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.sources import find_sources
from ingest.store import REGISTRY_FILE
from tests.encoders import without_vectors
from tests.ingest.test_matters import FILES

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `radslag matters` over a small archive; gives the exit status, standard output and standard error."""
    folder, index = tmp_path / "arkiv", tmp_path / "index"
    folder.mkdir()
    index.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Registry.open(index / REGISTRY_FILE, create=True) as registry, registry.transaction():
        for source in find_sources([folder], set(), Settings().ignore).files:
            document, passages = parse(source, Settings(), "1")
            registry.put(document, str(folder), "1", passages, without_vectors(passages))
        registry.matters.link()

    def run_matters(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main("radslag", "", COMMANDS, ["matters", "--index", str(index), *arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        out = capsys.readouterr()
        return status, out.out, out.err

    return run_matters


def test_all_matters_are_listed_latest_first(run: Run) -> None:
    status, out, _ = run()
    lines = out.splitlines()
    assert status == OK
    assert len(lines) == 4
    assert "2023-02-01 – 2023-06-12  avslag" in out
    assert "4 steps" in out


def test_one_matter_is_shown_step_by_step(run: Run) -> None:
    status, out, _ = run("--dnr", "KS 2023-17")
    assert status == OK
    title, about, *steps = out.splitlines()
    assert title == "Motion av Ann Ek (S) om solceller på skolans tak"
    assert "KS 2023/00017" in about
    assert "utfall: avslag" in about
    assert [step[:10] for step in steps] == ["2023-02-01", "2023-05-02", "2023-05-16", "2023-06-12"]
    assert steps[-1].split("  ")[-1] == "kf.md"
    assert "Kommunfullmäktige § 21" in steps[-1]


def test_json_holds_the_steps(run: Run) -> None:
    _, out, _ = run("--document", "memo.md", "--json")
    (matter,) = json.loads(out)["matters"]
    assert (matter["outcome"], matter["dnr"], matter["first_date"]) == ("avslag", "KS 2023/00017", "2023-02-01")
    assert matter["steps"][2] == {
        "document": "ks.md",
        "paragraph": "51",
        "date": "2023-05-16",
        "body": "kommunstyrelsen",
        "title": "Motion av Ann Ek (S) om solceller på skolans tak",
        "role": "beredning",
        "status": "förslag",
        "outcome": None,
    }


def test_nothing_found_is_said(run: Run) -> None:
    assert run("mars")[1] == "No such matter in the index.\n"
    assert run("--filter", "outcome=bifallen")[1] == (
        "No such matter in the index.\nNone has outcome=bifallen; there are: avslag, antagen.\n"
    )
    assert "None has year=1999; there are: 2023" in run("--filter", "year=1999")[1]


def test_years_are_a_range_and_given_once(run: Run) -> None:
    assert run("--filter", "year=2023-2024")[1] == run()[1]
    assert run("--filter", "year=abc")[0] == UNUSABLE
    status, _, said = run("--filter", "year=2022", "--filter", "year=2023")
    assert (status, "given 2 times" in said) == (UNUSABLE, True)
    assert run("mars", "--filter", "outcome=avslag")[1] == "No such matter in the index.\n"
    assert json.loads(run("mars", "--json")[1]) == {"matters": []}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--dnr", "tjugotre"), "needs a diarienummer"),
        (("--document", "saknas.md"), "no document saknas.md"),
        (("--filter", "färg=röd"), "unknown filter färg"),
        (("taxa", "--dnr", "KS 2023/17"), "not several"),
    ],
)
def test_what_cannot_be_used_is_refused(run: Run, arguments: tuple[str, ...], words: str) -> None:
    status, _, error = run(*arguments)
    assert status == UNUSABLE
    assert words in error
