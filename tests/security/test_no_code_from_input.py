"""Nothing that comes in is run: no evaluation, pickle or unsafe YAML, but in the places that are listed here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader

PACKAGE = Path(grader.__file__).parent
FORBIDDEN = frozenset({
    "eval", "exec", "compile", "__import__", "execfile", "pickle.load", "pickle.loads", "pickle.Unpickler",
    "marshal.load", "marshal.loads", "shelve.open", "dill.loads", "cloudpickle.load", "cloudpickle.loads",
    "joblib.load", "numpy.load", "np.load", "yaml.load", "yaml.load_all", "yaml.full_load", "yaml.unsafe_load",
    "yaml.Loader", "yaml.UnsafeLoader", "yaml.FullLoader", "os.system", "os.popen", "subprocess.run",
    "subprocess.Popen", "subprocess.call", "subprocess.check_output", "sympy.sympify", "sympy.parse_expr",
    "sympy.lambdify", "sympify", "parse_expr", "lambdify", "runpy.run_path", "runpy.run_module", "code.interact",
    "spec.loader.exec_module", "extractall", "extract_all",
})  # fmt: skip
"""Calls that could run what they are given, or write where it says."""

ALLOWED = {
    "scoring/workers.py: pickle.loads": "bytes that passed between this program and the processes it started itself",
    "scoring/standing.py: pickle.loads": "the same",
    "batch/ray_engine.py: pickle.loads": "the same, from a cluster whose machines run this program for us",
    "batch/ray_node.py: pickle.loads": "the same, there",
    "scoring/solver_files.py: spec.loader.exec_module": "the course's own solvers, which are trusted",
    "yaml.load with BaseLoader": "makes texts, lists and mappings only",
}
"""Where one of them is called all the same, and why that is safe. Files are named from the package."""


def called(node: ast.Call) -> str:
    """The dotted name of what is called; for a method of anything else its last name."""
    names: list[str] = []
    at: ast.expr = node.func
    while isinstance(at, ast.Attribute):
        names.append(at.attr)
        at = at.value
    if isinstance(at, ast.Name):
        names.append(at.id)
    return ".".join(reversed(names))


def dangerous(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of each call of :data:`FORBIDDEN`, also as a method or under another first name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = called(node)
            safe = name in ("yaml.load", "load") and any(
                isinstance(k.value, ast.Attribute) and k.value.attr == "BaseLoader" for k in node.keywords
            )
            if safe:
                yield node.lineno, "yaml.load with BaseLoader"
            elif name in FORBIDDEN or name.rpartition(".")[2] in ("extractall", "sympify", "parse_expr", "exec_module"):
                yield node.lineno, name
        elif isinstance(node, ast.ImportFrom) and node.module in ("pickle", "marshal", "shelve", "yaml", "subprocess"):
            yield node.lineno, f"from {node.module} import"


def test_nothing_is_evaluated_outside_the_listed_places() -> None:
    """The package calls none of them; the list has no entry that nothing needs any more."""
    used: set[str] = set()
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        for line, name in dangerous(path.read_text(encoding="utf-8")):
            entry = name if name in ALLOWED else f"{file}: {name}"
            used.add(entry)
            if entry not in ALLOWED:
                found.append(f"{file}:{line}: {name}")
    assert found == []
    assert sorted(ALLOWED.keys() - used) == []


@pytest.mark.parametrize(
    "source",
    ["eval(x)", "import pickle\npickle.loads(x)", "yaml.load(x, Loader=yaml.Loader)", "yaml.load(x)",
     "from pickle import loads", "archive.extractall(x)", "sympy.sympify(x)", "from subprocess import run"],
)  # fmt: skip
def test_a_planted_call_is_found(source: str) -> None:
    """Each kind of it, once."""
    assert len(list(dangerous(source))) == 1


def test_templates_escape_what_they_are_given() -> None:
    """No template switches escaping off, or marks a text as safe."""
    templates = [path for path in PACKAGE.rglob("templates/**/*") if path.is_file()]
    assert len(templates) > 10
    texts = {path.name: path.read_text(encoding="utf-8") for path in templates}
    assert [name for name, text in texts.items() if "|safe" in text.replace(" ", "") or "autoescape" in text] == []
