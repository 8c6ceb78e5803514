"""Laws of reading, understanding and splitting, whatever the file."""

from __future__ import annotations

import traceback
import unicodedata
from collections import Counter
from pathlib import Path

from ingest.model import Document, Passage, Span
from ingest.read import READERS
from ingest.read.extract import Extract, UnreadableError
from ingest.settings import Settings
from ingest.split import split
from ingest.structure import understand

PACKAGE = str(Path(__file__).parents[2] / "ingest")
SETTINGS = Settings(ocr=False)


def check_content(content: bytes, ending: str) -> Document | None:
    """Read, understand and split a file's content, by all laws; None when it is refused, which has its law too."""
    try:
        extract = READERS[ending](content, SETTINGS)
    except ValueError as error:
        check_refusal(error)
        return None
    check_extract(extract)
    document = understand(f"prov{ending}", extract)
    check_document(document)
    check_passages(document, split(document, "1", SETTINGS.passage_chars), SETTINGS.passage_chars)
    return document


def check_refusal(error: ValueError) -> None:
    """It was raised on purpose: a library's own words would say nothing to the user."""
    assert str(error)
    assert not isinstance(error, UnreadableError) or error.remedy
    last = traceback.extract_tb(error.__traceback__)[-1]
    assert last.filename.startswith(PACKAGE)
    assert (last.line or "").startswith("raise ")


def check_extract(extract: Extract) -> None:
    text = extract.text
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert list(extract.pages) == sorted(extract.pages)
    assert all(0 <= start <= len(text) for start in extract.pages)
    assert all(0 <= start < len(text) for start, _ in extract.headings)
    for span in extract.aside:
        check_line(span, text)
    for table in extract.tables:
        for row, cells in zip(table.rows, table.cells_of(text), strict=True):
            if table.cells:  # such a row may run over several lines; its cells hold what it says, no more and no less
                assert 0 <= row.start < row.end <= len(text)
                assert _signs("".join(cells)) == _signs(row.of(text))
            else:
                check_line(row, text)
            assert not any("\n" in cell for cell in cells)


def _signs(text: str) -> Counter[str]:
    """How often each letter and digit stands in a text."""
    return Counter(filter(str.isalnum, text))


def check_line(span: Span, text: str) -> None:
    assert 0 <= span.start <= span.end <= len(text)
    assert "\n" not in span.of(text)


def check_document(document: Document) -> None:
    """Every piece of a sentence is words of the text, and all of them stand in their order."""
    before = Span(0, 0)
    for section in document.sections:
        assert section.blocks
        for block in section.blocks:
            for sentence in block.sentences:
                assert sentence.of(document.text).strip()
                for piece in sentence.pieces:
                    assert before.end <= piece.start < piece.end <= len(document.text)
                    before = piece


def check_passages(document: Document, passages: tuple[Passage, ...], max_chars: int) -> None:
    """Nothing lost, nothing twice, spans true, no section crossed, no limit exceeded."""
    sections = [[sentence for block in section.blocks for sentence in block.sentences] for section in document.sections]
    position = 0
    for passage in passages:
        assert len(passage.text) <= max_chars
        for sentence, span in zip(passage.sentences, passage.sentence_spans(), strict=True):
            assert span.of(passage.text) == sentence.of(document.text)
            assert sentence.span.start >= position
            position = sentence.span.end
        assert passage.span.start == passage.sentences[0].span.start
        assert passage.span.end == passage.sentences[-1].span.end
        assert passage.embedded_text.startswith(passage.header)
        first = next(
            number
            for number, section in enumerate(sections)
            if section[0].span.start <= passage.span.start <= section[-1].span.end
        )
        assert passage.span.end <= sections[first][-1].span.end  # never across a section
    said = "".join("".join(passage.text.split()) for passage in passages)
    meant = "".join("".join(sentence.of(document.text).split()) for section in sections for sentence in section)
    assert said == meant
    assert len({passage.id for passage in passages}) == len(passages)
