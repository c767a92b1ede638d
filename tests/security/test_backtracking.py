"""No regular expression of the program takes time that grows beyond all bounds with the text it is tried on."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

import grader

UNITS = (" ", "a", "1 ", "a ", "-", "(", "\\a{", "$", "|", "<a ", "=", ", ", "1.", "\n", "**", "x^", "a_", "\r")
LENGTH = 600
"""Characters: the cube of that takes minutes, its square some milliseconds."""

SECONDS = 5.0
"""Of the processor for one expression on all texts: nothing is measured, only what never ends is stopped."""


class EndlessError(Exception):
    """The time is over."""


def expressions() -> dict[str, re.Pattern[Any]]:
    """All that modules of the package compile, by where they stand; of equal ones the first."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(grader.__path__, "grader."):
        if ".course" in module.name or module.name.endswith(("__main__", "pytest_plugin")):
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ImportError:  # of an extra that is not installed
            continue
        for name, value in vars(loaded).items():
            for place, one in patterns(value, f"{module.name}.{name}", 0):
                found.setdefault(place, one)
    return {place: one for place, one in found.items() if one not in [*found.values()][: [*found].index(place)]}


def patterns(value: object, place: str, depth: int) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The expressions in a value."""
    if isinstance(value, re.Pattern):
        yield place, value
    elif isinstance(value, tuple | list) and depth < 3:
        for number, one in enumerate(value):
            yield from patterns(one, f"{place}[{number}]", depth + 1)
    elif isinstance(value, dict) and depth < 3:
        for key, one in value.items():
            yield from patterns(one, f"{place}[{key!r}]", depth + 1)


def ends(pattern: re.Pattern[Any]) -> bool:
    """Whether an expression comes to an end on all texts."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise EndlessError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        for unit in UNITS:
            text: Any = (unit * LENGTH)[:LENGTH] + "\0"
            pattern.search(text.encode() if isinstance(pattern.pattern, bytes) else text)
    except EndlessError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a clock of the processor's time")
def test_no_expression_backtracks_without_end() -> None:
    """Runs of what the expressions look for, and then something else."""
    found = expressions()
    assert len(found) > 200
    assert [place for place, pattern in found.items() if not ends(pattern)] == []


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a clock of the processor's time")
def test_an_endless_expression_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test can fail."""
    monkeypatch.setitem(globals(), "SECONDS", 0.2)
    assert not ends(re.compile("(a+)+$"))
    assert ends(re.compile("a+$"))
