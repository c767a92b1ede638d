"""Random answers to every type: damaged text, and formulas from a random walk over the grammar in mixed notations.

Nothing that a person or a model may write raises an exception, gets two verdicts, or carries marks without a reason.
The walks are the same in every run; a failure names its seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import check
from grader.answers import type_names
from grader.diagnostics import SpecError
from grader.records import Status, Verdict

SQUARES = {"shapes": {"A": ["d", "d"], "B": ["d", "d"], "X": ["n", "d"], "q": ["d"], "λ": "scalar"}}
KERNEL = {"index": "l", "shapes": {"A": ["n", "n"], "B": ["n", 1], "C": [1, "n"], "D": "scalar"}}
QUESTIONS: list[tuple[str, Any, dict[str, Any]]] = [
    ("number", "3/4", {}),
    ("number", "sqrt(2)/2", {"rel": "1e-6"}),
    ("expression", "x^2/(x^2+y)", {"variables": ["x", "y", "n", "λ"], "domain": "x > 0, y > 0"}),
    ("expression", "(1+x)^n - 1", {"variables": ["x", "n"], "form": "simplified"}),
    ("expression", r"\sum_{i=1}^n x_i^2", {"variables": ["x", "n"]}),
    ("equation", "x + 2y = 1", {}),
    ("matrix_expression", "(XᵀX + λI)⁻¹ Xᵀ X q", SQUARES),
    ("matrix_expression", "A B", {**SQUARES, "transposed": True}),
    (
        "derivation",
        "x = A b",
        {"shapes": {"A": ["d", "d"], "b": ["d"], "x": ["d"]}, "unknown": "x", "start": "x - A b = 0"},
    ),
    ("growth", "n log n", {"variables": ["n"]}),
    ("growth", "n d^2 + d^3", {"variables": ["n", "d"], "assume": "d <= n"}),
    ("interval", "[1, 4]", {"variable": "λ", "domain": "λ >= 0"}),
    ("set", "{1, 2, x}", {"variables": ["x"]}),
    ("sequence", [0, 1, "0.7"], {}),
    ("sequence", "K_0 = D, K_l = C A^{l-1} B", KERNEL),
    ("matrix", [[1, 2], [3, 4]], {}),
    ("choice", "B", {"options": ["O(d^4)", "O(n d^2)", "O(1)"]}),
    ("rubric", None, {"criteria": [{"points": 1, "text": "It says why."}]}),
    ("shape", "(n+1) × 2d", {"variables": ["n", "d"]}),
    ("shape", [3, 1], {"vectors": "strict"}),
    ("classification", False, {}),
    ("classification", "PD", {"classes": {"PD": ["positive definite"], "PSD": ["positive semidefinite"]}}),
    ("choices", ["A", "C"], {"options": ["the keys", "the values", "the queries"]}),
    ("auto", "x^2 + 1", {}),
    ("auto", "[1, 2]", {}),
    ("auto", "O(n log n)", {}),
]
"""What the random texts are answers to: type, expected answer, options."""

IDS = [f"{kind}-{str(expected)[:12]}" for kind, expected, _ in QUESTIONS]
EVERY_QUESTION = pytest.mark.parametrize(("kind", "expected", "options"), QUESTIONS, ids=IDS)


def judged(response: str, expected: Any, kind: str, options: dict[str, Any]) -> Verdict:
    """The verdict on a response, after checking what holds of every verdict."""
    verdict = check(response, expected, type=kind, **options)
    assert (verdict.credit is None) == (not verdict.status.carries_marks), verdict
    assert verdict.status is not Status.FAILED, verdict
    assert verdict.reason
    if verdict.status is Status.CORRECT:
        assert verdict.credit == 1
        assert verdict.evidence is not None
    if verdict.status is Status.PARTIAL:
        assert verdict.credit is not None
        assert 0 < verdict.credit < 1
    if verdict.status is Status.INCORRECT:
        assert verdict.credit == 0
        assert verdict.feedback
    if verdict.read_as is not None:
        assert isinstance(verdict.read_as.unicode + verdict.read_as.latex + verdict.read_as.mathml, str)
    again = check(response, expected, type=kind, **options)
    assert (again.status, again.reason, again.credit, again.feedback, again.evidence) == (
        verdict.status, verdict.reason, verdict.credit, verdict.feedback, verdict.evidence
    )  # fmt: skip
    return verdict


class Walk:
    """A random walk over the grammar of answers.

    Args:
        seed: of the walk.
        damage: share of places at which a token is dropped, doubled or put in the place of another.
    """

    def __init__(self, seed: int, damage: float = 0.0) -> None:
        self.random = random.Random(seed)  # noqa: S311  # not for secrets
        self.damage = damage

    def any(self, *choices: str) -> str:
        """One of several texts."""
        return self.random.choice(choices)

    def answer(self) -> str:
        """An answer, as a bare formula or in a sentence."""
        text = self.any(*self._kinds[self.random.randrange(len(self._kinds))](self))
        if self.random.random() < self.damage:
            text = self.damaged(text)
        wrap = self.random.random()
        if wrap < 0.5:
            return text
        return self.any(
            f"${text}$", f"$$ {text} $$", f"\\boxed{{{text}}}", f"The answer is {text}.", f"So x = {text}",
            f"f = {text}, not {self.term(2)}", f"Therefore $K = {text}$.", f"{text}\n{text}", f"**{text}**",
            f"\\({text}\\)",
            f"- {text}", f"{text} where s = {self.term(2)}", f"{text} or {self.term(1)}",
            f"Let M = {self.term(2)}. Then {text}.",
        )  # fmt: skip

    _kinds: list[Callable[[Walk], tuple[str, ...]]] = [  # noqa: RUF012
        lambda w: (w.term(5),),
        lambda w: (w.term(3),),
        lambda w: (f"{w.letter()} = {w.term(3)}", f"{w.letter()}_0 = {w.term(1)}, {w.letter()}_l = {w.term(3)}"),
        lambda w: (f"{w.term(2)} {w.sign()} {w.term(2)}",
        f"{w.term(1)} {w.sign()} {w.letter()} {w.sign()} {w.term(1)}"),
        lambda w: (f"[{w.term(1)}, {w.term(1)}]", f"({w.term(1)}, {w.term(1)}]", f"{{{w.term(1)}, {w.term(1)}}}"),
        lambda w: (w.matrix(), f"{w.matrix()}^T", f"{w.matrix()} {w.letter()}"),
        lambda w: (f"{w.any('O', 'Θ', 'Ω', chr(92) + 'mathcal{O}')}({w.term(3)})",),
        lambda w: (w.any("A", "(B)", "C.", "A and C", "B)", "none", "all of them", "A, not B"),),
        lambda w: (w.cases(), f"{w.big()} {w.term(2)}"),
        lambda w: (f"[{w.term(1)}, {w.term(2)}, …, {w.term(2)}]", f"[{w.term(1)}; {w.term(1)}]"),
    ]  # fmt: skip

    def letter(self) -> str:
        """A symbol."""
        return self.any(*"xyndλABXqCDKLab", "x_i", "x_1", "x_{i+1}", "K_l", "\\lambda", "lambda", "σ", "m'", "\\hat{x}",
                        "\\mathbf{A}", "x^{(1)}", "I", "e", "π", "ℓ", "k_i", "v_i", "p′")  # fmt: skip

    def number(self) -> str:
        """A literal."""
        return self.any(
            *"0123456789", "10", "0.5", ".25", "1/2", "½", "2e-3", "1,000", "\\frac12", "100000", "7.", "3%"
        )

    def sign(self) -> str:
        """A relation."""
        return self.any("=", "<", "≤", "\\leq", ">=", "∈", "≠", "\\in", "≈", "==", "<=", "\\ne")

    def leaf(self) -> str:
        """A symbol or a literal."""
        return self.letter() if self.random.random() < 0.65 else self.number()

    def index(self) -> str:
        """What stands below a sum."""
        return self.any("i", "i=1", "i=0", "k=1", "j=i", "i≤n", "i<j", "1≤i≤n", "i=x", "i=-1000000", "")

    def big(self) -> str:
        """A sum or product without its body."""
        sign = self.any("\\sum", "\\prod", "Σ", "Π", "sum")
        return f"{sign}_{{{self.index()}}}^{{{self.any('n', '3', 'n-1', 'd', '10^9', 'x', 'i', '')}}}"

    def matrix(self) -> str:
        """A matrix in one of the notations."""
        rows = [[self.term(1) for _ in range(self.random.randint(1, 2))] for _ in range(self.random.randint(1, 3))]
        if self.random.random() < 0.8:
            rows = [[self.term(1) for _ in range(2)] for _ in rows]
        return self.any(
            "[" + ", ".join("[" + ", ".join(row) + "]" for row in rows) + "]",
            "\\begin{bmatrix}" + " \\\\ ".join(" & ".join(row) for row in rows) + "\\end{bmatrix}",
            "[" + "; ".join(" ".join(row) for row in rows) + "]",
        )

    def cases(self) -> str:
        """A definition by cases."""
        rows = " \\\\ ".join(
            f"{self.term(2)} & {self.any('if ', '')}{self.letter()} {self.sign()} {self.number()}" for _ in "12"
        )
        return f"\\begin{{cases}} {rows} \\end{{cases}}"

    def term(self, budget: int) -> str:
        """An expression of about so many levels."""
        if budget <= 0:
            return self.leaf()
        budget -= self.random.randint(1, 2)
        one, other = self.term(budget), self.term(budget)
        choice = self.random.randrange(26)
        if choice < 8:
            return f"{one}{self.any(' + ', ' - ', '*', ' ', '·', '/', chr(92) + 'cdot ', ' @ ', '-', '', '+')}{other}"
        return (
            f"({one})", f"{{{one}}}", f"({one})({other})", f"\\frac{{{one}}}{{{other}}}", f"{one}^{{{other}}}",
            f"({one})^{self.any('2', '-1', 'T', '{-1}', '{1/2}', 'n', chr(92) + 'top', '⁻¹', '{-T}', '+')}",
            f"{one}{self.any('²', '⁻¹', 'ᵀ', '!', chr(39), '^2', '%', '₁')}", f"\\sqrt{{{one}}}", f"√({one})",
            f"{self.any('log', 'ln', chr(92) + 'log_2', 'exp', 'sin', 'tr', 'diag', 'det', 'norm', 'max', 'inv', 'arcsin')}({one})",  # noqa: E501
            f"{self.any(chr(92) + 'log', 'ln', 'sin', 'tr', chr(92) + 'exp')} {one}",
            f"{self.big()} {one}", f"|{one}|", f"‖{one}‖²", f"-{one}",
            f"{self.any('max', 'min', 'binom')}({one}, {other})",
            f"1[{self.letter()} = {self.number()}] {one}", f"\\left({one}\\right)",
        )[choice - 8]  # fmt: skip

    def damaged(self, text: str) -> str:
        """The text with some characters lost, doubled, swapped or from elsewhere."""
        out = list(text)
        for _ in range(self.random.randint(1, 4)):
            at = self.random.randrange(len(out) or 1)
            stray = self.any("(", ")", "[", "}", "{", "^", "_", "\\", "$", "&", "|", ",", "…", " ", "\n", "\u200b",
            "\u202e",
                             "=", "T", "′", "Ã", "\ud800", "\x00", "~", "\\text{", "\\\\", "::", "²", "不")  # fmt: skip
            out[at : at + self.random.randint(0, 2)] = [stray] if self.random.random() < 0.6 else []
        return "".join(out)


@EVERY_QUESTION
@pytest.mark.parametrize("damage", [0.0, 0.7])
def test_a_random_formula_gets_one_sound_verdict(
    kind: str, expected: Any, options: dict[str, Any], damage: float
) -> None:
    """A walk over the grammar, whole or damaged, ends with one verdict, whose marks fit its status."""
    for seed in range(WALKS):
        judged(Walk(seed, damage).answer(), expected, kind, options)


WALKS = 40
"""Walks for each question, once whole and once damaged."""


@EVERY_QUESTION
def test_a_right_answer_is_right_as_a_key_too(kind: str, expected: Any, options: dict[str, Any]) -> None:
    """Where an answer is found correct, the key is not found wrong when it answers that answer."""
    if not isinstance(expected, str) or kind in ("choice", "auto"):
        return
    for seed in range(WALKS):
        _checked_in_reverse(Walk(1000 + seed).answer(), expected, kind, options)


def _checked_in_reverse(text: str, expected: str, kind: str, options: dict[str, Any]) -> None:
    if check(text, expected, type=kind, **options).status is not Status.CORRECT:
        return
    try:
        verdict = check(expected, text, type=kind, **options)
    except SpecError:  # a sentence is no key
        return
    assert verdict.status is not Status.INCORRECT, (text, verdict)


PAIRS = [
    question
    for question in QUESTIONS
    if question[0] in ("expression", "matrix_expression", "equation", "growth", "interval")
]


@pytest.mark.parametrize(("kind", "expected", "options"), PAIRS, ids=[f"{k}-{str(e)[:12]}" for k, e, _ in PAIRS])
def test_a_random_formula_equals_itself_and_equality_goes_both_ways(
    kind: str, expected: Any, options: dict[str, Any]
) -> None:
    """A formula that can be a key is a right answer to itself, and of two formulas each says the same of the other."""
    keys: list[str] = []
    for seed in range(WALKS):
        walk = Walk(2000 + seed)
        text = walk.term(3)
        try:
            verdict = check(text, text, type=kind, **options)
        except SpecError:
            continue
        if "=" not in text:
            assert verdict.status in (Status.CORRECT, Status.PARTIAL, Status.UNDECIDED), (text, verdict)
        keys.append(text)
    for one, other in pairwise(keys):
        there, back = (check(a, b, type=kind, **options).status for a, b in ((one, other), (other, one)))
        assert {there, back} != {Status.CORRECT, Status.INCORRECT}, (one, other, there, back)


PIECES = [
    "1", "0.7", "½", "x", "K_0 = ", "λ", "\\lambda", "π", "√", "\\frac{1}{2}", "log_2 ", "(", ")", "[", "]", "{", "}",
    "+", "-",
    "*", "/", "^", "%", "!", "=", "≈", "<", "≤", "∈", "∪", "|", ":", ",", ";", ".", "…", "$", "\\\\", "&", "\\boxed{",
    "\\text{",
    "\\begin{bmatrix}", "\\end{bmatrix}", "\\begin{cases}", "\\end{cases}", "\n", "\n\n", "| ", "- ", " and ", " or ",
    " not ",
    "between ", "The answer is ", "array([", "A", "B)", "O(n", "\\top", "^T", "\\sum_{i", "Σ_", "where ", "‖", "𝟙",
    "1[", "'",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)


@EVERY_QUESTION
def test_any_text_gets_one_sound_verdict(kind: str, expected: Any, options: dict[str, Any]) -> None:
    """Whatever the text, there is one verdict, and never an exception."""

    @settings(max_examples=20, deadline=None, derandomize=True)
    @given(TEXTS)
    def tried(text: str) -> None:
        judged(text, expected, kind, options)

    tried()


def test_every_type_is_tried() -> None:
    """A new answer type gets a question here."""
    assert {kind for kind, _, _ in QUESTIONS} == {*type_names(), "auto"}
