"""``grade intake``: what was read of an input, and how; and an editable copy to correct it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands import completing
from grader.commands.common import (
    DONE,
    NOTHING,
    SOME_FAILED,
    USAGE,
    assignment_option,
    checked_layout,
    course_option,
    has_errors,
    json_option,
    layout_option,
    open_course,
    print_json,
    stop,
    tell,
)
from grader.diagnostics import Diagnostic, InputError, operator_error

if TYPE_CHECKING:
    from grader.intake.archives import File
    from grader.intake.survey import Survey
    from grader.records import Problem
    from grader.scoring.subjects import Source
    from grader.specs import Course

KINDS = ("submissions", "transcripts")


@click.command(
    "intake",
    short_help="Show what is read of an input, and write a copy to correct it in.",
    epilog="\b\nExample: grade intake talk.pdf --edit",
)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@course_option
@click.option(
    "--as", "kind", type=click.Choice(KINDS), help="What PATH holds. Default: worked out, as `grade PATH` does."
)
@click.option(
    "--problems",
    "selectors",
    multiple=True,
    metavar="WHICH",
    shell_complete=completing.problems,
    help="Folder, id or pattern of the problems to look for; repeatable. Default: those that the course assigns, and "
    "those that a text names by a heading.",
)
@layout_option
@assignment_option
@click.option("--all", "everything", is_flag=True, help="Show every candidate and repair, not only the first ones.")
@click.option("--edit", is_flag=True, help="Write an editable copy FILE.intake.md beside each file that was read.")
@click.option("--force", is_flag=True, help="With --edit: make copies anew; the old ones are kept with a ~.")
@json_option
def command(
    path: Path,
    course: Path | None,
    kind: str | None,
    selectors: tuple[str, ...],
    layout: str,
    assignment: str,
    everything: bool,
    edit: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Show how PATH is read: documents, turns, headings, the answer to each part with what else might be it, repairs
    and doubts. Nothing is graded and no solver runs.

    A copy that --edit writes is Markdown. Correct the words, delete the comments of doubt that you have settled, and
    grade the original as before: the copy is read in its place.
    """
    from grader.commands.guess import kind_of
    from grader.commands.intake_view import survey_object, survey_text
    from grader.scoring.losses import lost
    from grader.scoring.papers import chosen_problems
    from grader.scoring.subjects import SUBJECT_TIMEOUT, name_of
    from grader.scoring.workers import WorkerFailure, map_in_workers

    opened = open_course(course, path)
    kind = kind or kind_of(path)[0]
    sources = _sources(opened, kind, path, checked_layout(layout), assignment)
    if not sources:
        stop([operator_error("input-none", f"no {kind} in {path}", fix="Name a file or a folder of files.")], NOTHING)
    if edit and force:
        _put_aside(sources)
    max_bytes = opened.settings.max_file_mb * 1024 * 1024
    problems = chosen_problems(opened, sources, selectors, max_bytes)
    failed = False
    objects = []
    memory = opened.settings.memory_mb
    work = partial(_survey, problems, max_bytes)
    # in a worker, for what it may cost to read a hostile file
    done = map_in_workers(work, sources, workers=1, timeout=SUBJECT_TIMEOUT, memory_mb=memory)
    for number, (source, survey) in enumerate(done):
        if isinstance(survey, WorkerFailure):
            survey = (lost(survey, f"reading {name_of(source)}"),)
        if isinstance(survey, tuple):
            tell(survey)
            failed = True
            continue
        failed = failed or has_errors(survey.diagnostics)
        if as_json:
            objects.append(survey_object(survey))
        else:
            click.echo(("\n" if number else "") + survey_text(survey, everything=everything))
        if edit:
            tell(_edited(source, survey, sources))
    if as_json:
        print_json(objects)
    raise click.exceptions.Exit(SOME_FAILED if failed else DONE)


def _sources(course: Course, kind: str, path: Path, layout: str, assignment: str) -> tuple[Source, ...]:
    from grader.intake.handins.roster import roster_for
    from grader.intake.handins.submissions import read_submissions
    from grader.intake.talks.recorded import transcripts_at

    if kind != "submissions":
        return tuple(transcripts_at(path))
    try:
        roster = roster_for(course.root, course.settings.roster, path)
        found = read_submissions(path, course.settings, roster, layout=layout, assignment=assignment)
    except InputError as error:
        stop(error.diagnostics, USAGE)
    tell(found.notes)
    return tuple(found.submissions)


def _survey(problems: tuple[Problem, ...], max_bytes: int, source: Source) -> Survey | tuple[Diagnostic, ...]:
    """What is read of a subject; why nothing is, where nothing is. This is what runs in a worker."""
    from grader.intake.chats import Chat
    from grader.intake.handins.submissions import Submission
    from grader.intake.survey import survey_chat, survey_submission, survey_transcript

    try:
        if isinstance(source, Submission):
            return survey_submission(source, problems, max_bytes)
        if isinstance(source, Chat):
            return survey_chat(source, problems)
        if isinstance(source, Path):
            return survey_transcript(source, problems, max_bytes)
    except InputError as error:
        return error.diagnostics
    return source.error.diagnostics


def _originals(source: Source) -> tuple[File, ...]:
    """The files of a subject."""
    from grader.intake.chats import Chat
    from grader.intake.handins.submissions import Submission

    if isinstance(source, Submission):
        return source.files
    if isinstance(source, Chat):
        return (Path(source.file),)
    return (source,) if isinstance(source, Path) else ()


def _put_aside(sources: Sequence[Source]) -> None:
    """Rename the copies that are there, so that the originals are read; the old ones are kept with a ``~``."""
    from grader.intake.corrected import copy_of

    for path in {path for source in sources for path in _originals(source) if isinstance(path, Path)}:
        copy = copy_of(path)
        if copy.is_file():
            copy.replace(copy.with_name(copy.name + "~"))


def _edited(source: Source, survey: Survey, sources: Sequence[Source]) -> Iterator[Diagnostic]:
    """Write the copies of one subject's files, and say of each that was not written why."""
    from grader.intake.corrected import copy_of
    from grader.intake.editing import copy_of_conversation, copy_of_document
    from grader.store.files import write_text

    read = {document.file: document for document in survey.documents}
    for original in _originals(source):
        if not isinstance(original, Path) or not original.is_file():
            fix = "Unpack the archive, and name the folder."
            yield operator_error("intake-copy", f"{original} stands in an archive; it has no copy", fix=fix)
            continue
        copy = copy_of(original)
        if str(copy) in read or copy.exists():
            fix = "Edit that one, or make it anew with --force."
            yield operator_error("intake-copy", f"{copy} is there already and was not written over", fix=fix)
            continue
        if sum(original in _originals(other) for other in sources) > 1:
            fix = "Split the file into one for each conversation."
            yield operator_error("intake-copy", f"{original} holds several conversations; it has no copy", fix=fix)
            continue
        data = original.read_bytes()
        if survey.conversation is not None:
            text = copy_of_conversation(survey.conversation, data)
        elif str(original) in read:
            text = copy_of_document(read[str(original)], data)
        else:
            continue  # it could not be read, which is told already
        try:
            write_text(copy, text)
        except OSError as error:
            fix = "Make room, or copy the input to a folder that you may write to."
            stop([operator_error("out-write", f"cannot write {copy}: {error.strerror}", fix=fix)], USAGE)
        click.echo(f"wrote {copy}", err=True)
