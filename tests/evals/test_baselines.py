"""Variants of the program and what is made of them, over a few invented papers with the toy encoder."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import service
from assistant.abstain import judge
from evals.bare import bare_index
from evals.baselines import baselines_table, choose, run_baselines
from evals.cases import AnyCase, Gold
from evals.report import table
from evals.starter import FirstPassage, llama_starter
from evals.switch import replaced
from evals.variants import Workbench, variants
from ingest.chain import ingest
from ingest.errors import UsageError
from ingest.settings import Settings
from ingest.store import Index
from tests.assistant.conftest import PAPERS
from tests.encoders import ToyEncoder
from tests.evals.builders import case, precedent_case, unanswerable

pytestmark = pytest.mark.slow

MEMO = "norrby/memo.txt"
SENTENCE = "Avgiften för sophämtning fastställs till 1 250 kronor om året."
CASES: tuple[AnyCase, ...] = (
    case(
        "fee",
        question="Vilken avgift för sophämtning fastställs?",
        facts=(("1 250",),),
        evidence=((Gold(MEMO, SENTENCE),),),
    ),
    unanswerable("paris", question="Vem är borgmästare i Paris?"),
    precedent_case("left-out"),
)


def prepare(folder: Path) -> Workbench:
    """An index over the papers, both below `folder`."""
    for name, text in PAPERS.items():
        (folder / "papper" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "papper" / name).write_text(text, encoding="utf-8")
    settings, encoder = Settings(index=folder / "index"), ToyEncoder()
    ingest([folder / "papper"], settings, encoder)
    return Workbench(settings, encoder, folder / "out")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def bench(prepared: Workbench, tmp_path: Path) -> Workbench:
    """The same index for all, with a folder for oneself."""
    return replace(prepared, folder=tmp_path)


def run(bench: Workbench, *only: str, **options: object) -> list[str]:
    """The names of the variants that were run."""
    bench.folder.mkdir(exist_ok=True)
    files = [bench.folder / "cases.jsonl"]
    files[0].write_text("the same")
    outcomes = run_baselines(
        bench.settings,
        CASES,
        files,
        bench.folder,
        "2026-11-22",
        only,
        encoder=bench.encoder,
        **options,  # type: ignore[arg-type]
    )
    return [outcome.name for outcome in outcomes]


@pytest.mark.parametrize("name", [variant.name for variant in variants()])
def test_every_variant_answers(bench: Workbench, name: str) -> None:
    """A part that can't be switched off any more is found here."""
    variant = next(each for each in variants() if each.name == name)
    with variant.open(bench) as product:
        for question in (
            "Vilken avgift för sophämtning fastställs?",
            "Avslogs motionen om gratis bad?",
        ):
            answer = product.ask(question)
            assert answer.question == question
            assert answer.retrieved
    with Index.open(bench.settings, "toy") as index:
        for citation in answer.citations:
            text = index.registry.text(citation.document) or ""
            assert " ".join(text[citation.start : citation.end].split()) == " ".join(citation.quote.split())


def test_names_are_given_once() -> None:
    names = [variant.name for variant in variants()]
    assert len(set(names)) == len(names)
    assert names[0] == "ours"


def test_a_function_is_replaced_where_it_is_used_and_put_back() -> None:
    def other(*_: object) -> None: ...

    def used() -> object:
        return vars(service)["judge"]

    with replaced((judge, other)):
        assert used() is other
    assert used() is judge
    with pytest.raises(RuntimeError), replaced((judge, other)):
        raise RuntimeError
    assert used() is judge


def test_what_nobody_uses_cannot_be_replaced() -> None:
    with pytest.raises(LookupError, match="can't be switched off"), replaced((table, table)):
        pass


def test_abstention_switched_off_keeps_its_confidence(bench: Workbench) -> None:
    answers = {}
    for name in ("ours", "no-abstention"):
        variant = next(each for each in variants() if each.name == name)
        with variant.open(bench) as product:
            answers[name] = product.ask("Vem är borgmästare i Paris?")
    assert answers["ours"].abstained
    assert not answers["no-abstention"].abstained
    assert answers["no-abstention"].confidence == answers["ours"].confidence


