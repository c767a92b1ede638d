"""What an export is: a file in which another tool finds what was graded.

An export is one module in this package with one subclass of :class:`Export`; it is found by discovery. What is large is
read and written record by record.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import Diagnostic
from grader.store.exports.source import Kept

SUBMISSIONS, TRANSCRIPTS = "submissions", "transcripts"
BOTH = (SUBMISSIONS, TRANSCRIPTS)


@dataclass(frozen=True, slots=True)
class Options:
    """What a person asks of an export; each format says which of these it takes.

    Args:
        gradebook: file that the platform exported, in which marks are to be filled.
        assignment: name of the assignment there; "" for the title of the run.
        include_open: whether there is a mark, of the parts that have one, where other parts wait for a person.
        scale: whether marks are converted to the points of the platform; None to refuse where the points differ.
        penalty: whether the course's rule for late work takes off its share.
        feedback: whether feedback is written beside the marks.
        unscored: what stands for a sample without a mark: ``nan``, ``omit`` or ``noanswer``.
        log: name of the log whose samples are meant; "" for the only one.
    """

    gradebook: Path | None = None
    assignment: str = ""
    include_open: bool = False
    scale: bool | None = None
    penalty: bool = False
    feedback: bool = False
    unscored: str = "nan"
    log: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote.

    Args:
        rows: how many rows, lines or cells of marks.
        what: they are, in the singular: ``result``.
        notes: what there is to say.
        lost: marks that found no place.
        left: rows that have no final mark, or were left alone.
    """

    rows: int
    what: str
    notes: tuple[Diagnostic, ...] = ()
    lost: int = 0
    left: int = 0


class Export(ABC):
    """One way to hand results to another tool.

    Class attributes:
        name: as in ``--to``.
        summary: one line for the table of formats: what is written, and for what.
        file: name of the file, where the person gives none.
        ending: that a file needs, for whoever reads it goes by that; "" for any.
        kinds: of runs that it takes.
        takes: fields of :class:`Options` that mean something for it.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    file: ClassVar[str]
    ending: ClassVar[str] = ""
    kinds: ClassVar[tuple[str, ...]] = BOTH
    takes: ClassVar[frozenset[str]] = frozenset()

    @abstractmethod
    def write(self, kept: Kept, options: Options, path: Path) -> Written:
        """Write the export.

        Args:
            kept: the run, with the decisions of people.
            options: of this format.
            path: of a file that nobody reads yet.

        Raises:
            InputError: what is needed is not there or cannot be read.
            OSError: the file cannot be written.
        """
