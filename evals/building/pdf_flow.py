"""A source's letterhead and blocks as what reportlab sets on pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from reportlab.lib.units import mm
from reportlab.platypus import BalancedColumns, CondPageBreak, Flowable, HRFlowable, Paragraph, Spacer
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Table as Grid

from evals.building.blocks import Block, Box, Bullets, Facts, Heading, Numbered, PageBreak, Signatures, Table
from evals.building.blocks import Paragraph as Words
from evals.building.inline import bind_words, plain
from evals.building.letterhead import MUNICIPALITY, Letterhead, letterhead_of
from evals.building.pdf_heading import HeadingLine, kept
from evals.building.pdf_mark import Mark
from evals.building.pdf_style import Styles
from evals.building.pdf_table import box, fact_sheet, grid, markup, signature_sheet
from evals.building.source import Source

COLUMN_GAP = 8 * mm
LEAST_ROOM = 32 * mm  # below this much room a paragraf begins on a new page
NUMBER_ABOVE = frozenset({"Kommunstyrelsen"})  # bodies whose minutes set `§ 87` on a line of its own
_PARAGRAF = re.compile(r"(§\s\d+)\s")
SIGNED_BY_HAND = frozenset({"protokoll", "protokollsutdrag", "avtal", "motion", "revisionsrapport", "årsredovisning"})


def flowables(source: Source, styles: Styles, width: float) -> list[Flowable]:
    """Everything on the pages but running headers and footers, `width` points wide."""
    letterhead = letterhead_of(source)
    title = HeadingLine(source.title, escape(source.title, quote=False), styles.title, 0, "title")
    body = _columns(source, styles, width) if source.columns > 1 else _page(source, styles, width)
    return [*(_letterhead(letterhead, styles, width) if letterhead else ()), *kept([title, *body])]


def _letterhead(letterhead: Letterhead, styles: Styles, width: float) -> Iterator[Flowable]:
    style = styles.letterhead
    left = Paragraph(f"<b>{MUNICIPALITY}</b><br/>{escape(letterhead.sender, quote=False)}", style)
    kind, *facts = letterhead.facts
    first = f"<b>{kind}</b>" if kind.isupper() else kind
    right = Paragraph("<br/>".join([first, *(escape(bind_words(fact), quote=False) for fact in facts)]), style)
    yield Grid(
        [[Mark(), left, right]],
        colWidths=[14 * mm, 0.6 * width - 14 * mm, 0.4 * width],
        hAlign="LEFT",
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
        ],
    )
    yield HRFlowable(width="100%", thickness=0.6, spaceBefore=2, spaceAfter=12)
    if letterhead.recipients:
        yield Paragraph("<br/>".join(["Till", *(escape(each, quote=False) for each in letterhead.recipients)]), style)
        yield Spacer(1, 8)


def _page(source: Source, styles: Styles, width: float) -> Iterator[Flowable]:
    headings = _headings(source, styles)
    neighbours = zip((None, *source.blocks), source.blocks, (*source.blocks[1:], None), strict=False)
    for before, block, after in neighbours:
        if isinstance(block, Heading):
            if block.opens_paragraf and before is not None:
                yield CondPageBreak(LEAST_ROOM)
            yield next(headings)
            continue
        for flowable in _set(block, source, styles, width):
            if isinstance(block, Words):
                flowable.keepWithNext = int(_leads_on(before, plain(block.text), after))
            yield flowable


def _leads_on(before: Block | None, words: str, after: Block | None) -> bool:
    """Whether a paragraph stays with what follows: a diarienummer, the words above signatures, `… beslutar:`."""
    if isinstance(before, Heading) and words.startswith("Dnr "):
        return True
    return isinstance(after, Signatures) or (words.endswith(":") and isinstance(after, Numbered | Bullets))


def _columns(source: Source, styles: Styles, width: float) -> Iterator[Flowable]:
    """Two balanced columns, interrupted by what spans both: tables, chapters and the headings right above a table."""
    headings = _headings(source, styles)
    narrow = (width - COLUMN_GAP) / 2
    column: list[Flowable] = []
    waiting: list[Flowable] = []  # headings that nothing has followed yet
    for block in source.blocks:
        if isinstance(block, Heading) and block.level > 1:
            waiting.append(next(headings))
        elif isinstance(block, Heading | Table | Facts | Signatures | PageBreak):
            yield from _balanced(column)
            yield from waiting
            column, waiting = [], []
            yield from [next(headings)] if isinstance(block, Heading) else _set(block, source, styles, width)
        else:
            column += [*waiting, *_set(block, source, styles, narrow)]
            waiting = []
    yield from _balanced(column)


def _balanced(column: list[Flowable]) -> Iterator[Flowable]:
    if column:
        yield BalancedColumns(list(kept(column)), nCols=2, innerPadding=COLUMN_GAP, spaceAfter=4)


def _headings(source: Source, styles: Styles) -> Iterator[HeadingLine]:
    """The body's headings in order, none more than one step deeper in the outline than the one before."""
    headings = [block for block in source.blocks if isinstance(block, Heading)]
    top = min((heading.level for heading in headings), default=1)
    depth = 0
    for number, heading in enumerate(headings):
        depth = min(heading.level - top + 1, depth + 1)
        style = styles.headings[heading.level - 1]
        words = markup(heading.text)
        if heading.opens_paragraf and source.body in NUMBER_ABOVE:
            words = _PARAGRAF.sub(r"\1<br/>", words)
        yield HeadingLine(plain(heading.text), words, style, depth, f"heading-{number}")


def _set(block: Block, source: Source, styles: Styles, width: float) -> Iterator[Flowable]:
    """`block`, which is no heading, as flowables."""
    match block:
        case Words():
            yield Paragraph(markup(block.text), styles.body)
        case Numbered():
            for number, item in enumerate(block.items, block.start):
                yield Paragraph(markup(item), styles.item, bulletText=f"{number}.")
            yield Spacer(1, styles.item.spaceAfter)
        case Bullets():
            for item in block.items:
                yield Paragraph(markup(item), styles.item, bulletText="•" if source.serif else "–")
            yield Spacer(1, styles.item.spaceAfter)
        case Table():
            yield from grid(block, styles, width)
        case Facts():
            yield fact_sheet(block, styles, width)
        case Signatures():
            yield signature_sheet(block, styles, width, source.genre in SIGNED_BY_HAND)
        case Box():
            yield box(block, styles, width)
        case PageBreak():
            yield NewPage()
