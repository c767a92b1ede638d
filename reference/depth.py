"""Ready times and numbers of operations, followed without making the operations.

Where all entries of a matrix are ready at the same time, one number says when, and the ready time of a product
follows from it in as many steps as its tree of sums has levels. So work and critical path are exact at sizes
up to 2^40 and beyond, where no graph fits into a memory. The model is that of :mod:`reference.graphs`; tests
compare the two at small sizes. Nothing here is a closed form: a tree of sums is followed level by level, a
doubling round by round.

Sizes are numbers of entries, times are in units of one operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

# A time later than any that comes up: what an operation adds to it is what it adds in the long run.
_LATE = 1 << 4096


class Ledger:
    """Adds up the work of a computation while ready times are followed through it.

    Attributes:
        work: number of operations so far.
    """

    def __init__(self) -> None:
        self.work = 0

    def each(self, count: int, *ready: int) -> int:
        """Operations side by side, whose operands are ready at the same times.

        Args:
            count: how many operations.
            ready: when the operands are there.

        Returns:
            When the results are.
        """
        self.work += count
        return 1 + max(ready)

    def total(self, terms: int, ready: int, count: int = 1) -> int:
        """Sums of terms that are all ready at the same time.

        Args:
            terms: of each sum.
            ready: when the terms are there.
            count: how many such sums, side by side.
        """
        return self.total_of([(terms, ready)], count)

    def total_of(self, groups: Iterable[tuple[int, int]], count: int = 1) -> int:
        """Sums whose terms come in groups; those that are there first are added first.

        Args:
            groups: pairs (number of terms, when they are ready).
            count: how many such sums, side by side.
        """
        coming = sorted(((ready, terms) for terms, ready in groups if terms), reverse=True)
        if not coming:
            raise ValueError("found no terms, expected at least one")
        self.work += count * (sum(terms for _, terms in coming) - 1)
        now, waiting = coming[-1][0], 0
        while coming or waiting > 1:
            if waiting > 1:
                waiting -= waiting // 2  # each pair becomes one; without a partner, one waits
                now += 1
            elif coming:
                now = coming[-1][0]
            while coming and coming[-1][0] == now:
                waiting += coming.pop()[1]
        return now

    def product(self, rows: int, inner: int, columns: int, left: int, right: int) -> int:
        """A product of matrices, rows x inner times inner x columns.

        Args:
            rows, inner, columns: the sizes.
            left, right: when the entries of the factors are ready.
        """
        return self.total(inner, self.each(rows * inner * columns, left, right), rows * columns)

    def powers(self, last: int, ready: int, count: int = 1) -> list[tuple[int, int]]:
        """All powers b², b³, … of numbers, by doubling: b^(t+j) = b^t b^j for j up to t.

        Args:
            last: the highest power, at least 1.
            ready: when the numbers are there.
            count: how many numbers have their powers taken, side by side.

        Returns:
            Groups (number of powers, when they are ready), from b itself on.
        """
        groups, known = [(1, ready)], 1
        while known < last:
            new = min(known, last - known)
            groups.append((new, self.each(count * new, groups[-1][1])))
            known += new
        return groups


def repeated(step: Callable[[int], int], start: int, times: int) -> int:
    """The ready time after many equal steps that follow one another.

    A step may wait for what it is handed and for things that were there before; so it must satisfy
    t ≤ step(t) and step(t) ≤ step(t + 1) ≤ step(t) + 1. Then the time that a step takes never grows as steps go on,
    and once it is down to what a step takes when only its predecessor is waited for, it stays there.

    Args:
        step: when a step is done, from when the one before it was.
        start: when the first step can begin.
        times: how many steps.
    """
    lasting = step(_LATE) - _LATE
    now = start
    for done in range(times):
        after = step(now)
        if after - now == lasting:
            return now + (times - done) * lasting
        now = after
    return now


def positive(**sizes: int) -> None:
    """Sizes are integers of at least 1.

    Raises:
        TypeError, ValueError: one is not; it is named.
    """
    for name, size in sizes.items():
        if isinstance(size, bool) or not isinstance(size, int):
            raise TypeError(f"{name} must be an integer; found {size!r}")
        if size < 1:
            raise ValueError(f"{name} is {size}, expected at least 1")
