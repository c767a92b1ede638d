"""Matrices in bare answers and in running text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from grader.answers import _find
from grader.answers._expressions.formulas import formula_of, spelled
from grader.answers._expressions.spellings import in_places
from grader.answers._matrix.build import MAX_ENTRIES, Grid, grid_of
from grader.answers._matrix.entries import EXACT, RefusedError, Target
from grader.answers._matrix.lines import Lines, grid_lines
from grader.answers._matrix.named import by_name, components
from grader.answers._matrix.tokens import ARRAY_WORDS, Ready, decimal_commas, pointed, ready
from grader.answers.base import Match
from grader.diagnostics import AnswerError, Span, student_error
from grader.maths.reading.arrays import MATRICES
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, parse_relation, unreadable
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.tree import Relation
from grader.maths.values.domain import Domain, read_domain

_WHAT = "a matrix such as [[1, 2], [3, 4]] or a vector such as (1, 2)"
_PREFIXES = frozenset("np numpy torch jnp sp sympy".split())
_PLACES = frozenset(
    "entry entries position positions index indices coordinate element elements row rows column columns size shape "
    "interval range equation equations eq see refs reference references pair pairs".split()
)
"""Words after which brackets name a place, a size or a range, and no vector."""

_JOINTS = frozenset({",", ";", "and", "&"})
_MOST_PLACES = 12
_LONGEST_PLACE = 40
"""Lists of places, and the tokens of one, that are looked back at."""

_OF = frozenset(
    "rank det determinant trace tr norm inverse transpose exp adj null kernel image mod modulo times".split()
)
"""Words before or after a matrix that make something else of it."""

_PROSE = (Kind.NEWLINE, Kind.BULLET, Kind.SEP, Kind.PUNCT, Kind.CELL, Kind.ROW)
_ENDS = (*_PROSE, Kind.WORD)
_ANYWHERE = read_domain("")
_LONGEST_LINE = 400
"""Tokens of a line of a table that are looked at."""

_MOST_TOKENS = 50_000
"""Longer answers are not read: they have more entries than are taken."""

_EFFORT = 4
"""Tokens that are read in vain, for each token of a text, before the search is given up."""

_MOST_RETRIED = 600
"""Tokens that are read once more where space turned out not to part entries."""


class Reader:
    """Reads matrices in the symbols of one question.

    Args:
        scope: the symbols.
        names: symbols with values.
        known: declared symbols.
    """

    def __init__(self, scope: Scope, names: Mapping[str, Fraction], known: Sequence[str]) -> None:
        self.scope = scope
        self.prose = scope.in_prose()
        self.names = names
        self.known = known

    def read(self, text: str) -> Grid:
        """A bare answer; every character must belong to it.

        Args:
            text: the answer.

        Raises:
            AnswerError: it is no matrix.
        """
        everything = pointed(spelled(tokenize(text), self.scope))
        tokens = _find.strip_answer(everything)
        if not tokens:
            raise unreadable(everything, len(everything), "expected a matrix or vector", _WHAT)
        if len(tokens) > _MOST_TOKENS:
            raise unreadable(tokens, _MOST_TOKENS, f"expected at most {MAX_ENTRIES} entries", _WHAT)
        if (named := by_name(tokens)) is not None:
            return grid_of(named, self.names, self.known)
        tokens = decimal_commas(tokens, "(").tokens
        try:
            return self._whole(ready(tokens))
        except (NotAnExpressionError, RefusedError) as error:
            first = error
        for again in self._otherwise(tokens):
            try:
                return self._whole(again)
            except (NotAnExpressionError, RefusedError):
                continue
        if isinstance(first, NotAnExpressionError):
            made = ready(tokens)
            at = made.origin[first.at] if first.at < len(made.origin) else len(tokens)
            raise unreadable(tokens, at, str(first), _WHAT) from first
        span = Span("<answer>", tokens[0].start, tokens[-1].end, 1, tokens[0].start + 1)
        raise AnswerError(student_error("answer-unreadable", str(first), span, f"write {_WHAT}")) from first

    def _otherwise(self, tokens: Sequence[Token]) -> Iterator[Ready]:
        """Other ways to see the tokens, in turn: space without meaning, decimal commas, lines as rows."""
        if (listed := components(tokens)) is not None:
            yield ready(listed)
        if tokens[0].text == "(" and tokens[-1].text == ")" and any(token.text == ";" for token in tokens):
            square = [tokens[0]._replace(text="["), *tokens[1:-1], tokens[-1]._replace(text="]")]
            yield ready(square)
        if ready(tokens).parted:
            yield ready(tokens, spaced=False)
        commas = decimal_commas(tokens, "[")
        if commas.parted:
            yield ready(commas.tokens)
        start = 0
        if len(tokens) > 3 and tokens[0].kind is Kind.NAME and tokens[1].text in ("=", ":"):
            start = 2
        while text_at(tokens, start) == "\n":
            start += 1
        lines = grid_lines(tokens, start, len(tokens))
        unknown = any(
            token.kind is Kind.NAME and not self.scope.in_prose().split(token.symbol) for token in tokens[start:]
        )
        if lines is not None and lines.rows * lines.columns > 1 and not unknown:
            yield Ready(lines.tokens, [0] * len(lines.tokens))

    def _whole(self, made: Ready) -> Grid:
        if made.gaps:
            raise NotAnExpressionError(made.gaps[0], "one entry in each cell")
        node, after = parse_relation(made.tokens, 0, self.scope)
        if after < len(made.tokens):
            raise NotAnExpressionError(after, "the end of the matrix here")
        formula = formula_of(node)
        if formula.whole is not None:
            self._holds(formula.whole)
        return grid_of(formula.node, self.names, self.known, formula.name)

    def _holds(self, chain: Relation) -> None:
        """A chain of equalities between matrices that differ is no answer."""
        before: Grid | None = None
        for item, sign in zip(chain.items, ("", *chain.signs), strict=True):
            try:
                grid = grid_of(item, self.names, self.known, numbers=False)
            except RefusedError:
                continue
            if before is not None and sign == "=" and differ(before, grid):
                raise RefusedError("expected a chain of equalities that holds")
            before = grid

    # ------------------------------------------------------------ running text

    def find(self, tokens: Sequence[Token]) -> Iterator[Match[Grid]]:
        """Matrices and vectors in running text, in order.

        Args:
            tokens: of the text.
        """
        made = spelled(tokens, self.scope)
        yield from in_places(self._found(made), made, tokens)

    def _found(self, tokens: Sequence[Token]) -> Iterator[Match[Grid]]:
        made = ready(pointed(tokens))
        tables = list(self._tables(tokens))
        inside = enclosed(made.tokens)
        reaches = _reaches(made.tokens)
        at, past, spent = 0, 0, 0
        while at < len(made.tokens) and spent <= _EFFORT * len(made.tokens) + _MOST_RETRIED:
            origin = made.origin[at]
            while tables and tables[0].last <= past:
                tables.pop(0)
            if tables and origin >= tables[0].first:
                table = tables.pop(0)
                yield table
                past = table.last
            if origin < past or inside[at] or not _may_start(made.tokens, at, reaches):
                at += 1
                continue
            found = self._at(made, at)
            if isinstance(found, int) and (again := self._unspaced(tokens, made, at)) is not None:
                found = again
            if isinstance(found, int):
                spent += abs(found) - at
                at = -found if found < 0 else at + 1
                continue
            yield found
            past = found.last
        yield from tables

    def _at(self, made: Ready, at: int) -> Match[Grid] | int:
        """What begins at a token; where that is no matrix, the index at which reading stopped.

        The index is negative where a chain of equalities contradicts itself, so that none of its sides counts.
        """
        tokens, after = made.tokens, at
        try:
            node, after = parse_relation(tokens, at, self.scope if tokens[at].maths else self.prose)
            if not _ended(tokens, after) or any(at < gap < after for gap in made.gaps):
                return after
            formula = formula_of(node)
            grid = grid_of(formula.node, self.names, self.known, formula.name, numbers=False)
        except NotAnExpressionError as error:
            return error.at
        except RefusedError:
            return after
        if formula.whole is not None:
            try:
                self._holds(formula.whole)
            except RefusedError:
                return -after
        return Match(made.origin[at], made.origin[after - 1] + 1, grid, formula.name)

    def _unspaced(self, tokens: Sequence[Token], made: Ready, at: int) -> Match[Grid] | None:
        """The same where space in brackets turns out to part no entries."""
        if not made.parted or made.tokens[at].text != "[":
            return None
        first = made.origin[at]
        again = ready(tokens[first : first + _MOST_RETRIED], spaced=False)
        found = self._at(again, 0)
        return None if isinstance(found, int) else Match(first, first + found.last, found.value, found.symbol)

    def _tables(self, tokens: Sequence[Token]) -> Iterator[Match[Grid]]:
        for lines in _number_blocks(tokens):
            try:
                node, after = parse_relation(lines.tokens, 0, self.prose)
                if after == len(lines.tokens):
                    yield Match(lines.first, lines.last, grid_of(node, self.names, self.known, numbers=False))
            except (NotAnExpressionError, RefusedError):
                continue


def differ(one: Grid, other: Grid) -> bool:
    """Whether two matrices are known to differ.

    Args:
        one, other: as read.
    """
    if one.shape != other.shape and not (one.is_vector and other.is_vector):
        return True
    if len(one.flat) != len(other.flat):
        return True
    domain: Domain = _ANYWHERE
    pairs = zip(one.flat, other.flat, strict=True)
    return any(Target(b, domain, ()).judge(a, EXACT).right is False for a, b in pairs)


def enclosed(tokens: Sequence[Token]) -> list[bool]:
    """For each token whether it stands inside brackets or a LaTeX matrix, also in such as are never closed.

    A box is none of these, nor are brackets round words.

    Args:
        tokens: of the text.
    """
    inside: list[bool] = []
    levels: list[bool] = []  # for each open bracket whether it counts
    counted = 0
    for index, token in enumerate(tokens):
        opens = token.kind is Kind.OPEN or token.text in MATRICES
        closes = token.kind is Kind.CLOSE or token.text.startswith("\\end{")
        if token.text == "\n\n":
            levels, counted = [], 0
        if closes and levels:
            counted -= levels.pop()
        inside.append(counted > 0)
        if opens:
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            words = following is not None and following.kind is Kind.WORD and token.text == "("
            boxed = token.text == "{" and text_at(tokens, index - 1) == "\\boxed"
            levels.append(not words and not boxed)
            counted += levels[-1]
    return inside


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a matrix or list may begin at a token."""
    token = tokens[at]
    if token.text in ("[", "(") or token.text in MATRICES:
        return True
    if token.kind is Kind.WORD:
        if token.text in _PREFIXES:
            return text_at(tokens, at + 1) == "."
        return (token.text in ARRAY_WORDS or token.text in ("diag", "eye")) and text_at(tokens, at + 1) == "("
    return token.kind is Kind.NAME and token.text in ("I", "𝐈") and token.sub.isdecimal()


