"""PDF: pages with running headers, page numbers and footers, an outline and the typefaces embedded."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from evals.building.letterhead import ATTEST, INVENTED, SIGN, footer_of, page_words
from evals.building.pdf_flow import flowables
from evals.building.pdf_style import Styles, styles_of
from evals.building.source import Source

MARGIN = 25 * mm
WIDTH, HEIGHT = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN
HEADER_Y, FOOTER_Y = A4[1] - 15 * mm, 11 * mm
SIGN_Y, SIGN_ROOM = 19 * mm, 6 * mm
FOOTER_POINTS, HEADER_POINTS, SIGN_POINTS = 8, 9, 8


def render_pdf(source: Source) -> bytes:
    """The document as PDF: set once to count the pages, and again with their number on each; a scan has only images."""
    _, pages = _typeset(source, 0)
    content, _ = _typeset(source, pages)
    if source.scanned:
        from evals.building.scan import scanned

        return scanned(content, source)
    return content


def _typeset(source: Source, pages: int) -> tuple[bytes, int]:
    """The PDF whose page numbers say that there are `pages`, and how many there really are."""
    styles = styles_of(source)
    stream = BytesIO()
    template = Sheets(stream, source, styles, pages)
    template.build(flowables(source, styles, WIDTH))
    return stream.getvalue(), template.page


class Sheets(BaseDocTemplate):
    """A4 pages of one document. `invariant` keeps the clock and random identifiers out of the file."""

    def __init__(self, stream: BytesIO, source: Source, styles: Styles, pages: int) -> None:
        super().__init__(
            stream,
            pagesize=A4,
            title=source.title,
            author=source.body,
            subject=INVENTED,
            creator="Exempelkommun",
            lang=source.lang,
            invariant=1,
            pageCompression=0,  # zlib differs between machines
        )
        self._source, self._styles, self._pages = source, styles, pages
        low = MARGIN + (SIGN_ROOM if source.signline else 0)
        frame = Frame(
            MARGIN,
            low,
            WIDTH,
            A4[1] - MARGIN - low,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
            id="body",
        )
        self.addPageTemplates(PageTemplate("sheet", [frame], onPage=self._furniture))

    def _furniture(self, canvas: Canvas, _template: BaseDocTemplate) -> None:
        """What every page carries outside its text."""
        page, right, middle = canvas.getPageNumber(), A4[0] - MARGIN, A4[0] / 2
        canvas.saveState()
        canvas.setFont(self._styles.regular, HEADER_POINTS)
        canvas.drawRightString(right, HEADER_Y, page_words(page, self._pages))
        if page > 1:
            canvas.drawString(MARGIN, HEADER_Y, self._source.header)
        if self._source.signline:
            self._signline(canvas)
        canvas.setFont(self._styles.regular, FOOTER_POINTS)
        for row, words in enumerate(reversed(footer_of(self._source))):
            canvas.drawCentredString(middle, FOOTER_Y + row * 1.25 * FOOTER_POINTS, words)
        canvas.restoreState()

    def _signline(self, canvas: Canvas) -> None:
        """Boxes for the signs of those who check minutes, and for the attest of an extract."""
        canvas.setLineWidth(0.4)
        canvas.setFont(self._styles.regular, SIGN_POINTS)
        half = WIDTH / 2
        for left, words in ((MARGIN, SIGN), (MARGIN + half, ATTEST)):
            canvas.drawString(left, SIGN_Y, words)
            start = left + canvas.stringWidth(words) + 3
            canvas.line(start, SIGN_Y - 1, left + half - 4 * mm, SIGN_Y - 1)
