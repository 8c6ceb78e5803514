"""Standing of words: one small invented paper for each way in which it was got wrong."""

from __future__ import annotations

import pytest

from ingest.model import Document, Status
from ingest.read import Extract
from ingest.structure import understand


def invented(text: str, document: str = "prov.txt", markup: bool = False) -> Document:
    return understand(document, Extract(text, markup=markup))


def statuses(document: Document) -> dict[str, Status]:
    """The standing of each block by its first sentence."""
    return {
        block.sentences[0].of(document.text): section.status
        for section in document.sections
        for block in section.blocks
    }


EXTRACT = """NORRBY KOMMUN
Socialnämnden
PROTOKOLLSUTDRAG
Sammanträdesdatum 2024-05-13
Dnr SN 2024/00012

Avgift för matlåda

Ärendebeskrivning

Matlådan kostar i dag 62 kronor och har gjort det i fyra år, medan råvarorna har blivit dyrare.

Yrkanden

Anna Lind (BL) yrkar att avgiften blir 65 kronor.

Beslut

Socialnämnden beslutar:

1. Avgiften är 66 kronor.

2. Den gäller från och med den 1 juli 2024.

Reservation

Anna Lind (BL) reserverar sig mot beslutet.
"""


def test_what_an_extract_decides_is_decided() -> None:
    document = invented(EXTRACT)
    found = statuses(document)
    assert found["Avgiften är 66 kronor."] is Status.BESLUT
    assert found["Anna Lind (BL) yrkar att avgiften blir 65 kronor."] is Status.FÖRSLAG
    assert found["Anna Lind (BL) reserverar sig mot beslutet."] is Status.YTTRANDE
    assert [block.point for section in document.sections for block in section.blocks if block.point] == [1, 2]


RULES = """Norrby kommun
2024-06-03

Regler för båtplatser

Antagna av kommunfullmäktige 2024-05-13 § 61. Reglerna gäller från och med den 1 juli 2024.

1 § Syfte

Den som är folkbokförd i kommunen och äger en båt får hyra en plats vid bryggan i Norrby hamn.

2 § Förslag

Hamnvärden tar emot förslag om hur platserna fördelas till och med den 1 mars varje år.
"""


def test_adopted_rules_are_a_decision_whatever_their_headings() -> None:
    document = invented(RULES)
    assert document.metadata.kind == "regler"
    assert document.metadata.body == "Kommunfullmäktige"
    assert {section.headings[-1]: section.status for section in document.sections if section.headings[1:]} == {}
    assert [section.headings for section in document.sections][-2:] == [("1 § Syfte",), ("2 § Förslag",)]
    assert {section.status for section in document.sections[-2:]} == {Status.BESLUT}


def test_rules_nobody_is_said_to_have_adopted_have_an_unknown_standing() -> None:
    document = invented(RULES.replace("Antagna av kommunfullmäktige 2024-05-13 § 61. ", ""))
    assert document.sections[-1].status is Status.OKÄND
    draft = invented(
        RULES.replace("Antagna av kommunfullmäktige 2024-05-13 § 61. ", "").replace(
            "Regler för", "Förslag till regler för"
        )
    )
    assert draft.sections[-1].status is Status.FÖRSLAG


def test_a_motion_is_one_from_its_first_word_to_its_last() -> None:
    document = invented(
        "Motion av Bo Ek (SL) om bänkar\n\nTill kommunfullmäktige i Norrby kommun\n\n"
        "Den som går från torget till hamnen i Norrby har i dag ingenstans att vila sig på vägen.\n\n"
        "Förslag till beslut\n\n1. Kommunen ställer ut tio bänkar.\n\n2. Bänkarna har ryggstöd.\n"
    )
    assert document.metadata.kind == "motion"
    assert document.metadata.recipients == ("kommunfullmäktige i Norrby kommun",)
    assert document.metadata.body == "Kommunfullmäktige"
    assert {section.status for section in document.sections if section.headings} == {Status.MOTION}
    assert [block.point for block in document.sections[-1].blocks] == [1, 2]


