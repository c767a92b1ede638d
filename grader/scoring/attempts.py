"""Which attempt of a student counts, and how everybody's work came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from grader.diagnostics import Audience, Diagnostic, Severity
from grader.intake.handins.submissions import Submission
from grader.records import Result, Run


@dataclass(frozen=True, slots=True)
class _Worth:
    """What an attempt earned, and what it may earn once its open parts are marked."""

    name: str
    source: Submission
    earned: Fraction
    most: Fraction

    @property
    def order(self) -> tuple[Fraction, int]:
        """Of attempts that earned the same, the later one counts."""
        return self.earned, self.source.delivery.attempt


def with_deliveries(run: Run, sources: Sequence[Submission], tell: Callable[[str, Diagnostic], None]) -> Run:
    """The run with how each subject's work came in; of several attempts of one student, the best alone.

    Args:
        run: with one subject for each source, in their order.
        sources: what was graded.
        tell: told where another attempt may turn out to be better.
    """
    attempts: dict[str, list[tuple[str, Submission]]] = {}
    for name, source in zip(run.subjects, sources, strict=True):
        attempts.setdefault(source.key or name, []).append((name, source))
    several = {name for own in attempts.values() if len(own) > 1 for name, _ in own}
    points = {(problem.id, part.id): part.points for problem in run.problems for part in problem.parts}
    results: dict[str, list[Result]] = {}
    for result in run.results:
        if result.claim.subject in several:
            results.setdefault(result.claim.subject, []).append(result)
    names: dict[str, str] = {}  # of the subjects that stay: as they are called so far, and from now on
    kept: dict[str, Submission] = {}
    for own in attempts.values():
        worth = [_worth(name, source, results.get(name, ()), points) for name, source in own]
        best = max(worth, key=lambda one: one.order)
        names[best.name] = own[0][0]
        kept[own[0][0]] = best.source
        if any(one.most > best.earned for one in worth if one is not best):
            tell(own[0][0], _open(best.source))
    return replace(
        run,
        subjects=tuple(kept),
        results=tuple(
            replace(one, claim=replace(one.claim, subject=names[one.claim.subject]))
            for one in run.results
            if one.claim.subject in names
        ),
        failures=tuple(replace(one, subject=names[one.subject]) for one in run.failures if one.subject in names),
        own={names[name]: own for name, own in run.own.items() if name in names},
        deliveries={name: source.delivery for name, source in kept.items()},
    )


def _worth(
    name: str, source: Submission, results: Iterable[Result], points: Mapping[tuple[str, str], Fraction]
) -> _Worth:
    earned = most = Fraction(0)
    for one in results:
        of = points[one.claim.problem, one.claim.part]
        credit = one.verdict.credit
        earned += of * credit if credit is not None else 0
        most += of * (credit if credit is not None else 1)
    return _Worth(name, source, earned, most)


def _open(best: Submission) -> Diagnostic:
    return Diagnostic(
        "attempts-open",
        Severity.WARNING,
        Audience.OPERATOR,
        f"Attempt {best.delivery.attempt} of {best.delivery.of} earned most so far; another one has open parts and may "
        "turn out better.",
        None,
        "Look at the other attempt, or set attempts in grade.toml to last or first.",
    )
