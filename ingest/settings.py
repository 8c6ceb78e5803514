"""One frozen settings object, built at the entry and handed down.

Values come from, strongest first: arguments, environment variables `RADSLAG_*`, `radslag.toml` in the working folder,
the defaults below. An unknown key is refused, wherever it stands.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_cache_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from ingest.errors import UsageError

ENV_PREFIX = "RADSLAG_"
SETTINGS_FILE = "radslag.toml"
EMBEDDED_MODEL = "multilingual-e5-small"
NOT_SHOWN = frozenset({"llm_key", "llm_url"})  # settings whose values may hold a secret: no message repeats them


def _base_url(given: str) -> str:
    """An address to which a path can be added; a key or password has its own setting.

    Raises:
        PydanticCustomError: it is none.
    """
    try:
        parts = urlsplit(given)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        usable = usable and not parts.query and not parts.fragment
    except ValueError:
        usable = False
    if not usable:
        raise PydanticCustomError("base_url", "no base URL")
    return given.rstrip("/")


class Settings(BaseSettings):
    """Every number has its unit in the name or the description; `radslag settings` prints them all."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, toml_file=SETTINGS_FILE, frozen=True, extra="forbid", protected_namespaces=()
    )

    index: Path = Field(Path(".radslag"), description="Folder of the index.")
    corpus: Path = Field(Path("corpus"), description="Folder ingested when no path is given.")
    ignore: tuple[str, ...] = Field(
        (".*", "_*", "README*", "~$*"),
        description="Names (shell patterns) of files and folders that are not documents.",
    )
    uploads: Path | None = Field(
        None, description="Folder of uploaded documents; default: beside the index, -uploads added to its name."
    )
    max_file_bytes: int = Field(50_000_000, gt=0, description="A larger file is refused.")
    max_pages: int = Field(2_000, gt=0, description="A PDF with more pages is refused.")
    max_page_points: float = Field(
        14_400, gt=0, description="A PDF page larger than this (in points, 1/72 inch) is not read."
    )
    read_seconds: float = Field(
        120, gt=0, description="Longest reading of a document, or a page of a PDF; there ocr_seconds are added."
    )
    document_seconds: float = Field(
        7_200, gt=0, description="Longest reading of all pages; 1 000 scanned ones take about an hour."
    )
    read_megabytes: int = Field(
        2_000, ge=500, description="Most memory reading a document takes; Tesseract may take as much besides."
    )
    ocr: bool = Field(True, description="Read scanned pages with Tesseract, where it is installed.")
    ocr_languages: str = Field("swe", description="Languages Tesseract reads scanned pages in, joined by +.")
    ocr_seconds: float = Field(60, gt=0, description="Longest run of Tesseract; a page may take some.")

    model: str = Field(
        EMBEDDED_MODEL,
        description="Encoder: the embedded default, or the name or folder of any sentence-transformers model.",
    )
    precision: Literal["int8", "float32"] = Field(
        "int8", description="int8: ONNX Runtime, for the embedded model only. float32: torch, for any model."
    )
    query_prompt: str | None = Field(None, description="Text put before each question; default: the model's own.")
    passage_prompt: str | None = Field(None, description="Text put before each passage; default: the model's own.")
    allow_download: bool = Field(
        False, description="Let sentence-transformers fetch a named model from its hub. Off: nothing is fetched."
    )
    threads: int | None = Field(None, gt=0, description="Threads of the encoder; default: one a core.")
    cache: Path = Field(user_cache_path("radslag"), description="Folder for the prepared encoder.")

    chroma_url: str | None = Field(
        None, description="URL of a Chroma server; default: Chroma embedded in the index folder."
    )
    chroma_collection: str = Field("radslag", min_length=3, description="Name of the Chroma collection.")
    exact_passages: int = Field(
        50_000,
        ge=0,
        description="Up to so many passages a question is compared with every one; with more, Chroma's HNSW is asked.",
    )
    ef_search: int = Field(
        1200, gt=0, description="HNSW candidates a query looks at; with few, hits are lost, others after every start."
    )

    passage_chars: int = Field(
        900, ge=200, le=1400, description="Longest passage; the encoder reads at most 512 tokens with the header."
    )
    dense_weight: float = Field(
        0.5, ge=0, le=1, description="Share of the dense z-score in the fusion; the rest is lexical."
    )

    page_seconds: float = Field(
        20, gt=0, description="Longest drawing of a page for the reader of a source; for OCR ocr_seconds are added."
    )
    page_megabytes: int = Field(64, ge=1, description="Memory for pictures of pages that were drawn lately.")
    engine: Literal["extractive", "llm"] = Field(
        "extractive",
        description="Who words answers: extractive, the documents themselves; llm, a language model whose sentences are verified.",
    )
    llm_url: Annotated[str, AfterValidator(_base_url)] | None = Field(
        None,
        description="Base URL of an OpenAI-compatible endpoint, http://127.0.0.1:8080/v1; unset, no model is ever contacted.",
    )
    llm_model: str | None = Field(
        None, min_length=1, description="Name of the language model, as the endpoint calls it."
    )
    llm_key: SecretStr | None = Field(
        None, description="Key of the endpoint, from the environment only (RADSLAG_LLM_KEY); never logged or shown."
    )
    llm_timeout_seconds: float = Field(
        60, gt=0, le=600, description="Longest wait for the model, a retry included; then the answer is extractive."
    )
    llm_context_tokens: int = Field(
        4096, ge=1024, description="Tokens of prompt and reply together; evidence beyond is left out, weakest first."
    )
    llm_reply_tokens: int = Field(400, ge=50, description="Most tokens of the model's reply.")

    host: str = Field("127.0.0.1", description="Address the web app listens on.")
    port: int = Field(7860, ge=0, le=65535, description="Port the web app listens on; 0 picks a free one.")
    cors_origins: tuple[str, ...] = Field(
        (),
        description='Sites ("https://intra.example.se") whose pages may call the API and the MCP server; default: none.',
    )
    operator: str | None = Field(None, description="Who runs the web app, named in its accessibility statement.")
    contact: str | None = Field(None, description="E-mail or telephone that what isn't accessible is told to.")
    log_questions: bool = Field(False, description="Write questions to the server's log.")
    feedback: bool = Field(True, description="Let readers say whether an answer was right, and keep what they say.")
    feedback_folder: Path | None = Field(None, description="Folder of feedback.jsonl; default: the index folder.")
    max_feedback_bytes: int = Field(10_000_000, gt=0, description="Feedback that would take more is not kept.")
    quality_report: Path | None = Field(
        None,
        description="Evaluation the Quality view shows: a scores.json; default: the published one.",
    )

    accounts: Path | None = Field(
        None, description="File of the accounts (`radslag users`); default: none, and nobody needs to log in."
    )
    session_idle_minutes: int = Field(120, gt=0, description="A login ends after so long without a request.")
    session_hours: int = Field(12, gt=0, description="A login ends after so long anyway: a working day.")
    open_upload: bool = Field(
        False, description="Without accounts: let whoever uses this machine add documents (host 127.0.0.1 only)."
    )
    questions_per_minute: int = Field(
        60, gt=0, description="Questions and searches of one client; an account is one, else an address is."
    )
    https: bool = Field(False, description="The web app is reached by https only, through a proxy that doesn't say so.")
    trusted_proxies: tuple[str, ...] = Field(
        (), description="Addresses or networks of reverse proxies whose X-Forwarded-For and -Proto are believed."
    )
    allowed_hosts: tuple[str, ...] = Field(
        (), description="Names the web app may be called by; default: localhost with host 127.0.0.1, else any."
    )
    request_kilobytes: int = Field(1_000, gt=0, description="Largest request that brings no document.")
    upload_megabytes: int = Field(50, gt=0, description="Largest document that can be uploaded.")
    upload_files: int = Field(20, gt=0, description="Most documents uploaded at once.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library names the arguments
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _File(settings_cls)


class _File(TomlConfigSettingsSource):
    """`radslag.toml`, where no key may stand: files are copied, mailed and checked in."""

    def __call__(self) -> dict[str, Any]:
        found = super().__call__()
        if "llm_key" in found:
            raise UsageError(
                f"llm_key stands in {SETTINGS_FILE}, needs to be in the environment ({ENV_PREFIX}LLM_KEY): move it there"
            )
        return found


def load_settings(**overrides: Any) -> Settings:
    """Build the settings; an override that is None counts as not given.

    Raises:
        UsageError: a key is unknown, a value doesn't fit, or `radslag.toml` can't be read.
    """
    unknown = sorted(
        name
        for name in os.environ
        if name.startswith(ENV_PREFIX) and name.removeprefix(ENV_PREFIX).lower() not in Settings.model_fields
    )
    if unknown:
        raise UsageError(f"unknown setting {unknown[0]} in the environment: {_known()}")
    try:
        return Settings(**{key: value for key, value in overrides.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise UsageError(f"unknown setting {key} in {SETTINGS_FILE}: {_known()}") from error
        found = "something else" if key in NOT_SHOWN else repr(first["input"])
        raise UsageError(
            f"setting {key}: found {found}, needs {_needed(first['type'], first.get('ctx', {}))}: "
            f"correct it in {SETTINGS_FILE}, in the environment ({ENV_PREFIX}{key.split('.')[0].upper()}) or on the command line"
        ) from (None if key in NOT_SHOWN else error)
    except SettingsError as error:
        raise UsageError(
            f"cannot read the settings from the environment: {error}; a list is written as JSON, "
            f"""{ENV_PREFIX}IGNORE='["_*", "*.tmp"]'"""
        ) from error
    except (ValueError, OSError) as error:  # a broken radslag.toml
        raise UsageError(f"cannot read the settings: {error}; mend or remove {SETTINGS_FILE}") from error


_NEEDED: Mapping[str, str] = {  # what pydantic's kinds of errors say is needed; `ctx` fills the gaps
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "string_type": "text",
    "string_too_short": "at least {min_length} characters",
    "path_type": "a path",
    "tuple_type": "a list",
    "greater_than": "a number greater than {gt:g}",
    "greater_than_equal": "a number from {ge:g}",
    "less_than": "a number less than {lt:g}",
    "less_than_equal": "a number up to {le:g}",
    "literal_error": "{expected}",
    "finite_number": "a finite number",
    "base_url": "an address such as http://127.0.0.1:8080/v1, without user, password or query",
}


def _needed(kind: str, context: Mapping[str, Any]) -> str:
    return _NEEDED.get(kind, f"something else ({kind.replace('_', ' ')})").format(**context)


def _known() -> str:
    return "the known ones are " + ", ".join(Settings.model_fields)
