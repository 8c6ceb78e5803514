"""An original is handed out only as long as it is the very file that was read."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from ingest.original import Lost, OriginalError, original
from ingest.plan import content_hash, version_of
from ingest.settings import Settings

CONTENT = "Avgiften för bad är 40 kronor.\n".encode()
VERSION = version_of(CONTENT, b"recipe")
SETTINGS = Settings(max_file_bytes=1000)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "papper" / "nämnd"
    folder.mkdir(parents=True)
    (folder / "bad.txt").write_bytes(CONTENT)
    return folder.parent


def lost(root: Path, document: str, settings: Settings = SETTINGS) -> Lost:
    with pytest.raises(OriginalError) as caught:
        original(document, str(root), VERSION, settings)
    assert caught.value.document == document
    assert caught.value.reason
    assert caught.value.remedy
    return caught.value.lost


def test_a_version_begins_with_the_hash_of_the_content_whatever_read_it() -> None:
    assert version_of(CONTENT, b"another recipe") != VERSION
    assert VERSION.startswith(content_hash(CONTENT))
    assert not VERSION.startswith(content_hash(CONTENT + b" "))


def test_the_file_that_was_read_is_handed_out(root: Path) -> None:
    found = original("nämnd/bad.txt", str(root), VERSION, SETTINGS)
    assert (found.content, found.version, found.name) == (CONTENT, VERSION, "bad.txt")


def test_a_name_is_found_however_its_letters_are_composed_on_disk(root: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "nämnd")
    assert decomposed != "nämnd"
    (root / "nämnd").rename(root / decomposed)
    assert original("nämnd/bad.txt", str(root), VERSION, SETTINGS).content == CONTENT


@pytest.mark.parametrize(
    "document", ["../hemligt.txt", "nämnd/../../hemligt.txt", "/etc/passwd", "", "nämnd//bad.txt", "./bad.txt", "a\0b"]
)
def test_an_id_never_leads_out_of_the_folder(root: Path, document: str) -> None:
    (root.parent / "hemligt.txt").write_bytes(CONTENT)
    assert lost(root, document) is Lost.OUTSIDE


def test_a_link_out_of_the_folder_is_not_followed_even_to_the_same_content(root: Path) -> None:
    outside = root.parent / "hemligt.txt"
    outside.write_bytes(CONTENT)
    (root / "nämnd" / "bad.txt").unlink()
    (root / "nämnd" / "bad.txt").symlink_to(outside)
    assert lost(root, "nämnd/bad.txt") is Lost.OUTSIDE


def test_a_link_within_the_folder_is_followed(root: Path) -> None:
    (root / "lank.txt").symlink_to(root / "nämnd" / "bad.txt")
    assert original("lank.txt", str(root), VERSION, SETTINGS).content == CONTENT


def test_what_is_gone_changed_or_unreadable_says_so(root: Path) -> None:
    file = root / "nämnd" / "bad.txt"
    assert lost(root, "nämnd/bad.txt", Settings(max_file_bytes=10)) is Lost.UNREADABLE
    file.write_bytes(CONTENT.replace(b"40", b"90"))
    assert lost(root, "nämnd/bad.txt") is Lost.CHANGED
    file.unlink()
    assert lost(root, "nämnd/bad.txt") is Lost.GONE
    file.mkdir()
    assert lost(root, "nämnd/bad.txt") is Lost.UNREADABLE
    assert lost(root.parent / "borta", "nämnd/bad.txt") is Lost.GONE
