"""Keys that answers are compared with can be sent to other processes."""

from __future__ import annotations

import pickle
from fractions import Fraction

from grader.maths.deciding.equality import Scalar
from grader.maths.tree import Binary, Number, Symbol
from grader.maths.values.domain import Domain


def test_a_key_can_be_sent_to_another_process_after_it_was_compared() -> None:
    """The numbers mod a prime that it keeps cannot; it works them out again there."""
    scalar = Scalar(Binary("+", Symbol("x"), Number(Fraction(1), "1")), Domain())
    assert scalar.compare(Binary("+", Number(Fraction(1), "1"), Symbol("x"))).equal
    copied = pickle.loads(pickle.dumps(scalar))  # noqa: S301  # made here
    assert copied.compare(Symbol("x")).equal is False
