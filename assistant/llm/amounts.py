"""Amounts: the numbers of a text with what stands beside them, in figures or in words, in Swedish or English.

"375 000 kronor", "SEK 375,000" and "375 tkr" are one amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True)
class Figure:
    """A number with what stands beside it: its unit, the time it is reckoned by ("per år"), and its bound ("högst"), its role in a change
    ("från", "till", "med"); None where nothing known does.
    """

    value: Decimal
    unit: str | None
    per: str | None = None
    bound: str | None = None
    role: str | None = None


def numbered(words: str, start: int = 1) -> dict[str, int]:
    """Words by their number; those with the same one have a stroke between them."""
    return {word: number for number, group in enumerate(words.split(), start) for word in group.split("/")}


_UNITS_OF_TEN = numbered(
    "tjugo/twenty trettio/thirty fyrtio/forty femtio/fifty sextio/sixty sjuttio/seventy åttio/eighty nittio/ninety", 2
)
_ONES = numbered("ett/en/one två/two tre/three fyra/four fem/five sex/six sju/seven åtta/eight nio/nine")
_WORDS: Mapping[str, Decimal] = {
    word: Decimal(number)
    for word, number in {
        **{word: number for word, number in _ONES.items() if number > 1},
        **numbered(
            "tio/ten elva/eleven tolv/twelve tretton/thirteen fjorton/fourteen femton/fifteen sexton/sixteen sjutton/seventeen arton/eighteen nitton/nineteen",
            10,
        ),
        **numbered(
            "tredje/third/thirds/tredjedel/tredjedelar fjärde/fourth/fjärdedel/fjärdedelar femte/fifth/fifths/femtedel/femtedelar sjätte/sixth/sjättedel sjunde/seventh/sjundedel åttonde/eighth/eighths/åttondel/åttondelar nionde/ninth/niondel tionde/tenth/tenths/tiondel/tiondelar",
            3,
        ),
        **{ten: 10 * tens for ten, tens in _UNITS_OF_TEN.items()},
        **{
            f"{ten}{sign}{one}": 10 * tens + ones
            for ten, tens in _UNITS_OF_TEN.items()
            for one, ones in _ONES.items()
            for sign in ("", "-")
        },
    }.items()
} | {
    **{word: Decimal("0.5") for word in ("hälften", "halv", "halva", "halvt", "half")},
    **{word: Decimal(12) for word in ("dussin", "dussintal", "dozen", "dozens")},
}
# "trehundraåttio", "two hundred and fifty": the hundreds, and what is left.
_SIMPLE = "|".join(sorted((*_WORDS, *_ONES), key=len, reverse=True))
_HUNDREDS = re.compile(
    rf"(?:(?P<times>{'|'.join(_ONES)}|a)[ -]?)?(?:hundra|hundred)(?:(?:och|[ -]and[ -]|[ -])?(?P<rest>{_SIMPLE}))?",
    re.IGNORECASE,
)
# Words that say how many times as much, each a number of its own kind.
_MULTIPLES = tuple(
    (Decimal(times), re.compile(rf"\b(?:{words})", re.IGNORECASE))
    for times, words in (
        ("2", r"fördubbl\w*|dubblera\w*|dubbelt\b|dubbla\b|tvåfald\w*|doubl(?:e|ed|es|ing)\b|twice\b|twofold\b"),
        ("3", r"(?:för)?tredubbl\w*|trefald\w*|tripl(?:e|ed|es|ing)\b|threefold\b"),
        ("4", r"(?:för)?fyrdubbl\w*|fyrfald\w*|quadrupl\w*|fourfold\b"),
        ("0.5", r"halver\w*|halv(?:e|es|ed|ing)\b"),
    )
)
_HUNDREDS_BARE = re.sub(r"\?P<\w+>", "?:", _HUNDREDS.pattern)  # without the names of its groups
_FRACTIONS = {"½": " 0,5", "¼": " 0,25", "¾": " 0,75"}
_SCALES = {
    "tkr": (Decimal(1_000), "kr"),
    "kkr": (Decimal(1_000), "kr"),
    "mnkr": (Decimal(1_000_000), "kr"),
    "mkr": (Decimal(1_000_000), "kr"),
    "msek": (Decimal(1_000_000), "kr"),
    "mdkr": (Decimal(1_000_000_000), "kr"),
    **dict.fromkeys(("tusen", "thousand"), (Decimal(1_000), None)),
    **dict.fromkeys(("miljoner", "miljon", "milj", "million", "millions", "mn"), (Decimal(1_000_000), None)),
    **dict.fromkeys(("miljarder", "miljard", "billion", "billions", "mdr"), (Decimal(1_000_000_000), None)),
}
_UNITS = {
    word: unit
    for unit, words in {
        "kr": "kr kronor krona sek kronors",
        "öre": "öre",
        "euro": "euro eur €",
        "%": "% procent percent procents",
        "pp": "procentenheter procentenhet",
        "day": "dag dagar dagars dagarna dagen day days dygn",
        "week": "vecka veckan veckor veckors week weeks",
        "month": "månad månaden månader månaders mån month months",
        "year": "år års året åren year years",
        "quarter": "kvartal kvartalet kvartals quarter",
        "term": "termin terminen terminer term terms semester",
        "hour": "timme timmen timmar timmars tim hour hours",
        "minute": "minut minuter minutes minute",
        "m": "meter metre metres m",
        "m2": "kvadratmeter kvm m2 m²",
        "km": "kilometer km kilometre kilometres",
        "ha": "hektar ha hectare hectares",
    }.items()
    for word in words.split()
}
_TIMES = frozenset({"day", "week", "month", "quarter", "term", "year", "hour", "minute"})
_SIGN = r"(?:(?<![\w\d])[-−–](?=\d)|\bminus\s)?"
_NUMBER = re.compile(
    rf"(?:\b(?P<before>SEK|kr|EUR|€)\s?)?(?P<sign>{_SIGN})(?:(?<![\w.,:])(?P<digits>\d{{1,3}}(?:[ \u00a0\u202f.,'’]\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,:]\d+)?)"
    rf"|\b(?P<word>{_HUNDREDS_BARE}(?:\b|(?=tal(?:et|s)?\b))|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?:\b|(?=år|dagars|månaders|veckors|procent|tal(?:et|s)?\b))|(?:en|ett|one|a)(?=\s(?:{'|'.join(_SCALES)})\b)))",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:[\s\u00a0-]*(?:%|€|/|m²|[^\W\d_]+2?)){0,5}")
_JOINS = re.compile(r"\s*(?:till|to|och|and|eller|or|respektive|–|-)\s*(?:SEK\s|kr\s)?", re.IGNORECASE)
_BOUNDS = {
    "max": re.compile(
        r"(?:högst|högsta \w+|maximalt|max|upp till|som mest|inte mer än|inte överstig\w*|inte överskrid\w*|begräns\w+ till|tak på|ram på|at most|(?<!add )(?<!adds )(?<!added )(?<!amount )(?<!amounts )up to|(?:a )?maximum(?: \w+){0,3}? of|maximum"
        r"|(?:no|not) more than|(?:not|never) exceed\w*|limited to|(?:a )?ceiling of|capped at)(?: (?:om|på|of|to|a total of|sammanlagt|totalt)){0,2}\s*$",
        re.IGNORECASE,
    ),
    "min": re.compile(
        r"(?:minst|lägst|åtminstone|senast|inte mindre än|at least|(?:a )?minimum(?: of)?|(?:no|not) (?:less|fewer) than)(?: (?:om|på|of))?\s*$",
        re.IGNORECASE,
    ),
}
_ROLES = {
    role: re.compile(rf"\b(?:{words})\s(?:(?:om|på|ca|cirka|högst|minst|about|a total of)\s)?$", re.IGNORECASE)
    for role, words in {"from": "från|from", "to": "till|to", "by": "med|by"}.items()
}
_PER = frozenset("per om i a an each every varje / the".split())
_RECKONED = {
    time: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for time, words in {
        "hour": r"\w*tim(?:me|mar|mes|pris\w*|kostnad\w*|arvode\w*|tax\w*)?\b|hour",
        "day": r"dag|dygn|dai?ly|day",
        "week": r"veck|week",
        "month": r"\w*månad|månatlig|month",
        "quarter": r"\w*kvartal|quarter",
        "term": r"\w*termin|term|semester",
        "year": r"\w*år(?:s\w*|et|ets|en|lig\w*)?\b|annual|year",
    }.items()
}
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+")


def amounts_in(text: str) -> Iterable[Figure]:
    """The numbers, from the last to the first, and then how many times as much."""
    for sign, digits in _FRACTIONS.items():
        text = text.replace(sign, digits)
    scaled: tuple[int, Decimal, str | None] | None = (
        None  # where the number behind this one begins, and what it is reckoned in
    )
    for match in reversed(list(_NUMBER.finditer(text))):
        after = _AFTER.match(text, match.end())
        scale, unit, per = _unit_after(after.group() if after else "")
        if match["before"]:
            unit = _UNITS[match["before"].casefold()]
        joint = _JOINS.match(text, match.end())
        if (
            scaled and joint and joint.end() == scaled[0] and scale is None and unit in (None, scaled[2])
        ):  # "från 6,2 till 7,1 miljoner"
            _, scale, unit = scaled
        scaled = (match.start(), scale, unit) if scale else None
        word = match["word"]
        value = _worded(word) if word else _value(match["digits"], scale is not None)
        value = ((-value if match["sign"] else value) * (scale or 1)).normalize()
        bound = next((name for name, words in _BOUNDS.items() if words.search(text[: match.start()])), None)
        is_year = unit is None and re.fullmatch(YEAR, f"{value:f}")  # "senast 2020" is a time, no bound of a number
        role = next((name for name, words in _ROLES.items() if words.search(text[: match.start()])), None)
        yield Figure(value, unit, per, *((None, None) if is_year else (bound, None if bound else role)))
    yield from (Figure(times, "times") for times, words in _MULTIPLES if words.search(text))


def _worded(word: str) -> Decimal:
    """The number that a word stands for; an article is one."""
    folded = word.casefold()
    if hundreds := _HUNDREDS.fullmatch(folded):
        return 100 * Decimal(_ONES.get(hundreds["times"] or "", 1)) + (
            _worded(hundreds["rest"]) if hundreds["rest"] else 0
        )
    return _WORDS.get(folded, Decimal(1))


def _value(digits: str, scaled: bool) -> Decimal:
    """A number as it is written in Swedish or English; "1,250" is a thousand and more, unless millions follow."""
    grouped = _GROUPED.match(digits)
    whole = grouped.group() if grouped else ""
    separators = set(re.sub(r"\d", "", whole))
    ambiguous = (
        whole == digits and len(separators) == 1 and separators <= {".", ","} and sum(map(whole.count, separators)) == 1
    )
    if whole and not (ambiguous and (scaled or digits.startswith("0"))):
        rest = digits[len(whole) :].replace(",", ".")
        return Decimal(re.sub(r"\D", "", whole) + rest)
    return Decimal(digits.replace(",", ".").replace(":", "."))


def times_in(text: str) -> frozenset[str]:
    """The times that the text reckons by, in any form: "årlig", "månadsavgift", "annual"."""
    return frozenset(time for time, words in _RECKONED.items() if words.search(text))


def _unit_after(words: str) -> tuple[Decimal | None, str | None, str | None]:
    """The scale, the unit and the time reckoned by that the words after a number begin with."""
    scale, unit, per = None, None, None
    following = re.findall(r"%|€|/|m²|[^\W\d_]+2?", words.casefold())
    while following:
        word, *following = following
        after = following[0] if following else ""
        if unit is None and scale is None and word in _SCALES:
            scale, unit = _SCALES[word]
        elif unit is None and (word == "percentage" and after.startswith("point")):
            unit, following = "pp", following[1:]
        elif unit is None and word == "square" and after.startswith("met"):
            unit, following = "m2", following[1:]
        elif unit is None and (word, after) == ("per", "cent"):
            unit, following = "%", following[1:]
        elif unit is None and word in _UNITS:
            unit = _UNITS[word]
        elif word in _PER and _UNITS.get(after) in _TIMES:
            per = _UNITS[after]
            break
        elif word not in ("svenska", "swedish"):
            break
    return scale, unit, per


def scales_in(text: str) -> frozenset[Decimal]:
    """The scales that stand without a number, as "tkr" above a column."""
    return frozenset(
        scale
        for word, (scale, unit) in _SCALES.items()
        if unit and re.search(rf"(?<!\d)(?<!\d\s)\b{word}\b", text, re.I)
    )
