"""Quality: texts that were read badly, against texts that are as they should be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.doctor import signs
from ingest.doctor.blank import blank_pages
from ingest.doctor.finding import Finding, Severity
from tests.ingest.doctor.conftest import Clinic

pytestmark = pytest.mark.slow

PROSE = (
    "Kommunstyrelsen behandlade ärendet den 13 maj och fann att avgiften för simhallen bör höjas, eftersom den inte har "
    "ändrats på tio år. Samhällsbyggnadsförvaltningens förslag är att taxan följer prisindex för kommunal verksamhet. "
)
GOOD = "2024-05-13\n\nTjänsteskrivelse\n\nAvgifter\n\nÄrendebeskrivning\n\n"
FINNISH = (
    "Kunnanhallitus käsitteli asiaa kokouksessaan ja totesi, että uimahallin maksua tulee korottaa, koska sitä ei ole "
    "muutettu kymmeneen vuoteen. Tekninen lautakunta ehdottaa maksujen sitomista kustannusindeksiin. "
)


def found_in(clinic: Clinic, text: str) -> list[Finding]:
    clinic.write("prov.txt", text)
    clinic.ingest()
    return [finding for finding in clinic.findings("quality") if finding.document == "prov.txt"]


@pytest.mark.parametrize(
    ("spoil", "sort"),
    [
        (lambda text: text.replace("ä", "\ufffd"), "signs"),
        (lambda text: text.replace("för", "\ue004\ue00f\ue011"), "signs"),
        (lambda text: text.replace("simhallen", "(cid:12)(cid:44)"), "signs"),
        (lambda text: text.replace("å", "Ã¥").replace("ö", "Ã¶"), "mojibake"),
        (lambda text: text.translate(str.maketrans("aeiouyåäö", "xzqwkrtpf")), "garbled"),
        (lambda text: text.translate(str.maketrans("aeiostrnl", "#%&/()=*!")), "garbled"),
        (lambda _: FINNISH * 8, "language"),
        (lambda text: text.replace("simhallen", "s i m h a l l e n"), "spaced"),
        (lambda text: text.replace("förvaltningens", "förvalt- ningens"), "hyphens"),
        (lambda text: text.replace("förvaltningens", "förvalt-\nningens"), "hyphens"),
    ],
)
def test_a_spoilt_text_is_found_and_a_better_copy_mends_it(
    clinic: Clinic, spoil: Callable[[str], str], sort: str
) -> None:
    found = found_in(clinic, GOOD + spoil(PROSE * 8))
    assert [(finding.sort, finding.severity) for finding in found] == [(sort, Severity.WARNING)]
    clinic.write("prov.txt", GOOD + PROSE * 8)
    clinic.follow(found)
    assert clinic.findings("quality") == []


@pytest.mark.parametrize(
    "text",
    [
        PROSE * 8,
        PROSE * 8 + "P R O T O K O L L",  # a heading is set so at times
        PROSE * 8
        + "in- och utlåning, för- och nackdelar, el- och vattenavgift, vatten- eller avloppstaxa, läs- samt språkår",
        "Barn | 25 kr | 30 kr\nVuxen | 60 kr | 75 kr\nÅrskort | 1 200 kr | 1 450 kr\n" * 10,
        "Ja: "
        + ", ".join(["Anna Berg (S)", "Per Ek (M)", "Siv Ål (C)"] * 20)
        + ". Nämnden beslutar enligt förslaget. " * 5,
        "The council has decided to raise the fee for the swimming hall, since it has not been changed for ten years. "
        * 8,
    ],
)
def test_ordinary_texts_are_left_in_peace(clinic: Clinic, text: str) -> None:
    assert found_in(clinic, GOOD + text) == []


def test_a_single_lost_sign_is_noted(clinic: Clinic) -> None:
    found = found_in(clinic, GOOD + PROSE * 8 + "Avgiften är 37\ufffd000 kronor.")
    assert [(finding.sort, finding.severity) for finding in found] == [("signs", Severity.NOTE)]


def test_a_line_without_end_is_noted(clinic: Clinic) -> None:
    found = found_in(clinic, GOOD + PROSE * 8 + "\n\n" + "belopp summa år ".strip() * 150)
    assert "long-lines" in {finding.sort for finding in found}


def test_what_is_not_known_is_noted(clinic: Clinic) -> None:
    found = found_in(clinic, PROSE * 10)
    assert {finding.sort for finding in found} == {"no-date", "no-kind", "no-headings"}
    assert {finding.severity for finding in found} == {Severity.NOTE}


def test_a_paper_that_no_filter_on_the_municipality_lets_through_is_noted(clinic: Clinic) -> None:
    assert "no-municipality" not in {finding.sort for finding in found_in(clinic, GOOD + PROSE * 8)}
    clinic.write("annan.txt", "Norrby kommun\n\n" + GOOD + PROSE * 4 + "Beslutet gäller Norrby kommun.")
    assert "no-municipality" in {finding.sort for finding in found_in(clinic, GOOD + PROSE * 8)}
    assert found_in(clinic, "Norrby kommun\n\n" + GOOD + PROSE * 8) == []


def pdf(path: Path, pages: list[str | None]) -> None:
    """A PDF with a page for each text; None is a picture, an empty text a blank page."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for text in pages:
        if text is None:
            canvas.rect(100, 100, 300, 300, fill=1)
        for number, line in enumerate((text or "").split(". ")):
            canvas.drawString(60, 780 - 14 * number, line[:90])
        canvas.showPage()
    canvas.save()


