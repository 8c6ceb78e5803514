"""A conversation: what was asked, how it is shown, and what the next question is sent along with."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.markup import Html
from assistant.model import Answer, Citation, Language, Turn
from assistant.texts import texts
from assistant.web import fragments
from ingest.errors import RadslagError
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
    """What the page needs of the assistant."""

    @property
    def settings(self) -> Settings: ...
    def ask(self, question: str, history: Sequence[Turn] = (), filters: Mapping[str, str] | None = None) -> Answer: ...
    def context(self, citation: Citation, around_chars: int = 240) -> tuple[str, str, str]: ...
    def covered(self) -> Coverage: ...


@dataclass(frozen=True)
class Exchange:
    """A question, how it is shown, and the answer's text once there is one."""

    question: str
    shown: Html
    answer: str | None = None
    pending: bool = False

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What a later question is understood from; a question without an answer tells nothing."""
        return () if self.answer is None else (Turn("user", self.question), Turn("assistant", self.answer))


Conversation = tuple[Exchange, ...]


def begun(question: str, conversation: Conversation, language: Language) -> Conversation:
    """The conversation with `question` waiting; unchanged when there is no question, or one is waiting already."""
    question = question.strip()[:MAX_QUESTION_CHARS]
    if not question or any(exchange.pending for exchange in conversation):
        return conversation
    waiting = fragments.pending(len(conversation) + 1, question, language)
    return (*conversation, Exchange(question, waiting, pending=True))


def answered(service: Service, conversation: Conversation, language: Language) -> tuple[Conversation, str]:
    """The conversation with the waiting question answered, and what to announce; unchanged when none is waiting."""
    if not conversation or not conversation[-1].pending:
        return conversation, ""
    *earlier, waiting = conversation
    if service.settings.log_questions:
        logger.info("question: %r", waiting.question)
    try:
        answer = service.ask(waiting.question, [turn for exchange in earlier for turn in exchange.turns])
        contexts = {each.n: service.context(each, fragments.CONTEXT_CHARS) for each in answer.citations}
    except RadslagError as error:
        logger.error("%s", error)
        return failed(conversation, language)
    shown = fragments.exchange(len(conversation), answer, contexts)
    return (*earlier, Exchange(waiting.question, shown, answer.answer)), fragments.announcement(answer)


def failed(conversation: Conversation, language: Language) -> tuple[Conversation, str]:
    """The conversation with the waiting question shown as not answered, and what to announce."""
    if not conversation or not conversation[-1].pending:
        return conversation, ""
    *earlier, waiting = conversation
    message = texts(language).failed
    shown = fragments.failure(len(conversation), waiting.question, message, language)
    return (*earlier, Exchange(waiting.question, shown)), message
