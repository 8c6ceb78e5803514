"""Matters against the truth: what counts, on an example to redo by hand, and how well the invented archive is linked."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from evals.linking import Linking, Truth, measure, read_truth
from ingest.errors import DocumentError
from ingest.matters import Matter, Role, Step
from ingest.model import Status
from ingest.outcome import Outcome
from ingest.parse import parse
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.sources import find_sources
from tests.encoders import without_vectors

ARCHIVE = Path(__file__).parents[2] / "corpus" / "exempelkommun"


def step(document: str, paragraph: str | None = None, outcome: Outcome | None = None) -> Step:
    return Step(document, paragraph, paragraph, None, None, None, Role.BESLUT, Status.BESLUT, outcome)


def matter(name: str, outcome: Outcome | None, *steps: Step) -> Matter:
    return Matter(name, None, None, None, outcome, steps)


def test_pairs_and_outcomes_are_counted() -> None:
    matters = [
        matter("a", Outcome.ANTAGEN, step("x/memo.txt"), step("x/kf.txt", "1", Outcome.ANTAGEN), step("x/kf.txt", "2")),
        matter("b", Outcome.AVSLAG, step("x/rules.txt")),
        matter("c", None, step("x/kf.txt", "3")),
    ]
    truth = Truth(
        {("memo", None): "M1", ("kf", "1"): "M1", ("rules", None): "M1", ("kf", "2"): None, ("kf", "3"): "M2"},
        {"M1": "bifall", "M2": "avslag"},
        {("kf", "1"): "bifall", ("kf", "3"): "avslag", ("gone", None): "bifall"},
    )
    found = measure(matters, truth)
    assert (found.precision.hits, found.precision.of) == (1, 3)  # memo-1 of memo-1, memo-2, 1-2
    assert (found.recall.hits, found.recall.of) == (1, 3)  # memo-1 of memo-1, memo-rules, 1-rules
    assert (found.outcome.hits, found.outcome.of) == (1, 2)  # M1 is held by a; c says nothing of M2
    assert (found.steps.hits, found.steps.of) == (1, 2)


def test_nothing_to_link_is_no_fault() -> None:
    assert measure([], Truth({}, {}, {})).precision.value == 1


@pytest.fixture(scope="module")
def matters(tmp_path_factory: pytest.TempPathFactory) -> list[Matter]:
    settings = Settings()
    with Registry.open(tmp_path_factory.mktemp("index") / "registry.sqlite3", create=True) as registry:
        with registry.transaction():
            for source in find_sources([ARCHIVE], set(), settings.ignore).files:
                with suppress(DocumentError):  # the scan, where Tesseract isn't installed
                    document, passages = parse(source, settings, "1")
                    registry.put(document, str(source.root), "1", passages, without_vectors(passages))
            registry.matters.link()
        return registry.matters.all()


@pytest.mark.slow
@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_invented_archive_is_linked_right(matters: list[Matter], split: str) -> None:
    found: Linking = measure(matters, read_truth(ARCHIVE / "_world", split))
    assert found.precision.value >= 0.97
    assert found.recall.value >= 0.85
    assert found.outcome.value >= 0.9
    assert found.steps.value >= 0.9
