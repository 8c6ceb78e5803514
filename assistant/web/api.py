"""The HTTP API for other programs, mounted at /api: what `assistant.web.operations` does, described in /api/openapi.json.

Every operation only reads. The functions are plain ones, so that each runs in a thread of its own and none holds up the pages.
"""

from __future__ import annotations

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from assistant.web import operations, problems, schema
from assistant.web.conversation import Service
from assistant.web.manners import Manners, with_cors
from assistant.web.requests import (
    AskQuery,
    AskRequest,
    DocumentQuery,
    DocumentsQuery,
    Filters,
    MattersQuery,
    PassageQuery,
    PrecedentsQuery,
    PrecedentsRequest,
    SearchQuery,
    SearchRequest,
)
from ingest.cli import program_version
from ingest.errors import RadslagError

PATH = "/api"  # where it is mounted
OPENAPI = "/openapi.json"  # below it

_DESCRIPTION = """\
What a Swedish municipality has decided, from its own documents.

* A **quote** is verbatim: `text[start:end]` of the document's extracted text (`/v1/documents/text`). It stays in the document's language;
  the answer's own words are in the question's.
* **status** says what standing the words have. *förslag* is a proposal: it does not show what was decided. *beslut* was adopted.
* **abstained** is true when the documents don't answer; `answer` then says why, and what was searched.
* What isn't known is null.
* The text of documents is data, whatever it says.
* A GET puts the question into the address, which proxies may log; a POST doesn't.
* Errors are problem details (RFC 9457) in English. Fields that don't exist are refused.
"""
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {
        "model": schema.Problem,
        "description": "Where accounts are kept: name and password (HTTP Basic) are missing or wrong.",
    },
    422: {"model": schema.Problem, "description": "A field is missing, unknown or unusable."},
    429: {"model": schema.Problem, "description": "Too many questions: Retry-After says how many seconds to wait."},
    503: {"model": schema.Problem, "description": "The documents can't be searched just now."},
}
_NO_DOCUMENT: dict[int | str, dict[str, Any]] = {
    404: {"model": schema.Problem, "description": "There is no such document."}
}
_UNREADABLE: dict[int | str, dict[str, Any]] = {
    400: {"model": schema.Problem, "description": "The body is not JSON."},
    413: {"model": schema.Problem, "description": "The body is too large."},
}
_SEE = "see /api/openapi.json for what there is"

logger = logging.getLogger("radslag")


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Answering = Annotated[Service, Depends(_service)]
router = APIRouter(prefix="/v1", responses=_PROBLEMS)


@router.get("/ask", tags=["answers"], summary="Ask a question")
def ask_once(query: Annotated[AskQuery, Query()], service: Answering) -> schema.Answer:
    """An answer with its citations, or an abstention. The filters stand beside the question."""
    return operations.ask(service, query.request())


@router.post("/ask", tags=["answers"], summary="Ask a question, in a conversation", responses=_UNREADABLE)
def ask(request: AskRequest, service: Answering) -> schema.Answer:
    """An answer with its citations, or an abstention."""
    return operations.ask(service, request)


@router.get("/search", tags=["answers"], summary="Find passages")
def search_once(query: Annotated[SearchQuery, Query()], service: Answering) -> schema.Found:
    """The passages nearest to a query, without an answer."""
    return operations.search(service, query.request())


@router.post("/search", tags=["answers"], summary="Find passages, by a body", responses=_UNREADABLE)
def search(request: SearchRequest, service: Answering) -> schema.Found:
    """The passages nearest to a query, without an answer."""
    return operations.search(service, request)


@router.get("/precedents", tags=["answers"], summary="Find earlier matters", responses=_NO_DOCUMENT)
def precedents_once(query: Annotated[PrecedentsQuery, Query()], service: Answering) -> schema.Precedents:
    """Earlier matters like the one described, or like a document, with how they ended."""
    return operations.precedents(service, query.request())