def _reaches(tokens: Sequence[Token]) -> list[bool]:
    """For each token whether a matrix may begin at it or after it in the same formula."""
    found = [False] * (len(tokens) + 1)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if _opens(tokens, at):
            found[at] = True
        elif token.kind in _ENDS and token.text != ".":
            found[at] = False
        else:
            found[at] = found[at + 1]
    return found


def _may_start(tokens: Sequence[Token], at: int, reaches: Sequence[bool]) -> bool:
    """Whether a matrix, or a formula that ends in one, may begin at a token of running text."""
    token = tokens[at]
    if not reaches[at]:
        return False
    before = tokens[at - 1] if at else None
    if before is not None and before.text in ("‖", "|", ".", "∈") and not token.space:
        return False
    if before is not None and before.kind is Kind.NAME and before.text in ("A", "I"):
        return False  # a matrix before it, and no article
    if _opens(tokens, at):
        if token.kind is Kind.NAME or (token.kind is Kind.WORD and before is not None and before.text == "."):
            return _begins_statement(tokens, at)
        word = before.text.lower() if before is not None else ""
        part = word == "of" and not text_at(tokens, at - 2).lower().startswith("multiple")
        placed = word in _PLACES or _one_of_places(tokens, at)
        return not (part or placed or word in _OF) and not _find.glued_before(tokens, at)
    starts = (Kind.NAME, Kind.NUM, Kind.COMMAND)
    if token.kind not in starts and token.text not in ("-", "√"):
        return False
    return _begins_statement(tokens, at)


