"""A figure that its matter changed later is not the answer, unless the question is about what came first."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.superseded import _CHANGE, _figures
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
LAST = BRIDGE.format(
    date="2024-02-06", number=7, decision="Ramen för renoveringen av Lillbron höjs från 710 000 till 800 000 kronor."
)
OTHER = LATER.replace("KS 2021/00044", "KS 2021/00099").replace("Lillbron", "Storbron")


def told(folder: Path, question: str, *papers: str) -> list[str]:
    """The sentences found, best first."""
    folder.mkdir(exist_ok=True)
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


OPENED = (
    "Lillbron ska efter renoveringen vara öppen igen för gående, cyklister, ridande och lätta fordon senast den {day}."
)


def test_a_later_decision_that_says_the_same_with_another_day_answers(tmp_path: Path) -> None:
    first = BRIDGE.format(date="2021-04-13", number=31, decision=OPENED.format(day="31 maj 2022"))
    later = BRIDGE.format(date="2022-06-07", number=58, decision=OPENED.format(day="15 oktober 2022"))
    days = told(tmp_path, "När ska Lillbron vara öppen igen?", first, later)
    assert "15 oktober 2022" in days[0]
    assert "31 maj 2022" in days[-1]


@pytest.mark.parametrize(("number", "told_last"), [("KS 2021/00044", True), ("KS 2021/00099", False)])
def test_an_earlier_day_goes_last_also_where_the_later_stood_first(
    tmp_path: Path, number: str, told_last: bool
) -> None:
    question = "När ska den renoverade Lillbron vara öppen för trafik igen i år?"
    first = BRIDGE.format(date="2021-04-13", number=31, decision=f"{OPENED.format(day='31 maj 2022')} Övrigt gäller.")
    later = BRIDGE.format(
        date="2022-06-07", number=58, decision=f"{OPENED.format(day='15 oktober 2022')} Renoverad är bron i år."
    )
    days = told(tmp_path, question, first, later.replace("KS 2021/00044", number))
    assert "15 oktober 2022" in days[0]
    assert ("31 maj 2022" in days[-1]) is told_last


@pytest.mark.parametrize(
    ("question", "told_first"),
    [
        ("Vad är avgiften i Norrby musikskola per elev och termin?", "820 kronor"),
        ("Vad var avgiften i Norrby musikskola per elev och termin före höjningen?", "710 kronor"),
    ],
)
def test_what_held_until_a_decision_gives_way_to_it(tmp_path: Path, question: str, told_first: str) -> None:
    minutes = BRIDGE.format(
        date="2021-04-13",
        number=31,
        decision="Avgiften i Norrby musikskola bestäms till 820 kronor per elev och termin.",
    ).replace("Renovering av Lillbron", "Musikskolans avgift")
    told_there = "Bakgrund\n\nI dag är avgiften i Norrby musikskola 710 kronor per elev och termin.\n"
    assert told_first in told(tmp_path, question, f"{minutes}\n{told_there}")[0]


def test_what_an_earlier_decision_laid_down_gives_way_to_the_new_one(tmp_path: Path) -> None:
    decision = "Avgiften i Norrby musikskola bestäms till 820 kronor per elev."
    minutes = BRIDGE.format(date="2021-04-13", number=31, decision=decision)
    before = "Avgiften i Norrby musikskola är enligt det beslutet 710 kronor per elev."
    found = told(tmp_path, "Vad är avgiften i Norrby musikskola enligt beslut?", f"{minutes}\nBakgrund\n\n{before}\n")
    assert found[0] == decision
    assert found[-1] == before


def test_rules_in_print_that_say_another_day_than_the_minutes_change_nothing(tmp_path: Path) -> None:
    minutes = BRIDGE.format(date="2021-04-13", number=31, decision=OPENED.format(day="31 maj 2022"))
    note = "Antagna av kommunstyrelsen 2021-05-02 § 40"
    rules = f"Regler\nDatum 2021-05-02\nDnr KS 2021/00044\n{note}\n\nRegler för broar\n\n{OPENED.format(day='15 oktober 2022')}\n"
    assert "31 maj 2022" in told(tmp_path, "När ska Lillbron vara öppen igen?", minutes, rules)[0]


def test_a_change_in_another_matter_changes_nothing(tmp_path: Path) -> None:
    assert "högst 620 000 kronor" in told(tmp_path, "Vilken kostnad renoveras Lillbron till?", FIRST, OTHER)[0]


def test_a_later_paper_that_retells_the_old_figure_gives_way_too(tmp_path: Path) -> None:
    audit = "Revisionsrapport\nDatum 2024-10-14\nDnr KS 2021/00044\n\nRenovering av Lillbron\n\nLillbron renoverades till en kostnad av 620 000 kronor.\n"
    words = told(tmp_path, "Vilken kostnad renoverades Lillbron till?", FIRST, LATER, audit)
    assert "höjs från 620 000 till 710 000 kronor" in words[0]


def test_a_decision_after_the_change_stands(tmp_path: Path) -> None:
    last = FIRST.replace("2021-04-13", "2023-01-10").replace("§ 31", "§ 4")
    assert "högst 620 000 kronor" in told(tmp_path, "Vilken kostnad renoveras Lillbron till?", LATER, last)[0]


def test_the_last_of_several_changes_answers(tmp_path: Path) -> None:
    words = told(tmp_path, "Vilken kostnad renoveras Lillbron till?", FIRST, LATER, LAST)
    assert "från 710 000 till 800 000 kronor" in words[0]


@pytest.mark.parametrize(
    "decision",
    [
        "Yrkandet att ramen för renoveringen av Lillbron höjs från 620 000 till 710 000 kronor avslås.",
        "Förvaltningen får i uppdrag att utreda om ramen för renoveringen av Lillbron höjs från 620 000 till 710 000 kronor.",
        "Ärendet om att ramen för renoveringen av Lillbron höjs från 620 000 till 710 000 kronor återremitteras.",
    ],
)
def test_what_was_not_changed_stands(tmp_path: Path, decision: str) -> None:
    refused = BRIDGE.format(date="2022-06-07", number=58, decision=decision)
    assert "högst 620 000 kronor" in told(tmp_path, "Vilken kostnad renoveras Lillbron till?", FIRST, refused)[0]


def test_a_change_that_holds_from_a_later_year_than_is_asked_about_changes_nothing(tmp_path: Path) -> None:
    coming = LATER.replace("710 000 kronor.", "710 000 kronor från och med 2023.")
    assert "högst 620 000" in told(tmp_path, "Vilken kostnad renoveras Lillbron till 2022?", FIRST, coming)[0]
    held = told(tmp_path / "then", "Vilken kostnad renoveras Lillbron till 2023?", FIRST, coming)
    assert "710 000 kronor från och med 2023" in held[0]


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("Ramen höjs från 620.000 till 710.000 kronor.", {"620000"}, {"710000"}),
        ("Sista dag ändras från den 15 maj till den 1 april.", {"15 maj"}, {"1 april"}),
        ("Andelen minskas från 50 till 25 procent 2024, § 12.", {"50"}, {"25"}),
        ("Avtalet förlängs från 2021 till 2023.", set(), set()),
    ],
)
def test_figures_are_told_from_years_and_numbers_of_paragraphs(words: str, old: set[str], new: set[str]) -> None:
    change = _CHANGE.search(words)
    assert change is not None
    assert (set(_figures(change["old"])), set(_figures(change["new"]))) == (old, new)


RULES = """Regler
Datum {date}
Antagna av kommunfullmäktige {date} § 40

