"""Findings as commands of GitHub's workflows, which show them beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.scoring.verification import Finding
from grader.store.checks.places import fails, place

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def github_lines(findings: Iterable[Finding], *, strict: bool = False) -> Iterator[str]:
    """A line for each error, warning and weakness: ``::error file=…,line=…,col=…,title=…::message``.

    Args:
        findings: of the course.
        strict: weaknesses are errors.
    """
    for finding in findings:
        if finding.level == "ok" or finding.diagnostic is None:
            continue
        d = finding.diagnostic
        kind = "error" if fails(finding, strict=strict) else "warning"
        where = place(finding)
        fields = {"title": d.code}
        if where is not None:
            fields = {"file": where[0], "line": str(where[1]), "col": str(where[2]), **fields}
        listed = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in fields.items())
        message = f"{finding.message}\nfix: {d.fix}" if d.fix else finding.message
        yield f"::{kind} {listed}::{_escaped(message, _DATA)}"


def _escaped(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(c, c) for c in text)