def test_what_a_motion_wants_is_no_proposal_of_the_memo_that_answers_it() -> None:
    document = invented(
        "# Svar på motion om bänkar\n\nTjänsteskrivelse\n\n## Förslag till beslut\n\nMotionen avslås.\n\n"
        "## Ärendet\n\n### Motionens förslag\n\n1. Tio bänkar ställs ut.\n\n### Bedömning\n\nDet finns bänkar nog.\n",
        markup=True,
    )
    assert statuses(document)["Motionen avslås."] is Status.FÖRSLAG
    assert statuses(document)["Tio bänkar ställs ut."] is Status.MOTION
    assert statuses(document)["Det finns bänkar nog."] is Status.INFORMATION
    assert not [block.point for section in document.sections for block in section.blocks if block.point]


def test_a_notice_that_tells_what_was_decided_tells_a_decision() -> None:
    document = invented(
        "Bidrag till båtklubben\n\nBakgrund\n\nKlubben har sökt bidrag till en ny brygga i Norrby hamn.\n\n"
        "Beslut\n\nKommunstyrelsen beslutade 2024-05-13 § 61 att bevilja klubben 40 000 kronor.\n"
    )
    assert [section.status for section in document.sections][-1] is Status.BESLUT


MINUTES = """Norrby kommun
Sammanträdesprotokoll
Kommunstyrelsen
Sammanträdesdatum 2024-05-13

§ 61 Avgift för båtplats

Dnr KS 2024/00031

Beslut

Enligt förvaltningens förslag:

1. Utredningen om bryggan godkänns.

Kommunstyrelsen föreslår kommunfullmäktige att besluta:

1. Avgiften för båtplats är 900 kronor.

Förvaltningens förslag

Avgiften för båtplats är 800 kronor.

Omröstning

Ja för bifall till förslaget.

Med 6 ja-röster mot 5 nej-röster beslutar kommunstyrelsen att bifalla förslaget.

§ 62 Information

Kommunchefen berättar om vårens arbete i hamnen.
"""


def test_what_a_board_proposes_to_the_council_is_not_decided() -> None:
    document = invented(MINUTES)
    found = statuses(document)
    assert found["Utredningen om bryggan godkänns."] is Status.BESLUT
    assert found["Avgiften för båtplats är 900 kronor."] is Status.FÖRSLAG
    assert found["Avgiften för båtplats är 800 kronor."] is Status.FÖRSLAG
    assert found["Ja för bifall till förslaget."] is Status.INFORMATION
    assert found["Med 6 ja-röster mot 5 nej-röster beslutar kommunstyrelsen att bifalla förslaget."] is Status.BESLUT


def test_the_number_below_the_heading_of_a_paragraph_is_its_own_and_not_the_minutes() -> None:
    document = invented(MINUTES)
    assert document.metadata.dnr is None
    assert {section.paragraph: section.dnr for section in document.sections if section.paragraph} == {
        "61": "KS 2024/00031",
        "62": None,
    }
    assert "Dnr KS 2024/00031" not in statuses(document)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Renhållningstaxa 2024", "taxa"),
        ("Avgifter i kulturskolan", "taxa"),
        ("Budget 2025 med plan 2026–2027", "budget"),
        ("Reglemente för socialnämnden", "reglemente"),
        ("Förbundsordning för räddningstjänsten", "reglemente"),
        ("Delegationsordning för kommunstyrelsen", "delegationsordning"),
        ("Riktlinjer för markanvisning", "riktlinjer"),
        ("Upphandlingspolicy", "policy"),
        ("Markanvisningsavtal för kvarteret Eken", "avtal"),
        ("Årsredovisning 2023", "årsredovisning"),
        ("Granskning av lönehanteringen", "revisionsrapport"),
        ("Detaljplan för kvarteret Eken", "planbeskrivning"),
        ("Svar på interpellation om snöröjning", "interpellationssvar"),
        ("Interpellation om snöröjning", "interpellation"),
        ("Medborgarförslag om lekplats", "medborgarförslag"),
        ("Kallelse till socialnämnden 2024-05-13", "kallelse"),
        ("Promenad längs ån", None),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: str | None) -> None:
    prose = (
        "Detta är en längre text om saken, skriven så att den inte kan tas för annat än en vanlig mening i ett stycke."
    )
    assert invented(f"Norrby kommun\n\n{title}\n\n{prose}\n").metadata.kind == kind


