"""Text for a person: it is kept whole, shown beside the criteria, and never marked by the grader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from grader.answers._expressions.agreement import agree
from grader.answers._facts import at_values, told_at
from grader.answers._numbers.numeric import Exact
from grader.answers.base import AnswerType, Comparison, Example, Match, Options, brief
from grader.diagnostics import AnswerError, SpecError, author_error, student_error
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Kind, Token
from grader.maths.rendering.render import words
from grader.records import Evidence, Rendered, Status

_SAYS = (Kind.WORD, Kind.NAME, Kind.NUM, Kind.FUNC, Kind.COMMAND)


def _text(value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("expected the criterion in words")
    return " ".join(value.split())


def _some(value: object) -> object:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError("expected a list of criteria, each with points and text")
    return tuple(value)


class Criterion(BaseModel):
    """What earns a part of the points."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    points: Annotated[Exact, Field(gt=0)] = Field(description="points that it earns")
    text: Annotated[str, BeforeValidator(_text)] = Field(description="what has to be said")

    def __str__(self) -> str:
        return f"{points_text(self.points)}: {self.text}"


class RubricOptions(Options):
    """By what a person marks the text."""

    criteria: Annotated[tuple[Criterion, ...], BeforeValidator(_some)] = Field(
        ..., description="what earns how many points; they add up to the points of the part"
    )
    least_words: int = Field(1, ge=1, description="fewest words of an answer; what is shorter answers another part")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text, or what a solver knows about the question.

    Args:
        text: as written.
        facts: names and values that a person can hold the text against, as the solver gives them.
    """

    text: str = ""
    facts: tuple[tuple[str, Any], ...] = ()


_PARALLEL = {
    "criteria": [
        {"points": 1, "text": "All outputs can be computed at the same time."},
        {"points": 1, "text": "Each step of the recurrence waits for the one before it."},
    ]
}


class RubricType(AnswerType[RubricOptions, Prose]):
    """See the module."""

    name: ClassVar[str] = "rubric"
    summary: ClassVar[str] = "text that a person marks, by criteria; it stays undecided until then"
    options_model: ClassVar[type[Options]] = RubricOptions
    decided_by: ClassVar[str] = "human"
    needs_solver: ClassVar[bool] = False
    whole_text: ClassVar[bool] = True
    reads_denials: ClassVar[bool] = True
    examples: ClassVar[tuple[Example, ...]] = (
        Example("A convolution needs no earlier output.", None, Status.UNDECIDED, "for_a_person", _PARALLEL,
                "never marked by the grader"),
        Example("No idea.", {"steps": 5}, Status.UNDECIDED, "for_a_person", _PARALLEL, "nor when it says little"),
        Example("", None, Status.MISSING, "no_answer", _PARALLEL, "nothing is nothing"),
    )  # fmt: skip

    def key(self, value: object, options: RubricOptions) -> Prose:
        """See :meth:`AnswerType.key`."""
        if value is None or (isinstance(value, str) and not value):
            return Prose()
        if not isinstance(value, Mapping):
            says = f"expected facts: a mapping of names to values, found {type(value).__name__} {brief(value)}"
            raise SpecError(author_error("solver-nonsense", says))
        at_values(value)  # each can be shown
        return Prose("", tuple((str(name), fact) for name, fact in value.items()))

    def read(self, text: str, options: RubricOptions) -> Prose:
        """See :meth:`AnswerType.read`."""
        if not any(token.kind in _SAYS for token in tokenize(text)):
            fix = "write the answer in words"
            raise AnswerError(student_error("answer-unreadable", "there are no words here", fix=fix))
        return Prose(text.strip())

    def find(self, tokens: Sequence[Token], options: RubricOptions) -> Iterator[Match[Prose]]:
        """See :meth:`AnswerType.find`; the text of a match is written from its tokens."""
        said = [at for at, token in enumerate(tokens) if token.kind not in (Kind.NEWLINE, Kind.BULLET)]
        if any(tokens[at].kind in _SAYS for at in said):
            inside = tokens[said[0] : said[-1] + 1]
            yield Match(said[0], said[-1] + 1, Prose(" ".join(token.text for token in inside)), stated=True)

    def concerned(self, tokens: Sequence[Token], found: object, options: RubricOptions) -> bool:
        """See :meth:`AnswerType.concerned`: whether there are words enough."""
        return options.least_words == 1 or sum(t.kind is Kind.WORD for t in tokens) >= options.least_words

    def compare(self, answer: Prose, truth: Prose, options: RubricOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        says = "A person marks this answer, by these criteria. " + " ".join(self.guide(options))
        return Comparison(Status.UNDECIDED, None, "for_a_person", says, Evidence("none"))

    def same(self, one: Prose, other: Prose, options: RubricOptions) -> bool | None:
        """See :meth:`AnswerType.same`; texts that differ may say the same."""
        if one.facts or other.facts:
            yours, theirs = dict(one.facts), dict(other.facts)
            return set(yours) == set(theirs) and all(_equal(fact, theirs[name]) for name, fact in one.facts)
        return True if "".join(one.text.split()) == "".join(other.text.split()) else None

    def render(self, value: Prose, options: RubricOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return words(told_at(at_values(dict(value.facts))) if value.facts else value.text)

    def guide(self, options: RubricOptions) -> tuple[str, ...]:
        """See :meth:`AnswerType.guide`."""
        return tuple(f"{one}" if one.text[-1] in ".!?" else f"{one}." for one in options.criteria)

    def criteria(self, options: RubricOptions) -> tuple[tuple[Fraction, str], ...]:
        """See :meth:`AnswerType.criteria`."""
        return tuple((one.points, one.text) for one in options.criteria)

    def misfit(self, options: RubricOptions, points: Fraction) -> tuple[str, str, str] | None:
        """See :meth:`AnswerType.misfit`."""
        total = sum((one.points for one in options.criteria), Fraction(0))
        if total == points:
            return None
        says = f"the criteria add up to {points_text(total)}, but the part has {points_text(points)}"
        return "criteria", says, "let the points of the criteria add up to those of the part"


def points_text(points: Fraction) -> str:
    """Points for people: ``1 point``, ``3/2 points``.

    Args:
        points: exact.
    """
    return f"{points} point{'' if points == 1 else 's'}"


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other) if isinstance(one, str | bool) or isinstance(other, str | bool) else agree(one, other)


TYPE = RubricType()
