"""The key of an answer that is a formula: it reads, it can be worked out, and it says which arguments solvers get."""

from __future__ import annotations

from typing import Any

from grader.diagnostics import GradeError
from grader.specs.checks import text_of
from grader.specs.findings import Findings, shown
from grader.specs.yaml_nodes import MapNode


def check_key(part: MapNode, options: Any, findings: Findings) -> frozenset[str] | None:
    """Read the key of a part.

    Args:
        part: the part's node.
        options: of its answer type, as checked; None if something is wrong with them.
        findings: gets what is wrong with the key.

    Returns:
        Names of the variables that the part's functions can take, besides those in ``given``: none without a key.
        None where it is not known, since something is wrong.
    """
    from grader.answers import get_type

    answer = part.get("answer")
    node = answer.get("key") if isinstance(answer, MapNode) else None
    if node is None:
        return frozenset()
    text = text_of(node)
    if not isinstance(answer, MapNode) or text is None or options is None:
        return None
    name = (text_of(answer.get("type")) or "").strip()
    kind = get_type(name)
    try:
        truth = kind.key(text.strip(), options)
        arguments: frozenset[str] | None = kind.arguments(truth, options)
    except GradeError as error:
        for one in error.diagnostics:
            findings.add("spec-key", f"the key {shown(text)}: {one.message}", node, one.fix or _FIX)
        return None
    if arguments is None:
        findings.add(
            "spec-key",
            f"an answer of the type {name} has no key here: its solver returns the right answer itself",
            node,
            "leave key out; it is for answers that are formulas, and for growth classes",
        )
    return arguments


_FIX = "write the formula as an answer would be written, with the symbols that are declared"
