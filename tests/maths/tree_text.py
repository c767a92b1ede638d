"""Trees as short texts, in which all brackets are written: for tables of what a formula says."""

from __future__ import annotations

from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, parse_relation
from grader.maths.reading.scope import Scope, formulas_in
from grader.maths.tree import Big, Binary, Call, Cases, Listing, Matrix, Node, Number, Relation, Symbol, Unary

MATRICES = tuple("A B C D X U V K M q p".split())
SCOPE = formulas_in((*"n d L λ σ m x s i j k ℓ".split(), *MATRICES), MATRICES, ("f",))


def text_of(node: Node | None) -> str:
    """A tree with brackets around every operation; ``_`` for what is not there."""
    if node is None:
        return "_"
    if isinstance(node, Number):
        return node.text
    if isinstance(node, Symbol):
        return node.full
    if isinstance(node, Unary):
        return f"({node.op} {text_of(node.operand)})"
    if isinstance(node, Binary):
        return f"({text_of(node.left)} {node.op} {text_of(node.right)})"
    if isinstance(node, Call):
        base = f"[{text_of(node.base)}]" if node.base is not None else ""
        return f"{node.function}{base}({', '.join(map(text_of, node.arguments))})"
    if isinstance(node, Big):
        return f"{node.op}[{node.over}={text_of(node.low)}..{text_of(node.high)}]({text_of(node.body)})"
    if isinstance(node, Matrix):
        return "M[" + "; ".join(" ".join(map(text_of, row)) for row in node.rows) + "]"
    if isinstance(node, Listing):
        return f"{node.bracket or 'bare'}|{', '.join(map(text_of, node.items))}|"
    if isinstance(node, Relation):
        return text_of(node.items[0]) + "".join(
            f" {s} {text_of(i)}" for s, i in zip(node.signs, node.items[1:], strict=True)
        )
    assert isinstance(node, Cases)
    return "; ".join(f"{text_of(v)} if {text_of(c)}" for v, c in zip(node.values, node.conditions, strict=True))


def read(text: str, scope: Scope = SCOPE) -> str:
    """The tree of a whole text; a text that stops the reader says at which token, and what was expected there."""
    tokens = tokenize(text)
    try:
        node, after = parse_relation(tokens, 0, scope)
    except NotAnExpressionError as error:
        return f"error at {tokens[error.at].text if error.at < len(tokens) else 'the end'}: {error}"
    return text_of(node) if after == len(tokens) else f"stops at {tokens[after].text}"
