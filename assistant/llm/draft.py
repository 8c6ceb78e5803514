"""Draft: verified sentences put together as an answer, within the limits of the contract, each with its standing and its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.llm.source import Source
from assistant.llm.standing import frame
from assistant.model import MAX_ANSWER_CHARS, MAX_CITATIONS, Answer, Citation, Language, Statement
from assistant.phrases import PHRASES, is_unanswered
from ingest.model import Status


@dataclass
class Draft:
    """An answer in the making. `conditions` are what the decisions that it may speak of hang on, `extractive` the answer it stands for."""

    language: Language
    conditions: Sequence[Source]
    extractive: Answer
    said: list[tuple[str, list[Source]]] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _statements: list[Statement] = field(default_factory=list)
    _citations: list[Citation] = field(default_factory=list)

    @property
    def answer(self) -> str:
        return "\n".join(self._lines)

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(self._statements)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._citations)

    def add(self, text: str, sources: Sequence[Source]) -> bool:
        """Say this, resting on these; False when it is said already or there is no room."""
        if any(text.casefold() == said.casefold() for said, _ in self.said):
            return False
        opening = frame(text, frozenset(source.status for source in sources), self.language)
        if not self._add(opening, text, sources):
            return False
        self.said.append((text, list(sources)))
        return True

    def complete(self) -> None:
        """Add what must not be missing: the conditions of what is spoken of, what isn't answered, and that it is only proposed.

        A sentence at the end gives way where there is no room for a condition.
        """
        for condition in self.conditions:
            while self._hangs_on(condition) and not self._cited(condition.first):
                if self._add(PHRASES[self.language].condition, condition.quoted, [condition]) or len(self.said) < 2:
                    break
                self._take_back()
        for line in self.extractive.answer.splitlines():
            if is_unanswered(line, self.language) and len(self.answer) + 1 + len(line) <= MAX_ANSWER_CHARS:
                self._lines.append(line)
        only_proposed = PHRASES[self.language].only_proposed
        proposed = any(source.status is Status.FÖRSLAG for _, sources in self.said[:1] for source in sources)
        fits = len(self.answer) + 1 + len(only_proposed) <= MAX_ANSWER_CHARS
        if proposed and fits and only_proposed in self.extractive.answer:
            self._lines.append(only_proposed)

    def _add(self, opening: str, text: str, sources: Sequence[Source]) -> bool:
        numbers: list[int] = []
        new: list[Citation] = []
        for citation in (each for source in sources for each in source.citations):
            number = self._number(citation, [*self._citations, *new])
            if number is None:
                number = len(self._citations) + len(new) + 1
                new.append(replace(citation, n=number))
            numbers.append(number)
        numbers = list(dict.fromkeys(numbers))
        line = f"{opening}{text} {''.join(f'[{number}]' for number in numbers)}"
        if len(self._citations) + len(new) > MAX_CITATIONS or len("\n".join([*self._lines, line])) > MAX_ANSWER_CHARS:
            return False
        self._lines.append(line)
        self._statements.append(Statement(text, tuple(numbers)))
        self._citations.extend(new)
        return True

    def _take_back(self) -> None:
        """Put the answer together anew without its last sentence."""
        said = self.said[:-1]
        for each in (self.said, self._lines, self._statements, self._citations):
            each.clear()
        for text, sources in said:
            self.add(text, sources)

    def _hangs_on(self, condition: Source) -> bool:
        """Whether what is said stands in the section that lays down the condition."""
        place = _section(condition.first)
        return any(_section(source.first) == place for _, sources in self.said for source in sources)

    def _cited(self, citation: Citation) -> bool:
        return self._number(citation, self._citations) is not None

    @staticmethod
    def _number(citation: Citation, among: Sequence[Citation]) -> int | None:
        place = (citation.document, citation.start, citation.end)
        return next((each.n for each in among if (each.document, each.start, each.end) == place), None)


def _section(citation: Citation) -> tuple[str, str | None, str | None]:
    return citation.document, citation.section, citation.paragraph
