"""Understand: what a question asks for, in which language, about what, and how it hangs together with what was said before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.acts import asks_by_whom, asks_who_put_forward
from assistant.follow_up import CHAINED, leeway, opens, points_back
from assistant.glossary import is_english, translations
from assistant.kinds import (
    OF_MATTERS,
    Kind,
    asks_earlier,
    asks_now,
    asks_when_decided,
    kind_of,
    share_asked,
    standing_of,
)
from assistant.model import Language, Turn
from assistant.municipalities import named_municipalities
from assistant.period import bare_years, periods, relative_period
from assistant.private import asks_private
from assistant.spelling import mended
from assistant.words import NUMBER, PARAGRAPH, joined_number
from ingest.body_keys import BODY, body_key
from ingest.dates import ENGLISH_MONTHS, MONTH_NAMES, dates_in, times_in
from ingest.model import Status


@dataclass(frozen=True)
class Ask:
    """One thing asked for.

    `texts` are what is searched for by meaning, their mean: the ask as it was put, made whole by what it leans on, and an English
    one also in Swedish words, one after the other. `words` are what is searched for by letters: each entry holds the Swedish words that would do for one word of the
    question; `topic`, where a matter is asked about, are those that tell which is meant. `own_text` and `own_words` are without what an earlier question lent. `names` and `numbers` must stand where the
    answer stands; `earlier_names` are those of the earlier question, `said_numbers` those of the answer to it.
    """

    texts: tuple[str, ...]
    own_text: str
    kind: Kind
    words: tuple[tuple[str, ...], ...]
    own_words: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    topic: tuple[tuple[str, ...], ...] = ()
    earlier_names: tuple[str, ...] = ()
    said_numbers: tuple[str, ...] = ()
    standing: Status | None = None  # of the words asked for, where the question tells
    now: bool = False  # what holds now is asked for, not what once did
    put_forward: bool = False  # whose a motion or a citizen's proposal is
    by_whom: bool = False  # who was against a decision, or moved what in its matter
    when_decided: bool = False  # the day of a decision is asked for
    earlier: bool = False  # what held at first, or before
    times: tuple[str, ...] = ()  # days, months and years that it names, as `times_in` writes them
    years: tuple[
        str, ...
    ] = ()  # those that a figure may be meant to be of, or its paper from, where it isn't told which
    periods: tuple[str, ...] = ()  # the years that what is asked for is to be of
    share: re.Pattern[str] | None = None  # what tells the share or the rate that is asked for
    order: bool = False  # it is an order to a machine and asks nothing of the documents
    municipalities: tuple[str, ...] = ()  # that it names
    bare: bool = False  # without words of its own: "När då?"
    private: bool = False  # a person's private life is asked about
    bodies: tuple[str, ...] = ()  # nämnder, styrelser and the like that it names, as `body_key` writes them

    @property
    def letters(self) -> str:
        """All that is searched for by letters, as one query."""
        words = (word for group in self.words for word in group)
        return " ".join([*words, *self.names, *self.earlier_names, *self.said_numbers, *self.numbers])


@dataclass(frozen=True)
class Question:
    """A question made whole: what it asks for, one by one, and the earlier question it leans on, if it does."""

    original: str
    language: Language
    asks: tuple[Ask, ...]
    leans_on: str | None = None
    leeway: float = 0.0  # if it does: how much better it may be answered by itself and yet lean (`assistant.follow_up`)
    said_before: str = ""  # the answer given to that earlier question, on one line
    shown: str | None = None  # how it was understood, where that isn't as it was put


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Words that ask for a sort of answer; what fits is judged apart (`assistant.evidence.fits`).
_ASKING = frozenset(
    "antal antalet anledning belopp beloppet kronor kostnad beslut beslutade beslutades beslutat beslutet fattades föreslog föreslogs föreslår föreslås förslag dag dagen datum datumet period skäl summa summan tid tiden tidpunkt tidpunkten år året amount date day decide "
    "decided decision decisions propose proposed proposal number period reason sum time year many much".split()
)
# Words that ask what became of something; the decision needn't say them.
_BECOMING = frozenset(
    "slutade slutar gick gått gå igenom resultat resultatet utfall utfallet utgång utgången svar svaret svarade gehör vann vinna avgjord avgjort avgjorts avgjordes besvarad besvarat "
    "besvarats besvarades bifall bifallen bifallet bifallits bifölls bifalles biföll avslag avslagen avslaget avslagits avslogs avslog avslås röstades röstats röstat ner ned nedröstad "
    "godkändes godkänd godkänt godtogs godtagits antogs antagen antaget antagits klubbades klubbats ställde beslöt beslöts bestämde bestämdes beviljades beviljats "
    "sa sade say hände hänt föll falla blev ärende ärendet ärendena avgjorde behandla behandlad behandlade behandlades behandlat behandlats paragraf paragrafen möte mötet sammanträde sammanträdet "
    "outcome result fate fare considered consider taken take meeting paragraph fared end ended become became pass passed accept accepted approve approved reject rejected refused turned down back backed succeed succeeded fail failed "
    "voted vote granted grant adopt adopted carried dealt handled received answered answer settled resolved resolve agree agreed go went gone through finally "
    "röst röster rösterna röstetal röstsiffror röstsiffrorna röstade omröstning omröstningen votering voteringen votes voting margin count tally numbers figures siffror yes no ayes noes yeas nays against emot ja nej".split()
)
_ACTING = frozenset(
    "väckte väckt väckts lade lagt lämnade lämnat skrev skrivit bakom motion motionen medborgarförslag medborgarförslaget e-förslag e-förslaget förslag förslaget "
    "motionerna reserverade reserverat reserverar reservation reservationen reservationer mot beslut beslutet partier ledamöter yrkade yrkat yrkar yrkande bifall avslag "
    "reservations entered recorded lodged made dissented dissent against decision moved moving put forward submitted wrote written raised tabled behind citizen citizens proposal".split()
)
# Words that carry no topic. They also tell the language: a question's small words are of its own language, whatever it quotes.
_SWEDISH = frozenset(
    "alla allt andra att av bara behöver bland blev bli blir båda både de dem den denna deras dess dessa det detta dig din ditt "
    "du då där därför efter egen ej eller en enligt er ett finns fick flera få får för före från genom ges ha hade han hans har "
    "hela henne hennes hit hos hon hur här i in inför innan inom inte ja jag ju just kan kommer kring kunde kunna man med mellan "
    "men mer mina min mitt mot mycket många måste ni nog nu när någon något några och också om oss på redan samma samt sedan sig "
    "sin sina sitt ska skall skulle som så sådan sådana t.ex till tycker under upp ut utan vad var vara varför varit varje vart vem "
    "vems vi vid vilka vilken vilket vill vår våra vårt åt än är händer hända hänt även över säger sägs gäller gör göra heter innebär står betyder".split()
)
_ENGLISH = frozenset(
    "a about after all also an and any are as at be because been before being both but by can could did do does doing for from get "
    "gets got had has have having he her here him his how i if in into is it its just may me might mine more most much must my no "
    "not now of on only or other our out over own she should so some such than that the their them then there these they this those "
    "to too under until up us very was we were what when where which while who whom whose why will with would you your say says said "
    "tell mean means called happens happen come comes take takes taking want wants".split()
)

# "…, inte vägbron", "(not the 2017 one)", "– jag menar inte föreningen": what is said not to be meant.
_NOT_MEANT = re.compile(
    r"\s*[,(–—]\s*(?:alltså |jag menar |och |and |I mean |I do(?: not|n['’]t) mean |rather than |instead of |as opposed to |i stället för |till skillnad från )?"
    r"(?:(?<=mean )|(?<=than )|(?<=instead of )|(?<=as opposed to )|(?<=i stället för )|(?<=till skillnad från )|(?:inte|ej|not)\b)[^,).:;?!–—]+[),]?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\[/?[A-ZÅÄÖ_ ]+\]|<[^<>]{1,40}>|```")  # what looks like orders to a machine
_ORDER = re.compile(
    r"\b(?:ignore|system|override|from now on|pretend|glöm|från och med nu|du ska|du är nu|as an? admin|som administratör)",
    re.IGNORECASE,
)
_TO_A_MACHINE = re.compile(
    r"\bsystem[ -]?prompt|\b(?:dina|your) (?:\w+ )?(?:instruktioner|instructions)\b", re.IGNORECASE
)
_PARAGRAPH_OR_DATE = re.compile(
    rf"§§?\s*\d+|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?\s(?:{MONTH_NAMES}|{ENGLISH_MONTHS}),?\s\d{{4}}\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"[A-ZÅÄÖ]{2,4}-[a-zåäöé]+")  # "VA-taxan": a thing, whatever its form
# Capital letters in English that name no place or person of a Swedish paper.
_NOT_NAMES = frozenset(
    "i municipal municipality council executive board committee region county association federation swedish public employment "
    "service social services insurance agency city town department administration coordination chief director january february "
    "march april may june july august september october november december monday tuesday wednesday thursday friday saturday "
    "sunday english swedish kf ks au sek kr eu what when who which how why does did is are was were".split()
)
_BODIES = frozenset("council board committee executive municipal municipality".split())
_AND = re.compile(
    r"[,;]?\s+(?:och|samt|and)\s+(?=(?:till |från |to |from |on |in |i |på )?(?:vad|när|hur|vem|vilka|vilken|vilket|varför|what|when"
    r"|how|who|which|why|where)\b)",
    re.IGNORECASE,
)
MAX_ASKS = 3
SAID_CHARS = 300  # of the answer before a follow-up that are searched with it
MIN_WORDS = 3  # a question with fewer words of substance than this, and no name, cannot stand alone


def understand(
    question: str,
    history: Sequence[Turn] = (),
    stands: Callable[[str], bool] = lambda _: False,
    alone: bool = False,
) -> Question:
    """The question rid of slips, made whole from the history, and taken apart where it asks for several things.

    `stands` tells whether the documents hold a word, so that it is no slip; `alone` has it read as a new question.
    """
    put = _on_one_line(question)
    before = [_on_one_line(turn.content) for turn in history if turn.role == "user" and turn.content.strip()]
    written = mended(put, language_of(put) or language_of(" ".join([*before[-1:], put])), stands)
    text = _NOT_MEANT.sub("", written) or written
    leans_on = None
    if before and not alone and _leans_back(text):
        leans_on = _context([mended(each, language_of(each), stands) for each in before])
    said = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "") if leans_on else ""
    said = " ".join(said.split())
    language = language_of(text) or language_of(" ".join([*before[-1:], text])) or "sv"
    parts = [part for sentence in _asking(text) for part in _parts(sentence)][:MAX_ASKS]
    setting = _setting(text)
    asks = [
        _ask(
            part,
            leans_on or " ".join(parts[:number] + parts[number + 1 :]) or None,
            said,
            language,
            setting,
            number > 0,
        )
        for number, part in enumerate(parts)
    ]
    return Question(
        original=question,
        language=language,
        asks=tuple(asks),
        leans_on=leans_on,
        leeway=_leeway(text) if leans_on else 0.0,
        said_before=said,
        shown=f"{leans_on} → {written}" if leans_on else written if written != put else None,
    )


def described(text: str, stands: Callable[[str], bool] = lambda _: False) -> Question:
    """What describes something to be found, all of it one ask, however many sentences and questions it has; rid of slips.

    `stands` is as for `understand`.
    """
    put = _on_one_line(text)
    language = language_of(put)
    written = mended(put, language, stands)
    language = language or "sv"
    return Question(text, language, (_ask(written, None, "", language),), shown=written if written != put else None)


def _on_one_line(text: str) -> str:
    """The text with single spaces and composed letters; what is nothing but spaces stays."""
    return unicodedata.normalize("NFC", " ".join(text.split())) or text


def _parts(sentence: str) -> list[str]:
    """What one sentence asks for, one by one; the yeas and nays of a vote are one thing."""
    return [sentence] if kind_of(sentence) is Kind.VOTE else _AND.split(sentence)


def _context(earlier: Sequence[str]) -> str:
    """The last of the earlier questions, made whole from those before it."""
    *before, last = earlier
    return f"{_context(before)} {last}" if before and _leans_back(last) and _leeway(last) >= CHAINED else last


def _ask(text: str, before: str | None, said: str, language: Language, setting: str = "", later: bool = False) -> Ask:
    """One ask; `before` is what was asked before or beside it, which it may need to be understood, `said` what was answered, and `setting`
    what was told before it was asked.
    """
    kind = kind_of(text)
    leans = before is not None and (
        bool(said) or _leans(text) or len(substance(text)) < MIN_WORDS or (later and not _names(text))
    )
    whole = " ".join(filter(None, (setting, before if leans else None, text)))
    if leans and before and kind is Kind.OTHER:
        kind = kind_of(before)
    put_forward = kind is Kind.WHO and asks_who_put_forward(text)
    by_whom = asks_by_whom(text) and not put_forward
    when_decided = asks_when_decided(text)
    of_outcome = kind is Kind.DECISION or when_decided
    words, own_words = (
        _search_words(each, language, _BECOMING if of_outcome else frozenset()) for each in (whole, text)
    )
    texts = [whole, text]
    if language == "en":
        texts += [_in_swedish(whole, words), _in_swedish(text, own_words)]
    if leans and said:
        texts.append(f"{said[:SAID_CHARS]} {text}")
    return Ask(
        texts=tuple(filter(None, dict.fromkeys(texts))),
        own_text=text,
        kind=kind,
        words=words,
        own_words=own_words,
        put_forward=put_forward,
        by_whom=by_whom,
        topic=_search_words(whole, language, _ACTING if put_forward or by_whom else _BECOMING)
        if put_forward or by_whom or of_outcome or kind in OF_MATTERS
        else (),
        names=tuple(dict.fromkeys(_names(text))),
        numbers=_numbers(text),
        years=bare_years(text) if kind is Kind.AMOUNT and standing_of(text) is None else (),
        earlier_names=tuple(dict.fromkeys(_names(before or ""))) if leans else (),
        said_numbers=_numbers(said) if leans else (),
        standing=standing_of(text),
        now=asks_now(text),
        when_decided=when_decided,
        earlier=asks_earlier(text),
        times=tuple(times_in(text)),
        periods=periods(text) or (relative_period(text, f"{said} {before}") if leans else ()),
        share=share_asked(text),
        order=bool(_TO_A_MACHINE.search(text)),
        municipalities=named_municipalities(text),
        bare=leans and not substance(text) and not _names(text),
        private=asks_private(text),
        bodies=_bodies(text if language == "sv" else _in_swedish(text, own_words)),
    )


def _bodies(text: str) -> tuple[str, ...]:
    """The bodies that a Swedish text names."""
    keys = (body_key(match.group()) for match in BODY.finditer(text))
    return tuple(dict.fromkeys(filter(None, keys)))


def _search_words(text: str, language: Language, aside: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """What words of the text are searched for, but those `aside`."""
    if aside:
        text = _WORD.sub(lambda match: "" if match.group().casefold() in aside else match.group(), text)
    if language == "en":
        groups = [group for group in translations(text) if not _ASKING.issuperset(group)]
        names = {name.casefold() for name in _names(text)}
        unknown = [(word,) for word in substance(text) if word not in names and not is_english(word)]
        return tuple(dict.fromkeys([*groups, *unknown]))
    names = {name.casefold() for name in _names(text)}
    return tuple((word,) for word in dict.fromkeys(substance(text)) if word not in names)


def _in_swedish(text: str, words: tuple[tuple[str, ...], ...]) -> str:
    """An English text as Swedish words, the likeliest for each of its own, with its names and numbers after them."""
    return " ".join([*(alternatives[0] for alternatives in words), *_names(text), *_numbers(text)])


def is_small(word: str) -> bool:
    """Whether the word (lower case) carries no topic in Swedish or English."""
    return word in _SWEDISH or word in _ENGLISH


def substance(text: str) -> list[str]:
    """The words that carry the topic, lower-cased; of compounds with a hyphen ("e-förslag") each part that does."""
    words = (
        (match.group().casefold(), "-" in text[match.start() - 1 : match.start()]) for match in _WORD.finditer(text)
    )
    return [
        word for word, compound in words if len(word) > 1 and not is_small(word) and (compound or word not in _ASKING)
    ]


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


def _asking(text: str) -> list[str]:
    """The sentences of the text that ask; orders and remarks around them are not what is looked for."""
    cut = re.split(r"(?<=[.!?])\s+|\s*\n\s*|: (?=[A-ZÅÄÖ])", _MARKS.sub(". ", text))
    parts = [part.strip() for part in cut if part.strip(" .")]
    return [part for part in parts if part.endswith("?")] or [" ".join(parts) or text]


def _setting(text: str) -> str:
    """What is told before the first sentence that asks, which may say what it is about; nothing when it gives orders."""
    told = list(takewhile(lambda sentence: not sentence.endswith("?"), re.split(r"(?<=[.!?])\s+", text)))
    said = " ".join(told)
    asks = len(said) < len(text) and not _MARKS.search(text) and not _ORDER.search(said)
    return said if asks else ""


def _names(text: str) -> list[str]:
    """Words with a capital that doesn't begin a sentence."""
    names = []
    for match in re.finditer(r"[^\W\d_][\w-]*", text):
        word = match.group()
        before = text[: match.start()].rstrip()
        if not word[0].isupper() or not before or before[-1] in '.!?:"”':
            continue
        folded = word.casefold()
        if language_of(text) == "en" and is_english(folded):
            continue  # a title in capitals, not a name
        if _ABBREVIATED.fullmatch(word):
            continue
        if not is_office(folded):
            names.append(word)
    return names


