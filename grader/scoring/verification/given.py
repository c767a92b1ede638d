"""Changes to the given values that the truth does not show: what a student can get wrong unnoticed.

With C = Bᵀ the kernel C Aℓ B is that of Aᵀ, too: whoever transposes A gets full marks. A matrix among the given values
is transposed, two values of one shape are exchanged, and the solver runs again. Where the truth stays the same, other
values tell whether that is so for all numbers, as with eigenvalues of a transposed matrix, or by the choice of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

from grader.answers import get_type
from grader.diagnostics import SpecError
from grader.records import Part, Problem
from grader.scoring.solvers import open_solver, solve_part
from grader.scoring.verification.cases import Case, Hidden
from grader.scoring.verification.findings import Finding

Values: TypeAlias = Mapping[str, Any]

MOST_CHANGES = 24
"""Changes that are tried for a part."""

JITTERS = 3
"""Other values at which a change is tried that does not show at the given ones."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the given values.

    Args:
        name: as in :class:`Hidden`.
        names: of the values that take part.
        make: the changed values.
        why: as in :class:`Hidden`.
    """

    name: str
    names: tuple[str, ...]
    make: Callable[[Values], dict[str, Any]]
    why: str = ""


def hidden_changes(root: Path, problem: Problem, part: Part) -> tuple[Hidden, ...]:
    """The changes to a problem's given values that a part's truth does not show, though at other values it would.

    Args:
        root: folder of the course.
        problem: with its values.
        part: whose truth the solver computes.
    """
    names = _taken(root, problem, part)
    bare = replace(part, mistakes=())
    values = {name: problem.given[name] for name in names}

    def truth(changed: Values) -> Any:
        return solve_part(root, replace(problem, given={**problem.given, **changed}), bare, part.solve).value

    here = truth({})
    if here is None:
        return ()
    kind = get_type(part.type)

    def same(one: Any, other: Any) -> bool | None:
        return None if one is None or other is None else kind.same(one, other, part.options)

    found = []
    for change in list(changes(values))[:MOST_CHANGES]:
        if same(here, truth(change.make(values))) is not True:
            continue
        for turn in range(JITTERS):
            others = _others(values, change.names, turn)
            if same(truth(others), truth(change.make(others))) is False:
                found.append(Hidden(change.name, change.why))
                break
    return tuple(found)


def check_given(case: Case) -> Iterator[Finding]:
    """Changes to the given values that do not show, as weaknesses.

    Args:
        case: with what was tried.
    """
    for hidden in case.hidden:
        why = f", since {hidden.why}" if hidden.why else ""
        message = f"{hidden.name}: the right answer stays the same{why}, so that nobody who slips there is noticed"
        fix = "Choose other values under `given:`, or say under `known_weaknesses:` why it may stand."
        yield case.tell.weakness("given", hidden.name, message, case.part.place("solve"), fix)


def _taken(root: Path, problem: Problem, part: Part) -> list[str]:
    """Names of the given values that the part's solver takes."""
    try:
        with open_solver(root, problem, part, part.solve) as solver:
            named = list(problem.given) if solver.everything else solver.named()[0]
    except SpecError:
        return []
    return [name for name in named if name in problem.given]


def changes(values: Values) -> Iterator[Change]:
    """Matrices transposed, values of one shape exchanged.

    Args:
        values: by name.
    """
    shapes = {name: shape for name, value in values.items() if (shape := shape_of(value)) is not None}
    for name, shape in shapes.items():
        if len(shape) == 2 and shape[0] == shape[1] > 1:
            symmetric = transposed(values[name]) == values[name]
            yield Change(f"transpose {name}", (name,), _transposing(name), f"{name} is symmetric" if symmetric else "")
    for one, other in combinations(shapes, 2):
        turned = len(shapes[one]) == 2 and shapes[one] == shapes[other][::-1] != shapes[other]
        if shapes[one] == shapes[other] or turned:
            second = transposed(values[other]) if turned else values[other]
            why = f"{other} is {one}{' transposed' if turned else ''}" if second == values[one] else ""
            yield Change(f"exchange {one} and {other}", (one, other), _exchanging(one, other, turned), why)


def _transposing(name: str) -> Callable[[Values], dict[str, Any]]:
    return lambda values: {**values, name: transposed(values[name])}


def _exchanging(one: str, other: str, turned: bool) -> Callable[[Values], dict[str, Any]]:
    def make(values: Values) -> dict[str, Any]:
        first, second = values[one], values[other]
        if turned:
            first, second = transposed(first), transposed(second)
        return {**values, one: second, other: first}

    return make


def shape_of(value: object) -> tuple[int, ...] | None:
    """The shape of a number, a list of numbers, or a list of rows of numbers; None for anything else.

    Args:
        value: a given value.
    """
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return ()
    if not isinstance(value, list) or not value:
        return None
    inner = {shape_of(item) for item in value}
    first = next(iter(inner))
    return (len(value), *first) if len(inner) == 1 and first is not None and len(first) < 2 else None


def transposed(matrix: list[list[Any]]) -> list[list[Any]]:
    """A matrix with its rows as columns.

    Args:
        matrix: a list of rows.
    """
    return [list(column) for column in zip(*matrix, strict=True)]


def _others(values: Values, changed: tuple[str, ...], turn: int) -> dict[str, Any]:
    """Other values near the given ones: lists and matrices, and the numbers that take part in the change."""
    return {
        name: _near(value, place, turn) if shape_of(value) or name in changed else value
        for place, (name, value) in enumerate(values.items(), 1)
    }


def _near(value: Any, place: int, turn: int) -> Any:
    """A value with something added to every number, another thing to each."""
    if isinstance(value, list):
        return [_near(item, 3 * place + 5 * index + 1, turn + index) for index, item in enumerate(value)]
    if not isinstance(value, int | Fraction) or isinstance(value, bool):
        return value
    step = (7 * place + 4 * turn) % 5
    return value + step if isinstance(value, int) else value + Fraction(step, 20)
