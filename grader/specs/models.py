"""The spec format as pydantic models: what fields there are, of what kind, and what they mean.

The models are the source of the JSON Schema and of the checks of shape. They are validated
against trees whose leaves are :class:`~grader.specs.yaml_nodes.Scalar`, so that each field
decides how the word in it is read: ``010`` is text under ``accept`` and an error under ``points``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from grader.records import HintKind
from grader.specs.exact import FALSE, NULLS, TRUE, NumberTooLongError, exact_number, two_readings
from grader.specs.findings import shown, suggestion
from grader.specs.yaml_nodes import Scalar

SLUG = r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*"
PART_ID = r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*"
MOST_ID = 80

NUMBER_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^[-+]?[0-9]+/[1-9][0-9]*$"},
        {"type": "string", "pattern": r"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$"},
        {"type": "string", "pattern": r"\{\{"},  # a value that is drawn is put in
    ]
}
TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_NOT_NEGATIVE = [{**one, "pattern": one["pattern"].replace("[-+]?", r"\+?", 1)} for one in NUMBER_SCHEMA["anyOf"][1:]]


def complain(code: str, message: str, fix: str) -> NoReturn:
    """Reject a value; the loader turns this into a diagnostic at the value's place."""
    # The message goes in as data: pydantic would take braces in it for a template's.
    raise PydanticCustomError(code, "{message}", {"message": message, "fix": fix})


def describe(value: object) -> str:
    """What was found, for messages: ``"abc"``, ``a list``, ``a mapping``, ``nothing``."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, Scalar):
        if value.plain and value.text in NULLS:
            return "nothing"
        if value.plain and value.text in TRUE | FALSE:
            return f"the truth value {value.text}"
        return shown(value.text) if value.plain else f"the text {shown(value.text)}"
    return shown(str(value))


def read_text(value: object) -> str:
    """Text as written: quotes are needed only where YAML itself needs them."""
    if not isinstance(value, Scalar):
        kind = describe(value)
        complain(
            "spec-wrong-shape",
            f"found {kind}, expected text",
            'quote the text: brackets, braces and ": " have a meaning in YAML',
        )
    if value.plain and value.text in NULLS:
        complain("spec-blank", f"found {shown(value.text)}, expected text", "write the text, or quote this word")
    if not value.text.strip():
        complain("spec-blank", "found blank text", "write the text, or leave the field out")
    return value.text


def read_line(value: object) -> str:
    """Text on one line."""
    text = read_text(value).strip()
    if "\n" in text:
        complain("spec-several-lines", "found several lines, expected one", "move the rest to the prompt")
    return text


def read_number(value: object) -> int | Fraction:
    """An exact number from its digits."""
    if not isinstance(value, Scalar):
        complain("spec-wrong-shape", f"found {describe(value)}, expected a number", "write one number")
    if value.plain and (why := two_readings(value.text)):
        complain("spec-two-readings", f"{shown(value.text)} {why[0]}", why[1])
    try:
        number = exact_number(value.text.strip())
    except ZeroDivisionError:
        complain("spec-not-a-number", f"{shown(value.text)} divides by zero", "correct the denominator")
    except NumberTooLongError:
        complain("spec-number-too-long", f"the number {shown(value.text)} is too long", "write fewer digits")
    if number is None:
        complain(
            "spec-not-a-number",
            f"found {describe(value)}, expected a number",
            "write a number such as 3, 0.5, 1e-6 or 1/3",
        )
    return number


def read_points(value: object) -> Fraction:
    """Marks: more than 0."""
    number = read_number(value)
    if number <= 0:
        complain("spec-points", f"points are {number}, expected more than 0", "write a positive number of points")
    return Fraction(number)


def read_credit(value: object) -> Fraction:
    """A share of the points: from 0 to 1."""
    number = read_number(value)
    if not 0 <= number <= 1:
        complain("spec-credit", f"credit is {shown(str(number))}, expected 0 to 1", "write a share, such as 1/2")
    return Fraction(number)


def read_flag(value: object) -> bool:
    """``true`` or ``false``, unquoted."""
    if isinstance(value, Scalar) and value.plain and value.text in TRUE | FALSE:
        return value.text in TRUE
    return complain("spec-not-a-flag", f"found {describe(value)}, expected true or false", "write true or false")


def read_hint_kind(value: object) -> HintKind:
    """One of the kinds of hint."""
    text = read_text(value)
    kinds = [kind.value for kind in HintKind]
    if text not in kinds:
        complain(
            "spec-hint-kind",
            f"the hint kind {shown(text)} is not known; expected {', '.join(kinds)}",
            suggestion(text, kinds),
        )
    return HintKind(text)


def _identifier(pattern: str, example: str) -> Callable[[object], str]:
    compiled = re.compile(pattern)

    def read(value: object) -> str:
        text = read_text(value)
        if len(text) > MOST_ID or not compiled.fullmatch(text):
            complain(
                "spec-bad-id",
                f"the identifier {shown(text)} is not of the form {example}",
                f"use ASCII letters and digits joined by single marks, at most {MOST_ID} characters",
            )
        return text

    return read


Text = Annotated[str, BeforeValidator(read_text), WithJsonSchema({**TEXT_SCHEMA, "pattern": r"\S"})]
Line = Annotated[str, BeforeValidator(read_line), WithJsonSchema({**TEXT_SCHEMA, "pattern": r"^\s*\S[^\n]*\s*$"})]
Points = Annotated[
    Fraction,
    BeforeValidator(read_points),
    WithJsonSchema({"anyOf": [{"type": "number", "exclusiveMinimum": 0}, *_NOT_NEGATIVE]}),
]
Credit = Annotated[
    Fraction,
    BeforeValidator(read_credit),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, *_NOT_NEGATIVE]}),
]
Flag = Annotated[bool, BeforeValidator(read_flag), WithJsonSchema({"type": "boolean"})]
Kind = Annotated[
    HintKind,
    BeforeValidator(read_hint_kind),
    WithJsonSchema({"type": "string", "enum": [kind.value for kind in HintKind]}),
]
ProblemId = Annotated[
    str,
    BeforeValidator(_identifier(SLUG, '"ridge-attention"')),
    WithJsonSchema({**TEXT_SCHEMA, "pattern": f"^{SLUG}$", "maxLength": MOST_ID}),
]
PartId = Annotated[
    str,
    BeforeValidator(_identifier(PART_ID, '"b.i"')),
    WithJsonSchema({**TEXT_SCHEMA, "pattern": f"^{PART_ID}$", "maxLength": MOST_ID}),
]


class _Form(BaseModel):
    """What all parts of the format have in common: unknown fields are errors."""

    # Pydantic before 2.10 knows no Fraction of its own.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class SourceForm(_Form):
    """Where a part comes from."""

    document: Line = Field(description="Name of the document, for example of the assignment.")
    item: Line = Field(description="Identifier of the item in that document.")


class AnswerForm(BaseModel):
    """What kind of answer is asked, and which function knows it. The other keys are the type's options."""

    model_config = ConfigDict(extra="allow", frozen=True)

    type: Line = Field(description="Answer type.")
    solve: Line | None = Field(
        default=None,
        description="Function of the solver that computes the right answer; with a key, its value at given variables.",
    )
    key: Text | None = Field(
        default=None, description="The right answer as a formula, in the notation of answers; solve proves it."
    )


