"""Growth in words: “linear in n”, “quadratic in d and linear in n”, “constant time”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from grader.answers._growth.read import Bound, Run, cost_at
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.tree import Binary, Call, Node, Number, Symbol

_POWERS = {"linear": 1, "quadratic": 2, "cubic": 3, "quartic": 4, "bilinear": 1}
_LOGS = frozenset({"logarithmic", "log"})
_OTHERS = frozenset({"constant", "linearithmic", "quasilinear", "loglinear", "polylogarithmic"})
_SORTS = frozenset({*_POWERS, *_LOGS, *_OTHERS}) - {"log"}
_ADVERBS = {"linearly": "linear", "quadratically": "quadratic", "cubically": "cubic", "logarithmically": "logarithmic"}
_GROWS = frozenset("grow grows growing scale scales scaling increase increases rise rises and".split())
_FREE = (
    ("independent", "of"), ("no", "dependence", "on"),
    *((no, *verb) for no in ("not", "doesn't") for verb in (("depend", "on"), ("grow", "with"), ("scale", "with"))),
)  # fmt: skip
"""Before names: the cost is constant in them."""
_LARGER = frozenset("larger largest bigger greater maximum max".split())
_SMALLER = frozenset("smaller smallest lesser minimum min".split())
_COMBINED = {"product": "*", "sum": "+"}
_STARTS = (
    _SORTS
    | _ADVERBS.keys()
    | _LARGER
    | _SMALLER
    | _COMBINED.keys()
    | {"log", "quasi", "poly", "the", *(free[0] for free in _FREE)}
)
"""What phrases begin with."""
_MEASURES = frozenset(
    "time work depth cost complexity space memory growth operations steps path runtime many both".split()
)
_JOINTS = frozenset({"and", ",", "times", "*", "×", "but", "plus", "+"})
_SUMS = frozenset({"plus", "+"})
_CONTINUES = frozenset("+ * / ^ up per over squared cubed divided".split())
_COMPARED = frozenset("almost nearly than sub super not slightly".split())
"""Before a sort: the growth is another one, which is compared with it."""
_VERBS = frozenset("is are has have was costs takes needs of and or but for where if".split())
_MOST_NOUNS = 3
_ONE = Number(Fraction(1), "1")


@dataclass(slots=True)
class _Product:
    """Factors so far: each sort for all of its names at once, and for one of them besides another.

    “Linear in n and d” may be said of n d and of n + d.
    """

    node: Node = _ONE
    other: Node = _ONE
    empty: bool = True

    def put(self, factors: Sequence[Node], joint: str, *, one_way: bool) -> None:
        """Takes in the factors of one sort.

        Args:
            factors: one for each name.
            joint: what stands before them.
            one_way: they are multiplied, and nothing else.
        """
        sign = "+" if joint in _SUMS else "*"
        product, total = _chain("*", factors), _chain("*" if one_way else "+", factors)
        if self.empty:
            self.node, self.other, self.empty = product, total, False
        else:
            self.node, self.other = Binary(sign, self.node, product), Binary(sign, self.other, total)

    @property
    def bound(self) -> Bound:
        """The cost, with its other reading if there is one."""
        return Bound("", self.node, None if self.other == self.node else self.other)


def _chain(sign: str, factors: Sequence[Node]) -> Node:
    return reduce(lambda one, other: Binary(sign, one, other), factors)


def phrase_at(tokens: Sequence[Token], at: int, variables: Sequence[str]) -> Run | None:
    """The growth that words from a token on tell of, or None.

    Args:
        tokens: of the text.
        at: index of the first word.
        variables: declared names; a phrase without a variable is about the only one.
    """
    if (extreme := _extreme(tokens, at)) is not None:
        return extreme
    found = _Product()
    measured, free = False, set(variables)
    joint, last = "", at
    while last < len(tokens) and (told := _sort(tokens, last)) is not None:
        sort, after = told
        measured = measured or (tokens[last].text.lower() in _ADVERBS and text_at(tokens, last - 1).lower() in _GROWS)
        while after < len(tokens) and tokens[after].text.lower() in _MEASURES - {"both"}:
            after, measured = after + 1, True
        names, after = _names(tokens, after, variables, named=sort == "free")
        if not names and (sort == "free" or (sort != "constant" and (not found.empty or len(variables) != 1))):
            break
        measured = measured or bool(names)
        whole = None
        if _goes_on(tokens, after):  # “linear in n log n”
            plain = len(names) == 1 and tokens[after].kind is not Kind.WORD
            whole = cost_at(tokens, after - 1, tuple(variables)) if plain else None
            if whole is None or _goes_on(tokens, whole.last):
                break
            after = whole.last
        if sort in ("constant", "free"):
            factors: list[Node] = [_ONE]
            free -= set(names) or free
        else:
            named = [_symbol(name) for name in names or variables] if whole is None else [whole.bound.node]
            factors = [_factor(sort, one) for one in named]
            free = set()
        found.put(factors, joint, one_way=sort == "bilinear")
        last = end = after
        while last < len(tokens) and tokens[last].text.lower() in _JOINTS and last < end + 2:
            joint, last = tokens[last].text.lower(), last + 1
        if last == end or last >= len(tokens) or _sort(tokens, last) is None:
            meant = measured or (at == 0 and end == len(tokens))
            return Run(at, end, found.bound) if meant and not free else None  # “independent of n” leaves d open
    return None


def _sort(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The sort of growth that is named at a token, and the index past it; “log-linear” is one, “near-linear” none."""
    word = tokens[at].text.lower()
    for words in _FREE:
        if word == words[0] and tuple(text_at(tokens, at + k).lower() for k in range(len(words))) == words:
            return "free", at + len(words)
    joined = word + text_at(tokens, at + 2).lower()
    if text_at(tokens, at + 1) == "-" and joined in _SORTS:
        return joined, at + 3
    before = text_at(tokens, at - 1).lower()
    if before in _COMPARED or (before == "-" and not tokens[at].space):
        return None
    sort = _ADVERBS.get(word, word)
    return (sort, at + 1) if sort in _SORTS else None


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether the formula or the comparison goes on that a name stands in: “linear in n + d”, “in n up to a factor”."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.text.lower() in ("times", "plus"):
        return at + 1 >= len(tokens) or _sort(tokens, at + 1) is None
    return token.kind in (Kind.NAME, Kind.FUNC, Kind.NUM) or token.text.lower() in _CONTINUES


