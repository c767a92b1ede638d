"""Classes: true and false as people write them, named classes, and the example that shows which one it is."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import check
from grader.answers import get_type
from grader.diagnostics import SpecError
from grader.records import Status

NORMAL = {"is": False, "at": {"A": [[0, -1], [1, 0]]}, "shows": "A Aᵀ = Aᵀ A, but A ≠ Aᵀ"}


def label(response: str, **options: object) -> str:
    """The class that a response names, or its status where it names none."""
    kind = get_type("classification")
    names = kind.options_model.model_validate(options).vocabulary.names
    verdict = check(response, names[0], type="classification", **options)
    if verdict.status in (Status.CORRECT, Status.INCORRECT):
        assert verdict.read_as is not None
        return verdict.read_as.unicode
    return verdict.status.value


OPENINGS = [
    "", "The claim is ", "It is ", "I think that it is ", "So the statement is ", "Answer: ", "**Verdict:** ", "Thus, ",
    "We conclude that the claim is ", "In general the assertion is ", "This is ", "By the lemma, the claim is ",
]  # fmt: skip
DENIALS = {"": 0, "not ": 1, "not always ": 1, "never ": 1, "by no means ": 1, "not necessarily ": 1, "definitely ": 0}
PHRASES = {"true": True, "false": False, "correct": True, "wrong": False, "incorrect": False, "**false**": False}
REASONS = [
    "", ".", " because A is not zero.", ", since no row is 0.", ": take A = I.",
    ". It fails to be zero only for n = 1.", " (see the example, which is not singular).",
    ".\n\nProof. Suppose not. Then A is zero.", "; A is never negative",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(OPENINGS), st.sampled_from([*DENIALS]), st.sampled_from([*PHRASES]), st.sampled_from(REASONS))
def test_each_denial_turns_the_claim_round_and_no_reason_does(
    opening: str, denial: str, word: str, reason: str
) -> None:
    """Whatever announces the answer and whatever follows it, the class is that of the word and its denials."""
    affirmed = PHRASES[word] != bool(DENIALS[denial] % 2)
    verdict = check(f"{opening}{denial}{word}{reason}", affirmed, type="classification")
    assert verdict.status is Status.CORRECT, verdict


@settings(max_examples=200, deadline=None)
@given(st.permutations(["PD", "positive definite", "PSD", "positive semi-definite", "indefinite"]).map(tuple))
def test_a_class_is_told_from_those_that_are_denied(names: tuple[str, ...]) -> None:
    """“Not A and not B, but C” is C, whichever they are."""
    known = {"PD": "PD", "positive definite": "PD", "PSD": "PSD", "positive semi-definite": "PSD"}
    one, other, third = names[:3]
    verdict = check(
        f"It is not {one}, it is not {other}, it is {third}.",
        known.get(third, third),
        type="classification",
        classes={"PD": ["positive definite"], "PSD": ["positive semidefinite"], "indefinite": []},
    )
    assert verdict.status is Status.CORRECT, verdict


def test_the_counterexample_is_the_feedback_and_the_witness() -> None:
    """A wrong answer is told where it fails, with the matrix that the solver found."""
    verdict = check("true", NORMAL, type="classification")
    assert verdict.feedback == "The claim is false. At A = [[0, −1], [1, 0]]: A Aᵀ = Aᵀ A, but A ≠ Aᵀ."
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert verdict.evidence.witness.at == (("A", "[[0, −1], [1, 0]]"),)
    assert (verdict.evidence.witness.yours, verdict.evidence.witness.expected) == ("true", "false")


def test_a_true_claim_may_say_why() -> None:
    """The reason is told to those who hold the claim for false."""
    verdict = check("false", {"is": True, "shows": "AᵀA has only eigenvalues ≥ 0"}, type="classification")
    assert verdict.feedback == "The claim is true. AᵀA has only eigenvalues ≥ 0."


def test_a_value_alone_can_be_the_example() -> None:
    """Without “shows” the place is named, and nothing is made up."""
    verdict = check("true", {"is": False, "at": {"x": -1, "n": 2}}, type="classification")
    assert verdict.feedback == "The claim is false. This can be seen at x = −1, n = 2."


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-3, "−3"),
        (Fraction(-1, 2), "−1/2"),
        (0.1, "0.1"),
        ([1, -2], "[1, −2]"),
        (np.array([[1, 0], [0, -1]]), "[[1, 0], [0, −1]]"),
        (sp.Matrix([[1, -1]]), "[[1, −1]]"),
        (sp.sqrt(2) - 2, "−2 + sqrt(2)"),
        ("any rotation", "any rotation"),
    ],
)
def test_values_are_shown_as_people_write_them(value: object, shown: str) -> None:
    """Numbers, lists, arrays and texts, with a real minus sign."""
    verdict = check("true", {"is": False, "at": {"x": value}}, type="classification")
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert verdict.evidence.witness.at == (("x", shown),)


@pytest.mark.parametrize(
    ("value", "options", "said"),
    [
        (3, {}, "expected one of the classes true, false, found int 3"),
        ("sometimes", {}, "found str sometimes"),
        (True, {"classes": ["even", "odd"]}, "even, odd"),
        ({"at": {}}, {}, "expected a mapping with “is”"),
        ({"is": True, "where": {}}, {}, "where"),
        ({"is": True, "shows": 3}, {}, "“shows” must be text"),
        ({"is": True, "at": [1]}, {}, "“at” must be a mapping"),
        ({"is": True, "at": {"f": object()}}, {}, "expected a number, a text or a list"),
    ],
)
def test_what_a_solver_may_not_return(value: object, options: dict[str, object], said: str) -> None:
    """The complaint says what was found and what is expected."""
    kind = get_type("classification")
    with pytest.raises(SpecError, match=said):
        kind.key(value, kind.options_model.model_validate(options))


def test_truth_values_of_sympy_and_numpy_are_truth_values() -> None:
    """Solvers compare with either."""
    kind = get_type("classification")
    options = kind.options_model.model_validate({})
    assert kind.key(sp.true, options).label == "true"
    assert kind.key(sp.Gt(1, 2), options).label == "false"


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        (["one"], "at least two classes"),
        ({"a b": [], "c": ["A-B"]}, "would say both"),
        ({"a": [], "": []}, "must not be empty"),
        ({"a": [3], "b": []}, "valid string"),
        ("even", "expected a mapping"),
    ],
)
def test_classes_that_cannot_be_told_apart_are_refused(classes: object, said: str) -> None:
    """Each way to say a class belongs to one class alone."""
    with pytest.raises(SpecError, match=said):
        check("even", "even", type="classification", classes=classes)


def test_a_denial_names_the_other_of_two_classes_and_none_of_several() -> None:
    """“Not invertible” is singular; “not positive definite” leaves the rest open."""
    two = {"classes": ["invertible", "singular"]}
    assert label("A is not invertible.", **two) == "singular"
    assert label("nonsingular", **two) == "invertible"
    assert label("It does not always hold that A is invertible; so it is singular", **two) == "singular"
    assert label("not even", classes=["even", "odd", "neither"]) == "unreadable"
    assert label("neither even nor odd", classes={"even": [], "odd": [], "none": ["neither even nor odd"]}) == "none"


def test_not_always_is_false_of_a_claim_and_open_of_a_thing() -> None:
    """A claim that does not always hold is false; a series that does not always converge need not diverge."""
    assert label("not always true") == "false"
    assert label("it does not always converge", classes={"converges": ["converge"], "diverges": []}) == "undecided"


def test_yes_and_no_are_true_and_false_by_other_names() -> None:
    """“No eigenvalue is zero” says neither; a solver may return a truth value."""
    known = {"classes": ["yes", "no"]}
    assert label("Yes, since no eigenvalue is zero.", **known) == "yes"
    assert label("The claim does not hold.", **known) == "no"
    assert label("There is no zero eigenvalue.", **known) == "unreadable"
    assert check("no", False, type="classification", **known).status is Status.CORRECT
    three = {"classes": ["yes", "no", "not enough is known"]}
    assert label("No eigenvalue is known.", **three) == "unreadable"
    assert label("no", **three) == "no"


def test_always_sometimes_and_never_are_classes_like_others() -> None:
    """As classes of a question they need not stand alone."""
    known = {"classes": ["always", "sometimes", "never"]}
    assert label("It is always invertible.", **known) == "always"
    assert label("Sometimes.", **known) == "sometimes"
    assert label("This is never the case.", **known) == "never"
    assert label("not always", **known) == "unreadable"


def test_a_longer_name_is_not_the_shorter_one_in_it() -> None:
    """“Positive semi-definite” is not “definite”; “quasi-convex” is not “convex”."""
    definite = {"classes": {"PD": ["positive definite"], "PSD": ["positive semidefinite"]}}
    assert label("positive semi-definite", **definite) == "PSD"
    assert label("Positive-Definite", **definite) == "PD"
    assert label("quasi-convex", classes=["convex", "concave"]) == "unreadable"


@pytest.mark.parametrize(
    ("text", "status", "read"),
    [
        ("no explosion", "unreadable", None), ("There is no vanishing.", "unreadable", None),
        ("It doesn't explode or vanish.", "unreadable", None), ("no vanishing and no explosion", "unreadable", None),
        ("It is kept, no vanishing.", "correct", "kept"), ("It explodes or vanishes.", "incorrect", None),
        ("It does not vanish, it is kept.", "correct", "kept"),
    ],
)  # fmt: skip
def test_a_class_that_is_denied_is_not_named(text: str, status: str, read: str | None) -> None:
    """“No” and “or” hand a denial on; what is left may be any other class, so it is no answer."""
    classes = {"kept": ["stays"], "vanishes": ["vanish", "vanishing"], "explodes": ["explode", "explosion"]}
    verdict = check(text, "kept", type="classification", classes=classes)
    assert verdict.status.value == status, verdict
    assert read is None or (verdict.read_as is not None and verdict.read_as.unicode == read)
