"""Dates in all their forms, and what a paper's head says of it."""

from __future__ import annotations

import pytest

from ingest.dates import dates_in, first_date
from ingest.dnr import dnr_labelled_in
from ingest.model import Metadata, Span
from ingest.read import Extract
from ingest.structure import understand


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("den 13 maj 2024", ["2024-05-13"]),
        ("2024-05-13 och 1 oktober 2023", ["2024-05-13", "2023-10-01"]),
        ("1st of May 2023", ["2023-05-01"]),
        ("on 28 March 2022", ["2022-03-28"]),
        ("3 January, 2020", ["2020-01-03"]),
        ("5 augusti 2019", ["2019-08-05"]),
        ("2024-13-40", []),
        ("i maj 2024", []),
        ("", []),
    ],
)
def test_dates(words: str, dates: list[str]) -> None:
    assert dates_in(words) == dates
    assert first_date(words) == (dates[0] if dates else None)


def about(text: str, document: str = "prov.txt", markup: bool = False) -> Metadata:
    return understand(document, Extract(text, markup=markup)).metadata


PROSE = (
    "Kajen i Norrby hamn byggdes 1921 och har inte lagats sedan dess; pålarna är murkna och måste bytas före vintern."
)


def test_the_letterhead_tells_everything_once() -> None:
    found = about(
        "NORRBY KOMMUN\nTekniska förvaltningen\nTJÄNSTESKRIVELSE\n2024-05-13\nDnr TN 2024/00031\nEva Borg, hamnvärd\n\n"
        f"Till\nTekniska nämnden\n\nLagning av kajen\n\nFörslag till beslut\n\nKajen lagas.\n\nBakgrund\n\n{PROSE}\n"
    )
    assert found == Metadata(
        title="Lagning av kajen",
        municipality="Norrby kommun",
        body="Tekniska nämnden",
        kind="tjänsteskrivelse",
        date="2024-05-13",
        dnr="TN 2024/00031",
        handläggare="Eva Borg, hamnvärd",
        recipients=("Tekniska nämnden",),
    )


def test_labels_stand_before_over_or_beside_their_values() -> None:
    found = about(
        "Handläggare    Datum    Diarienummer\nEva Borg    2024-05-13    TN-2024-00031\n\n"
        f"Mottagare\nTekniska nämnden\n\nLagning av kajen\n\nSammanfattning\n\n{PROSE}\n\nFörslag till beslut\n\nKajen lagas.\n"
    )
    assert (found.date, found.dnr, found.handläggare) == ("2024-05-13", "TN-2024-00031", "Eva Borg")
    assert found.recipients == ("Tekniska nämnden",)


def test_dates_numbers_and_people_of_running_text_are_not_the_papers() -> None:
    found = about(
        f"Lagning av kajen\n\nDen 3 maj 2019 sa Eva Borg, hamnvärd, att ärendet Dnr TN 2019/00001 var klart. {PROSE}\n"
    )
    assert (found.date, found.dnr, found.handläggare, found.body) == (None, None, None, None)


def test_what_stands_in_page_headers_counts_though_it_is_no_text() -> None:
    head = "Norrby kommun\nTekniska nämnden\nDatum 2024-05-13\nDnr TN 2024/00031"
    text = f"{head}\n\nLagning av kajen\n\n{PROSE}\n"
    found = understand("a.pdf", Extract(text, pages=(0,), aside=(Span(0, len(head)),))).metadata
    assert (found.title, found.body, found.date, found.dnr) == (
        "Lagning av kajen",
        "Tekniska nämnden",
        "2024-05-13",
        "TN 2024/00031",
    )


def test_an_undated_paper_has_the_date_of_its_adoption() -> None:
    found = about(f"Hamntaxa\n\nFastställd av kommunfullmäktige den 13 maj 2024, § 61.\n\n{PROSE}\n")
    assert (found.kind, found.body, found.date) == ("taxa", "Kommunfullmäktige", "2024-05-13")


