"""Structure of the two real documents, and of small invented ones after defects that were found."""

from __future__ import annotations

from pathlib import Path

from ingest.model import Document, Section, Status
from ingest.read import Extract, read
from ingest.settings import Settings
from ingest.structure import understand

CORPUS = Path(__file__).parents[2] / "corpus"
FORMATION = "koping/002_bb1c2f2fbae1ae61.txt"
PROCESS = "koping/000_6454c9e22a8b40c5.txt"


def real(document: str) -> Document:
    return understand(document, read(CORPUS / document, document, Settings()))


def invented(text: str) -> Document:
    return understand("prov.txt", Extract(text))


def section(document: Document, heading: str) -> Section:
    return next(each for each in document.sections if each.headings and each.headings[-1] == heading)


def words(document: Document, each: Section) -> list[str]:
    return [sentence.of(document.text) for block in each.blocks for sentence in block.sentences]


def test_metadata_of_the_memo_on_the_new_federation() -> None:
    about = real(FORMATION).metadata
    assert about.title == "Beslut om bildande av länssamordningsförbund"
    assert about.municipality == "Köpings kommun"
    assert about.body == "Kommunstyrelsen"
    assert about.kind == "tjänsteskrivelse"
    assert about.date == "2023-01-20"
    assert about.dnr is None


def test_metadata_of_the_memo_on_the_county_process() -> None:
    about = real(PROCESS).metadata
    assert about.title == "Beslut om att delta i länsprocess"
    assert (about.municipality, about.body, about.kind) == ("Köpings kommun", "Kommunstyrelsen", "tjänsteskrivelse")
    assert about.date is None  # the paper bears none


def test_numbered_points_of_a_proposal() -> None:
    document = real(FORMATION)
    proposal = section(document, "Förslag till beslut")
    assert proposal.status is Status.FÖRSLAG
    points = {block.point: block for block in proposal.blocks if block.point}
    assert sorted(points) == [1, 2, 3, 4, 5]
    assert points[4].sentences[0].of(document.text) == (
        "Samordningsförbundet Västra Mälardalen likvideras när förvaltningsberättelsen och redovisningshandlingarna "
        "för 2023 har delgivits medlemmarna."
    )
    assert points[3].sentences[0].of(document.text).endswith("Västra Mälardalen enligt bilaga 2 godkänns.")


def test_bulleted_points_of_a_proposal_and_its_lead() -> None:
    document = real(PROCESS)
    proposal = section(document, "Förslag till beslut")
    assert proposal.status is Status.FÖRSLAG
    assert words(document, proposal) == [
        "Kommunstyrelsens förslag till kommunfullmäktige:",
        "Köpings kommun ska delta i länsprocessen enligt samordningsförbundens förslag.",
        "Deltagandet delegeras till kommunens representant i det lokala samordningsförbundets styrelse.",
    ]
    assert [block.point for block in proposal.blocks] == [None, None, None]  # no number is invented


def test_letterhead_in_mid_text_is_set_aside_and_its_sentence_joined() -> None:
    document = real(PROCESS)
    background = words(document, section(document, "Ärendebeskrivning"))
    assert (
        "Med en samlad projektpott för hela Västmanland kan större satsningar genomföras och samverkansvinster hittas."
        in background
    )
    everything = " ".join(word for each in document.sections for word in words(document, each))
    assert "Postadress" not in everything
    assert "991-1215" not in everything


def test_headings_without_marks_and_the_opinion_below_one() -> None:
    document = real(FORMATION)
    opinion = section(document, "Yttrande från Social- och arbetsmarknad angående bildande av Länssamordningsförbund")
    assert opinion.status is Status.YTTRANDE
    assert section(document, "Bakgrund").headings == ("Ärendebeskrivning", "Bakgrund")
    assert section(document, "Bildande av länssamordningsförbund").status is Status.INFORMATION
    assert len(section(document, "Beslutsunderlag").blocks) == 7


