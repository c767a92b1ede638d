"""What a run was made from: enough to make it again, and to say later what has changed since."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import __version__
from grader.intake.spool import Spool, as_key, as_text
from grader.specs.settings import Settings
from grader.store.runs.course_files import course_files

if TYPE_CHECKING:
    from grader.specs import Course

LIBRARIES = ("numpy", "sympy", "python-flint", "pydantic")  # those that can change a verdict


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run was made from.

    Args:
        command: ``submissions`` or ``transcripts``.
        folder: in which the command ran; absolute. The paths below are as they were given there.
        path: of the input.
        course: of the course folder.
        out: of the folder for the results.
        at: when it was graded (UTC).
        selectors: which problems were asked for; empty for those that the course assigns.
        chat_format, layout, assignment, release_expected: options of the command.
        settings: of the course.
        environment: versions of grade and of the libraries that can change a verdict, by name; ``code`` is a digest of
            grade's own source.
        inputs: digest of each file of the input, by its path from the input.
        files: the specs and solvers, with what these import from the course, by their path in the course.
    """

    command: str
    folder: str
    path: str
    course: str
    out: str
    at: datetime
    selectors: tuple[str, ...] = ()
    chat_format: str = ""
    layout: str = ""
    assignment: str = ""
    release_expected: bool = False
    settings: Settings = field(default_factory=Settings)
    environment: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def found_beside(self, out: Path) -> Manifest:
        """The manifest where course, input and results were moved, or copied, together.

        Args:
            out: the folder in which the run was found.
        """
        there, tail = Path(os.path.normpath(Path.cwd() / out)), Path(self.out)
        if tail.is_absolute() or ".." in tail.parts or there.parts[len(there.parts) - len(tail.parts) :] != tail.parts:
            return self
        folder = Path(*there.parts[: len(there.parts) - len(tail.parts)])
        whole = (folder / self.path).exists() and (folder / self.course).is_dir()
        return replace(self, folder=str(folder)) if whole else self

    def place(self, path: str) -> Path:
        """A path of the manifest as it is to be written here: relative where it lies below this folder."""
        whole = Path(os.path.normpath(Path(self.folder, path)))
        return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole


def manifest_of(command: str, course: Course, path: Path, out: Path, **options: Any) -> Manifest:
    """What a run is about to be made from.

    Args:
        command: ``submissions`` or ``transcripts``.
        course: as loaded just now.
        path: of the input.
        out: folder for the results.
        options: of the command, by their names in :class:`Manifest`.
    """
    return Manifest(
        command,
        str(Path.cwd()),
        str(path),
        str(course.root),
        str(out),
        now(),
        settings=course.settings,
        environment=environment(),
        inputs=input_digests(path),
        files=course_files(course),
        **options,
    )


def now() -> datetime:
    """The time of a run, in whole seconds (UTC).

    ``SOURCE_DATE_EPOCH`` sets it where a run is to be made again with the same bytes (reproducible-builds.org).
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC).replace(microsecond=0)


def environment() -> dict[str, str]:
    """The versions that a verdict may depend on."""
    found = {"grade": __version__, "code": _code(), "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "absent"
    return found


def _code() -> str:
    """Digest of grade's own source: two states of a working copy have one version."""
    home = Path(__file__).parents[2]
    whole = hashlib.sha256()
    for path in sorted(home.rglob("*.py")):
        whole.update(f"{path.relative_to(home)}\0".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def input_digests(path: Path) -> Mapping[str, str]:
    """The digest of each file of an input.

    Args:
        path: a file or a folder. Links to folders are not followed.

    Returns:
        By path from ``path`` (by its name for a single file); what cannot be read has the digest "".
    """
    if not path.is_dir():
        return {path.name: file_digest(path)}
    return Digests((name, file_digest(path / name)) for name in _files_below(path))


def _files_below(folder: Path) -> Iterator[str]:
    """The paths of all files, as they come; no list of a folder is in memory."""
    waiting = [folder]
    while waiting:
        try:
            entries = os.scandir(waiting.pop())
        except OSError:
            continue
        with entries:
            for entry in entries:
                path = Path(entry.path)
                if not path.is_dir():
                    yield path.relative_to(folder).as_posix()
                elif not entry.is_symlink():
                    waiting.append(path)


class Digests(Mapping[str, str]):
    """Digests by the paths of files, in their order; of any number, for they wait on the disk.

    Args:
        pairs: of path and digest.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._rows = Spool()
        for name, digest in pairs:
            self._rows.add(as_key(name), digest.encode())

    def __getitem__(self, name: str) -> str:
        if (found := self._rows.last(as_key(name))) is None:
            raise KeyError(name)
        return found.decode()

    def __iter__(self) -> Iterator[str]:
        return (as_text(name) for name, _ in self._rows.ordered())

    def __len__(self) -> int:
        return len(self._rows)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal; "" where it is no file, or cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
