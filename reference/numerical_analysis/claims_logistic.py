"""Claims about the loss of logistic regression: each is tried on small examples until one breaks it.

A claim's function returns the class of the claim with the example that was found; its confirmation tries random
examples, or argues another way, and returns the class alone.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from reference.numerical_analysis.differences import Floats, central_slope, complex_slope, floats
from reference.numerical_analysis.logistic import loss, loss_by_odds, probabilities, scores_gradient
from reference.numerical_analysis.searches import Found, counterexample, integer_matrices, random_matrices, told, upheld

_CLOSE = 1e-6
_LABELS = [np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])]


def _examples(seed: int) -> list[tuple[Floats, Floats, Floats]]:
    """Random scores, labels and changes of the scores."""
    found = []
    for k in (2, 3, 4):
        for draw in random_matrices(seed + k, 10, k, 2, 3):
            label = np.zeros((k, 1))
            label[int(abs(draw[0, 0])) % k, 0] = 1.0
            found.append((draw[:, :1] / 2, label, draw[:, 1:]))
    return found


def log_softmax_is_a_distribution() -> Found:
    """log softmax(a) holds probabilities: no entry is negative, and they add up to 1."""
    for a in integer_matrices(2, 1, 2):
        logs = np.log(probabilities(floats(a)))
        if np.min(logs) < 0 or abs(np.sum(logs) - 1) > _CLOSE:
            return counterexample(f"log softmax(a) = {told(logs)}: negative, and they do not add up to 1", a=a.ravel())
    return upheld("no small example breaks it")


def log_softmax_is_a_distribution_on_draws() -> bool:
    """The same, on random scores."""
    return all(abs(np.sum(np.log(probabilities(a))) - 1) < _CLOSE for a, _, _ in _examples(1))


def _slope(a: Floats, y: Floats, da: Floats) -> float:
    """dl along da, by a complex step."""
    return float(complex_slope(lambda t: -np.sum(y * np.log(probabilities(a + t * da)))))


def differential_adds_the_label() -> Found:
    """dl = −(y + softmax(a))ᵀ da, against a complex step."""
    for a, da in product(integer_matrices(2, 1, 1), repeat=2):
        for y in _LABELS:
            true = _slope(floats(a), y, floats(da))
            claimed = -float(np.sum((y + probabilities(floats(a))) * floats(da)))
            if abs(true - claimed) > _CLOSE:
                says = f"dl = {told(true)}, and the formula gives {told(claimed)}"
                return counterexample(says, a=a.ravel(), y=y.ravel().astype(int), da=da.ravel())
    return upheld("no small example breaks it")


def differential_adds_the_label_on_draws() -> bool:
    """The same, against differences of the loss in its other form, on random examples."""

    def agrees(a: Floats, y: Floats, da: Floats) -> bool:
        slope = float(central_slope(lambda t: loss_by_odds(a + t * da, y)))
        return abs(slope + float(np.sum((y + probabilities(a)) * da))) < _CLOSE

    return all(agrees(*example) for example in _examples(2))


def product_of_columns() -> Found:
    """The product (∂l/∂a) da exists where both are columns of k numbers."""
    for k in (1, 2, 3):
        gradient, change = np.zeros((k, 1)), np.zeros((k, 1))
        try:
            np.trace(gradient @ change)
        except ValueError:
            says = f"the factors are {k} × 1 and {k} × 1, which have no product; (∂l/∂a)ᵀ da is one number"
            return counterexample(says, k=k)
    return upheld("the shapes fit")


def product_of_columns_by_sizes() -> bool:
    """The same: a product needs as many columns on the left as rows on the right."""
    return all(columns == rows for rows, columns in ((k, 1) for k in (2, 3, 4)))


def gradient_adds_up_to_zero() -> Found:
    """The entries of ∂l/∂a add up to 0."""
    sums = [float(np.sum(scores_gradient(a, y))) for a, y, _ in _examples(3)]
    if max(map(abs, sums)) > _CLOSE:
        a, y, _ = _examples(3)[int(np.argmax(np.abs(sums)))]
        return counterexample(f"they add up to {told(max(sums, key=abs))}", a=a.ravel(), y=y.ravel())
    return upheld("the loss stays the same when one number is added to all scores, so its slope in that direction is 0")


def gradient_adds_up_to_zero_by_shifts() -> bool:
    """The same: a number added to all scores leaves the loss as it is."""
    return all(abs(loss(a + shift, y) - loss(a, y)) < _CLOSE for a, y, _ in _examples(4) for shift in (-2.0, 0.5, 3.0))
