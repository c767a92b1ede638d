"""What is asked of a batch, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from grader.batch.engines import Engine
from grader.diagnostics import Diagnostic
from grader.store.runs import Manifest

Note: TypeAlias = Callable[[str, Diagnostic], None]  # subject, what there is to say about its files


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a run is.

    Args:
        subjects: students or conversations that are graded.
        kept: of these, the ones that an earlier run had graded.
        size: bytes of the input that are done.
        kept_size: of these, the ones that an earlier run had done.
        total: bytes of all of it; 0 where that is not known.
        seconds: since this run began to grade.
    """

    subjects: int
    kept: int
    size: int
    kept_size: int
    total: int
    seconds: float

    @property
    def rate(self) -> float:
        """Subjects graded a second, in this run."""
        return (self.subjects - self.kept) / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds until the end, if the rest takes what this run's took so far; None where that is not known."""
        done = self.size - self.kept_size
        return self.seconds * (self.total - self.size) / done if self.total >= self.size and done > 0 else None

    @property
    def share(self) -> float | None:
        """Of the whole, from 0 to 1; None where that is not known."""
        return min(1.0, self.size / self.total) if self.total else None


Progress: TypeAlias = Callable[[Advance], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be graded, and how.

    Args:
        manifest: of the input and the options.
        path: of the input.
        workers: number of processes; as many as there are processors if None.
        only_failed: grade those again that failed, and nothing else.
        engine: that works on the chunks; processes on this machine if None.
        on_progress: told after each chunk.
        on_note: told what there is to say about a subject's files, other than that they failed; what belongs to nobody
            under the name "".
    """

    manifest: Manifest
    path: Path
    workers: int | None = None
    only_failed: bool = False
    engine: Engine | None = None
    on_progress: Progress | None = None
    on_note: Note | None = None

    def tell(self, subject: str, note: Diagnostic) -> None:
        """Tell of a subject's files, if anybody listens."""
        if self.on_note is not None:
            self.on_note(subject, note)
