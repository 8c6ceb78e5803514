"""A figure that its matter changed later is not the answer, unless the question is about what came first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.test_matter import reading

BRIDGE = """Protokoll

Kommunstyrelsen
Sammanträdesdatum {date}

§ {number} Renovering av Lillbron

Dnr KS 2021/00044

Beslut

Kommunstyrelsen beslutar:

{decision}
"""
FIRST = BRIDGE.format(
    date="2021-04-13", number=31, decision="Lillbron renoveras till en kostnad av högst 620 000 kronor."
)
LATER = BRIDGE.format(
    date="2022-06-07", number=58, decision="Ramen för renoveringen av Lillbron höjs från 620 000 till 710 000 kronor."
)
OTHER = LATER.replace("KS 2021/00044", "KS 2021/00099").replace("Lillbron", "Storbron")


def told(folder: Path, question: str, *papers: str) -> list[str]:
    """The sentences found, best first."""
    with reading(folder, {f"{number}.txt": paper for number, paper in enumerate(papers)}) as assistant:
        _, (evidence,) = assistant.evidence(question)
    return [item.words for item in evidence]


def test_the_changed_figure_stands_first_and_the_old_one_last(tmp_path: Path) -> None:
    first, *_, last = told(tmp_path, "Hur mycket får renoveringen av Lillbron kosta?", FIRST, LATER)
    assert "höjs från 620 000 till 710 000 kronor" in first
    assert "högst 620 000 kronor" in last


@pytest.mark.parametrize(
    "question",
    [
        "Vilken kostnad renoverades Lillbron till först?",
        "Vilken kostnad renoveras Lillbron till enligt beslutet 2021?",
        "Vilken kostnad renoverades Lillbron till i början?",
    ],
)
def test_the_old_figure_stands_first_where_it_is_asked_for(tmp_path: Path, question: str) -> None:
    assert "högst 620 000 kronor" in told(tmp_path, question, FIRST, LATER)[0]


def test_a_change_in_another_matter_changes_nothing(tmp_path: Path) -> None:
    assert "högst 620 000 kronor" in told(tmp_path, "Vilken kostnad renoveras Lillbron till?", FIRST, OTHER)[0]


def test_a_later_paper_that_retells_the_old_figure_gives_way_too(tmp_path: Path) -> None:
    audit = "Revisionsrapport\nDatum 2024-10-14\nDnr KS 2021/00044\n\nRenovering av Lillbron\n\nLillbron renoverades till en kostnad av 620 000 kronor.\n"
    words = told(tmp_path, "Vilken kostnad renoverades Lillbron till?", FIRST, LATER, audit)
    assert "höjs från 620 000 till 710 000 kronor" in words[0]


def test_a_decision_after_the_change_stands(tmp_path: Path) -> None:
    last = FIRST.replace("2021-04-13", "2023-01-10").replace("§ 31", "§ 4")
    assert "högst 620 000 kronor" in told(tmp_path, "Vilken kostnad renoveras Lillbron till?", LATER, last)[0]