def test_signatures_belong_to_no_section() -> None:
    document = real(FORMATION)
    last = document.sections[-1]
    assert last.headings == ()
    assert words(document, last) == ["Sara Schelin Kommunchef", "Karin Sandborgh Taylor Kanslichef"]


MINUTES = """Exempelkommun
Sammanträdesprotokoll
Kommunfullmäktige
Sammanträdesdatum: 2024-05-13

§ 61 Ärendenummer KS-2024-00123

Avgift för sophämtning i
Norrby
Beslut

Enligt kommunstyrelsens förslag:
1. Avgiften fastställs till 1 250 kronor.
2. Beslutet gäller från och med 1 januari 2025.

Reservation

Ledamöterna från Byalistan reserverar sig mot beslutet.

§ 62
Val av justerare
Beslut

Anna Lind utses.
"""


def test_minutes_have_paragraphs_with_title_number_dnr_and_standing() -> None:
    document = invented(MINUTES)
    assert document.metadata.kind == "protokoll"
    assert document.metadata.date == "2024-05-13"
    assert document.metadata.body == "Kommunfullmäktige"
    decision = document.sections[1]
    assert decision.headings == ("§ 61 Avgift för sophämtning i Norrby", "Beslut")
    assert (decision.paragraph, decision.dnr, decision.status) == ("61", "KS-2024-00123", Status.BESLUT)
    assert [block.point for block in decision.blocks] == [None, 1, 2]
    assert document.sections[2].status is Status.YTTRANDE
    assert document.sections[3].headings[0] == "§ 62 Val av justerare"


def test_page_footers_in_mid_sentence_are_set_aside() -> None:
    sentences = [
        f"Avgiften för {thing} höjs för alla som bor i kommunen och har en {kind} som är egen."
        for thing, kind in (("vatten", "brunn"), ("sophämtning", "tunna"), ("bad", "bassäng"), ("båtplats", "eka"))
    ]
    text = ""
    for number, sentence in enumerate(sentences, 1):
        before, after = sentence.split(" en ")
        footer = f"Exempelkommun Kommunfullmäktige, protokoll\n\n{number} (5)\n\nProtokoll (nr 1)\n\n"
        text += f"§ {number} Ärende\n\nBeslut\n\n{before} en\n\n{footer}{after}\n\n"
    document = invented(text)
    assert [word for each in document.sections for word in words(document, each)] == sentences
    assert [each.paragraph for each in document.sections] == ["1", "2", "3", "4"]


def test_a_memos_beslut_is_still_a_proposal() -> None:
    document = invented(
        "Avgift för bad\n\nBeslut\n\nAvgiften är 50 kronor.\n\nBakgrund\n\nBadet är gammalt och kallt.\n"
    )
    assert section(document, "Beslut").status is Status.FÖRSLAG


def test_the_cells_of_a_lost_table_are_no_sentences_each() -> None:
    cells = "Ledamot\nParti\nPlats\nRöst\nAnna Lind\nBL\n12\nJa\nBo Ek\nSL\n13\nNej\n"
    document = invented(f"§ 1 Avgift\n\nOmröstning\n\nBeslutande\n\n{cells}\n")
    assert [len(block.sentences) for block in document.sections[-1].blocks] == [1]


def test_minutes_without_a_head_take_their_body_and_municipality_from_the_footers() -> None:
    footer = "Norrby kommun Socialnämnden, protokoll\n\n{} (3)\n\n"
    text = "".join(
        f"§ {number}\nÄrende {number}\nBeslut\n\nNämnden bifaller ansökan {number} om bidrag till den som under året har flyttat hit från Sörby kommun.\n\n{footer.format(number)}"
        for number in range(1, 4)
    )
    about = invented(text).metadata
    assert (about.municipality, about.body, about.kind) == ("Norrby kommun", "Socialnämnden", "protokoll")
