"""One of several options, by letter or by text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from grader.answers._choices import boxes as _boxes
from grader.answers._choices import catalogue as _options
from grader.answers._choices.catalogue import Catalogue
from grader.answers._choices.naming import ORDINALS
from grader.answers.base import AnswerType, Comparison, Example, Match, Options, Slipped, brief
from grader.diagnostics import AnswerError, SpecError, author_error, student_error
from grader.maths.numbers.balls import UndefinedError
from grader.maths.numbers.exact import evaluate
from grader.maths.reading.parser import NotAnExpressionError, parse_prefix
from grader.maths.reading.scope import NUMBERS
from grader.maths.reading.tokens import Kind, Token, text_at
from grader.maths.rendering.render import words
from grader.records import Evidence, Rendered, Status, Witness

_SIDE_BY_SIDE = frozenset("option choice letter = - – — : i e . so which is that because it costs".split())
"""What may stand between a letter and the text that belongs to it."""

_BESIDE_NUMBERS = frozenset("( ) . # : the option choice answer number no one is it alternative statement".split())
"""What may stand beside the number of an option, or its place among them."""

_LONGEST_NUMBER = 12
"""Most tokens of a bare answer that is a number."""

_MOST_BETWEEN = 6
"""Most tokens between them."""


class ChoiceOptions(Options):
    """The options to choose from."""

    options: Annotated[Mapping[str, str], BeforeValidator(_options.lettered)] = Field(
        ..., min_length=2, description="letter → text; a list is lettered A, B, C …"
    )

    @property
    def catalogue(self) -> Catalogue:
        """The options, ready to be recognised."""
        return _options.catalogue(tuple(self.options.items()))


_COSTS = {"options": ["O(d^4)", "O(nd^2)", "O(n^2 d^2)", "O(1)"]}


class ChoiceType(AnswerType[ChoiceOptions, str]):
    """See the module."""

    name: ClassVar[str] = "choice"
    summary: ClassVar[str] = "one of several options, by letter or by text"
    options_model: ClassVar[type[Options]] = ChoiceOptions
    in_words: ClassVar[bool] = True
    examples: ClassVar[tuple[Example, ...]] = (
        Example("B", "B", Status.CORRECT, "option", _COSTS, "a letter"),
        Example("**(b)**", "B", Status.CORRECT, "option", _COSTS, "bold, small, in brackets"),
        Example("O(nd^2)", "B", Status.CORRECT, "option", _COSTS, "the text"),
        Example(r"$\mathcal{O}(d^{2}\, n)$", "B", Status.CORRECT, "option", _COSTS, "LaTeX, factors in another order"),
        Example("B) O(n·d²)", "B", Status.CORRECT, "option", _COSTS, "both"),
        Example("The answer is option B.", "B", Status.CORRECT, "option", _COSTS, "in a sentence"),
        Example("D", "B", Status.INCORRECT, "option", _COSTS, ""),
        Example("O(n^2 d)", "B", Status.UNREADABLE, "", _COSTS, "none of the options"),
        Example("B) O(d^4)", "B", Status.UNREADABLE, "", _COSTS, "letter and text contradict each other"),
        Example("Answer: A or B", "B", Status.UNDECIDED, "two_answers", _COSTS, "two answers are not one"),
        Example("yes", "A", Status.CORRECT, "option", {"options": ["Yes", "No"]}, "words, in any case"),
    )

    def key(self, value: object, options: ChoiceOptions) -> str:
        """See :meth:`AnswerType.key`."""
        if isinstance(value, str):
            if value in options.options:
                return value
            try:
                return self.read(value, options)
            except AnswerError as error:
                says = f"the truth {value[:60]!r} is none of the options {', '.join(options.options)}"
                raise SpecError(author_error("solver-nonsense", says)) from error
        says = f"expected the letter of an option, found {type(value).__name__} {brief(value)}"
        raise SpecError(author_error("solver-nonsense", says))

    def read(self, text: str, options: ChoiceOptions) -> str:
        """See :meth:`AnswerType.read`."""
        tokens = _options.bare(text)
        known = options.catalogue
        form = _options.canonical(tokens)
        whole = known.texts.get(form) or known.short.get(form)
        if whole is None and tokens and known.classes:
            whole = known.classes.get(_options.class_form(tokens))
        if whole is None:
            whole = _placed(tokens, known) or _of_value(tokens, tuple(options.options.items()))
        if whole is not None:
            return whole
        found = list(self.find(tokens, options))
        keys = {match.value for match in found}
        rest = len(tokens) - sum(match.last - match.first for match in found)
        if len(keys) == 1 and rest == 0:
            return keys.pop()
        listed = ", ".join(options.options)
        says = (
            f"“{text.strip()[:80]}” is none of the options" if len(keys) != 1 else "there is more than an option here"
        )
        raise AnswerError(student_error("answer-unreadable", says, fix=f"answer with one of {listed}, or its text"))

    def find(self, tokens: Sequence[Token], options: ChoiceOptions) -> Iterator[Match[str]]:
        """See :meth:`AnswerType.find`."""
        known = options.catalogue
        boxes = _boxes.boxes(tokens)
        if any(box.ticked for box in boxes):
            for box in boxes:
                key = _boxes.line_option(tokens[box.text : box.last], known) if box.ticked else ""
                if key:
                    yield Match(box.first, box.last, key, stated=True)
            return
        by_letter = {mention.first: mention for mention in _options.letters(tokens, known)}
        if len({m.key for m in by_letter.values() if _starts_line(tokens, m.first)}) >= max(3, len(known.keys) - 1):
            listing = {m.first for m in by_letter.values() if _starts_line(tokens, m.first)}  # the question, copied
        else:
            listing = set()
        yield from _without_conflicts(tokens, list(self._mentions(tokens, known, by_letter, listing)))

    def _mentions(
        self, tokens: Sequence[Token], known: Catalogue, by_letter: Mapping[int, _options.Mention], listing: set[int]
    ) -> Iterator[Match[str]]:
        at = 0
        while at < len(tokens):
            mention = by_letter.get(at)
            if mention is not None:
                stated = known.text_at(tokens, _past_mark(tokens, mention.last))
                contradicts = _says_other_class(tokens, mention.last) if stated is None else stated[0] != mention.key
                end = stated[1] if stated is not None else mention.last
                if at not in listing and not contradicts:
                    yield Match(at, end, mention.key, stated=True)
                at = end
                continue
            text = known.text_at(tokens, at)
            if text is None or text_at(tokens, at - 1).lower() in ("neither", "nor"):
                at += 1
                continue
            yield Match(at, text[1], text[0])
            at = text[1]

    def compare(self, answer: str, truth: str, options: ChoiceOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        if answer == truth:
            return Comparison(Status.CORRECT, Fraction(1), "option", "", Evidence("options"))
        evidence = Evidence("options", "", Witness((), answer, truth))
        return Comparison(Status.INCORRECT, Fraction(0), "option", f"Option {answer} is not right.", evidence)

    def same(self, one: str, other: str, options: ChoiceOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        return one == other

    def slips(self, truth: str, options: ChoiceOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        for key in options.options:
            if key != truth:
                yield Slipped(f"option {key}", self.render(key, options).unicode, True)

    def render(self, value: str, options: ChoiceOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return words(f"{value}: {options.options[value]}")

    def plain(self, value: str, options: ChoiceOptions) -> str:
        """See :meth:`AnswerType.plain`."""
        return value


def _placed(tokens: Sequence[Token], known: Catalogue) -> str | None:
    """The option of a bare answer that is its number or its place: ``3``, “(3)”, “No. 3”, “the third one”."""
    if len(tokens) > _LONGEST_NUMBER:
        return None
    left = [at for at, token in enumerate(tokens) if token.text.lower() not in _BESIDE_NUMBERS]
    if len(left) != 1:
        return None
    word = tokens[left[0]].text.lower()
    if word in ORDINALS:
        return known.keys[ORDINALS[word]] if ORDINALS[word] < len(known.keys) else None
    return word if tokens[left[0]].kind is Kind.NUM and word in known.keys else None


def _of_value(tokens: Sequence[Token], options: tuple[tuple[str, str], ...]) -> str | None:
    """The only option that is the number that a bare answer is: ``\\frac34`` and 0.75 for “3/4”."""
    value = _number(tuple(tokens)) if len(tokens) <= _LONGEST_NUMBER else None
    if value is None:
        return None
    keys = [key for key, text in options if _number(tuple(_options.bare(text))) == value]
    return keys[0] if len(keys) == 1 else None


@lru_cache(maxsize=512)
def _number(tokens: tuple[Token, ...]) -> Fraction | None:
    """The exact number that tokens are, all of them; None if they are none."""
    try:
        node, after = parse_prefix(tokens, 0, NUMBERS)
        return evaluate(node).fraction if after == len(tokens) else None
    except (NotAnExpressionError, UndefinedError):
        return None


def _without_conflicts(tokens: Sequence[Token], found: list[Match[str]]) -> Iterator[Match[str]]:
    """The matches without pairs of a letter and a text side by side that name different options."""
    conflicting: set[int] = set()
    for index, (one, other) in enumerate(pairwise(found)):
        between = tokens[one.last : other.first]
        joined = len(between) <= _MOST_BETWEEN and all(
            t.kind in (Kind.SEP, Kind.OPEN, Kind.CLOSE) or t.text.lower() in _SIDE_BY_SIDE for t in between
        )
        if joined and one.value != other.value and one.stated != other.stated:
            conflicting |= {index, index + 1}
    yield from (match for index, match in enumerate(found) if index not in conflicting)


def _starts_line(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].kind in (Kind.NEWLINE, Kind.BULLET)


def _past_mark(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if at < len(tokens) and tokens[at].text in (")", ".", ":", "-", "–", "—", ",", "=") else at


def _says_other_class(tokens: Sequence[Token], at: int) -> bool:
    """Whether a growth class follows a letter that is none of the options."""
    at = _past_mark(tokens, at)
    return at + 1 < len(tokens) and tokens[at].text in _options.GROWTH and tokens[at + 1].text == "("


TYPE = ChoiceType()
