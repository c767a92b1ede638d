"""Points at which scalar expressions are compared: drawn once for a question, the same for every answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from grader.maths.values import fields, unknowns
from grader.maths.values.domain import Domain
from grader.maths.values.fields import Field, drawn
from grader.maths.values.places import Point
from grader.maths.values.profile import Profile
from grader.maths.values.unknowns import Signature

_NO_FUNCTIONS: Mapping[str, Signature] = {}
SEED = 20_11
"""Of all draws: every run decides alike."""


class Draws:
    """Points for the symbols of two expressions.

    Args:
        profiles: of the expressions that are evaluated at the points.
        domain: what is known of the symbols.
        declared: names whose order fixes which values they get, so that the points do not depend on an answer.
        functions: functions of numbers of which nothing is known.
    """

    def __init__(
        self,
        profiles: Sequence[Profile],
        domain: Domain,
        declared: Sequence[str] = (),
        functions: Mapping[str, Signature] = _NO_FUNCTIONS,
    ) -> None:
        self.domain = domain
        self.functions = functions
        names = (set().union(*(found.free for found in profiles)) | set(declared)) - functions.keys()
        self.families = frozenset().union(*(found.families for found in profiles))
        self.whole = frozenset().union(*(found.whole for found in profiles)) | {
            name for name in names if domain.of(name).whole
        }
        self.imaginary = any(found.imaginary for found in profiles) and "i" not in {*declared, *self.whole}
        if self.imaginary:
            names = names - {"i"}
        self.names = (*declared, *sorted(names - set(declared)))

    def modular(self, turn: int) -> Point:
        """A point mod p; whole symbols have small values.

        Args:
            turn: number of the point.
        """
        field = fields.complex_modular() if self.imaginary else fields.modular()
        whole = self._counts(turn)
        values = {
            name: field.whole(drawn(SEED + turn, name))
            for name in self.names
            if name not in whole and not self._is_element(name)
        }
        if self.imaginary:
            values["i"] = field.imaginary()
        point = self._point(field, values, whole, lambda name, at: field.whole(drawn(SEED + turn, name, *at)))
        return self._with_functions(point, turn, {}) if self.functions else point

    def rational(self, turn: int, field: Field, *, positive: bool) -> tuple[Point, dict[str, Fraction]]:
        """A point with small rational values that satisfy what is known, and those values.

        Args:
            turn: number of the point.
            field: the arithmetic.
            positive: take positive values where there are any.
        """
        chosen = self.domain.draw(self.names, self.whole, turn, positive=positive)
        whole = {name: chosen[name] for name in self.whole if name in chosen}
        values = {
            name: field.number(value)
            for name, value in chosen.items()
            if name not in whole and not self._is_element(name)
        }
        shown = {name: value for name, value in chosen.items() if not self._is_element(name)}

        def element(name: str, at: tuple[int, ...]) -> Any:
            known = self.domain.of(name)
            value = known.value(turn + 7 * sum(at) + len(at), len(name) + at[0], positive=positive)
            shown[f"{name}_{','.join(map(str, at))}"] = value
            return field.number(value)

        point = self._point(field, values, whole, element)
        return (self._with_functions(point, turn, shown) if self.functions else point), shown

    def _with_functions(self, point: Point, turn: int, shown: dict[str, Fraction]) -> Point:
        """A point with random functions; one without an argument is taken of the only variable that there is."""
        found = unknowns.drawn(self.functions, turn, point.field, lambda size: int(size), small=True)
        others = [name for name in self.names if name not in self.functions]
        if len(others) > 1:
            return point._replace(functions=found)  # f alone has no value, for it is not known of what
        argument = point.field.number(Fraction(1))
        if others:
            argument = point.values.get(others[0]) or point.field.number(point.whole.get(others[0], Fraction(1)))
        values = dict(point.values)
        for name, function in found.items():
            value = values[name] = function([argument])
            if hasattr(value, "p"):
                shown[f"{name}({others[0]})" if others else name] = Fraction(int(value.p), int(value.q))
        return point._replace(functions=found, values=values)

    def _counts(self, turn: int) -> dict[str, Fraction]:
        if not self.whole:
            return {}
        return self.domain.draw(sorted(self.whole), self.whole, turn, positive=True)

    def _is_element(self, name: str) -> bool:
        """Whether a symbol such as ``x_1`` is an element of a family that occurs with an index."""
        base, _, sub = name.partition("_")
        return bool(sub) and base in self.families and (sub.isdecimal() or sub in self.whole)

    def _point(
        self,
        field: Field,
        values: dict[str, Any],
        whole: dict[str, Fraction],
        element: Callable[[str, tuple[int, ...]], Any],
    ) -> Point:
        families = self.families
        count = int(whole.get("n", 3))

        def of_family(name: str, at: tuple[int, ...]) -> Any:
            return element(name, at) if name in families else None

        return Point(field, values, whole, of_family, {"": min(max(count, 1), 6)}, {}, families)
