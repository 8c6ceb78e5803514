"""Outcome: what became of a matter, as the words of its decision say.

The decision's own words decide, never the class of the decision: "bifall" to the proposal that a motion be refused is a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.body_keys import FULLMÄKTIGE, rank


class Outcome(StrEnum):
    """What a body did with what was put before it."""

    BIFALL = "bifall"  # granted, wholly, in part or changed
    AVSLAG = "avslag"
    ÅTERREMISS = "återremiss"  # sent back to be prepared again
    BORDLAGD = "bordlagd"  # put off to another meeting: decides nothing
    BESVARAD = "besvarad"  # answered: neither granted nor refused
    ANTAGEN = "antagen"  # a paper (plan, rules, rates, accounts) adopted or approved


FINAL = frozenset({Outcome.BIFALL, Outcome.AVSLAG, Outcome.BESVARAD, Outcome.ANTAGEN})  # what ends a matter, for now


@dataclass(frozen=True)
class Verdict:
    """How a decision reads.

    `outcome` is what its words say, of the matter itself or of what they propose; None when they don't.
    """

    outcome: Outcome | None = None
    proposes: bool = False  # it asks a higher body to decide so, or gives an opinion; it decides nothing
    as_proposed: bool = False  # it grants a proposal whose words stand elsewhere
    decides: bool = False  # it lays something down, though in no word for an outcome


_HIGHER = r"(?:kommunfullmäktige|fullmäktige|kommunstyrelsen|regionfullmäktige|\w*nämnden)"
_PROPOSES = re.compile(
    rf"\b(?:föreslår|föreslog|hemställer|rekommenderar|förordar)\b[^:.]{{0,60}}?\b{_HIGHER}|^[^.]*\bförslag till (?:beslut i )?{_HIGHER}\b|^[^.]*\byttrande till {_HIGHER}"
    rf"|\b(?:överlämna|översänd|skicka)\w*\b[^.]*\btill {_HIGHER}\b[^.]*\bför (?:antagande|beslut|fastställande|godkännande)",
    re.IGNORECASE,
)
_OTHER_PROPOSES = re.compile(
    r"^(?:kommunstyrelsen|\w*utskottet|(?:[\w-]+\s(?:och\s)?)?\w*nämnden)\b[^:]{0,80}\bföreslår\b[^:]{0,20}\bkommunfullmäktige\b",
    re.IGNORECASE,
)  # whoever's minutes they are taken for
_OPINES = re.compile(r"\b(?:till|av)styrk(?:er|s|a)\b", re.IGNORECASE)
_LEAD = re.compile(
    r"^[^:]{0,200}?\b(?:beslut\w*|förslag|yrkande\w*|besluta|följande|att)\b[^:.]{0,120}:\s*", re.IGNORECASE
)
_EARLIER = re.compile(r"\bTidigare behandling\b.*", re.DOTALL)

_ÅTERREMISS = re.compile(r"\båterremitter(?:as|ar|a)\b|\båtervisa[sr]\b|\bvisas åter\b", re.IGNORECASE)
_BORDLAGD = re.compile(
    r"\bbordlägg(?:es|s|er|as|a)?\b|\b(?:ärendet|frågan|interpellationen|beslutet) (?:skjuts upp|uppskjuts)\b|\bflyttas till\b[^.]*\bsammanträde",
    re.IGNORECASE,
)
_AVSLAG = re.compile(
    r"\bavsl(?:ås|år|å)\b|\b(?:godkänn|anta|bevilja|bifall|fastställ)\w*\s(?:därmed\s|således\s)?inte\b|\binte\s(?:godkänn|anta|bevilja|bifall)\w*\b"
    r"|\b(?:lämna|medge|ge|inled|teckna|tillstyrk|genomför|inför|köp|sälj|upplåt|anvisa|tilldela)\w*\sinte\b|\bnegativt\s(?:planbesked|besked)"
    r"|\batt inte (?:bereda|bevilja|bifalla|anta|godkänna|genomföra|införa)\b",
    re.IGNORECASE,
)
_BIFALL = re.compile(
    r"\bbif(?:all|alls|alles|aller|alla)\b|\bbevilja[sr]?\b|\bgodtar?s?\b|\btillstyrk(?:s|er)\b", re.IGNORECASE
)
_BESVARAD = re.compile(r"\bbesvara(?:d|t|de)\b", re.IGNORECASE)
_ANTAGEN = re.compile(r"\banta(?:s|r)?\b|\bgodkänn(?:s|er|a)\b|\bfastställ(?:s|er|a)\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"\b(?:ansökan|begäran|hemställan|framställan|motionen|medborgarförslaget|yrkandet)\b", re.IGNORECASE
)
_OF_YRKANDE = re.compile(r"\w*yrkande(?:t|n|na)?\b", re.IGNORECASE)
_OWN_PROPOSAL = re.compile(r"\bförslag(?:et)?\b", re.IGNORECASE)
_FORMAL = re.compile(
    r"\b(?:anteckna|lägg(?:s|er)\b.*\btill handlingarna|överlämna|överlåt|remitter|hänskjut|får ställas|utse[sr]?\b|välj(?:s|er)\b|justera|dagordning"
    r"|notera|informationen|ordföranden|avsägelse|befria|ingen\b.*\bjäv|anmäler jäv|utgår\b|förklaras? fullgjo?r)",
    re.IGNORECASE,
)
_LAYS_DOWN = re.compile(r"\b\w+(?:s|r|as|er|ar)\b", re.IGNORECASE)


def verdict_of(points: Sequence[str], title: str | None, body: str | None) -> Verdict:
    """How a decision reads whose points are these; `title` and `body` (as `body_key` writes it) are its own.

    A decision about a "yrkande" counts what happens to yrkanden; any other passes them over.
    """
    words = [_EARLIER.sub("", " ".join(point.split())).strip() for point in points]
    words = [point for point in words if point]
    if not words:
        return Verdict()
    proposes = bool(_OTHER_PROPOSES.search(words[0]) or (rank(body) < FULLMÄKTIGE and _PROPOSES.search(words[0])))
    opines = rank(body) < FULLMÄKTIGE and bool(_OPINES.search(words[0]))
    told = [_LEAD.sub("", point) for point in words]
    whole = " ".join(told)
    if _ÅTERREMISS.search(whole):
        return Verdict(Outcome.ÅTERREMISS)
    if _BORDLAGD.search(whole):
        return Verdict(Outcome.BORDLAGD)
    about_yrkande = bool(title and _OF_YRKANDE.search(title))
    found: list[Outcome] = []
    as_proposed = laid_down = False
    for sentence in (part for point in told for part in re.split(r"(?<=[.;])\s", point)):
        outcome, granted = _of_sentence(sentence, about_yrkande)
        of_proposal = _OWN_PROPOSAL.search(sentence) and not _BIFALL.search(sentence)
        if outcome is Outcome.AVSLAG and laid_down and of_proposal:
            continue  # "Förslaget om 1 290 kronor avslås", where another sum was decided: the matter wasn't refused
        laid_down |= outcome is None and not granted and _decides(sentence)
        as_proposed |= granted
        if outcome:
            found.append(outcome)
    if Outcome.BIFALL in found and found[0] in {Outcome.AVSLAG, Outcome.BESVARAD}:
        outcome = Outcome.BIFALL if re.search(r"\bi (?:den del|övrigt|de delar|övriga)\b", whole) else found[0]
    else:
        outcome = found[0] if found else None
    return Verdict(
        outcome,
        proposes=proposes or (opines and outcome in {None, Outcome.BIFALL}),
        as_proposed=as_proposed and outcome is None,
        decides=outcome is None and not as_proposed and any(map(_decides, told)),
    )


def _decides(point: str) -> bool:
    """Whether the point lays something down that isn't a mere form."""
    return bool(_LAYS_DOWN.search(point)) and not _FORMAL.search(point)


def _of_sentence(sentence: str, about_yrkande: bool) -> tuple[Outcome | None, bool]:
    """What one sentence says, and whether it grants a proposal without its words."""
    refused, granted = _AVSLAG.search(sentence), _BIFALL.search(sentence)
    if not about_yrkande and _OF_YRKANDE.search(sentence) and (refused or granted):
        return None, False
    if refused:
        return Outcome.AVSLAG, False
    if _BESVARAD.search(sentence) and not (granted and granted.start() < _BESVARAD.search(sentence).start()):  # type: ignore[union-attr]
        return Outcome.BESVARAD, False
    if granted:
        if _OWN_PROPOSAL.search(sentence) and not re.search(r"\b(?:medborgar|e-)förslag", sentence, re.IGNORECASE):
            return None, True
        return Outcome.BIFALL, False
    if _ANTAGEN.search(sentence):
        return (Outcome.BIFALL if _REQUEST.search(sentence) else Outcome.ANTAGEN), False
    return None, False
