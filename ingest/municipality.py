"""Municipality: whose papers these are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import PurePosixPath

MUNICIPALITY = re.compile(
    r"\b([A-ZÅÄÖ](?:[a-zåäöé]+|[A-ZÅÄÖÉ]+)(?:[\s-][A-ZÅÄÖ][\wåäöé]+)?)\s([Kk]ommun|KOMMUN|[Ss]tad|STAD)s?\b"
    r"|(?:(?<=[a-zåäö,]\s)|^)([A-ZÅÄÖ](?:[a-zåäöé]{2,}kommun|[A-ZÅÄÖÉ]{3,}KOMMUN))s?\b",
    re.MULTILINE,
)
_NO_NAMES = frozenset(
    "en varje denna vår er sin annan ingen någon samma min hela till i av på för från inom hos med om både även".split()
)
_COUNCIL = re.compile(r"\b([A-ZÅÄÖ][\w-]+?)s?\skommun(?:fullmäktige|styrelse)\b")  # "Göteborgs kommunfullmäktige"
SHORT_LINE_CHARS = 60


def municipality_of(document: str, text: str) -> str | None:
    """The municipality named most often; short lines (letterhead, footers) count double, and so does a name that
    a web address has too; one that the folder or the council bears comes before all others.
    """
    short = "\n".join(line for line in text.splitlines() if len(line.strip()) <= SHORT_LINE_CHARS)
    names = Counter(
        _proper(match) for place in (short, text) for match in MUNICIPALITY.finditer(place) if _is_name(match)
    )
    if not names:
        return None
    surely = {plain(part) for part in PurePosixPath(document).parts[:-1]}
    surely |= {plain(name) for name in _COUNCIL.findall(text)}
    perhaps = {plain(domain) for domain in re.findall(r"(?:www\.|@)([\w-]+)\.[a-z]{2,}\b", text)}

    def weight(name: str) -> tuple[bool, int, int]:
        stem = plain(name.split()[0])
        stems = {stem, stem.removesuffix("s")}
        return bool(stems & surely), names[name] * (2 if stems & perhaps else 1), -text.casefold().find(name.casefold())

    return max(names, key=weight)


def _is_name(match: re.Match[str]) -> bool:
    return bool(match.group(3)) or match.group(1).casefold() not in _NO_NAMES  # alone, such a word is no name


def _proper(match: re.Match[str]) -> str:
    """The name in ordinary letters, also where the letterhead has capitals."""
    if one := match.group(3):
        return one.capitalize() if one.isupper() else one
    name, sort = match.group(1), match.group(2)
    if name.split()[0].casefold() in _NO_NAMES:
        name = name.split(maxsplit=1)[1]  # "Av Göteborgs Stad", where a sentence begins
    if name.isupper():
        return f"{name.title()} {sort.capitalize() if sort.casefold() == 'stad' else 'kommun'}"
    return f"{name} {sort.replace('K', 'k')}"


def plain(word: str) -> str:
    """Lower case without diacritics, as folders and web addresses are written."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
