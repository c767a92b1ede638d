"""A part at one draw of its values, with all that was computed for it: what the checks look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.answers import get_type
from grader.answers.base import AnswerType
from grader.records import Claim, Part, Problem, Verdict
from grader.scoring.proofs import Proof
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth
from grader.scoring.verification.findings import Reporter


@dataclass(frozen=True, slots=True)
class Hidden:
    """A change to the given values that the truth does not show.

    Args:
        name: ``transpose A``, ``exchange B and C``.
        why: what in the values hides it, as the end of a sentence; "" if that is not plain to see.
    """

    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A part at one draw of its values.

    Args:
        problem: with the values that were drawn.
        part: of it.
        truth: what the solver or the key gives.
        seed: from which values or instances were drawn; "" for those of the spec itself.
        new: whether its answers may be others than at the values of the spec; else only a key is proved anew.
        confirmation: the second computation; None where there is none, or a key.
        proofs: of the key, by ``solve`` and ``confirm``.
        hidden: changes to the given values that the truth does not show.
        follow: what is wrong with its follow-through, "" if nothing is; None where it has none.
    """

    problem: Problem
    part: Part
    truth: Truth
    seed: str = ""
    new: bool = True
    confirmation: Truth | None = None
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    hidden: tuple[Hidden, ...] = ()
    follow: str | None = None

    @property
    def kind(self) -> AnswerType[Any, Any]:
        """The part's answer type."""
        found: AnswerType[Any, Any] = get_type(self.part.type)
        return found

    @property
    def tell(self) -> Reporter:
        """Makes the findings."""
        return Reporter(self.problem, self.part, self.seed)

    def judge(self, text: str) -> Verdict:
        """The verdict on an answer, as a student would get it."""
        return self.judge_claim(Claim("verify", self.problem.id, self.part.id, text=text))

    def judge_claim(self, claim: Claim) -> Verdict:
        """The verdict on an answer that was found in a text."""
        return score_claim(self.problem, self.part, claim, self.truth)

    def shown(self, value: Any) -> str:
        """An answer in Unicode."""
        text: str = self.kind.render(value, self.part.options).unicode
        return text


def told(verdict: Verdict) -> str:
    """A verdict in a few words, with the reader's own complaint if it has one."""
    why = verdict.diagnostics[0].message if verdict.diagnostics else verdict.feedback
    return f"{verdict.status} ({verdict.reason})" + (f": {why}" if why else "")
