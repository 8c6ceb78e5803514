"""Engine: a question worded by a model, sentence by sentence as each is verified, or the extractive answer with a note why not.

Whatever the model does, there is an answer within the time set, and it holds nothing that wasn't verified.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache

from assistant.kinds import Kind
from assistant.llm.check import Checked, Fault, Nearness, check
from assistant.llm.client import Endpoint, Failure, Message, Model, ModelError, load_libraries
from assistant.llm.draft import Draft
from assistant.llm.figures import figures_of
from assistant.llm.gather import Gathered
from assistant.llm.notes import NOTES, instead, left_out
from assistant.llm.prompt import Prompt, declines, prompt
from assistant.llm.source import Block, Source
from assistant.llm.written import written
from assistant.model import Answer, Attempt, Language, Transcript
from assistant.nearness import nearness_of
from assistant.question import Question
from ingest.encode import Encoder
from ingest.settings import Settings

ATTEMPTS = 2
PAUSE_SECONDS = 1.0  # before a second attempt at a server in trouble that doesn't say when to come back
LEAST_SECONDS = 2.0  # with less time left, a second attempt isn't worth it
AGAIN = frozenset(
    {
        Failure.UNREACHABLE,
        Failure.BROKEN,
        Failure.BUSY,
        Failure.SERVER,
        Failure.TOO_LONG,
        Failure.EMPTY,
        Failure.MALFORMED,
    }
)
PAUSING = frozenset({Failure.UNREACHABLE, Failure.BUSY, Failure.SERVER})
CACHED_TEXTS = 500  # sentences and quotes whose vectors are kept
FIGURED = frozenset({Kind.AMOUNT, Kind.WHEN, Kind.VOTE})  # what answers these has a figure, if its source has one

logger = logging.getLogger("radslag")


@dataclass(frozen=True)
class Task:
    """A question that the documents answer: as understood, with the extractive answer and the evidence it was chosen from."""

    question: Question
    extractive: Answer
    evidence: Gathered
    kinds: tuple[Kind, ...]  # what each of the asks that are answered asks for, in their order


@dataclass
class _Reply:
    """What has come of one attempt so far."""

    draft: Draft
    raw: list[str] = field(default_factory=list)
    dropped: list[Checked] = field(default_factory=list)


@dataclass(frozen=True)
class Writer:
    """Words answers with `model`; `near` judges meaning in a language; `pause` waits for some seconds."""

    model: Model
    near: Callable[[Language], Nearness]
    timeout_seconds: float
    context_tokens: int
    reply_tokens: int
    pause: Callable[[float], None] = time.sleep

    def write(self, task: Task) -> Iterator[Answer]:
        """The answer while it grows, and at last as it is to stand."""
        began = time.monotonic()
        ends = began + self.timeout_seconds
        blocks: Sequence[Block] = task.evidence.blocks
        attempts: list[Attempt] = []
        dropped: list[Checked] = []
        streaming = True
        reply = _Reply(self._draft(task))
        failure: Failure | None = None
        while True:
            started = time.monotonic()
            put = prompt(task.question, blocks, self.context_tokens - self.reply_tokens)
            reply, failed = _Reply(self._draft(task)), None
            try:
                for _ in self._sentences(put, reply, task, ends, streaming):
                    yield self._answer(task, reply.draft, began)
            except ModelError as error:
                failed = error
            failure = failed.kind if failed else None
            attempts.append(_attempt(put.messages, reply, failed, time.monotonic() - started))
            dropped += reply.dropped
            if failed is None:
                break
            logger.warning("language model %s: %s", self.model.name, failed)
            wait = (failed.retry_after_seconds or PAUSE_SECONDS) if failed.kind in PAUSING else 0.0
            worth_it = failed.kind in AGAIN and ends - time.monotonic() - wait >= LEAST_SECONDS
            if len(attempts) == ATTEMPTS or not worth_it or self._is_enough(task, reply.draft):
                break
            self.pause(wait)
            streaming = streaming and failed.kind not in (Failure.EMPTY, Failure.MALFORMED)
            if failed.kind is Failure.TOO_LONG:
                blocks = blocks[: max(1, len(blocks) // 2)]
        yield self._settle(task, reply, failure, attempts, dropped, began)

    def _sentences(self, put: Prompt, reply: _Reply, task: Task, ends: float, streaming: bool) -> Iterator[None]:
        """Put the verified sentences of one attempt into the reply's draft, and stop at each."""
        language = task.question.language
        near = self.near(language)
        for sentence in written(_kept(self._pieces(put.messages, ends, streaming), reply.raw)):
            if declines(sentence.text):
                continue
            checked = check(sentence.text, sentence.numbers, put.sources, language, near)
            if time.monotonic() > ends:
                raise ModelError(Failure.TIMEOUT)
            if checked.fault:
                reply.dropped.append(checked)
            elif reply.draft.add(checked.text, [put.sources[number] for number in checked.numbers]):
                yield

    def _pieces(self, messages: Sequence[Message], ends: float, streaming: bool) -> Iterator[str]:
        return self.model.pieces(messages, max(0.0, ends - time.monotonic()), streaming)

    def _draft(self, task: Task) -> Draft:
        return Draft(task.question.language, task.evidence.conditions, task.extractive)

    def _is_enough(self, task: Task, draft: Draft) -> bool:
        """Whether everything asked that the documents answer has got an answer."""
        return all(
            any(_answers(text, sources, aim, kind) for text, sources in draft.said)
            for aim, kind in enumerate(task.kinds)
        )

    def _answer(self, task: Task, draft: Draft, began: float) -> Answer:
        """The answer as far as it has come."""
        timings = task.extractive.timings_ms
        spent = round((time.monotonic() - began) * 1000, 3)
        return replace(
            task.extractive,
            engine="llm",
            answer=draft.answer,
            statements=draft.statements,
            citations=draft.citations,
            timings_ms=replace(timings, answer=timings.answer + spent, total=timings.total + spent),
        )

    def _settle(
        self,
        task: Task,
        reply: _Reply,
        failure: Failure | None,
        attempts: list[Attempt],
        dropped: list[Checked],
        began: float,
    ) -> Answer:
        """The answer as it is to stand: the model's words where they answer, else the documents'."""
        language = task.question.language
        enough = self._is_enough(task, reply.draft)
        declined = not reply.draft.said and declines("".join(reply.raw))
        if enough:
            outcome, note = "worded", left_out(language, len(reply.dropped), broke_off=failure is not None)
        elif failure:
            outcome, note = failure.value, instead(language, failure)
        elif declined:
            outcome, note = "declined", instead(language, NOTES[language].declined)
        else:
            outcome, note = "not verified", instead(language, NOTES[language].unverified)
        reply.draft.complete()
        answer = self._answer(task, reply.draft, began)
        if not enough:
            answer = replace(task.extractive, timings_ms=answer.timings_ms)
        told = tuple(
            {"text": each.text, "fault": (each.fault or Fault.LONG).value, "what": each.what} for each in dropped
        )
        return replace(answer, note=note, transcript=Transcript(self.model.name, tuple(attempts), told, outcome))


