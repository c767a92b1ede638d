"""Paths along which variables grow, what functions do along them, and how to say it.

A path gives each variable as t^a, 2^(t^a), log t, or holds it fixed. Along it, a form becomes a combination of
monomials in t, log t, log log t …, of which the largest decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from grader.maths.growth.cone import Case, Cone, Step, has_exponential
from grader.maths.growth.scale import POLYLOG, SURROGATE, Form, Quantity, Real, ln, plain

_DEPTH = 4
"""Exponents in a monomial: of t, log t, log log t, log log log t."""

Monomial = tuple[Real, ...]
Along = list[tuple[Monomial, Real]]
"""A form along a path: monomials with their coefficients, largest first."""

MAX_NAMES = 4
"""Most variables of which paths are tried one after another."""


class Shape(NamedTuple):
    """How a variable grows: ``kind`` is ``fixed``, ``power`` (t^a), ``exp`` (2^(t^a)) or ``log`` (log t)."""

    kind: str
    power: Real = 1


FIXED = Shape("fixed")
_SAME = Shape("power")

Path = dict[str, Shape]


def along(form: Form, path: Path) -> Along | None:
    """A form along a path.

    Args:
        form: of any variables; those that the path does not name are fixed.
        path: the shape of each variable.

    Returns:
        Monomials, largest first; None where they cannot be told.
    """
    exact = has_exponential(form)
    out: dict[Monomial, Real] = {}
    loose: set[Monomial] = set()
    for (name, level), c in form:
        if name:
            shape = path.get(name, FIXED)
            if shape.kind == "fixed":
                continue
            image = _image(shape, level, exact)
            if image is None:
                return None
            monomial, factor = image
        else:
            exponents = _product_along(level, path)
            if exponents is None:
                return None
            monomial, factor = exponents, 1
            loose.add(monomial)
        value = out.get(monomial, 0) + c * factor
        if monomial in loose and monomial in out:
            return None  # constants that were not kept would decide
        if value:
            out[monomial] = value
        else:
            out.pop(monomial, None)
    return sorted(out.items(), reverse=True)


def _image(shape: Shape, level: int, exact: bool) -> tuple[Monomial, Real] | None:
    """The ``level``-th logarithm of a variable, as a monomial and its factor."""
    lift = {"power": 0, "exp": -1, "log": 1}[shape.kind]
    at = level + lift
    if at < 0 or at >= _DEPTH:
        return None
    if at == 0 and shape.kind != "log":
        factor = ln(Fraction(2)) if exact and shape.kind == "exp" else 1
        return ((shape.power, 0, 0, 0), factor)
    unit = [0] * _DEPTH
    unit[at] = 1
    return (tuple(unit), shape.power if at == 1 and shape.kind != "log" else 1)


def _product_along(form: Form, path: Path) -> Monomial | None:
    """The monomial whose logarithm is a form, up to a factor."""
    inner = along(form, path)
    if inner is None:
        return None
    out: list[Real] = [0] * _DEPTH
    for monomial, c in inner:
        where = [i for i, e in enumerate(monomial) if e]
        if len(where) != 1 or where[0] == 0 or monomial[where[0]] != 1:
            return None
        out[where[0] - 1] = c
    return tuple(out) if any(out) else None


def sign(form: Form, path: Path) -> int | None:
    """Whether a form grows (1), stays bounded (0) or falls (-1) along a path; None where that cannot be told."""
    found = along(form, path)
    if found is None:
        return None
    if not found:
        return 0
    leading = found[0][1]
    return 1 if leading > 0 else -1


def allowed(path: Path, cone: Cone) -> bool:
    """Whether a path keeps to the assumptions."""
    return any(_keeps(path, case) for case in cone.cases)


def _keeps(path: Path, case: Case) -> bool:
    if any(sign(form, path) == -1 for form in case.exact):
        return False
    return all(sign(form, path) in (0, 1) for form in case.weak) and all(sign(f, path) == 1 for f in case.strict)


@lru_cache(maxsize=256)
def simple_paths(names: tuple[str, ...]) -> tuple[Path, ...]:
    """The first paths to try: all variables alike, or some of them with the others fixed.

    Args:
        names: of the variables.
    """
    return tuple(
        {name: _SAME if name in chosen else FIXED for name in names}
        for size in (len(names), *range(1, len(names)))
        for chosen in combinations(names, size)
    )


_SPEEDS = (
    (Shape("power", 2), _SAME),
    (Shape("exp"), _SAME),
    (Shape("power", 3), _SAME),
    (Shape("power", 3), Shape("power", 2)),
    (_SAME, Shape("log")),
    (Shape("exp", 2), _SAME),
    (Shape("exp"), Shape("log")),
)


@lru_cache(maxsize=256)
def further_paths(names: tuple[str, ...]) -> tuple[Path, ...]:
    """Paths to try after the simple ones: groups that grow at two speeds, and some that are fixed.

    Args:
        names: of the variables.
    """
    found: list[Path] = []
    for speeds in _SPEEDS:
        for shapes in product((*speeds, FIXED), repeat=len(names)):
            if set(speeds) <= set(shapes):
                found.append(dict(zip(names, shapes, strict=True)))
    return tuple(sorted(found, key=lambda path: FIXED in path.values()))


def path_of(steps: Sequence[Step], names: Iterable[str]) -> Path | None:
    """The path that a solution of one class names.

    Args:
        steps: from :meth:`Cone.can_grow`.
        names: of the variables.

    Returns:
        None where there are several classes, or products.
    """
    if len(steps) != 1:
        return None
    path: Path = dict.fromkeys(names, FIXED)
    least = min((c for c in steps[0].point.values() if c > 0), default=Fraction(1))
    for (name, level), c in steps[0].point.items():
        if not name or level > 2:
            return None
        path[name] = (Shape("log"), Shape("power", c / least), Shape("exp", c / least))[level]
    return path


def parameter(path: Path) -> str:
    """The letter in which a path is told: the variable that grows like itself, or one that is free."""
    for name, shape in path.items():
        if shape == _SAME:
            return name
    return next(letter for letter in ("k", "t", "s", "τ", "z", "κ") if letter not in path)


def described(path: Path) -> tuple[tuple[str, str], ...]:
    """What each variable is along a path: ``("n", "d²")``, ``("m", "fixed")``; the parameter itself is left out.

    Args:
        path: the path.
    """
    letter = parameter(path)
    return tuple((name, _shape_text(shape, letter)) for name, shape in path.items() if name != letter)


def _shape_text(shape: Shape, letter: str) -> str:
    power = raised_text(letter, shape.power)
    return {"fixed": "fixed", "power": power, "exp": f"2^{_grouped(power)}", "log": f"log {letter}"}[shape.kind]


def path_text(path: Path) -> str:
    """A path in words: ``along n = d², d → ∞``, ``along n → ∞ with d fixed``."""
    letter = parameter(path)
    alike = [name for name, shape in path.items() if shape == _SAME]
    others = [f"{name} = {_shape_text(shape, letter)}" for name, shape in path.items() if shape not in (_SAME, FIXED)]
    fixed = [name for name, shape in path.items() if shape == FIXED]
    growing = " = ".join(alike) if alike else letter
    lead = f"along {', '.join([*others, f'{growing} → ∞'])}"
    return f"{lead} with {_listed(fixed)} fixed" if fixed else lead


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


_SUPER = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def raised_text(base: str, power: Real) -> str:
    """A power in Unicode, with an exponent of many digits rounded."""
    if power == 1:
        return base
    if power == Fraction(1, 2):
        return f"√{base}"
    if power.denominator == 1:
        return base + str(power).translate(_SUPER)
    return f"{base}^({_real_text(power)})"


def _real_text(value: Real) -> str:
    return f"{float(value):.3g}" if value.denominator > SURROGATE else str(value)


def _grouped(text: str) -> str:
    return text if len(text) == 1 else f"({text})"


def growth_text(found: Along, path: Path) -> str:
    """What a function is along a path, up to a constant factor: ``n³``, ``(log k)²``, ``2^(n²)``.

    Args:
        found: its form along the path.
        path: the path.
    """
    letter = parameter(path)
    rate: Real
    over: list[str] = []
    under: list[str] = []
    for monomial, c in found:
        where = [i for i, e in enumerate(monomial) if e]
        side, size = (over, c) if c > 0 else (under, -c)
        if len(where) == 1 and where[0] and monomial[where[0]] == 1:
            base = "log " * (where[0] - 1) + letter
            if size >= POLYLOG // 2:  # the power is not said
                side.append(f"polylog {letter}")
                continue
            side.append(raised_text(base if where[0] == 1 or size == 1 else f"({base})", size))
        else:
            exponent = " ".join(
                raised_text("log " * i + letter if i == 0 or e == 1 else f"({'log ' * i}{letter})", e)
                for i, e in enumerate(monomial)
                if e
            )
            base, rate = ("2", size) if any(shape.kind == "exp" for shape in path.values()) else _base(size)
            shown = exponent if rate == 1 else f"{_real_text(rate)} {exponent}"
            side.append(f"{base}^{_grouped(shown)}")
    top = " ".join(over) or "1"
    if not under:
        return top
    bottom = " ".join(under)
    return f"{top}/{bottom if len(under) == 1 else f'({bottom})'}"


def _base(rate: Real) -> tuple[str, Real]:
    """``exp(rate · x)`` as a power of a small base, and its exponent over x: ``e`` where no other base fits."""
    for base in (2, 3, 5, 6, 7, 10) if rate.denominator > SURROGATE else ():
        factor = rate / Fraction(ln(Fraction(base)))
        if factor.denominator <= SURROGATE:
            return str(base), plain(factor)
    return "e", rate


def largest(forms: Iterable[Form], path: Path) -> Along | None:
    """The largest of several forms along a path; None where one of them cannot be told."""
    best: Along | None = None
    for form in forms:
        found = along(form, path)
        if found is None:
            return None
        if best is None or _exceeds(found, best):
            best = found
    return best


def _exceeds(one: Along, other: Along) -> bool:
    difference = dict(one)
    for monomial, c in other:
        difference[monomial] = difference.get(monomial, 0) - c
    left = [(monomial, c) for monomial, c in difference.items() if c]
    return bool(left) and max(left)[1] > 0


def quotient(one: Along, other: Along) -> Along:
    """What one function over another is along a path."""
    difference = dict(one)
    for monomial, c in other:
        difference[monomial] = difference.get(monomial, 0) - c
    return sorted(((monomial, c) for monomial, c in difference.items() if c), reverse=True)


def classes_text(steps: Sequence[Step]) -> str:
    """A solution of several classes in words: which logarithms outgrow which."""

    parts = [" ~ ".join(_quantity_text(q) for q in step.members if q[0]) for step in steps]
    return "where " + " ≫ ".join(part for part in parts if part)


def _quantity_text(quantity: Quantity) -> str:
    name, level = quantity
    return f"{'log ' * level}{name}"
