"""Nearness: how near is near enough. Each encoder squeezes its cosines into a range of its own, so this is known for some only.

The numbers are read from `nearness.json`; `radslag near evals/cases/dev --out assistant/nearness.json`
measures the encoder in use and writes them anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from assistant.model import Language

FILE = "nearness.json"
COVERAGE_WORTH = 0.04  # what all of the question's words in place are worth, as cosine


@dataclass(frozen=True)
class Nearness:
    """The least cosines of one encoder that count as near, words in common counted in (`COVERAGE_WORTH`)."""

    matter: float  # of the nearest passage of earlier matters, for any to be like the one described
    topic: float  # of a sentence on the topic of a question
    # of a sentence in either language and the Swedish words it rests on, both encoded as questions
    statement: Mapping[Language, float] | None = None


def nearness_of(fingerprint: str) -> Nearness | None:
    """The nearness of the encoder with this fingerprint, or None when it hasn't been measured."""
    return known().get(name_of(fingerprint))


def name_of(fingerprint: str) -> str:
    """The encoder that a fingerprint is of, whatever its version and precision."""
    return fingerprint.partition("@")[0]


@cache
def known() -> Mapping[str, Nearness]:
    """The nearness of each encoder that has been measured."""
    read = json.loads((files("assistant") / FILE).read_text(encoding="utf-8"))
    return {name: Nearness(**values) for name, values in read.items()}


def render(measured: Mapping[str, Nearness]) -> str:
    """What `nearness.json` holds."""
    return json.dumps({name: asdict(values) for name, values in measured.items()}, indent=2) + "\n"
