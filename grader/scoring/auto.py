"""``auto``: the answer type, and the options that go with it, worked out from the expected answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.answers import get_type
from grader.answers.base import brief
from grader.diagnostics import SpecError, author_error
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, parse_relation
from grader.maths.reading.scope import CONSTANTS, Scope
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.tree import Binary, Listing, Matrix, Node, Number, Relation, Symbol, Unary, symbols_in, walk
from grader.maths.values.profile import profile

_BY_OPTION = (
    ("shapes", "matrix_expression"), ("structure", "matrix_expression"), ("index", "sequence"), ("bound", "growth"),
    ("assume", "growth"), ("scale", "matrix"), ("variable", "interval"), ("names", "sequence"),
)  # fmt: skip
_GROWTH = frozenset({"O", "Θ", "Ω", "Õ", "𝒪"})
_LETTERS = "ABCDEFGH"
_MOST_WORDS = 4
_OPPOSITES = (("yes", "no"), ("true", "false"), ("right", "wrong"), ("even", "odd"))
_SET_SIGNS = frozenset("∪ ∩ ∖ ≤ ≥ < > ∈ ∉ ≠".split())


def work_out(expected: object, options: Mapping[str, Any], response: str = "") -> tuple[str, dict[str, Any], object]:
    """The type of an answer, and its options.

    Args:
        expected: the right answer: text or a plain value.
        options: as given; one that belongs to a single type decides.
        response: only for the name of the variable, where the expected answer has none.

    Returns:
        Name of the type; the options, with the symbols of the expected answer where the type wants them; the
        expected answer itself, without the solution around its box and without its name.

    Raises:
        SpecError: no type reads the expected answer.
    """
    given = dict(options)
    if "options" in given:
        return ("choice" if isinstance(expected, str) else "choices"), given, expected
    for option, name in _BY_OPTION:
        if option in given:
            return name, given, expected
    if not isinstance(expected, str):
        return _of_value(expected), given, expected
    text = _plain(expected)
    name, found = _of_text(text, tokenize(text), given, response)
    return name, {**found, **given}, text


def _plain(text: str) -> str:
    """The expected answer itself: what stands in the last box of a solution; the number in ``x = 3``."""
    tokens = tokenize(text)
    boxes = [at for at, token in enumerate(tokens[:-2]) if token.text == "\\boxed" and tokens[at + 1].text == "{"]
    if boxes:
        first = last = boxes[-1] + 1
        depth = 0
        while last < len(tokens):
            depth += (tokens[last].text == "{") - (tokens[last].text == "}")
            if depth == 0:
                break
            last += 1
        inside = tokens[first + 1 : last]
        text = text[inside[0].start : inside[-1].end] if inside else text
        tokens = tokenize(text)
    named = len(tokens) > 2 and tokens[0].kind is Kind.NAME and tokens[1].text == "="
    if named and _reads("number", text[tokens[2].start :], {}):
        return text[tokens[2].start :]
    return text


def _of_value(value: object) -> str:
    if isinstance(value, bool):
        return "classification"
    if value is None:
        raise _unknown(value)
    if isinstance(value, set | frozenset):
        return "set"
    if hasattr(value, "ndim"):
        return "number" if value.ndim == 0 else "sequence" if value.ndim == 1 else "matrix"
    if isinstance(value, list | tuple):
        rows = [row for row in value if isinstance(row, list | tuple)]
        return "matrix" if rows and len(rows) == len(value) and isinstance(value, list) else "sequence"
    if hasattr(value, "free_symbols"):  # SymPy, without importing it here
        if hasattr(value, "shape"):
            return "matrix"
        if hasattr(value, "is_empty"):
            return "set" if getattr(value, "is_FiniteSet", False) else "interval"
        return "expression" if value.free_symbols else "number"
    if hasattr(value, "numerator") or isinstance(value, float):
        return "number"
    raise _unknown(value)


def _of_text(text: str, tokens: list[Token], options: Mapping[str, Any], response: str) -> tuple[str, dict[str, Any]]:
    plain = [token for token in tokens if token.kind not in (Kind.NEWLINE, Kind.PUNCT)]
    words = [token.text for token in plain]
    if len(plain) == 1 and words[0].lower() in ("true", "false"):
        return "classification", {}
    if _is_growth(plain):
        return "growth", {}
    bare = [word for word in words if word not in ("(", ")", "\\boxed", "{", "}")]
    if len(bare) == 1 and bare[0] in _LETTERS and len(plain) <= 3:
        return "choice", {
            "options": {letter: f"option {letter}" for letter in _LETTERS[: max(5, _LETTERS.index(bare[0]) + 1)]}
        }
    braced = words[:1] in (["{"], ["\\{"])
    listed = braced and any(token.kind is Kind.SEP or token.text == "," for token in plain)
    if not listed and _reads("number", text, options):
        return "number", {}
    if plain and len(plain) <= _MOST_WORDS and all(token.kind is Kind.WORD for token in plain):
        return "choice", {"options": _either(text)}
    node = _node(tokens)
    names = sorted(_variables(node)) if node is not None else []
    if isinstance(node, Matrix) or (node is not None and any(isinstance(here, Matrix) for here in walk(node))):
        return "matrix", {"variables": names} if names else {}
    if _is_set_of_numbers(plain, node):
        variable = names[0] if len(names) == 1 else _variable_of(response) or "x"
        with_variable = {"variable": variable}
        for name in ("interval", "set"):
            if _reads(name, text, {**with_variable, **options}):
                return name, with_variable
    if braced or "±" in words:
        return "set", {"variables": names} if names else {}
    if isinstance(node, Relation) and set(node.signs) <= {"=", "≈"}:
        named = _names_a_value(node) or (isinstance(node.items[0], Symbol) and not _has_equality(response))
        return ("expression" if named else "equation"), {"variables": names}
    if _has_bare_commas(tokens) and not names and _all_differ(tokens):
        return "set", {}  # without brackets it tells values, not their order
    if isinstance(node, Listing) or _has_bare_commas(tokens):
        return ("sequence", {}) if _reads("sequence", text, options) else ("set", {"variables": names})
    for name in ("expression", "set", "sequence", "equation"):
        found = {"variables": names} if name in ("expression", "equation") else {}
        if _reads(name, text, {**found, **options}):
            return name, found
    raise _unknown(text)


def _either(text: str) -> dict[str, str]:
    """The options of a question that is answered by a word."""
    plain = text.strip(" $.").removeprefix("\\text{").removesuffix("}").strip()
    for one, other in _OPPOSITES:
        if plain.lower() in (one, other):
            return {"A": plain, "B": other if plain.lower() == one else one}
    return {"A": plain, "B": "none of these words"}


def _is_growth(tokens: list[Token]) -> bool:
    return len(tokens) > 3 and tokens[0].text in _GROWTH and tokens[1].text == "(" and tokens[-1].text == ")"


def _reads(name: str, text: str, options: Mapping[str, Any]) -> bool:
    """Whether a type reads all of the expected answer."""
    from pydantic import ValidationError

    kind = get_type(name)
    try:
        kind.key(text, kind.options_model.model_validate(dict(options)))
    except (SpecError, ValidationError):
        return False
    return True


def _node(tokens: list[Token]) -> Node | None:
    """The expected answer as a formula, None if it is none."""
    try:
        node, after = parse_relation(tokens, 0, Scope(free=True))
    except NotAnExpressionError:
        return None
    return node if after == len(tokens) else None


def _variables(node: Node) -> set[str]:
    found = profile(node)
    indexed = {name for name in symbols_in(node) if name.partition("_")[0] in found.families}
    return (set(found.free) | indexed) - CONSTANTS - ({"i"} if found.imaginary else set())


def _is_set_of_numbers(tokens: list[Token], node: Node | None) -> bool:
    """Whether it is an interval, a union, an inequality, or the like."""
    words = {token.text for token in tokens}
    if words & _SET_SIGNS or words in ({"ℝ"}, {"∅"}):
        return True
    if not isinstance(node, Listing) or len(node.items) != 2 or symbols_in(node) - CONSTANTS - {"∞"}:
        mixed = len(tokens) > 3 and tokens[0].text in "[(]" and tokens[-1].text in "])[" and "," in words
        return mixed and (tokens[0].text, tokens[-1].text) not in (("(", ")"), ("[", "]"))
    return node.bracket in "([" and _ascends(*node.items)


def _ascends(low: Node, high: Node) -> bool:
    """Whether two constants are in order, as the ends of an interval are."""
    from grader.maths.numbers.balls import UndefinedError
    from grader.maths.numbers.exact import compare, evaluate

    if Symbol("∞") in (high, low) or (isinstance(low, Unary) and low.operand == Symbol("∞")):
        return True
    try:
        return compare(evaluate(low), evaluate(high)) == -1
    except UndefinedError:
        return False


def _names_a_value(node: Relation) -> bool:
    """Whether a relation gives a value to one symbol: ``m' = …``, where that symbol does not occur in the value."""
    head, value = node.items[0], node.items[-1]
    if not isinstance(head, Symbol) or isinstance(value, Number) or head.full in symbols_in(value):
        return False
    return not (
        len(symbols_in(value)) == 1
        and isinstance(value, Binary)
        and head.full in "xyz"
        and symbols_in(value) <= {"x", "y", "z"}
    )


