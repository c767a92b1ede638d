"""A growth class: O, Θ or Ω of a function of several variables, under assumptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from grader.answers import _find
from grader.answers._expressions.instances import identifier
from grader.answers._growth import counts as _growth_counts
from grader.answers._growth.definitions import definitions, needed, put_in, split_off
from grader.answers._growth.phrases import find_phrases, phrase_at
from grader.answers._growth.read import (
    HEADS,
    WHAT,
    Bound,
    Run,
    find_classes,
    find_costs,
    read_bound,
    read_error,
)
from grader.answers._growth.spoken import unframed
from grader.answers._growth.verdict import compared, relation, setting_of
from grader.answers._numbers.numeric import Exact
from grader.answers._slips import of_tree, other_growth
from grader.answers.base import AnswerType, Comparison, Example, Instance, Match, Options, Slipped
from grader.diagnostics import AnswerError, SpecError, author_error
from grader.maths.growth.assume import AssumptionError
from grader.maths.growth.judge import EQUAL, check_assumptions, read_positive
from grader.maths.growth.scale import NegativeError, UndecidedError
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import unreadable
from grader.maths.reading.tokens import Token, text_at
from grader.maths.rendering.render import inner, math, operator, render, row
from grader.maths.tree import Binary, Call, Symbol, symbols_in
from grader.records import Evidence, Rendered, Status

_LN = re.compile(r"(?<![A-Za-z])ln(?=[⁰¹²³⁴⁵⁶⁷⁸⁹]*\()")
"""A natural logarithm as it is shown; in a cost, the base does not matter."""

_BOUNDS = {
    "o": "O", "big-o": "O", "big o": "O", "bigo": "O", "upper": "O", "θ": "Θ", "theta": "Θ", "big-theta": "Θ",
    "big theta": "Θ", "tight": "Θ", "ω": "Ω", "omega": "Ω", "big-omega": "Ω", "big omega": "Ω", "lower": "Ω",
}  # fmt: skip


def _bound(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(f"expected Θ, O or Ω, found {value!r}")
    found = _BOUNDS.get(value.strip().removeprefix("\\").lower())
    if found is None:
        raise ValueError(f"expected Θ, O or Ω, found {value!r}")
    return found


def _names(value: object) -> object:
    """Names of variables, as a list or with commas, in the lexer's spelling."""
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        raise ValueError("expected a list of names")
    out = []
    for item in items:
        tokens = tokenize(str(item))
        if not tokens:
            raise ValueError(f"expected the name of a variable, found {item!r}")
        out.append(tokens[0].symbol if len(tokens) == 1 else str(item).strip())
    return tuple(out)


def _lines(value: object) -> object:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


_TEXTS = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})


class GrowthOptions(Options):
    """Options of a growth class."""

    bound: Annotated[Literal["Θ", "O", "Ω"], BeforeValidator(_bound)] = Field(
        "Θ", description="what is asked: Θ (tight, the default), O (upper) or Ω (lower); “theta”, “big-o” … work too"
    )
    variables: Annotated[tuple[str, ...], BeforeValidator(_names), _TEXTS] = Field(
        (), description="names of the variables; they decide how “nd²” is cut into letters, and all of them grow"
    )
    assume: Annotated[tuple[str, ...], BeforeValidator(_lines), _TEXTS] = Field(
        (), description="what is known of them: “d <= n”, “L = 2^N”, “m constant”, “d = O(n)”, “n ~ d”"
    )
    form: Literal["", "simplified"] = Field("", description="“simplified”: constant factors and idle terms cost marks")
    loose_credit: Annotated[Exact, Field(ge=0, le=1)] = Field(
        Fraction(1, 2), description="credit for a bound that holds but is not tight"
    )
    small_credit: Annotated[Exact, Field(ge=0, le=1)] = Field(
        Fraction(0), description="credit for a bound that does not hold because it is too small"
    )
    unsimplified_credit: Annotated[Exact, Field(ge=0, le=1)] = Field(
        Fraction(3, 4), description="credit for the right class in a longer form, where “form: simplified” is set"
    )

    @model_validator(mode="after")
    def _assumptions_hold(self) -> GrowthOptions:
        try:
            check_assumptions(setting_of(self.assume, self.variables))
        except AssumptionError as error:
            raise ValueError(str(error)) from error
        return self


