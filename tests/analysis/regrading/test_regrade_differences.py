"""What changed in specs and solvers is told entry by entry."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.analysis.regrading.differences import Difference, differences, function_changes, spec_change

SPEC = b"""id: p
title: P
given: {n: 1}
parts:
  - id: a
    points: 1
    answer: {type: number, solve: f}
    accept: ["1", "1.0", "2/2"]
    mistakes:
      - {answer: "2", credit: 1/2, says: No.}
  - id: b
    points: 2
    answer: {type: number, solve: g}
"""

CHANGES = [
    (b"points: 1\n", b"points: 3\n", "a", "points: “1” → “3”"),
    (b"1/2", b"1/4", "a", "mistakes[1].credit: “1/2” → “1/4”"),
    (b'"1.0", ', b"", "a", "accept: − “1.0”"),
    (b'["1"', b'["01", "1"', "a", "accept: + “01”"),
    (b'"1.0"', b'"1.00"', "a", "accept: − “1.0”, accept: + “1.00”"),
    (b"solve: g", b"solve: g, abs: 0.1", "b", "answer.abs: + “0.1”"),
    (b"n: 1", b"n: 2", "", "given.n: “1” → “2”"),
    (b"title: P", b"title: Q", "", "title: “P” → “Q”"),
]


@pytest.mark.parametrize(("old", "new", "part", "told"), CHANGES)
def test_each_entry_that_changed_is_named_with_its_part(old: bytes, new: bytes, part: str, told: str) -> None:
    """The field has the names that the author typed; other parts are not named."""
    assert SPEC.count(old) == 1
    found = spec_change(SPEC, SPEC.replace(old, new))
    entries = {"": found.shared, **found.parts}
    assert ", ".join(map(str, entries.pop(part))) == told
    assert not any(entries.values())


def test_parts_come_and_go() -> None:
    """A part that is new, or gone, is named as that, not entry by entry."""
    found = spec_change(SPEC, SPEC.replace(b"id: b", b"id: c"))
    assert (found.new, found.gone, dict(found.parts), found.shared) == (("c",), ("b",), {}, ())


def test_a_comment_and_the_order_of_fields_change_nothing() -> None:
    """Only what the loader would see counts."""
    again = b"# note\n" + SPEC.replace(b"{type: number, solve: f}", b"{solve: 'f', type: number}")
    assert not spec_change(SPEC, again)


def test_of_long_texts_what_differs_is_shown_with_some_around_it() -> None:
    """A prompt of many lines does not fill the table."""
    one = Difference("prompt", "x" * 500 + " first " + "y" * 500, "x" * 500 + " second " + "y" * 500)
    assert len(str(one)) < 150
    assert "first" in str(one)
    assert "second" in str(one)


PLAIN = st.recursive(
    st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN, PLAIN)
def test_there_are_differences_exactly_where_values_differ(one: Any, other: Any) -> None:
    """None where they are equal; at least one where they are not, and each can be told."""
    assert list(differences(one, one)) == []
    found = list(differences(one, other, "field"))
    assert bool(found) == (one != other)
    assert all(str(each).startswith("field") for each in found)


def test_functions_of_solvers_are_named() -> None:
    """A comment is no change; a file that came or went is told as that."""
    old = {"r/s.py": b"import a\ndef f(x):\n    return x\n\nLIMIT = 3\n", "r/t.py": b"", "r/u.py": b"x ="}
    new = {"r/s.py": b"import a\n# why\ndef f(x):\n    return 2 * x\n\nLIMIT = 3\n", "r/u.py": b"x = 1", "r/v.py": b""}
    assert function_changes(old, new) == ("r/s.py: f", "r/t.py is gone", "r/u.py: x", "r/v.py is new")
    assert function_changes(old, {**old, "r/s.py": b"# a note\n" + old["r/s.py"]}) == ()
    assert function_changes(old, {**old, "r/s.py": b"import b\n" + old["r/s.py"][9:]}) == ("r/s.py",)
