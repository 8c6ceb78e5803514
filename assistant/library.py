"""The library: the documents of an index as they are read, at the very words that an answer quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.timeline import Event, Timeline, ending, timeline_of
from ingest.errors import UsageError
from ingest.matters import Matter
from ingest.mentions import Mention, Sort
from ingest.model import Metadata, Passage, Span
from ingest.original import Original, original
from ingest.outcome import Outcome
from ingest.pages import Pages
from ingest.quote_boxes import quote_boxes
from ingest.settings import Settings
from ingest.store import Index

if TYPE_CHECKING:
    from ingest.read.pdf_word import Box

PART_CHARS = 40_000  # of a document without pages, shown at once
BOXES_SECONDS = 2.0  # how long a page waits for the places of its words; OCR takes longer, and is shown when it is done


@dataclass(frozen=True)
class Source:
    """A document to read: what is known about it, its text, and the passages it was divided into."""

    document: str
    version: str
    about: Metadata
    text: str
    starts: tuple[int, ...]  # offsets of the pages of a paged file; empty for others
    passages: tuple[Passage, ...]

    @property
    def paged(self) -> bool:
        return bool(self.starts)

    @property
    def drawn(self) -> bool:
        """Whether its pages can be shown as pictures."""
        return self.paged and self.document.lower().endswith(".pdf")

    @cached_property
    def pages(self) -> tuple[Span, ...]:
        """The text of each page; a file without pages is divided into parts that end with a paragraph."""
        starts = self.starts or tuple(_parts(self.text))
        return tuple(Span(start, end) for start, end in zip(starts, (*starts[1:], len(self.text)), strict=True))

    def page_at(self, position: int) -> int:
        """The 1-based page that a position stands on."""
        return max(1, sum(1 for page in self.pages if page.start <= position))

    def holds(self, words: Span) -> bool:
        """Whether there are such words."""
        return 0 <= words.start < words.end <= len(self.text)

    def passages_at(self, words: Span) -> tuple[Passage, ...]:
        """The passages that some of the words stand in, in order."""
        return tuple(passage for passage in self.passages if _common(passage.span, words))

    def marks(self, words: Span) -> tuple[Span, ...]:
        """The stretches of some words, without what was set aside between them: the foot of a page, the head of the next."""
        pieces = sorted(
            {
                common
                for passage in self.passages_at(words)
                for sentence in passage.sentences
                for piece in sentence.pieces
                if (common := _common(piece, words))
            }
        )
        marks: list[Span] = []
        for piece in pieces:
            if marks and not self.text[marks[-1].end : piece.start].strip():
                marks[-1] = Span(marks[-1].start, max(marks[-1].end, piece.end))
            else:
                marks.append(piece)
        return tuple(marks) or (words,)


@dataclass(frozen=True)
class Places:
    """Where some words stand on a page: rectangles as shares (0-1) of its width and height, which are in points."""

    boxes: tuple[Box, ...]
    width: float
    height: float


class Library:
    """The documents of one open index. Any number of threads may ask."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self._index = index
        self._settings = settings
        self._pages = Pages(settings)

    def close(self) -> None:
        """End the processes that draw pages."""
        self._pages.close()

    def source(self, document: str) -> Source | None:
        """The document with this id, or None when the index doesn't hold it."""
        with self._index.reading():
            registry = self._index.registry
            origin, about, text = registry.origin(document), registry.about(document), registry.text(document)
            if origin is None or about is None or text is None:
                return None
            outline = tuple(registry.outline(document))
            return Source(document, origin[1], about, text, registry.pages(document), outline)

    def dates(self, source: Source, words: Span) -> tuple[Mention, ...]:
        """The dates that the sentences of some words mention, each with its kind, in order and once."""
        found: dict[tuple[str, str | None], Mention] = {}
        with self._index.reading():
            for passage in source.passages_at(words):
                spans = passage.sentence_spans()
                for mention in self._index.registry.matters.mentions(passage.id):
                    meant = any(
                        _common(span, mention.span) and _common(sentence.span, words)
                        for span, sentence in zip(spans, passage.sentences, strict=True)
                    )
                    if mention.sort is Sort.DATUM and meant:
                        found.setdefault((mention.value, mention.kind), mention)
        return tuple(found.values())

    def timelines(self, source: Source, words: Span | None = None) -> tuple[Timeline, ...]:
        """The matters that some words of a document belong to; without words, those of the whole document."""
        with self._index.reading():
            registry = self._index.registry
            if words is None:
                matters = registry.matters.of_document(source.document)
                read: Sequence[str | None] = ()
            else:
                read = list(dict.fromkeys(passage.paragraph for passage in source.passages_at(words)))
                found = [registry.matters.of(source.document, paragraph) for paragraph in read]
                matters = list({matter.id: matter for matter in found if matter}.values())
            return tuple(timeline_of(registry, matter, source.document, read) for matter in matters)

    def ending(self, document: str, words: Span) -> tuple[Event, Outcome] | None:
        """What ended the matter that some words of a document stand in, not before the document, and how.

        None when it hasn't ended in the documents, and when the words stand in several matters or in none.
        """
        source = self.source(document)
        shown = self.timelines(source, words) if source else ()
        if source is None or len(shown) != 1:
            return None
        matter = shown[0].matter
        last = ending(matter, source.about.date)
        found = next((event for event in shown[0].events if event.step == last), None)
        return (found, matter.outcome) if found and matter.outcome else None

    def matters(self, document: str) -> tuple[Matter, ...]:
        """The matters that a document has steps of, in the order of its §§."""
        with self._index.reading():
            return tuple(self._index.registry.matters.of_document(document))

    def original(self, document: str) -> Original:
        """The file a document was read from.

        Raises:
            UsageError: the index doesn't hold the document.
            OriginalError: the file is gone, was changed, leads out of its folder, or can't be read.
        """
        with self._index.reading():
            origin = self._index.registry.origin(document)
        if origin is None:
            raise UsageError(f"the index holds no document {document}: `radslag ingest` reads it in")
        return original(document, *origin, self._settings)

    def picture(self, original: Original, page: int, width_px: int, wait_seconds: float | None = None) -> bytes | None:
        """A PNG of a 1-based page of a PDF; None when drawing it takes longer than one waits.

        Raises:
            DocumentError: the page can't be drawn, or not within the limits.
            BusyError: too many pages are waiting to be drawn.
        """
        return self._pages.picture(original, page, width_px, wait_seconds)

    def places(self, source: Source, page: int, marks: Sequence[Span]) -> Places | None:
        """Where some words of a document stand on one of its 1-based pages; see `quote_boxes`.

        None when none of them stand there, and when finding them takes long, as on a scan: they are there a little later.

        Raises:
            UsageError, OriginalError, DocumentError, BusyError: as `picture`.
        """
        here = source.pages[page - 1]
        spans = [
            Span(common.start - here.start, common.end - here.start)
            for mark in marks
            if (common := _common(mark, here))
        ]
        if not spans:
            return None
        text = self._pages.text(self.original(source.document), page, BOXES_SECONDS)
        if text is None:
            return None
        return Places(quote_boxes(text, here.of(source.text), spans), text.width, text.height)


def _common(one: Span, other: Span) -> Span | None:
    """What two spans share, if anything."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _parts(text: str) -> Iterator[int]:
    """Where the parts of a text without pages begin: after a blank line, or else a line, near every `PART_CHARS`."""
    start = 0
    while start < len(text) or start == 0:
        yield start
        if len(text) - start <= PART_CHARS:
            return
        most = start + PART_CHARS
        half = start + PART_CHARS // 2
        cut = next((at + len(end) for end in ("\n\n", "\n", " ") if (at := text.rfind(end, half, most)) >= 0), most)
        start = cut
