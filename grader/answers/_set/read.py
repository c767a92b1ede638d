"""Finite sets in bare answers and in running text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from grader.answers import _find
from grader.answers._expressions.formulas import spelled
from grader.answers._expressions.spellings import in_places
from grader.answers._matrix.entries import RefusedError
from grader.answers._matrix.read import enclosed
from grader.answers._matrix.tokens import decimal_commas
from grader.answers._set.statement import BRACES, JOINING, Members, OtherUnknownError, Statement, base_of
from grader.answers.base import Match
from grader.diagnostics import AnswerError, Span, student_error
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError, unreadable
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Kind, Token, text_at

WHAT = "a set such as {2, -3}, or x = 2 or x = -3"

_NOTHING = frozenset(
    tuple(words.split())
    for words in (
        "no solution", "no solutions", "no real solution", "no real solutions", "no roots", "no real roots", "none",
        "empty", "empty set", "the empty set", "there is no solution", "there are no solutions",
        "there is no real solution", "there are no real solutions",
        "there are none", "there is none",
    )
)  # fmt: skip
_SOLUTIONS = frozenset("solution solutions root roots".split())
_TURNING = frozenset("of except excepting but without excluding excludes not than in outside for when if".split())
_NOTES = frozenset("double triple simple repeated twice root roots multiplicity algebraic with of".split())
_WHOLES = frozenset("solution answer root set result value".split())
_MARKS = frozenset({"is", "are", "be", ":", "⇒"})
_STARTS = (Kind.NAME, Kind.NUM, Kind.FUNC)
_ENDS = (Kind.NEWLINE, Kind.SEP, Kind.PUNCT, Kind.WORD, Kind.CELL, Kind.ROW, Kind.BULLET)
_EFFORT = 4
"""Tokens that are read in vain, for each token of a text, before the search is given up."""


class SetReader:
    """Reads sets in the symbols of one question.

    Args:
        scope: the symbols.
        names: symbols with values.
        variable: the unknown of conditions; where there is one, ``(0, 2)`` is an interval.
    """

    def __init__(self, scope: Scope, names: Mapping[str, Fraction], variable: str) -> None:
        self.scope = scope
        self.prose = scope.in_prose()
        self.names = names
        self.variable = variable

    def read(self, text: str) -> Members:
        """A bare answer; every character must belong to it.

        Args:
            text: the answer.

        Raises:
            AnswerError: it is no finite set.
        """
        everything = spelled(tokenize(text), self.scope)
        tokens = _find.strip_answer(everything)
        if not tokens:
            raise unreadable(everything, len(everything), "expected a set", WHAT)
        if len(tokens) < 8 and tuple(token.text.lower() for token in tokens) in _NOTHING:
            return Members()
        tokens = decimal_commas(_without_notes(tokens)[0], ("{", "\\{", "")).tokens
        try:
            found, after = Statement(tokens, self.scope, self.names, self.variable, lines=True).read(0)
        except NotAnExpressionError as error:
            raise unreadable(tokens, error.at, f"expected {error.expected}", WHAT) from error
        except RefusedError as error:
            span = Span("<answer>", tokens[0].start, tokens[-1].end, 1, tokens[0].start + 1)
            raise AnswerError(student_error("answer-unreadable", str(error), span, f"write {WHAT}")) from error
        if after < len(tokens):
            raise unreadable(tokens, after, "the set should end here", WHAT)
        return found

    def find(self, tokens: Sequence[Token]) -> Iterator[Match[Members]]:
        """Finite sets in running text, in order.

        Args:
            tokens: of the text.
        """
        made = spelled(tokens, self.scope)
        yield from in_places(self._found(made), made, tokens)

    def _found(self, spelled: Sequence[Token]) -> Iterator[Match[Members]]:
        tokens, origin = _without_notes(spelled)
        inside = enclosed(tokens)
        at, spent = 0, 0
        while at < len(tokens) and spent <= _EFFORT * len(tokens) + 600:
            if (after := _says_none(tokens, at)) and not inside[at]:
                yield Match(origin[at], origin[after - 1] + 1, Members())
                at = after
                continue
            if inside[at] or not _may_start(tokens, at):
                at += 1
                continue
            after = at
            try:
                scope = self.scope if tokens[at].maths else self.prose
                found, after = Statement(tokens, scope, self.names, self.variable).read(at)
            except NotAnExpressionError as error:
                spent += error.at - at
                at = error.at + 1 if isinstance(error, OtherUnknownError) else at + 1
                continue
            except RefusedError:
                spent += 8
                at += 1
                continue
            if not _ended(tokens, after) or not _says_something(tokens, at, after, found):
                spent += after - at
                at += 1
                continue
            yield Match(origin[at], origin[after - 1] + 1, found, found.name)
            at = after


def _without_notes(tokens: Sequence[Token]) -> tuple[list[Token], list[int]]:
    """Tokens without remarks on how often a solution counts, ``(double root)``; and where each of them stood."""
    out: list[Token] = []
    origin: list[int] = []
    at = 0
    while at < len(tokens):
        after = at + 1
        while tokens[at].text == "(" and (
            text_at(tokens, after).lower() in _NOTES or (after > at + 1 and text_at(tokens, after).isdecimal())
        ):
            after += 1
        if after > at + 1 and text_at(tokens, after) == ")":
            at = after + 1
            continue
        out.append(tokens[at])
        origin.append(at)
        at += 1
    return out, origin


def _says_none(tokens: Sequence[Token], at: int) -> int:
    """The index past “no solutions” or “no real roots”, 0 where they do not stand here."""
    if tokens[at].text.lower() != "no":
        return 0
    after = at + 1 + (text_at(tokens, at + 1).lower() == "real")
    return after + 1 if text_at(tokens, after).lower() in _SOLUTIONS else 0


def _may_start(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    before = tokens[at - 1] if at else None
    if before is not None and before.text.lower() in _TURNING and token.kind is not Kind.NAME:
        return False
    if token.text in BRACES or token.text == "∅":
        if before is not None and before.text in ("\\boxed", "_", "=", "∈"):
            return False  # a name before it begins the statement
        return not _find.glued_before(tokens, at)
    if token.kind not in _STARTS and token.text not in ("±", "-", "\\frac", "√", "\\sqrt", "("):
        return False
    if before is None or before.kind in (Kind.NEWLINE, Kind.PUNCT, Kind.BULLET) or before.maths != token.maths:
        return True
    if before.text.lower() in _MARKS or (before.text == "{" and text_at(tokens, at - 2) == "\\boxed"):
        return True
    named = token.kind is Kind.NAME and text_at(tokens, at + 1) in ("=", "∈")
    return named and before.kind in (Kind.WORD, Kind.SEP)


def _ended(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing that belongs to a formula follows."""
    if at >= len(tokens) or tokens[at].maths != tokens[at - 1].maths:
        return True
    token = tokens[at]
    return token.kind in _ENDS or token.text in ("}", ")", "⇒", "⇔") or token.text.startswith(("\\end", "\\tag"))


