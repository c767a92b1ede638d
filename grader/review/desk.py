"""The desk at which people decide: a run, its groups, and the log that everybody at it appends to."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from grader.diagnostics import Diagnostic
from grader.records import Aside, Decision, Item, Note, Undo
from grader.records.decisions import digest, status_of, words_of
from grader.review.items import Group, Groups
from grader.store.decisions import FILE, ChangedError, Log, append, apply, machine_run, question_digest, read_log
from grader.store.runs import NAME, Manifest, load

FIRST_WORDS = 200  # characters of an answer that the log keeps for its readers


class ConflictError(Exception):
    """Somebody else decided meanwhile; nothing was recorded.

    Args:
        meanwhile: the decisions that stand now.
    """

    def __init__(self, meanwhile: Sequence[Decision]) -> None:
        super().__init__("somebody else decided meanwhile")
        self.meanwhile = tuple(meanwhile)


@dataclass(frozen=True)
class State:
    """What is decided at one moment.

    Args:
        log: as it was read.
        again: the decided items of which the question, or what the machine says, has changed since.
        stale: the standing decisions that are not applied, for the answers say something else now.
        notes: what there is to say of the log.
    """

    log: Log
    again: frozenset[Item] = frozenset()
    stale: tuple[Decision, ...] = ()
    notes: tuple[Diagnostic, ...] = ()

    def decision(self, group: Group, place: int) -> Decision | None:
        """The standing decision on one answer of a group."""
        return self.log.standing.get((group.items[place], group.digests[place]))

    def left_open(self, group: Group, place: int) -> Aside | None:
        """Who left one answer of a group open on purpose; None where nobody did, or it was decided since."""
        return self.log.left_open.get((group.items[place], group.digests[place]))

    def decisions(self, group: Group) -> tuple[Decision | None, ...]:
        """The standing decision on each answer of a group."""
        return tuple(self.decision(group, place) for place in range(len(group.items)))

    def settled(self, group: Group) -> bool:
        """Whether each of its answers is decided, or left open on purpose."""
        return self.waiting(group) == ()

    def waiting(self, group: Group) -> tuple[int, ...]:
        """Places of the answers that nobody has decided or left open."""
        return tuple(
            place
            for place in range(len(group.items))
            if self.decision(group, place) is None and self.left_open(group, place) is None
        )

    def seen(self, group: Group) -> str:
        """What stands in a group, as one word: it changes with every decision on one of its answers."""
        standing = (self.decision(group, place) or self.left_open(group, place) for place in range(len(group.items)))
        return digest(*(one.id if one else "" for one in standing))


class Desk:
    """A run that is being reviewed. Threads may share it; so may processes, through the file.

    Args:
        out: folder of the run, which holds ``run.sqlite``.
        by: name of the person who decides here.

    Raises:
        InputError: there is no run that can be read, or the log holds what is no decision.
    """

    def __init__(self, out: Path, by: str) -> None:
        self.out = out
        self.by = by
        self.log_path = out / FILE
        self._lock = threading.Lock()
        self._run_mark = self._log_mark = (0, 0)
        self.made: list[str] = []  # ids of what was decided here and not elsewhere
        self._load()
        self._read()

    @property
    def manifest(self) -> Manifest:
        """What the run was made from."""
        return self._manifest

    def now(self) -> tuple[Groups, State]:
        """The groups and what is decided, read anew where a file has changed.

        Raises:
            InputError: a file cannot be read any more.
            OSError: likewise.
        """
        with self._lock:
            if _mark(self.out / NAME) != self._run_mark:
                self._load()
                self._read()
            elif _mark(self.log_path) != self._log_mark:
                self._read()
            return self._groups, self._state

    def decide(
        self, group: Group, places: Iterable[int], credit: Fraction, *, why: str = "", comment: str = "", seen: str = ""
    ) -> str:
        """Record one mark for some answers of a group.

        Args:
            places: of the answers in the group.
            credit: share of the points, 0 to 1.
            why: for the staff.
            comment: for whoever wrote the answer.
            seen: :meth:`State.seen` of what the person looked at; "" to decide whatever stands.

        Returns:
            The name of the act, by which it can be undone.

        Raises:
            ConflictError: something else stands than what was seen.
            InputError, OSError: it cannot be recorded.
        """
        act = secrets.token_hex(6)

        def made(groups: Groups, place: int) -> Decision:
            verdict, subject = group.results[place].verdict, group.items[place].subject
            problem = groups.problem(subject, group.where)
            return Decision(
                f"{act}-{place}",
                *group.items[place],
                answer=group.digests[place],
                status=status_of(credit),
                credit=credit,
                by=self.by,
                at=_now(),
                why=why,
                spec=question_digest(problem, problem.part(group.where.part.id)),
                comment=comment,
                act=act,
                text=_first_words(group, place),
                machine_status=verdict.status,
                machine_credit=verdict.credit,
            )

        self._record(group, tuple(places), made, seen)
        return act

    def leave_open(self, group: Group, places: Iterable[int], *, why: str = "", seen: str = "") -> str:
        """Record that some answers of a group stay without a mark, so that they wait no longer.

        Args, Returns and Raises as for :meth:`decide`.
        """
        act = secrets.token_hex(6)

        def made(_: Groups, place: int) -> Aside:
            return Aside(
                f"{act}-{place}",
                *group.items[place],
                answer=group.digests[place],
                by=self.by,
                at=_now(),
                why=why,
                act=act,
                text=_first_words(group, place),
            )

        self._record(group, tuple(places), made, seen)
        return act

    def _record(
        self, group: Group, places: tuple[int, ...], made: Callable[[Groups, int], Decision | Aside], seen: str
    ) -> None:
        """Append an event for each place, unless something else stands than what was seen."""
        while True:
            groups, state = self.now()
            if seen and seen != state.seen(group):
                raise ConflictError([one for one in state.decisions(group) if one])
            events = tuple(made(groups, place) for place in places)
            try:
                append(self.log_path, events, known=state.log)
            except ChangedError:
                continue  # somebody was faster: is it still what was seen?
            self.made += [one.id for one in events if isinstance(one, Decision)]
            return

    def undo(self, act: str, why: str = "") -> tuple[Decision | Aside, ...]:
        """Take back what was decided in one go, as far as it still stands.

        Returns:
            What was taken back; nothing where there was nothing.
        """
        _, state = self.now()
        found = tuple(one for one in state.log.of_act(act) if one.id not in state.log.undone)
        at = _now()
        if found:
            append(self.log_path, [Undo(secrets.token_hex(6), one.id, self.by, at, why) for one in found])
        return found

    def note(self, item: Item, text: str) -> None:
        """Keep a remark on an answer, which its writer does not see."""
        append(self.log_path, [Note(secrets.token_hex(6), *item, by=self.by, at=_now(), text=text)])

    def _load(self) -> None:
        mark = _mark(self.out / NAME)
        stored = load(self.out / NAME)
        self._manifest = stored.manifest
        self._groups = Groups(machine_run(stored.run))
        self._run_mark = mark  # only now: what could not be read is tried again

    def _read(self) -> None:
        mark = _mark(self.log_path)
        log = read_log(self.log_path)
        applied = apply(self._groups.run, log)
        self._state = State(log, applied.again, applied.stale, applied.diagnostics)
        self._log_mark = mark


def _first_words(group: Group, place: int) -> str:
    return words_of(group.results[place].claim)[:FIRST_WORDS]


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _mark(path: Path) -> tuple[int, int]:
    """What changes when a file does; zeros where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
