"""What a run is graded by: the problems, their truths, and the numbers of students who have their own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.intake.handins.submissions import Submission
from grader.intake.parts.named import names_of
from grader.scoring.papers import chosen_problems, papers, without_variation
from grader.scoring.solvers import Limits
from grader.scoring.subjects import Key
from grader.scoring.truths import digest_of_truths, truths
from grader.store.runs.course_files import spec_path

if TYPE_CHECKING:
    from grader.specs import Course
    from grader.store.runs import Manifest

FORM = 2
"""Of what comes of a chunk; raised when a chunk of before cannot be put together with one of now."""


def key_for_submissions(
    course: Course, submissions: Iterable[Submission], selectors: Sequence[str], limits: Limits
) -> Key:
    """What submissions are graded by: every student is asked the same problems.

    Args:
        course: as loaded.
        submissions: all of them; gone through several times.
        selectors: of problems; with none, the assigned ones and those that any submission names.
        limits: of each solver.
    """
    max_bytes = course.settings.max_file_mb * 1024 * 1024
    chosen = replace(course, problems=chosen_problems(course, submissions, selectors, max_bytes))
    found = truths(chosen, limits) if any(True for _ in submissions) else {}
    own = papers(chosen, found, submissions, limits)
    return Key(tuple(map(without_variation, chosen.problems)), found, max_bytes, own)


def key_for_transcripts(course: Course, selectors: Sequence[str], limits: Limits) -> Key:
    """What conversations are graded by: each is asked the assigned problems and those that it names.

    Args:
        course: as loaded.
        selectors: of problems; where there are any, exactly these are asked.
        limits: of each solver.

    Returns:
        With the truths of what every conversation may be asked; see :func:`with_more`.
    """
    max_bytes = course.settings.max_file_mb * 1024 * 1024
    if selectors:
        course = replace(course, problems=course.select(selectors)[0])
    asked = tuple(course.problems) if selectors else tuple(course.assigned)
    others = [one for one in course.problems if one not in asked]
    found = truths(replace(course, problems=asked), limits)
    return Key(tuple(map(without_variation, course.problems)), found, max_bytes, named=names_of(others))


def with_more(key: Key, course: Course, wanted: Collection[str], limits: Limits) -> Key:
    """The key with the truths of more problems.

    Args:
        key: so far.
        course: as loaded.
        wanted: ids of the problems.
        limits: of each solver.
    """
    more = replace(course, problems=tuple(one for one in course.problems if one.id in wanted))
    return replace(key, truths={**key.truths, **truths(more, limits)})


def unsolved(key: Key) -> frozenset[str]:
    """The ids of the problems without truths."""
    solved = {problem for problem, _ in key.truths}
    return frozenset(key.by_id) - solved


def versions(manifest: Manifest, key: Key) -> dict[str, str]:
    """For each problem that is solved a digest of all on which a verdict on an answer to it depends.

    Args:
        manifest: of the run, with the specs and solvers.
        key: with the truths.
    """
    environment = json.dumps(manifest.environment, sort_keys=True)
    found = {}
    for problem in key.problems:
        if (problem.id, problem.parts[0].id) in key.truths:
            path = spec_path(problem, Path(manifest.course))
            whole = hashlib.sha256(environment.encode() + b"\0" + manifest.files.get(path, b""))
            whole.update(digest_of_truths(problem, key.truths).encode())
            found[problem.id] = whole.hexdigest()[:32]
    return found


def depends(manifest: Manifest, key: Key) -> str:
    """A digest of all on which verdicts depend, apart from the answers.

    Two runs have the same one only where the program, its libraries, the specs, the solvers and what they give, the
    settings and the options are the same.

    Args:
        manifest: of the run.
        key: with the truths of what everybody is asked.
    """
    first = frozenset(key.by_id) - unsolved(key)
    plain: Mapping[str, object] = {
        "form": FORM,
        "command": manifest.command,
        "options": [manifest.selectors, manifest.chat_format, manifest.layout, manifest.assignment],
        "settings": {name: str(value) for name, value in asdict(manifest.settings).items()},
        "environment": manifest.environment,
        "files": {path: hashlib.sha256(data).hexdigest() for path, data in manifest.files.items()},
        "problems": [one.id for one in key.problems],
        "truths": {name: digest_of_truths(key.by_id[name], key.truths) for name in sorted(first)},
        "papers": {
            subject: {one.id: digest_of_truths(one, paper.truths) for one in paper.problems}
            for subject, paper in key.papers.items()
        },
    }
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()[:32]
