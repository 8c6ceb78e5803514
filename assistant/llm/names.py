"""Names: the people, places, organisations and bodies that a sentence names, and which of them its sources don't."""

from __future__ import annotations

import re

from assistant.glossary import is_english, swedish_words
from assistant.model import Language
from assistant.municipalities import NAMES as MUNICIPALITIES
from assistant.question import is_office, is_small
from ingest.body_keys import BODY, body_key, same_body

_WORD = re.compile(r"[^\W\d_][\w-]*")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@\w)\S*")  # of a page or a mailbox
_OPENS = re.compile(r"(?:^|[.!?:;]|[\"”“«»(–-])\s*$")  # before a word that has its capital from where it stands
# Words that open sentences and stand in no list of municipal vocabulary.
_OPENERS = frozenset(
    "alltså angående avseende beträffande bland bägge dessutom därefter däremot därigenom därmed därtill därutöver därvid dock däribland endast emellertid enbart "
    "eventuellt fortsatt framöver först förutom gällande hittills huvudsakligen inför istället likaså medan nuvarande numera nämligen omkring rörande respektive "
    "sammanlagt sammantaget samtidigt samtliga senare slutligen således totalt trots tidigare utifrån utöver vidare varav varefter ytterligare övriga "
    "accordingly additionally altogether currently finally furthermore hence however meanwhile moreover nevertheless otherwise overall subsequently therefore thereafter thus "
    "together totally further instead later previously".split()
)
# Swedish endings and what stands in their place in another form of the word; wrong guesses are in no list of words.
_ENDINGS = (
    ("", ""), ("", "a"), ("n", ""), ("en", ""), ("et", ""), ("t", ""), ("na", ""), ("arna", ""), ("erna", ""), ("orna", "a"), ("ar", ""), ("er", ""), ("or", "a"),
    ("en", "e"), ("ns", ""), ("ens", ""), ("ets", ""), ("s", ""), ("a", ""), ("ens", "e"), ("erna", "er"), ("arna", "ar"), ("ade", "a"), ("des", "a"), ("r", ""), ("as", "a"),
)  # fmt: skip
_MUNICIPALITIES = frozenset(name.casefold() for name in MUNICIPALITIES)
# Bodies, authorities and parties as English calls them; what else is a committee or a board has no Swedish name of its own.
_ENGLISH_BODIES = (
    (re.compile(r"\b(?:municipal |city |town |local )?council(?!lor)\b", re.IGNORECASE), "fullmäktige"),
    (re.compile(r"\b(?:municipal )?executive (?:board|committee)\b|\bmunicipal board\b", re.IGNORECASE), "styrelsen"),
    (re.compile(r"\bworking committee\b", re.IGNORECASE), "arbetsutskott"),
    *(
        (re.compile(rf"\b(?:{english})", re.IGNORECASE), swedish)
        for english, swedish in (
            (r"county administrative board", "länsstyrelse"),
            (r"police\b", "polis"),
            (r"(?<!local )(?<!municipal )government\b", "regering"),
            (r"parliament\b", "riksdag"),
            (r"transport administration", "trafikverk"),
            (r"tax agency", "skatteverk"),
            (r"(?:public )?employment service", "arbetsförmedling"),
            (r"social insurance agency", "försäkringskass"),
            (r"environmental protection agency", "naturvårdsverk"),
            (r"social democrat", "socialdemokrat"),
            (r"christian democrat", "kristdemokrat"),
            (r"sweden democrat", "sverigedemokrat"),
            (r"(?:centre|center) party", "centerpart"),
            (r"left party", "vänsterpart"),
            (r"green party", "miljöpart"),
            (r"moderate party|moderates\b", "moderat"),
        )
    ),
)
# Parties, authorities and offices, which Swedish writes without a capital: by the part of the word that all its forms have.
_WITHOUT_CAPITAL = re.compile(
    r"\b(moderat(?=er|en)|socialdemokrat|sverigedemokrat|kristdemokrat|centerpart|vänsterpart|miljöpart|liberal(?=erna)|länsstyrelse|försäkringskass|arbetsförmedling|regering(?=en)"
    r"|riksdag|polis(?=en|myndighet)|[a-zåäö]{3,}(?:verk(?=ets?\b)|myndighet|domstol|förvaltning(?=ens?\b)|kontor(?=ets?\b)|rätt(?=ens\b)))\w*",
    re.IGNORECASE,
)
# The body of a paper's head is the one that decides, and no more is known of it.
_DECIDES = re.compile(
    r"s?\s(?:\w+\s){0,2}?(?:beslut|anta|antog|fastställ|bif|avsl|godkän|återremi|bordl|bevilj|uppdr|gav|ger|tilldel|decid|decision|adopt|approv|reject|grant|resolv|refer|postpon|set|rais|award|gave)\w*",
    re.IGNORECASE,
)
_DECIDED_BY = re.compile(r"\b(?:av|i|by|in)(?: the)?\s$", re.IGNORECASE)


