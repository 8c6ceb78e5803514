"""Duplicates: whole documents that say the same, and nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.doctor.finding import Severity
from ingest.doctor.minhash import HASHES, jaccard, near_duplicates, shingles, signature
from tests.ingest.doctor.conftest import MEMO, Clinic

pytestmark = pytest.mark.slow

WORDS = [f"ord{number}" for number in range(2000)]


def prose(count: int, seed: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def test_likeness_is_shared_runs_of_five_words() -> None:
    one, other = shingles("a b c d e f g"), shingles("A, b c d e f x")
    assert len(one) == 3  # abcde, bcdef, cdefg
    assert jaccard(one, other) == 2 / 4
    assert len(shingles("ett två")) == len(shingles("")) == 1


@given(st.integers(0, 60))
@settings(max_examples=25, deadline=None)
def test_the_signature_estimates_the_likeness(changed: int) -> None:
    words = prose(600, 1)
    other = words[: 600 - 5 * changed] + prose(5 * changed, 2)
    one, two = shingles(" ".join(words)), shingles(" ".join(other))
    estimate = (signature(one) == signature(two)).mean()
    assert estimate == pytest.approx(jaccard(one, two), abs=4 * (0.25 / HASHES) ** 0.5)


@pytest.mark.parametrize("seed", range(10))
def test_likes_are_found_and_unlikes_are_not(seed: int) -> None:
    words = prose(400, seed)
    texts = {
        "a": " ".join(words),
        "b": " ".join([*words[:200], "annat", *words[201:]]),  # 5 of 396 runs differ
        "c": " ".join(words[:300]),  # likeness 296/396
        "d": " ".join(prose(400, seed + 100)),
    }
    assert [(one, other) for one, other, _ in near_duplicates(texts.items(), 0.9)] == [("a", "b")]


def test_a_crowd_of_copies_is_not_compared_each_with_each() -> None:
    texts = [(str(number), "samma ord i varje papper här") for number in range(200)]
    assert len(list(near_duplicates(texts, 0.9))) == 199


def test_a_copy_is_told_of_once_and_forgotten_on_command(clinic: Clinic) -> None:
    copied = (clinic.archive / "nämnd/bad.txt").read_text(encoding="utf-8")
    clinic.write("nämnd/kopia.txt", copied.replace("\n\n", "\n \n"))
    clinic.write("nämnd/ännu en kopia.txt", copied)
    clinic.ingest()
    found = clinic.findings("duplicates")
    assert [(each.document, each.sort, each.severity) for each in found] == [
        ("nämnd/kopia.txt", "same", Severity.WARNING),
        ("nämnd/ännu en kopia.txt", "same", Severity.WARNING),
    ]
    assert all("nämnd/bad.txt" in each.found for each in found)
    clinic.follow(found)
    assert clinic.findings("duplicates") == []


def test_a_draft_with_another_amount_is_alike(clinic: Clinic) -> None:
    other = " ".join(prose(200, 3))
    clinic.write("a.txt", MEMO.format(what="parkering", sum=100, other=other))
    clinic.write("b.txt", MEMO.format(what="parkering", sum=120, other=other))
    clinic.ingest()
    assert [(each.document, each.sort) for each in clinic.findings("duplicates")] == [("b.txt", "alike")]


def test_papers_from_one_template_are_only_noted(clinic: Clinic) -> None:
    other = " ".join(prose(200, 3))
    memo = MEMO.format(what="parkering", sum=100, other=other)
    clinic.write("a.txt", memo)
    clinic.write("b.txt", memo.replace("2024-05-13", "2025-05-12"))
    clinic.ingest()
    assert [(each.sort, each.severity) for each in clinic.findings("duplicates")] == [("template", Severity.NOTE)]


def test_an_extract_is_no_duplicate_of_its_minutes(clinic: Clinic) -> None:
    item = "§ {n} Ärende {n}\n\nBeslut\n\nNämnden beslutar om {words}.\n\n"
    items = [item.format(n=n, words=" ".join(prose(60, n))) for n in range(1, 6)]
    clinic.write("protokoll.txt", "Protokoll\n\n" + "".join(items))
    clinic.write("utdrag.txt", "Protokollsutdrag\n\n" + items[2])
    clinic.ingest()
    assert clinic.findings("duplicates") == []
