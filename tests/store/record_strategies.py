"""Any record of a kind, made from the types of its fields, so that new fields are tried without being named here."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from grader.records import Rendered, Status, Verdict

T = TypeVar("T")
# Of any kind: also NUL, characters of writing from right to left, and lone surrogates, as in names of files.
TEXTS = st.text(st.characters(exclude_categories=()) | st.sampled_from("\0\ud800\udcff\u202e\u2028'\"<"), max_size=4)
_SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(0, 2**40),
    bool: st.booleans(),
    Fraction: st.fractions(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    timedelta: st.timedeltas(timedelta(days=-400), timedelta(days=400)),
}


def records(kind: type[T]) -> st.SearchStrategy[T]:
    """Any record of a kind."""
    made: st.SearchStrategy[T] = _of(kind)
    return made


def _of(kind: Any) -> st.SearchStrategy[Any]:
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if get_origin(kind) in (Union, types.UnionType):
        return st.one_of(*(st.none() if one is type(None) else _of(one) for one in get_args(kind)))
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return st.lists(st.deferred(lambda: _of(inner[0])), max_size=2).map(tuple)
        return st.tuples(*map(_of, inner))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    assert is_dataclass(kind), kind
    if kind not in _SIMPLE:
        _SIMPLE[kind] = st.deferred(lambda: _dataclass(kind))
    return _SIMPLE[kind]


def _dataclass(kind: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    inner = {one.name: _of(hints[one.name]) for one in fields(kind)}
    if kind is Rendered:
        return st.builds(lambda u, m: Rendered.late(lambda: u, lambda: "λ", lambda: m), TEXTS, TEXTS)
    if kind is Verdict:
        shares = st.fractions(0, 1)
        made = st.fixed_dictionaries(inner)
        return st.builds(lambda one, share: Verdict(**{**one, "credit": _credit(one["status"], share)}), made, shares)
    if kind.__name__ == "Decision":
        inner["status"] = st.sampled_from([Status.CORRECT, Status.PARTIAL, Status.INCORRECT])
        return st.fixed_dictionaries(inner).map(lambda one: kind(**{**one, "credit": _decided(one["status"])}))
    return st.builds(kind, **inner)


def _credit(status: Status, share: Fraction) -> Fraction | None:
    return share if status.carries_marks else None


def _decided(status: Status) -> Fraction:
    """A credit that goes with what a person decided."""
    return {Status.CORRECT: Fraction(1), Status.PARTIAL: Fraction(1, 3)}.get(status, Fraction(0))
