"""Precedents: earlier matters that are like one described, with what became of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.model import MAX_QUOTE_CHARS, Outcome, Precedent, Precedents
from assistant.rank import by_authority
from assistant.retrieve import Ranked, retrieve
from assistant.verify import quote_of
from ingest.encode import Encoder
from ingest.errors import UsageError
from ingest.model import DECISIONS, Metadata, Passage, Span, Status
from ingest.registry import Found
from ingest.store import Index

QUERY_CHARS = 600  # of a document's own words, beside its title
# How a Swedish body words what became of a matter; the first that fits decides, so refusals go before approvals
# ("bifall" to the proposal that a motion be refused is a refusal).
_OUTCOMES: Mapping[Outcome, str] = {
    "återremiss": r"\båterremi(?:ss|tter)\w*",
    "avslag": r"\bavsl(?:ås|å|ag)\b|\bavslår\b|\bavstyrk\w+",
    "besvarad": r"\bbesvara(?:d|t|de|s)\b",
    "bifall": r"\bbif(?:all|alls|alles|aller|allit|öll)\b",
    "antagen": r"\banta(?:s|r|gits|gen)\b|\bgodkänn(?:s|er)\b|\bfastställ(?:s|er)\b|\bbevilja(?:s|r)\b",
}
_POINTS_AT_PROPOSAL = re.compile(r"^[^.:]*\bförslag(?:et)?\s*:\s*", re.IGNORECASE)


def find_precedents(
    index: Index,
    encoder: Encoder,
    text: str | None,
    document: str | None,
    k: int,
    dense_weight: float,
    filters: Mapping[str, str] | None,
) -> Precedents:
    """The `k` matters nearest to `text`, or to `document`; of the latter itself and what is later, nothing is given."""
    about: Metadata | None = None
    if document is not None:
        about = index.registry.about(document)
        if about is None:
            raise UsageError(f"no document {document} in the index: `radslag search` shows what there is")
        text = _substance(about, index.registry.passages_of(document))
    assert text is not None
    ranked = by_authority(retrieve(index, text, encoder.encode_query(text), dense_weight, filters))
    matters: dict[tuple[str, str | None], Ranked] = {}
    for each in ranked:
        passage = each.found.passage
        if document is None or not _same_or_later(document, about, each.found):
            matters.setdefault((passage.document, passage.paragraph), each)
    found = [_precedent(index, each) for each in list(matters.values())[:k]]
    return Precedents(query=text if document is None else document, precedents=tuple(found))


def _substance(about: Metadata, passages: Sequence[Found]) -> str:
    """What a document is about: its title and the beginning of what it proposes or decides, else of its text."""
    decisions = [found for found in passages if found.passage.status in DECISIONS]
    words = " ".join(found.passage.text for found in decisions or passages)
    return f"{about.title or ''} {words[:QUERY_CHARS]}".strip()


def _same_or_later(document: str, about: Metadata | None, found: Found) -> bool:
    if found.passage.document == document:
        return True
    if about is None:
        return False
    if about.dnr is not None and about.dnr == found.passage.dnr:
        return True
    return about.date is not None and found.about.date is not None and found.about.date > about.date


def _precedent(index: Index, ranked: Ranked) -> Precedent:
    """The matter that a found passage belongs to, with the outcome its decision words."""
    found = ranked.found
    passage, about = found.passage, found.about
    same = [
        other.passage
        for other in index.registry.passages_of(passage.document)
        if other.passage.paragraph == passage.paragraph
    ]
    decisions = [other for other in same if other.status is Status.BESLUT]
    proposals = [other for other in same if other.status is Status.FÖRSLAG]
    shown = (decisions or proposals or [passage])[0]
    title = about.title
    if passage.paragraph and passage.section:
        title = passage.section.split(" › ")[0]
    return Precedent(
        document=passage.document,
        title=title,
        status=shown.status.value,
        outcome=outcome_of(" ".join(decision.text for decision in decisions)),
        date=about.date,
        body=about.body,
        dnr=shown.dnr,
        score=round(ranked.score, 4),
        quote=_quote(index, shown),
    )


def outcome_of(decision: str) -> Outcome | None:
    """What became of a matter, as the words of its decision say; None when they don't."""
    words = _POINTS_AT_PROPOSAL.sub("", decision)
    return next((outcome for outcome, pattern in _OUTCOMES.items() if re.search(pattern, words, re.IGNORECASE)), None)


def _quote(index: Index, passage: Passage) -> str:
    """The passage's opening sentences, as many as a quote holds; within one unbroken stretch of the text."""
    span = passage.sentences[0].pieces[0]
    text = index.registry.text(passage.document)
    for sentence in passage.sentences[1:]:
        if len(sentence.pieces) > 1 or sentence.span.end - span.start > MAX_QUOTE_CHARS:
            break
        span = Span(span.start, sentence.span.end)
    return quote_of(text, span, span.of(text or ""))[1]
