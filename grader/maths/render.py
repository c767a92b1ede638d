"""Trees and values back to Unicode, LaTeX and MathML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from grader.maths.lexer import tokenize
from grader.maths.symbols import GREEK_NAME
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary
from grader.records import Rendered

_LEVEL = {"+": 10, "-": 10, "*": 20, "/": 20, "^": 40}
_SUPER = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def render(node: Node) -> Rendered:
    """A tree in the three notations; reading the first two back gives the same value.

    Args:
        node: the tree.
    """
    return Rendered(_unicode(node, 0), _latex(node, 0), math(_mathml(node, 0)))


def math(inner: str) -> str:
    """A MathML document fragment around ``inner``."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>'


def inner(mathml: str) -> str:
    """What stands inside the ``math`` element that :func:`math` made.

    Args:
        mathml: a whole element.
    """
    return mathml[mathml.index(">") + 1 : mathml.rindex("</math>")]


def row(parts: Iterable[str]) -> str:
    """MathML pieces side by side."""
    return f"<mrow>{''.join(parts)}</mrow>"


def operator(text: str) -> str:
    """A MathML operator."""
    return f"<mo>{escape(text)}</mo>"


def words(text: str) -> Rendered:
    """Plain words in the three notations."""
    latex = "\\text{" + "".join({"{": "\\{", "}": "\\}", "\\": " "}.get(c, c) for c in text) + "}"
    return Rendered(text, latex, math(f"<mtext>{escape(text)}</mtext>"))


def join(items: Iterable[Rendered], left: str, right: str, separator: str = ", ") -> Rendered:
    """Several renderings as one list between brackets.

    Args:
        items: what is listed.
        left, right: the brackets as in Unicode, or "".
        separator: what stands between the items, with its space.
    """
    items = list(items)
    latex_left, latex_right = (f"\\{b}" if b in "{}" and b else b for b in (left, right))
    pieces = [operator(left)] if left else []
    for index, item in enumerate(items):
        if index:
            pieces.append(operator(separator.strip()))
        pieces.append(inner(item.mathml))
    if right:
        pieces.append(operator(right))
    return Rendered(
        left + separator.join(i.unicode for i in items) + right,
        latex_left + separator.join(i.latex for i in items) + latex_right,
        math(row(pieces)),
    )


def _level(node: Node) -> int:
    if isinstance(node, Binary):
        return _LEVEL[node.op]
    if isinstance(node, Unary):
        return 15 if node.op == "-" else 30
    if isinstance(node, Call) and node.function == "sqrt":
        return 35  # so that a sign or power after it is set apart
    if isinstance(node, Number):
        return 50 if node.value.denominator == 1 or node.text[-1].isdigit() else 20
    return 50


def _unicode(node: Node, least: int) -> str:
    text = _unicode_bare(node)
    return f"({text})" if _level(node) < least else text


def _unicode_bare(node: Node) -> str:
    if isinstance(node, Number):
        return node.text
    if isinstance(node, Symbol):
        return node.name + (node.sub.translate(_SUBSCRIPT) if node.sub.isdigit() else node.sub and f"_{node.sub}")
    if isinstance(node, Unary):
        return "-" + _unicode(node.operand, 20) if node.op == "-" else _unicode(node.operand, 50) + node.op
    if isinstance(node, Binary):
        if node.op == "^":
            base, power = _unicode(node.left, 41), _unicode(node.right, 0)
            return base + (
                power.translate(_SUPER) if power.isascii() and power.lstrip("-").isdigit() else f"^({power})"
            )
        left, right = _unicode(node.left, _LEVEL[node.op]), _unicode(node.right, _LEVEL[node.op] + 1)
        return f"{left}{ {'+': ' + ', '-': ' - ', '*': '·', '/': '/'}[node.op] }{right}"
    if node.function == "sqrt":
        degree = f"[{_unicode(node.base, 0)}]" if node.base is not None else ""
        simple = _level(node.argument) >= 50 and not degree
        return f"√{_unicode(node.argument, 0)}" if simple else f"√{degree}({_unicode(node.argument, 0)})"
    name = "ln" if node.function == "log" and node.base is None else node.function
    base = _unicode(node.base, 0).translate(_SUBSCRIPT) if node.base is not None else ""
    return f"{name}{base}({_unicode(node.argument, 0)})"


