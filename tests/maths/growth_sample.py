"""What the tests of growth share: trees from Python's own notation, and relations by name."""

from __future__ import annotations

import ast
from fractions import Fraction

from grader.maths.growth.assume import Assumption, setting
from grader.maths.growth.decide import Relation, positive, relate
from grader.maths.growth.scale import NegativeError, UndecidedError
from grader.maths.growth.sums import Reading
from grader.maths.growth.terms import read
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary

_OPS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}


def tree(source: str) -> Node:
    """A tree from Python's notation; ``log(x, 2)`` has base 2, ``fact(n)`` is n!."""
    return _node(ast.parse(source, mode="eval").body)


def _node(node: ast.expr) -> Node:
    if isinstance(node, ast.BinOp):
        return Binary(_OPS[type(node.op)], _node(node.left), _node(node.right))
    if isinstance(node, ast.UnaryOp):
        return Unary("-", _node(node.operand))
    if isinstance(node, ast.Constant):
        return Number(Fraction(str(node.value)), str(node.value))
    if isinstance(node, ast.Name):
        return Symbol(node.id)
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    arguments = tuple(_node(argument) for argument in node.args)
    if node.func.id == "fact":
        return Unary("!", arguments[0])
    if node.func.id in ("log", "sqrt"):
        return Call(node.func.id, arguments[:1], arguments[1] if len(arguments) > 1 else None)
    return Call(node.func.id, arguments)


def assumed(*lines: str) -> Reading:
    """A reading under assumptions such as ``d <= n``, ``d << n``, ``L = 2**N``, ``n ~ d`` and ``m constant``."""
    out = []
    for line in lines:
        for sign, name in (("<=", "≤"), ("<<", "≪"), ("~", "~"), ("=", "=")):
            if sign in line:
                left, right = line.split(sign)
                out.append(Assumption(name, tree(left.strip()), tree(right.strip())))
                break
        else:
            out.append(Assumption("constant", tree(line.split()[0])))
    return setting(out)


def relation(answer: str, truth: str, *assumptions: str) -> Relation:
    """How one function compares with another one; UndecidedError and NegativeError come through."""
    reading = assumed(*assumptions)
    expected = positive(read(tree(truth), reading), reading)
    reading.lower = False
    return relate(positive(read(tree(answer), reading), reading), expected, reading)


def reason(answer: str, truth: str, *assumptions: str) -> str:
    """The relation's name, ``undecided`` and ``negative`` included."""
    try:
        return relation(answer, truth, *assumptions).reason
    except UndecidedError:
        return "undecided"
    except NegativeError:
        return "negative"
