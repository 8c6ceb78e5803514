"""The corpus from its sources: every file, or what differs from the files that lie there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.building.source import Source, read_source
from ingest.errors import UsageError

SOURCES = "_sources"  # below the folder of the municipality


@dataclass(frozen=True)
class Difference:
    """A built file that isn't what its source gives: `how` is missing, differs or has no source."""

    name: str
    how: str

    def __str__(self) -> str:
        return f"{self.name}: {self.how}"


def renderers() -> dict[str, Callable[[Source], bytes]]:
    """What makes the bytes of each format."""
    from evals.building.mail import render_mail
    from evals.building.markdown import render_markdown
    from evals.building.open_document import render_odt
    from evals.building.pdf import render_pdf
    from evals.building.plain_text import render_text
    from evals.building.web_page import render_html
    from evals.building.word import render_docx

    return {
        "pdf": render_pdf,
        "docx": render_docx,
        "odt": render_odt,
        "html": render_html,
        "md": render_markdown,
        "txt": render_text,
        "eml": render_mail,
    }


def sources_below(folder: Path) -> list[Path]:
    """The sources of the municipality's `folder`, by name.

    Raises:
        UsageError: there are none.
    """
    paths = sorted((folder / SOURCES).glob("*.md"))
    if not paths:
        raise UsageError(f"no sources in {folder / SOURCES}: name the folder that holds {SOURCES}/")
    return paths


def built(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, in the order of `paths`.

    Raises:
        DocumentError: a source breaks the source format.
    """
    render = renderers()
    for path in paths:
        source = read_source(path)
        yield source.name, render[source.format](source)


def write(folder: Path, tick: Callable[[], object] = lambda: None) -> list[str]:
    """Build every file of `folder` into it; the names written."""
    names = []
    for name, content in built(sources_below(folder)):
        (folder / name).write_bytes(content)
        names.append(name)
        tick()
    return names


def differences(folder: Path, tick: Callable[[], object] = lambda: None) -> list[Difference]:
    """What `write` would change in `folder`; nothing is written. Files without a source are named too."""
    found: list[Difference] = []
    names: set[str] = set()
    for name, content in built(sources_below(folder)):
        names.add(name)
        path = folder / name
        if not path.is_file():
            found.append(Difference(name, "missing"))
        elif path.read_bytes() != content:
            found.append(Difference(name, "differs from what its source gives"))
        tick()
    files = (path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    strays = sorted(name for name in files if name not in names)
    return found + [Difference(name, "has no source") for name in strays]