def writer(settings: Settings, encoder: Encoder) -> Writer:
    """The writer that the settings name, with `encoder` as its judge of meaning.

    Raises:
        UsageError: they name none.
    """
    nearness = nearness_of(encoder.fingerprint)
    least = (nearness.statement if nearness else None) or {}
    load_libraries()
    vector = lru_cache(maxsize=CACHED_TEXTS)(encoder.encode_query)

    def cosine(one: str, other: str) -> float:
        return float(vector(one) @ vector(other))

    return Writer(
        model=Endpoint.of(settings),
        near=lambda language: Nearness(cosine, least.get(language)),
        timeout_seconds=settings.llm_timeout_seconds,
        context_tokens=settings.llm_context_tokens,
        reply_tokens=settings.llm_reply_tokens,
    )


def _answers(text: str, sources: Sequence[Source], aim: int, kind: Kind) -> bool:
    """Whether the sentence answers the ask: it rests on a source that does, and has the figure asked for where that has one."""
    fitting = [source for source in sources if aim in source.aims]
    if not fitting:
        return False
    return kind not in FIGURED or _has_figure(text) or not any(_has_figure(source.quoted) for source in fitting)


def _has_figure(text: str) -> bool:
    found = figures_of(text)
    return bool(found.numbers or found.dates)


def _kept(pieces: Iterator[str], raw: list[str]) -> Iterator[str]:
    for piece in pieces:
        raw.append(piece)
        yield piece


def _attempt(messages: Sequence[Message], reply: _Reply, failed: ModelError | None, seconds: float) -> Attempt:
    said: tuple[Mapping[str, str], ...] = tuple(asdict(message) for message in messages)
    return Attempt(said, "".join(reply.raw), str(failed) if failed else None, round(seconds, 3))
