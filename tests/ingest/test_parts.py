"""Papers bound into one file: each begins where its letterhead stands, and keeps its own kind and standing."""

from __future__ import annotations

from ingest.model import Document, Status
from ingest.read import Extract
from ingest.structure import understand

BUNDLE = """Kommunfullmäktige

Handling 2024 nr 12

Avgift för båtplats

Till Norrby kommunfullmäktige

Kommunstyrelsens förslag

Kommunstyrelsen föreslår att kommunfullmäktige beslutar:

1. Avgiften för båtplats är 900 kronor.

----

Anna Lind (BL) yrkade avslag.

Norrby den 13 maj 2024

Yrkande                    BL, SL
2024-05-10                 Ärende nr 3

Förslag till beslut

1. Avgiften för båtplats är 700 kronor.

Yrkandet

Den som har en liten båt ska också ha råd att lägga den vid bryggan i Norrby hamn.

Tjänsteutlåtande           Handläggare Utfärdat 2024-04-02
Diarienummer 0031/24

Förslag till beslut

1. Avgiften för båtplats är 900 kronor.

Ärendet

Bryggan har byggts om för lån som avgifterna ska betala under de närmaste tjugo åren.

Bilaga 1 Taxa för hamnen

Avgift för båtplats är 900 kronor om året och betalas före den 1 maj.

Handling 2023 nr 90

Motion av Bo Ek (SL) om båtplatser

Det är dyrt att ha båt, och den som har en liten båt betalar lika mycket som den som har en stor.
"""


def bundle() -> Document:
    return understand("0031-24_2024-06-13_7.txt", Extract(BUNDLE))


def test_a_bundle_is_one_document_about_one_matter() -> None:
    about = bundle().metadata
    assert (about.kind, about.body, about.title) == ("handling", "Kommunfullmäktige", "Avgift för båtplats")
    assert (about.date, about.meeting, about.dnr) == ("2024-05-13", "2024-06-13", "0031/24")
    assert about.recipients == ("Norrby kommunfullmäktige",)


def test_each_paper_of_a_bundle_has_its_own_standing() -> None:
    document = bundle()
    found = [
        (section.headings, section.status)
        for section in document.sections
        if section.headings and section.headings != ("Kommunstyrelsens förslag",)
    ]
    assert found == [
        (("Yrkande",), Status.YTTRANDE),
        (("Yrkande", "Förslag till beslut"), Status.FÖRSLAG),
        (("Yrkande", "Yrkandet"), Status.YTTRANDE),
        (("Tjänsteutlåtande",), Status.INFORMATION),
        (("Tjänsteutlåtande", "Förslag till beslut"), Status.FÖRSLAG),
        (("Tjänsteutlåtande", "Ärendet"), Status.INFORMATION),
        (("Bilaga 1 Taxa för hamnen",), Status.FÖRSLAG),
        (("Handling 2023 nr 90",), Status.MOTION),
    ]


def test_what_is_told_after_the_stroke_is_no_proposal() -> None:
    document = bundle()
    yrkade = next(
        section
        for section in document.sections
        for block in section.blocks
        if block.sentences[0].of(document.text).startswith("Anna Lind")
    )
    assert (yrkade.headings, yrkade.status) == ((), Status.INFORMATION)


def test_a_list_of_annexes_begins_no_paper() -> None:
    document = understand(
        "prov.txt",
        Extract(
            "Tjänsteskrivelse\n\nLagning av kajen\n\nFörslag till beslut\n\nKajen lagas.\n\nBilagor\n\nBilaga 1 Kalkyl\n\n"
            "Bilaga 2 Ritning\n\nBeslutet skickas till\n\nHamnvärden\n"
        ),
    )
    assert {section.headings[0] for section in document.sections if section.headings} == {
        "Förslag till beslut",
        "Bilagor",
        "Beslutet skickas till",
    }


RULES = "Bilaga {n} {title}\n\nKapitel 1 Uppdrag\n\n§ 1 Nämnden svarar för hamnen och för alla bryggor som kommunen äger.\n\n"


def test_annexed_rules_are_proposed_unless_they_are_said_to_be_in_force() -> None:
    head = "Tjänsteskrivelse\n\nNytt reglemente\n\nFörslag till beslut\n\nReglementet antas.\n\nBakgrund\n\nDet gamla är gammalt.\n\n"
    text = head + RULES.format(n=1, title="Befintligt reglemente") + RULES.format(n=2, title="Förslag till reglemente")
    document = understand("prov.txt", Extract(text))
    found = {section.headings[0]: section.status for section in document.sections if section.headings}
    assert found["Bilaga 1 Befintligt reglemente"] is Status.BESLUT
    assert found["Bilaga 2 Förslag till reglemente"] is Status.FÖRSLAG


def test_rules_bound_in_without_a_word_begin_at_their_title() -> None:
    text = BUNDLE.replace("Bilaga 1 Taxa för hamnen\n\n", "Reglemente för hamnnämnden\n\nKapitel 1 Uppdrag\n\n")
    document = understand("prov.txt", Extract(text))
    assert {s.status for s in document.sections if s.headings[:1] == ("Reglemente för hamnnämnden",)} == {
        Status.FÖRSLAG
    }


def test_a_motion_with_a_number_among_the_councils_papers_is_a_motion() -> None:
    prose = "Det är dyrt att ha båt, och den som har en liten båt betalar lika mycket som den som har en stor."
    document = understand(
        "prov.txt", Extract(f"Kommunfullmäktige\n\nHandling 2024 nr 9\n\nMotion av Bo Ek (SL) om båtar\n\n{prose}\n")
    )
    assert document.metadata.kind == "motion"
    assert document.sections[-1].status is Status.MOTION
