"""Notes: what the reader is told when a model didn't word the answer, or not all of what it wrote is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.llm.client import Failure
from assistant.model import Language


@dataclass(frozen=True)
class Notes:
    """The words of one language. `{…}` is filled in by the caller."""

    failures: Mapping[Failure, str]
    declined: str
    unverified: str
    extractive: str  # comes after one of those above
    dropped_one: str
    dropped: str
    broke_off: str


NOTES: Mapping[Language, Notes] = {
    "sv": Notes(
        failures={
            Failure.TIMEOUT: "Språkmodellen hann inte svara.",
            Failure.UNREACHABLE: "Språkmodellen går inte att nå.",
            Failure.BROKEN: "Förbindelsen med språkmodellen bröts.",
            Failure.BUSY: "Språkmodellen är upptagen.",
            Failure.TOO_LONG: "Underlaget är för långt för språkmodellen.",
            Failure.REFUSED: "Språkmodellen tog inte emot frågan.",
            Failure.SERVER: "Det blev fel hos språkmodellen.",
            Failure.MALFORMED: "Språkmodellens svar gick inte att läsa.",
            Failure.EMPTY: "Språkmodellen gav inget svar.",
            Failure.FILTERED: "Språkmodellens svar hölls inne av ett filter.",
        },
        declined="Språkmodellen fann inget svar i underlaget.",
        unverified="Det språkmodellen skrev gick inte att belägga.",
        extractive="Svaret ges i handlingarnas egna ord.",
        dropped_one="En mening från språkmodellen ströks, eftersom den inte gick att belägga.",
        dropped="{count} meningar från språkmodellen ströks, eftersom de inte gick att belägga.",
        broke_off="Språkmodellen blev avbruten. Det som hann kontrolleras visas.",
    ),
    "en": Notes(
        failures={
            Failure.TIMEOUT: "The language model did not answer in time.",
            Failure.UNREACHABLE: "The language model cannot be reached.",
            Failure.BROKEN: "The connection to the language model broke off.",
            Failure.BUSY: "The language model is busy.",
            Failure.TOO_LONG: "The evidence is too long for the language model.",
            Failure.REFUSED: "The language model did not take the question.",
            Failure.SERVER: "Something went wrong at the language model.",
            Failure.MALFORMED: "The language model’s reply could not be read.",
            Failure.EMPTY: "The language model gave no answer.",
            Failure.FILTERED: "The language model’s reply was held back by a filter.",
        },
        declined="The language model found no answer in the evidence.",
        unverified="What the language model wrote could not be verified.",
        extractive="The answer is given in the documents’ own words.",
        dropped_one="One sentence of the language model was left out because it could not be verified.",
        dropped="{count} sentences of the language model were left out because they could not be verified.",
        broke_off="The language model was cut off. What could be verified until then is shown.",
    ),
}


def instead(language: Language, reason: Failure | str) -> str:
    """Why the answer is extractive; a reason that is no failure is `declined` or `unverified` as `Notes` words it."""
    notes = NOTES[language]
    return f"{notes.failures[reason] if isinstance(reason, Failure) else reason} {notes.extractive}"


def left_out(language: Language, count: int, broke_off: bool) -> str | None:
    """What isn't shown of the model's reply; None when nothing is missing."""
    notes = NOTES[language]
    said = [notes.broke_off] if broke_off else []
    if count:
        said.append(notes.dropped_one if count == 1 else notes.dropped.format(count=count))
    return " ".join(said) or None
