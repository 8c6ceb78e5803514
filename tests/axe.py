"""axe-core in an open page: what stands in the way of people who can't see it well, or can't use a mouse."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

LAW = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")


def violations(page: Any) -> list[str]:
    """What axe-core finds on a page of Playwright's, by WCAG 2.1 A and AA and its own advice; a line for each element."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", list(LAW)
    )
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
