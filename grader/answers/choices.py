"""Several of several options: by letters, texts, words, “all”, “all but …”, or ticked boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from grader.answers._choices import boxes as _boxes
from grader.answers._choices import catalogue as _options
from grader.answers._choices.lists import Statement
from grader.answers._choices.mentions import statement, statements
from grader.answers.base import AnswerType, Comparison, Example, Match, Options, Slipped, brief
from grader.answers.choice import ChoiceOptions
from grader.diagnostics import AnswerError, SpecError, author_error, student_error
from grader.maths.reading.tokens import Token
from grader.maths.rendering.render import join, words
from grader.records import Evidence, Rendered, Status, Witness


class ChoicesOptions(ChoiceOptions):
    """The options to choose from, and how a partly right choice is credited."""

    credit: Literal["each", "all"] = Field(
        "each", description="marks for each option rightly in or out, or all or nothing"
    )


_INPUTS = {"options": ["the ridge λ", "the keys", "the values", "the queries"]}


class ChoicesType(AnswerType[ChoicesOptions, frozenset[str]]):
    """See the module."""

    name: ClassVar[str] = "choices"
    summary: ClassVar[str] = "several of several options: letters, texts, “all”, “all but …”, or ticked boxes"
    options_model: ClassVar[type[Options]] = ChoicesOptions
    in_words: ClassVar[bool] = True
    reads_denials: ClassVar[bool] = True
    examples: ClassVar[tuple[Example, ...]] = (
        Example("A, B, C and D", ["A", "B", "C", "D"], Status.CORRECT, "options", _INPUTS, "letters"),
        Example("all of them", ["A", "B", "C", "D"], Status.CORRECT, "options", _INPUTS, ""),
        Example("All four receive gradients: λ, keys, values, queries.", ["A", "B", "C", "D"], Status.CORRECT,
                "options", _INPUTS, "in a sentence"),
        Example("keys, values and queries", ["B", "C", "D"], Status.CORRECT, "options", _INPUTS, "words"),
        Example("all except λ", ["B", "C", "D"], Status.CORRECT, "options", _INPUTS, "an exception"),
        Example("The keys, values and queries do, but not lambda.", ["B", "C", "D"], Status.CORRECT, "options", _INPUTS,
                "a denial"),
        Example("- [x] A\n- [x] B\n- [ ] C\n- [x] D", ["A", "B", "D"], Status.CORRECT, "options", _INPUTS,
                "ticked boxes"),
        Example("B, C, D", ["A", "B", "C", "D"], Status.PARTIAL, "options", _INPUTS, "three of four settled rightly"),
        Example("B, C, D", ["A", "B", "C", "D"], Status.INCORRECT, "options",
                {**_INPUTS, "credit": "all"}, "all or nothing"),
        Example("none", ["A"], Status.PARTIAL, "options", _INPUTS, "three are rightly left out"),
        Example("the weights", ["A"], Status.UNREADABLE, "", _INPUTS, "none of the options"),
    )  # fmt: skip

    def key(self, value: object, options: ChoicesOptions) -> frozenset[str]:
        """See :meth:`AnswerType.key`."""
        if isinstance(value, str):
            if value in options.options:
                return frozenset({value})
            try:
                return self.read(value, options)
            except AnswerError as error:
                says = f"the truth: cannot read {value[:60]!r} as options"
                raise SpecError(author_error("solver-nonsense", says)) from error
        keys = list(value) if isinstance(value, list | tuple | set | frozenset) else []
        if keys and all(isinstance(key, str) and key in options.options for key in keys):
            return frozenset(keys)
        says = f"expected letters of options out of {', '.join(options.options)}, found {brief(value)}"
        raise SpecError(author_error("solver-nonsense", says))

    def read(self, text: str, options: ChoicesOptions) -> frozenset[str]:
        """See :meth:`AnswerType.read`."""
        tokens = _options.bare(text)
        ticked = _ticked(tokens, options)
        if ticked is not None:
            return ticked.value
        blocks = list(statements(tokens, options.catalogue))
        found = statement(tokens, 0, len(tokens), options.catalogue) if len(blocks) < 2 else None
        if found is None:
            listed = ", ".join(options.options)
            says = f"“{text.strip()[:80]}” does not say which of the options are meant"
            raise AnswerError(student_error("answer-unreadable", says, fix=f"answer with letters out of {listed}"))
        return found.keys

    def find(self, tokens: Sequence[Token], options: ChoicesOptions) -> Iterator[Match[frozenset[str]]]:
        """See :meth:`AnswerType.find`."""
        ticked = _ticked(tokens, options)
        if ticked is not None:
            yield ticked
            return
        found: Statement
        for found in statements(tokens, options.catalogue):
            yield Match(found.first, found.last, found.keys, stated=found.sweeping)

    def compare(self, answer: frozenset[str], truth: frozenset[str], options: ChoicesOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        if answer == truth:
            return Comparison(Status.CORRECT, Fraction(1), "options", "", Evidence("options"))
        wrong = sorted(answer ^ truth, key=list(options.options).index)
        missed, extra = [k for k in wrong if k in truth], [k for k in wrong if k in answer]
        says = " ".join(
            (one if len(keys) == 1 else many.format(len(keys)))
            for keys, one, many in (
                (missed, "1 option that belongs is left out.", "{} options that belong are left out."),
                (extra, "1 option that does not belong is chosen.", "{} options that do not belong are chosen."),
            )
            if keys
        )
        first = wrong[0]
        inside, outside = "chosen", "not chosen"
        yours, expected = (inside, outside) if first in answer else (outside, inside)
        evidence = Evidence(
            "options", "", Witness((("option", f"{first}: {options.options[first]}"),), yours, expected)
        )
        credit = Fraction(len(options.options) - len(wrong), len(options.options))
        if options.credit == "all" or credit == 0:
            return Comparison(Status.INCORRECT, Fraction(0), "options", says, evidence)
        return Comparison(Status.PARTIAL, credit, "options", says, evidence)

    def same(self, one: frozenset[str], other: frozenset[str], options: ChoicesOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        return one == other

    def slips(self, truth: frozenset[str], options: ChoicesOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        for key in options.options:
            made = truth ^ {key}
            yield Slipped(f"option {key}", self.render(made, options).unicode, True)

    def render(self, value: frozenset[str], options: ChoicesOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        chosen = [words(f"{key}: {text}") for key, text in options.options.items() if key in value]
        return join(chosen, "", "") if chosen else words("none")

    def plain(self, value: frozenset[str], options: ChoicesOptions) -> list[str]:
        """See :meth:`AnswerType.plain`."""
        return [key for key in options.options if key in value]


def _ticked(tokens: Sequence[Token], options: ChoicesOptions) -> Match[frozenset[str]] | None:
    """The options whose boxes are ticked, where there are boxes and at least one is."""
    boxes = _boxes.boxes(tokens)
    if not any(box.ticked for box in boxes):
        return None
    known = options.catalogue
    keys = {_boxes.line_option(tokens[box.text : box.last], known) for box in boxes if box.ticked}
    if "" in keys or not _all_told(boxes, tokens, known):
        return None
    return Match(boxes[0].first, boxes[-1].last, frozenset(keys), stated=True)


def _all_told(boxes: Sequence[_boxes.Box], tokens: Sequence[Token], known: _options.Catalogue) -> bool:
    """Whether boxes are no decorations: where pictographs stand for them, every option has one."""
    if not any(token.text in _boxes.CROSSES for box in boxes for token in tokens[box.first : box.last]):
        return True
    return {_boxes.line_option(tokens[box.text : box.last], known) for box in boxes} == set(known.keys)


TYPE = ChoicesType()
