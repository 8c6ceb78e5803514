"""Genres: the kinds of paper a Swedish municipality writes, how each says what it is, and what standing its words have.

A genre is a row of one table. Its words have the standing of the heading above them where that tells; where it doesn't, or
where the genre's headings mean nothing of the sort (a section "Förslag" in a policy), they have the genre's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from ingest.model import Status


class Source(Enum):
    """What gives the words of a genre their standing."""

    HEADINGS = "headings"  # the heading above them, else the genre
    GENRE = "genre"  # the genre alone: a motion is one from its first word to its last
    ADOPTION = "adoption"  # a note that a body has adopted the paper ("Antagen av kommunfullmäktige 2024-05-13 § 61")


@dataclass(frozen=True)
class Genre:
    """One kind of paper.

    Attributes:
        name: as `Metadata.kind` says it.
        mark: a line of the letterhead that names the genre.
        title: what a title begins with, or holds, that tells the genre.
        standing: of words no heading tells the standing of; with `Source.ADOPTION`, of a paper that isn't said to be adopted.
        decision: of words below "Beslut": in minutes what was decided, in a memo what is to be.
        source: see `Source`.
        mailed: whether a letter by e-mail with such a title is such a paper (a motion is, a taxa is only spoken of).
    """

    name: str
    mark: re.Pattern[str] | None
    title: re.Pattern[str] | None
    standing: Status = Status.INFORMATION
    decision: Status = Status.FÖRSLAG
    source: Source = Source.HEADINGS
    mailed: bool = False


def _genre(
    name: str,
    mark: str | None = None,
    title: str | None = None,
    standing: Status = Status.INFORMATION,
    decision: Status = Status.FÖRSLAG,
    source: Source = Source.HEADINGS,
    mailed: bool = False,
) -> Genre:
    return Genre(
        name,
        re.compile(rf"(?:{mark}){_TAIL}", re.IGNORECASE) if mark else None,
        re.compile(rf"(?:{title})", re.IGNORECASE) if title else None,
        standing,
        decision,
        source,
        mailed,
    )


_TAIL = r"(?:\s*[:,]?\s*(?:sammanträdesdatum:?\s*)?(?:\(?\s*nr\.?\s*\d+\s*\)?|[\d(][\d\s()/.:–-]*))?"  # a page number, a number or a date after it
_ABOUT = r"(?=\s*(?:[:–-]|av\b|från\b|om\b|angående\b|gällande\b|till\b|med\b|att\b|$))"

GENRES: tuple[Genre, ...] = (  # the first that fits is it
    _genre("handling", r"(?:kommunfullmäktiges?\s)?handling(?:ar)?(?=\s\d{4}\snr\s?\d)\s\d{4}"),
    _genre(
        "protokollsutdrag",
        r"(?:sammanträdes)?protokollsutdrag|utdrag ur (?:sammanträdes)?protokoll\w*",
        r"protokollsutdrag\b|utdrag ur (?:sammanträdes)?protokoll",
        decision=Status.BESLUT,
    ),
    _genre("protokoll", r"(?:sammanträdes|besluts)?protokoll", r"(?:sammanträdes)?protokoll\b", decision=Status.BESLUT),
    _genre("kallelse", r"kallelse|föredragningslista|dagordning", r"kallelse\b|föredragningslista\b"),
    _genre("tjänsteskrivelse", r"tjänste(?:skrivelse|utlåtande)"),
    _genre(
        "delegationsbeslut", r"delegations?beslut|tilldelningsbeslut", r"delegations?beslut\b", decision=Status.BESLUT
    ),
    _genre(
        "medborgarförslag",
        r"medborgarförslag|e-förslag",
        rf"(?:medborgarförslag|e-förslag)\b{_ABOUT}",
        Status.MOTION,
        source=Source.GENRE,
        mailed=True,
    ),
    _genre(
        "interpellationssvar",
        r"interpellationssvar|svar på interpellation",
        r"interpellationssvar\b|svar (?:på|till) (?:en )?(?:interpellation|fråga)",
        Status.YTTRANDE,
        source=Source.GENRE,
        mailed=True,
    ),
    _genre(
        "interpellation",
        r"interpellation",
        rf"interpellation\b{_ABOUT}",
        Status.MOTION,
        source=Source.GENRE,
        mailed=True,
    ),
    _genre("motion", r"motion", rf"motion\b{_ABOUT}", Status.MOTION, source=Source.GENRE, mailed=True),
    _genre("yrkande", r"(?:tilläggs|ändrings|återremiss)?yrkande", r"(?:tilläggs|ändrings)?yrkande\b", Status.YTTRANDE),
    _genre(
        "yttrande",
        r"(?:tjänstemanna)?yttrande|remissvar|remissyttrande|särskilt yttrande",
        r"(?:(?:tjänstemanna)?yttrande|remissvar|remissyttrande)\b|svar på (?:motion|remiss|medborgarförslag)\w*",
        Status.YTTRANDE,
        mailed=True,
    ),
    _genre(
        "revisionsrapport",
        r"(?:revisions|gransknings)rapport|revisionsberättelse|rapportsammandrag",
        r"(?:revisions|gransknings)rapport\b|revisionsberättelse\b|(?:fördjupad )?granskning av\b|granskningsrapport\b",
        Status.YTTRANDE,
        source=Source.GENRE,
    ),
    _genre(
        "planbeskrivning",
        r"planbeskrivning|samrådsredogörelse|granskningsutlåtande",
        r"planbeskrivning\b|detaljplan för\b|samrådsredogörelse\b|granskningsutlåtande\b",
        Status.FÖRSLAG,
        source=Source.ADOPTION,
    ),
    _genre("årsredovisning", r"årsredovisning|delårsrapport", r"(?:års|del[åa]rs)(?:redovisning|rapport)\b"),
    _genre(
        "budget",
        r"budget",
        r"(?:mål och |verksamhetsplan och |strategisk plan och |kommun)?budget\b",
        Status.OKÄND,
        source=Source.ADOPTION,
    ),
    _genre(
        "delegationsordning",
        r"delegations?ordning",
        r"(?:[\w-]+ ){0,2}delegations?(?:ordning|reglemente)\b",
        Status.OKÄND,
        source=Source.ADOPTION,
    ),
    _genre(
        "reglemente",
        r"reglemente|arbetsordning|förbundsordning",
        r"(?:[\w-]+ ){0,2}[\w-]*(?:reglemente|arbetsordning|förbundsordning|bolagsordning)\b",
        Status.OKÄND,
        source=Source.ADOPTION,
    ),
    _genre(
        "taxa",
        r"tax(?:a|or)",
        r"(?:[\w-]+ (?:och )?){0,4}[\w-]*tax(?:a|or)\b|[\w-]*avgift(?:er)?\b|prislista\b",
        Status.OKÄND,
        source=Source.ADOPTION,
    ),
    _genre(
        "riktlinjer",
        r"riktlinje(?:r)?",
        r"(?:[\w-]+ ){0,2}[\w-]*riktlinje(?:r)?\b",
        Status.OKÄND,
        source=Source.ADOPTION,
    ),
    _genre("policy", r"policy", r"(?:[\w-]+ ){0,2}[\w-]*policy\b", Status.OKÄND, source=Source.ADOPTION),
    _genre(
        "regler",
        r"reg(?:el|ler)|bestämmelser|föreskrifter",
        r"(?:[\w-]+ ){0,2}[\w-]*(?:regler|regelverk|bestämmelser|föreskrifter)\b",
        Status.OKÄND,
        source=Source.ADOPTION,
    ),
    _genre(  # both parties sign an agreement; a draft says that it is one, or comes as an annex to a proposal
        "avtal",
        r"[\w-]*avtal|överenskommelse|avsiktsförklaring",
        r"(?:[\w-]+ ){0,3}[\w-]*avtal\b|överenskommelse\b|avsiktsförklaring\b",
        Status.BESLUT,
        source=Source.ADOPTION,
    ),
    _genre("e-post"),
)
_BY_NAME = {genre.name: genre for genre in GENRES}
UNKNOWN = Genre("", None, None)  # a paper that doesn't say what it is
MINUTES = frozenset({"protokoll", "protokollsutdrag"})


def genre_named(name: str | None) -> Genre:
    """The genre of this name, or the unknown one."""
    return _BY_NAME.get(name or "", UNKNOWN)


def genre_of_mark(words: str) -> Genre | None:
    """The genre a line of the letterhead names, if it says nothing else."""
    return next((genre for genre in GENRES if genre.mark and genre.mark.fullmatch(words)), None)


def genre_of_title(words: str) -> Genre | None:
    """The genre a title tells."""
    return next((genre for genre in GENRES if genre.title and genre.title.match(words)), None)
