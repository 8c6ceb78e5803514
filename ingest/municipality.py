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
_NO_NAMES = frozenset("en varje denna vår er sin annan ingen någon samma min hela till i".split())
SHORT_LINE_CHARS = 60


def municipality_of(document: str, text: str) -> str | None:
    """The municipality named most often; short lines (letterhead, footers) count double, and so does a name that the folder or
    a web address has too.
    """
    short = "\n".join(line for line in text.splitlines() if len(line.strip()) <= SHORT_LINE_CHARS)
    names = Counter(
        _proper(match) for place in (short, text) for match in MUNICIPALITY.finditer(place) if _is_name(match)
    )
    if not names:
        return None
    hints = {_plain(part) for part in PurePosixPath(document).parts[:-1]}
    hints |= {_plain(domain) for domain in re.findall(r"(?:www\.|@)([\w-]+)\.[a-z]{2,}\b", text)}

    def weight(name: str) -> tuple[int, int]:
        stem = _plain(name.split()[0])
        hinted = stem in hints or stem.removesuffix("s") in hints
        return names[name] * (2 if hinted else 1), -text.casefold().find(name.casefold())

    return max(names, key=weight)


def _is_name(match: re.Match[str]) -> bool:
    return bool(match.group(3)) or match.group(1).casefold() not in _NO_NAMES


def _proper(match: re.Match[str]) -> str:
    """The name in ordinary letters, also where the letterhead has capitals."""
    if one := match.group(3):
        return one.capitalize() if one.isupper() else one
    name, sort = match.group(1), match.group(2)
    if name.isupper():
        return f"{name.title()} {sort.capitalize() if sort.casefold() == 'stad' else 'kommun'}"
    return f"{name} {sort.replace('K', 'k')}"


def _plain(word: str) -> str:
    """Lower case without diacritics, as folders and web addresses are written."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
