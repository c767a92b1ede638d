"""Loading one spec: all that is wrong with it at once, or a frozen problem; and drawing its values anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.diagnostics import Span, SpecError
from grader.records import KnownWeakness, Mistake, Part, Problem, Source, SpecHint
from grader.specs.checks import check_parts, parts_of
from grader.specs.decisions import check_decision
from grader.specs.distributions import DrawError, drawn
from grader.specs.draws import Draws, is_drawn, read_draws
from grader.specs.files import read_source
from grader.specs.findings import Findings
from grader.specs.findings import Source as SpecSource
from grader.specs.forms import check_form
from grader.specs.keys import check_key
from grader.specs.models import PartForm, ProblemForm, describe
from grader.specs.options import check_options
from grader.specs.plain import form_tree, plain_value
from grader.specs.settings import Settings
from grader.specs.solver_file import SolverFile, Solvers, check_solver
from grader.specs.templates import filled
from grader.specs.variants import Variation, depends, without_defaults
from grader.specs.yaml_nodes import ListNode, MapNode, Node, Scalar, read_nodes


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
    return problem_of(read_source(path, "spec"), root)


def problem_of(source: SpecSource, solvers: Solvers) -> Problem:
    """The problem of a spec's text.

    Args:
        source: the text.
        solvers: the course folder, or the texts of its solvers.

    Raises:
        SpecError: as for :func:`load_problem`.
    """
    node, findings = read_nodes(source)
    if not isinstance(node, MapNode):
        empty = isinstance(node, Scalar) and node.plain and not node.text
        findings.add(
            "spec-empty" if empty else "spec-wrong-shape",
            "the file holds no spec" if empty else f"found {describe(form_tree(node))}, expected a mapping",
            node,
            "write at least id, title, solver and parts",
        )
        raise SpecError(findings.sorted())
    draws = _draws(node, findings)
    given = {**_fixed(node, findings), **draws.defaults}
    tree = filled(node, given, findings) if draws.distributions else node
    problem, solver = _checked(tree, given, solvers, findings, source.file)
    if not draws.distributions or solver is None:
        return problem
    bound = frozenset(
        part.id for part, own in zip(problem.parts, parts_of(node), strict=True) if depends(own, draws, solver)
    )
    return replace(problem, variation=Variation(node, findings.source, draws.distributions, bound))


def draw(problem: Problem, seed: str) -> Problem:
    """The problem with values drawn from a seed, such as a student's name.

    Args:
        problem: as loaded.
        seed: equal seeds give equal values, on every machine.

    Returns:
        The problem itself where nothing is drawn. Answers and mistakes of the spec that hold for its own values only
        are left out.

    Raises:
        SpecError: the values that were drawn do not go with the spec.
    """
    variation = problem.variation
    if not isinstance(variation, Variation):
        return problem
    findings = Findings(variation.source)
    try:
        values = {**problem.given, **drawn(variation.distributions, f"{problem.id}\0{seed}")}
    except DrawError as error:
        findings.add("spec-draw", f"nothing can be drawn from the seed {seed!r}: {error}", variation.tree, _WIDER)
        raise SpecError(findings.sorted()) from error
    tree = filled(without_defaults(variation.tree, variation.bound), values, findings)
    made, _ = _checked(tree, values, None, findings, problem.file)
    return replace(made, seed=seed)


def draw_for(problem: Problem, student: str, settings: Settings) -> Problem:
    """The problem with a student's own numbers.

    Args:
        problem: as loaded.
        student: as the folder of the submission is called.
        settings: of the course; its seed gives every year other numbers.

    Raises:
        SpecError: as for :func:`draw`.
    """
    return replace(draw(problem, f"{settings.seed}\0{student}"), seed=student) if problem.variation else problem


_WIDER = "widen what can be drawn"


def _draws(node: MapNode, findings: Findings) -> Draws:
    given = node.get("given")
    return read_draws(given, findings) if isinstance(given, MapNode) else Draws({}, {})


def _fixed(node: MapNode, findings: Findings) -> dict[str, Any]:
    given = node.get("given")
    entries = given.entries.items() if isinstance(given, MapNode) else ()
    return {name: plain_value(value, findings) for name, (_, value) in entries if not is_drawn(value)}


def _checked(
    node: MapNode, given: dict[str, Any], solvers: Solvers | None, findings: Findings, file: str
) -> tuple[Problem, SolverFile | None]:
    """The problem of a tree without templates, and what its solver offers.

    Args:
        solvers: of the course; None where the solver has been checked before.

    Raises:
        SpecError: with every error of the file.
    """
    form = check_form(node, findings)
    check_parts(node, findings)
    options = [check_options(part, findings) for part in parts_of(node)]
    arguments = [check_key(part, checked, findings) for part, checked in zip(parts_of(node), options, strict=True)]
    for part, checked in zip(parts_of(node), options, strict=True):
        check_decision(part, checked, findings)
    solver = check_solver(node, solvers, arguments, findings) if solvers is not None else None
    if findings or form is None:
        raise SpecError(findings.sorted())
    parts = tuple(
        _part(part, part_node, checked, findings)
        for part, part_node, checked in zip(form.parts, parts_of(node), options, strict=True)
    )
    return _problem(form, given, parts, file), solver


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
        solve=form.answer.solve or "",
        confirm=form.confirm or "",
        source=Source(source.document, source.item) if source else None,
        symbols=tuple(form.symbols),
        cues=tuple(form.cues),
        accept=tuple(form.accept),
        reject=tuple(form.reject),
        mistakes=tuple(Mistake(m.answer or "", m.credit, m.says, m.solve or "") for m in form.mistakes),
        hints=tuple(SpecHint(one.kind, one.text) for one in form.hints),
        needs=tuple(form.needs),
        follow_through=form.follow_through,
        span=findings.source.span(node),
        key=(form.answer.key or "").strip(),
        known_weaknesses=tuple(KnownWeakness(one.slip, one.because) for one in form.known_weaknesses),
        places=_places(node, findings.source),
    )


def _places(part: MapNode, source: SpecSource) -> dict[str, tuple[Span, ...]]:
    """Where the entries of a part stand, field by field."""
    answer = part.get("answer")
    nodes: dict[str, Node | None] = {name: part.get(name) for name in _LISTS}
    nodes["confirm"] = part.get("confirm")
    for name in ("key", "solve"):
        nodes[name] = answer.get(name) if isinstance(answer, MapNode) else None
    return {
        name: tuple(source.span(one) for one in (node.items if isinstance(node, ListNode) else (node,)))
        for name, node in nodes.items()
        if node is not None
    }


_LISTS = ("accept", "reject", "mistakes", "known_weaknesses")


def _prose(text: str | None) -> str:
    """A prompt without the blank lines around it; indentation is Markdown's and stays."""
    return (text or "").strip("\n").rstrip()
