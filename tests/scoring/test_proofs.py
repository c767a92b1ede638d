"""Keys that are formulas, and growth classes: held against solvers, and told apart from wrong ones."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from course_sample import course, part

from grader.answers import get_type
from grader.records import Part
from grader.scoring.proofs import Proof, proofs, prove
from grader.scoring.solvers import Limits, solve_part
from grader.scoring.truths import truths
from grader.scoring.verification import Finding, Plan, verify

SOLVER = """
import math, time
from fractions import Fraction


def gain(sigma, lam):
    return Fraction(sigma) ** 2 / (sigma**2 + lam)

def gain_in_decimals(sigma, lam):
    return 1 / (1 + float(lam) / float(sigma) ** 2)

def shifted(sigma, lam):
    return gain(sigma, lam) + Fraction(1, 10**9)

def entropy(x):
    return -float(x) * math.log(float(x))

def rough_entropy(x):
    return entropy(x) * (1 + 1e-6)

def total(x):
    return sum(x)

def doubled(sigma, lam, a):  # a = 2 is given
    return a * gain(sigma, lam)

def product(A, x):
    return A @ x

def flat_product(A, x):
    return [sum(row[j] * x[j, 0] for j in range(len(x))) for row in A]

def transposed_product(A, x):
    return A.T @ x

def impulse(A, B, C, D, ell):
    if ell == 0:
        return D
    x = B
    for _ in range(ell - 1):
        x = A @ x
    return C @ x

def sorting(n):
    return n * (n - 1).bit_length()

def table(n, d):
    return n * d + n + d

def table_in_numbers(n, d):
    if n * d > 400:
        raise ValueError(f"too large: {n * d} cells")
    return len([(i, j) for i in range(n + 1) for j in range(d + 1)]) - 1

def one_too_many(n, d):
    return table_in_numbers(n, d) + n

def never(n, d):
    raise ValueError("too large: everything is")

def short(n):
    if n > 17:
        raise ValueError("too large")
    return n

def half(n):
    return n / 2

def fails(n):
    raise ValueError("n is odd")

def hangs(n):
    time.sleep(60)
"""

SSM = {"index": "ℓ", "start": 0, "shapes": {"A": ["n", "n"], "B": ["n", "d"], "C": ["m", "n"], "D": ["m", "d"]}}
PRODUCT = {"shapes": {"A": ["m", "n"], "x": ["n", 1]}}


def made(kind: str, key: str, solve: str, confirm: str = "", **options: Any) -> Part:
    """A part with a key."""
    return part("a", solve, kind, key=key, confirm=confirm, options=options)


def proof(root: Path, one: Part, role: str = "solve") -> Proof:
    """The key against one of the part's functions."""
    small = course(root, SOLVER, one)
    return prove(root, small.problems[0], one, role)


def why(found: Proof) -> str:
    """The message of the one complaint, which is about the key."""
    [diagnostic] = found.diagnostics
    assert diagnostic.code == "verify-key"
    assert diagnostic.span is not None
    assert diagnostic.fix
    return diagnostic.message


@pytest.mark.parametrize(
    ("kind", "key", "solve", "options"),
    [
        ("expression", "σ²/(σ² + λ)", "gain", {"domain": "λ > 0"}),
        ("expression", "σ²/(σ² + λ)", "gain_in_decimals", {"domain": "λ > 0"}),
        ("expression", "2σ²/(σ² + λ)", "doubled", {}),
        ("expression", "-x ln x", "entropy", {"domain": "x > 0"}),
        ("expression", r"\sum_{i=1}^n x_i", "total", {"domain": "n integer"}),
        ("matrix_expression", "A x", "product", PRODUCT),
        ("matrix_expression", "A x", "flat_product", PRODUCT),
        ("sequence", "K_0 = D, K_ℓ = C A^{ℓ-1} B", "impulse", SSM),
        ("growth", "n log n", "sorting", {"variables": ["n"]}),
        ("growth", "Θ(nd)", "table", {"variables": ["n", "d"]}),
        ("growth", "n d + d^2", "table", {"variables": ["n", "d"], "assume": ["d <= n"]}),
    ],
)
def test_a_right_key_agrees(tmp_path: Path, kind: str, key: str, solve: str, options: dict[str, Any]) -> None:
    """Numbers exactly or as decimals, families, given values, matrices, entries of a sequence, and growth classes."""
    found = proof(tmp_path, made(kind, key, solve, **options))
    assert found.diagnostics == ()
    assert found.instances >= 5


