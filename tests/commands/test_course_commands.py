"""`grade init`, `verify`, `problems` and `explain`."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from command_line import grade, grade_here
from course_sample import edit
from jsonschema import Draft202012Validator

from grader import __version__
from grader.commands import init

# ---------------------------------------------------------------- init


def test_a_new_course_verifies_and_grades_at_once(tmp_path: Path) -> None:
    """It verifies without a warning; what is named as next grades both inputs, each into a folder of its own."""
    done = grade("init", "course", cwd=tmp_path)
    assert done.code == 0
    assert "problems/damping.yaml" in done.out
    course = tmp_path / "course"
    checked = grade_here("verify", "--json", cwd=course)
    assert checked.code == 0, checked.err
    assert (checked.json["warnings"], checked.json["errors"]) == (0, 0)
    following = [line.split() for line in done.out.partition("Next:\n")[2].splitlines()]
    assert [words[1] for words in following if words[0] == "grade"] == ["verify", "submissions", "transcripts"]
    for words in following:
        if words[0] == "grade":
            assert grade_here(*words[1:], cwd=course).code == 0
    for name in ("out/report.html", "out/grades.csv", "out/run.sqlite", "talks/hints.html", "talks/run.sqlite"):
        assert (course / name).is_file()


def test_init_never_overwrites(tmp_path: Path) -> None:
    """A folder that holds anything, or a file, is refused and left as it is."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine").write_text("mine", encoding="utf-8")
    for name in ("full", "full/mine"):
        done = grade_here("init", name, cwd=tmp_path)
        assert done.code == 2
        assert "init-exists" in done.err
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["mine"]


def test_init_takes_an_empty_folder(tmp_path: Path) -> None:
    """An empty folder may be there already."""
    (tmp_path / "empty").mkdir()
    assert grade_here("init", "empty", cwd=tmp_path).code == 0
    assert (tmp_path / "empty/problems").is_dir()


