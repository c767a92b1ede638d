"""A run kept on disk comes back as it was, and a damaged file is told in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from course_sample import new_course
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_strategies import TEXTS, records

from grader.batch import grade_submissions, grade_transcripts
from grader.diagnostics import InputError
from grader.records import Claim, Conversation, Delivery, Failure, Person, Result, Run, Status, Verdict
from grader.reports import Pages
from grader.specs import Course, load_course
from grader.store.runs import Manifest, Writer, load, manifest_of, reading, save, writing

DRAWN = """id: drawn
title: Numbers of one's own
solver: reference/drawn.py
given: {n: {draw: integer, from: 1, to: 999999, default: 7}}
parts:
  - id: a
    prompt: What is twice {{ n }}?
    points: 1
    answer: {type: number, solve: twice}
    confirm: twice_again
"""
SOLVER = """from reference import doubling

def twice(n):
    return doubling.double(n)

def twice_again(n):
    return n + n
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course that `grade init` makes, with a problem whose numbers are drawn."""
    root = tmp_path_factory.mktemp("kept") / "course"
    new_course(root)
    (root / "problems" / "drawn.yaml").write_text(DRAWN, encoding="utf-8")
    (root / "reference" / "drawn.py").write_text(SOLVER, encoding="utf-8")
    (root / "reference" / "doubling.py").write_text("def double(n):\n    return 2 * n\n", encoding="utf-8")
    (root / "grade.toml").write_text("own_numbers = true\nseed = 'autumn'\n", encoding="utf-8")
    return load_course(root)


@pytest.fixture(scope="module")
def graded(course: Course) -> Run:
    """Two students, each with numbers of their own."""
    return grade_submissions(course, course.root / "submissions", workers=1)


@pytest.fixture(scope="module")
def talked(course: Course) -> Run:
    """A conversation."""
    return grade_transcripts(course, course.root / "transcripts", workers=1)


@pytest.fixture(scope="module")
def manifest(course: Course) -> Manifest:
    """What the runs are made from."""
    return manifest_of(
        "submissions", course, course.root / "submissions", Path("out"), selectors=("drawn",), layout="plain"
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_record_comes_back_as_it_was(
    course: Course, manifest: Manifest, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever the records hold, what is loaded equals what was saved, also where texts are no Unicode."""
    results = data.draw(st.lists(records(Result), max_size=2))
    run = Run(
        kind=data.draw(TEXTS),
        title=data.draw(TEXTS),
        problems=course.problems,
        subjects=tuple(data.draw(st.lists(TEXTS, unique=True, max_size=2))),
        results=tuple(results),
        conversations=tuple(data.draw(st.lists(records(Conversation), max_size=1))),
        failures=tuple(data.draw(st.lists(records(Failure), max_size=1))),
        grader_version="1",
        absent=tuple(data.draw(st.lists(records(Person), max_size=1))),
        layout=data.draw(TEXTS),
    )
    run = replace(run, deliveries={name: data.draw(records(Delivery)) for name in run.subjects[:1]})
    path = tmp_path_factory.getbasetemp() / "any.sqlite"
    save(run, path, manifest)
    assert load(path).run == run


def test_a_run_and_its_manifest_come_back(graded: Run, talked: Run, manifest: Manifest, tmp_path: Path) -> None:
    """Specs are read from the file itself, so that neither the course nor the input need be there any more."""
    for run in (graded, talked):
        save(run, tmp_path / "run.sqlite", manifest)
        stored = load(tmp_path / "run.sqlite")
        assert stored.run == run
        needed = set(stored.manifest.files)
        assert {"reference/drawn.py", "reference/doubling.py", "problems/drawn.yaml"} <= needed
        assert stored.manifest == replace(
            manifest, files={path: data for path, data in manifest.files.items() if path in needed}
        )
    assert set(graded.own) == set(graded.subjects)


