"""What the tests of the answer types share: judging one response, and texts of all kinds."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from grader import check
from grader.answers import get_type
from grader.records import Part, Status, Verdict


@dataclass(frozen=True)
class Case:
    """A response, what must come of it, and why."""

    response: str
    expected: Any
    status: str
    why: str
    reason: str = ""
    credit: str = ""
    options: dict[str, Any] = field(default_factory=dict)


def check_case(kind: str, case: Case) -> Verdict:
    """The verdict on a case, after checking all that it states."""
    verdict = check(case.response, case.expected, type=kind, **case.options)
    told = f"{case.why}: {case.response!r} came out {verdict.status} ({verdict.reason}), {verdict.feedback}"
    assert verdict.status == case.status, told
    assert case.reason in ("", verdict.reason), told
    if case.credit:
        assert verdict.credit == Fraction(case.credit), told
    assert (verdict.read_as is None) == (verdict.status in (Status.UNREADABLE, Status.MISSING)), told
    if verdict.status in (Status.INCORRECT, Status.PARTIAL):
        assert verdict.feedback
        assert verdict.evidence is not None
        assert verdict.evidence.witness is not None, told
    if verdict.status is Status.CORRECT:
        assert verdict.credit == 1
    return verdict


def part_of(kind: str, options: dict[str, Any], symbols: tuple[str, ...] = ()) -> Part:
    """A part of a problem that asks for an answer of a type."""
    checked = get_type(kind).options_model.model_validate(options)
    return Part("a", ("a",), "", Fraction(1), kind, checked, solve="", symbols=symbols)


PIECES = [
    "1", "0", "0.7", "0.51", "12,345", "1,234.5", "3e-4", "½", "²", "x", "K_0 = ", "K = ", "K[1] = ", "λ", "\\lambda",
    "δ",
    "π", "e", "∞", "√", "\\sqrt[3]{", "\\frac{1}{2}", "log_2 ", "(", ")", "[", "]", "{", "}", "\\{", "\\}", "+", "-",
    "–",
    "*", "**", "·", "/", "^", "%", "!", "=", "≈", "<", "≤", ">", "≥", "≠", "∈", "∪", "|", ":", ",", ";", ".", "?",
    "…", "$",
    "\\\\", "&", "\\boxed{", "\\text{", "\\begin{bmatrix}", "\\end{bmatrix}", "\\begin{array}{c}", "\\end{array}", "\n",
    "\n\n", "\t", "    ", "| ", "|---|", "- ", "1. ", "- [x] ", "- [ ] ", "☑ ", " ", " and ", " or ", " not ",
    "between ", "at least ", " inclusive", "The answer is ", "Final answer: ", "array([", "np.", "A", "B)", "(C)",
    "b", "D.",
    "all", "none", " except ", " but not ", "keys", "values", "queries", "O(n d^2)", "O(1)", "O(d^4)", "\\top", "^T",
    "α", "β", "recon ", "reg ", "Option ", "É", "🔹",
]  # fmt: skip

TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)
"""Any text, with a leaning to what the types react to."""

SETTINGS: dict[str, list[dict[str, Any]]] = {
    "number": [{}, {"rel": "1e-3", "values": {"δ": 0}}],
    "sequence": [{}, {"names": ["α recon", "α reg", "β recon", "β reg"], "values": {"δ": 0}}, {"start": 1}],
    "interval": [{"variable": "λ", "domain": "λ >= 0"}, {"variable": "x"}],
    "choice": [{"options": ["O(d^4)", "O(nd^2)", "O(n^2 d^2)", "O(1)"]}, {"options": {"A": "yes", "B": "no"}}],
    "choices": [{"options": ["the ridge λ", "the keys", "the values", "the queries"]}],
}
"""Options under which each type is tried; a type not named here is tried with those of its examples."""


def settings_of(kind: str) -> list[dict[str, Any]]:
    """Options under which a type is tried."""
    return SETTINGS.get(kind) or [dict(get_type(kind).examples[0].options)]
