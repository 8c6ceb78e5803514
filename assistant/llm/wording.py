"""Wording: whether a sentence keeps the negations of the words it rests on, and says nothing that is their opposite."""

from __future__ import annotations

import re

from assistant.model import Language

LONG_AS = 0.6  # a sentence with this share of the quote's words says all of it, and denies as often as it does

# Turns that hold a negation and deny nothing: "no later than" is "senast".
_NO_DENIAL = re.compile(
    r"\b(?:no|not) (?:later|more|less|fewer|earlier) than\b|\b(?:not|never) exceed\w*|\bnot only\b|\b(?:inte|ej) (?:senare|mer|mindre|färre|tidigare) än\b"
    r"|\b(?:inte|ej) över(?:stig|skrid)\w*|\binte (?:bara|endast|enbart|minst)\b|\b(?:yes|ja)[ -](?:and|or|och|eller)[ -](?:no|nej)\b|\b\d+ no\b|\bno[ -]votes?\b"
    r"|\b(?:free of|without|no|at no) (?:charge|costs?|fees?)\b|\butan (?:kostnad|avgift)\b",
    re.IGNORECASE,
)
_SWEDISH_DENIAL = re.compile(
    r"\b(?:inte|ej|icke|ingen|inget|inga|ingenting|ingalunda|aldrig|varken|utan|saknas?|saknade[s]?|neka[rt]?s?|nekade[s]?|knappast|näppeligen|omöjlig\w*)\b|\bicke-",
    re.IGNORECASE,
)
_ENGLISH_DENIAL = re.compile(
    r"\b(?:not|no|none|nobody|nothing|never|neither|nowhere|without|cannot|lack(?:s|ing|ed)?|hardly|scarcely|barely|impossible|unable|fail(?:s|ed|ing)? to)\b|n['’]t\b|\bnon-",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:inte|ej|icke)\b[^.;]*?\butan\b(?! att\b)", re.IGNORECASE)  # "inte A utan B": denied once