def test_editors_find_the_schemas_of_a_new_course(tmp_path: Path) -> None:
    """Each spec and grade.toml names its schema in the first line, and is valid by it."""
    grade_here("init", "course", cwd=tmp_path)
    course = tmp_path / "course"
    for path in [*course.glob("problems/*.yaml"), course / "grade.toml"]:
        text = path.read_text(encoding="utf-8")
        named = text.splitlines()[0].partition("schema")[2].lstrip("= ")
        schema = json.loads((path.parent / named).read_text(encoding="utf-8"))
        value = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
        assert not list(Draft202012Validator(schema).iter_errors(value))
    known = json.loads((course / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert all((course / schema).is_file() for schema in known["yaml.schemas"])


def test_git_leaves_out_what_grade_writes(tmp_path: Path) -> None:
    """Results of a class are not committed by accident."""
    grade_here("init", "course", cwd=tmp_path)
    course = tmp_path / "course"
    for name in ("out/report.html", "autograder.zip", "reference/__pycache__/a.pyc"):
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_text("x", encoding="utf-8")
    try:
        subprocess.run(["git", "init", "-q"], cwd=course, check=True)
    except FileNotFoundError:
        pytest.skip("git is not installed")
    status = ["git", "status", "--short", "--untracked-files=all"]
    new = subprocess.run(status, cwd=course, capture_output=True, text=True, check=True).stdout
    assert "problems/damping.yaml" in new
    assert not re.search("out/|zip|pyc", new)


def test_a_piece_can_be_had_alone(tmp_path: Path) -> None:
    """The course without anything around it has no line for editors; `--with` may be given several times."""
    grade_here("init", "bare", "--with", "course", cwd=tmp_path)
    assert sorted(path.name for path in (tmp_path / "bare").iterdir()) == sorted(
        path.name for path in (Path(init.__file__).parent / "course").iterdir() if path.name != "__pycache__"
    )
    assert (tmp_path / "bare/problems/damping.yaml").read_text(encoding="utf-8").startswith("id: damping")
    done = grade_here("init", "some", "--with", "github", "--with", "pre-commit", cwd=tmp_path)
    assert "OWNER" in done.out and "pre-commit install" in done.out and "grade verify\n" not in done.out
    assert sorted(path.name for path in (tmp_path / "some").iterdir()) == [
        ".github",
        ".pre-commit-config.yaml",
        "requirements.txt",
    ]
    assert f"@v{__version__}" in (tmp_path / "some/requirements.txt").read_text(encoding="utf-8")


def test_force_adds_and_overwrites_nothing(tmp_path: Path) -> None:
    """In a folder that holds something, what is there stays as it is and is named."""
    (tmp_path / "full/problems").mkdir(parents=True)
    (tmp_path / "full/README.md").write_text("mine", encoding="utf-8")
    (tmp_path / "full/.gitignore").symlink_to("nowhere")
    done = grade_here("init", "full", "--force", cwd=tmp_path)
    assert done.code == 0
    assert "There already, and left as they are:\n  .gitignore\n  README.md\n" in done.out
    assert (tmp_path / "full/README.md").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "nowhere").exists()
    assert (tmp_path / "full/problems/damping.yaml").is_file()
    assert grade_here("init", "full/README.md", "--force", cwd=tmp_path).code == 2


# ---------------------------------------------------------------- verify


def test_verify_counts_every_check(course: Path) -> None:
    """For each part: the solver, its confirmation, and every accept, reject and mistake is a finding."""
    found = grade_here("verify", "--json", cwd=course).json["findings"]
    checks = [f["check"] for f in found if (f["problem"], f["part"]) == ("damping", "a")]
    assert checks[:9] == ["solve", "confirm", *["accept"] * 3, *["reject"] * 3, "mistake"]
    assert set(checks[9:]) >= {"print"}


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ('accept: ["0 <= c < 4", ', 'accept: ["0 <= c < 5", ', "accept"),
        ('reject: ["[0, 4]", ', 'reject: ["[0, 4)", ', "reject"),
        ('answer: "0 <= c <= 4"', 'answer: "0 <= c < 4"', "mistake"),
        ('answer: "0 <= c <= 4"', 'answer: "quickly"', "mistake"),
        ("confirm: swinging_by_roots\n", "confirm: behaviour_by_simulation\n", "confirm"),
    ],
)
def test_verify_finds_a_spec_that_does_not_agree(course: Path, old: str, new: str, check: str) -> None:
    """An example on the wrong side, an unreadable mistake, another truth: an error, and exit 1."""
    edit(course / "problems/damping.yaml", old, new)
    done = grade_here("verify", "--json", cwd=course)
    assert done.code == 1
    wrong = [f for f in done.json["findings"] if f["level"] == "error"]
    assert {(f["problem"], f["part"], f["check"]) for f in wrong} == {("damping", "a", check)}
    assert all(f["diagnostic"]["fix"] for f in wrong)


def test_verify_notices_a_wrong_solver(course: Path) -> None:
    """A solver that is changed disagrees with its confirmation and with the examples."""
    edit(course / "reference/damping.py", "Interval.Ropen(0, 2 *", "Interval.Ropen(0, 3 *")
    done = grade_here("verify", cwd=course)
    assert done.code == 1
    assert "verify-confirm" in done.err
    assert "verify-accept" in done.err
    assert "problems/damping.yaml" in done.err


def test_a_part_that_nothing_confirms_is_a_warning(course: Path) -> None:
    """Without `confirm` the command passes with a warning that says what to do."""
    edit(course / "problems/damping.yaml", "    confirm: swinging_by_roots\n", "")
    done = grade_here("verify", cwd=course)
    assert done.code == 0
    assert "verify-unconfirmed" in done.err


def test_a_spec_that_does_not_load_is_3_and_the_others_are_checked(course: Path) -> None:
    """A broken spec is told with its place, ends with 3, and the other problem is still verified."""
    edit(course / "problems/damping.yaml", "title:", "titel:")
    done = grade_here("verify", "--json", cwd=course)
    assert done.code == 3
    assert "problems/damping.yaml:3:1" in done.err
    assert {f["problem"] for f in done.json["findings"] if f["level"] == "ok"} == {"moving-average"}


def test_changing_what_is_given_changes_the_key(course: Path) -> None:
    """With another stiffness the solver gives another range, and the examples that no longer fit are named."""
    edit(course / "problems/damping.yaml", "stiffness: 4", "stiffness: 9")
    found = grade_here("verify", "--json", cwd=course).json["findings"]
    [solved] = [f for f in found if (f["part"], f["check"], f["problem"]) == ("a", "solve", "damping")]
    assert "6" in solved["message"]
    [confirmed] = [f for f in found if (f["part"], f["check"], f["problem"]) == ("a", "confirm", "damping")]
    assert confirmed["level"] == "ok"


