"""Where something stands, what is wrong with it, and for whom that is said.

Everything that ``grade`` reports about an input is a :class:`Diagnostic`: a stable code, a
severity, an audience, one message (what was found, what was expected), the place, and a fix.
Errors that stop the work on one input are :class:`GradeError`, which carries diagnostics; they
never stop the work on any other input.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file.

    Args:
        file: path as the user gave it, or a name such as ``<answer>`` for text without a file.
        start: offset of the first character in the text that was read, from 0.
        end: offset past the last character; ``end >= start``.
        line: line of the file in which ``start`` stands, from 1.
        column: column of ``start`` in characters, from 1.
        page: page of the file, from 1; None where there are none.
    """

    file: str
    start: int
    end: int
    line: int
    column: int = 1
    page: int | None = None

    def __str__(self) -> str:
        page = f"p. {self.page}:" if self.page is not None else ""
        return f"{self.file}:{page}{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a diagnostic matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Audience(StrEnum):
    """Who can act on a diagnostic."""

    AUTHOR = "author"  # of a spec or a solver
    STUDENT = "student"  # or model: whoever wrote the answer
    OPERATOR = "operator"  # whoever runs the command


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about an input.

    Args:
        code: stable identifier, ``area-what``, for example ``spec-unknown-field``;
            ``grade explain CODE`` tells more.
        message: what was found and what was expected, in one sentence.
        span: the place, if there is one.
        fix: what to do next, in one sentence.
    """

    code: str
    severity: Severity
    audience: Audience
    message: str
    span: Span | None = None
    fix: str = ""

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span else ""
        fix = f"\n    fix: {self.fix}" if self.fix else ""
        return f"{place}{self.severity}: {self.message} [{self.code}]{fix}"


class GradeError(Exception):
    """Work on one input cannot go on; carries the diagnostics that say why.

    Args:
        diagnostics: at least one, the first being the most important.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic] | Diagnostic) -> None:
        found = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        if not found:
            raise ValueError("a GradeError needs at least one diagnostic")
        super().__init__("\n".join(str(d) for d in found))
        self.diagnostics: tuple[Diagnostic, ...] = found

    def __reduce__(self) -> tuple[type[GradeError], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)


class SpecError(GradeError):
    """A spec, solver or course setting is wrong; its author can mend it."""


class InputError(GradeError):
    """A submission or transcript cannot be read at all."""


class AnswerError(GradeError):
    """An answer cannot be read as the declared type; its writer can mend it."""


def author_error(code: str, message: str, span: Span | None = None, fix: str = "") -> Diagnostic:
    """An error for the author of a spec or solver."""
    return Diagnostic(code, Severity.ERROR, Audience.AUTHOR, message, span, fix)


def student_error(code: str, message: str, span: Span | None = None, fix: str = "") -> Diagnostic:
    """An error for the writer of an answer."""
    return Diagnostic(code, Severity.ERROR, Audience.STUDENT, message, span, fix)


def operator_error(code: str, message: str, span: Span | None = None, fix: str = "") -> Diagnostic:
    """An error for whoever runs the command."""
    return Diagnostic(code, Severity.ERROR, Audience.OPERATOR, message, span, fix)


def operator_warning(code: str, message: str, span: Span | None = None, fix: str = "") -> Diagnostic:
    """A warning for whoever runs the command."""
    return Diagnostic(code, Severity.WARNING, Audience.OPERATOR, message, span, fix)


def operator_note(code: str, message: str, span: Span | None = None, fix: str = "") -> Diagnostic:
    """A note for whoever runs the command."""
    return Diagnostic(code, Severity.NOTE, Audience.OPERATOR, message, span, fix)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column (both from 1) of a character offset in ``text``."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1
