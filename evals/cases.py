"""Cases: a question and what a perfect answer holds, one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args

from assistant.model import Language, Turn
from evals.record import Record, parse_record, shown
from ingest.errors import UsageError
from ingest.model import Status
from ingest.text_file import numbered_lines

INJECTION = "injection"  # tag: the documents carry text that tries to steer the answer
# How near the documents come to a question that they don't answer, and the tags that say so.
GRADES: Mapping[str, frozenset[str]] = {
    "off-topic": frozenset({"offtopic"}),
    "absent": frozenset({"absent"}),  # municipal, but nothing on it
    "fact-missing": frozenset({"missing-fact", "false-premise", "wrong-year", "other-municipality", "private"}),
}
UNGRADED = "ungraded"
GRADE_KINDS = frozenset(tag for tags in GRADES.values() if len(tags) == 1 for tag in tags)  # such a kind is a grade


@dataclass(frozen=True)
class Gold:
    """Words of a document that a perfect answer rests on."""

    document: str
    quote: str


@dataclass(frozen=True)
class Case:
    """One question with its gold.

    Every inner tuple of `facts` is one required fact, met by any of its alternatives; every inner tuple of
    `evidence` is a group of interchangeable passages; `forbidden` holds strings that betray a wrong answer.
    """

    id: str
    question: str
    lang: Language
    answerable: bool
    facts: tuple[tuple[str, ...], ...]
    evidence: tuple[tuple[Gold, ...], ...]
    tags: tuple[str, ...]
    history: tuple[Turn, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    forbidden: tuple[str, ...] = ()
    status: Status | None = None
    note: str | None = None  # for whoever reviews the case; nothing is scored by it
    where: str = field(default="", compare=False)  # file:line it was read from

    @property
    def cluster(self) -> str:
        """What the case shares with others, and errs with: its first gold document, or else only itself."""
        return self.evidence[0][0].document if self.evidence else f"case {self.id}"

    @property
    def grade(self) -> str | None:
        """For an unanswerable case: how near the documents come (a key of `GRADES`, or `UNGRADED`)."""
        if self.answerable:
            return None
        return next((grade for grade, tags in GRADES.items() if not tags.isdisjoint(self.tags)), UNGRADED)


@dataclass(frozen=True)
class PrecedentCase:
    """A search for earlier matters, by words (`query`) or from a document, and the documents to be found."""

    id: str
    relevant: tuple[str, ...]
    tags: tuple[str, ...]
    query: str | None = None
    document: str | None = None
    where: str = field(default="", compare=False)

    @property
    def question(self) -> str:
        """What is searched for, in words for a reader."""
        return self.query if self.query is not None else f"precedents of {self.document}"

    @property
    def cluster(self) -> str:
        return self.document or f"case {self.id}"


AnyCase = Case | PrecedentCase


def load_cases(paths: Iterable[Path]) -> tuple[AnyCase, ...]:
    """Read the cases of some files, or of every `*.jsonl` below some folders, in the order given.

    Raises:
        UsageError: a file is missing, holds no case, a line can't be understood, or an id stands twice.
    """
    cases: dict[str, AnyCase] = {}
    for file in case_files(paths):
        for where, line in numbered_lines(file):
            case = parse_case(line, where)
            if case.id in cases:
                first = cases[case.id].where
                raise UsageError(f"{where}: id {case.id!r} stands already at {first}; give it its own")
            cases[case.id] = case
    return tuple(cases.values())


def case_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The case files meant by files and folders, each once.

    Raises:
        UsageError: a path doesn't exist, or a folder holds no case file.
    """
    files: dict[Path, None] = {}
    for path in paths:
        found = sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]
        if not found or not found[0].is_file():
            raise UsageError(f"no case file at {path}: name a JSONL file of cases or a folder holding some")
        files.update(dict.fromkeys(found))
    return tuple(files)


def parse_case(line: str, where: str) -> AnyCase:
    """Build the case that a line holds; one with `relevant` is a precedent case.

    Raises:
        UsageError: what was found at `where` (file:line), what is needed, and what to do.
    """
    record = parse_record(line, where)
    return _precedent_case(record) if "relevant" in record.values else _case(record)


def _case(record: Record) -> Case:
    record.require(
        ("id", "question", "lang", "answerable", "facts", "evidence", "tags"),
        optional=("history", "filters", "forbidden", "status", "note"),
    )
    return Case(
        id=record.text("id"),
        question=record.text("question"),
        lang=cast(Language, record.choice("lang", get_args(Language))),
        answerable=record.flag("answerable"),
        facts=tuple(_fact(record, f"facts[{n}]", fact) for n, fact in enumerate(record.listed("facts"))),
        evidence=tuple(_group(record, f"evidence[{n}]", group) for n, group in enumerate(record.listed("evidence"))),
        tags=record.texts("tags", record.listed("tags")),
        history=tuple(_turn(record, f"history[{n}]", turn) for n, turn in enumerate(record.listed("history"))),
        filters=record.mapping("filters"),
        forbidden=record.texts("forbidden", record.listed("forbidden")),
        status=Status(record.choice("status", tuple(Status))) if "status" in record.values else None,
        note=record.text("note") if "note" in record.values else None,
        where=record.where,
    )


def _precedent_case(record: Record) -> PrecedentCase:
    record.require(("id", "relevant", "tags"), optional=("query", "document"))
    given = record.values.keys() & {"query", "document"}
    if len(given) != 1:
        raise record.wrong("query", shown(sorted(given)), "exactly one of query and document")
    return PrecedentCase(
        id=record.text("id"),
        relevant=record.texts("relevant", record.listed("relevant", least=1)),
        tags=record.texts("tags", record.listed("tags")),
        query=record.text("query") if "query" in given else None,
        document=record.text("document") if "document" in given else None,
        where=record.where,
    )


def _fact(record: Record, name: str, value: object) -> tuple[str, ...]:
    return record.texts(name, record.items(name, value, least=1))


def _group(record: Record, name: str, value: object) -> tuple[Gold, ...]:
    golds = record.items(name, value, least=1)
    return tuple(_gold(record, f"{name}[{n}]", gold) for n, gold in enumerate(golds))


def _gold(record: Record, name: str, value: object) -> Gold:
    part = record.part(name, value, ("document", "quote"))
    return Gold(document=part.text("document"), quote=part.text("quote"))


def _turn(record: Record, name: str, value: object) -> Turn:
    part = record.part(name, value, ("role", "content"))
    role = part.choice("role", ("user", "assistant"))
    return Turn(role="user" if role == "user" else "assistant", content=part.text("content"))
