"""What a program asks of the web app, over HTTP or MCP: the fields of each request with their limits."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, Field, StringConstraints, model_validator

from assistant.model import Engine, Turn
from assistant.service import MAX_QUESTION_CHARS
from ingest.errors import UsageError
from ingest.filters import years
from ingest.matter_store import FILTERS as MATTER_FILTERS

MAX_TURNS = 40  # of a conversation that a question goes on from
MAX_TURN_CHARS = 4_000
MAX_VALUE_CHARS = 1_000  # of a filter's value, a document's id
MAX_K = 50
MAX_LISTED = 200  # documents or matters a list gives at once
MAX_PASSAGE_CHARS = 20_000  # of a document's text read at once
MAX_CONTEXT_CHARS = 2_000  # on either side of a passage

Standing = Literal["förslag", "beslut", "yttrande", "motion", "information", "okänd"]
Words = Annotated[str, StringConstraints(min_length=1, max_length=MAX_QUESTION_CHARS, pattern=r"\S")]
Value = Annotated[str, StringConstraints(min_length=1, max_length=MAX_VALUE_CHARS)]


def _years(value: str) -> str:
    try:
        years(value)
    except UsageError as error:
        raise ValueError("needs a year (2024) or a range, the earlier first (2018-2020)") from error
    return value


class Request(BaseModel):
    """Fields that are not known are refused: a filter that is misspelt would otherwise let everything through."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Narrowing(Request):
    """What documents may be narrowed down by. A value is one that the documents have, to the letter (`coverage` lists them)."""

    municipality: Value | None = Field(
        None, description="Only documents of this municipality.", examples=["Köpings kommun"]
    )
    body: Value | None = Field(None, description="Only documents of this body.", examples=["Kommunfullmäktige"])
    kind: Value | None = Field(
        None, description="Only documents of this kind (Swedish genre).", examples=["tjänsteskrivelse", "protokoll"]
    )
    year: Annotated[Value, AfterValidator(_years)] | None = Field(
        None,
        description="Only documents dated in this year, or in this range of years.",
        examples=["2024", "2018-2020"],
    )
    status: Standing | None = Field(
        None,
        description="Only passages of this standing: förslag (proposed), beslut (adopted), yttrande (opinion), motion, "
        "information (background) or okänd (unknown).",
    )

    def chosen(self) -> dict[str, str]:
        """The filters as the assistant takes them."""
        return self._chosen("municipality", "body", "kind", "year", "status")

    def _chosen(self, *keys: str) -> dict[str, str]:
        return {key: value for key in keys if (value := getattr(self, key)) is not None}


class Filters(Narrowing):
    """As `Narrowing`, and down to a single document."""

    document: Value | None = Field(
        None, description="Only this document, by its id.", examples=["koping/002_bb1c2f2fbae1ae61.txt"]
    )

    def chosen(self) -> dict[str, str]:
        return super().chosen() | self._chosen("document")


class Said(Request):
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=MAX_TURN_CHARS)]


History = Annotated[tuple[Said, ...], FailFast()]  # one fault is told: a body of a million would hold everybody up

_QUESTION = Field(
    description="What you want to know, in Swedish or English.", examples=["When is Västra Mälardalen liquidated?"]
)
_ENGINE = Field(
    None, description="Who words the answer, of the `engines` that `status` names; the first of them by default."
)
_HISTORY = Field(
    (),
    max_length=MAX_TURNS,
    description='What was said before, the earliest first, so that a follow-up ("Och när då?") is understood.',
)
_QUERY = Field(description="What the passages are to be about.", examples=["likvidation av samordningsförbund"])
_K = Field(10, ge=1, le=MAX_K, description="How many, at most.")
_TEXT = Field(None, description="The matter, in a few words.", examples=["Borgen för kommunalt bostadsbolag"])
_LIKE = Field(None, description="Id of a document, instead of a text: what it is about is looked for.")


