"""How the laws are tried: the same examples in every run, and no limit of time."""

from hypothesis import settings

law = settings(max_examples=40, deadline=None, derandomize=True)
