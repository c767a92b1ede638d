"""Instances of formulas, as a solver's function takes them: names that Python allows, exact numbers, arrays.

The formula is worked out at the same values, so that a key and a solver that share nothing can be compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from grader.answers.base import Instance
from grader.diagnostics import SpecError, author_error
from grader.maths.deciding.matrix_equality import sized, value_at
from grader.maths.numbers.balls import at_precision
from grader.maths.tree import Node
from grader.maths.values import fields
from grader.maths.values.evaluate import evaluate
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import Scaled, ShapeError, is_matrix, shape_of, unwrapped
from grader.maths.values.points import Draws
from grader.maths.values.showing import shown
from grader.maths.values.spaces import Instance as Drawn
from grader.maths.values.spaces import Shape, Space

INSTANCES = 5
"""Instances at which a formula and a solver are compared."""

_TURNS = 30
_BITS = 128
_PATTERNS = ((2, 3), (1, 2), (3, 4), (3, 2), (2, 5))
"""Smallest of the small sizes and of the large ones, tried in turn: small, since a solver may be slow."""

_SPECIAL = {
    "λ": "lam", "ℓ": "ell", "ς": "sigma", "ϕ": "phi", "ϵ": "epsilon", "ϑ": "theta", "ϱ": "rho",
    "-": "_minus_", "−": "_minus_", "∇": "nabla_",
}  # fmt: skip
_MARKS = {"̂": "_hat", "̄": "_bar", "̃": "_tilde", "̇": "_dot", "̈": "_ddot", "⃗": "_vec"}


def identifier(name: str) -> str:
    """A symbol as the name of an argument: λ is ``lam``, ℓ ``ell``, σ ``sigma``, m′ ``m_prime``, x_1 ``x_1``,
    x_{t+1} ``x_t_1``, x_{t−1} ``x_t_minus_1``, ∇F ``nabla_F``.

    Args:
        name: full name of a symbol, as the lexer spells it.
    """
    out = ""
    for letter in unicodedata.normalize("NFD", name):
        said = unicodedata.name(letter, "")
        if letter in _SPECIAL:
            out += _SPECIAL[letter]
        elif letter in ("′", "'"):
            out += "_prime"
        elif letter in _MARKS:
            out += _MARKS[letter]
        elif said.startswith("GREEK SMALL LETTER "):
            out += said.rpartition(" ")[2].lower().replace("lamda", "lam")
        elif said.startswith("GREEK CAPITAL LETTER "):
            out += said.rpartition(" ")[2].capitalize().replace("Lamda", "Lam")
        else:
            out += unicodedata.normalize("NFKC", letter) if letter.isalnum() or letter == "_" else "_"
    return out if out.isidentifier() else f"_{out}"


def turns(start: int) -> range:
    """Numbers of the instances that are tried.

    Args:
        start: which of the sequences of them.
    """
    return range(start * _TURNS, (start + 1) * _TURNS)


# ---------------------------------------------------------------- formulas in numbers


def scalar_arguments(draws: Draws) -> frozenset[str]:
    """Names of the arguments of a solver of a formula in numbers.

    Args:
        draws: points for its symbols.
    """
    return frozenset(map(identifier, {*draws.names, *draws.families, *draws.functions}))


def scalar_instances(node: Node, draws: Draws, start: int = 0) -> Iterator[Instance]:
    """Instances of a formula in numbers.

    Args:
        node: the formula.
        draws: points for its symbols.
        start: other instances for each.

    Raises:
        SpecError: it cannot be worked out at enough of them.
    """
    found = 0
    for turn in turns(start):
        try:
            expected, values = _worked_out(node, draws, turn)
        except (RetryError, ZeroDivisionError):
            continue
        except UnsupportedError as error:
            raise SpecError(author_error("solver-nonsense", f"the key cannot be worked out: {error}")) from error
        families = {family: _family(family, values) for family in draws.families}
        plain = {name: value for name, value in values.items() if name.partition("_")[0] not in families}
        arguments: dict[str, Any] = {
            identifier(name): _plain(value, name in draws.whole) for name, value in plain.items()
        }
        arguments.update((identifier(family), elements) for family, elements in families.items())
        if draws.functions:
            point, _ = draws.rational(turn, fields.exact(), positive=turn % 3 != 2)
            arguments.update({identifier(name): partial(_of_numbers, f) for name, f in point.functions.items()})
        yield Instance(arguments, expected, ", ".join(f"{name} = {value}" for name, value in values.items()))
        found += 1
        if found == INSTANCES:
            return
    if found < 2:
        raise SpecError(author_error("solver-nonsense", "the key is undefined at almost all values that were drawn"))


def _worked_out(node: Node, draws: Draws, turn: int) -> tuple[Fraction | float, dict[str, Fraction]]:
    """The value of a formula at a point, a float where it is not rational; and the point."""
    positive = turn % 3 != 2
    try:
        point, values = draws.rational(turn, fields.exact(), positive=positive)
        return _fraction(evaluate(node, point)), values
    except UnsupportedError:
        found: tuple[float, dict[str, Fraction]] = at_precision(
            _BITS, lambda: _worked_out_as_ball(node, draws, turn, positive=positive)
        )
        return found


def _worked_out_as_ball(node: Node, draws: Draws, turn: int, *, positive: bool) -> tuple[float, dict[str, Fraction]]:
    point, values = draws.rational(turn, fields.real_balls(), positive=positive)
    value = evaluate(node, point)
    if not value.is_finite():
        raise RetryError("undefined")
    return float(value.mid()), values


def _family(name: str, values: Mapping[str, Fraction]) -> list[Fraction]:
    """The elements of a family, from the first to the last that occurs."""
    subscripts = {full.removeprefix(f"{name}_"): value for full, value in values.items() if full.startswith(f"{name}_")}
    found = {int(sub): value for sub, value in subscripts.items() if sub.isdecimal()}
    return [found[place] for place in sorted(found)]


# ---------------------------------------------------------------- formulas in matrices


def matrix_arguments(space: Space, more: Sequence[str] = ()) -> frozenset[str]:
    """Names of the arguments of a solver of a formula in matrices.

    Args:
        space: what is declared.
        more: further whole numbers, such as an index.
    """
    tied = {family.partition("_")[0] for family in (*space.rows.values(), *space.columns.values())}
    defined = space.families()
    names = {*more, *space.size_names(), *space.indices, *space.functions}
    names |= {name for name in space.definitions if name.partition("_")[0] not in defined}
    names |= {name for name, bounds in space.domain.bounds.items() if bounds.whole}
    for name in space.shapes:
        base = _family_of(name, space)
        if not base:
            names.add(name)
        elif base not in tied and base not in defined:
            names.add(base)
    names |= space.functions.keys()
    return frozenset(map(identifier, names))


def _family_of(name: str, space: Space) -> str:
    """The family of which a declared symbol such as ``x_i`` is any element; "" if it is none."""
    base, _, sub = name.partition("_")
    return base if sub and base not in space.shapes and space.is_index(sub) else ""


def small_sizes(space: Space, turn: int) -> dict[str, int]:
    """Small values for the sizes, all different, in the order in which the space draws its own.

    Args:
        space: what is declared.
        turn: number of the instance.
    """
    out: dict[str, int] = {}
    patterns = _PATTERNS if set(space.definitions) <= set(space.shapes) else _PATTERNS[::2]
    for name, usual in space.sizes(0).items():  # no size of 1, where a matrix cannot be told from a number
        size = patterns[turn % len(patterns)][usual >= 5]
        while size in out.values():
            size += 1
        out[name] = size
    return space.fitting(out)


def drawn_instances(space: Space, whole: Mapping[str, int] | None = None, start: int = 0) -> Iterator[Drawn]:
    """Matrices of small integers that are what a space declares.

    Args:
        space: what is declared.
        whole: values for further whole numbers.
        start: other instances for each.
    """
    for turn in turns(start):
        try:
            sizes = {**small_sizes(space, turn), **(whole or {})}
            yield _drawn(space, turn, sizes)
        except (RetryError, ZeroDivisionError, ShapeError):
            continue
        except UnsupportedError as error:
            raise SpecError(author_error("solver-nonsense", f"no instance can be drawn: {error}")) from error


def _drawn(space: Space, turn: int, sizes: Mapping[str, int]) -> Drawn:
    """An instance of rational numbers, or of balls where a definition is none: p = softmax(a)."""
    try:
        return Drawn(space, turn, fields.exact(), sizes, small=True)
    except UnsupportedError:
        return at_precision(_BITS, lambda: Drawn(space, turn, fields.real_balls(), sizes, small=True))


def matrix_instances(node: Node, space: Space, start: int = 0) -> Iterator[Instance]:
    """Instances of a formula in matrices.

    Args:
        node: the formula.
        space: what is declared of its symbols.
        start: other instances for each.

    Raises:
        SpecError: it cannot be worked out at enough of them.
    """
    found = 0
    for drawn in drawn_instances(space, start=start):
        try:
            expected = array(_exact_or_real(node, drawn))
        except (RetryError, ZeroDivisionError, ShapeError):
            continue
        except UnsupportedError as error:
            raise SpecError(author_error("solver-nonsense", f"the key cannot be worked out: {error}")) from error
        yield Instance(arguments_of(drawn), expected, told(drawn))
        found += 1
        if found == INSTANCES:
            return
    if found < 2:
        raise SpecError(author_error("solver-nonsense", "the key is undefined at almost all matrices that were drawn"))


def _exact_or_real(node: Node, drawn: Drawn) -> Any:
    """The value of a formula, rational where it is, else as balls at the same numbers."""
    try:
        return at_precision(_BITS, lambda: value_at(node, drawn))
    except UnsupportedError:
        return at_precision(
            _BITS,
            lambda: value_at(node, Drawn(drawn.space, drawn.turn, fields.real_balls(), drawn.sizes, small=True)),
        )


def arguments_of(drawn: Drawn) -> dict[str, Any]:
    """The values of an instance as arguments: matrices as arrays, vectors as arrays of one column, families as lists.

    Args:
        drawn: the instance.
    """
    space = drawn.space
    out: dict[str, Any] = {identifier(name): _plain(value, whole=True) for name, value in drawn.whole.items()}
    for name, value in drawn.values.items():
        if not isinstance(value, Scaled):
            out[identifier(name)] = _argument(value, space.shapes.get(name), drawn)
    for base, (full, shape) in drawn.families.items():
        if base in drawn.defined:
            continue
        index = full.partition("_")[2]
        last = space.indices[index][1] if index in space.indices else space.sums.get(index, "")
        places = range(int(index not in space.indices), drawn.size(last) + 1)
        out[identifier(base)] = [_argument(drawn.element(base, (place,)), shape, drawn) for place in places]
    for name, (_, given) in space.functions.items():
        out.setdefault(identifier(name), partial(_called, drawn, name, given))  # “f” may stand for a value f(x)
    return out


def _called(drawn: Drawn, name: str, given: str | int, *arguments: Any) -> Any:
    """The value of an unknown function at numbers and columns of exact numbers, as an argument of a solver would be."""
    import numpy as np

    values = []
    for argument in arguments:
        entries = [drawn.field.number(Fraction(entry)) for entry in np.ravel(argument).tolist()]
        values.append(unwrapped(drawn.field.matrix(len(entries), 1, entries)))
    value = drawn.point.functions[name](values)
    return _fraction(value) if given == 1 else array(value)


def _of_numbers(function: Callable[[list[Any]], Any], *arguments: Any) -> Any:
    """The value of an unknown function of numbers, as an argument of a solver would be."""
    return _fraction(function([fields.exact().number(Fraction(argument)) for argument in arguments]))


def told(drawn: Drawn, names: Sequence[str] = ()) -> str:
    """An instance in a few words.

    Args:
        drawn: the instance.
        names: of the symbols to tell; all that have values if there are none.
    """
    values = shown(drawn, names or [*drawn.sizes, *drawn.space.shapes])
    text = ", ".join(f"{name} = {value}" for name, value in values)
    return text if len(text) <= 200 else text[:199] + "…"


def _argument(value: Any, shape: Shape | None, drawn: Drawn) -> Any:
    if shape is None:
        return array(value) if is_matrix(value) else _fraction(value)
    if not shape:
        return _fraction(value)
    rows, columns = drawn.size(shape[0]), drawn.size(shape[1]) if len(shape) > 1 else 1
    return array(value).reshape(rows, columns)


def array(value: Any) -> Any:
    """A matrix or number of a field as an array of fractions, or of floats where it is not rational.

    Args:
        value: the value.
    """
    import numpy as np

    if isinstance(value, Scaled):
        value = sized(value, value)
    rows, columns = shape_of(value) if is_matrix(value) else (1, 1)
    entries = [value[i, j] for i in range(rows) for j in range(columns)] if is_matrix(value) else [value]
    out = np.empty((rows, columns), dtype=object)
    out[:] = np.array([_fraction(entry) for entry in entries], dtype=object).reshape(rows, columns)
    return out


def _fraction(value: Any) -> Any:
    """A number of FLINT as a fraction, or a float where it is a ball."""
    if hasattr(value, "mid"):
        return float(value.mid())
    return Fraction(int(value.p), int(value.q))


def _plain(value: Fraction, whole: bool) -> int | Fraction:
    return int(value) if whole and value.denominator == 1 else value