def unsupported_names(sentence: str, quoted: str, known: str, language: Language) -> tuple[str, ...]:
    """The names in the sentence that stand neither in the words quoted nor in what is `known` of their sources."""
    there = _words_of(f"{quoted} {known}")
    names = [name for name in _names(sentence, language, there) if not _stands(name.casefold(), there)]
    if language == "sv":
        held = f"{quoted} {known}".casefold()
        names += [match.group() for match in _WITHOUT_CAPITAL.finditer(sentence) if match[1].casefold() not in held]
    addresses = [each for each in _ADDRESS.findall(sentence) if each not in quoted]
    return tuple(dict.fromkeys([*names, *addresses]))


def unsupported_bodies(sentence: str, quoted: str, body: str, language: Language) -> tuple[str, ...]:
    """The bodies in the sentence that its sources don't name.

    `body` is that of the sources' heads, where it decides or is to decide: it isn't thereby the one that proposes.
    """
    missing = []
    if language == "en":
        for pattern, swedish in _ENGLISH_BODIES:
            for match in pattern.finditer(sentence):
                heads = swedish in body.casefold() and _is_said_to_decide(sentence, match)
                if swedish not in quoted.casefold() and not heads:
                    missing.append(match.group())
        return tuple(dict.fromkeys(missing))
    keys = [body_key(match.group()) for match in BODY.finditer(quoted)]
    for match in BODY.finditer(sentence):
        key = body_key(match.group())
        heads = same_body(key, body_key(body)) and _is_said_to_decide(sentence, match)
        if not heads and not any(same_body(key, each) for each in keys):
            missing.append(match.group())
    return tuple(dict.fromkeys(missing))


def _is_said_to_decide(sentence: str, body: re.Match[str]) -> bool:
    return bool(_DECIDES.match(sentence, body.end()) or _DECIDED_BY.search(sentence[: body.start()]))


def _names(sentence: str, language: Language, there: frozenset[str]) -> list[str]:
    """Words with a capital that is a name's; those that open the sentence too, when they are no ordinary words."""
    found = []
    for match in _WORD.finditer(sentence):
        word = match.group().rstrip("-")
        folded = word.casefold()
        digits = any(sign.isdigit() for sign in word)  # E18, A4
        if not (word[0].isupper() or digits) or BODY.fullmatch(word) or (language == "en" and is_office(folded)):
            continue
        opens = bool(_OPENS.search(sentence[: match.start()]))
        if folded not in _MUNICIPALITIES and not digits:
            if opens and (is_small(folded) or _is_ordinary(folded, language) or _stands(folded, there)):
                continue
            if not opens and language == "en" and (is_small(folded) or is_english(folded)):
                continue  # a title in capitals
        found.append(word)
    return found


def _is_ordinary(word: str, language: Language) -> bool:
    """Whether the word (lower case), in some form, is one of the glossary's."""
    if word in _OPENERS:
        return True
    if language == "en":
        return is_english(word)
    return any(
        word.endswith(ending) and word.removesuffix(ending) + instead in swedish_words() for ending, instead in _ENDINGS
    )


def _words_of(text: str) -> frozenset[str]:
    return frozenset(match.group().rstrip("-").casefold() for match in _WORD.finditer(text))


def _stands(name: str, there: frozenset[str]) -> bool:
    """Whether the name is there, but for a genitive."""
    return not there.isdisjoint({name, f"{name}s", name.removesuffix("s")})
