"""A larger corpus for measuring speed: documents made by shuffling the paragraphs of the corpus's plain text files."""

from __future__ import annotations

import random
from pathlib import Path

from ingest.errors import UsageError
from ingest.read import read
from ingest.settings import Settings
from ingest.sources import find_sources

DOCUMENTS = 60
CHARS = 1500  # of one document, at least
SEED = 20261121


def write_synthetic(folder: Path, settings: Settings, documents: int = DOCUMENTS) -> Path:
    """Write `documents` text files into `folder`, the same ones each time, and return it.

    Every file holds paragraphs of the text files below `settings.corpus` in an order of its own, so that the text is
    what the program is made for, and no two passages are alike.

    Raises:
        UsageError: there is no corpus, or no text file in it.
        DocumentError: a document can't be read.
    """
    paragraphs = _paragraphs(settings)
    choose = random.Random(SEED)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(documents):
        name = f"syntetisk_{number:03}.txt"
        (folder / name).write_text(_document(paragraphs, choose, number), encoding="utf-8")
    return folder


def _document(paragraphs: list[str], choose: random.Random, number: int) -> str:
    """Shuffled paragraphs, each with a word of its own in front, up to the length wanted."""
    taken = [f"Syntetisk handling {number}"]
    while sum(map(len, taken)) < CHARS:
        taken += [f"({number}.{place}) {text}" for place, text in enumerate(choose.sample(paragraphs, 4), len(taken))]
    return "\n\n".join(taken) + "\n"


def _paragraphs(settings: Settings) -> list[str]:
    sources = find_sources([settings.corpus], (), settings.ignore).files
    plain = [source for source in sources if source.path.suffix == ".txt"]
    texts = [read(source.path, source.id, settings).text for source in plain]
    found = [part.strip() for text in texts for part in text.split("\n\n") if len(part.strip()) > 40]
    if len(found) < 4:
        raise UsageError(f"too little plain text (.txt) in {settings.corpus}: name a folder with some by --corpus")
    return found