def test_minutes_of_boards_have_a_meeting_and_no_number() -> None:
    found = about(
        "Norrby kommun\nKultur- och fritidsnämnden\nSammanträdesprotokoll\nSammanträdesdatum\n2024-05-13\n\n"
        f"§ 1\nVal av justerare\n\nBeslut\n\nAnna Lind utses.\n\n§ 2\nKajen\n\nDnr KFN 2024/00002\n\nBeslut\n\n{PROSE}\n"
    )
    assert (found.body, found.kind) == ("Kultur- och fritidsnämnden", "protokoll")
    assert (found.meeting, found.date, found.dnr) == ("2024-05-13", "2024-05-13", None)


def test_mail_has_its_sender_s_day_and_its_recipients_names() -> None:
    found = about(
        "# Kajen (TN 2024/00031)\n\nFrån: Eva Borg <eva@norrby.example>\nTill: Bo Ek <bo@norrby.example>, Anna Lind "
        f"<anna@norrby.example>\nDatum: 2024-05-13 10:00\n\nHej!\n\n{PROSE}\n",
        markup=True,
    )
    assert (found.kind, found.date, found.dnr) == ("e-post", "2024-05-13", "TN 2024/00031")
    assert found.recipients == ("Bo Ek", "Anna Lind")


@pytest.mark.parametrize("name", ["Norrby kommun", "NORRBY KOMMUN", "Norrby Kommuns", "Norrbykommun", "NORRBYKOMMUN"])
def test_a_municipality_is_named_in_many_ways(name: str) -> None:
    found = about(f"{name}\n\nLagning av kajen\n\n{PROSE} Grannkommunen hjälper till. Varje kommun har sin hamn.\n")
    assert (found.municipality or "").replace(" ", "").casefold() in {"norrbykommun"}


@pytest.mark.parametrize(
    ("line", "dnr"),
    [
        ("Dnr KS 2024/00031", "KS 2024/00031"),
        ("Dnr: KS2024/31", "KS2024/31"),
        ("Diarienummer 0031/24", "0031/24"),
        ("Bo Säter Diarienummer 0031/24", "0031/24"),
        ("Ärendenummer SLK-2024-00031", "SLK-2024-00031"),
        ("Vårt dnr 2024-000312", "2024-000312"),
        ("Ert dnr 2024-000312", None),
        ("Dnr 2024-05-13", None),
    ],
)
def test_numbers_of_matters(line: str, dnr: str | None) -> None:
    assert dnr_labelled_in(line) == dnr


def test_the_councils_own_municipality_comes_before_one_spoken_of_more_often() -> None:
    found = about(
        f"Hamnen\n\nTill Norrby kommunfullmäktige\n\n{PROSE} Sörby kommun har en hamn. Sörby kommun lagade sin. Av Norrby stad "
        "finns bara kajen.\n"
    )
    assert found.municipality == "Norrby stad"


def test_the_name_of_the_file_tells_whose_minutes_these_are_when_nothing_else_does() -> None:
    text = f"§ 1 Hamnen\n\nBeslut\n\n{PROSE}\n\n§ 2 Kajen\n\nBeslut\n\nÄrendet lämnas till\nsocialnämnden\n"
    assert about(text, "ks-2024-05-13.txt").body == "Kommunstyrelsen"
    assert about(text, "ks-2024-05-13.txt").meeting == "2024-05-13"


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        (
            "PROTOKOLL\nSammanträdesdatum 2024-05-14\nMiljönämnden\n\nPlats och tid: Kommunhuset, kl. 9\nOrdförande: Karin Sund\n\n"
            "§ 5 Tillsynsplan\n\nNämnden beslutar att anta planen.\n",
            "Protokoll miljönämnden 2024-05-14",
            "2024-05-14",
        ),
        (
            "Kultur- och fritidsnämnden, sammanträde den 3 mars 2024\nPlats och tid: Folkets hus, kl. 18.00\n\n"
            "§ 12\nBidrag till Norrby IF\nKultur- och fritidsnämnden beviljar 50 000 kronor.\n",
            "Protokollsutdrag kultur- och fritidsnämnden 2024-03-03",
            "2024-03-03",
        ),
    ],
)
def test_minutes_without_a_title_are_named_for_their_meeting(text: str, title: str, date: str) -> None:
    found = about(text)
    assert (found.title, found.date) == (title, date)
