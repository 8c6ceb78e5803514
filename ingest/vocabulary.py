"""The vocabulary of Swedish council documents: the headings they use and what standing the words below them have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.model import Status

MAIN, SUB = 2, 3  # heading levels; 1 is a § in minutes


@dataclass(frozen=True)
class Known:
    """A heading the genre prescribes; `lists` says that the lines below it are entries, not prose."""

    pattern: re.Pattern[str]
    level: int
    status: Status | None = None
    lists: bool = False
    background: bool = False  # what stands below it is told, whatever the heading above it


_BODY = r"(?:kommunfullmäktiges?|kommunstyrelsens?|(?:\w+-?\s(?:och\s)?)?\w*(?:nämnd(?:en)?s?|utskott(?:et)?s?|direktionens?|styrelsens?))"


def _known(
    pattern: str, level: int, status: Status | None = None, lists: bool = False, background: bool = False
) -> Known:
    return Known(re.compile(rf"(?:{pattern})\s*:?", re.IGNORECASE), level, status, lists, background)


HEADINGS: tuple[Known, ...] = (
    _known(
        r"(?:motion(?:ens?|ernas?|är(?:en|erna)s?)|medborgarförslaget|e-förslaget|interpellationen|förslagsställar(?:en|na)s?)"
        r"(?:\s(?:förslag|yrkanden?|innehåll))?",
        MAIN,
        Status.MOTION,
    ),
    _known(rf"{_BODY}\s+förslag(?:\s+till\s+(?:beslut|{_BODY}))?", MAIN, Status.FÖRSLAG),
    _known(
        r"förslag till beslut(?:\s+(?:på|till|i)\s+[\w-]+)?|beslutsförslag|förslag|(?:förvaltningens|kontorets|[\w-]+kontorets) förslag"
        r"(?:\s+till\s+beslut)?",
        MAIN,
        Status.FÖRSLAG,
    ),
    _known(r"(?:tilläggs|ändrings|återremiss)?yrkande(?:n|na)?", MAIN, Status.FÖRSLAG),
    _known(rf"(?:{_BODY}\s+)?beslut", MAIN, Status.BESLUT),
    _known(
        r"reservation(?:er)?|särskilt yttrande|särskilda yttranden|protokollsanteckning(?:ar)?|yttrande(?:n|na|t)?|yrkandet|röstförklaring(?:ar)?"
        r"|remissinstansernas yttranden|remissvar|inkomna (?:yttranden|synpunkter)",
        MAIN,
        Status.YTTRANDE,
    ),
    _known(
        r"ärende(?:beskrivning|t)?|sammanfattning(?: av ärendet)?|beskrivning av ärendet|ärendets (?:gång|beredning)|inledning|syfte"
        r"|beslutsgång|propositionsordning(?:ar)?|omröstning(?:ar|sordning|sresultat)?|voteringsproposition|jäv|information|tidigare behandling|paragrafer"
        r"|plats och tid|justering|sekreterare|ordförande|(?:anslag|bevis)(?:/bevis)?|tillkännagivande av justering",
        MAIN,
        Status.INFORMATION,
    ),
    _known(
        r"bakgrund|remissinstanser|remissförfarande|remissbehandling|beredning(?:en)?|bedömning|förvaltningens bedömning|övervägande(?:n|na)?|motivering|konsekvenser|samverkan|jämställdhetsperspektivet"
        r"|(?:ekonomiska|juridiska|rättsliga) (?:konsekvenser|aspekter|förutsättningar)|finansiering|barnperspektivet|uppföljning|tidplan"
        r"|bedömning ur [\w-]+(?: och [\w-]+)? dimension|[\w-]+s (?:samlade )?(?:bedömning|beredning|kommentar(?:er)?|ställningstagande)",
        SUB,
        background=True,
    ),
    _known(
        r"besluts?underlag|handling(?:ar)?|bilag(?:a|or)|underlag för beslut|fotnoter|källor|referenser",
        MAIN,
        Status.INFORMATION,
        lists=True,
    ),
    _known(
        r"(?:kopia|beslutet skickas|beslut skickas|protokollsutdrag skickas|skickas|expedieras|delges|sändlista)(?:\s+till)?",
        MAIN,
        Status.INFORMATION,
        lists=True,
    ),
    _known(
        r"(?:övriga )?närvarande(?: ledamöter)?|(?:ej )?(?:tjänstgörande|beslutande)(?: (?:ledamöter|ersättare))?|ersättare"
        r"|utses att justera|justerare",
        MAIN,
        Status.INFORMATION,
        lists=True,
    ),
)

# Headings that open with these words keep their standing whatever follows ("Yttrande från socialnämnden …").
OPENINGS: tuple[tuple[re.Pattern[str], Status], ...] = (
    (re.compile(r"(?:tjänstemanna)?yttrande\s+(?:från|av|över|angående)\b", re.IGNORECASE), Status.YTTRANDE),
    (re.compile(r"(?:inkomna )?yttranden\s+(?:och|från|under|efter)\b", re.IGNORECASE), Status.YTTRANDE),
    (re.compile(r"remissvar\b|reservation\s+(?:från|av)\b|särskilt yttrande\b", re.IGNORECASE), Status.YTTRANDE),
    (re.compile(r"förslag till (?:beslut|kommun\w+)\b", re.IGNORECASE), Status.FÖRSLAG),
    (re.compile(r"yrkande(?:n|t)?\s+(?:från|av|om|angående)\b", re.IGNORECASE), Status.FÖRSLAG),
    (re.compile(r"[A-ZÅÄÖ][\w.\s-]{1,40}(?:\s\(\w{1,4}\))?s\s(?:förslag|(?:tilläggs)?yrkande)$"), Status.FÖRSLAG),
)

# The heading of a § or paper that lists what was received, or matters that others treat.
LISTED = re.compile(
    r"(?:§ \S+ )?(?:(?:förteckning|sammanställning) över )?(?:inkomna |väckta |nya |övriga |obesvarade )?"
    r"(?:anmälningsärenden|anmälningar|meddelanden|delgivningar|motioner|medborgarförslag|skrivelser)(?: och \w+)?(?:$| ›)"
    r"|(?:§ \S+ )?(?:redovisning (?:av|över) )?(?:[\w-]+ )*?(?:obesvarade|icke besvarade|ej besvarade|ej färdigberedda) (?:motioner|medborgarförslag)"
    r"|(?:§ \S+ )?redovisning (?:av|över) (?:motioner|medborgarförslag)\b|(?:§ \S+ )?balanslist",
    re.IGNORECASE,
)


def known_heading(words: str) -> Known | None:
    """The prescribed heading that `words` are, if they are nothing else."""
    if len(words) > 60:
        return None
    return next((known for known in HEADINGS if known.pattern.fullmatch(words)), None)


def status_of_heading(words: str) -> Status | None:
    """What standing the words below this heading have, where the heading tells."""
    if known := known_heading(words):
        return known.status
    return next((status for pattern, status in OPENINGS if pattern.match(words)), None)
