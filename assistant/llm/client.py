"""The endpoint: the one place that knows llama-index's `OpenAILike` and the libraries below it.

Messages go in, pieces of text come out, every failure is a `ModelError` of one kind. Neither the key nor anything that the
endpoint wrote about a failure is ever part of a message: a gateway may well repeat the key in it.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol, Self

from pydantic import SecretStr

from ingest.errors import RadslagError, UsageError
from ingest.settings import Settings

NO_KEY = "none"  # sent where no key is set: without one, the library would look for a key of its own
CONNECT_SECONDS = 10.0  # longest wait for a connection, which a server that is there gives at once
_TOO_LONG = re.compile(
    r"context.{0,40}(?:length|size|window|exceed)|exceed.{0,40}context|too (?:long|many tokens)|too large",
    re.IGNORECASE,
)
_OURS_ALONE = ("OpenAI-Organization", "OpenAI-Project")  # that the library takes from the environment, meant for others


class Failure(StrEnum):
    """What went wrong with a model."""

    TIMEOUT = "no whole answer in time"
    UNREACHABLE = "no connection"
    BROKEN = "the connection broke off"
    BUSY = "too many requests"
    TOO_LONG = "the prompt is too long for it"
    REFUSED = "the request was refused"
    SERVER = "an error of the server"
    MALFORMED = "a reply that can't be read"
    EMPTY = "an empty reply"
    FILTERED = "a reply held back by a filter"


class ModelError(RadslagError):
    """A model gave no usable reply. `status` is that of HTTP, `retry_after_seconds` what the server asked for."""

    def __init__(
        self, kind: Failure, status: int | None = None, retry_after_seconds: float | None = None, what: str = ""
    ) -> None:
        what = what or (f"status {status}" if status else "")
        super().__init__(f"{kind.value} ({what})" if what else kind.value)
        self.kind = kind
        self.status = status
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user"]
    content: str


class Model(Protocol):
    """Whoever words answers."""

    @property
    def name(self) -> str: ...

    def pieces(self, messages: Sequence[Message], seconds: float, streaming: bool = True) -> Iterator[str]:
        """The reply, piece by piece as it comes.

        Raises:
            ModelError: there is no reply, or not all of it within `seconds`.
        """
        ...


@dataclass(frozen=True)
class Endpoint:
    """A model behind an OpenAI-compatible address."""

    url: str
    name: str
    reply_tokens: int
    context_tokens: int
    key: SecretStr | None = field(default=None, repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The endpoint that the settings name.

        Raises:
            UsageError: they name none.
        """
        if not (settings.llm_url and settings.llm_model):
            raise UsageError(
                "found no language model: set llm_url and llm_model (see the README), or use the extractive engine"
            )
        return cls(
            settings.llm_url,
            settings.llm_model,
            settings.llm_reply_tokens,
            settings.llm_context_tokens,
            settings.llm_key,
        )

    def pieces(self, messages: Sequence[Message], seconds: float, streaming: bool = True) -> Iterator[str]:
        """As `Model.pieces`.

        The exchange runs in a thread of its own: a server that drips white space keeps any library waiting, but not us.
        """
        load_libraries()
        deadline = time.monotonic() + seconds
        arrived: queue.Queue[str | ModelError | None] = queue.Queue()
        given_up = threading.Event()
        threading.Thread(
            target=self._exchange,
            args=(messages, seconds, streaming, arrived, given_up),
            name="radslag-llm",
            daemon=True,
        ).start()
        try:
            while True:
                try:
                    piece = arrived.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    raise ModelError(Failure.TIMEOUT) from None
                if piece is None:
                    return
                if isinstance(piece, ModelError):
                    raise piece
                yield piece
        finally:
            given_up.set()

    def _exchange(
        self,
        messages: Sequence[Message],
        seconds: float,
        streaming: bool,
        arrived: queue.Queue[str | ModelError | None],
        given_up: threading.Event,
    ) -> None:
        """Put the pieces of the reply into `arrived`, then None or the failure; stop when nobody waits for more."""
        import httpx

        try:
            timeout = httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
            hooks = {"request": [_without_foreign_headers]}
            with httpx.Client(timeout=timeout, follow_redirects=False, event_hooks=hooks) as http:
                said = self._stream(http, messages) if streaming else self._whole(http, messages)
                empty = True
                for piece in said:
                    if given_up.is_set():
                        return
                    empty = empty and not piece.strip()
                    arrived.put(piece)
            arrived.put(ModelError(Failure.EMPTY) if empty else None)
        except ModelError as failure:
            arrived.put(failure)
        except Exception as error:  # noqa: BLE001 - whatever the libraries stumble on in a foreign reply is a failure of the model
            arrived.put(_failure(error))

    def _stream(self, http: Any, messages: Sequence[Message]) -> Iterator[str]:
        finished: str | None = ""  # before the first chunk
        for chunk in self._client(http).stream_chat(_chat(messages), timeout=http.timeout):
            finished = next((choice.finish_reason for choice in chunk.raw.choices or ()), None) or finished or None
            if chunk.delta:
                yield chunk.delta
        if finished is None:
            raise ModelError(Failure.BROKEN)
        _check_finish(finished)

    def _whole(self, http: Any, messages: Sequence[Message]) -> Iterator[str]:
        reply = self._client(http).chat(_chat(messages), timeout=http.timeout)
        _check_finish(reply.raw.choices[0].finish_reason)
        yield reply.message.content or ""

    def _client(self, http: Any) -> Any:
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(
            model=self.name,
            api_base=self.url,
            api_key=(self.key.get_secret_value() if self.key else "") or NO_KEY,
            is_chat_model=True,
            context_window=self.context_tokens,
            max_tokens=self.reply_tokens,
            temperature=0.0,
            max_retries=0,
            timeout=http.timeout.read,
            http_client=http,
        )


