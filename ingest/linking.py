"""Linking: which units belong to one matter.

Links are taken in the order of how sure they are, and each only where it contradicts no surer one: two diarienummer are two
matters, unless a § names the other and both bear the same title. A wrong link is worse than a missing one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

from ingest.body_keys import FULLMÄKTIGE, rank, same_body
from ingest.mentions import dnr_key
from ingest.outcome import FINAL
from ingest.titles import TitleKey, is_procedure, overlap, recurs, title_key
from ingest.units import Reference, Unit

Key = tuple[str, str]
SAME_TITLE = 0.99  # share of the shorter title's words, for titles that say the same
ALIKE_TITLE = 0.5  # …, for titles that may name one matter when something else says so
RECURRING_DAYS = 120  # from proposal to decision of what comes back every year
MATTER_DAYS = 550  # between two steps of a matter known by its title only
INITIATIVE_DAYS = 1100  # …, when the title is a motion's or a citizen's proposal's
PAPER_DAYS = 400  # after the decision: the paper that was adopted, an extract of it
_PAPER_KINDS: Mapping[str, frozenset[str | None]] = {  # what a list of papers calls a paper, and the genres that may be
    "motion": frozenset({"motion"}),
    "medborgarförslag": frozenset({"medborgarförslag"}),
    "interpellation": frozenset({"interpellation"}),
    "tjänsteskrivelse": frozenset({"tjänsteskrivelse"}),
    "tjänsteutlåtande": frozenset({"tjänsteskrivelse", "tjänsteutlåtande"}),
}


class Matters:
    """Units grown together into matters; `dnrs` of a matter are those its units bear."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._parent: dict[Key, Key] = {}
        self._dnrs: dict[Key, frozenset[str]] = {}
        for unit in units:
            self._parent[unit.key] = unit.key
            self._dnrs[unit.key] = frozenset(filter(None, [dnr_key(unit.dnr)]))

    def of(self, key: Key) -> Key:
        root = key
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def join(self, one: Key, other: Key, despite_dnr: bool = False) -> None:
        """Make the matters of two units one, unless their diarienummer differ."""
        first, second = sorted((self.of(one), self.of(other)))
        dnrs = self._dnrs[first] | self._dnrs[second]
        if first != second and (len(dnrs) <= 1 or despite_dnr):
            self._parent[second] = first
            self._dnrs[first] = dnrs


def link(units: Sequence[Unit]) -> list[list[Unit]]:
    """The matters that the units make, each with its units by date; the order of `units` doesn't matter."""
    steps = sorted((unit for unit in units if not _of_the_meeting(unit)), key=lambda unit: unit.key)
    matters = Matters(steps)
    titles = {unit.key: title_key(unit.title) for unit in steps}
    scopes: dict[str | None, list[Unit]] = defaultdict(list)
    for unit in steps:
        scopes[unit.municipality].append(unit)
    for scope in scopes.values():
        for one, other in _same_dnr(scope):
            matters.join(one.key, other.key)
        for one, other in _extracts(scope):
            matters.join(one.key, other.key)
        named = list(_named(scope))
        for one, other, reference in named:
            alike = overlap(titles[one.key], titles[other.key])
            if reference.same or reference.how or alike >= ALIKE_TITLE:
                matters.join(one.key, other.key, despite_dnr=reference.same and alike >= SAME_TITLE)
        for one, other in _papers(scope, titles):
            matters.join(one.key, other.key)
        for one, other in _same_title(scope, titles):
            matters.join(one.key, other.key)
    found: dict[Key, list[Unit]] = defaultdict(list)
    for unit in steps:
        found[matters.of(unit.key)].append(unit)
    return [sorted(matter, key=in_time) for matter in found.values()]


def in_time(unit: Unit) -> tuple[str, int, int, Key]:
    """Orders the steps of a matter: by date, then lower bodies first; what has no date comes last."""
    number = int("".join(filter(str.isdigit, unit.number or "")) or 0)
    return unit.date or "9999", rank(unit.body) if unit.decision else 0, number, unit.key


