"""`grade check`: one answer, and streams of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import grade, grade_here, lines

KEYS = ["schema", "id", "status", "credit", "reason", "read_as", "feedback", "evidence", "seconds"]


def test_one_answer_is_checked(tmp_path: Path) -> None:
    """A right answer is correct, a wrong one incorrect; neither is an error."""
    right = grade_here("check", "0.5", "--type", "number", "--expected", "1/2", "--json", cwd=tmp_path)
    wrong = grade_here("check", "0.6", "--type", "number", "--expected", "1/2", "--json", cwd=tmp_path)
    assert (right.code, right.json["status"], right.json["credit"]) == (0, "correct", 1)
    assert (wrong.code, wrong.json["status"], wrong.json["credit"]) == (0, "incorrect", 0)


def test_a_negative_number_is_an_answer(tmp_path: Path) -> None:
    """An answer may begin with a minus sign."""
    assert grade_here("check", "-3", "--type", "number", "--expected", "-3", cwd=tmp_path).out.startswith("correct")


def test_options_reach_the_type(tmp_path: Path) -> None:
    """-o abs=0.01 is a tolerance, and -o variable names an interval's variable."""
    done = grade_here("check", "3.14", "-t", "number", "-e", "3.1416", "-o", "abs=0.01", "--json", cwd=tmp_path)
    assert done.json["status"] == "correct"
    done = grade_here(
        "check", "1 <= t < 4", "-t", "interval", "-e", "[1, 4]", "-o", "variable=t", "--json", cwd=tmp_path
    )
    assert done.json["status"] == "incorrect"


def test_standard_input_can_hold_the_answer(tmp_path: Path) -> None:
    """With - the answer is read from standard input."""
    done = grade("check", "-", "-t", "number", "-e", "12", "--json", cwd=tmp_path, stdin="The answer is 12.\n")
    assert done.json["status"] == "correct"


def test_a_part_of_the_course_knows_its_answer(course: Path) -> None:
    """--problem and --part compare with what the solver computes."""
    done = grade_here("check", "0 <= c < 4", "--problem", "damping", "--part", "a", "--json", cwd=course)
    assert (done.code, done.json["status"]) == (0, "correct")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["5"],
        ["5", "--problem", "damping"],
        ["5", "--problem", "damping", "--part", "a", "--expected", "5"],
        ["5", "--expected", "5", "-o", "abs"],
        ["5", "--jsonl", "x.jsonl"],
        ["--jsonl", "not-there.jsonl"],
    ],
)
def test_wrong_usage_is_said(course: Path, arguments: list[str]) -> None:
    """What is missing or contradicts itself ends with 2 and a message."""
    done = grade_here("check", *arguments, cwd=course)
    assert done.code == 2
    assert done.err.strip()


def write_lines(path: Path, *values: object) -> Path:
    """A JSON Lines file; strings are written as they are."""
    text = "\n".join(v if isinstance(v, str) else json.dumps(v) for v in values)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def number(name: object, response: str) -> dict[str, object]:
    """A line that asks for 5."""
    return {"id": name, "type": "number", "expected": "5", "response": response}


def test_lines_are_checked_in_order(tmp_path: Path) -> None:
    """Each line has its result, with the keys of the contract, in input order; --out - prints them."""
    source = write_lines(tmp_path / "in.jsonl", *(number(n, str(n % 7)) for n in range(40)))
    done = grade_here("check", "--jsonl", source, "--out", tmp_path / "out.jsonl", cwd=tmp_path)
    assert done.code == 0, done.err
    found = lines(tmp_path / "out.jsonl")
    assert [o["id"] for o in found] == list(range(40))
    assert [o["status"] for o in found] == ["correct" if n % 7 == 5 else "incorrect" for n in range(40)]
    assert all(list(o) == KEYS for o in found)
    printed = grade_here("check", "--jsonl", "-", cwd=tmp_path, stdin=source.read_text(encoding="utf-8"))
    assert [json.loads(line)["id"] for line in printed.out.splitlines()] == list(range(40))


def test_bad_lines_fail_alone(tmp_path: Path) -> None:
    """Broken JSON, a list, deep nesting and an unknown type fail with a reason and their line; exit 4."""
    source = write_lines(
        tmp_path / "in.jsonl",
        number("a", "5"),
        '{"id": "b", "type": ',
        "[1, 2]",
        "",
        "[" * 100_000,
        {"id": "c", "type": "nonsense", "expected": "5", "response": "5"},
        {"id": "d", "type": "number"},
        number("e", "5"),
    )
    done = grade_here("check", "--jsonl", source, cwd=tmp_path)
    assert done.code == 4
    found = [json.loads(line) for line in done.out.splitlines()]
    assert [o["status"] for o in found] == ["correct", *["failed"] * 5, "correct"]
    assert [o["reason"] for o in found[1:6]] == ["bad_line", "bad_line", "bad_line", "unknown_type", "bad_line"]
    assert [o["id"] for o in found] == ["a", None, None, None, "c", "d", "e"]
    for outcome, line in zip(found[1:4], (2, 3, 5), strict=True):
        assert f"line {line}:" in outcome["feedback"]


def test_a_line_may_name_a_part(course: Path) -> None:
    """A line with problem and part is compared with the solver's answer; an unknown part fails alone."""
    source = write_lines(
        course / "in.jsonl",
        {"id": 1, "problem": "moving-average", "part": "a", "response": "[1, 2, 3, 4]"},
        {"id": 2, "problem": "moving-average", "part": "zz", "response": "1"},
        {"id": 3, "problem": "moving-average", "part": "b", "response": "2"},
    )
    done = grade_here("check", "--jsonl", source, cwd=course)
    found = [json.loads(line) for line in done.out.splitlines()]
    assert [o["status"] for o in found] == ["correct", "failed", "incorrect"]
    assert done.code == 4


def test_a_line_that_is_too_long_fails_alone(tmp_path: Path) -> None:
    """A line of 9 MB is refused without being parsed; the next one is checked."""
    source = write_lines(tmp_path / "in.jsonl", number("big", "5" * 9_000_000), number("small", "5"))
    done = grade_here("check", "--jsonl", source, cwd=tmp_path)
    found = [json.loads(line) for line in done.out.splitlines()]
    assert [o["status"] for o in found] == ["failed", "correct"]
    assert found[0]["reason"] == "bad_line"
    assert done.code == 4


def test_an_answer_of_odd_characters_comes_back_as_json(tmp_path: Path) -> None:
    """Lone surrogates and control characters in an answer leave the output valid JSON."""
    line = '{"id": "\\ud800", "type": "number", "expected": "5", "response": "\\u0000 \\ud800 5"}'
    done = grade_here("check", "--jsonl", "-", cwd=tmp_path, stdin=line + "\n")
    assert json.loads(done.out)["id"] == "\ud800"
