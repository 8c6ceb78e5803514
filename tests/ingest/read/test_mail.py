"""E-mail: one small message for each feature, and for each defect that real mail programs cause."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage

import pytest

from ingest.read.extract import UnreadableError
from ingest.read.mail import read_mail

HEAD = "From: Anna Ek <anna.ek@exempelstad.se>\nTo: Registrator\nSubject: Yttrande\nDate: Mon, 13 May 2024 14:02:11 +0200\n"
TOP = "# Yttrande\n\nFrån: Anna Ek <anna.ek@exempelstad.se>\nTill: Registrator\nDatum: 2024-05-13 14:02\n\n"


def plain(body: str, head: str = HEAD) -> bytes:
    return f"{head}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}".encode()


def body_of(content: bytes) -> str:
    """What stands below the lines on top."""
    text = read_mail(content).text
    assert text.startswith(TOP), text
    return text.removeprefix(TOP)


def test_subject_sender_recipients_and_date_stand_above_the_text() -> None:
    extract = read_mail(plain("Hej!\n\nNämnden har inget att erinra.\n\n- punkt\n1. ett\n"))
    assert extract.text == TOP + "Hej!\n\nNämnden har inget att erinra.\n\n- punkt\n1. ett\n"
    assert extract.markup


def test_encoded_headers_and_bodies_are_decoded() -> None:
    message = EmailMessage(policy=email.policy.SMTP)
    message["Subject"] = "Möte om förskolan på Åsgatan i Köping, torsdag den 16 maj klockan 13 till 15 i kommunhuset"
    message["From"] = "Åsa Öberg <asa@x.se>"
    message["Cc"] = "Örjan <o@x.se>"
    for encoding in ("quoted-printable", "base64"):
        message.set_content("Ärendet är återremitterat.\n", cte=encoding)
        assert read_mail(message.as_bytes()).text == (
            f"# {message['Subject']}\n\nFrån: Åsa Öberg <asa@x.se>\nKopia: Örjan <o@x.se>\n\nÄrendet är återremitterat.\n"
        )


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("cp1252", "us-ascii"),
        ("iso-8859-1", "x-unknown"),
        ("cp1252", "rot13"),
    ],
)
def test_a_charset_declared_wrongly_is_seen_through(encoding: str, declared: str) -> None:
    head = HEAD + f"Content-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: 8bit\n\n"
    assert body_of(head.encode() + "Ärendet är återremitterat.".encode(encoding)) == "Ärendet är återremitterat.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_headers_that_were_never_encoded_are_read_all_the_same(encoding: str) -> None:
    assert read_mail("Subject: Möte på Åsen\n\nHej".encode(encoding)).text == "# Möte på Åsen\n\nHej\n"


def test_a_message_without_subject_or_with_a_broken_date_says_what_it_has() -> None:
    assert read_mail(b"From: a@x.se\nDate: i dag\n\nHej").text == "# (utan ämne)\n\nFrån: a@x.se\nDatum: i dag\n\nHej\n"
    assert read_mail(b"Subject: =?utf-8?b?!!?= x\n\nHej").text.startswith("# ")


def test_flowing_lines_are_joined_and_others_stay() -> None:
    flowed = (
        HEAD
        + "Content-Type: text/plain; format=flowed; charset=utf-8\n\nEn lång \nrad som \nrinner.\n> citat som \n> rinner\n-- \nAnna\n"
    )
    assert body_of(flowed.encode()) == (
        "En lång rad som rinner.\n\nAnna\n\n## Tidigare meddelande\n\ncitat som rinner\n"
    )
    assert body_of(plain("rad ett\nrad två")) == "rad ett\nrad två\n"


# --- quoted messages


def test_quoted_words_stand_behind_the_new_ones() -> None:
    body = "> Kan ni yttra er?\n> Senast fredag.\nJa.\n\n> Och bilagan?\nKommer.\n"
    assert body_of(plain(body)) == (
        "Ja.\n\nKommer.\n\n## Tidigare meddelande\n\nKan ni yttra er?\nSenast fredag.\n\nOch bilagan?\n"
    )


@pytest.mark.parametrize(
    "attribution",
    [
        "Den mån 13 maj 2024 kl 14:02 skrev Bo Ek <bo@x.se>:",
        "Den mån 13 maj 2024 kl 14:02 skrev Bo Ek <\nbo@x.se>:",
        "On Mon, May 13, 2024 at 2:02 PM Bo Ek <bo@x.se> wrote:",
        "13 maj 2024 kl. 14:02 skrev Bo Ek <bo@x.se>:",
    ],
)
def test_the_line_that_says_who_wrote_goes_with_what_he_wrote(attribution: str) -> None:
    said = " ".join(attribution.split("\n"))
    assert body_of(plain(f"Vi avstyrker.\n\n{attribution}\n\n> Vad anser ni?\n")) == (
        f"Vi avstyrker.\n\n## Tidigare meddelande\n\n{said}\n\nVad anser ni?\n"
    )


@pytest.mark.parametrize(
    "original",
    [
        "-----Ursprungligt meddelande-----\nFrån: Bo\nSkickat: den 12 maj\nTill: Anna\nÄmne: Fråga\n\nVad anser ni?",
        "Från: Bo\nSkickat: den 12 maj\nTill: Anna\nÄmne: Fråga\n\nVad anser ni?",
        "________________________________\nFrån: Bo\nSkickat: den 12 maj\nTill: Anna\nÄmne: Fråga\n\nVad anser ni?",
    ],
)
def test_from_the_head_of_an_earlier_message_on_everything_is_quoted(original: str) -> None:
    assert body_of(plain(f"Vi avstyrker.\n\n{original}\n")) == (
        "Vi avstyrker.\n\n## Tidigare meddelande\n\nFrån: Bo\nSkickat: den 12 maj\nTill: Anna\nÄmne: Fråga\n\nVad anser ni?\n"
    )


def test_words_that_only_look_like_a_head_are_new() -> None:
    body = "Till: nämnden\n\nVi skrev den 3 maj att avgiften höjs.\nDatum: 3 maj\n"
    assert "Tidigare" not in body_of(plain(body))


# --- versions and attachments


def multipart(kind: str, *parts: str, head: str = HEAD) -> bytes:
    inside = "".join(f"--delar\n{part}\n" for part in parts)
    return f'{head}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="delar"\n\n{inside}--delar--\n'.encode()


def test_a_message_whose_parts_cannot_be_told_apart_keeps_its_words() -> None:
    broken = f'{HEAD}Content-Type: multipart/mixed; boundary="x"\n\n--y\n\nOrden finns här.\n--y--\n'
    assert "Orden finns här." in body_of(broken.encode())


PLAIN = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
PAGE = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"


def test_of_two_versions_the_plain_one_is_read_unless_it_is_only_a_notice() -> None:
    page = PAGE + "<p>Nämnden <b>avstyrker</b> förslaget i alla dess delar.</p><ol><li>ett<li>två</ol>"
    assert body_of(
        multipart("alternative", PLAIN + "Nämnden avstyrker förslaget i alla dess delar.\n1. ett\n2. två", page)
    ) == ("Nämnden avstyrker förslaget i alla dess delar.\n1. ett\n2. två\n")
    wanted = "Nämnden avstyrker förslaget i alla dess delar.\n\n1. ett\n2. två\n"
    assert body_of(multipart("alternative", PLAIN + "Stöder inte HTML.", page)) == wanted
    assert body_of(multipart("alternative", page)) == wanted


@pytest.mark.parametrize(
    "quote",
    [
        '<blockquote type="cite"><p>Vad anser ni?</p></blockquote>',
        '<div class="gmail_quote"><div>Vad anser ni?</div></div>',
        "<div><p><b>Från:</b> Bo<br>Skickat: i går<br>Till: Anna</p></div><p>Vad anser ni?</p>",
        "<p>Från: Bo</p><p>Skickat: i går</p><p>Till: Anna</p><p>Vad anser ni?</p>",
    ],
)
def test_quotes_in_a_page_stand_behind_the_new_words(quote: str) -> None:
    new, quoted = body_of(f"{HEAD}{PAGE}<p>Vi avstyrker.</p>{quote}".encode()).split("\n\n## Tidigare meddelande\n\n")
    assert new == "Vi avstyrker."
    assert quoted.endswith("Vad anser ni?\n")


def test_attachments_are_named_and_reported() -> None:
    def attached(kind: str, name: str) -> str:
        return f'Content-Type: {kind}\nContent-Disposition: attachment; filename="{name}"\n\nxx'

    inner = f"Content-Type: message/rfc822\n\nSubject: =?utf-8?q?Fr=C3=A5ga?=\n\n{PLAIN}Text inuti."
    picture = "Content-Type: image/png\nContent-ID: <1>\nContent-Disposition: inline; filename=logga.png\n\nxx"
    parts = (
        PLAIN + "Se bilagor.", attached("application/pdf", "a.pdf"), attached("text/plain", "..\\\\C/b.txt"),
        attached("application/x", "=?utf-8?q?=C3=A5.docx?="), inner, picture, attached("application/pkcs7-signature", "smime.p7s"),
    )  # fmt: skip
    extract = read_mail(multipart("mixed", *parts))
    assert extract.text == f"{TOP}Se bilagor.\n\nBilagor: a.pdf, b.txt, å.docx, Fråga.eml\n"
    assert extract.notes[0].reason == "4 attachments are not read (a.pdf, b.txt, å.docx, Fråga.eml)"


# --- what is no message, or one made to harm


def test_what_is_no_message_is_refused() -> None:
    for content in (b"%PDF-1.7", b"PK\x03\x04", b"bara text\n\nmer text", b""):
        with pytest.raises(ValueError, match="named as an e-mail"):
            read_mail(content)


def test_a_message_made_to_keep_the_parser_busy_is_refused() -> None:
    for content, reason in (
        (HEAD + "Content-Type: text/plain; x=" + ";" * 100_000 + "\n\nx", "longer than any"),
        (HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 2_000, "more than the 1000 parts"),
        (HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "\n" * 10_000_001, "taken apart"),
    ):
        with pytest.raises(ValueError, match=reason):
            read_mail(content.encode())


def test_an_empty_page_is_an_empty_message() -> None:
    assert read_mail(f"{HEAD}Content-Type: text/html\n\n".encode()).text == TOP.strip() + "\n"
    assert body_of(multipart("alternative", PLAIN + "Hej.", "Content-Type: text/html\n\n")) == "Hej.\n"


def test_an_encrypted_message_is_refused_with_a_remedy() -> None:
    with pytest.raises(UnreadableError, match="encrypted"):
        read_mail(f"{HEAD}Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nxx".encode())


def test_nesting_is_bounded() -> None:
    def nested(depth: int) -> bytes:
        text = HEAD
        for number in range(depth):
            text += f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\n'
        return (text + "Content-Type: text/plain\n\ndjupt").encode()

    assert body_of(nested(10)) == "djupt\n"
    for depth in (50, 5000):
        with pytest.raises(ValueError, match="nested"):
            read_mail(nested(depth))
