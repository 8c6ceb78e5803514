"""The run as JUnit XML, which build servers show: one test a case, and the gates as a suite of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as xml

from evals.gates import GateResult
from evals.score import CaseScore, Scores

JUNIT_FILE = "junit.xml"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def render_junit(scores: Scores, gates: Sequence[GateResult] = ()) -> bytes:
    """The document as UTF-8; a case that isn't right carries `<failure>` with the reason, as does a failed gate."""
    suites = xml.Element("testsuites", name="radslag eval")
    cases = _suite(suites, "cases", len(scores.cases), sum(bool(each.faults) for each in scores.cases))
    for each in scores.cases:
        _case(cases, each)
    if gates:
        floors = _suite(suites, "gates", len(gates), sum(not result.passed for result in gates))
        for result in gates:
            test = xml.SubElement(floors, "testcase", classname="gates", name=_clean(result.gate.name))
            if not result.passed:
                _failure(test, "gate", str(result), "\n".join(result.failing))
    xml.indent(suites)
    document: bytes = xml.tostring(suites, encoding="utf-8", xml_declaration=True)
    return document


def _suite(suites: xml.Element, name: str, tests: int, failures: int) -> xml.Element:
    return xml.SubElement(
        suites, "testsuite", name=name, tests=str(tests), failures=str(failures), errors="0", skipped="0"
    )


def _case(suite: xml.Element, score: CaseScore) -> None:
    kind = score.case.tags[0] if score.case.tags else "case"
    test = xml.SubElement(suite, "testcase", classname=_clean(f"cases.{kind}"), name=_clean(score.case.id))
    if score.total_ms is not None:
        test.set("time", f"{score.total_ms / 1000:.3f}")
    if score.faults:
        kind = "wrong" if score.error is None else "crash"
        _failure(test, kind, "; ".join(score.faults), f"{score.case.where}\n{score.case.question}")


def _failure(test: xml.Element, kind: str, message: str, details: str) -> None:
    failure = xml.SubElement(test, "failure", type=kind, message=_clean(message))
    failure.text = _clean(details)


def _clean(text: str) -> str:
    """Without the control characters that XML can't carry (a form feed in a quote, say)."""
    return _NOT_XML.sub("\ufffd", text)
