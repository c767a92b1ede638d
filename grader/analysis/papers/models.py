"""Tables of models: right at first and at the end, all pairs side by side, and the time to the first right answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from grader.analysis.comparisons import OUTCOMES, Comparisons, accuracy, compare
from grader.analysis.firsts import FirstRight, TimeToRight, time_to_right
from grader.analysis.papers.changes import EVERY, MODEL
from grader.analysis.papers.notes import method_note, stops_note, too_few_note
from grader.analysis.papers.table import Cell, Column, Kind, Table
from grader.analysis.rows import Row
from grader.records import StopPolicy

_UNNAMED = "(not named)"
_FEWEST_TESTED = 6  # problems that can show a difference at 5 %: of G the smallest p-value is 2 / 2^G


def model_tables(found: Sequence[Row]) -> Iterator[Table]:
    """Accuracy of each model, then for each outcome all pairs of models.

    Args:
        found: the rows of a run.
    """
    by_model: dict[str | None, list[Row]] = {}
    for row in found:
        by_model.setdefault(row.model, []).append(row)
    yield _accuracy_table(by_model)
    for outcome in OUTCOMES:
        yield _pairs_table(compare(found, outcome))


def _accuracy_table(by_model: dict[str | None, list[Row]]) -> Table:
    columns = (
        MODEL,
        Column("conversations", "Conversations", Kind.COUNT),
        Column("parts", "Parts", Kind.COUNT),
        *(Column(f"right_{one.name}", one.title.capitalize(), Kind.RATE) for one in OUTCOMES),
    )
    body: list[tuple[Cell, ...]] = []
    rates = []
    for model, group in by_model.items():
        measured = [accuracy(group, outcome) for outcome in OUTCOMES]
        rates += measured
        talks, parts = len({row.subject for row in group}), len({(row.problem, row.part) for row in group})
        body.append((model or _UNNAMED, talks, parts, *measured))
    note = f"Of answers that carry marks. {method_note(rates)}"
    return Table("accuracy", "Right answers of each model", columns, tuple(body), note.strip())


def _pairs_table(made: Comparisons) -> Table:
    columns = (
        Column("first", "First"),
        Column("second", "Second"),
        Column("cells", "Parts", Kind.COUNT),
        Column("problems", "Problems", Kind.COUNT),
        Column("right_first", "First, share", Kind.NUMBER),
        Column("right_second", "Second, share", Kind.NUMBER),
        Column("difference", "Difference, points", Kind.DIFFERENCE),
        Column("only_first", "First ahead", Kind.COUNT),
        Column("only_second", "Second ahead", Kind.COUNT),
        Column("p", "p", Kind.P_VALUE),
        Column("p_holm", "p (Holm)", Kind.P_VALUE),
        Column("detectable", "Detectable, points", Kind.POINTS),
        Column("test", "Test"),
    )
    body: list[tuple[Cell, ...]] = [
        (
            one.first,
            one.second,
            one.cells,
            one.problems,
            one.difference.first,
            one.difference.second,
            one.difference,
            one.only_first,
            one.only_second,
            one.p_value,
            one.adjusted,
            one.detectable,
            one.test,
        )
        for one in made.pairs
    ]
    caption = f"Models side by side: {made.outcome.title}"
    return Table(f"comparisons_{made.outcome.name}", caption, columns, tuple(body), _pairs_note(made))


def _pairs_note(made: Comparisons) -> str:
    if made.why:
        return f"Nothing is compared: {made.why}."
    pairs = len(made.pairs)
    said = [
        "Each pair on the parts that both answered with marks, each part with the share of the model's conversations "
        "in which it is right; the problem is the cluster.",
        f"Family of Holm's adjustment: all {pairs} pairs of models." if pairs > 1 else "One pair, one test.",
        "Detectable: the difference that such a comparison finds in 4 of 5 cases (two-sided, 5 %).",
    ]
    if any(one.difference.interval is not None for one in made.pairs):
        said.append("In brackets: 95 % intervals of the paired difference, clustered by problem.")
    if any(one.difference.interval is None for one in made.pairs):
        said.append(too_few_note())
    if any(one.problems < _FEWEST_TESTED for one in made.pairs):
        said.append(f"With fewer than {_FEWEST_TESTED} problems no p-value can be below 0.05.")
    if made.refused:
        said.append(f"{len(made.refused)} further pairs have no part in common.")
    if made.outcome.name != "first":
        said.append(stops_note(made.stops))
    return " ".join(filter(None, said))


def time_table(firsts: Iterable[FirstRight]) -> Table:
    """How many replies it took to the first right answer, all together and by model.

    Args:
        firsts: of a run.
    """
    every = tuple(firsts)
    by_model: dict[str | None, list[FirstRight]] = {}
    for one in every:
        by_model.setdefault(one.model, []).append(one)
    together = time_to_right(every)
    groups = [(EVERY, together)]
    if len(by_model) > 1:
        groups += [(model or _UNNAMED, time_to_right(group, model)) for model, group in by_model.items()]
    columns = (
        MODEL,
        Column("reply", "Reply", Kind.COUNT),
        Column("at_risk", "Not right before", Kind.COUNT),
        Column("right", "First right now", Kind.COUNT),
        Column("censored", "Nothing known after", Kind.COUNT),
        Column("not_yet", "Not yet right", Kind.NUMBER),
        Column("not_yet", "Interval, %", Kind.INTERVAL),
    )
    body: list[tuple[Cell, ...]] = [
        (name, int(step.time), step.at_risk, step.events, step.censored, step.survival, step.interval)
        for name, one in groups
        for step in (one.curve.steps if one.curve is not None else ())
    ]
    caption = "Replies up to the first right answer"
    return Table("first_right", caption, columns, tuple(body), _time_note(together))


def _time_note(one: TimeToRight) -> str:
    problems = "problem" if one.problems == 1 else "problems"
    unknown = (
        f"; of the other {one.unknown} nothing is known: not answered, or left open at once" if one.unknown else ""
    )
    said = [
        "Product-limit estimate; a reply is counted from the one in which the problem was first asked. Censored: the "
        "conversation ended without a right answer, or an answer was left open.",
        f"{one.asked - one.unknown} of {one.asked} parts asked, {one.problems} {problems}{unknown}.",
        too_few_note() if one.why else "Intervals: 95 %, Greenwood's, clustered by problem.",
        stops_note(one.stops),
        "Where somebody stopped because it was going badly, the estimate is not right."
        if one.stops.get(StopPolicy.UNKNOWN)
        else "",
    ]
    return " ".join(filter(None, said))
