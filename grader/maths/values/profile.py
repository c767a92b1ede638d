"""What an expression is made of: its variables and indices, and which arithmetic can decide it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from grader.maths.reading.subscripts import index_names
from grader.maths.tree import Big, Binary, Call, Cases, Matrix, Node, Number, Symbol, Unary, children

COUNTING = frozenset("i j k l ℓ m n N L M T t r q τ".split())
"""Letters that stand for whole numbers where they occur in an exponent."""

_RATIONAL_CALLS = frozenset({"binom", "indicator", "tr", "det", "diag", "dot", "pinv", "vec", "entry", "rank"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What an expression is made of.

    Args:
        free: full names of its symbols, but for bound indices and those that carry them.
        families: names that occur with an index, such as x in ``Σ x_i``.
        whole: symbols that are whole numbers: bounds, arguments of factorials, exponents.
        rational: it is made of sums, products, quotients and whole powers alone.
        absolute: it holds an absolute value.
        arrays: it holds matrices, lists, transposes or the like.
        plural: it holds ±, and so stands for two values.
        imaginary: it holds i as a number, by itself or in sums and products.
    """

    free: frozenset[str]
    families: frozenset[str]
    whole: frozenset[str]
    rational: bool
    absolute: bool
    arrays: bool
    plural: bool = False
    imaginary: bool = False


def profile(node: Node, *, diagonals: bool = True, functions: Collection[str] = ()) -> Profile:
    """What an expression is made of.

    Args:
        node: the expression.
        diagonals: look inside ``diag``, too, where an open index is bound.
        functions: names of functions of which nothing is known, and which so have a value mod p.
    """
    walker = _Walker(functions)
    walker.diagonals = diagonals
    walker.visit(node, frozenset())
    free = frozenset(walker.free) - {"π", "e", "∞", "…"}
    whole = frozenset(walker.whole) | frozenset(name for name in walker.exponents if name.partition("_")[0] in COUNTING)
    rational = walker.rational and not (walker.exponents - whole) and "π" not in walker.free and "e" not in walker.free
    families = frozenset(walker.families)
    imaginary = "i" in free and "i" not in whole and "i" not in walker.raised
    return Profile(free, families, whole & free, rational, walker.absolute, walker.arrays, walker.plural, imaginary)


class _Walker:
    def __init__(self, functions: Collection[str] = ()) -> None:
        self.functions = functions
        self.free: set[str] = set()
        self.families: set[str] = set()
        self.whole: set[str] = set()
        self.exponents: set[str] = set()
        self.rational = True
        self.absolute = False
        self.arrays = False
        self.diagonals = True
        self.plural = False
        self.raised: set[str] = set()

    def visit(self, node: Node, bound: frozenset[str]) -> None:
        kind = type(node)
        if kind is Number:
            return
        if isinstance(node, Symbol):
            self.symbol(node, bound)
        elif isinstance(node, Binary):
            self.plural = self.plural or node.op == "±"
            self.visit(node.left, bound)
            if node.op == "^":
                if isinstance(node.left, Symbol):
                    self.raised.add(node.left.full)
                self.exponent(node.right, bound)
            else:
                self.visit(node.right, bound)
        elif isinstance(node, Big):
            inside = bound | {node.over} if node.over else bound
            for side in (node.low, node.high):
                if side is not None:
                    self.counting(side, bound)
            self.visit(node.body, inside)
            self.rational = self.rational and node.op in ("Σ", "Π")
        elif isinstance(node, Unary):
            if node.op == "!":
                self.counting(node.operand, bound)
            else:
                self.plural = self.plural or node.op == "±"
                self.arrays = self.arrays or node.op == "ᵀ"
                self.rational = self.rational and node.op in ("-", "%", "ᵀ")
                self.visit(node.operand, bound)
        else:
            self.other(node, bound)

    def other(self, node: Node, bound: frozenset[str]) -> None:
        if isinstance(node, Call):
            self.absolute = self.absolute or node.function in ("abs", "sign", "max", "min", "norm")
            self.arrays = self.arrays or node.function in ("diag", "tr", "det", "norm", "pinv", "dot", "softmax", "vec")
            self.rational = self.rational and (node.function in _RATIONAL_CALLS or node.function in self.functions)
            if node.function == "diag" and not self.diagonals:
                return
            if node.function in ("binom", "indicator"):
                for argument in node.arguments:
                    self.counting(argument, bound)
                return
        elif isinstance(node, Cases):
            for condition in node.conditions:
                if condition is not None:
                    self.counting(condition, bound)
            for value in node.values:
                self.visit(value, bound)
            return
        else:
            self.arrays = self.arrays or isinstance(node, Matrix)
        for child in children(node):
            self.visit(child, bound)

    def symbol(self, node: Symbol, bound: frozenset[str]) -> None:
        if node.sub:
            indices = index_names(node.sub)
            if indices & bound:
                self.families.add(node.name)
                self.free.update(indices - bound)
                self.whole.update(indices - bound)
                return
        elif node.name in bound:
            return
        self.free.add(node.full)

    def exponent(self, node: Node, bound: frozenset[str]) -> None:
        inner = _Walker(self.functions)
        inner.visit(node, bound)
        self.free |= inner.free
        self.families |= inner.families
        self.whole |= inner.whole
        whole_number = isinstance(node, Number) and node.value.denominator == 1
        negative = isinstance(node, Unary) and isinstance(node.operand, Number) and node.operand.value.denominator == 1
        if not whole_number and not negative:
            self.exponents |= inner.free | inner.exponents
            self.rational = self.rational and _is_whole(node)
        self.absolute = self.absolute or inner.absolute
        self.arrays = self.arrays or inner.arrays

    def counting(self, node: Node, bound: frozenset[str]) -> None:
        """A part that is a whole number, and so are its symbols."""
        inner = _Walker(self.functions)
        inner.visit(node, bound)
        self.free |= inner.free
        self.families |= inner.families
        self.whole |= inner.free | inner.whole


def _is_whole(node: Node) -> bool:
    """Whether an exponent is made of symbols and whole numbers by sums, differences and products."""
    if isinstance(node, Number):
        return node.value.denominator == 1
    if isinstance(node, Symbol):
        return True
    if isinstance(node, Unary):
        return node.op == "-" and _is_whole(node.operand)
    return isinstance(node, Binary) and node.op in ("+", "-", "*") and _is_whole(node.left) and _is_whole(node.right)
