"""The report and the JUnit file."""

from __future__ import annotations

from xml.etree import ElementTree as xml

import pytest

from evals.catalogue import METRICS
from evals.compare import Comparison
from evals.gates import Gate, GateResult
from evals.junit import render_junit
from evals.report import MOST_CHARS, MOST_WRONG, render_report, summary_table
from evals.score import score
from tests.evals.builders import ANSWERS, CASES, abstention, answer, case, fingerprint, stored, text_of, unanswerable

FAILED = GateResult(Gate("correct", 0.9, "kind", "amount"), 0.5, 2, ("wrong", "crash"))
PASSED = GateResult(Gate("correct", 0.1), 0.5, 4, ("wrong",))
COMPARISON = Comparison(n=4, before=3, now=2, gained=("right",), lost=("wrong", "crash"), p=1.0, absent=2)


def section(report: str, title: str) -> str:
    """The text below a heading."""
    return report.split(f"## {title}\n", 1)[1].split("\n## ")[0]


@pytest.fixture(scope="module")
def report() -> str:
    return render_report(score(CASES, ANSWERS, text_of), fingerprint(), [PASSED, FAILED], COMPARISON)


def test_the_head_says_what_was_attempted(report: str) -> None:
    assert report.startswith("# Evaluation\n")
    assert "6 cases attempted, 1 crashed, 2 wrong." in report
    assert fingerprint().digest[:12] in report


def test_every_rate_has_its_n_and_interval(report: str) -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section(report, "All cases").splitlines()]
    table = {row[0]: row[1:] for row in rows if len(row) == 4}
    assert table["correct"] == ["50.0 %", "9–91", "4 cases"]  # worth as many as its documents: Wilson for 1 of 2
    assert table["fact recall"][2] == "3 facts"
    assert table["latency p95"][0] == "30 ms"
    assert "status accuracy" not in table  # nothing to show over nothing
    assert {metric.title for metric in METRICS} - set(table) == {"status accuracy"}


def test_slices_show_crashes_beside_the_attempted(report: str) -> None:
    amount = next(line for line in section(report, "By kind").splitlines() if line.startswith("| amount"))
    assert [cell.strip() for cell in amount.split("|")[2:5]] == ["3", "1", "33.3 % (3–91)"]  # one document
    assert "| en " in section(report, "By language")
    assert "| no " in section(report, "By answerable")


def test_gates_and_baseline(report: str) -> None:
    gates = section(report, "Gates")
    assert "1 of 2 passed." in gates
    assert "- **FAILED: kind.amount.correct 0.500 (floor 0.9, n = 2)**: wrong, crash" in gates
    baseline = section(report, "Against the baseline")
    assert "2 of 4 correct, before 3 (-1); McNemar's exact test: p = 1.000." in baseline
    assert "- no longer correct: wrong, crash" in baseline
    assert "left out here: 2 cases" in baseline


def test_wrong_cases_show_question_expected_and_got(report: str) -> None:
    wrong = section(report, "Wrong")
    assert "- `wrong` Vad betalar kommunen?" in wrong
    assert "  - fault: not said: 375 000 / 375000" in wrong
    assert "  - expected: 375 000 / 375000" in wrong
    assert "  - got: Vet inte, 3 kronor" in wrong
    assert "  - expected: one of z\n  - got: 1, 2, 3, 4, 5" in wrong
    assert "- `crash`: ValueError: trasig" in section(report, "Crashed")


def test_grades_and_confidence(report: str) -> None:
    row = next(line for line in section(report, "Unanswerable, by grade").splitlines() if line.startswith("| absent"))
    assert [cell.strip() for cell in row.split("|")[2:4]] == ["1", "100.0 % (21–100)"]
    confidence = section(report, "Confidence")
    assert "2 of 3 (67%)" in confidence  # the crash has no confidence
    assert "| 0.9–1.0    | 2       | 0.900 | 50.0 % (5–95) |" in confidence


def test_plots_are_linked() -> None:
    scores = score(CASES, ANSWERS, text_of)
    assert "![latency](plots/latency.svg)" in render_report(scores, fingerprint(), plots=["plots/latency.svg"])
    assert "## Plots" not in render_report(scores, fingerprint())


def test_sections_without_content_are_left_out() -> None:
    good = render_report(score((unanswerable("u"),), stored(u=abstention()), text_of), fingerprint())
    for title in ("Gates", "Against the baseline", "Crashed", "Wrong"):
        assert f"## {title}\n" not in good
    none_failed = render_report(score((unanswerable("u"),), stored(u=abstention()), text_of), fingerprint(), [PASSED])
    assert "1 of 1 passed." in section(none_failed, "Gates")


def test_what_was_answered_cannot_break_the_report() -> None:
    hostile = "# rubrik\n| a | <script> `x` " + "ord " * 200
    report = render_report(score((case("c"),), stored(c=answer(hostile)), text_of), fingerprint())
    got = next(line for line in report.splitlines() if "- got:" in line)
    assert "\\|" in got
    assert "\\<script\\>" in got
    assert len(got) < MOST_CHARS + 50
    assert got.endswith("…")


def test_many_wrong_cases_are_named_after_the_first() -> None:
    cases = [case(f"c{n:03}") for n in range(MOST_WRONG + 2)]
    report = render_report(score(cases, stored(**{each.id: answer("nej") for each in cases}), text_of), fingerprint())
    assert report.count("  - got: nej") == MOST_WRONG
    assert f"And 2 more: c{MOST_WRONG:03}, c{MOST_WRONG + 1:03}." in report


def test_an_unanswerable_case_expects_an_abstention() -> None:
    scores = score((unanswerable("u"), case("a")), stored(u=answer("Ja."), a=abstention()), text_of)
    report = render_report(scores, fingerprint())
    assert "  - expected: an abstention\n  - got: Ja." in report
    assert "  - got: (abstained) Handlingarna" in report


def test_the_summary_is_aligned() -> None:
    lines = summary_table(score(CASES, ANSWERS, text_of).overall).splitlines()
    assert len({len(line) for line in lines}) == 1


def test_junit() -> None:
    document = xml.fromstring(render_junit(score(CASES, ANSWERS, text_of), [PASSED, FAILED]))
    cases, gates = document.findall("testsuite")
    assert (cases.get("name"), cases.get("tests"), cases.get("failures")) == ("cases", "6", "3")
    assert (gates.get("name"), gates.get("tests"), gates.get("failures")) == ("gates", "2", "1")
    tests = {test.get("name"): test for test in cases}
    assert tests["right"].find("failure") is None
    assert (tests["right"].get("classname"), tests["right"].get("time")) == ("cases.amount", "0.010")
    crash, wrong = tests["crash"].find("failure"), tests["wrong"].find("failure")
    assert crash is not None
    assert wrong is not None
    assert (crash.get("type"), crash.get("message")) == ("crash", "crashed: ValueError: trasig")
    assert (wrong.get("type"), wrong.get("message")) == ("wrong", "not said: 375 000 / 375000")
    failure = gates[1].find("failure")
    assert failure is not None
    assert failure.text == "wrong\ncrash"


def test_junit_without_gates_has_one_suite() -> None:
    assert len(xml.fromstring(render_junit(score(CASES, ANSWERS, text_of)))) == 1


def test_junit_survives_what_xml_cannot_carry() -> None:
    scores = score((case("c", question="a\f<b>\x00\ud800"),), stored(c="fel \x0b & \uffff"), text_of)
    test = xml.fromstring(render_junit(scores)).find(".//failure")
    assert test is not None
    assert test.get("message") == "crashed: fel \ufffd & \ufffd"
