"""Courses: found from inside, loaded whole; one bad spec does not hide the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from specs_sample import GOOD

from grader.diagnostics import Severity
from grader.specs import Settings, find_course, load_course, load_settings

Write = Callable[..., Path]


def spec(problem_id: str, number: str = "") -> str:
    """A good spec with another id and number."""
    line = f"number: {number}" if number else "cut: me"
    text = GOOD.replace("id: cooling", f"id: {problem_id}").replace("number: 2", line)
    return text.replace("cut: me\n", "")


def found(course: Path) -> list[tuple[str, str]]:
    """Code and place, without the folder, of what is wrong with a course."""
    return [(d.code, str(d.span).rpartition("/")[2]) for d in load_course(course).diagnostics]


def test_a_bad_spec_does_not_hide_the_others(course: Path, write: Write) -> None:
    """Good specs load; the errors of bad ones are in the course's diagnostics."""
    write(spec("one"), "a.yaml")
    write(spec("two").replace("points: 1\n", "points: 0\n"), "b.yaml")
    write(spec("three"), "c.yml")
    loaded = load_course(course)
    assert [problem.id for problem in loaded.problems] == ["one", "three"]
    assert [(d.code, d.span.file) for d in loaded.diagnostics if d.span] == [
        ("spec-points", str(course / "problems" / "b.yaml"))
    ]
    assert not loaded.sound
    assert loaded.problem("three").id == "three"
    with pytest.raises(KeyError):
        loaded.problem("two")


def test_problems_come_in_the_order_of_their_numbers(course: Path, write: Write) -> None:
    """Within a folder 2 stands before 10, 3a before 3b, and problems without number last."""
    for name, number in [("a", "10"), ("b", "2"), ("c", ""), ("d", "3b"), ("e", "3a")]:
        write(spec(f"p{name}", number), f"{name}.yaml")
    (course / "problems" / "early").mkdir()
    write(spec("late", "99"), "early/z.yaml")
    loaded = load_course(course)
    assert loaded.sound
    assert [problem.id for problem in loaded.problems] == ["pb", "pe", "pd", "pa", "pc", "late"]


def test_two_problems_with_one_id_are_an_error(course: Path, write: Write) -> None:
    """The first is kept; the second is named with the line of its id and the file of the first."""
    first = write(spec("same"), "a.yaml")
    write("# comment\n" + spec("same"), "b.yaml")
    loaded = load_course(course)
    assert [problem.file for problem in loaded.problems] == [str(first)]
    (one,) = loaded.diagnostics
    assert (one.code, str(one.span).rpartition("/")[2]) == ("spec-duplicate-problem", "b.yaml:2:5")
    assert str(first) in one.message


def test_hidden_files_and_other_files_are_no_specs(course: Path, write: Write) -> None:
    """Files and folders with a leading dot, and other endings, are left alone."""
    write(spec("one"), "a.yaml")
    (course / "problems" / ".cache").mkdir()
    for name in (".b.yaml", "notes.md", "a.yaml~", ".cache/c.yaml"):
        write("broken: [", name)
    assert found(course) == []


