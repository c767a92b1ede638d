"""The product-limit curve: what share of answers was right by each reply."""

from __future__ import annotations

from dataclasses import dataclass

from grader.analysis.stats import ProductLimit
from grader.reports.charts.base import Table, counted, grouped

HEIGHT = 200.0  # pixels of the plot
LABELS = 12  # replies that have a number on the axis


@dataclass(frozen=True, slots=True)
class CurveTick:
    """On an axis: percent across, or pixels down, and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Answers whose conversation stopped after a reply without a right one: ``x`` percent, ``y`` pixels."""

    x: float
    y: float
    says: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The chart.

    Args:
        title: the finding.
        line, band: paths in a box 100 wide and ``height`` high: the curve and its intervals.
        across, up: ticks of the two axes.
        stops: of conversations.
        at_risk: for each tick across, the answers that were still open then.
    """

    title: str
    height: float
    line: str
    band: str
    across: tuple[CurveTick, ...]
    up: tuple[CurveTick, ...]
    stops: tuple[Stopped, ...]
    at_risk: tuple[CurveTick, ...]
    table: Table


def curve(found: ProductLimit, what: tuple[str, str] = ("answer", "answers")) -> Curve:
    """Lay the chart out. It rises: it shows one less what the estimate calls survival.

    Args:
        found: times are numbers of replies.
        what: what is counted, one and many.
    """
    last = int(found.steps[-1].time) if found.steps else 1
    right = [(0.0, 0.0)]
    low, high = [(0.0, 0.0)], [(0.0, 0.0)]
    stops, rows = [], []
    for step in found.steps:
        x, share = _x(step.time, last), 1 - step.survival
        right.append((x, share))
        if step.interval is not None:
            low.append((x, 1 - step.interval.high))
            high.append((x, 1 - step.interval.low))
        else:
            low.append((x, share))
            high.append((x, share))
        if step.censored:
            says = f"{counted(step.censored, *what)} not right when the conversation stopped after reply {step.time:g}"
            stops.append(Stopped(x, _y(share), says))
        between = f"{100 * low[-1][1]:.0f} to {100 * high[-1][1]:.0f} %" if step.interval is not None else "–"
        numbers = (step.at_risk, step.events, step.censored)
        rows.append((f"{step.time:g}", *map(grouped, numbers), f"{100 * share:.0f} %", between))
    every = max(1, -(-last // LABELS))
    shown = range(every, last + 1, every)
    risks = {int(step.time): step.at_risk for step in found.steps}
    still = {time: next((risks[t] for t in range(time, last + 1) if t in risks), 0) for time in shown}
    head = ("Reply", "Not right before", "Right here", "Stopped here", "Right so far", "95 % interval")
    return Curve(
        curve_title(found, what),
        HEIGHT,
        _steps(right),
        _band(low, high),
        tuple(CurveTick(_x(time, last), str(time)) for time in shown),
        tuple(CurveTick(_y(share), f"{100 * share:.0f} %") for share in (0, 0.25, 0.5, 0.75, 1)),
        tuple(stops),
        tuple(CurveTick(_x(time, last), grouped(n)) for time, n in still.items()),
        Table(head, tuple(rows), "Replies up to the first right answer"),
    )


def curve_title(found: ProductLimit, what: tuple[str, str]) -> str:
    """By when half are right, and how many never were as far as is known."""
    if not found.n:
        return "Nothing was asked"
    if not found.events:
        return f"None of {counted(found.n, *what)} was ever right"
    never = found.n - found.events
    whole = counted(found.n, *what)
    if found.n == 1:
        return f"The only {what[0]} was right at reply {found.median:g}"
    if not never:
        return f"All {whole} were right in the end, half of them by reply {found.median:g}"
    rest = f"{grouped(never)} of {whole} {'was' if never == 1 else 'were'} never right"
    if found.median is None:
        return f"Fewer than half are estimated to be right by the last reply; {rest}"
    return f"Half are estimated to be right by reply {found.median:g}; {rest}"


def _x(time: float, last: int) -> float:
    """A reply stands at the end of its step; the curve goes on for half a reply behind the last one."""
    return round(100 * time / (last + 0.5), 3)


def _y(share: float) -> float:
    return round(HEIGHT * (1 - share), 2)


def _steps(points: list[tuple[float, float]]) -> str:
    """A path that stays level up to each point, and then rises."""
    return f"M0 {_y(points[0][1])}" + "".join(f"H{x}V{_y(share)}" for x, share in points[1:]) + "H100"


def _band(low: list[tuple[float, float]], high: list[tuple[float, float]]) -> str:
    """The area between two such paths."""
    back = "".join(f"V{_y(share)}H{x}" for x, share in reversed(low[1:]))
    return f"{_steps(high)}{back}V{_y(0)}H0Z"
