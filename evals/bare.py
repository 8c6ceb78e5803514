"""An index made anew without contextual headers, to measure what they are worth."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from ingest.chain import _embed
from ingest.encode import Encoder
from ingest.model import Document, Metadata
from ingest.settings import Settings
from ingest.store import ENCODER, Index, sync, writing

_MADE_OF = "made of"  # key under which the bare index records what it was made of, when it is whole


def bare_index(settings: Settings, encoder: Encoder, folder: Path) -> Settings:
    """The settings of an index in `folder` with the passages of the one at `settings.index`, headers aside.

    One that is there already is taken when it was made of the same documents by the same encoder and this code.

    Raises:
        UsageError: there is no index at `settings.index`, or another encoder made it.
    """
    bare = settings.model_copy(update={"index": folder, "chroma_url": None})
    with Index.open(settings, encoder.fingerprint) as whole:
        versions = whole.registry.versions()
        parts = (*sorted(versions.items()), encoder.fingerprint, Path(__file__).read_text(encoding="utf-8"))
        made_of = sha256(repr(parts).encode()).hexdigest()
        if _is_made_of(made_of, folder):
            return bare
        rmtree(folder, ignore_errors=True)
        with writing(folder) as registry:
            registry.set_meta(ENCODER, encoder.fingerprint)
            for name, version in versions.items():
                passages = [replace(found.passage, header="") for found in whole.registry.passages_of(name)]
                document = Document(
                    id=name,
                    text=whole.registry.text(name) or "",
                    metadata=whole.registry.about(name) or Metadata(),
                    sections=(),
                )
                seen = _embed(passages, encoder)
                with registry.transaction():
                    registry.put(document, "", version, passages, seen)
            with registry.transaction():
                registry.matters.link()
            sync(registry, bare)
            registry.set_meta(_MADE_OF, made_of)
    return bare


def _is_made_of(made_of: str, folder: Path) -> bool:
    if not folder.is_dir():
        return False
    with writing(folder) as registry:
        return registry.meta(_MADE_OF) == made_of
