"""Good specs become frozen records with exact numbers; words are read as their fields ask."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from specs_sample import GOOD

from grader.diagnostics import SpecError
from grader.records import HintKind, Mistake, Source, SpecHint
from grader.specs import load_problem

Write = Callable[[str], Path]


def test_a_whole_spec_is_read(course: Path, write: Write) -> None:
    """Every field of a spec arrives in the records; numbers are exact and integers stay integers."""
    problem = load_problem(write(GOOD), course)
    assert (problem.id, problem.number, problem.title) == ("cooling", "2", "Newton's law of cooling")
    assert problem.prompt == "A cup cools."
    assert problem.solver == "reference/cooling.py"
    assert problem.file == str(course / "problems" / "cooling.yaml")
    assert problem.given == {
        "start": 90,
        "rate": Fraction(1, 20),
        "room": [20, Fraction(1, 10), Fraction(1, 3)],
    }
    assert type(problem.given["start"]) is int
    first, second = problem.parts
    assert (first.id, first.label, first.points) == ("a.i", ("a", "i"), Fraction(5, 2))
    assert (first.type, first.solve, first.confirm) == ("number", "temperature", "simulated")
    assert first.options.abs == Fraction(1, 10**6)
    assert first.mistakes == (Mistake("5", Fraction(1, 2), "Half way."),)
    assert first.hints == (SpecHint(HintKind.TARGETED, "Look at the rate."),)
    assert (second.label, second.needs, second.follow_through) == (("b", "last"), ("a.i",), True)
    assert second.prompt == ""


def test_unquoted_words_are_text_where_text_is_expected(course: Path, write: Write) -> None:
    """no, 010, 1:30, 1e-6, dates and true need no quotes under accept, nor as options that are text."""
    first, second = load_problem(write(GOOD), course).parts
    assert first.accept == ("no", "010", "1:30", "1e-6", "2024-05-01", "true")
    assert second.options.options == {"N": "no", "A": "0.50", "B": "yes"}


def test_yes_and_no_are_truth_values_where_an_option_is_one(course: Path, write: Write) -> None:
    """The same unquoted no is text for one option and false for another."""
    text = GOOD.replace("type: number, abs: 1e-6", "type: interval, variable: no, exact: no")
    options = load_problem(write(text), course).parts[0].options
    assert (options.variable, options.exact) == ("no", False)


def test_words_in_a_list_that_becomes_a_mapping_are_text_too(course: Path, write: Write) -> None:
    """A type may letter a list of options itself; unquoted numbers in it still are the texts written."""
    text = GOOD.replace("type: number, abs: 1e-6", "type: order, items: [0.50, no, 1e3, 7]")
    options = load_problem(write(text), course).parts[0].options
    assert options.items == {"A": "0.50", "B": "no", "C": "1e3", "D": "7"}


def test_source_symbols_and_cues_are_read(course: Path, write: Write) -> None:
    """Lists of words and the source arrive as tuples and a record."""
    more = "    source: {document: hw8, item: P3c}\n    symbols: [λ, N]\n    cues: [kernel]\n    points: 1\n"
    part = load_problem(write(GOOD.replace("    points: 1\n", more)), course).parts[1]
    assert part.source == Source("hw8", "P3c")
    assert (part.symbols, part.cues) == (("λ", "N"), ("kernel",))


def test_a_part_knows_its_place(course: Path, write: Write) -> None:
    """The span of a part runs from its first key to its last character."""
    path = write(GOOD)
    span = load_problem(path, course).parts[1].span
    assert span is not None
    text = path.read_text()
    assert (span.line, span.column) == (20, 5)
    assert text[span.start : span.end].startswith("id: b\n")
    assert text[span.start : span.end].endswith("follow_through: true")


def test_a_problem_can_be_sent_to_another_process(course: Path, write: Write) -> None:
    """A problem without a fake type's options survives pickling unchanged."""
    problem = load_problem(write(GOOD), course)
    assert pickle.loads(pickle.dumps(problem)) == problem  # noqa: S301 - our own bytes


def test_an_alias_repeats_a_value(course: Path, write: Write) -> None:
    """Anchors and aliases of plain data are allowed; each use is a value of its own."""
    text = GOOD.replace("rate: 0.05", "rate: &r [1, 2]\n  more: *r")
    given = load_problem(write(text), course).given
    assert given["more"] == [1, 2]
    assert given["more"] is not given["rate"]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(course: Path, write: Any) -> None:
    """A file as Windows editors save it reads the same, and errors keep their columns."""
    problem = load_problem(write(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()), course)
    assert problem.parts[0].points == Fraction(5, 2)
    with pytest.raises(SpecError) as caught:
        load_problem(write(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").replace("id: b", "id: a.i").encode()), course)
    assert str(caught.value.diagnostics[0].span).endswith("cooling.yaml:20:9")


@pytest.mark.parametrize(("written", "label"), [("a", ("a",)), ("1.10", ("1", "10")), ("010", ("010",))])
def test_ids_are_taken_as_written(course: Path, write: Write, written: str, label: tuple[str, ...]) -> None:
    """An id that looks like a number keeps its digits."""
    text = GOOD.replace("id: a.i", f"id: {written}").replace("[a.i]", f"[{written}]")
    text = text.replace("    follow_through: true\n", "")  # whose function takes part_a_i
    part = load_problem(write(text), course).parts[0]
    assert (part.id, part.label) == (written, label)