# Each pair holds two things that exclude one another, in Swedish and English.
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})", re.IGNORECASE), re.compile(rf"\b(?:{other})", re.IGNORECASE))
    for one, other in (
        (
            r"höj\w+|ök(?:a|ar|as|ade|ades|at|ats|ning\w*)\b|rais\w+|increas\w+|ris(?:e|es|en|ing)\b|rose\b",
            r"sänk\w+|minsk\w+|reducer\w+|reduc\w+|lower\w*|decreas\w+|cut(?:s|ting)?\b",
        ),
        (
            r"före\b|innan\b|senast\b|sista dag\w*|last day\b|deadline\b|before\b|prior to\b|no later than\b|at the latest\b",
            r"efter\b|tidigast\b|after\b|at the earliest\b",
        ),
        (
            r"minst\b|lägst\b|at least\b|(?:a )?minimum\b|no less than\b|no fewer than\b",
            r"högst\b|maximalt\b|upp till\b|at most\b|up to\b|(?:a )?maximum\b|no more than\b|not exceed\w*",
        ),
        (
            r"inför\w*|inrätta\w*|introduc\w+|establish\w*|set(?:s|ting)? up\b",
            r"avskaffa\w*|avveckl\w*|upphäv\w*|läggs? ned?\b|abolish\w*|discontinu\w*|repeal\w*|phas\w+ out\b",
        ),
        (
            r"träder i kraft\b|börja\w*|gäll\w+ från\b|från och med\b|appl\w+ from\b|as of\b|with effect from\b|enters? into force\b|(?:comes?|came) into force\b|takes? effect\b|begin\w*|start\w*",
            r"upphör\w*|löper ut\b|expir\w+|ceas\w+|ends?\b|ended\b|terminat\w+",
        ),
        (r"öpp(?:n\w+|en|et|na)\b|open(?:s|ed|ing)?\b", r"stäng\w+|clos(?:e|es|ed|ing|ure)\b"),
        (r"intäkt\w*|inkomst\w*|income\b|revenue\w*", r"kostnad\w*|utgift\w*|costs?\b|expen[sd]\w*"),
        (r"överskott\w*|vinst\w*|surplus\w*|profit\w*", r"underskott\w*|förlust\w*|deficit\w*|loss(?:es)?\b"),
        (
            r"överstig\w*|överskrid\w*|exceed\w*|more than\b|mer än\b|fler än\b|above\b",
            r"understig\w*|underskrid\w*|less than\b|fewer than\b|mindre än\b|färre än\b|below\b",
        ),
        (r"obligatorisk\w*|tvingande\b|mandatory\b|compulsory\b|obligatory\b", r"frivillig\w*|voluntar\w+|optional\b"),
        (
            r"tills vidare\b|permanent\w*|indefinite\w*|until further notice\b",
            r"tillfällig\w*|tidsbegränsad\w*|interim\w*|temporar\w+",
        ),
        (
            r"\w*köp(?:a|er|s|te|tes|t|ts|et)?\b|\w*förvärv\w*|buy\w*|bought\b|purchas\w+|acquir\w+",
            r"sälj\w*|sål(?:de|des|t|ts)\b|\w*försälj\w*|sell\w*|sold\b|sale\b",
        ),
        (
            r"tillåt\w*|allow\w*|permit\w*",
            r"förbjud\w*|förbud\w*|prohibit\w*|forbid\w*|forbidden\b|ban(?:s|ned|ning)?\b",
        ),
        (r"samtliga\b|alla\b|all\b|every\b|each\b", r"några\b|vissa\b|somliga\b|some\b|certain\b|several\b"),
        (r"enhällig\w*|enig\w*|unanim\w*", r"oenig\w*|reserver\w*|split\b|divided\b"),
    )
)
# What no sentence may say that its sources don't, in either language.
_CLAIMS = tuple(
    re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for words in (
        r"enhällig\w*|enig(?:t|a|het)?\b|unanim\w*",
        r"obligatorisk\w*|tvingande\b|mandatory\b|compulsory\b|obligatory\b",
        r"frivillig\w*|voluntar\w+|optional\b",
        r"permanent\w*|varaktig\w*|tills vidare\b|på obestämd tid\b|indefinite\w*|until further notice\b",
        r"tillfällig\w*|tidsbegränsad\w*|interim\w*|temporar\w+",
        r"drygt\b|just over\b|slightly (?:more than|over|above)\b",
        r"knappt\b|nästan\b|nearly\b|almost\b|just under\b|slightly (?:less than|under|below)\b",
    )
)
# What can become of a matter. A sentence may only tell of an outcome that its sources tell of.
_APPROVED = r"bif(?:all|öll|alles)\w*|bifall\w*|godkän\w*|anta(?:r|s|git|gits|gen|get|gna|gande)?\b|antog\w*|bevilj\w*|fastställ\w*|tillstyrk\w*|approv\w*|adopt\w*|grant(?:ed|ing)\b\b|accept\w*|pass(?:es|ed)\b|ratif\w*|endors\w*"
_OUTCOMES = tuple(
    re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for words in (
        _APPROVED,
        r"avslå\w*|avslag\w*|avslog\w*|avstyrk\w*|vägra\w*|reject\w*|refus\w*|den(?:y|ied|ies|ying)\b|dismiss\w*|turn(?:s|ed)? down\b|vote[sd]? down\b|declin\w*",
        r"återremi\w*|refer(?:s|red)? back\b|sen[dt]s? back\b|remitt\w*|remand\w*",
        r"bordlä\w*|bordla\w*|skjut\w* upp\b|sköt\w* upp\b|uppskj\w*|postpon\w*|defer\w*|adjourn\w*|tabled\b",
        r"besvara(?:d|s|t)\b|answered\b|dealt with\b",
        r"avstå(?:r|tt|s|tts)?\b|avstod\w*|refrain\w*|abstain\w*",
        r"upphäv\w*|(?:riv|rev)\w* upp\b|ogiltig\w*|inställ(?:d|t|da|s)\b|ställ\w* in\b|avskaffa\w*|repeal\w*|abolish\w*|revok\w*|rescind\w*|annul\w*|overturn\w*|cancel\w*|scrap(?:s|ped)?\b",
        r"drogs? tillbaka\b|återkalla\w*|withdr[ae]w\w*",
    )
)


def denials(words: str, language: Language) -> int:
    """How often the words deny something."""
    words = _NO_DENIAL.sub(" ", words)
    if language == "en":
        return len(_ENGLISH_DENIAL.findall(words))
    return len(_SWEDISH_DENIAL.findall(words)) - len(_BUT.findall(words))


def keeps_denials(sentence: str, quoted: str, language: Language) -> bool:
    """Whether the sentence denies what its sources (in Swedish) deny, and nothing else.

    What is shorter than they are may leave some of it out, but not all.
    """
    said, there = denials(sentence, language), denials(quoted, "sv")
    if said > there or (there and not said):
        return False
    return said == there or len(sentence.split()) < LONG_AS * len(quoted.split())


def opposite(sentence: str, quoted: str) -> str | None:
    """A word of the sentence whose opposite stands in its sources, while it doesn't; None when there is none."""
    for one, other in _OPPOSITES:
        for said, against in ((one, other), (other, one)):
            match = said.search(sentence)
            if match and against.search(quoted) and not said.search(quoted):
                return match.group()
    return None


def unsaid(sentence: str, quoted: str) -> str | None:
    """A word of the sentence for how something holds (for how long, for whom, with whose votes) that its sources don't have; None when there is none."""
    return next(
        (match.group() for words in _CLAIMS if (match := words.search(sentence)) and not words.search(quoted)), None
    )


def foreign_outcome(sentence: str, quoted: str, decided: bool) -> str | None:
    """A word of the sentence for an outcome that its sources don't tell of; None when there is none.

    A decision (`decided`) that tells of no other outcome approves of what it lays down.
    """
    told = [bool(pattern.search(quoted)) for pattern in _OUTCOMES]
    for number, pattern in enumerate(_OUTCOMES):
        match = pattern.search(sentence)
        if match and not told[number] and not (number == 0 and decided and not any(told)):
            return match.group()
    return None
