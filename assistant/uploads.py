"""Uploads into one index: taken in, read, forgotten again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from ingest.chain import forget, ingest
from ingest.encode import Encoder
from ingest.errors import UsageError
from ingest.filters import Listed
from ingest.model import Failure
from ingest.settings import Settings
from ingest.store import Index
from ingest.uploads import Incoming, is_upload, remove, uploads_folder, waiting


@dataclass(frozen=True)
class Read:
    """What became of uploaded documents: those that are read now, and those that can't be and were thrown away again."""

    documents: tuple[Listed, ...]
    failed: tuple[Failure, ...]
    notes: tuple[Failure, ...] = ()  # parts of documents that couldn't be read


class Uploads:
    """The uploads of one open index."""

    def __init__(self, index: Index, encoder: Encoder, settings: Settings) -> None:
        self._index = index
        self._encoder = encoder
        self._settings = settings
        self._turn = Lock()
        self._failed: dict[str, Failure] = {}

    def incoming(self, name: str, municipality: str) -> Incoming:
        """A file to be written, of that name and municipality.

        Raises:
            UploadRefused: it can't be taken.
        """
        return Incoming(name, municipality, self._settings, self._held())

    def documents(self) -> list[Listed]:
        """The uploaded documents that are read, the latest first."""
        with self._index.reading():
            return [each for each in self._index.registry.holdings.documents() if is_upload(each.id)]

    def read(self, documents: Sequence[str]) -> Read:
        """Read whatever was uploaded; waits while another ingest goes on. What became of these documents.

        A file that can't be read is deleted again, so that it isn't tried for ever.

        Raises:
            UsageError: the index can't be written; the files stay, and the next ingest reads them.
        """
        with self._turn:
            notes: tuple[Failure, ...] = ()
            if waiting(self._settings, self._held()):
                report = ingest([uploads_folder(self._settings)], self._settings, self._encoder, wait=True)
                notes = report.notes
                held = self._held()
                self._failed = {name: failure for name, failure in self._failed.items() if name not in held}
                for failure in report.failed:
                    if is_upload(failure.document) and failure.document not in held:
                        self._failed[failure.document] = failure
                        remove(failure.document, self._settings)
            return Read(
                documents=tuple(each for each in self.documents() if each.id in documents),
                failed=tuple(self._failed[each] for each in documents if each in self._failed),
                notes=tuple(note for note in notes if note.document in documents),
            )

    def forget(self, document: str) -> None:
        """Forget an uploaded document and delete its file.

        Raises:
            UsageError: it isn't one of the uploads, or the index can't be written.
        """
        if document not in {each.id for each in self.documents()}:
            raise UsageError(f"{document} isn't among the uploaded documents: choose one that is")
        with self._turn:
            forget([document], self._settings, wait=True)
            remove(document, self._settings)

    def _held(self) -> Mapping[str, str]:
        with self._index.reading():
            return self._index.registry.versions()
