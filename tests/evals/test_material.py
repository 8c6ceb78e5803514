"""Training material is read whole or refused by its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.material import load
from ingest.errors import UsageError

MATERIAL = Path(__file__).parents[2] / "evals" / "training"
MATTER: dict[str, Any] = {
    "id": "one",
    "units": [{"header": "A", "sentences": ["Avgiften är 50 kronor.", "Den höjs."]}],
    "questions": [
        {"lang": "sv", "q": "Vad kostar det?", "kind": "amount", "answers": [[0, 0]], "partial": [[0, 0], [0, 1]]}
    ],
}


def written(folder: Path, *matters: dict[str, Any]) -> Path:
    (folder / "some.jsonl").write_text("\n".join(map(json.dumps, matters)), encoding="utf-8")
    return folder


def test_what_answers_does_not_merely_help(tmp_path: Path) -> None:
    (matter,) = load(written(tmp_path, MATTER))
    (ask,) = matter.asks
    assert (sorted(ask.answers), sorted(ask.helps)) == ([(0, 0)], [(0, 1)])
    assert list(matter.places) == [(0, 0), (0, 1)]


def test_a_place_that_is_not_there_is_refused_by_its_line(tmp_path: Path) -> None:
    wrong = {**MATTER, "id": "two", "questions": [{**MATTER["questions"][0], "answers": [[0, 2]]}]}
    with pytest.raises(UsageError, match=r"some\.jsonl:2: .*sentences that are not there: \[\(0, 2\)\]"):
        load(written(tmp_path, MATTER, wrong))


def test_an_id_that_was_there_already_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=":2: a matter one was there already"):
        load(written(tmp_path, MATTER, MATTER))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no training material"):
        load(tmp_path)


def test_the_material_of_the_project_asks_both_languages_and_what_is_not_told() -> None:
    asks = [ask for matter in load(MATERIAL) for ask in matter.asks]
    english = sum(ask.language == "en" for ask in asks) / len(asks)
    untold = sum(not ask.answers for ask in asks) / len(asks)
    assert 0.45 < english < 0.55
    assert 0.15 < untold < 0.25
