"""The world in which the lines of a derivation have to hold: what is declared, with the key for what is asked.

A line follows if it is true where everything has its true value: the unknown is the solution, the gradient is the
gradient. A chain of expressions is true where its members are equal at random instances; an equation for an unknown
has to hold at the solution. The first line that does not is the first step that does not follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from grader.answers._derivation.lines import Derivation, Line, Role
from grader.answers._derivation.names import of_what
from grader.maths.deciding.equality import Outcome
from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.reading.subscripts import index_names
from grader.maths.substitution import substituted
from grader.maths.tree import Binary, Node, Number, Relation, Symbol, symbols_in, walk
from grader.maths.values.fields import UnsupportedError
from grader.maths.values.operations import ShapeError
from grader.maths.values.profile import COUNTING, profile
from grader.maths.values.spaces import FAMILY_SIZE, Space

ZERO = Number(Fraction(0), "0")
"""The literal 0."""

_MOST_NAMES = 20
"""Names that a derivation may give to things."""

_LARGEST_NAME = 7
"""Nodes of the largest expression that may be a name, such as d L."""

_GRADIENTS = frozenset({"gradient", "grad", "derivative", "Gradient", "Derivative"})


@dataclass(frozen=True)
class World:
    """What is true, and what a derivation calls by names of its own.

    Args:
        space: the declared symbols, with the true values of what is asked.
        named: what the derivation's own names stand for.
        opaque: what other expressions of unknown symbols stand for, such as ``d L``.
        unknown: the symbol for which is solved, "" if none.
        marks: symbols that show that a line is about what is asked: the target and declared differentials.
    """

    space: Space
    named: Mapping[str, Node] = field(default_factory=dict)
    opaque: Mapping[Node, Node] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    unknown: str = ""

    def is_gradient(self, node: Node) -> bool:
        """Whether a symbol is a name of the gradient by the unknown, which is zero at the solution."""
        if not self.unknown or not isinstance(node, Symbol) or node.full not in self.named:
            return False
        plain = node.name.startswith("∇") and node.sub in ("", self.unknown)
        return plain or node.full in _GRADIENTS or of_what(node.full) == self.unknown

    def meaning(self, node: Node) -> Node:
        """An expression with the derivation's own names put in."""
        return substituted(self.opaque.get(node, node), self.named)

    def meaning_of(self, relation: Relation) -> Relation:
        """A relation with the derivation's own names put in."""
        return Relation(tuple(self.meaning(item) for item in relation.items), relation.signs)

    def fits(self, node: Node) -> bool:
        """Whether the sizes in an expression fit."""
        meant = self.meaning(node)
        try:
            MatrixKey(meant, with_indices(self.space, (meant,), ())).instances  # noqa: B018  # it tells by an error
        except ShapeError:
            return False
        except UnsupportedError:
            return True
        return True

    def is_open_name(self, node: Node) -> bool:
        """Whether a symbol is a name of which the derivation says only that it is zero: ``∇L = 0``."""
        return isinstance(node, Symbol) and node == self.meaning(node) and bool(strange(node, self.space))

    def equal(self, left: Node, right: Node, conditions: Iterable[Node] = ()) -> Outcome:
        """Whether two members of a line are equal.

        Args:
            left, right: the members, as written.
            conditions: relations between indices under which they are.
        """
        left, right = self.meaning(left), self.meaning(right)
        if left == right or (is_zero(right) and self.is_open_name(left)):
            return Outcome(True, "identical")
        if is_zero(right):
            right = Binary("*", ZERO, left)
        elif is_zero(left):
            left = Binary("*", ZERO, right)
        space = with_indices(self.space, (left, right), tuple(conditions))
        key = MatrixKey(left, space)
        try:
            key.instances  # noqa: B018  # whether the sizes fit is told here
        except ShapeError as error:
            return Outcome(False, "shapes", relation="shape", why=str(error))
        except UnsupportedError as error:
            return Outcome(None, "none", why=str(error))
        return key.compare(right)


def is_zero(node: Node) -> bool:
    """Whether a tree is a literal 0."""
    return isinstance(node, Number) and node.value == 0


def strange(node: Node, space: Space) -> set[str]:
    """Symbols of a tree that are neither declared nor indices.

    Args:
        node: the tree.
        space: what is declared.
    """
    declared = _declared(space)
    bases = {name.partition("_")[0] for name in declared}
    indices = _indices_in(node, space)
    return {
        name
        for name in profile(node).free
        if name not in declared and name not in indices and not ("_" in name and name.partition("_")[0] in bases)
    }


