"""Headings of the PDF files, and what keeps them with the words below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BalancedColumns, CondPageBreak, Flowable, PageBreak, Paragraph

LEAST_LINES = 2  # of the text under a heading that stay with it
LEAST_TABLE = 60  # points of a table under a heading that stay with it: its head and two rows


class HeadingLine(Paragraph):
    """A heading, in one piece, that enters itself in the outline at `depth` (0: the document's title) as `place`."""

    def __init__(self, words: str, markup: str, style: ParagraphStyle, depth: int, place: str) -> None:
        super().__init__(markup, style)
        self._words, self._depth, self._place = words, depth, place

    def split(self, _width: float, _height: float) -> list[Flowable]:
        return []

    def draw(self) -> None:
        self.canv.bookmarkPage(self._place)
        self.canv.addOutlineEntry(self._words, self._place, self._depth, closed=self._depth > 1)
        super().draw()


def kept(flowables: Iterable[Flowable]) -> Iterator[Flowable]:
    """The flowables, each that asks to stay with the next joined to it.

    reportlab's own way forgets it within balanced columns and never divides a table that a heading belongs to.
    """
    waiting: list[Flowable] = []
    for flowable in flowables:
        if flowable.getKeepWithNext():  # type: ignore[no-untyped-call]
            waiting.append(flowable)
            continue
        if isinstance(flowable, BalancedColumns | CondPageBreak | PageBreak):
            yield from waiting
            yield flowable
        else:
            yield Kept(waiting, flowable) if waiting else flowable
        waiting = []
    yield from waiting


class Kept(Flowable):
    """Headings and the beginning of the flowable under them, on one page or in one column."""

    def __init__(self, headings: list[Flowable], last: Flowable) -> None:
        super().__init__()
        self._parts = [*headings, last]

    def getSpaceBefore(self) -> float:
        return float(self._parts[0].getSpaceBefore())

    def getSpaceAfter(self) -> float:
        return float(self._parts[-1].getSpaceAfter())

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._heights = [part.wrapOn(self.canv, width, height)[1] for part in self._parts]
        return width, sum(self._heights) + sum(self._gaps())

    def _gaps(self) -> list[float]:
        """Space below each part but the last."""
        pairs = zip(self._parts, self._parts[1:], strict=False)
        return [max(above.getSpaceAfter(), below.getSpaceBefore()) for above, below in pairs]

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        *headings, last = self._parts
        room = height - sum(self._heights[:-1]) - sum(self._gaps())
        least = LEAST_LINES * last.style.leading if isinstance(last, Paragraph) else LEAST_TABLE
        if room < least:
            return []
        pieces = last.splitOn(self.canv, width, room)
        return [Kept(headings, pieces[0]), *pieces[1:]] if len(pieces) > 1 else []

    def draw(self) -> None:
        top = sum(self._heights) + sum(self._gaps())
        for part, height, gap in zip(self._parts, self._heights, [*self._gaps(), 0.0], strict=True):
            part.drawOn(self.canv, 0, top - height)
            top -= height + gap