def _variable_of(response: str) -> str:
    """The one symbol that stands beside a relation in a response."""
    tokens = tokenize(response)
    found = set()
    for at, token in enumerate(tokens):
        near = (text_at(tokens, at - 1), text_at(tokens, at + 1))
        if token.kind is Kind.NAME and token.text not in ("∞", "π", "e", "ℝ") and _SET_SIGNS & set(near):
            found.add(token.symbol)
    return found.pop() if len(found) == 1 else ""


def _has_equality(response: str) -> bool:
    return any(token.text == "=" for token in tokenize(response))


def _all_differ(tokens: list[Token]) -> bool:
    """Whether no item of a list is written twice."""
    items: list[tuple[str, ...]] = [()]
    for token in tokens:
        items = [*items, ()] if token.kind is Kind.SEP else [*items[:-1], (*items[-1], token.text)]
    return len(set(items)) == len(items)


def _has_bare_commas(tokens: list[Token]) -> bool:
    depth = 0
    for token in tokens:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth == 0 and token.kind is Kind.SEP:
            return True
    return False


def _unknown(value: object) -> SpecError:
    from grader.answers import type_names

    says = f"no answer type reads the expected answer {brief(value)!r}"
    return SpecError(author_error("check-auto", says, fix=f"name the type: {', '.join(type_names())}"))
