"""The fixed phrases an extractive answer is framed with, in Swedish and English: all the words that are ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model import Language
from ingest.model import Status


@dataclass(frozen=True)
class Phrases:
    """Words around quotes; `{…}` is filled in by the caller."""

    status: dict[Status, str]  # what opens a statement of that standing; empty for plain information
    only_proposed: str
    condition: str
    not_answered: str
    missing: str  # the question names something that the nearest words don't
    fact_missing: str
    searched: str
    searched_date: str
    searched_period: str
    nearest: str


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
        only_proposed="Detta är ett förslag; något beslut finns inte bland dokumenten.",
        condition="Villkor: ",
        not_answered="Dokumenten svarar inte på den frågan.",
        missing="Inget avsnitt som liknar frågan nämner {what}.",
        fact_missing="Ämnet finns i dokumenten, men inte den uppgiften.",
        searched="Genomsökt: {documents} dokument ({municipalities}).",
        searched_date="Genomsökt: {documents} dokument ({municipalities}), daterade {first}.",
        searched_period="Genomsökt: {documents} dokument ({municipalities}), daterade {first} till {last}.",
        nearest="Närmast: {title}.",
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
        only_proposed="This is a proposal; no decision was found among the documents.",
        condition="On condition: ",
        not_answered="The documents do not answer that question.",
        missing="No passage like the question mentions {what}.",
        fact_missing="The topic is in the documents, but not this fact.",
        searched="Searched: {documents} documents ({municipalities}).",
        searched_date="Searched: {documents} documents ({municipalities}), dated {first}.",
        searched_period="Searched: {documents} documents ({municipalities}), dated {first} to {last}.",
        nearest="Nearest: {title}.",
    ),
}


def listed(values: Sequence[str]) -> str:
    """The values with commas, a few at most."""
    shown = ", ".join(values[:4])
    return f"{shown} …" if len(values) > 4 else shown or "–"
