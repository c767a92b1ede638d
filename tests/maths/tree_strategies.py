"""Random trees of the whole grammar, as the parser makes them.

Some pairs of trees are written in the same way; the parser makes one of each, and so do these strategies.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_relation
from grader.maths.reading.scope import Scope, formulas_in
from grader.maths.tree import Big, Binary, Call, Cases, Listing, Matrix, Node, Number, Relation, Symbol, Unary, walk

MATRICES = ("A", "B", "K", "X", "U", "Σ", "p", "q")
SCOPE: Scope = formulas_in((*"n d L m x y z λ σ μ θ ε ℓ cost e".split(), *MATRICES), MATRICES, ("f", "F", "gain"))
FREE: Scope = formulas_in(())
"""A scope that has been told nothing: neither matrices nor functions."""


def reread(text: str, scope: Scope = SCOPE) -> Node:
    """The tree that a whole text says."""
    tokens = tokenize(text)
    node, after = parse_relation(tokens, 0, scope)
    assert after == len(tokens), f"reading {text!r} stopped at {tokens[after].text!r}"
    return node


def plain(node: object) -> object:
    """A tree with the texts of its numbers left out, so that ``0.5`` and ``.5`` are the same."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, tuple):
        return (type(node).__name__, *(plain(part) for part in node))
    return node


def number(value: int) -> Number:
    """The literal of a natural number."""
    return Number(Fraction(value), str(value))


NUMBERS: st.SearchStrategy[Node] = (
    st.integers(0, 20).map(number)
    | st.integers(0, 400).map(lambda n: Number(Fraction(n, 100), f"{n // 100}.{n % 100:02d}"))
    | st.sampled_from([
        Number(Fraction(1, 2), "½"), Number(Fraction(3, 2), "1½"), Number(Fraction(7, 20000), "3.5e-4"),
        Number(Fraction(1, 2), ".5"), Number(Fraction(3000), "3e3"),
    ])
)  # fmt: skip

_LETTERS = [*"ndLmxyzabcegikrstuvwABCDEKMNPQTXUHIλσμθεαβπδωΣℓ"]
SYMBOLS: st.SearchStrategy[Node] = (
    st.sampled_from(_LETTERS).map(Symbol)
    | st.builds(Symbol, st.sampled_from(_LETTERS), st.sampled_from("0 1 12 i j ij n T ℓ i,j i+1 i-1 λ max -1".split()))
    # no prime stands on a declared matrix, where it transposes
    | st.builds(Symbol, st.sampled_from("m′ x̂ ȳ σ̂ x̃ θ′ x′′ cost".split()), st.sampled_from(["", "", "i", "0", "ℓ"]))
    | st.builds(Symbol, st.sampled_from(["x⁽1⁾", "x⁽k⁾", "θ⁽10⁾", "m′⁽2⁾", "x̂⁽q⁾"]), st.sampled_from(["", "i", "0"]))
    | st.sampled_from([Symbol("∞"), Symbol("∇"), Symbol("∂")])
)  # fmt: skip
LEAVES = NUMBERS | SYMBOLS
"""Literals and symbols."""

_LETTERED = st.sampled_from([*"ndmxk"]).map(Symbol)
_BOUNDS: st.SearchStrategy[Node] = st.one_of(  # what stands below a sign is short and without braces
    st.integers(0, 12).map(number), _LETTERED,
    st.builds(Binary, st.sampled_from("+-"), _LETTERED, st.integers(1, 3).map(number)),
    st.builds(Binary, st.just("*"), _LETTERED, _LETTERED).filter(lambda node: node.left < node.right),
    st.builds(Unary, st.just("-"), _LETTERED), st.builds(Binary, st.just("/"), _LETTERED, st.just(number(2))),
)  # fmt: skip
_PLACES: st.SearchStrategy[Node] = (
    st.integers(0, 12).map(number)
    | st.sampled_from([*"ijkℓ"]).map(Symbol)
    | st.just(Binary("*", Symbol("i"), Symbol("j")))
    | st.builds(lambda a, b: Listing("{", (Symbol(a), Symbol(b))), st.sampled_from("ik"), st.sampled_from("jℓ"))
)

FUNCTIONS = (
    "exp sin cos tan sinh cosh tanh arcsin arccos arctan log abs norm diag tr det rank vec softmax sigmoid sign floor "
    "ceil sec csc cot coth sech csch arcsec arsinh arcosh artanh relu pinv sqrt f F gain max min"
).split()
_OF_SEVERAL = "max min gcd lcm binom hypot dot diag f gain".split()
_SIGNS = "= ≠ < ≤ > ≥ ∈ ∉ ≈".split()


def _is_argument(node: Node) -> bool:
    """A single tuple or set is the arguments of a function, and not the first of them."""
    return not (isinstance(node, Listing) and node.bracket in "({")


