"""Why an answer has another mark now: whatever changed that bears on it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from grader.analysis.regrading.differences import Difference, SpecChange
from grader.analysis.regrading.since import Since
from grader.records import Claim, Item, Problem, Result, Run, Status, Verdict

LONGEST = 40  # characters of an answer that are shown


class Kind(StrEnum):
    """What a reason is about, from the surest to the least sure."""

    DECISION = "decision"  # of a person: it no longer holds, or holds again
    INPUT = "input"  # what was handed in is another
    READING = "reading"  # the same file is read otherwise
    NUMBERS = "numbers"  # the student's own numbers are others
    QUESTION = "question"  # an entry of the spec
    TRUTH = "truth"  # the expected answer is another
    EARLIER = "earlier"  # the student's answer to a part that this one builds on
    FAILURE = "failure"  # it could not be graded, then or now
    SOLVER = "solver"
    SETTING = "setting"
    PROGRAM = "program"  # grade itself or a library is another
    UNKNOWN = "unknown"  # nothing that is recorded changed


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that changed and bears on an answer, in words."""

    kind: Kind
    text: str


class Reasons:
    """Finds why marks changed.

    Args:
        since: what changed altogether.
        before, after: the runs, with the decisions of people.
        paths: of the two inputs, as they were given.
    """

    def __init__(self, since: Since, before: Run, after: Run, paths: tuple[str, str]) -> None:
        self._since = since
        self._problems = {id(run): {one.id: one for one in run.problems} for run in (before, after)}
        self._runs = (before, after)
        self._paths = paths
        self._claims = [{_item(one.claim): one.claim for one in run.results} for run in self._runs]

    def of(self, item: Item, before: Result | None, after: Result | None) -> tuple[Reason, ...]:
        """What changed that bears on an answer; never empty."""
        if before is None or after is None:
            return (self._came_or_went(item, came=before is None),)
        found = [*self._about_answer(before, after), *self._about_question(item, before, after)]
        found += _about_failure(before, after)
        if all(one.kind is Kind.READING for one in found):
            found += self._about_the_rest(item, read_otherwise=bool(found))
        nothing = "nothing that is recorded changed; a limit of time may have been met"
        return tuple(found) or (Reason(Kind.UNKNOWN, nothing),)

    def _came_or_went(self, item: Item, *, came: bool) -> Reason:
        since = self._since
        if item.problem in (since.new if came else since.gone):
            how = "asked now" if came else "not asked any more"
            return Reason(Kind.QUESTION, f"the problem {item.problem} is {how}")
        change = since.specs.get(item.problem)
        if change is not None and item.part in (change.new if came else change.gone):
            return Reason(Kind.QUESTION, f"part {item.part} is {'new' if came else 'gone'}")
        return Reason(Kind.READING, f"{'asked' if came else 'not asked any more'}, as the conversation is read now")

    def _about_answer(self, before: Result, after: Result) -> Iterator[Reason]:
        if before.decision is not None and after.decision is None:
            yield Reason(Kind.DECISION, f"the decision of {before.decision.by} was about other words")
        elif before.decision is None and after.decision is not None:
            yield Reason(Kind.DECISION, f"a decision of {after.decision.by} holds for these words")
        if (change := self._answer_change(before.claim, after.claim)) is not None:
            yield change

    def _answer_change(self, before: Claim, after: Claim) -> Reason | None:
        if _words(before) == _words(after):
            return None
        files = {claim.span.file: path for claim, path in zip((before, after), self._paths, strict=True) if claim.span}
        changes = [f"{name} {how}" for name, path in files.items() if (how := self._since.input_change(name, path))]
        words = f"{_shown(before)} → {_shown(after)}"
        if changes or (not files and self._since.inputs):
            return Reason(Kind.INPUT, f"{'; '.join(changes) or 'the files changed'}: {words}")
        return Reason(Kind.READING, f"read otherwise: {words}")

    def _about_question(self, item: Item, before: Result, after: Result) -> Iterator[Reason]:
        looked_at = {Use.JUDGING}
        if any(self._foreseen(run, item, _said(one)) for run, one in zip(self._runs, (before, after), strict=True)):
            looked_at.add(Use.MISTAKES)
        if _words(before.claim) != _words(after.claim):
            looked_at.add(Use.FINDING)
        expected = [_expected(_said(one)) for one in (before, after)]
        if expected[0] != expected[1] and all(expected):
            looked_at.add(Use.VALUES)
        yield from self._entries(item, looked_at)
        if Use.VALUES in looked_at:
            yield from self._numbers(item)
            yield from (Reason(Kind.SOLVER, text) for text in self._since.solvers.get(item.problem, ()))
            yield Reason(Kind.TRUTH, str(Difference("expected answer", expected[0], expected[1])))
        for need in self._problem(self._runs[1], item).part(item.part).needs:
            earlier = item._replace(part=need)
            claims = [found.get(earlier) for found in self._claims]
            if claims[0] and claims[1] and _words(claims[0]) != _words(claims[1]):
                yield Reason(Kind.EARLIER, f"the answer to {need}, on which it builds, is another")

    def _foreseen(self, run: Run, item: Item, verdict: Verdict) -> bool:
        """Whether an answer was taken for a mistake that the spec foresees."""
        mistakes = self._problem(run, item).part(item.part).mistakes
        return any(one.says and one.says in verdict.feedback for one in mistakes)

    def _entries(self, item: Item, looked_at: Collection[Use]) -> Iterator[Reason]:
        """The entries of the spec that are others, of those that are looked at."""
        change = self._since.specs.get(item.problem, SpecChange())
        for one in (*change.parts.get(item.part, ()), *change.shared):
            if use_of(one.field) in looked_at:
                yield Reason(Kind.QUESTION, str(one))

    def _numbers(self, item: Item) -> Iterator[Reason]:
        """Numbers of a student's own that are others, where the spec itself does not say so."""
        change = self._since.specs.get(item.problem, SpecChange())
        asked = [self._problem(run, item) for run in self._runs]
        if not any(use_of(one.field) is Use.VALUES for one in change.shared):
            for name in {**asked[0].given, **asked[1].given}:
                given = [one.given.get(name) for one in asked]
                if given[0] != given[1]:
                    yield Reason(Kind.NUMBERS, str(Difference(name, str(given[0]), str(given[1]))))

    def _problem(self, run: Run, item: Item) -> Problem:
        own = run.own.get(item.subject)
        if own is not None:
            return next(one for one in own if one.id == item.problem)
        return self._problems[id(run)][item.problem]

    def _about_the_rest(self, item: Item, *, read_otherwise: bool) -> Iterator[Reason]:
        """What may have to do with it, where nothing is known to.

        Args:
            read_otherwise: the answer is another, though the file is the same: then headings and words of other parts
                count, and those of this part were told.
        """
        if read_otherwise:
            change = self._since.specs.get(item.problem, SpecChange())
            others = ((part, one) for part, entries in change.parts.items() if part != item.part for one in entries)
            yield from (Reason(Kind.QUESTION, f"{p}: {one}") for p, one in others if use_of(one.field) is Use.FINDING)
        else:
            yield from self._entries(item, set(Use) - {Use.CHECKING})
            yield from (Reason(Kind.SOLVER, text) for text in self._since.solvers.get(item.problem, ()))
        yield from (Reason(Kind.SETTING, str(one)) for one in self._since.settings)
        yield from (Reason(Kind.PROGRAM, program_change(one)) for one in self._since.environment)


