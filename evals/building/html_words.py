"""HTML of blocks, shared by web pages and e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from evals.building.blocks import (
    Block,
    Box,
    Bullets,
    Facts,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    Quote,
    Signatures,
    Table,
)
from evals.building.inline import Text, bind


def words_html(text: Text) -> str:
    """`text` with its bold, italic and forced breaks."""
    parts: list[str] = []
    for run in bind(text):
        words = escape(run.words, quote=False).replace("\n", "<br>\n")
        words = f"<strong>{words}</strong>" if run.bold else words
        parts.append(f"<em>{words}</em>" if run.italic else words)
    return "".join(parts)


def blocks_html(blocks: tuple[Block, ...]) -> Iterator[str]:
    """One piece of HTML for each block; level 1 of the source is h2, since h1 is the title."""
    top = min((block.level for block in blocks if isinstance(block, Heading)), default=1)
    for block in blocks:
        yield from _block(block, top)


def _block(block: Block, top: int) -> Iterator[str]:
    match block:
        case Heading():
            tag = f"h{block.level - top + 2}"
            yield f"<{tag}>{words_html(block.text)}</{tag}>"
        case Paragraph():
            yield f"<p>{words_html(block.text)}</p>"
        case Numbered():
            start = f' start="{block.start}"' if block.start != 1 else ""
            yield _list(f"<ol{start}>", block.items, "</ol>")
        case Bullets():
            yield _list("<ul>", block.items, "</ul>")
        case Table():
            yield _table(block)
        case Facts():
            rows = (
                f'<tr><th scope="row">{escape(label, quote=False)}:</th><td>{"<br>".join(map(words_html, values))}</td></tr>'
                for label, values in block.rows
            )
            yield "\n".join(['<table class="uppgifter">', *rows, "</table>"])
        case Signatures():
            yield "<p>" + "<br>\n".join(escape(signer, quote=False) for signer in block.signers) + "</p>"
        case Box():
            yield "\n".join(
                ['<aside class="ruta">', *(f"<p>{words_html(text)}</p>" for text in block.paragraphs), "</aside>"]
            )
        case Quote():
            yield "<blockquote>" + "<br>\n".join(escape(line, quote=False) for line in block.lines) + "</blockquote>"
        case PageBreak():
            return


def _list(opening: str, items: tuple[Text, ...], closing: str) -> str:
    return "\n".join([opening, *(f"<li>{words_html(item)}</li>" for item in items), closing])


def _table(table: Table) -> str:
    def row(cells: tuple[Text, ...], tag: str) -> str:
        pairs = zip(cells, table.right, strict=True)
        return "<tr>" + "".join(_cell(cell, tag, right) for cell, right in pairs) + "</tr>"

    caption = [f"<caption>{words_html(table.caption)}</caption>"] if table.caption else []
    body = (row(cells, "td") for cells in table.rows)
    return "\n".join(
        ["<table>", *caption, "<thead>", row(table.head, "th"), "</thead>", "<tbody>", *body, "</tbody>", "</table>"]
    )


def _cell(cell: Text, tag: str, right: bool) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    side = ' class="tal"' if right else ""
    return f"<{tag}{scope}{side}>{words_html(cell)}</{tag}>"
