"""Glossary: English questions as Swedish search words."""

from __future__ import annotations

import re
import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.glossary import (
    MAX_EQUIVALENTS,
    MAX_PHRASE_WORDS,
    TABLE,
    _glossary,
    is_english,
    parse,
    translations,
)
from ingest.errors import RadslagError
from ingest.terms import terms


def swedish_words(question: str) -> tuple[str, ...]:
    """All words of the question's `translations`, none twice."""
    return tuple(dict.fromkeys(word for group in translations(question) for phrase in group for word in phrase.split()))


TEXT = files("assistant").joinpath(TABLE).read_text(encoding="utf-8")
ENTRIES = parse(TEXT, TABLE).equivalents
SWEDISH = {word.strip("-") for equivalents in ENTRIES.values() for word in re.split(r"[| ]", equivalents)}
FUNCTION_WORDS = (
    "the a an and or of to is are was were be been it its they their them this that these those there he she his her we our you "
    "your what when who whom whose which how why where does did do has have had will would can could shall should must might "
    "may in on for by from with at as if than then so not no any some about into who's what's it's don't"
)
# Words that are both an English headword and a Swedish equivalent of some entry: kin, loans and chance.
BOTH = frozenset(
    "administration adoption agenda ai alarm aluminium ambition antisemitism antiziganism app april area arena argument art "
    "artist ask attest autism bad band bandy bank bar barn bin biogas bit blind block bomb brand budget camping campus "
    "cancer cannabis carport catering cement central chatbot check chef chromebook civil coach container controller corona "
    "covid data december decibel definition delegation demonstration deposition depression destination diabetes diagram "
    "diameter diesel digital dilemma dimension distribution division donation doping element eleven emblem employment "
    "erasmus erosion euro expansion experiment expert explosion export expropriation extra extremism fairtrade fall far "
    "fast feminism festival film filter force form forum frost full gap garage gas gdpr generation gift global golf "
    "graffiti gratis grill guide gym gymnasium hall halt handling hearing hockey illegal illustration import incident index "
    "infiltration inflation information inhibition innovation insider inspiration installation institution instrument "
    "integration intention internet interpellant interpellation interreg irrelevant islam journalist jury kg kilo kilogram "
    "kilowatt klimatklivet kommuninvest krona kronor kwh land last leader leasing lunch man marginal marina mast match "
    "material media median medium megawatt mental merit migrant migration mineral minimum minister mix modern monument "
    "moped motion motivation motocross motor motorsport museum muslim mw nation neutral norm normal november nutrition "
    "obligation offer ombudsman opera opposition option organisation original padel panel parasport park part partner "
    "partnering pass patient pellets pension pensioner period permanent person petition pfas piano pilot plan poet policy "
    "port portion position post postal potential present presentation president presidium press prevention pride problem "
    "process profession proportion proposition prostitution protest pump radiator radio radon ramp reform region regional "
    "register relation relevant religion representation reservation resolution revision rink risk robot robust rollator "
    "rotation ruin sabotage salt sand scenario science scout second segregation semester senior september server service "
    "session sida signal silver sip situation skateboard slogan sms snus social spa speedway sponsor sport sprinkler "
    "standard start startup status storm stress stroke student supported symbol system tank taxi team tennis terminal "
    "terrorism test text ton total tradition trainee transformation transport trend tunnel tv uniform union urban "
    "vaccination variation ventilation version veto vibration video villa vision wifi workshop".split()
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When will the federation be liquidated?", "likvidera"),
        ("Has the letter of intent been signed?", "avsiktsförklaring"),
        ("Which detailed development plans were adopted?", "detaljplan"),
        ("Is there a municipal guarantee?", "borgen"),
        ("Was the matter referred back to the executive board?", "återremittera"),
        ("Was the matter referred back to the executive board?", "kommunstyrelsen"),
        ("Who are the auditors?", "revisorerna"),
        ("What does it cost per year?", "kostnad"),
        ("When does it come into force?", "ikraftträdande"),
        ("When did the rules enter into force?", "ikraftträdande"),
        ("How was the land allocated to the developer?", "exploatör"),
        ("Who gets land allocations?", "markanvisning"),
        ("How many pupils does the school have?", "antal"),
        ("What did the county administrative board say?", "länsstyrelsen"),
        ("What is the deadline?", "senast"),
        ("How long is the term of office?", "mandatperiod"),
        ("What percentage voted?", "procent"),
        ("Is there a reduction for brothers and sisters?", "syskon"),
        ("What share of the cost do we bear?", "andel"),
        ("Who holds the shares?", "aktier"),
        ("What is the point of it?", "syfte"),
        ("From when do the fees apply?", "gälla"),
        ("When must clubs apply for the grant?", "söka"),
        ("Was the proposal turned down?", "avslag"),
        ("When does the contract run out?", "löpa"),
        ("What must the club hand in?", "lämna"),
        ("Who stepped down?", "avsägelse"),
        ("Who owns the holiday home?", "fritidshus"),
        ("What is the attendance fee?", "sammanträdesarvode"),
        ("Which kindergarten has a parking lot?", "förskola"),
        ("How is the bin emptied every other week?", "varannan"),
        ("What does it cost per square metre?", "kvadratmeter"),
    ],
)
def test_a_question_gives_the_words_of_the_papers(question: str, expected: str) -> None:
    assert expected in swedish_words(question)


