"""The value types: what a document is made of, from its pages down to the passages that are searched.

Every position is an offset in characters into `Document.text`, the extracted text (NFC, line ends `\n`). A span is half
open: `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Status(StrEnum):
    """What standing some words of a document have."""

    FÖRSLAG = "förslag"  # proposed to a body
    BESLUT = "beslut"  # adopted by a body
    YTTRANDE = "yttrande"  # an opinion, a reservation, a party's statement
    MOTION = "motion"  # a member's motion
    INFORMATION = "information"  # background, explanation, lists
    OKÄND = "okänd"


DECISIONS = frozenset({Status.FÖRSLAG, Status.BESLUT})  # words with decision points and conditions
ASKING = frozenset(
    {Status.FÖRSLAG, Status.MOTION}
)  # words that ask for something: what became of it is told beside them


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of the extracted text, `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True)
class Row:
    """What a row of a table is read with."""

    cells: tuple[str, ...]  # their words; an empty cell keeps its place, but for those at the end
    names: tuple[str, ...] = ()  # of the columns, likewise; empty where no row names them
    head: Span | None = None  # the row that names them
    caption: str | None = None  # what stands right above the table and names it, or the nearest heading

    @property
    def named_cells(self) -> tuple[tuple[str, str], ...]:
        """Each cell that isn't empty with the name of its column, which may be empty."""
        names = (*self.names, *("" for _ in self.cells))
        return tuple((name, cell) for name, cell in zip(names, self.cells, strict=False) if cell)

    @property
    def spelled_out(self) -> str:
        """The row in words of its table, to be understood alone: "Måltider · Måltid: Lunch · Avgift: 58"."""
        cells = (f"{name}: {cell}" if name and name != cell else cell for name, cell in self.named_cells)
        return " · ".join(filter(None, (self.caption, *cells)))


@dataclass(frozen=True)
class Sentence:
    """One sentence: a single stretch of text, or several where a page break or letterhead cuts through it.

    A row of a table counts as one.
    """

    pieces: tuple[Span, ...]
    row: Row | None = None

    @property
    def names_columns(self) -> bool:
        """Whether it is the row that says what a table's columns are."""
        return self.row is not None and self.row.head == self.span

    @property
    def span(self) -> Span:
        return Span(self.pieces[0].start, self.pieces[-1].end)

    def of(self, text: str) -> str:
        """The words on one line, without what was set aside between the pieces."""
        return " ".join(" ".join(piece.of(text).split()) for piece in self.pieces)


@dataclass(frozen=True)
class Metadata:
    """What is known about a whole document; what isn't known is None."""

    title: str | None = None
    municipality: str | None = None
    body: str | None = None  # the body that is to decide, or has decided (nämnd, styrelse, fullmäktige)
    kind: str | None = None  # genre: tjänsteskrivelse, protokoll, motion, … (ingest.genres)
    date: str | None = None  # ISO date of the paper; of minutes, extracts and notices, of the meeting
    dnr: str | None = None  # diarienummer of the paper; those of §§ stand with their sections
    meeting: str | None = None  # ISO date of the meeting, of minutes, extracts, notices and a meeting's papers
    handläggare: str | None = None  # who handled the matter: name, and title after a comma where it is said
    recipients: tuple[str, ...] = ()  # to whom the paper is addressed, as its head says


@dataclass(frozen=True)
class Block:
    """A paragraph, one list item or one decision point: a run of sentences that belong together.

    Text set aside (letterhead, page furniture) lies between the sentences or their pieces, never in them.
    """

    sentences: tuple[Sentence, ...]
    point: int | None = None  # number of the decision point, when the block is one

    @property
    def span(self) -> Span:
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)


@dataclass(frozen=True)
class Section:
    """A heading with the blocks below it, up to the next heading."""

    headings: tuple[str, ...]  # heading path, outermost first; empty before the first heading
    status: Status
    blocks: tuple[Block, ...]
    paragraph: str | None = None  # § number in minutes, as written without the sign: "61"
    dnr: str | None = None  # diarienummer of the §, where it differs from the document's


@dataclass(frozen=True)
class Failure:
    """A document, or a part of one, that could not be ingested."""

    document: str
    reason: str
    remedy: str


@dataclass(frozen=True)
class Document:
    """One file, read and understood."""

    id: str  # path below the ingested root, with "/"
    text: str  # the extracted text: every span of the document points into it
    metadata: Metadata
    sections: tuple[Section, ...]
    pages: tuple[int, ...] = ()  # offset at which each page begins; empty for a file without pages
    notes: tuple[Failure, ...] = ()  # parts of the file that could not be read
    scanned: bool = False  # whether the file has pages for OCR, read or not

    def page_at(self, position: int) -> int | None:
        """1-based page that `position` stands on, or None for a file without pages."""
        return sum(1 for start in self.pages if start <= position) or None


@dataclass(frozen=True)
class Passage:
    """What is embedded, stored and found: some blocks of one section, with where they stand."""

    id: str  # a function of the document's id, its content and the position
    document: str
    span: Span
    text: str  # the sentences on one line, without what was set aside between them
    header: str  # contextual header: municipality, body, kind, date, title, section, § and point
    section: str | None
    status: Status
    sentences: tuple[Sentence, ...]
    sentence_chars: tuple[int, ...]  # length of each sentence in `text`, where one space divides them
    point: int | None = None
    paragraph: str | None = None
    dnr: str | None = None  # of its §, or else of the document
    page: int | None = None

    @property
    def embedded_text(self) -> str:
        """What the encoder sees and the lexical index holds: header and words."""
        return f"{self.header}\n{self.text}"

    def sentence_spans(self) -> tuple[Span, ...]:
        """Where each sentence stands in `text`."""
        return self._spans

    @cached_property
    def _spans(self) -> tuple[Span, ...]:
        return spans_of(self.sentence_chars)

    @cached_property
    def understood_text(self) -> str:
        """`embedded_text`, each sentence on a line of its own, and what its rows are read with, wherever that stands."""
        rows = (sentence.row for sentence in self.sentences if sentence.row)
        context = dict.fromkeys(words for row in rows for words in (row.caption, *row.names) if words)
        sentences = (span.of(self.text) for span in self.sentence_spans())
        return "\n".join((self.header, *sentences, *context))

    def alone(self) -> tuple[str, ...]:
        """Each sentence in words that are understood without the others."""
        return self._alone

    @cached_property
    def _alone(self) -> tuple[str, ...]:
        return tuple(
            sentence.row.spelled_out if sentence.row else span.of(self.text)
            for sentence, span in zip(self.sentences, self.sentence_spans(), strict=True)
        )

    def embedded_spans(self) -> tuple[Span, ...]:
        """Where each sentence stands in `embedded_text`."""
        before = len(self.header) + 1
        return tuple(Span(span.start + before, span.end + before) for span in self.sentence_spans())


def spans_of(sentence_chars: Sequence[int]) -> tuple[Span, ...]:
    """Where sentences of these lengths stand in a text in which one space divides them."""
    spans = []
    position = 0
    for length in sentence_chars:
        spans.append(Span(position, position + length))
        position += length + 1
    return tuple(spans)


@dataclass(frozen=True)
class IngestReport:
    """What one run of ingest did; counts are documents, `passages` counts those written in this run."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[Failure, ...] = field(default=())
    notes: tuple[Failure, ...] = field(default=())  # parts of documents that could not be read; the rest of them was
    passages: int = 0
    seconds: float = 0.0
