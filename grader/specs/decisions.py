"""What a spec must and must not say, by who decides on the answers: a solver is named, or a person has criteria."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.specs.checks import text_of
from grader.specs.exact import exact_number
from grader.specs.findings import Findings
from grader.specs.models import AnswerForm
from grader.specs.yaml_nodes import ListNode, MapNode, Node, Scalar

_EXAMPLES = ("accept", "reject", "mistakes")


def check_decision(part: MapNode, options: Any, findings: Findings) -> None:
    """A solver is named where one is needed; a part that a person decides has no examples and fitting criteria.

    Args:
        part: the part's node.
        options: of its answer type, as checked; None if something is wrong with them.
        findings: gets what is wrong.
    """
    from grader.answers import get_type, type_names

    answer = part.get("answer")
    if not isinstance(answer, MapNode):
        return
    name = (text_of(answer.get("type")) or "").strip()
    kind = get_type(name) if name in type_names() else None
    if answer.get("solve") is None and (kind is None or kind.needs_solver):
        findings.add("spec-missing-field", 'the answer has no field "solve"', answer, _SOLVE)
    if kind is None:
        return
    confirm = part.get("confirm")
    if answer.get("solve") is None and confirm is not None and not kind.needs_solver:
        findings.add("spec-confirm-alone", "there is nothing to confirm", confirm, 'add "solve", or leave confirm out')
    if kind.decided_by == "human":
        for field in _EXAMPLES:
            if (node := part.get(field)) is not None and not _is_empty(node):
                says = f"a person decides on this part, so {field} has no meaning"
                findings.add("spec-decided-by-person", says, node, f"leave {field} out; write criteria")
    points = _points(part.get("points"))
    if options is not None and points is not None and (wrong := kind.misfit(options, points)) is not None:
        option, says, fix = wrong
        findings.add("spec-criteria", says, answer.get(option) or answer, fix)


_SOLVE = f'add "solve": {AnswerForm.model_fields["solve"].description}'


def _is_empty(node: Node) -> bool:
    return isinstance(node, ListNode) and not node.items


def _points(node: Node | None) -> Fraction | None:
    """The points of a part; None where they cannot be read, which is told elsewhere."""
    if not isinstance(node, Scalar):
        return None
    try:
        number = exact_number(node.text.strip())
    except (ValueError, ZeroDivisionError):
        return None
    return None if number is None else Fraction(number)