def _unary(op: str, operand: Node) -> Node:
    """A sign belongs to the first factor of a product or quotient: ``-xy`` is (-x)·y."""
    if op in "-±" and isinstance(operand, Binary) and operand.op in "*/∘⊗":
        return operand._replace(left=_unary(op, operand.left))
    if op == "ᵀ" and isinstance(operand, Number) and operand.text == "1":
        return Unary(op, Symbol("𝟙"))  # a transposed 1 is the vector of ones
    return Unary(op, operand)


def _power(base: Node, power: Node) -> Node:
    """``sin⁻¹`` is the inverse function."""
    return Binary("^", base, number(2) if isinstance(base, Call) and power == Unary("-", number(1)) else power)


def _listing(bracket: str, items: list[Node]) -> Node:
    """A list of lists of one length is a matrix; one of pairs in round brackets too."""
    rows = {len(item.items) if isinstance(item, Listing) and item.bracket == "[" else 0 for item in items}
    if bracket in "([" and len(rows) == 1 and rows != {0}:
        return Matrix(tuple(item.items for item in items if isinstance(item, Listing)))
    return Listing(bracket, tuple(items))


def _entry(matrix: Node, place: Node) -> Node:
    """What is below a norm says which norm it is."""
    named = isinstance(matrix, Call) and matrix.function == "norm"
    return matrix if named else Call("entry", (matrix, place))


def _rows(rows: int, columns: int, entries: list[Node]) -> Node:
    """A list as an entry would be a row of a matrix within the matrix."""
    entries = [Listing("(", e.items) if isinstance(e, Listing) and e.bracket == "[" else e for e in entries]
    return Matrix(tuple(tuple(entries[(i * columns + j) % len(entries)] for j in range(columns)) for i in range(rows)))


def _says_no_index(node: Node) -> bool:
    """A sum without an index takes it from the subscripts of what it sums."""
    places = {here.sub for here in walk(node) if isinstance(here, Symbol)}
    entries = any(isinstance(here, Call) and here.function == "entry" for here in walk(node))
    return not entries and not any(sub and set(sub) <= set("ijkltℓ,") for sub in places)


def relations(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Chains of relations between expressions."""
    return st.lists(inner, min_size=2, max_size=3).flatmap(
        lambda items: st.lists(st.sampled_from(_SIGNS), min_size=len(items) - 1, max_size=len(items) - 1).map(
            lambda signs: Relation(tuple(items), tuple(signs))
        )
    )


def _grow(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    single = inner.filter(_is_argument)
    condition = relations(inner)
    dots = st.just(Symbol("…"))
    short = st.none() | _BOUNDS
    case = st.tuples(inner, st.none() | condition)
    return st.one_of(
        st.builds(_unary, st.sampled_from("-±!%°ᵀ-ᵀ"), inner),
        st.builds(Binary, st.sampled_from("+-*/+-*/**±∘⊗"), inner, inner),
        st.builds(Binary, st.sampled_from("***+-/"), inner, inner),
        st.builds(_power, inner, inner | st.integers(-3, 12).map(_integer)),
        st.builds(lambda name, a: Call(name, (a,)), st.sampled_from(FUNCTIONS), single),
        st.builds(lambda name, a, b: Call(name, (a, b)), st.sampled_from(_OF_SEVERAL), inner, inner),
        st.builds(lambda a, b: Call("log", (a,), b), single, st.integers(2, 12).map(number) | _LETTERED),
        st.builds(lambda a, b: Call("sqrt", (a,), b), inner, st.integers(3, 6).map(number) | inner),
        st.builds(lambda a, b: Call("norm", (a,), b), inner, st.sampled_from([number(2), Symbol("F"), Symbol("∞")])),
        st.builds(_entry, inner, _PLACES),
        st.builds(lambda a: Call("indicator", (a,)), condition),
        st.builds(Big, st.sampled_from("ΣΠ"), inner, st.sampled_from("ijkℓ"), short, st.none() | inner),
        st.builds(Big, st.sampled_from("ΣΠ"), inner.filter(_says_no_index), st.just(""), st.none(), st.none() | inner),
        st.builds(Big, st.sampled_from(["max", "min"]), inner, st.sampled_from("ijkℓ"), short, short),
        st.builds(_rows, st.integers(1, 3), st.integers(1, 3), st.lists(inner | dots, min_size=1, max_size=4)),
        st.builds(_listing, st.sampled_from("([{"), st.lists(inner, max_size=3)),
        st.builds(lambda a, b: Listing("[", (a, Symbol("…"), b)), inner, inner),
        st.lists(case, min_size=1, max_size=3).map(
            lambda found: Cases(tuple(value for value, _ in found), tuple(where for _, where in found))
        ),
    )  # fmt: skip


def _integer(value: int) -> Node:
    return Unary("-", number(-value)) if value < 0 else number(value)


_FORMULAS: st.SearchStrategy[Node] = st.recursive(LEAVES, _grow, max_leaves=8)
FORMULAS: st.SearchStrategy[Node] = st.integers(0, 0).flatmap(lambda _: _FORMULAS)  # which has a short name
"""Expressions of the whole grammar; most of them make no sense."""

STATEMENTS: st.SearchStrategy[Node] = FORMULAS | relations(FORMULAS)
"""Expressions, and chains of relations between them."""
