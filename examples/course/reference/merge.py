"""Merging k sorted lists of n numbers: comparisons in the worst case."""

from functools import cache


def one_after_the_other(n, k):
    """The merge with list i makes i n numbers, which takes i n - 1 comparisons, for i = 2 … k."""
    return n * (k * (k + 1) // 2 - 1) - (k - 1)


def in_pairs(n, k):
    """Each half of the lists becomes one list, and a merge compares once less than it has numbers."""

    @cache
    def lists(count):
        if count == 1:
            return 0
        return lists(count // 2) + lists(count - count // 2) + count * n - 1

    return lists(k)


def rounds(n, r):
    """Round by round."""
    return sum(2 ** (r - i) * (2**i * n - 1) for i in range(1, r + 1))


def merge(left, right):
    """Merge really: the result, and the number of comparisons."""
    result, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            result.append(left[i])
            i += 1
        else:
            result.append(right[j])
            j += 1
    return result + left[i:] + right[j:], len(result)


def unmerge(numbers, left, right):
    """Two sorted lists of these lengths that take the most comparisons to merge: the two greatest numbers part."""
    *rest, second, first = numbers
    return [*rest[: left - 1], second], [*rest[left - 1 :], first]


def one_after_the_other_with_lists(n, k):
    """Build the worst lists from the result backwards, and merge them."""
    if n * k * k > 200_000:
        raise ValueError("too large: the lists are really merged")
    whole, lists = list(range(n * k)), []
    for i in range(k - 1, 0, -1):
        whole, last = unmerge(whole, i * n, n)
        lists.insert(0, last)
    total = 0
    for other in lists:
        whole, comparisons = merge(whole, other)
        total += comparisons
    return total


def in_pairs_with_lists(n, k):
    """Build the worst lists from the result backwards, and merge them."""
    if n * k > 20_000:
        raise ValueError("too large: the lists are really merged")

    def worst(numbers, count):
        if count == 1:
            return [numbers]
        left = count // 2
        one, two = unmerge(numbers, left * n, (count - left) * n)
        return worst(one, left) + worst(two, count - left)

    def sort(lists):
        if len(lists) == 1:
            return lists[0], 0
        left = len(lists) // 2
        (one, first), (two, second) = sort(lists[:left]), sort(lists[left:])
        merged, comparisons = merge(one, two)
        return merged, first + second + comparisons

    return sort(worst(list(range(n * k)), k))[1]


def rounds_with_lists(n, r):
    """The lists themselves."""
    return in_pairs_with_lists(n, 2**r)
