"""Settings: sources in their order, and unknown keys refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.errors import UsageError
from ingest.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_arguments_go_before_environment_before_file_before_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "radslag.toml").write_text('port = 1111\nhost = "127.0.0.2"\nef_search = 500\n', encoding="utf-8")
    monkeypatch.setenv("RADSLAG_PORT", "2222")
    monkeypatch.setenv("RADSLAG_HOST", "127.0.0.3")
    settings = load_settings(port=3333, host=None)
    assert (settings.port, settings.host, settings.ef_search) == (3333, "127.0.0.3", 500)
    assert settings.dense_weight == Settings.model_fields["dense_weight"].default


def test_an_unknown_key_in_the_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "radslag.toml").write_text("prot = 1\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"unknown setting prot in radslag\.toml"):
        load_settings()


def test_an_unknown_key_in_the_environment_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADSLAG_PROT", "1")
    with pytest.raises(UsageError, match="unknown setting RADSLAG_PROT"):
        load_settings()


def test_a_value_that_does_not_fit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADSLAG_PORT", "många")
    with pytest.raises(UsageError, match=r"setting port: .*många"):
        load_settings()


def test_a_broken_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "radslag.toml").write_text("port = \n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"radslag\.toml"):
        load_settings()


def test_settings_cannot_be_changed() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


def test_every_setting_says_what_it_means() -> None:
    assert all(field.description and field.description.endswith(".") for field in Settings.model_fields.values())
