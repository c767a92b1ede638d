"""The problem bank covers every item of the course documents, each by one part, with all that a part needs."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from shared import own_course

from grader.answers import get_type
from grader.records import HintKind, Part, Problem
from grader.specs import Course

ROOT = Path(__file__).resolve().parents[1]
INVENTORY = ROOT.parent / "shared/truth/inventory.json"


def items() -> dict[str, set[str]]:
    """Document to its items."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / "tests/bank_items.txt").read_text(encoding="utf-8").splitlines():
        if line.endswith(":"):
            found[line[:-1]] = set()
        elif line.startswith("  "):
            found[list(found)[-1]] |= set(line.split())
    return found


ITEMS = items()


@pytest.fixture(scope="module")
def course() -> Course:
    """The repository's own course."""
    return own_course()


def parts(course: Course) -> list[tuple[Problem, Part]]:
    """All parts with their problems."""
    return [(problem, part) for problem in course.problems for part in problem.parts]


def test_the_list_of_items_is_that_of_the_inventory() -> None:
    """145 items; compared with the inventory itself where it lies beside the project."""
    assert sum(map(len, ITEMS.values())) == 145
    if not INVENTORY.is_file():
        pytest.skip("the shared inventory does not lie beside the project")
    inventory = {item["id"] for item in json.loads(INVENTORY.read_text(encoding="utf-8"))}
    assert set().union(*ITEMS.values()) == inventory


@pytest.mark.parametrize("document", sorted(ITEMS))
def test_each_item_is_asked_by_one_part(course: Course, document: str) -> None:
    """Further questions about an item bear its name with a suffix: ``L.spec/bound``."""
    asked = Counter(p.source.item for _, p in parts(course) if p.source and p.source.document == document)
    assert {item: asked[item] for item in ITEMS[document] if asked[item] != 1} == {}
    further = {item.partition("/")[0] for item in asked if "/" in item}
    assert further <= ITEMS[document]
    assert {item for item in asked if "/" not in item} == ITEMS[document]


def test_every_part_has_what_an_author_owes(course: Course) -> None:
    """A source, a second computation, right and wrong answers, hints of all kinds, and a reason for what is wrong."""
    lacking = []
    kinds = {HintKind.NEUTRAL, HintKind.TARGETED, HintKind.REVEALING, HintKind.MISLEADING}
    for problem, part in parts(course):
        human = get_type(part.type).decided_by == "human"
        owed = {
            "source": part.source,
            "confirm": part.confirm or human,
            "accept": len(part.accept) >= 2 or human,
            "reject": len(part.reject) >= 2 or human,
            "mistakes": part.mistakes or human or part.type in ("classification", "derivation"),
            "hints": {hint.kind for hint in part.hints} >= kinds,
        }
        lacking += [(f"{problem.id}/{part.id}", name) for name, there in owed.items() if not there]
    assert lacking == []


def test_statements_are_not_all_false(course: Course) -> None:
    """Who answers "false" throughout is often wrong: of the true-or-false parts at least a quarter are true."""
    judged = [part for _, part in parts(course) if part.type == "classification" and not part.options.classes]
    true = [part for part in judged if any(word.lower() in ("true", "yes") for word in part.accept)]
    assert len(judged) >= 40
    assert 0.25 <= len(true) / len(judged) <= 0.75
