"""Linking: how well the matters of an index agree with those that the invented archive was written from.

The truth, `_world/MATTERS.yaml` and `DOCUMENTS.yaml`, names for each § and paper the matter it belongs to, and for each step of a
matter what became of it. Two units are linked when they are steps of one matter.

    precision   linked pairs that belong to one matter / linked pairs
    recall      pairs that belong to one matter and are linked / pairs that belong to one matter
    outcome     matters whose outcome is the true one / matters, a matter being what holds most of its units
    steps       decisions whose outcome is the true one / decisions of which the truth tells it

The truth calls a paper adopted and a motion granted by one word, "bifall": `bifall` and `antagen` count as the same here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path, PurePosixPath
from typing import Any

from ingest.matters import Matter, Step
from ingest.outcome import Outcome

MINUTES = frozenset({"protokoll", "protokollsutdrag"})
_TRUE: Mapping[str, str] = {
    "bifall": "bifall",
    "bifall med ändring": "bifall",
    "bifall delvis": "bifall",
    "godkänd": "bifall",
    "antagen": "bifall",
    "avslag": "avslag",
    "återremiss": "återremiss",
    "bordläggning": "bordlagd",
    "besvarad": "besvarad",
}
Place = tuple[str, str | None]  # stem of the file, § of minutes


@dataclass(frozen=True)
class Truth:
    """What the archive was written from, for one split of its matters."""

    matter_of: Mapping[Place, str | None]  # None for what is of the meeting only, or of another split
    outcomes: Mapping[str, str | None]  # of each matter, as far as the archive's papers tell
    decisions: Mapping[Place, str | None]


@dataclass(frozen=True)
class Share:
    """How many of how many; the value is 1 where there is nothing to count."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 1.0


@dataclass(frozen=True)
class Linking:
    precision: Share
    recall: Share
    outcome: Share
    steps: Share


def read_truth(world: Path, split: str) -> Truth:
    """The truth of the matters of `split` ("dev" or "test")."""
    import yaml

    matters = yaml.safe_load((world / "MATTERS.yaml").read_text(encoding="utf-8"))
    documents = yaml.safe_load((world / "DOCUMENTS.yaml").read_text(encoding="utf-8"))
    wanted = {matter["id"] for matter in matters if matter["split"] == split}
    minutes = {document["id"] for document in documents if document["genre"] == "protokoll"}
    decided = {document["id"] for document in documents if document["genre"] in MINUTES}
    chosen = [matter for matter in matters if matter["id"] in wanted]
    return Truth(
        {place: matter if matter in wanted else None for place, matter in _places(documents)},
        {matter["id"]: _outcome(matter) for matter in chosen},
        {
            place: _TRUE.get(step.get("utfall"))
            for matter in chosen
            for step in matter["kedja"]
            if step.get("paragraf")
            for place in _decisions(step, minutes)
            if place[0] in decided
        },
    )


def measure(matters: Sequence[Matter], truth: Truth) -> Linking:
    """The measures of the docstring above, over the places that `truth` knows."""
    places = [(place(step), matter) for matter in matters for step in matter.steps]
    true = {where: truth.matter_of[where] for where, _ in places if truth.matter_of.get(where)}
    linked = {
        frozenset(pair)
        for matter in matters
        for pair in combinations(map(place, matter.steps), 2)
        if any(where in true for where in pair)
    }
    right = {frozenset(pair) for pair in combinations(true, 2) if true[pair[0]] == true[pair[1]]}
    holding: dict[str, list[Matter]] = {}
    for where, matter in places:
        if where in true:
            holding.setdefault(str(true[where]), []).append(matter)
    main = {name: max(found, key=lambda matter: (found.count(matter), matter.id)) for name, found in holding.items()}
    steps = {place(step): step.outcome for matter in matters for step in matter.steps}
    decisions = {where: outcome for where, outcome in truth.decisions.items() if where in steps}
    return Linking(
        Share(len(linked & right), len(linked)),
        Share(len(linked & right), len(right)),
        Share(sum(_same(matter.outcome, truth.outcomes[name]) for name, matter in main.items()), len(main)),
        Share(sum(_same(steps[where], outcome) for where, outcome in decisions.items()), len(decisions)),
    )


def place(step: Step) -> Place:
    """Where the truth looks for a step."""
    return PurePosixPath(step.document).stem, step.paragraph


def _places(documents: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Place, str | None]]:
    for document in documents:
        if document["genre"] == "protokoll":
            for paragraph in document["paragrafer"]:
                yield (document["id"], str(paragraph["par"])), paragraph.get("ärende")
        elif len(document["ärenden"]) == 1:
            yield (document["id"], None), document["ärenden"][0]


def _decisions(step: Mapping[str, Any], minutes: set[str]) -> Iterator[Place]:
    for document in step["dokument"]:
        yield document, str(step["paragraf"]) if document in minutes else None


def _outcome(matter: Mapping[str, Any]) -> str | None:
    """That of the last deciding step of the highest body, among the steps that the archive holds a paper of."""
    steps = [(step["organ"] == "KF", _TRUE.get(step.get("utfall"))) for step in matter["kedja"] if step["dokument"]]
    deciding = [(council, outcome) for council, outcome in steps if outcome and outcome != "bordlagd"]
    highest = any(council for council, _ in deciding)
    return next((outcome for council, outcome in reversed(deciding) if council == highest), None)


def _same(found: Outcome | None, true: str | None) -> bool:
    return (Outcome.BIFALL.value if found is Outcome.ANTAGEN else found) == true
