"""Interrupt: cases put after an unrelated question and the answer to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.model import Turn
from assistant.service import Assistant
from evals.cases import AnyCase, Case, Gold, load_cases
from evals.commands import COMMANDS
from evals.interrupt import SUFFIX, interrupt, unrelated
from ingest.cli import main
from ingest.errors import UsageError
from ingest.model import Status
from ingest.settings import Settings
from tests.evals.builders import FakeProduct, answer, case, precedent_case, unanswerable

DEV = Path("evals/cases/dev")
FERRY, ROAD, LIBRARY = "Vad kostar färjan?", "Vem sköter vägen?", "När stänger biblioteket?"


def about(identity: str, question: str, **changes: object) -> Case:
    """A case whose evidence is a document of its own."""
    return case(identity, question=question, evidence=((Gold(f"{identity}.txt", "…"),),), **changes)


def test_the_one_before_is_from_half_way_round() -> None:
    cases = tuple(about(f"c{number}", f"{'abcdefgh'[number] * 5}?") for number in range(8))
    assert [(one.id, other.id) for one, other in unrelated(cases)] == [
        (f"c{number}", f"c{(number + 4) % 8}") for number in range(8)
    ]


@pytest.mark.parametrize(
    "other",
    [
        about("u", ROAD, lang="en"),
        replace(about("u", ROAD), evidence=about("c", FERRY).evidence),
        about("u", "Vem äger FÄRJAN?"),
        about("u", ROAD, history=(Turn("user", "Hej"),)),
        unanswerable("u", question=ROAD),
        precedent_case("u"),
    ],
    ids=["language", "document", "word", "history", "unanswered", "precedents"],
)
def test_what_does_not_suit_is_passed_over(other: Case) -> None:
    one, suits = about("c", FERRY), about("s", LIBRARY)
    assert unrelated([one, other, suits])[0] == (one, suits)


@pytest.mark.parametrize("cases", [(), (about("c", FERRY),), (precedent_case(), about("c", FERRY))])
def test_without_another_that_suits_there_is_nothing_to_write(cases: tuple[AnyCase, ...]) -> None:
    with pytest.raises(UsageError, match=f"no two questions on unrelated matters among {len(cases)} cases"):
        unrelated(cases)


def test_those_that_no_other_suits_are_left_out() -> None:
    swedish = about("a", FERRY), about("b", ROAD)
    assert unrelated([*swedish, about("c", "Who runs it?", lang="en")]) == (swedish, swedish[::-1])


def test_a_case_is_written_whole_after_the_question_and_its_answer(tmp_path: Path) -> None:
    filters = {"municipality": "Köpings kommun"}
    one = about("one", FERRY, status=Status.BESLUT, note="se § 3", forbidden=("12",))
    two = about("two", LIBRARY, filters=filters)
    product, out = FakeProduct({LIBRARY: answer("Klockan 18. [1]")}), tmp_path / "new" / "cases.jsonl"
    interrupt([(one, two)], product, out)
    assert product.asked == [(LIBRARY, (), filters)]
    history = (Turn("user", LIBRARY), Turn("assistant", "Klockan 18. [1]"))
    assert load_cases([out]) == (replace(one, id=f"one{SUFFIX}", history=history),)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    product, out = FakeProduct(), tmp_path / "cases.jsonl"
    out.touch()
    with pytest.raises(UsageError, match="there already"):
        interrupt([(about("one", FERRY), about("two", ROAD))], product, out)
    with pytest.raises(UsageError, match="cannot write"):
        interrupt([(about("one", FERRY), about("two", ROAD))], product, out / "below")
    assert len(product.asked) == 1


def test_the_command_puts_the_dev_cases_after_others_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def opened(settings: Settings) -> Iterator[FakeProduct]:
        assert settings.index == Path("my-index")
        yield FakeProduct()

    monkeypatch.setattr(Assistant, "open", opened)
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    for out in (one, two):
        assert main("radslag", "", COMMANDS, ["interrupt", str(DEV), "--index", "my-index", "--out", str(out)]) == 0
    assert one.read_bytes() == two.read_bytes()

    before = {each.id: each for each in load_cases([DEV]) if isinstance(each, Case) and not each.history}
    after = [each for each in load_cases([one]) if isinstance(each, Case)]
    assert f"{len(after)} questions after an unrelated one written to {one}" in capsys.readouterr().out
    assert [each.id.removesuffix(SUFFIX) for each in after] == list(before)
    for each in after:
        own, (asked, answered) = before[each.id.removesuffix(SUFFIX)], each.history
        assert replace(each, id=own.id, history=()) == own
        assert asked.content != own.question
        assert (asked.role, answered.role) == ("user", "assistant")
