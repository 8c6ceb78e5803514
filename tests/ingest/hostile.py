"""Files made to harm, each written by a short program; none is kept."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.ingest.read import opendocument as od
from tests.ingest.read import word as wd
from tests.ingest.read.pdfs import HELVETICA, Sheets, one_page, raw_pdf, show, stream

PROSE = "Kommunen tar ut en avgift för bad. Den har inte höjts på tio år. "
HEAD = "From: a@exempel.se\nSubject: Avgift\nDate: Mon, 13 May 2024 10:00:00 +0200\n"
# Ten to the power of nine laughs, and a file of the computer.
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY fil SYSTEM "file:///etc/passwd">]>'


@dataclass(frozen=True)
class Hostile:
    """`reason` is a pattern of what is said of the file; None when it is read, and its prose found."""

    content: Callable[[], bytes]
    reason: str | None


def repacked(document: bytes, part: str, content: bytes) -> bytes:
    """A ZIP-based document with other content in one part."""
    with zipfile.ZipFile(io.BytesIO(document)) as old:
        return wd.archive({name: content if name == part else old.read(name) for name in old.namelist()})


def bomb(document: bytes, part: str) -> bytes:
    """The document with 60 MB in one part, which take 60 kB."""
    return repacked(document, part, b"<x>" + b" " * 60_000_000)


def matryoshka() -> bytes:
    content = b"x"
    for _ in range(100):
        content = wd.archive({"word/document.xml": content})
    return content


def pages(count: int) -> bytes:
    """A PDF that shows the same page `count` times."""
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"4 0 R " * count, count),
            HELVETICA,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 3 0 R>>>>>>",
            stream(show(PROSE, 70, 100)),
        ]
    )


def page_tree(depth: int) -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    objects += [b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(2, depth + 2)]
    return raw_pdf([*objects, b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]>>" % (depth + 1)])


def page_tree_in_a_circle() -> bytes:
    return raw_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"])


def large_page() -> bytes:
    sheets = Sheets((1_000_000, 1_000_000))
    sheets.write(70, 50, PROSE)
    return sheets.pdf()


def with_object(page: bytes, made: bytes) -> bytes:
    """A page that draws an object, /X."""
    drawn = one_page(b"q 595 0 0 842 0 0 cm /X Do Q " + page, more=[b"<<>>", made])
    return drawn.replace(b"/Resources<<", b"/Resources<</XObject<</X 7 0 R>>", 1)


def picture(side: int) -> bytes:
    """A picture that says it has `side` times `side` dots, and holds some of them."""
    entries = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
    )
    return stream(zlib.compress(b"\0" * 1_000_000), entries % (side, side))


def form_that_draws_itself() -> bytes:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 7 0 R>>>>"
    return stream(b"/X Do /X Do", entries)


def packed_twice() -> bytes:
    """A page whose 40 MB of drawing take some hundred bytes."""
    content = zlib.compress(zlib.compress(b"q Q " * 10_000_000, 9), 9)
    return one_page(b"").replace(stream(b""), stream(content, b"/Filter[/FlateDecode/FlateDecode]"))


def nested_mail(depth: int) -> bytes:
    message = f"{HEAD}Content-Type: text/plain\n\n{PROSE}"
    for number in range(depth):
        kind = f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b{number}"
        message = f"{HEAD}{kind}\n\n--b{number}\nContent-Type: message/rfc822\n\n{message}\n--b{number}--\n"
    return message.encode()


def noise(before: bytes = b"") -> bytes:
    return before + random.Random(1).randbytes(100_000)


WORD, OPEN = wd.word(wd.paragraph(PROSE)), od.odt(od.p(PROSE))
_PDF = pages(1)
_DEAR = "took longer|crashed|memory|no text"  # refused one way or another, depending on the computer

FILES: dict[str, Hostile] = {
    # ZIP and XML
    "bomb.docx": Hostile(lambda: bomb(WORD, "word/document.xml"), "unpacks to more than"),
    "bomb.odt": Hostile(lambda: bomb(OPEN, "content.xml"), "unpacks to more than"),
    "matryoshka.docx": Hostile(matryoshka, "parts that a Word file always has are missing"),
    "laughs.docx": Hostile(
        lambda: repacked(WORD, "word/document.xml", f"{BILLION}<x>&l9;</x>".encode()), "document type or entities"
    ),
    "laughs.odt": Hostile(
        lambda: repacked(OPEN, "content.xml", f"{BILLION}<x>&l9;</x>".encode()), "document type or entities"
    ),
    "outside.docx": Hostile(
        lambda: repacked(WORD, "word/document.xml", f"{OUTSIDE}<x>&fil;</x>".encode()), "document type or entities"
    ),
    "laughs.html": Hostile(lambda: f"{BILLION}<html><body><p>{PROSE}&l9;</body></html>".encode(), None),
    "outside.html": Hostile(lambda: f"{OUTSIDE}<html><body><p>{PROSE}&fil;</body></html>".encode(), None),
    "laughs.xhtml": Hostile(lambda: f"{BILLION}<html><body><p>{PROSE}&l9;</p></body></html>".encode(), None),
    "deep.docx": Hostile(lambda: wd.word("<w:p>" * 100_000 + "</w:p>" * 100_000), "nested too deep"),
    "deep.odt": Hostile(lambda: od.odt("<text:section>" * 9_999 + "</text:section>" * 9_999), "nested too deep"),
    "tables.docx": Hostile(
        lambda: wd.word("<w:tbl><w:tr><w:tc>" * 60 + wd.paragraph(PROSE) + "</w:tc></w:tr></w:tbl>" * 60), None
    ),
    # PDF
    "pages.pdf": Hostile(lambda: pages(10_000), "10000 pages, more than the 2000 allowed"),
    "tree.pdf": Hostile(lambda: page_tree(5_000), "broken"),
    "circle.pdf": Hostile(page_tree_in_a_circle, "broken"),
    "page.pdf": Hostile(large_page, "larger than the 14400 points"),
    "picture.pdf": Hostile(lambda: with_object(b"", picture(60_000)), _DEAR),
    "picture_and_text.pdf": Hostile(lambda: with_object(show(PROSE, 70, 100), picture(60_000)), None),
    "form.pdf": Hostile(lambda: with_object(show(PROSE, 70, 100), form_that_draws_itself()), _DEAR),
    "packed.pdf": Hostile(packed_twice, _DEAR),
    "locked.pdf": Hostile(lambda: Sheets(password="hemligt").pdf(), "password"),
    # Web pages and e-mail
    "divs.html": Hostile(lambda: b"<div>" * 10_000 + PROSE.encode(), "nested too deep"),
    "lists.html": Hostile(lambda: b"<ul><li>" * 10_000 + PROSE.encode(), "nested too deep"),
    "attributes.html": Hostile(lambda: b"<p %s>a" % b" ".join(b"a%d=1" % n for n in range(300_000)), _DEAR),
    "script.html": Hostile(
        lambda: (
            f"<script>{'alert(1);' * 10_000}</script><p onclick='x()'>{PROSE}<iframe src=file:///etc/passwd>".encode()
        ),
        None,
    ),
    "nested.eml": Hostile(lambda: nested_mail(500), "more than can be taken apart"),
    "subject.eml": Hostile(lambda: f"Subject: {'=?utf-8?q?a?= ' * 100_000}\n{HEAD}\n{PROSE}".encode(), None),
    "line.eml": Hostile(lambda: f"{HEAD}\n{PROSE * 5_000}".encode(), None),
    # Text
    "line.txt": Hostile(lambda: (PROSE * 16_000).encode(), None),
    "word.txt": Hostile(lambda: b"a" * 1_000_000 + f"\n\n{PROSE}".encode(), None),
    "list.txt": Hostile(lambda: ("- a\n" * 30_000 + f"\n{PROSE}").encode(), None),
    "dots.txt": Hostile(lambda: ("." * 100_000 + f"\n\n{PROSE}").encode(), None),
    "marks.txt": Hostile(lambda: ("e" + "\u0301" * 100_000 + f"\n\n{PROSE}").encode(), None),
    "empty.txt": Hostile(lambda: b"", "holds no text"),
    "empty.pdf": Hostile(lambda: b"", "isn't one"),
    "blank.txt": Hostile(lambda: b" \n\t\n\xc2\xa0" * 1_000, "holds no text"),
    "utf16.txt": Hostile(lambda: PROSE.encode("utf-16-le"), None),
    "mixed.txt": Hostile(lambda: PROSE.encode("cp1252") + PROSE.encode(), None),
    # What isn't what it is named
    "noise.txt": Hostile(noise, "binary data"),
    "noise.md": Hostile(noise, "binary data"),
    "noise.html": Hostile(noise, "binary data"),
    "noise.eml": Hostile(noise, "no sender, subject or date"),
    "noise.pdf": Hostile(lambda: noise(b"%PDF-1.7\n"), "broken"),
    "noise.docx": Hostile(lambda: noise(b"PK\x03\x04"), "cut off or damaged"),
    "word.pdf": Hostile(lambda: WORD, "isn't one"),
    "pdf.docx": Hostile(lambda: _PDF, "is a PDF"),
    "pdf.odt": Hostile(lambda: _PDF, "is a PDF"),
    "pdf.eml": Hostile(lambda: _PDF, "is a PDF"),
    "word.txt.txt": Hostile(lambda: WORD, "is a ZIP archive"),
    # Other endings of kinds that are read
    "macros.docm": Hostile(lambda: WORD, None),
    "page.xhtml": Hostile(lambda: f'<?xml version="1.0"?><html><body><p>{PROSE}</p></body></html>'.encode(), None),
    "plain.text": Hostile(PROSE.encode, None),
}
