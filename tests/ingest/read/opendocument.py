"""Small OpenDocument texts written by hand."""

from __future__ import annotations

import zipfile

from tests.ingest.read.word import archive

_BASE = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    [
        *(f'xmlns:{name}="{_BASE}:{name}:1.0"' for name in ("office", "text", "style", "table")),
        f'xmlns:fo="{_BASE}:xsl-fo-compatible:1.0"',
        f'xmlns:draw="{_BASE}:drawing:1.0"',
        f'xmlns:svg="{_BASE}:svg-compatible:1.0"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    ]
)
MIMETYPE = "application/vnd.oasis.opendocument.text"


def odt(body: str, automatic: str = "", styles: str = "", masters: str = "", sheet_automatic: str = "") -> bytes:
    """An OpenDocument text with this `office:text`, automatic styles, style sheet and master pages."""
    return archive(
        {
            "mimetype": MIMETYPE,
            "content.xml": f"<office:document-content {NAMESPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {NAMESPACES}><office:styles>{styles}</office:styles>"
            f"<office:automatic-styles>{sheet_automatic}</office:automatic-styles>"
            f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
            "META-INF/manifest.xml": "<manifest/>",
        },
        zipfile.ZIP_STORED,
    )


def p(text: str, style: str | None = None) -> str:
    """A paragraph; `text` may hold markup."""
    return f'<text:p text:style-name="{style}">{text}</text:p>' if style else f"<text:p>{text}</text:p>"


def h(text: str, level: int, attributes: str = "") -> str:
    return f'<text:h text:outline-level="{level}" {attributes}>{text}</text:h>'


def items(*inside: str, style: str | None = None, attributes: str = "") -> str:
    """A list; each item is the markup in it."""
    name = f'text:style-name="{style}"' if style else ""
    return f"<text:list {name} {attributes}>{''.join(f'<text:list-item>{item}</text:list-item>' for item in inside)}</text:list>"


def number(level: int, style: str = "1", suffix: str = ".", attributes: str = "") -> str:
    return f'<text:list-level-style-number text:level="{level}" style:num-format="{style}" style:num-suffix="{suffix}" {attributes}/>'


def list_style(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def look(name: str, properties: str, family: str = "paragraph", attributes: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" {attributes}><style:text-properties {properties}/></style:style>'


def cells(*inside: str, name: str = "table-row") -> str:
    """A row; a cell is plain text, or the whole of an element."""
    written = (
        text if text.startswith("<table:") else f"<table:table-cell>{p(text)}</table:table-cell>" for text in inside
    )
    return f"<table:{name}>{''.join(written)}</table:{name}>"


def table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"
