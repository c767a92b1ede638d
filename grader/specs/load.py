"""Loading one spec: all that is wrong with it at once, or a frozen problem."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader.diagnostics import SpecError
from grader.records import Mistake, Part, Problem, Source, SpecHint
from grader.specs.checks import check_parts, parts_of
from grader.specs.files import read_source
from grader.specs.findings import Findings
from grader.specs.forms import check_form
from grader.specs.keys import check_key
from grader.specs.models import PartForm, ProblemForm, describe
from grader.specs.options import check_options
from grader.specs.plain import form_tree, plain_value
from grader.specs.solver_file import check_solver
from grader.specs.yaml_nodes import MapNode, Scalar, read_nodes


def load_problem(path: Path, root: Path) -> Problem:
    """Read and check one spec.

    The solver is read but not run; whether it agrees with the spec's answers is for ``verify``.

    Args:
        path: the YAML file.
        root: the course folder; the solver's path is taken from there.

    Returns:
        The problem. Its ``given`` holds plain dicts and lists, which callers must not change.

    Raises:
        SpecError: with every error of the file, each at its line and column.
    """
    node, findings = read_nodes(read_source(path, "spec"))
    if not isinstance(node, MapNode):
        empty = isinstance(node, Scalar) and node.plain and not node.text
        findings.add(
            "spec-empty" if empty else "spec-wrong-shape",
            "the file holds no spec" if empty else f"found {describe(form_tree(node))}, expected a mapping",
            node,
            "write at least id, title, solver and parts",
        )
        raise SpecError(findings.sorted())
    form = check_form(node, findings)
    check_parts(node, findings)
    given = _given(node, findings)
    options = [check_options(part, findings) for part in parts_of(node)]
    arguments = [check_key(part, checked, findings) for part, checked in zip(parts_of(node), options, strict=True)]
    check_solver(node, root, arguments, findings)
    if findings or form is None:
        raise SpecError(findings.sorted())
    parts = tuple(
        _part(part, part_node, checked, findings)
        for part, part_node, checked in zip(form.parts, parts_of(node), options, strict=True)
    )
    return _problem(form, given, parts, str(path))


def _given(node: MapNode, findings: Findings) -> dict[str, Any]:
    given = node.get("given")
    return plain_value(given, findings) if isinstance(given, MapNode) else {}


def _problem(form: ProblemForm, given: dict[str, Any], parts: tuple[Part, ...], file: str) -> Problem:
    return Problem(
        id=form.id,
        number=form.number or "",
        title=form.title,
        prompt=_prose(form.prompt),
        given=given,
        solver=form.solver,
        parts=parts,
        file=file,
    )


def _part(form: PartForm, node: MapNode, options: Any, findings: Findings) -> Part:
    source = form.source
    return Part(
        id=form.id,
        label=tuple(form.id.split(".")) if form.label is None else tuple(form.label),
        prompt=_prose(form.prompt),
        points=form.points,
        type=form.answer.type,
        options=options,
        solve=form.answer.solve,
        confirm=form.confirm or "",
        source=Source(source.document, source.item) if source else None,
        symbols=tuple(form.symbols),
        cues=tuple(form.cues),
        accept=tuple(form.accept),
        reject=tuple(form.reject),
        mistakes=tuple(Mistake(one.answer, one.credit, one.says) for one in form.mistakes),
        hints=tuple(SpecHint(one.kind, one.text) for one in form.hints),
        needs=tuple(form.needs),
        follow_through=form.follow_through,
        span=findings.source.span(node),
        key=(form.answer.key or "").strip(),
    )


def _prose(text: str | None) -> str:
    """A prompt without the blank lines around it; indentation is Markdown's and stays."""
    return (text or "").strip("\n").rstrip()