_DN: dict[str, Any] = {"variables": ["n", "d"], "assume": ["d <= n"]}
_L: dict[str, Any] = {"variables": ["L", "d", "n"]}
_C, _P, _I, _U = Status.CORRECT, Status.PARTIAL, Status.INCORRECT, Status.UNDECIDED


class GrowthType(AnswerType[GrowthOptions, Bound]):
    """See the module."""

    name: ClassVar[str] = "growth"
    summary: ClassVar[str] = "a growth class: O, Θ or Ω of a function of several variables, under assumptions"
    draws_instances: ClassVar[bool] = False
    options_model: ClassVar[type[Options]] = GrowthOptions
    relations: ClassVar[frozenset[str]] = frozenset({"too_small", "too_loose", "incomparable", "negative"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example("O(n d^2)", "O(n d^2)", _C, "exact", _DN, "the class itself"),
        Example("$O(nd^2)$", "n d^2", _C, "exact", _DN, "declared variables cut “nd” into letters"),
        Example(r"$\mathcal{O}(n\,d^{2})$", "O(n d²)", _C, "exact", _DN, "LaTeX"),
        Example("O(d²·n)", "O(n d²)", _C, "exact", _DN, "Unicode, in another order"),
        Example("O(n d^2 + d^3)", "O(n d^2)", _C, "lower_order_terms", _DN, "d³ ≤ n d² where d ≤ n"),
        Example("O(n d^2 + d^3)", "O(n d^2)", _P, "too_loose", {"variables": ["n", "d"]}, "but not elsewhere"),
        Example("O(3 n d^2)", "O(n d^2)", _C, "constant_factor", _DN, "constant factors do not count"),
        Example("O(3 n d^2)", "O(n d^2)", _P, "constant_factor", {**_DN, "form": "simplified"}, "unless asked"),
        Example("O(n^2 d^2)", "O(n d^2)", _P, "too_loose", _DN, "a bound that holds and is not tight"),
        Example("O(d^4)", "O(n d^2)", _I, "incomparable", _DN, "smaller for small d, larger for d = n"),
        Example("O(1)", "O(n d^2)", _I, "too_small", _DN, ""),
        Example("O(log(dL))", "Θ(log L + log d)", _C, "exact", _L, "a logarithm of a product is a sum"),
        Example("O(max(log L, log d))", "Θ(log L + log d)", _C, "exact", _L, "a maximum is a sum, up to a factor"),
        Example("O(log L)", "Θ(log L + log d)", _I, "too_small", _L, "one variable is forgotten"),
        Example("O(log L · log d)", "Θ(log L + log d)", _P, "too_loose", _L, "product and sum"),
        Example("O(log L log n)", "Θ(log L + log d)", _I, "incomparable", _L, "another variable"),
        Example("O(log(nL)) = O(log n + log L)", "log L + log n", _C, "exact", _L, "a chain of equal classes"),
        Example("O(L (1 + log n))", "O(L log n)", _C, "lower_order_terms", _L, "n grows, so 1 is of lower order"),
        Example("O(N)", "O(log L)", _C, "exact", {"variables": ["L", "N"], "assume": "L = 2^N"}, "a substitution"),
        Example("O(n) + O(d^2)", "O(n + d^2)", _C, "exact", {"variables": ["n", "d"]}, "a sum of classes"),
        Example("O(n^2 m^2)", "O(n^3 + m^3)", _I, "incomparable", {}, "n = m shows it"),
        Example("O(n log n)", "O(log(n!))", _C, "exact", {}, "Stirling"),
        Example("Θ(3^n)", "Θ(2^n)", _P, "too_loose", {}, "bases of exponentials count"),
        Example("O(n^{log_2 7})", "O(n^2.81)", _I, "too_small", {}, "log₂ 7 = 2.807…"),
        Example("2^(log n)", "n", _U, "undecided", {"variables": ["n"]}, "the base matters here and is not said"),
        Example("O(n^2 - n)", "O(n^2)", _C, "lower_order_terms", {}, "what is subtracted is of lower order"),
        Example("O(n - n^2)", "O(n^2)", _I, "negative", {}, "no cost"),
        Example("o(n)", "Θ(n)", _I, "too_small", {}, "o says strictly less"),
        Example("Ω(n)", "Ω(n log n)", _P, "too_loose", {"bound": "Ω"}, "a lower bound that holds and is not tight"),
        Example("linear in n and quadratic in d", "O(n d^2)", _C, "exact", _DN, "words"),
        Example("The depth is $O(\\log d + \\log L)$, since the inner product is a tree.", "log L + log d", _C,
                "exact", _L, "in a sentence"),
        Example("It depends on the hardware.", "O(n d^2)", Status.UNREADABLE, "", _DN, "no class is named"),
    )  # fmt: skip

    def key(self, value: object, options: GrowthOptions) -> Bound:
        """See :meth:`AnswerType.key`."""
        if isinstance(value, Bound):
            return value
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        try:
            found = self._read("", _find.strip_answer(tokenize(text)), options)
            read_positive(found.node, setting_of(options.assume, options.variables))
        except AnswerError as error:
            shown = text[:80] or type(value).__name__
            raise SpecError(
                author_error("solver-nonsense", f"the truth: cannot read {shown!r} as a growth class")
            ) from error
        except (UndecidedError, NegativeError) as error:
            why = str(error) or "it is not positive for large values"
            raise SpecError(
                author_error("solver-nonsense", f"the truth {text[:80]!r} cannot be compared: {why}")
            ) from error
        return found

    def read(self, text: str, options: GrowthOptions) -> Bound:
        """See :meth:`AnswerType.read`."""
        head, tokens = unframed(_find.strip_answer(tokenize(text)))
        return self._read(head, tokens, options)

    def _read(self, head: str, tokens: Sequence[Token], options: GrowthOptions) -> Bound:
        """The class that tokens are, all of them, under a bound that stands before them."""
        names = options.variables
        tokens, told = split_off(tokens, names)
        phrase = phrase_at(tokens, 0, names) if tokens else None
        if phrase is not None and phrase.last == len(tokens):
            return replace(phrase.bound, head=head)
        value = tokens if any(token.text == "≈" for token in tokens) else _find.without_name(tokens)
        found = read_bound(value, names)
        if not found.head and len(value) < len(tokens) and not symbols_in(found.node):
            raise unreadable(tokens, 0, "expected a cost", WHAT)  # “x = 3”
        for run in find_classes(tokens, names) if len(value) < len(tokens) else ():
            linked = text_at(tokens, run.last) == "="
            if linked and run.bound.head and self.same(run.bound, found, options) is False:
                raise read_error(tokens)
        return put_in(needed(found.node, told), replace(found, head=found.head or head))

    def find(self, tokens: Sequence[Token], options: GrowthOptions) -> Iterator[Match[Bound]]:
        """See :meth:`AnswerType.find`."""
        names = options.variables
        runs = list(find_classes(tokens, names))
        if not runs:
            runs = sorted(
                [*find_costs(tokens, names), *find_phrases(tokens, names)], key=lambda run: (run.last, run.first)
            )
        told = definitions(tokens, names)
        at = 0
        while at < len(runs):
            last = at
            while last + 1 < len(runs) and _linked(tokens, runs[last], runs[last + 1]):
                if self.same(runs[last].bound, runs[last + 1].bound, options) is not True:
                    break
                last += 1
            named = _find.named(tokens, runs[at].first)
            symbol = named.symbol if named is not None and named.text not in HEADS else ""
            own = needed(runs[last].bound.node, told)
            given = tuple((one.first, one.last) for one in own)
            yield Match(runs[at].first, runs[last].last, put_in(own, runs[last].bound), symbol, given=given)
            at = last + 1

    def compare(self, answer: Bound, truth: Bound, options: GrowthOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        found = compared(answer, truth, options)
        if answer.other is None or found.status in (Status.CORRECT, Status.UNDECIDED):
            return found
        if compared(replace(answer, node=answer.other, other=None), truth, options).status is not Status.CORRECT:
            return found
        says = (
            f"It can be read as {render(answer.node).unicode} or as {render(answer.other).unicode}; a person decides."
        )
        return Comparison(Status.UNDECIDED, None, "two_readings", says, Evidence("none"))

    def same(self, one: Bound, other: Bound, options: GrowthOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        if one == other:
            return True
        if _side(one) != _side(other):
            return False
        try:
            return relation(one, other, options).reason in EQUAL
        except NegativeError:
            return False
        except UndecidedError:
            return None

    def slips(self, truth: Bound, options: GrowthOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        head = truth.head or options.bound
        differs = other_growth(truth.node, list(self.instances(truth, options)))
        names = _growth_counts.names_of(truth, options)
        longer = [(f"more log({name})", Binary("*", truth.node, Call("log", (Symbol(name),)))) for name in names]
        longer += [(f"more {name}", Binary("*", truth.node, Symbol(name))) for name in names]
        for what, node in longer:
            yield Slipped(what, self.render(Bound(head, node), options).unicode, differs(node))
        for slip in of_tree(truth.node, differs, lambda node: self.render(Bound(head, node), options).unicode):
            if not slip.name.startswith("sign of"):  # no cost is negative
                yield slip

    def render(self, value: Bound, options: GrowthOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        shown = render(value.node)
        unicode, latex = _LN.sub("log", shown.unicode), shown.latex.replace("\\ln", "\\log")
        mathml = shown.mathml.replace("<mi>ln</mi>", "<mi>log</mi>")
        if not value.head:
            return Rendered(unicode, latex, mathml)
        head = f"<mi>{value.head}</mi>"
        body = row([head, operator("("), inner(mathml), operator(")")])
        name = {"Θ": "\\Theta", "Ω": "\\Omega", "ω": "\\omega", "Õ": "\\tilde{O}"}.get(value.head, value.head)
        return Rendered(f"{value.head}({unicode})", f"{name}\\left({latex}\\right)", math(body))

    def printed(self, truth: Bound, options: GrowthOptions) -> Rendered:
        """See :meth:`AnswerType.printed`: with the bound that is asked for."""
        return self.render(Bound(truth.head or options.bound, truth.node), options)

    def arguments(self, truth: Bound, options: GrowthOptions) -> frozenset[str]:
        """See :meth:`AnswerType.arguments`."""
        return frozenset(map(identifier, _growth_counts.names_of(truth, options)))

    def instances(self, truth: Bound, options: GrowthOptions, turn: int = 0) -> Iterator[Instance]:
        """See :meth:`AnswerType.instances`."""
        return _growth_counts.instances(truth, options, identifier)

    def fits(self, counts: Sequence[tuple[Mapping[str, int], int]], truth: Bound, options: GrowthOptions) -> str:
        """See :meth:`AnswerType.fits`."""
        names = _growth_counts.names_of(truth, options)
        sized = [({name: sizes[identifier(name)] for name in names}, count) for sizes, count in counts]
        return _growth_counts.misfit(sized, truth, options)


def _linked(tokens: Sequence[Token], one: Run, other: Run) -> bool:
    """Whether one class follows another one after an equals sign."""
    return other.first == one.last + 1 and text_at(tokens, one.last) in ("=", "≈", "∈")


def _side(bound: Bound) -> str:
    """What a class bounds: its members from above, from below, or strictly."""
    return {"Ω": "below", "ω": "far below", "o": "far above", "Õ": "softly"}.get(bound.head, "above")


TYPE = GrowthType()