def _names(tokens: Sequence[Token], at: int, variables: Sequence[str], *, named: bool) -> tuple[tuple[str, ...], int]:
    """The variables in which a cost grows, and the index past them: “in n”, “with the length L”, “in both n and d”.

    Args:
        tokens: of the text.
        at: where they may begin.
        variables: declared names; others stand only in the first place.
        named: the preposition stands before already.
    """
    if not named and text_at(tokens, at).lower() not in ("in", "with"):
        return (), at
    names: list[str] = []
    after = at if named else at + 1
    while after < len(tokens):
        nouns = after
        while nouns < min(len(tokens), after + _MOST_NOUNS) and _is_noun(tokens, nouns):
            nouns += 1
        name = tokens[nouns] if nouns < len(tokens) and tokens[nouns].kind is Kind.NAME else None
        if name is None or (names and name.symbol not in variables):
            break
        names.append(name.symbol)
        at = after = nouns + 1
        while text_at(tokens, after).lower() in ("and", "or", ",", "in", "with", "nor", "on"):
            after += 1
        if after == at:
            break
    return tuple(names), at


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word may stand before the name of a variable: “the sequence length L”."""
    token = tokens[at]
    return token.kind is Kind.WORD and token.text.lower() not in _VERBS and _sort(tokens, at) is None


def _extreme(tokens: Sequence[Token], at: int) -> Run | None:
    """“The larger of n and d”, “the product of n and d”."""
    at += text_at(tokens, at).lower() == "the"
    word = text_at(tokens, at).lower()
    if (
        word not in _LARGER | _SMALLER | _COMBINED.keys()
        or text_at(tokens, at + 1) != "of"
        or text_at(tokens, at + 3) != "and"
    ):
        return None
    names = [tokens[k] for k in (at + 2, at + 4) if k < len(tokens) and tokens[k].kind is Kind.NAME]
    if len(names) < 2:
        return None
    both = tuple(_symbol(name.symbol) for name in names)
    if word in _COMBINED:
        return Run(at, at + 5, Bound("", Binary(_COMBINED[word], *both)))
    node = Call("max" if word in _LARGER else "min", both)
    return Run(at, at + 5, Bound("", node))


def _symbol(name: str) -> Symbol:
    letter, _, sub = name.partition("_")
    return Symbol(letter, sub)


def _factor(sort: str, symbol: Node) -> Node:
    log = Call("log", (symbol,))
    if sort in _LOGS:
        return log
    if sort == "polylogarithmic":
        return Call("polylog", (symbol,))
    if sort in _POWERS:
        power = _POWERS[sort]
        return symbol if power == 1 else Binary("^", symbol, Number(Fraction(power), str(power)))
    return Binary("*", symbol, log)


def find_phrases(tokens: Sequence[Token], variables: Sequence[str]) -> Iterator[Run]:
    """Growth told in words about declared variables.

    Args:
        tokens: of the text.
        variables: declared names; without any, nothing is found.
    """
    at = 0
    while variables and at < len(tokens):
        run = phrase_at(tokens, at, variables) if tokens[at].text.lower() in _STARTS else None
        if run is None:
            at += 1
            continue
        yield run
        at = run.last
