"""The texts that other programs are given for a case, in several settings: the best one is theirs.

A key is plain text or plain values for ``grade``. Other programs read LaTeX, so the key is offered to them as it
is written, between dollar signs, and as the LaTeX that an author would write; the answer as it is, and
between dollar signs where it has none.
"""

from __future__ import annotations

import json
from typing import Any

from benchmarks.cases import Case

SETTINGS = tuple(f"{gold}/{answer}" for gold in ("written", "dollars", "latex") for answer in ("written", "dollars"))
MOST_WRAPPED = 200  # characters; what is longer, or has several lines, is prose


def texts(case: Case) -> dict[str, tuple[str, str]]:
    """Key and answer in each setting of :data:`SETTINGS`."""
    written = written_key(case)
    keys = {"written": written, "dollars": f"${escaped(written)}$", "latex": f"${latex_key(case, written)}$"}
    answers = {"written": case.response, "dollars": wrapped(case.response)}
    return {s: (keys[s.partition("/")[0]], answers[s.partition("/")[2]]) for s in SETTINGS}


def written_key(case: Case) -> str:
    """The key as one line of text: ``[0, 1]`` for a list, ``{0, 1}`` for a set, ``A, B`` for options."""
    expected = case.expected
    if isinstance(expected, str):
        return expected
    if isinstance(expected, list):
        inner = ", ".join(written_item(item) for item in expected)
        if case.type == "choices":
            return inner
        return f"{{{inner}}}" if case.type == "set" else f"[{inner}]"
    return json.dumps(expected, ensure_ascii=False)


def written_item(item: Any) -> str:
    """An entry of a key: text without quotation marks."""
    if isinstance(item, list):
        return f"[{', '.join(map(written_item, item))}]"
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)


def escaped(text: str) -> str:
    """Plain text for TeX: the braces of a set are written with a backslash."""
    return text if "\\" in text else text.replace("{", "\\{").replace("}", "\\}").strip("$")


def wrapped(response: str) -> str:
    """An answer between dollar signs, if it is short and has no formula marked yet."""
    marked = any(mark in response for mark in ("$", "\\(", "\\[", "\\boxed"))
    if marked or "\n" in response or len(response) > MOST_WRAPPED:
        return response
    return f"${response}$"


def latex_key(case: Case, written: str) -> str:
    """The key in LaTeX: a matrix or vector with its rows, any other as ``grade`` writes what it read.

    Args:
        case: whose key it is.
        written: its plain text, the fallback where ``grade`` does not read it.
    """
    expected = case.expected
    if case.type in ("matrix", "vector") and isinstance(expected, list):
        rows = expected if all(isinstance(row, list) for row in expected) else [[item] for item in expected]
        lines = r" \\ ".join(" & ".join(map(written_item, row)) for row in rows)
        return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"
    from grader import check
    from grader.diagnostics import GradeError

    try:
        verdict = check("", case.expected, case.type, **case.options)
    except GradeError:
        return escaped(written)
    return verdict.expected.latex if verdict.expected and verdict.expected.latex else escaped(written)
