"""Texts of a spec with the given values put in: ``{{ alpha }}``, ``{{ A | tex }}``.

They are templates of Jinja in its sandbox, and only where a problem has values that are drawn: elsewhere braces are
TeX's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from grader.specs.findings import Findings, shown
from grader.specs.yaml_nodes import ListNode, MapNode, Node, Scalar

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

MOST_TEXT = 20_000
"""Most characters of a text with its values put in."""

_DIGITS = 12  # of a decimal; longer ones are written as a ratio


def is_template(text: str) -> bool:
    """Whether a text has values put in."""
    return "{{" in text or "{%" in text


def filled(tree: MapNode, values: Mapping[str, Any], findings: Findings) -> MapNode:
    """A tree whose texts have the values put in.

    Args:
        tree: of a spec; each new text keeps the place of its template.
        values: by name.
        findings: gets what is wrong with the templates.
    """
    entries = {key: (name, _node(value, values, findings)) for key, (name, value) in tree.entries.items()}
    return MapNode(entries, tree.start, tree.end)


def _node(node: Node, values: Mapping[str, Any], findings: Findings) -> Node:
    if isinstance(node, MapNode):
        return filled(node, values, findings)
    if isinstance(node, ListNode):
        return ListNode(tuple(_node(item, values, findings) for item in node.items), node.start, node.end)
    if not is_template(node.text):
        return node
    return Scalar(_filled(node, values, findings), node.plain, node.start, node.end)


def _filled(node: Scalar, values: Mapping[str, Any], findings: Findings) -> str:
    from jinja2 import TemplateError

    try:
        text = _environment().from_string(node.text).render(values)
    except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
        fix = f"known here: {', '.join(values)}; a brace of TeX that stands double needs a blank between: {{ {{"
        findings.add("spec-template", f"{shown(node.text)}: {error}", node, fix)
        return node.text
    if len(text) > MOST_TEXT:
        findings.add("spec-template", f"{shown(node.text)} becomes longer than {MOST_TEXT} characters", node, _SHORT)
        return node.text
    return text


_SHORT = "shorten the text, or draw smaller values"


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    made = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, finalize=written
    )
    made.filters["tex"] = tex
    made.filters["text"] = written
    return made


# ---------------------------------------------------------------- values as text


def written(value: object) -> str:
    """A value as an answer would be typed: ``0.8``, ``2/3``, ``[1, 2]``, ``[[1, 2], [3, 4]]``.

    Args:
        value: a number, text, or lists of them.
    """
    if isinstance(value, list | tuple):
        return f"[{', '.join(written(item) for item in value)}]"
    if isinstance(value, Fraction):
        return _decimal(value) or str(value)
    return str(value)


def tex(value: object) -> str:
    """A value in TeX: a list as a column, a list of lists as a matrix.

    Args:
        value: a number, text, or lists of them.
    """
    if isinstance(value, list | tuple):
        rows: Iterable[Any] = value
        lines = [" & ".join(tex(cell) for cell in (row if isinstance(row, list | tuple) else [row])) for row in rows]
        return "\\begin{pmatrix} " + r" \\ ".join(lines) + " \\end{pmatrix}"
    if isinstance(value, Fraction) and not _decimal(value):
        sign = "-" if value < 0 else ""
        return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    return written(value)


def _decimal(value: Fraction) -> str:
    """A fraction as a decimal that ends; "" for one that does not, or is long."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        places = max(places, power)
    if rest != 1 or places > _DIGITS:
        return ""
    if not places:
        return str(value.numerator)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
