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
        "analysis:analyses arise:arose,arisen basis:bases bear:bore,borne become:became begin:began,begun bend:bent bind:bound "
        "bite:bit,bitten blow:blew,blown break:broke,broken breed:bred bring:brought build:built burn:burnt buy:bought "
        "catch:caught choose:chose,chosen come:came crisis:crises criterion:criteria cut:cut,cutting deal:dealt dig:dug "
        "draw:drew,drawn drink:drank,drunk drive:drove,driven eat:ate,eaten establish:founded,founding fall:fell,fallen feed:fed "
        "feel:felt fight:fought find:found fly:flew,flown forbid:forbade,forbidden forget:forgot,forgotten freeze:froze,frozen "
        "get:got,gotten give:gave,given go:went,gone grow:grew,grown half:halves hang:hung hear:heard hide:hid,hidden hold:held "
        "index:indices keep:kept know:knew,known lay:laid lead:led learn:learnt leave:left lend:lent lie:lying life:lives "
        "light:lit lose:lost make:made man:men mean:meant meet:met memorandum:memoranda overrun:overran oversee:oversaw,overseen "
        "overspend:overspent overtake:overtook,overtaken pay:paid rebuild:rebuilt redraw:redrew,redrawn repay:repaid "
        "rewrite:rewrote,rewritten ride:rode,ridden ring:rang,rung rise:rose,risen run:ran see:saw,seen seek:sought sell:sold "
        "send:sent shake:shook,shaken shine:shone shoot:shot show:shown shrink:shrank,shrunk sing:sang,sung sink:sank,sunk "
        "sit:sat sleep:slept slide:slid speak:spoke,spoken speed:sped spend:spent stand:stood steal:stole,stolen stick:stuck "
        "strike:struck,stricken strive:strove,striven sweep:swept swim:swam,swum take:took,taken teach:taught tear:tore,torn "
        "tell:told think:thought throw:threw,thrown undergo:underwent,undergone undertake:undertook,undertaken "
        "understand:understood undo:undid,undone uphold:upheld wear:wore,worn win:won wind:wound withdraw:withdrew,withdrawn "
        "withhold:withheld withstand:withstood woman:women write:wrote,written person:persons,people foot:feet tooth:teeth "
        "mouse:mice goose:geese ox:oxen wife:wives shelf:shelves leaf:leaves loaf:loaves medium:media phenomenon:phenomena "
        "spectrum:spectra curriculum:curricula stimulus:stimuli addendum:addenda referendum:referenda"
    ).split()
    for base, _, forms in [entry.partition(":")]
    for form in forms.split(",")
}

# American openings of words and their British spelling; -ize and -yze follow a rule.
_BRITISH = {
    "aging": "ageing",
    "aluminum": "aluminium",
    "analog": "analogue",
    "archeolog": "archaeolog",
    "artifact": "artefact",
    "behavior": "behaviour",
    "catalog": "catalogue",
    "centimeter": "centimetre",
    "center": "centre",
    "color": "colour",
    "councilor": "councillor",
    "counselor": "counsellor",
    "counseling": "counselling",
    "curb": "kerb",
    "defense": "defence",
    "enroll": "enrol",
    "favor": "favour",
    "fiber": "fibre",
    "fulfill": "fulfil",
    "gray": "grey",
    "harbor": "harbour",
    "honor": "honour",
    "humor": "humour",
    "installment": "instalment",
    "judgement": "judgment",
    "kilometer": "kilometre",
    "labor": "labour",
    "license": "licence",
    "liter": "litre",
    "meter": "metre",
    "maneuver": "manoeuvre",
    "millimeter": "millimetre",
    "mold": "mould",
    "neighbor": "neighbour",
    "odor": "odour",
    "offense": "offence",
    "pajama": "pyjama",
    "pediatric": "paediatric",
    "plow": "plough",
    "program": "programme",
    "rigor": "rigour",
    "rumor": "rumour",
    "theater": "theatre",
    "tire": "tyre",
    "traveler": "traveller",
    "tumor": "tumour",
    "vapor": "vapour",
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
