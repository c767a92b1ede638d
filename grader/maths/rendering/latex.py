"""Trees as LaTeX, which the parser reads back as the same tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.maths.reading.atoms import is_number
from grader.maths.reading.symbols import FUNCTION_COMMANDS
from grader.maths.rendering import unicode
from grader.maths.rendering.levels import (
    ATOM,
    FUNCTION_LETTERS,
    MINUS_ONE,
    fits_body,
    fits_factor,
    fits_term,
    last_factor,
    level,
    power_before,
)
from grader.maths.rendering.names import COMMANDS, SPECTRAL_LETTERS, latex_letters, latex_symbol
from grader.maths.tree import Big, Binary, Call, Cases, Listing, Matrix, Node, Number, Relation, Symbol, Unary

_SIGNS = {"*": "\\cdot", "∘": "\\odot", "⊗": "\\otimes", "±": "\\pm", "+": "+", "-": "-"}
_RELATIONS = {
    "=": "=", "≠": "\\ne", "<": "<", "≤": "\\le", ">": ">", "≥": "\\ge", "∈": "\\in", "∉": "\\notin", "≈": "\\approx",
    "…": "\\dots",
}  # fmt: skip
_BEHIND = {"!": "!", "%": "\\%", "°": "^{\\circ}", "ᵀ": "^{\\top}"}
_SIDE_BY_SIDE = ("\\frac", "\\sqrt", "\\binom", "\\sum", "\\prod", "\\lfloor")
_SIGN_NEEDED = ("\\left|", "\\left\\|", "\\left[", "\\left\\{", "\\left\\lfloor", "\\left\\lceil", "\\left\\langle",
                "\\mathbf{1}\\left[", "\\begin{cases}")  # fmt: skip
_TRANSPOSING = frozenset("TtH⊤*+")


def text_of(node: Node) -> str:
    """A tree in LaTeX.

    Args:
        node: the tree.
    """
    return _WRITERS[type(node)](node)


def _in(left: str, text: str, right: str) -> str:
    return f"\\left{left}{text}\\right{right}"


def _set(node: Node, fits: bool) -> str:
    text = text_of(node)
    return text if fits else _in("(", text, ")")


def _atom(node: Node) -> str:
    return _set(node, level(node) >= ATOM)


def _number(node: Number) -> str:
    return node.text.rstrip(".")


def _symbol(node: Symbol) -> str:
    return latex_symbol(node.name, node.sub)


def _unary(node: Unary) -> str:
    if node.op in "-±":
        sign = "-" if node.op == "-" else "\\pm "
        return sign + _set(node.operand, fits_body(node.operand))
    operand = node.operand
    if node.op == "ᵀ" and isinstance(operand, Binary) and operand.op == "^" and operand.right == MINUS_ONE:
        return f"{_atom(operand.left)}^{{-\\top}}"
    return _atom(operand) + _BEHIND[node.op]


def _binary(node: Binary) -> str:
    op, left, right = node.op, node.left, node.right
    if op == "/":
        return f"\\frac{{{text_of(left)}}}{{{text_of(right)}}}"
    if op == "^":
        return _power(node)
    if op == "*":
        return _product(left, right)
    if op in "+-±":
        return f"{_set(left, fits_term(left, True))} {_SIGNS[op]} {_set(right, fits_term(right, False))}"
    return f"{_set(left, fits_factor(left, True, op))} {_SIGNS[op]} {_set(right, fits_factor(right, False, op))}"


def _power(node: Binary) -> str:
    if (digits := power_before(node)) is not None and isinstance(node.left, Call):
        name = "ln" if node.left.function == "log" else node.left.function
        return f"\\{name}^{{{digits}}}{_arguments(node.left.arguments)}"
    power, sign = node.right, ""
    if isinstance(power, Unary) and power.op == "-":
        power, sign = power.operand, "-"
    if isinstance(power, Symbol) and power.name in _TRANSPOSING:
        return f"{_atom(node.left)}^{{{sign}{{{text_of(power)}}}}}"  # a variable, and no sign of transposition
    return f"{_atom(node.left)}^{{{text_of(node.right)}}}"


def _product(left: Node, right: Node) -> str:
    one = _set(left, fits_factor(left, True))
    other = _set(right, fits_factor(right, False))
    return one + _sign(left, one, other, right) + other


def _sign(left: Node, one: str, other: str, right: Node) -> str:
    """What stands between two factors: nothing where that reads back as the product, else a point or space."""
    last = last_factor(left)
    sign = " \\cdot " if is_number(left) or is_number(right) else " \\times "
    if other[0].isnumeric() or other[0] in "[." or other.startswith("\\infty") or other.startswith(_SIGN_NEEDED):
        return sign
    if other.startswith("\\left("):
        called = isinstance(last, Call) or (
            isinstance(last, Symbol) and (last.name.rstrip("′") in FUNCTION_LETTERS or len(last.name.rstrip("′")) > 1)
        )
        return sign if called or _is_tuple(right) else ""
    return sign if one[-1].isdecimal() and other.startswith("\\frac") else " "  # 2\frac12 would be 2½


def _is_tuple(node: Node) -> bool:
    while isinstance(node, Unary) or (isinstance(node, Binary) and node.op == "^"):
        node = node.operand if isinstance(node, Unary) else node.left
    if isinstance(node, Call) and node.function == "pinv":
        return _is_tuple(node.arguments[0])
    return isinstance(node, Listing)


def _several(nodes: tuple[Node, ...]) -> str:
    return ", ".join(text_of(node) for node in nodes)


def _arguments(nodes: tuple[Node, ...]) -> str:
    return _in("(", _several(nodes), ")")


def _call(node: Call) -> str:
    special = _SPECIAL.get(node.function)
    if special is not None and (found := special(node)) is not None:
        return found
    name, _, sub = node.function.partition("_")
    word = name.rstrip("′")
    primes = "'" * (len(name) - len(word))
    if word in FUNCTION_COMMANDS:
        return f"\\{word}{primes}{_arguments(node.arguments)}"
    if len(word) > 1:
        below = f"_{{{latex_letters(sub)}}}" if sub else ""
        return f"\\operatorname{{{word}}}{below}{primes}{_arguments(node.arguments)}"
    return latex_symbol(name, sub) + _arguments(node.arguments)


def _root(node: Call) -> str:
    degree = f"[{text_of(node.base)}]" if node.base is not None else ""
    return f"\\sqrt{degree}{{{text_of(node.arguments[0])}}}"


def _log(node: Call) -> str:
    name = "\\ln" if node.base is None else f"\\log_{{{text_of(node.base)}}}"
    return name + _arguments(node.arguments)


def _abs(node: Call) -> str | None:
    inside = _several(node.arguments)
    return None if "|" in inside or len(node.arguments) > 1 else _in("|", inside, "|")


def _norm(node: Call) -> str:
    below = f"_{{{text_of(node.base)}}}" if node.base is not None else ""
    return _in("\\|", _several(node.arguments), "\\|") + below


def _entry(node: Call) -> str:
    matrix, place = node.arguments
    inside = _several(place.items) if isinstance(place, Listing) else text_of(place)
    return f"{_in('(', text_of(matrix), ')')}_{{{inside}}}"


def _spectral(node: Call) -> str | None:
    if node.base is None and node.function in ("singular", "eigenvalue"):
        return f"\\operatorname{{svdvals}}{_arguments(node.arguments)}" if node.function == "singular" else None
    below = ""
    if isinstance(node.base, Symbol) and node.base.full in ("max", "min"):
        below = f"_{{\\{node.base.full}}}"
    elif node.base is not None:
        below = f"_{{{_bound(node.base)}}}"
    return f"{COMMANDS[SPECTRAL_LETTERS[node.function]]}{below}{_arguments(node.arguments)}"


def _indicator(node: Call) -> str | None:
    if not isinstance(node.arguments[0], Relation):
        return None
    return f"\\mathbf{{1}}{_in('[', text_of(node.arguments[0]), ']')}"


_SPECIAL: dict[str, Callable[[Call], str | None]] = {
    "sqrt": _root, "log": _log, "abs": _abs, "norm": _norm, "entry": _entry, "indicator": _indicator,
    **dict.fromkeys(SPECTRAL_LETTERS, _spectral),
    "pinv": lambda node: f"{_atom(node.arguments[0])}^{{+}}",
    "derivative": lambda node: f"{_in('(', _several(node.arguments), ')')}'",
    "floor": lambda node: _in("\\lfloor ", _several(node.arguments), "\\rfloor "),
    "ceil": lambda node: _in("\\lceil ", _several(node.arguments), "\\rceil "),
    "dot": lambda node: _in("\\langle ", _several(node.arguments), "\\rangle "),
    "binom": lambda node: f"\\binom{{{text_of(node.arguments[0])}}}{{{text_of(node.arguments[1])}}}",
}  # fmt: skip


def _big(node: Big) -> str:
    low = _bound(node.low) if node.low is not None else None
    over = latex_symbol(*node.over.partition("_")[::2]) if node.over else ""
    below = over if low is None else f"{over}={low}"
    above = ""
    if node.high is not None and node.op in ("max", "min"):
        below = f"{over} \\le {_bound(node.high)}" if low is None else f"{low} \\le {over} \\le {_bound(node.high)}"
    elif node.high is not None:
        above = f"^{{{text_of(node.high)}}}"
    sign = {"Σ": "\\sum", "Π": "\\prod", "max": "\\max", "min": "\\min"}[node.op]
    text = sign + (f"_{{{below}}}" if below else "") + above
    body = _set(node.body, fits_body(node.body))
    return f"{text} {body}"


def _bound(node: Node) -> str:
    """A bound below a sign, which is set without braces."""
    text = text_of(node)
    return latex_letters(unicode.text_of(node)) if "{" in text else text


def _matrix(node: Matrix) -> str:
    rows = " \\\\ ".join(" & ".join(text_of(entry) for entry in row) for row in node.rows)
    return f"\\begin{{bmatrix}} {rows} \\end{{bmatrix}}"


def _listing(node: Listing) -> str:
    text = _several(node.items)
    if len(node.items) == 1 and node.bracket:
        (item,) = node.items
        if node.bracket == "{":
            told_apart = not (isinstance(item, Listing) and item.bracket == "{")
        else:
            told_apart = node.bracket == "[" and isinstance(item, Number | Unary)
        if not told_apart:
            text += ","  # to be told from an expression in brackets
    left, right = {"(": "()", "[": "[]", "": ("", "")}.get(node.bracket) or _WIDE[node.bracket]
    return _in(left, text, right) if left else text


_WIDE = {"{": ("\\{", "\\}"), "⟨": ("\\langle ", "\\rangle ")}


def _relation(node: Relation) -> str:
    text = text_of(node.items[0])
    for sign, item in zip(node.signs, node.items[1:], strict=True):
        text += f" {_RELATIONS.get(sign, sign)} {text_of(item)}"
    return text


def _cases(node: Cases) -> str:
    rows = " \\\\ ".join(
        f"{text_of(value)} & " + ("\\text{otherwise}" if condition is None else f"\\text{{if }} {text_of(condition)}")
        for value, condition in zip(node.values, node.conditions, strict=True)
    )
    return f"\\begin{{cases}} {rows} \\end{{cases}}"


_WRITERS: dict[type[Any], Callable[[Any], str]] = {
    Number: _number, Symbol: _symbol, Unary: _unary, Binary: _binary, Call: _call, Big: _big, Matrix: _matrix,
    Listing: _listing, Relation: _relation, Cases: _cases,
}  # fmt: skip
