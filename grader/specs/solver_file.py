"""Checking a solver by its syntax tree: it exists, has the functions named, and can be called.

The solver is never imported here: a spec is checked without running anyone's code.
"""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from grader.diagnostics import Diagnostic, SpecError, author_error
from grader.specs.checks import parts_of, text_of
from grader.specs.exact import TRUE
from grader.specs.files import read_bytes
from grader.specs.findings import Findings, Source, shown, suggestion
from grader.specs.yaml_nodes import ListNode, MapNode, Node, Scalar

# Decorators that leave the arguments as they are written.
_TRANSPARENT = frozenset({"cache", "lru_cache"})


@dataclass(frozen=True, slots=True)
class Function:
    """A function that a solver offers.

    Args:
        line: where it is defined, from 1.
        required: arguments that a call must give; None where the text does not show them
            (imported, assigned or decorated functions).
        positional: required arguments that cannot be given by name.
        names: all arguments that can be given by name; None where it takes any, or the text does not show them.
    """

    line: int
    required: tuple[str, ...] | None
    positional: tuple[str, ...] = ()
    names: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SolverFile:
    """What a solver's text says it offers; ``open`` if it imports ``*`` and may offer more."""

    functions: Mapping[str, Function]
    open: bool


Solvers: TypeAlias = Path | Mapping[str, bytes]  # the course folder, or the solvers' texts by their paths in it


def check_solver(
    root: MapNode, course: Solvers, arguments: Sequence[frozenset[str] | None], findings: Findings
) -> SolverFile | None:
    """Check the solver that a spec names, and each function that its parts name.

    Args:
        root: the spec's tree.
        course: the course folder, from which the solver's path is taken; or the texts of its solvers.
        arguments: for each part the names of the variables that its functions can take; None where that is not known.
        findings: gets what is wrong.

    Returns:
        What the solver offers; None if it cannot be read.
    """
    node = root.get("solver")
    path = text_of(node)
    if node is None or path is None:
        return None
    solver = _open_solver(path.strip(), node, course, findings)
    if solver is None:
        return None
    given = root.get("given")
    names = tuple(given.entries) if isinstance(given, MapNode) else ()
    for part, variables in zip(parts_of(root), arguments, strict=True):
        known = None if variables is None else (*names, *sorted(variables))
        for place in _named_functions(part):
            _check_function(place, path.strip(), solver, known, findings)
        _check_follow_through(part, solver, findings)
    return solver


def solver_path(course: Path, path: str) -> Path | None:
    """The solver's file, or None if the path leaves the course folder, by ``..`` or by a link."""
    whole = course / path
    home = os.path.realpath(course)
    return whole if Path(os.path.realpath(whole)).is_relative_to(home) else None


