"""Reference solvers: one module a problem, plain functions, no knowledge of the grader.

A solver computes the truth of a question from its parameters. Each one has a second function that
computes the same truth by another way; ``grade verify`` compares the two.
"""
