"""Small invented PDFs, drawn by code: a sheet is written on from its upper left corner, in points."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from ingest.read.extract import Extract
from ingest.read.pdf import read_pdf

REGULAR, BOLD, ITALIC = "Times-Roman", "Times-Bold", "Times-Italic"


@dataclass(frozen=True)
class Settings:
    """What the readers of PDFs and OCR look at."""

    ocr: bool = True
    ocr_languages: str = "swe"
    ocr_seconds: float = 60.0
    max_pages: int = 2000
    max_page_points: float = 14400.0


NO_OCR = Settings(ocr=False)


class Sheets:
    """A PDF that is being drawn."""

    def __init__(self, size: tuple[float, float] = A4, password: str | None = None) -> None:
        self.buffer = io.BytesIO()
        self.size = size
        encryption = pdfencrypt.StandardEncryption(password, ownerPassword="ägare") if password else None
        self.canvas = Canvas(self.buffer, pagesize=size, encrypt=encryption, invariant=1)

    def write(self, x: float, y: float, text: str, size: float = 11, font: str = REGULAR) -> float:
        """Put a line of text with its baseline `y` below the upper edge; gives where it ends."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.size[1] - y, text)
        return x + float(stringWidth(text, font, size))

    def lines(
        self, x: float, y: float, lines: Sequence[str], size: float = 11, font: str = REGULAR, leading: float = 1.2
    ) -> float:
        """Put lines below each other; gives the baseline that would follow."""
        for line in lines:
            self.write(x, y, line, size, font)
            y += leading * size
        return y

    def right(self, x: float, y: float, text: str, size: float = 11, font: str = REGULAR) -> None:
        """Put a line of text that ends at `x`."""
        self.write(x - float(stringWidth(text, font, size)), y, text, size, font)

    def rule(self, x: float, y: float, end: float) -> None:
        self.canvas.setLineWidth(0.7)
        self.canvas.line(x, self.size[1] - y, end, self.size[1] - y)

    def table(
        self, x: float, y: float, rows: Sequence[Sequence[Any]], widths: Sequence[float] | None, *style: tuple[Any, ...]
    ) -> float:
        """Put a table with its upper edge at `y`; gives its lower edge."""
        drawn = Table([list(row) for row in rows], colWidths=widths)
        drawn.setStyle(TableStyle([("FONT", (0, 0), (-1, -1), REGULAR, 10), *style]))
        _, height = drawn.wrapOn(self.canvas, self.size[0], self.size[1])
        drawn.drawOn(self.canvas, x, self.size[1] - y - height)
        return y + float(height)

    def picture(self, picture: Any, x: float = 0, y: float = 0, width: float | None = None) -> None:
        """Put a picture with its upper left corner there, as wide as the sheet unless told."""
        reader = ImageReader(picture)
        across, down = reader.getSize()
        width = width or self.size[0]
        height = width * down / across
        self.canvas.drawImage(reader, x, self.size[1] - y - height, width, height)

    def next(self) -> None:
        self.canvas.showPage()

    def pdf(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()


GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
BOLD_HEADER = ("FONT", (0, 0), (-1, 0), BOLD, 10)


@dataclass(frozen=True)
class Tag:
    """An element of a tagged PDF with its parts, or with a line of text at (x, y)."""

    kind: str
    parts: tuple[Tag, ...] = ()
    text: str = ""
    x: float = 70
    y: float = 0
    size: float = 11


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    content = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(content)


def stream(body: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(body), entries, body)


HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def one_page(body: bytes, font: bytes = HELVETICA, page: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """A page of A4 with this content and one font, /F; `more` objects are numbered from 6."""
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%s>>" % page,
            stream(body),
            font,
            *more,
        ]
    )


def show(text: str, x: float, y: float, size: float = 11) -> bytes:
    """The operators that put a line of text there."""
    escaped = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F %g Tf %g %g Td (%s) Tj ET\n" % (size, x, 842 - y, escaped)