Regler för skolskjuts {year}

1 § Gräns

Elever i årskurs 7–9 har rätt till skolskjuts när vägen är minst {distance} kilometer.

Norrby kommun
"""


@pytest.mark.parametrize(
    ("question", "distance"),
    [
        ("Hur många kilometer är vägen för skolskjuts i årskurs 8?", "5,5"),
        ("Hur många kilometer var vägen för skolskjuts i årskurs 8 enligt reglerna 2017?", "4,5"),
        ("Hur många kilometer var vägen för skolskjuts i årskurs 8 från början?", "4,5"),
    ],
)
def test_a_later_edition_says_it_unless_the_time_of_the_earlier_is_asked_about(
    tmp_path: Path, question: str, distance: str
) -> None:
    editions = [
        RULES.format(date=date, year=date[:4], distance=km)
        for date, km in (("2017-01-16", "4,5"), ("2020-05-18", "5,5"))
    ]
    told_of_it = [words for words in told(tmp_path, question, *editions) if "kilometer" in words]
    assert f"{distance} kilometer" in told_of_it[0]


def test_the_minutes_that_adopted_an_earlier_edition_give_way_too(tmp_path: Path) -> None:
    words = "Elever i årskurs 7–9 har rätt till skolskjuts när vägen är minst 4,5 kilometer."
    minutes = BRIDGE.format(date="2017-01-10", number=7, decision=words).replace("KS 2021/00044", "KS 2016/00027")
    minutes = minutes.replace("Renovering av Lillbron", "Regler för skolskjuts 2017") + "\nNorrby kommun\n"
    first = RULES.format(date="2017-01-16", year=2017, distance="4,5").replace("Datum", "Dnr KS 2016/00027\nDatum", 1)
    later = RULES.format(date="2020-05-18", year=2020, distance="5,5").replace("Datum", "Dnr BUN 2019/00045\nDatum", 1)
    question = "Hur många kilometer är vägen för skolskjuts i årskurs 8?"
    assert "4,5" in told(tmp_path / "a", question, minutes, first)[0]
    assert "5,5" in told(tmp_path / "b", question, minutes, first, later)[0]
