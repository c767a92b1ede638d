"""Makes a course of 20 parts and a class of any size that answers it in many notations.

Everything is drawn from a seeded generator, so the same size gives the same class. Each answer is
planted as right, wrong or left out, so that a benchmark can say whether it was also graded so.
"""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

PROBLEMS = 5
PARTS = ("a", "b", "c", "d")
SEED = 20261121

SPEC = """\
id: {id}
number: {number}
title: Powers and bounds, set {number}
solver: reference/sets.py
given: {{base: {base}, count: 5, low: {low}, high: {high}, top: {top}, bottom: {bottom}, right: {right}}}
parts:
  - id: a
    prompt: List the first five powers $K_0, …, K_4$ of {base}.
    points: 4
    answer: {{type: sequence, solve: powers}}
    symbols: [K]
    cues: [powers]
  - id: b
    prompt: For which λ do both bounds hold?
    points: 3
    answer: {{type: interval, variable: λ, domain: "λ >= 0", solve: bounds}}
    symbols: [λ]
  - id: c
    prompt: What is the ratio $r$?
    points: 2
    answer: {{type: number, rel: 0.001, solve: ratio}}
    symbols: [r]
    cues: [ratio]
  - id: d
    prompt: Which statement holds?
    points: 1
    answer: {{type: choice, options: {{A: always, B: never, C: if small, D: if large}}, solve: letter}}
"""

SOLVER = '''\
"""Solvers of the generated course."""

from fractions import Fraction

import sympy


def powers(base, count):
    """The powers 0 to count - 1 of the base."""
    return [base**k for k in range(count)]


def bounds(low, high):
    """All values from low to high."""
    return sympy.Interval(low, high)


def ratio(top, bottom):
    """The exact quotient."""
    return Fraction(top, bottom)


def letter(right):
    """The letter of the true statement."""
    return right
'''


def parameters(number: int) -> dict[str, object]:
    """The given values of problem ``number``, 1 to 5."""
    return {
        "base": number + 1,
        "low": number,
        "high": 3 * number + 1,
        "top": number + 2,
        "bottom": 3 * number + 4,
        "right": "ABCD"[number % 4],
    }


def make_course(root: Path) -> None:
    """Write specs and the solver below ``root``."""
    (root / "problems").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference/sets.py").write_text(SOLVER, encoding="utf-8")
    for number in range(1, PROBLEMS + 1):
        text = SPEC.format(id=f"set-{number}", number=number, **parameters(number))
        (root / f"problems/set-{number}.yaml").write_text(text, encoding="utf-8")


def powers(dice: random.Random, given: dict[str, int], right: bool) -> str:
    """Part a, in one of four notations."""
    values = [given["base"] ** k for k in range(5)]
    if not right:
        values[dice.randrange(5)] += dice.randrange(1, 4)
    listed = ", ".join(map(str, values))
    named = ", ".join(f"K_{k} = {value}" for k, value in enumerate(values))
    return dice.choice([f"K = [{listed}]", f"The powers are $K = ({listed})$.", named, f"${named}$"])


def bounds(dice: random.Random, given: dict[str, int], right: bool) -> str:
    """Part b, in one of four notations; wrong ones open the ends or move one."""
    low, high = given["low"], given["high"]
    if right:
        return dice.choice(
            [
                f"{low} ≤ λ ≤ {high}",
                f"λ ∈ [{low}, {high}]",
                f"$\\lambda \\in [{low}, {high}]$",
                f"${low} \\le \\lambda \\le {high}$",
            ]
        )
    return dice.choice([f"λ ∈ ({low}, {high})", f"λ ≥ {low}", f"${low} \\le \\lambda \\le {high + 1}$"])


def ratio(dice: random.Random, given: dict[str, int], right: bool) -> str:
    """Part c, as a fraction, in LaTeX, or as a decimal with six digits."""
    value = Fraction(given["top"] + (0 if right else 1), given["bottom"])
    top, bottom = value.numerator, value.denominator
    return dice.choice(
        [f"r = {top}/{bottom}", f"The ratio is $r = \\frac{{{top}}}{{{bottom}}}$.", f"r = {float(value):.6f}"]
    )


def letter(dice: random.Random, right_letter: str, right: bool) -> str:
    """Part d, by letter in one of three ways."""
    said = right_letter if right else dice.choice([x for x in "ABCD" if x != right_letter])
    return dice.choice([said, f"({said})", f"Answer: {said}"])


def answers(dice: random.Random) -> dict[tuple[str, str], tuple[str, str]]:
    """One student's text and planted outcome (right, wrong or missing) for each (problem, part)."""
    made: dict[tuple[str, str], tuple[str, str]] = {}
    for number in range(1, PROBLEMS + 1):
        given = parameters(number)
        numbers = {name: value for name, value in given.items() if isinstance(value, int)}
        for part in PARTS:
            outcome = dice.choices(["right", "wrong", "missing"], [70, 27, 3])[0]
            right = outcome == "right"
            if outcome == "missing":
                text = ""
            elif part == "d":
                text = letter(dice, str(given["right"]), right)
            else:
                text = {"a": powers, "b": bounds, "c": ratio}[part](dice, numbers, right)
            made[f"set-{number}", part] = (text, outcome)
    return made


def written(made: dict[tuple[str, str], tuple[str, str]], suffix: str) -> str:
    """A student's answers as one document: ``md``, ``txt`` or ``tex``."""
    problem_heading, part_heading = {
        "md": ("## Problem {}", "### ({})"),
        "txt": ("Problem {}", "({})"),
        "tex": ("\\section*{{Problem {}}}", "\\subsection*{{({})}}"),
    }[suffix]
    lines = ["\\documentclass{article}", "\\begin{document}"] if suffix == "tex" else []
    for (problem, part), (text, outcome) in made.items():
        if part == PARTS[0]:
            lines += [problem_heading.format(problem.removeprefix("set-")), ""]
        if outcome != "missing":
            lines += [part_heading.format(part), text, ""]
    return "\n".join([*lines, "\\end{document}" if suffix == "tex" else ""])


def make_class(folder: Path, students: int) -> dict[tuple[str, str, str], str]:
    """Write a folder for each student and return the planted outcome of each (student, problem, part)."""
    dice = random.Random(SEED)
    planted: dict[tuple[str, str, str], str] = {}
    for index in range(students):
        student, suffix = f"student-{index:03}", ("md", "txt", "tex")[index % 3]
        made = answers(dice)
        (folder / student).mkdir(parents=True)
        (folder / student / f"homework.{suffix}").write_text(written(made, suffix), encoding="utf-8")
        planted |= {(student, *key): outcome for key, (_, outcome) in made.items()}
    return planted
