"""What of a spec goes with the values that are drawn, and what holds for its own values only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.specs.checks import text_of
from grader.specs.distributions import Distribution
from grader.specs.draws import Draws
from grader.specs.findings import Source
from grader.specs.solver_file import SolverFile, takes_any
from grader.specs.templates import is_template
from grader.specs.yaml_nodes import ListNode, MapNode, Node, Scalar


@dataclass(frozen=True, slots=True)
class Variation:
    """What it takes to draw a problem's values anew.

    Args:
        tree: of the spec, with its templates.
        source: its text.
        distributions: by the name of the parameter.
        bound: ids of the parts whose answers depend on what is drawn.
    """

    tree: MapNode
    source: Source
    distributions: Mapping[str, Distribution]
    bound: frozenset[str]


def depends(part: MapNode, draws: Draws, solver: SolverFile) -> bool:
    """Whether a part's answer depends on what is drawn: its words have values put in, or its functions take one.

    Args:
        part: the part's node, with its templates.
        draws: of the problem.
        solver: what the solver offers.
    """
    return any(map(is_template, _texts(part))) or takes_any(part, draws.distributions, solver)


def without_defaults(tree: MapNode, bound: frozenset[str]) -> MapNode:
    """A spec without the answers and mistakes that are written out for its own values.

    Args:
        tree: of the spec, with its templates.
        bound: ids of the parts whose answers depend on what is drawn.
    """
    parts = tree.get("parts")
    if not isinstance(parts, ListNode):
        return tree
    kept = tuple(
        _pruned(part) if isinstance(part, MapNode) and text_of(part.get("id")) in bound else part
        for part in parts.items
    )
    return _with(tree, "parts", ListNode(kept, parts.start, parts.end))


def _pruned(part: MapNode) -> MapNode:
    for field in ("accept", "reject", "mistakes"):
        listed = part.get(field)
        if isinstance(listed, ListNode):
            kept = tuple(one for one in listed.items if _goes_along(one))
            part = _with(part, field, ListNode(kept, listed.start, listed.end))
    return part


def _goes_along(one: Node) -> bool:
    """Whether an example changes with the values: a template, or a mistake that a function makes."""
    if isinstance(one, MapNode):
        answer = one.get("answer")
        return answer is None or (isinstance(answer, Scalar) and is_template(answer.text))
    return isinstance(one, Scalar) and is_template(one.text)


def _with(node: MapNode, key: str, value: Node) -> MapNode:
    entries = {**node.entries, key: (node.entries[key][0], value)}
    return MapNode(entries, node.start, node.end)


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _texts(item)
    else:
        for _, value in node.entries.values():
            yield from _texts(value)
