"""Every step of a derivation, from one member of a line to the next, and whether it follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.answers._derivation.lines import Derivation, Line
from grader.answers._derivation.world import ZERO, World, is_zero
from grader.maths.deciding.equality import Outcome
from grader.maths.tree import Listing, Node, Relation, symbols_in, walk
from grader.maths.values.profile import COUNTING


@dataclass(frozen=True, slots=True)
class Step:
    """From one member of a line to the next.

    Args:
        number: of the step, from 1.
        line: where it stands.
        place: of the sign in its line.
        outcome: whether it follows, None where that was not settled.
        gives_name: it only says what a name stands for.
    """

    number: int
    line: Line
    place: int
    outcome: Outcome
    gives_name: bool = False

    @property
    def left(self) -> Node | None:
        """What stands before the sign."""
        return self.line.items[self.place]

    @property
    def right(self) -> Node | None:
        """What stands after the sign."""
        return self.line.items[self.place + 1]

    @property
    def sign(self) -> str:
        """The sign between them."""
        return self.line.signs[self.place]

    @property
    def relation(self) -> Relation | None:
        """Both sides with the sign; None where one cannot be read."""
        if self.left is None or self.right is None:
            return None
        return Relation((self.left, self.right), (self.sign,))


def steps_of(derivation: Derivation, world: World) -> Iterator[Step]:
    """The steps of a derivation, in order, each decided when it is asked for.

    Args:
        derivation: as read.
        world: in which its lines have to hold.
    """
    number = 0
    for line in derivation.steps:
        for place, sign in enumerate(line.signs):
            number += 1
            left, right = line.items[place], line.items[place + 1]
            if _names_a_family(left) or _names_a_family(right):
                continue  # “K = {K_ℓ}” names a family and says nothing that could be checked
            if left is None or right is None:
                yield Step(number, line, place, Outcome(None, "none", why="it could not be read"))
                continue
            names = left != right and (
                world.meaning(left) == world.meaning(right) or (is_zero(right) and world.is_open_name(left))
            )
            outcome = _decided(world, line, left, sign, right)
            yield Step(number, line, place, outcome, gives_name=names)


def _names_a_family(side: Node | None) -> bool:
    """Whether a side is written with braces, as a set is: “{K_ℓ} from 0 to L”."""
    return side is not None and any(isinstance(here, Listing) and here.bracket == "{" for here in walk(side))


def _decided(world: World, line: Line, left: Node, sign: str, right: Node) -> Outcome:
    outcome = world.equal(left, right, line.conditions)
    if sign == "=" and left == line.items[0] and world.is_gradient(left) and not world.equal(left, ZERO).equal:
        return Outcome(None, "none", why="this gradient is not zero at the solution")
    if sign == "=":
        if outcome.equal is False and line.doubtful:
            return Outcome(None, "none", why="it is stated under a condition, or taken back")
        if outcome.equal is False and outcome.relation == "unknown_symbol":
            return Outcome(None, "none", why=outcome.why)
        names = symbols_in(left) | symbols_in(right)
        beside = line.general or (world.marks and not names & world.marks)
        if outcome.equal is False and beside and left == line.items[0] and not world.fits(left):
            return Outcome(None, "none", why="it may be about matrices of other sizes")
        if outcome.equal is False and not names - COUNTING:
            return Outcome(None, "none", why="it says nothing of what was asked, and may be misread")
        return outcome
    if outcome.equal and sign in "≈≤≥":
        return outcome
    return Outcome(None, "none", why=f"whether “{sign}” holds is not decided here")
