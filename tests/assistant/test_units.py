"""Filters hold for everything that is cited, whatever the rest of a § or a matter would add."""

from __future__ import annotations

from pathlib import Path

from assistant.service import Assistant
from ingest.chain import ingest
from ingest.settings import Settings
from tests.encoders import ToyEncoder

MINUTES = """Protokoll

Kommunfullmäktige
Sammanträdesdatum {date}

§ 7 Borgen för ridhuset

Dnr KS 2020/00012

Bakgrund

Ryttarföreningen har ansökt om borgen för ridhuset i Norrby.

Beslut

Kommunfullmäktige beslutar:

{decision}
"""


def test_a_filter_holds_for_the_decisions_of_a_matter(tmp_path: Path) -> None:
    folder = tmp_path / "papper"
    folder.mkdir()
    for date, decision in (
        ("2020-02-03", "Ansökan om borgen för ridhuset återremitteras."),
        ("2021-05-10", "Borgen för ridhuset beviljas med 300 000 kronor."),
    ):
        (folder / f"{date}.txt").write_text(MINUTES.format(date=date, decision=decision), encoding="utf-8")
    settings = Settings(index=tmp_path / "index")
    encoder = ToyEncoder()
    ingest([folder], settings, encoder)
    with Assistant.open(settings, encoder) as assistant:
        for question in ("Vad beslutades om borgen för ridhuset?", "Hur stor borgen får ridhuset?"):
            for year in ("2020", "2021"):
                _, several = assistant.evidence(question, filters={"year": year})
                assert {item.found.about.date[:4] for item in several[0] if item.found.about.date} == {year}
        _, (everything,) = assistant.evidence("Vad beslutades om borgen för ridhuset?")
        assert everything[0].words == "Borgen för ridhuset beviljas med 300 000 kronor."
        assert everything[0].ranked.settles


RULES = """# Taxa för bryggan {year}

Norrby kommun

Antagen av kommunfullmäktige {year}-03-01

## 1 § Avgift

Bryggan kostar {amount} kronor i månaden.
"""


def test_the_later_edition_of_a_paper_replaces_the_earlier(tmp_path: Path) -> None:
    folder = tmp_path / "papper"
    folder.mkdir()
    for year, amount in (("2018", "40"), ("2021", "50"), ("2024", "60")):
        text = RULES.format(year=year, amount=amount)
        (folder / f"{year}-03-01_taxa.md").write_text(text, encoding="utf-8")
    settings = Settings(index=tmp_path / "index")
    encoder = ToyEncoder()
    ingest([folder], settings, encoder)
    with Assistant.open(settings, encoder) as assistant:

        def replaced(question: str) -> dict[str, float]:
            _, (evidence,) = assistant.evidence(question)
            return {(item.found.about.date or "")[:4]: item.signals.replaced for item in evidence}

        assert replaced("Vad kostar bryggan?") == {"2018": 1.0, "2021": 1.0, "2024": 0.0}
        assert replaced("Vad kostade bryggan 2019?") == {"2018": 0.0, "2021": 1.0, "2024": 0.0}


def test_what_holds_now_is_counted_from_the_same_year_in_the_whole_evidence(tmp_path: Path) -> None:
    folder = tmp_path / "papper"
    folder.mkdir()
    for year in (2008, 2012, 2016, 2020, 2024):
        text = MINUTES.format(
            date=f"{year}-02-03", decision=f"Avgiften för ridhuset fastställs till {year - 1900} kronor."
        )
        (folder / f"{year}.txt").write_text(text.replace("KS 2020", f"KS {year}"), encoding="utf-8")
    settings = Settings(index=tmp_path / "index")
    encoder = ToyEncoder()
    ingest([folder], settings, encoder)
    with Assistant.open(settings, encoder) as assistant:
        _, (evidence,) = assistant.evidence("Vad är nu beslutat om avgiften för ridhuset?")
    by_year = {(item.found.about.date or "")[:4]: round(10 * item.signals.recent) for item in evidence}
    assert by_year == {"2008": 0, "2012": 4, "2016": 8, "2020": 12, "2024": 16}
