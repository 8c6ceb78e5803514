"""A small index to be damaged, looked at and mended with the commands that the findings name."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from ingest.chain import ingest
from ingest.cli import main
from ingest.commands import COMMANDS
from ingest.doctor.examine import CHECKS, examination, examine
from ingest.doctor.examined import Examined
from ingest.doctor.finding import Finding, Severity
from ingest.settings import Settings
from ingest.store import REGISTRY_FILE
from tests.encoders import ToyEncoder

Item = TypeVar("Item")
TODAY = date(2026, 11, 22)
MEMO = """2024-05-13

Tjänsteskrivelse

Avgift för {what}

Förslag till beslut

1. Avgiften för {what} fastställs till {sum} kronor.
2. Beslutet gäller under förutsättning att budgeten för {what} antas.

Ärendebeskrivning

Kommunen tar i dag ut en avgift för {what}. Den har inte höjts på tio år, och {other}
"""
OTHERS = {
    "bad": "simhallens vattenrening måste bytas ut före sommaren.",
    "sopor": "lastbilarna som hämtar kärlen drivs numera med biogas från reningsverket.",
    "torgplatser": "knallarna har bett om eluttag vid de platser som ligger längst från rådhuset.",
}


def unmoved(items: Sequence[Item]) -> Iterable[Item]:
    """No bar."""
    return items


@dataclass
class Clinic:
    """An archive and its index, with the encoder both commands are given."""

    archive: Path
    settings: Settings
    encoder: ToyEncoder

    @contextmanager
    def opened(self) -> Iterator[Examined]:
        with examination(self.settings, TODAY, unmoved, self.encoder) as examined:
            yield examined

    def findings(self, *checks: str) -> list[Finding]:
        with self.opened() as examined:
            return list(examine(examined, checks or tuple(CHECKS)).findings)

    def sorts(self, *checks: str) -> set[str]:
        """What is wrong, as check/sort, notes left out."""
        return {
            f"{finding.check}/{finding.sort}"
            for finding in self.findings(*checks)
            if finding.severity is not Severity.NOTE
        }

    def sql(self, *statements: str) -> None:
        """Change the registry behind the program's back."""
        with closing(sqlite3.connect(self.settings.index / REGISTRY_FILE, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    def write(self, name: str, text: str) -> Path:
        path = self.archive / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, command: str) -> int:
        """Do as a remedy says; gives the exit status."""
        program, *arguments = shlex.split(command)
        assert program == "radslag"
        return main("radslag", "", COMMANDS, arguments)

    def ingest(self) -> None:
        assert self.run(shlex.join(["radslag", "ingest", str(self.archive), "--index", str(self.settings.index)])) == 0

    def follow(self, findings: Iterable[Finding]) -> None:
        """Do what all the findings say."""
        for command in dict.fromkeys(finding.remedy for finding in findings):
            self.run(command)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive, and an index of it; both to be copied, the archive to the folder `archive` beside it."""
    place = tmp_path_factory.mktemp("clinic")
    clinic = Clinic(place / "archive", Settings(index=place / "index"), ToyEncoder())
    for what, other in OTHERS.items():
        clinic.write(f"nämnd/{what}.txt", MEMO.format(what=what, sum=len(what) * 100, other=other))
    shutil.copytree(clinic.archive, place / "kept")
    ingest([clinic.archive], clinic.settings, clinic.encoder)
    return place / "kept", clinic.settings.index


@pytest.fixture
def clinic(whole: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """A fresh copy of archive and index; the index knows its documents by where the archive was when it was made."""
    kept, index = whole
    archive = kept.parent / "archive"
    shutil.rmtree(archive, ignore_errors=True)
    shutil.copytree(kept, archive)
    shutil.copytree(index, tmp_path / "index")
    encoder = ToyEncoder()

    def load(_: Settings) -> ToyEncoder:
        return encoder

    def fingerprint(_: Settings) -> str:
        return encoder.fingerprint

    for module in ("ingest.chain", "ingest.doctor.examine"):
        monkeypatch.setattr(f"{module}.load_encoder", load)
        monkeypatch.setattr(f"{module}.encoder_fingerprint", fingerprint)
    return Clinic(archive, Settings(index=tmp_path / "index"), encoder)


Damage = Callable[[Clinic], None]
