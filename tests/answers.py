"""Answers as the assistant would give them, and an assistant that gives them, for tests of what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.archive import Archive
from assistant.library import Library, Source
from assistant.model import Answer, Citation, Engine, Hit, Language, Precedents, Statement, Timings, Turn
from assistant.phrases import PHRASES
from assistant.uploads import Read, Uploads
from ingest.errors import UsageError
from ingest.filters import Listed
from ingest.matters import Matter
from ingest.model import Metadata, Status
from ingest.original import Original
from ingest.overview import Overview
from ingest.runs import Runs
from ingest.settings import Settings, load_settings
from ingest.uploads import Incoming, Reason, UploadRefused

TIMINGS = Timings(embed=6.0, retrieve=3.0, answer=4.0, total=13.0)

FLAGSHIP_SV = "När likvideras Västra Mälardalen?"
FLAGSHIP_EN = "When is Västra Mälardalen liquidated?"
LIQUIDATED = (
    "Samordningsförbundet Västra Mälardalen likvideras när \nförvaltningsberättelsen och redovisningshandlingarna "
    "för 2023 har \ndelgivits medlemmarna."
)
CONDITION = "Beslutet fattas under förutsättning att samtliga medlemmar fattar samma \nbeslut."
BEFORE = (
    "fastställs till 2023-05-01.  \n\n3. Förslag till reviderad förbundsordning för samordningsförbundet Västra \n"
    "Mälardalen enligt bilaga 2 godkänns.  \n\n4. "
)
AFTER = " \n\n5. Beslutet fattas under förutsättning att samtliga medlemmar fattar samma \nbeslut.  \n\nÄrendebeskrivning \n"

FORMATION = Citation(
    n=1,
    document="koping/002_bb1c2f2fbae1ae61.txt",
    title="Beslut om bildande av länssamordningsförbund",
    municipality="Köpings kommun",
    body="Kommunstyrelsen",
    kind="tjänsteskrivelse",
    status="förslag",
    date="2023-01-20",
    dnr=None,
    section="Förslag till beslut",
    point=4,
    paragraph=None,
    page=None,
    start=684,
    end=823,
    quote=LIQUIDATED,
)


def folded(text: str) -> str:
    return " ".join(text.split())


def answer_of(question: str, text: str, language: Language = "sv", **changes: object) -> Answer:
    """An answer without statements or citations; `changes` are its other fields."""
    base = Answer(
        question=question,
        language=language,
        answer=text,
        abstained=False,
        confidence=0.9,
        engine="extractive",
        statements=(),
        citations=(),
        retrieved=(),
        timings_ms=TIMINGS,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def flagship(language: Language = "sv") -> Answer:
    """A proposal with its condition, worded as the extractive engine words it, in either language."""
    question = FLAGSHIP_EN if language == "en" else FLAGSHIP_SV
    phrases = PHRASES[language]
    first, second = folded(LIQUIDATED), folded(CONDITION)
    return answer_of(
        question,
        f"{phrases.status[Status.FÖRSLAG]}{first} [1]\n{phrases.condition}{second} [2]\n{phrases.only_proposed}",
        language,
        statements=(Statement(first, (1,)), Statement(second, (2,))),
        citations=(FORMATION, replace(FORMATION, n=2, point=5, start=828, end=905, quote=CONDITION)),
    )


def decision() -> Answer:
    """An adopted decision from minutes, with everything a citation can carry."""
    quote = "Kommunfullmäktige beslutar att Köpings kommun ska delta i länsprocessen."
    citation = Citation(
        n=1,
        document="koping/protokoll/kf_2022-03-28.pdf",
        title="Protokoll kommunfullmäktige 2022-03-28",
        municipality="Köpings kommun",
        body="Kommunfullmäktige",
        kind="protokoll",
        status="beslut",
        date="2022-03-28",
        dnr="KS 2022/108",
        section="Deltagande i länsprocess",
        point=1,
        paragraph="23",
        page=14,
        start=9000,
        end=9000 + len(quote),
        quote=quote,
    )
    return answer_of(
        "Har vi beslutat att delta i länsprocessen?",
        f"{PHRASES['sv'].status[Status.BESLUT]}{quote} [1]",
        statements=(Statement(quote, (1,)),),
        citations=(citation,),
    )


def abstention(question: str = "Vad kostar den nya simhallen?") -> Answer:
    """Nothing in the documents, two nearest passages."""
    return answer_of(
        question,
        "Dokumenten svarar inte på den frågan. Genomsökt: 2 dokument (Köpings kommun).",
        abstained=True,
        confidence=0.1,
        retrieved=(
            Hit(
                "koping/000_6454c9e22a8b40c5.txt",
                0,
                90,
                0.31,
                "Köpings kommun betalar årligen in 375 000 kronor till Samordningsförbundet Västra Mälardalen.",
            ),
            Hit("koping/002_bb1c2f2fbae1ae61.txt", 684, 823, 0.22, LIQUIDATED),
        ),
    )


HOSTILE_MARKUP = (
    '<script>window.hacked=1;alert(1)</script><img src=x onerror="window.hacked=1;alert(1)">'
    "[klicka](javascript:alert(1)) ![bild](https://example.org/x.png) <a href='javascript:alert(1)'>x</a> "
    "${window.hacked=1} {{window.hacked}} \x1b[31m\u202e'\">"
)


def hostile() -> Answer:
    """Markup, scripts, Markdown, template signs and control characters wherever a document or a user can put them."""
    citation = replace(
        FORMATION,
        document=HOSTILE_MARKUP,
        title=HOSTILE_MARKUP,
        municipality=HOSTILE_MARKUP,
        body=HOSTILE_MARKUP,
        kind=HOSTILE_MARKUP,
        status=HOSTILE_MARKUP,
        date=HOSTILE_MARKUP,
        dnr=HOSTILE_MARKUP,
        section=HOSTILE_MARKUP,
        paragraph=HOSTILE_MARKUP,
        quote=HOSTILE_MARKUP,
    )
    return answer_of(
        HOSTILE_MARKUP,
        f"{HOSTILE_MARKUP}\n{HOSTILE_MARKUP} [1]",
        statements=(Statement(HOSTILE_MARKUP, (1,)),),
        citations=(citation,),
        retrieved=(Hit(HOSTILE_MARKUP, 0, 1, 0.1, HOSTILE_MARKUP),),
        understood=HOSTILE_MARKUP,
    )


CHOICES = {
    "municipality": ("Köpings kommun",),
    "body": ("Kommunstyrelsen", "Kommunfullmäktige"),
    "kind": ("tjänsteskrivelse", "protokoll"),
    "status": ("förslag", "beslut"),
    "year": ("2022", "2023"),
}


@dataclass(frozen=True)
class FakeCoverage:
    documents: int = 2
    municipalities: tuple[str, ...] = ("Köpings kommun",)
    first_date: str | None = "2022-03-28"
    last_date: str | None = "2023-01-20"
    undated: int = 0


class FakeArchive(Archive):
    """Holds nothing; `Archive` says what each method means."""

    def __init__(self) -> None:
        pass

    def counts(self) -> tuple[int, int]:
        return 0, 0

    def documents(self, filters: Mapping[str, str] | None = None, words: str = "") -> list[Listed]:  # noqa: ARG002
        return []

    def values(self, key: str, filters: Mapping[str, str] | None = None) -> dict[str, int]:  # noqa: ARG002
        return dict.fromkeys(CHOICES[key], 1) if key in CHOICES else {}

    def about(self, document: str) -> Metadata | None:  # noqa: ARG002
        return None

    def text(self, document: str) -> str | None:  # noqa: ARG002
        return None

    def pages(self, document: str) -> tuple[int, ...]:  # noqa: ARG002
        return ()

    def matters(self, filters: Mapping[str, str] | None = None, words: str = "") -> list[Matter]:  # noqa: ARG002
        return []

    def matters_of(self, document: str) -> list[Matter]:  # noqa: ARG002
        return []

    def matters_of_dnr(self, dnr: str) -> list[Matter]:  # noqa: ARG002
        return []

    def overview(self, filters: Mapping[str, str] | None = None) -> Overview:  # noqa: ARG002
        return Overview(0, (), (), (), (), (), ())

    def runs(self) -> Runs:
        return Runs(None, ())


class FakeLibrary(Library):
    """Holds nothing; `Library` says what each method means."""

    def __init__(self) -> None:
        pass

    def source(self, document: str) -> Source | None:  # noqa: ARG002
        return None

    def original(self, document: str) -> Original:
        raise UsageError(f"the index holds no document {document}: `radslag ingest` reads it in")


class FakeUploads(Uploads):
    """Takes nothing; `Uploads` says what each method means."""

    def __init__(self) -> None:
        pass

    def incoming(self, name: str, municipality: str) -> Incoming:  # noqa: ARG002
        raise UploadRefused(Reason.COUNT)

    def documents(self) -> list[Listed]:
        return []

    def read(self, documents: Sequence[str]) -> Read:  # noqa: ARG002
        return Read((), ())

    def forget(self, document: str) -> None:
        raise UsageError(f"{document} isn't among the uploaded documents: choose one that is")


@dataclass
class FakeAssistant:
    """Gives the answer written down for a question, abstains from others, and remembers what it was asked."""

    settings: Settings = field(default_factory=load_settings)
    answers: dict[str, Answer] = field(default_factory=dict)
    coverage: FakeCoverage = field(default_factory=FakeCoverage)
    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)
    archive: Archive = field(default_factory=FakeArchive)
    uploads: Uploads = field(default_factory=FakeUploads)
    library: Library = field(default_factory=FakeLibrary)
    fingerprint: str = "toy@1"
    filters: list[dict[str, str]] = field(default_factory=list)
    engines: tuple[Engine, ...] = ("extractive",)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Mapping[str, str] | None = None,
        engine: Engine | None = None,
    ) -> Answer:
        assert engine is None or engine in self.engines
        self.asked.append((question, tuple(history)))
        self.filters.append(dict(filters or {}))
        return self.answers.get(question) or abstention(question)

    def ask_streamed(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Mapping[str, str] | None = None,
        engine: Engine | None = None,
    ) -> Iterator[Answer]:
        """The answer, after one that holds only its first statement where there are several."""
        answer = self.ask(question, history, filters, engine)
        if len(answer.statements) > 1:
            first = answer.statements[0]
            so_far = f"{first.text} {''.join(f'[{n}]' for n in first.citations)}"
            citations = tuple(each for each in answer.citations if each.n in first.citations)
            yield replace(answer, answer=so_far, statements=(first,), citations=citations)
        yield answer

    def documents(self) -> Mapping[str, str]:
        return {FORMATION.document: "hash"}

    def context(self, citation: Citation, around_chars: int = 240) -> tuple[str, str, str]:
        return BEFORE[-around_chars:], citation.quote, AFTER[:around_chars]

    def covered(self, filters: Mapping[str, str] | None = None) -> FakeCoverage:  # noqa: ARG002
        return self.coverage

    def unmatched(self, filters: Mapping[str, str] | None, language: Language) -> str | None:  # noqa: ARG002
        return None

    def search(self, query: str, k: int = 10, filters: Mapping[str, str] | None = None) -> tuple[Hit, ...]:  # noqa: ARG002
        return abstention(query).retrieved[:k]

    def precedents(
        self,
        text: str | None = None,
        document: str | None = None,
        k: int = 10,  # noqa: ARG002
        filters: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> Precedents:
        return Precedents(query=text or document or "", note="No earlier matter is like this.")


def fake_assistant(*answers: Answer) -> FakeAssistant:
    """An assistant that knows the flagship in both languages, and `answers`."""
    known = (flagship(), flagship("en"), *answers)
    return FakeAssistant(answers={answer.question: answer for answer in known})
