"""The pieces of a formula fitted into the gaps and marks of its line, in the order in which both were painted."""

from __future__ import annotations

from typing import NamedTuple

from grader.intake.repair.torn.constructs import Constructs
from grader.intake.repair.torn.lines import Atom, Flow, Gap, Slots
from grader.intake.repair.torn.reading import Caveat, Reading, best
from grader.intake.repair.torn.spelling import joined, raised
from grader.intake.repair.torn.tokens import Kind

_MOST_STATES = 24
_MOST_OF_ONE_PLACE = 3
_DEAR = 6.5
_UNUSED = {
    Gap.START: 0.0,
    Gap.NARROW: 3.0,
    Gap.LEANING: 0.2,
    Gap.WIDE: 4.0,
    Gap.AT_OPERATOR: 0.0,
    Gap.WIDE_AT_OPERATOR: 2.5,
    Gap.SCRIPT_AT_OPERATOR: 0.0,
    Gap.AT_SLOT: 0.0,
    Gap.AFTER_SLOT: 0.3,
    Gap.BEHIND_SLOT: 1.8,
    Gap.END: 0.0,
}
_USED = {
    Gap.NARROW: 0.1,
    Gap.LEANING: 0.5,
    Gap.WIDE: 0.3,
    Gap.AT_OPERATOR: 0.2,
    Gap.WIDE_AT_OPERATOR: 0.4,
    Gap.SCRIPT_AT_OPERATOR: 0.1,
    Gap.END: 0.5,
}
_RAISES = (Gap.NARROW, Gap.LEANING, Gap.WIDE, Gap.AT_OPERATOR, Gap.WIDE_AT_OPERATOR, Gap.SCRIPT_AT_OPERATOR, Gap.END)
_LONE_EXPONENT = 1.0
_WIDE = (Gap.WIDE, Gap.WIDE_AT_OPERATOR)
_NARROW = (Gap.NARROW, Gap.LEANING)
_ACCENTS = (Gap.START, Gap.NARROW, Gap.LEANING, Gap.WIDE)
_OPENS = (Gap.START, Gap.NARROW, Gap.LEANING, Gap.WIDE, Gap.AT_SLOT, Gap.AFTER_SLOT)


class _State(NamedTuple):
    """A line filled up to an item.

    Args:
        cost: so far.
        at: index of the next token of the pieces.
        parts: TeX of the items so far.
        caveats: so far.
        depth: large brackets that are open.
        large: pairs of large brackets so far.
    """

    cost: float
    at: int
    parts: tuple[str, ...]
    caveats: tuple[Caveat, ...]
    depth: int = 0
    large: int = 0

    def then(self, cost: float, at: int, tex: str, caveats: tuple[Caveat, ...] = (), opened: int = 0) -> _State:
        """The line with one more part; ``opened`` is 1 for a large bracket that opens, -1 for one that closes."""
        told = self.caveats + caveats if caveats else self.caveats
        large = self.large + (opened < 0)
        return _State(self.cost + cost, at, (*self.parts, tex), told, self.depth + opened, large)


