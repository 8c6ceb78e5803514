"""Standing: whether a sentence makes more of its sources than they are: a decision of a proposal, a proposal of a view."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.llm.figures import Figures
from assistant.model import Language
from assistant.phrases import PHRASES
from ingest.model import Status

# Words for something that is done, decided or in force. A participle of what is yet to be ("ska bli antagen", "to be adopted",
# "if adopted") doesn't count.
_DONE_SWEDISH = (
    r"beslutade[s]?|beslutats?|beslutad[e]?|fattade[s]?|fattats?|antogs?|antagits?|antag(?:en|et|na)|fastställde[s]?|fastställts?|fastställda?"
    r"|godkände[s]?|godkänts?|godkända?|biföll[s]?|bifallits?|bifall(?:en|et|na)|avslog[s]?|avslagits?|avslag(?:en|et|na)|beviljade[s]?|beviljats?|beviljade?"
    r"|bestämde[s]?|bestämts?|bestämda?|klubbade[s]?|klubbats?|klubbade?|röstade[s]?|röstats?|enades|enats|införde[s]?|införts?|införda?"
    r"|höjde[s]?|höjts?|höjda?|sänkte[s]?|sänkts?|sänkta?|upphävde[s]?|upphävts?|blev|blivit|vann|genomförde[s]?|genomförts?|genomförda?"
    r"|gick igenom|gått igenom|röstats? (?:fram|igenom)|trädde i kraft|trätt i kraft|är i kraft|i kraft sedan|verkställ(?:de|des|ts?|d|da)|slog(?:s)? fast|slagits? fast"
    r"|gäller (?:redan|nu|numera|i dag|idag|sedan)|numera|har (?:nu )?(?!föresl|rekommend|förord|yrka|anför|hemställ|begär|ansök|inkom|ett\b|inte\b|rätt\b|lätt\b|svårt\b|stort\b|fullt\b|gott\b|öppet\b|stängt\b)\w+ts?|är (?:nu |redan )?(?!planer|motiver|organiser|finansier|relater)\w+era(?:d|t|de)|(?:genomdr[ei]v|dr[ei]v\w* igenom)\w*|(?:är|blir) (?:nu |redan )?(?:ett faktum|officiell\w*|slutgiltig\w*|definitiv\w*|oåterkallelig\w*|avgjor[dt]\w*)|står (?:nu )?klart|definitivt|slutgiltigt|officiellt|är (?:nu |redan )?(?:beslut\w+|klart?|klubba[td]|bestäm[td]a?|spikat?)"
)
_DONE_ENGLISH = (
    r"decided|adopted|approved|agreed(?: on| upon)?|granted|accepted|passed|ratified|resolved|determined|voted|enacted|confirmed|established|settled|finali[sz]ed"
    r"|rejected|refused|denied|dismissed|introduced|raised|increased|lowered|reduced|abolished|repealed|implemented|carried out|carried|won|took effect|taken effect"
    r"|came into force|come into force|entered into force|(?:is|are|was|were|been) (?:already |now )?in (?:force|effect)|now (?:applies|costs?|pays?|holds)|already (?:applies|decided)"
    r"|(?:has|have|had) (?:already |now |since )?(?:been )?(?!propos|suggest|recommend|request|argu|ask|been)\w+(?:ed|en)|(?:was|were) (?:\w+ly )?(?!propos|suggest|recommend|request|argu|ask)\w+ed|(?:is|are) (?:already |now )?(?:final|official|definite|certain|a fact|a done deal)|officially|definitely|(?:went|gone) (?:through|ahead)|(?:got|gets|has|have|had|won|received) the (?:green light|go-ahead)|signed off|made (?:a|the) decision|took (?:a|the) decision|given the go-ahead|gave the go-ahead|green-?lit"
)
# The same in the present, as a decision itself is worded: "Kommunfullmäktige antar planen".
_DOES_SWEDISH = r"beslutar|fattar beslut|antar|fastställer|godkänner|bifaller|avslår|beviljar|bestämmer|klubbar|inför|det är beslutat"
_DOES_ENGLISH = (
    r"decides|adopts|approves|rejects|refuses|denies|ratifies|resolves|determines|enacts|establishes|introduces"
)
_NOUN = r"beslut(?:et|en|ets)?|decisions?"
_PROPOSAL = r"\w*förslag\w*|föresl\w+|förord\w+|rekommender\w+|hemställ\w+|propos\w+|suggest\w+|recommend\w+"
_VIEW = rf"{_PROPOSAL}|motion\w*|yrka\w*|yttra\w*|anser|ansåg|vill|önska\w*|menar|tycker|reserv\w+|opinions?|argu\w+|wants?|wishes|calls? for|moves?|believes?|considers?|statement|view"
_NOT_YET_SWEDISH = re.compile(
    r"\b(?:bli|bliva|blir|ska vara|skulle vara)\s(?:\w+\s){0,2}$|(?:^|,\s)om\b[^.;,]*$|\b(?:ifall|när|sedan|efter att|först|förutsatt att|förutsättning att|så snart)\b[^.;,]*$",
    re.IGNORECASE,
)
_NOT_YET_ENGLISH = re.compile(
    r"\b(?:be|being)\s(?:\w+ly\s)?$|\b(?:if|once|unless|until|when|after|provided|condition that|conditional on)\b[^.;,]*$",
    re.IGNORECASE,
)
# Any other verb in the past, and "now", tells that something is done, when its sources only propose it: "bildades", "was formed".
_PAST = {
    "sv": re.compile(
        r"\b(?!föresl|rekommend|förord|yrka|anför|hemställ|begär|ansök|inkom|lämna|över(?:lämn|vä))\w{2,}(?:ades|[bdglmnrv]des|[kpstx]tes)\b|\b(?:nu|redan|numera|i dag|idag)\b|\bsedan (?:den|\d{4}|årsskiftet|i \w+)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:now|already|currently|(?:is|are) being (?!propos|suggest|recommend|request|argu|ask|consider|discuss)\w+ed|since|today|rose|fell|grew|became|began|opened|closed|ended|started|merged|dissolved|formed)\b|\b(?:was|were|has been|have been|had been) (?:\w+ly )?(?!propos|suggest|recommend|request|argu|ask|put forward)(?:\w+ed|set|made|taken|given|cut|put|built|held|paid|bought|sold|sent"
        r"|spent|split|chosen|begun|drawn|laid|lost|met|shut|struck)\b",
        re.IGNORECASE,
    ),
}
_DONE = {
    "sv": re.compile(rf"\b(?:{_DONE_SWEDISH})\b", re.IGNORECASE),
    "en": re.compile(rf"\b(?:{_DONE_ENGLISH})\b", re.IGNORECASE),
}
_DOES = {
    "sv": re.compile(rf"\b(?:{_DOES_SWEDISH})\b", re.IGNORECASE),
    "en": re.compile(rf"\b(?:{_DOES_ENGLISH})\b", re.IGNORECASE),
}
_DECISION_NOUN = re.compile(
    rf"(?<!förslag till )(?<!förslaget till )\b(?:{_NOUN})\b(?! föreslås| ska fattas| is proposed)", re.IGNORECASE
)
_PROPOSES = re.compile(rf"\b(?:{_PROPOSAL})", re.IGNORECASE)
_VIEWS = re.compile(rf"\b(?:{_VIEW})", re.IGNORECASE)
_DECIDES = re.compile(
    r"\b(?:beslut\w*|anta\w*|antog\w*|fastställ\w*|bif(?:all|öll)\w*|godkän\w*|avsl[åao]\w*|bevilj\w*|bordl\w+|återremi\w+|decid\w+|decision\w*|adopt\w*|approv\w*|reject\w*"
    r"|grant\w*|resolv\w*|agreed)\b",
    re.IGNORECASE,
)
_NAMED: Mapping[Status, re.Pattern[str]] = {
    Status.FÖRSLAG: _PROPOSES,
    Status.BESLUT: _DECIDES,
    Status.YTTRANDE: _VIEWS,
    Status.MOTION: re.compile(r"\b(?:motion\w*|yrka\w*|mover)\b", re.IGNORECASE),
}
OPEN = frozenset({Status.FÖRSLAG, Status.MOTION, Status.YTTRANDE})  # nothing of what they say is decided


def tells_of_done(words: str, language: Language) -> bool:
    """Whether the words tell of something as done, decided or in force."""
    return _tells(_DONE[language], words, language)


def _tells(pattern: re.Pattern[str], words: str, language: Language) -> bool:
    not_yet = _NOT_YET_ENGLISH if language == "en" else _NOT_YET_SWEDISH
    return any(not not_yet.search(words[: match.start()]) for match in pattern.finditer(words))


def decides(words: str, language: Language) -> bool:
    """Whether the words are those of a decision being taken, or speak of one: "beslutar", "the decision"."""
    return bool(_DOES[language].search(words) or _DECISION_NOUN.search(words))


def is_upgraded(sentence: str, quoted: str, status: Status, said: Figures, there: Figures, language: Language) -> bool:
    """Whether the sentence makes a decision of words with this standing (`quoted`, in Swedish).

    `said` and `there` are the figures of both. What a proposal, an opinion or a motion tells of earlier decisions must be told with their date or §,
    or it would be taken for a decision on the proposal.
    """
    if status is Status.BESLUT:
        return False
    if status in OPEN:
        if tells_of_done(sentence, language) or _tells(_PAST[language], sentence, language):
            return not (tells_of_done(quoted, "sv") and _share_when(said, there))
    elif tells_of_done(sentence, language) and not (tells_of_done(quoted, "sv") or _tells(_PAST["sv"], quoted, "sv")):
        return True
    if _PROPOSES.search(sentence):
        return False
    if status in OPEN and _DECISION_NOUN.search(sentence) and not _DECISION_NOUN.search(quoted):
        return True
    return decides(sentence, language) and not (decides(quoted, "sv") or tells_of_done(quoted, "sv"))


def is_downgraded(sentence: str, quoted: str, status: Status) -> bool:
    """Whether the sentence makes a proposal of a decision, or of mere information."""
    return status not in OPEN and bool(_PROPOSES.search(sentence)) and not _PROPOSES.search(quoted)


def frame(sentence: str, statuses: frozenset[Status], language: Language) -> str:
    """What must be put before the sentence for it to name the standing of its sources; empty when it does itself."""
    for status in (Status.MOTION, Status.FÖRSLAG, Status.YTTRANDE, Status.BESLUT):
        if status in statuses:
            return "" if _NAMED[status].search(sentence) else PHRASES[language].status[status]
    return ""


def _share_when(said: Figures, there: Figures) -> bool:
    years = {date[:4] for date in there.dates} | {f"{each.value:f}" for each in there.numbers}
    told = {date[:4] for date in said.dates} | {f"{each.value:f}" for each in said.numbers if 1900 <= each.value < 2100}
    return bool(said.paragraphs & there.paragraphs) or bool(told & years - {"-", "--"})
