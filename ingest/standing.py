"""Standing: whether words are proposed, decided, said in somebody's opinion or told as background.

Three things decide, the nearer before the further: the sentence that leads in a block ("Kommunstyrelsen föreslår
kommunfullmäktige att …"), the innermost heading that tells, the genre of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.bodies import BODY
from ingest.genres import MINUTES, Genre, Source
from ingest.model import DECISIONS, Status
from ingest.vocabulary import LISTED, known_heading, status_of_heading


@dataclass(frozen=True)
class Standing:
    """What standing words have, and whether the numbered items among them are decision points."""

    status: Status
    points: bool = False
    told: bool = False  # by a heading, not by the genre


@dataclass(frozen=True)
class Lead:
    """Words at the beginning of a block that say what standing it has, whatever the heading above says.

    Attributes:
        pattern: what the block begins with.
        status: the standing it has then.
        under: standings of the place in which the lead is believed; None is a place no heading tells the standing of.
        holds: whether the blocks that follow have it too, up to the next lead or heading.
        minutes: whether it is believed in minutes, or else in other papers.
    """

    pattern: re.Pattern[str]
    status: Status
    under: frozenset[Status | None]
    holds: bool
    minutes: bool


def _lead(pattern: str, status: Status, under: Sequence[Status | None], holds: bool, minutes: bool = True) -> Lead:
    return Lead(re.compile(pattern, re.IGNORECASE), status, frozenset(under), holds, minutes)


_NAME = r"[A-ZÅÄÖ][\w.-]+(?:\s[\w.-]+){0,4}\s\(\w{1,4}\)"
_PARTY = rf"(?:{_NAME}|[\w-]+(?:gruppen|partiet|demokraterna|listan)|(?:ledamöterna|representanterna|samtliga)\b[^.:]{{0,60}}?)"
LEADS: tuple[Lead, ...] = (
    # A board's decision to propose something to the council is a proposal: the council has yet to decide.
    _lead(
        rf"[^.:]{{0,160}}?\bföreslår?\s(?:därför\s)?(?:att\s)?(?:{BODY}|fullmäktige)\b",
        Status.FÖRSLAG,
        (Status.BESLUT, None),
        holds=True,
    ),
    _lead(
        rf"[^.:]{{0,160}}?\bföreslår?\s(?:därför\s)?(?:att\s)?(?:{BODY}|fullmäktige)\b[^.:]*:$",
        Status.FÖRSLAG,
        (None,),
        holds=True,
        minutes=False,
    ),
    _lead(rf"(?:{BODY}|fullmäktige)\sföreslås\b", Status.FÖRSLAG, (Status.BESLUT, None), holds=False),
    _lead(rf"(?:{BODY}|fullmäktige)\s(?:beslutar|beslutade|beslöt)\b", Status.BESLUT, (Status.BESLUT,), holds=True),
    _lead(rf"(?:{BODY}|fullmäktige)\sbeslutar\b[^.:]*:$", Status.BESLUT, (None,), holds=True),
    _lead(rf"(?:{BODY}|fullmäktige)\sbeslutar\s(?:att|enligt|i enlighet)\b", Status.BESLUT, (None,), holds=False),
    _lead(r"(?:enligt|på)\s[^.:]{1,120}\bförslag\b[^.:]{0,80}:", Status.BESLUT, (Status.BESLUT,), holds=True),
    _lead(r"för egen del\b", Status.BESLUT, (Status.BESLUT,), holds=True),
    # Votes are told under headings of their own; what came of them is a decision.
    _lead(
        rf"(?:med\s[^.:]{{0,120}}\bbeslutar\s(?:{BODY}|fullmäktige)\b|(?:{BODY}|fullmäktige)\sbeslutar\b)",
        Status.BESLUT,
        (Status.INFORMATION,),
        holds=False,
    ),
    # What was received is told below the decision to take note of it.
    _lead(
        r"[^.:]{0,120}?\bhar\sföljande\b[^.:]{0,80}\b(?:inkommit|kommit\sin|anmälts|lämnats\sin|väckts)\b",
        Status.INFORMATION,
        (Status.BESLUT,),
        holds=True,
    ),
    # … and so is the end of the meeting.
    _lead(
        r"(?:ordföranden|sammanträdet|mötet)\b[^.:]{0,100}\bavsluta[rs]\b",
        Status.INFORMATION,
        (Status.BESLUT,),
        holds=False,
    ),
    _lead(rf"{_PARTY}\syrkar(?:de)?\b", Status.FÖRSLAG, (None,), holds=False),
    _lead(
        rf"{_PARTY}\s(?:reserverar sig|lämnar (?:ett |en )?(?:särskilt yttrande|skriftlig reservation|protokollsanteckning)"
        r"|anmäler (?:en )?(?:reservation|protokollsanteckning|särskilt yttrande)|antecknar (?:följande )?(?:till protokollet|som yttrande))",
        Status.YTTRANDE,
        (None, Status.BESLUT),
        holds=False,
    ),
    # A memo or a notice that tells what a body has decided; its own "Beslut" is otherwise what it wants decided.
    _lead(
        rf"[^.:]{{0,80}}?\b(?:{BODY}|fullmäktige|vi|jag)\s(?:har\s)?(?:den\s[\w\s]{{3,20}}\s|\d{{4}}-\d\d-\d\d\s(?:§\s?\d+\s)?)?beslut(?:ade|at)\b"
        rf"|[^.:]{{0,80}}?\bbeslutade\s(?:{BODY}|fullmäktige)\b",
        Status.BESLUT,
        (Status.FÖRSLAG,),
        holds=True,
        minutes=False,
    ),
)
_VOTES = re.compile(r"omröstning|propositionsordning|beslutsgång|voteringsproposition", re.IGNORECASE)
_DECISION = re.compile(r"(?:[\w-]+\s)?beslut\b", re.IGNORECASE)
_DRAFT = re.compile(r"(?:förslag|utkast|remissversion|samrådshandling)\b", re.IGNORECASE)


def standing_under(headings: Sequence[str], genre: Genre, adopted: bool, title: str | None) -> Standing:
    """The standing of words below a heading path, outermost first, in a paper of this genre."""
    if genre.source is Source.ADOPTION:
        if any(status_of_heading(heading) is Status.YTTRANDE for heading in headings):
            return Standing(Status.YTTRANDE, told=True)  # what others have said of a plan, told beside it
        known = known_heading(headings[-1]) if headings else None
        if known and known.lists:
            return Standing(Status.INFORMATION, told=True)
        return Standing(_of_adoption(genre, adopted, title))
    for number, heading in reversed(list(enumerate(headings))):
        status = status_of_heading(heading)
        if status is None:
            if (known := known_heading(heading)) and known.background:
                above = {status_of_heading(other) for other in headings[:number]}
                return Standing(Status.YTTRANDE if Status.YTTRANDE in above else genre.standing)
            continue
        if genre.source is Source.GENRE:
            return Standing(genre.standing, points=status in DECISIONS)
        if status is Status.BESLUT and number < len(headings) - 1 and any(map(LISTED.match, headings[:number])):
            return Standing(Status.INFORMATION, told=True)  # an entry of the list, whatever its title
        if status is Status.BESLUT and _DECISION.match(heading):
            status = genre.decision
        return Standing(status, points=status in DECISIONS, told=True)
    return Standing(genre.standing)


def _of_adoption(genre: Genre, adopted: bool, title: str | None) -> Status:
    if title and _DRAFT.match(title):
        return Status.FÖRSLAG
    return Status.BESLUT if adopted else genre.standing


def tells_votes(headings: Sequence[str]) -> bool:
    """Whether the innermost heading is one under which votes are told, and what came of them."""
    return bool(headings and _VOTES.match(headings[-1]))


def lead_of(words: str, headings: Sequence[str], genre: Genre, here: Standing) -> Lead | None:
    """The lead that `words`, a block, begin with, if it is believed here."""
    place = here.status if here.told else None
    if place is Status.INFORMATION and not tells_votes(headings):
        return None
    minutes = genre.name in MINUTES
    if not minutes and not (
        _DECISION.fullmatch(headings[-1])
        if place
        else genre.source is Source.HEADINGS and here.status is Status.INFORMATION
    ):
        return None
    return next(
        (lead for lead in LEADS if lead.minutes == minutes and place in lead.under and lead.pattern.match(words)), None
    )
