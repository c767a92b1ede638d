"""Trees as one line of Unicode, which the parser reads back as the same tree.

Every writer gives the text and how tightly it holds together; whoever sets it somewhere puts the brackets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.maths.reading import calls, symbols
from grader.maths.reading.atoms import is_number
from grader.maths.rendering.levels import (
    ATOM,
    FUNCTION_LETTERS,
    MINUS,
    MINUS_ONE,
    OPEN,
    OPEN_MINUS,
    PRODUCT,
    RAISED,
    RELATION,
    ROOT,
    SUM,
    number_level,
    power_before,
)
from grader.maths.rendering.names import (
    CAN_LOWER,
    CAN_RAISE,
    SPECTRAL_LETTERS,
    TO_LOWERED,
    TO_RAISED,
    parts,
    unicode_lowered,
    unicode_symbol,
)
from grader.maths.tree import Big, Binary, Call, Cases, Listing, Matrix, Node, Number, Relation, Symbol, Unary

Written = tuple[str, int]

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZαβγδεζηθικλμνξπρσςτυφχψωΓΔΘΛΞΠΣΥΦΨΩℓ")
_MOST_LETTERS = 3  # the parser takes longer words apart only where all their letters are declared
_NO_PRODUCT = (
    frozenset(symbols.GREEK) | symbols.FUNCTION_COMMANDS | frozenset(calls.FUNCTION_WORDS) | calls.NO_PRODUCTS
    | frozenset({"oo", "inf", "pct"})
)  # fmt: skip
_AFTER_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱᵀᵏʲᵐᵖˡˣʸᴸᴺᴹᴷᵈᵃᵇᶜʳˢᵘᵛʷ⁺⁾′₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_SET_APART = {"/": "none", "∘": "∘", "⊗": "⊗"}  # in products only next to what may follow without brackets
_MARKS = frozenset("\u0302\u0303\u0304\u0307\u0308\u030c\u20d7")
_TRANSPOSING = frozenset({"t", "H", "-t", "-H"})


def text_of(node: Node) -> str:
    """A tree in Unicode.

    Args:
        node: the tree.
    """
    return _WRITERS[type(node)](node)[0]


def _write(node: Node) -> Written:
    return _WRITERS[type(node)](node)


def _atom(node: Node) -> str:
    text, held = _WRITERS[type(node)](node)
    return text if held >= ATOM else f"({text})"


def _number(node: Number) -> Written:
    text = node.text
    if text.isdecimal():
        return text, ATOM
    return text.rstrip("."), number_level(text)


def _symbol(node: Symbol) -> Written:
    name = node.name
    if len(name) == 1 and not node.sub:
        return name, ATOM
    return unicode_symbol(name, node.sub), RAISED if name[-1] == "⁾" or "/" in name else ATOM


def _unary(node: Unary) -> Written:
    op, operand = node.op, node.operand
    if op == "-" or op == "±":
        text, held = _WRITERS[type(operand)](operand)
        if held == OPEN:
            return op + text, OPEN_MINUS
        return (op + text if held >= PRODUCT else f"{op}({text})"), MINUS
    if op == "ᵀ" and type(operand) is Binary and operand.op == "^" and operand.right == MINUS_ONE:
        return f"{_atom(operand.left)}⁻ᵀ", RAISED
    return _atom(operand) + op, RAISED


def _binary(node: Binary) -> Written:
    op = node.op
    if op == "*":
        return _product(node)
    if op == "^":
        return _power(node)
    left, held = _WRITERS[type(node.left)](node.left)
    right, right_held = _WRITERS[type(node.right)](node.right)
    if op in "+-±":
        if held < SUM:
            left = f"({left})"
        if right_held != OPEN and right_held < PRODUCT:
            right = f"({right})"
        return f"{left} {op} {right}", SUM
    inner = _op(node.left)
    if (held != MINUS and held < PRODUCT) or _SET_APART.get(inner, "") not in ("", op) or (inner == "*" and op != "/"):
        left, held = f"({left})", ATOM
    if right_held <= PRODUCT:
        right = f"({right})"
    return (f"{left}/{right}" if op == "/" else f"{left} {op} {right}"), MINUS if held == MINUS else PRODUCT


def _power(node: Binary) -> Written:
    if (digits := power_before(node)) is not None and type(node.left) is Call:
        name = "ln" if node.left.function == "log" else node.left.function
        return f"{name}{digits.translate(TO_RAISED)}({_several(node.left.arguments)})", ATOM
    base = _atom(node.left)
    power = _WRITERS[type(node.right)](node.right)[0]
    if not power.isdecimal():
        power = _closed_up(power)
        if power in _TRANSPOSING or not CAN_RAISE.issuperset(power):
            return f"{base}^({power})", RAISED
    return base + power.translate(TO_RAISED), RAISED


def _closed_up(text: str) -> str:
    """A text without spaces around its signs, as it is written above and below others."""
    if " " in text and "e " not in text and "E " not in text:  # 2e-3 is another number than 2e - 3
        return text.replace(" + ", "+").replace(" - ", "-")
    return text


def _product(node: Binary) -> Written:
    one, other = node.left, node.right
    left, held = _WRITERS[type(one)](one)
    right, right_held = _WRITERS[type(other)](other)
    result = PRODUCT
    if (held >= PRODUCT or held == MINUS) and _op(one) not in _SET_APART:
        last = _last_factor(one)
        result = MINUS if held == MINUS else PRODUCT
    else:
        left, last = f"({left})", None
    if type(other) is Big:
        return f"{left} {right}", OPEN if result == PRODUCT else OPEN_MINUS
    if right_held <= PRODUCT:
        return f"{left}{(_before_bracket(left, last) or _sign_between(one, other)).strip('|')}({right})", result
    return left + (_beside(left, last, right, other) or _sign_between(one, other)).strip("|") + right, result


def _sign_between(one: Node, other: Node) -> str:
    return "·" if is_number(one) or is_number(other) else " × "


def _op(node: Node) -> str:
    """The operator of a sum, product or quotient, with or without a sign before it."""
    while type(node) is Unary and node.op in "-±":
        node = node.operand
    return node.op if type(node) is Binary else ""


def _last_factor(node: Node, right: bool = False) -> Node | None:
    """The factor that a product ends with; None if it stands in brackets."""
    if type(node) is Unary and node.op in "-±":
        return None if right else _last_factor(node.operand)
    if type(node) is Binary and node.op != "^":
        return None if right or node.op not in "*/" else _last_factor(node.right, True)
    return node


def _before_bracket(left: str, last: Node | None) -> str:
    """What stands before a bracket that multiplies what is before it: nothing as ``|``, or a space.

    Args:
        left: what stands before the bracket.
        last: its last factor, None where that stands in brackets.

    Returns:
        "" where a sign is needed, for the parser or for people.
    """
    if type(last) is Symbol:
        if left[-1] not in _LETTERS:
            alone = left[-len(unicode_symbol(last.name, last.sub)) - 1 : -1][:1] not in _LETTERS  # no end of a word
            return "|" if left[-1] in _AFTER_RAISED and alone and not _is_word(last) else " "
        if left[-1] in FUNCTION_LETTERS:
            return ""
        return "|" if len(left) == 1 or (left[-2] not in _LETTERS and left[-2] != "_") else " "
    if type(last) is Number:
        return "|" if _is_plain(left) else ""
    return "|" if last is None or (isinstance(last, Binary | Unary) and left[-1] in _AFTER_RAISED) else ""


def _is_word(node: Node | None) -> bool:
    return type(node) is Symbol and len(parts(node.name)[0]) > 1


def _is_plain(text: str) -> bool:
    """Whether a text is a number that a factor may follow without a sign."""
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _beside(left: str, last: Node | None, right: str, other: Node) -> str:
    """What stands between two factors without a sign between them: nothing as ``|``, or a space.

    Returns:
        "" where a sign is needed to read the product back.
    """
    end, begin = left[-1], right[0]
    if begin not in _LETTERS:
        if type(other) is Symbol and "/" in other.name:  # a derivative: ∂f/∂Y
            return " "
        if begin == "(":
            return "" if _is_tuple(other) else _before_bracket(left, last)
        beside = begin == "√" and (last is None or type(last) is Symbol or (type(last) is Number and _is_plain(left)))
        return "|" if beside else ""
    if right[1:2] in _LETTERS or type(other) is Call:  # the name of a function, or a word
        return " "
    if type(last) is Number:
        return "|" if _is_plain(left) else " "
    if end not in _LETTERS:
        return "|" if last is None or end in _MARKS or (end in _AFTER_RAISED and type(last) is not Call) else " "
    return " " if type(last) is Call or _is_word(last) or not _letters_may_touch(left, right, other) else "|"


def _is_tuple(node: Node) -> bool:
    """Whether what begins with a bracket is a tuple, with or without something raised behind it."""
    while True:
        if type(node) is Binary and node.op == "^":
            node = node.left
        elif type(node) is Unary:
            node = node.operand
        elif type(node) is Call and node.function == "pinv":
            node = node.arguments[0]
        else:
            return type(node) is Listing


def _letters_may_touch(left: str, right: str, other: Node) -> bool:
    """Whether letters side by side are read one by one: not where they make the name of something."""
    if type(other) is Unary and other.op in "%°":
        return False
    start = len(left)
    while start and left[start - 1] in _LETTERS:
        start -= 1
    if start and left[start - 1] == "_":
        return False
    run = left[start:] + right[0]
    if len(run) > _MOST_LETTERS or right[1:2] == "_" or right[1:2] in _MARKS:
        return False
    twice = run[-1] == run[-2] and not ("A" <= run[-1] <= "Z")
    return not (twice or "e" in run or run in _NO_PRODUCT or run.lower() in _NO_PRODUCT)


def _several(nodes: tuple[Node, ...]) -> str:
    return ", ".join([_WRITERS[type(node)](node)[0] for node in nodes])


def _call(node: Call) -> Written:
    special = _SPECIAL.get(node.function)
    if special is not None and (found := special(node)) is not None:
        return found
    name, _, sub = node.function.partition("_")
    if sub or len(name) == 1:
        name = unicode_symbol(name, sub)
    return f"{name}({_several(node.arguments)})", ATOM


def _root(node: Call) -> Written:
    degree = _write(node.base)[0] if node.base is not None else ""
    sign = {"": "√", "3": "∛", "4": "∜"}.get(degree) or f"√[{degree}]"
    argument = node.arguments[0]
    text, held = _write(argument)
    if held >= ATOM and type(argument) in (Number, Symbol) and sign[-1] != "]":
        return sign + text, ROOT
    return f"{sign}({text})", ROOT


def _log(node: Call) -> Written:
    if node.base is None:
        return f"ln({_several(node.arguments)})", ATOM
    base = _write(node.base)[0]
    below = base.translate(TO_LOWERED) if CAN_LOWER.issuperset(base) else f"_{{{base}}}"
    return f"log{below}({_several(node.arguments)})", ATOM


def _abs(node: Call) -> Written | None:
    text = _several(node.arguments)
    return None if "|" in text or len(node.arguments) > 1 else (f"|{text}|", ATOM)


def _norm(node: Call) -> Written:
    below = unicode_lowered(_write(node.base)[0]) if node.base is not None else ""
    return f"‖{_several(node.arguments)}‖{below}", ATOM


def _entry(node: Call) -> Written:
    matrix, place = node.arguments
    inside = _several(place.items) if isinstance(place, Listing) else _write(place)[0]
    return f"({_write(matrix)[0]}){unicode_lowered(inside)}", ATOM


def _spectral(node: Call) -> Written | None:
    letter = SPECTRAL_LETTERS[node.function]
    if node.base is None and node.function in ("singular", "eigenvalue"):
        return (f"svdvals({_several(node.arguments)})", ATOM) if node.function == "singular" else None
    below = unicode_lowered(_closed_up(_write(node.base)[0])) if node.base is not None else ""
    return f"{letter}{below}({_several(node.arguments)})", ATOM


def _indicator(node: Call) -> Written | None:
    return (f"1[{_write(node.arguments[0])[0]}]", ATOM) if isinstance(node.arguments[0], Relation) else None


_SPECIAL: dict[str, Callable[[Call], Written | None]] = {
    "sqrt": _root, "log": _log, "abs": _abs, "norm": _norm, "entry": _entry, "indicator": _indicator,
    **dict.fromkeys(SPECTRAL_LETTERS, _spectral),
    "pinv": lambda node: (f"{_atom(node.arguments[0])}⁺", RAISED),
    "derivative": lambda node: (f"({_several(node.arguments)})′", RAISED),
    "floor": lambda node: (f"⌊{_several(node.arguments)}⌋", ATOM),
    "ceil": lambda node: (f"⌈{_several(node.arguments)}⌉", ATOM),
    "dot": lambda node: (f"⟨{_several(node.arguments)}⟩", ATOM),
}  # fmt: skip


def _big(node: Big) -> Written:
    low = _closed_up(_write(node.low)[0]) if node.low is not None else None
    high = _closed_up(_write(node.high)[0]) if node.high is not None else None
    if node.op in ("max", "min"):
        text = node.op + _below(node.over, low, high)
    else:
        text = {"Σ": "∑", "Π": "∏"}[node.op] + _below(node.over, low, None)
        if high is not None:
            text += high.translate(TO_RAISED) if CAN_RAISE.issuperset(high) else f"^{{{high}}}"
    body, held = _write(node.body)
    return (f"{text} {body}" if held == OPEN or held >= PRODUCT else f"{text} ({body})"), OPEN


def _below(over: str, low: str | None, high: str | None) -> str:
    if high is not None:
        return f"_{{{low}≤{over}≤{high}}}" if low is not None else f"_{{{over}≤{high}}}"
    text = over if low is None else f"{over}={low}"
    return text.translate(TO_LOWERED) if CAN_LOWER.issuperset(text) else f"_{{{text}}}"


def _matrix(node: Matrix) -> Written:
    return f"[{', '.join([f'[{_several(row)}]' for row in node.rows])}]", ATOM


def _listing(node: Listing) -> Written:
    text = _several(node.items)
    if len(node.items) == 1 and node.bracket:
        (item,) = node.items
        if node.bracket != "[" or not isinstance(item, Number | Unary):
            text += ","  # to be told from an expression in brackets
    if not node.bracket:
        return text, RELATION
    return f"{node.bracket}{text}{_CLOSING[node.bracket]}", ATOM


_CLOSING = {"(": ")", "[": "]", "{": "}", "⟨": "⟩"}


def _relation(node: Relation) -> Written:
    text = _write(node.items[0])[0]
    for sign, item in zip(node.signs, node.items[1:], strict=True):
        text += f" {sign} {_write(item)[0]}"
    return text, RELATION


def _cases(node: Cases) -> Written:
    pieces = [
        f"{_write(value)[0]} {'otherwise' if condition is None else f'if {_write(condition)[0]}'}"
        for value, condition in zip(node.values, node.conditions, strict=True)
    ]
    return f"{{{'; '.join(pieces)}}}", ATOM


_WRITERS: dict[type[Any], Callable[[Any], Written]] = {
    Number: _number, Symbol: _symbol, Unary: _unary, Binary: _binary, Call: _call, Big: _big, Matrix: _matrix,
    Listing: _listing, Relation: _relation, Cases: _cases,
}  # fmt: skip