@pytest.mark.parametrize(
    ("kind", "key", "solve", "options", "says"),
    [
        ("expression", "σ/(σ + λ)", "gain", {}, "and gain gives"),
        ("expression", "σ²/(σ² + λ)", "shifted", {}, "σ ="),
        ("expression", "-x ln x", "rough_entropy", {"domain": "x > 0"}, "the key gives"),
        ("matrix_expression", "A x", "transposed_product", {"shapes": {"A": ["n", "n"], "x": ["n", 1]}}, "A = [["),
        ("matrix_expression", "2 A x", "product", PRODUCT, "x = ["),
        ("sequence", "K_ℓ = C A^ℓ B", "impulse", SSM, "ℓ ="),
        ("sequence", "K_0 = D, K_ℓ = C A^ℓ B", "impulse", SSM, "ℓ = 1"),
        ("sequence", "K_0 = 2 D, K_ℓ = C A^{ℓ-1} B", "impulse", SSM, "ℓ = 0"),
        ("growth", "n", "sorting", {"variables": ["n"]}, "drifts"),
        ("growth", "n log^2 n", "sorting", {"variables": ["n"]}, "drifts: it is"),
        ("growth", "n + d", "table", {"variables": ["n", "d"]}, "at n ="),
        ("growth", "n d log d", "table", {"variables": ["n", "d"]}, "drifts"),
        ("growth", "n", "short", {"variables": ["n"]}, "the counts fit"),
        ("growth", "n d", "never", {"variables": ["n", "d"]}, "at 0 of"),
    ],
)
def test_a_wrong_key_is_told_with_the_instance(
    tmp_path: Path, kind: str, key: str, solve: str, options: dict[str, Any], says: str
) -> None:
    """Both values and where they differ; for a class, how the ratio drifts, or which other class fits as well."""
    assert says in why(proof(tmp_path, made(kind, key, solve, **options)))


@pytest.mark.parametrize(
    ("solve", "code", "says"),
    [("half", "solver-nonsense", "expected a whole number"), ("fails", "solver-raised", "n is odd")],
)
def test_what_a_solver_does_wrong_is_told_as_such(tmp_path: Path, solve: str, code: str, says: str) -> None:
    """A count that is no whole number, and an error other than that an instance is too large."""
    [diagnostic] = proof(tmp_path, made("growth", "n", solve, variables=["n"])).diagnostics
    assert diagnostic.code == code
    assert says in diagnostic.message


def test_a_second_function_may_count_the_same_at_small_sizes(tmp_path: Path) -> None:
    """Equal counts at the instances that it can build confirm the class; a count that is off does not."""
    one = made("growth", "n d", "table", "table_in_numbers", variables=["n", "d"])
    found = proof(tmp_path, one, "confirm")
    assert found.diagnostics == ()
    assert found.instances >= 20
    other = made("growth", "n d", "table", "one_too_many", variables=["n", "d"])
    assert "one_too_many" in why(proof(tmp_path, other, "confirm"))
    none = made("growth", "n d", "table", "never", variables=["n", "d"])
    assert "too large" in why(proof(tmp_path, none, "confirm"))


def test_every_size_is_held_back_in_turn(tmp_path: Path) -> None:
    """log L + log n is told from log L + log d, though the two agree where all sizes grow alike."""
    source = "def depth(L, d):\n    return 1 + (L * d - 1).bit_length()\n"
    for key, right in [("log L + log d", True), ("log L + log n", False), ("log L · log d", False), ("log L", False)]:
        one = made("growth", key, "depth", variables=["L", "d", "n"])
        small = course(tmp_path, source, one)
        assert (prove(tmp_path, small.problems[0], one, "solve").diagnostics == ()) is right, key


def test_definitions_among_the_assumptions_are_kept(tmp_path: Path) -> None:
    """With L = 2^N, a solver that counts in L or in N gets sizes for which that holds."""
    source = "def rounds(L, N):\n    assert L == 2**N\n    return N\n"
    one = made("growth", "N", "rounds", variables=["L", "N"], assume=["L = 2^N"])
    small = course(tmp_path, source, one)
    assert prove(tmp_path, small.problems[0], one, "solve").diagnostics == ()


def test_a_class_that_explodes_is_counted_at_sizes_that_do_not(tmp_path: Path) -> None:
    """2ⁿ is tried up to a thousand bits, and told from n 2ⁿ and from 3ⁿ."""
    source = "def leaves(n):\n    assert n < 1500\n    return 2**n\n"
    for key, right in [("2^n", True), ("n 2^n", False), ("3^n", False)]:
        one = made("growth", key, "leaves", variables=["n"])
        small = course(tmp_path, source, one)
        assert (prove(tmp_path, small.problems[0], one, "solve").diagnostics == ()) is right, key


