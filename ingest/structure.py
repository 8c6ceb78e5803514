"""Structure: a document's metadata, sections, §§ and decision points, with the standing of the words in each."""

from __future__ import annotations

from ingest.clean import furniture, letterhead, lines_within
from ingest.elements import Element, Heading, Prose, elements_of
from ingest.lines import lines_of
from ingest.metadata import metadata_of
from ingest.model import DECISIONS, Block, Document, Failure, Metadata, Section, Sentence, Status
from ingest.read import Extract
from ingest.sentences import split_sentences
from ingest.vocabulary import known_heading, status_of_heading


def understand(document: str, extract: Extract) -> Document:
    """The document that `extract` holds; `document` is its id."""
    lines = list(lines_of(extract.text))
    aside = furniture(lines) if not extract.aside else lines_within(lines, extract.aside) | letterhead(lines)
    elements = elements_of(lines, aside, extract)
    title = _title(elements)
    metadata = metadata_of(document, extract.text, elements, title.words if title else None)
    body = [element for element in elements if element is not title]
    return Document(
        id=document,
        text=extract.text,
        metadata=metadata,
        sections=tuple(_sections(body, extract.text, metadata)),
        pages=extract.pages,
        notes=tuple(
            Failure(document, f"page {note.page}: {note.reason}" if note.page else note.reason, note.remedy)
            for note in extract.notes
        ),
    )


def _title(elements: list[Element]) -> Heading | None:
    """The document's title: its first heading that the genre doesn't prescribe, or the line above the first that it does.

    A title found as prose is made a heading in place, so that it is not taken for a sentence.
    """
    for number, element in enumerate(elements):
        if not isinstance(element, Heading):
            continue
        if element.paragraph is None and known_heading(element.words) is None and element.level < 3:
            return element
        above = elements[number - 1] if number else None
        if element.paragraph is None and isinstance(above, Prose) and not above.item and not above.ends:
            words = " ".join(above.words)
            title = Heading(words, 1, above.pieces[0])
            elements[number - 1] = title
            return title
        return None
    return None


def _sections(elements: list[Element], text: str, metadata: Metadata) -> list[Section]:
    sections: list[Section] = []
    path: list[Heading] = []
    blocks: list[Block] = []

    def close() -> None:
        if blocks:
            paragraph = next((heading for heading in path if heading.paragraph), None)
            sections.append(
                Section(
                    headings=tuple(heading.words for heading in path),
                    status=_status(path, metadata),
                    blocks=tuple(blocks),
                    paragraph=paragraph.paragraph if paragraph else None,
                    dnr=paragraph.dnr if paragraph else None,
                )
            )
            blocks.clear()

    for element in elements:
        if isinstance(element, Heading):
            close()
            path = [heading for heading in path if heading.level < element.level]
            path.append(element)
            continue
        if element.signature and path:
            close()
            path = []
        if element.table:
            sentences = tuple(Sentence((row,)) for row in element.pieces)
        else:
            sentences = split_sentences(element.pieces, text)
        if sentences:
            is_point = element.number is not None and _status(path, metadata) in DECISIONS
            blocks.append(Block(sentences, point=element.number if is_point else None))
    close()
    return sections


def _status(path: list[Heading], metadata: Metadata) -> Status:
    """The standing of the words below a heading path: the innermost heading that tells decides."""
    for heading in reversed(path):
        if status := status_of_heading(heading.words):
            if status is Status.BESLUT and metadata.kind not in {"protokoll", "protokollsutdrag"}:
                return Status.FÖRSLAG  # a memo's "Beslut" is what it wants decided
            return status
    if metadata.kind == "motion":
        return Status.MOTION
    if metadata.kind == "yttrande":
        return Status.YTTRANDE
    return Status.INFORMATION