@pytest.mark.parametrize(
    ("inflected", "base"),
    [
        ("municipalities", "municipality"),
        ("fees", "fee"),
        ("taxes", "tax"),
        ("wound up", "wind up"),
        ("liquidates", "liquidate"),
        ("liquidating", "liquidate"),
        ("approved", "approve"),
        ("cancelled", "cancel"),
        ("jointly owned company", "jointly owned company"),
        ("the municipality's", "municipality"),
        ("the citizens’ proposals", "citizens proposal"),
        ("child's", "child"),
        ("children", "child"),
        ("paid", "pay"),
        ("co-operated", "cooperate"),
        ("pre-schools", "preschool"),
        ("non-profit associations", "nonprofit association"),
        ("long-term parking", "long term parking"),
        ("organizations", "organisation"),
        ("the labor market", "labour market"),
        ("Programs", "programme"),
        ("Terms of the office", "term of office"),
    ],
)
def test_an_inflected_form_finds_its_base_form(inflected: str, base: str) -> None:
    found = swedish_words(inflected)
    assert found
    assert set(found) & set(swedish_words(base)) or found == swedish_words(base)


def test_a_phrase_goes_before_its_words() -> None:
    assert swedish_words("a letter of intent") == ("avsiktsförklaring", "avsiktsförklaringen")
    assert "brev" in swedish_words("a letter")
    assert not {"transport", "transporter"} & set(swedish_words("free school transport"))


def test_a_phrase_does_not_cross_a_sign() -> None:
    assert "avsiktsförklaring" not in swedish_words("Who sent the letter? Of intent it says nothing")
    assert "kommunfullmäktige" not in swedish_words("Is it municipal, assembly or not?")


def test_each_word_or_phrase_of_the_question_gives_one_group() -> None:
    assert translations("When does the executive board wind up the federation?") == (
        ("kommunstyrelsen", "styrelse"),
        ("avveckla", "avvecklas", "likvidera", "upplösa", "likvidation"),
        ("förbund", "förbundet", "samordningsförbund"),
    )
    assert translations("come into force") == (("träda kraft", "träder kraft", "ikraftträdande", "gälla"),)


def test_words_come_in_the_order_of_the_question() -> None:
    found = swedish_words("Is the library closed in July?")
    assert found.index("bibliotek") < found.index("stängd") < found.index("juli")


def test_equivalents_of_several_words_are_cut_and_lose_small_words() -> None:
    assert swedish_words("vice chair") == ("vice", "ordförande")
    assert swedish_words("come into force")[:3] == ("träda", "kraft", "träder")


def test_the_month_is_told_from_the_verb() -> None:
    assert "maj" in swedish_words("Was it adopted in May?")
    assert "maj" in swedish_words("Was it adopted on 2 May 2023?")
    assert "maj" not in swedish_words("May residents park there?")
    assert "maj" not in swedish_words("Who may park there?")


def test_function_words_and_unknown_words_give_nothing() -> None:
    assert [word for word in FUNCTION_WORDS.split() if swedish_words(word)] == []
    assert swedish_words("In Köping and Arboga 2023 § 61 xyzzy") == ()
    assert swedish_words("") == ()


def test_swedish_words_stand_for_themselves() -> None:
    assert translations("How large is the grundbidrag that the överförmyndarnämnden pays?")[1:3] == (
        ("grundbidrag",),
        ("överförmyndarnämnden",),
    )
    assert swedish_words("Is Överum in it?") == ()


@pytest.mark.parametrize(
    ("word", "known"), [("board", True), ("Municipality", True), ("lindgren", False), ("bord", False), ("scool", False)]
)
def test_english_words_are_told_from_others(word: str, known: bool) -> None:
    assert is_english(word) is known


