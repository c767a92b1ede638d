"""What an answer type is: how it is found in prose, read, compared, explained and shown.

A type is one module in this package with one subclass of :class:`AnswerType`; it is found by
discovery and tested through its own ``examples``. The type that the spec declares drives the
reading: nothing here guesses what kind of answer a text might be.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from grader.maths.reading.tokens import Token
from grader.records import Evidence, Rendered, Status


class Options(BaseModel):
    """Options of an answer type, as written under ``answer:`` in a spec. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def brief(value: object) -> str:
    """A value for a message: short, and safe for numbers too long to write out.

    Args:
        value: anything; of lists, arrays and the like only the type is named.
    """
    if isinstance(value, int) and value.bit_length() > 300:
        return f"of {value.bit_length()} bits"
    return str(value)[:60] if isinstance(value, int | float | str) else type(value).__name__


O = TypeVar("O", bound=Options)  # noqa: E741
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Match(Generic[V]):
    """A run of tokens that reads as an answer.

    Args:
        first: index of the first token.
        last: index past the last token.
        value: what it reads as.
        symbol: the name it is given in the text ("K" in ``K = [0, 1]``), or "".
        stated: its form alone shows that it is meant as an answer: a labelled table, a ticked box, the
            letter of an option.
        given: first tokens, and those past the last, of what the text says elsewhere of symbols in it: “let b = …”.
    """

    first: int
    last: int
    value: V
    symbol: str = ""
    stated: bool = False
    given: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of comparing an answer with the truth. Fields as in :class:`Verdict`."""

    status: Status
    credit: Fraction | None
    reason: str
    feedback: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case of a type: its documentation and its contract test.

    Args:
        response: as a student or model writes it; a bare answer or a whole reply.
        expected: the key, as an author writes it.
        status: the verdict that must come out.
        reason: the verdict's reason, "" where any will do.
        options: as under ``answer:`` in a spec.
        why: what the case shows.
    """

    response: str
    expected: Any
    status: Status
    reason: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Instance:
    """Values at which a key that is a formula is held against a solver.

    Args:
        arguments: values by the names under which a solver's function takes them; it gets those that it names.
        expected: what the key gives there; None where many instances are judged together (:meth:`AnswerType.fits`).
        told: the values in a few words, for messages.
    """

    arguments: Mapping[str, Any]
    expected: Any
    told: str


@dataclass(frozen=True, slots=True)
class Slipped:
    """A wrong answer next to the right one, for ``verify`` to try.

    Args:
        name: what slipped, in a few words: ``transpose A``, ``strictness at 4``.
        text: the answer, as someone would write it.
        differs: whether it says something else than the right one, as found out by other means than those of
            grading; None where that is not known.
    """

    name: str
    text: str
    differs: bool | None = None


