"""Period: the year that a figure is of, which is another thing than the year it was written in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dates import ENGLISH_MONTHS, MONTH_NAMES

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTED = (  # "för 2000 besökare" is no year
    r"(?!\s?(?:kr\b|kronor|platser|besökare|elever|personer|invånare|barn|st\b|stycken|meter|m2|kvadratmeter|lägenheter|bostäder"
    r"|deltagare|timmar|hushåll|seats|people|pupils|residents|visitors|metres|flats|hours))"
)
_OF = re.compile(
    r"(?P<compared>\b(?:jämfört med|mot|än|compared (?:with|to)|than)\s|\()?"
    rf"(?:\b(?:för|avseende|gällande|\w*budget\w*|årsredovisning\w*|bokslut\w*|delårsrapport\w*|\w*taxa\w*|utgången av|slutet av|31 december"
    rf"|for|end of|accounts of|budget of|accounts|tariff)\s(?:åren?\s|året\s|the years?\s)?(?P<after>(?:19|20)\d\d)\b(?![-/:]\d){_COUNTED}"
    r"|\b(?P<before>(?:19|20)\d\d) (?:års\b|års?budget|budget\b|tariff|fees|rules|accounts"
    r"|(?:waste|refuse|refuse collection|fee|elderly care|bin|grant) (?:tariff|fees|charges|list|rules))"
    r"|\bhade (?![^?]*(?:motion|förslag|skrivelse|brev))[^?]{1,60}?(?P<last>(?:19|20)\d\d)\?)",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"\b(?:året (?:innan|före|dessförinnan)|föregående år|(?:the )?year before|(?:the )?(?:previous|preceding) year)\b",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(
    r"\b(?:året (?:efter|därpå|därefter)|(?:the )?year after|the (?:following|next) year)\b", re.IGNORECASE
)
_PERIODIC = re.compile(r"budget|årsredovisning|bokslut|delårsrapport", re.IGNORECASE)  # papers that are of one year
_EDITION = re.compile(r"taxa|avgifter|regler|reglemente", re.IGNORECASE)  # papers that hold from a year on
_OUTLOOK = re.compile(r"\bmed (?:flerårs)?plan\b.*", re.IGNORECASE)  # "Budget 2017 med plan 2018–2019" is of 2017
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:[–—/-]|till(?: och med)?|t\.o\.m\.?)\s?((?:19|20)?\d\d)(?!\d)")
_COMPARED = re.compile(
    r"\b(?:(?:oförändra|höj|sänk|ök|minsk)\w*(?: \w+){0,3} (?:från|sedan)|än|mot|jämfört med) (?:19|20)\d\d\b",
    re.IGNORECASE,
)  # "oförändrad från 2025"
_TIED = re.compile(
    r"\b(?:sedan|från|före|efter|innan|inför|till|senast|mot|än|since|from|before|after|until|till|by|than|against)\b[^,.?]*?\b(?:19|20)\d\d\b"
    rf"|\b(?:{MONTH_NAMES}|{ENGLISH_MONTHS}|våren|hösten|sommaren|vintern|spring|autumn|summer|winter) (?:of )?(?:19|20)\d\d\b|(?:19|20)\d\d\s?[–/-]\s?\d+",
    re.IGNORECASE,
)
_NO_PERIOD = re.compile(  # dates, diarienummer and laws
    rf"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{{1,2}}\s(?:{MONTH_NAMES})\s(?:19|20)\d\d\b|\b(?-i:[A-ZÅÄÖ]{{2,}})\s?(?:19|20)\d\d[/:]\d+|\b(?:19|20)\d\d:\d+",
    re.IGNORECASE,
)


def periods(text: str) -> tuple[str, ...]:
    """The years that what is told, or asked for, in a text is of: "för 2019", "2019 års", "at the end of 2019"."""
    return tuple(dict.fromkeys(match["after"] or match["before"] or match["last"] for match in _OF.finditer(text)))


def bare_years(text: str) -> tuple[str, ...]:
    """The years in a text that no word ties to a day, to a beginning or to an end: what is told may be of them, or of a paper from then."""
    return tuple(dict.fromkeys(YEAR.findall(_TIED.sub(" ", _NO_PERIOD.sub(" ", text)))))


def relative_period(text: str, said: str) -> tuple[str, ...]:
    """The year before or after that a follow-up asks for, counted from the last year in what was `said` before it."""
    years = YEAR.findall(_NO_PERIOD.sub(" ", said))
    steps = [step for step, pattern in ((-1, _YEAR_BEFORE), (1, _YEAR_AFTER)) if pattern.search(text)]
    return (str(int(years[-1]) + steps[0]),) if years and len(steps) == 1 else ()


def out_of_period(asked: Sequence[str], sentence: str, before: str, headings: Sequence[str]) -> tuple[str, ...]:
    """The years asked for, when a sentence is of none of them.

    Args:
        asked: as `periods` gives them.
        sentence: what may be the answer; it may say of which year it is.
        before: what is said right before it, where the year may stand that the sentence needn't repeat.
        headings: the title of its document and those of its sections. Those of a budget or an account say of which year it is.
    """
    if not asked:
        return ()
    title = headings[0] if headings else ""
    if _EDITION.search(title) and min(YEAR.findall(title), default="") > max(asked):
        return tuple(asked)  # a tariff of 2019 isn't that of 2017, though it names that year's
    if _years(sentence) & set(asked):
        return ()
    of_headings = {
        year
        for heading in headings
        if _PERIODIC.search(heading)
        for year in _years(_OUTLOOK.sub("", _NO_PERIOD.sub(" ", heading)))
    }
    told = any(not match["compared"] for match in _OF.finditer(sentence))
    if of_headings & set(asked) and not told:
        return ()
    elsewhere = of_headings and not of_headings & set(asked) and not _years(_COMPARED.sub(" ", before)) & set(asked)
    return tuple(asked) if told or elsewhere else ()


def _years(text: str) -> set[str]:
    """The years in a text, and those between the ends of a range."""
    text = _NO_PERIOD.sub(" ", text)
    years = set(YEAR.findall(text))
    for first, last in _RANGE.findall(text):
        end = int(last) if len(last) == 4 else int(first[:2] + last)
        years |= {str(year) for year in range(int(first), min(end, int(first) + 30) + 1)}
    return years
