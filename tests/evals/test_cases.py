"""Reading cases, and refusing what isn't one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.model import Turn
from evals.cases import Case, Gold, PrecedentCase, case_files, load_cases, parse_case
from ingest.errors import UsageError
from ingest.model import Status

FULL: dict[str, Any] = {
    "id": "koping-when-1",
    "question": "När?",
    "lang": "sv",
    "history": [{"role": "user", "content": "Hej"}],
    "filters": {"municipality": "Köpings kommun"},
    "answerable": True,
    "facts": [["375 000", "375000"]],
    "forbidden": ["2 april"],
    "evidence": [[{"document": "a.txt", "quote": "betalar"}, {"document": "b.txt", "quote": "erlägger"}]],
    "status": "förslag",
    "tags": ["amount"],
}
PRECEDENT: dict[str, Any] = {"id": "p", "query": "samverkan", "relevant": ["a.txt"], "tags": []}


def without(record: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != key}


def parsed(record: object) -> Case | PrecedentCase:
    return parse_case(json.dumps(record), "f.jsonl:3")


def written(folder: Path, name: str, *records: dict[str, Any]) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join(json.dumps(record) for record in records) + "\n", encoding="utf-8")
    return file


def test_a_full_case() -> None:
    assert parsed(FULL) == Case(
        id="koping-when-1",
        question="När?",
        lang="sv",
        answerable=True,
        facts=(("375 000", "375000"),),
        evidence=((Gold("a.txt", "betalar"), Gold("b.txt", "erlägger")),),
        tags=("amount",),
        history=(Turn("user", "Hej"),),
        filters={"municipality": "Köpings kommun"},
        forbidden=("2 april",),
        status=Status.FÖRSLAG,
    )


@pytest.mark.parametrize("key", ["history", "filters", "forbidden", "status"])
def test_what_may_be_missing(key: str) -> None:
    assert isinstance(parsed(without(FULL, key)), Case)


@pytest.mark.parametrize("key", ["id", "question", "lang", "answerable", "facts", "evidence", "tags"])
def test_what_may_not_be_missing(key: str) -> None:
    with pytest.raises(UsageError, match=rf"^f\.jsonl:3: {key}: found nothing"):
        parsed(without(FULL, key))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "amount"}, "kind: found an unknown key"),
        ({"id": " "}, 'id: found " ", needed a text'),
        ({"lang": "de"}, 'lang: found "de", needed one of sv, en'),
        ({"answerable": 1}, "answerable: found 1, needed true or false"),
        ({"facts": ["375 000"]}, r'facts\[0\]: found "375 000", needed a list of at least 1'),
        ({"facts": [[]]}, r"facts\[0\]: found \[\], needed a list of at least 1"),
        ({"facts": [["a", ""]]}, r'facts\[0\]: found "", needed a text'),
        ({"evidence": [[]]}, r"evidence\[0\]: found \[\]"),
        ({"evidence": [[{"document": "a"}]]}, r"evidence\[0\]\[0\]: quote: found nothing"),
        ({"evidence": [[{"document": "a", "quote": "b", "page": 1}]]}, "page: found an unknown key"),
        ({"history": [{"role": "system", "content": "x"}]}, 'role: found "system"'),
        ({"filters": {"municipality": 3}}, "filters: municipality: found 3"),
        ({"filters": []}, r"filters: found \[\], needed an object"),
        ({"status": "utkast"}, 'status: found "utkast"'),
        ({"status": None}, "status: found null"),
        ({"tags": "amount"}, 'tags: found "amount", needed a list'),
    ],
)
def test_what_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=rf"^f\.jsonl:3: .*{message}"):
        parsed({**FULL, **change})


@pytest.mark.parametrize("line", ["{", "[]", '"x"', "3"])
def test_a_line_that_is_no_object(line: str) -> None:
    with pytest.raises(UsageError, match=r"^f\.jsonl:3: .*JSON object"):
        parse_case(line, "f.jsonl:3")


def test_a_precedent_case_is_its_own_type() -> None:
    assert parsed(PRECEDENT) == PrecedentCase("p", ("a.txt",), (), query="samverkan")
    by_document = parsed({**without(PRECEDENT, "query"), "document": "x.txt"})
    assert by_document == PrecedentCase("p", ("a.txt",), (), document="x.txt")
    assert by_document.question == "precedents of x.txt"


@pytest.mark.parametrize(
    "record", [without(PRECEDENT, "query"), {**PRECEDENT, "document": "x"}, {**PRECEDENT, "relevant": []}]
)
def test_a_precedent_case_that_is_refused(record: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"^f\.jsonl:3: (query|relevant): found"):
        parsed(record)


def test_files_and_folders_in_the_order_given(tmp_path: Path) -> None:
    late = written(tmp_path, "x/z.jsonl", {**FULL, "id": "z"})
    written(tmp_path, "dev/b.jsonl", {**FULL, "id": "b"})
    written(tmp_path, "dev/a.jsonl", {**FULL, "id": "a1"}, {**PRECEDENT, "id": "a2"})
    cases = load_cases([late, tmp_path / "dev", late])
    assert [case.id for case in cases] == ["z", "a1", "a2", "b"]
    assert cases[2].where == f"{tmp_path}/dev/a.jsonl:3"  # blank lines count


def test_an_id_stands_once_over_all_files(tmp_path: Path) -> None:
    one, two = written(tmp_path, "one.jsonl", FULL), written(tmp_path, "two.jsonl", FULL)
    with pytest.raises(UsageError, match=r"two\.jsonl:1: id 'koping-when-1' stands already at .*one\.jsonl:1"):
        load_cases([one, two])


def test_no_file_no_case_no_text(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n \n")
    (tmp_path / "latin.jsonl").write_bytes("{å}".encode("latin-1"))
    (tmp_path / "folder").mkdir()
    for name, message in [
        ("none.jsonl", "no case file"),
        ("folder", "no case file"),
        ("empty.jsonl", "holds nothing"),
        ("latin.jsonl", "it is not UTF-8"),
    ]:
        with pytest.raises(UsageError, match=message):
            load_cases([tmp_path / name])
    assert case_files([tmp_path / "empty.jsonl"] * 2) == (tmp_path / "empty.jsonl",)


def test_the_cluster_is_the_first_gold_document() -> None:
    case, unanswerable = parsed(FULL), parsed({**FULL, "answerable": False, "facts": [], "evidence": []})
    assert (case.cluster, unanswerable.cluster) == ("a.txt", "case koping-when-1")