class MistakeForm(_Form):
    """A wrong answer that the author foresees."""

    answer: Text | None = Field(default=None, description="The wrong answer, as a student would write it.")
    solve: Line | None = Field(
        default=None, description="Or the function of the solver that makes the mistake, with the given values."
    )
    credit: Credit = Field(default=Fraction(0), description="Share of the points it earns, 0 to 1; 0 if left out.")
    says: Text = Field(description="The feedback for it.")


class WeaknessForm(_Form):
    """A slip that the part's own numbers hide, and that may stand."""

    slip: Line = Field(description="The slip, as grade verify names it, for example: transpose A.")
    because: Text = Field(description="Why it may stand.")


class HintForm(_Form):
    """A hint that can be given."""

    kind: Kind = Field(description="What the hint tells.")
    text: Text = Field(description="Its words.")


class PartForm(_Form):
    """One gradable question."""

    id: PartId = Field(description='Unique in the problem. "b.i" stands under heading b, sub-heading i.')
    label: list[Line] | None = Field(
        default=None, description="Headings under which it is answered, where the id does not say so."
    )
    prompt: Text | None = Field(
        default=None, description="The question, Markdown with TeX. Needed unless the problem has a prompt."
    )
    points: Points = Field(description="Full marks, exact, more than 0.")
    answer: AnswerForm = Field(description="Answer type, its options, and the function that knows the answer.")
    confirm: Line | None = Field(
        default=None,
        description="A second function that computes the answer in another way; both must agree.",
    )
    source: SourceForm | None = Field(default=None, description="Where the part comes from.")
    symbols: list[Line] = Field(default=[], description="How the asked quantity is called in answers.")
    cues: list[Line] = Field(default=[], description="Words that announce the answer in prose.")
    accept: list[Text] = Field(default=[], description="Answers that must come out correct.")
    reject: list[Text] = Field(default=[], description="Answers that must not come out correct.")
    mistakes: list[MistakeForm] = Field(default=[], description="Foreseen wrong answers.")
    known_weaknesses: list[WeaknessForm] = Field(
        default=[], description="Slips that grade verify cannot tell from the right answer, and that may stand."
    )
    hints: list[HintForm] = Field(default=[], description="Hints that can be given.")
    needs: list[PartId] = Field(default=[], description="Parts whose answers this one builds on.")
    follow_through: Flag = Field(
        default=False, description="Judge by the student's own earlier answers, so that a slip costs once."
    )


class ProblemForm(_Form):
    """A problem: a question in parts, and the solver that knows the answers."""

    id: ProblemId = Field(description="Unique in the course; letters, digits and hyphens.")
    number: Line | None = Field(default=None, description="How the assignment numbers the problem.")
    title: Line = Field(description="One line; also recognised as a heading in submissions.")
    prompt: Text | None = Field(default=None, description="What all parts share, Markdown with TeX.")
    solver: Line = Field(description="Path of the solver, from the course folder.")
    given: dict[str, Any] = Field(
        default={},
        description="Parameters for the solver. Integers stay integers, decimals become fractions.",
    )
    parts: list[PartForm] = Field(min_length=1, description="In the order of the assignment.")
