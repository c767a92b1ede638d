"""What holds for every answer type that discovery finds, shown on its own examples and on any text."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from answers_sample import TEXTS, part_of, settings_of
from hypothesis import given
from steps import calls

from grader import check
from grader.answers import get_type, type_names
from grader.answers.base import AnswerType, Example, Options
from grader.diagnostics import AnswerError, SpecError
from grader.intake.finding.finder import find_in_text
from grader.maths.reading.lexer import tokenize
from grader.records import Status

EXAMPLES = [(name, example) for name in type_names() for example in get_type(name).examples]
PAIRS = pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=lambda v: v if isinstance(v, str) else v.response[:30]
)
NAMES = pytest.mark.parametrize("name", type_names())


def options_of(name: str, example: Example) -> Any:
    return get_type(name).options_model.model_validate(dict(example.options))


@NAMES
def test_a_type_describes_itself(name: str) -> None:
    """Its name is that of its module; it has a summary, options that refuse unknown keys, and examples."""
    kind = get_type(name)
    assert isinstance(kind, AnswerType)
    assert kind.name == name
    assert kind.summary
    assert issubclass(kind.options_model, Options)
    assert kind.options_model.model_config["extra"] == "forbid"
    shown = {Status.CORRECT, Status.INCORRECT} if kind.decided_by == "machine" else {Status.UNDECIDED}
    assert shown <= {example.status for example in kind.examples}


def test_an_unknown_type_is_told_with_the_nearest_one() -> None:
    """The error for the author names the type that was meant."""
    with pytest.raises(SpecError, match="number"):
        get_type("nubmer")


@PAIRS
def test_examples_come_out_as_stated(name: str, example: Example) -> None:
    """The status and the reason of each example are what grading it gives; an open item has no marks."""
    verdict = check(example.response, example.expected, type=name, **dict(example.options))
    assert verdict.status == example.status, verdict.feedback
    assert example.reason in ("", verdict.reason)
    assert (verdict.credit is None) == (not verdict.status.carries_marks)
    assert verdict.expected is not None or get_type(name).decided_by == "human"


@PAIRS
def test_keys_are_shown_and_read_back(name: str, example: Example) -> None:
    """The truth is right as an answer, and so is what it is shown as, in Unicode and in LaTeX; its MathML is XML."""
    kind, options = get_type(name), options_of(name, example)
    truth = kind.key(example.expected, options)
    assert kind.same(truth, truth, options) is True
    if kind.decided_by == "human":
        return  # the truth is what a person knows, and no answer
    assert kind.compare(truth, truth, options).status is Status.CORRECT
    shown = kind.render(truth, options)
    for text in (shown.unicode, shown.latex):
        assert kind.same(kind.read(text, options), truth, options) is True, text
    assert Xml.fromstring(shown.mathml).tag == "{http://www.w3.org/1998/Math/MathML}math"  # noqa: S314  # the output of this package


@PAIRS
def test_what_is_found_reads_back(name: str, example: Example) -> None:
    """The words at the place of each match, read by themselves, say the same as the match."""
    kind, options = get_type(name), options_of(name, example)
    tokens = tokenize(example.response)
    last = 0
    for match in kind.find(tokens, options):
        assert 0 <= match.first < match.last <= len(tokens)
        assert match.last >= last
        last = match.last
        words = example.response[tokens[match.first].start : tokens[match.last - 1].end]
        try:
            value = kind.read(words, options)
        except AnswerError:
            found = find_in_text(words, part_of(name, dict(example.options)))
            assert found is not None, words
            assert found.readable, words
            value = found.values[0]
        assert value == match.value or kind.same(value, match.value, options) is True, words


@PAIRS
def test_answers_are_shown_and_read_back(name: str, example: Example) -> None:
    """Where an example's response reads as an answer, it is shown as what reads the same."""
    kind, options = get_type(name), options_of(name, example)
    try:
        value = kind.read(example.response, options)
    except AnswerError as error:
        assert error.diagnostics[0].fix
        return
    shown = kind.render(value, options)
    if "missing" in shown.unicode or not getattr(value, "ends_stated", True):
        return  # entries that were not given, and ends of which nothing was said, cannot be shown
    for text in (shown.unicode, shown.latex):
        assert kind.same(kind.read(text, options), value, options) is not False, text


