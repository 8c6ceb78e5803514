"""Files on their way in: under which name, how large, how many, and that none takes the place of another."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.settings import Settings
from ingest.uploads import (
    FOLDER,
    Incoming,
    Reason,
    UploadRefused,
    remove,
    safe_folder,
    safe_name,
    uploads_folder,
    waiting,
)

PDF = b"%PDF-1.7 not much of one"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index")


def put(settings: Settings, name: str, content: bytes = PDF, known: frozenset[str] = frozenset()) -> str:
    with Incoming(name, "Köpings kommun", settings, known) as incoming:
        incoming.write(content)
        return incoming.keep()


def refused(settings: Settings, name: str, content: bytes = PDF) -> Reason:
    with pytest.raises(UploadRefused) as caught:
        put(settings, name, content)
    return caught.value.reason


def files(settings: Settings) -> list[str]:
    root = uploads_folder(settings)
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_uploads_lie_beside_the_index_or_where_a_setting_says(settings: Settings, tmp_path: Path) -> None:
    assert uploads_folder(settings) == tmp_path / "index-uploads"
    assert uploads_folder(Settings(index=Path())).is_absolute()
    assert uploads_folder(Settings(uploads=tmp_path / "annat")) == tmp_path / "annat"


def test_a_file_is_kept_whole_in_the_folder_of_its_municipality(settings: Settings) -> None:
    document = put(settings, "Protokoll KF.PDF")
    assert document == f"{FOLDER}/kopings/Protokoll KF.pdf"
    assert (uploads_folder(settings) / document).read_bytes() == PDF
    assert files(settings) == [document]
    assert waiting(settings, ()) == (document,)
    assert waiting(settings, {document}) == ()


def test_no_file_takes_the_place_of_another(settings: Settings) -> None:
    documents = [put(settings, "a.pdf", PDF + bytes([number])) for number in range(3)]
    assert len(set(documents)) == 3
    assert documents[1].endswith("a-2.pdf")
    assert (uploads_folder(settings) / documents[0]).read_bytes() == PDF + b"\0"
    assert put(settings, "b.pdf", known=frozenset({f"{FOLDER}/kopings/b.pdf"})).endswith("b-2.pdf")


def test_the_same_file_is_not_taken_twice(settings: Settings) -> None:
    put(settings, "a.pdf")
    assert refused(settings, "a.pdf") is Reason.SAME
    assert len(files(settings)) == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.exe", PDF, Reason.KIND),
        ("a", PDF, Reason.KIND),
        ("a.pdf.js", PDF, Reason.KIND),
        ("a.doc", PDF, Reason.CONVERT),
        ("a.zip", PDF, Reason.CONVERT),
        ("a.pdf", b"", Reason.EMPTY),
        ("a.pdf", b"x" * 1_000_001, Reason.SIZE),
    ],
)
def test_what_is_not_taken_leaves_nothing_behind(settings: Settings, name: str, content: bytes, reason: Reason) -> None:
    small = settings.model_copy(update={"upload_megabytes": 1})
    assert refused(small, name, content) is reason
    assert files(small) == []


def test_a_file_that_breaks_off_leaves_nothing_behind(settings: Settings) -> None:
    with Incoming("a.pdf", "", settings, ()) as incoming:
        incoming.write(PDF)
        assert waiting(settings, ()) == (), "half a file is no document"
    assert files(settings) == []


def test_only_so_many_files_may_wait_to_be_read(settings: Settings) -> None:
    few = settings.model_copy(update={"upload_files": 2})
    first = put(few, "1.pdf")
    put(few, "2.pdf")
    assert refused(few, "3.pdf") is Reason.COUNT
    assert put(few, "3.pdf", known=frozenset({first})).endswith("3.pdf")


def test_a_folder_that_cannot_be_written_is_told_apart(settings: Settings) -> None:
    uploads_folder(settings).write_text("a file in its place", encoding="utf-8")
    assert refused(settings, "a.pdf") is Reason.DISK


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\dokument\\Å Ä Ö.docx", "Å Ä Ö.docx"),
        (".htaccess.txt", "htaccess.txt"),
        ("_dold.md", "dold.md"),
        ("~$lås.docx", "lås.docx"),
        ("README.md", "handling README.md"),
        ("<script>.txt", "script-.txt"),
        ("\u202etxt.exe.pdf", "txt.exe.pdf"),
        ("...pdf", "handling.pdf"),
        ("a\nb.txt", "a-b.txt"),
    ],
)
def test_names_are_made_safe(settings: Settings, name: str, safe: str) -> None:
    assert safe_name(name, settings) == safe


@given(st.text(max_size=200))
def test_a_safe_name_stays_in_its_folder_and_is_not_ignored(name: str) -> None:
    settings = Settings()
    safe = safe_name(f"{name}.pdf", settings)
    assert safe.endswith(".pdf")
    assert Path(safe).name == safe
    assert not set(safe) & set('/\\\0\n"<>')
    assert not any(fnmatch(safe, pattern) for pattern in settings.ignore)
    assert len(safe.encode()) <= 255
    assert safe_name(safe, settings) == safe


@given(st.text(max_size=100))
def test_a_folder_is_one_plain_word(municipality: str) -> None:
    folder = safe_folder(municipality)
    assert folder
    assert set(folder) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_folders_are_named_as_municipalities_are() -> None:
    assert [safe_folder(name) for name in ("Köpings kommun", "Göteborgs Stad", "Upplands Väsby kommun", "")] == [
        "kopings",
        "goteborgs",
        "upplands-vasby",
        "handling",
    ]


def test_only_uploads_can_be_removed(settings: Settings, tmp_path: Path) -> None:
    document = put(settings, "a.pdf")
    (tmp_path / "b.pdf").write_bytes(PDF)
    for other in ("b.pdf", f"{FOLDER}/../../b.pdf", "../b.pdf"):
        with pytest.raises(ValueError, match="no uploaded document"):
            remove(other, settings)
    assert (tmp_path / "b.pdf").exists()
    remove(document, settings)
    remove(document, settings)
    assert files(settings) == []