def test_a_question_is_translated_within_a_millisecond() -> None:
    question = "latest day to aply for scool transprot before the new shcool year to municpal schols?"

    def seconds() -> float:
        begun = time.process_time()
        translations(question)
        return time.process_time() - begun

    assert min(seconds() for _ in range(20)) < 0.001


phrases = st.lists(st.sampled_from([*ENTRIES, *FUNCTION_WORDS.split(), "2023", "?", ",", "xyzzy"]), max_size=8)


@given(phrases)
def test_every_word_is_swedish_and_stands_once(words: list[str]) -> None:
    found = swedish_words(" ".join(words))
    assert len(set(found)) == len(found)
    assert set(found) <= SWEDISH


@given(phrases)
def test_a_question_asked_twice_gives_no_more(words: list[str]) -> None:
    question = " ".join(words)
    assert swedish_words(f"x {question} ? {question}") == swedish_words(f"x {question}")


@given(phrases.filter(lambda words: "may" not in words))
def test_capitals_make_no_difference(words: list[str]) -> None:
    question = " ".join(words)
    assert swedish_words(question.upper()) == swedish_words(question.lower())


def test_the_table_is_large_and_its_headwords_can_be_met() -> None:
    assert len(ENTRIES) >= 10_000
    assert [headword for headword in ENTRIES if {"a", "an", "the"} & set(headword.split())] == []
    met = {headword: translations(headword) for headword in ENTRIES if headword != "may"}
    assert [headword for headword, groups in met.items() if len(groups) != 1] == []
    assert [headword for headword, groups in met.items() if not all(all(group) for group in groups)] == []
    assert [
        headword
        for headword, groups in met.items()
        if not set(groups[0][0].split()) <= set(re.split(r"-? |-?$", ENTRIES[headword].split("|")[0]))
    ] == []


def test_equivalents_are_lower_case_and_stand_once() -> None:
    for headword, equivalents in ENTRIES.items():
        values = equivalents.split("|")
        assert 1 <= len(values) <= MAX_EQUIVALENTS, headword
        assert len(set(values)) == len(values), headword
        assert all(value and value == value.lower().strip() and terms(value) for value in values), headword


def test_english_does_not_stand_among_the_swedish_words() -> None:
    assert {headword for headword in ENTRIES if headword in SWEDISH} == BOTH


def test_headwords_stand_once() -> None:
    written = [line.partition("\t")[0] for line in TEXT.splitlines() if line and not line.startswith("#")]
    assert sorted(written) == sorted(set(written))


@pytest.mark.parametrize(
    "line",
    [
        "council kommunfullmäktige",
        "council\t",
        "\tkommunfullmäktige",
        "Council\tkommunfullmäktige",
        "council\tKommunfullmäktige",
        "council\tkommunfullmäktige|",
        "council\tkommunfullmäktige||råd",
        "council\tkommunfullmäktige\tråd",
        " council\tkommunfullmäktige",
        "pre-school\tförskola",
        "council\ta|b|c|d|e|f",
        "one two three four five\tfem",
    ],
)
def test_a_malformed_line_is_refused_with_its_number(line: str, tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text(f"# Bodies\n\nboard\tstyrelse|nämnd\n{line}\n", encoding="utf-8")
    with pytest.raises(RadslagError, match=r"table\.tsv, line 4: found .* needed .* mend the line"):
        parse(table.read_text(encoding="utf-8"), table.name)


def test_a_headword_with_two_entries_is_refused() -> None:
    with pytest.raises(RadslagError, match=r"t, line 3: 'board' has an entry already"):
        parse("board\tstyrelse\nfee\tavgift\nboard\tnämnd\n", "t")


def test_a_good_table_is_read() -> None:
    glossary = parse("# Money\nfee\tavgift|taxa\n\nletter of intent\tavsiktsförklaring\n", "t")
    assert glossary.equivalents == {"fee": "avgift|taxa", "letter of intent": "avsiktsförklaring"}
    assert glossary.vocabulary == {"fee", "letter", "of", "intent"}
    assert max(len(headword.split()) for headword in ENTRIES) <= MAX_PHRASE_WORDS


def test_reading_the_table_takes_less_than_40_ms() -> None:
    def seconds() -> float:
        begun = time.process_time()
        _glossary.__wrapped__()
        return time.process_time() - begun

    assert min(seconds() for _ in range(10)) < 0.040
