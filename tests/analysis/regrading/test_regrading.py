"""Marks of two runs side by side: which way they went, and the reasons that are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from grader.analysis.regrading import Direction, Kind, MarkChange, Regrading, compare
from grader.analysis.regrading.words import headline
from grader.diagnostics import Span, operator_error
from grader.records import Claim, Decision, Mistake, Part, Problem, Rendered, Result, Run, Status, Verdict
from grader.specs import Settings
from grader.store.runs import Manifest, StoredRun

SPEC = b"""id: p
title: P
given: {n: 1}
solver: reference/s.py
parts:
  - id: a
    prompt: How many?
    points: 2
    answer: {type: number, solve: f}
    reject: ["7"]
    mistakes:
      - {answer: "2", credit: 1/2, says: You counted twice.}
  - id: b
    points: 1
    needs: [a]
    answer: {type: number, solve: f}
"""
FILES = {"problems/p.yaml": SPEC, "reference/s.py": b"def f(n):\n    return n\n"}
PARTS = (
    Part(
        "a",
        ("a",),
        "",
        Fraction(2),
        "number",
        None,
        "f",
        mistakes=(Mistake("2", Fraction(1, 2), "You counted twice."),),
    ),
    Part("b", ("b",), "", Fraction(1), "number", None, "f", needs=("a",)),
)
PROBLEM = Problem("p", "", "P", "", {"n": 1}, "reference/s.py", PARTS, "problems/p.yaml")
RIGHT = Verdict(Status.CORRECT, Fraction(1), "exact", expected=Rendered("1", "", ""))
WRONG = Verdict(Status.INCORRECT, Fraction(0), "different", expected=Rendered("1", "", ""))
HALF = replace(WRONG, status=Status.PARTIAL, credit=Fraction(1, 2), feedback="You counted twice.")
OPEN = Verdict(Status.UNREADABLE, None, "unreadable")


def answer(verdict: Verdict, text: str = "1", part: str = "a", subject: str = "ada") -> Result:
    """An answer of ada's file."""
    return Result(Claim(subject, "p", part, text=text, span=Span("work/ada.md", 0, 1, 1)), verdict)


def kept(*results: Result, files: Mapping[str, bytes] = FILES, **more: Any) -> StoredRun:
    """A run of these results."""
    run = Run("submissions", "T", (PROBLEM,), tuple(dict.fromkeys(one.claim.subject for one in results)), results)
    made = Manifest("submissions", "/", "work", ".", "out", datetime(2026, 1, 1, tzinfo=UTC), files=files)
    return StoredRun(run, replace(made, **more))


def changed(**texts: tuple[bytes, bytes]) -> dict[str, bytes]:
    """The course with replacements: of ``spec`` or ``solver``."""
    names = {"spec": "problems/p.yaml", "solver": "reference/s.py"}
    return {**FILES, **{names[name]: FILES[names[name]].replace(*pair) for name, pair in texts.items()}}


def only(found: Regrading) -> MarkChange:
    """The one change."""
    (one,) = found.changes
    return one


def whys(before: StoredRun, after: StoredRun) -> list[tuple[Kind, str]]:
    """The reasons of the one change."""
    return [(one.kind, one.text) for one in only(compare(before, after)).why]


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (WRONG, RIGHT, Direction.UP),
        (RIGHT, HALF, Direction.DOWN),
        (OPEN, RIGHT, Direction.MARKED),
        (RIGHT, OPEN, Direction.OPENED),
        (OPEN, replace(OPEN, status=Status.MISSING), Direction.OTHER),
    ],
)
def test_a_mark_goes_one_way(before: Verdict, after: Verdict, direction: Direction) -> None:
    """Up and down are between marks; an open answer has none, so that it is neither above nor below one."""
    assert only(compare(kept(answer(before)), kept(answer(after)))).direction is direction


def test_the_same_mark_for_another_reason_is_no_change() -> None:
    """How it was decided, and in which words, may change freely."""
    found = compare(kept(answer(RIGHT)), kept(answer(replace(RIGHT, reason="modular", feedback="Well."), "1.0")))
    assert (found.changes, found.same) == ((), 1)


