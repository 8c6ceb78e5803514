"""Every format that is read goes through the whole chain: structure, tables as rows, notes in the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.chain import ingest
from ingest.model import Status
from ingest.read import READERS, Extract, read
from ingest.read.extract import Note, Table
from ingest.settings import Settings
from ingest.store import Index
from ingest.structure import understand
from tests.encoders import ToyEncoder

PAGE = """<html><body><nav>Meny</nav><main><h1>Avgift för bad</h1><h2>Förslag till beslut</h2>
<ol><li>Avgiften fastställs till 50 kronor.</li><li>Den gäller från 2025-01-01.</li></ol>
<h2>Avgifter</h2><table><tr><th>Besök</th><th>Avgift</th></tr><tr><td>Barn</td><td>25 kr</td></tr></table>
</main></body></html>"""
MAIL = "From: a@exempel.se\nTo: b@exempel.se\nSubject: Avgift\nDate: Mon, 13 May 2024 10:00:00 +0200\n\nAvgiften är 50 kronor.\n"


def test_web_pages_and_mail_are_found_by_their_words(tmp_path: Path) -> None:
    (tmp_path / "arkiv").mkdir()
    (tmp_path / "arkiv" / "bad.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "arkiv" / "brev.eml").write_text(MAIL, encoding="utf-8")
    settings, encoder = Settings(index=tmp_path / "index"), ToyEncoder()
    report = ingest([tmp_path / "arkiv"], settings, encoder)
    assert (report.added, report.failed) == (2, ())
    with Index.open(settings, encoder.fingerprint) as index:
        points = [found.passage for found in index.registry.passages_of("bad.html") if found.passage.point]
        assert [(point.point, point.status) for point in points] == [(1, Status.FÖRSLAG), (2, Status.FÖRSLAG)]
        assert points[0].text == "Avgiften fastställs till 50 kronor."
        assert index.registry.matching("Barn 25", 1)
        about = index.registry.about("bad.html")
        assert about is not None
        assert about.title == "Avgift för bad"
        assert "Meny" not in (index.registry.text("bad.html") or "")


def test_the_rows_of_a_table_are_sentences_of_their_own() -> None:
    extract = read_page()
    document = understand("bad.html", extract)
    rows = [
        sentence.of(document.text)
        for section in document.sections
        for block in section.blocks
        for sentence in block.sentences
    ]
    assert "Barn | 25 kr" in rows


def read_page() -> Extract:
    return READERS[".html"](PAGE.encode(), Settings())


def test_headings_by_type_and_furniture_by_place_are_believed() -> None:
    text = "Norrby kommun 1 (2)\nAvgift för\nbadet\nAvgiften höjs nästa år.\nUnderrubrik\nDen höjs mycket."
    starts = [text.index(line) for line in text.splitlines()]
    first = Extract(text).text[: starts[1] - 1]
    from ingest.model import Span

    extract = Extract(
        text,
        pages=(0,),
        aside=(Span(0, len(first)),),
        headings=((starts[1], 1), (starts[2], 1), (starts[4], 3)),
        tables=(Table((Span(starts[5], len(text)),), header=False),),
        notes=(Note(2, "the page is empty", "scan it anew"),),
    )
    document = understand("a.pdf", extract)
    assert document.metadata.title == "Avgift för badet"
    assert [section.headings for section in document.sections] == [(), ("Underrubrik",)]
    assert document.notes[0].reason == "page 2: the page is empty"


@pytest.mark.parametrize(
    ("lines", "levels", "headings"),
    [
        (
            ("§ 45 Svar på motion", "om gratis bad", "Beslut"),
            (1, 1, 2),
            ("§ 45 Svar på motion om gratis bad", "Beslut"),
        ),
        (
            ("§ 45 Motion om", "gratis bad", "för alla", "Beslut"),
            (1, 1, 1, 2),
            ("§ 45 Motion om gratis bad för alla", "Beslut"),
        ),
        (
            ("§ 45 Svar på motion", "Bad och båtar"),
            (1, 2),
            ("§ 45 Svar på motion", "Bad och båtar"),
        ),
        (("§ 45 Svar på motion", "Beslut"), (1, 1), ("§ 45 Svar på motion", "Beslut")),
        (("§ 44 Upprop", "§ 45 Svar på motion", "Beslut"), (1, 1, 2), ("§ 45 Svar på motion", "Beslut")),
    ],
)
def test_the_title_of_a_paragraph_goes_on_in_the_same_type(
    lines: tuple[str, ...], levels: tuple[int, ...], headings: tuple[str, ...]
) -> None:
    text = "\n".join([*lines, "Motionen avslås."])
    extract = Extract(
        text, headings=tuple((text.index(line), level) for line, level in zip(lines, levels, strict=True))
    )
    (section,) = understand("a.pdf", extract).sections
    assert (section.headings, section.paragraph) == (headings, "45")


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.pdf"])
def test_what_is_not_what_it_is_named_is_refused(tmp_path: Path, name: str) -> None:
    from ingest.errors import DocumentError

    (tmp_path / name).write_bytes(b"This is none.")
    with pytest.raises(DocumentError) as caught:
        read(tmp_path / name, name, Settings())
    assert caught.value.reason
    assert caught.value.remedy
