"""Report: what was found, as text for people and as JSON; personal identity numbers are masked in both, wherever they stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path

from ingest.doctor.examine import Checkup
from ingest.doctor.finding import Finding, Severity
from ingest.doctor.identity_numbers import masked
from ingest.doctor.names import TITLES

SHOWN = 10  # findings of one sort that the text shows; the JSON has them all
_ORDER = {severity: number for number, severity in enumerate(Severity)}
_CHECK_ORDER = {name: number for number, name in enumerate(TITLES)}


def report_text(checkup: Checkup, index: Path, today: date) -> str:
    """The findings, worst first, those of one sort together."""
    counts = f"{checkup.documents} documents, {checkup.passages} passages"
    lines = [f"{index}: {counts}; {len(checkup.seconds)} checks in {sum(checkup.seconds.values()):.1f} s"]
    ordered = sorted(checkup.findings, key=_group)
    for _, group in groupby(ordered, key=_group):
        lines += ["", *_told(list(group))]
    tally = ", ".join(_counted(checkup.count(severity), severity) for severity in Severity)
    lines += ["", f"{'Nothing is wrong' if checkup.well else 'Something is wrong'}: {tally}."]
    return masked("\n".join(lines), today)


def report_json(checkup: Checkup, index: Path, mended: Sequence[str], today: date) -> str:
    """Everything, on one line."""
    content = {
        "index": str(index),
        "documents": checkup.documents,
        "passages": checkup.passages,
        "mended": list(mended),
        "findings": [asdict(finding) for finding in sorted(checkup.findings, key=_group)],
        "errors": checkup.count(Severity.ERROR),
        "warnings": checkup.count(Severity.WARNING),
        "notes": checkup.count(Severity.NOTE),
        "seconds": checkup.seconds,
    }
    return masked(json.dumps(content, ensure_ascii=False), today)


def _group(finding: Finding) -> tuple[int, int, str]:
    return _ORDER[finding.severity], _CHECK_ORDER[finding.check], finding.sort


def _told(findings: list[Finding]) -> list[str]:
    """One sort of findings: what, where, and the command once if it is the same for all."""
    first = findings[0]
    lines = [f"{first.severity.upper()}  {TITLES[first.check]} ({first.check}/{first.sort})"]
    shown = findings[:SHOWN]
    same_remedy = len({finding.remedy for finding in findings}) == 1
    same_words = len(findings) > 1 and len({finding.found for finding in findings}) == 1
    if same_words:
        lines.append(f"  {len(findings)} documents: {first.found}")
    for finding in shown:
        words = "" if same_words else finding.found
        lines.append("  " + ": ".join(filter(None, [_place(finding), words])))
        if not same_remedy and finding.severity is not Severity.NOTE:
            lines.append(f"    $ {finding.remedy}")
    if len(findings) > SHOWN:
        lines.append(f"  … and {len(findings) - SHOWN} more (--json lists all)")
    if len({finding.before for finding in findings}) == 1 and first.before:
        lines.append(f"  First {first.before}; then" if same_remedy else f"  First {first.before}.")
    if same_remedy or first.severity is Severity.NOTE:
        lines.append(f"  $ {first.remedy}" + ("" if same_remedy else f"   (and so for the other {len(findings) - 1})"))
    return lines


def _place(finding: Finding) -> str:
    page = f"page {finding.page}" if finding.page else None
    paragraph = f"§ {finding.paragraph}" if finding.paragraph else None
    return ", ".join(filter(None, [finding.document, page, paragraph]))


def _counted(count: int, severity: Severity) -> str:
    return f"{count} {severity}{'' if count == 1 else 's'}"