def test_subjects_come_and_go_as_a_whole() -> None:
    """Who is in one run only is named once, not with every part; their totals are told."""
    found = compare(kept(answer(RIGHT)), kept(answer(RIGHT, subject="zoe"), answer(WRONG, subject="zoe", part="b")))
    assert (found.changes, found.new, found.gone, bool(found)) == ((), ("zoe",), ("ada",), True)
    assert [(name, before is None, after is None) for name, before, after in found.totals()] == [
        ("zoe", True, False),
        ("ada", False, True),
    ]
    assert headline(found) == "No mark changes; 0 answers as before."


def test_answers_come_and_go_with_reasons() -> None:
    """A part that was not asked before is new, and comes after marks that changed."""
    spec = FILES["problems/p.yaml"]
    before = kept(answer(RIGHT), files={**FILES, "problems/p.yaml": spec[: spec.index(b"  - id: b")]})
    found = compare(before, kept(answer(RIGHT, part="b"), answer(WRONG)))
    assert [(one.item.part, one.direction) for one in found.changes] == [("a", Direction.DOWN), ("b", Direction.NEW)]
    assert [one.text for one in found.changes[1].why] == ["part b is new"]
    assert headline(found) == "2 marks change: 1 down, 1 new; 0 answers as before."


def test_the_totals_have_open_parts_apart() -> None:
    """A part that opened lowers the points that are known, and counts as open, not as lost."""
    found = compare(kept(answer(RIGHT)), kept(answer(OPEN)))
    ((name, before, after),) = found.totals()
    assert before is not None
    assert after is not None
    assert (name, before.earned, before.open, after.earned, after.open) == ("ada", 2, 1, 0, 2)


# ---------------------------------------------------------------- why


def test_what_only_verify_looks_at_is_no_reason() -> None:
    """An example was taken out and the points changed: the points are why."""
    files = changed(spec=(b'reject: ["7"]', b"reject: []"))
    files["problems/p.yaml"] = files["problems/p.yaml"].replace(b"points: 2", b"points: 4")
    after = kept(answer(RIGHT), files=files)
    worth = replace(PROBLEM, parts=(replace(PARTS[0], points=Fraction(4)), PARTS[1]))
    after = replace(after, run=replace(after.run, problems=(worth,)))
    assert whys(kept(answer(RIGHT)), after) == [(Kind.QUESTION, "points: “2” → “4”")]


def test_a_foreseen_mistake_is_why_for_those_who_made_it() -> None:
    """For another answer its credit says nothing."""
    files = changed(spec=(b"1/2", b"1/4"))
    quarter = replace(HALF, credit=Fraction(1, 4))
    assert whys(kept(answer(HALF)), kept(answer(quarter), files=files)) == [
        (Kind.QUESTION, "mistakes[1].credit: “1/2” → “1/4”")
    ]
    reasons = whys(kept(answer(RIGHT)), kept(answer(WRONG), files=files, environment={"grade": "9"}))
    assert (Kind.PROGRAM, "grade absent → 9") in reasons  # nothing is known to have done it, so that all is listed


def test_another_truth_is_why_with_what_made_it() -> None:
    """The solver's function is named with the answer that it gives now."""
    now = answer(replace(WRONG, expected=Rendered("3", "", "")))
    assert whys(kept(answer(RIGHT)), kept(now, files=changed(solver=(b"return n", b"return n + 2")))) == [
        (Kind.SOLVER, "reference/s.py: f"),
        (Kind.TRUTH, "expected answer: “1” → “3”"),
    ]
    assert whys(kept(answer(RIGHT)), kept(now, files=changed(spec=(b"n: 1", b"n: 3")))) == [
        (Kind.QUESTION, "given.n: “1” → “3”"),
        (Kind.TRUTH, "expected answer: “1” → “3”"),
    ]


def test_a_students_own_numbers_are_why() -> None:
    """Where the spec is the same and the numbers were drawn otherwise."""
    now = kept(answer(replace(WRONG, expected=Rendered("3", "", ""))))
    own = {"ada": (replace(PROBLEM, given={"n": 3}),)}
    now = replace(now, run=replace(now.run, own=own))
    assert (Kind.NUMBERS, "n: “1” → “3”") in whys(kept(answer(RIGHT)), now)


