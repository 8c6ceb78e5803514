"""What is kept of an ingest: while it goes on, when it has ended, when it was cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.chain import Step, ingest
from ingest.model import IngestReport
from ingest.registry import Registry
from ingest.runs import KEPT, Runs, runs_of
from ingest.settings import Settings
from ingest.store import REGISTRY_FILE
from tests.encoders import ToyEncoder

pytestmark = pytest.mark.slow

TEXT = "Avgift för bad\n\nAvgiften för badet är 50 kronor.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "papper"
    root.mkdir()
    for name in ("a.txt", "b.txt"):
        (root / name).write_text(TEXT, encoding="utf-8")
    return root


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index")


def runs(settings: Settings) -> Runs:
    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        return runs_of(registry, settings.index)


def test_a_run_that_has_ended_is_kept_with_its_report(folder: Path, settings: Settings) -> None:
    (folder / "c.txt").write_text("", encoding="utf-8")
    report = ingest([folder], settings, ToyEncoder())
    assert len(report.failed) == 1
    found = runs(settings)
    assert found.going is None
    assert [(run.paths, run.report) for run in found.ended] == [((str(folder),), report)]
    assert found.ended[0].ended.endswith("+00:00")


def test_a_run_is_seen_while_it_goes_on(folder: Path, settings: Settings) -> None:
    seen: list[Runs] = []

    def progress(steps: Iterator[Step], total: int) -> Iterator[Step]:
        assert total == 2
        for step in steps:
            seen.append(runs(settings))
            yield step

    ingest([folder], settings, ToyEncoder(), progress)
    going = [each.going for each in seen if each.going]
    assert [(each.done, each.total, each.document, each.cut_off) for each in going] == [
        (0, 2, "a.txt", False),
        (1, 2, "b.txt", False),
    ]
    assert all(each.ended == () for each in seen)
    assert runs(settings).going is None


def test_a_run_that_was_cut_off_is_told_until_the_next(folder: Path, settings: Settings) -> None:
    def stopped(steps: Iterator[Step], _: int) -> Iterator[Step]:
        yield next(steps)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([folder], settings, ToyEncoder(), stopped)
    going = runs(settings).going
    assert going is not None
    assert (going.cut_off, going.total) == (True, 2)
    ingest([folder], settings, ToyEncoder())
    assert runs(settings).going is None


def test_a_run_over_other_paths_leaves_what_failed_in_the_earlier_one(folder: Path, settings: Settings) -> None:
    (folder / "c.txt").write_text("", encoding="utf-8")
    ingest([folder], settings, ToyEncoder())
    other = folder.parent / "annat"
    other.mkdir()
    (other / "d.txt").write_text(TEXT, encoding="utf-8")
    ingest([other], settings, ToyEncoder())
    assert [len(run.report.failed) for run in runs(settings).ended] == [0, 1]
    ingest([folder], settings, ToyEncoder())
    newest = runs(settings).ended
    assert [run.paths for run in newest] == [(str(folder),), (str(other),)]
    assert isinstance(newest[0].report, IngestReport)
    assert newest[0].report.unchanged == 2


def test_only_the_last_runs_are_kept(folder: Path, settings: Settings) -> None:
    for number in range(KEPT + 2):
        name = folder / f"{number}.txt"
        name.write_text(TEXT, encoding="utf-8")
        ingest([name], settings, ToyEncoder())
    assert len(runs(settings).ended) == KEPT
