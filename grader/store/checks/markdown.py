"""Findings as a summary in Markdown, for a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from grader.scoring.verification import Finding
from grader.store.checks.places import by_part, fails, one_line, place

_ESCAPED = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>|#$~"})
MOST_ROWS = 200
"""Rows of a table; the rest is counted."""


def markdown(findings: Iterable[Finding], *, strict: bool = False) -> str:
    """Counts, the failing parts with links to the lines, and the weaknesses folded away.

    Args:
        findings: of the course.
        strict: weaknesses are failures.
    """
    found = list(findings)
    parts = by_part(found)
    faults = [finding for finding in found if fails(finding, strict=strict)]
    weak = [finding for finding in found if finding.level == "weakness" and finding not in faults]
    warned = [finding for finding in found if finding.level == "warning"]
    levels = Counter(finding.level for finding in found)
    outcome = "❌ specs, solvers and keys do not agree" if faults else "✅ specs, solvers and keys agree"
    text = [
        "## grade verify",
        "",
        f"{outcome}: {len(parts.keys() - {('', '')})} parts, {levels['ok']} checks passed, {levels['error']} errors, "
        f"{levels['weakness']} weaknesses, {levels['warning']} warnings.",
        "",
    ]
    if faults:
        text += [*_table(faults), ""]
    text += [*_folded("Weaknesses", weak), *_folded("Warnings", warned)]
    return "\n".join(text).rstrip() + "\n"


def _folded(title: str, found: Sequence[Finding]) -> list[str]:
    if not found:
        return []
    return ["<details>", f"<summary>{title}: {len(found)}</summary>", "", *_table(found), "", "</details>", ""]


def _table(found: Sequence[Finding]) -> list[str]:
    rows = ["| part | where | what | fix |", "| --- | --- | --- | --- |"]
    for finding in found[:MOST_ROWS]:
        d = finding.diagnostic
        name = f"{finding.problem}/{finding.part}" if finding.part else finding.problem or "specs"
        fix = _cell(d.fix) if d else ""
        code = f" (`{d.code}`)" if d else ""
        rows.append(f"| {_cell(name)} | {_link(finding)} | {_cell(finding.message)}{code} | {fix} |")
    if len(found) > MOST_ROWS:
        rows.append(f"| … | | {len(found) - MOST_ROWS} more | |")
    return rows


def _link(finding: Finding) -> str:
    where = place(finding)
    if where is None:
        return ""
    file, line, _ = where
    target = file.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return f"[{_cell(file)}:{line}]({target}#L{line})"


def _cell(text: str) -> str:
    return one_line([text]).translate(_ESCAPED)
