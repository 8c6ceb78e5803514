"""Tables of the PDF files: widths of the columns, facts, signatures and boxes."""

from __future__ import annotations

from html import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer
from reportlab.platypus import Table as Grid

from evals.building.blocks import Box, Facts, Signatures, Table
from evals.building.inline import Text, bind, bind_words, plain
from evals.building.pdf_style import Styles

CELL_PADDING = 4.0  # points, on either side
SHADE, RULE = colors.Color(0.9, 0.9, 0.9), colors.Color(0.55, 0.55, 0.55)
LABEL_SHARE = 0.28  # of the width, for the labels of facts
LONE_SHARE = 0.7  # of the width, for one who signs alone
MIN_SPAN = 0.6  # of the width: a table with little in it isn't drawn narrower


def markup(text: Text) -> str:
    """`text` in reportlab's mark-up."""
    parts: list[str] = []
    for run in bind(text):
        words = escape(run.words, quote=False).replace("\n", "<br/>")
        words = f"<b>{words}</b>" if run.bold else words
        parts.append(f"<i>{words}</i>" if run.italic else words)
    return "".join(parts)


def column_widths(table: Table, styles: Styles, available: float) -> list[float]:
    """Widths in points: as wide as their words where that fits, else the prose columns share what figures leave."""

    def width(words: str, style: ParagraphStyle) -> float:
        return stringWidth(bind_words(words), style.fontName, style.fontSize) + 2 * CELL_PADDING + 1

    columns = range(len(table.head))
    lines = [[plain(row[column]) for row in (table.head, *table.rows)] for column in columns]
    wanted = [max(width(words, styles.head) for words in column) for column in lines]
    least = [max(width(word, styles.head) for words in column for word in words.split(" ")) for column in lines]
    if sum(wanted) <= available:
        spare = max(0.0, MIN_SPAN * available - sum(wanted))
        return [wide + spare / len(wanted) for wide in wanted]
    if sum(least) >= available:
        return [available * wide / sum(least) for wide in least]
    # Each column gets what its longest word needs; the rest goes where most is missing.
    missing = [full - narrow for full, narrow in zip(wanted, least, strict=True)]
    spare = available - sum(least)
    return [narrow + spare * lack / sum(missing) for narrow, lack in zip(least, missing, strict=True)]


def grid(table: Table, styles: Styles, available: float) -> list[Flowable]:
    """A ruled table, its head shaded and repeated on each page it runs over."""
    heads = [
        Paragraph(markup(cell), styles.number_head if right else styles.head)
        for cell, right in zip(table.head, table.right, strict=True)
    ]
    rows = [
        [
            Paragraph(markup(cell), styles.number if right else styles.cell)
            for cell, right in zip(row, table.right, strict=True)
        ]
        for row in table.rows
    ]
    drawn = Grid(
        [heads, *rows],
        colWidths=column_widths(table, styles, available),
        repeatRows=1,
        hAlign="LEFT",
        spaceAfter=styles.body.spaceAfter * 1.6,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.4, RULE),
            ("BACKGROUND", (0, 0), (-1, 0), SHADE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), CELL_PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), CELL_PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ],
    )
    caption = [Paragraph(markup(table.caption), styles.caption)] if table.caption else []
    return [*caption, drawn]


def fact_sheet(facts: Facts, styles: Styles, available: float) -> Flowable:
    """Labels to the left, their values to the right, without lines."""
    rows = [
        [
            Paragraph(escape(label, quote=False) + ":", styles.label),
            Paragraph("<br/>".join(markup(value) for value in values), styles.fact),
        ]
        for label, values in facts.rows
    ]
    return Grid(
        rows,
        colWidths=[LABEL_SHARE * available, (1 - LABEL_SHARE) * available],
        hAlign="LEFT",
        spaceAfter=styles.body.spaceAfter * 2,
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ],
    )


def signature_sheet(signatures: Signatures, styles: Styles, available: float, by_hand: bool) -> Flowable:
    """Signers two and two beside each other; `by_hand` draws the line they write on."""

    def signer(words: str) -> list[Flowable]:
        line = (
            HRFlowable(width="92%", thickness=0.5, color=colors.black, spaceAfter=2, hAlign="LEFT")
            if by_hand
            else Spacer(1, 2)
        )
        return [Spacer(1, 9 * mm if by_hand else 3 * mm), line, Paragraph(escape(words, quote=False), styles.name)]

    cells: list[list[Flowable]] = [signer(words) for words in signatures.signers]
    if len(cells) > 1 and len(cells) % 2:
        cells.append([Spacer(1, 1)])
    across = min(2, len(cells))
    return Grid(
        [cells[index : index + across] for index in range(0, len(cells), across)],
        colWidths=[available / 2, available / 2] if across > 1 else [available * LONE_SHARE],
        hAlign="LEFT",
        spaceBefore=4,
        spaceAfter=styles.body.spaceAfter * 2,
        style=[
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("NOSPLIT", (0, 0), (-1, -1)),
        ],
    )


def box(framed: Box, styles: Styles, available: float) -> Flowable:
    """Paragraphs within a frame."""
    inner = [Paragraph(markup(text), styles.body) for text in framed.paragraphs]
    return Grid(
        [[inner]],
        colWidths=[available],
        hAlign="LEFT",
        spaceBefore=6,
        spaceAfter=styles.body.spaceAfter * 2,
        style=[
            ("BOX", (0, 0), (-1, -1), 0.8, RULE),
            ("BACKGROUND", (0, 0), (-1, -1), colors.Color(0.96, 0.96, 0.94)),
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 7),
        ],
    )
