"""The long format: one row for each subject, problem, part and turn, with all that the measures need.

A row says what stood before the reply, what the person said, what the reply made of it, and what people said of that.
Every rate of the reports is a count of rows (:mod:`grader.analysis.measures`), so whoever loads ``changes.jsonl`` can
make them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction
from typing import Any

from grader.analysis.changes import answered_anew, concerned
from grader.analysis.firsts import FirstRight, first_right_of
from grader.analysis.index import Ref, RunIndex
from grader.analysis.opinions import meant
from grader.records import Change, HintKind, Label, Result, Status, StopPolicy

SCHEMA = 1
FILE = "changes.jsonl"  # in the folder of the results


class Transition(StrEnum):
    """What a reply made of the answer that stood before it. Partial answers are wrong ones here."""

    FIRST = "first"  # the first answer: nothing stood before
    MISSING = "missing"  # there is no answer yet
    CARRIED = "carried"  # not answered in this reply; the answer before stands
    RIGHT_TO_WRONG = "right_to_wrong"
    WRONG_TO_RIGHT = "wrong_to_right"
    KEPT = "kept"  # the same answer again
    RIGHT_TO_OTHER_RIGHT = "right_to_other_right"
    WRONG_TO_OTHER_WRONG = "wrong_to_other_wrong"
    OPEN = "open"  # another answer, and one of the two carries no marks


@dataclass(frozen=True, slots=True)
class Row:
    """One part at one turn; the fields are the keys of a line of ``changes.jsonl``, in this order.

    Args:
        subject: the conversation.
        model: as the conversation says; None where it does not.
        problem, part: identifiers.
        turn: number of the reply in the conversation, from 1.
        reply: number of the reply since the part was first asked, from 1.
        replies: how many replies there were since then.
        first_right: number of the first reply known to be right, counted like ``reply``; None where none was.
        censored_after: where there is no ``first_right``, the number of replies after which nothing more is known:
            the dialogue stopped, or an answer came that carries no marks. 0 where nothing is known at all.
        stop: how it was decided when the conversation ends.
        hint: kind of what the person said before the reply; None where nothing is recorded.
        hint_proposed: a rule chose the kind, and nobody declared it; None without a kind.
        hint_concerned: the person's words are about this part, or about none in particular.
        answered: the part was answered in this reply.
        carried: it was not, and an answer from before stands.
        status: of the answer that stands after the reply.
        credit: exact, 0 to 1; None where the status carries no marks.
        right: the status is correct; None where it carries no marks.
        status_before, credit_before, right_before: the same of the answer that stood before the reply; None in the
            first reply.
        same: the answer is equal to the one before, as the answer type decides; None where it was not answered, or
            nothing stood before.
        transition: from the one to the other, in a word.
        decided: a person decided what stands; ``machine`` is then what the machine had said, else None.
        key, annotator: what they say of the answer in this turn; None where they say nothing. A word that can be
            compared (right, wrong, partial) goes before free words.
        file, page, line: where the answer stands; of a carried one where it was given. None where there is none.
    """

    subject: str
    model: str | None
    problem: str
    part: str
    turn: int
    reply: int
    replies: int
    first_right: int | None
    censored_after: int | None
    stop: StopPolicy
    hint: HintKind | None
    hint_proposed: bool | None
    hint_concerned: bool
    answered: bool
    carried: bool
    status: Status
    credit: Fraction | None
    right: bool | None
    status_before: Status | None
    credit_before: Fraction | None
    right_before: bool | None
    same: bool | None
    transition: Transition
    decided: bool
    machine: Status | None
    key: str | None
    annotator: str | None
    file: str | None
    page: int | None
    line: int | None

    @property
    def changed(self) -> bool:
        """Whether this is a change: answered, and not in the first reply."""
        return self.answered and self.status_before is not None

    @property
    def marked(self) -> bool:
        """Whether this is a change with marks before and after."""
        return self.answered and self.right is not None and self.right_before is not None

    @property
    def exposed(self) -> bool:
        """Whether an answer stood when a hint concerned it; a further task challenges only what is answered again."""
        stood = self.status_before is not None and self.status_before is not Status.MISSING
        return stood and self.hint_concerned and (self.answered or self.hint is not HintKind.NONE)


def rows(index: RunIndex, found: Sequence[Change]) -> Iterator[Row]:
    """All rows of a run of transcripts, by conversation, then by part, then by turn.

    Args:
        index: of the run.
        found: its changes (:func:`grader.analysis.changes.changes`).

    Yields:
        One row for each result; a run of submissions has no turns and so no rows.
    """
    same = {id(change.after): change.same_answer for change in found}
    for subject in index.subjects:
        conversation = index.conversations.get(subject)
        model = conversation.model or None if conversation is not None else None
        stop = conversation.stop if conversation is not None else StopPolicy.UNKNOWN
        said = _labels(conversation.labels if conversation is not None else ())
        for ref, results in index.asked(subject).items():
            series = [one for one in results if one.claim.turn is not None]
            if series:
                first = first_right_of(subject, ref, series, model, stop)
                for at, result in enumerate(series):
                    before = series[at - 1] if at else None
                    yield _row(index, ref, first, at + 1, len(series), before, result, same, said)


def row_object(row: Row) -> dict[str, Any]:
    """One line of ``changes.jsonl``: ``schema``, then the fields of the row; credits are numbers."""
    found: dict[str, Any] = {"schema": SCHEMA}
    for name in _NAMES:
        value = getattr(row, name)
        found[name] = float(value) if isinstance(value, Fraction) else value
    return found


_NAMES = tuple(field.name for field in fields(Row))
_Said = Mapping[tuple[str, int, str], str]  # (problem/part, turn, by whom) → the words


def _labels(labels: Sequence[Label]) -> _Said:
    said: dict[tuple[str, int, str], str] = {}
    for label in sorted(labels, key=lambda one: meant(one) is None):  # stable: comparable words first
        said.setdefault((label.part, label.turn, label.by), label.says)
    return said


def _row(
    index: RunIndex,
    ref: Ref,
    first: FirstRight,
    reply: int,
    replies: int,
    before: Result | None,
    result: Result,
    same: Mapping[int, bool],
    said: _Said,
) -> Row:
    claim, verdict, hint = result.claim, result.verdict, index.hint(result)
    turn, name, span = claim.turn or 0, "/".join(ref), claim.span
    answered = answered_anew(result)
    stood = before is not None and before.verdict.status is not Status.MISSING
    equal = same[id(result)] if answered and stood else None
    return Row(
        subject=first.subject,
        model=first.model,
        problem=first.problem,
        part=first.part,
        turn=turn,
        reply=reply,
        replies=replies,
        first_right=first.replies if first.right else None,
        censored_after=None if first.right else first.replies,
        stop=first.stop,
        hint=hint.kind if hint is not None else None,
        hint_proposed=hint.proposed if hint is not None else None,
        hint_concerned=concerned(index, result),
        answered=answered,
        carried=claim.carried and verdict.status is not Status.MISSING,
        status=verdict.status,
        credit=verdict.credit,
        right=_right(result),
        status_before=before.verdict.status if before is not None else None,
        credit_before=before.verdict.credit if before is not None else None,
        right_before=_right(before) if before is not None else None,
        same=equal,
        transition=_transition(before if stood else None, result, answered, equal),
        decided=result.decision is not None,
        machine=result.machine.status if result.machine is not None else None,
        key=said.get((name, turn, "key")),
        annotator=said.get((name, turn, "annotator")),
        file=span.file if span is not None else None,
        page=span.page if span is not None else None,
        line=span.line if span is not None else None,
    )


def _right(result: Result) -> bool | None:
    status = result.verdict.status
    return status is Status.CORRECT if status.carries_marks else None


def _transition(before: Result | None, result: Result, answered: bool, same: bool | None) -> Transition:
    """In a word; ``before`` is None where no answer stood."""
    if not answered:
        return Transition.MISSING if result.verdict.status is Status.MISSING else Transition.CARRIED
    if before is None:
        return Transition.FIRST
    then, now = _right(before), _right(result)
    if then is not None and now is not None and then is not now:
        return Transition.RIGHT_TO_WRONG if then else Transition.WRONG_TO_RIGHT
    if same:
        return Transition.KEPT
    if then is None or now is None:
        return Transition.OPEN
    return Transition.RIGHT_TO_OTHER_RIGHT if now else Transition.WRONG_TO_OTHER_WRONG
