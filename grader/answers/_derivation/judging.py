"""What a derivation does: the first step that does not follow, where it starts, whether it reaches the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from grader.answers._derivation.lines import Derivation, Line, Role
from grader.answers._derivation.names import of_what
from grader.answers._derivation.steps import Step, steps_of
from grader.answers._derivation.world import World, world_of
from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.tree import Binary, Cases, Node, Number, Relation, Symbol, symbols_in
from grader.maths.values.spaces import Space

_PROPORTIONAL = frozenset({"sign", "scaled", "transposed"})


@dataclass(frozen=True)
class Asked:
    """What a derivation has to do.

    Args:
        key: what it has to end with, without the name of it.
        target: the symbol of what is asked, "" if it has none.
        start: what it has to begin with: an expression, or an equation for the unknown; None for anything.
        unknown: lines are equations for the target.
        free: the declared symbols, with any values.
        true: the same, with the true value of the target.
        lacks: what an end holds that it may not, as the end of a sentence; "" for a good one.
    """

    key: Node
    target: str
    start: Node | None
    unknown: bool
    free: Space
    true: Space
    lacks: Callable[[Node], str]

    @cached_property
    def matrix(self) -> MatrixKey:
        """The key, to compare with."""
        return MatrixKey(self.key, self.free)

    @cached_property
    def beginning(self) -> MatrixKey | None:
        """The start, to compare with: of an equation, the difference of its sides."""
        if self.start is None:
            return None
        node = Binary("-", *self.start.items) if isinstance(self.start, Relation) else self.start
        return MatrixKey(node, self.free if self.unknown else self.true)


@dataclass(frozen=True, slots=True)
class Place:
    """A member of a line: its position among all members, and what it says."""

    order: int
    line: Line
    node: Node


class Findings:
    """What was found out about a derivation; each fact is worked out when it is asked for.

    Args:
        derivation: as read.
        asked: what it has to do.
    """

    def __init__(self, derivation: Derivation, asked: Asked) -> None:
        self.derivation = derivation
        self.asked = asked
        self.world = world_of(derivation, asked.true, asked.target, unknown=asked.unknown)
        self.free = World(asked.free, self.world.named, self.world.opaque)
        self.steps = tuple(steps_of(derivation, self.world))

    @cached_property
    def wrong(self) -> Step | None:
        """The first step that does not follow."""
        return next((step for step in self.steps if step.outcome.equal is False), None)

    @cached_property
    def unsettled(self) -> Step | None:
        """The first step of which that is not known."""
        return next((step for step in self.steps if step.outcome.equal is None), None)

    @property
    def is_lost(self) -> bool:
        """Whether neither the start nor the end was found: little of the text was understood, or it is another way."""
        return self.start is None and not self.ends

    @property
    def is_beside_the_point(self) -> bool:
        """Whether the wrong step says nothing of the unknown, in a text of which little was understood."""
        if self.wrong is None or self.wrong.relation is None or not self.asked.unknown or not self.is_lost:
            return False
        return self.asked.target not in symbols_in(self.world.meaning_of(self.wrong.relation))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All members that may be the start or the end, in order."""
        found, order = [], 0
        for line in self.derivation.lines:
            for node in line.items:
                order += 1
                if node is not None and line.role in (Role.STEP, Role.MENTION):
                    found.append(Place(order, line, node))
        return tuple(found)

    # ---------------------------------------------------------------- the end

    @cached_property
    def ends(self) -> tuple[tuple[Place, str], ...]:
        """Members that are the key, each with what it holds that it may not."""
        return tuple(self._ends())

    def _ends(self) -> Iterator[tuple[Place, str]]:
        for place in self.places:
            node = self.world.meaning(place.node)
            alone = isinstance(node, Symbol) and node != self.asked.key  # y_k is a name of the result
            if alone or isinstance(node, Number) or (self.asked.target and self.asked.target in symbols_in(node)):
                continue
            if self.asked.unknown and not self._tells_target(place):
                continue
            if self._is_another_derivative(place):
                continue
            if self.asked.matrix.compare(node, witness=False).equal:
                yield place, self.asked.lacks(place.node)

    @cached_property
    def other_result(self) -> Node | None:
        """An expression after the end that is said to be the result and is another one; None if there is none."""
        after = self.end.order if self.end is not None else len(self.places)
        stated = (place.node for place in self.places if place.line.stated and place.order > after)
        asked = self.asked.matrix
        return next((n for n in stated if asked.compare(self.world.meaning(n), witness=False).equal is False), None)

    def _is_another_derivative(self, place: Place) -> bool:
        """Whether a line is about the derivative by another variable than that of what is asked."""
        asked = of_what(self.asked.target)
        names = [item.full for item in place.line.items if isinstance(item, Symbol)]
        return bool(asked) and any(of_what(name) not in ("", asked) for name in names)

    def _tells_target(self, place: Place) -> bool:
        """Whether a line gives a value to the unknown, by its symbol or by a name such as “solution”."""
        others = [item for item in place.line.items if item is not None and item != place.node]
        meant = [self.world.meaning(item) for item in others]
        return any(item == Symbol(self.asked.target) for item in meant) or not any(
            symbols_in(item) for item in meant if item != self.world.meaning(place.node)
        )

    @cached_property
    def end(self) -> Place | None:
        """The last member that is the key in the asked form."""
        return next((place for place, lacking in reversed(self.ends) if not lacking), None)

    @property
    def tells_names(self) -> bool:
        """Whether true statements say what the names are by which the end should be told: “K_0 = D, K_ℓ = C A^{ℓ−1} B”.

        Then an end in other symbols, such as D u_k + Σ C A^{ℓ−1} B u_{k−ℓ}, says the same.
        """
        start = symbols_in(self.asked.start) if self.asked.start is not None else frozenset()
        defined, given = ({name.partition("_")[0] for name in names} for names in (self.asked.free.definitions, start))
        wanted = {name.partition("_")[0] for name in symbols_in(self.asked.key)} & defined - given
        told: dict[str, set[bool]] = {}
        for step in self.steps:
            if isinstance(step.left, Symbol) and step.left.sub and step.outcome.equal:
                both = isinstance(step.right, Cases)
                single = {step.left.sub.isdecimal()} if not both else {True, False}
                told.setdefault(step.left.name, set()).update(single)
        return bool(wanted) and all(told.get(name) == {True, False} for name in wanted)

    @cached_property
    def lacking(self) -> str:
        """What the last member that is the key holds and may not; "" if there is none, or nothing."""
        return self.ends[-1][1] if self.ends and self.end is None else ""

    # ---------------------------------------------------------------- the start

    @cached_property
    def start(self) -> Place | None:
        """The first member that is the start, or the first side of the equation that is."""
        asked = self.asked
        if asked.beginning is None or asked.start is None:
            return next(iter(self.places), None)
        if isinstance(asked.start, Relation):
            return self._start_of_equation(asked.beginning)
        good = {place.order for place, lacking in self.ends if not lacking}
        world = self.free if asked.unknown else self.world
        possible = [
            place
            for place in self.places
            if place.line.signs
            and place.order not in good
            and (place.node == asked.start or not isinstance(place.node, Symbol))  # y_k alone is a name
        ]
        as_given = next((place for place in possible if place.node == asked.start), None)
        if as_given is not None:
            return as_given
        start = asked.beginning
        return next((p for p in possible if start.compare(world.meaning(p.node), witness=False).equal), None)

    def _start_of_equation(self, beginning: MatrixKey) -> Place | None:
        """An equation is the start where the difference of its sides is that of the start, or a multiple of it."""
        ends = {place.order for place, _ in self.ends}
        by_item = {(id(place.line), place.node): place for place in reversed(self.places)}
        for step in self.steps:
            if step.relation is None or step.sign != "=" or step.outcome.equal is False:
                continue
            left, right = step.relation.items
            place, other = by_item[id(step.line), left], by_item[id(step.line), right]
            if place.order in ends or other.order in ends:
                continue
            gap = Binary("-", self.free.meaning(left), self.free.meaning(right))
            outcome = beginning.compare(gap, witness=False)
            if outcome.equal or (outcome.equal is False and outcome.relation in _PROPORTIONAL):
                return place
        return None

    # ---------------------------------------------------------------- the steps between

    @cached_property
    def between(self) -> int:
        """How many different lines, or members, there are besides the start and the end, up to the later of them."""
        if self.start is None or self.end is None:
            return 0
        last = max(self.start.order, self.end.order)
        if self.asked.unknown:
            return self._equations_between(last)
        outer = {self.world.meaning(self.start.node), self.world.meaning(self.end.node)}
        if self.asked.start is None:
            outer = {self.world.meaning(self.end.node)}
        inner = {
            self.world.meaning(place.node)
            for place in self.places
            if place.line.role is Role.STEP and place.order <= last and not isinstance(place.node, Symbol | Number)
        }
        return len(inner - outer)

    def _equations_between(self, last: int) -> int:
        found: set[tuple[Node, Node]] = set()
        ends = {place.node for place, _ in self.ends}
        upto = {id(place.line) for place in self.places if place.order <= last}
        for step in self.steps:
            if step.relation is None or id(step.line) not in upto or step.gives_name:
                continue
            left, right = (self.world.meaning(item) for item in step.relation.items)
            target = Symbol(self.asked.target)
            if left == right or (left == target and step.right in ends) or (right == target and step.left in ends):
                continue
            if any(self.asked.target in symbols_in(side) for side in (left, right)):
                found.add((left, right))
        return len(found) - (self.asked.start is not None)

    @property
    def is_in_order(self) -> bool:
        """Whether the start comes before the end, or both stand in one chain, which can be read from either side."""
        if self.start is None or self.end is None:
            return False
        return self.start.order < self.end.order or (self.start.line is self.end.line and not self.asked.target)
