"""Charts as SVG: a few shapes and a frame that is readable on light and dark ground, aloud, and byte for byte the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as xml

SHAPES = "http://www.w3.org/2000/svg"
Element = xml.Element
Place = tuple[float, float]  # x to the right, y downwards, in pixels

# Contrast of text at least 7:1 and of marks 4.5:1, on either ground.
_STYLE = """
text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328 }
.title { font-size: 16px; font-weight: 600 }
.soft { fill: #4b535d }
.paper { fill: #ffffff }
.grid { stroke: #d5d9de; stroke-width: 1 }
.axis { stroke: #4b535d; stroke-width: 1 }
.mark { fill: #0a4f9e; stroke: none }
.line { fill: none; stroke: #0a4f9e; stroke-width: 2 }
.whisker { stroke: #0a4f9e; stroke-width: 2 }
.bar { fill: #b6cfe9 }
.ideal { fill: none; stroke: #4b535d; stroke-width: 1.5; stroke-dasharray: 5 4 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f3f6 }
.soft { fill: #b9c1ca }
.paper { fill: #0d1117 }
.grid { stroke: #30363d }
.axis { stroke: #b9c1ca }
.mark { fill: #79b8ff }
.line, .whisker { stroke: #79b8ff }
.bar { fill: #27486b }
.ideal { stroke: #b9c1ca }
}
"""


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` laid over pixels from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def drawing(title: str, description: str, width: int, height: int, shapes: Sequence[Element]) -> str:
    """The picture as an SVG document; `description` says in words what it shows."""
    root = xml.Element(
        "svg",
        {
            "xmlns": SHAPES,
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "img",
            "aria-labelledby": "title description",
        },
    )
    for name, identity, words in (("title", "title", title), ("desc", "description", description)):
        element = xml.SubElement(root, name, id=identity)
        element.text = words
    style = xml.SubElement(root, "style")
    style.text = _STYLE
    xml.SubElement(root, "rect", {"class": "paper", "width": str(width), "height": str(height)})
    root.append(text((16, 26), title, "title"))
    root.extend(shapes)
    xml.indent(root)
    return xml.tostring(root, encoding="unicode") + "\n"


def text(place: Place, words: str, kind: str = "", anchor: str = "start") -> Element:
    """Words whose start, middle or end (`anchor`) stands at `place`, on its base line."""
    element = xml.Element("text", {**_at(place, "x", "y"), "class": kind, "text-anchor": anchor})
    element.text = words
    return element


def line(start: Place, end: Place, kind: str) -> Element:
    return xml.Element("line", {**_at(start, "x1", "y1"), **_at(end, "x2", "y2"), "class": kind})


def curve(places: Sequence[Place], kind: str) -> Element:
    """Straight lines from place to place."""
    points = " ".join(f"{_pixels(x)},{_pixels(y)}" for x, y in places)
    return xml.Element("polyline", {"points": points, "class": kind})


def dot(place: Place, radius: float = 4.5) -> Element:
    return xml.Element("circle", {**_at(place, "cx", "cy"), "r": _pixels(radius), "class": "mark"})


def bar(corner: Place, width: float, height: float) -> Element:
    return xml.Element(
        "rect", {**_at(corner, "x", "y"), "width": _pixels(width), "height": _pixels(height), "class": "bar"}
    )


def _at(place: Place, x: str, y: str) -> dict[str, str]:
    return {x: _pixels(place[0]), y: _pixels(place[1])}


def _pixels(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
