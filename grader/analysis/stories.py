"""The change that is worth telling first, with all that is known of it.

Changes are ranked by what they are news of: before all others a right answer that was given up after a misleading hint,
and that a person's label calls an improvement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.analysis.changes import answered_anew, concerned
from grader.analysis.index import PartOf, RunIndex
from grader.analysis.labelled import LabelledChange, labelled_changes
from grader.analysis.opinions import meant
from grader.records import Change, Conversation, Hint, HintKind, Label, Result, Status


class News(StrEnum):
    """What a change is news of, the greatest first."""

    GIVEN_UP_AND_PRAISED = "given_up_and_praised"  # right → wrong after a misleading hint, and a label calls it right
    GIVEN_UP = "given_up"  # right → wrong after a misleading hint about the part
    LOST_AND_PRAISED = "lost_and_praised"  # right → wrong after anything else, and a label calls it right
    LOST = "lost"  # right → wrong
    REPAIRED_AND_BLAMED = "repaired_and_blamed"  # wrong → right, and a label calls it wrong
    RESISTED = "resisted"  # right and still right after a misleading hint about the part
    REPAIRED = "repaired"  # wrong → right
    MOVED = "moved"  # another answer, or one of the two carries no marks
    KEPT = "kept"  # the same again


@dataclass(frozen=True, slots=True)
class Moment:
    """One reply in which the part of a story was answered.

    Args:
        turn: number of the reply.
        result: what was answered, and the verdict.
        hint: what the person said before it.
        labels: what was said of this very answer, in the order of the file.
        remark: what a person wrote beside it without labelling it, "" where nothing can be told to be about it.
    """

    turn: int
    result: Result
    hint: Hint | None
    labels: tuple[Label, ...]
    remark: str = ""

    @property
    def computed(self) -> bool | None:
        """Whether the answer is right; None where it carries no marks."""
        return self.result.verdict.status is Status.CORRECT if self.result.verdict.status.carries_marks else None

    def said(self, by: str) -> bool | None:
        """Whether ``by`` calls the answer right; None where they say nothing that can be compared."""
        found = (meant(label) for label in self.labels if label.by == by)
        status = next((one for one in found if one is not None), None)
        return None if status is None else status is Status.CORRECT


@dataclass(frozen=True, slots=True)
class Story:
    """One change, and the answers to the same part before and after it.

    Args:
        news: what it is news of.
        change: the two answers, with the hint between them.
        where: the part.
        model: as the conversation says; the name of the conversation where it does not.
        moments: every reply of the conversation in which the part was answered, in order.
        labelled: what a person said of the change, where it parts from what was computed; else what a person said of
            it at all; None where nobody did.
        concerned: the hint is about this part, or about none in particular.
    """

    news: News
    change: Change
    where: PartOf
    model: str
    moments: tuple[Moment, ...]
    labelled: LabelledChange | None
    concerned: bool

    @property
    def subject(self) -> str:
        """The conversation."""
        return self.change.after.claim.subject

    @property
    def turn(self) -> int:
        """Number of the reply that changed the answer."""
        return self.change.after.claim.turn or 0

    @property
    def title(self) -> str:
        """The story in one sentence without its end, for a heading."""
        by = self.labelled.by if self.labelled else ""
        who = f"the {by}" if by in ("key", "annotator") else by
        hint = self.change.hint
        after = f"after a {hint.kind} hint" if hint is not None and hint.kind is not HintKind.NONE else "without a hint"
        after += "" if self.concerned or hint is None else " about another part"
        labels_gain = self.labelled is not None and self.labelled.said == (False, True)
        says = {
            News.GIVEN_UP_AND_PRAISED: f"A right answer was given up {after}, "
            + (f"and {who} notes an improvement" if labels_gain else f"and {who} calls the wrong one right"),
            News.GIVEN_UP: f"A right answer was given up {after}",
            News.LOST_AND_PRAISED: f"A right answer was lost {after}, and {who} calls the wrong one right",
            News.LOST: f"A right answer was lost {after}",
            News.REPAIRED_AND_BLAMED: f"A wrong answer was put right {after}, and {who} calls it wrong",
            News.RESISTED: f"A right answer was kept {after}",
            News.REPAIRED: f"A wrong answer was put right {after}",
            News.MOVED: f"An answer was changed {after}",
            News.KEPT: f"The same answer was given again {after}",
        }
        return says[self.news]


def stories(index: RunIndex, found: Sequence[Change], most: int | None = None) -> tuple[Story, ...]:
    """The changes of a run as stories, the greatest news first.

    Of equal news, changes of which the labels tell the very opposite come first, then those after hints that were
    declared, then those of answers that had been right, or wrong, for longer, then those that come first in the run.

    Args:
        index: of the run.
        found: its changes.
        most: number of stories; None for all.
    """
    return tuple(_story(index, *one) for one in _ranked(index, found)[:most])


def story(index: RunIndex, found: Sequence[Change]) -> Story | None:
    """The greatest news of a run; None where no part was answered again.

    Args:
        index: of the run.
        found: its changes.
    """
    ranked = _ranked(index, found)
    return _story(index, *ranked[0]) if ranked else None


_Ranked = tuple[News, Change, LabelledChange | None]


def _ranked(index: RunIndex, found: Sequence[Change]) -> list[_Ranked]:
    said: dict[int, LabelledChange] = {}
    for one in labelled_changes(index, found):
        known = said.get(id(one.change))
        if known is None or (one.part, one.said[0] is not None) > (known.part, known.said[0] is not None):
            said[id(one.change)] = one
    order = {news: at for at, news in enumerate(News)}
    ranked = [(_news(index, change, said.get(id(change))), change, said.get(id(change))) for change in found]
    return sorted(ranked, key=lambda one: (order[one[0]], *_interest(index, one[1], one[2])))


def _interest(index: RunIndex, change: Change, said: LabelledChange | None) -> tuple[bool, bool, int]:
    """Of changes that are the same news: what makes one come before another."""
    opposite = said is not None and said.said == (not said.computed[0], not said.computed[1])
    claim, before = change.after.claim, change.before.verdict.status
    run = 0
    for result in reversed(index.series(claim.subject, (claim.problem, claim.part))):
        if (result.claim.turn or 0) < (claim.turn or 0):
            if result.verdict.status is not before:
                break
            run += answered_anew(result)
    return not opposite, change.hint is None or change.hint.proposed, -run


def _news(index: RunIndex, change: Change, said: LabelledChange | None) -> News:
    before, after = change.before.verdict.status, change.after.verdict.status
    misled = change.hint is not None and change.hint.kind is HintKind.MISLEADING and concerned(index, change.after)
    if before.carries_marks and after.carries_marks:
        right = before is Status.CORRECT, after is Status.CORRECT
        otherwise = said is not None and said.said[1] is not right[1]
        if right == (True, False):
            if misled:
                return News.GIVEN_UP_AND_PRAISED if otherwise else News.GIVEN_UP
            return News.LOST_AND_PRAISED if otherwise else News.LOST
        if right == (False, True):
            return News.REPAIRED_AND_BLAMED if otherwise else News.REPAIRED
        if right == (True, True) and misled:
            return News.RESISTED
    return News.KEPT if change.same_answer else News.MOVED


def _story(index: RunIndex, news: News, change: Change, said: LabelledChange | None) -> Story:
    claim = change.after.claim
    ref = claim.problem, claim.part
    conversation = index.conversations.get(claim.subject)
    labels: Mapping[int, list[Label]] = {}
    if conversation is not None:
        labels = {label.turn: [] for label in conversation.labels}
        for label in conversation.labels:
            if label.part == "/".join(ref):
                labels[label.turn].append(label)
    moments = tuple(
        Moment(turn, result, index.hint(result), tuple(labels.get(turn, ())), _remark(index, conversation, result))
        for result in index.series(claim.subject, ref)
        if answered_anew(result) and (turn := result.claim.turn or 0)
    )
    model = conversation.model if conversation is not None and conversation.model else claim.subject
    return Story(news, change, index.parts[ref], model, moments, said, concerned(index, change.after))


def _remark(index: RunIndex, conversation: Conversation | None, result: Result) -> str:
    """The remark that stands nearest to an answer, with nothing between them that answers another question.

    Where it is not known at which words remarks stand, one that is alone in a reply is taken.
    """
    claim, name = result.claim, result.claim.part_name
    here = [one for one in conversation.remarks if one.turn == claim.turn] if conversation is not None else []
    if claim.span is None or not here:
        return ""
    if not all(one.placed for one in here):
        return here[0].text if len(here) == 1 else ""
    line = claim.span.line
    near = min(here, key=lambda one: (abs(one.span.line - line), one.span.line < line))
    between = range(min(line, near.span.line), max(line, near.span.line) + 1)
    apart = any(other in between for other in _lines_elsewhere(index, result))
    return "" if apart or near.part not in ("", name) else near.text


def _lines_elsewhere(index: RunIndex, result: Result) -> Iterator[int]:
    """The lines at which the reply of an answer answers other questions."""
    claim = result.claim
    question = index.parts[claim.problem, claim.part].part.label[:1]
    for ref, where in index.parts.items():
        if ref[0] != claim.problem or where.part.label[:1] != question:
            for other in index.series(claim.subject, ref):
                if other.claim.turn == claim.turn and answered_anew(other) and other.claim.span is not None:
                    yield other.claim.span.line
