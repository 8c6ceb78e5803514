"""E-mail: a MIME message, quoted-printable or base64, later ones with an HTML part beside the plain one."""

from __future__ import annotations

import base64
import quopri
from datetime import date, datetime, timedelta, timezone
from email.header import Header
from email.utils import format_datetime
from html import escape

from evals.building.html_words import blocks_html
from evals.building.letterhead import footer_of
from evals.building.plain_text import RULE, text_of
from evals.building.source import Mail, Source

LONG = 10_000  # a line width no paragraph reaches
HEADER_WIDTH = 76


def render_mail(source: Source) -> bytes:
    """The message, lines ended by CRLF. How it is coded follows the mail programs of its year."""
    if source.mail is None:
        raise ValueError("no head of an e-mail")
    year = int(source.date[:4])
    wrapped = _plain(source, 72 if year < 2020 else LONG)
    if year >= 2024:
        boundary = f"=_{source.id}"
        kind = f'multipart/alternative; boundary="{boundary}"'
        parts = (_part("text/plain", wrapped, "quoted-printable"), _part("text/html", _html(source), "base64"))
        body = "".join(f"--{boundary}\n{part}\n" for part in parts) + f"--{boundary}--\n"
        message = f"{_head(source, source.mail)}Content-Type: {kind}\n\n{body}"
    else:
        coding = "base64" if year == 2021 else "quoted-printable"
        message = _head(source, source.mail) + _part("text/plain", wrapped, coding)
    return message.replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii")


def _head(source: Source, mail: Mail) -> str:
    fields = {
        "Message-ID": f"<{source.id}@exempelkommun.example>",
        "Date": format_datetime(moment(source.date, mail.time)),
        "From": _address(mail.sender),
        "To": ",\n ".join(map(_address, mail.to)),
        "Cc": ",\n ".join(map(_address, mail.cc)),
        "Subject": Header(mail.subject, "utf-8", HEADER_WIDTH, "Subject").encode(linesep="\n"),
        "Content-Language": source.lang,
        "MIME-Version": "1.0",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def _address(address: str) -> str:
    name, _, place = address.partition(" <")
    if "," in name and name.isascii():
        name = f'"{name}"'
    return f"{name if name.isascii() else Header(name, 'utf-8').encode()} <{place}"


def _part(kind: str, text: str, coding: str) -> str:
    raw = text.encode()
    coded = quopri.encodestring(raw) if coding == "quoted-printable" else base64.encodebytes(raw)
    return f"Content-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: {coding}\n\n{coded.decode('ascii')}"


def _plain(source: Source, width: int) -> str:
    pieces = ["\n".join(lines) for lines in text_of(source.blocks, width)]
    return "\n\n".join([*pieces, "\n".join([RULE, *footer_of(source)])]) + "\n"


def _html(source: Source) -> str:
    foot = "<br>\n".join(escape(line, quote=False) for line in footer_of(source))
    pieces = ["<html><body>", *blocks_html(source.blocks), f"<hr>\n<p><small>{foot}</small></p>", "</body></html>"]
    return "\n".join(pieces) + "\n"


def moment(day: str, time: str) -> datetime:
    """Swedish time: two hours ahead of UTC from the last Sunday of March to that of October, else one."""
    when = date.fromisoformat(day)
    summer = _last_sunday(when.year, 3) <= when < _last_sunday(when.year, 10)
    hours, minutes = map(int, time.split(":"))
    zone = timezone(timedelta(hours=2 if summer else 1))
    return datetime(when.year, when.month, when.day, hours, minutes, tzinfo=zone)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
