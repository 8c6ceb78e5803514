"""Evidence: sentences of the retrieved passages, weighed as answers to a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from assistant.acts import RESERVATION, RESERVING, act_told, names_motion
from assistant.fitted import Signals, fitted
from assistant.follow_up import MIN_QUOTED_CHARS
from assistant.kinds import OF_MATTERS, Kind, tells_share
from assistant.period import YEAR, out_of_period
from assistant.question import Ask
from assistant.retrieve import Ranked, Sought
from assistant.row import is_asked_for, numbers_elsewhere
from assistant.units import Unit, unit_of
from assistant.words import Weighed, letters, missing_names, numbers_covered, numbers_in, others_named
from ingest.body_keys import body_key, same_body
from ingest.dates import MONTH_NAMES
from ingest.interaction import Met
from ingest.mentions import CONDITION
from ingest.model import DECISIONS, Metadata, Passage, Row, Sentence, Status
from ingest.pool import Vector
from ingest.registry import Found
from ingest.vocabulary import LISTED

ALIKE = 0.9  # cosine of two sentences that say the same
BACKGROUND = 0.6  # what a condition is worth that no decision or proposal lays down
CONTINUED = (
    3.0  # what it is worth to stay in the matter that was spoken of; tuned on the follow-ups among the dev cases
)
NAMED_BEFORE = 1.0  # more, for words with all names of the earlier question, asked no more than "När då?"
SAID = -1.0  # to say the same again answers no follow-up
BY_THE_WAY = -20.0  # what the §§ about the meeting itself say of a matter: when it is treated, not what became of it
OTHER_ROW = -1.0  # to a row of a table, when the question's numbers are those of another
TOLD = re.compile(
    r"\b(?:föresl(?:år|og|ogs|ås)|föreslagits?|yrka(?:r|de|t)|begär(?:|t|de)|ansökt|ansökte|hemställ(?:er|de|t)|anser|ansåg|vill|ville"
    r"|beslutade|beslutat|fastställde|antog|bestämde|beviljade|avslog|biföll|återremitterade)\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(  # what a sentence may say that tells nothing
    r"(?:utdragets riktighet (?:bestyrks|intygas)|rätt utdraget|(?:utdrags)?bestyrkande|justerandes? sign(?:atur(?:er)?)?|se (?:även )?bilaga \d+)\W*",
    re.IGNORECASE,
)
# Headings of the §§ that are about the meeting itself, and words that ask about it.
OF_THE_MEETING = re.compile(
    r"(?:§ \S+ )?(?:(?:godkännande|fastställande|ändring(?:ar)?) av |ändrad )?(?:dagordning|föredragningslista|ärendelista)\w*(?:$| ›)"
    r"|(?:§ \S+ )?(?:upprop(?:$| ›| och )|protokollets justering|val av \w*juster\w+|justering(?: av protokoll\w*)?(?:$| ›))",
    re.IGNORECASE,
)
ABOUT_THE_MEETING = re.compile(
    r"dagordning|föredragningslista|ärendelista|agenda|running order|order of business|upprop|roll.?call|juster|närvar|present\b|attend|\bminutes\b|behandla|ta(?:s|gits)? upp",
    re.IGNORECASE,
)
# What asks about papers received, and so may be answered where they are listed.
ABOUT_OTHERS = re.compile(
    r"\bmeddeland|\banmäl(?:d|t|ts|des?|ning\w*ärend\w+)\b|\bdelgiv|\binkom|\bväck|\bobesvara|\bej besvara|\bbalanslist|\bremitter|\breceived\b|\bsubmitted\b"
    r"|\bnotified\b|\bpending\b|\bunanswered\b|\breferred\b",
    re.IGNORECASE,
)
_OFFICIALS = r"\w*(?:förvaltning|kontor|tjänste(?:man|män|person))\w*"
# "Vad föreslog förvaltningen?" isn't answered by what politicians move in a meeting.
_BY_OFFICIALS = re.compile(
    rf"\b{_OFFICIALS} (?:\w+ )?(?:föresl|ville|vill|räkna)|\b(?:föresl\w+|ville|vill|räkna\w*) (?:av )?{_OFFICIALS}|\bofficials\b|\bthe administration\b",
    re.IGNORECASE,
)
_MOVED = re.compile(r"› Yrkande", re.IGNORECASE)
_CONDITIONS = re.compile(r"\bvillkor|\bförutsättning|\bförbehåll|\bconditions?\b|\bprovisos?\b", re.IGNORECASE)
NOT_TOLD = -4.0  # words without the act, asked who did it, or without a share, asked for one
OF_THE_MOTION = 0.4  # words that bear a smaller share of the weight of the topic are about another motion
LAID_DOWN = 2.0  # a condition of the decision or proposal, asked for conditions by that name
OTHERS_MOVED = -3.0  # what politicians move, asked what the officials proposed
ROW_WITHIN = 0.5  # how much less a row of the same table may be worth
GLANCED = 50  # sentences that are weighed: over the dev questions, more than 40 changed no answer
ELSEWHERE = 0.25  # how much a name is missed that stands in the same § or document, but not in the passage

_DATE = rf"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{{1,2}}\s(?:{MONTH_NAMES})\b|\b\d{{1,2}}/\d{{1,2}}(?:\s|[-/.])(?:20)?\d\d\b|\b(?:{MONTH_NAMES})\s(?:19|20)\d\d\b"
_NUMBER_WORD = "en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|hälften"
# For each kind of question, what answers it, from the surest sign (worth 1) to the weakest.
_SIGNS: Mapping[Kind, tuple[tuple[float, str], ...]] = {
    Kind.WHEN: (
        (1.0, _DATE),
        (
            0.8,
            r"\bnär\b|\binnan\b|\bsenast\b|\binom\b|\bfrån och med\b|\bfr\.o\.m|\btill och med\b|\bt\.o\.m|\btills vidare\b",
        ),
        (
            0.8,  # how long, and days without a date
            rf"\b(?:\d+|{_NUMBER_WORD}|femton|tjugo\w*|trettio\w*|fyrtio\w*)\s(?:[\w-]+\s)?(?:år|månad(?:er)?|veck(?:a|or)|\w*dag(?:ar)?|dygn"
            r"|timm(?:e|ar)|minuter|terminer)\b|\bden dag\b|\bsista \w*dag(?:en)?\b|\bdagen (?:efter|före|då)\b|\b(?:våren|hösten|sommaren|vintern) ",
        ),
        (0.5, rf"\b(?:19|20)\d\d\b|\b(?:{MONTH_NAMES})\b|\bårlig|\bvarje år\b|\bdagar\b|\bmånader\b|\bkl(?:ockan|\.)"),
    ),
    Kind.AMOUNT: (
        (1.0, r"\d[\d\s\u00a0.,]{0,20}(?:kr\b|kronor|tkr|mnkr|mkr|miljon|miljard|procent|%|euro)"),
        (
            0.7,
            rf"\b(?:{_NUMBER_WORD})\s\w|\d+\s?[–-]\s?\d+|kostnadsneutral|befintlig budget|\b\d+ \w|avgiftsfri|kostnadsfri",
        ),
    ),
    Kind.CONDITION: (
        (1.0, r"\bförutsättning|\bförutsatt\b|\bförbehåll|\bvillkor|\bendast om\b|\bunder den\b"),
        (0.6, r"\bkrävs\b|\bska\b|\bmåste\b|\bsenast\b|\bminst\b|\bnär alla\b|\binom\b"),
    ),
    Kind.WHO: (
        (
            1.0,
            r"\b[A-ZÅÄÖ][a-zåäöé]+(?:\s[A-ZÅÄÖ][a-zåäöé]+)+\b|\w+(?:nämnd|styrels|fullmäktige|förvaltning|utskott|presidi|ordförand|representant|direktör|chef)\w*",
        ),
        (
            0.5,
            r"\w+(?:kassan|medlingen|kommun|bolag|förbund|medlem|part|byrå|presidi|sekreterar)\w*|\b[Ss]ekreteraren|\b(?:[Ss]ocialtjänsten|[Rr]egionen|[Pp]olisen|[Ll]änsstyrelsen)\b",
        ),
    ),
    Kind.LIST: (
        (1.0, r":$|\w, \w[^,.;]{0,200}? (?:och|samt|eller) \w"),
        (0.6, r"\boch\b|\bsamt\b|/\w"),
    ),
    Kind.VOTE: (
        (
            1.0,
            r"\b\d+ (?:Ja|Nej)\b|\b\d+ (?:ja|nej)-?röster|\bmed (?:\d+|\w+) röster mot\b|\bmed \d+ röster\b|\b\d+ röster? (?:för|mot)\b|utslagsröst|\b(?:Ja|Nej):? \d+"
            r"|omröstning (?:begärs|begärdes) inte|\b(?:ingen|utan) omröstning",
        ),
        (0.4, r"\bröst|omröstning|votering"),
    ),
    Kind.DEFINITION: (
        (
            1.0,
            r"\b(?:menas|avses|räknas|definieras|betyder|det vill säga|dvs)\b|^[\w\s()-]{3,50}? (?:är|avser|omfattar) ",
        ),
        (0.5, r"\bär\b|\binnebär\b|\bomfattar\b"),
    ),
    Kind.WHY: (
        (
            1.0,
            r"\beftersom\b|\bdärför\b|\bsyfte|\bmål\w* att\b|\bmotiv|\bgrund av\b|\bbero(?:r|dde) på\b|\bskäl(?:et|en)? (?:är|var|till)\b|\banledning|\borsak",
        ),
        (0.6, r"\bför att\b|\beffektivis|\bmöjlig|\bbehov"),
    ),
}
_COMPILED = {
    kind: [(worth, re.compile(sign, re.IGNORECASE if kind is not Kind.WHO else 0)) for worth, sign in signs]
    for kind, signs in _SIGNS.items()
}


@dataclass(frozen=True)
class Evidence:
    """One sentence of a passage as an answer; `score` orders evidence within one question."""

    ranked: Ranked
    number: int  # of the sentence in its passage
    score: float
    signals: Signals
    missing: tuple[
        str, ...
    ]  # names and numbers of the question that its § or document doesn't hold, or other rows of a table do
    beyond: float = 0.0  # what its score holds beyond the worth of its signals
    stays: float = 0.0  # of that, what it is worth to stay in the matter that was spoken of
    headed: float = 0.0  # share of the weight of the ask's topic in the title of its paper and the headings above it
    met_there: float = 0.0  # how fully all that was found of its § or document answers to the question's words

    @property
    def found(self) -> Found:
        return self.ranked.found

    @property
    def place(self) -> tuple[str, int]:
        """Its passage's id and its number there."""
        return self.found.passage.id, self.number

    @property
    def sentence(self) -> Sentence:
        return self.found.passage.sentences[self.number]

    @property
    def words(self) -> str:
        """The sentence on one line."""
        return self.found.passage.sentence_spans()[self.number].of(self.found.passage.text)


