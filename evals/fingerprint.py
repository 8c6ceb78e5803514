"""What a run rests on: two runs with equal fingerprints differ in nothing but the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from assistant.fingerprint import code_hash, hash_json, take_basis
from ingest.settings import Settings


@dataclass(frozen=True)
class Fingerprint:
    """Hashes (sha256, hex) of what decides the answers and their scores, and the versions of the libraries in between."""

    code: str  # of the program that answers
    corpus: str
    model: str
    settings: str
    scoring: str  # of the program that scores
    cases: str
    libraries: Mapping[str, str]
    date: str  # when the run began, ISO; not part of the digest

    @property
    def digest(self) -> str:
        parts = asdict(self)
        del parts["date"]
        return hash_json(parts)

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "digest": self.digest}


def take_fingerprint(
    root: Path,
    documents: Mapping[str, str],
    model: str,
    settings: Settings,
    case_files: Iterable[Path],
    date: str,
) -> Fingerprint:
    """Build the fingerprint of a run.

    Args:
        root: folder that holds the three packages.
        documents: content hash by document id, as the index has them.
        model: fingerprint of the encoder.
        case_files: the files the cases come from; their order and place don't matter.
        date: when the run begins, ISO.
    """
    basis = take_basis(code_hash(root), documents, model, settings)
    return Fingerprint(
        code=basis.code,
        corpus=basis.corpus,
        model=basis.model,
        settings=basis.settings,
        scoring=code_hash(root, ("evals",)),
        cases=hash_json(sorted(sha256(file.read_bytes()).hexdigest() for file in case_files)),
        libraries=basis.libraries,
        date=date,
    )