def test_the_index_without_headers_is_made_once(tmp_path: Path) -> None:
    bench = prepare(tmp_path)
    encoder = bench.encoder
    assert isinstance(encoder, ToyEncoder)
    with Index.open(bench.settings, "toy") as index:
        whole = [found.passage for name in PAPERS for found in index.registry.passages_of(name)]
    bare = bare_index(bench.settings, encoder, bench.folder / "bare")
    with Index.open(bare, "toy") as index:
        passages = [found.passage for name in PAPERS for found in index.registry.passages_of(name)]
    assert [passage.text for passage in passages] == [passage.text for passage in whole]
    assert {passage.header for passage in passages} == {""}
    assert all(passage.header for passage in whole)
    encoded = encoder.encoded
    bare_index(bench.settings, encoder, bench.folder / "bare")
    assert encoder.encoded == encoded
    (bench.settings.index.with_name("papper") / MEMO).write_text("Norrby kommun\n\nEn annan text.")
    ingest([bench.settings.index.with_name("papper")], bench.settings, encoder)
    bare_index(bench.settings, encoder, bench.folder / "bare")
    assert encoder.encoded > encoded + 2


def test_the_llama_index_starter_gives_its_nearest_chunk_whole() -> None:
    texts = {name: text * 30 for name, text in PAPERS.items()}
    with llama_starter(texts, ToyEncoder()) as starter:
        assert isinstance(starter, FirstPassage)
        answer = starter.ask("Vilken avgift för sophämtning fastställs?")
    assert not answer.abstained
    (citation,) = answer.citations
    assert texts[citation.document][citation.start : citation.end] == citation.quote
    assert answer.answer == f"{citation.quote} [1]"
    assert len(citation.quote) > 1000
    assert 1 < len(answer.retrieved) <= 5


def test_a_starter_without_a_hit_abstains() -> None:
    answer = FirstPassage(lambda *_: []).ask("Vad?")
    assert answer.abstained
    assert answer.citations == ()


def test_each_variant_is_scored_beside_the_program(bench: Workbench) -> None:
    assert run(bench, "no-abstention", "words-alone") == ["ours", "words-alone", "no-abstention"]
    record = json.loads((bench.folder / "baselines.json").read_text())
    ours, words, always = record["variants"]
    assert ours["comparison"] is None
    assert ours["part"]["attempted"] == 2  # precedents have no baseline
    assert always["part"]["rates"]["abstention_recall"]["value"] == 0
    assert always["comparison"]["lost"] == ["paris"]
    assert words["part"]["rates"]["fact_recall"]["value"] == 1
    report = (bench.folder / "baselines.md").read_text()
    assert "# Baselines" in report
    assert "no longer right: paris" in report
    assert "Every question answered, 2 of 2" in report
    assert (
        "Of 2 questions 2 are answered (100%), 50% of these wrongly."
        in (bench.folder / "risk-coverage.svg").read_text()
    )
    rows = baselines_table(record).splitlines()
    assert len(rows) == 5
    assert rows[-1].startswith("| without abstention ")


def test_a_series_that_was_interrupted_goes_on(bench: Workbench) -> None:
    ticks: list[int] = []

    def stop() -> None:
        ticks.append(1)
        if len(ticks) == 5:
            raise KeyboardInterrupt

    only = ("words-alone", "no-abstention")
    with pytest.raises(KeyboardInterrupt):
        run(bench, *only, tick=stop)
    again: list[int] = []
    assert len(run(bench, *only, tick=lambda: again.append(1))) == 3
    assert len(ticks) + len(again) == 3 * 2  # nothing was asked twice, warming up aside
    finished: list[int] = []
    run(bench, *only, tick=lambda: finished.append(1))
    assert len(finished) == 6  # one that came to its end is asked anew


def test_what_cannot_be_used(bench: Workbench) -> None:
    with pytest.raises(UsageError, match="no variant none: the known ones are ours, words-alone, "):
        choose(["none"])
    with pytest.raises(UsageError, match="no questions among the cases"):
        run_baselines(bench.settings, CASES[2:], [], bench.folder, "2026-11-22")