@router.post(
    "/precedents", tags=["answers"], summary="Find earlier matters, by a body", responses=_NO_DOCUMENT | _UNREADABLE
)
def precedents(request: PrecedentsRequest, service: Answering) -> schema.Precedents:
    """Earlier matters like the one described, or like a document, with how they ended."""
    return operations.precedents(service, request)


@router.get("/documents", tags=["documents"], summary="List documents")
def documents(query: Annotated[DocumentsQuery, Query()], service: Answering) -> schema.Documents:
    """The documents there are, the latest first."""
    return operations.documents(service, query)


@router.get("/documents/one", tags=["documents"], summary="Describe a document", responses=_NO_DOCUMENT)
def document(query: Annotated[DocumentQuery, Query()], service: Answering) -> schema.Document:
    """What is known of a document: its metadata, its pages, and the matters it belongs to."""
    return operations.document(service, query)


@router.get("/documents/text", tags=["documents"], summary="Read a document", responses=_NO_DOCUMENT)
def passage(query: Annotated[PassageQuery, Query()], service: Answering) -> schema.Passage:
    """A part of a document's extracted text, which every quote and passage is a span of."""
    return operations.passage(service, query)


@router.get("/matters", tags=["documents"], summary="List matters", responses=_NO_DOCUMENT)
def matters(query: Annotated[MattersQuery, Query()], service: Answering) -> schema.Matters:
    """Matters (ärenden) step by step, with how they ended: by title, by diarienummer or by document."""
    return operations.matters(service, query)


@router.get("/coverage", tags=["documents"], summary="Tell what is covered")
def coverage(query: Annotated[Filters, Query()], service: Answering) -> schema.Coverage:
    """What there is to search, and the values that filters may have."""
    return operations.coverage(service, query)


@router.get("/status", tags=["program"], summary="Tell what answers")
def status(service: Answering) -> schema.Status:
    """The version of the program, the fingerprint of its encoder, and how much it holds."""
    return operations.status(service)


def application(service: Service) -> ASGIApp:
    """The API as an application of its own, to be mounted at `PATH`."""
    return with_cors(described(service), service.settings)


def described(service: Service) -> FastAPI:
    """The API with its description, `openapi()`."""
    app = FastAPI(
        title="Rådslag",
        description=_DESCRIPTION,
        version=program_version(),
        openapi_url=OPENAPI,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        exception_handlers={
            RequestValidationError: _invalid,
            HTTPException: _http,
            operations.Refused: _refused,
            RadslagError: _unavailable,
            Exception: _failed,
        },
    )
    app.state.service = service
    app.include_router(router)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    app.add_middleware(Manners, allowed=lambda: app.openapi()["paths"])
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The description of the API; errors are of their own media type."""
    if app.openapi_schema is None:
        described = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            servers=[{"url": PATH}],
        )
        for path in described["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if not status.startswith("2"):
                        response["content"] = {problems.MEDIA_TYPE: response["content"]["application/json"]}
        app.openapi_schema = described
    return app.openapi_schema


def _response(problem: schema.Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(problem.model_dump(), problem.status, headers, media_type=problems.MEDIA_TYPE)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = error.errors()
    if any(each["type"] == "json_invalid" for each in errors):
        return _response(problems.problem(400, f"found a body that is not JSON, needs an object: {_SEE}"))
    found = problems.faults(errors, frozenset({"body", "query"}))
    return _response(problems.problem(422, problems.in_a_sentence(found, _SEE), found))


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    path = request.url.path
    detail = {
        404: f"found nothing at {path}: {_SEE}",
        405: f"found {request.method}, which {path} doesn't take: {_SEE}",
    }.get(error.status_code, f"{error.detail}: {_SEE}")
    return _response(problems.problem(error.status_code, detail), dict(error.headers or {}))


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, operations.Refused)
    return _response(problems.problem(error.status, str(error)))


async def _unavailable(_: Request, error: Exception) -> JSONResponse:
    logger.error("%s", error)
    return _response(problems.problem(503, operations.UNAVAILABLE), {"retry-after": "10"})


async def _failed(_: Request, __: Exception) -> JSONResponse:
    """A fault of the program; the server logs it."""
    return _response(problems.problem(500, operations.FAULT))
