"""The year that a figure is of is another thing than the year it was written in."""

from __future__ import annotations

import pytest

from assistant.period import bare_years, out_of_period, periods


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Vilken skattesats beslutades för 2019?", ["2019"]),
        ("Vilken avgift hade kommunen 2019?", ["2019"]),
        ("What was the result in the accounts for 2018?", ["2018"]),
        ("How many were employed at the end of 2024?", ["2024"]),
        ("Vad blev 2022 års överskott?", ["2022"]),
        ("Budget 2017 och budget 2018", ["2017", "2018"]),
        ("Renhållningstaxa 2018", ["2018"]),
        ("Vad beslutade fullmäktige 2019?", []),  # when it was decided, not of when
        ("Vilket förslag hade Ulla Ek i motionen 2019?", []),
        ("Vad sade the decision of 2019?", []),
        ("Gäller från och med den 1 januari 2019.", []),
        ("Protokoll för 2019-04-01", []),
        ("Vilket bidrag får en arena med plats för 2000 besökare?", []),
    ],
)
def test_years_that_something_is_of(text: str, years: list[str]) -> None:
    assert list(periods(text)) == years


@pytest.mark.parametrize(
    ("sentence", "headings", "out"),
    [
        ("Skattesatsen för 2017 är 21:75.", ("", ""), True),
        ("Skattesatsen för 2019 är 21:75.", ("Budget 2017", ""), False),
        ("Skattesatsen är 21:75.", ("Budget 2017 med plan 2018–2019", ""), True),
        ("Skattesatsen är 21:75.", ("Protokoll 2016-11-28", "§ 8 Budget 2019"), False),
        ("Arvodet är 900 kronor.", ("Arvoden 2018–2022", ""), False),
        ("Arvodet är 900 kronor.", ("Protokoll 2016-11-28", "Arvoden"), False),
        ("Avgiften är 900 kronor.", ("Kommunfullmäktige 27 november 2018", "Budget KS 2018/133"), False),
        ("Avgiften tas ut 2018-2020.", ("Taxa 2017", ""), False),
        ("Utsläppen ska minska med 80 procent.", ("Klimatplan 2011", "Mål"), False),
        ("Resultatet är 12 mnkr, jämfört med budget 2018.", ("Årsredovisning 2019", ""), False),
        ("Resultatet är 12 mnkr.", ("Budget 2018 till 2020", ""), False),
        ("Resultatet är 12 mnkr.", ("Budget 2018/2020", ""), False),
        ("Avgiften var 900 kronor 2019.", ("Renhållningstaxa 2020", ""), True),
        ("Avgiften är 900 kronor.", ("Renhållningstaxa 2018", ""), False),
        ("Resultatet är 12 mnkr.", ("Budget 2016/2017", ""), True),
    ],
)
def test_a_sentence_of_another_year_is_told(sentence: str, headings: tuple[str, str], out: bool) -> None:
    assert out_of_period(["2019"], sentence, sentence, headings) == (("2019",) if out else ())
    assert out_of_period([], sentence, sentence, headings) == ()


def test_one_of_the_years_asked_for_is_enough() -> None:
    asked = ["2022", "2023"]
    assert out_of_period(asked, "Badet kostade 4 miljoner i bokslut 2022.", "", ()) == ()
    assert out_of_period(asked, "Badet kostade 4 miljoner i bokslut 2021.", "", ()) == ("2022", "2023")


def test_the_year_may_stand_in_the_sentence_before() -> None:
    sentence = "Skattesatsen fastställs till 21:75."
    assert out_of_period(["2024"], sentence, "Förslaget gäller nästa år, 2024.", ("Budget 2023",)) == ()
    assert out_of_period(["2024"], sentence, "", ("Budget 2023",)) == ("2024",)
    assert out_of_period(["2024"], sentence, "Avgiften är oförändrad från 2024.", ("Budget 2025",)) == ("2024",)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Vad kostade en portion 2019?", ("2019",)),
        ("What did a meal cost in 2019 and 2020?", ("2019", "2020")),
        ("Vad kostar en portion sedan 2019?", ()),
        ("Hur mycket ska utsläppen minska till 2030?", ()),
        ("How much was granted in May 2019?", ()),
        ("Vad kostade det hösten 2019?", ()),
        ("Vad kostar det enligt KS 2019/133?", ()),
        ("Vilken ram gäller 2019–2021?", ()),
    ],
)
def test_years_that_nothing_ties_to_a_day_or_an_end(question: str, years: tuple[str, ...]) -> None:
    assert bare_years(question) == years
