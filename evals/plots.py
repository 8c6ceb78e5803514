"""The plots of a report: what is correct, by kind; what confidence is worth; how long answers take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evals.cases import GRADE_KINDS
from evals.confidence import Calibration, RiskCoverage
from evals.rates import Rate, percentile
from evals.score import Scores, Slice
from evals.svg import Element, Place, Scale, bar, curve, dot, drawing, line, text

PLOTS_FOLDER = "plots"
LEAST_CASES = 5  # a kind with fewer is left out: its interval covers nearly everything

_WIDTH, _HEIGHT = 680, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 68, 76  # margins around the field of a curve, in pixels
_ROW, _LABELS, _VALUES, _HEAD = 24, 230, 130, 48  # height of a row, width of the columns beside it, room above
_STEPS = 6  # between the ticks of a time axis
_FIFTHS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def draw_plots(scores: Scores) -> Mapping[str, str]:
    """The plots that these scores give, as SVG by file name; one that has nothing to show is left out."""
    confidence = scores.confidence
    times = [each.total_ms for each in scores.cases if each.total_ms is not None]
    drawn = {
        "correct.svg": draw_correct(list(_rows(scores))),
        "risk-coverage.svg": draw_risk_coverage(confidence.risk_coverage),
        "reliability.svg": draw_reliability(confidence.calibration),
        "latency.svg": draw_latency(times),
    }
    return {name: plot for name, plot in drawn.items() if plot}


def write_plots(scores: Scores, folder: Path) -> tuple[str, ...]:
    """Write the plots below `folder`, in place of those of an earlier run; gives their paths relative to it."""
    target = folder / PLOTS_FOLDER
    target.mkdir(exist_ok=True)
    for old in target.glob("*.svg"):
        old.unlink()
    plots = draw_plots(scores)
    for name, plot in plots.items():
        (target / name).write_text(plot, encoding="utf-8")
    return tuple(f"{PLOTS_FOLDER}/{name}" for name in plots)


def _rows(scores: Scores) -> Iterator[tuple[str, Rate]]:
    groups: Sequence[tuple[str, Mapping[str, Slice]]] = (
        ("", {"all": scores.overall}),
        ("language ", scores.language),
        ("unanswerable: ", scores.grade),
        ("", scores.kind),
    )
    for prefix, parts in groups:
        for name, part in parts.items():
            rate = part.rates["correct"]
            shown_as_grade = parts is scores.kind and name in GRADE_KINDS
            if rate and not shown_as_grade and (rate.n >= LEAST_CASES or part is scores.overall):
                yield f"{prefix}{name}", rate


def draw_correct(rows: Sequence[tuple[str, Rate]]) -> str | None:
    """Share of correct answers with its interval, a row a group."""
    if not rows:
        return None
    bottom = _HEAD + _ROW * len(rows)
    across = Scale(0, 1, _LABELS, _WIDTH - _VALUES)
    shapes = [
        shape
        for share in _FIFTHS
        for shape in (
            line((across(share), _HEAD), (across(share), bottom), "grid"),
            text((across(share), bottom + 20), f"{share:.0%}", "soft", "middle"),
        )
    ]
    for number, (name, rate) in enumerate(rows):
        middle = _HEAD + _ROW * (number + 0.5)
        shapes += [
            text((_LABELS - 12, middle + 4), name, anchor="end"),
            line((across(rate.low), middle), (across(rate.high), middle), "whisker"),
            dot((across(rate.value), middle)),
            text((_WIDTH - _VALUES + 12, middle + 4), f"{rate.value:.0%}, n = {rate.n}", "soft"),
        ]
    said = "; ".join(
        f"{name} {rate.value:.0%} ({rate.low:.0%} to {rate.high:.0%}, n = {rate.n})" for name, rate in rows
    )
    title = "Correct, with 95 % intervals"
    return drawing(title, f"Share of correct answers: {said}.", _WIDTH, bottom + 36, shapes)


def draw_risk_coverage(found: RiskCoverage) -> str | None:
    """Share of wrong answers among the surest ones, over the share of questions they answer."""
    if not found.points:
        return None
    x, y = _field()
    last = found.points[-1]
    right = found.answered - round(last.risk * found.answered)
    best = [(x(place / found.questions), y(max(0, place - right) / place)) for place in range(1, found.answered + 1)]
    places = [(x(point.coverage), y(point.risk)) for point in found.points]
    shapes = [
        *_axes("share of the questions answered, the surest first", "share of wrong answers"),
        curve(best, "ideal"),
        curve(places, "line"),
        dot(places[-1]),
        text((_WIDTH - _RIGHT, _TOP - 16), "dashed: the best order of the same answers", "soft", "end"),
    ]
    description = (
        f"Of {found.questions} questions {found.answered} are answered ({last.coverage:.0%}), {last.risk:.0%} of these wrongly. "
        f"{_at_half(found)}The area under the curve is {found.aurc:.3f}, with the best order {found.least_aurc:.3f}."
    )
    return drawing("Risk and coverage", description, _WIDTH, _HEIGHT, shapes)


def _at_half(found: RiskCoverage) -> str:
    point = next((point for point in found.points if point.coverage * found.questions * 2 >= found.answered), None)
    return f"Of the surest half of the answers {point.risk:.0%} are wrong. " if point else ""


def draw_reliability(found: Calibration) -> str | None:
    """Share of right answers over the confidence they were given with; bars tell how many."""
    if not found.n:
        return None
    x, y = _field()
    most = max(each.n for each in found.bins)
    shapes = _axes("confidence", "share of right answers")
    said = []
    points: list[Element] = []
    for each in found.bins:
        if each.correct is None or each.confidence is None:
            continue
        height = (y(0) - y(1)) * 0.3 * each.n / most
        shapes.append(bar((x(each.low) + 1, y(0) - height), x(each.high) - x(each.low) - 2, height))
        place = x(each.confidence)
        points += [
            line((place, y(each.correct.low)), (place, y(each.correct.high)), "whisker"),
            dot((place, y(each.correct.value))),
            text(((x(each.low) + x(each.high)) / 2, y(0) + 38), f"n = {each.n}", "soft", "middle"),
        ]
        said.append(f"confidence {each.confidence:.0%}: {each.correct.value:.0%} right (n = {each.n})")
    shapes += [curve([(x(0), y(0)), (x(1), y(1))], "ideal"), *points]
    description = f"{'; '.join(said)}. Expected calibration error {found.ece:.3f}."
    return drawing(f"Reliability of confidence (ECE {found.ece:.3f})", description, _WIDTH, _HEIGHT, shapes)


def draw_latency(times_ms: Sequence[float]) -> str | None:
    """Share of the answers that had come after so many milliseconds."""
    half, most = percentile(times_ms, 50), percentile(times_ms, 95)
    if half is None or most is None:
        return None
    longest = max(times_ms)
    ticks = tuple(_step(longest / _STEPS) * number for number in range(_STEPS + 1))
    x, y = _field(ticks[-1])
    ordered = sorted(times_ms)
    places: list[Place] = [(x(0), y(0))]
    for number, time in enumerate(ordered):
        places += [(x(time), y(number / len(ordered))), (x(time), y((number + 1) / len(ordered)))]
    shapes = [*_axes("milliseconds", "share of the answers", ticks), curve(places, "line")]
    for name, value, share in (("p50", half, 0.5), ("p95", most, 0.95)):
        place = (x(value), y(share))
        shapes += [dot(place), text((place[0] + 10, place[1] + 16), f"{name} {value:.0f} ms")]
    description = f"{len(times_ms)} answers: half of them within {half:.0f} ms, 95 % within {most:.0f} ms, all within {longest:.0f} ms."
    return drawing("Time to an answer", description, _WIDTH, _HEIGHT, shapes)


def _step(least: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 … that isn't less than `least`."""
    size = 1.0
    while size * 10 < least:
        size *= 10
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= least)


def _field(widest: float = 1.0) -> tuple[Scale, Scale]:
    """Where values lie: x from 0 to `widest`, y from 0 to 1."""
    return Scale(0, widest, _LEFT, _WIDTH - _RIGHT), Scale(0, 1, _HEIGHT - _BOTTOM, _TOP)


def _axes(below: str, beside: str, ticks: Sequence[float] = _FIFTHS) -> list[Element]:
    """Grid and labels of a field; `ticks` are those of x, in percent where they end at 1."""
    x, y = _field(ticks[-1])
    shapes = [text((_WIDTH - _RIGHT, _HEIGHT - 12), below, "soft", "end"), text((16, _TOP - 16), beside, "soft")]
    for share in _FIFTHS:
        shapes += [
            line((x(0), y(share)), (x(ticks[-1]), y(share)), "grid" if share else "axis"),
            text((_LEFT - 8, y(share) + 4), f"{share:.0%}", "soft", "end"),
        ]
    for tick in ticks:
        label = f"{tick:.0%}" if ticks[-1] == 1 else f"{tick:.0f}"
        shapes.append(text((x(tick), _HEIGHT - _BOTTOM + 18), label, "soft", "middle"))
    return shapes
