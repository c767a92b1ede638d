"""Input that is made to stall, to crash, to fill the memory or to be run: every type ends with a verdict.

Work is counted in function calls, memory in the largest size of a fresh process; nothing asserts a time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from steps import calls

from grader import check
from grader.answers import type_names
from grader.records import Status, Verdict

HOSTILE: dict[str, str] = {
    "tower of powers": "9^9^9^9", "factorial": "factorial(10^9)", "factorial of a power": "(10^9)!", "factorials":
    "9!!!!!!",
    "nested fractions": "\\frac{1}{" * 10_000 + "1" + "}" * 10_000, "nested brackets": "(" * 10_000 + "1" +
    ")" * 10_000,
    "square brackets": "[" * 10_000, "a megabyte of brackets": "(" * 1_000_000, "a megabyte of braces": "{" * 1_000_000,
    "a megabyte of digits": "9" * 1_000_000, "exponent of a literal": "1e999999999", "exponent": "10^(10^10)",
    "small exponent": "10^(-10^10)",
    "long word": "a" * 50_000 + "!", "sum of letters": "+".join(["x"] * 100_000), "signs": "-" * 100_000 + "1",
    "carets": "x^" * 50_000 + "1",
    "short signs": "-" * 9_000 + "1", "short carets": "x^" * 4_500 + "1", "short roots": "√" * 9_000 + "2",
    "short sum": "+".join(["x"] * 4_500),
    "large matrix": "[" + ",".join("[" + ",".join(["1"] * 300) + "]" for _ in range(300)) + "]", "columns":
    ";".join(["1 2"] * 2_400),
    "endless sum": "\\sum_{i=1}^{10^9} i", "nested sums": "\\sum_{i=1}^{2000}\\sum_{j=1}^{2000}\\sum_{k=1}^{2000} 1",
    "product of powers": "\\prod_{i=1}^{1000} i^{1000}", "power of a sum": "(x+y)^{100000}", "powers of sums":
    "(1+x)^{99999}(1-x)^{99999}",
    "nested roots": "\\sqrt{" * 5_000 + "2" + "}" * 5_000, "short nested roots": "\\sqrt{" * 90 + "2" + "}" * 90,
    "logarithms": "\\log " * 1_900 + "n",
    "big O": "O(" * 5_000 + "n" + ")" * 5_000, "bars": "|" * 9_000, "double bars": "‖" * 9_000, "subscripts":
    "x_{" * 3_000, "superscripts": "x^{" * 3_000,
    "primes": "x" + "'" * 9_000, "dots": "…" * 9_000, "ampersands": "&" * 9_000, "matrices": "\\begin{bmatrix}" * 600,
    "cases": "\\begin{cases}" * 700,
    "words": "word " * 1_900, "equations": "x=" * 4_900 + "1", "chain": "1<" * 4_900 + "2", "commas": "," * 9_900,
    "binomial": "\\binom{1000000}{500000}",
    "power of two": "2^{10000000}", "exponentials": "e^{e^{e^{e^{10}}}}", "tangents": "tan(" * 90 + "1" + ")" * 90,
    "raised twos": "²" * 9_900,
    "halves": "½" * 9_900, "mixed numbers": "3\\frac{1}{2}" * 700, "dollars": "$" * 9_900, "boxes":
    "\\boxed{" * 1_400, "texts": "\\text{" * 1_600,
    "hats": "\\hat{" * 1_600, "doubling definitions": ", ".join(f"a_{i} = a_{i + 1}+a_{i + 1}" for i in range(60)) +
    " where x = a_0",
    "definitions": "x where " + ", ".join(f"a{i} = b{i}b{i}" for i in range(200)), "lets":
    ". ".join(f"Let $u_{i} = u_{i + 1} u_{i + 1}$" for i in range(40)),
    "mojibake": "â‰¤" * 3_000, "zeros": "\x00" * 1_000, "replies": "x = 1. " * 250, "lines": "x = 1\n" * 400,
    "tables": "| 1 | 2 |\n" * 400,
    "bullets": "- x\n" * 800, "indicator": "1[" * 3_000, "sums in bounds": "\\sum_{i=1}^{" * 90 + "n" + "}" * 90,
    "diagonals": "diag(" * 90 + "x" + ")" * 90,
    "Kronecker products": "⊗".join(["A"] * 60), "power of a matrix": "A^{99999}" * 200, "transposes": "A" +
    "^T" * 3_000, "inverses": "inv(" * 90 + "A" + ")" * 90,
}  # fmt: skip
"""Texts that cost a careless reader its time, its memory or its stack."""

STRANGE: dict[str, str] = {
    "zero width": "3\u200b\u200b5", "right to left": "\u202e53", "isolate": "\u20663\u2069", "lone surrogate":
    "\ud800 5", "surrogate in a formula": "x + \udfff",
    "null": "3\x00", "controls": "\x1b[31m3\x1b[0m", "format": "%s%n{0.__class__}{x!r}", "template":
    "{{ 7*7 }}{% raw %}", "dunder": "x.__class__.__bases__",
    "import": "__import__('os').system('echo hi')", "lambda": "(lambda: 1)()", "shell": "$(reboot)", "html":
    "<script>alert(1)</script>", "LaTeX input": "\\input{/etc/passwd}",
    "LaTeX write": "\\immediate\\write18{ls}", "spreadsheet": "=HYPERLINK(\"http://x\")", "combining": "x" +
    "\u0301" * 500, "tags": "3\U000e0061", "line separator": "3\u20285",
    "full width": "３＋５", "Arabic digits": "٣", "byte order mark": "\ufeff3", "soft hyphen": "3\u00ad5", "private":
    "\ue000", "empty": "", "blank": " \n\t ",
}  # fmt: skip
"""Characters that hide, turn round or mean something elsewhere."""

QUESTIONS: list[tuple[str, Any, dict[str, Any]]] = [
    ("number", "3", {}), ("expression", "x+y", {"variables": ["x", "y"]}), ("equation", "x+y=1", {}), ("growth",
    "n log n", {"variables": ["n"]}),
    ("matrix_expression", "A B", {"shapes": {"A": ["n", "n"], "B": ["n", "n"]}}), ("derivation", "x = A b",
    {"shapes": {"A": ["n", "n"], "b": ["n"], "x": ["n"]}, "unknown": "x", "start": "x - A b = 0"}),
    ("interval", "[1,2]", {"variable": "x"}), ("set", "{1,2}", {}),
    ("sequence", [1, 2, 3], {}), ("matrix", [[1, 2], [3, 4]], {}), ("choice", "A", {"options": ["red", "green"]}),
    ("choices", ["A"], {"options": ["red", "green"]}),
    ("sequence", "K_0 = D, K_l = C A^{l-1} B", {"index": "l", "shapes": {"A": ["n", "n"], "B": ["n", 1], "C": [1,
    "n"], "D": "scalar"}}),
    ("classification", False, {}), ("classification", "PD", {"classes": {"PD": ["positive definite"], "PSD": []}}),
    ("shape", "m x n", {"variables": ["m", "n"]}), ("rubric", None, {"criteria": [{"points": 1, "text": "Says why."}]}),
    ("auto", "x^2+1", {}),
]  # fmt: skip
EVERY_QUESTION = pytest.mark.parametrize(
    ("kind", "expected", "options"), QUESTIONS, ids=[f"{k}-{i}" for i, (k, _, _) in enumerate(QUESTIONS)]
)
MOST_CALLS = 3_000_000
"""Functions that judging one hostile text may enter."""


@EVERY_QUESTION
def test_hostile_texts_end_with_a_verdict_after_bounded_work(kind: str, expected: Any, options: dict[str, Any]) -> None:
    """Towers, nests, floods and explosions of definitions: no exception, no mark, and a bounded number of steps."""
    check("1", expected, type=kind, **options)  # what is made once is not counted
    for place, (name, text) in enumerate(HOSTILE.items()):
        verdicts = []

        def judge(text: str = text, verdicts: list[Verdict] = verdicts) -> None:
            verdicts.append(check(text, expected, type=kind, **options))

        if place % 6 == 0:  # counting is slow
            work = calls(judge)
            assert work < MOST_CALLS, (name, work)
        else:
            judge()
        (verdict,) = verdicts
        assert verdict.status not in (Status.CORRECT, Status.PARTIAL), (name, verdict)
        assert (verdict.credit is None) == (not verdict.status.carries_marks), name
        assert verdict.feedback or verdict.status is Status.MISSING, name


@EVERY_QUESTION
def test_strange_characters_end_with_a_verdict(kind: str, expected: Any, options: dict[str, Any]) -> None:
    """Invisible, reversing, halved and foreign characters are read, or told; what is shown can be written to a file."""
    for name, text in STRANGE.items():
        verdict = check(text, expected, type=kind, **options)
        assert (verdict.credit is None) == (not verdict.status.carries_marks), name
        if verdict.read_as is not None:
            assert "<script" not in verdict.read_as.mathml, name


def test_an_invisible_character_does_not_join_two_numbers() -> None:
    """3 and 5 with nothing visible between them are not 35, and a reversing mark does not turn 53 into 35."""
    for text in ("3\u200b5", "3\u2060\u200b5", "3\u20285"):
        assert check(text, "35", type="number").status is not Status.INCORRECT, text
    assert check("\u202e53", "35", type="number").status is not Status.CORRECT


def test_nothing_from_an_answer_is_run(tmp_path: Path) -> None:
    """Python, templates, shells and pickles in an answer, a key or an option leave no trace."""
    trace = tmp_path / "trace"
    texts = [
        f"__import__('pathlib').Path({str(trace)!r}).touch()", f"open({str(trace)!r}, 'w')", f"`touch {trace}`",
        f"$(touch {trace})",
        f"{{{{ cycler.__init__.__globals__.os.popen('touch {trace}') }}}}",
        f"!!python/object/apply:os.system ['touch {trace}']",
        f"cos\nsystem\n(S'touch {trace}'\ntR.", f"\\write18{{touch {trace}}}", f"exec(\"open({str(trace)!r}, 'w')\")",
    ]  # fmt: skip
    for kind, expected, options in QUESTIONS:
        for text in texts:
            check(text, expected, type=kind, **options)
    assert not trace.exists()


CHILD = """
import resource, sys
from grader import check
sys.path.insert(0, sys.argv[1])
import test_hostile as hostile
for kind, expected, options in hostile.QUESTIONS:
    check("1", expected, type=kind, **options)
    check("x + 1 = y", expected, type=kind, **options)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
kind, expected, options = hostile.QUESTIONS[int(sys.argv[2])]
for text in hostile.HOSTILE.values():
    check(text, expected, type=kind, **options)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in KiB on Linux")
@pytest.mark.parametrize("place", [1, 4])
def test_hostile_texts_take_little_memory(place: int) -> None:
    """A fresh process that judges all of them grows by less than 100 MB."""
    folder = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, folder, str(place)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    assert int(done.stdout) < 100 * 1024, f"{int(done.stdout) // 1024} MB more"


def test_every_type_is_tried() -> None:
    """A new answer type gets a question here."""
    assert {kind for kind, _, _ in QUESTIONS} == {*type_names(), "auto"}
