"""Private: what isn't told of a person, even where a document happens to hold it.

Minutes and letters name people, and now and then where they live. Whoever asks for that asks for more than what the municipality
has decided.
"""

from __future__ import annotations

import re

# "Västra Mälardalen", "Region Västmanland" and "Björkens Förskola" have two capitals too, and are no persons.
_NAME = (
    r"(?!(?:Norra|Södra|Västra|Östra|Mellersta|Nya|Gamla|Stora|Lilla|Region|Kommunen?|Stiftelsen|Föreningen|Samordningsförbundet) )"
    r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)? "
    r"(?!\w*(?:[Ss]kol(?:an?s?|or)|[Ff]örbund(?:ets?)?|[Kk]ontor(?:ets?)?|[Nn]ämnd(?:ens?)?|[Ss]tyrelsens?|[Ff]örening(?:ens?)?|[Bb]olag(?:ets?)?"
    r"|[Kk]ommuns?|[Bb]ibliotek(?:ets?)?|[Gg]ården|[Hh]uset)\b)"
    r"[A-ZÅÄÖ][a-zåäöé]+"
)
_PERSON = re.compile(rf"\b{_NAME}|\b(?:han|hon|hans|hennes|honom|henne|he|she|his|her|him)\b")
_REACHED = r"(?:telefon\w*|mobil\w*|nummer|adress\w*|e-post\w*|mejl\w*|phone|telephone|mobile|number|address|e-?mail)"
_PRIVATE = re.compile(
    rf"\b(?:privata?|private|personal|home)\s(?:\w+\s)?{_REACHED}\b"
    r"|\b(?:hem|bostads|gatu|privat)(?:adress|nummer|telefon)\w*|\badress\b|\b(?:street )?address\b|\bmobil(?:nummer|telefon)\w*"
    r"|\bpersonnummer\b|\b(?:personal identity|social security) number\b"
    r"|\bvar\b.*\bbor\b|\bbor\b.*\bnågonstans\b|\bwhere\b.*\blives?\b"
    r"|\b(?:diagnos|sjukdom|sjukskriven|diagnosis|illness)\b",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    rf"\b(?:{_NAME}(?:s|['’]s?)?|[Hh]ans|[Hh]ennes|[Hh]is|[Hh]er) "
    r"(?:barn|son|söner|dotter|döttrar|make|maka|fru|man|sambo|children|child|kids|sons?|daughters?|wife|husband|partner)\b"
)

_RESIDENT = re.compile(
    r"\b(?:[Vv]em|[Vv]ilka|[Vv]ilken familj) (?:som )?bor (?:på|i|vid) [A-ZÅÄÖ]|\b[Ww]ho lives? (?:on|at|in) [A-ZÅÄÖ0-9]"
)


def asks_private(question: str) -> bool:
    """Whether the question is about where a person lives or can be reached at home, who lives somewhere, or a person's family, health or identity."""
    if _FAMILY.search(question) or _RESIDENT.search(question):
        return True
    return bool(_PERSON.search(question) and _PRIVATE.search(question))
