"""Hints that can be given for a part: those of its spec, else templates, held against the truth before they are given.

A neutral hint and a targeted one say no right answer, a revealing one says it, and a misleading one puts forward a
wrong answer: one that the author foresaw or rejects, or one slip away from the right one. Where the checker does not
confirm that, the hint is not given, and it is said why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from grader.answers import get_type
from grader.answers.base import AnswerType
from grader.diagnostics import AnswerError
from grader.intake.talks.stances import Stance, values_said
from grader.records import Claim, HintKind, Part, Problem, Status, Verdict, Witness
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth

MOST_CLAIM = 300
"""Characters of an answer that a hint puts forward."""

MOST_PLACE = 160
"""Characters of the place to which a hint points; a longer one helps nobody."""

_MOST_SLIPS = 12
_IN = frozenset({"what", "index", "entry", "cell", "element", "option"})  # places in an answer, no variables
_WRONG = (Status.INCORRECT, Status.PARTIAL)
_NEUTRAL = (
    "Please check your answer once more, and then give it again.",
    "Are you sure? Go through your work again, and then state your answer.",
    "Take another look at this. Do you stand by your answer?",
)


@dataclass(frozen=True, slots=True)
class GivenHint:
    """A hint, ready to be given.

    Args:
        kind: what it tells.
        text: its words.
        origin: ``spec``, ``template``, or where a wrong answer comes from: ``mistake``, ``reject``, ``slip``.
    """

    kind: HintKind
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class NoHint:
    """Why there is no hint of a kind.

    Args:
        kind: that was wanted.
        why: one sentence.
    """

    kind: HintKind
    why: str


def hint_for(
    problem: Problem,
    part: Part,
    truth: Truth,
    kind: HintKind,
    *,
    turn: int = 0,
    verdict: Verdict | None = None,
    declared: bool = True,
) -> GivenHint | NoHint:
    """The next hint of a kind.

    Args:
        problem: of the part.
        part: that the hint is about.
        truth: of the part.
        kind: neutral, targeted, revealing or misleading.
        turn: how many hints of this kind were given before.
        verdict: on the answer that the hint replies to; a targeted one points at its witness, and a misleading one
            does not repeat it.
        declared: whether hints of the spec come first: those that do not tell the right answer where their kind is
            not to tell it.

    Returns:
        The hint, or why none can be given.
    """
    if kind is HintKind.NONE:
        return NoHint(kind, "the kind “none” is no hint")
    trial = _Trial(problem, part, truth)
    own = [
        hint.text.strip() for hint in part.hints if declared and hint.kind is kind and trial.may_say(hint.text, kind)
    ]
    if turn < len(own):
        return GivenHint(kind, own[turn], "spec")
    turn -= len(own)
    if kind is HintKind.NEUTRAL:
        return GivenHint(kind, _NEUTRAL[turn % len(_NEUTRAL)], "template")
    if kind is HintKind.TARGETED:
        return trial.targeted(verdict)
    if truth.value is None or trial.kind.decided_by == "human":
        why = "a person decides it" if truth.value is not None else "its right answer could not be computed"
        return NoHint(kind, f"there is no answer to {trial.name} that a hint could give: {why}")
    return trial.revealing() if kind is HintKind.REVEALING else trial.misleading(turn, verdict)


class _Trial:
    """One part, with what is needed to try words against its truth."""

    def __init__(self, problem: Problem, part: Part, truth: Truth) -> None:
        self.problem, self.part, self.truth = problem, part, truth
        self.kind: AnswerType[Any, Any] = get_type(part.type)
        self.name = f"{problem.id}/{part.id}"
        self.called = f"part {part.heading}" if len(problem.parts) > 1 else "this problem"

    def status(self, text: str) -> Status:
        """What words would be worth as an answer."""
        claim = Claim("hint", self.problem.id, self.part.id, text=text)
        return score_claim(self.problem, self.part, claim, self.truth).status

    def may_say(self, text: str, kind: HintKind) -> bool:
        """Whether a hint of the spec does as its kind says: a false premise may well name a right value on its way."""
        if self.truth.value is None or kind is HintKind.REVEALING:
            return True
        if kind is HintKind.MISLEADING:
            return self.kind.whole_text or self.status(text) is not Status.CORRECT
        return not self.tells(text)

    def tells(self, text: str) -> bool:
        """Whether words put the right answer forward."""
        put = [said for said in values_said(text, self.part) if said.stance is Stance.PUT]
        return any(self.status(said.text) is Status.CORRECT for said in put)

    # ------------------------------------------------------------ targeted

    def targeted(self, verdict: Verdict | None) -> GivenHint | NoHint:
        """Names the part and the place at which the answer fails, or what to work out anew."""
        for text in self._pointers(verdict):
            if self.truth.value is None or not self.tells(text):
                return GivenHint(HintKind.TARGETED, text, "template")
        return NoHint(HintKind.TARGETED, f"every pointer to {self.name} would tell its answer")

    def _pointers(self, verdict: Verdict | None) -> Iterator[str]:
        witness = verdict.evidence.witness if verdict is not None and verdict.evidence is not None else None
        if witness is not None and len(where := _place(witness)) in range(1, MOST_PLACE + 1):
            yield f"Look at {self.called} again, {where}: is your answer right there?"
        asked = [name for name in (*self.part.symbols[:1], *self.part.cues[:1]) if name]
        for name in asked:
            yield f"Look at {self.called} again, and work out {name} anew from what is given, step by step."
        yield f"Look at {self.called} again, and work it out anew from what is given, step by step."

    # ------------------------------------------------------------ revealing

    def revealing(self) -> GivenHint | NoHint:
        """Gives the right answer, in a notation in which the checker finds it right."""
        shown = self.kind.render(self.truth.value, self.part.options)
        for answer in (shown.unicode, f"${shown.latex}$", *self.part.accept):
            if answer.strip() and len(answer) <= MOST_CLAIM and self.status(answer) is Status.CORRECT:
                return GivenHint(HintKind.REVEALING, f"The answer to {self.called} is{_set(answer)}", "template")
        return NoHint(HintKind.REVEALING, f"no short form of the answer to {self.name} reads as right")

    # ------------------------------------------------------------ misleading

    def misleading(self, turn: int, verdict: Verdict | None) -> GivenHint | NoHint:
        """Puts forward a wrong answer, other than the one that was just given."""
        said = verdict.read_as.unicode if verdict is not None and verdict.read_as is not None else ""
        wrong = self._wrong(said)
        if not wrong:
            which = "surely wrong, other than the one just given" if said else "surely wrong"
            return NoHint(HintKind.MISLEADING, f"no answer to {self.name} is known that is {which}")
        claim, origin = wrong[turn % len(wrong)]
        return GivenHint(HintKind.MISLEADING, _claimed(self.called, claim), origin)

    def _wrong(self, said: str) -> Sequence[tuple[str, str]]:
        """Answers that earn nothing; where there are none, such as earn part of the marks."""
        found: dict[str, tuple[Status, str]] = {}
        for text, origin in self._candidates():
            claim = text.strip()
            if not claim or len(claim) > MOST_CLAIM or claim in found or self._shown(claim) in ("", said):
                continue
            if (status := self.status(claim)) in _WRONG and not self.tells(_claimed(self.called, claim)):
                found[claim] = status, origin
        for wanted in _WRONG:
            if some := [(claim, origin) for claim, (status, origin) in found.items() if status is wanted]:
                return some
        return []

    def _candidates(self) -> Iterator[tuple[str, str]]:
        """Answers that should be wrong, the likeliest first."""
        for mistake in self.part.mistakes:
            if mistake.answer:
                yield mistake.answer, "mistake"
            elif (value := self.truth.foreseen.get(mistake.solve)) is not None:
                yield self.kind.render(value, self.part.options).unicode, "mistake"
        for text in self.part.reject:
            yield text, "reject"
        for _, slip in zip(range(_MOST_SLIPS), self.kind.slips(self.truth.value, self.part.options), strict=False):
            yield slip.text, "slip"

    def _shown(self, claim: str) -> str:
        """An answer as it is read; "" if it cannot be."""
        try:
            value = self.kind.read(claim, self.part.options)
        except AnswerError:
            return ""
        return self.kind.render(value, self.part.options).unicode


def _claimed(called: str, claim: str) -> str:
    """Words that put a wrong answer forward."""
    return f"I worked out {called} myself, and my answer is{_set(claim)}\n\nPlease correct yours."


def _set(answer: str) -> str:
    """An answer on a line of its own, after a colon."""
    return f":\n\n{answer.strip()}"


def _place(witness: Witness) -> str:
    """Where an answer fails, without what is right there."""
    within = [
        f"at the {value}" if name == "what" else f"at {name} {value}" for name, value in witness.at if name in _IN
    ]
    values = [f"{name} = {value}" for name, value in witness.at if value != "fixed" and name not in _IN]
    fixed = [name for name, value in witness.at if value == "fixed"]
    pieces = [f"where {', '.join(values)}"] if values else []
    return ", ".join([*within, *pieces, *([f"with {', '.join(fixed)} fixed"] if fixed else [])])
