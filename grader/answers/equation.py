"""An equation, equal up to rearrangement: satisfied by the same values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from pydantic import Field, model_validator

from grader.answers import _find
from grader.answers._expressions.finding import find_formulas
from grader.answers._expressions.formulas import Formula, formula_at, plain_tokens, scope_of
from grader.answers._slips import of_tree
from grader.answers._sympy import expression_text
from grader.answers.base import AnswerType, Comparison, Example, Match, Options, Slipped, brief
from grader.answers.expression import Names, domain_of, judged, spelled_names
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.deciding.curves import EQUALITIES, INEQUALITIES, Curve, difference_of
from grader.maths.deciding.equality import Outcome, Scalar
from grader.maths.deciding.solving import without_root, without_signs
from grader.maths.deciding.witnesses import HOLDS
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, other_reading, parse_relation, unreadable
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token
from grader.maths.rendering.render import render
from grader.maths.tree import Binary, Number, Relation, Symbol, symbols_in
from grader.maths.values.domain import Domain
from grader.records import Evidence, Rendered, Status, Witness

_C, _I, _U = Status.CORRECT, Status.INCORRECT, Status.UNREADABLE
_WHAT = "an equation"
_EITHER = frozenset({"or", "∨"})
_INTRODUCING = frozenset("where with here using letting let if when whenever provided assuming given as for".split())
_SIGNS = EQUALITIES | INEQUALITIES
_LINE: dict[str, Any] = {"variables": ["x", "y"]}


class EquationOptions(Options):
    """Options of an equation."""

    variables: Names = Field((), description="its symbols; they decide how “nd” is cut into letters")
    domain: str = Field("", description="what is known of them, e.g. “x > 0, n integer”; they are real numbers")
    rearranged: bool = Field(True, description="whether it may be rearranged; if not, only its sides may be swapped")

    @model_validator(mode="after")
    def _domain_reads(self) -> EquationOptions:
        domain_of(self.domain)
        return self

    @property
    def symbols(self) -> tuple[str, ...]:
        """The declared symbols as the lexer spells them."""
        return spelled_names(self.variables)

    @property
    def scope(self) -> Scope:
        """The scope in which answers are read."""
        return scope_of(self.symbols)


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation or inequality of two sides.

    Args:
        relation: as written; of a chain, the first and the last side.
        other: the same in another usual reading, such as 1/(2x) for ``1/2x``; None if there is none.
    """

    relation: Relation
    other: Relation | None = None


@dataclass(frozen=True, slots=True)
class Key(Equation):
    """The truth, ready to be compared with."""

    curve: Curve | None = field(default=None, compare=False)

    def __reduce__(self) -> tuple[type[Key], tuple[Relation]]:
        """Another process works the curve out again, which cannot be sent there."""
        return Key, (self.relation,)


