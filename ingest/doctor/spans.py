"""Spans: do the passages stand in the text where they say they do?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from ingest.doctor.examined import Examined
from ingest.doctor.finding import Finding, Severity
from ingest.model import Passage
from ingest.registry import Found

NAME = "spans"


def check_spans(examined: Examined) -> Iterator[Finding]:
    """Documents whose sentences, pages or passages disagree with the stored text."""
    faulty: dict[str, tuple[str, Found | None, int]] = {}
    for document, text in examined.texts():
        try:
            passages = examined.registry.passages_of(document)
        except ValueError as error:
            faulty[document] = f"its passages cannot be read back ({error})", None, 1
            continue
        pages = examined.registry.pages(document)
        faults = [(fault, found) for found in passages if (fault := fault_of(found.passage, text, pages))]
        if not passages:
            faulty[document] = "it has no passages", None, 1
        elif faults:
            faulty[document] = *faults[0], len(faults)
        elif fault := fault_between(passages, pages, len(text)):
            faulty[document] = fault, None, 1
    anew = examined.read_anew(list(faulty))
    for document, (fault, where, count) in faulty.items():
        yield Finding(
            NAME,
            Severity.ERROR,
            "astray",
            fault + (f", and {count - 1} more passages" if count > 1 else ""),
            anew[document],
            document=document,
            page=where.passage.page if where else None,
            paragraph=where.passage.paragraph if where else None,
        )


def fault_of(passage: Passage, text: str, pages: Sequence[int]) -> str | None:
    """What is wrong with the positions of one passage of a document with this text, or None."""
    pieces = [piece for sentence in passage.sentences for piece in sentence.pieces]
    if not pieces:
        return "a passage without sentences"
    if any(not 0 <= piece.start < piece.end <= len(text) for piece in pieces):
        return "a sentence lies outside the text"
    if any(before.end > after.start for before, after in pairwise(pieces)):
        return "sentences overlap or stand in another order than in the text"
    if (passage.span.start, passage.span.end) != (pieces[0].start, pieces[-1].end):
        return "a passage ends elsewhere than its sentences"
    words = [sentence.of(text) for sentence in passage.sentences]
    if " ".join(words) != passage.text or tuple(map(len, words)) != passage.sentence_chars:
        return "a passage says something else than the text at its place"
    if passage.page != (sum(1 for start in pages if start <= passage.span.start) or None):
        return "a passage names another page than it stands on"
    return None


def fault_between(passages: Sequence[Found], pages: Sequence[int], length: int) -> str | None:
    """What is wrong with a document's passages taken together, or None; `length` is that of its text."""
    if any(before >= after for before, after in pairwise(pages)) or not all(0 <= start <= length for start in pages):
        return "its pages do not follow one another"
    spans = [found.passage.span for found in passages]
    if any(before.end > after.start for before, after in pairwise(spans)):
        return "passages overlap or stand in another order than in the text"
    pieces = chain.from_iterable(sentence.pieces for found in passages for sentence in found.passage.sentences)
    if max(Counter(pieces).values()) > 1:
        return "a sentence lies in two passages"
    return None
