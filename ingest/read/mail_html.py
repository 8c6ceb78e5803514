"""The HTML version of an e-mail's text: as blocks, the new ones apart from those that quote earlier messages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from ingest.read.blocks import Block, Paragraph
from ingest.read.headings import with_headings
from ingest.read.html import parse_html
from ingest.read.html_content import empty, outermost, prune
from ingest.read.html_story import HtmlStory
from ingest.read.mail_text import start_of_original

_QUOTE_NAMES = re.compile(
    r"gmail_quote\S*|yahoo_quoted|protonmail_quote|moz-cite-prefix|moz-forward-container", re.IGNORECASE
)


def words_of_page(text: str) -> int:
    """How many words the page shows."""
    root = parse_html(text)
    if root is None:
        return 0
    prune(root, furniture=False)
    return sum(len(str(part).split()) for part in root.itertext())


def blocks_of_page(text: str) -> tuple[list[Block], list[Block]]:
    """The new blocks of a message and the quoted ones."""
    root = parse_html(text)
    if root is None:
        return [], []
    prune(root, furniture=False)
    quoted: list[Block] = []
    for element in outermost(element for element in root.iter(etree.Element) if _is_quote(element)):
        quoted += with_headings(HtmlStory().read(element))
        empty(element)
    new, rest = _split(with_headings(HtmlStory().read(root)))
    return new, [*quoted, *rest]


def _is_quote(element: etree._Element) -> bool:
    if element.tag == "blockquote" and element.get("type", "").lower() == "cite":
        return True
    return any(_QUOTE_NAMES.fullmatch(name) for name in element.get("class", "").split())


def _split(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Cut where the head of an earlier message stands ("Från: … Skickat: … Till: …")."""
    lines: list[str] = []
    origins: list[tuple[int, int]] = []  # of each line: its block and its place there
    for number, block in enumerate(blocks):
        texts = block.text.split("\n") if isinstance(block, Paragraph) else [""]
        lines.extend(texts)
        origins.extend((number, place) for place in range(len(texts)))
    start = start_of_original(lines)
    if start == len(lines):
        return blocks, []
    number, place = origins[start]
    cut = blocks[number]
    before = _paragraph(lines[start - place : start])
    after = _paragraph(cut.text.split("\n")[place:]) if isinstance(cut, Paragraph) else []
    return [*blocks[:number], *before], [*after, *blocks[number + 1 :]]


def _paragraph(lines: Iterable[str]) -> list[Block]:
    text = "\n".join(lines)
    return [Paragraph(text)] if text.strip() else []
