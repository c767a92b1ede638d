"""The log of decisions as a whole: which decisions stand, and what happened to an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from grader.diagnostics import Diagnostic
from grader.records import Decision, Event, Item, Note, Undo


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
        """Ids of the decisions that were taken back, each with the first event that did so."""
        found: dict[str, Undo] = {}
        for event in self.events:
            if isinstance(event, Undo):
                found.setdefault(event.of, event)
        return found

    @cached_property
    def loose(self) -> tuple[Undo, ...]:
        """What takes back a decision that is not in the log."""
        there = {event.id for event in self.events if isinstance(event, Decision)}
        return tuple(undo for name, undo in self.undone.items() if name not in there)

    @cached_property
    def standing(self) -> Mapping[tuple[Item, str], Decision]:
        """The last decision that was not taken back, by answer and digest of its words."""
        found: dict[tuple[Item, str], Decision] = {}
        for event in self.events:
            if isinstance(event, Decision) and event.id not in self.undone:
                found[event.item, event.answer] = event
        return found

    @cached_property
    def by_item(self) -> Mapping[Item, tuple[Decision | Note, ...]]:
        """The decisions and notes on each answer, the oldest first, also those that were taken back."""
        found: dict[Item, list[Decision | Note]] = {}
        for event in self.events:
            if not isinstance(event, Undo):
                found.setdefault(event.item, []).append(event)
        return {item: tuple(events) for item, events in found.items()}

    def of_act(self, act: str) -> tuple[Decision, ...]:
        """The decisions that were made in one go and still stand or stood; empty for an unknown name."""
        return tuple(event for event in self.events if isinstance(event, Decision) and event.act == act)

    def with_events(self, events: Iterable[Event]) -> Log:
        """The log with some more events at its end."""
        return Log((*self.events, *events), self.diagnostics, self.size)
