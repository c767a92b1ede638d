"""Where brackets are needed: how tightly what is written holds together."""

from __future__ import annotations

from fractions import Fraction

from grader.maths.tree import Big, Binary, Call, Node, Number, Relation, Symbol, Unary

RELATION, SUM, OPEN_MINUS, OPEN, MINUS, PRODUCT, ROOT, RAISED, ATOM = 5, 10, 12, 14, 16, 20, 35, 40, 50
"""From loose to tight. ``OPEN`` ends with a sum over an index, which would swallow factors that follow it;
``MINUS`` begins with a sign; ``ROOT`` can be a factor; ``RAISED`` ends with something raised or set behind."""

MINUS_ONE = Unary("-", Number(Fraction(1), "1"))
"""The exponent of an inverse."""

FUNCTION_LETTERS = frozenset("fghFGHOTΘΩo")
"""Letters before a bracket that a person would read as a function of it."""

RAISED_BEFORE = frozenset("log sin cos tan sinh cosh tanh".split())
"""Functions whose power is set right after their name."""


def level(node: Node) -> int:
    """How tightly a node holds together where fractions and roots are drawn, as in LaTeX and MathML.

    Args:
        node: a tree.
    """
    kind = type(node)
    if isinstance(node, Symbol):
        return RAISED if node.name[-1] == "⁾" or "/" in node.name else ATOM
    if isinstance(node, Number):
        return number_level(node.text)
    if isinstance(node, Binary):
        return _level_of_binary(node)
    if isinstance(node, Unary):
        if node.op not in "-±":
            return RAISED
        return OPEN_MINUS if level(node.operand) in (OPEN, OPEN_MINUS) else MINUS
    if isinstance(node, Call):
        return RAISED if node.function == "pinv" else ROOT if node.function in ("sqrt", "binom") else ATOM
    return OPEN if kind is Big else RELATION if kind is Relation else ATOM


def number_level(text: str) -> int:
    """How tightly a literal holds together: ``3e-4`` and ``1½`` have to be set apart from what is raised.

    Args:
        text: of the literal.
    """
    if text.isdecimal() or text.replace(".", "", 1).isdecimal():
        return ATOM
    return MINUS if text.startswith("-") else RAISED


def _level_of_binary(node: Binary) -> int:
    op = node.op
    if op in "+-±":
        return SUM
    if op == "/":
        return ROOT
    if op == "^":
        return RAISED if power_before(node) is None else ATOM
    left = level(node.left)
    minus = left == MINUS
    if op == "*" and isinstance(node.right, Big):
        return OPEN_MINUS if minus else OPEN
    return MINUS if minus else PRODUCT


def power_before(node: Binary) -> str | None:
    """The digits that are written between a function's name and its argument, as in ``sin²(x)``; None elsewhere.

    Args:
        node: a power.
    """
    base, power = node.left, node.right
    if isinstance(base, Call) and base.function in RAISED_BEFORE and base.base is None:
        return power.text if isinstance(power, Number) and power.text.isdecimal() else None
    return None


def fits_term(node: Node, first: bool) -> bool:
    """Whether a node is a term of a sum without brackets.

    Args:
        node: a tree.
        first: it stands left of the sign.
    """
    found = level(node)
    return found >= SUM if first else found == OPEN or found >= PRODUCT


def fits_factor(node: Node, first: bool, op: str = "*") -> bool:
    """Whether a node is a factor without brackets.

    Args:
        node: a tree.
        first: it stands left of the sign.
        op: which product: ``*``, ``∘`` or ``⊗``.
    """
    found = level(node)
    if not first:
        return found > PRODUCT or (op == "*" and isinstance(node, Big))
    if isinstance(node, Binary) and node.op in "*∘⊗" and node.op != op:
        return False
    return found in (MINUS, PRODUCT) or found > PRODUCT


def fits_body(node: Node) -> bool:
    """Whether a node follows a sign, or the sign of a sum over an index, without brackets.

    Args:
        node: a tree.
    """
    found = level(node)
    return found == OPEN or found >= PRODUCT


def last_factor(node: Node) -> Node:
    """The factor that a product ends with; the node itself if it is none.

    Args:
        node: a tree.
    """
    return node.right if isinstance(node, Binary) and node.op == "*" else node
