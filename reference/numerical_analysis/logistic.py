"""Logistic regression with several classes: the loss of one example and its gradients.

The scores a of the k classes give the probabilities p = softmax(a), and the loss is −Σ_i y_i log p_i, where y has a
single 1, at the right class. Here y may be any numbers that add up to 1. Gradients are computed by central differences
and confirmed by complex steps through the same definition, or the other way round; no formula for them is used.

Source: C. Bishop, "Pattern Recognition and Machine Learning" (2006), section 4.3.4.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from reference.numerical_analysis.differences import Floats, central_gradient, complex_gradient, floats


def probabilities(a: Any) -> Any:
    """softmax(a): the exponentials of the scores, over their sum; also of complex scores.

    Args:
        a: k x 1.
    """
    powers = np.exp(a - np.max(np.real(a)))
    return powers / np.sum(powers)


def _loss(a: Any, y: Floats) -> Any:
    return -np.sum(y * np.log(probabilities(a)))


def _label(y: Any) -> Floats:
    label = floats(y)
    if abs(np.sum(label) - 1) > 1e-9:
        raise ValueError(f"the entries of y add up to {np.sum(label)}, expected 1")
    return label


def loss(a: Any, y: Any) -> float:
    """−yᵀ log softmax(a), from the probabilities.

    Args:
        a: scores, k x 1.
        y: label, k x 1; its entries add up to 1.
    """
    return float(_loss(floats(a), _label(y)))


def loss_by_odds(a: Any, y: Any) -> float:
    """The same from the odds of classes alone: −log p_i = log Σ_j exp(a_j − a_i), weighted by the label."""
    scores, label = floats(a).ravel(), _label(y).ravel()
    return math.fsum(
        weight * math.log(math.fsum(math.exp(other - score) for other in scores))
        for weight, score in zip(label, scores, strict=True)
    )


def scores_gradient(a: Any, y: Any) -> Floats:
    """∂loss/∂a, by central differences.

    Args:
        a: k x 1.
        y: k x 1.

    Returns:
        k x 1.
    """
    label = _label(y)
    return central_gradient(lambda scores: float(_loss(scores, label)), floats(a))


def scores_gradient_by_complex_step(a: Any, y: Any) -> Floats:
    """The same, by complex steps."""
    label = _label(y)
    return complex_gradient(lambda scores: _loss(scores, label), floats(a))


def weights_gradient(W: Any, x: Any, y: Any) -> Floats:
    """∂loss/∂W for the scores a = W x, by complex steps.

    Args:
        W: k x n.
        x: n x 1.
        y: k x 1.

    Returns:
        k x n.
    """
    label, features = _label(y), floats(x)
    return complex_gradient(lambda weights: _loss(weights @ features, label), floats(W))


def weights_gradient_by_differences(W: Any, x: Any, y: Any) -> Floats:
    """The same, by central differences."""
    label, features = _label(y), floats(x)
    return central_gradient(lambda weights: float(_loss(weights @ features, label)), floats(W))