def read_functions(text: bytes, file: str) -> SolverFile:
    """The functions that a solver's text offers at its top level.

    Raises:
        SpecError: it is not Python; placed in the solver.
    """
    try:
        return _offered(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise SpecError(_syntax_error(error, text, file)) from error


@lru_cache(maxsize=128)  # by the text: several specs may name one solver, and a stored run is read with the same ones
def _offered(text: bytes) -> SolverFile:
    """What a text offers; see :func:`read_functions`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # TeX in strings without r"" is not what is checked here
        tree = ast.parse(text)
    functions: dict[str, Function] = {}
    star = False
    for statement in _top_level(tree.body):
        if isinstance(statement, ast.FunctionDef):
            functions[statement.name] = _function(statement)
        elif isinstance(statement, ast.ImportFrom | ast.Import):
            names = [(alias.asname or alias.name).partition(".")[0] for alias in statement.names]
            star = star or "*" in names
            functions.update({name: Function(statement.lineno, None) for name in names})
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names = [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
            functions.update({name: Function(statement.lineno, None) for name in names})
    return SolverFile(functions, star)


def _open_solver(path: str, node: Node, course: Solvers, findings: Findings) -> SolverFile | None:
    if "\0" in path or any("\ud800" <= c <= "\udfff" for c in path):
        return None  # reported with the scalar
    if not isinstance(course, Path):
        if path in course:
            return read_functions(course[path], path)
        findings.add("spec-solver-missing", f"{shown(path)} is not among the solvers", node, "look at what was kept")
        return None
    file = solver_path(course, path)
    if file is None:
        findings.add(
            "spec-solver-outside",
            f"the solver {shown(path)} is outside the course folder",
            node,
            "move it into the course, for example into reference/",
        )
        return None
    if file.suffix != ".py" or "\\" in path:
        findings.add(
            "spec-solver-path",
            f"the solver {shown(path)} is not the path of a Python file",
            node,
            'write it with "/" between folders and ".py" at the end, for example reference/name.py',
        )
        return None
    try:
        text = read_bytes(file, "solver")
        return read_functions(text, str(file))
    except SpecError as error:
        if error.diagnostics[0].code == "spec-solver-syntax":
            findings.extend(error.diagnostics)
            return None
        why = error.diagnostics[0].message
        findings.add("spec-solver-missing", f"{shown(path)}: {why}", node, _neighbours(file))
        return None


def _neighbours(file: Path) -> str:
    otherwise = "write the path from the course folder"
    try:
        names = [entry.name for entry in os.scandir(file.parent) if entry.name.endswith(".py")]
    except OSError:
        return otherwise
    return suggestion(file.name, names, otherwise)


def _named_functions(part: MapNode) -> Iterator[Scalar]:
    """Where a part names functions: the truth, its confirmation, mistakes that are computed."""
    answer, mistakes = part.get("answer"), part.get("mistakes")
    named = [answer.get("solve") if isinstance(answer, MapNode) else None, part.get("confirm")]
    for one in mistakes.items if isinstance(mistakes, ListNode) else ():
        named.append(one.get("solve") if isinstance(one, MapNode) else None)
    for node in named:
        if isinstance(node, Scalar) and text_of(node):
            yield node


def earlier_argument(part_id: str) -> str:
    """The argument by which a function gets the answer to an earlier part: ``part_a``, ``part_b_i``.

    Args:
        part_id: of the earlier part.
    """
    return "part_" + "".join(letter if letter.isalnum() else "_" for letter in part_id)


def _check_follow_through(part: MapNode, solver: SolverFile, findings: Findings) -> None:
    """Where a part is judged by earlier answers, its function can be given them."""
    flag, needs, answer = part.get("follow_through"), part.get("needs"), part.get("answer")
    solve = answer.get("solve") if isinstance(answer, MapNode) else None
    if not (isinstance(flag, Scalar) and flag.plain and flag.text in TRUE and isinstance(needs, ListNode)):
        return
    if isinstance(answer, MapNode) and answer.get("key") is not None:
        says = "follow_through is for answers that a function returns; this one is a formula typed in as a key"
        findings.add("spec-follow-through", says, flag, "leave follow_through out, or ask for a value")
        return
    name = (text_of(solve) or "").strip()
    function = solver.functions.get(name)
    for need in needs.items:
        wanted = earlier_argument(text_of(need) or "")
        if function is not None and function.names is not None and wanted not in function.names:
            says = f"{name} cannot be given the answer to {text_of(need)}: it has no argument {wanted}"
            fix = f"add {wanted}=None to its arguments, and let it start from that value where it is given"
            findings.add("spec-follow-through", says, flag, fix)


def takes_any(part: MapNode, names: Collection[str], solver: SolverFile) -> bool:
    """Whether one of the functions that a part names takes one of some arguments, or may take it.

    Args:
        part: the part's node.
        names: of the arguments.
        solver: what the solver offers.
    """
    for place in _named_functions(part):
        function = solver.functions.get(place.text.strip())
        if function is None or function.names is None or not function.names.isdisjoint(names):
            return True
    return False


def _check_function(
    place: Scalar, path: str, solver: SolverFile, known: tuple[str, ...] | None, findings: Findings
) -> None:
    name = place.text.strip()
    function = solver.functions.get(name)
    if function is None:
        if not solver.open and not findings.full:
            fix = suggestion(name, [n for n, f in solver.functions.items() if f.required is not None])
            fix = fix or f"define it in {path}"
            findings.add("spec-solver-function", f"{path} has no function {shown(name)}", place, fix)
        return
    for argument in function.positional:
        findings.add(
            "spec-solver-argument",
            f"{path}:{function.line}: {name} takes {shown(argument)} by position only; "
            "solvers are called with keywords",
            place,
            'remove the "/" from its arguments',
        )
    for argument in function.required or ():
        if known is not None and argument not in known and not findings.full:
            findings.add(
                "spec-solver-argument",
                f"{path}:{function.line}: {name} needs {shown(argument)}, which is not in given",
                place,
                _way_out(argument, known),
            )


def _way_out(argument: str, known: tuple[str, ...]) -> str:
    if argument.startswith("part_"):
        return (
            f"write {argument}=None: it is None unless a part is judged by the student's own answer to an earlier one"
        )
    return suggestion(argument, known, f"add {shown(argument)} to given, or give the argument a default")


def _top_level(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that define names of the module, also inside ``if``, ``try`` and ``with``."""
    waiting = list(reversed(body))
    while waiting:
        statement = waiting.pop()
        yield statement
        if isinstance(statement, ast.If | ast.Try | ast.With):
            inner = [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.stmt)]
            for handler in getattr(statement, "handlers", ()):
                inner.extend(handler.body)
            waiting.extend(reversed(inner))


def _function(node: ast.FunctionDef) -> Function:
    if any(_decorator(one) not in _TRANSPARENT for one in node.decorator_list):
        return Function(node.lineno, None)
    arguments = node.args
    named = [*arguments.posonlyargs, *arguments.args]
    without = [one.arg for one in named[: len(named) - len(arguments.defaults)]]
    only = {one.arg for one in arguments.posonlyargs}
    keyword = [one.arg for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if not default]
    return Function(
        node.lineno,
        tuple([name for name in without if name not in only] + keyword),
        tuple(name for name in without if name in only),
        None if arguments.kwarg else frozenset(one.arg for one in (*arguments.args, *arguments.kwonlyargs)),
    )


def _decorator(node: ast.expr) -> str:
    """The last name of a decorator: ``functools.lru_cache(None)`` is ``lru_cache``."""
    target = node.func if isinstance(node, ast.Call) else node
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def _syntax_error(error: Exception, text: bytes, file: str) -> Diagnostic:
    source = Source(text.decode("utf-8-sig", errors="replace"), file)
    start = 0
    what = str(error)
    if isinstance(error, SyntaxError):
        what = error.msg
        lines = source.text.split("\n")
        row = min(max(error.lineno or 1, 1), len(lines))
        start = sum(len(line) + 1 for line in lines[: row - 1]) + max((error.offset or 1) - 1, 0)
    elif isinstance(error, RecursionError | MemoryError):
        what = "it is nested too deeply"
    return author_error(
        "spec-solver-syntax",
        f"the solver is not Python: {shown(what, 200)[1:-1]}",
        source.span_at(start, start),
        "mend the solver; python -m py_compile shows the same error",
    )
