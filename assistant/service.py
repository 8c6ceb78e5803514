"""The service: what the web app, the command line and the evaluations call. Everything else is a skin around it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial, wraps
from itertools import islice, zip_longest
from typing import Concatenate, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.abstain import WITHHELD, Reason, Verdict, judge
from assistant.answer import compose, most_statements, told
from assistant.archive import Archive
from assistant.evidence import GLANCED, Evidence, Weigher, likest_row_first
from assistant.follow_up import FAR, quoted_at
from assistant.kinds import OF_MATTERS
from assistant.lacking import lacks
from assistant.library import Library
from assistant.llm.client import Endpoint
from assistant.llm.engine import Task, Writer, writer
from assistant.llm.gather import gather
from assistant.matter import (
    CONCLUDED,
    SURER,
    astray,
    concludes,
    contested,
    decided_first,
    from_its_matter,
    of_another,
    sequel_of,
    went_otherwise,
)
from assistant.model import Answer, Citation, Engine, Hit, Language, Precedents, Statement, Timings, Turn
from assistant.nearness import nearness_of
from assistant.precedents import find_alike, find_precedents
from assistant.question import Ask, Question, described, understand
from assistant.rank import by_authority
from assistant.retrieve import Ranked, Sought, retrieve, sought
from assistant.superseded import changed_first, newest_edition_first
from assistant.unanswered import no_match, unanswered
from assistant.units import Unit, of_its_matter, unit_of, with_units
from assistant.uploads import Uploads
from assistant.words import counted_terms, missing_names, weigh_words
from ingest.encode import Encoder, load_encoder
from ingest.errors import UsageError
from ingest.filters import Coverage, where
from ingest.model import ASKING
from ingest.settings import Settings
from ingest.store import Index

READ = 30  # best passages that are read for an answer: over the dev questions, more changed none
WEIGHED = 15  # of them, those whose sentences are weighed
OF_ANY_NAME = 8  # of those, the best whatever they name
SHOWN = 10  # passages listed in `Answer.retrieved`
MAX_QUESTION_CHARS = 2000


Given = ParamSpec("Given")
Result = TypeVar("Result")
Filters = Mapping[str, str] | None


def _of_one_moment(
    method: Callable[Concatenate[Assistant, Given], Result],
) -> Callable[Concatenate[Assistant, Given], Result]:
    """The method, seeing each document whole, as it was when the method began, whatever is ingested meanwhile."""

    @wraps(method)
    def of_one_moment(self: Assistant, /, *given: Given.args, **named: Given.kwargs) -> Result:
        with self._index.reading():
            return method(self, *given, **named)

    return of_one_moment


@dataclass(frozen=True)
class Reading:
    """A way to read a question, with what is searched for by meaning: for each ask, and for the question that they lean on, with its answer."""

    asked: Question
    asks: tuple[Sought, ...]
    before: Sought | None


@dataclass(frozen=True)
class Weighed:
    """A question as it is read, with what was found for each of its asks, best first: passages, and the sentences of the best of them."""

    asked: Question
    found: list[list[Ranked]]
    evidence: list[list[Evidence]]
    spoken_of: frozenset[Unit]


class Assistant:
    """Answers questions from one open index."""

    def __init__(self, index: Index, encoder: Encoder, settings: Settings) -> None:
        self._index = index
        self._encoder = encoder
        self.settings = settings
        self.fingerprint = encoder.fingerprint
        self.archive = Archive(index, settings.index)
        self.library = Library(index, settings)
        self.uploads = Uploads(index, encoder, settings)

    @classmethod
    @contextmanager
    def open(cls, settings: Settings, encoder: Encoder | None = None) -> Iterator[Assistant]:
        """Open the index at `settings.index`; `encoder` defaults to the one the settings name.

        Raises:
            UsageError: there is no index, another encoder made it, or a language model is to word answers and none is set up.
        """
        if settings.engine == "llm":
            Endpoint.of(settings)
        encoder = encoder or load_encoder(settings)
        with Index.open(settings, encoder.fingerprint) as index:
            assistant = cls(index, encoder, settings)
            try:
                yield assistant
            finally:
                assistant.library.close()

    @property
    def engines(self) -> tuple[Engine, ...]:
        """Who can word an answer here, the one that does unless another is asked for first."""
        if not (self.settings.llm_url and self.settings.llm_model):
            return ("extractive",)
        return ("extractive", "llm") if self.settings.engine == "extractive" else ("llm", "extractive")

    def ask(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = None, engine: Engine | None = None
    ) -> Answer:
        """The answer the documents give, or an abstention; worded by `engine` (default: the first of `engines`).

        Raises:
            UsageError: the question is empty or too long, a filter's key is unknown, or there is no such engine here.
        """
        *_, answer = self.ask_streamed(question, history, filters, engine)
        return answer

    def ask_streamed(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = None, engine: Engine | None = None
    ) -> Iterator[Answer]:
        """As `ask`, while it is being worded: each answer holds what is verified so far, the last one is the answer.

        The last one may say something else than those before it: where a language model fails halfway, it is the extractive answer.

        Raises:
            UsageError: as `ask`, before the first answer.
        """
        engine = engine or self.engines[0]
        if engine not in self.engines:
            raise UsageError(
                f"found no language model for the engine {engine}: set llm_url and llm_model (see the README)"
            )
        answer, task = self._prepare(question, history, filters, engine)
        if task is None:
            yield answer
        else:
            yield from self._writer.write(task)

    @cached_property
    def _writer(self) -> Writer:
        return writer(self.settings, self._encoder)

    def _prepare(
        self, question: str, history: Sequence[Turn], filters: Filters, engine: Engine
    ) -> tuple[Answer, Task | None]:
        """The answer in the documents' own words, or an abstention; and where a model is to word it, what it needs."""
        began = time.perf_counter()
        self._check(question, filters)
        readings = self._readings(question, history)  # meanwhile others may read
        return self._found(question, readings, filters, engine, began, time.perf_counter())

    @_of_one_moment
    def _found(
        self,
        question: str,
        readings: Sequence[Reading],
        filters: Filters,
        engine: Engine,
        began: float,
        embedded: float,
    ) -> tuple[Answer, Task | None]:
        """As `_prepare`, for a question that is understood and encoded; `began` and `embedded` are when that began and ended."""
        weighed = self._weigh_best(readings, filters)
        asked, found, evidence = weighed.asked, weighed.found, weighed.evidence
        retrieved = time.perf_counter()
        verdicts = [self._verdict(asked, ask, items) for ask, items in zip(asked.asks, evidence, strict=True)]
        answered = [
            (ask, items)
            for ask, items, verdict in zip(asked.asks, evidence, verdicts, strict=True)
            if not verdict.abstains
        ]
        shown = [ranked for ask, ranked in zip(asked.asks, found, strict=True) if not ask.private]
        if answered:
            verdict = min((each for each in verdicts if not each.abstains), key=lambda each: each.confidence)
            without_answer = [ask for ask, each in zip(asked.asks, verdicts, strict=True) if each.abstains]
            text, statements, citations = self._statement(asked.language, answered, verdict.uncertain, without_answer)
        else:
            verdict = max(verdicts, key=lambda each: each.confidence)
            nearest = verdicts.index(verdict)
            text, statements, citations = self._abstention(asked, verdict, nearest, evidence[nearest], filters), (), ()
        ended = time.perf_counter()
        answer = Answer(
            question=question,
            language=asked.language,
            answer=text,
            abstained=not answered,
            confidence=round(verdict.confidence, 4),
            engine="extractive",
            statements=statements,
            citations=citations,
            retrieved=tuple(hit_of(each) for each in _interleaved(shown)[:SHOWN]),
            timings_ms=Timings(
                embed=_ms(began, embedded),
                retrieve=_ms(embedded, retrieved),
                answer=_ms(retrieved, ended),
                total=_ms(began, ended),
            ),
            understood=asked.shown,
        )
        if engine == "extractive" or not answered:
            return answer, None
        registry = self._index.registry
        gathered = gather(answered, registry.text, cache(registry.passages_of))
        return answer, Task(asked, answer, gathered, tuple(ask.kind for ask, _ in answered))

    @_of_one_moment
    def evidence(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = None
    ) -> tuple[Question, tuple[list[Evidence], ...]]:
        """The question as understood and, for each thing it asks, all evidence that `ask` has before it, best first.

        Raises:
            UsageError: as `ask`.
        """
        self._check(question, filters)
        weighed = self._weigh_best(self._readings(question, history), filters, at_most=None)
        return weighed.asked, tuple(weighed.evidence)

    def search(self, query: str, k: int = SHOWN, filters: Filters = None) -> tuple[Hit, ...]:
        """The `k` passages nearest to the query, best first.

        Raises:
            UsageError: as `ask`.
        """
        return tuple(hit_of(each) for each in self.passages(query, k, filters))

    @_of_one_moment
    def passages(self, query: str, k: int = SHOWN, filters: Filters = None) -> list[Ranked]:
        """As `search`, with everything that is known of each passage.

        Raises:
            UsageError: as `ask`.
        """
        self._check(query, filters)
        ask = described(query, self._index.registry.holds_word).asks[0]
        vector = sought(self._encoder, ask.texts)[0].vector
        return by_authority(retrieve(self._index, ask.letters, vector, self.settings.dense_weight, filters))[:k]

    @_of_one_moment
    def precedents(
        self,
        text: str | None = None,
        document: str | None = None,
        k: int = SHOWN,
        filters: Filters = None,
    ) -> Precedents:
        """Earlier matters like the one described by `text` or by a document of the index.

        Raises:
            UsageError: neither or both are given, or the document is unknown.
        """
        if (text is None) == (document is None):
            raise UsageError("precedents need either a text or a document: give one of them")
        self._check("document" if text is None else text, filters)
        found = find_precedents(self._index, self._encoder, text, document, k, filters)
        unmatched = self.unmatched(filters, found.language)
        return replace(found, note=unmatched) if unmatched else found

    @_of_one_moment
    def likeness(self, text: str | None = None, document: str | None = None) -> float:
        """How near the nearest earlier matter comes to one described, as `precedents` has it (see `assistant.nearness`)."""
        return find_alike(self._index, self._encoder, text, document).nearest

    def context(self, citation: Citation, around_chars: int = 240) -> tuple[str, str, str]:
        """The text before a quote, the quote and the text after it, as the document has them."""
        text = self.text_of(citation.document) or ""
        before = text[max(0, citation.start - around_chars) : citation.start]
        return before, text[citation.start : citation.end], text[citation.end : citation.end + around_chars]

    def text_of(self, document: str) -> str | None:
        """The extracted text of a document, or None when the index doesn't hold it."""
        return self._index.registry.text(document)

    def documents(self) -> Mapping[str, str]:
        """Version (a content hash) of every document, by id."""
        return self._index.registry.versions()

    def covered(self, filters: Filters = None) -> Coverage:
        """What can be asked about, of what `filters` let through.

        Raises:
            UsageError: a filter is unknown.
        """
        return self._index.registry.holdings.coverage(filters)

    def unmatched(self, filters: Filters, language: Language) -> str | None:
        """That no document matches `filters`, with the values there are; None when some do."""
        if not filters or self.covered(filters).documents:
            return None
        return no_match(language, filters, self._index.registry.holdings.unknown(filters))

    def _check(self, question: str, filters: Filters) -> None:
        if not question.strip():
            raise UsageError("the question is empty: write what you want to know")
        if len(question) > MAX_QUESTION_CHARS:
            raise UsageError(
                f"the question has {len(question)} characters, at most {MAX_QUESTION_CHARS} are read: shorten it"
            )
        where(filters)

    @_of_one_moment
    def _understood(self, question: str, history: Sequence[Turn] = (), alone: bool = False) -> Question:
        """The question made whole, and rid of slips of the pen."""
        return understand(question, history, self._index.registry.holds_word, alone)

    def _readings(self, question: str, history: Sequence[Turn]) -> tuple[Reading, ...]:
        """How the question may be read: as a follow-up, where it can be one, and by itself, where it needn't be one."""
        asked = self._understood(question, history)
        ways = [asked]
        if asked.leans_on is not None and asked.leeway < FAR:
            ways.append(self._understood(question, history, alone=True))
        before = [(f"{asked.leans_on} {asked.said_before}",)] if asked.leans_on else []
        encoded = iter(sought(self._encoder, *before, *(ask.texts for way in ways for ask in way.asks)))
        leant_on = next(encoded) if before else None
        return tuple(
            Reading(way, tuple(islice(encoded, len(way.asks))), leant_on if way.leans_on else None) for way in ways
        )

    def _retrieve(self, letters: str, vector: NDArray[np.float32], filters: Filters) -> list[Ranked]:
        return by_authority(retrieve(self._index, letters, vector, self.settings.dense_weight, filters, READ))

    def _weigh_best(self, readings: Sequence[Reading], filters: Filters, at_most: int | None = GLANCED) -> Weighed:
        """What is found for a question by the reading that its evidence speaks for."""
        weighed = self._weigh_all(readings[0], filters, at_most)
        for reading in readings[1:]:
            alone = self._weigh_all(reading, filters, at_most)
            if _ahead(alone, weighed) > weighed.asked.leeway:
                return alone
        return weighed

    def _weigh_all(self, reading: Reading, filters: Filters, at_most: int | None) -> Weighed:
        asked = reading.asked
        spoken_of = self._spoken_of(asked, reading.before, filters)
        found = [
            self._retrieve(ask.letters, each.vector, filters)
            for ask, each in zip(asked.asks, reading.asks, strict=True)
        ]
        evidence = [
            self._weigh(ask, ranked, each, asked.said_before, spoken_of, filters, at_most)
            for ask, ranked, each in zip(asked.asks, found, reading.asks, strict=True)
        ]
        return Weighed(asked, found, evidence, spoken_of)

    def _spoken_of(self, asked: Question, before: Sought | None, filters: Filters) -> frozenset[Unit]:
        """Where the matter stands that the earlier question was about: that of the first words quoted to it, or of what is found for it."""
        if before is None or asked.leans_on is None:
            return frozenset()
        letters = f"{self._understood(asked.leans_on).asks[0].letters} {asked.said_before}"
        ranked = self._retrieve(letters, before.vector, filters)
        if not ranked:
            return frozenset()
        places = [quoted_at(each.found.passage, asked.said_before) for each in ranked]
        first = min((place for place in places if place is not None), default=None)
        return of_its_matter(self._index.registry, ranked[places.index(first)].found)

    def _weigh(
        self,
        ask: Ask,
        ranked: Sequence[Ranked],
        search: Sought,
        said_before: str,
        spoken_of: frozenset[Unit],
        filters: Filters,
        at_most: int | None,
    ) -> list[Evidence]:
        registry = self._index.registry
        wanted = {term for group in ask.words for word in group for term in counted_terms(word)}
        frequencies, passages = registry.frequencies(sorted(wanted)), registry.passage_count()
        weigher = Weigher(
            ask=ask,
            sought=search,
            words=weigh_words(ask.words, frequencies, passages),
            own_words=weigh_words(ask.own_words, frequencies, passages),
            topic=weigh_words(ask.topic, frequencies, passages),
            matter_text=cache(registry.matter_text),
            said_before=said_before,
            spoken_of=spoken_of,
        )
        evidence = weigher.weigh(with_units(registry, _worth_weighing(ask, ranked), filters), at_most)
        if evidence and (ask.kind in OF_MATTERS or ask.when_decided):
            evidence = from_its_matter(weigher, evidence, registry, filters)
        if not evidence:
            return evidence
        evidence = likest_row_first(evidence)
        evidence = newest_edition_first(ask, evidence, registry)
        return changed_first(ask, decided_first(ask, evidence, registry), registry)

    def _verdict(self, asked: Question, ask: Ask, evidence: Sequence[Evidence]) -> Verdict:
        """Whether the evidence for one thing asked for is an answer."""
        if ask.private:
            return WITHHELD
        if ask.order:
            return Verdict(0.0, Reason.NOTHING)
        verdict, registry = judge(asked.language, evidence), self._index.registry
        if concludes(ask, evidence) and verdict.reason is not Reason.MISSING_NAME:
            verdict = Verdict(max(CONCLUDED, verdict.confidence))
        if verdict.abstains:
            return verdict
        if of_another(ask, evidence[0]) or (verdict.confidence < SURER and astray(ask, evidence[0])):
            return Verdict(verdict.confidence, Reason.MISSING_FACT)
        if went_otherwise(registry, ask, evidence[0]):
            return Verdict(0.0, Reason.NO_SUCH_DECISION)
        wanting = lacks(ask, told(ask, evidence, most_statements(asked.asks), registry.passages_of))
        return Verdict(0.0, Reason.MISSING_FACT) if wanting else verdict

    def _statement(
        self,
        language: Language,
        answers: Sequence[tuple[Ask, Sequence[Evidence]]],
        uncertain: bool,
        without_answer: Sequence[Ask],
    ) -> tuple[str, tuple[Statement, ...], tuple[Citation, ...]]:
        registry = self._index.registry
        _, evidence = answers[0]
        first = evidence[0].found
        sequel = sequel_of(registry, first, evidence) if first.passage.status in ASKING else None
        decided = any(items[0].ranked.settles or items[0].ranked.overtaken for _, items in answers) or (
            sequel is not None and sequel.settled
        )
        draft = compose(
            language,
            answers,
            registry.text,
            registry.passages_of,
            decided,
            sequel,
            partial(contested, registry),
            uncertain,
            without_answer,
        )
        return draft.answer, tuple(draft.statements), tuple(draft.citations)

    def _abstention(
        self, asked: Question, verdict: Verdict, nearest: int, evidence: Sequence[Evidence], filters: Filters
    ) -> str:
        if unmatched := self.unmatched(filters, asked.language):
            return unmatched
        coverage = self.covered(filters)
        near = nearness_of(self.fingerprint)
        everything = self.covered() if filters else coverage
        return unanswered(asked.language, asked.asks[nearest], verdict, evidence, coverage, filters, near, everything)


