"""What was handed in: whose files are whose, how and when they came, and who handed in nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from grader.diagnostics import Audience, Diagnostic, InputError, Severity, Span, operator_error
from grader.intake.archives import File, is_archive
from grader.intake.archives.lines import is_lines
from grader.intake.files import natural_key
from grader.intake.handins.answer_files import answer_files
from grader.intake.handins.lateness import delivery
from grader.intake.handins.roster import Roster
from grader.intake.handins.spooled import spooled_lines, spooled_list
from grader.intake.handins.trees import Entry, Tree, tree_of
from grader.intake.layouts import HandIn, Wanted, placed
from grader.intake.lists import is_list
from grader.records import Delivery, Person
from grader.specs.settings import Settings


@dataclass(frozen=True, slots=True)
class Submission:
    """What one student, or one group, handed in at one time.

    Args:
        subject: the student: the id on the roster, else what the layout calls them.
        files: answers, in natural order; empty where there are none that can be read.
        diagnostics: files that are not graded, links not followed, formats not read.
        delivery: how and when it came in, and whose it is.
        key: what the layout calls it; submissions of one key are attempts.
    """

    subject: str
    files: tuple[File, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    delivery: Delivery = field(default_factory=Delivery)
    key: str = ""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """All that was handed in.

    Args:
        submissions: in natural order of the students, those of lines and lists in the order in which the students come;
            where the best attempt counts, all attempts of a student. May be gone through again and again.
        absent: those on the roster who handed in nothing, in its order.
        notes: what belongs to nobody.
        layout: name of the layout; "" for a single file.
    """

    submissions: Iterable[Submission]
    absent: tuple[Person, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    layout: str = ""


def read_submissions(
    path: Path,
    settings: Settings = Settings(),  # noqa: B008 - frozen
    roster: Roster | None = None,
    *,
    layout: str = "",
    assignment: str = "",
) -> HandedIn:
    """The submissions at a path.

    Args:
        path: a folder of submissions, an archive of one, JSON lines, a list of students' files and folders, or one
            student's file.
        settings: with the deadline, and which of several attempts counts.
        roster: of the course.
        layout: name of the layout; told by what is there if "".
        assignment: name, where a layout holds several.

    Raises:
        InputError: ``input-unreadable``, ``archive-broken``, ``archive-limit``, ``layout-ambiguous``,
            ``layout-metadata``, ``layout-assignment``.
    """
    found: Iterable[Submission]
    notes: Sequence[Diagnostic]
    try:
        if is_list(path) or is_lines(path):
            name, there = "plain", spooled_list(path) if is_list(path) else spooled_lines(path)
            made = _Made(there, settings, roster)
            uses = _uses(made) if roster else {}  # a key is one student's, so without a roster nobody is there twice
            notes, found = there.notes, replace(made, uses=uses)
        else:
            name, hand_ins, notes = _at_hand(path, layout, assignment)
            all_made = list(_Made(_by_key(hand_ins), settings, roster))
            uses = _uses(all_made)
            all_made.sort(key=lambda one: natural_key(one.subject))
            found = tuple(_warned(one, uses) for one in all_made)
    except OSError as error:
        raise InputError(
            operator_error(
                "input-unreadable",
                f"It cannot be read: {error.strerror or error}.",
                Span(str(path), 0, 0, 1),
                "Check the path, and that you may read what is there.",
            )
        ) from error
    absent = tuple(person for person in (roster.people if roster else ()) if person not in uses)
    return HandedIn(found, absent, (*(roster.notes if roster else ()), *notes), name)


def _at_hand(path: Path, layout: str, assignment: str) -> tuple[str, list[HandIn], Sequence[Diagnostic]]:
    """The name of the layout, what it finds, and what belongs to nobody."""
    if path.is_file() and not is_archive(path.name):
        return "", [HandIn(path.stem, (Entry((path.name,), path),))], ()
    return _laid_out(tree_of(path), layout, assignment)


def _by_key(hand_ins: Iterable[HandIn]) -> Iterable[list[HandIn]]:
    attempts: dict[str, list[HandIn]] = {}
    for one in hand_ins:
        attempts.setdefault(one.key, []).append(one)
    return attempts.values()


@dataclass(frozen=True, slots=True)
class _Made(Iterable[Submission]):
    """The submissions of students, made when they are gone through.

    Args:
        students: the hand-ins of each.
        settings, roster: of the course.
        uses: see :func:`_uses`.
    """

    students: Iterable[list[HandIn]]
    settings: Settings
    roster: Roster | None
    uses: Mapping[Person, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Submission]:
        for own in self.students:
            for one in _of_student(_by_time(own), self.settings, self.roster):
                yield _warned(one, self.uses)


def _laid_out(tree: Tree, layout: str, assignment: str) -> tuple[str, list[HandIn], list[Diagnostic]]:
    """The name of the layout, what it finds, and what belongs to nobody."""
    kind, tree = placed(tree, layout)
    found: list[HandIn] = []
    notes = list(tree.notes)
    for one in kind.hand_ins(tree, Wanted(assignment)):
        if isinstance(one, HandIn):
            found.append(one)
        else:
            notes.append(one)
    return kind.name, found, notes


def _by_time(own: list[HandIn]) -> list[HandIn]:
    """The attempts in the order in which they came in, where that is known; else in that of the layout."""
    timed = [(one.at, one) for one in own if one.at is not None]
    return [one for _, one in sorted(timed, key=lambda pair: pair[0])] if len(timed) == len(own) else own


def _of_student(own: Sequence[HandIn], settings: Settings, roster: Roster | None) -> Iterator[Submission]:
    """The attempts of a student that are to be graded: one, or all where the best is to be found."""
    labels = [label for one in own for label in (*one.earlier, _label(one))]
    last = len(own) - 1
    number = 0
    for index, one in enumerate(own):
        number += len(one.earlier) + 1
        if index not in {"first": (0,), "last": (last,), "best": range(len(own))}[settings.attempts]:
            continue
        people, notes = _people(one, roster)
        files, more = answer_files(one.key, one.entries)
        others = tuple(f"attempt {i}: {label}" for i, label in enumerate(labels, 1) if i != number)
        come = delivery(one.at, one.late, settings)
        come = replace(come, people=people, attempt=number, of=len(labels), others=others)
        if any(other.earlier for other in own) and settings.attempts != "last":
            notes = (*notes, _not_there(one, settings))
        subject = " + ".join(person.id for person in people)
        yield Submission(subject, files, (*one.notes, *notes, *more), come, one.key)


def _label(one: HandIn) -> str:
    names = ", ".join(entry.name for entry in one.entries[:3]) + (", …" if len(one.entries) > 3 else "")
    return " ".join(filter(None, (f"{one.at:%Y-%m-%d %H:%M %Z}" if one.at else "", names))) or "no files"


def _people(one: HandIn, roster: Roster | None) -> tuple[tuple[Person, ...], tuple[Diagnostic, ...]]:
    """Whose a hand-in is, as the roster has them, and who of them is not on it."""
    if len(one.people) > 1:
        people = one.people if roster is None else tuple(_on(roster, person) for person in one.people)
    else:
        sole = replace(one.people[0], id=one.key) if one.people else Person(one.key)
        people = (sole,) if roster is None else _sole(one, sole, roster)
    return people, tuple(_unknown(person) for person in people if person.enrolled is False)


def _on(roster: Roster, person: Person, *told: Person) -> Person:
    return roster.find(person, *told) or replace(person, enrolled=False)


def _sole(one: HandIn, sole: Person, roster: Roster) -> tuple[Person, ...]:
    """One person, or the members of the group of that name."""
    found = _on(roster, sole, *one.people, Person(one.key, one.key))
    if found.enrolled:
        return (found,)
    return roster.group(one.key) or roster.group(sole.name) or (found,)


def _uses(submissions: Iterable[Submission]) -> Counter[Person]:
    """Of how many students or groups, as the layout calls them, a person is.

    Args:
        submissions: those of one key together.
    """
    found: Counter[Person] = Counter()
    for _, own in groupby(submissions, key=lambda one: one.key):
        found.update({person for one in own for person in one.delivery.people})
    return found


def _warned(one: Submission, uses: Mapping[Person, int]) -> Submission:
    """A submission, with a warning where a person has several that are no attempts of one."""
    twice = [person for person in one.delivery.people if uses.get(person, 0) > 1]
    return replace(one, diagnostics=(*one.diagnostics, *map(_twice, twice))) if twice else one


def _unknown(person: Person) -> Diagnostic:
    called = f"{person.id!r}" + (f" ({person.name})" if person.name not in person.id else "")
    return _warning(
        "roster-unknown",
        f"{called} is not on the roster: nobody there fits, or several do, or the number and the name "
        "are of two; the work was graded.",
        "Correct the roster, or the name of the folder or file.",
    )


def _twice(person: Person) -> Diagnostic:
    return _warning(
        "roster-handed-in-twice",
        f"Several submissions are of {person.id!r}, by one and in groups or under several names; each was graded.",
        "Decide which of them counts.",
    )


def _not_there(one: HandIn, settings: Settings) -> Diagnostic:
    return _warning(
        "attempts-not-there",
        f"The {settings.attempts} attempt counts, but earlier ones of {one.key!r} are not in the export; "
        "what is there was graded.",
        'Download them one by one, or set attempts = "last" in grade.toml.',
    )


def _warning(code: str, message: str, fix: str) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, Audience.OPERATOR, message, None, fix)
