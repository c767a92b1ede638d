"""Whether exact counts bear out a growth class: sizes to count at, and how the ratio of count and class moves.

Along paths on which the sizes grow at different speeds, a right class keeps the ratio within a small factor, and
every other one lets it drift. Each choice of sizes is held back in turn on some path: where all grow alike,
log L + log n passes for log L + log d. Floats are used for ratios only, which no decision of equality hangs on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from grader.answers._growth.read import Bound
from grader.answers._growth.verdict import GrowthSettings, relation, setting_of
from grader.answers.base import Instance
from grader.maths.growth.assume import Assumption
from grader.maths.growth.judge import EQUAL
from grader.maths.growth.scale import NegativeError, UndecidedError
from grader.maths.rendering.render import render
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary, symbols_in

Sizes = Mapping[str, int]

TIGHT = 3.0
"""Most by which the ratio of counts and a right class changes. Right classes of the homework change it by less than
2.8, one with a logarithm too many by more than 4.6."""

_TOP = 40
_FAR = (80, 160)  # logarithms grow slowly: these exponents tell log n + d from d where d is held back
_LARGEST = 1000.0
_LEAST = 8
_SMALL: Mapping[int, tuple[int, ...]] = {
    1: (2, 3, 4, 5, 7, 8, 12, 16, 24, 33), 2: (2, 3, 4, 6, 9, 16), 3: (2, 3, 5, 8),
}  # fmt: skip
_HELD = 4  # exponent of a size that does not grow


def _level(exponent: int) -> int:
    return (exponent - 1).bit_length()


_SPEEDS: tuple[Callable[[int], int], ...] = (
    lambda e: e,
    lambda e: e // 2 + 2,
    lambda e: _level(e) + 1,
    lambda e: _HELD,
)
"""Exponents of a size when the fastest one is 2^e: as fast, as its root, as its logarithm, not at all."""


def names_of(truth: Bound, options: GrowthSettings) -> tuple[str, ...]:
    """The variables: those declared, and those of the key."""
    return tuple(dict.fromkeys([*options.variables, *sorted(symbols_in(truth.node) - {"π", "e"})]))


def sizes_to_count(truth: Bound, options: GrowthSettings) -> Iterator[dict[str, int]]:
    """Sizes that satisfy what is assumed: small ones, at which anything can be counted, then those of the paths.

    Args:
        truth: the class.
        options: of the part.
    """
    names = names_of(truth, options)
    assumed = setting_of(options.assume, options.variables).assumptions
    defined = {found[0]: found[1] for one in assumed if (found := _defined(one, names)) is not None}
    held = {one.left.full for one in assumed if one.sign == "constant" and isinstance(one.left, Symbol)}
    free = tuple(name for name in names if name not in defined and name not in held)
    seen: set[tuple[int, ...]] = set()
    for chosen in _chosen(free, _exponents(truth, names)):
        sizes = {**chosen, **dict.fromkeys(held, 2**_HELD)}
        sizes.update((name, rule(sizes)) for name, rule in defined.items())
        key = tuple(sizes[name] for name in names)
        if key not in seen and min(key) > 1 and all(_holds(one, sizes) for one in assumed):
            seen.add(key)
            yield {name: sizes[name] for name in names}


def _exponents(truth: Bound, names: Sequence[str]) -> list[int]:
    """Exponents of the fastest size along a path."""
    top = top_of(truth, names)
    far = [e for e in _FAR if top == _TOP and _log2(truth.node, dict.fromkeys(names, float(e))) <= _LARGEST]
    return [*range(min(4, top // 3), top + 1, max(1, top // 10)), *far]


def _chosen(free: tuple[str, ...], exponents: Sequence[int]) -> Iterator[dict[str, int]]:
    for values in product(_SMALL.get(len(free), (2, 3, 5)), repeat=len(free)):
        yield dict(zip(free, values, strict=True))
    for speeds in product(_SPEEDS, repeat=len(free)):
        if _SPEEDS[0] in speeds or not free:
            for e in exponents:
                yield {name: 2 ** speed(e) for name, speed in zip(free, speeds, strict=True)}


def top_of(truth: Bound, names: Sequence[str]) -> int:
    """The largest exponent of a size: 40, or less where the class would be astronomical, as 2ⁿ is.

    Where the class allows it, a few sizes lie beyond; see :data:`_FAR`.

    Args:
        truth: the class.
        names: of its variables.
    """
    top = _TOP
    while top > 4 and _log2(truth.node, dict.fromkeys(names, float(top))) > _LARGEST:
        top -= 1
    return top


def instances(truth: Bound, options: GrowthSettings, spelled: Callable[[str], str]) -> Iterator[Instance]:
    """Instances for a solver that counts.

    Args:
        truth: the class.
        options: of the part.
        spelled: the name of an argument.
    """
    for sizes in sizes_to_count(truth, options):
        told = ", ".join(f"{name} = {_power(size)}" for name, size in sizes.items())
        yield Instance({spelled(name): size for name, size in sizes.items()}, None, told)


def misfit(counts: Sequence[tuple[Sizes, int]], truth: Bound, options: GrowthSettings) -> str:
    """What is wrong with a class, judged by exact counts; "" if it fits and its neighbours do not.

    Args:
        counts: sizes by the names of variables, and the count there.
        truth: the class.
        options: of the part.
    """
    large = [(sizes, count) for sizes, count in counts if min(sizes.values()) >= _LEAST]
    bad = next((f"{_at(sizes)} it gives {count}" for sizes, count in counts if count <= 0), "")
    if bad or len(large) < 3:
        return bad or f"only {len(large)} instances of sizes from {_LEAST} on could be counted"
    logs = [{name: math.log2(size) for name, size in sizes.items()} for sizes, _ in large]
    found = [math.log2(count) for _, count in large]
    terms = _terms(truth.node)
    values = [[_log2(term, at) for term in terms] for at in logs]
    ratios = [count - _total(line) for count, line in zip(found, values, strict=True)]
    if 2 ** (max(ratios) - min(ratios)) > TIGHT:
        low, high = (ratios.index(end(ratios)) for end in (min, max))
        one, other = (f"{2 ** ratios[at]:.3g} {_at(large[at][0])}" for at in (low, high))
        return f"the ratio of count and class drifts: it is {one} and {other}"
    for node, moved in _neighbours(terms, _factors(truth, options)):
        ratios = [count - _total(moved(line, at)) for count, line, at in zip(found, values, logs, strict=True)]
        if 2 ** (max(ratios) - min(ratios)) <= TIGHT and not _is_same(node, truth, options):
            shown = render(node).unicode.replace("ln(", "log(")
            return f"the counts fit {shown} as well, so they do not single out the class"
    return ""


def _factors(truth: Bound, options: GrowthSettings) -> list[Node]:
    """Each variable and its logarithm, where they move enough over the sizes that are drawn to be missed."""
    found: list[Node] = []
    drawn = [sizes for sizes in sizes_to_count(truth, options) if min(sizes.values()) >= _LEAST]
    for name in names_of(truth, options):
        symbol = Symbol(*name.split("_", 1))
        for factor in (symbol, Call("log", (symbol,))):
            values = [_log2(factor, {name: math.log2(sizes[name])}) for sizes in drawn]
            if values and 2 ** (max(values) - min(values)) > TIGHT**2:
                found.append(factor)
    return found


Moved = Callable[[list[float], Mapping[str, float]], list[float]]


def _neighbours(terms: list[Node], factors: Sequence[Node]) -> Iterator[tuple[Node, Moved]]:
    """Classes with one term left out, or one factor more or less in a term; and how values change.

    A term loses powers and logarithms of its own variables only: log n / log d is told from log n by no size that
    could be written down.
    """
    for place, term in enumerate(terms):
        if len(terms) > 1:
            yield _sum([*terms[:place], *terms[place + 1 :]]), _without(place)
        for factor in factors:
            for op in "*/" if symbols_in(factor) <= symbols_in(term) else "*":
                changed = Binary(op, term, factor)
                yield _sum([*terms[:place], changed, *terms[place + 1 :]]), _times(place, factor, op)


def _without(place: int) -> Moved:
    return lambda line, at: line[:place] + line[place + 1 :]


def _times(place: int, factor: Node, op: str) -> Moved:
    sign = 1 if op == "*" else -1

    def moved(line: list[float], at: Mapping[str, float]) -> list[float]:
        return [*line[:place], line[place] + sign * _log2(factor, at), *line[place + 1 :]]

    return moved


def _is_same(node: Node, truth: Bound, options: GrowthSettings) -> bool:
    """Whether a neighbour is the same class under the assumptions, or no class at all."""
    try:
        return relation(Bound(truth.head, node), truth, options).reason in EQUAL
    except (NegativeError, UndecidedError):
        return True


def _terms(node: Node) -> list[Node]:
    """The terms of a sum."""
    if isinstance(node, Binary) and node.op == "+":
        return [*_terms(node.left), *_terms(node.right)]
    return [node]


def _sum(terms: Sequence[Node]) -> Node:
    total = terms[0]
    for term in terms[1:]:
        total = Binary("+", total, term)
    return total


# ---------------------------------------------------------------- assumptions


def _defined(one: Assumption, names: Sequence[str]) -> tuple[str, Callable[[Sizes], int]] | None:
    """The variable that an equality gives by the others, and its value; in ``L = 2^N`` that is N."""
    if one.sign != "=" or one.right is None or not isinstance(one.left, Symbol) or one.left.full not in names:
        return None
    right, left = one.right, one.left.full
    if isinstance(right, Binary) and right.op == "^" and isinstance(right.left, Number):
        base, exponent = right.left.value, right.right
        if isinstance(exponent, Symbol) and exponent.full in names and base > 1:
            return exponent.full, lambda sizes: round(math.log2(sizes[left]) / math.log2(base))
    return left, lambda sizes: round(2 ** min(_log2(right, _logs(sizes)), 900.0))


def _holds(one: Assumption, sizes: Sizes) -> bool:
    """Whether sizes satisfy an assumption; what holds in the long run only is taken as if it held everywhere."""
    if one.right is None:
        return True
    logs = _logs(sizes)
    gap = _log2(one.right, logs) - _log2(one.left, logs)
    if one.sign in ("~", "="):
        power = isinstance(one.right, Binary) and one.right.op == "^" and isinstance(one.right.left, Number)
        return abs(gap) <= (1e-9 if one.sign == "=" and power else 1)
    return gap >= (1 if one.sign == "≪" else -1e-9)


def _logs(sizes: Sizes) -> dict[str, float]:
    return {name: math.log2(size) for name, size in sizes.items()}


# ---------------------------------------------------------------- values


def _log2(node: Node, at: Mapping[str, float]) -> float:
    """About the binary logarithm of the value of a class; −∞ for what is not positive.

    Args:
        node: its tree; one that was read as a class.
        at: binary logarithms of the sizes.
    """
    if isinstance(node, Number):
        return math.log2(node.value) if node.value > 0 else -math.inf
    if isinstance(node, Symbol):
        return at.get(node.full, 0.0 if node.full != "e" else math.log2(math.e))
    if isinstance(node, Unary):
        return _factorial(_log2(node.operand, at)) if node.op == "!" else -math.inf
    if isinstance(node, Binary):
        return _operation(node, at)
    if isinstance(node, Call):
        return _function(node, at)
    return -math.inf


def _operation(node: Binary, at: Mapping[str, float]) -> float:
    left = _log2(node.left, at)
    if node.op == "^":
        exponent = node.right
        sign = 1
        if isinstance(exponent, Unary) and exponent.op == "-":
            exponent, sign = exponent.operand, -1
        return sign * left * 2 ** min(_log2(exponent, at), 100.0) if left else 0.0
    right = _log2(node.right, at)
    if node.op in "+±":
        return _total([left, right])
    if node.op == "-":
        return left + math.log2(max(1 - 2 ** min(right - left, 0.0), 1e-300)) if left > right else -math.inf
    return left + right if node.op == "*" else left - right


def _function(node: Call, at: Mapping[str, float]) -> float:
    values = [_log2(argument, at) for argument in node.arguments]
    if node.function in ("log", "ln", "lg"):
        return math.log2(values[0]) if values[0] > 0 else -math.inf
    if node.function in ("sqrt", "root"):
        return values[0] / (2 ** _log2(node.base, at) if node.base is not None else 2)
    if node.function == "exp":
        return math.log2(math.e) * 2 ** min(values[0], 100.0)
    if node.function in ("factorial",):
        return _factorial(values[0])
    return (min if node.function == "min" else max)(values)


def _factorial(value: float) -> float:
    """Stirling's formula."""
    size = 2 ** min(value, 100.0)
    return max(size * (value - math.log2(math.e)), 0.0)


def _total(values: Sequence[float]) -> float:
    top = max(values)
    return top if math.isinf(top) else top + math.log2(sum(2 ** (value - top) for value in values))


def _at(sizes: Sizes) -> str:
    return "at " + ", ".join(f"{name} = {_power(size)}" for name, size in sizes.items())


def _power(size: int) -> str:
    """A size, as a power of two where it is a large one."""
    return f"2^{size.bit_length() - 1}" if size >= 1024 and size & (size - 1) == 0 else str(size)
