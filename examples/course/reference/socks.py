"""Two socks from a drawer in the dark, morning after morning."""

from fractions import Fraction
from itertools import combinations, product


def same_colour(black, white):
    """The second sock is taken from those that are left."""
    n = black + white
    return Fraction(black, n) * Fraction(black - 1, n - 1) + Fraction(white, n) * Fraction(white - 1, n - 1)


def same_colour_by_counting_pairs(black, white):
    """All pairs of socks, one by one."""
    pairs = list(combinations("b" * black + "w" * white, 2))
    return Fraction(sum(first == second for first, second in pairs), len(pairs))


def with_replacement(black, white):
    """The mistake of drawing the second sock from a full drawer."""
    n = black + white
    return Fraction(black, n) ** 2 + Fraction(white, n) ** 2


def two_colours(black, white):
    """The mistake of answering for the opposite event."""
    return 1 - same_colour(black, white)


def black_only(black, white):
    """The mistake of forgetting the pairs of white socks."""
    n = black + white
    return Fraction(black * (black - 1), n * (n - 1))


def match(black, white, part_a):
    """The p to go on with: the student's own, or the right one."""
    return same_colour(black, white) if part_a is None else part_a


def at_least_once(black, white, mornings, part_a=None):
    """One less the probability that all mornings fail."""
    return 1 - (1 - match(black, white, part_a)) ** mornings


def at_least_once_by_listing_mornings(black, white, mornings, part_a=None):
    """The sum over all sequences of hits and misses with a hit in them."""
    p = same_colour_by_counting_pairs(black, white) if part_a is None else part_a
    total = Fraction(0)
    for sequence in product((True, False), repeat=mornings):
        if any(sequence):
            probability = Fraction(1)
            for hit in sequence:
                probability *= p if hit else 1 - p
            total += probability
    return total


def every_morning(black, white, mornings, part_a=None):
    """The mistake of asking for a match each time."""
    return match(black, white, part_a) ** mornings


def no_morning(black, white, mornings, part_a=None):
    """The mistake of stopping at the opposite event."""
    return (1 - match(black, white, part_a)) ** mornings


def added_up(black, white, mornings, part_a=None):
    """The mistake of adding probabilities of events that can happen together."""
    return mornings * match(black, white, part_a)


def mean_wait(black, white, part_a=None):
    """The mean of a geometric distribution."""
    return 1 / match(black, white, part_a)


def mean_wait_by_the_series(black, white):
    """The sum of n p (1 - p)^(n - 1), until nothing more comes."""
    p = float(same_colour_by_counting_pairs(black, white))
    return sum(n * p * (1 - p) ** (n - 1) for n in range(1, 2000))


def mean_wait_before(black, white, part_a=None):
    """The mistake of leaving out the morning of the match."""
    return 1 / match(black, white, part_a) - 1
