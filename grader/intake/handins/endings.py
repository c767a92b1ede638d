"""Which files may hold answers, by the endings of their names."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from grader.intake.archives import is_archive
from grader.intake.extract import extractable
from grader.intake.formats import suffixes


@cache
def readable() -> frozenset[str]:
    """Endings of files that may hold answers, lower case with the dot; archives of such files are not among them."""
    return suffixes() | extractable()


def may_be_answer(name: str) -> bool:
    """Whether a file may hold answers, or be an archive of files that do.

    Args:
        name: of the file.
    """
    return PurePosixPath(name).suffix.lower() in readable() or is_archive(name)
