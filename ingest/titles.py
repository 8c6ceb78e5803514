"""Titles: when two of them name the same matter, and which name none."""

from __future__ import annotations

import re
from dataclasses import dataclass

# §§ that every meeting has; they begin and end with the meeting, whatever number they bear.
_PROCEDURE = re.compile(
    r"(?:(?:upprop|närvaro|val av (?:\w+)?juster|val av\b|fyllnadsval|valärenden?|avsägelse|entledigande|godkännande av (?:dagordning|föredragningslista)"
    r"|fastställande av (?:dagordning|föredragningslista)|dagordning|föredragningslista|protokollets justering|protokollsjustering|justering"
    r"|bestämmande av (?:tid|justering)|allmänhetens frågestund|frågestund|ordningsfråga|information|\w+ information\b|meddelande|anmälningsärenden"
    r"|anmälan (?:av|om|för) (?:jäv|delegation|protokoll|skrivelse|ärende|inkom|länsstyrelsens|kommunens)\w*|\w+ anmälningar\b|delegation|redovisning av delegation"
    r"|lista över delegation|förteckning över|inkomna (?:motioner|skrivelser|medborgarförslag|remisser)|(?:förlängning av )?förordnande\b|(?:[\w-]+ ){0,3}protokoll \d{4}|protokoll\b|minnesanteckning|övriga frågor|övrigt|nästa sammanträde|sammanträdets (?:öppnande|avslut)"
    r"|mötets (?:öppnande|avslut)|parentation|tid och plats|valberedningens|sekretessärende|rapporter?$|aktuella frågor|skolchefens|förvaltningschefens))",
    re.IGNORECASE,
)
# What comes back every year or every month under the same name.
_RECURRING = re.compile(
    r"\b(?:\w*tax[ao]r?|\w*avgift\w*|\w*budget\w*|årsredovisning|\w*bokslut\w*|\w*delårs\w*|\w*rapport\w*|\w*uppföljning\w*|\w*redovisning\w*|sammanträdes\w*"
    r"|ägardirektiv\w*|ansvarsfrihet|uppsikt\w*|internkontroll\w*|arvoden?|kulturpris|bidrag|\w*statistik|genomförandeplan|översyn|anmälan|fråga)\b",
    re.IGNORECASE,
)
_INITIATIVE = re.compile(
    r"^(?:(?:anmälan|svar|yttrande|besvarande|återrapportering|remissvar|bordlagd|ny)\s+(?:av|på|över|angående|om|till)?\s*)*(?:ny\s+)?"
    r"(motion|medborgarförslag|interpellation|e-förslag|fråga|yrkande)(?:en|et)?\b[\s:–-]*",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:av|från|till)\b.*?\((?:[A-ZÅÄÖ]{1,3})\)(?:\s*(?:,|och|samt)\s[^()]*\([A-ZÅÄÖ]{1,3}\))*(?:\s+till\s[^()]*?(?=\s(?:om|angående)))?\s*",
    re.DOTALL,
)
_LEAD = re.compile(
    r"^(?:(?:ärende|tjänsteskrivelse|tjänsteutlåtande|yttrande|förslag|antagande|fastställande|beslut|ansökan|begäran|hemställan|remiss|svar)\s+(?:av|om|till|på|över|angående|från)\s+)",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "av om till på över angående från för i och att en ett den det de med vid ur som samt gällande avseende kring under mellan enligt per a".split()
)
_WORD = re.compile(r"\w+(?:[-:/–]\w+)*")
MIN_WORDS = 3  # a title with fewer words of substance is too common to go by
MIN_INITIATIVE_WORDS = 2


@dataclass(frozen=True)
class TitleKey:
    """The words of substance of a title and the sort of initiative it names ("motion", …), if any."""

    sort: str | None
    words: tuple[str, ...]

    @property
    def tells(self) -> bool:
        """Whether the title says enough to recognise a matter by."""
        return len(self.words) >= (MIN_INITIATIVE_WORDS if self.sort else MIN_WORDS)


def title_key(title: str | None) -> TitleKey:
    """What a title is about: without who wrote it, what sort of paper it is and small words."""
    rest = " ".join((title or "").split())
    sort = None
    if match := _INITIATIVE.match(rest):
        sort = match.group(1).casefold()
        rest = _BY.sub("", rest[match.end() :])
    else:
        rest = _LEAD.sub("", rest)
    words = (word.casefold() for word in _WORD.findall(rest))
    return TitleKey(sort, tuple(word for word in words if word not in _SMALL))


def is_procedure(title: str | None) -> bool:
    """Whether a § of this title belongs to the meeting, not to a matter."""
    return title is None or bool(_PROCEDURE.match(title))


def recurs(title: str | None) -> bool:
    """Whether matters of this title come back under the same name."""
    return bool(_RECURRING.search(title or ""))


def overlap(one: TitleKey, other: TitleKey) -> float:
    """Share, 0..1, of the words of the shorter title that the longer one has; years and numbers must not differ."""
    if not one.words or not other.words:
        return 0.0
    numbers = [{word for word in key.words if any(sign.isdigit() for sign in word)} for key in (one, other)]
    if all(numbers) and not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0]):
        return 0.0
    shared = set(one.words) & set(other.words)
    return len(shared) / min(len(set(one.words)), len(set(other.words)))