def load_libraries() -> None:
    """Import what takes seconds the first time, so that they aren't the model's."""
    import llama_index.llms.openai_like  # noqa: F401


def _chat(messages: Sequence[Message]) -> list[Any]:
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role=message.role, content=message.content) for message in messages]


def _without_foreign_headers(request: Any) -> None:
    for name in _OURS_ALONE:
        request.headers.pop(name, None)


def _check_finish(reason: str | None) -> None:
    if reason == "content_filter":
        raise ModelError(Failure.FILTERED)


def _failure(error: Exception) -> ModelError:
    """The kind of a failure; what the endpoint wrote about it is read, never repeated."""
    import httpx
    import openai

    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return ModelError(Failure.TIMEOUT)
    if isinstance(error, openai.APIConnectionError | httpx.ConnectError):
        return ModelError(Failure.UNREACHABLE)
    if isinstance(error, httpx.HTTPError):
        return ModelError(Failure.BROKEN)
    if isinstance(error, openai.APIStatusError):
        return _refusal(error.status_code, error.response.headers.get("Retry-After"), str(error))
    if isinstance(error, openai.APIError) and not isinstance(error, openai.APIResponseValidationError):
        return ModelError(Failure.TOO_LONG if _TOO_LONG.search(str(error)) else Failure.SERVER)  # told within a stream
    return ModelError(Failure.MALFORMED, what=type(error).__name__)


def _refusal(status: int, retry_after: str | None, words: str) -> ModelError:
    if status == 429:
        return ModelError(Failure.BUSY, status, _seconds(retry_after))
    if status == 413 or (status in (400, 422, 500) and _TOO_LONG.search(words)):
        return ModelError(Failure.TOO_LONG, status)
    if status == 408 or status == 504:
        return ModelError(Failure.TIMEOUT, status)
    if status >= 500:
        return ModelError(Failure.SERVER, status, _seconds(retry_after))
    return ModelError(Failure.REFUSED, status)


def _seconds(retry_after: str | None) -> float | None:
    """The header's seconds; a date there is not gone by."""
    return float(retry_after) if retry_after and retry_after.strip().isdecimal() else None
