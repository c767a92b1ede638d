"""Hostile YAML is refused in bounded time and space, and nothing but a SpecError comes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from specs_sample import GOOD
from steps import calls

from grader.answers import get_type, type_names
from grader.diagnostics import SpecError
from grader.records import Problem
from grader.specs import load_problem

Write = Callable[[str | bytes], Path]


def code(path: Path, course: Path) -> str:
    """The code of the last error, the one that ended reading."""
    with pytest.raises(SpecError) as caught:
        load_problem(path, course)
    return caught.value.diagnostics[-1].code


def test_a_billion_laughs_are_refused(course: Path, write: Write) -> None:
    """Aliases that double at each step are counted expanded, without expanding them."""
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 25)]
    assert code(write("\n".join(lines)), course) == "spec-too-large"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_is_refused(course: Path, write: Write, opening: str) -> None:
    """A hundred thousand open brackets end at the depth limit, not in a RecursionError."""
    path = write(opening * (200_000 // len(opening)))
    assert code(path, course) == "spec-too-deep"
    assert calls(lambda: code(path, course)) < 100_000


def test_depth_counts_through_aliases(course: Path, write: Write) -> None:
    """A chain of aliases cannot be deeper than brackets may be."""
    lines = ["a0: &a0 [1]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 60))]
    assert code(write("\n".join(lines)), course) == "spec-too-deep"


def test_many_values_are_refused(course: Path, write: Write) -> None:
    """The number of values is limited, whatever their nesting."""
    assert code(write("given: [" + "1," * 60_000 + "]"), course) == "spec-too-large"


@pytest.mark.parametrize(
    "text",
    [
        'a: "\\UFFFFFFFF"',
        'a: "\\U00110000"',
        "%YAML 99999999999999999999.1\n---\na: 1",
        "%YAML " + "9" * 5000 + ".1\n---\na: 1",
        "%TAG ! tag:x,2000:\n---\n!a b",
        "!%ff a",
        "!<%C3%28> a",
        "a: !!binary =",
        "\ufeff\ufeffa: 1",
        "a: |9999\n  x",
        "*a : 1",
        "&a *a",
        "a: &x\n<<: *x",
        "\u2028a: 1",
    ],
)
def test_odd_yaml_is_an_author_error(course: Path, write: Write, text: str) -> None:
    """Corners of YAML that PyYAML handles with bare Python errors come out as spec errors."""
    assert code(write(text), course).startswith("spec-")


SOUP = st.lists(
    st.sampled_from([
        *"[]{},:?-&*!|>%@`\"'#\\ \n\t~=<.", "\n  ", "\n    ", "- ", ": ", "&a ", "*a", "!!", "---\n", "...\n",
        "id", "parts", "answer", "given", "points", "no", "010", "1e-6", "1/2", "\\ud800", "\\0", "λ",
    ]),
    max_size=60,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(max_size=200), SOUP, st.binary(max_size=200)))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_a_problem_or_a_spec_error(course: Path, write: Write, data: str | bytes) -> None:
    """Whatever the file holds, loading ends in a Problem or a SpecError with places in the text."""
    _problem_or_error(write(data if isinstance(data, bytes) else data.encode(errors="surrogatepass")), course)


VALUES = st.sampled_from([
    "", "[]", "{}", "[[1]]", "{a: {b: 1}}", "null", "~", "true", "no", "010", "-1", "1/2", "1/0", "1e400",
    "1e401", '"\\ud800"', '"\\0"', "*x", "&x 1", "!t 1", "[1, a]", "x" * 300, "../x.py", "reference", "9" * 500,
])  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 200), VALUES), min_size=1, max_size=4))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_in_any_field_gives_a_problem_or_a_spec_error(
    course: Path, write: Write, changes: list[tuple[int, str]]
) -> None:
    """A good spec with values exchanged for others loads or is refused, and nothing else happens."""
    pieces = GOOD.split(": ")
    for at, value in changes:
        index = 1 + at % (len(pieces) - 1)
        _, newline, rest = pieces[index].partition("\n")
        pieces[index] = value + newline + rest
    _problem_or_error(write(": ".join(pieces)), course)


@given(st.integers(0, len(GOOD)), st.integers(0, 30), st.text(max_size=4))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_spec_gives_a_problem_or_a_spec_error(
    course: Path, write: Write, at: int, cut: int, put: str
) -> None:
    """A good spec with a piece cut out and other characters put in loads or is refused."""
    damaged = GOOD[:at] + put + GOOD[at + cut :]
    _problem_or_error(write(damaged.encode(errors="surrogatepass")), course)


def _problem_or_error(path: Path, course: Path) -> None:
    size = len(path.read_bytes())
    try:
        problem = load_problem(path, course)
    except SpecError as error:
        assert error.diagnostics
        for one in error.diagnostics:
            assert one.code.startswith("spec-")
            assert one.message
            assert one.fix
            assert one.span is not None
            assert 0 <= one.span.start <= one.span.end <= size
            assert one.span.line >= 1
            assert one.span.column >= 1
        return
    assert isinstance(problem, Problem)
    assert problem.parts
    assert all(part.points > 0 for part in problem.parts)


@given(st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_of_any_option_of_the_real_types_gives_a_problem_or_a_spec_error(
    tmp_path: Path, data: st.DataObject
) -> None:
    """The answer types' own models refuse what they cannot use with an error, never with a crash."""
    kind = data.draw(st.sampled_from(type_names()))
    fields = get_type(kind).options_model.model_fields
    options = data.draw(st.dictionaries(st.sampled_from(sorted(fields)), VALUES | ODD_OPTIONS, max_size=3))
    (tmp_path / "s.py").write_text("def f(): pass\n")
    lines = "".join(f"      {name}: {value}\n" for name, value in options.items())
    path = tmp_path / "a.yaml"
    path.write_text(
        "id: x\ntitle: x\nsolver: s.py\nparts:\n  - id: a\n    prompt: x\n    points: 1\n"
        f"    answer:\n      type: {kind}\n      solve: f\n{lines}"
    )
    _problem_or_error(path, tmp_path)


def test_an_option_with_half_a_character_is_an_error_of_the_spec(tmp_path: Path) -> None:
    """A lone surrogate, which pydantic cannot encode (found by the test above)."""
    (tmp_path / "s.py").write_text("def f(): pass\n")
    (tmp_path / "a.yaml").write_text(
        "id: x\ntitle: x\nsolver: s.py\nparts:\n  - id: a\n    prompt: x\n    points: 1\n"
        '    answer:\n      type: equation\n      solve: f\n      domain: "\\ud800"\n'
    )
    with pytest.raises(SpecError, match=r"U\+D800"):
        load_problem(tmp_path / "a.yaml", tmp_path)


ODD_OPTIONS = st.sampled_from([
    '""', "λ", "x >= 0", "x >", "[a, b]", "[a, a]", "{A: a, B: b}", "{a: 0}", '{"": ""}', "[null]", "{a: null}",
    "all", "0.5", "3", "[0.5, true]", "{a: [1]}", '"1 <= x <= 2"', "5 < 3", "{1: 2}", "[[]]", "'$'", "[no]",
    '"\\ud800"',
])  # fmt: skip
