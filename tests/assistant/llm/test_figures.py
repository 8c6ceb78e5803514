"""Figures in two languages and many spellings: the same one is found, another one isn't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.figures import figures_of, unsupported

SAME = [
    ("375 000 kronor", "375,000 SEK"),
    ("375 000 kronor", "SEK 375,000"),
    ("375 tkr", "SEK 375,000"),
    ("1,2 mnkr", "SEK 1.2 million"),
    ("1 200 000 kronor", "1,2 miljoner kronor"),
    ("4 miljarder kronor", "4 billion kronor"),
    ("0,375 mnkr", "375 000 kr"),
    ("en miljon kronor", "SEK 1 million"),
    ("från 6 200 000 till 7 100 000 kronor", "from 6.2 to 7.1 million kronor"),
    ("1 250,50 kr", "SEK 1,250.50"),
    ("Avgift i tkr: 375", "375 000 kronor"),
    ("1 250 kr/år", "1 250 kronor om året"),
    ("280 kr/mån", "SEK 280 a month"),
    ("-5 mnkr", "minus 5 mnkr"),
    ("21:75", "21.75"),
    ("kl. 18.30", "18:30"),
    ("tre ledamöter", "three members"),
    ("12 ledamöter", "twelve members"),
    ("tjugofem år", "twenty-five years"),
    ("två tredjedelar", "two thirds"),
    ("en tiondel", "one tenth"),
    ("20 procent", "20 per cent"),
    ("20 procent", "20%"),
    ("5 procentenheter", "5 percentage points"),
    ("högst 45 kvadratmeter", "at most 45 square metres"),
    ("minst 20", "at least 20"),
    ("får inte överstiga 100 kronor", "may not exceed SEK 100"),
    ("den 1 maj 2024", "May 1, 2024"),
    ("2024-05-01", "on 1 May 2024"),
    ("1/5 2024", "the 1st of May 2024"),
    ("2024-05-01", "in May 2024"),
    ("2024-05-01", "in 2024"),
    ("2024-05-01", "on 1 May"),
    ("den 1 maj 2024", "in May"),
    ("§ 61", "section 61"),
    ("2 §", "§ 2"),
    ("punkt 3", "point 3"),
    ("dnr KS 2022/108", "KS 2022/108"),
    ("2018–2020", "2018-2020"),
    ("380 kronor", "trehundraåttio kronor"),
    ("trehundraåttiofem kronor", "three hundred and eighty-five kronor"),
    ("fyrahundra kronor", "SEK 400"),
    ("12 procent", "a dozen per cent"),
    ("1 250 kronor per kvartal", "SEK 1,250 per quarter"),
    ("Årsavgiften är 1 500 kronor", "SEK 1,500 a year"),
    ("från 300 kronor till 380 kronor", "from SEK 300 to SEK 380"),
    ("Avgiften fördubblas", "The fee is doubled"),
    ("½ timme", "half an hour"),
]
OTHER = [
    ("375 000 kronor", "357,000 SEK"),
    ("375 tkr", "SEK 375"),
    ("1,2 mnkr", "12 million"),
    ("375 000 kronor", "375 million kronor"),
    ("820 kronor per år", "SEK 820 per month"),
    ("120 kronor i timmen", "120 kronor om dagen"),
    ("2024-05-01", "2024-05-02"),
    ("den 1 maj", "May 1, 2024"),
    ("maj 2024", "1 May 2024"),
    ("maj 2024", "June 2024"),
    ("2024", "2025"),
    ("30 dagar", "30 months"),
    ("20 procent", "20 percentage points"),
    ("12,5 procent", "125 procent"),
    ("1 250", "1,25"),
    ("3 ledamöter", "13 ledamöter"),
    ("tre", "four"),
    ("högst 45", "minst 45"),
    ("högst 6 200 000 kronor", "6,2 miljoner kronor"),
    ("en tiondel", "en femtedel"),
    ("§ 61", "§ 62"),
    ("§ 61", "punkt 61"),
    ("KS 2022/108", "KS 2022/109"),
    ("5 mnkr", "-5 mnkr"),
    ("380 kronor", "fyrahundra kronor"),
    ("380 kronor", "four hundred kronor"),
    ("380 kronor", "ett trettiotal kronor"),
    ("380 kronor", "dubbelt så mycket, 380 kronor"),
    ("380 kronor", "doubled to SEK 380"),
    ("380 miljoner kronor", "½ miljard kronor"),
    ("1 250 kronor per år", "SEK 1,250 per quarter"),
    ("1 250 kronor", "SEK 1,250 a year"),
    ("från 300 kronor till 380 kronor", "från 380 kronor till 300 kronor"),
    ("från 300 kronor till 380 kronor", "raised by SEK 380"),
    ("höjs med 12 procent", "höjs till 12 procent"),
]


@pytest.mark.parametrize(("quoted", "said"), SAME)
def test_one_figure_however_it_is_written(quoted: str, said: str) -> None:
    assert unsupported(figures_of(said), figures_of(quoted)) == ()


@pytest.mark.parametrize(("quoted", "said"), OTHER)
def test_another_figure_is_told_apart(quoted: str, said: str) -> None:
    assert unsupported(figures_of(said), figures_of(quoted))


def test_words_that_are_no_figures() -> None:
    found = figures_of("Ordföranden kan, may and march; en nämnd, one of them, a committee.")
    assert {found.numbers, found.dates, found.paragraphs, found.points, found.codes} == {frozenset()}


@given(st.text(max_size=200))
def test_any_text_says_what_it_says(text: str) -> None:
    assert unsupported(figures_of(text), figures_of(text)) == ()


@given(st.integers(1, 10**9), st.sampled_from(["{:,}", "{:_}", "{}"]))
def test_thousands_may_be_divided_by_any_sign(number: int, form: str) -> None:
    written = form.format(number)
    for sign in (",", " ", "\u00a0", "."):
        said = figures_of(f"SEK {written.replace('_', sign).replace(',', sign)} in all")
        assert unsupported(said, figures_of(f"{number} kronor")) == ()
        assert unsupported(said, figures_of(f"{number + 1} kronor"))
