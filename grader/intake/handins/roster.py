"""A course's roster: who is in it, from a CSV file whose columns are known by the names that other tools give them."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from grader.diagnostics import Audience, Diagnostic, InputError, Severity, Span, operator_error
from grader.records import Person

ROSTER = "roster.csv"
MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000
_MOST_WORDS = 6  # of a name that is turned round
_LONG = 3  # letters of a word that is looked for inside another one

# What a column is called, in lower case and without anything but letters and digits; Canvas, Gradescope, Moodle and
# nbgrader write these.
_COLUMNS: Mapping[str, frozenset[str]] = {
    "id": frozenset(
        "id sid studentid studentnumber matriculation matriculationnumber matrikelnummer idnumber userid "
        "username user login loginid sisid sisuserid sisloginid netid".split()
    ),
    "name": frozenset("name fullname student studentname displayname".split()),
    "first": frozenset("first firstname given givenname forename vorname".split()),
    "last": frozenset("last lastname surname family familyname nachname".split()),
    "email": frozenset("email emailaddress mail studentemail".split()),
    "section": frozenset("section sections class sectionname tutorial".split()),
    "group": frozenset("group groups groupname team".split()),
}
_NOBODY = re.compile(r"\s*Points Possible\s*")  # the second row of Canvas's grade book


@dataclass(frozen=True, slots=True)
class RosterRow:
    """Somebody who is listed.

    Args:
        person: who it is.
        ids: all numbers and names of accounts by which the list has them.
        group: "" for none.
    """

    person: Person
    ids: tuple[str, ...]
    group: str = ""


class Roster:
    """Those who are in a course, and by what they are found.

    Args:
        rows: of the file.
        notes: what there is to say about it.
    """

    def __init__(self, rows: Sequence[RosterRow], notes: tuple[Diagnostic, ...] = ()) -> None:
        self.people = tuple(row.person for row in rows)
        self.notes = notes
        self._exact = _index((one, row.person) for row in rows for one in row.ids)
        self._ids = _index((_plain(one), row.person) for row in rows for one in row.ids)
        self._emails = _index((_plain(row.person.email), row.person) for row in rows)
        self._names = _index((name, row.person) for row in rows for name in _names(row.person.name))
        self._run_together = _index((name, row.person) for row in rows for name in _run_together(row.person.name))
        self._groups: dict[str, list[Person]] = {}
        for row in rows:
            if row.group:
                for name in {_plain(row.group), *_run_together(row.group)}:
                    self._groups.setdefault(name, []).append(row.person)

    def find(self, *told: Person) -> Person | None:
        """Who that is: by an id, else by an address, else by a name that only one person has.

        Args:
            told: what a layout says of the person, in one way or several.

        Returns:
            The one person whom it fits; None where it fits nobody or several, or the id is of one and the name of
            another: the numbers of a platform and those of a roster may be of different kinds.
        """
        names = _one(self._names, (name for one in told for name in _names(one.name))) or _one(
            self._run_together, (name for one in told for name in _run_together(one.name))
        )
        numbers = (
            _one(self._exact, (one.id for one in told))
            or _one(self._ids, (_plain(one.id) for one in told))
            or _one(self._emails, (_plain(one.email) for one in told))
        )
        if numbers is not None and names is not None and numbers != names:
            return None
        called = [one.name for one in told if one.name not in ("", one.id)]
        if numbers is not None and numbers.name and called and not any(_alike(numbers.name, one) for one in called):
            return None
        return numbers or names

    def group(self, name: str) -> tuple[Person, ...]:
        """The members of a group; none where there is no such group.

        Args:
            name: of the group.
        """
        return tuple(self._groups.get(_plain(name), ()))


def read_roster(path: Path) -> Roster:
    """Read a roster.

    Args:
        path: of a CSV file with a header; commas, semicolons or tabs between the columns.

    Raises:
        InputError: ``roster-unreadable``, ``roster-columns``.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    if len(data) > MOST_BYTES or b"\0" in data:
        raise _unreadable(path, "it is too large" if len(data) > MOST_BYTES else "it is not text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unreadable(path, f"line {line} is not UTF-8; save it as “CSV UTF-8”") from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
        header = next(lines, [])
        columns = _columns(header)
        if not any(kind in columns for kind in ("id", "name", "email", "last")):
            raise _no_columns(path, header)
        rows: dict[Person, RosterRow] = {}
        notes = []
        for cells in lines:
            row = _row(cells, columns)
            if row is None:
                continue
            if row.person in rows:
                notes.append(_twice(path, lines.line_num, row.person))
            rows[row.person] = row
            if len(rows) > MOST_ROWS:
                raise _unreadable(path, f"it has more than {MOST_ROWS:,} rows")
    except csv.Error as error:
        raise _unreadable(path, str(error)) from error
    return Roster(tuple(rows.values()), tuple(notes))


def roster_for(course: Path, setting: str, submissions: Path) -> Roster | None:
    """The roster of a course; None where it has none.

    Args:
        course: its folder.
        setting: path of the roster from there; "" for ``roster.csv`` there, or else beside the submissions.
        submissions: a folder of them, or another path.

    Raises:
        InputError: as :func:`read_roster`.
    """
    if setting:
        return read_roster(course / setting)
    found = next((file for folder in (course, submissions) if (file := folder / ROSTER).is_file()), None)
    return read_roster(found) if found else None


def _columns(header: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of the columns of each kind, in their order."""
    found: dict[str, list[int]] = {}
    for number, title in enumerate(header):
        word = re.sub(r"[^a-z0-9]", "", _plain(title))
        for kind, words in _COLUMNS.items():
            if word in words:
                found.setdefault(kind, []).append(number)
    return found


def _row(cells: Sequence[str], columns: Mapping[str, list[int]]) -> RosterRow | None:
    """A row; None for one that names nobody."""

    def all_of(kind: str) -> list[str]:
        return [cells[i].strip() for i in columns.get(kind, ()) if i < len(cells) and cells[i].strip()]

    def first_of(kind: str) -> str:
        return next(iter(all_of(kind)), "")

    name = first_of("name") or " ".join(filter(None, (first_of("first"), first_of("last"))))
    ids = all_of("id")
    email = first_of("email")
    key = next(iter(ids), "") or email or name
    if not key or _NOBODY.fullmatch(name):
        return None
    person = Person(key, name, email, first_of("section"), enrolled=True)
    return RosterRow(person, tuple(dict.fromkeys((key, *ids))), first_of("group"))


def _names(name: str) -> set[str]:
    """A name as it may be written elsewhere: “Lovelace, Ada” is “Ada Lovelace”."""
    plain = " ".join(_plain(name).split())
    last, comma, first = plain.partition(",")
    return {plain, f"{first.strip()} {last.strip()}"} if comma else {plain} - {""}


def _run_together(name: str) -> set[str]:
    """A name without spaces and signs, from any of its words on: Canvas writes “lovelaceada”."""
    words = _plain(name).replace(",", " ").split()
    turned = ("".join((*words[i:], *words[:i])) for i in range(len(words) if len(words) <= _MOST_WORDS else 1))
    return {re.sub(r"[\W_]", "", one) for one in turned} - {""}


def _alike(name: str, other: str) -> bool:
    """Whether two names have a word in common, the second perhaps run together with others."""
    words = [word for word in re.split(r"[\W_]+", _plain(name)) if word]
    run_together = re.sub(r"[\W_]", "", _plain(other))
    others = set(re.split(r"[\W_]+", _plain(other)))
    return any(word in others or (len(word) >= _LONG and word in run_together) for word in words)


def _one(index: Mapping[str, tuple[Person, ...]], words: Iterable[str]) -> Person | None:
    """The only person whom any of the words fits."""
    found = {person for word in words for person in index.get(word, ())}
    return found.pop() if len(found) == 1 else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


def _index(pairs: Iterable[tuple[str, Person]]) -> dict[str, tuple[Person, ...]]:
    found: dict[str, dict[Person, None]] = {}
    for word, person in pairs:
        if word:
            found.setdefault(word, {})[person] = None
    return {word: tuple(people) for word, people in found.items()}


def _unreadable(path: Path, why: str) -> InputError:
    fix = "Save it as a CSV file in UTF-8, with a header."
    return InputError(
        operator_error("roster-unreadable", f"The roster cannot be read: {why}.", Span(str(path), 0, 0, 1), fix)
    )


def _no_columns(path: Path, header: Sequence[str]) -> InputError:
    listed = ", ".join(repr(title[:40]) for title in header[:12]) or "none"
    return InputError(
        operator_error(
            "roster-columns",
            f"The roster names nobody: its columns are {listed}; expected one for an id, a name or an e-mail address.",
            Span(str(path), 0, 0, 1),
            "Call the columns id, name, email, section, group.",
        )
    )


def _twice(path: Path, line: int, person: Person) -> Diagnostic:
    return Diagnostic(
        "roster-twice",
        Severity.WARNING,
        Audience.OPERATOR,
        f"{person.id!r} stands on the roster twice.",
        Span(str(path), 0, 0, line),
        "Take one of the rows out.",
    )
