"""The invented municipality's mark: a shield with a mill wheel over water."""

from __future__ import annotations

from math import cos, pi, sin

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

WIDTH, HEIGHT = 9 * mm, 11 * mm
BLUE = colors.Color(0.12, 0.27, 0.45)
SPOKES = 8


class Mark(Flowable):
    """Drawn with lines only, so that it adds no words to the page."""

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return WIDTH, HEIGHT

    def draw(self) -> None:
        canvas, middle = self.canv, WIDTH / 2
        shield = canvas.beginPath()
        shield.moveTo(0, HEIGHT)
        shield.lineTo(WIDTH, HEIGHT)
        shield.lineTo(WIDTH, 0.45 * HEIGHT)
        shield.curveTo(WIDTH, 0.2 * HEIGHT, 0.7 * WIDTH, 0.07 * HEIGHT, middle, 0)
        shield.curveTo(0.3 * WIDTH, 0.07 * HEIGHT, 0, 0.2 * HEIGHT, 0, 0.45 * HEIGHT)
        shield.close()
        canvas.setFillColor(BLUE)
        canvas.drawPath(shield, stroke=0, fill=1)
        canvas.setStrokeColor(colors.white)
        canvas.setLineWidth(0.9)
        centre, radius = 0.66 * HEIGHT, 0.23 * HEIGHT
        canvas.circle(middle, centre, radius)
        for spoke in range(SPOKES):
            angle = 2 * pi * spoke / SPOKES
            canvas.line(middle, centre, middle + 1.35 * radius * cos(angle), centre + 1.35 * radius * sin(angle))
        for height in (0.3, 0.2):
            wave = canvas.beginPath()
            left, right, level = (0.5 - height) * WIDTH, (0.5 + height) * WIDTH, height * HEIGHT
            wave.moveTo(left, level)
            wave.curveTo(left + (right - left) / 3, level + 3, right - (right - left) / 3, level - 3, right, level)
            canvas.drawPath(wave, stroke=1, fill=0)
