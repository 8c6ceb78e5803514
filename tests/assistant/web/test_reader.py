"""The reader over HTTP: what its pages say, what they never do, and what leaves the server as a file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from lxml import html
from PIL import Image
from starlette.testclient import TestClient

from assistant.service import Assistant
from assistant.web import links
from assistant.web.document_text import document_text
from assistant.web.reader import router
from assistant.web.reader_page import LARGE_PICTURE_PX, PICTURE_PX
from ingest.pages import BusyError, Pages
from tests.assistant.library import DECISION, HOSTILE, MEMO, MINUTES, NOTE, OVERLEAF, TABLE, opened


def client_of(assistant: Assistant) -> TestClient:
    application = FastAPI()
    application.include_router(router(assistant))
    return TestClient(application)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, Path]]:
    with opened(tmp_path_factory.mktemp("reader")) as found:
        yield found


@pytest.fixture(scope="module")
def client(reading: tuple[Assistant, Path]) -> TestClient:
    return client_of(reading[0])


def place(assistant: Assistant, document: str, first: str, last: str) -> tuple[int, int]:
    text = assistant.library.source(document).text  # type: ignore[union-attr]
    start = text.index(first)
    return start, text.index(last, start) + len(last)


def folded(text: str) -> str:
    return " ".join(text.split())


def words_of(page: str) -> str:
    return folded(" ".join(html.fromstring(page).itertext()))


def opened_at(
    reading: tuple[Assistant, Path], client: TestClient, document: str, first: str, last: str, **more: object
) -> str:
    start, end = place(reading[0], document, first, last)
    answer = client.get(links.reader_url(document, start, end, **more))  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return answer.text


# -- a page of a PDF ------------------------------------------------------------------------------------------------


def test_a_quote_is_boxed_on_the_picture_of_its_page(reading: tuple[Assistant, Path], client: TestClient) -> None:
    page = opened_at(reading, client, MINUTES, "Kommunfullmäktige beslutar", "2025.")
    tree = html.fromstring(page)
    assert tree.get("lang") == "sv"
    assert len(tree.xpath("//*[local-name()='rect']")) == 2
    assert tree.xpath(f"//*[local-name()='rect'][@id='{links.QUOTE_ID}']")
    assert len(tree.xpath(f"//*[@id='{links.QUOTE_ID}']")) == 1
    assert folded(tree.xpath("//blockquote")[0].text_content()) == DECISION
    said = words_of(page)
    for expected in (
        "Beslut Antaget av det organ som beslutar",
        "§ 61",
        "Sammanträde 2024-05-13",
        "Protokoll kommunfullmäktige 2024-05-13",
        "Sida 1 av / 2",
    ):
        assert expected in said, expected
    assert "2025-01-01 (gäller från)" in said
    (picture,) = tree.xpath("//img")
    shown = client.get(picture.get("src"))
    assert shown.headers["content-type"] == "image/png"
    drawn = Image.open(io.BytesIO(shown.content))
    assert drawn.size == (int(picture.get("width")), int(picture.get("height")))


def test_a_quote_that_runs_on_overleaf_is_boxed_on_both_pages(
    reading: tuple[Assistant, Path], client: TestClient
) -> None:
    page = opened_at(reading, client, MINUTES, "Beslutet gäller under", "området.")
    tree = html.fromstring(page)
    quoted = tree.xpath("//blockquote")[0].text_content()
    assert folded(quoted.replace("…", "")) == OVERLEAF
    (onward,) = tree.xpath("//a[contains(., 'fortsätter på nästa sida')]")
    overleaf = html.fromstring(client.get(onward.get("href")).text)
    assert overleaf.xpath("//*[local-name()='rect']")
    assert overleaf.xpath("//a[contains(., 'börjar på föregående sida')]")


def test_pages_are_turned_by_link_and_by_number_and_shown_larger(
    reading: tuple[Assistant, Path], client: TestClient
) -> None:
    page = opened_at(reading, client, MINUTES, "Kommunfullmäktige beslutar", "2025.", language="en", theme="dark")
    tree = html.fromstring(page)
    (onward,) = tree.xpath("//a[@aria-label='Next']")
    assert not tree.xpath("//a[@aria-label='Previous']")
    second = client.get(onward.get("href")).text
    assert "Page 2 of / 2" in words_of(second)
    assert html.fromstring(second).get("class") == "dark"
    assert "theme=dark" in onward.get("href")
    (form,) = tree.xpath("//form")
    given = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    assert {**given, "page": "2"} == {**given, "page": "2", "document": MINUTES, "lang": "en", "theme": "dark"}
    assert "Page 2 of / 2" in words_of(client.get(form.get("action"), params={**given, "page": "2"}).text)
    (larger,) = tree.xpath("//a[@aria-label='Larger']")
    zoomed = html.fromstring(client.get(larger.get("href")).text)
    assert zoomed.xpath("//*[contains(@class, 'zoom-150')]")
    assert f"width={LARGE_PICTURE_PX}" in zoomed.xpath("//img")[0].get("src")
    for number in ("0", "99", "-1", "x", "9" * 30, "２"):
        assert client.get(links.READER, params={"document": MINUTES, "page": number}).status_code == 200


def test_a_picture_is_sent_once(client: TestClient, reading: tuple[Assistant, Path]) -> None:
    source = reading[0].library.source(MINUTES)
    assert source is not None
    address = links.page_picture_url(MINUTES, 1, source.version, PICTURE_PX)
    first = client.get(address)
    assert "private" in first.headers["cache-control"]
    again = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    for number, width in ((1, 100_000), (1, 1599), ("x", PICTURE_PX)):
        answer = client.get(links.PAGE_PICTURE, params={"document": MINUTES, "page": number, "width": width})
        assert answer.status_code == 404
    assert client.get(links.page_picture_url(MINUTES, 9, "", PICTURE_PX)).status_code == 422
    assert client.get(links.page_picture_url(MEMO, 1, "", PICTURE_PX)).status_code == 404


# -- text -----------------------------------------------------------------------------------------------------------


def test_other_formats_are_shown_as_text_with_the_words_marked(
    reading: tuple[Assistant, Path], client: TestClient
) -> None:
    page = opened_at(reading, client, MEMO, "Avgiften för sophämtning fastställs", "året.", language="en")
    tree = html.fromstring(page)
    (mark,) = tree.xpath("//mark")
    assert mark.get("id") == links.QUOTE_ID
    assert mark.text_content() == "Avgiften för sophämtning fastställs till 1 250 kronor om året."
    assert "1. " + mark.text_content() == mark.getparent().text_content()
    assert "Förslag till beslut" in [heading.text_content() for heading in tree.xpath("//h3")]
    said = words_of(page)
    assert "Proposal Put forward for decision. Does not show what was decided." in said
    assert "point 1" in said
    assert not tree.xpath("//img")


def test_a_table_is_shown_as_one(reading: tuple[Assistant, Path], client: TestClient) -> None:
    page = opened_at(reading, client, TABLE, "| Utebad", "20")
    rows = [[cell.text_content() for cell in row] for row in html.fromstring(page).xpath("//tr")]
    assert rows == [["Bad", "Avgift"], ["Simhall", "58"], ["Utebad", "20"]]
    assert [mark.text_content() for mark in html.fromstring(page).xpath("//mark")] == ["Utebad", "20"]


def test_every_character_of_the_text_is_shown(reading: tuple[Assistant, Path]) -> None:
    for document in (MINUTES, MEMO, NOTE):
        source = reading[0].library.source(document)
        assert source is not None
        for page in source.pages:
            shown = html.fromstring(document_text(source, page, (), "Tabell")).text_content()
            signs = re.sub(r"[\s#\u202e]", "", page.of(source.text))
            assert re.sub(r"[\s#]", "", shown) == signs


def test_nothing_in_a_document_can_act(reading: tuple[Assistant, Path], client: TestClient) -> None:
    source = reading[0].library.source(NOTE)
    assert source is not None
    answer = client.get(links.reader_url(NOTE, 0, len(source.text)))
    tree = html.fromstring(answer.text)
    assert not tree.xpath("//script | //*[local-name()='iframe'] | //img | //object | //base")
    names = {name for element in tree.iter() if isinstance(element.tag, str) for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name in {"style", "srcdoc"}}
    assert all(address.startswith(("/", "#")) for address in tree.xpath("//@href | //@src | //@action"))
    assert "<script>document.title='hacked'</script>" in unescape(answer.text)
    assert "javascript:alert(1)" in tree.text_content(), "it is shown as the characters it consists of"
    assert "\u202e" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; img-src 'self'; style-src 'self'; ")
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert HOSTILE[:8] not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        {"document": HOSTILE},
        {},
        {"document": "../index/registry.sqlite3"},
        {"document": "/etc/passwd", "lang": "en"},
        {"document": "norrby\\memo.txt", "lang": "<b>", "theme": "\"'><script>"},
    ],
)
def test_what_is_no_document_is_not_found(client: TestClient, query: dict[str, str]) -> None:
    for path in (links.READER, links.ORIGINAL):
        answer = client.get(path, params=query)
        assert answer.status_code == 404
        assert "<script" not in answer.text
        assert ("No such document" if query.get("lang") == "en" else "Handlingen finns inte") in answer.text
    assert client.get(links.PAGE_PICTURE, params={**query, "page": 1, "width": PICTURE_PX}).status_code == 404


def test_a_place_that_is_not_there_is_said(client: TestClient) -> None:
    for query in (
        {"start": "0", "end": "999999"},
        {"start": "5", "end": "5"},
        {"start": "x", "end": "7"},
        {"start": "3"},
    ):
        page = client.get(links.READER, params={"document": MEMO, **query})
        assert page.status_code == 200
        assert "finns inte i handlingen" in page.text
        assert "<mark" not in page.text


# -- the matter -----------------------------------------------------------------------------------------------------


def test_the_course_of_the_matter_leads_to_its_other_papers(
    reading: tuple[Assistant, Path], client: TestClient
) -> None:
    tree = html.fromstring(opened_at(reading, client, MINUTES, "Kommunfullmäktige beslutar", "2025."))
    steps = tree.xpath("//ol[@class='steps']/li")
    assert [folded(" ".join(step.itertext())) for step in steps] == [
        "2024-04-02 Förslag Avgift för sophämtning Kommunfullmäktige",
        "2024-05-13 Beslut Avgift för sophämtning Kommunfullmäktige § 61 · antagen Visas nu",
    ]
    assert [bool(step.xpath(".//*[@aria-current]")) for step in steps] == [False, True]
    memo = html.fromstring(client.get(steps[0].xpath(".//a/@href")[0]).text)
    assert "1 250 kronor" in " ".join(mark.text_content() for mark in memo.xpath("//mark"))


# -- originals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "kind"), [(MINUTES, "application/pdf"), (MEMO, "text/plain"), (NOTE, "text/markdown")]
)
def test_an_original_is_downloaded_by_its_id_and_can_do_nothing(
    reading: tuple[Assistant, Path], client: TestClient, document: str, kind: str
) -> None:
    answer = client.get(links.original_url(document))
    assert answer.content == (reading[1] / document).read_bytes()
    assert answer.headers["content-type"].startswith(kind)
    name = document.split("/")[-1]
    assert answer.headers["content-disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_changed_file_is_not_handed_out_and_the_stored_text_is_shown(tmp_path: Path) -> None:
    with opened(tmp_path) as (assistant, root):
        (root / MINUTES).write_bytes(b"%PDF-1.4 another")
        (root / MEMO).unlink()
        client = client_of(assistant)
        for document, why in ((MINUTES, "har ändrats"), (MEMO, "finns inte kvar")):
            answer = client.get(links.original_url(document))
            assert answer.status_code == 410
            assert why in answer.text
            assert b"another" not in answer.content
            page = client.get(links.reader_url(document))
            assert why in page.text
            assert "Hämta originalet" not in page.text
            assert "sophämtning" in page.text
        assert client.get(links.page_picture_url(MINUTES, 1, "", PICTURE_PX)).status_code == 410


def test_a_page_that_cannot_be_drawn_is_shown_as_text(
    reading: tuple[Assistant, Path], client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.errors import DocumentError

    def broken(*_: object) -> bytes:
        raise DocumentError(MINUTES, "reading it crashed (SIGSEGV)", "save it anew")

    def busy(*_: object) -> bytes:
        raise BusyError

    for fails, said in ((broken, "Sidan kan inte visas som bild"), (busy, "Försök igen")):
        monkeypatch.setattr(Pages, "picture", fails)
        page = opened_at(reading, client, MINUTES, "Kommunfullmäktige beslutar", "2025.")
        assert said in page
        assert "<img" not in page
        assert folded(" ".join(mark.text_content() for mark in html.fromstring(page).xpath("//mark"))) == DECISION


def test_a_scan_is_shown_before_its_words_are_found(
    reading: tuple[Assistant, Path], client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pages, "text", lambda *_: None)
    page = opened_at(reading, client, MINUTES, "Kommunfullmäktige beslutar", "2025.")
    tree = html.fromstring(page)
    assert "Orden letas upp" in page
    assert tree.xpath("//a[contains(., 'Visa sidan igen')]")
    assert tree.xpath("//img")
    assert tree.xpath(f"//details[@open]//mark[@id='{links.QUOTE_ID}']"), "the words are there to read meanwhile"