class EquationType(AnswerType[EquationOptions, Equation]):
    """See the module."""

    name: ClassVar[str] = "equation"
    summary: ClassVar[str] = "an equation, equal up to rearrangement: satisfied by the same values"
    options_model: ClassVar[type[Options]] = EquationOptions
    examples: ClassVar[tuple[Example, ...]] = (
        Example("y = -x/2 + 3/4", "2x + 4y - 3 = 0", _C, "exact", _LINE, "solved for y"),
        Example(r"\frac{2x}{3} + \frac{4y}{3} = 1", "2x + 4y - 3 = 0", _C, "exact", _LINE, "its intercepts"),
        Example("The line is $4x + 8y = 6$.", "2x + 4y - 3 = 0", _C, "exact", _LINE, "doubled, in a sentence"),
        Example("y = x/2 + 3/4", "2x + 4y - 3 = 0", _I, "different", _LINE, "a sign; with a point that tells"),
        Example("(2x+4y-3)(x+y) = 0", "2x + 4y - 3 = 0", _I, "more", _LINE, "a second line is added"),
        Example("3x² + 4y² = 12", "x²/4 + y²/3 = 1", _C, "exact", _LINE, "an ellipse without fractions"),
        Example("y = ±√(25 - x²)", "x^2 + y^2 = 25", _C, "exact", _LINE, "both halves of the circle"),
        Example("y = √(25 - x²)", "x^2 + y^2 = 25", _I, "different", _LINE, "one half only"),
        Example("y = 1/x", "xy = 1", _C, "exact", _LINE, "x = 0 solves neither"),
        Example("x = 1", "x² = 1", _I, "fewer", {"variables": ["x"]}, "a solution is lost"),
        Example("x = 1 or x = -1", "x² = 1", _C, "exact", {"variables": ["x"]}, "all solutions, one by one"),
        Example("x = 1", "x² = 1", _C, "exact", {"variables": ["x"], "domain": "x > 0"}, "… unless x > 0"),
        Example("(x-5)(x-2)² = 0", "x² - 7x + 10 = 0", _I, "multiplicity", {"variables": ["x"]}, "a double zero"),
        Example("f(x + y) = x y", "1/x + 1/y = 1/f", _C, "exact", {"variables": "x, y, f", "domain": "x > 0, y > 0"}),
        Example("x = ln(y)", "y = e^x", Status.UNDECIDED, "undecided", _LINE, "a step that is not worked out"),
        Example("2y = 2e^x + 2√x", "y = e^x + √x", _C, options=_LINE, why="a constant factor"),
        Example("y = e^x - √x", "y = e^x + √x", _I, options=_LINE, why="a sign"),
        Example("2x < 6", "x - 3 < 0", _C, "exact", {"variables": ["x"]}, "an inequality, halved"),
        Example("-2x < -6", "x - 3 < 0", _I, "direction", {"variables": ["x"]}, "multiplied by −2 without turning it"),
        Example("2x + 4y - 3 ≤ 0", "2x + 4y - 3 = 0", _I, "kind", _LINE, "a half-plane"),
        Example("2x + 4y - 3", "2x + 4y - 3 = 0", _U, "", _LINE, "no equals sign"),
        Example("x + y = 1, x - y = 3", "x + y = 1", Status.UNDECIDED, "two_answers", _LINE, "two equations"),
        Example("2x + 4y = 3", "2x + 4y - 3 = 0", _I, "rearranged", {**_LINE, "rearranged": False}, "not as asked"),
        Example("0 = 4y + 2x - 3", "2x + 4y - 3 = 0", _C, "", {**_LINE, "rearranged": False}, "sides swapped"),
    )

    def key(self, value: object, options: EquationOptions) -> Equation:
        """See :meth:`AnswerType.key`."""
        text = value if isinstance(value, str) else _text_of(value)
        try:
            found = self.read(text, options)
        except AnswerError as error:
            raise _nonsense(
                f"cannot read {brief(text)!r} as an equation: {error.diagnostics[0].message}", "write left = right"
            ) from error
        curve = _curve(found, options)
        if curve.always:
            raise _nonsense(f"{brief(text)!r} holds for all values", "give an equation that some values do not satisfy")
        return Key(found.relation, None, curve)

    def read(self, text: str, options: EquationOptions) -> Equation:
        """See :meth:`AnswerType.read`."""
        scope = options.scope
        tokens = _find.strip_answer(plain_tokens(text, scope))
        try:
            found, after = formula_at(tokens, 0, scope)
        except NotAnExpressionError as error:
            raise unreadable(tokens, error.at, f"expected {error.expected}", _WHAT) from error
        if after < len(tokens) and tokens[after].text in _EITHER:
            joined = _either(found, tokens, after, scope)
            if joined is None or joined[1] < len(tokens):
                raise unreadable(tokens, after, "expected equations with “or” between them", _WHAT)
            return Equation(joined[0])
        system = _system_at(tokens, scope, after)
        if system is not None:
            raise unreadable(tokens, system, "one equation was asked for, not several", "one equation")
        if after < len(tokens):
            raise unreadable(tokens, after, "the equation should end here", _WHAT)
        if found.whole is None:
            raise unreadable(tokens, len(tokens), "an equation needs a sign such as “=” between two sides", _WHAT)
        relation = relation_of(found)
        if relation is None:
            raise unreadable(tokens, 0, "expected one equation of two sides", "one equation")
        if _is_step(tokenize(text), relation):
            raise unreadable(tokens, 0, "an equation was asked for, not a step that changes a variable", _WHAT)
        return Equation(relation, _other(found, tokens, 0, scope))

    def find(self, tokens: Sequence[Token], options: EquationOptions) -> Iterator[Match[Equation]]:
        """See :meth:`AnswerType.find`."""
        scope, declared = options.scope, set(options.symbols)
        passed = 0
        for match in find_formulas(tokens, scope):
            if match.first < passed:
                continue
            if match.value.whole is None or (relation := relation_of(match.value)) is None:
                continue
            if _is_step(tokens[match.first : match.last], relation):
                continue
            symbols = symbols_in(relation)
            if not symbols or (declared and not symbols & declared):
                continue  # a step in numbers, or a value of something else
            if _system_at(tokens[match.first : match.last], scope, match.last - match.first) is not None:
                continue
            if match.last < len(tokens) and tokens[match.last].text in _EITHER:
                joined = _either(match.value, tokens, match.last, scope)
                if joined is not None:
                    passed = joined[1]
                    yield Match(match.first, passed, Equation(joined[0]), match.symbol)
                continue
            other = _other(match.value, tokens, match.first, scope)
            yield Match(match.first, match.last, Equation(relation, other), match.symbol)

    def compare(self, answer: Equation, truth: Equation, options: EquationOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        curve = _curve(truth, options)
        outcome = _compared(answer, curve)
        if options.rearranged or not outcome.equal:
            return _judged(outcome)
        given = Curve(truth.relation, curve.domain, curve.declared).as_given(answer.relation)
        if given.equal is False:
            return Comparison(
                _I, Fraction(0), "rearranged", SLIPS["rearranged"], Evidence(outcome.method, outcome.bound)
            )
        return _judged(given)

    def same(self, one: Equation, other: Equation, options: EquationOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        if one.relation == other.relation and one.other == other.other:
            return True
        return _compared(other, _curve(one, options)).equal

    def slips(self, truth: Equation, options: EquationOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        return of_tree(truth.relation, lambda node: None)

    def render(self, value: Equation, options: EquationOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return render(value.relation)


def relation_of(found: Formula) -> Relation | None:
    """The equation that a formula is: of a chain its first and last side, where the others are equal to the last.

    Args:
        found: a formula with a relation.

    Returns:
        The relation; None where it is a system, or a statement of another kind.
    """
    whole = found.whole
    if whole is None:
        return None
    items, signs = list(whole.items), list(whole.signs)
    while len(signs) > 1 and signs[-1] == "≈":
        items.pop()
        signs.pop()
    if len(signs) == 1:
        return Relation((items[0], items[1]), (signs[0],)) if signs[0] in _SIGNS else None
    if any(sign != "=" for sign in signs) or len(items) > _LONGEST_CHAIN:
        return None
    last = items[-1]
    scalar = Scalar(last, domain_of(""))
    if all(scalar.compare(item).equal for item in items[1:-1]):
        return Relation((items[0], last), ("=",))
    return None


def _is_step(tokens: Sequence[Token], relation: Relation) -> bool:
    """Whether a variable gets a new value made of its old one, ``θ ← θ - g``, which is no equation."""
    left, right = relation.items
    arrow = any(token.text == "←" for token in tokens)
    return arrow and isinstance(left, Symbol) and left.full in symbols_in(right)


_LONGEST_CHAIN = 12


def _other(found: Formula, tokens: Sequence[Token], at: int, scope: Scope) -> Relation | None:
    if found.other is None:
        return None
    while at < len(tokens) and tokens[at].text in ("&", "\n"):
        at += 1
    try:
        node = other_reading(tokens, at, scope)
    except NotAnExpressionError:
        return None
    return relation_of(Formula(found.node, "", node)) if isinstance(node, Relation) else None


def _either(first: Formula, tokens: Sequence[Token], at: int, scope: Scope) -> tuple[Relation, int] | None:
    """One equation for several with “or” between them: the product of their differences is 0.

    Args:
        first: the formula before the first “or”.
        tokens: of the text.
        at: index of the first “or”.
        scope: the symbols.

    Returns:
        The equation and the index past it; None if something else follows an “or”.
    """
    relation = relation_of(first)
    if relation is None or relation.signs != ("=",):
        return None
    left, product = relation.items[0], difference_of(relation)
    for _ in range(_LONGEST_CHAIN):
        if at >= len(tokens) or tokens[at].text not in _EITHER:
            break
        try:
            found, at = formula_at(tokens, at + 1, scope)
        except NotAnExpressionError:
            return None
        following = relation_of(found) if found.whole is not None else Relation((left, found.node), ("=",))
        if following is None or following.signs != ("=",):
            return None
        product = Binary("*", product, difference_of(following))
    return Relation((product, Number(Fraction(0), "0")), ("=",)), at


def _system_at(tokens: Sequence[Token], scope: Scope, after: int) -> int | None:
    """Index of the token at which a second equation is set beside the first; None if there is but one.

    What follows “where”, “for” and the like, and values of symbols that are not declared, are no second equations.
    """
    depth = 0
    for at, token in enumerate(tokens[: min(after + 1, len(tokens))]):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth or not (token.kind in (Kind.SEP, Kind.NEWLINE) or token.text in ("and", "or", "∧", "∨")):
            continue
        start = at + 1
        while start < len(tokens) and tokens[start].kind in (Kind.SEP, Kind.NEWLINE):
            start += 1
        if start >= len(tokens) or tokens[start].text.lower() in _INTRODUCING:
            return None
        defines = bool(scope.known) and tokens[start].symbol not in scope.known and start + 1 < len(tokens)
        if defines and tokens[start].kind is Kind.NAME and tokens[start + 1].text == "=" and len(scope.known) > 2:
            continue
        try:
            node, _ = parse_relation(tokens, start, scope)
        except NotAnExpressionError:
            return None
        return start if isinstance(node, Relation) and "=" in node.signs else None
    return None


def _curve(truth: Equation, options: EquationOptions) -> Curve:
    if isinstance(truth, Key) and truth.curve is not None:
        return truth.curve
    domain = domain_of(options.domain)
    return Curve(_plain(truth.relation, domain), domain, options.symbols)


def _plain(relation: Relation, domain: Domain) -> Relation:
    """A relation without “±”, and squared where that loses and adds nothing."""
    return without_root(without_signs(relation), domain)


def _compared(answer: Equation, curve: Curve) -> Outcome:
    outcome = curve.compare(_plain(answer.relation, curve.domain))
    if answer.other is not None and curve.compare(_plain(answer.other, curve.domain)).equal != outcome.equal:
        return Outcome(None, "none", why="it can be read in two ways; brackets would tell which is meant")
    return outcome


def _text_of(value: object) -> str:
    """A SymPy relation as text."""
    left, right, sign = (getattr(value, name, None) for name in ("lhs", "rhs", "rel_op"))
    if left is None or right is None:
        raise _nonsense(f"expected an equation, found {type(value).__name__} {brief(value)}", "return left = right")
    return f"{expression_text(left)} {'=' if sign == '==' else sign} {expression_text(right)}"


def _nonsense(says: str, fix: str) -> SpecError:
    return SpecError(author_error("solver-nonsense", f"the truth: {says}", fix=fix))


SLIPS = {
    "different": "The two equations have different solutions.",
    "more": "This equation has solutions that the expected one has not.",
    "fewer": "This equation lacks solutions of the expected one.",
    "always": "This equation holds for all values.",
    "kind": "The sign between the sides is of another kind than the expected one.",
    "direction": "The two inequalities hold for different values.",
    "strict": "Check whether equality is allowed.",
    "multiplicity": "The solutions are right, but a factor occurs another number of times.",
    "rearranged": "The equation is right, but was to be given in its own form, without rearranging it.",
}
"""What each way of being wrong tells the writer of the answer."""


def _judged(outcome: Outcome) -> Comparison:
    if outcome.equal is None:
        says = f"Whether this is the right equation could not be settled ({outcome.why}); a person will look."
        return Comparison(Status.UNDECIDED, None, "undecided", says, Evidence(outcome.method, outcome.bound))
    if outcome.equal:
        return judged(outcome)
    reason = outcome.relation or "different"
    says = SLIPS.get(reason, SLIPS["different"])
    witness = None
    if (found := outcome.difference) is not None:
        witness = Witness(found.at, found.yours, found.expected)
        where = ", ".join(f"{name} = {value}" for name, value in found.at)
        if reason == "multiplicity":
            says = f"{says} It is {found.at[0][1]}: {found.yours}, expected {found.expected}."
        elif found.expected in (HOLDS, "it holds"):
            says = f"{says} For example, {where} satisfies the expected one, but here {found.yours}."
        else:
            says = f"{says} For example, {where} satisfies this one, but not the expected one ({found.expected})."
    return Comparison(_I, Fraction(0), reason, says, Evidence(outcome.method, outcome.bound, witness))


TYPE = EquationType()
