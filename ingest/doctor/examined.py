"""The index under examination, with what every check needs to look at it and to name a remedy."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.encode import Encoder
from ingest.registry import Found, Registry
from ingest.settings import Settings

Item = TypeVar("Item")
SINGLE_FILES = 10  # files named one by one in a remedy; for more of them it names their folder


class Progress(Protocol):
    """Shows how far a loop has come; gives the items on unchanged."""

    def __call__(self, items: Sequence[Item]) -> Iterable[Item]: ...


@dataclass(frozen=True)
class Examined:
    """An open index, which no other process writes while it is looked at.

    Attributes:
        encoder: gives the encoder that the settings name; loaded by the check that needs it.
        fingerprint: of that encoder.
        today: the day of the examination.
        progress: told of loops over many documents or passages.
    """

    registry: Registry
    settings: Settings
    encoder: Callable[[], Encoder]
    fingerprint: str
    today: date
    progress: Progress

    @cached_property
    def documents(self) -> list[str]:
        """Ids of all documents, sorted."""
        return sorted(self.registry.versions())

    @cached_property
    def roots(self) -> dict[str, str]:
        """The folder each document was ingested from, by id."""
        return self.registry.roots()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every document's id and text."""
        for document in self.progress(self.documents):
            text = self.registry.text(document)
            if text is not None:
                yield document, text

    def passages_of(self, document: str) -> list[Found]:
        """The passages of a document; none when they can't be read back, of which the check `spans` tells."""
        try:
            return self.registry.passages_of(document)
        except ValueError:
            return []

    def vectors_of(self, passages: Sequence[Found]) -> dict[str, NDArray[np.float32]]:
        """The vector of each passage that can be read back, by its id."""
        ids = [found.passage.id for found in passages]
        try:
            return self.registry.vectors(ids)
        except ValueError:  # a vector is no row of numbers
            return {}

    def file_of(self, document: str) -> Path:
        """Where the document's file is, or was."""
        path = Path(self.roots[document], document)
        decomposed = Path(self.roots[document], unicodedata.normalize("NFD", document))
        return decomposed if not path.exists() and decomposed.exists() else path

    def command(self, *words: str | Path) -> str:
        """`radslag …` for this index, as it is typed in a shell."""
        usual = self.settings.index == Settings.model_fields["index"].default
        index = () if usual else ("--index", str(self.settings.index))
        return " ".join(map(_typed, ["radslag", *map(str, words), *index]))

    def read_anew(self, documents: Sequence[str]) -> dict[str, str]:
        """By document, the command that reads it anew: its file, or its folder when many need it."""
        many = len(documents) > SINGLE_FILES
        return {
            document: self.command("ingest", "--anew", self.roots[document] if many else self.file_of(document))
            for document in documents
        }


def _typed(word: str) -> str:
    """A word as a shell takes it; å, ä and ö need no quotation marks, though `shlex` gives them some."""
    return word if re.fullmatch(r"[\w@%+=:,./-]+", word) else shlex.quote(word)
