"""How fast the program is and how much memory it takes, each figure beside what it should be."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assistant.service import Assistant
from evals.browser import ask_page
from evals.cases import Case, load_cases
from evals.figures import Figure
from evals.load import PEOPLE, load
from evals.load import figures as crowd_figures
from evals.page import page_figures
from evals.processes import free_port, module, peak_mb, peak_of, seconds_of, serving
from evals.rates import percentile
from evals.scaled import PASSAGES, write_scaled
from evals.synthetic import write_synthetic
from ingest.chain import ingest
from ingest.encode import Encoder, load_encoder
from ingest.filters import FILTERS
from ingest.parse import parse
from ingest.settings import Settings
from ingest.sources import find_sources

INGEST_SHARE = 0.8  # of the raw encoder's speed
ASK_MS = 100
COLD_SECONDS = 6
SERVER_MB = 1200
COLD_STARTS = 3
ROUNDS = 5
FILTERED = (
    100  # of the dev questions, about so many are asked again with each filter, on the value that most documents have
)
CASES = Path(__file__).parent / "cases" / "dev"  # real questions, asked of the scaled index
QUESTIONS = (  # about the papers of Köping
    "När likvideras Västra Mälardalen?",
    "When is Västra Mälardalen liquidated?",
    "Vad kostar samordningsförbundet för kommunen?",
    "Vilka kommuner ingår i förbundet?",
    "Has the council decided to form one federation for the county?",
    "Under vilka förutsättningar gäller beslutet?",
    "Vem har skrivit tjänsteskrivelsen?",
    "How many members does the board have?",
    "Vad kostar en ny simhall?",
    "Who won the football match?",
)

Report = Callable[[str], None]  # is told what is being measured


def bench(
    settings: Settings, report: Report = lambda _: None, passages: int = PASSAGES, people: int = PEOPLE
) -> tuple[Figure, ...]:
    """Measure everything once, in temporary folders; the corpus and the index of `settings` are left alone.

    `passages` are those of the scaled index, `people` how many ask at once: the targets are for the defaults.

    Raises:
        UsageError: there is no corpus to measure with.
        RadslagError: a command that was measured failed.
    """
    with TemporaryDirectory(prefix="radslag-bench-") as name:
        folder = Path(name)
        synthetic = write_synthetic(folder / "synthetic", settings)
        large = settings.model_copy(update={"index": folder / "large"})
        small = settings.model_copy(update={"index": folder / "small"})
        scaled = settings.model_copy(update={"index": folder / "scaled"})
        return (
            Figure("load of the machine before", _load(), "processes"),
            *_ingest(synthetic, large, small, report),
            *_ask(large, report),
            *_ask_scaled(small, scaled, passages, report),
            *_cold(small, report),
            *_memory(synthetic, folder / "weighed", large, report),
            *_crowd(small, people, report),
        )


def _ingest(synthetic: Path, large: Settings, small: Settings, report: Report) -> Iterator[Figure]:
    """Speed of ingest beside that of the encoder alone, on the same words."""
    encoder = load_encoder(large)
    report("ingesting the real corpus")
    yield Figure("ingest of the real corpus", _seconds(lambda: ingest([small.corpus], small, encoder)), "s")
    yield Figure("second ingest of the real corpus", _seconds(lambda: ingest([small.corpus], small, encoder)), "s")
    texts = _embedded_texts(synthetic, large)
    tokens = encoder.count_tokens([text for each in texts.values() for text in each])
    report(f"encoding and ingesting {tokens} tokens")
    raw, ingested = beside_raw(synthetic, large, encoder, texts)
    yield Figure("tokens of the synthetic corpus", tokens, "tokens")
    yield Figure("raw encoder", tokens / raw, "tokens/s")
    yield Figure("ingest", tokens / ingested, "tokens/s")
    yield Figure("ingest / raw encoder", raw / ingested, "", INGEST_SHARE, at_least=True)
    yield Figure("second ingest, nothing changed", _seconds(lambda: ingest([synthetic], large, encoder)), "s")


def beside_raw(
    folder: Path, settings: Settings, encoder: Encoder, texts: Mapping[str, Sequence[str]]
) -> tuple[float, float]:
    """Seconds of the encoder alone over `texts` (by document), and of ingest of `folder`.

    The encoder takes one half of the documents before the ingest and the other after it: a machine that slows down in between
    slows down both.
    """
    documents = list(texts.values())

    def encode(several: Sequence[Sequence[str]]) -> None:
        for each in several:
            encoder.encode_passages(each)

    before = _seconds(lambda: encode(documents[::2]))
    ingested = _seconds(lambda: ingest([folder], settings, encoder))
    return before + _seconds(lambda: encode(documents[1::2])), ingested


def _ask(settings: Settings, report: Report) -> Iterator[Figure]:
    """Time of an answer in a process that has answered before."""
    report("asking")
    with Assistant.open(settings) as assistant:
        for question in QUESTIONS:
            assistant.ask(question)
        times = [1000 * _seconds(partial(assistant.ask, question)) for question in QUESTIONS * ROUNDS]
    yield Figure("ask p50, warm", percentile(times, 50), "ms")
    yield Figure("ask p95, warm", percentile(times, 95), "ms", ASK_MS)


def _ask_scaled(small: Settings, scaled: Settings, passages: int, report: Report) -> Iterator[Figure]:
    """Time of an answer from an index of ordinary size (see `evals.scaled`): every dev question once, as it is first asked."""
    report("making an index of ordinary size")
    began = time.perf_counter()
    held = write_scaled(small, scaled, passages)
    yield Figure("making the scaled index", time.perf_counter() - began, "s")
    yield Figure("passages in the scaled index", held, "passages")
    cases = [case for case in load_cases([CASES]) if isinstance(case, Case)]
    report(f"asking it {len(cases)} questions")
    with Assistant.open(scaled) as assistant:
        for question in QUESTIONS:
            assistant.ask(question)
        times = [_ms(assistant, case, case.filters) for case in cases]
        yield Figure("ask p50, scaled index", percentile(times, 50), "ms")
        yield Figure("ask p95, scaled index", percentile(times, 95), "ms", ASK_MS)
        for key in (each for each in FILTERS if each != "document"):
            values = assistant.archive.values(key)
            if not values:
                continue
            report(f"asking with a filter on {key}")
            filters = {key: max(values, key=values.__getitem__)}
            times = [_ms(assistant, case, filters) for case in cases[:: max(1, len(cases) // FILTERED)]]
            yield Figure(f"ask p95 with a filter on {key}, scaled index", percentile(times, 95), "ms", ASK_MS)


def _ms(assistant: Assistant, case: Case, filters: Mapping[str, str]) -> float:
    return assistant.ask(case.question, case.history, filters).timings_ms.total


def _cold(settings: Settings, report: Report) -> Iterator[Figure]:
    """Time of `radslag ask` from nothing to its answer."""
    report("asking from a cold start")
    command = module("assistant", "ask", QUESTIONS[0], "--index", str(settings.index))
    yield Figure("ask, cold start", median(seconds_of(command) for _ in range(COLD_STARTS)), "s", COLD_SECONDS)


def _memory(synthetic: Path, index: Path, settings: Settings, report: Report) -> Iterator[Figure]:
    """Peak memory of ingest, and of the web app after it has been opened and asked."""
    report("weighing ingest and the server")
    yield Figure("ingest, peak memory", peak_of(module("ingest", str(synthetic), "--index", str(index))), "MB")
    port = free_port()
    command = module("assistant", "serve", "--index", str(settings.index), "--host", "127.0.0.1", "--port", str(port))
    url = f"http://127.0.0.1:{port}/"
    with serving(command, url) as process:
        for question in QUESTIONS:
            ask_page(url, question)
        peak = peak_mb(process)
    yield Figure("server, peak memory", peak, "MB", SERVER_MB)


def _crowd(settings: Settings, people: int, report: Report) -> Iterator[Figure]:
    """How long one person waits for the web app over the real corpus, and many who ask at once, each something else."""
    report("asking in a browser, and letting many ask at once")
    cases = (case for case in load_cases([CASES]) if isinstance(case, Case) and not case.history)
    questions = [case.question for case in islice(cases, people)]
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    command = module("assistant", "serve", "--index", str(settings.index), "--host", "127.0.0.1", "--port", str(port))
    with serving(command, url):
        for question in QUESTIONS:  # what is read when it is first needed has been read
            ask_page(url, question)
        yield from page_figures(url, QUESTIONS)
        yield from crowd_figures(load(url, questions, people))


def _embedded_texts(folder: Path, settings: Settings) -> dict[str, list[str]]:
    """Everything the encoder sees of each document below the folder: its passages, and their sentences alone."""
    texts = {}
    for source in find_sources([folder], (), settings.ignore).files:
        _, passages = parse(source, settings, version="")
        sentences = (sentence for passage in passages for sentence in passage.alone())
        texts[source.id] = [*(passage.embedded_text for passage in passages), *sentences]
    return texts


def _load() -> float | None:
    """Processes that wanted to run, over the last minute; with more than cores, the figures are those of a busy machine."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
