"""A whole run in memory: for programs, and for inputs of which that is no burden."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.batch.orders import Note, Order, Progress
from grader.batch.runs import grade_into
from grader.records import Run
from grader.store.runs import manifest_of

if TYPE_CHECKING:
    from grader.specs import Course


def grade_submissions(
    course: Course,
    path: Path,
    *,
    problems: Sequence[str] = (),
    layout: str = "",
    assignment: str = "",
    workers: int | None = None,
    on_progress: Progress | None = None,
    on_note: Note | None = None,
) -> Run:
    """Grade a folder of submissions.

    Args:
        course: as loaded.
        path: a folder or an archive in one of :func:`grader.intake.layouts.layouts`, or one student's file.
        problems: folders, ids or patterns of the problems to grade (:meth:`Course.select`). Without any: those that
            the course assigns, and those that a submission names by a heading.
        layout: name of the layout, where what is there does not show it.
        assignment: name, where a layout holds several.
        workers: number of processes; as many as there are processors if None.
        on_progress: told after each chunk of subjects.
        on_note: told what there is to say about a subject's files, other than that they failed; what belongs to
            nobody under the name "".

    Returns:
        One result for each student and part; see :class:`grader.records.Run`.

    Raises:
        InputError: it cannot be told whose files are whose, or who is in the course.
    """
    options = {"layout": layout, "assignment": assignment}
    return _whole(course, "submissions", path, problems, workers, on_progress, on_note, options)


def grade_transcripts(
    course: Course,
    path: Path,
    *,
    problems: Sequence[str] = (),
    chat_format: str = "",
    workers: int | None = None,
    on_progress: Progress | None = None,
    on_note: Note | None = None,
) -> Run:
    """Grade a transcript, or a folder of them.

    Args:
        course: as loaded.
        path: Markdown, or a file in one of :func:`grader.intake.chats.chat_formats`, or a folder of them.
        problems: as for :func:`grade_submissions`, where a conversation names them; one that is never asked has no
            results.
        chat_format: name of the format, where the files do not show it.
        workers: number of processes; as many as there are processors if None.
        on_progress, on_note: as for :func:`grade_submissions`.

    Returns:
        One result for each conversation, part of an asked problem, and reply.
    """
    options = {"chat_format": chat_format}
    return _whole(course, "transcripts", path, problems, workers, on_progress, on_note, options)


def _whole(
    course: Course,
    kind: str,
    path: Path,
    problems: Sequence[str],
    workers: int | None,
    on_progress: Progress | None,
    on_note: Note | None,
    options: dict[str, Any],
) -> Run:
    with tempfile.TemporaryDirectory(prefix="grade-") as folder:
        manifest = manifest_of(kind, course, path, Path(folder), selectors=tuple(problems), **options)
        order = Order(manifest, path, workers, on_progress=on_progress, on_note=on_note)
        return grade_into(Path(folder), course, order).load().run
