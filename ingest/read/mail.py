"""E-mail (.eml): subject, sender, recipients and date, the new words of the message, then what it quotes.

Attachments are not read; the last line names them.
"""

from __future__ import annotations

import email.parser
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import Message

from ingest.read.blocks import Block, Heading, Paragraph
from ingest.read.disguise import refusal, what_it_is
from ingest.read.extract import Extract, Note, UnreadableError
from ingest.read.mail_html import blocks_of_page, words_of_page
from ingest.read.mail_text import body_text, decoded_words, header_text, new_and_quoted
from ingest.read.markdown import extract_of
from ingest.read.tidy import one_line

KIND = "an e-mail"
MAX_MULTIPARTS = 100  # parts that hold parts
MAX_LINES_BY_MULTIPARTS = 10_000_000  # the parser looks at each line once for each part it is in: about 4 s
MAX_PARTS = 1_000
MAX_CONTENT_HEADER_BYTES = 20_000
MAX_NAME_CHARS = 150  # of an attachment
MAX_DEPTH = 20
MIN_PLAIN_SHARE = 0.5  # of the words in the HTML version; a plain version with less is a notice, not the message
QUOTED = "Tidigare meddelande"
NO_SUBJECT = "(utan ämne)"
_LINES = (("From", "Från"), ("To", "Till"), ("Cc", "Kopia"))
_SIGNS_OF_MAIL = (
    "From",
    "To",
    "Subject",
    "Date",
    "Received",
    "Message-ID",
    "MIME-Version",
    "Return-Path",
    "Content-Type",
)
_MULTIPART = re.compile(rb"boundary\s*\*?\d?\*?\s*=|message/(?:rfc822|global)", re.IGNORECASE)
# The parser's work grows with the square of the length of such a header.
_CONTENT_HEADER = re.compile(rb"^content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})


def read_mail(content: bytes) -> Extract:
    """The text of one message.

    Raises:
        ValueError: it is no e-mail, is encrypted, or has more parts than anybody sends; said in one sentence.
    """
    message = _parse(content)
    parts = list(_parts(message, 0))
    new, quoted = _body([part for part in parts if _is_text(part)])
    names = list(dict.fromkeys(filter(None, (_attachment_name(part) for part in parts))))
    blocks: list[Block] = [
        Heading(header_text(message, "Subject") or NO_SUBJECT, 1),
        Paragraph("\n".join(_header_lines(message))),
        *new,
    ]
    if quoted:
        blocks += [Heading(QUOTED, 2), *quoted]
    if names:
        blocks.append(Paragraph(f"Bilagor: {', '.join(names)}"))
    reason = f"{len(names)} attachment{'s are' if len(names) > 1 else ' is'} not read ({', '.join(names)})"
    return extract_of(blocks, notes=(Note(None, reason, "save what matters as files of their own"),) if names else ())


def _parse(content: bytes) -> Message:
    if what_it_is(content):
        raise refusal(content, KIND)
    multiparts = sum(1 for _ in _MULTIPART.finditer(content))
    if multiparts > MAX_MULTIPARTS or multiparts * content.count(b"\n") > MAX_LINES_BY_MULTIPARTS:
        raise ValueError(f"the message has {multiparts} nested parts, more than can be taken apart")
    if any(match.end() - match.start() > MAX_CONTENT_HEADER_BYTES for match in _CONTENT_HEADER.finditer(content)):
        raise ValueError("the message has a header that is longer than any mail program writes")
    content = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(content)
    if not any(name in message for name in _SIGNS_OF_MAIL):
        raise ValueError(f"the file is named as {KIND} but has no sender, subject or date at its beginning")
    return message


def _header_lines(message: Message) -> Iterator[str]:
    for name, swedish in _LINES:
        if value := header_text(message, name):
            yield f"{swedish}: {value}"
    written = header_text(message, "Date")
    date = email.utils.parsedate(written)
    if date and 1 <= date[1] <= 12:
        yield f"Datum: {date[0]:04}-{date[1]:02}-{date[2]:02} {date[3]:02}:{date[4]:02}"
    elif written:
        yield f"Datum: {written}"


def _parts(message: Message, depth: int) -> Iterator[Message]:
    """The parts that are to be read or named: of the versions of one text, one; messages inside whole."""
    if depth > MAX_DEPTH:
        raise ValueError(f"the parts of the message are nested more than {MAX_DEPTH} deep")
    if message.get_content_type() in _SEALED:
        raise UnreadableError(
            "the message is encrypted or sealed", "open it in the mail program and save it as plain text"
        )
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    children = _inside(message)
    if len(children) > MAX_PARTS:
        raise ValueError(f"the message has more than the {MAX_PARTS} parts allowed")
    below = [part for child in children for part in _parts(child, depth + 1)]
    if message.get_content_subtype() == "alternative":
        texts = [part for part in below if _is_text(part)]
        chosen = _better(texts)
        yield from (part for part in below if part is chosen or not _is_text(part))
    else:
        yield from below


def _better(versions: list[Message]) -> Message | None:
    """The plain version of a text, or the HTML one where the plain one is only a notice or isn't there."""
    plain = next((part for part in versions if part.get_content_subtype() == "plain"), None)
    page = next((part for part in versions if part.get_content_subtype() == "html"), None)
    if plain is None or page is None:
        return plain or page
    enough = MIN_PLAIN_SHARE * words_of_page(body_text(page))
    return plain if len(body_text(plain).split()) >= enough else page


def _body(texts: list[Message]) -> tuple[list[Block], list[Block]]:
    """The new blocks and the quoted ones of the parts that are the message's text."""
    new: list[Block] = []
    quoted: list[Block] = []
    for part in texts:
        text = body_text(part)
        if part.get_content_subtype() == "html":
            own, earlier = blocks_of_page(text)
        else:
            own, earlier = (_paragraphs(lines) for lines in new_and_quoted(text.split("\n")))
        new += own
        quoted += earlier
    return new, quoted


def _paragraphs(lines: list[str]) -> list[Block]:
    """What empty lines divide; the line that says that the sender's signature follows is left out."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.strip() in ("", "--"):
            parts.append([])
        else:
            parts[-1].append(line)
    return [Paragraph("\n".join(part)) for part in parts if part]


def _is_text(part: Message) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return (is_text or _is_unparted(part)) and not _is_attachment(part)


def _is_unparted(part: Message) -> bool:
    """Whether it says that it has parts but none begins where it says: the words are in it as they are."""
    return part.get_content_maintype() == "multipart" and not part.is_multipart()


def _inside(part: Message) -> list[Message]:
    """The parts of a multipart, or the message that is passed on whole."""
    inside = part.get_payload() if part.is_multipart() else []
    return [child for child in inside if isinstance(child, Message)] if isinstance(inside, list) else []


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _attachment_name(part: Message) -> str:
    """What to call a part that isn't read; empty for pictures in the text and for signatures."""
    kind = part.get_content_type()
    if kind in _SIGNATURES or (part.get_content_maintype() == "image" and part.get("Content-ID")):
        return ""
    if name := _file_name(part):
        return name
    if kind == "message/rfc822" and (inner := _inside(part)):
        return f"{header_text(inner[0], 'Subject') or NO_SUBJECT}.eml"
    return ""


def _file_name(part: Message) -> str:
    """The name without folders, decoded whichever way it was written."""
    name = part.get_filename()
    return one_line(decoded_words(name)).replace("\\", "/").rpartition("/")[2][-MAX_NAME_CHARS:] if name else ""
