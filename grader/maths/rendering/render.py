"""Trees and values back to Unicode, LaTeX and MathML; each notation is written when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from html import escape

from grader.maths.reading.lexer import tokenize
from grader.maths.rendering import latex, mathml, unicode
from grader.maths.rendering.mathml import operator, row
from grader.maths.tree import Node, Symbol
from grader.records import Rendered

__all__ = ["inner", "join", "math", "operator", "render", "row", "symbol", "words"]


def render(node: Node, *, logarithm: str = "ln") -> Rendered:
    """A tree in the three notations; reading the first two back gives the same tree.

    Args:
        node: the tree.
        logarithm: how the logarithm without a base is called: ``ln``, or ``log`` where its base does not matter.
    """
    if logarithm == "ln":
        return Rendered.late(
            partial(unicode.text_of, node),
            partial(latex.text_of, node),
            lambda: math(mathml.text_of(node)),
        )
    return Rendered.late(
        lambda: re.sub("(?<![A-Za-z])ln(?![A-Za-z])", logarithm, unicode.text_of(node)),
        lambda: latex.text_of(node).replace("\\ln", f"\\{logarithm}"),
        lambda: math(mathml.text_of(node).replace("<mi>ln</mi>", f"<mi>{logarithm}</mi>")),
    )


def math(inner: str) -> str:
    """A MathML document fragment around ``inner``."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>'


def inner(mathml: str) -> str:
    """What stands inside the ``math`` element that :func:`math` made.

    Args:
        mathml: a whole element.
    """
    return mathml[mathml.index(">") + 1 : mathml.rindex("</math>")]


def words(text: str) -> Rendered:
    """Plain words in the three notations."""
    return Rendered.late(lambda: text, lambda: _latex_words(text), lambda: math(f"<mtext>{escape(text)}</mtext>"))


def _latex_words(text: str) -> str:
    return "\\text{" + "".join({"{": "\\{", "}": "\\}", "\\": " "}.get(c, c) for c in text) + "}"


def join(items: Iterable[Rendered], left: str, right: str, separator: str = ", ") -> Rendered:
    """Several renderings as one list between brackets.

    Args:
        items: what is listed.
        left, right: the brackets as in Unicode, or "".
        separator: what stands between the items, with its space.
    """
    several = tuple(items)
    latex_left, latex_right = (f"\\{b}" if b in "{}" and b else b for b in (left, right))
    return Rendered.late(
        lambda: left + separator.join(item.unicode for item in several) + right,
        lambda: latex_left + separator.join(item.latex for item in several) + latex_right,
        lambda: _joined(several, left, right, separator.strip()),
    )


def _joined(items: tuple[Rendered, ...], left: str, right: str, separator: str) -> str:
    pieces = [operator(left)] if left else []
    for index, item in enumerate(items):
        if index:
            pieces.append(operator(separator))
        pieces.append(inner(item.mathml))
    if right:
        pieces.append(operator(right))
    return math(row(pieces))


def symbol(name: str) -> Symbol:
    """The tree of a variable, from its name as written in a spec (``λ``, ``lambda``, ``x_1``).

    Args:
        name: as in a spec; one that is no single symbol is kept as it is.
    """
    tokens = tokenize(name)
    return Symbol(tokens[0].text, tokens[0].sub) if len(tokens) == 1 else Symbol(name)
