"""Sources: the numbered evidence that a model is shown, each a sentence of a document with where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.model import Citation
from ingest.model import Status


@dataclass(frozen=True)
class Source:
    """One number of the evidence.

    `citations` are the words it stands for (of a table's row, also those that name its columns), whose own numbers mean nothing
    yet. `aims` are the asks (by place) that an answer resting on it answers; `condition` says that it is what a decision or
    proposal hangs on.
    """

    words: str  # as the model reads them
    citations: tuple[Citation, ...]
    aims: frozenset[int] = frozenset()
    condition: bool = False

    @property
    def quoted(self) -> str:
        """The words of the document, all of them."""
        return " ".join(citation.quote for citation in self.citations)

    @property
    def first(self) -> Citation:
        return self.citations[0]

    @property
    def status(self) -> Status:
        return Status(self.first.status)

    @property
    def known(self) -> str:
        """What its card tells the reader besides the words."""
        about = self.first
        return " ".join(filter(None, (about.title, about.municipality, about.body, about.section, about.dnr)))


@dataclass(frozen=True)
class Block:
    """Neighbouring sources of one passage, in their order; all have its standing, date and place."""

    sources: tuple[Source, ...]
