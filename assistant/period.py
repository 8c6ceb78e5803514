"""Period: the year that a figure is of, which is another thing than the year it was written in."""

from __future__ import annotations

import re
from collections.abc import Sequence

YEAR = re.compile(r"(?:19|20)\d\d")
_RANGE = re.compile(r"\b((?:19|20)\d\d)\s?[–-]\s?((?:19|20)?\d\d)\b")
_OUTLOOK = re.compile(r"\bmed (?:flerårs)?plan\b.*", re.IGNORECASE)  # "Budget 2017 med plan 2018–2019" is of 2017
_OF = re.compile(
    r"\b(?:för|avseende|gällande|budget\w*|årsredovisning\w*|bokslut\w*|delårsrapport\w*|taxa\w*|utgången av|slutet av|31 december"
    r"|for|of|in the (?:accounts|budget)(?: for| of)?|accounts|tariff)\s(?:år(?:et)?\s|the year\s)?((?:19|20)\d\d)\b(?!-\d\d-)"
    r"|\b((?:19|20)\d\d) (?:års|års?budget|budget|tariff|fees|rules|accounts)\b|\bhade .{1,60}?((?:19|20)\d\d)\?",
    re.IGNORECASE,
)


def periods(text: str) -> tuple[str, ...]:
    """The years that what is told, or asked for, in a text is of: "för 2019", "2019 års", "at the end of 2019"."""
    return tuple(dict.fromkeys(year for match in _OF.finditer(text) for year in match.groups() if year))


def out_of_period(asked: Sequence[str], sentence: str, headings: Sequence[str]) -> tuple[str, ...]:
    """Which of the years asked for a sentence is not of.

    Args:
        asked: as `periods` gives them.
        sentence: what may be the answer. It may say of which year it is; else the headings above it do, when they name any.
        headings: the title of its document and those of its sections.
    """
    if not asked:
        return ()
    named = _years(sentence)
    told = set(periods(sentence))
    of_headings = _years(" ".join(_OUTLOOK.sub("", heading) for heading in headings))
    return tuple(year for year in asked if year not in named and (told or (of_headings and year not in of_headings)))


def _years(text: str) -> set[str]:
    """The years in a text, and those between the ends of a range."""
    years = set(YEAR.findall(re.sub(r"\b(?:19|20)\d\d-\d\d-\d\d\b", " ", text)))
    for first, last in _RANGE.findall(text):
        end = int(last) if len(last) == 4 else int(first[:2] + last)
        years |= {str(year) for year in range(int(first), min(end, int(first) + 30) + 1)}
    return years
