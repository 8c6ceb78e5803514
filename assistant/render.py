"""An answer made readable: cut into its statements, and written out as text for a terminal.

Every statement is shown with the standing of the words it rests on, every source with its quote. The page's form of the same
is in `assistant.web.fragments`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.markup import plain
from assistant.model import Answer, Citation, Language, Precedent, Precedents
from assistant.phrases import PHRASES
from assistant.places import place_parts
from assistant.retrieve import Ranked
from assistant.texts import kind_label, outcome_label, status_label, texts
from assistant.wrapping import wrapped
from ingest.mentions import CONDITION

NEAREST_SHOWN = 4  # of the nearest passages, when there is no answer
NEAREST_CHARS = 300  # of each of them in the terminal

MARKER = re.compile(r"\[(\d+)\]")
_MARKERS_AFTER = re.compile(r"[\"”»]?(?:\s*\[\d+\])+[.;]?")
_BULLET = re.compile(r"^\s*[-*•]\s+")


@dataclass(frozen=True)
class Part:
    """A stretch of an answer: a statement with the citations it rests on, or a fixed phrase, which has none.

    `lead` is what stands before a statement on its line, such as "Villkor:"; the frame that only names its standing
    ("Förslag:") is left out, because the standing is shown with every statement.
    """

    text: str
    citations: tuple[int, ...] = ()
    lead: str = ""

    @property
    def with_lead(self) -> str:
        return f"{self.lead} {self.text}" if self.lead else self.text


def parts(answer: Answer) -> tuple[Part, ...]:
    """The answer's text, in order, cut where its statements begin and end; the markers after them are set aside.

    Where the statements don't stand in the text, the whole text is one statement that rests on all citations.
    """
    found: list[Part] = []
    frames = {frame.strip() for frame in PHRASES[answer.language].status.values()} | {""}
    position = 0
    for statement in answer.statements:
        words = statement.text.strip()
        start = answer.answer.find(words, position)
        if start < 0:
            words = MARKER.sub("", words).strip()
            start = answer.answer.find(words, position)
        if start < 0 or not words:
            return (Part(answer.answer, tuple(citation.n for citation in answer.citations)),)
        between, _, lead = answer.answer[position:start].rpartition("\n")
        lead = _BULLET.sub("", lead).strip()
        found += _phrases(between)
        named = lead in frames or not re.search(r"\w", lead)
        found.append(Part(words, statement.citations, "" if named else lead))
        end = start + len(words)
        markers = _MARKERS_AFTER.match(answer.answer, end)
        position = markers.end() if markers else end
    return (*found, *_phrases(answer.answer[position:]))


def statuses(part: Part, answer: Answer) -> tuple[str, ...]:
    """The standings of the words that a statement rests on, each once, in the order of its citations."""
    status_of = {citation.n: citation.status for citation in answer.citations}
    return tuple(dict.fromkeys(status_of[n] for n in part.citations if n in status_of))


def condition_label(part: Part, language: Language) -> str:
    """The word that says that a statement is a condition; empty when it is none, or says so itself."""
    words = texts(language)
    named = any(word in part.lead.casefold() for word in words.condition_words)
    return words.condition if not named and CONDITION.search(part.text) else ""


def place(citation: Citation, language: Language) -> str:
    """Where in the document the quote stands: §, section, point, page, as far as known."""
    words = texts(language)
    known = (
        *place_parts(citation.title, citation.paragraph, citation.section),
        f"{words.point} {citation.point}" if citation.point is not None else "",
        f"{words.page} {citation.page}" if citation.page is not None else "",
    )
    return ", ".join(item for item in known if item)


def issuer(citation: Citation) -> str:
    """Municipality and body, as far as known."""
    return ", ".join(name for name in (citation.municipality, citation.body) if name)


def text(answer: Answer, language: Language | None = None) -> str:
    """The answer and its numbered sources, wrapped for a terminal; labels in `language` (default: the answer's)."""
    language = language or answer.language
    words = texts(language)
    lines: list[str] = []
    if answer.understood:
        lines += [*wrapped(f"{words.understood}: {answer.understood}"), ""]
    for part in parts(answer):
        badges = "".join(f"{status_label(status, language).upper()} – " for status in statuses(part, answer))
        markers = "".join(f" [{n}]" for n in part.citations if f"[{n}]" not in part.text)
        lines += wrapped(f"{badges}{part.with_lead}{markers}")
    if answer.note:
        lines += ["", *wrapped(answer.note)]
    if answer.citations:
        lines += ["", words.sources]
    for citation in answer.citations:
        lines += ["", *_source_lines(citation, language)]
    if answer.abstained and answer.retrieved:
        lines += ["", f"{words.nearest}:"]
        for hit in answer.retrieved[:NEAREST_SHOWN]:
            shown = textwrap.shorten(hit.text, NEAREST_CHARS, placeholder=" …")
            lines += ["", f"    {plain(hit.document)}", *wrapped(shown, "    │ ")]
    return "\n".join(line.rstrip() for line in lines)


def search_text(found: Sequence[Ranked], language: Language) -> str:
    """The passages found for a terminal, each with its likeness, where it stands and its words."""
    return "\n\n".join("\n".join(line.rstrip() for line in _passage_lines(each, language)) for each in found)


def _passage_lines(ranked: Ranked, language: Language) -> list[str]:
    words, about, passage = texts(language), ranked.found.about, ranked.found.passage
    standing = status_label(passage.status.value, language).upper()
    place = (
        *place_parts(about.title, passage.paragraph, passage.section),
        f"{words.page} {passage.page}" if passage.page else "",
    )
    issued = (about.municipality, about.body)
    details = (
        ", ".join(filter(None, issued)),
        about.kind and kind_label(about.kind, language),
        about.date,
        passage.dnr,
    )
    return [
        *wrapped(f"{ranked.score:6.3f}  {standing} – {about.title or words.untitled}", "", "        "),
        *wrapped(" · ".join(filter(None, details)), "        "),
        *wrapped(", ".join(filter(None, place)), "        "),
        f"        {plain(passage.document)} [{passage.span.start}:{passage.span.end}]",
        *wrapped(" ".join(passage.text.split()), "        │ "),
    ]


def precedents_text(found: Precedents) -> str:
    """The earlier matters for a terminal, each with its outcome, date, body, diarienummer, amounts and conditions, and its words."""
    words = texts(found.language)
    lines = [line for each in found.precedents for line in (*_precedent_lines(each, found.language), "")]
    if found.note:
        lines += [*wrapped(found.note), ""]
    if found.nearest:
        lines += [f"{words.unlike}:", ""]
        lines += [line for each in found.nearest for line in (*_precedent_lines(each, found.language), "")]
    return "\n".join(line.rstrip() for line in lines[:-1])


def _precedent_lines(precedent: Precedent, language: Language) -> list[str]:
    words, outcome = texts(language), precedent.outcome
    details = (
        status_label(precedent.status, language),
        f"{words.outcome}: {outcome_label(outcome, language)}" if outcome else None,
        precedent.date,
        precedent.body,
        precedent.dnr,
    )
    condition = PHRASES[language].condition.strip()
    return [
        *wrapped(precedent.title or words.untitled, "", "    "),
        *wrapped(" · ".join(item for item in details if item), "    "),
        *(wrapped(f"{words.amounts}: {', '.join(precedent.amounts)}", "    ") if precedent.amounts else ()),
        *(line for each in precedent.conditions for line in wrapped(f"{condition} {each}", "    ")),
        f"    {plain(precedent.document)}",
        *wrapped(f"”{precedent.quote}”", "    │ "),
    ]


def _source_lines(citation: Citation, language: Language) -> list[str]:
    words = texts(language)
    heading = f"[{citation.n}] {status_label(citation.status, language).upper()} – {citation.title or words.untitled}"
    kind = citation.kind and kind_label(citation.kind, language)
    details = (issuer(citation), kind, citation.date, citation.dnr)
    return [
        *wrapped(heading, "", "    "),
        *wrapped(" · ".join(item for item in details if item), "    "),
        *wrapped(place(citation, language), "    "),
        f"    {plain(citation.document)}",
        *wrapped(f"”{citation.quote}”", "    │ "),
    ]


def _phrases(between: str) -> list[Part]:
    """What stands between two statements: each line that says something is a phrase."""
    lines = (_BULLET.sub("", line).strip() for line in between.split("\n"))
    return [Part(line) for line in lines if re.search(r"\w", line)]
