"""Derivations written back, one line each, so that reading them again gives the same."""

from __future__ import annotations

from grader.answers._derivation.lines import Derivation, Line
from grader.maths.rendering.render import inner, math, render, words
from grader.maths.tree import Node, Relation
from grader.records import Rendered


def show(value: Derivation) -> Rendered:
    """The lines that state something.

    Args:
        value: as read.
    """
    pieces = [render(_node(line)) for line in value.lines if line.is_read]
    if not pieces:
        return words("no step that could be read")
    if len(pieces) == 1:
        return pieces[0]
    return Rendered.late(
        lambda: "\n".join(piece.unicode for piece in pieces),
        lambda: "\\begin{aligned} " + " \\\\ ".join(piece.latex for piece in pieces) + " \\end{aligned}",
        lambda: math(
            "<mtable>" + "".join(f"<mtr><mtd>{inner(piece.mathml)}</mtd></mtr>" for piece in pieces) + "</mtable>"
        ),
    )


def _node(line: Line) -> Node:
    items = tuple(item for item in line.items if item is not None)
    return Relation(items, line.signs) if line.signs else items[0]
