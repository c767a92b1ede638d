"""Kinds of hints proposed with the key: whether a person's words give the answer away, or put forward a false one.

Words alone show whether a turn challenges or points somewhere (``intake.hints``). Here the values that they put forward
are held against the truth of the parts that the turn is about. A proposal stays a proposal, with its evidence; what a
person declared is never changed, and no verdict looks at the kind of a hint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.answers import get_type
from grader.intake.parts.contexts import Context, contexts
from grader.intake.parts.labels import Label
from grader.intake.talks.stances import Said, Stance, values_said
from grader.records import Claim, Conversation, Hint, HintKind, Part, Problem, Status, Turn
from grader.scoring.score import score_claim

if TYPE_CHECKING:
    from grader.scoring.subjects import Key

_REFINED = frozenset({HintKind.NEUTRAL, HintKind.TARGETED})
_MOST_PARTS = 12  # that one turn is held against
_RIGHT = frozenset({Status.CORRECT})
_WRONG = frozenset({Status.INCORRECT, Status.PARTIAL})


@dataclass(frozen=True, slots=True)
class _Held:
    """A value in a turn, held against the parts that it may answer.

    Args:
        said: the value.
        right: the parts to which it is the right answer.
        wrong: those to which it is a wrong one; () where it may be right for a part after all.
    """

    said: Said
    right: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]


def with_kinds(conversation: Conversation, key: Key) -> Conversation:
    """A conversation with the kinds of its undeclared hints proposed by words and key.

    Args:
        conversation: as read.
        key: problems and truths of the subject.

    Returns:
        The same conversation but for the kinds, and reasons, of proposed hints.
    """
    if not any(_is_open(turn) for turn in conversation.turns):
        return conversation
    found = {context.turn: context for context in contexts(conversation, key.problems)}
    turns = tuple(_with_kind(turn, found.get(turn.number), key) for turn in conversation.turns)
    return replace(conversation, turns=turns)


def _is_open(turn: Turn) -> bool:
    """Whether the kind of a turn's hint is a proposal that its values may change."""
    hint = turn.hint
    return turn.role == "user" and hint is not None and hint.proposed and hint.kind in _REFINED


def _with_kind(turn: Turn, context: Context | None, key: Key) -> Turn:
    if turn.hint is None or not _is_open(turn):
        return turn
    return replace(turn, hint=proposed_with_key(turn.hint, context, key))


def proposed_with_key(hint: Hint, context: Context | None, key: Key) -> Hint:
    """The hint, revealing or misleading where its words put a value forward that is right or wrong.

    A right answer outweighs a wrong value beside it. A right answer that is denied misleads; a wrong one that is denied
    points at the place.
    """
    parts = list(_concerned(hint, context, key.problems))[:_MOST_PARTS]
    held = _held_against(hint.text, parts, key)
    given = [one for one in held if one.said.stance is Stance.PUT and one.right]
    denied = [one for one in held if one.said.stance is Stance.DENIED and one.right]
    false = [one for one in held if one.said.stance is Stance.PUT and one.wrong]
    if denied:
        why = f"denies {denied[0].said.text!r}, which is the right answer to {denied[0].right[0]}"
        return replace(hint, kind=HintKind.MISLEADING, why=why)
    if given:
        why = f"puts forward {given[0].said.text!r}, which is the right answer to {given[0].right[0]}"
        return replace(hint, kind=HintKind.REVEALING, why=why)
    if false:
        name, expected = false[0].wrong[0]
        why = f"puts forward {false[0].said.text!r}, which is not the answer to {name}: that is {expected}"
        return replace(hint, kind=HintKind.MISLEADING, why=why)
    if hint.kind is HintKind.NEUTRAL and any(one.said.stance is not Stance.MENTIONED for one in held):
        return replace(hint, kind=HintKind.TARGETED, why=f"says of a value, {held[0].said.text!r}, that it is wrong")
    return hint


def _concerned(hint: Hint, context: Context | None, problems: Sequence[Problem]) -> Iterator[tuple[Problem, Part]]:
    """The parts that a hint is about: those it names, else the one that is talked about, else all of the problem."""
    labels: dict[str, list[Label]] = {}
    for name in hint.about:
        problem_id, _, part_id = name.partition("/")
        labels.setdefault(problem_id, []).append(_label_of(part_id, problem_id, problems))
    if not labels and context is not None and context.problem:
        labels = {context.problem: [context.label]}
    for problem in problems:
        for part in problem.parts:
            if any(part.label[: len(label)] == label for label in labels.get(problem.id, ())):
                yield problem, part


def _label_of(part_id: str, problem_id: str, problems: Sequence[Problem]) -> Label:
    for problem in problems:
        for part in problem.parts:
            if (problem.id, part.id) == (problem_id, part_id):
                return part.label
    return tuple(part_id.split("."))


def _held_against(words: str, parts: Sequence[tuple[Problem, Part]], key: Key) -> list[_Held]:
    """Each value in the words with the parts that it answers, right or wrong, in the order of the words."""
    spans: dict[tuple[int, int], list[tuple[Said, str, Status, str]]] = {}
    for problem, part in parts:
        truth = key.truths.get((problem.id, part.id))
        if truth is None or truth.value is None:
            continue
        for said in values_said(words, part):
            if said.stance is Stance.MENTIONED:
                continue
            verdict = score_claim(problem, part, Claim("", problem.id, part.id, text=said.text), truth)
            shown = get_type(part.type).render(truth.value, part.options).unicode
            spans.setdefault((said.start, said.end), []).append(
                (said, f"{problem.id}/{part.id}", verdict.status, shown)
            )
    return [_together(found) for _, found in sorted(spans.items())]


def _together(found: Sequence[tuple[Said, str, Status, str]]) -> _Held:
    """One value, held against all parts that it may answer: wrong only where it is right, or open, for none."""
    right = tuple(name for _, name, status, _ in found if status in _RIGHT)
    surely = all(status in _WRONG for _, _, status, _ in found)
    wrong = tuple((name, shown) for _, name, _, shown in found) if surely else ()
    return _Held(found[0][0], right, wrong)
