"""Growth keys of the bank are singled out by counts: a class that is one factor off is refused by `grade verify`.

That the keys themselves stand, by the counts of both functions, is among what `grade verify` says on the README's page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from shared import own_course

from grader.answers import get_type
from grader.answers._growth.read import Bound
from grader.maths.rendering.render import render
from grader.maths.tree import Binary, Call, Node, Number, Symbol, symbols_in
from grader.records import Part, Problem
from grader.scoring.proofs import prove
from grader.scoring.truth import key_truth

ROOT = Path(__file__).resolve().parents[1]
PARTS = {
    f"{problem.id}/{part.id}": (problem, part)
    for problem in own_course().problems
    for part in problem.parts
    if part.type == "growth"
}

NAMED = {
    "ssm-kernels/c.conv": ["log(L)*log(d)", "log(L)", "log(d)", "log(L) + log(n)", "log(L) + log(d) + log(n)"],
    "ssm-kernels/c.naive": ["L", "log(L)*log(n)", "L + log(n)", "L*n"],
    "ssm-kernels/d.depth": ["log(L) + log(n)", "log(L)^2*log(n)", "log(L)", "log(L)*log(n)^2"],
    "ssm-kernels/d.work": ["n^3*L", "n^2*L", "n^3*log(L)", "n^3 + n^2*L", "n^3*L*log(L)"],
    "ssm-kernels/e.depth": ["log(L)*log(n)", "log(L)", "log(n)"],
    "ssm-kernels/e.work": ["n*L*log(L)", "n + L", "n^2*L"],
    "ssm-kernels/f.depth": ["log(L)*log(n)", "log(L)", "log(n)"],
    "ssm-kernels/f.work": ["n*L", "n", "L", "n + L*log(L)", "n*log(n) + L"],
    "ssm-variants/a": ["1", "L", "log(L)^2", "log(L) + log(n)"],
    "ssm-variants/b": ["L", "log(L)*log(n)", "L + log(n)"],
    "ridge-attention/f.work": ["n*d^3", "n^2*d", "n^2*d^2", "n*d", "n*d^2*log(d)", "n*d^2*log(n)"],
    "ridge-attention/f.depth": ["n", "n*log(n)", "n*d", "log(n) + d", "n + log(d)"],
    "critical-paths/a": ["log(L) + log(d)", "log(L)*log(d)", "log(L)^2", "L"],
    "critical-paths/b": ["L*log(n)", "log(L)", "log(L) + log(n)", "log(L)^2*log(n)"],
    "critical-paths/c": ["n^3*log(L) + n^2*L", "n^3*L*log(L)", "n^2*L", "n^3*log(L)"],
    "critical-paths/d": ["log(L)^2*log(n)", "log(L) + log(n)"],
    "critical-paths/e": ["n^3*L", "n^3*log(L)", "n^3*L*log(L)^2"],
    "critical-paths/f": ["n*log(d)", "log(n) + log(d)", "d", "log(n)", "log(n) + d*log(d)", "d*log(n)"],
    "critical-paths/g": ["n*d^2", "d^3", "n*d^3", "n*d + d^3", "n^2*d + d^3"],
    "critical-paths/h": ["n*log(d)", "n + d", "log(n)", "d", "d*log(n)"],
    "grid-rnn/b.iii": ["G", "G*log(H)", "G*log(H) + G*log(D)", "G^2*log(H)", "G + log(H) + log(D)", "G*H + log(D)"],
    "critical-paths/i": ["n*d^2", "n*d^2*log(n)", "n*d^3*log(n)", "n*d^3*log(d)"],
}
"""Wrong classes that people give, by part."""


def terms_of(node: Node) -> list[Node]:
    """The terms of a sum."""
    return [*terms_of(node.left), *terms_of(node.right)] if isinstance(node, Binary) and node.op == "+" else [node]


def joined(op: str, nodes: list[Node]) -> Node:
    """Nodes joined by one operation; 1 if there are none."""
    found: Node = nodes[0] if nodes else Number(1)
    for node in nodes[1:]:
        found = Binary(op, found, node)
    return found


def mutants(part: Part) -> Iterator[str]:
    """Keys that are one term or factor off: a term lost, sums and products swapped, a factor more or less."""
    bound = key_truth(part).value
    assert isinstance(bound, Bound)
    terms = terms_of(bound.node)
    found = [joined("+", terms[:at] + terms[at + 1 :]) for at in range(len(terms))] if len(terms) > 1 else []
    if len(terms) > 1:
        found.append(joined("*", terms))
    for name in part.options.variables:
        for factor in (Symbol(name), Call("log", (Symbol(name),))):
            found.append(Binary("+", bound.node, factor))
            for at, term in enumerate(terms):
                for op in "*/" if name in symbols_in(term) else "*":
                    found.append(joined("+", [*terms[:at], Binary(op, term, factor), *terms[at + 1 :]]))
    for node in found:
        yield render(node).unicode.replace("ln(", "log(")


def wrong_keys() -> Iterator[tuple[str, str]]:
    """Parts with keys that are another class than theirs under what they assume."""
    growth = get_type("growth")
    for name, (_, part) in PARTS.items():
        truth = key_truth(part).value
        for text in dict.fromkeys([*NAMED.get(name, []), *mutants(part)]):
            key = growth.key(text, part.options)
            if growth.same(key, truth, part.options) is False:
                yield name, text


def refused(problem: Problem, part: Part) -> bool:
    """Whether counts contradict the key of a part, or fit another class as well."""
    told = [found.message for found in prove(ROOT, problem, part, "solve").diagnostics]
    assert all("do not bear out" in message for message in told), told
    return bool(told)


@pytest.mark.parametrize(("name", "key"), list(wrong_keys()))
def test_a_key_that_is_one_factor_off_is_refused(name: str, key: str) -> None:
    """Whether it is too small, too loose or neither."""
    problem, part = PARTS[name]
    assert refused(problem, replace(part, key=key)), key
