"""What is said of an answer, with its evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from grader.diagnostics import Diagnostic
from grader.records.kinds import Status


@dataclass(frozen=True, slots=True)
class Rendered:
    """A parsed answer written back in three notations."""

    unicode: str
    latex: str
    mathml: str

    @staticmethod
    def late(unicode: Callable[[], str], latex: Callable[[], str], mathml: Callable[[], str]) -> Rendered:
        """A rendering each of whose notations is written when it is first asked for, and then kept.

        Args:
            unicode, latex, mathml: that write it.
        """
        return _Late(unicode, latex, mathml)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rendered):
            return NotImplemented
        return (self.unicode, self.latex, self.mathml) == (other.unicode, other.latex, other.mathml)


class _Late(Rendered):
    """See :meth:`Rendered.late`: the slots of the notations stay empty until somebody looks into them."""

    __slots__ = ("_writers",)
    _writers: dict[str, Callable[[], str]]

    def __init__(self, unicode: Callable[[], str], latex: Callable[[], str], mathml: Callable[[], str]) -> None:
        object.__setattr__(self, "_writers", {"unicode": unicode, "latex": latex, "mathml": mathml})

    def __getattr__(self, name: str) -> str:
        if name not in ("unicode", "latex", "mathml"):
            raise AttributeError(name)
        text = self._writers[name]()
        object.__setattr__(self, name, text)
        return text

    def __reduce__(self) -> tuple[type[Rendered], tuple[str, str, str]]:
        return Rendered, (self.unicode, self.latex, self.mathml)


@dataclass(frozen=True, slots=True)
class Witness:
    """Values at which an answer fails; this is the feedback that a person can check.

    Args:
        at: where: pairs such as ``("λ", "1")``, ``("K", "index 2")`` or, along a path of growth, ``("L", "fixed")``.
        yours: what the answer gives there.
        expected: what the truth gives there.
    """

    at: tuple[tuple[str, str], ...]
    yours: str
    expected: str

    def __str__(self) -> str:
        fixed = [name for name, value in self.at if value == "fixed"]
        where = [f"{name} = {value}" for name, value in self.at if value != "fixed"]
        lead = f"at {', '.join(where)}" if where else ""
        if fixed:  # of growth: what does not grow
            lead += f"{', with' if lead else 'with'} {', '.join(fixed)} fixed"
        return f"{lead}{': ' if lead else ''}yours {self.yours}, expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a verdict was reached.

    Args:
        method: ``identical``, ``exact``, ``ball arithmetic``, ``tolerance``, ``options`` …
        error_bound: the stated bound on being wrong, "" where the method is exact.
        witness: for a wrong answer, where it fails.
    """

    method: str
    error_bound: str = ""
    witness: Witness | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one claim.

    Args:
        status: one of the seven.
        credit: share of the points, 0 to 1, exact; None unless the status carries marks.
        reason: a stable word for programs (``exact``, ``endpoint_open``, ``two_answers`` …).
        read_as: what was understood, None if nothing was.
        expected: the truth, rendered; for reports, never for students unless released.
        feedback, evidence: for the writer of the answer; how it was decided, None where nothing was compared.
        diagnostics: of reading or of the solver.
    """

    status: Status
    credit: Fraction | None
    reason: str
    read_as: Rendered | None = None
    expected: Rendered | None = None
    feedback: str = ""
    evidence: Evidence | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    def __post_init__(self) -> None:
        if self.status.carries_marks != (self.credit is not None):
            raise ValueError(f"status {self.status} with credit {self.credit}")
