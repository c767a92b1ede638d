"""Weaknesses that an author has looked at and let stand, and those that several draws have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeAlias

from grader.diagnostics import Span
from grader.scoring.verification.findings import Finding, Reporter
from grader.scoring.verification.seeds import Drawn


def without_known(parts: Sequence[Drawn], found: Iterable[tuple[Finding, ...]]) -> Iterator[Finding]:
    """The findings about all parts, each weakness once for a part, and those that a spec names as known left out.

    Args:
        parts: with their draws, those of one part together.
        found: the findings about each, in the same order.
    """
    pairs = zip(parts, found, strict=True)
    for _, group in groupby(pairs, key=lambda pair: (pair[0].problem.id, pair[0].part.id)):
        several = list(group)
        yield from _of_part(several[0][0], [finding for _, findings in several for finding in findings])


def _of_part(one: Drawn, findings: Sequence[Finding]) -> Iterator[Finding]:
    known = {weakness.slip: weakness.because for weakness in one.part.known_weaknesses}
    seen: set[str] = set()
    for finding in _once(findings):
        if finding.level != "weakness":
            yield finding
        elif finding.name not in seen:
            seen.add(finding.name)
            if finding.name in known:
                yield Reporter(one.problem, one.part).ok(finding.check, f"{finding.name}: known. {known[finding.name]}")
            else:
                yield finding
    if any(finding.check == "perturb" for finding in findings):
        yield from _gone(one, seen)


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings, what is wrong at several draws told at the first of them, with how many others there are."""
    draws: dict[Fault, list[str]] = {}
    for finding in findings:
        if finding.level in ("warning", "error"):
            seeds = draws.setdefault(_fault(finding), [])
            if finding.seed not in seeds:
                seeds.append(finding.seed)
    for finding in findings:
        first, *others = draws.get(_fault(finding), [finding.seed])
        d = finding.diagnostic
        if finding.level not in ("warning", "error") or d is None or not others:
            yield finding
        elif finding.seed == first:
            message = f"{d.message} (and so it is at {len(others)} other {'draw' if len(others) == 1 else 'draws'})"
            yield replace(finding, message=message, diagnostic=replace(d, message=message))


Fault: TypeAlias = tuple[str, str, Span | None]


def _fault(finding: Finding) -> Fault:
    d = finding.diagnostic
    return finding.check, d.code if d else "", d.span if d else None


def _gone(one: Drawn, seen: set[str]) -> Iterator[Finding]:
    """Known weaknesses that are none."""
    for index, weakness in enumerate(one.part.known_weaknesses):
        if weakness.slip not in seen:
            message = f"the known weakness {weakness.slip!r} is none: that slip is told from the right answer"
            fix = f"Remove it; weaknesses of this part: {', '.join(sorted(seen)) or 'none'}."
            place = one.part.place("known_weaknesses", index)
            yield Reporter(one.problem, one.part).warning("given", "verify-known", message, place, fix)
