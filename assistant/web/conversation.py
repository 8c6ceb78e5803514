"""A conversation: what was asked, how it is shown, and what the next question is sent along with."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.archive import Archive
from assistant.feedback import Verdict
from assistant.library import Library
from assistant.markup import Html
from assistant.model import Answer, Citation, Engine, Hit, Language, Precedents, Turn
from assistant.texts import texts
from assistant.uploads import Uploads
from assistant.web import fragments
from assistant.web.fragments import Ending
from ingest.errors import RadslagError
from ingest.model import ASKING, Metadata, Span
from ingest.settings import Settings

MAX_QUESTION_CHARS = 1000

logger = logging.getLogger("radslag")


class Coverage(Protocol):
    """What the index holds."""

    @property
    def documents(self) -> int: ...
    @property
    def municipalities(self) -> Sequence[str]: ...
    @property
    def first_date(self) -> str | None: ...
    @property
    def last_date(self) -> str | None: ...
    @property
    def undated(self) -> int: ...


class Service(Protocol):
    """What the web app needs of the assistant."""

    @property
    def settings(self) -> Settings: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def archive(self) -> Archive: ...
    @property
    def uploads(self) -> Uploads: ...
    @property
    def library(self) -> Library: ...
    @property
    def engines(self) -> tuple[Engine, ...]: ...
    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Mapping[str, str] | None = None,
        engine: Engine | None = None,
    ) -> Answer: ...
    def ask_streamed(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Mapping[str, str] | None = None,
        engine: Engine | None = None,
    ) -> Iterator[Answer]: ...
    def search(self, query: str, k: int = 10, filters: Mapping[str, str] | None = None) -> tuple[Hit, ...]: ...
    def precedents(
        self,
        text: str | None = None,
        document: str | None = None,
        k: int = 10,
        filters: Mapping[str, str] | None = None,
    ) -> Precedents: ...
    def documents(self) -> Mapping[str, str]: ...
    def context(self, citation: Citation, around_chars: int = 240) -> tuple[str, str, str]: ...
    def covered(self, filters: Mapping[str, str] | None = None) -> Coverage: ...
    def unmatched(self, filters: Mapping[str, str] | None, language: Language) -> str | None: ...


@dataclass(frozen=True)
class Exchange:
    """A question with the filters it is asked with, how it is shown, and the answer once there is one."""

    question: str
    shown: Html
    answer: Answer | None = None
    pending: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)
    verdict: Verdict | None = None  # what the reader said of the answer
    engine: Engine | None = None  # who is to word the answer; None for who does by default

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What a later question is understood from; a question without an answer tells nothing."""
        return () if self.answer is None else (Turn("user", self.question), Turn("assistant", self.answer.answer))


Conversation = tuple[Exchange, ...]


def history(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """What a question after these is sent along with."""
    return tuple(turn for exchange in exchanges for turn in exchange.turns)


def begun(
    question: str,
    conversation: Conversation,
    language: Language,
    filters: Mapping[str, str] | None = None,
    engine: Engine | None = None,
) -> Conversation:
    """The conversation with `question` waiting; unchanged when there is no question, or one is waiting already."""
    question = question.strip()[:MAX_QUESTION_CHARS]
    if not question or any(exchange.pending for exchange in conversation):
        return conversation
    waiting = fragments.pending(len(conversation) + 1, question, language)
    return (*conversation, Exchange(question, waiting, pending=True, filters=dict(filters or {}), engine=engine))


def answered(
    service: Service,
    conversation: Conversation,
    language: Language,
    actions: Callable[[int, Exchange], Html] = lambda *_: Html(),
) -> Iterator[tuple[Conversation, str]]:
    """The conversation with the waiting question answered as far as it can be, then further, and what to announce at the end.

    Nothing comes when no question waits. `actions` makes what can be done with an exchange, of its number and itself.
    """
    if not conversation or not conversation[-1].pending:
        return
    *earlier, waiting = conversation
    if service.settings.log_questions:
        logger.info("question: %r", waiting.question)
    number, latest = len(conversation), waiting
    try:
        asked = waiting.question, history(earlier), waiting.filters or None, waiting.engine
        for answer in service.ask_streamed(*asked):
            latest = replace(waiting, answer=answer)
            if answer.engine == "llm":  # words come sentence by sentence; quotes are there at once
                yield (*earlier, replace(latest, shown=_shown(service, number, latest, answer, language))), ""
    except RadslagError as error:
        logger.error("%s", error)
        yield failed(conversation, language)
        return
    if latest.answer is None:
        return
    whole = replace(latest, pending=False)
    shown = _shown(service, number, whole, latest.answer, language, actions(number, whole))
    yield (*earlier, replace(whole, shown=shown)), fragments.announcement(latest.answer)


def _shown(
    service: Service, number: int, exchange: Exchange, answer: Answer, language: Language, actions: Html | None = None
) -> Html:
    """The exchange on the page; without `actions` it isn't whole yet."""
    titles = {hit.document: _title(service.archive.about(hit.document), hit.document) for hit in answer.retrieved}
    return fragments.exchange(
        number,
        answer,
        {each.n: service.context(each, fragments.CONTEXT_CHARS) for each in answer.citations},
        titles if answer.abstained else {},
        actions or Html(),
        language,
        exchange.filters,
        whole=actions is not None,
        endings=_endings(service.library, answer),
    )


def _endings(library: Library, answer: Answer) -> dict[int, Ending]:
    """How the matters of what is only proposed ended, by the numbers of the citations."""
    proposed = (each for each in answer.citations if each.status in ASKING)
    found = ((each.n, library.ending(each.document, Span(each.start, each.end))) for each in proposed)
    return {n: ended for n, ended in found if ended}


def _title(about: Metadata | None, document: str) -> str:
    """What a document is called: its title and date as far as known, else its id."""
    if about is None:
        return document
    date = about.date if about.date and about.date not in (about.title or "") else None
    return ", ".join(each for each in (about.title, date) if each) or document


def failed(conversation: Conversation, language: Language) -> tuple[Conversation, str]:
    """The conversation with the waiting question shown as not answered, and what to announce."""
    if not conversation or not conversation[-1].pending:
        return conversation, ""
    *earlier, waiting = conversation
    message = texts(language).failed
    shown = fragments.failure(len(conversation), waiting.question, message, language)
    return (*earlier, replace(waiting, shown=shown, pending=False)), message