def test_reports_of_a_loaded_run_are_the_same(graded: Run, talked: Run, manifest: Manifest, tmp_path: Path) -> None:
    """Character by character."""
    save(graded, tmp_path / "run.sqlite", manifest)
    ours, theirs = Pages(graded), Pages(load(tmp_path / "run.sqlite").run)
    assert ours.class_report() == theirs.class_report()
    assert [ours.student_page(name) for name in graded.subjects] == [
        theirs.student_page(name) for name in graded.subjects
    ]
    save(talked, tmp_path / "run.sqlite", manifest)
    assert Pages(talked).hints_report() == Pages(load(tmp_path / "run.sqlite").run).hints_report()


def test_the_files_are_those_of_then(course: Course, graded: Run, manifest: Manifest, tmp_path: Path) -> None:
    """A spec that was changed after the run was graded changes nothing in it."""
    save(graded, tmp_path / "run.sqlite", manifest)
    spec = course.root / "problems" / "drawn.yaml"
    before = spec.read_text()
    try:
        spec.write_text(before.replace("points: 1", "points: 5"))
        kept = load(tmp_path / "run.sqlite").run
    finally:
        spec.write_text(before)
    assert kept == graded


def test_results_are_read_one_at_a_time_and_by_subject(graded: Run, manifest: Manifest, tmp_path: Path) -> None:
    """Nobody has to hold all of a run to look at a part of it."""
    save(graded, tmp_path / "run.sqlite", manifest)
    with reading(tmp_path / "run.sqlite") as reader:
        name = graded.subjects[1]
        assert tuple(reader.results(name)) == tuple(one for one in graded.results if one.claim.subject == name)
        assert next(reader.results()) == graded.results[0]
        assert list(reader.results("nobody \udcff")) == []


def test_the_tables_can_be_asked_with_sql(graded: Run, manifest: Manifest, tmp_path: Path) -> None:
    """What people ask most stands in columns of its own; renderings that are the same are kept once."""
    save(graded, tmp_path / "run.sqlite", manifest)
    connection = sqlite3.connect(tmp_path / "run.sqlite")
    counts = dict(connection.execute("SELECT status, count(*) FROM results GROUP BY status"))
    assert counts == {
        str(status): n for status in Status if (n := sum(one.verdict.status is status for one in graded.results))
    }
    (several,) = connection.execute(
        "SELECT count(*) - count(DISTINCT unicode || char(0) || latex || char(0) || mathml) FROM renderings"
    ).fetchone()
    assert several == 0
    connection.close()


# ---------------------------------------------------------------- files that are not whole


def overwritten(statement: str) -> Callable[[Path], None]:
    """What changes a stored run by SQL."""

    def spoil(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.executescript(statement)
        connection.close()

    return spoil


def cut(share: float) -> Callable[[Path], None]:
    """What leaves only the beginning of a file."""
    return lambda path: path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)]) and None


SPOILT: list[tuple[str, Callable[[Path], object], str]] = [
    ("not there", Path.unlink, "run-none"),
    ("a folder", lambda path: (path.unlink(), path.mkdir()), "run-none"),
    ("empty", lambda path: path.write_bytes(b""), "run-other"),
    ("text", lambda path: path.write_text("no database at all\n" * 99), "run-damaged"),
    ("cut early", cut(0.02), "run-damaged"),
    ("cut late", cut(0.9), "run-damaged"),
    ("another's", overwritten("PRAGMA application_id = 7"), "run-other"),
    ("newer", overwritten("PRAGMA user_version = 99"), "run-newer"),
    ("a table less", overwritten("DROP TABLE failures"), "run-damaged"),
    ("a view in its place", overwritten("DROP TABLE failures; CREATE VIEW failures AS SELECT 1"), "run-damaged"),
    ("results less", overwritten("DELETE FROM results WHERE place > 2"), "run-damaged"),
    ("no JSON", overwritten("UPDATE results SET more = '{'"), "run-damaged"),
    ("other JSON", overwritten("UPDATE results SET more = '[1]'"), "run-damaged"),
    ("deep JSON", overwritten("UPDATE results SET more = replace(hex(zeroblob(50000)), '00', '[')"), "run-damaged"),
    ("an unknown status", overwritten("UPDATE results SET status = 'fine'"), "run-damaged"),
    ("a mark of an open one", overwritten("UPDATE results SET status = 'missing', credit = '1'"), "run-damaged"),
    ("no number", overwritten("UPDATE results SET credit = '1/0' WHERE credit IS NOT NULL"), "run-damaged"),
    ("bytes", overwritten("UPDATE results SET answer = CAST(x'ff' AS TEXT)"), "run-damaged"),
    ("a rendering less", overwritten("DELETE FROM renderings"), "run-damaged"),
    ("no manifest", overwritten("DELETE FROM about"), "run-damaged"),
    ("a spec less", overwritten("DELETE FROM files"), "run-damaged"),
    ("a spec that is none", overwritten("UPDATE files SET data = x'6964'"), "run-specs"),
]


