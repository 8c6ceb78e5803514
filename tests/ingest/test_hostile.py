"""Files made to harm: each is read or refused with a reason and a remedy, in bounded time, and the rest goes on."""

from __future__ import annotations

import os
import socket
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.chain import ingest
from ingest.errors import DocumentError, UsageError
from ingest.read.refused import REFUSED
from ingest.settings import Settings
from ingest.sources import Source
from ingest.workers import Workers
from tests.encoders import ToyEncoder
from tests.ingest import hostile
from tests.ordinary import closed_files_are_closed

pytestmark = pytest.mark.slow

LIMITS = Settings(read_seconds=15, ocr_seconds=5, document_seconds=60, read_megabytes=1_000)


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with Workers(LIMITS) as workers:
        yield workers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "arkiv"
    root.mkdir()
    (root / "bad.txt").write_text(hostile.PROSE, encoding="utf-8")
    return root


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return LIMITS.model_copy(update={"index": tmp_path / "index"})


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_read_or_refused_with_a_remedy(pool: Workers, tmp_path: Path, name: str) -> None:
    case = hostile.FILES[name]
    path = tmp_path / name
    path.write_bytes(case.content())
    if case.reason is None:
        document, passages = pool.parse(Source(name, path, tmp_path), "1")
        assert "avgift för bad" in " ".join(document.text.split())
        assert "root:" not in document.text  # of a file it tried to draw in
        assert "alert" not in document.text
        assert all(len(passage.text) <= LIMITS.passage_chars for passage in passages)
        return
    with pytest.raises(DocumentError, match=case.reason) as caught:
        pool.parse(Source(name, path, tmp_path), "1")
    assert caught.value.document == name
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["bad.pdf", "bad.docx", "bad.odt", "bad.html", "bad.eml", "bad.txt", "bad.md"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_read_or_refused(pool: Workers, tmp_path: Path, name: str, share: float) -> None:
    whole = {
        "bad.pdf": hostile.pages(3),
        "bad.docx": hostile.WORD,
        "bad.odt": hostile.OPEN,
        "bad.eml": hostile.nested_mail(3),
    }.get(name, f"<p>{hostile.PROSE}</p>".encode())
    path = tmp_path / name
    path.write_bytes(whole[: int(share * len(whole))])
    said = outcome(pool, path)
    assert said
    assert "failed" not in said
    assert "crashed" not in said


def outcome(pool: Workers, path: Path) -> str:
    """The text of a file, or why it isn't read and what to do."""
    try:
        return pool.parse(Source(path.name, path, path.parent), "1")[0].text.strip()
    except DocumentError as error:
        return f"{error.reason}; {error.remedy}"


# Each is repeated until it fills 20 kB, with nothing, a line end or an empty line between.
UNITS = (
    ". - – _ * # | > ( [ < & 1 1. 1.1 § a A Å a.b a- A. ; : , “ A) 1) a@ ... [a]( <a &amp; 2024- 12- \t \xa0 \xad \f "
    "Köpings kommun|Dnr: KS 2024/1|den 1 maj|bilaga 1|Sida 1 (2)|Anna Ek (S), |§ 1 |- a|1. a|Från: a|. |- |* |a |A "
)


@pytest.mark.slow
@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.eml"])
def test_time_grows_no_faster_than_the_text(pool: Workers, tmp_path: Path, name: str, between: str) -> None:
    path = tmp_path / name
    spaced, _, words = UNITS.partition("Köpings")
    late = []
    for unit in (*spaced.strip(" ").split(" "), *f"Köpings{words}".split("|")):
        before = hostile.HEAD + "\n" if name.endswith("eml") else ""
        path.write_text(before + (unit + between) * (20_000 // len(unit + between)), encoding="utf-8")
        if "took longer" in outcome(pool, path):
            late.append(unit)
    assert not late


# Names, links and things that are no files


def test_names_that_could_deceive_or_break_a_report_are_refused(folder: Path, settings: Settings) -> None:
    odd = {"a\nb.txt": "a\\nb.txt", "a\x1b[31m.txt": "a\\x1b[31m.txt", "a\u202etxt.pdf": "a\\u202etxt.pdf"}
    for name in odd:
        (folder / name).write_text(hostile.PROSE, encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/a\xff.txt")).write_text(hostile.PROSE, encoding="utf-8")
    report = ingest([folder], settings, ToyEncoder())
    assert report.added == 1
    assert {failure.document for failure in report.failed} == {*odd.values(), "a\\udcff.txt"}
    assert {(failure.reason, failure.remedy) for failure in report.failed} == {
        ("its name holds signs that cannot be shown", "rename it")
    }


def test_long_names_and_names_with_dots_are_read(folder: Path, settings: Settings) -> None:
    for name in ("å" * 120 + ".txt", "a..b.txt", "...txt.txt", "#1 100% & 'så'.txt", "a\u00a0b.TXT"):
        (folder / name).write_text(hostile.PROSE, encoding="utf-8")
    report = ingest([folder], settings.model_copy(update={"ignore": ()}), ToyEncoder())
    assert (report.added, report.failed) == (6, ())


def test_two_names_that_look_alike_are_told_apart_or_refused(folder: Path, settings: Settings) -> None:
    for form in ("NFC", "NFD"):
        (folder / unicodedata.normalize(form, "så.txt")).write_text(f"{form}. {hostile.PROSE}", encoding="utf-8")
    if len(list(folder.iterdir())) < 3:
        pytest.skip("this file system takes them for one name")
    report = ingest([folder], settings, ToyEncoder())
    assert report.added == 2
    assert [failure.document for failure in report.failed] == ["så.txt"]
    assert "would have the same name in the index" in report.failed[0].reason


def test_links_are_followed_inside_the_folder_only_and_the_others_told_of(
    folder: Path, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "hemligt.txt").write_text("Lösenordet är hemligt. " * 5, encoding="utf-8")
    (folder / "inne.txt").symlink_to("bad.txt")
    (folder / "ut.txt").symlink_to(tmp_path / "hemligt.txt")
    (folder / "mapp").symlink_to(tmp_path, target_is_directory=True)
    (folder / "själv.txt").symlink_to("själv.txt")
    (folder / "ingenstans.txt").symlink_to("borta.txt")
    report = ingest([folder], settings, ToyEncoder())
    assert report.added == 2
    assert [failure.document for failure in report.failed] == ["ingenstans.txt", "själv.txt"]
    nowhere, circle = report.failed
    assert "cannot be opened" in circle.reason
    assert nowhere.reason == "the link leads nowhere"
    (note,) = report.notes
    assert "not followed: mapp, ut.txt" in note.reason
    assert note.document == str(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_pipes_sockets_and_folders_named_as_documents_keep_nobody_waiting(folder: Path, settings: Settings) -> None:
    os.mkfifo(folder / "rör.pdf")
    (folder / "mapp.pdf").mkdir()
    (folder / "mapp.pdf" / "bad.txt").write_text(hostile.PROSE, encoding="utf-8")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket is at most a hundred bytes long
        server.bind("uttag.txt")
        os.chdir(here)
        report = ingest([folder], settings, ToyEncoder())
    assert report.added == 2
    assert [(failure.document, failure.reason) for failure in report.failed] == [
        (name, "it is no file but a folder, a pipe or a device") for name in ("rör.pdf", "uttag.txt")
    ]
    assert len(ingest([folder / "rör.pdf"], settings, ToyEncoder()).failed) == 1


def test_a_closed_file_is_reported_and_a_closed_folder_forgets_nothing(folder: Path, settings: Settings) -> None:
    (folder / "nämnd").mkdir()
    (folder / "nämnd" / "sopor.txt").write_text(hostile.PROSE, encoding="utf-8")
    assert ingest([folder], settings, ToyEncoder()).added == 2
    (folder / "bad.txt").chmod(0)
    (folder / "nämnd").chmod(0)
    try:
        with closed_files_are_closed():
            report = ingest([folder], settings, ToyEncoder())
    finally:
        (folder / "nämnd").chmod(0o700)
    assert report.removed == 0
    assert [failure.document for failure in report.failed] == [str(folder / "nämnd"), "bad.txt"]
    assert all("(Permission denied)" in failure.reason for failure in report.failed)


def test_a_file_that_vanishes_or_grows_beyond_the_limit_meanwhile_is_reported(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("borta", "växer"):
        (folder / f"{name}.txt").write_text(hostile.PROSE, encoding="utf-8")
    small = settings.model_copy(update={"max_file_bytes": 1_000})

    def meanwhile(workers: Workers, source: Source, version: str) -> object:
        (folder / "borta.txt").unlink(missing_ok=True)
        (folder / "växer.txt").write_text(hostile.PROSE * 100, encoding="utf-8")
        return parse(workers, source, version)

    parse = Workers.parse
    monkeypatch.setattr(Workers, "parse", meanwhile)
    report = ingest([folder], small, ToyEncoder())
    assert report.added == 1
    assert [failure.document for failure in report.failed] == ["borta.txt", "växer.txt"]
    assert report.failed[0].reason == "the file has vanished"
    assert "more than the 1000 allowed" in report.failed[1].reason


@pytest.mark.parametrize("ending", [".doc", ".msg", ".jpg"])
def test_old_and_foreign_formats_are_refused_by_name(folder: Path, settings: Settings, ending: str) -> None:
    name = f"gammal{ending.upper()}"
    (folder / name).write_bytes(b"x")
    report = ingest([folder], settings, ToyEncoder())
    (failure,) = report.failed
    assert failure.document == name
    assert f"({ending}) are not read" in failure.reason
    assert failure.remedy == REFUSED[ending][1]


def test_files_of_other_kinds_are_counted_in_one_note(folder: Path, settings: Settings) -> None:
    for name in ("a.xyz", "b.XYZ", "c.xyz", "d.log", "utan"):
        (folder / name).write_bytes(b"x")
    report = ingest([folder], settings, ToyEncoder())
    assert (report.added, report.failed) == (1, ())
    (note,) = report.notes
    assert note.reason == "5 files of other kinds are not read (3 named .xyz, 1 named .log, 1 named without an ending)"
    assert "save those that matter as .txt" in note.remedy
    (folder / "bad.txt").rename(folder / "bad")
    with pytest.raises(UsageError, match=r"no documents in .*arkiv; 6 files of other kinds"):
        ingest([folder], settings.model_copy(update={"index": folder.parent / "annat"}), ToyEncoder())
