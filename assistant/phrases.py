"""The fixed phrases an extractive answer is framed with, in Swedish and English: all the words that are ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from assistant.model import Language
from ingest.model import Status


@dataclass(frozen=True)
class Phrases:
    """Words around quotes; `{…}` is filled in by the caller."""

    status: dict[Status, str]  # what opens a statement of that standing; empty for plain information
    decided_on: str  # opens a decision whose day or § is asked for
    uncertain: str  # opens an answer that may be beside the point
    yes: str
    no: str
    differing: str  # two sources give different figures
    only_proposed: str
    put_off: str  # the same, where the matter was sent back or put off
    condition: str
    no_answer_to: str  # of several things asked for, one that isn't answered
    not_answered: str
    nothing: str
    missing: str  # the question names something that the nearest words don't
    private: str
    fact_missing: str
    no_such_decision: str  # the question takes a decision for granted that the nearest matter doesn't know
    fact_missing_of: str  # the same, with what the question names and the nearest words don't
    outside_period: str
    outside_municipality: str
    outside_filter: str
    searched: str
    searched_one: str
    filtered: str
    dated: str
    dated_period: str
    undated: str
    nearest: str
    no_match: str
    no_match_together: str
    did_you_mean: str
    known_values: str
    in_all: str
    nothing_alike: str


PHRASES: dict[Language, Phrases] = {
    "sv": Phrases(
        status={
            Status.FÖRSLAG: "Förslag: ",
            Status.BESLUT: "Beslut: ",
            Status.YTTRANDE: "Ur ett yttrande: ",
            Status.MOTION: "Ur en motion: ",
            Status.INFORMATION: "",
            Status.OKÄND: "",
        },
        decided_on="Beslutat {when}: ",
        uncertain="Osäkert: detta är det närmaste som står i dokumenten.",
        only_proposed="Detta är ett förslag; något beslut finns inte bland dokumenten.",
        yes="Ja.",
        no="Nej.",
        differing="Källorna skiljer sig åt; det framgår inte vilken av uppgifterna som stämmer.",
        put_off="Förslaget är inte antaget: ärendet är inte avgjort i dokumenten.",
        condition="Villkor: ",
        no_answer_to="Inget svar hittades på ”{what}”.",
        not_answered="Dokumenten svarar inte på den frågan.",
        nothing="Inget i dem tycks handla om just detta.",
        missing="Inget avsnitt som liknar frågan nämner {what}.",
        private="Den gäller någons privatliv, och sådant lämnas inte ut här.",
        fact_missing="Ämnet finns i dokumenten, men inte den uppgiften.",
        no_such_decision="Ämnet finns i dokumenten, men i det ärende som ligger närmast finns inget sådant beslut.",
        fact_missing_of="Ämnet finns i dokumenten, men inget avsnitt som liknar frågan nämner {what}.",
        outside_period="Frågan gäller {what}, utanför den tid som dokumenten är från.",
        outside_municipality="Frågan gäller {what}, men inget av dokumenten kommer därifrån.",
        outside_filter="Frågan gäller {what}, som filtret utesluter.",
        searched="Genomsökt: {documents} dokument",
        searched_one="Genomsökt: 1 dokument",
        filtered=" med filtret {filters}",
        dated=", daterade {first}",
        dated_period=", daterade {first} till {last}",
        undated=", {undated} utan datum",
        nearest="Närmast: {where}.",
        no_match="Inget dokument motsvarar filtret {filters}.",
        no_match_together="Var för sig finns värdena, men inte tillsammans.",
        did_you_mean="Menade du {values}?",
        known_values="Värden för {key}: {values}.",
        in_all="({count} i allt)",
        nothing_alike="Inget tidigare ärende liknar detta.",
    ),
    "en": Phrases(
        status={
            Status.FÖRSLAG: "Proposed: ",
            Status.BESLUT: "Decided: ",
            Status.YTTRANDE: "From a statement of opinion: ",
            Status.MOTION: "From a motion: ",
            Status.INFORMATION: "The document says: ",
            Status.OKÄND: "The document says: ",
        },
        decided_on="Decided on {when}: ",
        uncertain="Uncertain: this is the nearest that the documents say.",
        only_proposed="This is a proposal; no decision was found among the documents.",
        yes="Yes.",
        no="No.",
        differing="The sources differ; which of the figures is right doesn’t appear.",
        put_off="The proposal is not adopted: the matter is not settled in the documents.",
        condition="On condition: ",
        no_answer_to="No answer was found to “{what}”.",
        not_answered="The documents do not answer that question.",
        nothing="Nothing in them seems to be about just this.",
        missing="No passage like the question mentions {what}.",
        private="It is about somebody’s private life, which is not told here.",
        fact_missing="The topic is in the documents, but not this fact.",
        no_such_decision="The topic is in the documents, but the nearest matter holds no such decision.",
        fact_missing_of="The topic is in the documents, but no passage like the question mentions {what}.",
        outside_period="The question is about {what}, outside the period that the documents are from.",
        outside_municipality="The question is about {what}, and none of the documents comes from there.",
        outside_filter="The question is about {what}, which the filter leaves out.",
        searched="Searched: {documents} documents",
        searched_one="Searched: 1 document",
        filtered=" with the filter {filters}",
        dated=", dated {first}",
        dated_period=", dated {first} to {last}",
        undated=", {undated} without a date",
        nearest="Nearest: {where}.",
        no_match="No document matches the filter {filters}.",
        no_match_together="Each of the values is there, but not together.",
        did_you_mean="Did you mean {values}?",
        known_values="Values of {key}: {values}.",
        in_all="({count} in all)",
        nothing_alike="No earlier matter is like this.",
    ),
}


def is_warning(line: str, language: Language) -> bool:
    """Whether a line of an answer is one of those that say what it lacks."""
    phrases = PHRASES[language]
    whole = (phrases.uncertain, phrases.only_proposed, phrases.put_off, phrases.differing)
    return line in whole or is_unanswered(line, language)


def is_unanswered(line: str, language: Language) -> bool:
    """Whether a line of an answer names a part of the question that nothing answers."""
    return line.startswith(PHRASES[language].no_answer_to.partition("{")[0])


SHOWN_CHARS = 60  # of each value in a list: what a user or a document wrote may be long


def listed(values: Sequence[str], at_most: int = 4) -> str:
    """The values with commas, a few at most."""
    shown = ", ".join(shorten(value, SHOWN_CHARS, placeholder="…") or value[:SHOWN_CHARS] for value in values[:at_most])
    return f"{shown} …" if len(values) > at_most else shown or "–"
