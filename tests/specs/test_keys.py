"""Keys: read when the spec is loaded, placed when they are wrong, and they say what solvers can be given."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.diagnostics import Diagnostic, SpecError
from grader.records import Part
from grader.specs import load_problem

SPEC = """\
id: gains
title: Gains
solver: reference/gains.py
given: {scale: 2}
parts:
  - id: a
    prompt: Which gain?
    points: 1
    answer:
      type: TYPE
      key: "KEY"
      solve: FUNCTION
"""

SOLVER = """\
def gain(sigma, lam):
    return sigma**2 / (sigma**2 + lam)


def scaled(sigma, lam, scale):
    return scale * gain(sigma, lam)


def shrunk(sigma, mu):
    return sigma - mu


def count(n, d):
    return n * d * d


def entry(A, x, ell):
    return A, x, ell


def elements(x, n):
    return sum(x)
"""


def load(root: Path, kind: str, key: str, function: str, options: str = "") -> Part:
    """The part of a spec with that key."""
    for folder in ("problems", "reference"):
        (root / folder).mkdir()
    (root / "reference/gains.py").write_text(SOLVER, encoding="utf-8")
    spec = root / "problems/gains.yaml"
    text = SPEC.replace("TYPE", kind).replace("KEY", key).replace("FUNCTION", function)
    spec.write_text(text + options, encoding="utf-8")
    return load_problem(spec, root).parts[0]


def wrong(root: Path, kind: str, key: str, function: str, options: str = "") -> Diagnostic:
    """The one diagnostic of a spec that must not load."""
    with pytest.raises(SpecError) as caught:
        load(root, kind, key, function, options)
    [diagnostic] = caught.value.diagnostics
    return diagnostic


@pytest.mark.parametrize(
    ("kind", "key", "function", "options"),
    [
        ("expression", "σ²/(σ² + λ)", "gain", ""),
        ("expression", "2 σ²/(σ² + λ)", "scaled", ""),  # scale is given
        ("growth", "n d^2", "count", "      variables: [n, d]\n"),
        ("matrix_expression", "A x", "entry", "      shapes: {A: [d, d], x: [d], ℓ: scalar}\n"),
        ("sequence", "K_ℓ = A^ℓ x", "entry", "      index: ℓ\n      shapes: {A: [d, d], x: [d]}\n"),
        ("expression", r"\\sum_{i=1}^n x_i", "elements", "      domain: n integer\n"),
    ],
)
def test_functions_may_take_the_variables_of_the_key(
    tmp_path: Path, kind: str, key: str, function: str, options: str
) -> None:
    """Symbols under Python's names, sizes, the index, families as lists, and what is given."""
    part = load(tmp_path, kind, key, function, options)
    assert part.key == key.replace("\\\\", "\\")
    assert part.solve == function


def test_an_argument_that_is_no_variable_is_an_error(tmp_path: Path) -> None:
    """It is named, at the function's name in the spec."""
    found = wrong(tmp_path, "expression", "σ²/(σ² + λ)", "shrunk")
    assert found.code == "spec-solver-argument"
    assert 'shrunk needs "mu"' in found.message
    assert found.span is not None
    assert (found.span.line, found.span.column) == (12, 14)


@pytest.mark.parametrize(
    ("kind", "key", "options", "says"),
    [
        ("expression", "σ²/(σ² +", "", "cannot read"),
        ("matrix_expression", "A x y", "      shapes: {A: [d, d], x: [d], y: [d]}\n", "does not fit"),
        ("growth", "n - n^2", "      variables: [n]\n", "cannot be compared"),
        ("sequence", "K_ℓ = A^ℓ B", "      index: ℓ\n      shapes: {A: [d, d]}\n", "has no value"),
        ("number", "42", "", "its solver returns the right answer itself"),
        ("sequence", "[1, 2]", "", "its solver returns the right answer itself"),
        ("choice", "A", "      options: {A: one, B: two}\n", "its solver returns the right answer itself"),
    ],
)
def test_a_bad_key_is_an_error_at_its_place(tmp_path: Path, kind: str, key: str, options: str, says: str) -> None:
    """What cannot be read or worked out, and keys of types whose truth is a plain value."""
    found = wrong(tmp_path, kind, key, "gain", options)
    assert found.code == "spec-key"
    assert says in found.message
    assert found.fix
    assert found.span is not None
    assert (found.span.line, found.span.column) == (11, 12)
