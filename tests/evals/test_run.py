"""Running: a line a case, whatever happens, and going on after an interruption."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.model import Turn
from evals.answers import ANSWERS_FILE, RUN_FILE, answer_of, read_answers
from evals.run import run_cases
from ingest.errors import UsageError
from tests.evals.builders import FakeProduct, abstention, answer, case, fingerprint, found, precedent_case, unanswerable

ROOT = Path(__file__).parents[2]
CASES = (case("c1", question="q1"), case("c2", question="q2"), precedent_case("p1"), unanswerable("u1", question="q3"))
ANSWERS = {"q1": answer("375 000"), "q2": answer("nej"), "q3": abstention()}


class Interrupted(BaseException):
    """What no one catches, as Ctrl-C."""


def lines(folder: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (folder / ANSWERS_FILE).read_text().splitlines()]


def interrupted_run(folder: Path, after: int) -> None:
    ticks = iter(range(1, after + 1))

    def tick() -> None:
        if next(ticks) == after:
            raise Interrupted

    with pytest.raises(Interrupted):
        run_cases(CASES, FakeProduct(ANSWERS), folder, fingerprint(), tick)


def test_a_line_a_case_in_order(tmp_path: Path) -> None:
    product = FakeProduct(ANSWERS, {"samordningsförbund": found("a", "b")})
    assert run_cases(CASES, product, tmp_path / "new" / "folder", fingerprint()) == 0
    answers = read_answers(tmp_path / "new" / "folder")
    assert list(answers) == ["c1", "c2", "p1", "u1"]
    assert answers["c1"] == {"id": "c1", **json.loads(json.dumps(answer("375 000").as_json()))}
    assert [each["document"] for each in answers["p1"]["precedents"]] == ["a", "b"]
    assert [question for question, _, _ in product.asked] == ["q1", "q1", "q2", "q3"]  # the first warms up


def test_history_and_filters_are_handed_on(tmp_path: Path) -> None:
    product = FakeProduct()
    turns, filters = (Turn("user", "Hej"),), {"municipality": "Köpings kommun"}
    run_cases((case("c1", history=turns, filters=filters), case("c2")), product, tmp_path, fingerprint())
    assert [asked[1:] for asked in product.asked[1:]] == [(turns, filters), ((), None)]


def test_a_crash_is_a_line_and_the_others_go_on(tmp_path: Path) -> None:
    run_cases(CASES, FakeProduct({**ANSWERS, "q1": KeyError("vektor")}), tmp_path, fingerprint())
    answers = read_answers(tmp_path)
    assert answers["c1"] == {"id": "c1", "error": "KeyError: 'vektor'"}
    assert answer_of(CASES[0], answers) is None
    assert list(answers) == ["c1", "c2", "p1", "u1"]


def test_half_a_character_does_not_end_the_run(tmp_path: Path) -> None:
    run_cases((case("c1", question="q"),), FakeProduct({"q": answer("halv \ud83d")}), tmp_path, fingerprint())
    assert read_answers(tmp_path)["c1"]["answer"] == "halv \ud83d"


def test_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    interrupted_run(tmp_path, after=2)
    assert lines(tmp_path) == ["c1", "c2"]
    product, ticks = FakeProduct(ANSWERS), []
    assert run_cases(CASES, product, tmp_path, fingerprint(date="another day"), lambda: ticks.append(1)) == 2
    assert lines(tmp_path) == ["c1", "c2", "p1", "u1"]
    assert {question for question, _, _ in product.asked} == {"q3"}
    assert len(ticks) == 2


KILLED = """
import sys, time
from pathlib import Path
from evals.run import run_cases
from tests.evals.builders import FakeProduct, fingerprint
from tests.evals.test_run import ANSWERS, CASES

def tick():
    print("asked", flush=True)
    time.sleep(60 if len(Path(sys.argv[1], "answers.jsonl").read_text().splitlines()) == 2 else 0)

