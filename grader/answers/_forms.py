"""Forms of expressions: factored, expanded, simplified, a single fraction, exact."""

from __future__ import annotations

from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary, children, walk


def missing(node: Node, form: str) -> str:
    """What an expression lacks of the form that is asked, as the end of a sentence; "" if nothing.

    Args:
        node: the expression.
        form: the name of the form.
    """
    return _CHECKS[form](node) if form in _CHECKS else ""


def _factored(node: Node) -> str:
    node = _bare(node)
    if _is_sum(node):
        return "it was to be factored, but is a sum."
    return ""


def _expanded(node: Node) -> str:
    for here in walk(node):
        if isinstance(here, Binary) and here.op == "*" and (_is_sum(here.left) or _is_sum(here.right)):
            return "it was to be expanded, but a sum is still multiplied."
        if isinstance(here, Binary) and here.op == "^" and _is_sum(here.left) and isinstance(here.right, Number):
            return "it was to be expanded, but a sum is still raised to a power."
    return ""


def _single_fraction(node: Node) -> str:
    node = _bare(node)
    above_and_below = children(node) if isinstance(node, Binary) and node.op == "/" else (node,)
    inner = [here for part in above_and_below for here in walk(part)]
    if _is_sum(node) and any(isinstance(here, Binary) and here.op == "/" for here in inner):
        return "it was to be a single fraction, but is a sum of several."
    if any(isinstance(here, Binary) and here.op == "/" for here in inner):
        return "it was to be a single fraction, but holds fractions inside."
    return ""


def _exact(node: Node) -> str:
    if any(isinstance(here, Number) and "." in here.text for here in walk(node)):
        return "it was to be exact, but holds a decimal."
    return ""


def _simplified(node: Node) -> str:
    """Checked by what can be seen: products of literals, a literal fraction that cancels, doubled signs, like terms."""
    for here in walk(node):
        if isinstance(here, Binary):
            if isinstance(here.left, Number) and isinstance(here.right, Number) and here.op in "+-*":
                return "it was to be simplified, but numbers are still to be worked out."
            if here.op == "/" and _cancels(here.left, here.right):
                return "it was to be simplified, but the fraction can be reduced."
            if here.op == "^" and isinstance(here.right, Number) and here.right.value in (0, 1):
                return "it was to be simplified, but a power of 0 or 1 is left."
            if here.op == "*" and any(
                isinstance(side, Number) and side.value in (0, 1) for side in (here.left, here.right)
            ):
                return "it was to be simplified, but a factor of 0 or 1 is left."
        if isinstance(here, Unary) and here.op == "-" and isinstance(here.operand, Unary) and here.operand.op == "-":
            return "it was to be simplified, but a double sign is left."
        if isinstance(here, Call) and here.function == "sqrt" and here.base is None and _has_square(here.argument):
            return "it was to be simplified, but the root can be taken in part."
    terms = _terms(node)
    if len(terms) != len({_core(term) for term in terms}):
        return "it was to be simplified, but like terms are left."
    return ""


def _cancels(top: Node, bottom: Node) -> bool:
    if isinstance(top, Number) and isinstance(bottom, Number):
        from math import gcd

        whole = top.value.denominator == 1 and bottom.value.denominator == 1
        return whole and gcd(top.value.numerator, bottom.value.numerator) > 1
    above, below = _factors(top), _factors(bottom)
    return bool({factor for factor in above if not isinstance(factor, Number)} & set(below))


def _has_square(node: Node) -> bool:
    if not isinstance(node, Number) or node.value.denominator != 1 or node.value > 10**9:
        return False
    value, root = node.value.numerator, 2
    while root * root <= value:
        if value % (root * root) == 0:
            return True
        root += 1
    return False


def _factors(node: Node) -> list[Node]:
    """The bases of the factors of a product."""
    if isinstance(node, Binary) and node.op == "*":
        return _factors(node.left) + _factors(node.right)
    if isinstance(node, Binary) and node.op == "^" and isinstance(node.right, Number):
        return [node.left]
    return [node]


def _terms(node: Node) -> list[Node]:
    if isinstance(node, Binary) and node.op in "+-":
        return _terms(node.left) + _terms(node.right)
    if isinstance(node, Unary) and node.op == "-":
        return _terms(node.operand)
    return [node]


def _core(term: Node) -> Node:
    """A term without its numeric factor: 2x and 3x have one core."""
    if isinstance(term, Number):
        return Symbol("1")
    if isinstance(term, Binary) and term.op == "*" and isinstance(term.left, Number):
        return term.right
    return term


def _bare(node: Node) -> Node:
    while isinstance(node, Unary) and node.op == "-":
        node = node.operand
    return node


def _is_sum(node: Node) -> bool:
    return isinstance(node, Binary) and node.op in "+-"


_CHECKS = {
    "factored": _factored, "expanded": _expanded, "single_fraction": _single_fraction, "exact": _exact,
    "simplified": _simplified,
}  # fmt: skip
