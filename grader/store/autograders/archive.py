"""The archive itself: what stands in it, and that nothing of the class does."""

from __future__ import annotations

import json
import re
import shlex
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from grader.diagnostics import InputError, operator_error
from grader.intake.files import leads_outside, visible
from grader.intake.handins.roster import ROSTER
from grader.store.autograders.wheel import add, pins, wheel
from grader.store.decisions import FILE as DECISIONS
from grader.store.files import atomic_path
from grader.store.runs.course_files import course_files

if TYPE_CHECKING:
    from grader.specs import Course

REQUIREMENTS = "requirements.txt"
MOST_BYTES = 100 * 1024 * 1024
"""Most bytes of the files of a course: Gradescope's archives are small."""

_ITSELF = re.compile(rb"\s*grade\s*([\[@=<>~!;#].*)?$", re.DOTALL)
_SCRIPTS = Path(__file__).parent / "scripts"


@dataclass(frozen=True, slots=True)
class Options:
    """How submissions are graded there.

    Args:
        problems: ids of the problems, at least one; a text cannot add others to them.
        release_expected: whether students are shown the expected answers.
        visibility: when students see the parts.
        decisions: a file of what people decided, for those whose submission says the same; None for none.
    """

    problems: Sequence[str]
    release_expected: bool = False
    visibility: str = "visible"
    decisions: Path | None = None


def write_autograder(course: Course, options: Options, failure: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """Write the archive.

    Args:
        course: whose problems are asked.
        options: how submissions are graded.
        failure: what becomes ``results.json`` where the grader itself does not run.
        path: of the archive; it is written whole or not at all, with the same bytes from the same files.

    Returns:
        The names in it.

    Raises:
        InputError: ``autograder-package``, ``autograder-size``.
        OSError: a file cannot be read or written.
    """
    name, package = wheel()
    members: dict[str, bytes] = {
        "setup.sh": (_SCRIPTS / "setup.sh").read_bytes(),
        "run_autograder": _run_script(options).encode(),
        f"package/{name}": package,
        "package/constraints.txt": pins().encode(),
        "failed.json": json.dumps(failure, ensure_ascii=False, indent=1).encode(),
    }
    if options.decisions is not None:
        members[DECISIONS] = options.decisions.read_bytes()
    members.update((f"course/{one}", data) for one, data in _of_course(course))
    if sum(map(len, members.values())) > MOST_BYTES:
        fix = "Move what solvers do not read out of the folders of specs and solvers."
        raise InputError(
            operator_error("autograder-size", f"the course has more than {MOST_BYTES // 2**20} MB of files", None, fix)
        )
    with atomic_path(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in sorted(members.items()):
            add(archive, one, data, 0o755 if one in ("setup.sh", "run_autograder") else 0o644)
    return tuple(sorted(members))


def _run_script(options: Options) -> str:
    """The script that is run for each submission, with its options in it."""
    given = [word for one in options.problems for word in ("--problems", one)]
    given += ["--visibility", options.visibility]
    if options.release_expected:
        given.append("--release-expected")
    words = shlex.join(given)
    if options.decisions is not None:
        words += f' --decisions "$source/{DECISIONS}"'
    return (_SCRIPTS / "run_autograder").read_text(encoding="utf-8").replace("@OPTIONS@", words)


def _of_course(course: Course) -> Iterator[tuple[str, bytes]]:
    """The settings, specs and solvers, the roster, and what stands beside the solvers; by path from the course."""
    found = course_files(course)
    folders = {PurePath(name).parts[0] for name in found if len(PurePath(name).parts) > 1}
    for folder in sorted(folders):
        for path in visible(course.root / folder)[0]:
            found.setdefault(path.relative_to(course.root).as_posix(), path.read_bytes())
    own = (course.root / "grade.toml").is_file()
    for name in ("grade.toml" if own else "pyproject.toml", REQUIREMENTS, course.settings.roster or ROSTER):
        path = course.root / name
        if path.is_file() and not leads_outside(path, course.root):
            found[name] = path.read_bytes()
    if REQUIREMENTS in found:  # this program comes as the wheel beside it, and from nowhere else
        lines = found[REQUIREMENTS].splitlines(keepends=True)
        found[REQUIREMENTS] = b"".join(line for line in lines if not _ITSELF.match(line))
    yield from sorted(found.items())
