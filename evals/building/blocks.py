"""Blocks of a source's body: what stands between its empty lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evals.building.inline import Run, Text, parse_inline, plain


@dataclass(frozen=True)
class Heading:
    """Level 1 is a chapter, 2 a section or a paragraf, 3 a heading below it."""

    level: int
    text: Text

    @property
    def opens_paragraf(self) -> bool:
        """Whether it opens a paragraf of minutes: `§ 87 …`."""
        return plain(self.text).startswith("§ ")


@dataclass(frozen=True)
class Paragraph:
    text: Text


@dataclass(frozen=True)
class Numbered:
    """A numbered list, counted on from `start`."""

    start: int
    items: tuple[Text, ...]


@dataclass(frozen=True)
class Bullets:
    items: tuple[Text, ...]


@dataclass(frozen=True)
class Table:
    """Rows of as many cells as `head`; `right` says which columns are set flush right."""

    caption: Text | None
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True)
class Facts:
    """Labels, each with the lines of its value: the first page of minutes."""

    rows: tuple[tuple[str, tuple[Text, ...]], ...]


@dataclass(frozen=True)
class Signatures:
    """Who signs, as `Name, title`."""

    signers: tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """Framed paragraphs."""

    paragraphs: tuple[Text, ...]


@dataclass(frozen=True)
class Quote:
    """Lines of an earlier letter, without their `> `; only e-mail has them."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class PageBreak:
    """A new page, in formats that have pages."""


Block = Heading | Paragraph | Numbered | Bullets | Table | Facts | Signatures | Box | Quote | PageBreak

PAGE_BREAK = "<!-- sidbrytning -->"
CAPTION = "Tabell: "
_HEADING = re.compile(r"(#{1,3}) (\S.*)")
_NUMBER = re.compile(r"(\d+)\. (.+)")
_RULE_CELL = re.compile(r":?-{3,}:?")
_FENCE = ":::"


def parse_blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a body, in order.

    Raises:
        ValueError: something is none of the blocks, with the line's first words.
    """
    return tuple(_with_captions(list(_blocks(body))))


def _blocks(body: str) -> Iterator[Block]:
    lines: list[str] = []
    fenced = False
    for line in [*body.split("\n"), ""]:
        if line.startswith(_FENCE):
            fenced = not fenced
        if line or fenced:
            lines.append(line)
        elif lines:
            yield _block(lines)
            lines = []
    if fenced:
        raise ValueError(f"{lines[0]!r} is never closed by :::")


def _block(lines: list[str]) -> Block:
    first = lines[0]
    if first == PAGE_BREAK and len(lines) == 1:
        return PageBreak()
    if first.startswith(_FENCE):
        return _fenced(lines)
    if heading := _HEADING.fullmatch(first):
        if len(lines) > 1:
            raise ValueError(f"the heading {first!r} needs an empty line after it")
        return Heading(len(heading[1]), parse_inline(heading[2]))
    if first.startswith("|"):
        return _table(lines)
    if first.startswith("- "):
        return Bullets(tuple(_items(lines, re.compile(r"- (.+)"), "  ")))
    if number := _NUMBER.fullmatch(first):
        return Numbered(int(number[1]), tuple(_items(lines, re.compile(r"\d+\. (.+)"), "   ")))
    if first.startswith(">"):
        return Quote(tuple(_unquoted(line) for line in lines))
    if first.startswith(("#", "<", "```", " ")):
        raise ValueError(f"{first[:60]!r} is none of the blocks of the source format")
    return Paragraph(_flow(lines))


def _flow(lines: list[str]) -> Text:
    """Joined lines: a line's end is a space, a backslash at it a forced break."""
    source = ""
    for line in lines:
        source += line[:-1].rstrip() + "\n" if line.endswith("\\") else line + " "
    return parse_inline(source.strip())


def _items(lines: list[str], opening: re.Pattern[str], indent: str) -> Iterator[Text]:
    item: list[str] = []
    for line in lines:
        if match := opening.fullmatch(line):
            if item:
                yield _flow(item)
            item = [match[1]]
        elif line.startswith(indent) and line.strip():
            item.append(line.strip())
        else:
            raise ValueError(f"{line[:60]!r} stands in a list but neither opens nor continues an item")
    yield _flow(item)


def _unquoted(line: str) -> str:
    if line == ">" or line.startswith("> "):
        return line[2:].removesuffix("\\").rstrip()
    raise ValueError(f"{line[:60]!r} stands in a quoted letter without '> '")


def _table(lines: list[str]) -> Table:
    rows = [_cells(line) for line in lines]
    if len(rows) < 3 or not all(_RULE_CELL.fullmatch(cell) for cell in rows[1]):
        raise ValueError(f"the table {lines[0][:60]!r} needs a head, a line |---|---:| and a row")
    for line, row in zip(lines, rows, strict=True):
        if len(row) != len(rows[0]):
            raise ValueError(f"{line[:60]!r} has {len(row)} cells, the table's head {len(rows[0])}")
    return Table(
        caption=None,
        head=tuple(parse_inline(cell) for cell in rows[0]),
        rows=tuple(tuple(parse_inline(cell) for cell in row) for row in rows[2:]),
        right=tuple(cell.endswith(":") for cell in rows[1]),
    )


def _cells(line: str) -> list[str]:
    if not (line.startswith("|") and line.endswith("|") and len(line) > 1):
        raise ValueError(f"{line[:60]!r} stands in a table but is no row")
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line[1:-1])]


def _fenced(lines: list[str]) -> Block:
    kind, inner = lines[0].removeprefix(_FENCE).strip(), lines[1:-1]
    if lines[-1] != _FENCE or not any(inner):
        raise ValueError(f"{lines[0]!r} needs lines of its own and ::: after them")
    if kind == "uppgifter":
        return Facts(tuple(_facts(inner)))
    if kind == "underskrift":
        return Signatures(tuple(line.strip() for line in inner))
    if kind == "ruta":
        paragraphs = [block for block in _blocks("\n".join(inner)) if isinstance(block, Paragraph)]
        return Box(tuple(paragraph.text for paragraph in paragraphs))
    raise ValueError(f"{lines[0]!r} is not ::: uppgifter, ::: underskrift or ::: ruta")


def _facts(lines: list[str]) -> Iterator[tuple[str, tuple[Text, ...]]]:
    label, values = "", list[Text]()
    for line in lines:
        if line.startswith("  ") and values:
            values.append(parse_inline(line.strip()))
            continue
        if values:
            yield label, tuple(values)
        label, colon, value = line.partition(":")
        if not colon or not value.strip():
            raise ValueError(f"{line[:60]!r} is not 'Etikett: värde'")
        values = [parse_inline(value.strip())]
    yield label, tuple(values)


def _with_captions(blocks: list[Block]) -> Iterator[Block]:
    """Join each caption to the table after it."""
    caption: Text | None = None
    for block in blocks:
        if caption is not None:
            if not isinstance(block, Table):
                raise ValueError(f"the caption {plain(caption)[:60]!r} has no table after it")
            yield replace(block, caption=caption)
            caption = None
        elif isinstance(block, Paragraph) and plain(block.text).startswith(CAPTION):
            first, *rest = block.text
            caption = (Run(first.words.removeprefix(CAPTION), first.bold, first.italic), *rest)
        else:
            yield block
    if caption is not None:
        raise ValueError(f"the caption {plain(caption)[:60]!r} has no table after it")
