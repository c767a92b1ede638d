"""Trees as presentation MathML, with the invisible signs that screen readers speak.

MathML Core names the elements: https://www.w3.org/TR/mathml-core/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from grader.maths.rendering.levels import (
    ATOM,
    fits_body,
    fits_factor,
    fits_term,
    last_factor,
    level,
    power_before,
)
from grader.maths.rendering.names import SPECTRAL_LETTERS, mathml_symbol
from grader.maths.tree import Big, Binary, Call, Cases, Listing, Matrix, Node, Number, Relation, Symbol, Unary

_TIMES, _APPLIED = "<mo>\u2062</mo>", "<mo>\u2061</mo>"
_CLOSING = {"(": ")", "[": "]", "{": "}", "⟨": "⟩"}
_SIGNS = {"-": "−", "*": "·", "⊤": "⊤"}


def text_of(node: Node) -> str:
    """A tree in MathML, without the ``math`` element around it.

    Args:
        node: the tree.
    """
    return _WRITERS[type(node)](node)


def row(parts: Iterable[str]) -> str:
    """MathML pieces side by side."""
    return f"<mrow>{''.join(parts)}</mrow>"


def operator(text: str) -> str:
    """A MathML operator."""
    return f"<mo>{escape(text)}</mo>"


def _fenced(left: str, text: str, right: str) -> str:
    return row([f'<mo fence="true">{left}</mo>', text, f'<mo fence="true">{right}</mo>'])


def _set(node: Node, fits: bool) -> str:
    text = text_of(node)
    return text if fits else _fenced("(", text, ")")


def _atom(node: Node) -> str:
    return _set(node, level(node) >= ATOM)


def _raised(base: str, power: str) -> str:
    return f"<msup>{base}{power}</msup>"


def _number(node: Number) -> str:
    return f"<mn>{escape(node.text.rstrip('.'))}</mn>"


def _symbol(node: Symbol) -> str:
    return operator("…") if node.name == "…" else mathml_symbol(node.name, node.sub)


def _unary(node: Unary) -> str:
    op, operand = node.op, node.operand
    if op in "-±":
        return row([operator("−" if op == "-" else op), _set(operand, fits_body(operand))])
    if op == "ᵀ":
        return _raised(_atom(operand), "<mo>⊤</mo>")
    return row([_atom(operand), operator(op)])


def _binary(node: Binary) -> str:
    op, left, right = node.op, node.left, node.right
    if op == "/":
        return f"<mfrac>{text_of(left)}{text_of(right)}</mfrac>"
    if op == "^":
        if (digits := power_before(node)) is not None and isinstance(left, Call):
            name = "ln" if left.function == "log" else left.function
            return _applied(_raised(f"<mi>{name}</mi>", f"<mn>{digits}</mn>"), left.arguments)
        return _raised(_atom(left), text_of(right))
    if op in "+-±":
        parts = [_set(left, fits_term(left, True)), operator(_SIGNS.get(op, op)), _set(right, fits_term(right, False))]
        return row(parts)
    one, other = _set(left, fits_factor(left, True, op)), _set(right, fits_factor(right, False, op))
    return row([one, (_TIMES if op == "*" and _is_silent(left, right) else operator(_SIGNS.get(op, op))), other])


def _is_silent(left: Node, right: Node) -> bool:
    """Whether a product is written without a sign: not before digits, nor between a function and a bracket."""
    begins = right
    while isinstance(begins, Binary) and begins.op == "^":
        begins = begins.left
    if isinstance(begins, Number | Listing | Matrix) or (isinstance(begins, Binary) and begins.op == "/"):
        return not isinstance(begins, Number) and not isinstance(last_factor(left), Number)
    return not (isinstance(last_factor(left), Call) and level(right) < ATOM)


def _several(nodes: tuple[Node, ...]) -> str:
    return operator(",").join(text_of(node) for node in nodes)


def _applied(name: str, arguments: tuple[Node, ...]) -> str:
    return row([name, _APPLIED, _fenced("(", _several(arguments), ")")])


def _call(node: Call) -> str:
    special = _SPECIAL.get(node.function)
    if special is not None and (found := special(node)) is not None:
        return found
    name, _, sub = node.function.partition("_")
    return _applied(mathml_symbol(name, sub), node.arguments)


def _root(node: Call) -> str:
    argument = text_of(node.arguments[0])
    return f"<msqrt>{argument}</msqrt>" if node.base is None else f"<mroot>{argument}{text_of(node.base)}</mroot>"


def _log(node: Call) -> str:
    name = "<mi>ln</mi>" if node.base is None else f"<msub><mi>log</mi>{text_of(node.base)}</msub>"
    return _applied(name, node.arguments)


def _norm(node: Call) -> str:
    inside = _fenced("‖", _several(node.arguments), "‖")
    return inside if node.base is None else f"<msub>{inside}{text_of(node.base)}</msub>"


def _entry(node: Call) -> str:
    matrix, place = node.arguments
    inside = row([_several(place.items)]) if isinstance(place, Listing) else text_of(place)
    return f"<msub>{_fenced('(', text_of(matrix), ')')}{inside}</msub>"


def _spectral(node: Call) -> str:
    letter = f"<mi>{SPECTRAL_LETTERS[node.function]}</mi>"
    return _applied(letter if node.base is None else f"<msub>{letter}{text_of(node.base)}</msub>", node.arguments)


def _indicator(node: Call) -> str:
    return row(["<mn>1</mn>", _fenced("[", _several(node.arguments), "]")])


def _binom(node: Call) -> str:
    inside = f'<mfrac linethickness="0">{text_of(node.arguments[0])}{text_of(node.arguments[1])}</mfrac>'
    return _fenced("(", inside, ")")


_SPECIAL: dict[str, Callable[[Call], str | None]] = {
    "sqrt": _root, "log": _log, "norm": _norm, "entry": _entry, "indicator": _indicator, "binom": _binom,
    "abs": lambda node: _fenced("|", _several(node.arguments), "|"),
    **dict.fromkeys(SPECTRAL_LETTERS, _spectral),
    "pinv": lambda node: _raised(_atom(node.arguments[0]), "<mo>+</mo>"),
    "derivative": lambda node: _raised(_fenced("(", _several(node.arguments), ")"), "<mo>′</mo>"),
    "floor": lambda node: _fenced("⌊", _several(node.arguments), "⌋"),
    "ceil": lambda node: _fenced("⌈", _several(node.arguments), "⌉"),
    "dot": lambda node: _fenced("⟨", _several(node.arguments), "⟩"),
}  # fmt: skip


def _big(node: Big) -> str:
    over = mathml_symbol(*node.over.partition("_")[::2]) if node.over else ""
    low = text_of(node.low) if node.low is not None else ""
    high = text_of(node.high) if node.high is not None else ""
    named = node.op in ("max", "min")
    if named and high:
        below = row([low, operator("≤") if low else "", over, operator("≤"), high])
    else:
        below = row([over, operator("="), low]) if low else over
    sign = f"<mi>{node.op}</mi>" if named else operator({"Σ": "∑", "Π": "∏"}[node.op])
    if high and not named:
        sign = f"<munderover>{sign}{below}{high}</munderover>" if below else f"<mover>{sign}{high}</mover>"
    elif below:
        sign = f"<munder>{sign}{below}</munder>"
    return row([sign, _APPLIED if named else "", _set(node.body, fits_body(node.body))])


def _table(rows: Iterable[Iterable[str]], attributes: str = "") -> str:
    cells = "".join(f"<mtr>{''.join(f'<mtd>{cell}</mtd>' for cell in line)}</mtr>" for line in rows)
    return f"<mtable{attributes}>{cells}</mtable>"


def _matrix(node: Matrix) -> str:
    return _fenced("[", _table([text_of(entry) for entry in line] for line in node.rows), "]")


def _listing(node: Listing) -> str:
    text = _several(node.items)
    return _fenced(node.bracket, text, _CLOSING[node.bracket]) if node.bracket else row([text])


def _relation(node: Relation) -> str:
    parts = [text_of(node.items[0])]
    for sign, item in zip(node.signs, node.items[1:], strict=True):
        parts += [operator(sign), text_of(item)]
    return row(parts)


def _cases(node: Cases) -> str:
    rows = [
        [text_of(value), "<mtext>otherwise</mtext>" if where is None else row(["<mtext>if </mtext>", text_of(where)])]
        for value, where in zip(node.values, node.conditions, strict=True)
    ]
    return row(['<mo fence="true">{</mo>', _table(rows, ' columnalign="left"')])


_WRITERS: dict[type[Any], Callable[[Any], str]] = {
    Number: _number, Symbol: _symbol, Unary: _unary, Binary: _binary, Call: _call, Big: _big, Matrix: _matrix,
    Listing: _listing, Relation: _relation, Cases: _cases,
}  # fmt: skip