def test_pages_that_could_not_be_read_are_told_from_blank_ones(clinic: Clinic) -> None:
    path = clinic.archive / "2024-05-13_skannat.pdf"
    pdf(path, [PROSE * 3, "", None])
    assert blank_pages(path, [2, 3]) == frozenset({2})
    assert blank_pages(clinic.archive / "nämnd/bad.txt", [1]) is None
    clinic.ingest()
    found = [finding for finding in clinic.findings("quality") if finding.sort == "unread-pages"]
    assert [(finding.page, finding.severity) for finding in found] == [(3, Severity.WARNING)]
    assert "--anew" in found[0].remedy
    path.rename(clinic.archive / "nämnd" / "annanstans.pdf")
    found = [finding for finding in clinic.findings("quality") if finding.sort == "unread-pages"]
    assert [(finding.page, finding.severity) for finding in found] == [(2, Severity.NOTE)]


def test_few_words_on_many_pages_are_found(clinic: Clinic) -> None:
    pdf(
        clinic.archive / "2024-05-13_bilder.pdf",
        [f"{what} är dyrt. Det vet nämnden." for what in ("Badet", "Torget", "Gymmet", "Loket")],
    )
    clinic.ingest()
    assert "quality/thin" in clinic.sorts("quality")


def test_counts_are_as_a_person_counts() -> None:
    assert signs.unreadable_signs("a\ufffdb\x07\ue000\n\t\f(cid:3)") == {
        "replacement": 1,
        "control": 1,
        "private-use": 1,
        "numbered": 1,
    }
    assert signs.mojibake("rÃ¥d och â€” nÃ¤mnd, 20Â°, Ångström") == 4
    assert signs.spaced_words("B E S L U T om A B C och P R O T O K O L L") == 2
    assert signs.hyphen_debris("förvalt- ning, in- och utlåning, 2- 3") == ["förvalt- ning"]
    assert signs.share_of_function_words("och xyz att zyx".split()) == 0.5
    assert signs.share_like_words(["kommun", "KSAU", "bcdfg", "koMMun", "nd"]) == 2 / 4
    assert signs.share_of_letters("a1 #%") == 0.5
    assert signs.share_of_function_words([]) == signs.share_like_words([]) == signs.share_of_letters(" ") == 1.0
