"""Precedents: earlier matters that are like one described, with what became of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.model import MAX_QUOTE_CHARS, Language, Precedent, Precedents
from assistant.nearness import COVERAGE_WORTH, nearness_of
from assistant.phrases import PHRASES
from assistant.places import DIVIDER
from assistant.question import described
from assistant.rank import by_authority
from assistant.retrieve import Ranked, Sought, retrieve, sought, standard
from assistant.units import UNIT_PASSAGES, Unit, decides, unit_of, units_of
from assistant.verify import quote_of
from assistant.words import counted_terms, missing_names, weigh_words
from assistant.words import found as held
from assistant.words import letters as terms_of
from ingest.editions import COMING_ANEW
from ingest.encode import Encoder
from ingest.errors import UsageError
from ingest.matters import Matter
from ingest.mentions import Sort
from ingest.model import DECISIONS, Metadata, Passage, Span, Status
from ingest.registry import Found, Registry
from ingest.store import Index

QUERY_CHARS = 600  # of a document's own words, beside its title
# What follows is tuned on the dev cases.
CANDIDATES = 400  # passages taken from each of the two rankings: what is alike is said in other words
WEIGHED = 200  # best passages of both
DENSE_WEIGHT = 0.5  # of cosine beside BM25
MET_WEIGHT = 0.6  # of how fully a step answers to the words one by one, in z-scores
OF_MATTER = 0.6  # how far the score of a step is drawn towards the best of its matter
GENERAL = (COMING_ANEW - {"taxa"}) | {"årsredovisning", "revisionsrapport"}  # kinds that are no matter's own
GENERAL_PENALTY = 0.8  # in z-scores
FEW_WORDS = 2  # with no more, a description's meaning tells little: what holds them is alike too
HELD = 0.9  # of a word's terms, for it to be held
NEAREST = 3  # matters shown, as unlike, when none is alike
AMOUNTS = 4  # named of one decision, and as many conditions

_AMOUNT = re.compile(
    r"(?:\b\d{1,3}(?:[ \u00a0]\d{3})+\b(?:,\d+)?|\b\d+(?:[.,]\d+)?)[ \u00a0](?:(?:miljoner|miljon|miljarder)(?: kronor)?|kronor|kr|tkr|mnkr|mkr)\b"
)


@dataclass(frozen=True)
class Alike:
    """What was found for a description: passages, best first, and how near the nearest comes by meaning, words in common counted in.

    `naming` are those of the passages that hold every word of a description of one word or two.
    """

    language: Language
    ranked: tuple[Ranked, ...]
    nearest: float
    naming: tuple[Ranked, ...] = ()


def find_alike(
    index: Index, encoder: Encoder, text: str | None, document: str | None, filters: Mapping[str, str] | None = None
) -> Alike:
    """Passages like `text`, or like `document` but neither its own nor later.

    Raises:
        UsageError: the index has no such document.
    """
    about: Metadata | None = None
    language: Language = "sv"
    words: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()
    if document is not None:
        about = index.registry.about(document)
        if about is None:
            raise UsageError(f"no document {document} in the index: `radslag search` shows what there is")
        letters = _substance(about, index.registry.passages_of(document))
        texts: Sequence[str] = (letters,)
    else:
        assert text is not None
        question = described(text, index.registry.holds_word)
        ask = question.asks[0]
        language, words, letters, texts = question.language, ask.words, ask.letters, ask.texts
        names = (*ask.names, *ask.numbers)
    own = _steps(index, document) if document else frozenset()
    wanted = sought(encoder, texts)[0]
    ranked = by_authority(retrieve(index, letters, wanted.vector, DENSE_WEIGHT, filters, WEIGHED, CANDIDATES))
    if document is not None:
        ranked = [each for each in ranked if not _same_or_later(document, about, each.found, own)]
    ranked = _by_words(wanted, ranked)
    few = 0 < len(words) + len(names) <= FEW_WORDS
    naming = tuple(each for each in ranked if _names_all(each.found.passage, words, names)) if few else ()
    return Alike(language, tuple(ranked), _nearest(index, words, ranked), naming)


def find_precedents(
    index: Index,
    encoder: Encoder,
    text: str | None,
    document: str | None,
    k: int,
    filters: Mapping[str, str] | None,
) -> Precedents:
    """The `k` matters nearest to `text`, or to `document`; of the latter itself and what is later, nothing is given.

    When not even the nearest is alike, those that hold a description of one word or two are given, or else none, and a note says so.
    Of an encoder that wasn't measured, the nearest is taken to be alike.
    """
    sought_for = find_alike(index, encoder, text, document, filters)
    query, near = document or text or "", nearness_of(encoder.fingerprint)
    alike = near is None or sought_for.nearest >= near.matter
    shown = sought_for.ranked if alike else sought_for.naming or sought_for.ranked
    found = tuple(_precedent(index, each) for each in _by_matter(index.registry, shown)[:k])
    if found and (alike or sought_for.naming):
        return Precedents(query, found, sought_for.language)
    return Precedents(query, (), sought_for.language, PHRASES[sought_for.language].nothing_alike, found[:NEAREST])


def _by_words(wanted: Sought, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The passages anew, best first: how fully the step that one stands in answers to the words, one by one, counts as well."""
    steps: dict[Unit, list[Ranked]] = {}
    for each in ranked:
        steps.setdefault(unit_of(each.found), []).append(each)
    met = [wanted.met_together(wanted.met_by(each.found) for each in several) for several in steps.values()]
    worth = dict(zip(steps, MET_WEIGHT * standard(np.array(met)), strict=True))
    anew = [replace(each, score=each.score + float(worth[unit_of(each.found)])) for each in ranked]
    return sorted(anew, key=lambda each: (-each.score, each.found.passage.id))


