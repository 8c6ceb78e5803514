"""A source: its front matter, checked, and its body as blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.building.blocks import Block, Quote, parse_blocks
from ingest.errors import DocumentError

FORMATS = ("pdf", "docx", "odt", "html", "md", "txt", "eml")
GENRES = tuple(
    "protokoll protokollsutdrag tjänsteskrivelse motion medborgarförslag interpellation interpellationssvar e-post taxa regler "
    "riktlinjer reglemente policy budget årsredovisning revisionsrapport planbeskrivning avtal".split()
)
REQUIRED = ("id", "title", "genre", "format", "date", "body")
MAIL_KEYS = ("from", "to", "subject", "time")
TEXTS = ("dnr", "handlaggare", "letterhead", "header", "footer", "lang")
OTHERS = ("recipients", "paragraph", "signline", "columns", "size", "font", "scanned", "cc")
NO_LETTERHEAD = "none"
_REMEDY = "mend the source"


@dataclass(frozen=True)
class Mail:
    """The head of an e-mail; addresses as `Name <address>`, `time` as HH:MM in Swedish time."""

    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    time: str


@dataclass(frozen=True)
class Source:
    """One document to build.

    `letterhead` is the line under the municipality's name, or None when the document has no letterhead; `header` is the
    running header from page 2; `footer` a line above the fixed footer; `size` the body's type size in points.
    """

    id: str
    title: str
    genre: str
    format: str
    date: str
    body: str
    dnr: str | None
    handlaggare: str | None
    recipients: tuple[str, ...]
    letterhead: str | None
    header: str
    footer: str | None
    signline: bool
    columns: int
    size: int
    serif: bool
    scanned: bool
    lang: str
    mail: Mail | None
    text: str  # the body as written
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """Name of the built file."""
        return f"{self.id}.{self.format}"


def read_source(path: Path) -> Source:
    """The source at `path`.

    Raises:
        DocumentError: it cannot be read, or front matter or body break the source format.
    """
    try:
        return parse_source(path.read_text(encoding="utf-8"), path.stem)
    except OSError as error:
        raise DocumentError(path.name, f"the file cannot be opened ({error.strerror})", "check the path") from error
    except UnicodeDecodeError as error:
        raise DocumentError(path.name, f"byte {error.start} is not UTF-8", "save it as UTF-8") from error
    except ValueError as error:
        raise DocumentError(path.name, str(error), _REMEDY) from error


def parse_source(content: str, stem: str) -> Source:
    """The source whose file is named `stem`.md and holds `content`.

    Raises:
        ValueError: front matter or body break the source format.
    """
    if not unicodedata.is_normalized("NFC", content):
        raise ValueError("the text is not in Unicode form NFC")
    parts = re.match(r"---\n(.*?\n)---\n\n?(.*)", content, re.DOTALL)
    if parts is None:
        raise ValueError("the front matter between two lines of --- is missing")
    front = _front(parts[1])
    if front["id"] != stem:
        raise ValueError(f"id is {front['id']!r} but the file is named {stem!r}")
    blocks = parse_blocks(parts[2])
    if front["format"] != "eml" and any(isinstance(block, Quote) for block in blocks):
        raise ValueError("quoted lines (> …) belong in e-mail only")
    title, letterhead = _text(front, "title"), _text(front, "letterhead", str(front["body"]))
    return Source(
        id=stem,
        title=title,
        genre=_one_of(front, "genre", GENRES),
        format=_one_of(front, "format", FORMATS),
        date=_date(front),
        body=_text(front, "body"),
        dnr=_text(front, "dnr") if "dnr" in front else None,
        handlaggare=_text(front, "handlaggare") if "handlaggare" in front else None,
        recipients=_texts(front, "recipients"),
        letterhead=None if letterhead == NO_LETTERHEAD else letterhead,
        header=_text(front, "header", title),
        footer=_text(front, "footer") if "footer" in front else None,
        signline=_flag(front, "signline", front["genre"] == "protokoll"),
        columns=_number(front, "columns", 1, (1, 2)),
        size=_number(front, "size", 11, range(9, 13)),
        serif=_one_of({"font": "serif", **front}, "font", ("serif", "sans")) == "serif",
        scanned=_flag(front, "scanned", False),
        lang=_text(front, "lang", "sv"),
        mail=_mail(front),
        text=parts[2],
        blocks=blocks,
    )


def _front(source: str) -> Mapping[str, object]:
    import yaml

    try:
        front = yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise ValueError(f"the front matter is no YAML ({' '.join(str(error).split())})") from error
    if not isinstance(front, dict):
        raise ValueError("the front matter is no list of keys")
    known = {*REQUIRED, *MAIL_KEYS, *TEXTS, *OTHERS}
    if unknown := sorted(str(key) for key in front if key not in known):
        raise ValueError(f"unknown keys in the front matter: {', '.join(unknown)}")
    needed = REQUIRED + (MAIL_KEYS if front.get("format") == "eml" else ())
    if missing := [key for key in needed if key not in front]:
        raise ValueError(f"keys missing in the front matter: {', '.join(missing)}")
    return front


def _text(front: Mapping[str, object], key: str, default: str | None = None) -> str:
    value = front.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} needs words, found {value!r}")
    return value


def _texts(front: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = front.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"{key} needs a list of words, found {value!r}")
    return tuple(value)


def _one_of(front: Mapping[str, object], key: str, allowed: tuple[str, ...]) -> str:
    value = _text(front, key)
    if value not in allowed:
        raise ValueError(f"{key} is {value!r}, not one of {', '.join(allowed)}")
    return value


def _number(front: Mapping[str, object], key: str, default: int, allowed: range | tuple[int, ...]) -> int:
    value = front.get(key, default)
    if not isinstance(value, int) or value not in allowed:
        raise ValueError(f"{key} is {value!r}, not one of {', '.join(map(str, allowed))}")
    return value


def _flag(front: Mapping[str, object], key: str, default: bool) -> bool:
    value = front.get(key, default)
    if not isinstance(value, bool):
        raise ValueError(f"{key} is {value!r}, not true or false")
    return value


def _date(front: Mapping[str, object]) -> str:
    value = front["date"]
    if not isinstance(value, str) or not re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", value):
        raise ValueError(f'date is {value!r}, not an ISO date in quotation marks, "2016-11-28"')
    return value


def _mail(front: Mapping[str, object]) -> Mail | None:
    if front["format"] != "eml":
        if given := [key for key in (*MAIL_KEYS, "cc") if key in front]:
            raise ValueError(f"{', '.join(given)} belong in e-mail only")
        return None
    time = _text(front, "time")
    if not re.fullmatch(r"[0-2]\d:[0-5]\d", time):
        raise ValueError(f'time is {time!r}, not "14:05"')
    mail = Mail(_text(front, "from"), _texts(front, "to"), _texts(front, "cc"), _text(front, "subject"), time)
    for address in (mail.sender, *mail.to, *mail.cc):
        if not re.fullmatch(r"[^<>]+ <[a-z0-9._-]+@[a-z0-9.-]+\.example>", address):
            raise ValueError(f"{address!r} is not 'Namn <adress@exempelkommun.example>'")
    return mail
