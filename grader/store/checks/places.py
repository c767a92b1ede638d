"""Findings by part, and files as a repository names them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.scoring.verification import Finding


def by_part(findings: Iterable[Finding]) -> dict[tuple[str, str], list[Finding]]:
    """The findings of each part, in the order of the parts; those about whole specs under ``("", "")``.

    Args:
        findings: of a course.
    """
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        key = ("", "") if finding.check == "spec" else (finding.problem, finding.part)
        found.setdefault(key, []).append(finding)
    return found


def place(finding: Finding) -> tuple[str, int, int] | None:
    """File, line and column of a finding; the file from the working folder, with ``/`` between folders.

    Args:
        finding: with or without a place.
    """
    span = finding.diagnostic.span if finding.diagnostic else None
    if span is None:
        return None
    file = Path(span.file)
    if file.is_absolute() and file.is_relative_to(Path.cwd()):
        file = file.relative_to(Path.cwd())
    return file.as_posix() if os.sep != "/" else str(file), span.line, span.column


def fails(finding: Finding, *, strict: bool) -> bool:
    """Whether a finding fails the course.

    Args:
        finding: one of them.
        strict: weaknesses fail it too.
    """
    return finding.level == "error" or (strict and finding.level == "weakness")


def one_line(texts: Sequence[str]) -> str:
    """Texts on one line."""
    return " ".join(" ".join(texts).split())
