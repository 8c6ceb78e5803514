"""OCR: the Tesseract program reads the picture of a page.

The program is called, not linked; where it or its Swedish model is missing, that is said with the remedy.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from PIL import Image

from ingest.read.extract import UnreadableError
from ingest.read.ocr_ink import Ink, inks_of, is_suspect, repaired
from ingest.read.ocr_measure import cut_out, put_back, slope_of, words_of
from ingest.read.pdf_word import Word
from ingest.read.progress import goes_on

POOR_CONFIDENCE = 55.0  # of 100, mean over the signs of a page: below it the page is tried turned, and reported
NO_CONFIDENCE = 30.0  # below it a page is a photograph
START_SECONDS = 20.0  # a program that can't even list its languages in this time doesn't work
INSTALL = "install Tesseract with its Swedish model (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-swe)"
SYMBOLS_MODEL = "eng"  # the Swedish model has no §, % and @
_ANGLE = re.compile(r"^Rotate: (\d+)$", re.MULTILINE)
_SURE = re.compile(r"^Orientation confidence: ([\d.]+)$", re.MULTILINE)
MIN_SURE = 1.0  # Tesseract's certainty about the orientation, on its own scale
COLUMNS, ROWS, ORIENTATION = "3", "6", "0"  # Tesseract's page segmentation modes


class OcrSettings(Protocol):
    """The settings OCR looks at."""

    @property
    def ocr_languages(self) -> str: ...
    @property
    def ocr_seconds(self) -> float: ...


@dataclass(frozen=True)
class Scan:
    """What was read from a picture: the words of each line, in points from its upper left corner, and how certainly.

    `turns` counts the quarter turns counter-clockwise that the text makes on the picture, and `slope` says how far its
    lines fall for each point to the right; the words are in a frame where they make no turns and fall nothing. `doubt` says why §, % and @ could not be made sure of, where that is so.
    """

    lines: tuple[tuple[Word, ...], ...]
    confidence: float  # mean over the signs, 0-100
    turns: int = 0
    slope: float = 0.0
    doubt: UnreadableError | None = None

    @property
    def signs(self) -> int:
        return sum(len(word.text) for line in self.lines for word in line)


class OcrError(UnreadableError):
    """A picture that could not be read, with what the user can do about it."""


@dataclass(frozen=True)
class Program:
    """The Tesseract that is installed, and the models it has."""

    path: str
    version: str
    models: frozenset[str]


@lru_cache(maxsize=1)
def _installed() -> Program | None:
    """The program on this computer, looked for once."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        listed = _run([path, "--list-langs"], b"", START_SECONDS).decode("utf-8", "replace").split("\n")
        version = _run([path, "--version"], b"", START_SECONDS).decode("utf-8", "replace").split("\n")[0]
    except (OSError, subprocess.SubprocessError):
        return None
    return Program(path, version.strip(), frozenset(line.strip() for line in listed[1:]))


def program_for(languages: str) -> Program:
    """The program, with the first of `languages` ("swe+eng") among its models.

    Raises:
        OcrError: the program, or that model, is not installed.
    """
    program = _installed()
    if program is None:
        raise OcrError(
            "Tesseract, the program for OCR, is not installed or doesn't start", f"{INSTALL} and ingest again"
        )
    first = languages.split("+")[0]
    if first not in program.models:
        package = f"tesseract-ocr-{first.replace('_', '-')}"
        raise OcrError(
            f"Tesseract is installed without its model {first}",
            f"install the model (Debian, Ubuntu: apt install {package}) and ingest again",
        )
    return program


def ocr_fingerprint(settings: OcrSettings) -> str:
    """What decides how a scanned page is read on this computer; "none" where it isn't."""
    try:
        program = program_for(settings.ocr_languages)
    except OcrError:
        return "none"
    models = {SYMBOLS_MODEL, *settings.ocr_languages.split("+")} & program.models
    return f"{program.version} {'+'.join(sorted(models))}"


