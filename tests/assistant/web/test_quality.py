"""The Quality view shows what the report says, no figure of its own, and whether the figures hold for this program."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.fingerprint import UNSEEN, Basis, basis_of
from assistant.model import Language
from assistant.web.quality import LEAST_QUESTIONS, changed, quality, render
from assistant.web.quality_report import PUBLISHED, Report, read_report
from assistant.web.quality_words import ENGLISH, SWEDISH
from assistant.web.shared import Shared
from ingest.errors import UsageError
from ingest.settings import Settings, load_settings
from tests.answers import FakeAssistant

RATE = {"value": 0.574, "n": 300, "low": 0.517, "high": 0.628}
ALL = {
    "attempted": 330,
    "crashed": 0,
    "rates": {"correct": RATE, "abstention_recall": {**RATE, "value": 0.716, "n": 88}},
}
FEW = {"attempted": 4, "crashed": 0, "rates": {"correct": {**RATE, "n": LEAST_QUESTIONS - 1}}}
ENOUGH = {"attempted": 5, "crashed": 0, "rates": {"correct": {**RATE, "value": 0.2, "n": LEAST_QUESTIONS}}}
RECORD: dict[str, Any] = {
    "fingerprint": {
        "date": "2026-11-22T03:38:14+00:00",
        "digest": "d" * 64,
        "code": "c" * 64,
        "corpus": "0" * 64,
        "model": "e5@1",
        "settings": "5" * 64,
        "libraries": {"python": "3.11"},
    },
    "overall": ALL,
    "language": {"sv": ENOUGH, "en": ALL},
    "grade": {"absent": ALL},
    "answerable": {"yes": ALL, "no": ALL},
    "kind": {
        "amount": ENOUGH,
        "vote": FEW,
        "absent": ENOUGH,
        "new<b>": ENOUGH,
        "precedent": {**ALL, "rates": {"correct": None}},
    },
}
SAME = Basis("c" * 64, "0" * 64, "e5@1", "5" * 64, {"python": "3.11"})


def report(tmp_path: Path, record: Any = RECORD) -> Report:
    file = tmp_path / "scores.json"
    file.write_text(record if isinstance(record, str) else json.dumps(record), encoding="utf-8")
    return read_report(file)


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def shared(settings: Settings, language: Language = "sv") -> Shared:
    return Shared(FakeAssistant(settings=settings), language, None)


# -- the report -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("no json", "the file: Invalid JSON"),
        ({}, "fingerprint: Field required"),
        (
            {**RECORD, "overall": {**ALL, "rates": {"correct": {**RATE, "value": 57}}}},
            "rates.correct.value: .*less than",
        ),
        ({**RECORD, "overall": {**ALL, "rates": {"correct": {**RATE, "n": 0}}}}, "rates.correct.n: .*greater than 0"),
        ({**RECORD, "fingerprint": {**RECORD["fingerprint"], "date": "x"}}, "fingerprint.date: "),
    ],
)
def test_a_file_that_is_no_report_is_said_with_what_to_do(tmp_path: Path, record: Any, message: str) -> None:
    with pytest.raises(UsageError, match=rf"scores\.json is no evaluation: .*{message}.*; run `radslag eval`"):
        report(tmp_path, record)


def test_a_missing_report_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no evaluation at .*none\.json .*quality_report"):
        read_report(tmp_path / "none.json")


def test_the_published_report_can_be_read_and_is_small() -> None:
    assert read_report(PUBLISHED).overall.correct is not None
    assert PUBLISHED.stat().st_size < 50_000


# -- the view -------------------------------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_report(tmp_path: Path) -> None:
    words = words_of(quality(report(tmp_path), SAME, "sv"))
    assert "300 frågor" in words
    assert "2026-11-22" in words
    assert "Av 100 frågor hanteras 57 rätt." in words
    assert "Troligen mellan 52 och 63. Räknat på 300 frågor." in words
    assert "får 72 beskedet att svar saknas" in words
    assert "Av 100 citat" not in words, "what the report doesn't have isn't shown"
    assert "Belopp och antal 20 52–63 5" in words
    assert "Engelska 57 52–63 300 Svenska 20" in words, "the best first"
    assert SWEDISH.published not in words


def test_small_groups_repetitions_and_groups_without_the_metric_are_left_out(tmp_path: Path) -> None:
    html = quality(report(tmp_path), SAME, "en", published=True)
    words = words_of(html)
    assert "votes" not in words.casefold()
    assert "precedent" not in words
    assert words.count(ENGLISH.grades["absent"].capitalize()) == 1
    assert f"fewer than {LEAST_QUESTIONS} questions" in words
    assert ENGLISH.published in words
    assert "New&lt;b&gt;" in html, "a kind without a name is shown as it is, and stays text"


def test_every_bar_is_said_in_words_beside_it(tmp_path: Path) -> None:
    html = quality(report(tmp_path), SAME, "sv")
    assert html.count("<svg") == html.count('aria-hidden="true"') == 2 + 2 + 1 + 2
    assert html.count("<caption") == 4
    assert set(re.findall(r"<th ([^>]*)>", html)) == {'scope="col"', 'scope="row"'}


@pytest.mark.parametrize("part", ["code", "corpus", "model", "settings", "libraries"])
def test_what_has_changed_since_is_named(tmp_path: Path, part: str) -> None:
    held = report(tmp_path)
    assert changed(held, SAME) == ()
    assert SWEDISH.same in quality(held, SAME, "sv")
    change: dict[str, Any] = {part: {"python": "3.12"} if part == "libraries" else "f" * 64}
    other = replace(SAME, **change)
    assert changed(held, other) == (part,)
    html = quality(held, other, "sv")
    assert f"har detta ändrats: {SWEDISH.parts[part]}." in html
    assert SWEDISH.same not in html
    assert (SWEDISH.other_documents in html) is (part == "corpus")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_without_a_report_the_view_says_so_and_the_log_says_why(
    tmp_path: Path, language: Language, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "radslag")
    html = render(shared(load_settings(quality_report=tmp_path / "none.json"), language))
    assert (ENGLISH if language == "en" else SWEDISH).missing in html
    assert str(tmp_path) not in html
    assert "no evaluation at" in caplog.text


def test_the_published_evaluation_is_shown_beside_the_running_program() -> None:
    html = render(shared(load_settings()))
    assert SWEDISH.published in html
    assert "toy@1" in html
    assert basis_of(FakeAssistant()).code[:12] in html


# -- words and settings ---------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_keys() -> None:
    for name in SWEDISH.__dataclass_fields__:
        swedish, english = getattr(SWEDISH, name), getattr(ENGLISH, name)
        assert type(swedish) is type(english)
        if isinstance(swedish, dict):
            assert list(swedish) == list(english), name
        else:
            assert swedish != english, name


def test_settings_that_no_answer_sees_are_settings() -> None:
    assert set(Settings.model_fields) >= UNSEEN
    assert basis_of(FakeAssistant(settings=load_settings(port=1))) == basis_of(FakeAssistant())
    assert basis_of(FakeAssistant(settings=load_settings(dense_weight=0.1))) != basis_of(FakeAssistant())
