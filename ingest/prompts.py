"""Prompts: the words that tell a model whether it reads a question or a passage."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from ingest.settings import Settings


@dataclass(frozen=True)
class Prompts:
    """Texts put before each question and each passage; empty for a model that wants none."""

    query: str
    passage: str


def chosen_prompts(settings: Settings, own: Prompts) -> Prompts:
    """The prompts that the settings give, and the model's `own` where they give none."""
    return Prompts(
        own.query if settings.query_prompt is None else settings.query_prompt,
        own.passage if settings.passage_prompt is None else settings.passage_prompt,
    )


def with_prompts(identity: str, settings: Settings) -> str:
    """A model's fingerprint; prompts other than its own change what its vectors mean, so they become part of it."""
    if settings.query_prompt is None and settings.passage_prompt is None:
        return identity
    words = json.dumps([settings.query_prompt, settings.passage_prompt])
    return f"{identity}/prompts-{hashlib.sha256(words.encode()).hexdigest()[:12]}"