def recognise(picture: Image.Image, dots_per_inch: float, settings: OcrSettings) -> Scan:
    """Read a grey picture; when it reads poorly, again the way its text seems to be turned.

    Raises:
        OcrError: the program is missing, fails, or takes longer than allowed.
    """
    turns = 0
    lines = _read(picture, dots_per_inch, settings)
    if _confidence(lines) < POOR_CONFIDENCE and (seen := _turns(picture, dots_per_inch, settings)):
        upright = picture.rotate(-90 * seen, expand=True)
        others = _read(upright, dots_per_inch, settings)
        if _confidence(others) * _signs(others) > _confidence(lines) * _signs(lines):
            picture, lines, turns = upright, others, seen
    confidence, slope = _confidence(lines), slope_of(lines)
    doubt = None
    if confidence >= NO_CONFIDENCE:
        try:
            lines = _mended(lines, picture, slope, dots_per_inch, settings)
        except OcrError as error:
            doubt = error
    return Scan(words_of(lines, picture, slope, 72 / dots_per_inch), confidence, turns, slope, doubt)


def _signs(lines: Sequence[Sequence[Ink]]) -> int:
    return sum(len(ink.text) for line in lines for ink in line)


def _confidence(lines: Sequence[Sequence[Ink]]) -> float:
    """How certain the reading is, 0-100; 0 without signs."""
    return sum(ink.confidence * len(ink.text) for line in lines for ink in line) / max(1, _signs(lines))


def _read(picture: Image.Image, dots_per_inch: float, settings: OcrSettings) -> list[list[Ink]]:
    """The lines of a picture as it lies."""
    models = program_for(settings.ocr_languages).models
    languages = "+".join(language for language in settings.ocr_languages.split("+") if language in models)
    return inks_of(_tesseract(picture, dots_per_inch, settings, COLUMNS, languages))


def _mended(
    lines: list[list[Ink]], picture: Image.Image, slope: float, dots_per_inch: float, settings: OcrSettings
) -> list[list[Ink]]:
    """The lines with the signs the Swedish model lacks, as another model reads them."""
    suspects = [number for number, line in enumerate(lines) if is_suspect(line)]
    if not suspects:
        return lines
    program_for(SYMBOLS_MODEL)
    sheet, strips = cut_out([lines[number] for number in suspects], picture, slope)
    read = inks_of(_tesseract(sheet, dots_per_inch, settings, ROWS, SYMBOLS_MODEL))
    mended = list(lines)
    for number, other in zip(suspects, put_back(read, strips, slope), strict=True):
        mended[number] = repaired(lines[number], other)
    return mended


def _turns(picture: Image.Image, dots_per_inch: float, settings: OcrSettings) -> int:
    """Quarter turns counter-clockwise that the text makes, as Tesseract sees it; 0 when it can't tell."""
    try:
        found = _tesseract(picture, dots_per_inch, settings, ORIENTATION)
    except OcrError:  # too few letters on the page, or no model for the orientation
        return 0
    angle, sure = _ANGLE.search(found), _SURE.search(found)
    if angle is None or sure is None or float(sure.group(1)) < MIN_SURE:
        return 0
    return int(angle.group(1)) // 90 % 4


def _tesseract(
    picture: Image.Image, dots_per_inch: float, settings: OcrSettings, mode: str, languages: str | None = None
) -> str:
    """Run the program on a picture; what it writes is a table of words, or about the orientation."""
    program = program_for(settings.ocr_languages)
    command = [program.path, "stdin", "stdout", "--psm", mode, "--dpi", str(max(70, round(dots_per_inch)))]
    if languages:
        command += ["-l", languages, "tsv"]
    grey = picture.convert("L")
    content = b"P5\n%d %d\n255\n" % grey.size + grey.tobytes()
    try:
        return _run(command, content, settings.ocr_seconds).decode("utf-8", "replace")
    except subprocess.TimeoutExpired as error:
        raise OcrError(
            f"OCR of the page took longer than {settings.ocr_seconds:g} seconds", "raise the setting ocr_seconds"
        ) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:200]
        raise OcrError(f"Tesseract failed ({said})", "scan the page anew") from error
    except OSError as error:
        raise OcrError(f"Tesseract doesn't start ({error.strerror})", f"{INSTALL} anew and ingest again") from error


def _run(command: list[str], content: bytes, seconds: float) -> bytes:
    """What a program writes; in one thread, for documents are read beside each other."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        return subprocess.run(
            command, input=content, capture_output=True, timeout=seconds, check=True, env=environment
        ).stdout
    finally:
        goes_on()