def _names_all(passage: Passage, words: Sequence[tuple[str, ...]], names: Sequence[str]) -> bool:
    """Whether a passage with its header holds every one of the words, or what means the same, and of the names."""
    there, text = terms_of(passage.embedded_text), passage.embedded_text
    return all(held(word, there) >= HELD for word in words) and not missing_names(names, text)


def _by_matter(registry: Registry, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The best passage of each step, best step first.

    What is alike is the matter, so each step is drawn towards the best of its own; rules and budgets are alike to much and go down.
    """
    steps: dict[Unit, Ranked] = {}
    for each in ranked:
        steps.setdefault(unit_of(each.found), each)
    matters = {unit: registry.matters.of(*unit) for unit in steps}
    best: dict[str, float] = {}
    for unit, each in steps.items():
        if matter := matters[unit]:
            best.setdefault(matter.id, each.score)
    drawn = []
    for unit, each in steps.items():
        matter = matters[unit]
        score = each.score + (OF_MATTER * (best[matter.id] - each.score) if matter else 0.0)
        drawn.append(replace(each, score=score - (GENERAL_PENALTY if each.found.about.kind in GENERAL else 0.0)))
    return sorted(drawn, key=lambda each: (-each.score, each.found.passage.id))


def _nearest(index: Index, words: tuple[tuple[str, ...], ...], ranked: Sequence[Ranked]) -> float:
    """The cosine of the passage nearest by meaning, with what the words in common are worth; 0 without any passage."""
    best = max(ranked, key=lambda each: each.dense or 0.0, default=None)
    if best is None:
        return 0.0
    wanted = {term for group in words for word in group for term in counted_terms(word)}
    weighed = weigh_words(words, index.registry.frequencies(sorted(wanted)), index.registry.passage_count())
    shared = weighed.coverage(terms_of(best.found.passage.embedded_text)) if words else 0.0
    return (best.dense or 0.0) + COVERAGE_WORTH * shared


def _substance(about: Metadata, passages: Sequence[Found]) -> str:
    """What a document is about: its title and the beginning of what it proposes or decides, else of its text."""
    decisions = [found for found in passages if found.passage.status in DECISIONS]
    words = " ".join(found.passage.text for found in decisions or passages)
    return f"{about.title or ''} {words[:QUERY_CHARS]}".strip()


def _steps(index: Index, document: str) -> frozenset[Unit]:
    """The steps of the matters that a document belongs to."""
    matters = index.registry.matters.of_document(document)
    return frozenset((step.document, step.paragraph) for matter in matters for step in matter.steps)


def _same_or_later(document: str, about: Metadata | None, found: Found, own: frozenset[Unit]) -> bool:
    """Whether a passage stands in the document itself, in a step of its matter, or in a later paper."""
    passage = found.passage
    if passage.document == document or own & {(passage.document, passage.paragraph), (passage.document, None)}:
        return True
    if about is None:
        return False
    return about.date is not None and found.about.date is not None and found.about.date > about.date


def _precedent(index: Index, ranked: Ranked) -> Precedent:
    """The paper or § of a found passage, with what became of its matter."""
    found = ranked.found
    passage, about = found.passage, found.about
    same = [
        other.passage
        for other in index.registry.passages_of(passage.document)
        if other.passage.paragraph == passage.paragraph
    ]
    matter = index.registry.matters.of(passage.document, passage.paragraph)
    decisions = [other for other in same if other.status is Status.BESLUT]
    proposals = [other for other in same if other.status is Status.FÖRSLAG]
    shown = (decisions or proposals or [passage])[0]
    settled = decisions or (_decided(index, matter) if matter and matter.outcome else proposals)
    title = about.title
    heading = (passage.section or "").split(DIVIDER)[0]
    if passage.paragraph and (heading.startswith("§") or title is None):
        title = heading or title  # of an extract, whose one § is the document, the first heading may be "Beslut"
    span, quote = _quote(index, shown)
    return Precedent(
        document=passage.document,
        title=title,
        status=shown.status.value,
        outcome=matter.outcome if matter else None,
        date=about.date,
        body=about.body,
        dnr=shown.dnr,
        score=round(ranked.score, 4),
        quote=quote,
        amounts=_amounts(settled),
        conditions=_conditions(index, settled),
        municipality=about.municipality,
        kind=about.kind,
        paragraph=passage.paragraph,
        page=shown.page,
        start=span.start,
        end=span.end,
        steps=matter.steps if matter else (),
    )


def _decided(index: Index, matter: Matter) -> list[Passage]:
    """What the decision that settled a matter says; nothing when the index doesn't hold it."""
    last = next((step for step in reversed(matter.steps) if decides(step)), None)
    units = units_of(index.registry, last) if last else []
    found = (each.passage for unit in units for each in index.registry.passages_of_unit(*unit, UNIT_PASSAGES))
    return [each for each in found if each.status is Status.BESLUT]


def _amounts(passages: Sequence[Passage]) -> tuple[str, ...]:
    found = (" ".join(amount.split()) for passage in passages for amount in _AMOUNT.findall(passage.text))
    return tuple(dict.fromkeys(found))[:AMOUNTS]


def _conditions(index: Index, passages: Sequence[Passage]) -> tuple[str, ...]:
    mentions = (mention for passage in passages for mention in index.registry.matters.mentions(passage.id))
    return tuple(dict.fromkeys(each.value for each in mentions if each.sort is Sort.VILLKOR))[:AMOUNTS]


def _quote(index: Index, passage: Passage) -> tuple[Span, str]:
    """The passage's opening sentences, as many as a quote holds, and where they stand; one unbroken stretch of the text."""
    span = passage.sentences[0].pieces[0]
    text = index.registry.text(passage.document)
    for sentence in passage.sentences[1:]:
        if len(sentence.pieces) > 1 or sentence.span.end - span.start > MAX_QUOTE_CHARS:
            break
        span = Span(span.start, sentence.span.end)
    return quote_of(text, span, span.of(text or ""))