def _worth_weighing(ask: Ask, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The best passages, in their order; for the last of them those step in that hold all names of the ask."""
    named = [each for each in ranked[OF_ANY_NAME:] if not missing_names(ask.names, each.found.passage.understood_text)]
    chosen = {each.found.passage.id for each in [*ranked[:OF_ANY_NAME], *named, *ranked[OF_ANY_NAME:]][:WEIGHED]}
    return [each for each in ranked if each.found.passage.id in chosen]


def _ahead(alone: Weighed, leaning: Weighed) -> float:
    """How much better the question is answered by itself than from the matter that was spoken of, at most `FAR`."""
    best = max((item.score for item in alone.evidence[0]), default=-np.inf)
    inside = [item.score - item.stays for item in leaning.evidence[0] if unit_of(item.found) in leaning.spoken_of]
    return min(FAR, best - max(inside)) if inside else FAR


def _interleaved(found: Sequence[Sequence[Ranked]]) -> list[Ranked]:
    """The passages found for each ask, best of each first, without repeats."""
    rounds = (each for several in zip_longest(*found) for each in several if each is not None)
    return list({each.found.passage.id: each for each in rounds}.values())


def hit_of(ranked: Ranked) -> Hit:
    passage = ranked.found.passage
    return Hit(passage.document, passage.span.start, passage.span.end, round(ranked.score, 4), passage.text)


def _ms(start: float, end: float) -> float:
    return round((end - start) * 1000, 3)