class AnswerType(ABC, Generic[O, V]):
    """One kind of answer.

    Class attributes:
        name: as written in specs and in the neutral contract.
        summary: one line for ``grade explain``.
        options_model: the options it takes.
        examples: worked cases, right and wrong.
        in_words: an answer is one of a few words or letters, which stand in prose for other reasons as well: away from
            its own heading only an announced one counts, and a later one does not revise an earlier one.
        reads_denials: its reading of prose knows what is denied and what is turned round.
        relations: reasons that tell how a wrong answer stands to the truth; a foreseen mistake keeps them.
        draws_instances: :meth:`instances` gives others in every turn.
        decided_by: ``machine``, or ``human`` where the grader finds the answer and never marks it.
        needs_solver: a spec has to name a function that computes the truth.
        whole_text: an answer is all that stands under the part's heading.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    options_model: ClassVar[type[Options]]
    examples: ClassVar[tuple[Example, ...]]
    in_words: ClassVar[bool] = False
    reads_denials: ClassVar[bool] = False
    relations: ClassVar[frozenset[str]] = frozenset()
    decided_by: ClassVar[str] = "machine"
    draws_instances: ClassVar[bool] = True
    needs_solver: ClassVar[bool] = True
    whole_text: ClassVar[bool] = False

    @abstractmethod
    def key(self, value: object, options: O) -> V:
        """Turn a solver's plain value, or a key that an author typed, into the truth.

        Args:
            value: what the solver returned, or text.
            options: of the part.

        Raises:
            SpecError: ``value`` is not such an answer; the author's mistake.
        """

    @abstractmethod
    def read(self, text: str, options: O) -> V:
        """Read a bare answer; every character must belong to it.

        Args:
            text: the answer as written.
            options: of the part.

        Raises:
            AnswerError: it does not read as this type; the span points at the character.
        """

    @abstractmethod
    def find(self, tokens: Sequence[Token], options: O) -> Iterator[Match[V]]:
        """All maximal runs of tokens in a piece of prose that read as this type, in order.

        Args:
            tokens: of the text.
            options: of the part.
        """

    def concerned(self, tokens: Sequence[Token], found: Sequence[Match[V]], options: O) -> bool:
        """Whether the text under a part's heading, where other parts may be answered too, is about this one at all.

        Args:
            tokens: of the text.
            found: what :meth:`find` found in it; nothing for types that take the text as a whole.
            options: of the part.
        """
        return True

    @abstractmethod
    def compare(self, answer: V, truth: V, options: O) -> Comparison:
        """Judge an answer that was read.

        Args:
            answer: from :meth:`read` or :meth:`find`.
            truth: from :meth:`key`.
            options: of the part.
        """

    @abstractmethod
    def same(self, one: V, other: V, options: O) -> bool | None:
        """Whether two answers are equal; None where that cannot be settled.

        Args:
            one, other: answers that were read.
            options: of the part.
        """

    def refines(self, later: V, earlier: V, options: O) -> bool:
        """Whether a later statement only narrows an earlier one, so that both can stand; no by default.

        Args:
            later, earlier: answers that were read.
            options: of the part.
        """
        return False

    def is_remark(self, value: V, other: V) -> bool:
        """Whether a statement only remarks on another one, such as on its end point; no by default.

        Args:
            value: the answer that may be a remark.
            other: another answer in the same text.
        """
        return False

    @abstractmethod
    def render(self, value: V, options: O) -> Rendered:
        """Write a value back as Unicode, LaTeX and MathML; ``read`` accepts the first two.

        Args:
            value: an answer or the truth.
            options: of the part.
        """

    def told(self, truth: V, options: O) -> str:
        """The truth for its author, with what the solver says of it besides; as it is rendered, by default.

        Args:
            truth: from :meth:`key`.
            options: of the part.
        """
        return self.render(truth, options).unicode

    def plain(self, value: V, options: O) -> object | None:
        """An answer as the plain value that a solver takes, so that later parts can be judged by it.

        Args:
            value: an answer that was read.
            options: of the part.

        Returns:
            Numbers, lists and text only; None where the answer is none of these, by default for all.
        """
        return None

    def is_secret(self, options: O) -> bool:
        """Whether a wrong answer leaves the truth open, so that feedback that names it is withheld until its release.

        Args:
            options: of the part.
        """
        return True

    def guide(self, options: O) -> tuple[str, ...]:
        """What a person goes by who decides on an answer, a line each; nothing by default.

        Args:
            options: of the part.
        """
        return ()

    def criteria(self, options: O) -> tuple[tuple[Fraction, str], ...]:
        """What earns how many points, where a person marks by a list; nothing by default.

        Args:
            options: of the part.
        """
        return ()

    def misfit(self, options: O, points: Fraction) -> tuple[str, str, str] | None:
        """What in the options does not go with the part's points: the option, what is wrong, and what to do.

        Args:
            options: of the part.
            points: of the part.
        """
        return None

    def printed(self, truth: V, options: O) -> Rendered | None:
        """The right answer as someone who knows it would hand it in, for ``verify`` to read back.

        Args:
            truth: from :meth:`key`.
            options: of the part.

        Returns:
            Its notations; None where no single text is the right answer, as for a rubric.
        """
        return self.render(truth, options) if self.decided_by == "machine" else None

    def slips(self, truth: V, options: O) -> Iterator[Slipped]:
        """Wrong answers next to the right one, each with one slip; none by default.

        Args:
            truth: from :meth:`key`.
            options: of the part.
        """
        yield from ()

    # ---------------------------------------------------------------- keys that are formulas

    def arguments(self, truth: V, options: O) -> frozenset[str] | None:
        """Names of the arguments that a solver can take, where the truth is a formula that is typed in as a key.

        Args:
            truth: from :meth:`key`.
            options: of the part.

        Returns:
            The names; None where a solver computes the truth itself, so that no key is typed in.
        """
        return None

    def instances(self, truth: V, options: O, turn: int = 0) -> Iterator[Instance]:
        """Instances at which a key and a solver are compared; none for types whose truth is a plain value.

        Args:
            truth: from :meth:`key`.
            options: of the part.
            turn: other instances for each, where they are drawn.

        Raises:
            SpecError: the truth cannot be worked out at drawn values.
        """
        yield from ()

    def agrees(self, value: object, instance: Instance, options: O) -> bool | None:
        """Whether a solver's value is that of the key; None where the type judges many instances together.

        Args:
            value: what the solver returned, any plain value.
            instance: one of :meth:`instances`.
            options: of the part.
        """
        return None

    def written(self, value: object) -> str:
        """A solver's value, or that of the key at an instance, in a few words for its author.

        Args:
            value: the value, of any kind.
        """
        from grader.answers._expressions.agreement import written

        return written(value)

    def fits(self, counts: Sequence[tuple[Mapping[str, int], int]], truth: V, options: O) -> str:
        """What is wrong with a truth that many instances together bear out, such as a growth class; "" if nothing is.

        Args:
            counts: arguments of instances, and what the solver gave.
            truth: from :meth:`key`.
            options: of the part.
        """
        return ""
