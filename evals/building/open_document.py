"""ODT: an OpenDocument text made of its XML parts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from evals.building.archive import pack
from evals.building.blocks import (
    Block,
    Box,
    Bullets,
    Facts,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
)
from evals.building.inline import Run, Text, bind, bind_words
from evals.building.letterhead import INVENTED, MUNICIPALITY, letterhead_of
from evals.building.open_document_styles import MIME_TYPE, NAMESPACES, automatic_styles, styles_xml
from evals.building.source import Source

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render_odt(source: Source) -> bytes:
    """The document as OpenDocument text."""
    return pack(
        [
            ("mimetype", MIME_TYPE.encode()),
            ("content.xml", _content(source)),
            ("styles.xml", (_DECLARATION + styles_xml(source)).encode()),
            ("meta.xml", _meta(source)),
            ("META-INF/manifest.xml", _manifest()),
        ]
    )


def _content(source: Source) -> bytes:
    body = "\n".join([*_opening(source), *(piece for block in source.blocks for piece in _block(block))])
    return (
        f'{_DECLARATION}<office:document-content {NAMESPACES} office:version="1.3">\n{automatic_styles()}\n'
        f"<office:body><office:text>\n{body}\n</office:text></office:body></office:document-content>\n"
    ).encode()


def _meta(source: Source) -> bytes:
    return (
        f'{_DECLARATION}<office:document-meta {NAMESPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{_escaped(source.title)}</dc:title><dc:creator>{_escaped(source.body)}</dc:creator>"
        f"<dc:description>{INVENTED}</dc:description><dc:language>sv-SE</dc:language>"
        f"<dc:date>{source.date}T08:00:00</dc:date></office:meta></office:document-meta>\n"
    ).encode()


def _manifest() -> bytes:
    parts = (("/", MIME_TYPE), ("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("meta.xml", "text/xml"))
    entries = "\n".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in parts
    )
    return (
        f'{_DECLARATION}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3">\n{entries}\n</manifest:manifest>\n'
    ).encode()


def _opening(source: Source) -> Iterator[str]:
    letterhead = letterhead_of(source)
    if letterhead:
        left = (Run(MUNICIPALITY, bold=True), Run(f"\n{letterhead.sender}"))
        right = tuple(
            Run(fact if number == 0 else f"\n{fact}", bold=fact.isupper())
            for number, fact in enumerate(letterhead.facts)
        )
        yield _table([[left, right]], (False, False), "Brevhuvud", heads=0)
        if letterhead.recipients:
            yield _paragraph((Run("\n".join(["Till", *letterhead.recipients])),))
    yield f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{_escaped(bind_words(source.title))}</text:h>'


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield (
                f'<text:h text:style-name="Heading_20_{block.level}" text:outline-level="{block.level}">'
                f"{_words(block.text)}</text:h>"
            )
        case Paragraph():
            yield _paragraph(block.text)
        case Numbered():
            yield _list(block.items, "Numrerad", f' text:start-value="{block.start}"')
        case Bullets():
            yield _list(block.items, "Punkter", "")
        case Table():
            if block.caption:
                yield _paragraph(block.caption, "Caption")
            yield _table([list(block.head), *(list(row) for row in block.rows)], block.right, "Rutor", heads=1)
        case Facts():
            rows = [[(Run(f"{label}:", bold=True),), _joined(values)] for label, values in block.rows]
            yield _table(rows, (False, False), "Uppgifter", heads=0)
        case Signatures():
            yield _paragraph(())
            names: list[Text] = [(Run(signer),) for signer in block.signers]
            names += [()] * (len(names) % 2)
            yield _table(
                [names[index : index + 2] for index in range(0, len(names), 2)], (False, False), "Namn", heads=0
            )
        case Box():
            yield from (_paragraph(text, "Ruta") for text in block.paragraphs)
        case PageBreak():
            yield '<text:p text:style-name="Sidbrytning"/>'


def _joined(values: tuple[Text, ...]) -> Text:
    runs: list[Run] = []
    for number, value in enumerate(values):
        runs += [Run("\n"), *value] if number else value
    return tuple(runs)


def _paragraph(text: Text, style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">{_words(text)}</text:p>'


def _list(items: tuple[Text, ...], style: str, start: str) -> str:
    pieces = [
        f"<text:list-item{start if number == 0 else ''}>{_paragraph(item, 'List')}</text:list-item>"
        for number, item in enumerate(items)
    ]
    return "\n".join([f'<text:list text:style-name="{style}">', *pieces, "</text:list>"])


def _table(rows: list[list[Text]], right: tuple[bool, ...], style: str, heads: int) -> str:
    """A table; cells and text follow the style named after it: lines (Rutor) or none."""
    ruled = style == "Rutor"
    lines = [
        f'<table:table table:style-name="Tabell"><table:table-column table:number-columns-repeated="{len(right)}"/>'
    ]
    for number, row in enumerate(rows):
        cells = "".join(_cell(cell, flush, ruled, number < heads) for cell, flush in zip(row, right, strict=True))
        line = f"<table:table-row>{cells}</table:table-row>"
        lines.append(f"<table:table-header-rows>{line}</table:table-header-rows>" if number < heads else line)
    return "\n".join([*lines, "</table:table>", '<text:p text:style-name="Text_20_body"/>'])


def _cell(text: Text, flush: bool, ruled: bool, head: bool) -> str:
    style = "Tabellhuvud" if head else "Belopp" if flush else "Cell"
    return (
        f'<table:table-cell table:style-name="{"Ruta1" if ruled else "Fri1"}" office:value-type="string">'
        f"{_paragraph(text, style)}</table:table-cell>"
    )


def _words(text: Text) -> str:
    parts: list[str] = []
    for run in bind(text):
        words = _escaped(run.words).replace("\n", "<text:line-break/>")
        style = "Fet" if run.bold else "Kursiv" if run.italic else None
        parts.append(f'<text:span text:style-name="{style}">{words}</text:span>' if style else words)
    return "".join(parts)


def _escaped(words: str) -> str:
    return escape(words, quote=False)
