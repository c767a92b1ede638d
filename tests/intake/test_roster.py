"""Who is in a course, and whose work is whose by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.diagnostics import InputError
from grader.intake.handins.roster import Roster, read_roster, roster_for
from grader.intake.handins.submissions import HandedIn, read_submissions
from grader.records import Person


def roster(folder: Path, *lines: str, encoding: str = "utf-8") -> Roster:
    """A roster of these lines."""
    path = folder / "people.csv"
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return read_roster(path)


def handed_in(folder: Path, lines: tuple[str, ...], *names: str) -> HandedIn:
    """What is read of files of these names by a roster of these lines."""
    found = roster(folder, *lines)
    for name in names:
        path = folder / "work" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1(c) 5\n", encoding="utf-8")
    return read_submissions(folder / "work", roster=found)


def subjects(found: HandedIn) -> dict[str, list[str]]:
    """Each subject with the codes of what is said of it."""
    return {one.subject: [d.code for d in one.diagnostics] for one in found.submissions}


@pytest.mark.parametrize(
    ("lines", "person"),
    [
        (("id,name,email,section", "7,Ada L,a@x.org,A"), Person("7", "Ada L", "a@x.org", "A", True)),
        (("First Name;Last Name;SID;E-Mail", "Ada;L;7;a@x.org"), Person("7", "Ada L", "a@x.org", "", True)),
        (("student_id\tfirst_name\tlast_name", "7\tAda\tL"), Person("7", "Ada L", "", "", True)),
        (("Student,ID,SIS Login ID,Section", "    Points Possible,,,", '"L, Ada",7,al,A'),
         Person("7", "L, Ada", "", "A", True)),
        (("Name", "Ada L"), Person("Ada L", "Ada L", "", "", True)),
        (("Email address", "a@x.org"), Person("a@x.org", "", "a@x.org", "", True)),
    ],
)  # fmt: skip
def test_columns_are_known_by_the_names_that_tools_give_them(
    tmp_path: Path, lines: tuple[str, ...], person: Person
) -> None:
    """With commas, semicolons or tabs, with a mark at the start of the file; Canvas's second row is nobody."""
    assert roster(tmp_path, *lines, encoding="utf-8-sig").people == (person,)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (Person("7"), "7"),
        (Person("AL"), "7"),
        (Person("", email="A@X.org"), "7"),
        (Person("", name="ada  LOVELACE"), "7"),
        (Person("", name="lovelaceada"), "7"),
        (Person("", name="Zoe\u0301 Gauß"), "8"),
        (Person("", name="Ali Hassan"), "9"),
        (Person("", name="hassanali"), None),
        (Person("", name="Kim Lee"), None),
        (Person("11", name="Kim Lee"), "11"),
        (Person("7", name="Zoé Gauß"), None),
        (Person("7", name="kinglovelaceada"), "7"),
        (Person("7", name="turingalan"), None),
        (Person("7", name="7"), "7"),
        (Person("99", name="Nobody"), None),
        (Person("", ""), None),
    ],
)
def test_people_are_found_by_id_address_or_a_name_of_their_own(tmp_path: Path, told: Person, found: str | None) -> None:
    """Whatever the order of a name and the way its letters are coded; not where two fit, or id and name disagree."""
    lines = ("id,login,name,email", '7,al,"Lovelace, Ada",a@x.org', '8,zg,"Gauß, Zoé",', "9,ah,Ali Hassan,",
             "10,ha,Hassan Ali,", "11,kl,Kim Lee,", "12,kl2,Kim Lee,")  # fmt: skip
    person = roster(tmp_path, *lines).find(told)
    assert (person.id if person else None) == found


def test_who_handed_in_nothing_is_absent_and_strangers_are_flagged(tmp_path: Path) -> None:
    """The work of both is read; the subject is the id on the roster."""
    found = handed_in(tmp_path, ("id,name", "7,Ada L", "8,Emmy N", "9,Carl G"), "Ada L/hw.md", "8.md", "eve.md")
    assert subjects(found) == {"7": [], "8": [], "eve": ["roster-unknown"]}
    assert [person.id for person in found.absent] == ["9"]
    assert [p.enrolled for one in found.submissions for p in one.delivery.people] == [True, True, False]