def test_a_decision_and_a_proposal_in_one_paragraph_part() -> None:
    document = invented(
        "Sammanträdesprotokoll\nKommunstyrelsen\nSammanträdesdatum 2024-05-13\n\n§ 61 Hamnen\n\nBeslut\n\n"
        "Utredningen antecknas. Kommunstyrelsen tillstyrker förslaget och föreslår att kommunfullmäktige beslutar:\n\n"
        "Hamnen rustas.\n\n§ 62 Val\n\nBeslut\n\nBo Ek utses.\n"
    )
    found = statuses(document)
    assert found["Utredningen antecknas."] is Status.BESLUT
    assert found["Hamnen rustas."] is Status.FÖRSLAG
    assert found["Bo Ek utses."] is Status.BESLUT


def test_what_is_told_below_a_heading_of_background_has_its_own_standing() -> None:
    document = invented(
        "Tjänsteskrivelse\n\nBänkar\n\nFörslag till beslut\n\nMotionen avslås.\n\nMotionens förslag\n\n"
        "Tio bänkar ställs ut.\n\nRemissinstanser\n\nMotionen har sänts till hamnnämnden som säger att det finns bänkar nog i hamnen.\n"
    )
    found = statuses(document)
    assert found["Tio bänkar ställs ut."] is Status.MOTION
    assert (
        found["Motionen har sänts till hamnnämnden som säger att det finns bänkar nog i hamnen."] is Status.INFORMATION
    )


@pytest.mark.parametrize("number", ["0744/23", "Dnr 0744/23", "KS-2023-00744", "Ärendenummer KS-2023-00744"])
def test_the_number_of_a_paragraph_may_stand_beside_it_without_a_word(number: str) -> None:
    document = invented(f"Sammanträdesprotokoll\n\n§ 17 {number}\nLagning av kajen\nBeslut\n\nKajen lagas.\n")
    section = document.sections[-1]
    assert section.headings == ("§ 17 Lagning av kajen", "Beslut")
    assert (section.paragraph, section.dnr) == ("17", number.split()[-1])


def test_what_a_board_decides_to_propose_is_proposed_in_the_infinitive_too() -> None:
    document = invented(
        "Sammanträdesprotokoll\nHamnnämnden\n\n§ 17 Lagning av kajen\n\nBeslut\n\nHamnnämnden beslutar att föreslå "
        "kommunfullmäktige att kajen lagas.\n\n§ 18 Val\n\nBeslut\n\nBo Ek utses.\n"
    )
    assert statuses(document)["Hamnnämnden beslutar att föreslå kommunfullmäktige att kajen lagas."] is Status.FÖRSLAG


RECEIVED = """NORRBY KOMMUN
Kommunfullmäktige
PROTOKOLL
Sammanträdesdatum 2024-05-13

§ 34 Förteckning över anmälningsärenden

Beslut

Antecknas.

Efter sammanträdet i april har följande motioner inkommit till kommunfullmäktige.

Motion av Anna Lind (BL) om cykelställ vid stationen, H 2024 nr 14.

§ 35 Meddelanden

Beslut

Skrivelserna läggs till handlingarna.

Ordföranden avslutar sammanträdet kl. 20.15.
"""


def test_what_was_received_is_not_decided_nor_is_the_end_of_the_meeting() -> None:
    found = statuses(invented(RECEIVED))
    assert found["Antecknas."] is Status.BESLUT
    assert (
        found["Efter sammanträdet i april har följande motioner inkommit till kommunfullmäktige."] is Status.INFORMATION
    )
    assert found["Motion av Anna Lind (BL) om cykelställ vid stationen, H 2024 nr 14."] is Status.INFORMATION
    assert found["Skrivelserna läggs till handlingarna."] is Status.BESLUT
    assert found["Ordföranden avslutar sammanträdet kl. 20.15."] is Status.INFORMATION


def test_an_entry_with_a_heading_of_its_own_is_no_decision() -> None:
    text = RECEIVED.replace(
        "Efter sammanträdet i april har följande motioner inkommit till kommunfullmäktige.", ""
    ).replace(
        "Motion av Anna Lind (BL) om cykelställ vid stationen, H 2024 nr 14.",
        "## Motion av Anna Lind (BL)\n\nCykelställ vid stationen, H 2024 nr 14.",
    )
    marked = text.replace("§ 34", "# § 34").replace("\nBeslut\n", "\n## Beslut\n").replace("## Motion", "### Motion")
    assert (
        statuses(invented(marked, "prov.md", markup=True))["Cykelställ vid stationen, H 2024 nr 14."]
        is Status.INFORMATION
    )
