"""True or false, or one of several named classes, with the example that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from grader.answers import _find
from grader.answers._classes.statements import Statement, is_filler, statements
from grader.answers._classes.vocabulary import FALSE, TRUE, Vocabulary, spelled, vocabulary
from grader.answers._facts import at_values, told_at
from grader.answers.base import AnswerType, Comparison, Example, Match, Options, Slipped, brief
from grader.diagnostics import AnswerError, SpecError, author_error, student_error
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Token
from grader.maths.rendering.render import words
from grader.records import Evidence, Rendered, Status, Witness


def _classes(value: object) -> Any:
    """Classes as name → other ways to say it; a list names classes without other ways."""
    if isinstance(value, list | tuple):
        value = {str(name): () for name in value}
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of names to other ways to say them, or a list of names")
    out: dict[str, tuple[Any, ...]] = {}  # what is no text in it is for the model to refuse
    for name, texts in value.items():
        listed = [] if texts is None else texts if isinstance(texts, list | tuple) else [texts]
        out[str(name).strip()] = tuple(listed)
    if len(out) == 1:
        raise ValueError("expected at least two classes, found one")
    taken: dict[str, str] = {}
    for name, texts in out.items():
        for text in (one for one in (name, *texts) if isinstance(one, str)):
            form = spelled(text)
            if not form:
                raise ValueError("the name of a class, and each way to say it, must not be empty")
            if taken.setdefault(form, name) != name:
                raise ValueError(f"“{text}” would say both “{taken[form]}” and “{name}”")
    return out


_TEXT = ["string", "number", "boolean"]
"""Text as YAML reads it: without quotes it may look like a number or a truth value."""


class ClassificationOptions(Options):
    """The classes among which the answer is."""

    classes: Annotated[
        Mapping[str, tuple[str, ...]],
        BeforeValidator(_classes),
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "object", "additionalProperties": {"type": [*_TEXT, "array", "null"]}},
                    {"type": "array", "items": {"type": _TEXT}},
                ]
            }
        ),
    ] = Field(
        {},
        validate_default=False,
        description="name → other ways to say it, or names; true and false if none",
    )

    @property
    def vocabulary(self) -> Vocabulary:
        """The classes, ready to be recognised."""
        return vocabulary(tuple(self.classes.items()))


@dataclass(frozen=True, slots=True)
class Classified:
    """A class that is named, and for the truth what shows it.

    Args:
        label: name of the class.
        hedge: what makes it less than a plain statement; "" in truths.
        at: where it can be seen: pairs of symbol and value, as shown.
        shows: what is seen there, or why it is so.
    """

    label: str
    hedge: str = ""
    at: tuple[tuple[str, str], ...] = ()
    shows: str = ""

    @property
    def reason(self) -> str:
        """Where and how it can be seen, as a sentence; "" if the solver does not say."""
        if not self.at:
            return f"{self.shows}." if self.shows and self.shows[-1] not in ".!?" else self.shows
        where = f"at {told_at(self.at)}"
        says = f"{where}: {self.shows}" if self.shows else f"this can be seen {where}"
        return says[0].upper() + says[1:] + ("" if says[-1] in ".!?" else ".")


_DEFINITE = {
    "classes": {
        "PD": ["positive definite"], "PSD": ["positive semidefinite"], "ND": ["negative definite"],
        "NSD": ["negative semidefinite"], "indefinite": [],
    }
}  # fmt: skip
_NORMAL = {"is": False, "at": {"A": [[0, -1], [1, 0]]}, "shows": "A Aᵀ = Aᵀ A, but A ≠ Aᵀ"}


class ClassificationType(AnswerType[ClassificationOptions, Classified]):
    """See the module."""

    name: ClassVar[str] = "classification"
    summary: ClassVar[str] = "true or false, or one of several named classes; the solver gives the counterexample"
    options_model: ClassVar[type[Options]] = ClassificationOptions
    in_words: ClassVar[bool] = True
    reads_denials: ClassVar[bool] = True
    examples: ClassVar[tuple[Example, ...]] = (
        Example("False", False, Status.CORRECT, "class", {}, "a word"),
        Example("True", _NORMAL, Status.INCORRECT, "class", {}, "the counterexample is the feedback"),
        Example("No, a rotation by 90° is normal.", _NORMAL, Status.CORRECT, "class", {}, "with a reason"),
        Example("The claim does not hold.", False, Status.CORRECT, "class", {}, "a denial"),
        Example("This is not false.", True, Status.CORRECT, "class", {}, "two denials"),
        Example("True, but only if A is invertible.", True, Status.UNDECIDED, "hedged", {}, "under a condition"),
        Example("True or false", True, Status.UNDECIDED, "two_answers", {}, "two answers are not one"),
        Example("True. Take A = I; so the claim is false.", True, Status.UNDECIDED, "two_answers", {},
                "the reason contradicts the answer"),
        Example("positive-definite", "PD", Status.CORRECT, "class", _DEFINITE, "a class of the question's own"),
        Example("A is positive semi-definite", "PD", Status.INCORRECT, "class", _DEFINITE, "another class"),
        Example("not positive definite", "PSD", Status.UNREADABLE, "", _DEFINITE, "a denial leaves four classes open"),
    )  # fmt: skip

    def key(self, value: object, options: ClassificationOptions) -> Classified:
        """See :meth:`AnswerType.key`."""
        if isinstance(value, Mapping):
            extra = [str(key) for key in value if key not in ("is", "at", "shows")]
            if extra or "is" not in value:
                found = ", ".join(map(str, value)) or "nothing"
                says = f"expected a mapping with “is”, and perhaps “at” and “shows”, found {found}"
                raise SpecError(author_error("solver-nonsense", says))
            shows = value.get("shows", "")
            if not isinstance(shows, str):
                says = f"“shows” must be text, found {type(shows).__name__} {brief(shows)}"
                raise SpecError(author_error("solver-nonsense", says))
            label = self._label(value["is"], options)
            return Classified(label, "", at_values(value.get("at", {})), " ".join(shows.split()))
        return Classified(self._label(value, options))

    def _label(self, value: object, options: ClassificationOptions) -> str:
        known = options.vocabulary
        if type(value).__name__ in ("BooleanTrue", "BooleanFalse"):  # SymPy's
            value = bool(value)
        if isinstance(value, bool) and known.truth:
            return known.yes if value else known.no
        if isinstance(value, str) and (label := known.label(value)):
            return label
        listed = ", ".join(known.names)
        says = f"expected one of the classes {listed}, found {type(value).__name__} {brief(value)}"
        raise SpecError(author_error("solver-nonsense", says))

    def read(self, text: str, options: ClassificationOptions) -> Classified:
        """See :meth:`AnswerType.read`."""
        tokens = _find.strip_answer(tokenize(text))
        found = statements(tokens, options.vocabulary)
        inside = [False] * len(tokens)
        for one in found:
            inside[one.first : one.last] = [True] * (one.last - one.first)
        rest = any(not inside[at] and not is_filler(token) for at, token in enumerate(tokens))
        asked = any(token.text == "?" for token in tokens)
        if len({(one.label, one.hedge) for one in found}) == 1 and not rest and not asked:
            return _read(found[0])
        left = [token for token in tokens if not is_filler(token)]
        if len(left) == 1 and not found and (label := options.vocabulary.beginning(left[0].text.lower())):
            return Classified(label)
        names = ", ".join(options.vocabulary.names)
        says = f"“{text.strip()[:80]}” does not say which of the classes it is"
        raise AnswerError(student_error("answer-unreadable", says, fix=f"answer with one of: {names}"))

    def find(self, tokens: Sequence[Token], options: ClassificationOptions) -> Iterator[Match[Classified]]:
        """See :meth:`AnswerType.find`."""
        for one in statements(tokens, options.vocabulary):
            yield Match(one.first, one.last, _read(one), stated=one.weight > 1)

    def compare(self, answer: Classified, truth: Classified, options: ClassificationOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        if answer.hedge:
            says = f"The answer is not said plainly (“{answer.hedge}”); a person will decide what it means."
            return Comparison(Status.UNDECIDED, None, "hedged", says, Evidence("classes"))
        if answer.label == truth.label:
            return Comparison(Status.CORRECT, Fraction(1), "class", "", Evidence("classes"))
        witness = Witness(truth.at, answer.label, truth.label)
        says = f"The claim is {truth.label}." if truth.label in (TRUE, FALSE) else "It is of another class."
        feedback = f"{says} {truth.reason}".strip()
        return Comparison(Status.INCORRECT, Fraction(0), "class", feedback, Evidence("classes", "", witness))

    def same(self, one: Classified, other: Classified, options: ClassificationOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        if one.hedge or other.hedge:
            return None
        return one.label == other.label

    def slips(self, truth: Classified, options: ClassificationOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        for name in options.vocabulary.names:
            if name != truth.label:
                yield Slipped(f"class {name}", self.render(Classified(name), options).unicode, True)

    def render(self, value: Classified, options: ClassificationOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        return words(f"{value.label} ({value.hedge} …)" if value.hedge else value.label)

    def plain(self, value: Classified, options: ClassificationOptions) -> str | None:
        """See :meth:`AnswerType.plain`."""
        return None if value.hedge else value.label

    def is_secret(self, options: ClassificationOptions) -> bool:
        """See :meth:`AnswerType.is_secret`; whoever is wrong about one of two classes knows the other."""
        return len(options.vocabulary.names) > 2

    def told(self, truth: Classified, options: ClassificationOptions) -> str:
        """See :meth:`AnswerType.told`."""
        return f"{truth.label}. {truth.reason}".strip() if truth.reason else truth.label


def _read(statement: Statement) -> Classified:
    return Classified(statement.label, statement.hedge)


TYPE = ClassificationType()
