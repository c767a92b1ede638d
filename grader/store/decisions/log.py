"""The log of decisions as a whole: which decisions stand, and what happened to an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from grader.diagnostics import Diagnostic
from grader.records import Aside, Decision, Event, Item, Note, Undo


@dataclass(frozen=True)
class Log:
    """The events of a log, in their order.

    Args:
        events: the oldest first.
        diagnostics: what there was to say of the file when it was read.
        size: of the file up to the end of its last whole line, in bytes.
    """

    events: tuple[Event, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)
    size: int = field(default=0, compare=False)

    @cached_property
    def undone(self) -> Mapping[str, Undo]:
        """Ids of what was taken back, each with the first event that did so."""
        found: dict[str, Undo] = {}
        for event in self.events:
            if isinstance(event, Undo):
                found.setdefault(event.of, event)
        return found

    @cached_property
    def loose(self) -> tuple[Undo, ...]:
        """What takes back something that is not in the log."""
        there = {event.id for event in self.events if isinstance(event, Decision | Aside)}
        return tuple(undo for name, undo in self.undone.items() if name not in there)

    @cached_property
    def _latest(self) -> Mapping[tuple[Item, str], Decision | Aside]:
        """What was said last of each answer with these words, and not taken back."""
        found: dict[tuple[Item, str], Decision | Aside] = {}
        for event in self.events:
            if isinstance(event, Decision | Aside) and event.id not in self.undone:
                found[event.item, event.answer] = event
        return found

    @cached_property
    def standing(self) -> Mapping[tuple[Item, str], Decision]:
        """The decisions that stand, by answer and digest of its words."""
        return {key: event for key, event in self._latest.items() if isinstance(event, Decision)}

    @cached_property
    def left_open(self) -> Mapping[tuple[Item, str], Aside]:
        """What people left open on purpose, by answer and digest of its words."""
        return {key: event for key, event in self._latest.items() if isinstance(event, Aside)}

    @cached_property
    def by_item(self) -> Mapping[Item, tuple[Decision | Aside | Note, ...]]:
        """All that was said of each answer, the oldest first, also what was taken back."""
        found: dict[Item, list[Decision | Aside | Note]] = {}
        for event in self.events:
            if not isinstance(event, Undo):
                found.setdefault(event.item, []).append(event)
        return {item: tuple(events) for item, events in found.items()}

    def of_act(self, act: str) -> tuple[Decision | Aside, ...]:
        """What was decided in one go, taken back or not; empty for an unknown name."""
        return tuple(event for event in self.events if isinstance(event, Decision | Aside) and event.act == act)

    def with_events(self, events: Iterable[Event]) -> Log:
        """The log with some more events at its end."""
        return Log((*self.events, *events), self.diagnostics, self.size)
