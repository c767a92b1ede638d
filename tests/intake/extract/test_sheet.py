"""Answer sheets in JSON and YAML become text with headings."""

from __future__ import annotations

import json

import pytest

from grader.diagnostics import InputError
from grader.intake.extract.sheet import Sheet


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        ('{"1a": "5", "1b": [0, 0.50]}', "# Problem 1\n\n(a) 5\n\n(b) [0, 0.50]\n\n"),
        ('{"1": {"a": "O(n)", "b.ii": true}}', "# Problem 1\n\n(a) O(n)\n\n(b)(ii) true\n\n"),
        ('{"ssm-kernels": {"c.conv": "O(log L)"}}', "# ssm-kernels\n\n(c)(conv) O(log L)\n\n"),
        ('[{"problem": 3, "part": "c", "answer": "[1, 4]"}]', "# Problem 3\n\n(c) [1, 4]\n\n"),
        ("1a: 5\n1b: no\n2(c): 1e-3\n", "# Problem 1\n\n(a) 5\n\n(b) no\n\n# Problem 2\n\n(c) 1e-3\n\n"),
        ("- {problem: '1', part: b.i, answer: '[0, 1.5]'}\n", "# Problem 1\n\n(b)(i) [0, 1.5]\n\n"),
        ("answer: 3\n", "# Answers\n\n3\n\n"),
        ("{}", "\n"),
    ],
)
def test_labels_become_headings(sheet: str, text: str) -> None:
    """Numbers keep their digits, words stay words, lists are written in brackets."""
    assert Sheet().extract(sheet.encode(), "a.json").text == text


@pytest.mark.parametrize(
    "sheet",
    [
        "{", "a: [", "a: &x [1]\nb: *x", "\tx: 1", json.dumps({"1a": "x"})[:-2], "[" * 100_000,
        "a: !!python/name:os 3 : 4", json.dumps({"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}}),
        json.dumps(dict.fromkeys(map(str, range(6000)), 1)),
        '{"1a": ' + "[" * 900 + "]" * 900 + "}", '{"1a": [1, ' + '{"x":' * 900 + "1" + "}" * 900 + "]}",
        "1a: " + "[" * 100_000, "1a: " + "[" * 900 + "]" * 900,
    ],
    ids=lambda sheet: sheet[:20],
)  # fmt: skip
def test_a_broken_sheet_is_an_error(sheet: str) -> None:
    """Also one whose aliases could explode, and one that is too deep or too long."""
    with pytest.raises(InputError, match="answer sheet that cannot be read"):
        Sheet().extract(sheet.encode(), "a.yaml")


def test_other_encodings_are_told() -> None:
    """JSON and YAML are UTF-8."""
    with pytest.raises(InputError, match="not UTF-8"):
        Sheet().extract('{"1a": "λ"}'.encode("utf-16"), "a.json")
