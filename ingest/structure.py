"""Structure: a document's metadata, sections, §§ and decision points, with the standing of the words in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.bodies import adoption_in
from ingest.clean import furniture, letterhead, lines_within
from ingest.dnr import dnr_of_line
from ingest.elements import Element, Heading, Prose, elements_of
from ingest.genres import MINUTES, Genre, Source, genre_named
from ingest.head import Head, head_of
from ingest.kind import OPENING_CHARS, adoption_of
from ingest.lines import lines_of
from ingest.metadata import is_letterhead, metadata_of
from ingest.model import DECISIONS, Block, Document, Failure, Metadata, Section, Sentence, Status
from ingest.parts import part_at
from ingest.read import Extract
from ingest.rows import sentences_of_rows
from ingest.sentences import split_sentences
from ingest.standing import Lead, Standing, lead_of, standing_under, tells_votes
from ingest.title import title_of

_PARAGRAPH_OF_EXTRACT = re.compile(r"§\s*(\d{1,4}[a-z]?)\b")
_RULE = re.compile(r"[-_–—=*\s]{3,}")


def understand(document: str, extract: Extract) -> Document:
    """The document that `extract` holds; `document` is its id."""
    lines = list(lines_of(extract.text))
    aside = furniture(lines) if not extract.aside else lines_within(lines, extract.aside) | letterhead(lines)
    elements = _with_dnr(elements_of(lines, aside, extract))
    title, elements = title_of(elements, is_letterhead)
    head = head_of(lines, aside, elements, title)
    metadata = metadata_of(document, extract.text, head, elements, title.words if title else None)
    return Document(
        id=document,
        text=extract.text,
        metadata=metadata,
        sections=tuple(_sections(_body(elements, title, head), extract.text, metadata, head)),
        pages=extract.pages,
        notes=tuple(
            Failure(document, f"page {note.page}: {note.reason}" if note.page else note.reason, note.remedy)
            for note in extract.notes
        ),
        scanned=extract.scanned,
    )


def _with_dnr(elements: list[Element]) -> list[Element]:
    """The elements, with a diarienummer alone below the heading of a § made part of that heading."""
    result: list[Element] = []
    for element in elements:
        above = result[-1] if result else None
        if isinstance(above, Heading) and above.paragraph and not above.dnr and not _is_table(element):
            first = element.words if isinstance(element, Heading) else element.words[0]
            if dnr := dnr_of_line(first):
                result[-1] = replace(above, dnr=dnr)
                if isinstance(element, Heading) or len(element.pieces) == 1:
                    continue
                element = replace(element, pieces=element.pieces[1:], words=element.words[1:])
        result.append(element)
    return result


def _is_table(element: Element) -> bool:
    return isinstance(element, Prose) and bool(element.rows)


def _body(elements: list[Element], title: Heading | None, head: Head) -> list[Element]:
    """What sections are made of: not the title, nor its repetitions in page headers; no heading in the letterhead."""
    result: list[Element] = []
    for element in elements:
        if element is title:
            continue
        if isinstance(element, Heading):
            before = title is not None and element.span.start < title.span.start
            if not element.paragraph and (before or (element.span.start < head.end and is_letterhead(element.words))):
                element = Prose([element.span], [element.words])
        elif title and not element.item and " ".join(element.words) == title.words:
            continue
        result.append(element)
    return result


PART = 0  # level of the heading a bound paper begins with
_BACKGROUND = Standing(Status.INFORMATION)


@dataclass
class _Open:
    """The section being read."""

    path: list[Heading] = field(default_factory=list)
    standing: Standing = _BACKGROUND
    blocks: list[Block] = field(default_factory=list)


def _sections(elements: Sequence[Element], text: str, metadata: Metadata, head: Head) -> list[Section]:
    whole = genre_named(metadata.kind)
    genre, title = whole, metadata.title
    adopted = genre.source is Source.ADOPTION and adoption_of(head, text) is not None
    paragraph = _paragraph_of_extract(metadata, genre, elements)
    sections: list[Section] = []
    here = _Open()

    def close() -> None:
        if here.blocks:
            of_path = next((heading for heading in here.path if heading.paragraph), None)
            number = of_path.paragraph if of_path else paragraph
            sections.append(
                Section(
                    headings=tuple(heading.words for heading in here.path),
                    status=here.standing.status,
                    blocks=tuple(here.blocks),
                    paragraph=None if genre.source is Source.ADOPTION else number,
                    dnr=of_path.dnr if of_path else None,
                )
            )
            here.blocks.clear()

    def stand(standing: Standing) -> None:
        if standing != here.standing:
            close()
            here.standing = standing

    def headings() -> list[str]:
        return [heading.words for heading in here.path if heading.level > PART]

    def of_path() -> Standing:
        return standing_under(headings(), genre, adopted, title)

    held = of_path()
    for number, element in enumerate(elements):
        start = element.span.start if isinstance(element, Heading) else element.pieces[0].start
        if start >= head.end and (part := part_at(elements, number, whole)):
            close()
            genre, title, paragraph, here.path = part.genre, part.heading.words, None, [part.heading]
            # Rules bound to a proposal are what is proposed, unless they bear the note that they are adopted.
            note = adoption_in(" ".join(text[start : start + OPENING_CHARS].split()))
            adopted = genre.source is Source.ADOPTION and (part.in_force or note is not None)
            if genre.source is Source.ADOPTION and not adopted:
                genre = replace(genre, standing=Status.FÖRSLAG)
            held = of_path()
            if isinstance(element, Heading):
                continue
        elif isinstance(element, Heading):
            close()
            here.path = [heading for heading in here.path if heading.level < element.level]
            here.path.append(element)
            held = of_path()
            continue
        if _RULE.fullmatch(" ".join(element.words)):
            if whole.name == "handling":  # a stroke ends the proposal; what follows tells how it came about
                close()
                here.path = here.path[:1] if here.path and here.path[0].level == PART else []
                held = of_path()
            continue
        if element.signature and here.path:
            close()
            here.path = [heading for heading in here.path if heading.level == PART]
            held = of_path()
        if element.rows:
            sentences = sentences_of_rows(elements, number, here.path[-1].words if here.path else metadata.title)
        else:
            sentences = split_sentences(element.pieces, text)
        leads = [lead_of(each.of(text), headings(), genre, of_path()) for each in sentences]
        for lead, run in _runs(sentences, leads, tells_votes(headings())):
            if not here.path and start < head.end:
                stand(_BACKGROUND)
            else:
                if lead and lead.holds:
                    held = Standing(lead.status, points=lead.status in DECISIONS, told=True)
                stand(Standing(lead.status, held.points, held.told) if lead else held)
            here.blocks.append(Block(run, point=element.number if here.standing.points else None))
    close()
    return sections


def _runs(
    sentences: Sequence[Sentence], leads: Sequence[Lead | None], apart: bool
) -> Iterator[tuple[Lead | None, tuple[Sentence, ...]]]:
    """The sentences of a block, cut where one leads; `apart`, where votes are told, each stands for itself."""
    lead: Lead | None = None
    run: list[Sentence] = []
    for sentence, own in zip(sentences, leads, strict=True):
        if run and (apart or own or (lead and not lead.holds)):
            yield lead, tuple(run)
            lead, run = None, []
        lead = own if not run else lead
        run.append(sentence)
    if run:
        yield lead, tuple(run)


def _paragraph_of_extract(metadata: Metadata, genre: Genre, elements: Sequence[Element]) -> str | None:
    """The § an extract is from, where its title says it and no heading does."""
    if genre.name not in MINUTES or any(isinstance(element, Heading) and element.paragraph for element in elements):
        return None
    match = _PARAGRAPH_OF_EXTRACT.search(metadata.title or "")
    return match.group(1) if match else None
