"""Spelling: slips of the pen in questions, and what stays as it was written."""

from __future__ import annotations

import unicodedata
from importlib.resources import files

import pytest

from assistant.question import understand
from assistant.spelling import FILE, mended


def nothing(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Hur hög är avgfiten för hemtjäns?", "Hur hög är avgiften för hemtjänst?"),
        ("nar borjar fardtjansten galla", "nar börjar färdtjänsten gälla"),
        ("Vilekn kommun?", "Vilken kommun?"),
        ("samordnigsförbundet och kompetensutvekling", "samordningsförbundet och kompetensutveckling"),
        ("Får jag elda löv i maj?", "Får jag elda löv i maj?"),
        ("Vad kostar hundarna och hundra lampor?", "Vad kostar hundarna och hundra lampor?"),
    ],
)
def test_a_swedish_slip_gives_way_to_what_was_meant(written: str, meant: str) -> None:
    assert mended(written, "sv", nothing) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("latest day to aplly for scool transprot", "latest day to apply for school transport"),
        ("who did the municpality alocate it to", "who did the municipality allocate it to"),
        ("Muncipal guarantee", "Municipal guarantee"),
        ("whihc, becuase", "which, because"),
        ("How large is the grundbidrag?", "How large is the grundbidrag?"),
        ("Were the neighbours asked?", "Were the neighbours asked?"),
    ],
)
def test_an_english_slip_gives_way_to_what_was_meant(written: str, meant: str) -> None:
    assert mended(written, "en", nothing) == meant


def test_names_numbers_short_words_and_words_of_the_documents_stay() -> None:
    assert (
        mended("Vad ägs i Kommunn och AVGFIT 12abc av dme?", "sv", nothing)
        == "Vad ägs i Kommunn och AVGFIT 12abc av dme?"
    )
    assert mended("ingår avgfit", "sv", nothing) == "ingår avgift"
    assert mended("ingår avgfit", "sv", {"avgfit"}.__contains__) == "ingår avgfit"
    for written in ("koping/002_komunen.txt", "www.komunen.se", "brev@komunen.se", "vad sa lindgren", "i arvika"):
        assert mended(written, "sv", nothing) == written
    for written in ("Avesta och Kumla", "why wouldn't they", "I suppose so"):
        assert mended(written, "en", nothing) == mended(written, "sv", nothing) == written


def test_usual_forms_of_right_words_stay() -> None:
    for written in ("vattentjänstlagen", "trerumslägenheterna", "kungörelser", "begriper", "foxes grazing"):
        assert mended(written, "sv", nothing) == written


def test_where_the_language_does_not_tell_a_word_of_either_may_be_meant() -> None:
    assert mended("garden waste collection", None, nothing) == "garden waste collection"
    assert mended("scool transprot", None, nothing) == "school transport"
    assert mended("sophämtnign", None, nothing) == "sophämtning"


def test_decomposed_letters_are_one_with_composed_ones() -> None:
    assert understand(unicodedata.normalize("NFD", "Varför höjs avgiften i Västerås?")).shown is None


def test_a_word_far_from_all_others_stays() -> None:
    assert mended("xyzzyplugh kvarnbrodrossel", "sv", nothing) == "xyzzyplugh kvarnbrodrossel"


def test_a_question_without_slips_is_not_shown_anew() -> None:
    assert understand("Hur  hög är avgiften?").shown is None
    assert understand("Hur hög är avgfiten?").shown == "Hur hög är avgiften?"
    assert understand("Hur hög är avgfiten?").original == "Hur hög är avgfiten?"


def test_the_vocabulary_is_in_order_and_free_of_repeats() -> None:
    lines = files("assistant").joinpath(FILE).read_text(encoding="utf-8").splitlines()
    keys = [tuple(line.split("\t")[:2]) for line in lines]
    assert keys == sorted(set(keys))
    assert all(int(line.split("\t")[2]) > 0 for line in lines)
