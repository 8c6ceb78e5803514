"""What is fuzzed: groups of readers, each fed with bytes that become a file of one of its kinds.

The first byte chooses the kind. Of a ZIP-based document the bytes are what is in its body, mended into well-formed XML:
changed bytes of the archive itself would only break its checksums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tests.ingest.hostile import repacked
from tests.ingest.laws import check_content
from tests.ingest.read import opendocument as od
from tests.ingest.read import word as wd
from tests.ingest.read.pdfs import Sheets, Tag, one_page, show, tagged_pdf

CORPUS = Path(__file__).parents[2] / "corpus"
SEED_FILES, SEED_BYTES = 25, 3_000  # of each kind; the fuzzer tries more inputs when they are small
# Of each kind: its main part, and a document with what the body may refer to.
_OFFICE = {
    ".docx": (
        "word/document.xml",
        wd.word(
            wd.paragraph("Förslag", "R1")
            + wd.paragraph("Ja", numbering=(1, 0))
            + wd.table(wd.row("a", "b"), wd.row("c")),
            styles=wd.style("R1", "heading 1"),
            numbering=wd.numbering({1: wd.level(0, "%1.")}, {1: (1, "")}),
            headers={"header1": wd.paragraph("Köpings kommun")},
        ),
    ),
    ".odt": (
        "content.xml",
        od.odt(
            od.h("Förslag", 1) + od.items(od.p("Ja"), style="L1") + od.table(od.cells("a", "b"), od.cells("c", "1")),
            od.list_style("L1", od.number(1)),
        ),
    ),
}
_BODY = re.compile(rb"(<(?:w:body|office:text)\b[^>]*>)(.*)(</(?:w:body|office:text)>)", re.DOTALL)
GROUPS: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".md"),
    "web": (".html", ".eml"),
    "office": (".docx", ".odt"),
    "pdf": (".pdf",),
}


def run(group: str, data: bytes) -> None:
    """Check the laws of reading on the file that `data` stands for."""
    if not data:
        return
    kinds = GROUPS[group]
    ending = kinds[data[0] % len(kinds)]
    check_content(_office(data[1:], ending) if ending in _OFFICE else data[1:], ending)


def _office(inside: bytes, ending: str) -> bytes:
    part, document = _OFFICE[ending]
    whole = _BODY.sub(lambda match: match[1] + inside + match[3], wd.part(document, part))
    root = etree.fromstring(whole, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    return repacked(document, part, etree.tostring(root))


def seeds(group: str) -> Iterator[bytes]:
    """Data to begin with: small files of the corpus, and small ones written by code."""
    for number, ending in enumerate(GROUPS[group]):
        for content in (*_small_files(ending), *_written(ending)):
            yield bytes([number]) + content


def _small_files(ending: str) -> Iterator[bytes]:
    """The beginnings of the smallest files of the corpus, up to the end of a line or element."""
    if ending == ".pdf":
        return
    files = sorted(CORPUS.rglob(f"*{ending}"), key=lambda path: path.stat().st_size)
    for path in files[:SEED_FILES]:
        content = path.read_bytes()
        if ending in _OFFICE:
            content = _inside(content, ending)
        end = b">" if ending in _OFFICE else b"\n"
        yield content if len(content) <= SEED_BYTES else content[: content.rfind(end, 0, SEED_BYTES) + 1]


def _inside(document: bytes, ending: str) -> bytes:
    body = _BODY.search(wd.part(document, _OFFICE[ending][0]))
    return body[2] if body else b""


def _written(ending: str) -> Iterator[bytes]:
    if ending in _OFFICE:
        yield _inside(_OFFICE[ending][1], ending)
    if ending == ".pdf":
        sheets = Sheets()
        sheets.lines(70, 100, ["Förslag till beslut", "1. Avgiften är 50 kronor.", "2. Den gäller nu."])
        yield sheets.pdf()
        yield one_page(show("Avgift för bad", 70, 100, 16) + show("Den är 50 kronor.", 70, 130))
        yield tagged_pdf([Tag("H1", text="Avgift", y=100), Tag("P", text="Den är 50 kronor.", y=130)])