run_cases(CASES, FakeProduct(ANSWERS), Path(sys.argv[1]), fingerprint(), tick)
"""


def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, tmp_path], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == [b"asked\n", b"asked\n"]
        process.kill()
    assert lines(tmp_path) == ["c1", "c2"]
    product = FakeProduct(ANSWERS)
    assert run_cases(CASES, product, tmp_path, fingerprint()) == 2
    assert lines(tmp_path) == ["c1", "c2", "p1", "u1"]
    assert {question for question, _, _ in product.asked} == {"q3"}


def test_a_finished_part_of_something_longer_is_taken_over_only_under_its_fingerprint(tmp_path: Path) -> None:
    run_cases(CASES, FakeProduct(ANSWERS), tmp_path, fingerprint())
    assert run_cases(CASES, FakeProduct(), tmp_path, fingerprint(), take_finished=True) == 4
    assert run_cases(CASES, FakeProduct(), tmp_path, fingerprint(code="new"), take_finished=True) == 0


def test_a_half_written_line_is_asked_again(tmp_path: Path) -> None:
    interrupted_run(tmp_path, after=2)
    with (tmp_path / ANSWERS_FILE).open("ab") as file:
        file.write('{"id": "p1", "precedents": "å'.encode()[:-1])  # torn inside a letter
    assert run_cases(CASES, FakeProduct(ANSWERS), tmp_path, fingerprint()) == 2
    assert lines(tmp_path) == ["c1", "c2", "p1", "u1"]


def test_an_interrupted_run_of_something_else_is_begun_anew(tmp_path: Path) -> None:
    interrupted_run(tmp_path, after=2)
    assert run_cases(CASES, FakeProduct(ANSWERS), tmp_path, fingerprint(model="another")) == 0
    assert len(lines(tmp_path)) == 4


def test_a_finished_run_is_begun_anew(tmp_path: Path) -> None:
    run_cases(CASES, FakeProduct(ANSWERS), tmp_path, fingerprint())
    assert run_cases(CASES, FakeProduct(ANSWERS), tmp_path, fingerprint()) == 0
    assert lines(tmp_path) == ["c1", "c2", "p1", "u1"]


@pytest.mark.parametrize("note", ["", "{", "[]", '{"finished": false}', '{"finished": false, "fingerprint": 3}'])
def test_a_note_that_is_not_ours_is_no_reason_to_stop(tmp_path: Path, note: str) -> None:
    (tmp_path / RUN_FILE).write_text(note)
    (tmp_path / ANSWERS_FILE).write_text('{"id": "c1"}\n')
    assert run_cases(CASES, FakeProduct(ANSWERS), tmp_path, fingerprint()) == 0


def test_an_interruption_before_the_first_line(tmp_path: Path) -> None:
    interrupted_run(tmp_path, after=1)
    (tmp_path / ANSWERS_FILE).write_bytes(b'{"id": "c')
    assert run_cases(CASES, FakeProduct(ANSWERS), tmp_path, fingerprint()) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}\n", "id: found nothing"),
        ('{"id": "a"}\n{"id": "a"}\n', ":2: a second answer to 'a'"),
        ("x\n", "not JSON"),
        ("", "holds nothing"),
    ],
)
def test_what_is_no_file_of_answers(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "answers.jsonl").write_text(text)
    with pytest.raises(UsageError, match=message):
        read_answers(tmp_path)


def test_no_answers(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no answers at .*answers\.jsonl"):
        read_answers(tmp_path)
    with pytest.raises(UsageError, match="c1: found no answer"):
        answer_of(case(), {})
    with pytest.raises(UsageError, match="p1: the stored answer has no 'precedents'"):
        answer_of(precedent_case(), {"p1": {"id": "p1", "answer": "x"}})
    with pytest.raises(UsageError, match="c1: the stored answer has no 'answer'"):
        answer_of(case(), {"c1": {"id": "c1"}})