@dataclass(frozen=True)
class _Glance:
    """What is seen of a passage's sentences before they are weighed, (sentences,) each."""

    ranked: Ranked
    likenesses: Vector
    met: Vector
    suits: Vector
    worths: Vector
    met_by: Met


@dataclass(frozen=True)
class Weigher:
    """Weighs passages as answers to one ask.

    `sought` is the ask's; `said_before` the answer to the question that this one follows up and `spoken_of` where the matter of that question
    stands; `matter_text` gives the words of the § or document that a passage belongs to, where a name may stand
    that the passage itself needn't repeat.
    """

    ask: Ask
    sought: Sought
    words: Weighed
    own_words: Weighed
    topic: Weighed
    matter_text: Callable[[str, str | None], str]
    said_before: str = ""
    spoken_of: frozenset[Unit] = frozenset()

    def weigh(
        self, ranked: Sequence[Ranked], at_most: int | None = GLANCED, oldest: str | None = None
    ) -> list[Evidence]:
        """The sentences of the passages, best first; a follow-up stays in the matter that was spoken of.

        Of many, only the `at_most` that are best at a glance, by what costs little to see, are weighed at all. `oldest` is the ISO
        date of other evidence that these are to be held against.
        """
        dates = [each.found.about.date for each in ranked if each.found.about.date]
        oldest = min([*dates, oldest] if oldest else dates, default=None)
        glances = [self._glance(each) for each in ranked]
        worths = np.concatenate([each.worths for each in glances]) if glances else np.empty(0)
        least = np.partition(worths, -at_most)[-at_most] if at_most and len(worths) > at_most else -np.inf
        of_units: dict[Unit, list[Met]] = {}
        for each in glances:
            of_units.setdefault(unit_of(each.ranked.found), []).append(each.met_by)
        met_there = {unit: self.sought.met_together(its) for unit, its in of_units.items()}
        evidence = [item for each in glances for item in self._sentences(each, float(least), oldest, met_there)]
        return sorted(evidence, key=lambda item: (-item.score, item.found.passage.id, item.number))

    def _glance(self, ranked: Ranked) -> _Glance:
        """What vectors and the place of a passage say of its sentences."""
        found, worth = ranked.found, fitted().ranking
        likenesses, met_by = found.sentence_vectors @ self.sought.vector, self.sought.met_by(found)
        met = met_by.by_each
        suits = self.sought.suited_by(found)
        of_passage = worth.passage * ranked.score + worth.unit * ranked.unit - worth.beside * float(likenesses.max())
        of_passage += CONTINUED if unit_of(found) in self.spoken_of else 0.0
        of_sentences = np.float32(worth.likeness + worth.beside) * likenesses + np.float32(worth.met) * met
        of_sentences += np.float32(worth.suits) * suits
        return _Glance(ranked, likenesses, met, suits, of_sentences + np.float32(of_passage), met_by)

    def _continued(self, found: Found, sentence: str) -> float:
        """What a sentence is worth to a follow-up for where it stands."""
        if unit_of(found) not in self.spoken_of:
            return 0.0
        if self.ask.bare and self.ask.earlier_names and not missing_names(self.ask.earlier_names, sentence):
            return CONTINUED + NAMED_BEFORE
        again = len(sentence) >= MIN_QUOTED_CHARS and sentence in self.said_before
        return (
            SAID if again and self.ask.kind is not Kind.CONDITION else CONTINUED
        )  # a condition was shown beside its answer

    def _left(self, found: Found) -> tuple[str, ...]:
        """The names that a follow-up without any of its own is still about, where another matter lacks them."""
        if not self.spoken_of or self.ask.names or unit_of(found) in self.spoken_of:
            return ()
        return missing_names(self.ask.earlier_names, self.matter_text(found.passage.document, found.passage.paragraph))

    def _sentences(
        self, glance: _Glance, least: float, oldest: str | None, met_there: Mapping[Unit, float]
    ) -> Iterator[Evidence]:
        """The sentences of a passage whose worth at a glance is not below `least`; `met_there` is what its unit meets."""
        if glance.worths.max() < least:
            return
        ranked = glance.ranked
        ask, passage, about = self.ask, ranked.found.passage, ranked.found.about
        away = missing(ask, passage.understood_text)
        absent = missing(ask, self.matter_text(passage.document, passage.paragraph)) if away else ()
        foreign = tuple(name for name in ask.names if _of_others_papers(name, ask, about))
        absent += tuple(name for name in away if name not in absent and name in foreign)
        left = self._left(ranked.found)
        before = ask.standing not in (None, Status.BESLUT)  # the decision isn't what is asked for
        years = [number for number in ask.numbers if YEAR.fullmatch(number)]
        named = max(1, len(ask.names) + len(ask.numbers) + len(left))
        of_passage = Signals(
            likeness=0.0,
            met=0.0,
            suits=0.0,
            beside=-float(glance.likenesses.max()),
            passage=ranked.score,
            unit=ranked.unit,
            around=self.words.coverage(letters(passage.understood_text)),
            within=0.0,
            fits=0.0,
            figure=0.0,
            named=1 - (len(absent) + len(left) + ELSEWHERE * (len(away) - len(absent))) / named,
            titled=float(any(year in f"{about.title} {passage.section}" for year in years)),
            prose=0.0,
            row=0.0,
            point=float(passage.point is not None),
            decided=float(passage.status is Status.BESLUT),
            proposed=float(passage.status is Status.FÖRSLAG),
            opinion=float(passage.status in (Status.YTTRANDE, Status.MOTION)),
            asked=float(passage.status is ask.standing),
            body=float(any(same_body(body, body_key(about.body)) for body in ask.bodies)),
            settles=float(ranked.settles and not before),
            overtaken=float(ranked.overtaken and not before),
            replaced=float(replaced(ask, about, ranked.replaced_on)),
            told=0.0,
            recent=_years_between(oldest, about.date) / 10 if ask.now else 0.0,
        )
        spans = passage.sentence_spans()
        rows = [sentence.row for sentence in passage.sentences if sentence.row]
        headings = (about.title or "", passage.section or "")
        about_it = (*headings, passage.text) if ask.by_whom else headings  # what was moved is told where the matter is
        headed = self.topic.coverage(letters(" ".join(about_it))) if ask.topic else 0.0
        telling = passage.status not in DECISIONS and not before
        moved = (
            ask.standing is Status.FÖRSLAG
            and _MOVED.search(passage.section or "")
            and _BY_OFFICIALS.search(ask.own_text)
        )
        of_years = ask.periods or tuple(year for year in ask.years if not (about.date or year).startswith(year))
        act = act_told(ask.own_text) if ask.kind is Kind.WHO else None
        by_name = ask.kind is Kind.CONDITION and passage.status in DECISIONS and _CONDITIONS.search(ask.own_text)
        by_the_way = OF_THE_MEETING.match(passage.section or "") and not ABOUT_THE_MEETING.search(ask.own_text)
        by_the_way = by_the_way or (
            (ask.kind in OF_MATTERS or ask.when_decided)
            and _of_others(passage, about)
            and not ABOUT_OTHERS.search(ask.own_text)
        )
        for number in np.flatnonzero(glance.worths >= least).tolist():
            if passage.sentences[number].names_columns:
                continue  # it answers nothing without the rows below it
            sentence, row = spans[number].of(passage.text), passage.sentences[number].row
            if _FURNITURE.fullmatch(sentence):
                continue
            likeness, alone = glance.likenesses[number], passage.alone()[number]
            elsewhere = numbers_elsewhere(row, rows, ask, about.title, passage.section) if row else ()
            told = " ".join([*row.names, row.caption or "", sentence]) if row else sentence
            other_years = out_of_period(of_years, told, "" if row else _before(passage, number), headings)
            own = sentence if row and not is_asked_for(row, ask, self.own_words) else alone
            others = others_named(ask.own_text, sentence) if ask.names else ()
            others += missing_names(foreign, " ".join((told, *headings))) if foreign else ()
            no_share = ask.share and not tells_share(ask.share, row, sentence)
            of_sentence = {
                "likeness": float(likeness),
                "met": float(glance.met[number]),
                "suits": float(glance.suits[number]),
                "beside": of_passage.beside + float(likeness),
                "within": self.own_words.coverage(letters(own)),
                "fits": 1.0 if row and _tells_amount(row, ask.kind) else fits(ask.kind, alone, passage.status),
                "figure": float(not numbers_in(sentence) <= set(ask.numbers)),
                "prose": float(sentence.endswith((".", "!", "?", ":"))),
                "row": float(row is not None),
                "told": float(telling and bool(TOLD.search(sentence))),
                "named": of_passage.named - len((set(elsewhere) | set(other_years)) - set(absent)) / named,
            }
            signals = Signals(**vars(of_passage) | of_sentence)  # `replace` looks at every field in turn
            lacking = tuple(dict.fromkeys((*absent, *left, *elsewhere, *other_years, *others)))
            beyond = (OTHER_ROW if elsewhere else 0.0) + (BY_THE_WAY if by_the_way else 0.0)
            beyond += OTHERS_MOVED if moved else 0.0
            if ask.put_forward:
                headed = self.topic.coverage(
                    letters(" ".join(() if names_motion(sentence) else headings) + " " + sentence)
                )
            another = ask.put_forward and headed < OF_THE_MOTION
            beyond += NOT_TOLD if another or no_share or (act and not act.search(sentence)) else 0.0
            beyond += LAID_DOWN if by_name and CONDITION.search(sentence) else 0.0
            stays = self._continued(ranked.found, sentence)
            beyond += stays
            score = fitted().ranking.dot(signals) + beyond
            yield Evidence(
                ranked, number, score, signals, lacking, beyond, stays, headed, met_there[unit_of(ranked.found)]
            )


