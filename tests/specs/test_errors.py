"""Wrong specs: each error has a stable code, points at the character, and says what to do.

In the cases, ‸ stands before the character that the diagnostic must point at; it is taken out
before the text is read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from specs_sample import GOOD

from grader.diagnostics import Audience, Diagnostic, Severity, SpecError
from grader.specs import CODES, load_problem

Write = Callable[[str | bytes], Path]
CARET = "‸"


def errors(path: Path, course: Path) -> tuple[Diagnostic, ...]:
    """The diagnostics of a spec that must not load."""
    with pytest.raises(SpecError) as caught:
        load_problem(path, course)
    return caught.value.diagnostics


def place(text: str) -> tuple[int, int]:
    """Line and column of the caret in a case, from 1."""
    before = text[: text.index(CARET)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


MACHINE = """\
    answer: {type: number, abs: 1e-6, solve: temperature}
    confirm: simulated
    accept: [no, 010, 1:30, 1e-6, 2024-05-01, true]
    mistakes: [{answer: "5", credit: 1/2, says: Half way.}]
"""
"""What the good spec says of a part that a machine decides."""

# what stands in the good spec, what stands there instead, code, a piece of the message or fix
CASES = [
    # fields
    ("title: Newton", "‸titel: Newton", "spec-unknown-field", 'did you mean "title"?'),
    ("title: Newton's law of cooling\n", "", "spec-missing-field", "‸id"),
    ("    points: 1\n", "", "spec-missing-field", '‸id: b'),
    ("says: Half way.", "say: Half way.", "spec-unknown-field", "‸say:"),
    ("prompt: |\n  A cup cools.\n", "", "spec-missing-field", "‸id: b"),
    ("id: cooling", "id: ‸two words", "spec-bad-id", "ridge-attention"),
    ("id: cooling", "id: ‸-x", "spec-bad-id", "letters"),
    ("id: a.i", "id: ‸a..i", "spec-bad-id", "b.i"),
    ("id: cooling", "id:‸ ", "spec-blank", "expected text"),
    ("title: Newton's law of cooling", 'title: ‸"a\\nb"', "spec-several-lines", "expected one"),
    ("title: Newton's law of cooling", "title: ‸[a]", "spec-wrong-shape", "found a list, expected text"),
    ("title: Newton's law of cooling", 'title: ‸" "', "spec-blank", "blank"),
    ("given:\n  start: 90", "given: ‸5\nx:\n  start: 90", "spec-wrong-shape", "expected a mapping"),
    ("accept: [no,", "accept: [‸[1, 4],", "spec-wrong-shape", "accept[1]: found a list, expected text"),
    ("hints: [{kind", "hints: [‸7, {kind", "spec-wrong-shape", 'hints[1]: found "7"'),
    ("needs: [a.i]", "needs: ‸a.i", "spec-wrong-shape", "write [ and ] around it"),
    ("accept: [no,", "accept: [‸null,", "spec-blank", "quote"),
    # numbers
    ("points: 2.5", "points: ‸0", "spec-points", "more than 0"),
    ("points: 2.5", "points: ‸-1e-3", "spec-points", "-1/1000"),
    ("points: 2.5", "points: ‸010", "spec-two-readings", "octal"),
    ("points: 2.5", "points: ‸1:30", "spec-two-readings", "base 60"),
    ("points: 2.5", "points: ‸yes", "spec-two-readings", "true or false"),
    ("points: 2.5", "points: ‸many", "spec-not-a-number", "1e-6"),
    ("points: 2.5", "points: ‸true", "spec-not-a-number", "truth value"),
    ("points: 2.5", "points: ‸.inf", "spec-two-readings", "no exact value"),
    ("points: 2.5", "points: ‸1/0", "spec-not-a-number", "divides by zero"),
    ("points: 2.5", "points: ‸1e999999999", "spec-number-too-long", "fewer digits"),
    ("points: 2.5", "points: ‸[1]", "spec-wrong-shape", "found a list, expected a number"),
    ("credit: 1/2", "credit: ‸3/2", "spec-credit", "0 to 1"),
    ("credit: 1/2", "credit: ‸-0.1", "spec-credit", "0 to 1"),
    ("follow_through: true", "follow_through: ‸yes", "spec-not-a-flag", "true or false"),
    # free data
    ("start: 90", "start: ‸no", "spec-two-readings", "YAML 1.2"),
    ("start: 90", "start: ‸0o17", "spec-two-readings", "decimal"),
    ("start: 90", "start: ‸1_000", "spec-two-readings", "underscores"),
    ("start: 90", "start: ‸1,000", "spec-two-readings", "commas"),
    ("start: 90", "start: [{x: ‸2024-05-01}]", "spec-two-readings", "date"),
    ("start: 90", "start: ‸−5", "spec-two-readings", "hyphen"),
    ("start: 90", "start:‸ ", "spec-blank", "no value"),
    ("start: 90", "start: ‸1/0", "spec-not-a-number", "divides by zero"),
    # parts among themselves
    ("id: b", "id: ‸a.i", "spec-duplicate-part", "line 12"),
    ("needs: [a.i]", "needs: [a.i, ‸a.j]", "spec-unknown-need", 'did you mean "a.i"?'),
    ("needs: [a.i]", "needs: [‸b]", "spec-need-cycle", "b → b"),
    ("needs: [a.i]", "needs: []", "spec-follow-through", "follow_through: ‸true"),
    ("confirm: simulated", "confirm: ‸temperature", "spec-confirm-is-solve", "another way"),
    ("kind: targeted", "kind: ‸target", "spec-hint-kind", 'did you mean "targeted"?'),
    # answer types and their options
    ("type: number", "type: ‸nubmer", "spec-unknown-type", 'did you mean "number"?'),
    ("abs: 1e-6", "‸asb: 1e-6", "spec-unknown-option", 'did you mean "abs"?'),
    ("abs: 1e-6", "abs: ‸small", "spec-option", 'option "abs" of number: found "small"'),
    ("abs: 1e-6", "digits: ‸0.5", "spec-option", "digits"),
    ("abs: 1e-6", "digits:‸ ", "spec-blank", "no value"),
    ("abs: 1e-6", "abs: ‸010", "spec-two-readings", "octal"),
    ("solve: which", "credit: ‸eahc\n      solve: which", "spec-option", 'did you mean "each"?'),
    ("A: 0.50", "A: ‸[1]", "spec-option", "options"),
    ("      options: {N: no, A: 0.50, B: yes}\n", "", "spec-missing-option", "‸type: choice"),
    ("type: number, abs: 1e-6", "type: interval, variable: x, domain: ‸\"what?\"", "spec-option", "question mark"),
    ("{type: number, abs: 1e-6", "‸{type: interval, variable: x, domain: hey!", "spec-option", "shouts"),
    # who decides
    ("abs: 1e-6, solve: temperature}", "abs: 1e-6}", "spec-missing-field", "‸{type: number"),
    (MACHINE, "    answer: {type: essay}\n    accept: ‸[no]\n", "spec-decided-by-person", "accept has no meaning"),
    (MACHINE, "    answer: {type: essay, worth: ‸7}\n", "spec-criteria", "add up"),
    (MACHINE, "    answer: {type: essay}\n    confirm: ‸simulated\n", "spec-confirm-alone", "nothing to confirm"),
    # solvers
    ("reference/cooling.py", "‸reference/coolng.py", "spec-solver-missing", 'did you mean "cooling.py"?'),
    ("reference/cooling.py", "‸reference", "spec-solver-path", ".py"),
    ("reference/cooling.py", "‸reference\\cooling.py", "spec-solver-path", '"/" between folders'),
    ("reference/cooling.py", "‸../cooling.py", "spec-solver-outside", "outside the course"),
    ("reference/cooling.py", "‸/etc/cooling.py", "spec-solver-outside", "outside the course"),
    ("solve: temperature", "solve: ‸temprature", "spec-solver-function", 'did you mean "temperature"?'),
    ("confirm: simulated", "confirm: ‸simulate", "spec-solver-function", 'did you mean "simulated"?'),
    ("solve: temperature", "solve: ‸wants_more", "spec-solver-argument", 'needs "ambient"'),
    ("solve: temperature", "solve: ‸goes_on", "spec-solver-argument", "write part_a=None"),
    ("solve: temperature", "solve: ‸by_position", "spec-solver-argument", "by position only"),
    ("rate: 0.05", "rates: 0.05", "spec-solver-argument", "‸temperature}"),
    ("solve: which", "solve: untold", "spec-follow-through", "follow_through: ‸true"),
    # values that are drawn
    ("start: 90", "start: {draw: ‸normal, mean: 0}", "spec-draw", "integer"),
    ("start: 90", "start: ‸{draw: integer, from: 1}", "spec-draw", 'needs the field "to"'),
    ("start: 90", "start: {draw: integer, from: 1, to: 9, ‸by: 2}", "spec-draw", 'no field "by"'),
    ("start: 90", "start: {draw: integer, from: 9, to: ‸1}", "spec-draw", "up to"),
    ("start: 90", "start: {draw: integer, from: 1, to: ‸9.5}", "spec-draw", "a whole number"),
    ("start: 90", "start: {draw: decimal, from: 1, to: 2, step: ‸0}", "spec-draw", "steps above 0"),
    ("start: 90", "start: ‸{draw: integer, from: 1, to: 2, not: [1, 2]}", "spec-draw", "leaves no value"),
    ("start: 90", "start: {draw: choice, of: ‸[]}", "spec-draw", "a list of values"),
    ("start: 90", "start: {draw: sample, of: [1, 2], size: ‸3}", "spec-draw", "expected 1 to 2"),
    ("start: 90", "start: {draw: matrix, shape: ‸[2], from: 0, to: 1}", "spec-draw", "[rows, columns]"),
    ("start: 90", "start: {draw: vector, size: 2, from: 0, to: 1, structure: ‸round}", "spec-draw", "distinct"),
    ("start: 90", "start: {draw: matrix, shape: [2, 3], from: 0, to: 1, structure: ‸symmetric}", "spec-draw", "square"),
    ("start: 90", "start: ‸{draw: vector, size: 2, from: 0, to: 0, structure: nonzero}", "spec-draw", "nonzero"),
    ('{answer: "5", credit: 1/2, says: Half way.}', "‸{credit: 1/2, says: Half way.}", "spec-missing-field", "neither"),
    ('{answer: "5", credit: 1/2,', "‸{answer: '5', solve: which, credit: 1/2,", "spec-missing-field", "both"),
    # YAML
    ("start: 90", "start: 90\n  ‸start: 80", "spec-duplicate-key", "line 8"),
    ("start: 90", "start: ‸!!python/name:os.system 90", "spec-tag", "python/name"),
    ("start: 90", "start: ‸*nothing", "spec-alias", "no anchor above it"),
    ("start: 90", "start: &me [‸*me]", "spec-alias", "inside what it repeats"),
    ("start: 90", "‸<<: {a: 1}", "spec-merge-key", "merge"),
    ("start: 90", "? ‸[a, b]\n  : 1", "spec-key-not-text", "word or text"),
    ("start: 90", 'start: ‸"a\\0b"', "spec-character", "U+0000"),
    ("start: 90", 'start: ‸"\\ud800"', "spec-character", "U+D800"),
    ("prompt: Temperature?", "prompt: what‸: why: how", "spec-yaml-syntax", "colon"),
    ("start: 90", "‸\tstart: 90", "spec-yaml-syntax", "tabs"),
    ("prompt: Temperature?", "prompt: ‸@home", "spec-yaml-syntax", "quote the text"),
    ("start: 90", "start: a‸\x07b", "spec-yaml-syntax", "U+0007"),
    ("follow_through: true\n", "follow_through: true\n‸---\nid: x\n", "spec-several-documents", "of its own"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "says"), CASES, ids=[f"{c[2]}-{c[1][:24]}" for c in CASES])
def test_an_error_points_at_its_cause(course: Path, write: Write, old: str, new: str, code: str, says: str) -> None:
    """The error has the code, stands where the caret stands, and its words name the cause or the fix."""
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    if CARET not in text:  # then `says` shows where in the rest of the spec
        text = text.replace(says.replace(CARET, ""), says, 1)
        says = ""
    path = write(text.replace(CARET, ""))
    found = [one for one in errors(path, course) if one.code == code]
    assert [(one.span.line, one.span.column) for one in found if one.span] == [place(text)]
    assert found[0].span is not None
    assert found[0].span.file == str(path)
    assert says in found[0].message + found[0].fix
    assert found[0].fix
    assert (found[0].severity, found[0].audience) == (Severity.ERROR, Audience.AUTHOR)


def test_the_table_covers_what_a_single_spec_can_have_wrong() -> None:
    """Every code that loading one spec can give is in the table, or in a test of its own here."""
    elsewhere = {
        "spec-not-found", "spec-too-large", "spec-encoding", "spec-empty", "spec-too-deep", "spec-no-parts",
        "spec-too-many-errors", "spec-solver-syntax", "spec-wrong-value", "spec-key",
        "spec-link", "spec-no-problems", "spec-duplicate-problem", "spec-settings-syntax",
        "spec-unknown-setting", "spec-setting", "spec-two-settings", "spec-template", "spec-mistake",
    }  # fmt: skip
    assert {case[2] for case in CASES} == set(CODES) - elsewhere


def test_a_template_that_cannot_be_filled_is_an_error_at_its_place(course: Path, write: Write) -> None:
    """An unknown name, a wrong filter and an open brace are each told where they stand."""
    text = GOOD.replace("start: 90", "start: {draw: integer, from: 1, to: 9}")
    for wrong in ("{{ stat }}", "{{ start | loud }}", "{{ start", "{{ 1 / 0 }}", "{{ start.__class__ }}"):
        found = errors(write(text.replace("Temperature?", f"'{wrong}'")), course)
        assert [(one.code, one.span.line, one.span.column) for one in found if one.span] == [("spec-template", 13, 13)]


def test_no_function_makes_a_mistake_in_a_formula(course: Path, write: Write) -> None:
    """Where the answer is a formula, so are its mistakes, and they are written down."""
    text = GOOD.replace("type: number, abs: 1e-6", "type: formula, key: x").replace('answer: "5"', "solve: simulated")
    assert "spec-mistake" in [one.code for one in errors(write(text), course)]


def test_all_errors_of_a_file_come_together_in_order(course: Path, write: Write) -> None:
    """Errors of shape, numbers, options, needs and solver are reported at once, from top to bottom."""
    text = (
        GOOD.replace("id: cooling", "id: a b")
        .replace("start: 90", "start: 010")
        .replace("points: 2.5", "points: 0")
        .replace("abs: 1e-6", "asb: 1")
        .replace("solve: which", "solve: witch")
        .replace("[a.i]", "[c]")
    )
    found = errors(write(text), course)
    assert [(one.code, one.span.line) for one in found if one.span] == [
        ("spec-bad-id", 1),
        ("spec-two-readings", 8),
        ("spec-points", 14),
        ("spec-unknown-option", 15),
        ("spec-solver-function", 26),
        ("spec-unknown-need", 27),
    ]


def test_a_misspelt_required_field_is_one_error(course: Path, write: Write) -> None:
    """A required field under a wrong name is reported as misspelt, not also as missing."""
    found = errors(write(GOOD.replace("points: 2.5", "pionts: 2.5")), course)
    assert [one.code for one in found] == ["spec-unknown-field"]


def test_a_circle_of_needs_names_its_parts(course: Path, write: Write) -> None:
    """A cycle through several parts is shown as a way, at one of the needs that make it."""
    text = GOOD.replace("    points: 2.5\n", "    points: 2.5\n    needs: [b]\n")
    (found,) = errors(write(text), course)
    assert found.code == "spec-need-cycle"
    assert "a.i → b → a.i" in found.message or "b → a.i → b" in found.message


@pytest.mark.parametrize(("old", "new"), [("type: number", "0type: number"), ("solve: t", "sovle: t")])
def test_a_misspelt_key_of_an_answer_is_an_error(course: Path, write: Write, old: str, new: str) -> None:
    """A missing type or function is reported even where a similar key might be an option."""
    found = errors(write(GOOD.replace(old, new)), course)
    assert "spec-missing-field" in [one.code for one in found]


@pytest.mark.parametrize("text", ["", "   \n", "# only a comment\n", "---\n"])
def test_an_empty_file_is_said_to_be_empty(course: Path, write: Write, text: str) -> None:
    """Nothing, blanks, comments and an empty document are spec-empty."""
    assert [one.code for one in errors(write(text), course)] == ["spec-empty"]


@pytest.mark.parametrize(("text", "found"), [("- a\n", "a list"), ("word\n", '"word"'), ("5", '"5"')])
def test_a_spec_is_a_mapping(course: Path, write: Write, text: str, found: str) -> None:
    """A list or a single word at the top is named and refused."""
    (one,) = errors(write(text), course)
    assert (one.code, str(one.span).endswith(":1:1")) == ("spec-wrong-shape", True)
    assert f"found {found}, expected a mapping" in one.message


def test_a_problem_without_parts_is_refused(course: Path, write: Write) -> None:
    """An empty list of parts is an error at the list."""
    text = GOOD[: GOOD.index("parts:")] + "parts: []\n"
    (one,) = errors(write(text), course)
    assert (one.code, str(one.span).rpartition("yaml")[2]) == ("spec-no-parts", ":11:8")


def test_bytes_that_are_not_utf8_are_placed(course: Path, write: Write) -> None:
    """A Latin-1 letter is found with its line and column, also behind a byte order mark."""
    bad = b"id: x\ntitle: Caf" + b"\xe9\n"
    for data in (bad, b"\xef\xbb\xbf" + bad):
        (one,) = errors(write(data), course)
        assert (one.code, str(one.span).rpartition("yaml")[2]) == ("spec-encoding", ":2:11")
        assert "0xE9" in one.message


def test_a_missing_spec_and_a_folder_are_not_found(course: Path) -> None:
    """A path that leads to no regular file is an error of its own, not a crash."""
    for path in (course / "problems" / "none.yaml", course / "problems", Path("a\0b"), course / ("x" * 400)):
        (one,) = errors(path, course)
        assert one.code == "spec-not-found"


def test_a_large_file_is_refused_unread(course: Path, write: Write) -> None:
    """More than a million bytes are refused by size."""
    (one,) = errors(write(GOOD + "#" * 1_000_000), course)
    assert one.code == "spec-too-large"


def test_many_errors_are_counted_not_listed(course: Path, write: Write) -> None:
    """Beyond a hundred errors the rest is a number, so that a broken file cannot flood a terminal."""
    text = GOOD.replace("accept: [no,", "accept: [" + "[]," * 250)
    found = errors(write(text), course)
    assert len(found) == 101
    assert found[-1].code == "spec-too-many-errors"
    assert "150 further" in found[-1].message


def test_options_of_a_union_complain_once(course: Path, write: Write) -> None:
    """Where an option may be a list or a mapping, only the reading that fits furthest complains."""
    text = GOOD.replace("A: 0.50", "A: [1]").replace("B: yes", "B: 2")
    assert [one.code for one in errors(write(text), course)] == ["spec-option"]
