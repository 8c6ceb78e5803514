"""Which files are found, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UsageError
from ingest.sources import find_sources

IGNORE = (".*", "_*", "README*", "~$*")


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return folder


def ids(paths: list[Path], known: tuple[str, ...] = ()) -> list[str]:
    return [source.id for source in find_sources(paths, known, IGNORE).files]


def test_ids_are_paths_below_the_root_with_slashes(tmp_path: Path) -> None:
    root = tree(tmp_path / "arkiv", "b/två.txt", "a/ett.md", "noll.txt")
    assert ids([root]) == ["a/ett.md", "b/två.txt", "noll.txt"]


def test_names_that_are_no_documents_are_left_out(tmp_path: Path) -> None:
    root = tree(tmp_path, "README.md", ".gömd/x.txt", "_källor/x.txt", "~$lås.txt", "x.txt")
    assert ids([root]) == ["x.txt"]


def test_a_file_alone_takes_its_folder_as_root(tmp_path: Path) -> None:
    root = tree(tmp_path, "a/ett.txt", "a/två.txt")
    assert ids([root / "a" / "ett.txt"]) == ["ett.txt"]


def test_a_path_inside_a_known_root_keeps_its_ids(tmp_path: Path) -> None:
    root = tree(tmp_path.resolve(), "a/ett.txt", "b/två.txt")
    found = find_sources([root / "a"], (str(root),), IGNORE)
    assert [source.id for source in found.files] == ["a/ett.txt"]
    assert found.covers(str(root), "a/borta.txt")
    assert not found.covers(str(root), "b/två.txt")
    assert not found.covers(str(root), "ab.txt")


def test_links_out_of_the_root_are_not_followed(tmp_path: Path) -> None:
    root = tree(tmp_path / "arkiv", "x.txt")
    tree(tmp_path / "annat", "hemlig.txt")
    (root / "länk.txt").symlink_to(tmp_path / "annat" / "hemlig.txt")
    (root / "mapp").symlink_to(tmp_path / "annat", target_is_directory=True)
    assert ids([root]) == ["x.txt"]


def test_the_same_file_named_twice_is_found_once(tmp_path: Path) -> None:
    root = tree(tmp_path, "x.txt")
    assert ids([root, root]) == ["x.txt"]


def test_a_path_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        ids([tmp_path / "borta"])
