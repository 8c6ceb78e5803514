"""Understand: what a question asks for, in which language, about what, and how it hangs together with what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.model import Language, Turn


class Kind(StrEnum):
    """What sort of answer is asked for."""

    WHEN = "when"
    AMOUNT = "amount"
    WHO = "who"
    LIST = "list"
    CONDITION = "condition"
    WHY = "why"
    YES_NO = "yes-no"
    OTHER = "other"


@dataclass(frozen=True)
class Question:
    """A question made whole.

    `text` is what is searched for: the question, with the earlier one it leans on when it doesn't stand alone. `names`
    and `numbers` must stand where the answer stands; they come from the question and what it leans on.
    """

    original: str
    text: str
    language: Language
    kind: Kind
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    leans_on: str | None = None  # the earlier question, when this one is a follow-up


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SWEDISH = frozenset(
    "och att det som är av för den till en ett på med vad hur när vem vilka vilken vilket var varför har ska kan får om i de "
    "inte eller från vi oss man finns blir blev ska skall beslut beslutat kommunen kostar mycket många gäller vid efter enligt".split()
)
_ENGLISH = frozenset(
    "the of and to is are was were what when who which how why does did do has have will would should can may must a an in on "
    "for by from with it its they there be been this that many much not or any after before about who's what's".split()
)

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.AMOUNT,
            r"\bhur mycket\b|\bvad kostar\b|\bkostnad|\bhur (?:stor|stort|stora|hög|högt)\b|\bhur många\b|\bbelopp|\bavgift|\bsumma"
            r"|\bhow much\b|\bhow many\b|\bcosts?\b|\bfees?\b|\bamount|\bhow (?:large|big|high)\b|\bprice\b|\bsum\b|\bcontribut",
        ),
        (
            Kind.WHEN,
            r"\bnär\b|\bdatum\b|\bvilket år\b|\bhur länge\b|\bvilken (?:dag|tid|tidpunkt|månad)|\btidpunkt|\bsenast\b|\bdeadline\b"
            r"|\bwhen\b|\bwhat (?:date|year|day|time)\b|\bwhich (?:date|year|day|month)\b|\bhow long\b|\bby what date\b|\bdate\b",
        ),
        (
            Kind.CONDITION,
            r"\bvillkor|\bförutsättning|\bförbehåll|\bkrävs\b|\bunder vilka\b|\bcondition|\bprerequisite|\brequire|\bprovided\b",
        ),
        (Kind.WHY, r"\bvarför\b|\bav vilken anledning\b|\bvilka skäl\b|\bwhy\b|\breasons?\b|\bsyftet\b|\bpurpose\b"),
        (
            Kind.WHO,
            r"\bvem\b|\bvems\b|\bwho\b|\bwhom\b|\bwhose\b|\bhandläggare\b|\bvilken (?:nämnd|person|förvaltning|styrelse)\b",
        ),
        (Kind.LIST, r"\bvilka\b|\blista\b|\bräkna upp\b|\bwhich\b|\blist\b|\bwhat are\b|\bname the\b"),
    )
)
_YES_NO = re.compile(
    r"^(?:(?:och|men|så|and|but|so)\s+)?(?:är|var|har|hade|ska|skall|får|fick|kan|måste|finns|blir|blev|betalar|deltar|vill|bör"
    r"|gäller|kommer|is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|must|should)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d\s\u00a0.,:/-]*\d|\d")
_OPENING = re.compile(
    r"^\s*(?:och|men|då|så|fast|and|but|so|then|what about|how about|hur är det med|vad gäller för)\b", re.IGNORECASE
)
_ANAPHOR = re.compile(
    r"\b(?:den|det|de|dem|dess|deras|detta|denna|dessa|där|då|han|hon|hans|hennes|samma|it|its|they|them|their|this|that|those"
    r"|these|there|he|she|his|her|then|same)\b",
    re.IGNORECASE,
)
# Capital letters in English that name no place or person of a Swedish paper.
_NOT_NAMES = frozenset(
    "i municipal municipality council executive board committee region county association federation swedish public employment "
    "service social services insurance agency city town department administration coordination chief director january february "
    "march april may june july august september october november december monday tuesday wednesday thursday friday saturday "
    "sunday english swedish kf ks au sek kr eu what when who which how why does did is are was were".split()
)
MAX_LEANING_WORDS = 3  # a question with fewer words of substance than this, and no name, cannot stand alone


def understand(question: str, history: Sequence[Turn] = ()) -> Question:
    """The question made whole from the history."""
    text = " ".join(question.split())
    earlier = next((turn.content for turn in reversed(history) if turn.role == "user" and turn.content.strip()), None)
    leans_on = " ".join(earlier.split()) if earlier and _leans(text) else None
    asked = _interrogative(text)
    kind = _kind(asked)
    if leans_on and kind is Kind.OTHER:
        kind = _kind(_interrogative(leans_on))
    whole = f"{leans_on} {text}" if leans_on else text
    language = language_of(text) or language_of(whole) or "sv"
    return Question(
        original=question,
        text=whole,
        language=language,
        kind=kind,
        names=tuple(dict.fromkeys([*_names(leans_on or ""), *_names(asked)])),
        numbers=tuple(_digits(match) for match in _NUMBER.findall(asked)),
        leans_on=leans_on,
    )


def language_of(text: str) -> Language | None:
    """The language that most of the small words belong to, or None when they don't tell."""
    words = [word.casefold() for word in _WORD.findall(text)]
    swedish = sum(word in _SWEDISH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if swedish == english:
        # Without small words to go by, Swedish letters in lower-case words decide: names keep theirs in any language.
        letters = any(set(word) & set("åäö") for word in _WORD.findall(text) if word.islower())
        return "sv" if letters else None
    return "sv" if swedish > english else "en"


def _interrogative(text: str) -> str:
    """The part of the text that asks; orders and remarks around it are not what is looked for."""
    parts = re.split(r"(?<=[.!?])\s+", text)
    asking = [part for part in parts if part.endswith("?")]
    return " ".join(asking) if asking else text


def _kind(text: str) -> Kind:
    found = [(match.start(), kind) for kind, pattern in _KINDS if (match := pattern.search(text))]
    if _YES_NO.match(text):
        return Kind.YES_NO
    return min(found)[1] if found else Kind.OTHER


def _names(text: str) -> list[str]:
    """Words with a capital that doesn't begin a sentence."""
    names = []
    for match in re.finditer(r"[^\W\d_][\w-]*", text):
        word = match.group()
        before = text[: match.start()].rstrip()
        if not word[0].isupper() or not before or before[-1] in '.!?:"”':
            continue
        folded = word.casefold()
        if folded not in _NOT_NAMES and folded.removesuffix("s") not in _NOT_NAMES:
            names.append(word)
    return names


def _digits(number: str) -> str:
    """A number without the spaces inside it."""
    return re.sub(r"[\s\u00a0]", "", number).strip(".,:/-")


def _leans(text: str) -> bool:
    """Whether the question cannot stand alone."""
    if _OPENING.match(text):
        return True
    if _names(text):
        return False
    substance = [
        word for word in _WORD.findall(text) if word.casefold() not in _SWEDISH and word.casefold() not in _ENGLISH
    ]
    return len(substance) < MAX_LEANING_WORDS and (bool(_ANAPHOR.search(text)) or len(substance) < 2)
