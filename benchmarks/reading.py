"""Answers read, and answers checked, in a second, for each answer type, on the type's own examples."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.measure import table
from grader import check
from grader.answers import get_type, type_names
from grader.diagnostics import AnswerError

SECONDS = 1.0


def rate(work: Callable[[], int]) -> float:
    """Items per second: ``work`` handles some items and says how many; it runs for about a second."""
    work()  # imports and caches are paid once in a run, not for each answer
    items, start = 0, time.perf_counter()
    while (passed := time.perf_counter() - start) < SECONDS:
        items += work()
    return items / passed


def row(name: str) -> list[str]:
    """The measured rates of one type."""
    kind = get_type(name)
    cases = [(example, kind.options_model(**example.options)) for example in kind.examples]
    readable = []
    for example, options in cases:
        try:
            kind.read(example.response, options)
        except AnswerError:
            continue  # whole replies and unreadable answers are checked below, not read
        readable.append((example.response, options))

    def read_all() -> int:
        for text, options in readable:
            kind.read(text, options)
        return len(readable)

    def check_all() -> int:
        for example, _ in cases:
            check(example.response, example.expected, type=name, **example.options)
        return len(cases)

    reads = f"{rate(read_all):,.0f}" if readable else "none is bare"
    return [name, str(len(readable)), reads, str(len(cases)), f"{rate(check_all):,.0f}"]


def main() -> None:
    """Print one row for each type."""
    header = ["type", "bare answers", "read per second", "examples", "found, read and compared per second"]
    print("## Reading\n")
    print(table(header, [row(name) for name in type_names()]))


if __name__ == "__main__":
    main()
