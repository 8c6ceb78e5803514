"""Unanswered: what is said instead of an answer: why there is none, and what was searched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from textwrap import shorten

from assistant.abstain import TOPIC_COVERAGE, Reason, Verdict
from assistant.evidence import Evidence
from assistant.fitted import Signals
from assistant.model import MAX_ANSWER_CHARS, Language
from assistant.municipalities import elsewhere
from assistant.nearness import COVERAGE_WORTH, Nearness
from assistant.phrases import PHRASES, SHOWN_CHARS, listed
from assistant.places import place_parts
from assistant.question import Ask
from ingest.filters import Coverage, Unknown
from ingest.model import Status
from ingest.registry import Found

VALUES_SHOWN = 8  # of those a filter may have
PLACE_CHARS = 100  # of a title or heading
_YEAR = re.compile(r"((?:19|20)\d\d)(?:-\d\d-\d\d)?")


def unanswered(
    language: Language,
    ask: Ask,
    verdict: Verdict,
    evidence: Sequence[Evidence],
    coverage: Coverage,
    filters: Mapping[str, str] | None = None,
    nearness: Nearness | None = None,
    everything: Coverage | None = None,
) -> str:
    """Why the question gets no answer, and what was searched, in at most `MAX_ANSWER_CHARS` characters.

    The reason is one of four: a person's private life is asked about; the question is about another period or municipality than the documents are from; its topic is there
    but not the fact asked for, and then the nearest place is named; or nothing in the documents is about it. `nearness` is the encoder's. `coverage` is of
    what `filters` let through, `everything` of all documents (None: the same).
    """
    phrases = PHRASES[language]
    missing = evidence[0].missing if evidence else (*ask.names, *ask.numbers)
    there = bool(evidence) and verdict.reason is not Reason.PRIVATE and _on_topic(evidence[0].signals, nearness)
    said = [phrases.not_answered]
    everything = everything or coverage
    if beyond := _years_beyond(missing, everything):
        said.append(phrases.outside_period.format(what=listed(beyond)))
    if others := elsewhere(ask.own_text, missing, everything.municipalities):
        said.append(phrases.outside_municipality.format(what=listed(others)))
    if filters and (left_out := _left_out(ask, missing, coverage, {*beyond, *others})):
        said.append(phrases.outside_filter.format(what=listed(left_out)))
    outside = len(said) > 1
    if not outside:
        nowhere = [each for each in verdict.missing if all(each in item.missing for item in evidence)]
        said += _reason(language, verdict, there, nowhere)
    said.append(searched(language, coverage, filters))
    if there and not outside:
        held = [item for item in evidence if not item.missing] or evidence
        decided = [item for item in held if item.found.passage.status is Status.BESLUT]
        nearest = (decided if verdict.reason is Reason.NO_SUCH_DECISION and decided else held)[0]
        said.append(phrases.nearest.format(where=_where(nearest.found)))
    while len(" ".join(said)) > MAX_ANSWER_CHARS:
        said.pop()
    return " ".join(said)


def _reason(language: Language, verdict: Verdict, there: bool, nowhere: Sequence[str]) -> list[str]:
    """The reason of a verdict; of what it misses, some may be `nowhere` among the evidence."""
    phrases, what = PHRASES[language], listed(nowhere)
    if verdict.reason is Reason.PRIVATE:
        return [phrases.private]
    if verdict.reason is Reason.MISSING_NAME and nowhere:
        return (
            [phrases.fact_missing_of.format(what=what)]
            if there
            else [phrases.nothing, phrases.missing.format(what=what)]
        )
    topic = phrases.no_such_decision if verdict.reason is Reason.NO_SUCH_DECISION else phrases.fact_missing
    return [topic if there else phrases.nothing]


def _on_topic(signals: Signals, nearness: Nearness | None) -> bool:
    if nearness is None:
        return signals.around >= TOPIC_COVERAGE
    return signals.likeness + COVERAGE_WORTH * signals.around >= nearness.topic


def searched(language: Language, coverage: Coverage, filters: Mapping[str, str] | None = None) -> str:
    """What was searched: how many documents, whose, from when to when, and how many have no date."""
    phrases = PHRASES[language]
    line = phrases.searched_one if coverage.documents == 1 else phrases.searched.format(documents=coverage.documents)
    if filters:
        line += phrases.filtered.format(filters=filters_said(filters))
    if coverage.municipalities:
        line += f" ({listed(coverage.municipalities)})"
    if coverage.first_date:
        dated = phrases.dated if coverage.first_date == coverage.last_date else phrases.dated_period
        line += dated.format(first=coverage.first_date, last=coverage.last_date)
    if coverage.undated:
        line += phrases.undated.format(undated=coverage.undated)
    return f"{line}."


def no_match(language: Language, filters: Mapping[str, str], unknown: Sequence[Unknown]) -> str:
    """That no document matches the filters, with what may have been meant and the values there are."""
    phrases = PHRASES[language]
    said = [phrases.no_match.format(filters=filters_said(filters))]
    for each in unknown:
        if each.alike:
            said.append(phrases.did_you_mean.format(values=listed([f"{each.key}={value}" for value in each.alike])))
        if each.known:
            values = listed(each.known, VALUES_SHOWN)
            if len(each.known) > VALUES_SHOWN:
                values = f"{values} {phrases.in_all.format(count=len(each.known))}"
            said.append(phrases.known_values.format(key=each.key, values=values))
    if not unknown:
        said.append(phrases.no_match_together)
    while len(" ".join(said)) > MAX_ANSWER_CHARS:
        said.pop()
    return " ".join(said)


def filters_said(filters: Mapping[str, str]) -> str:
    """The filters as they are typed."""
    return ", ".join(f"{key}={shorten(value, SHOWN_CHARS, placeholder='…')}" for key, value in filters.items())


def _left_out(ask: Ask, missing: Sequence[str], coverage: Coverage, known: Set[str]) -> list[str]:
    """The years and municipalities among what is missing that the filters shut out, but for those `known` to be nowhere."""
    out = (*_years_beyond(missing, coverage), *elsewhere(ask.own_text, missing, coverage.municipalities))
    return [each for each in out if each not in known]


def _years_beyond(missing: Sequence[str], coverage: Coverage) -> list[str]:
    """The years among what is missing that lie before or after all documents with a date."""
    if not coverage.first_date or not coverage.last_date:
        return []
    years = [match[1] for number in missing if (match := _YEAR.fullmatch(number))]
    return [year for year in dict.fromkeys(years) if not coverage.first_date[:4] <= year <= coverage.last_date[:4]]


def _where(found: Found) -> str:
    """A place to look up: the document's title, body and date, the § and headings, and the document itself."""
    about, passage = found.about, found.passage
    title = about.title or ""
    known = (
        title,
        *(each for each in (about.body, about.date) if each and each.casefold() not in title.casefold()),
        *place_parts(about.title, passage.paragraph, passage.section),
    )
    return f"{', '.join(shorten(each, PLACE_CHARS, placeholder=' …') for each in known if each)} ({passage.document})"