def _says_something(tokens: Sequence[Token], at: int, after: int, found: Members) -> bool:
    """Whether a run of tokens in running text is a set and not a number or word in passing."""
    token = tokens[at]
    if found.name or token.text in ("∅", "\\{"):
        return True
    if token.text == "{" and (len(found.items) != 1 or not token.maths):
        return True  # in mathematics {2} is but a group
    if not tokens[at].maths and _find.glued_after(tokens, after):
        return False
    begins = at == 0 or tokens[at - 1].kind is Kind.NEWLINE
    ends = after >= len(tokens) or tokens[after].kind is Kind.NEWLINE or _find.ends_sentence(tokens, after)
    boxed = at >= 2 and tokens[at - 2].text == "\\boxed"
    marked = at > 0 and tokens[at - 1].text.lower() in _MARKS and (len(found.items) != 1 or _is_the_only(tokens, at))
    literal = token.kind is not Kind.NAME or after > at + 1
    return boxed or (
        literal and ((marked and ends) or (begins and ends) or (bool(token.maths) and len(found.items) > 1))
    )


def _is_the_only(tokens: Sequence[Token], at: int) -> bool:
    """Whether a single element is said to be all: “the solution is 3”, and not “one root is 2”."""
    if tokens[at - 1].text not in ("is", "are", "be"):
        return True
    words = [text_at(tokens, at - back).lower() for back in (2, 3)]
    return words[0] in _WHOLES and words[1] in ("the", "only", "unique", "final", "single")


def merged(matches: Sequence[Match[Members]], tokens: Sequence[Token]) -> list[Match[Members]]:
    """Matches with those made one that only a word joins: ``\\boxed{x = 2}`` or ``\\boxed{x = -3}``.

    Args:
        matches: in order.
        tokens: of the text.
    """
    found: list[Match[Members]] = []
    for match in matches:
        before = found[-1] if found else None
        if before is not None and _joins(before, match, tokens):
            both = Members((*before.value.items, *match.value.items), before.value.name)
            found[-1] = Match(before.first, match.last, both, before.symbol)
        else:
            found.append(match)
    return found


def _joins(one: Match[Members], other: Match[Members], tokens: Sequence[Token]) -> bool:
    if other.first - one.last > 6 or base_of(one.symbol) != base_of(other.symbol) or not (one.symbol and other.symbol):
        return False
    between = [token.text.lower() for token in tokens[one.last : other.first]]
    listed = tokens[one.first].text in BRACES or any(token.text == "∈" for token in tokens[one.first : one.last])
    return not listed and bool(JOINING & set(between)) and set(between) <= JOINING | {"}", "{", "\\boxed", ","}
