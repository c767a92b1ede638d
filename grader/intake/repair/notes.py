"""What is said of the damage in a file: one diagnostic a rule, and one a reason to doubt."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnostics import Audience, Diagnostic, Severity, Span
from grader.intake.repair.base import Rule
from grader.intake.repair.records import Repaired
from grader.intake.repair.rules import all_rules
from grader.intake.repair.tracks import lines_of
from grader.records import Confidence, Repair


def told(mended: Repaired, file: str) -> tuple[Diagnostic, ...]:
    """What a person should know of the repairs and of what could not be repaired.

    Args:
        mended: the text and what was done to it.
        file: its name.
    """
    return (*_repairs(mended), *_doubts(mended, file))


def _repairs(mended: Repaired) -> Iterator[Diagnostic]:
    for rule in all_rules() if mended.repairs else ():
        if rule.told and (made := [one for one in mended.repairs if one.rule == rule.name]):
            yield Diagnostic("text-repaired", Severity.NOTE, Audience.OPERATOR, _says(rule, made), made[0].span)


def _doubts(mended: Repaired, file: str) -> Iterator[Diagnostic]:
    repairs = {one.why for one in mended.repairs}
    reasons: dict[str, list[int]] = {}
    for doubt in mended.doubts:
        if doubt.why not in repairs and doubt.confidence is Confidence.LOW:
            reasons.setdefault(doubt.why, []).append(doubt.start)
    for why, starts in reasons.items():
        line = lines_of(mended.text, starts[:1])[0]
        place = mended.places.line(line) if mended.places is not None else line
        yield Diagnostic(
            "text-doubtful",
            Severity.WARNING,
            Audience.OPERATOR,
            f"The text is damaged in {_places(len(starts))} beyond repair, first in line {place}: {why}.",
            Span(file, starts[0], starts[0], place),
            "Answers there are for a person; compare them with the original.",
        )


def _says(rule: Rule, made: list[Repair]) -> str:
    unsure = sum(one.confidence is not Confidence.HIGH for one in made)
    less = f"; {unsure} of them not for certain" if unsure else ""
    return (
        f"Damage put right ({rule.name}) in {_places(len(made))}, first in line {made[0].span.line}{less}. {rule.does}"
    )


def _places(count: int) -> str:
    return "one place" if count == 1 else f"{count:,} places"
