"""Variants: the program itself, plain pipelines to hold it against, and the program with one part switched off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from assistant import abstain, answer, evidence, fitted, glossary, matter, rank, spelling, units, words
from assistant.model import Answer, Precedents, Turn
from assistant.retrieve import Ranked
from assistant.service import Assistant
from evals.bare import bare_index
from evals.run import Product
from evals.starter import by_meaning, by_words, llama_starter
from evals.switch import Function, replaced
from ingest import registry
from ingest.encode import Encoder
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.store import Index

FORCED = "no-abstention"  # the variant whose answers tell what confidence is worth over all questions
Group = Literal["ours", "pipeline", "part"]


@dataclass(frozen=True)
class Workbench:
    """What every variant is put together from; `folder` is a place to keep what takes long to make."""

    settings: Settings
    encoder: Encoder
    folder: Path


@dataclass(frozen=True)
class Variant:
    """One way of answering; `what` says which, in words for a table."""

    name: str
    group: Group
    what: str
    open: Callable[[Workbench], AbstractContextManager[Product]]


def variants() -> tuple[Variant, ...]:
    """All of them, the program itself first."""
    return (
        Variant("ours", "ours", "the program as it is", _ours),
        Variant("words-alone", "pipeline", "BM25 over our passages, the first one as the answer", _words_alone),
        Variant("meaning-alone", "pipeline", "cosine over our passages, the first one as the answer", _meaning_alone),
        Variant("llama-index", "pipeline", "llama-index's starter: chunks of 1024 tokens, Chroma, top 5", _llama_index),
        Variant("no-header", "part", "contextual header on every passage", _without_header),
        _part("no-sentence-vectors", "a vector for each sentence", (registry._found, _found_as_one)),
        _setting("no-words", "BM25 beside cosine", dense_weight=1.0),
        _setting("no-meaning", "cosine beside BM25", dense_weight=0.0),
        _part("no-glossary", "Swedish words for English questions", (glossary.translations, lambda _: ())),
        _part("no-spelling", "slips of the pen mended", (spelling.mended, lambda question, *_: question)),
        _part("no-authority", "postponed §§ ranked down, decisions up", (rank.by_authority, list)),
        _part("no-matter", "decisions and votes looked for in the whole matter", (matter.from_its_matter, _stay)),
        _part(
            "no-units", "the rest of the best §§ and the decisions of their matters", (units.with_units, _found_alone)
        ),
        _part("no-names", "names and numbers must stand there", (evidence.missing, lambda *_: ())),
        _part("no-slips", "names may be misspelt", (words._alike, lambda *_: 0.0)),
        _part(FORCED, "abstention", (abstain.judge, _always)),
        _part("no-conditions", "conditions shown with decisions", (answer.conditions, lambda *_: [])),
        _part("no-second", "a second statement where it is nearly as good", (answer.chosen_of, _first_only)),
        Variant("no-history", "part", "follow-ups understood from what was said", _without_history),
        *_signals(),
    )


def _found_alone(_: Registry, ranked: Sequence[Ranked], __: object = None) -> list[Ranked]:
    return list(ranked)


def _signals() -> Iterator[Variant]:
    """Each signal that weighs sentences, left out of the ranking (the decision to abstain keeps it)."""
    numbers = fitted.fitted()
    for field in fields(fitted.Signals):
        if getattr(numbers.ranking, field.name):
            without = replace(numbers, ranking=replace(numbers.ranking, **{field.name: 0.0}))
            yield _part(
                f"no-signal-{field.name}",
                f"the signal “{field.name}” in choosing the sentence",
                (fitted.fitted, lambda without=without: without),
            )


@contextmanager
def _ours(bench: Workbench) -> Iterator[Product]:
    with Assistant.open(bench.settings, bench.encoder) as assistant:
        yield assistant


@contextmanager
def _words_alone(bench: Workbench) -> Iterator[Product]:
    with Index.open(bench.settings, bench.encoder.fingerprint) as index:
        yield by_words(index)


@contextmanager
def _meaning_alone(bench: Workbench) -> Iterator[Product]:
    with Index.open(bench.settings, bench.encoder.fingerprint) as index:
        yield by_meaning(index, bench.encoder)


@contextmanager
def _llama_index(bench: Workbench) -> Iterator[Product]:
    with Index.open(bench.settings, bench.encoder.fingerprint) as index:
        known = index.registry.versions()
        texts = {document: index.registry.text(document) or "" for document in known}
    with llama_starter(texts, bench.encoder) as starter:
        yield starter


@contextmanager
def _without_header(bench: Workbench) -> Iterator[Product]:
    settings = bare_index(bench.settings, bench.encoder, bench.folder / "no-header" / "index")
    with Assistant.open(settings, bench.encoder) as assistant:
        yield assistant


@contextmanager
def _without_history(bench: Workbench) -> Iterator[Product]:
    with _ours(bench) as assistant:
        yield _Forgetful(assistant)


def _part(name: str, what: str, *pairs: tuple[Function, Function]) -> Variant:
    """The program with functions replaced."""

    @contextmanager
    def opened(bench: Workbench) -> Iterator[Product]:
        with replaced(*pairs), _ours(bench) as assistant:
            yield assistant

    return Variant(name, "part", what, opened)


def _setting(name: str, what: str, **changes: Any) -> Variant:
    """The program with other settings."""

    def opened(bench: Workbench) -> AbstractContextManager[Product]:
        return _ours(replace(bench, settings=bench.settings.model_copy(update=changes)))

    return Variant(name, "part", what, opened)


@dataclass(frozen=True)
class _Forgetful:
    product: Product

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Mapping[str, str] | None = None) -> Answer:  # noqa: ARG002 - forgotten
        return self.product.ask(question, (), filters)

    def precedents(self, text: str | None = None, document: str | None = None, k: int = 10) -> Precedents:
        return self.product.precedents(text, document, k)


_found_whole = registry._found  # before anything replaces it


def _found_as_one(row: Any) -> registry.Found:
    """A found passage all of whose sentences have their common direction as vector."""
    found = _found_whole(row)
    mean: NDArray[np.float32] = found.sentence_vectors.mean(axis=0)
    one = mean / np.linalg.norm(mean)
    return replace(found, sentence_vectors=np.repeat(one[None], len(found.sentence_vectors), axis=0))


def _stay(_: evidence.Weigher, items: list[evidence.Evidence], *__: object) -> list[evidence.Evidence]:
    return items


_judged = abstain.judge


def _always(language: Any, items: Sequence[evidence.Evidence]) -> abstain.Verdict:
    """The verdict with its confidence, yet an abstention only where there is nothing at all to say."""
    verdict = _judged(language, items)
    return replace(verdict, reason=None, missing=()) if items else verdict


def _first_only(items: Sequence[evidence.Evidence], _: int) -> list[evidence.Evidence]:
    return list(items[:1])
