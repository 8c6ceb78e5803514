"""What is searched in memory: BM25 as its formula says, filters as SQL lets them through, in step with the documents."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.interaction import Seen
from ingest.memory import COMMON, K1, B, key
from ingest.model import Document, Metadata, Passage, Sentence, Span, Status
from ingest.registry import Registry
from ingest.store import REGISTRY_FILE
from ingest.terms import terms

WORDS = "avgift badet budget förskola hyra ishall kommunstyrelsen lån skolskjuts taxa 2024 §12".split()
YEARS = ("2022", "2023", "2024")


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry.open(tmp_path / REGISTRY_FILE, create=True) as registry:
        yield registry


def put(registry: Registry, name: str, seed: int) -> None:
    """Store a document of six passages of words chosen by `seed`."""
    with registry.transaction():
        _store(registry, name, seed)


def _store(registry: Registry, name: str, seed: int) -> None:
    choose = random.Random(seed)
    texts = [" ".join(choose.choices(WORDS, k=choose.randint(1, 12))) for _ in range(6)]
    passages = [
        Passage(
            id=f"{name}-{seed}-{place}",
            document=name,
            span=Span(0, len(text)),
            text=text,
            header=name,
            section=None,
            status=choose.choice((Status.BESLUT, Status.FÖRSLAG)),
            sentences=(Sentence((Span(0, len(text)),)),),
            sentence_chars=(len(text),),
        )
        for place, text in enumerate(texts)
    ]
    vectors = np.random.default_rng(seed).standard_normal((6, 8)).astype(np.float32)
    about = Metadata(date=f"{YEARS[seed % 3]}-05-01")
    seen = [Seen(vector, vector[None]) for vector in vectors]
    registry.put(Document(name, "\n".join(texts), about, ()), "/", str(seed), passages, seen)


def naive(registry: Registry, query: str, only: set[str] | None = None) -> dict[str, float]:
    """BM25 of every passage that holds a term of the query, the formula written out."""
    found = registry.passages(list(registry.passage_ids()))
    bags = {name: Counter(terms(each.passage.embedded_text)) for name, each in found.items()}
    mean = sum(bag.total() for bag in bags.values()) / len(bags)
    scores: dict[str, float] = {}
    for term in dict.fromkeys(terms(query)):
        holding = [name for name, bag in bags.items() if term in bag]
        rarity = math.log((len(bags) - len(holding) + 0.5) / (len(holding) + 0.5))
        for name in holding:
            often = bags[name][term]
            slowed = often + K1 * (1 - B + B * bags[name].total() / mean)
            scores[name] = scores.get(name, 0) + (rarity if rarity > 0 else COMMON) * often * (K1 + 1) / slowed
    return {name: score for name, score in scores.items() if only is None or name in only}


def check(registry: Registry) -> None:
    """Everything the memory says is what the rows say."""
    for query in ("avgift för badet 2024", "kommunstyrelsens lån", "§12", "finns inte"):
        expected = naive(registry, query)
        assert dict(registry.matching(query, 1000)) == pytest.approx(expected)
        best = [score for _, score in registry.matching(query, 5)]
        assert best == pytest.approx(sorted(expected.values(), reverse=True)[:5])
    ids = sorted(registry.passage_ids())
    vectors = registry.vectors(ids)
    query_vector = np.ones(8, dtype=np.float32)
    cosines = {name: float(vectors[name] @ query_vector) for name in ids}
    assert dict(registry.nearest(query_vector, 1000)) == pytest.approx(cosines, abs=1e-5)
    assert registry.passage_count() == registry.counts()[1] == len(ids)
    for filters in (
        {"year": "2023"},
        {"status": "beslut"},
        {"status": "förslag", "year": "2022-2023"},
        {"document": "a"},
    ):
        let = {
            name
            for name, each in registry.passages(ids).items()
            if all(
                {
                    "year": value[:4] <= (each.about.date or "")[:4] <= value[-4:],
                    "status": each.passage.status.value == value,
                    "document": each.passage.document == value,
                }[filter_]
                for filter_, value in filters.items()
            )
        }
        assert {name for name, _ in registry.nearest(query_vector, 1000, filters)} == let
        assert dict(registry.matching("avgift lån", 1000, filters)) == pytest.approx(naive(registry, "avgift lån", let))


def test_it_is_in_step_whatever_comes_and_goes(registry: Registry) -> None:
    choose = random.Random(1)
    for seed in range(12):
        put(registry, choose.choice("abcd"), seed)
        check(registry)
    for name in "abc":
        with registry.transaction():
            registry.remove(name)
        check_or_empty(registry)
    put(registry, "a", 99)
    check(registry)


def check_or_empty(registry: Registry) -> None:
    if registry.passage_ids():
        check(registry)
    else:
        assert registry.matching("avgift", 5) == []
        assert registry.nearest(np.ones(8, dtype=np.float32), 5) == []


def test_nothing_is_in_an_empty_registry(registry: Registry) -> None:
    check_or_empty(registry)
    assert registry.frequencies(["avgif"]) == {}


def test_frequencies_are_those_of_the_rows(registry: Registry) -> None:
    for seed, name in enumerate("abc"):
        put(registry, name, seed)
    found = registry.passages(list(registry.passage_ids())).values()
    wanted = [*dict.fromkeys(term for word in WORDS for term in terms(word)), "finns", "inte"]
    holding = {term: sum(term in terms(each.passage.embedded_text) for each in found) for term in wanted}
    assert registry.frequencies(wanted) == {term: count for term, count in holding.items() if count}


def test_what_was_never_stored_is_not_found(registry: Registry) -> None:
    put(registry, "a", 1)
    check(registry)

    def forget_and_fail() -> None:
        with registry.transaction():
            registry.remove("a")
            assert registry.matching("avgift badet lån", 5) == []
            raise RuntimeError

    with pytest.raises(RuntimeError):
        forget_and_fail()
    check(registry)
    put(registry, "b", 2)  # takes the numbers that what was rolled back might have had
    check(registry)


def test_a_snapshot_is_searched_as_it_is(registry: Registry, tmp_path: Path) -> None:
    put(registry, "a", 1)
    with Registry.open(tmp_path / REGISTRY_FILE) as reader:
        with reader.snapshot():
            before = reader.matching("avgift", 50), reader.nearest(np.ones(8, dtype=np.float32), 50)
            put(registry, "a", 2)
            put(registry, "b", 3)
            assert (reader.matching("avgift", 50), reader.nearest(np.ones(8, dtype=np.float32), 50)) == before
        with reader.snapshot():
            check(reader)
            assert reader.passage_count() == 12


def test_a_number_is_never_given_again(registry: Registry) -> None:
    put(registry, "a", 1)
    first = registry.matching("avgift badet lån", 50)
    with registry.transaction():
        registry.remove("a")
    put(registry, "a", 2)
    assert first
    assert not {name for name, _ in first} & {name for name, _ in registry.matching("avgift badet lån", 50)}
    check(registry)


def test_terms_of_an_index_have_keys_of_their_own() -> None:
    every = [f"{one}{two}" for one in WORDS for two in range(2000)]
    assert len({key(term) for term in every}) == len(every)


def test_passages_read_before_are_those_of_the_rows(registry: Registry, tmp_path: Path) -> None:
    """What was kept of an earlier version of a document is never given for the new one."""
    for seed in range(4):
        put(registry, "a", seed)
        kept = registry.passages_of("a")
        assert all(one is other for one, other in zip(registry.passages_of("a"), kept, strict=True))
        with Registry.open(tmp_path / REGISTRY_FILE) as fresh:
            assert [each.passage for each in kept] == [each.passage for each in fresh.passages_of("a")]
            assert registry.matter_text("a", None) == fresh.matter_text("a", None)
            ids = sorted(fresh.passage_ids())
            assert list(registry.passages([*ids, "unknown"])) == ids
            unit = registry.passages_of_unit("a", None, 4)
            assert [each.passage.id for each in unit] == sorted(each.passage.id for each in unit)
            assert [each.passage for each in unit] == [each.passage for each in fresh.passages_of_unit("a", None, 4)]


def test_passages_that_never_were_are_not_kept(registry: Registry) -> None:
    put(registry, "a", 1)

    def read_and_fail() -> None:
        with registry.transaction():
            registry.remove("a")
            _store(registry, "b", 2)
            assert [each.passage.document for each in registry.passages_of("b")] == ["b"] * 6
            raise RuntimeError

    with pytest.raises(RuntimeError):
        read_and_fail()
    put(registry, "c", 3)  # with the numbers that were given back
    assert [each.passage.id for each in registry.passages_of("c")] == [f"c-3-{place}" for place in range(6)]
    check(registry)
