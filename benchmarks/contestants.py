"""What is compared: ``grade``, ``math-verify``, and what one writes with SymPy in an afternoon.

Each loads its own program when told to, so that the import can be timed, and gives one verdict at a time.
Nothing here is imported from ``grader`` before that. An exception that a contestant is known to raise is a
verdict of its own, ``error``; any other ends the child process, and counts the same (``arena.py``).
"""

from __future__ import annotations

import functools
import re
import signal
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

FORMULAS = frozenset({"number", "expression", "set", "interval", "matrix", "vector", "sequence"})
ERROR = "error"
RAISED = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, NameError, SyntaxError, RuntimeError)
RAISED_TOO = (AssertionError, MemoryError)


class Contestant(ABC):
    """A program that judges an answer.

    Class attributes:
        name: in tables.
        package: whose version is told.
        claims: the answer types it says it handles; None for all.
    """

    name: ClassVar[str]
    package: ClassVar[str]
    claims: ClassVar[frozenset[str] | None] = None

    @abstractmethod
    def load(self) -> None:
        """Import the program."""

    @abstractmethod
    def judge(self, case: Mapping[str, Any]) -> tuple[str, str]:
        """The status that the program gives, and a note: its reason, or what went wrong.

        Args:
            case: a :class:`benchmarks.cases.Case` as plain values; ``gold`` and ``answer`` where the texts to
                compare are prepared (``preparation.py``).
        """

    def forget(self, keep: tuple[str, ...] = ()) -> None:
        """Empty the caches whose keys are texts of cases, so that no answer is found there.

        Args:
            keep: names of functions whose caches stay.
        """
        return

    @classmethod
    def release(cls) -> str | None:
        """The version that is installed; None if there is none."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version(cls.package)
        except PackageNotFoundError:
            return None


class Grade(Contestant):
    """This program, by ``from grader import check``, in the process itself."""

    name = "grade"
    package = "grade"

    def load(self) -> None:
        from grader import check
        from grader.diagnostics import GradeError

        self.check, self.wrong_case = check, GradeError
        self.caches: list[tuple[str, Callable[[], None]]] = []
        self.modules = 0

    def judge(self, case: Mapping[str, Any]) -> tuple[str, str]:
        try:
            verdict = self.check(case["response"], case["expected"], case["type"], **case["options"])
        except self.wrong_case as error:  # the key or an option: `grade check --jsonl` says “failed” then
            return "failed", error.diagnostics[0].code
        return verdict.status.value, verdict.reason

    def forget(self, keep: tuple[str, ...] = ()) -> None:
        if len(sys.modules) != self.modules:  # a type was imported: look for caches again
            self.modules = len(sys.modules)
            self.caches = list(bounded_caches("grader"))
        for name, clear in self.caches:
            if name not in keep:
                clear()

    @classmethod
    def release(cls) -> str | None:
        from grader import __version__  # the checkout's, whether it is installed or not

        return __version__


def bounded_caches(package: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """Name and emptying function of each cache in a package that has a size.

    A cache without a size holds constants, such as the table of answer types: their number is bounded by the
    program. One with a size holds what comes in.
    """
    seen = set()
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] != package or module is None:
            continue
        for value in list(vars(module).values()):
            # by its type: a stand-in, as for a request that there is not, answers no question
            if (
                type(value) is functools._lru_cache_wrapper
                and id(value) not in seen
                and value.cache_parameters()["maxsize"]
            ):
                seen.add(id(value))
                yield value.__name__, value.cache_clear


class MathVerify(Contestant):
    """``math-verify`` with its defaults: ``verify(parse(gold), parse(answer))``, limits of time and all."""

    name = "math-verify"
    package = "math-verify"
    claims = FORMULAS

    def load(self) -> None:
        from math_verify import parse, parser, verify

        self.parse, self.verify, self.parser = parse, verify, parser

    def judge(self, case: Mapping[str, Any]) -> tuple[str, str]:
        try:
            gold = self.parse(case["gold"])
            answer = self.parse(case["answer"])
            agreed = self.verify(gold, answer)
        except (*RAISED, *RAISED_TOO) as error:
            return ERROR, type(error).__name__
        unread = [name for name, read in (("gold", gold), ("answer", answer)) if not read]
        return ("correct" if agreed else "incorrect"), f"{' and '.join(unread)} not read" if unread else ""

    def forget(self, keep: tuple[str, ...] = ()) -> None:
        # Not the caches of its regular expressions, which serve every case.
        for name in ("parse_latex_cached", "parse_expr_cached", "extract_latex"):
            cached = getattr(self.parser, name, None)
            if cached is not None and name not in keep:
                cached.cache_clear()


class TooLongError(BaseException):
    """The alarm of :func:`alarm`; no handler for ordinary errors may swallow it."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise :class:`TooLongError` in the block after some seconds."""

    def ring(number: int, frame: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "θ": "theta", "λ": "lambda", "μ": "mu",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "π": "pi",
}  # fmt: skip
SIGNS = {"−": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/", "∞": "oo", "{,}": "", "\\!": "", "\\,": " ", "\\;": " "}
REPLACEMENTS: tuple[tuple[str, str], ...] = (
    (r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", "SUPERSCRIPT"),
    (r"^\s*(?:\$\$?|\\\(|\\\[)(.*?)(?:\$\$?|\\\)|\\\])[\s.]*$", r"\1"),
    (r"^\s*\\boxed\{(.*)\}\s*$", r"\1"),
    (r"\\(?:left|right|displaystyle)(?![A-Za-z])", ""),
    (r"\\[dt]?frac\s*(\d)(\d)", r"((\1)/(\2))"),
    (r"\\(?:cdot|times)(?![A-Za-z])", "*"),
    (r"\\infty(?![A-Za-z])", "oo"),
    (r"\\(sin|cos|tan|exp|log|ln|pi|alpha|beta|gamma|delta|epsilon|theta|lambda|mu|rho|sigma|tau|phi|omega)\b", r"\1"),
    (r"\blambda\b", "lamda"),  # the word is Python's
    (r"√\s*(\w+)", r"sqrt(\1)"),
    (r"\\\{", "SET("),
    (r"\\\}", ")"),
)
NESTED: tuple[tuple[str, str], ...] = (
    (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"((\1)/(\2))"),
    (r"\\sqrt\s*\{([^{}]*)\}", r"sqrt(\1)"),
    (r"\^\s*\{([^{}]*)\}", r"^(\1)"),
    (r"_\s*\{(\w+)\}", r"_\1"),
)
LETTERS = "BCDFGHKLMNOPQRSTUVWXYZ"  # symbols in answers, functions or constants to SymPy; E and I stay


def without_latex(text: str) -> str:
    """An answer as SymPy's own syntax, where a few replacements are enough for that."""
    for pattern, replacement in REPLACEMENTS:
        if replacement == "SUPERSCRIPT":
            text = re.sub(pattern, lambda m: f"^({m[0].translate(SUPERSCRIPTS)})", text)
        else:
            text = re.sub(pattern, replacement, text, flags=re.DOTALL)
        if pattern.startswith("[⁰"):
            for sign, plain in (SIGNS | GREEK).items():
                text = text.replace(sign, plain)
    before = ""
    while before != text:  # from the innermost braces outwards; each round removes a pair
        before = text
        for pattern, replacement in NESTED:
            text = re.sub(pattern, replacement, text)
    text = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)\s*(?=[A-Za-z(])(?![eE][-+]?\d)", r"\1*", text)
    if "=" in text and not re.search(r"[<>!]=", text):
        text = text.rsplit("=", 1)[1]  # “K = …”: the right side
    return re.sub(r"SET\(([^()]*)\)", r"{\1}", text).strip().rstrip(".")


class PlainSympy(Contestant):
    """``simplify(a - b) == 0`` on what ``sympify`` reads, after a few replacements for LaTeX; 2 s for a case.

    ``sympify`` evaluates text as code. It is given this project's own cases only, in a child process.
    """

    name = "SymPy"
    package = "sympy"
    claims = FORMULAS - {"interval"}
    SECONDS = 2.0

    def load(self) -> None:
        import sympy

        self.sympy = sympy
        self.names = {letter: sympy.Symbol(letter) for letter in LETTERS}
        self.names |= {name: sympy.Symbol(name) for name in ("lamda", "beta", "gamma", "zeta")}

    def judge(self, case: Mapping[str, Any]) -> tuple[str, str]:
        try:
            with alarm(self.SECONDS):
                agreed = self.same(self.read(case["gold"]), self.read(case["answer"]))
        except TooLongError:
            return ERROR, "time"
        except (*RAISED, *RAISED_TOO) as error:
            return ERROR, type(error).__name__
        return ("correct" if agreed else "incorrect"), ""

    def read(self, text: str) -> Any:
        """What ``sympify`` makes of a text.

        Raises:
            sympy.SympifyError: (a ``ValueError``) it does not read.
        """
        return self.sympy.sympify(without_latex(text), locals=self.names)

    def same(self, one: Any, other: Any) -> bool:
        """Whether two things that were read are equal; lists entry by entry."""
        lists = list | tuple | self.sympy.Tuple
        if isinstance(one, lists) and isinstance(other, lists):
            return len(one) == len(other) and all(map(self.same, one, other))
        if isinstance(one, self.sympy.Expr) and isinstance(other, self.sympy.Expr):
            return bool(self.sympy.simplify(one - other) == 0)
        return bool(one == other)


CONTESTANTS: dict[str, type[Contestant]] = {c.name: c for c in (Grade, MathVerify, PlainSympy)}