def is_office(word: str) -> bool:
    """Whether a word (lower case) that English writes with a capital is one of an office, a body or the calendar, not a name."""
    return word in _NOT_NAMES or word.removesuffix("s") in _NOT_NAMES


def _numbers(text: str) -> tuple[str, ...]:
    """The §§, dates and other numbers of the text, each written as `assistant.words.numbers_in` does."""
    dates = dates_in(text)
    rest = _PARAGRAPH_OR_DATE.sub(" ", text)
    plain = map(joined_number, NUMBER.findall(_in_swedish_figures(rest) if language_of(text) == "en" else rest))
    paragraphs = (f"§ {number}" for number in PARAGRAPH.findall(text))
    return tuple(dict.fromkeys([*paragraphs, *dates, *filter(None, plain)]))


def _in_swedish_figures(text: str) -> str:
    """English figures as Swedish papers write them: 4,800,000 as 4800000 and 4.5 as 4,5."""
    return re.sub(r"(?<=\d)\.(?=\d)", ",", re.sub(r"(?<=\d),(?=\d{3}\b)", "", text))


def _leans_back(text: str) -> bool:
    """Whether a question in a conversation may go on about what was said: it names nothing new, or points back, and says little itself."""
    return (opens(text) or points_back(text) or not _names(text)) and _leeway(text) >= 0


def _leeway(text: str) -> float:
    offices = {word.casefold() for body in BODY.findall(text) for word in _WORD.findall(body)}  # they tell no topic
    words = [word for word in substance(text) if word not in offices | _BODIES]
    return leeway(text, words, len(_numbers(text)))


def _leans(text: str) -> bool:
    """Whether the question cannot stand alone."""
    if opens(text):
        return True
    if _names(text):
        return False
    words = substance(text)
    return len(words) < MIN_WORDS and (points_back(text) or len(words) < 2)