def _of_the_meeting(unit: Unit) -> bool:
    return unit.paragraph is not None and is_procedure(unit.title)


def _same_dnr(units: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    by_dnr: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if key := dnr_key(unit.dnr):
            by_dnr[key].append(unit)
    for same in by_dnr.values():
        yield from pairwise(same)


def _extracts(units: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Two records of one decision: the same § of the same body on the same day."""
    by_place: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.decision and unit.date and unit.number:
            by_place[unit.date, unit.number].append(unit)
    for same in by_place.values():
        yield from (
            (one, other)
            for one, other in combinations(same, 2)
            if one.document != other.document and same_body(one.body, other.body)
        )


def decisions_named(units: Sequence[Unit]) -> Iterator[tuple[Unit, Unit, Reference]]:
    """Each unit with a decision it names by date and §, in one municipality."""
    by_place: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.decision and unit.date and unit.number:
            by_place[unit.date, unit.number].append(unit)
    for unit in units:
        for reference in unit.references:
            for other in by_place.get((reference.date, reference.paragraph or ""), ()):
                if other.key != unit.key and same_body(reference.body, other.body):
                    yield unit, other, reference


def _named(units: Sequence[Unit]) -> list[tuple[Unit, Unit, Reference]]:
    """The surest first: those that the words treat as earlier steps of the same matter."""
    return sorted(
        decisions_named(units), key=lambda found: (not found[2].same, not found[2].how, found[0].key, found[1].key)
    )


def _papers(units: Sequence[Unit], titles: Mapping[Key, TitleKey]) -> Iterator[tuple[Unit, Unit]]:
    """Each unit with a paper that it names by kind and date, where only one paper can be meant."""
    by_date: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.date and not unit.decision:
            by_date[unit.date].append(unit)
    for unit in units:
        for reference in unit.references:
            if reference.kind is None or not reference.same:
                continue
            genres = _PAPER_KINDS.get(reference.kind, frozenset({None, "e-post"}))
            meant = [
                other
                for other in by_date.get(reference.date, ())
                if other.key != unit.key
                and other.kind in genres
                and overlap(titles[unit.key], titles[other.key]) >= ALIKE_TITLE
            ]
            if len(meant) == 1:
                yield unit, meant[0]


def _same_title(units: Sequence[Unit], titles: Mapping[Key, TitleKey]) -> Iterator[tuple[Unit, Unit]]:
    """Units of the same title that follow each other as steps of one matter do."""
    by_title: dict[TitleKey, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.date and titles[unit.key].tells:
            by_title[titles[unit.key]].append(unit)
    for title, same in by_title.items():
        ordered = sorted(same, key=in_time)
        closed = False
        for one, other in pairwise(ordered):
            closed |= _closes(one)
            if _follows(one, other, title, closed):
                yield one, other
            elif not (dnr_key(one.dnr) and dnr_key(one.dnr) == dnr_key(other.dnr)):
                closed = False


def _closes(unit: Unit) -> bool:
    """Whether the matter ends here, for as much as one decision tells: granted, refused or answered by the council."""
    verdict = unit.verdict
    ends = verdict.outcome in FINAL or verdict.as_proposed or verdict.decides
    return unit.decision and not verdict.proposes and ends and rank(unit.body) == FULLMÄKTIGE


def _follows(one: Unit, other: Unit, title: TitleKey, closed: bool) -> bool:
    days = (_day(other) - _day(one)).days
    if closed:
        return days <= PAPER_DAYS and not other.decision and other.kind != "tjänsteskrivelse" and title.sort is None
    if title.sort:
        return days <= INITIATIVE_DAYS
    if recurs(one.title) or recurs(other.title):
        return days <= RECURRING_DAYS and (one.verdict.proposes or not one.decision) and other.decision
    return days <= MATTER_DAYS


def _day(unit: Unit) -> date:
    return date.fromisoformat(unit.date or "")
