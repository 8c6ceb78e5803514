"""Settings: sources in their order, and unknown keys refused."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.cli import main
from ingest.commands import COMMANDS
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


KEY = "sk-hemlig-0123456789"


def test_a_key_is_taken_from_the_environment_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RADSLAG_LLM_KEY", KEY)
    settings = load_settings()
    assert settings.llm_key is not None
    assert settings.llm_key.get_secret_value() == KEY
    assert main("radslag", "", COMMANDS, ["settings"]) == 0
    shown = capsys.readouterr()
    assert "llm_key" in shown.out
    for words in (shown.out, shown.err, repr(settings), str(settings), settings.model_dump_json()):
        assert KEY not in words


def test_the_settings_printed_are_a_file_of_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "radslag.toml").write_text(
        'index = "svart \\"låda\\""\nignore = ["*.å"]\nport = 8000\n', encoding="utf-8"
    )
    settings = load_settings()
    assert main("radslag", "", COMMANDS, ["settings"]) == 0
    printed = capsys.readouterr().out
    assert "# accounts is not set" in printed
    (tmp_path / "radslag.toml").write_text(printed, encoding="utf-8")
    assert load_settings() == settings
    assert (settings.index, settings.ignore, settings.port) == (Path('svart "låda"'), ("*.å",), 8000)


def test_a_key_in_the_file_is_refused_without_being_shown(tmp_path: Path) -> None:
    (tmp_path / "radslag.toml").write_text(f'llm_key = "{KEY}"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="needs to be in the environment") as caught:
        load_settings()
    assert KEY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "url",
    [f"http://user:{KEY}@127.0.0.1/v1", f"http://127.0.0.1/v1?key={KEY}", f"ftp://{KEY}", KEY, f"http://[{KEY}/v1"],
)
def test_an_address_that_may_hold_a_key_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(UsageError, match="setting llm_url: found something else, needs an address") as caught:
        load_settings(llm_url=url)
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_an_address_needs_no_stroke_at_its_end() -> None:
    assert load_settings(llm_url="http://127.0.0.1:8080/v1/").llm_url == "http://127.0.0.1:8080/v1"