def tagged_pdf(parts: Sequence[Tag], artifacts: Sequence[tuple[str, float, float]] = ()) -> bytes:
    """A tagged PDF of one page."""
    body = bytearray()
    objects: list[bytes] = [b"", b""]  # 6: the root, 7: which element each marked content belongs to
    marks: list[int] = []

    def add(tag: Tag, parent: int) -> int:
        number = 6 + len(objects)
        objects.append(b"")
        if tag.parts:
            kids = b" ".join(b"%d 0 R" % add(part, number) for part in tag.parts)
        else:
            kids = b"%d" % len(marks)
            body.extend(b"/%s <</MCID %d>> BDC\n" % (tag.kind.encode(), len(marks)))
            body.extend(show(tag.text, tag.x, tag.y, tag.size) + b"EMC\n")
            marks.append(number)
        entry = b"<</Type/StructElem/S/%s/P %d 0 R/Pg 3 0 R/K[%s]>>" % (tag.kind.encode(), parent, kids)
        objects[number - 6] = entry
        return number

    kids = b" ".join(b"%d 0 R" % add(part, 6) for part in parts)
    for text, x, y in artifacts:
        body.extend(b"/Artifact BMC\n" + show(text, x, y) + b"EMC\n")
    objects[0] = b"<</Type/StructTreeRoot/K[%s]/ParentTree 7 0 R>>" % kids
    objects[1] = b"<</Nums[0[%s]]>>" % b" ".join(b"%d 0 R" % number for number in marks)
    return one_page(bytes(body), page=b"/StructParents 0", more=objects)


LEFT = (
    "Kommunen har under året sett över sina",
    "rutiner för inköp av möbler till skolorna och",
    "funnit att tre av fyra förvaltningar följer dem.",
    "Den fjärde har fått ett halvår på sig att rätta",
    "till bristerna, med stöd av ekonomikontoret.",
)
RIGHT = (
    "Nämnden har också låtit undersöka om de",
    "gamla möblerna kan säljas vidare. Svaret är",
    "att marknaden är liten, men att föreningar i",
    "kommunen gärna tar emot dem. Ett förslag",
    "lämnas i september till nästa sammanträde.",
)
WIDE = "Detta stycke går över hela sidan och avslutar redovisningen av uppdraget som nämnden gav i april."


def read(sheets: Sheets | bytes) -> Extract:
    return read_pdf(sheets if isinstance(sheets, bytes) else sheets.pdf(), NO_OCR)


def lines(extract: Extract) -> list[str]:
    return [line for line in re.split(r"[\n\f]", extract.text) if line]


def aside(extract: Extract) -> list[str]:
    return [span.of(extract.text) for span in extract.aside]


def headings(extract: Extract) -> list[tuple[str, int]]:
    return [(re.split(r"[\n\f]", extract.text[start:])[0], level) for start, level in extract.headings]


def rows(extract: Extract) -> list[list[str]]:
    return [[span.of(extract.text) for span in table.rows] for table in extract.tables]


def report(pages: int, middle: bool = True) -> Sheets:
    """Pages with a running header, page numbers, and an address below the footer of the first."""
    sheets = Sheets()
    for page in range(1, pages + 1):
        sheets.write(70, 40, "Exempelköpings kommun", 9)
        sheets.right(525, 40, f"{page} ({pages})", 9)
        y = 100.0
        for part in range(2):
            y = sheets.lines(70, y, [f"Avsnitt {page}.{part} handlar om något eget.", *LEFT[page % 3 :]]) + 8
        if middle:
            sheets.write(70, 420, "Exempelköpings kommun", 9)
        sheets.write(70, 800, "Revisionen, granskning av möbler", 8)
        if page == 1:
            sheets.write(70, 812, "Glasgatan 4, Exempelköping", 8)
        if page < pages:
            sheets.next()
    return sheets
