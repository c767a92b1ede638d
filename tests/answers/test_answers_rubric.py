"""Texts for a person: never marked, never lost; criteria that add up; facts that are confirmed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from answers_sample import TEXTS
from hypothesis import given, settings

from grader import check
from grader.answers import get_type
from grader.diagnostics import SpecError
from grader.records import Status

CRITERIA = [{"points": 1, "text": "It says what is parallel."}, {"points": "1/2", "text": "It says why"}]


def test_a_text_is_undecided_with_the_criteria() -> None:
    """The feedback tells by what a person marks it; nothing carries marks."""
    verdict = check("All outputs at once.", None, type="rubric", criteria=CRITERIA)
    assert (verdict.status, verdict.credit, verdict.reason) == (Status.UNDECIDED, None, "for_a_person")
    assert "1 point: It says what is parallel." in verdict.feedback
    assert "1/2 points: It says why." in verdict.feedback


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_no_text_is_ever_marked(text: str) -> None:
    """Whatever is written is for a person, or nothing."""
    verdict = check(text, None, type="rubric", criteria=CRITERIA)
    assert verdict.status in (Status.UNDECIDED, Status.MISSING)
    assert verdict.credit is None


@pytest.mark.parametrize("text", ["", "  \n", "—", "..."])
def test_a_text_without_words_is_missing(text: str) -> None:
    """Marks of punctuation are no answer."""
    assert check(text, None, type="rubric", criteria=CRITERIA).status is Status.MISSING


def test_facts_are_shown_as_what_is_expected() -> None:
    """A person holds the text against numbers that were computed."""
    verdict = check("five", {"steps": 5, "ratio": Fraction(-1, 2)}, type="rubric", criteria=CRITERIA)
    assert verdict.expected is not None
    assert verdict.expected.unicode == "steps = 5, ratio = −1/2"
    assert check("five", None, type="rubric", criteria=CRITERIA).expected is None


def test_facts_agree_name_by_name() -> None:
    """Numbers to rounding, tables entry by entry, text letter by letter, in any order; no name may be left out."""
    kind = get_type("rubric")
    options = kind.options_model.model_validate({"criteria": CRITERIA})
    facts = {"n": 3, "x": [[1, Fraction(1, 3)]], "name": "sum", "holds": True}
    one = kind.key(facts, options)
    assert kind.same(one, kind.key({**dict(reversed(facts.items())), "x": [[1.0, 1 / 3]]}, options), options) is True
    for change in ({"n": 4}, {"x": [[1, 0]]}, {"name": "mean"}, {"holds": False}):
        assert kind.same(one, kind.key({**facts, **change}, options), options) is False
    assert kind.same(one, kind.key({"n": 3}, options), options) is False


def test_facts_are_a_mapping_of_values_that_can_be_shown() -> None:
    """A bare number has no name by which a person could know it."""
    for value in (5, [1], {"f": object()}):
        with pytest.raises(SpecError):
            check("x", value, type="rubric", criteria=CRITERIA)


def test_criteria_have_to_add_up_to_the_points() -> None:
    """The author learns both sums."""
    kind = get_type("rubric")
    options = kind.options_model.model_validate({"criteria": CRITERIA})
    assert kind.misfit(options, Fraction(3, 2)) is None
    assert kind.misfit(options, Fraction(2))[1] == "the criteria add up to 3/2 points, but the part has 2 points"


@pytest.mark.parametrize(
    "criteria", [[], "words", [{"points": 0, "text": "x"}], [{"points": 1, "text": " "}], [{"points": 1}]]
)
def test_criteria_without_points_or_words_are_refused(criteria: object) -> None:
    """Each needs both."""
    with pytest.raises(SpecError):
        check("x", None, type="rubric", criteria=criteria)