# ---------------------------------------------------------------- problems


def test_problems_lists_each_part(course: Path) -> None:
    """--json has one object a part with the keys of the contract; the table has one line a part."""
    listed = grade_here("problems", "--json", cwd=course).json
    assert [(o["problem"], o["part"], o["type"], o["points"]) for o in listed] == [
        ("moving-average", "a", "sequence", 4),
        ("moving-average", "b", "number", 2),
        ("damping", "a", "interval", 3),
        ("damping", "b", "choice", 1),
    ]
    assert all(set(o) == {"problem", "part", "type", "points", "source", "decided_by"} for o in listed)
    assert {o["decided_by"] for o in listed} == {"machine"}
    table = grade_here("problems", cwd=course).out
    assert "damping/a" in table
    assert "2 problems, 4 parts, 10 points" in table


def test_the_schema_describes_the_specs(course: Path) -> None:
    """--schema prints the JSON Schema, in which the answer types are listed."""
    schema = grade_here("problems", "--schema", cwd=course).json
    assert "$schema" in schema
    assert "interval" in str(schema)


def test_render_writes_the_questions_as_markdown(course: Path) -> None:
    """All questions, or those of one problem; an unknown one is told."""
    whole = grade_here("problems", "render", cwd=course).out
    assert whole.count("\n# ") + whole.startswith("# ") == 2
    assert "**(a)**" in whole
    one = grade_here("problems", "render", "damping", cwd=course).out
    assert one in whole
    assert "- B: it closes without swinging through\n" in one  # a choice with what there is to choose
    done = grade_here("problems", "render", "dampign", cwd=course)
    assert (done.code, "dampign" in done.err) == (5, True)


def test_each_student_gets_a_paper_with_their_own_numbers(course: Path, tmp_path: Path) -> None:
    """The same each time, another for another student; without the setting the operator is warned."""
    spec = course / "problems/damping.yaml"
    edit(spec, "stiffness: 4", "stiffness: {draw: integer, from: 2, to: 9999, default: 4}")
    edit(spec, "A door with a closer", "A door with a closer of stiffness {{ stiffness }}")
    first, again, other = (
        grade_here("problems", "render", "damping", "--student", name, cwd=course) for name in ("ada", "ada", "bo")
    )
    assert (first.code, first.out) == (0, again.out)
    assert first.out != other.out
    assert "own_numbers = true" in first.err
    with (course / "grade.toml").open("a", encoding="utf-8") as settings:
        settings.write("\nown_numbers = true\n")
    papers = tmp_path / "papers"
    done = grade_here("problems", "render", "--student", "ada", "--student", "bo", "--out", papers, cwd=course)
    assert (done.code, done.err) == (0, "")
    assert len(list(papers.glob("*.md"))) == 2
    assert any(first.out.strip() in path.read_text(encoding="utf-8") for path in papers.glob("ada-*.md"))


# ---------------------------------------------------------------- explain


@pytest.mark.parametrize("word", ["undecided", "no_truth", "solver-timeout", "spec-unknown-field", "interval"])
def test_explain_knows_each_kind_of_word(word: str) -> None:
    """Statuses, reasons, error codes, codes of specs and answer types are explained."""
    done = grade_here("explain", word)
    assert done.code == 0
    assert done.out.startswith(f"{word} (")
    assert len(done.out.splitlines()) >= 2


def test_explain_shows_a_type_by_examples() -> None:
    """An answer type is shown with its options and with answers and what they get."""
    out = grade_here("explain", "interval").out
    assert "variable" in out
    assert "correct" in out
    assert "incorrect" in out


def test_explain_helps_with_a_typing_error() -> None:
    """A word that is not known is a usage error that names near ones."""
    done = grade_here("explain", "intervall")
    assert done.code == 2
    assert "interval" in done.err


def test_explain_alone_lists_everything() -> None:
    """Without a word, all types, statuses, reasons and codes are listed."""
    out = grade_here("explain").out
    for word in ("interval", "unreadable", "no_truth", "solver-died", "spec-unknown-field"):
        assert word in out