def _latex(node: Node, least: int) -> str:
    text = _latex_bare(node)
    return f"\\left({text}\\right)" if _level(node) < least and not _is_fraction(node) else text


def _is_fraction(node: Node) -> bool:
    return isinstance(node, Binary) and node.op == "/"


def _latex_bare(node: Node) -> str:
    if isinstance(node, Number):
        return node.text
    if isinstance(node, Symbol):
        name = f"\\{GREEK_NAME[node.name]}" if node.name in GREEK_NAME else node.name
        return name + (f"_{{{node.sub}}}" if node.sub else "")
    if isinstance(node, Unary):
        if node.op == "-":
            return "-" + _latex(node.operand, 20)
        return _latex(node.operand, 50) + ("\\%" if node.op == "%" else "!")
    if isinstance(node, Binary):
        if node.op == "/":
            return f"\\frac{{{_latex(node.left, 0)}}}{{{_latex(node.right, 0)}}}"
        if node.op == "^":
            base = f"\\left({_latex(node.left, 0)}\\right)" if _level(node.left) < 41 else _latex(node.left, 0)
            return f"{base}^{{{_latex(node.right, 0)}}}"
        sign = {"+": " + ", "-": " - ", "*": " \\cdot "}[node.op]
        return _latex(node.left, _LEVEL[node.op]) + sign + _latex(node.right, _LEVEL[node.op] + 1)
    if node.function == "sqrt":
        degree = f"[{_latex(node.base, 0)}]" if node.base is not None else ""
        return f"\\sqrt{degree}{{{_latex(node.argument, 0)}}}"
    name = "ln" if node.function == "log" and node.base is None else node.function
    base = f"_{{{_latex(node.base, 0)}}}" if node.base is not None else ""
    return f"\\{name}{base}\\left({_latex(node.argument, 0)}\\right)"


def _mathml(node: Node, least: int) -> str:
    text = _mathml_bare(node)
    return row([operator("("), text, operator(")")]) if _level(node) < least and not _is_fraction(node) else text


def _mathml_bare(node: Node) -> str:
    if isinstance(node, Number):
        return f"<mn>{escape(node.text)}</mn>"
    if isinstance(node, Symbol):
        name = f"<mi>{escape(node.name)}</mi>"
        return f"<msub>{name}<mi>{escape(node.sub)}</mi></msub>" if node.sub else name
    if isinstance(node, Unary):
        if node.op == "-":
            return row([operator("−"), _mathml(node.operand, 20)])
        return row([_mathml(node.operand, 50), operator(node.op)])
    if isinstance(node, Binary):
        if node.op == "/":
            return f"<mfrac>{row([_mathml(node.left, 0)])}{row([_mathml(node.right, 0)])}</mfrac>"
        if node.op == "^":
            base = _mathml(node.left, 41)
            if _is_fraction(node.left):
                base = row([operator("("), base, operator(")")])
            return f"<msup>{row([base])}{row([_mathml(node.right, 0)])}</msup>"
        sign = {"+": "+", "-": "−", "*": "·"}[node.op]
        left, right = _mathml(node.left, _LEVEL[node.op]), _mathml(node.right, _LEVEL[node.op] + 1)
        return row([left, operator(sign), right])
    if node.function == "sqrt":
        argument = row([_mathml(node.argument, 0)])
        if node.base is not None:
            return f"<mroot>{argument}{row([_mathml(node.base, 0)])}</mroot>"
        return f"<msqrt>{argument}</msqrt>"
    name = f"<mi>{'ln' if node.function == 'log' and node.base is None else escape(node.function)}</mi>"
    if node.base is not None:
        name = f"<msub>{name}{row([_mathml(node.base, 0)])}</msub>"
    return row([name, operator("("), _mathml(node.argument, 0), operator(")")])


def symbol(name: str) -> Symbol:
    """The tree of a variable, from its name as written in a spec (``λ``, ``lambda``, ``x_1``).

    Args:
        name: as in a spec; one that is no single symbol is kept as it is.
    """
    tokens = tokenize(name)
    return Symbol(tokens[0].text, tokens[0].sub) if len(tokens) == 1 else Symbol(name)