def _one_of_places(tokens: Sequence[Token], at: int) -> bool:
    """Whether brackets go on with a list of such places: “rows (3, 1) and (0, 2)” gives no vector (0, 2)."""
    for _ in range(_MOST_PLACES):
        while at and tokens[at - 1].text.lower() in _JOINTS:
            at -= 1
        if not at or tokens[at - 1].kind is not Kind.CLOSE:
            return False
        first = max(0, at - _LONGEST_PLACE)
        opened = next((i for i in range(at - 1, first - 1, -1) if tokens[i].kind is Kind.OPEN), 0)
        if not opened:
            return False
        if text_at(tokens, opened - 1).lower() in _PLACES:
            return True
        at = opened
    return False


def _begins_statement(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    if before is None or before.kind in (*_PROSE, Kind.WORD) or before.maths != tokens[at].maths:
        return True
    if before.text in ("=", ":", "⇒", "≈", "→"):
        return True
    return before.text == "{" and text_at(tokens, at - 2) == "\\boxed"


def _ended(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing that belongs to a formula follows."""
    if at >= len(tokens) or tokens[at].maths != tokens[at - 1].maths:
        return True
    token = tokens[at]
    if token.text.lower() in _OF or (token.text == "(" and text_at(tokens, at + 1) == "mod"):
        return False
    return token.kind in _ENDS or token.text in ("}", ")", "⇒", "⇔", ":") or token.text.startswith(("\\end", "\\tag"))


def _number_blocks(tokens: Sequence[Token]) -> Iterator[Lines]:
    """Runs of lines that hold nothing but numbers in columns."""
    block: list[tuple[int, int]] = []
    start = 0
    for index in range(len(tokens) + 1):
        ends = index == len(tokens) or tokens[index].kind is Kind.NEWLINE
        if not ends:
            continue
        line = tokens[start : min(index, start + _LONGEST_LINE)]
        fits = index - start < _LONGEST_LINE and _is_row(line)
        if fits:
            block.append((start, index))
        blank = index < len(tokens) and tokens[index].text == "\n\n"
        if block and (not fits or blank or index == len(tokens)):
            found = grid_lines(tokens, block[0][0], block[-1][1])
            if found is not None and found.plain and found.columns > 1 and (found.rows > 1 or found.bordered):
                yield found
            block = []
        start = index + 1


def _is_row(line: Sequence[Token]) -> bool:
    """Whether a line is made of numbers and what stands between the columns of a table."""
    if not line or line[0].text in ("[", "("):
        return False
    cells = sum(token.kind is Kind.NUM for token in line)
    borders = sum(token.kind is Kind.CELL or token.text in ("|", "│") for token in line)
    if any(token.kind in (Kind.WORD, Kind.SEP, Kind.BULLET, Kind.OPEN, Kind.FUNC) for token in line):
        return borders > 1 and all(t.kind in (Kind.WORD, Kind.NAME) or t.text in ("|", "\t") for t in line)
    signs = ("-", "–", ":", "/", "|", "│", "⎡", "⎢", "⎣", "⎤", "⎥", "⎦", "√", "=")
    return (cells > 1 or borders > 1) and all(
        token.kind in (Kind.NUM, Kind.CELL) or token.text in signs or (borders > 1 and token.kind is Kind.NAME)
        for token in line
    )
