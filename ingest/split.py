"""Split: a document becomes passages, the units that are embedded and found.

A passage never crosses a section; a decision point is a passage of its own; every sentence lies in exactly one passage.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from ingest.elements import plain_words
from ingest.model import DECISIONS, Block, Document, Passage, Section, Sentence, Span

ID_CHARS = 16


def split(document: Document, version: str, max_chars: int) -> tuple[Passage, ...]:
    """The passages of `document`, in order.

    `version` stands for the content the ids belong to: the ids of two versions of a document never meet, so that the
    old passages can stay until the new ones are whole. No passage is longer than `max_chars` characters, its header aside.
    """
    stem = sha256(f"{document.id}\0{version}".encode()).hexdigest()[:ID_CHARS]
    passages: list[Passage] = []
    for section in document.sections:
        for blocks in _groups(section, document.text, max_chars):
            sentences = tuple(sentence for block in blocks for sentence in block.sentences)
            words = [sentence.of(document.text) for sentence in sentences]
            point = blocks[-1].point
            span = Span(sentences[0].span.start, sentences[-1].span.end)
            passages.append(
                Passage(
                    id=f"{stem}-{len(passages):05}",
                    document=document.id,
                    span=span,
                    text=" ".join(words),
                    header=_header(document, section, point),
                    section=" › ".join(section.headings) or None,
                    status=section.status,
                    sentences=sentences,
                    sentence_chars=tuple(map(len, words)),
                    point=point,
                    paragraph=section.paragraph,
                    dnr=section.dnr or document.metadata.dnr,
                    page=document.page_at(span.start),
                )
            )
    return tuple(passages)


def _header(document: Document, section: Section, point: int | None) -> str:
    """Where the words stand, said before them: worth more to retrieval than any choice of encoder."""
    about = document.metadata
    place = [about.municipality, about.body, about.kind, about.date, section.dnr or about.dnr]
    path = [about.title, *section.headings, f"punkt {point}" if point is not None else None]
    return " · ".join(filter(None, [*place, " › ".join(filter(None, path))]))


def _groups(section: Section, text: str, max_chars: int) -> Iterator[list[Block]]:
    """Blocks that make one passage: each decision point alone with the lead above it, a table with its caption, the rest packed up to the limit."""
    group: list[Block] = []
    length = 0
    for block in _bounded(section.blocks, text, max_chars):
        size = _chars(block, text)
        captioned = bool(group) and _is_caption(group[-1], block, text)
        alone = section.status in DECISIONS and bool(group) and not captioned and not _is_lead(group, text)
        if group and (alone or length + size > max_chars):
            above = group[-1:] if captioned and len(group) > 1 and _chars(group[-1], text) + size <= max_chars else []
            yield group[: len(group) - len(above)]
            group, length = above, sum(_chars(each, text) for each in above)
        group.append(block)
        length += size
    if group:
        yield group


def _chars(block: Block, text: str) -> int:
    return sum(len(sentence.of(text)) + 1 for sentence in block.sentences)


def _is_caption(above: Block, block: Block, text: str) -> bool:
    """Whether `above` is what names the table that `block` begins."""
    first = block.sentences[0]
    if first.row is None or above.point is not None or above.sentences[-1].row is not None:
        return False
    words = " ".join(sentence.of(text) for sentence in above.sentences)
    return first.row.caption is not None and plain_words(words).rstrip(" :").endswith(first.row.caption)


def _is_lead(group: list[Block], text: str) -> bool:
    return len(group) == 1 and group[0].point is None and group[0].sentences[-1].of(text).endswith(":")


def _bounded(blocks: tuple[Block, ...], text: str, max_chars: int) -> Iterator[Block]:
    """The blocks, those that are too long cut between sentences, and sentences that are too long between words."""
    for block in blocks:
        sentences: list[Sentence] = []
        length = 0
        for sentence in (part for whole in block.sentences for part in _cut(whole, text, max_chars)):
            size = len(sentence.of(text)) + 1
            if sentences and length + size > max_chars:
                yield Block(tuple(sentences), block.point)
                sentences, length = [], 0
            sentences.append(sentence)
            length += size
        yield Block(tuple(sentences), block.point)


def _cut(sentence: Sentence, text: str, max_chars: int) -> Iterator[Sentence]:
    if len(sentence.of(text)) < max_chars:
        yield sentence
        return
    for piece in sentence.pieces:
        start = piece.start
        while piece.end - start >= max_chars:
            space = max(text.rfind(sign, start + 1, start + max_chars - 1) for sign in " \n\t\u00a0")
            end = space if space > start else start + max_chars - 1
            if words := text[start:end].strip():
                begin = text.index(words, start)
                yield Sentence((Span(begin, begin + len(words)),))
            start = end
        if words := text[start : piece.end].strip():
            begin = text.index(words, start)
            yield Sentence((Span(begin, begin + len(words)),))
