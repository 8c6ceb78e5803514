"""The checks by name, with what each looks at; apart from their code, which need not be loaded to print a help text."""

from __future__ import annotations

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "registry": "the registry: its file and matters",
    "vectors": "the vectors, and the vector store (Chroma) against the registry",
    "spans": "passages against the text they are from",
    "model": "the encoder, with 32 passages encoded once more",
    "files": "the files that the documents were read from",
    "duplicates": "documents that say the same",
    "quality": "how well the texts were read",
    "identity": "personal identity numbers",
}
