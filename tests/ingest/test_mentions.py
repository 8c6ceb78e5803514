"""Mentions: dates with what happens on them, conditions, decisions, papers and diarienummer, each where the words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mentions import Mention, Sort, dnr_key, mentions_of
from ingest.model import Span


def of(words: str, sort: Sort) -> list[Mention]:
    return [mention for mention in mentions_of(words, [Span(0, len(words))]) if mention.sort is sort]


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("Taxan gäller från och med den 1 januari 2025.", [("2025-01-01", "gäller från")]),
        ("Reglementet träder i kraft 2024-07-01.", [("2024-07-01", "gäller från")]),
        ("Avtalet gäller till och med den 31 december 2026.", [("2026-12-31", "upphör")]),
        ("Den egna nämnden upphör den 31 december 2023.", [("2023-12-31", "upphör")]),
        ("Policyn upphör att gälla från och med den 1 mars 2024.", [("2024-03-01", "upphör")]),
        ("Tiden förlängs till den 30 juni 2020.", [("2020-06-30", "upphör")]),
        ("Svar lämnas senast den 31 augusti 2023.", [("2023-08-31", "senast")]),
        ("Sista dag för ansökan är den 15 februari 2026.", [("2026-02-15", "senast")]),
        ("Taxan ses över före utgången av 2027.", [("2027", "senast")]),
        ("Bron ska vara öppen senast oktober 2019.", [("2019-10", "senast")]),
        ("Enligt kommunfullmäktiges beslut 2017-11-27 § 91 gäller detta.", [("2017-11-27", "beslutad")]),
        (
            "Det gäller från den 1 juli 2021 till den 30 juni 2023.",
            [("2021-07-01", "gäller från"), ("2023-06-30", "upphör")],
        ),
        ("Mötet hölls den 3 maj 2024 i Köping.", [("2024-05-03", None)]),
        ("Resultatet 2024 blev gott.", []),
    ],
)
def test_a_date_is_of_the_kind_its_words_say(words: str, dates: list[tuple[str, str | None]]) -> None:
    assert [(mention.value, mention.kind) for mention in of(words, Sort.DATUM)] == dates


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("ändring av KF 2022-03-28 § 23", ["kommunfullmäktige 2022-03-28 § 23"]),
        ("kommunstyrelsens protokoll den 14 november 2017 § 81", ["kommunstyrelsen 2017-11-14 § 81"]),
        ("Arbetsutskottets protokoll 2017-10-31, § 89", ["arbetsutskottet 2017-10-31 § 89"]),
        ("Bordlagt den 23 mars 2023, § 35 och den 27 april 2023, § 36.", ["2023-03-23 § 35", "2023-04-27 § 36"]),
        (
            "KS 2020-03-17 § 17, 2020-04-14 § 21 och tillstyrkt 2020-05-01 § 3",
            ["kommunstyrelsen 2020-03-17 § 17", "kommunstyrelsen 2020-04-14 § 21", "2020-05-01 § 3"],
        ),
        ("Sammanträdet den 27 april 2023 och § 36 i lagen", []),
    ],
)
def test_a_decision_is_named_by_body_date_and_paragraph(words: str, named: list[str]) -> None:
    assert [mention.value for mention in of(words, Sort.BESLUT)] == named


def test_a_condition_runs_to_the_end_of_its_sentence() -> None:
    words = "Bidraget betalas ut under förutsättning att planen har besiktigats. Det är 5 kronor."
    sentences = [Span(0, 67), Span(68, len(words))]
    (condition,) = [mention for mention in mentions_of(words, sentences) if mention.sort is Sort.VILLKOR]
    assert condition.span.of(words) == condition.value == "under förutsättning att planen har besiktigats"


def test_a_paper_is_named_by_kind_and_date() -> None:
    (paper,) = of("Tjänsteskrivelse från kommunledningsförvaltningen 2017-10-23", Sort.HANDLING)
    assert (paper.kind, paper.date) == ("tjänsteskrivelse", "2017-10-23")


@pytest.mark.parametrize(
    "written", ["KS 2016/00093", "KS 2016-00093", "KS2016/93", "KS-2016-00093", "ks 2016/93", "KS 2016/00093-4"]
)
def test_a_diarienummer_has_one_form(written: str) -> None:
    assert dnr_key(written) == "KS 2016/93"


@pytest.mark.parametrize(
    ("written", "key"), [("0901/22", "2022/901"), ("2023:123", "2023/123"), ("§ 23", None), (None, None)]
)
def test_a_diarienummer_of_another_form(written: str | None, key: str | None) -> None:
    assert dnr_key(written) == key


@pytest.mark.parametrize("words", ["KF 2022-03-28", "SOU 2023:69", "SFS 2017:725", "IF 2017-03-14", "läsåret 2021/22"])
def test_what_only_looks_like_a_diarienummer_is_none(words: str) -> None:
    assert of(words, Sort.DNR) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "KF",
                "den",
                "2022-03-28",
                "§",
                "23",
                "senast",
                "3 maj 2024",
                "KS 2016/00093",
                "å",
                "under förutsättning att",
                ",",
                "motion",
            ]
        )
    )
)
def test_every_span_holds_its_words(parts: list[str]) -> None:
    words = " ".join(parts)
    for mention in mentions_of(words, [Span(0, len(words))]):
        assert mention.span.of(words).strip()
        if mention.sort is Sort.VILLKOR:
            assert mention.span.of(words) == mention.value
        if mention.sort is Sort.DNR:
            assert dnr_key(mention.span.of(words)) == mention.value
