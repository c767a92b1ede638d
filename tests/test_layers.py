"""A module of ``grader`` imports only from its own layer or a lower one; ``reference`` never imports it.

Imports are read from the syntax tree, so those inside functions, in ``TYPE_CHECKING`` blocks and
``import_module("…")`` with a literal name count as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LAYERS = (
    "diagnostics",
    "records",
    "maths",
    "answers",
    "specs",
    "intake",
    "scoring",
    "store",
    "analysis",
    "batch",
    "reports",
    "review",
    "commands",
    "inspect",
)
# The package itself offers `check` and so stands above everything, as does what pytest loads; every layer may ask the
# version.
FACADE = {"", "__main__", "pytest_plugin"}
OPEN_TO_ALL = {"grader.__version__"}
SOLVERS = ("reference", "grader/commands/course/reference")  # the example course's, and those of `grade init`


def layer_of(module: str) -> str | None:
    """The layer of a dotted name below ``grader``; "" for the package itself, None outside it."""
    first, _, rest = module.partition(".")
    return rest.partition(".")[0] if first == "grader" else None


def rank(layer: str) -> int:
    """Height of a layer, from 0; KeyError for a name that is no layer."""
    if layer in FACADE:
        return len(LAYERS)
    if layer not in LAYERS:
        raise KeyError(layer)
    return LAYERS.index(layer)


def imports(source: str, package: str) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of all that ``source``, a module in ``package``, imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"
        elif isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            name = node.args[0]
            if called in ("import_module", "__import__") and isinstance(name, ast.Constant):
                yield node.lineno, str(name.value)


def modules(root: Path, package: str) -> Iterator[tuple[Path, str]]:
    """Every Python file of a package in ``root`` with its dotted name."""
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        yield path, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def breaches(root: Path) -> list[str]:
    """What breaks the order of layers in ``root``, one ``file:line: what`` each."""
    found = []
    for path, module in modules(root, "grader"):
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        place = path.relative_to(root)
        here = layer_of(module) or ""
        if here not in LAYERS and here not in FACADE:
            found.append(f"{place}:1: {module} belongs to no layer")
            continue
        for line, target in imports(path.read_text(encoding="utf-8"), package):
            there = layer_of(target)
            if there is None or target in OPEN_TO_ALL:
                continue
            # `from grader import check` names something that is not a layer: the facade's own.
            height = rank(there) if there in LAYERS else len(LAYERS)
            if height > rank(here):
                found.append(f"{place}:{line}: {here or 'grader'} imports {target}, which stands above it")
    for folder in SOLVERS:
        for path, module in modules(root, folder):
            package = module.removeprefix("grader.commands.course.").rpartition(".")[0]
            for line, target in imports(path.read_text(encoding="utf-8"), package):
                if layer_of(target) is not None:
                    found.append(f"{path.relative_to(root)}:{line}: a solver imports {target}")
    return found


def test_the_packages_keep_to_the_order_of_layers() -> None:
    """Nothing in this repository imports from a layer above its own; no solver imports grader."""
    assert breaches(ROOT) == []


def test_every_layer_of_the_order_exists() -> None:
    """The order names no layer that is not there, so that a renamed one cannot escape it."""
    there = {layer_of(module) for _, module in modules(ROOT, "grader")}
    assert sorted(set(LAYERS) - {name for name in there if name}) == []


def test_solvers_exist_to_be_checked() -> None:
    """There is at least one solver, so that the rule about them is not empty."""
    assert list(modules(ROOT, "reference"))


def plant(root: Path, files: dict[str, str]) -> Path:
    """Write files below ``root``."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("file", "source", "line"),
    [
        ("grader/maths/lexer.py", "from grader.answers.base import Match\n", 1),
        ("grader/maths/lexer.py", "import os\nimport grader.specs.load\n", 2),
        ("grader/maths/lexer.py", "def f():\n    from grader.scoring import check\n", 2),
        ("grader/maths/lexer.py", "def f():\n    def g():\n        import grader.store\n", 3),
        ("grader/maths/lexer.py", "from grader import commands\n", 1),
        ("grader/maths/lexer.py", "from grader import check\n", 1),
        ("grader/maths/lexer.py", "import grader\n", 1),
        ("grader/maths/lexer.py", "from ..reports import pages\n", 1),
        ("grader/maths/lexer.py", "from .. import reports\n", 1),
        ("grader/maths/__init__.py", "from ..reports import pages\n", 1),
        ("grader/records.py", "from .maths import lexer\n", 1),
        ("grader/diagnostics.py", "from grader.records import Claim\n", 1),
        ("grader/specs/a.py", "if TYPE_CHECKING:\n    from grader.intake.claims import x\n", 2),
        ("grader/specs/a.py", "import importlib\nimportlib.import_module('grader.commands.main')\n", 2),
        ("grader/helpers.py", "x = 1\n", 1),
        ("reference/solver.py", "from grader.maths import lexer\n", 1),
        ("grader/commands/course/reference/solver.py", "import grader.records\n", 1),
        ("reference/deep/solver.py", "def f():\n    import grader\n", 2),
    ],
)
def test_a_planted_breach_is_found(tmp_path: Path, file: str, source: str, line: int) -> None:
    """An import from above is reported once, with its file and line, wherever in the module it stands."""
    found = breaches(plant(tmp_path, {file: source}))
    assert len(found) == 1
    assert found[0].startswith(f"{file}:{line}: ")


def test_imports_from_below_are_allowed(tmp_path: Path) -> None:
    """Its own layer, lower layers, other packages, the version: none of these is a breach."""
    source = (
        "import sympy\nfrom graders import x\nfrom grader import __version__\n"
        "from grader.records import Claim\nfrom . import other\nfrom ..maths import lexer\n"
        "from grader.scoring.solvers import Truth\n"
    )
    facade = "from grader.scoring.check import check\nfrom .records import Verdict\n"
    files = {"grader/scoring/a.py": source, "grader/__init__.py": facade, "reference/s.py": "import numpy\n"}
    assert breaches(plant(tmp_path, files)) == []