# ---------------------------------------------------------------- in the course


def verified(root: Path, *parts: Part, timeout: float = 60.0) -> list[Finding]:
    """What verify finds of what is promised; printing and perturbing have tests of their own."""
    found = verify(course(root, SOLVER, *parts, timeout=timeout), Plan(seeds=()))
    return [f for f in found if f.check not in ("print", "perturb", "given")]


def checks(found: list[Finding]) -> list[tuple[str, str]]:
    """Check and level of each finding."""
    return [(f.check, f.level) for f in found]


def test_verify_tells_of_keys(tmp_path: Path) -> None:
    """A key and its confirmation are findings of their own, before the examples."""
    sound = part(
        "a", "product", "matrix_expression", key="A x", confirm="flat_product", options=PRODUCT,
        accept=("A x", "(xᵀAᵀ)ᵀ"), reject=("x A",),
    )  # fmt: skip
    found = verified(tmp_path, sound)
    assert checks(found) == [
        ("key", "ok"), ("confirm", "ok"), ("accept", "ok"), ("accept", "ok"), ("reject", "ok"),
    ]  # fmt: skip
    assert found[0].message == "the key agrees with product at 5 drawn instances"


def test_verify_tells_of_keys_that_are_wrong(tmp_path: Path) -> None:
    """A wrong key, a solver that hangs, a key without confirmation: each is told, and nothing else is lost."""
    parts = [
        part("a", "product", "matrix_expression", key="2 A x", confirm="flat_product", options=PRODUCT),
        part("b", "hangs", "growth", key="n", options={"variables": ["n"]}),
    ]
    found = verified(tmp_path, *parts, timeout=3.0)
    assert [(f.part, *pair) for f, pair in zip(found, checks(found), strict=True)] == [
        ("a", "key", "error"), ("a", "confirm", "error"), ("b", "key", "error"), ("b", "confirm", "warning"),
    ]  # fmt: skip
    assert "hangs gave no answer within 3 s" in found[2].message


def test_a_key_is_the_truth_without_any_solver(tmp_path: Path) -> None:
    """Grading asks no solver where there is a key: one that hangs does no harm, and no second truth is looked for."""
    one = part("a", "hangs", "growth", key="n", confirm="hangs", options={"variables": ["n"]})
    small = course(tmp_path, SOLVER, one, timeout=60)
    kind = get_type("growth")
    for found in (truths(small, Limits())["sum", "a"], solve_part(tmp_path, small.problems[0], one, "hangs")):
        assert kind.same(found.value, kind.read("O(n)", one.options), one.options) is True
    assert truths(small, Limits(), "confirm") == {}
    assert proofs(course(tmp_path, SOLVER, part("b", "gain")), Limits()) == {}


@pytest.mark.parametrize(
    ("kind", "key", "answer", "options"),
    [
        ("matrix_expression", "A x", "(xᵀAᵀ)ᵀ", PRODUCT),
        ("expression", "2 ln x", "ln x²", {"domain": "x > 0"}),
        ("sequence", "K_0 = D, K_ℓ = C A^{ℓ-1} B", "K_0 = D, K_{ℓ+1} = C A^ℓ B", SSM),
        ("growth", "n log n", "O(n log n)", {"variables": ["n"]}),
    ],
)
def test_the_truth_of_a_key_can_be_sent_to_workers(
    tmp_path: Path, kind: str, key: str, answer: str, options: dict[str, Any]
) -> None:
    """Also after it was compared with answers: it is read anew there."""
    one = made(kind, key, "any", **options)
    truth = truths(course(tmp_path, SOLVER, one), Limits())["sum", "a"]
    answers = get_type(kind)
    for _ in range(2):
        read = answers.read(answer, one.options)
        assert answers.compare(read, truth.value, one.options).status.value == "correct"
        truth = pickle.loads(pickle.dumps(truth))  # noqa: S301 - our own bytes


def test_a_key_that_cannot_be_read_is_no_truth(tmp_path: Path) -> None:
    """Loading a spec finds that; where a part was made otherwise, its claims fail and its author is told."""
    one = made("expression", "σ/(", "gain")
    found = truths(course(tmp_path, SOLVER, one), Limits())["sum", "a"]
    assert found.value is None
    assert [d.code for d in found.diagnostics] == ["solver-nonsense"]
    assert [d.audience.value for d in proof(tmp_path, one).diagnostics] == ["author"]