def _declared(space: Space) -> set[str]:
    return {*space.symbols, *space.domain.bounds, "I", "Id", "𝟙"}


def _indices_in(node: Node, space: Space) -> dict[str, tuple[int, str | int]]:
    """The indices that a tree leaves open and that are not declared: letters below symbols, in bounds and exponents."""
    known = _declared(space)
    found: dict[str, tuple[int, str | int]] = {}
    made_of = profile(node, diagonals=False)
    for name in sorted(made_of.free):
        base, _, sub = name.partition("_")
        if name in known:
            continue
        letters = sorted(index_names(sub)) if sub else [name] if name in made_of.whole else []
        for place, index in enumerate(letters):
            if index in COUNTING and index not in known:
                found.setdefault(index, _range(space, base if sub else "", place))
    return found


def with_indices(space: Space, nodes: tuple[Node, ...], conditions: tuple[Node, ...]) -> Space:
    """The space with the indices that expressions leave open, each with the range that its family or matrix gives it.

    Args:
        space: what is declared.
        nodes: the expressions.
        conditions: relations between indices; those about others than these indices are left out.
    """
    found: dict[str, tuple[int, str | int]] = {}
    for node in nodes:
        found = {**_indices_in(node, space), **found}
    known = {*_declared(space), *found}
    kept = tuple(c for c in conditions if symbols_in(c) - {"…"} <= known)
    if not found and not kept:
        return space
    return replace(space, indices={**space.indices, **found}, conditions=(*space.conditions, *kept))


def _range(space: Space, base: str, place: int) -> tuple[int, str | int]:
    """The range of an index of a family or a matrix."""
    for ties, side in ((space.rows, 0), (space.columns, 1)):
        for matrix, family in ties.items():
            if family.partition("_")[0] == base and len(space.shapes.get(matrix, ())) > side:
                return 1, space.shapes[matrix][side]
    for name in (*space.shapes, *space.definitions):
        family, _, index = name.partition("_")
        if family == base and index in space.indices:
            return space.indices[index]
        if family == base and index in space.sums:
            return 1, space.sums[index]
    shape = space.shapes.get(base) or space.shapes.get(base.upper()) or ()
    if len(shape) > place:
        return 1, shape[place]
    if not base and space.indices:
        return next(iter(space.indices.values()))
    return 1, FAMILY_SIZE


def world_of(derivation: Derivation, space: Space, target: str, *, unknown: bool) -> World:
    """The world of a derivation: names that it introduces are read from its lines.

    Args:
        derivation: as read.
        space: with the true values.
        target: the symbol of what is asked, "" if it has none.
        unknown: equations are solved for it.
    """
    named: dict[str, Node] = {}
    opaque: dict[Node, Node] = {}
    for line in derivation.lines:
        if line.role is Role.CONDITION or len(named) + len(opaque) >= _MOST_NAMES:
            continue
        for name, node in _names_in(line, space):
            if isinstance(name, Symbol):
                named.setdefault(name.full, _alias(name.full, target) or node)
            else:
                opaque.setdefault(name, node)
    names = {*space.shapes, *space.definitions}
    differentials = {name for name in names if name[0] == "d" and name[1:] in names}
    marks = frozenset({target, *differentials} if target else ())
    return World(space, named, opaque, marks, target if unknown else "")


def _alias(name: str, target: str) -> Node | None:
    """The symbol of what is asked, where a name is another one of it: ∂L/∂X for ∂f/∂X."""
    below = of_what(target)
    if below and (of_what(name) == below or name in _GRADIENTS or name.startswith("∇")):
        return Symbol(target)
    return None


def _names_in(line: Line, space: Space) -> Iterable[tuple[Node, Node]]:
    """Pairs of a name that a line introduces and what it stands for."""
    if not line.signs:
        return
    ends = ((0, 1, line.signs[0]), (-1, -2, line.signs[-1]))
    for at, beside, sign in ends:
        name, node = line.items[at], line.items[beside]
        if sign != "=" or name is None or node is None or name == node or is_zero(node):
            continue
        if isinstance(name, Symbol):
            declared = _declared(space)
            known = name.full in declared or name.name in {each.partition("_")[0] for each in declared}
            if known or name.full in symbols_in(node):
                continue
            yield name, node
            return
        foreign = strange(name, space)
        if not foreign or foreign & symbols_in(node):
            continue
        small = sum(1 for _ in walk(name)) <= _LARGEST_NAME and symbols_in(name) <= foreign
        if at == 0 and (small or any(each[0] in "∇∂" for each in foreign)):  # d L, ∇_b ‖T b − y‖²
            yield name, node
            return
