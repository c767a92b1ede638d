"""Solvers: called with what they ask for; whatever they do wrong is told to their author, with the line."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest
from course_sample import course, part, problem, write

from grader.scoring.solvers import solve_part

GOOD = """
from reference.more import twice

def total(a, b):
    return a + b

def doubled(a, *, factor=None):
    return twice(a) if factor is None else None

def everything(**given):
    return sum(given.values())
"""


def solve(root: Path, source: str, name: str = "f", kind: str = "number"):
    """The truth for a solver with that source."""
    made = course(root, source, part("a", name, kind))
    return solve_part(root, made.problems[0], made.problems[0].parts[0], name)


def one(truth):
    """The only diagnostic of a truth that is not there."""
    assert truth.value is None
    [diagnostic] = truth.diagnostics
    assert diagnostic.audience == "author"
    return diagnostic


@pytest.mark.parametrize(("name", "value"), [("total", 5), ("doubled", 4), ("everything", 5)])
def test_a_solver_gets_the_given_values_that_it_names(tmp_path: Path, name: str, value: int) -> None:
    """Arguments are passed by name, defaults stay, and `import reference.x` finds the course's folder."""
    write(tmp_path / "reference/more.py", "def twice(x):\n    return 2 * x\n")
    truth = solve(tmp_path, GOOD, name)
    key = course(tmp_path, GOOD, part("a", name)).problems[0].parts[0]
    assert truth.diagnostics == ()
    from grader.answers import get_type

    kind = get_type("number")
    assert kind.same(truth.value, kind.key(value, key.options), key.options) is True


def test_each_course_has_its_own_reference_folder(tmp_path: Path) -> None:
    """Of two courses in one process, each imports its own reference package; sys.path is left as it was."""
    before = list(sys.path)
    found = []
    for number in (1, 2):
        root = tmp_path / str(number)
        write(root / "reference/constants.py", f"X = {number}\n")
        truth = solve(root, "from reference.constants import X\n\ndef f():\n    return X\n")
        found.append(truth.value)
    assert found[0] != found[1]
    assert sys.path == before


def test_what_a_solver_prints_is_dropped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Printing, at import and in the call, leaves standard output empty."""
    assert solve(tmp_path, "print('x')\n\ndef f():\n    print('y')\n    return 1\n").value is not None
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("source", "code", "line", "words"),
    [
        ("\ndef f():\n    return 1 / 0\n", "solver-raised", 3, "ZeroDivisionError: division by zero"),
        ("def f():\n    raise SystemExit(3)\n", "solver-raised", 2, "SystemExit: 3"),
        ("def g():\n    assert False, 'no'\n\ndef f():\n    g()\n", "solver-raised", 2, "AssertionError: no"),
        ("import nothing_like_this\n", "solver-import", 1, "ModuleNotFoundError"),
        ("def f(:\n    pass\n", "solver-import", 1, "SyntaxError"),
        ("def f(a, missing):\n    return a\n", "solver-arguments", 1, "needs missing, but the spec gives a, b"),
        ("def f(a, /):\n    return a\n", "solver-arguments", 1, "needs a"),
        ("def g():\n    return 1\n", "solver-function", 4, "no function 'f'"),
        ("f = 3\n", "solver-function", 4, "no function 'f'"),
        ("def f():\n    return float('nan')\n", "solver-nonsense", 1, "NaN"),
        ("def f():\n    return float('inf')\n", "solver-nonsense", 1, "infinite"),
        ("def f():\n    pass\n", "solver-nonsense", 1, "None"),
        ("import numpy\ndef f():\n    return numpy.float64('nan')\n", "solver-nonsense", 2, "NaN"),
        ("\ndef f():\n    return object()\n", "solver-nonsense", 2, "declared type"),
        ("def f():\n    return [1, 2]\n", "solver-nonsense", 1, "declared type"),
    ],
)
def test_a_bad_solver_is_told_with_its_line(tmp_path: Path, source: str, code: str, line: int, words: str) -> None:
    """Each way to go wrong has a code, says what was found, and points at the solver or the spec."""
    diagnostic = one(solve(tmp_path, source))
    assert diagnostic.code == code
    assert words in diagnostic.message
    assert diagnostic.span is not None
    assert diagnostic.span.line == line
    if code != "solver-function":
        assert diagnostic.span.file == str(tmp_path / "reference/sums.py")


def test_nan_inside_a_sequence_is_found(tmp_path: Path) -> None:
    """A NaN is refused wherever in an array it stands."""
    source = "import numpy\ndef f():\n    return numpy.array([1.0, float('nan')])\n"
    assert one(solve(tmp_path, source, kind="sequence")).code == "solver-nonsense"


def test_a_missing_solver_is_told_at_the_spec(tmp_path: Path) -> None:
    """A solver file that is not there is an error at the part in the spec."""
    asked = problem(part("a", "f"), solver="reference/none.py")
    diagnostic = one(solve_part(tmp_path, asked, asked.parts[0], "f"))
    assert (diagnostic.code, diagnostic.span) == ("solver-missing", asked.parts[0].span)


def test_exact_values_stay_exact(tmp_path: Path) -> None:
    """A Fraction from a solver reaches the answer type as that fraction, not as a float."""
    truth = solve(tmp_path, "from fractions import Fraction\n\ndef f():\n    return Fraction(1, 3)\n")
    from grader.answers import get_type

    kind = get_type("number")
    options = kind.options_model()
    assert kind.same(truth.value, kind.key(Fraction(1, 3), options), options) is True
