"""Kept runs for the tests of exports: the course of ``grade init``, graded, with results and people of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from course_sample import new_course

from grader.records import Claim, Delivery, Evidence, Person, Rendered, Result, Run, Status, Verdict, Witness
from grader.specs import Course, load_course
from grader.store.decisions import FILE, Log, read_log
from grader.store.exports import Options, Written, exports, kept_run
from grader.store.runs import NAME, manifest_of, save

REFS = (("moving-average", "a", 4), ("moving-average", "b", 2), ("damping", "a", 3), ("damping", "b", 1))
HOSTILE = "=cmd|' /C calc'!A0,\"quoted\"\n\x00\t\u202e\ud800😀"


def course(root: Path) -> Course:
    """The course that ``grade init`` makes, with a title."""
    new_course(root)
    (root / "grade.toml").write_text('title = "Homework 8"\ndue = 2026-11-20T23:59:00Z\n', encoding="utf-8")
    return load_course(root)


def answers(subject: str, *credits_: int | str | None) -> list[Result]:
    """The answers of a student, with a share of the points each; None for one that is unreadable."""
    made = []
    for (problem, part, _), share in zip(REFS, credits_, strict=True):
        credit = None if share is None else Fraction(share)
        status = {None: Status.UNREADABLE, 0: Status.INCORRECT, 1: Status.CORRECT}.get(credit, Status.PARTIAL)
        made.append(Result(Claim(subject, problem, part, text="x"), Verdict(status, credit, "any")))
    return made


def hostile(subject: str = HOSTILE) -> Result:
    """An answer whose texts are as bad as texts can be."""
    witness = Witness((("λ", HOSTILE),), "-1", HOSTILE)
    verdict = Verdict(
        Status.PARTIAL,
        Fraction(1, 3),
        "known",
        Rendered(HOSTILE, "", ""),
        feedback=HOSTILE,
        evidence=Evidence("exact", HOSTILE, witness),
    )
    return Result(Claim(subject, "damping", "a", text=HOSTILE), verdict)


def class_of(graded: Course, marks: Iterable[list[Result]], **more: object) -> Run:
    """A run of submissions with these results."""
    results = tuple(result for own in marks for result in own)
    names = tuple(dict.fromkeys(result.claim.subject for result in results))
    made = Run("submissions", "Homework 8", graded.problems, names, results)
    return replace(made, **more)  # type: ignore[arg-type]


def keep(graded: Course, run: Run, out: Path) -> Path:
    """Keep a run in a folder."""
    out.mkdir(parents=True, exist_ok=True)
    manifest = manifest_of(run.kind, graded, graded.root / "submissions", out)
    save(run, out / NAME, replace(manifest, at=datetime(2026, 11, 26, 12, tzinfo=UTC)))
    return out


def written(out: Path, name: str, file: Path, decided: Log | None = None, **options: object) -> Written:
    """Write an export of the run in a folder."""
    with kept_run(out, decided or read_log(out / FILE)) as kept:
        return exports()[name].write(kept, Options(**options), file)  # type: ignore[arg-type]


def person(id_: str, name: str = "", email: str = "") -> Delivery:
    """Work of one person."""
    return Delivery((Person(id_, name, email),))


def codes(found: Written) -> list[str]:
    """What was said."""
    return [note.code for note in found.notes]
