"""Duplicates: documents that say the same, which crowd other answers out or contradict one another by a word."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.doctor.examined import Examined
from ingest.doctor.finding import Finding, Severity
from ingest.doctor.minhash import near_duplicates

NAME = "duplicates"
LEAST = 0.9  # Jaccard likeness of whole documents; an extract and the minutes it is from are far below


def check_duplicates(examined: Examined) -> Iterator[Finding]:
    """Whole documents that share nine tenths of their runs of words; each is named once, beside the first it is like.

    Where both bear a date and the dates differ, they are two papers from one template, which is only noted.
    """
    told: set[str] = set()
    texts = {}

    def remembered() -> Iterator[tuple[str, str]]:
        for document, text in examined.texts():
            texts[document] = hash(" ".join(text.split()))
            yield document, text

    for first, other, likeness in near_duplicates(remembered(), LEAST):
        if other in told:
            continue
        told.add(other)
        one, two = examined.registry.about(first), examined.registry.about(other)
        template = one and two and one.date and two.date and one.date != two.date
        same = texts[first] == texts[other]
        share = "the same text as" if same else f"{likeness:.0%} the same runs of words as".replace("%", " %")
        yield Finding(
            NAME,
            Severity.NOTE if template else Severity.WARNING,
            "template" if template else "same" if same else "alike",
            f"{share} {first}" + (f", of another date ({one.date}, {two.date})" if template and one and two else ""),
            examined.command("ingest", "--forget", other),
            before="decide which of the two is to answer, and take the other's file away",
            document=other,
        )
