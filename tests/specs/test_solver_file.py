"""Solvers are checked by their syntax tree and never run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from specs_sample import GOOD

from grader.diagnostics import SpecError
from grader.specs import load_problem
from grader.specs.solver_file import read_functions

Write = Callable[[str | bytes], Path]


def errors(path: Path, course: Path) -> list[tuple[str, str]]:
    """Code and place, without the folder, of what is wrong."""
    with pytest.raises(SpecError) as caught:
        load_problem(path, course)
    return [(one.code, str(one.span).rpartition("/")[2]) for one in caught.value.diagnostics]


def test_the_solver_is_not_run(course: Path, write: Write) -> None:
    """Loading a spec does not execute its solver."""
    solver = course / "reference" / "cooling.py"
    solver.write_text(solver.read_text() + "\nraise SystemExit(1)\n")
    assert load_problem(write(GOOD), course).id == "cooling"


def test_functions_need_not_be_plain(course: Path, write: Write) -> None:
    """Assigned, imported and conditionally defined functions are accepted; their arguments are not known."""
    text = (
        b"from a import b as temperature\nimport c.d\ntry:\n    from x import simulated\n"
        b"except ImportError:\n    def simulated(start): return 1\nif True:\n    which, other = 1, 2\n"
    )
    functions = read_functions(text, "s.py").functions
    assert set(functions) == {"temperature", "c", "simulated", "which", "other"}
    (course / "reference" / "cooling.py").write_bytes(text)
    assert load_problem(write(GOOD), course).id == "cooling"


def test_arguments_are_read_from_the_signature() -> None:
    """Required are the arguments without default, by position or keyword; * and ** are not."""
    text = b"def f(a, b=1, *more, c, d=2, **rest): pass\ndef g(a, b=1, /, c=2): pass\n"
    functions = read_functions(text, "s.py").functions
    assert functions["f"].required == ("a", "c")
    assert (functions["g"].required, functions["g"].positional) == ((), ("a",))


def test_decorators_that_may_change_arguments_hide_them() -> None:
    """A cached function keeps its signature; of other decorators nothing is assumed."""
    text = b"@cache\ndef f(a): pass\n@functools.lru_cache(maxsize=None)\ndef g(a): pass\n@wrap\ndef h(a): pass\n"
    functions = read_functions(text, "s.py").functions
    assert [functions[name].required for name in "fgh"] == [("a",), ("a",), None]


def test_nested_functions_and_methods_do_not_count() -> None:
    """Only names of the module can be called by the grader."""
    text = b"class C:\n    def f(self): pass\ndef g():\n    def h(): pass\n"
    assert set(read_functions(text, "s.py").functions) == {"g"}


def test_a_star_import_may_bring_any_function(course: Path, write: Write) -> None:
    """With import * a function that is not seen is not called missing."""
    text = GOOD.replace("cooling.py", "star.py").replace("solve: which", "solve: elsewhere")
    assert load_problem(write(text), course).parts[1].solve == "elsewhere"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"def f(:\n", 1),
        (b"x = 1\n\ndef f():\nreturn 1\n", 4),
        (b"a\0b", 1),
        (b"x = '\xe9'\n", 1),
        (b"(" * 5000, 1),
        (b"-" * 200_000 + b"1", 1),
    ],
)
def test_a_solver_that_is_not_python_is_placed_in_the_solver(
    course: Path, write: Write, text: bytes, line: int
) -> None:
    """Syntax errors, NULs, bad encodings and bottomless nesting are errors at a line of the solver."""
    (course / "reference" / "cooling.py").write_bytes(text)
    code, where = errors(write(GOOD), course)[0]
    assert code == "spec-solver-syntax"
    assert where.startswith(f"cooling.py:{line}:")


def test_a_link_out_of_the_course_is_outside(
    course: Path, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A solver that is a symbolic link to another folder is refused; one within the course is not."""
    other = tmp_path_factory.mktemp("other") / "solver.py"
    other.write_text((course / "reference" / "cooling.py").read_text())
    (course / "reference" / "out.py").symlink_to(other)
    (course / "reference" / "in.py").symlink_to(course / "reference" / "cooling.py")
    assert errors(write(GOOD.replace("cooling.py", "out.py")), course) == [("spec-solver-outside", "cooling.yaml:6:9")]
    assert load_problem(write(GOOD.replace("cooling.py", "in.py")), course).solver == "reference/in.py"


def test_a_loop_of_links_and_a_folder_are_missing(course: Path, write: Write) -> None:
    """A link to itself and a folder that is called .py cannot be read, and are said so."""
    (course / "reference" / "loop.py").symlink_to(course / "reference" / "loop.py")
    (course / "reference" / "folder.py").mkdir()
    for name in ("loop.py", "folder.py", "x" * 300 + ".py"):
        assert errors(write(GOOD.replace("cooling.py", name)), course) == [("spec-solver-missing", "cooling.yaml:6:9")]


def test_a_course_may_be_reached_through_a_link(
    course: Path, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A linked course folder is the same course."""
    write(GOOD)
    link = tmp_path_factory.mktemp("links") / "course"
    link.symlink_to(course)
    assert load_problem(link / "problems" / "cooling.yaml", link).id == "cooling"
