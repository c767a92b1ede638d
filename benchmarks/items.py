"""Questions for made replies: the parts of this repository's problems, each with answers known to be right or wrong.

Where the answers are from:

- what the authors of the specs say must be accepted, must be rejected, and is a mistake that they foresaw;
- the truth, computed anew by the solvers in ``reference/`` and printed in the notations in which ``grade verify`` tries
  it: Unicode, LaTeX and ASCII;
- slips next to the truth, as ``grade verify`` makes them, where it is known by other means than grading that they are
  another answer;
- what the models in ``transcripts/`` answered, with the verdict by derived truth (``transcripts/trajectories.yaml``).

Each part becomes a problem of its own, so that a reply answers one question, as in most evaluations of models.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.measure import ROOT
from grader.answers import get_type
from grader.records import HintKind, Part, Problem
from grader.scoring.solvers import solve_part
from grader.scoring.verification.printing import notations
from grader.specs import load_course

TYPES = frozenset(
    "choice choices classification expression growth interval matrix matrix_expression number sequence set"
    " shape".split()
)
"""Types whose answers are short and whose truth is computed: no derivations, and no texts that a person marks."""

ELSEWHERE = re.compile(r"\bparts? [a-h]\b|\([a-h]\)|\bsame\b", re.IGNORECASE)
"""In a prompt: it speaks of another part, which is not there."""

HEDGED = re.compile(r"\bor\b|\beither\b|\?|…|\.\.\.|\\dots|\\ldots", re.IGNORECASE)
"""In a wrong answer: two answers at once, or one that leaves something out. A person may judge these in other ways."""

MOST_SLIPS = 12
"""Slips of one truth."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question and its known answers.

    Args:
        problem: id of the problem in the course of :func:`make_course`.
        number: of the problem, from 1.
        prompt: as a person asks it.
        type: name of the answer type.
        symbol: how the asked quantity is called, or "".
        right, wrong: answers, each once, as they would be written.
        hints: kind and words of the hints that the spec offers.
        shape: of a truth made of numbers alone: () for a number, (4,) for a sequence, (2, 3) for a matrix; None for all
            others, columns among them, for a multiple of an eigenvector is one as well.
        size: greatest absolute number in it.
    """

    problem: str
    number: int
    prompt: str
    type: str
    symbol: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    hints: tuple[tuple[HintKind, str], ...]
    shape: tuple[int, ...] | None
    size: float


def make_course(root: Path, most: int | None = None) -> None:
    """Write the specs, one part each, and a copy of the solvers below ``root``.

    Args:
        root: an empty folder, or one that is not there yet.
        most: number of problems; all if None. They are taken evenly from all.
    """
    (root / "problems").mkdir(parents=True)
    copied = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "reference", root / "reference", ignore=copied)
    specs = list(_specs())
    step = max(1, len(specs) // most) if most else 1
    for number, spec in enumerate(specs[::step][:most], 1):
        spec["number"] = number
        text = yaml.safe_dump(spec, allow_unicode=True, sort_keys=False)
        (root / f"problems/{number:03}-{spec['id']}.yaml").write_text(text, encoding="utf-8")


def items(root: Path) -> tuple[Item, ...]:
    """The questions of a course that :func:`make_course` wrote.

    Args:
        root: its folder.

    Raises:
        RuntimeError: a truth could not be computed.
    """
    said = _transcribed()
    return tuple(_item(root, problem, said) for problem in load_course(root).problems)


def _specs() -> Iterator[dict[str, Any]]:
    """A spec for each part that can stand alone."""
    for file in sorted((ROOT / "problems").rglob("*.yaml")):
        spec = yaml.safe_load(file.read_text(encoding="utf-8"))
        for part in spec["parts"]:
            if part["answer"]["type"] not in TYPES or ELSEWHERE.search(part["prompt"]):
                continue
            alone = {key: value for key, value in part.items() if key not in ("needs", "follow_through", "label")}
            source = {"document": "benchmark", "item": f"{spec['id']}/{part['id']}"}
            head = {key: value for key, value in spec.items() if key not in ("parts", "number")}
            head |= {"id": f"{spec['id']}-{part['id'].replace('.', '-')}", "title": f"{spec['title']}, {part['id']}"}
            yield head | {"parts": [alone | {"id": "a", "source": source}]}


def _item(root: Path, problem: Problem, said: Mapping[str, list[tuple[str, bool]]]) -> Item:
    part = problem.parts[0]
    source = part.source.item if part.source else ""
    truth = solve_part(root, problem, part, part.solve)
    if truth.value is None:
        raise RuntimeError(f"{problem.id}: no truth: {truth.diagnostics}")
    shown = get_type(part.type).printed(truth.value, part.options)
    printed = tuple(notations(shown).values()) if shown is not None else ()
    heard = said.get(source, [])
    right = dict.fromkeys((*map(str.strip, part.accept), *printed, *(answer for answer, fine in heard if fine)))
    wrong = dict.fromkeys((*_rejected(part), *_slips(part, truth.value), *(a for a, fine in heard if not fine)))
    shape, size = _numbers(printed[0] if printed else "", part.type)
    return Item(
        problem.id,
        int(problem.number),
        f"Problem {problem.number}: " + "\n\n".join(filter(None, (problem.prompt.strip(), part.prompt.strip()))),
        part.type,
        part.symbols[0] if part.symbols else "",
        tuple(one for one in right if one),
        tuple(one for one in wrong if one and one not in right),
        tuple((hint.kind, hint.text) for hint in part.hints),
        shape,
        size,
    )


def _rejected(part: Part) -> Iterator[str]:
    """Answers that are wrong to everybody: not two at once, and none without credit for a part of them alone."""
    for answer in (*part.reject, *(mistake.answer for mistake in part.mistakes)):
        if answer.strip() and not HEDGED.search(answer):
            yield answer.strip()


def _slips(part: Part, value: Any) -> Iterator[str]:
    """Wrong answers next to the right one."""
    known = (slip.text for slip in get_type(part.type).slips(value, part.options) if slip.differs)
    yield from (text for text, _ in zip(known, range(MOST_SLIPS), strict=False))


def _transcribed() -> Mapping[str, list[tuple[str, bool]]]:
    """What the models of the real transcripts answered to each part, and whether it is right."""
    homework: dict[str, str] = {}
    for file in (ROOT / "problems/homework").glob("*.yaml"):
        spec = yaml.safe_load(file.read_text(encoding="utf-8"))
        for part in spec["parts"]:
            homework[part.get("source", {}).get("item", "")] = f"{spec['id']}/{part['id']}"
    found: dict[str, list[tuple[str, bool]]] = {}
    for rows in yaml.safe_load((ROOT / "transcripts/trajectories.yaml").read_text(encoding="utf-8")).values():
        for row in rows:
            plain = row["verdict"] in ("right", "wrong") and not {"person", "computed"} & row.keys()
            if plain and ";" not in row["answer"] and row["item"] in homework:
                found.setdefault(homework[row["item"]], []).append((row["answer"], row["verdict"] == "right"))
    return found


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?")
_LIST = re.compile(rf"[\[(]({_NUMBER.pattern}(?:, {_NUMBER.pattern})*)[\])]")


def _numbers(text: str, kind: str) -> tuple[tuple[int, ...] | None, float]:
    """The shape of a truth of numbers alone, and its greatest absolute number; ``(None, 0)`` for others."""
    found = [abs(_value(one)) for one in _NUMBER.findall(text)]
    size = max(found, default=0)
    if kind == "number" and _NUMBER.fullmatch(text):
        return (), size
    if kind == "sequence" and (match := _LIST.fullmatch(text)):
        return (match[1].count(",") + 1,), size
    rows = _LIST.findall(text)
    if (
        kind == "matrix"
        and rows
        and "," in rows[0]
        and text == f"[{', '.join(f'[{row}]' for row in rows)}]"
        and len({row.count(",") for row in rows}) == 1
    ):
        return (len(rows), rows[0].count(",") + 1), size
    return None, 0


def _value(number: str) -> float:
    above, _, below = number.partition("/")
    return float(above) / float(below or 1)