def test_links_out_of_the_course_are_not_followed(
    course: Path, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Linked specs outside, and linked folders, are skipped with a diagnostic; a link inside is a spec."""
    other = tmp_path_factory.mktemp("other")
    (other / "x.yaml").write_text(spec("x"))
    write(spec("one"), "a.yaml")
    (course / "in.yaml").write_text(spec("two"))
    (course / "problems" / "b.yaml").symlink_to(other / "x.yaml")
    (course / "problems" / "c").symlink_to(other)
    (course / "problems" / "d.yaml").symlink_to(course / "in.yaml")
    assert found(course) == [("spec-link", "c:1:1"), ("spec-link", "b.yaml:1:1")]
    assert [problem.id for problem in load_course(course).problems] == ["one", "two"]


def test_a_course_without_specs_says_so(course: Path) -> None:
    """An empty or missing folder of problems is an error, not an empty success."""
    assert found(course) == [("spec-no-problems", "problems:1:1")]
    (course / "problems").rmdir()
    assert found(course) == [("spec-no-problems", "problems:1:1")]


@pytest.mark.parametrize("mark", ["problems", "grade.toml", "pyproject.toml"])
def test_a_course_is_found_from_inside(tmp_path: Path, mark: str) -> None:
    """From a folder or file in it, the nearest folder with problems or settings is the course."""
    inside = tmp_path / "submissions" / "ada"
    inside.mkdir(parents=True)
    (inside / "hw.md").write_text("x")
    (tmp_path / "submissions" / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    if mark == "problems":
        (tmp_path / mark).mkdir()
    else:
        (tmp_path / mark).write_text("[tool.grade]\ntitle = 'x'\n" if mark == "pyproject.toml" else "")
    for start in (tmp_path, inside, inside / "hw.md", inside / "not-there"):
        assert find_course(start) == tmp_path.resolve()


def test_outside_any_course_none_is_found(tmp_path: Path) -> None:
    """A folder without these marks is no course, nor is one with a pyproject.toml that is broken."""
    (tmp_path / "pyproject.toml").write_text("= broken")
    course = find_course(tmp_path)
    assert course is None or course not in (tmp_path, tmp_path.resolve())


# ---------------------------------------------------------------- settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """No settings file, and a pyproject.toml about other things, give the defaults."""
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert load_settings(tmp_path) == (Settings(), ())
    assert Settings().problems == "problems"


@pytest.mark.parametrize(("file", "head"), [("grade.toml", ""), ("pyproject.toml", "[tool.grade]\n")])
def test_settings_are_read(tmp_path: Path, file: str, head: str) -> None:
    """Both files can hold every setting; a whole number of seconds is a number of seconds."""
    (tmp_path / file).write_text(
        head + "title = 'HW 8'\nproblems = 'hw/specs'\ntimeout = 3\nmemory_mb = 512\nmax_file_mb = 2\n"
    )
    settings, diagnostics = load_settings(tmp_path)
    assert diagnostics == ()
    assert settings == Settings("HW 8", "hw/specs", 3.0, 512, 2)
    assert type(settings.timeout) is float


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("timout = 3", "spec-unknown-setting", 'did you mean "timeout"?'),
        ("timeout = 0", "spec-setting", "0.01 to 86400"),
        ("timeout = true", "spec-setting", "a number"),
        ("timeout = nan", "spec-setting", "a number"),
        ("timeout = inf", "spec-setting", "a number"),
        ("timeout = '3'", "spec-setting", "a number"),
        ("memory_mb = 1.5", "spec-setting", "a whole number"),
        ("memory_mb = 1", "spec-setting", "64 to"),
        ("title = 5", "spec-setting", "text"),
        ("problems = ''", "spec-setting", "text"),
        ("problems = '../x'", "spec-setting", "inside the course"),
        ("problems = '/etc'", "spec-setting", "inside the course"),
        ("assigned = 'homework'", "spec-setting", "a list of folders or ids"),
        ("assigned = [3]", "spec-setting", "a list of folders or ids"),
        ("own_numbers = 1", "spec-setting", "true or false"),
        ("seed = 2026", "spec-setting", "text"),
    ],
)
def test_a_wrong_setting_is_placed_and_the_default_holds(tmp_path: Path, line: str, code: str, says: str) -> None:
    """A wrong entry is an error at its line; the rest of the file still counts."""
    (tmp_path / "grade.toml").write_text(f"# settings\nmax_file_mb = 7\n{line}\n")
    settings, (one,) = load_settings(tmp_path)
    assert settings == Settings(max_file_mb=7)
    assert (one.code, one.severity, str(one.span)) == (code, Severity.ERROR, f"{tmp_path / 'grade.toml'}:3:1")
    assert says in one.message + one.fix


@pytest.mark.parametrize("text", ["title = ", "a = 1\na = 2", "x" * 50, "[" * 3000, "a = " + "[" * 100_000])
def test_a_file_that_is_not_toml_is_an_error(tmp_path: Path, text: str) -> None:
    """Broken TOML gives one placed error and the defaults."""
    (tmp_path / "grade.toml").write_text("title = 'x'\n" + text)
    settings, (one,) = load_settings(tmp_path)
    assert settings == Settings()
    assert one.code == "spec-settings-syntax"
    assert one.span is not None
    assert one.span.line == (3 if text.startswith("a = 1") else 2)


def test_two_settings_files_are_told(tmp_path: Path) -> None:
    """grade.toml wins over pyproject.toml, and that is said."""
    (tmp_path / "grade.toml").write_text("title = 'one'\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n[tool.grade]\ntitle = 'two'\n")
    settings, (one,) = load_settings(tmp_path)
    assert settings.title == "one"
    assert (one.code, str(one.span).rpartition("/")[2]) == ("spec-two-settings", "pyproject.toml:2:1")


@pytest.mark.parametrize("text", ["tool = 5\n", "[tool]\ngrade = 5\n"])
def test_a_tool_entry_of_another_shape_is_no_crash(tmp_path: Path, text: str) -> None:
    """A pyproject.toml whose tool entry is no table has no settings; one whose grade is none is wrong."""
    (tmp_path / "pyproject.toml").write_text(text)
    settings, diagnostics = load_settings(tmp_path)
    assert settings == Settings()
    assert [one.code for one in diagnostics] == ([] if "tool =" in text else ["spec-unknown-setting"])
