"""The words of an e-mail: headers and bodies in whatever encoding, and what is new in it apart from what it quotes."""

from __future__ import annotations

import email.errors
import email.header
import re
from email.message import Message

from ingest.read.html import decode_html
from ingest.read.tidy import one_line

_SURROGATES = re.compile("[\udc80-\udcff]")
_QUOTE = re.compile(r"\s?>|\|\s")
_ATTRIBUTION = re.compile(r"(?:.*\b(?:skrev|wrote|schrieb|écrit)\b.*:|Den\s.*\sskrev\b.*)\s*")
# From here on a message quotes the one it answers or passes on.
_ORIGINAL = re.compile(
    r"\s*(?:-{2,}\s*(?:Ursprungligt meddelande|Original\s?Message|Vidarebefordrat (?:brev|meddelande)|Forwarded message|"
    r"Original-Nachricht)\s*-{2,}|_{20,}|Vidarebefordrat brev:|Begin forwarded message:|Påbörja vidarebefordrat brev:)\s*",
    re.IGNORECASE,
)
_HEADER_LABEL = re.compile(
    r"\**(?:Från|From|Skickat|Sent|Datum|Date|Till|To|Kopia|Cc|Ämne|Subject)\s*:\**", re.IGNORECASE
)
MIN_HEADER_LABELS = 3  # "Från:", "Skickat:", "Till:" on end: the head of a quoted message
MAX_ATTRIBUTION_CHARS = 300
MAX_HEADER_CHARS = 20_000  # some hundred recipients


def header_text(message: Message, name: str) -> str:
    """The decoded value of a header on one line; empty when the message has none."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    raw = raw[:MAX_HEADER_CHARS]
    if _SURROGATES.search(raw):  # bytes that were never encoded as the standard wants
        raw = decode_html(raw.encode("ascii", "surrogateescape"))
    return one_line(decoded_words(raw))


def decoded_words(raw: str) -> str:
    """`=?utf-8?q?M=C3=B6te?=` and the like as text; what is broken stays as it is."""
    try:
        parts = email.header.decode_header(raw)
    except email.errors.HeaderParseError:
        return raw
    words = []
    for part, charset in parts:
        if isinstance(part, str):
            words.append(part)
        else:
            words.append(_decoded(part, charset))
    return "".join(words)


def _decoded(content: bytes, charset: str | None) -> str:
    try:
        return decode_html(content, charset)
    except ValueError:  # binary data where words should be
        return content.decode("ascii", errors="replace")


def body_text(part: Message) -> str:
    """The text of one part. A charset that is declared wrongly is seen through; lines broken only for sending are joined."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        text = decode_html(content, part.get_content_charset())
    except ValueError as error:
        raise ValueError("the text of the message is binary data") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_type() == "text/plain" and str(part.get_param("format", "")).lower() == "flowed":
        return _unflow(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _unflow(text: str, delete_space: bool) -> str:
    """Lines that end in a space go on in the next one (RFC 3676), as long as both are quoted equally deep."""
    joined: list[list[str]] = []
    flows_at: int | None = None  # how deep the line is quoted that goes on
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        if flows_at != depth or not joined:
            joined.append([f"{'>' * depth} "] if depth else [])
        joined[-1].append(words[:-1] if flows and delete_space else words)
        flows_at = depth if flows else None
    return "\n".join(map("".join, joined))


def new_and_quoted(lines: list[str]) -> tuple[list[str], list[str]]:
    """The new lines of a message and the quoted ones, each in their order and without `>` marks."""
    end = start_of_original(lines)
    new: list[str] = []
    quoted: list[str] = []
    number = 0
    while number < end:
        line = lines[number]
        attribution = _lines_of_attribution(lines, number, end)
        if attribution:
            quoted.extend(["", " ".join(lines[number : number + attribution]), ""])
            number += attribution
            continue
        if _QUOTE.match(line):
            quoted.append(line.lstrip(">| \t"))
        else:
            new.append(line)
            quoted.append("")  # quotes with an answer between them are paragraphs of their own
        number += 1
    rest = [line.lstrip(">| \t") for line in lines[end:] if not _ORIGINAL.fullmatch(line)]
    return new, [*quoted, "", *rest]


def start_of_original(lines: list[str]) -> int:
    """The line from which on everything is the message answered or passed on; the number of lines when there is none."""
    labels = 0
    for number, line in enumerate(lines):
        if _ORIGINAL.fullmatch(line) and any(other.strip() for other in lines[number + 1 : number + 10]):
            return number
        if line.strip():
            labels = labels + 1 if _HEADER_LABEL.match(line) else 0
        if labels == 1:
            first = number
        elif labels >= MIN_HEADER_LABELS:
            return first
    return len(lines)


def _lines_of_attribution(lines: list[str], number: int, end: int) -> int:
    """How many lines from `number` on only say who wrote the quoted words below ("Den 13 maj 2024 skrev Anna Ek:")."""
    for count in (1, 2):  # mail programs wrap long ones
        words = " ".join(line.strip() for line in lines[number : number + count])
        if len(words) > MAX_ATTRIBUTION_CHARS or not _ATTRIBUTION.fullmatch(words):
            continue
        below = (line for line in lines[number + count : min(number + count + 2, end)] if line.strip())
        if _QUOTE.match(next(below, "")):
            return count
    return 0
