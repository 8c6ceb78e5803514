"""Blocks: what the readers of word processing files, web pages and e-mail turn a document into before it is written out.

Text in blocks is raw: tabs and line breaks as the document has them; writing it out (`ingest.read.markdown`) tidies it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    words: str
    level: int  # 1 is the highest


@dataclass(frozen=True)
class Paragraph:
    text: str
    bold: bool = False  # all of it
    points: float | None = None  # size of its letters, where known


@dataclass(frozen=True)
class Item:
    """One list item; `label` is its number as the reader of the document sees it ("1.", "b)", "2.1"), or "-"."""

    label: str
    text: str
    depth: int = 0  # 0 is the outermost list
    bold: bool = False
    points: float | None = None


@dataclass(frozen=True)
class Cell:
    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    continues: bool = False  # belongs to the cell above it


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    layout: bool = False  # known to serve the looks only
    header: bool = False  # the first row is marked as naming the columns


Block = Heading | Paragraph | Item | Table