@NAMES
def test_any_text_is_read_or_refused(name: str) -> None:
    """``read`` raises nothing but AnswerError, ``find`` raises nothing, and what they give can be judged and shown."""
    kind = get_type(name)
    checked = [kind.options_model.model_validate(options) for options in settings_of(name)]
    truths = [kind.key(e.expected, options_of(name, e)) for e in kind.examples[:1]]

    @given(TEXTS)
    def attempt(text: str) -> None:
        for options in checked:
            tokens = tokenize(text)
            values = []
            for match in kind.find(tokens, options):
                assert 0 <= match.first < match.last <= len(tokens)
                values.append(match.value)
            try:
                values.append(kind.read(text, options))
            except AnswerError as error:
                span = error.diagnostics[0].span
                assert error.diagnostics[0].message
                assert span is None or 0 <= span.start <= span.end <= len(text)
            for value in values:
                assert kind.render(value, options).unicode is not None
                assert kind.same(value, value, options) in (True, None)
        assert all(kind.compare(value, truth, checked[0]) for value in values[:1] for truth in truths)

    attempt()


@NAMES
def test_an_empty_text_is_refused(name: str) -> None:
    """Nothing is no answer: reading it is an error, finding in it finds nothing, grading it says missing."""
    kind = get_type(name)
    options = kind.options_model.model_validate(settings_of(name)[0])
    for text in ("", " \n ", "$$ $$", "**", "."):
        with pytest.raises(AnswerError):
            kind.read(text, options)
        assert list(kind.find(tokenize(text), options)) == []
    example = kind.examples[0]
    for text in ("", "  \n"):
        assert check(text, example.expected, type=name, **dict(example.options)).status is Status.MISSING


LONG = [
    "1, ", "K_1 = 0, ", "K = ", "[1, 2], ", "(", "[", "\\boxed{", "2(", "λ ", "1 ≤ λ ", "A ", "(B) ", "keys and ",
    "not 5. ",
    "| 1 ", "| 1 |\n", "1 - ", "- [x] A\n", "a = b = ", "12/3 = 4. ", "1,234,", "x_", "1\t2\n", "word ", "O(n) ",
    "3 or ",
    "λI", "√", "0.5  \n",
]  # fmt: skip


@NAMES
@pytest.mark.parametrize("unit", LONG)
def test_work_grows_with_length_only(name: str, unit: str) -> None:
    """Four times the text takes about four times the calls, in finding and in reading."""
    kind = get_type(name)
    options = kind.options_model.model_validate(settings_of(name)[-1])

    def attempt(size: int) -> None:
        text = unit * (size // len(unit))
        for _ in kind.find(tokenize(text), options):
            pass
        try:
            kind.read(text, options)
        except AnswerError as error:
            assert error.diagnostics

    attempt(200)  # what is loaded and compiled once is not counted
    assert calls(lambda: attempt(1_200)) < 6 * calls(lambda: attempt(300)) + 2_000


REPLY = (
    "Since A = [0.8, 0] and λ ≥ 1 we get 12/3 = 4, so the keys and the values (B) cost $O(nd^2)$. "
    "Therefore K_3 = CA^2B = 0.96 and it is **not** between 1 and 4. "
)


@NAMES
def test_a_long_reply_is_searched_with_bounded_work(name: str) -> None:
    """A reply of 50 kB is searched to its end, with at most some forty calls a character."""
    kind = get_type(name)
    options = kind.options_model.model_validate(settings_of(name)[0])
    text = REPLY * (50_000 // len(REPLY))
    entered = calls(lambda: list(kind.find(tokenize(text), options)))
    assert entered < 40 * len(text)
