"""Growth classes of exact counts in two sizes n and d, where 1 <= d < n and both may grow.

A class is a product of powers, named by its exponents: ``{"n": 1, "d": 2}`` is O(n d²), ``{}`` is O(1). The
tight class of a cost bounds it from above and from below. It is found in two ways that share nothing:
:func:`tight_class` watches the ratio of cost and class up to very large sizes; :func:`class_of_degrees` goes
by the degrees (:func:`degree`) of counts at a few small sizes. Costs are polynomials in n and d: neither way
is made for logarithms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

Class = Mapping[str, int]

# Between sizes of 4 and of 2^30, the ratio of the cost to a tight class stays within this factor; for any
# other class it changes by 2^14 or more on one of the paths, since exponents are whole numbers.
SPREAD = 64


def _sizes() -> Iterator[tuple[int, int]]:
    """Pairs (n, d) with d < n, from small to about 10^9, along paths that grow at different speeds."""
    for exponent in range(2, 31):
        n = 2**exponent
        for d in (2, 2 ** (exponent // 2), n // 2, n - 1):
            if d < n:
                yield n, d


def tight_class(cost: Callable[[int, int], int], classes: Mapping[str, Class]) -> str:
    """The class that bounds a cost from above and from below, when 1 <= d < n and both may grow.

    Args:
        cost: exact number of operations at sizes (n, d).
        classes: option key → exponents of n and d.

    Returns:
        Key of the only class for which cost / class stays within a constant factor over all sizes.

    Raises:
        ValueError: no class is tight, or several are.
    """
    fits = []
    for key, exponents in classes.items():
        ratios = [Fraction(cost(n, d), n ** exponents.get("n", 0) * d ** exponents.get("d", 0)) for n, d in _sizes()]
        if max(ratios) <= SPREAD * min(ratios):
            fits.append(key)
    if len(fits) != 1:
        raise ValueError(f"expected one tight class, found {fits!r} among {dict(classes)!r}")
    return fits[0]


def degree(values: Sequence[int]) -> int:
    """Degree of the polynomial through values at equally spaced sizes.

    The k-th differences of a polynomial of degree k are constant and not 0. At least two spare values are
    asked for, so that a sequence that is no polynomial of low degree is noticed.

    Raises:
        ValueError: the differences do not settle, or all values are 0.
    """
    differences = list(values)
    for k in range(len(values) - 2):
        if len(set(differences)) == 1:
            if differences[0] == 0:
                raise ValueError("all counts are 0")
            return k
        differences = [after - before for before, after in pairwise(differences)]
    raise ValueError(f"the counts {list(values)!r} are not those of a polynomial of low degree")


def class_of_degrees(fixed: int, root: int, both: int, classes: Mapping[str, Class]) -> str:
    """The class whose degrees along three paths are those of the cost.

    Let d grow as n^t with t from 0 to 1. A sum of monomials n^i d^j grows as n to the power max(i + j t),
    which is convex in t; a class n^a d^b gives the straight line a + b t. A convex function that meets a
    line at t = 0, 1/2 and 1 is that line, so three paths decide (two do not: n + d³ meets n d² at both ends,
    and is smaller between them).

    Args:
        fixed: degree in n where d is fixed (t = 0).
        root: degree in d where n = d² (t = 1/2).
        both: degree in d where n = d + 1 (t = 1).
        classes: option key → exponents of n and d.

    Raises:
        ValueError: no class has these degrees, or several have.
    """
    fits = []
    for key, exponents in classes.items():
        a, b = exponents.get("n", 0), exponents.get("d", 0)
        if (a, 2 * a + b, a + b) == (fixed, root, both):
            fits.append(key)
    if len(fits) != 1:
        raise ValueError(f"expected one class of degrees {fixed}, {root} and {both}, found {fits!r}")
    return fits[0]
