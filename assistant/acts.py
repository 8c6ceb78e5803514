"""Acts: what somebody does in a matter. Asked who did it, words that don't tell of it name somebody else."""

from __future__ import annotations

import re

RESERVING = re.compile(  # what asks who was against
    r"(?i:\breserver\w* sig\b|\breservation(?:en|er|erna)? (?:mot|från)\b|\blämna\w* (?:\w+ )?reservation(?:er)?\b|\breservationer lämna"
    r"|\b(?:enter|record|lodge|made|make)(?:ed|d)? (?:a |any |their )?reservations?\b|\bdissent(?:s|ed)?\b)|\breservation(?:en|er|erna)? av [A-ZÅÄÖ]"
)
RESERVATION = re.compile(r"\breserv(?:er|ation)|\bavvikande mening", re.IGNORECASE)
_INITIATIVES = r"\b(?:motion|medborgarförslag|e-förslag|citizens?['’]? proposal)"
_PUT_FORWARD = re.compile(
    r"\b(?:väckte|väckt|lade|lämnade|skrev|(?:står|stod|ligger|låg) bakom|put forward|submitted|wrote|raised|tabled|(?:is|was|were|are) behind)"
    rf"\b[^?]*{_INITIATIVES}",
    re.IGNORECASE,
)
PUTTING_FORWARD = re.compile(
    r"\bmotion\w* (?:av|från)\b|\b(?:medborgar|e-)förslag\w* (?:av|från)\b|\bväck(?:t|ts|ta|te)\b|\bmotionär"
    r"|\bi (?:en|ett|sin|sitt) [^.]*(?:motion|förslag)|\b(?:lämnat|lämnade|skriver)\b",
    re.IGNORECASE,
)
_OF_ITS_OWN = re.compile(r"\bmotion\w* av .+ om ", re.IGNORECASE)  # words that tell which motion they mean
_MOVING = re.compile(r"\byrka|\bmoved\b", re.IGNORECASE)
_CHAIRING = re.compile(r"\bordförande\b|\bchair(?:s|man|person|woman)?\b", re.IGNORECASE)
_NAMED_CHAIR = re.compile(  # the word, and a first name with a surname
    r"^(?=.*(?i:\bordförande))(?=.*[A-ZÅÄÖ][a-zåäöé-]+ (?:\w+ )?[A-ZÅÄÖ][a-zåäöé-]+)", re.DOTALL
)
_SITTING = re.compile(
    r"\b(?:sitta|sitter|satt|ingår?|ingick|sit|sits|serves?|is|are|be) (?:i|on) (?:\w+ ){0,3}?\w*(?:styrelse|nämnd|kommitté|grupp|råd|utskott|beredning|direktion"
    r"|presidi|board|committee|council|panel)\w*",
    re.IGNORECASE,
)
_SEATED = re.compile(
    r"\b(?:leda|deltagar|representant|ersättar|suppleant)\w*|\bledam|\bordförande\b|\bbestår av\b|\bväljs?\b|\bvaldes\b|\bvalt\b|\buts(?:es|edd|edda|etts|ågs|er)\b"
    r"|[A-ZÅÄÖ][a-zåäöé-]+ [A-ZÅÄÖ][a-zåäöé-]+",
)
_ABSTAINING = re.compile(
    r"\b(?:lade|lägger|lagt) (?:ner|ned)\b|\bavst(?:od|år|å|ått)\b(?: från att (?:rösta|delta))?|\babstain",
    re.IGNORECASE,
)
_ABSTAINED = re.compile(r"\bavst(?:od|år|å|ått)\b|\bned(?:lagd|lagda)\b|\b(?:lade|lägger) (?:ner|ned)\b", re.IGNORECASE)
_VOTING_NO = re.compile(r"\bröstade [^?]*\b(?:e?mot|nej)\b|\bvoted (?:against|no|down)\b", re.IGNORECASE)
_VOTED_NO = re.compile(r"\bnej\b(?!\W?röster)(?=.*\bröst|:)|\bröst\w* (?:e?mot|nej)\b(?! \d)", re.IGNORECASE)
_VOTING_YES = re.compile(r"\bröstade [^?]*\b(?:för|ja)\b|\bvoted (?:for|yes|in favour)\b", re.IGNORECASE)
_VOTED_YES = re.compile(r"\bja\b(?!\W?röster)(?=.*\bröst|:)|\bröst\w* (?:för|ja)\b", re.IGNORECASE)
_ACTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (  # what asks for the act, and what tells of it
    (RESERVING, RESERVATION),
    (_MOVING, re.compile(r"\byrka", re.IGNORECASE)),
    (_PUT_FORWARD, PUTTING_FORWARD),
    (_CHAIRING, _NAMED_CHAIR),
    (_SITTING, _SEATED),
    (_ABSTAINING, _ABSTAINED),
    (_VOTING_NO, _VOTED_NO),
    (_VOTING_YES, _VOTED_YES),
)


def act_told(question: str) -> re.Pattern[str] | None:
    """What words must hold to tell who did what the question asks about; None where it asks about no such act."""
    return next((told for asked, told in _ACTS if asked.search(question)), None)


def asks_who_put_forward(question: str) -> bool:
    """Whether the question asks whose a motion or a citizen's proposal is."""
    return bool(_PUT_FORWARD.search(question))


def asks_by_whom(question: str) -> bool:
    """Whether the question asks who was against a decision, or who moved what."""
    return bool(RESERVING.search(question) or _MOVING.search(question))


def names_motion(sentence: str) -> bool:
    """Whether the sentence tells both whose a motion is and what it is about, so that the headings above it tell nothing more."""
    return bool(_OF_ITS_OWN.search(sentence))
