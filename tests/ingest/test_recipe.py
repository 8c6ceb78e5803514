"""A digest of code covers what the named modules import, however far away."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import recipe
from ingest.recipe import digest_of_code


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "read").mkdir()
    for name, text in {
        "near.py": "from ingest.far import thing\n",
        "far.py": "def late():\n    from ingest.read.table import row\n",
        "other.py": "OTHER = 1\n",
        "read/table.py": "row = 1\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(recipe, "_PACKAGE", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "differs"), [("near.py", True), ("far.py", True), ("read/table.py", True), ("other.py", False)]
)
def test_a_change_counts_where_it_is_imported(package: Path, changed: str, differs: bool) -> None:
    digest_of_code.cache_clear()
    before = digest_of_code("near")
    file = package / changed
    file.write_text(file.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    digest_of_code.cache_clear()
    assert (digest_of_code("near") != before) is differs
    digest_of_code.cache_clear()


def test_the_modules_of_the_package_are_there() -> None:
    assert digest_of_code("structure") != digest_of_code("split") != digest_of_code("matters")