def likest_row_first(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence anew: of rows of one table that are worth about the same, that which more of the question stands in goes first."""
    first = evidence[0]
    if first.missing:
        return list(evidence)
    near = [
        item
        for item in evidence
        if item.score >= first.score - ROW_WITHIN and lesser_row(first, item) and not item.missing
    ]
    if not near:
        return list(evidence)
    row = max(near, key=lambda item: item.signals.within)
    return [replace(row, score=first.score), *(item for item in evidence if item is not row)]


def lesser_row(item: Evidence, other: Evidence) -> bool:
    """Whether both are rows of one table, and less of the question stands in the first."""
    row, another = item.sentence.row, other.sentence.row
    if row is None or another is None or item.found.passage.document != other.found.passage.document:
        return False
    return (row.head, row.caption) == (another.head, another.caption) and item.signals.within < other.signals.within


def _of_others(passage: Passage, about: Metadata) -> bool:
    """Whether the passage stands in a § or paper that lists matters others treat: what became of them isn't told there."""
    return bool(LISTED.match(passage.section or "") or LISTED.match(about.title or ""))


def _of_others_papers(name: str, ask: Ask, about: Metadata) -> bool:
    """Whether a name is of a municipality whose papers these aren't."""
    return name in ask.municipalities and not (about.municipality or name).startswith(name)


def _before(passage: Passage, number: int) -> str:
    """The sentence before one of a passage, which may name the year that both are of; of the first nothing."""
    return passage.sentence_spans()[number - 1].of(passage.text) if number else ""


def replaced(ask: Ask, about: Metadata, replaced_on: str | None) -> bool:
    """Whether a later edition of the paper is there, and the ask neither names a time at which this one held nor is about what held before."""
    if replaced_on is None or replaced_on > date.today().isoformat() or ask.earlier:
        return False
    began = min([*YEAR.findall(about.title or ""), (about.date or replaced_on)[:4]])
    named = {time[:4] for time in ask.times} | {number for number in ask.numbers if YEAR.fullmatch(number)}
    return not any(began <= year < replaced_on[:4] or year == began for year in named)


def _tells_amount(row: Row, kind: Kind) -> bool:
    """Whether an amount is asked for and the row has one: its unit may stand in any cell, in the names or above the table."""
    return kind is Kind.AMOUNT and any(sign.isdigit() for cell in row.cells[1:] for sign in cell)


def _years_between(first: str | None, second: str | None) -> float:
    """Years from one ISO date to another; 0 when either is unknown."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days / 365.25 if first and second else 0.0


def alike(one: Evidence, other: Evidence) -> float:
    """The cosine of two sentences."""
    return float(one.found.sentence_vectors[one.number] @ other.found.sentence_vectors[other.number])


def fits(kind: Kind, sentence: str, status: Status) -> float:
    """How surely, 0..1, the sentence holds the sort of thing that this kind of question asks for."""
    if kind is Kind.DECISION:
        return 1.0 if status in DECISIONS else 0.0
    if kind not in _COMPILED:
        return 1.0
    if kind is Kind.CONDITION and status not in DECISIONS:
        return BACKGROUND * max((worth for worth, sign in _COMPILED[kind] if sign.search(sentence)), default=0.0)
    return max((worth for worth, sign in _COMPILED[kind] if sign.search(sentence)), default=0.0)


def missing(ask: Ask, text: str) -> tuple[str, ...]:
    """Names and numbers of the ask that `text` doesn't hold, and a reservation that is asked about and that it doesn't tell of."""
    reserved = ("reservation",) if RESERVING.search(ask.own_text) and not RESERVATION.search(text) else ()
    if not ask.names and not ask.numbers:
        return reserved
    there = numbers_covered(text) if ask.numbers else frozenset()
    return (*reserved, *missing_names(ask.names, text), *(number for number in ask.numbers if number not in there))