def test_a_group_on_the_roster_hands_in_once(tmp_path: Path) -> None:
    """Under the name of the group; nobody of it is absent."""
    lines = ("id,name,group", "7,Ada L,Team 1", "8,Emmy N,Team 1", "9,Carl G,Team 2")
    found = handed_in(tmp_path, lines, "team 1/hw.md")
    assert subjects(found) == {"7 + 8": []}
    assert [person.id for person in found.absent] == ["9"]


def test_a_group_of_canvas_goes_by_its_name_not_by_the_number_of_one_member(tmp_path: Path) -> None:
    """Canvas writes the group's name run together, and the number of whoever handed in."""
    lines = ("id,name,group", "7,Ada L,Team 1", "8,Emmy N,Team 1")
    found = handed_in(tmp_path, lines, "team1_7_50_hw.md")
    assert (found.layout, subjects(found)) == ("canvas", {"7 + 8": []})


def test_two_folders_of_one_person_are_both_told(tmp_path: Path) -> None:
    """By the name and by the number: neither is left out, neither counts for the other."""
    found = handed_in(tmp_path, ("id,name", "7,Ada L"), "7.md", "Ada L.md")
    assert [(s.subject, [d.code for d in s.diagnostics]) for s in found.submissions] == [
        ("7", ["roster-handed-in-twice"]),
        ("7", ["roster-handed-in-twice"]),
    ]


def test_letters_of_another_case_are_another_student_where_both_are_listed(tmp_path: Path) -> None:
    """An id that fits exactly wins; one that fits but for the case will do where there is no other."""
    found = handed_in(tmp_path, ("id", "Ada", "ada", "BOB"), "Ada/hw.md", "ada/hw.md", "bob/hw.md")
    assert sorted(subjects(found)) == ["Ada", "BOB", "ada"]
    assert found.absent == ()


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"colour,size\nred,3\n", "roster-columns", "'colour', 'size'"),
        (b"", "roster-columns", "none"),
        (b"id\n\xfc\n", "roster-unreadable", "line 2"),
        (b"id\0\n", "roster-unreadable", "not text"),
        (b'id\n"' + b"x" * 200_000 + b"\n", "roster-unreadable", "field larger"),
    ],
)
def test_a_roster_that_cannot_be_used_is_an_error(tmp_path: Path, data: bytes, code: str, says: str) -> None:
    """With its name and what was found."""
    path = tmp_path / "people.csv"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_roster(path)
    assert caught.value.diagnostics[0].code == code
    assert says in str(caught.value)
    assert "people.csv" in str(caught.value)


def test_somebody_listed_twice_is_told(tmp_path: Path) -> None:
    """With the line; empty rows are nobody."""
    (note,) = roster(tmp_path, "id,name", "7,Ada", ",", "", "7,Ada").notes
    assert (note.code, note.span.line if note.span else 0) == ("roster-twice", 5)


def test_the_roster_is_found_by_setting_in_the_course_or_beside_the_work(tmp_path: Path) -> None:
    """In this order; none is none."""
    work = tmp_path / "work"
    work.mkdir()
    assert roster_for(tmp_path, "", work) is None
    (work / "roster.csv").write_text("id\nbeside\n")
    assert _first(roster_for(tmp_path, "", work)) == "beside"
    (tmp_path / "roster.csv").write_text("id\ncourse\n")
    assert _first(roster_for(tmp_path, "", work)) == "course"
    (tmp_path / "other.csv").write_text("id\nsetting\n")
    assert _first(roster_for(tmp_path, "other.csv", work)) == "setting"
    with pytest.raises(InputError, match="roster-unreadable"):
        roster_for(tmp_path, "none.csv", work)


def _first(found: Roster | None) -> str:
    assert found is not None
    return found.people[0].id
