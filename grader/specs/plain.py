"""Free-form data of a spec (``given``, options of answer types) as plain Python values."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.specs.exact import FALSE, NULLS, TRUE, YES_NO, NumberTooLongError, exact_number, two_readings
from grader.specs.findings import Findings, shown
from grader.specs.yaml_nodes import ListNode, MapNode, Node, Scalar


def plain_value(node: Node, findings: Findings, *, words: bool = False) -> Any:
    """The value of a node: int, Fraction, bool, None, str, list or dict.

    Args:
        node: at most :data:`~grader.specs.yaml_nodes.MOST_DEPTH` deep.
        findings: gets an error for each unquoted word whose meaning is not settled.
        words: ``yes``, ``no``, ``on`` and ``off`` are text, because whoever checks the value next
            says whether text or a truth value is expected.

    Returns:
        The value; text stands in for words with an error.
    """
    if isinstance(node, ListNode):
        return [plain_value(item, findings, words=words) for item in node.items]
    if isinstance(node, MapNode):
        return {key: plain_value(value, findings, words=words) for key, (_, value) in node.entries.items()}
    if not node.plain or (words and node.text in YES_NO):
        return node.text
    return _word(node, findings)


def form_tree(node: Node) -> Any:
    """The same tree as lists and dicts with the scalars left as nodes: what the models validate."""
    if isinstance(node, ListNode):
        return [form_tree(item) for item in node.items]
    if isinstance(node, MapNode):
        return {key: form_tree(value) for key, (_, value) in node.entries.items()}
    return node


def _word(node: Scalar, findings: Findings) -> int | Fraction | bool | str | None:
    word = node.text
    if not word:
        findings.add("spec-blank", "there is no value here", node, "write the value, or null if that is meant")
        return None
    if word in NULLS:
        return None
    if word in TRUE or word in FALSE:
        return word in TRUE
    if why := two_readings(word):
        findings.add("spec-two-readings", f"{shown(word)} {why[0]}", node, why[1])
        return word
    try:
        number = exact_number(word)
    except ZeroDivisionError:
        findings.add("spec-not-a-number", f"{shown(word)} divides by zero", node, "correct it, or quote it")
        return word
    except NumberTooLongError:
        findings.add("spec-number-too-long", f"the number {shown(word)} is too long", node, "write fewer digits")
        return word
    return word if number is None else number
