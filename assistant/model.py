"""The value types of an answer, as the contract of the JSON names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ingest.matters import Step
from ingest.outcome import Outcome

Language = Literal["sv", "en"]
Engine = Literal[
    "extractive", "llm"
]  # who words an answer: the documents themselves, or a language model that is checked

MAX_ANSWER_CHARS = 900
MAX_QUOTE_CHARS = 600
MAX_CITATIONS = 6


@dataclass(frozen=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class Citation:
    """Words of a document and where they stand; `quote` is `text[start:end]` of the document's extracted text."""

    n: int  # the marker [n] in the answer
    document: str
    title: str | None
    municipality: str | None
    body: str | None
    kind: str | None
    status: str
    date: str | None
    dnr: str | None
    section: str | None
    point: int | None
    paragraph: str | None
    page: int | None
    start: int
    end: int
    quote: str

    @classmethod
    def bare(cls, document: str, start: int, quote: str, status: str) -> Citation:
        """A first citation of which nothing but the place and the standing is known."""
        nothing = dict.fromkeys(
            ("title", "municipality", "body", "kind", "date", "dnr", "section", "point", "paragraph", "page")
        )
        return cls(n=1, document=document, status=status, start=start, end=start + len(quote), quote=quote, **nothing)


@dataclass(frozen=True)
class Statement:
    """One sentence of the answer with the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True)
class Hit:
    """A retrieved passage; `score` is the fused score, higher is nearer, comparable within one question only."""

    document: str
    start: int
    end: int
    score: float
    text: str


@dataclass(frozen=True)
class Timings:
    """Wall-clock milliseconds of the steps of one answer."""

    embed: float
    retrieve: float
    answer: float
    total: float


@dataclass(frozen=True)
class Attempt:
    """One request to a language model: what it was asked, what it wrote, and how it failed, if it did."""

    prompt: tuple[Mapping[str, str], ...]  # messages with `role` and `content`
    reply: str
    failure: str | None
    seconds: float


@dataclass(frozen=True)
class Transcript:
    """How an answer was worded by a language model, for the record of an evaluation."""

    model: str
    attempts: tuple[Attempt, ...]
    dropped: tuple[Mapping[str, str], ...]  # sentences that weren't verified, with `fault` and `what`
    outcome: str  # "worded", or why the answer is extractive


@dataclass(frozen=True)
class Answer:
    """What a question gets back; `answer` carries [n] markers after the statements they support."""

    question: str
    language: Language
    answer: str
    abstained: bool
    confidence: float  # 0..1
    engine: Engine
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    retrieved: tuple[Hit, ...]
    timings_ms: Timings
    understood: str | None = None  # the question rid of slips and made whole from the history, when it was changed
    note: str | None = None  # what the reader should know of how the answer came about, in its language
    transcript: Transcript | None = None  # not part of the JSON

    def as_json(self) -> dict[str, Any]:
        """The contract's answer JSON as plain dicts and lists."""
        values = asdict(self)
        del values["transcript"]
        return values


@dataclass(frozen=True)
class Precedent:
    """An earlier matter like the one asked about; `outcome` is None when no document says, and never bordlagd."""

    document: str
    title: str | None
    status: str
    outcome: Outcome | None
    date: str | None
    body: str | None
    dnr: str | None
    score: float
    quote: str
    amounts: tuple[str, ...] = ()  # that its decision, or else its proposal, names, as it writes them
    conditions: tuple[str, ...] = ()  # that the same lays down, in its words
    municipality: str | None = None
    kind: str | None = None
    paragraph: str | None = None  # the § that it is
    page: int | None = None  # that the quote begins on
    start: int | None = None  # the quote is `text[start:end]` of the document's extracted text
    end: int | None = None
    steps: tuple[Step, ...] = ()  # of its matter, by date

    def as_json(self) -> dict[str, Any]:
        """As plain dicts and lists."""
        return asdict(self) | {"steps": [step.as_json() for step in self.steps]}


@dataclass(frozen=True)
class Precedents:
    """Ranked precedents, best first; where there are none, `note` says why and `nearest` holds what came nearest."""

    query: str
    precedents: tuple[Precedent, ...] = field(default=())
    language: Language = "sv"  # of the query, and so of the note
    note: str | None = None
    nearest: tuple[Precedent, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The contract's precedents JSON as plain dicts and lists."""
        shown = {key: [each.as_json() for each in getattr(self, key)] for key in ("precedents", "nearest")}
        return asdict(self) | shown