def test_another_answer_is_why_and_says_whether_the_file_changed() -> None:
    """The same file may be read otherwise, since the words that announce an answer are others."""
    before = kept(answer(RIGHT), inputs={"ada.md": "x"})
    assert whys(before, kept(answer(WRONG, "5"), inputs={"ada.md": "y"})) == [
        (Kind.INPUT, "work/ada.md changed: “1” → “5”")
    ]
    files = changed(spec=(b"How many?", b"How much?"))
    assert whys(before, kept(answer(WRONG, "5"), inputs={"ada.md": "x"}, files=files)) == [
        (Kind.READING, "read otherwise: “1” → “5”"),
        (Kind.QUESTION, "prompt: “How many?” → “How much?”"),
    ]


def test_an_answer_that_is_read_otherwise_is_explained_by_settings_other_parts_and_versions() -> None:
    """Which attempt counts, a heading that another part takes now, or the program; never only “read otherwise”."""
    before = kept(answer(RIGHT), inputs={"ada.md": "x"}, environment={"grade": "1", "code": "a"})
    after = {"inputs": {"ada.md": "x"}, "environment": {"grade": "1", "code": "b"}}
    reading = (Kind.READING, "read otherwise: “1” → “5”")
    assert whys(before, kept(answer(WRONG, "5"), **after)) == [reading, (Kind.PROGRAM, "the source of grade")]
    spec = changed(spec=(b"  - id: b\n", b"  - id: b\n    cues: [five]\n"))
    found = whys(before, kept(answer(WRONG, "5"), files=spec, settings=Settings(attempts="best"), **after))
    assert found == [
        reading,
        (Kind.QUESTION, "b: cues: + “[five]”"),
        (Kind.SETTING, "attempts: “last” → “best”"),
        (Kind.PROGRAM, "the source of grade"),
    ]


def test_a_member_of_an_archive_changed_with_its_archive() -> None:
    """The place names the member; the digest is of the archive."""
    found = compare(kept(answer(RIGHT), inputs={"all.zip": "x"}), kept(answer(RIGHT), inputs={"all.zip": "y"})).since
    assert found.input_change("work/all.zip/ada/a.md", "work") == "changed"
    assert found.input_change("all.zip/ada/a.md", "all.zip") == "changed"
    assert found.input_change("work/other.zip/ada/a.md", "work") == ""


def test_an_earlier_answer_that_changed_is_why() -> None:
    """Part b is judged by the answer to part a."""
    before = kept(answer(RIGHT, "1"), answer(RIGHT, "4", "b"))
    after = kept(answer(RIGHT, "2"), answer(WRONG, "4", "b"))
    assert whys(before, after) == [(Kind.EARLIER, "the answer to a, on which it builds, is another")]


def test_what_was_not_graded_is_why() -> None:
    """A limit that was met then is told with its message."""
    failed = Verdict(Status.FAILED, None, "worker_failed", diagnostics=(operator_error("worker-timeout", "too slow"),))
    assert whys(kept(answer(failed)), kept(answer(RIGHT))) == [(Kind.FAILURE, "it was not graded: too slow")]


def test_nothing_recorded_is_said_to_be_nothing() -> None:
    """There is always a reason, and never an invented one."""
    ((kind, _),) = whys(kept(answer(RIGHT)), kept(answer(WRONG)))
    assert kind is Kind.UNKNOWN


def decided(result: Result) -> Result:
    """The result with full marks by a person."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    one = Decision("1", "ada", "p", "a", None, "", Status.CORRECT, Fraction(1), "Eva", at, "fine", "")
    stands = Verdict(Status.CORRECT, Fraction(1), "decided_by_person")
    return replace(result, verdict=stands, decision=one, machine=result.verdict)


def test_a_decision_that_stands_keeps_the_mark() -> None:
    """What the machine says now changes no mark that a person gave."""
    found = compare(kept(decided(answer(OPEN))), kept(decided(answer(WRONG))))
    assert (found.changes, found.same) == ((), 1)


def test_a_decision_about_other_words_is_why() -> None:
    """The answer was handed in anew, and nobody has decided that one."""
    before, after = (
        kept(decided(answer(WRONG)), inputs={"ada.md": "x"}),
        kept(answer(WRONG, "9"), inputs={"ada.md": "y"}),
    )
    kinds = [kind for kind, _ in whys(before, after)]
    assert kinds == [Kind.DECISION, Kind.INPUT]
    assert only(compare(before, after)).before is not None
    assert only(compare(before, after)).before.by == "Eva"  # type: ignore[union-attr]
