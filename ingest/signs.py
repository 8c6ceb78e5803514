"""Signs: what sorts of things a sentence holds, as far as its letters tell: a day, a sum, a person, a reason, a denial.

What a question asks for shows in what its answer holds. What each sign is worth to a question is learned (`ingest.interaction`),
so that the lists need neither be complete nor belong to one sort of question each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ingest.dates import MONTH_NAMES

_FIGURE = r"\d[\d\s\u00a0.,]{0,20}"  # no longer, or a row of figures would be gone through from each of its digits
_NUMBER = rf"(?:\b{_FIGURE}|\b(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tjugo\w*|trettio\w*|hundra)\s)"
_UNCOUNTED = rf"kronor|kr\b|procent|miljon|%|tkr|mnkr|dag|veck|månad|år\b|tim|minut|{MONTH_NAMES}"


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SIGNS: Mapping[str, re.Pattern[str]] = {
    "day": _any(rf"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{{1,2}}\s(?:{MONTH_NAMES})\b|\b\d{{1,2}}/\d{{1,2}}\b"),
    "part of the year": _any(rf"\b(?:{MONTH_NAMES})\b|\b(?:hösten|våren|sommaren|vintern)\b|\b(?:kvartal|halvår)"),
    "year": _any(r"\b(?:19|20)\d\d\b"),
    "time of day": _any(r"\bkl\.?\s?\d|\bklockan\b|\d\d[.:]\d\d\b"),
    "day of the week": _any(r"\b(?:mån|tis|ons|tors|fre|lör|sön)dag"),
    "from": _any(r"\bfrån och med\b|\bfr\.?\s?o\.?\s?m|\bträd\w* i kraft|\bbörja|\bstarta|\btidigast\b|\böppna"),
    "until": _any(
        r"\btill och med\b|\bt\.?\s?o\.?\s?m\b|\bupphör|\blöper ut|\bavslut|\bupplös|\btills\b|\bläggs? ne[dr]|\bstäng"
    ),
    "latest": _any(r"\bsenast\b|\bsista\b|\binom\b|\bföre den\b|\binnan\b|\bi förväg\b"),
    "length of time": _any(
        rf"{_NUMBER}\s?(?:dagar?|veckor?|månader?|år|timmar?|minuter?|arbetsdagar?|vardagar?|dygn)\b"
    ),
    "money": _any(rf"{_FIGURE}(?:kr\b|kronor|tkr|mnkr|mkr|miljon|miljard|euro|öre)|\d:-"),
    "share": _any(r"\d\s?(?:procent|%)|procentenhet|\bhälften|tredjedel|fjärdedel"),
    "length": _any(rf"{_NUMBER}\s?(?:km|kilometer|meter|m|mil|centimeter|cm|kvadratmeter|hektar|m2)\b"),
    "count": _any(rf"{_NUMBER}(?!{_UNCOUNTED})[a-zåäö]{{3,}}"),
    "digit": _any(r"\d"),
    "for nothing": _any(r"avgiftsfri|kostnadsfri|gratis|utan kostnad|kostnadsneutral|befintlig"),
    "person": re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ]\w+)?\s[A-ZÅÄÖ][a-zåäöé]{2,}\b"),
    "party": re.compile(r"\([A-ZÅÄÖ]{1,4}\)"),
    "body": _any(r"nämnd|styrelse|fullmäktige|förvaltning|utskott|beredning|presidi|myndighet|kontoret"),
    "role": _any(
        r"ordförand|direktör|chef|handläggare|rektor|sekreterare|representant|ledamot|revisor|ombud|föreståndare"
    ),
    "company": re.compile(r"\b(?:AB|HB|KB|Bygg)\b|bolag|förening|byrå|konsult|entreprenör|leverantör|förbund"),
    "name": re.compile(r"(?<=[a-zåäö,] )[A-ZÅÄÖ][a-zåäö]+"),
    "voice": _any(
        r"\byrka|\breserv|\bbegär|\bmotion|\bföresl|\banse|\bansåg|\bvill\b|\bville\b|\bskriv|\bpåpeka|\bframhåll|\bhänvisa"
    ),
    "reason": _any(
        r"\beftersom\b|\bdärför\b|\bdå\b|\bsyfte|\bmål\w* att\b|\bmotiv|\bgrund av\b|\borsak|\bberor\b|\bskäl|\btill följd"
        r"|\bså att\b|\bför att\b|\bannars\b|\bsaknas?\b|\bhinner\b|\brisk"
    ),
    "condition": _any(
        r"\bförutsättning|\bförutsatt\b|\bförbehåll|\bvillkor|\bendast\b|\bbara\b|\bunder den\b|\bkrävs\b|\bkrav\b|\bmåste\b|\bom\b"
        r"|\bminst\b|\bhögst\b"
    ),
    "leave": _any(r"\bfår\b|\bkan\b|\bska\b|\bhar rätt\b|\bbör\b"),
    "denial": _any(r"\binte\b|\bej\b|\bingen\b|\binget\b|\binga\b|\baldrig\b|\bundanta|\boförändra"),
    "list": _any(r":$|\w, \w[^,.;]{0,200}? (?:och|samt|eller) \w"),
    "vote": _any(r"\b\d+ (?:ja|nej)|\d+ röster|\bröst|omröstning|votering|\b(?:ja|nej):? "),
    "meaning": _any(r"\b(?:menas|avses|räknas|definieras|betyder|det vill säga|dvs|innebär|omfattar|ingår)\b"),
    "verdict": _any(r"\bbeslut|\bavsl|\bbif|\bgodkän|\banta|\bantog|\båterremit|\bfastställ|\bbevilja"),
    "place": re.compile(
        r"\b(?:vid|på|i|till|intill|norr|söder|längs)\s[A-ZÅÄÖ]|\w(?:vägen|gatan|torget|huset|skolan|hallen|parken)\b"
    ),
    "prose": _any(r"[.!?]$"),
}
SIGNS = tuple(_SIGNS)  # their order is that of what was learned
PATTERNS = crc32(
    "\n".join(f"{pattern.flags} {pattern.pattern}" for pattern in _SIGNS.values()).encode()
)  # changes with them


def signs_of(sentences: Sequence[str]) -> NDArray[np.bool_]:
    """Which of `SIGNS` each sentence, on one line, holds, (sentences, signs)."""
    held = [[pattern.search(sentence) is not None for pattern in _SIGNS.values()] for sentence in sentences]
    return np.array(held, dtype=np.bool_).reshape(-1, len(SIGNS))