@pytest.mark.parametrize(("spoil", "code"), [pytest.param(*rest, id=name) for name, *rest in SPOILT])
def test_a_damaged_file_is_told_in_words(
    graded: Run, manifest: Manifest, tmp_path: Path, spoil: Callable[[Path], object], code: str
) -> None:
    """Each gives an error with its code, a file and what to do; none a traceback, none a run with less in it."""
    path = tmp_path / "run.sqlite"
    save(graded, path, manifest)
    spoil(path)
    with pytest.raises(InputError) as caught:
        load(path)
    first = caught.value.diagnostics[0]
    assert first.code == code
    assert first.fix


def test_an_error_while_writing_leaves_the_former_run(graded: Run, manifest: Manifest, tmp_path: Path) -> None:
    """The file is replaced at once or not at all, and nothing else is left beside it."""
    path = tmp_path / "run.sqlite"
    save(graded, path, manifest)
    with pytest.raises(ZeroDivisionError), writing(path, manifest, Writer) as writer:
        writer.about(kind="submissions")
        raise ZeroDivisionError
    assert load(path).run == graded
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_to_is_an_error_of_the_system(
    graded: Run, manifest: Manifest, tmp_path: Path
) -> None:
    """As for every other file that a command writes."""
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        save(graded, tmp_path / "file" / "run.sqlite", manifest)


def test_a_manifest_names_paths_as_seen_from_here(
    manifest: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path below this folder is relative, as a person would type it; another is absolute."""
    monkeypatch.chdir(tmp_path)
    there = replace(manifest, folder=str(tmp_path / "deep"))
    assert there.place("work") == Path("deep/work")
    assert there.place("../work") == Path("work")
    assert there.place("../../elsewhere") == tmp_path.parent / "elsewhere"
    assert manifest.at <= datetime.now(UTC)


def test_what_was_moved_together_is_found_together(manifest: Manifest, tmp_path: Path) -> None:
    """A folder with course, input and results can be copied; results that were moved alone are of where they were."""
    made = replace(manifest, folder="/gone", path="work", course=".", out="results/out")
    assert made.found_beside(tmp_path / "results" / "out") == made
    (tmp_path / "work").mkdir()
    assert made.found_beside(tmp_path / "results" / "out").folder == str(tmp_path)
    assert made.found_beside(tmp_path / "out") == made
    assert replace(made, out="../out").found_beside(tmp_path / "out").folder == "/gone"


def test_what_a_verdict_rests_on_is_recorded(course: Course, manifest: Manifest) -> None:
    """Versions, the source of grade itself, and a digest of each file of the input."""
    assert {"grade", "code", "python", "sympy"} <= set(manifest.environment)
    names = {
        path.relative_to(course.root / "submissions").as_posix() for path in (course.root / "submissions").rglob("*.*")
    }
    assert set(manifest.inputs) == names
    one = manifest_of("transcripts", course, course.root / "transcripts" / "door.md", Path("out"))
    assert set(one.inputs) == {"door.md"}


def test_a_result_without_a_mark_has_none(manifest: Manifest, course: Course, tmp_path: Path) -> None:
    """An open status comes back without credit, never with 0."""
    missing = Result(Claim("ada", "drawn", "a"), Verdict(Status.MISSING, None, "missing"))
    run = Run("submissions", "T", course.problems, ("ada",), (missing,))
    save(run, tmp_path / "run.sqlite", manifest)
    assert load(tmp_path / "run.sqlite").run.results[0].verdict.credit is None
