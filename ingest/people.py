"""People: names and offices as letterheads and signatures write them."""

from __future__ import annotations

import re

_NAME = r"[A-ZÅÄÖÉ][a-zåäöéüèA-ZÅÄÖ-]*[a-zåäöéüè]"
PERSON = rf"{_NAME}(?:\s(?:von|af|av|de|van|der))?(?:\s{_NAME}){{1,3}}"
_PERSON = re.compile(rf"{PERSON}(?:\s\([A-ZÅÄÖ]{{1,4}}\))?(?:,\s[a-zåäö][\w\såäö:-]+)?")
OFFICE = (
    r"[\w-]*(?:chef|direktör|strateg|sekreterare|handläggare|ordförande|utredare|controller|ekonom|planerare|samordnare"
    r"|jurist|arkitekt|ingenjör|inspektör|rektor|kommunalråd|revisor|ledamot|justerare|utvecklare|rådgivare|specialist|konsult|projektledare|assistent|administratör|registrator)"
)
_OFFICE = re.compile(
    rf"(?:[a-zåäöA-ZÅÄÖ][\w-]*\s(?:och\s)?){{0,3}}{OFFICE}(?:\s(?:för|i|på|vid)?\s?[\w-]+){{0,3}}", re.IGNORECASE
)


def person_alone(words: str) -> str | None:
    """The name, perhaps with an office after a comma, that `words` are."""
    words = " ".join(words.split())
    return words if _PERSON.fullmatch(words) else None


def office_of(words: str) -> str | None:
    """The office that `words` are ("Utvecklingsstrateg", "teknisk chef")."""
    words = " ".join(words.split())
    return words if len(words) <= 50 and _OFFICE.fullmatch(words) else None
