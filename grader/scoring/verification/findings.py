"""What was found out about a part, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass

from grader.diagnostics import Diagnostic, Severity, Span, author_error
from grader.records import Part, Problem

LEVELS = ("ok", "weakness", "warning", "error")
"""From harmless to what fails a course."""

MOST_VALUES = 160
"""Characters of the drawn values that a message tells."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about a part that was checked.

    Args:
        level: one of :data:`LEVELS`.
        check: ``spec``, ``solve``, ``key``, ``confirm``, ``accept``, ``reject``, ``mistake``, ``print``, ``perturb``,
            ``given`` or ``follow``.
        problem, part: what it is about; "" where a spec could not be read so far.
        message: what was checked, and for all but ``ok`` what was found.
        diagnostic: for all but ``ok``, with the place and the fix.
        seed: from which the given values or the instances were drawn; "" for those of the spec itself.
        name: of a weakness, as ``known_weaknesses`` names it.
        telling: the message says more than that a check passed, such as a counterexample that a person can look at.
    """

    level: str
    check: str
    problem: str
    part: str
    message: str
    diagnostic: Diagnostic | None = None
    seed: str = ""
    name: str = ""
    telling: bool = False


@dataclass(frozen=True, slots=True)
class Reporter:
    """Makes the findings about one part at one draw of its values.

    Args:
        problem: with the values that were drawn.
        part: of it.
        seed: from which; "" for the values of the spec itself.
    """

    problem: Problem
    part: Part
    seed: str = ""

    def ok(self, check: str, message: str, *, telling: bool = False) -> Finding:
        """Something holds; ``telling`` as in :class:`Finding`."""
        return Finding("ok", check, self.problem.id, self.part.id, message, None, self.seed, telling=telling)

    def wrong(self, check: str, code: str, message: str, span: Span | None, fix: str) -> Finding:
        """Something does not hold.

        Args:
            check, code: of the finding and its diagnostic.
            message: what was found and expected.
            span: of the entry.
            fix: what to do.
        """
        return self.about(check, author_error(code, message, span, fix))

    def warning(self, check: str, code: str, message: str, span: Span | None, fix: str) -> Finding:
        """Something can be trusted less than it should be; arguments as for :meth:`wrong`."""
        return self.about(check, _softened(author_error(code, message, span, fix)))

    def weakness(self, check: str, name: str, message: str, span: Span | None, fix: str) -> Finding:
        """A wrong answer that passes, or would.

        Args:
            check: of the finding.
            name: as ``known_weaknesses`` names it.
            message, span, fix: as for :meth:`wrong`.
        """
        diagnostic = self._told(_softened(author_error("verify-weakness", message, span, fix)))
        return Finding("weakness", check, self.problem.id, self.part.id, message, diagnostic, self.seed, name)

    def about(self, check: str, diagnostic: Diagnostic) -> Finding:
        """A finding made from a diagnostic, whose severity is its level."""
        level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "ok"}[diagnostic.severity]
        told = self._told(diagnostic)
        return Finding(level, check, self.problem.id, self.part.id, told.message, told, self.seed)

    def _told(self, d: Diagnostic) -> Diagnostic:
        """A diagnostic that names the seed, and the values that came of it."""
        if not self.seed:
            return d
        message = f"with seed {self.seed}{values_of(self.problem)}: {d.message}"
        return Diagnostic(d.code, d.severity, d.audience, message, d.span, d.fix)


def spec_finding(diagnostic: Diagnostic, problem: str = "", seed: str = "") -> Finding:
    """A finding about a spec that could not be loaded, or whose values could not be drawn."""
    level = "error" if diagnostic.severity is Severity.ERROR else "warning"
    return Finding(level, "spec", problem, "", diagnostic.message, diagnostic, seed)


def values_of(problem: Problem) -> str:
    """The given values that were drawn for a problem, in brackets and cut where they are long; "" if none were."""
    if not problem.seed:
        return ""
    text = ", ".join(f"{name} = {_value(value)}" for name, value in problem.given.items())
    return f" ({text if len(text) <= MOST_VALUES else text[: MOST_VALUES - 1] + '…'})"


def _value(value: object) -> str:
    return f"[{', '.join(map(_value, value))}]" if isinstance(value, list | tuple) else str(value)


def _softened(error: Diagnostic) -> Diagnostic:
    """The same, as a warning."""
    return Diagnostic(error.code, Severity.WARNING, error.audience, error.message, error.span, error.fix)