class Use(StrEnum):
    """What an entry of a spec is looked at for."""

    JUDGING = "judging"
    MISTAKES = "mistakes"  # wrong answers that were foreseen
    FINDING = "finding"  # of the answer in a text
    VALUES = "values"  # from which the truth is computed
    CHECKING = "checking"  # only by `grade verify`, or by nobody


_USES = {
    **dict.fromkeys(("points", "answer", "needs", "follow_through"), Use.JUDGING),
    "mistakes": Use.MISTAKES,
    **dict.fromkeys(("prompt", "symbols", "cues", "label", "title", "number"), Use.FINDING),
    **dict.fromkeys(("given", "solver"), Use.VALUES),
    **dict.fromkeys(("accept", "reject", "confirm", "source", "hints", "known_weaknesses"), Use.CHECKING),
}


def use_of(field: str) -> Use:
    """What an entry of a spec is looked at for; one that is not known here may be looked at for anything.

    Args:
        field: as in :class:`Difference`: ``answer.form``, ``mistakes[1].credit``.
    """
    return _USES.get(re.split(r"[.\[]", field)[0], Use.JUDGING)


def program_change(one: Difference) -> str:
    """A version that is another now; of grade's own source only that it is."""
    if one.field == "code":
        return "the source of grade"
    return f"{one.field} {one.before or 'absent'} → {one.after or 'absent'}"


def _about_failure(before: Result, after: Result) -> Iterator[Reason]:
    verdicts = (_said(before), _said(after))
    if verdicts[0].status is verdicts[1].status:
        return
    for verdict, when in zip(verdicts, ("was", "is now"), strict=True):
        if verdict.status is Status.FAILED:
            why = verdict.diagnostics[0].message if verdict.diagnostics else verdict.reason
            yield Reason(Kind.FAILURE, f"it {when} not graded: {why}")


def _said(result: Result) -> Verdict:
    """What the machine said."""
    return result.machine or result.verdict


def _expected(verdict: Verdict) -> str:
    return verdict.expected.unicode if verdict.expected is not None else ""


def _item(claim: Claim) -> Item:
    return Item(claim.subject, claim.problem, claim.part, claim.turn)


def _words(claim: Claim) -> tuple[str, ...]:
    return (" ".join(claim.told.split()), *(" ".join(text.split()) for text, _ in claim.rivals))


def _shown(claim: Claim) -> str:
    text = " ".join(claim.told.split()) or " | ".join(" ".join(text.split()) for text, _ in claim.rivals)
    if not text:
        return "nothing"
    return f"“{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}”"