class AskRequest(Request):
    """A question, what was said before it, and what to narrow the search down to."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "When is Västra Mälardalen liquidated?"},
                {
                    "question": "Och på vilket villkor?",
                    "history": [{"role": "user", "content": "När likvideras Västra Mälardalen?"}],
                    "filters": {"municipality": "Köpings kommun"},
                },
            ]
        }
    )
    question: Words = _QUESTION
    history: History = _HISTORY
    filters: Filters = Filters()
    engine: Engine | None = _ENGINE

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(Turn(each.role, each.content) for each in self.history)


class AskQuery(Filters):
    """A question by itself, its filters beside it."""

    question: Words = _QUESTION
    engine: Engine | None = _ENGINE

    def request(self) -> AskRequest:
        return AskRequest(question=self.question, filters=Filters(**self.chosen()), engine=self.engine)


class AskCall(AskQuery):
    """A question in a conversation, its filters beside it."""

    history: History = _HISTORY

    def request(self) -> AskRequest:
        return super().request().model_copy(update={"history": self.history})


class SearchRequest(Request):
    """What passages are looked for."""

    query: Words = _QUERY
    k: int = _K
    filters: Filters = Filters()


class SearchQuery(Filters):
    """What passages are looked for, the filters beside it."""

    query: Words = _QUERY
    k: int = _K

    def request(self) -> SearchRequest:
        return SearchRequest(query=self.query, k=self.k, filters=Filters(**self.chosen()))


class PrecedentsRequest(Request):
    """The matter that earlier ones are to be like: either a text or a document."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "Borgen för kommunalt bostadsbolag", "filters": {"status": "beslut"}}]}
    )
    text: Words | None = _TEXT
    document: Value | None = _LIKE
    k: int = _K
    filters: Narrowing = Narrowing()

    @model_validator(mode="after")
    def _one(self) -> Self:
        _check_one(self.text, self.document)
        return self


class PrecedentsQuery(Narrowing):
    """The matter that earlier ones are to be like, either a text or a document, the filters beside it."""

    text: Words | None = _TEXT
    document: Value | None = _LIKE
    k: int = _K

    @model_validator(mode="after")
    def _one(self) -> Self:
        _check_one(self.text, self.document)
        return self

    def request(self) -> PrecedentsRequest:
        filters = Narrowing(**self.chosen())
        return PrecedentsRequest(text=self.text, document=self.document, k=self.k, filters=filters)


class DocumentsQuery(Narrowing):
    """Which documents are listed, and from where on."""

    text: Words | None = Field(None, description="Words that the title or the id holds, all of them.")
    offset: int = Field(0, ge=0, description="How many to skip.")
    limit: int = Field(50, ge=1, le=MAX_LISTED, description="How many to give, at most.")


class DocumentQuery(Request):
    """Which document."""

    document: Value = Field(
        description="Id of the document, as answers and lists give it.", examples=["koping/002_bb1c2f2fbae1ae61.txt"]
    )


class PassageQuery(DocumentQuery):
    """Which part of a document's text, as offsets in characters; citations and passages name theirs."""

    start: int = Field(0, ge=0, description="Where the passage begins.", examples=[684])
    end: int | None = Field(
        None,
        ge=1,
        description=f"Where it ends, one past its last character; by default as far on as is given at once "
        f"({MAX_PASSAGE_CHARS} characters).",
        examples=[823],
    )
    context: int = Field(
        0, ge=0, le=MAX_CONTEXT_CHARS, description="How many characters to give before and after it as well."
    )


class MattersQuery(Request):
    """Which matters: those whose title holds a text, narrowed down; or those of a diarienummer; or those of a document."""

    text: Words | None = Field(None, description="Words that the title of the matter holds, all of them.")
    dnr: Value | None = Field(None, description="Diarienummer, with or without its zeros.", examples=["KS 2016/93"])
    document: Value | None = Field(None, description="Id of a document that the matter has a step of.")
    municipality: Value | None = Field(None, description="Only matters of this municipality.")
    body: Value | None = Field(None, description="Only matters that this body has had a step in.")
    year: Annotated[str, StringConstraints(pattern=r"^\d{4}$")] | None = Field(
        None, description="Only matters with a step in this year.", examples=["2016"]
    )
    outcome: Literal["bifall", "avslag", "återremiss", "besvarad", "antagen"] | None = Field(
        None, description="Only matters that ended so."
    )
    offset: int = Field(0, ge=0, description="How many to skip.")
    limit: int = Field(20, ge=1, le=MAX_LISTED, description="How many to give, at most.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum([bool(self.text or self.chosen()), self.dnr is not None, self.document is not None]) > 1:
            raise ValueError("needs text and filters, or dnr, or document, not several of these")
        return self

    def chosen(self) -> dict[str, str]:
        """The filters as the archive takes them."""
        return {key: value for key in MATTER_FILTERS if (value := getattr(self, key)) is not None}


def _check_one(text: str | None, document: str | None) -> None:
    if (text is None) == (document is None):
        raise ValueError("needs either text or document, and one of them only")
