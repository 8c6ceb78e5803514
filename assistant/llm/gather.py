"""Gather: the evidence of a question as numbered sources, what the extractive answer rests on first, then the next best."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.answer import Draft, conditions, head_of, most_statements, told
from assistant.evidence import Evidence
from assistant.llm.source import Block, Source
from assistant.question import Ask
from ingest.model import Sentence
from ingest.registry import Found

MAX_BLOCKS = 8  # passages shown: the right sentence is among the first ones, or nowhere
ANSWERS_WITHIN = 3.0  # a sentence answers when its score, a log-probability, is this near that of the best one
ANSWERS_FITS = 0.5  # and holds the sort of thing asked for this surely

# Words to a machine instead of a reader. A paper with such words keeps its others.
ORDERS = re.compile(
    r"\b(?:ignor\w+|disregard\w*|forget\w*|bortse|glöm\w*|strunta|åsidosätt\w*)\b[^.!?]{0,60}\b(?:instructions?|instruktion\w*|rules|regler\w*|prompts?|anvisning\w*|ovanstående|above|previous|tidigare|källor\w*|sources)\b"
    r"|\b(?:system|developer|assistant)[ -]?(?:prompt|message|override|meddelande)\b|\[/?(?:SYSTEM|INST|ASSISTANT|USER)\]|<\|?/?(?:system|im_start|im_end|assistant|user)\b"
    r"|\b(?:you are|act as|du är|agera som)\b[^.!?]{0,30}\b(?:AI|assistant|assistent\w*|språkmodell\w*|language model|chatbot|chatt?bot)\b"
    r"|\b(?:AI|språkmodell\w*|language models?|chatbot\w*|assistenten|the assistant)\b[^.!?]{0,40}\b(?:ska svara|måste svara|svarar alltid|must (?:answer|reply|say)|should (?:answer|reply|say)|shall answer)\b"
    r"|\b(?:svara|reply|answer|respond|skriv|write)\b (?:alltid|bara|endast|only|always|instead|istället|i stället)\b",
    re.IGNORECASE,
)

PassagesOf = Callable[[str], Sequence[Found]]
TextOf = Callable[[str], str | None]


@dataclass(frozen=True)
class Gathered:
    """`blocks` in order of rank; `conditions` are what the decisions and proposals in them hang on."""

    blocks: tuple[Block, ...]
    conditions: tuple[Source, ...]


def gather(answered: Sequence[tuple[Ask, Sequence[Evidence]]], text_of: TextOf, passages_of: PassagesOf) -> Gathered:
    """The evidence of each ask that is answered (best first, not empty), in sources."""
    most = most_statements(answered)
    passages: dict[str, Found] = {}
    aims: dict[tuple[str, Sentence], set[int]] = {}
    hanging: dict[tuple[str, Sentence], Found] = {}
    rankings: list[list[Found]] = []
    for number, (ask, evidence) in enumerate(answered):
        extractive = told(ask, evidence, most, passages_of)
        for found, sentences in extractive:
            for sentence in sentences:
                aims.setdefault((found.passage.id, sentence), set()).add(number)
        for item in evidence:
            if _answers(item, evidence[0]):
                aims.setdefault((item.found.passage.id, item.sentence), set()).add(number)
        first = evidence[0].found
        laid_down = [found for found, _ in conditions(first, passages_of(first.passage.document))]
        rankings.append([*(found for found, _ in extractive), *laid_down, *(item.found for item in evidence)])
    for several in zip_longest(*rankings):
        for found in several:
            if found is not None and len(passages) < MAX_BLOCKS:
                passages.setdefault(found.passage.id, found)
    for found in passages.values():
        for where, sentence in conditions(found, passages_of(found.passage.document)):
            hanging.setdefault((where.passage.id, sentence), where)
    blocks = []
    for found in passages.values():
        sources = []
        for sentence in found.passage.sentences:
            source = _source(found, sentence, text_of, passages_of)
            if source is None:
                continue
            key = (found.passage.id, sentence)
            sources.append(replace(source, aims=frozenset(aims.get(key, ())), condition=key in hanging))
        if sources:
            blocks.append(Block(tuple(sources)))
    return Gathered(
        tuple(blocks),
        tuple(
            replace(source, condition=True)
            for (_, sentence), found in hanging.items()
            if (source := _source(found, sentence, text_of, passages_of))
        ),
    )


def _answers(item: Evidence, first: Evidence) -> bool:
    near = item.score >= first.score - ANSWERS_WITHIN
    return near and not item.missing and item.signals.fits >= ANSWERS_FITS


def _source(found: Found, sentence: Sentence, text_of: TextOf, passages_of: PassagesOf) -> Source | None:
    """The sentence as a source; None for names of columns, for orders to a machine, and for what is too long to quote."""
    draft = Draft(text_of)
    if sentence.names_columns:
        return None
    if sentence.row:
        words = sentence.row.spelled_out
        whole = draft.add_row(found, sentence, head_of(found, sentence, passages_of), words)
    else:
        whole = draft.add(found, [sentence])
        words = " ".join(citation.quote for citation in draft.citations)
    if not whole or not re.search(r"\w", words) or ORDERS.search(words):
        return None
    return Source(words, tuple(draft.citations))


def numbered(blocks: Sequence[Block]) -> Iterator[tuple[int, Source]]:
    """The sources with their numbers, from 1."""
    yield from enumerate((source for block in blocks for source in block.sources), 1)