class Filler(Constructs):
    """Readings of the runs of a block of fragments.

    Args:
        tokens: of the block.
        work: what may be done for it.
    """

    def fill(self, flow: Flow) -> list[Reading]:
        """The ways to fill a line with the pieces that follow it."""
        if flow.end < len(self.tokens) and self._same_line(flow):
            return self._bare(flow)
        states = [_State(flow.cost, flow.end, (), flow.caveats)]
        for index, item in enumerate(flow.items):
            if isinstance(item, Atom):
                states = [_State(s.cost, s.at, (*s.parts, item.tex), s.caveats, s.depth, s.large) for s in states]
            elif isinstance(item, Gap):
                before = flow.items[index - 1] if index else None
                carrier = before if isinstance(before, Atom) and before.carries else None
                states = self._pruned([new for s in states for new in self._gap(s, item, carrier, flow.end)])
            else:
                before = next((i for i in reversed(flow.items[:index]) if not isinstance(i, Gap)), None)
                carrier = before if isinstance(before, Atom) and before.carries else None
                states = self._pruned([new for s in states for new in self._slots(s, item, carrier)])
            if not states:
                return []
        found = []
        for state in states:
            closed = self._closed(state)
            if closed is None or (flow.inner and not closed.large):
                continue
            for whole in (closed, *self._after_bracket(closed)):
                parts = (*whole.parts, flow.operator) if flow.operator else whole.parts
                found.append(Reading(whole.at, joined(parts), whole.cost, whole.caveats, bool(flow.operator)))
        return best(found)

    def _same_line(self, flow: Flow) -> bool:
        """Whether the line goes on after a flow on the page: what is raised or lowered begins a line of its own."""
        if flow.operator:
            return self.tokens[flow.end].kind is not Kind.BREAK
        return self.tokens[flow.end - 1].kind is Kind.SPACE

    @staticmethod
    def _bare(flow: Flow) -> list[Reading]:
        """A line after which the same line goes on: nothing stood raised or lowered in it, or that would come first."""
        if flow.inner or any(isinstance(item, Slots) for item in flow.items):
            return []
        cost = flow.cost + sum(_UNUSED[item] for item in flow.items if isinstance(item, Gap))
        parts = [item.tex for item in flow.items if isinstance(item, Atom)]
        tex = joined([*parts, flow.operator] if flow.operator else parts)
        return [Reading(flow.end, tex, cost, flow.caveats, bool(flow.operator))]

    def _closed(self, state: _State) -> _State | None:
        while state.depth:
            bracket = self.bracket(state.at, Kind.CLOSE)
            if bracket is None:
                return None
            state = state.then(0.0, bracket[0], r"\right" + bracket[1], opened=-1)
        return state

    def _after_bracket(self, state: _State) -> list[_State]:
        """An exponent of the large bracket that ends a line."""
        if not state.parts or not state.parts[-1].endswith((")", "]", "matrix}")) or r"\right" not in state.parts[-1]:
            return []
        return [state.then(s.above + 0.4, s.end, raised(s.tex), s.caveats) for s in self.exponents(state.at)]

    def _gap(self, state: _State, gap: Gap, carrier: Atom | None, first: int) -> list[_State]:
        """What a gap may hide: nothing, an exponent, a large bracket, a letter with an accent."""
        unused = _UNUSED[gap]
        found = [state._replace(cost=state.cost + unused) if unused else state]
        if gap in _RAISES and carrier is not None:
            lone = gap is Gap.END and state.at == first  # an exponent that comes first stands close upon the line
            self._raise(found, state._replace(cost=state.cost + _LONE_EXPONENT * lone), gap, carrier)
        if gap in _OPENS and (bracket := self.bracket(state.at, Kind.OPEN)) is not None:
            cost = 1.0 if gap is Gap.START else 0.5
            found.append(state.then(cost, bracket[0], r"\left" + bracket[1], opened=1))
        if state.depth and gap is not Gap.START and (bracket := self.bracket(state.at, Kind.CLOSE)) is not None:
            found.append(state.then(0.0, bracket[0], r"\right" + bracket[1], opened=-1))
        if gap in _ACCENTS and (accented := self.accented(state.at)) is not None:
            found.append(state.then(0.4, *accented))
        return found

    def _raise(self, found: list[_State], state: _State, gap: Gap, carrier: Atom) -> None:
        """Enter a piece as the exponent of the atom before a gap, or as its subscript where the mark was lost."""
        wide, narrow = gap in _WIDE, gap in _NARROW
        text = carrier.token.text
        plain = carrier.token.kind is Kind.NUMBER and (text in "01" or "." in text)
        indexed = text in self.carriers
        for script in self.exponents(state.at):
            cost = _USED[gap] if gap is not Gap.END or script.tex != r"\top" else 0.2
            if wide:
                cost += 1.2 * (script.size < 2)
            elif narrow:
                cost += 0.5 * max(0, min(script.size - 2, 2))
            if plain:
                cost += 2.0 if script.lettered else 0.4
            elif carrier.token.kind is Kind.NUMBER and script.lettered and script.size > 2:
                cost += 1.0
            caveats = script.caveats
            if indexed and script.index_like:
                caveats = (*caveats, Caveat.LOST_MARK)
                found.append(state.then(cost + script.below + 0.3, script.end, f"_{{{script.tex}}}", caveats))
                cost += 0.5
            found.append(state.then(cost + script.above, script.end, raised(script.tex), caveats))
        if wide:
            for both in self.both_scripts(state.at):
                found.append(state.then(both.cost + 2.0, both.end, both.tex, (*both.caveats, Caveat.LOST_MARK)))

    def _slots(self, state: _State, slots: Slots, carrier: Atom | None) -> list[_State]:
        """Marks filled one construct after the other; the first may be a script of the atom before."""
        found: list[_State] = []
        rest = [(slots.count, state)]
        while rest:
            following: list[tuple[int, _State]] = []
            for left, now in rest:
                for used, reading in self.constructs(now.at, left, carrier if left == slots.count else None):
                    new = now.then(reading.cost, reading.end, reading.tex, reading.caveats)
                    if used == left:
                        found.append(new)
                    else:
                        following.append((left - used, new))
            following.sort(key=lambda part: part[1].cost)
            rest = following[:_MOST_STATES]
        if state.depth and slots.count == 1 and (bracket := self.bracket(state.at, Kind.CLOSE)) is not None:
            closed = state.then(0.0, bracket[0], r"\right" + bracket[1], opened=-1)
            found.extend(closed.then(s.cost, s.end, s.tex, s.caveats) for s in self.scripts(bracket[0]))
        return found

    def _pruned(self, states: list[_State]) -> list[_State]:
        """The cheapest states, few of one place, each said once."""
        self.work.spend(len(states))
        if len(states) < 2:
            return states
        kept: list[_State] = []
        places: dict[tuple[int, int], set[tuple[str, ...]]] = {}
        states.sort(key=lambda s: s.cost)
        for state in states:
            if state.cost > _DEAR or len(kept) == _MOST_STATES:
                break
            said = places.setdefault((state.at, state.depth), set())
            if len(said) < _MOST_OF_ONE_PLACE and state.parts not in said:
                said.add(state.parts)
                kept.append(state)
        return kept
