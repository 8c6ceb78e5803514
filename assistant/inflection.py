"""Inflection: which base forms an English word may be a form of, for looking it up in a list of base forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# Endings and what stands in their place in the base form. Wrong guesses are harmless: the list drops them.
_ENDINGS = (
    ("ies", "y"),
    ("s", ""),
    ("es", ""),
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ily", "y"),
    ("ly", ""),
)
_MIN_BASE_CHARS = 3
_DOUBLED_END = re.compile(r"([bdglmnprt])\1$")  # stopp(ed), cancell(ed)

_IRREGULAR = {
    form: base
    for entry in (
        "analysis:analyses arise:arose,arisen basis:bases bear:bore,borne become:became begin:began,begun build:built "
        "buy:bought choose:chose,chosen crisis:crises criterion:criteria drive:drove,driven eat:ate,eaten "
        "establish:founded,founding fight:fought find:found forbid:forbade,forbidden give:gave,given grow:grew,grown half:halves "
        "hold:held index:indices keep:kept lay:laid lead:led leave:left lend:lent life:lives lose:lost man:men mean:meant "
        "meet:met memorandum:memoranda overspend:overspent pay:paid rebuild:rebuilt rise:rose,risen run:ran sell:sold send:sent "
        "speak:spoke,spoken spend:spent take:took,taken teach:taught undertake:undertook,undertaken understand:understood "
        "uphold:upheld win:won wind:wound withdraw:withdrew,withdrawn woman:women write:wrote"
    ).split()
    for base, _, forms in [entry.partition(":")]
    for form in forms.split(",")
}

# American openings of words and their British spelling; -ize and -yze follow a rule.
_BRITISH = {
    "center": "centre",
    "councilor": "councillor",
    "counselor": "counsellor",
    "counseling": "counselling",
    "defense": "defence",
    "enroll": "enrol",
    "favor": "favour",
    "fiber": "fibre",
    "fulfill": "fulfil",
    "harbor": "harbour",
    "honor": "honour",
    "installment": "instalment",
    "judgement": "judgment",
    "kilometer": "kilometre",
    "labor": "labour",
    "license": "licence",
    "liter": "litre",
    "meter": "metre",
    "mold": "mould",
    "neighbor": "neighbour",
    "offense": "offence",
    "plow": "plough",
    "program": "programme",
    "rumor": "rumour",
    "theater": "theatre",
    "tire": "tyre",
    "traveler": "traveller",
}


_AMERICAN = re.compile(rf"^(?:{'|'.join(sorted(_BRITISH, key=len, reverse=True))})")
_CACHED_WORDS = 5_000


@lru_cache(maxsize=_CACHED_WORDS)
def possible_bases(word: str) -> tuple[str, ...]:
    """`word` (lower case) and what it may be a form of, likeliest first, without apostrophes, in British spelling too.

    Most of what is returned are no words: the caller keeps those it knows.
    """
    plain = re.sub("['’]", "", word)
    owner = re.split("['’]", word)[0]
    spellings = dict.fromkeys(spelling for form in (plain, owner) for spelling in (form, _british(form)))
    bases = (base for spelling in spellings for base in _without_ending(spelling))
    return tuple(dict.fromkeys([*spellings, *bases]))


def _british(word: str) -> str:
    word = _AMERICAN.sub(lambda opening: _BRITISH[opening.group()], word)
    return re.sub(r"(?<=[iy])z(?=e|ing|ation)", "s", word)


def _without_ending(word: str) -> Iterator[str]:
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _MIN_BASE_CHARS:
            base = word.removesuffix(ending) + instead
            yield base
            yield _DOUBLED_END.sub(r"\1", base)
