"""What a program can have done here, over HTTP as over MCP: a request in, an object of the schema out; nothing is ever changed.

What the caller can mend is `Refused`. Any other RadslagError is for whoever runs the server, and its message not for the caller.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import pairwise

from assistant.question import described
from assistant.web import links, schema
from assistant.web.conversation import Service
from assistant.web.requests import (
    MAX_PASSAGE_CHARS,
    AskRequest,
    DocumentQuery,
    DocumentsQuery,
    Filters,
    MattersQuery,
    PassageQuery,
    PrecedentsRequest,
    SearchRequest,
)
from ingest.cli import program_version
from ingest.errors import RadslagError
from ingest.filters import Listed
from ingest.matters import Matter
from ingest.mentions import dnr_key
from ingest.model import Metadata

logger = logging.getLogger("radslag")

VALUES_OF = ("municipality", "body", "kind", "year", "status")  # filters whose values `coverage` counts
UNAVAILABLE = "The documents can't be searched just now: try again, or tell whoever runs this server."
FAULT = "Something went wrong in the program: try again, or tell whoever runs this server."


class Refused(RadslagError):
    """What the caller asked for can't be given as it stands."""

    status = 422  # of HTTP


class Unknown(Refused):
    """There is no such document."""

    status = 404


def ask(service: Service, request: AskRequest) -> schema.Answer:
    if request.engine is not None and request.engine not in service.engines:
        raise Refused(f"engine: found {request.engine}, needs one of {', '.join(service.engines)}")
    if service.settings.log_questions:
        logger.info("question: %r", request.question)
    answer = service.ask(request.question, request.turns, request.filters.chosen() or None, request.engine)
    return schema.Answer.model_validate(answer.as_json())


def search(service: Service, request: SearchRequest) -> schema.Found:
    if service.settings.log_questions:
        logger.info("search: %r", request.query)
    filters = request.filters.chosen()
    return schema.Found(
        query=request.query,
        retrieved=tuple(map(schema.Hit.model_validate, service.search(request.query, request.k, filters))),
        note=service.unmatched(filters, described(request.query).language),
    )


def precedents(service: Service, request: PrecedentsRequest) -> schema.Precedents:
    if request.document is not None:
        _about(service, request.document)
    elif service.settings.log_questions:
        logger.info("precedents: %r", request.text)
    found = service.precedents(request.text, request.document, request.k, request.filters.chosen())
    return schema.Precedents.model_validate(found.as_json())


def documents(service: Service, query: DocumentsQuery) -> schema.Documents:
    found = service.archive.documents(query.chosen(), query.text or "")
    some = found[query.offset : query.offset + query.limit]
    return schema.Documents(total=len(found), offset=query.offset, documents=tuple(map(_listed, some)))


def document(service: Service, query: DocumentQuery) -> schema.Document:
    about, text = _about(service, query.document), _text(service, query.document)
    (listed,) = service.archive.documents({"document": query.document})
    return schema.Document(
        **_listed(listed).model_dump(),
        handläggare=about.handläggare,
        recipients=about.recipients,
        chars=len(text),
        pages=_pages(service.archive.pages(query.document), len(text)),
        matters=tuple(map(_matter, service.archive.matters_of(query.document))),
        reader=links.reader_url(query.document),
        original=links.original_url(query.document),
    )


def passage(service: Service, query: PassageQuery) -> schema.Passage:
    text = _text(service, query.document)
    start, end = query.start, min(query.end or query.start + MAX_PASSAGE_CHARS, len(text))
    if start >= max(len(text), 1):
        raise Refused(f"start: found {start}, needs less than {len(text)}, the length of the text")
    if query.end is not None and query.end <= start:
        raise Refused(f"end: found {query.end}, needs more than start, which is {start}")
    if end - start > MAX_PASSAGE_CHARS:
        raise Refused(
            f"end: found {end - start} characters from start, needs at most {MAX_PASSAGE_CHARS}: read on from `next`"
        )
    pages = service.archive.pages(query.document)
    return schema.Passage(
        document=query.document,
        start=start,
        end=end,
        text=text[start:end],
        before=text[max(0, start - query.context) : start],
        after=text[end : end + query.context],
        page=sum(1 for begins in pages if begins <= start) or None,
        chars=len(text),
        next=end if end < len(text) else None,
    )


def matters(service: Service, query: MattersQuery) -> schema.Matters:
    if query.document is not None:
        _about(service, query.document)
        found = service.archive.matters_of(query.document)
    elif query.dnr is not None:
        if dnr_key(query.dnr) is None:
            raise Refused(f"dnr: found {query.dnr!r}, needs a diarienummer such as KS 2016/00093")
        found = service.archive.matters_of_dnr(query.dnr)
    else:
        found = service.archive.matters(query.chosen(), query.text or "")
    some = found[query.offset : query.offset + query.limit]
    return schema.Matters(total=len(found), offset=query.offset, matters=tuple(map(_matter, some)))


def coverage(service: Service, query: Filters) -> schema.Coverage:
    filters = query.chosen()
    covered = service.covered(filters)
    return schema.Coverage(
        documents=covered.documents,
        municipalities=tuple(covered.municipalities),
        first_date=covered.first_date,
        last_date=covered.last_date,
        undated=covered.undated,
        values={key: service.archive.values(key, filters) for key in VALUES_OF},
    )


def status(service: Service) -> schema.Status:
    held, passages = service.archive.counts()
    return schema.Status(
        name="Rådslag",
        version=program_version(),
        encoder=service.fingerprint,
        documents=held,
        passages=passages,
        engines=service.engines,
        questions_logged=service.settings.log_questions,
    )


def _about(service: Service, document: str) -> Metadata:
    about = service.archive.about(document)
    if about is None:
        raise _unknown(document)
    return about


def _text(service: Service, document: str) -> str:
    text = service.archive.text(document)
    if text is None:
        raise _unknown(document)
    return text


def _unknown(document: str) -> Unknown:
    return Unknown(f"found no document {document!r}: take an id from an answer, or from the list of documents")


def _listed(listed: Listed) -> schema.Listed:
    about = listed.about
    return schema.Listed(
        document=listed.id,
        version=listed.version,
        title=about.title,
        municipality=about.municipality,
        body=about.body,
        kind=about.kind,
        date=about.date,
        dnr=about.dnr,
        meeting=about.meeting,
    )


def _pages(begins: Sequence[int], chars: int) -> tuple[schema.Page, ...]:
    return tuple(
        schema.Page(page=number, start=start, end=end)
        for number, (start, end) in enumerate(pairwise((*begins, chars)), 1)
    )


def _matter(matter: Matter) -> schema.Matter:
    return schema.Matter.model_validate(matter.as_json())
