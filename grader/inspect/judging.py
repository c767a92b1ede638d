"""The verdicts on the last reply of a conversation, and the next hint: what runs in a worker. It needs no Inspect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.inspect.questions import Question
from grader.intake.chats import Chat
from grader.intake.chats.base import USER, Message
from grader.records import Claim, HintKind, Part, Problem, Result, Status, last_reply
from grader.scoring.hinting import GivenHint, NoHint, hint_for
from grader.scoring.score import score_claim
from grader.scoring.solvers import PartKey, solve_part
from grader.scoring.subjects import Key, grade_subject
from grader.scoring.truth import Truth

MAX_BYTES = 10 * 1024 * 1024
"""Most bytes of a conversation; a longer one is refused, as in a file."""

_truths: dict[tuple[str, PartKey], Truth] = {}  # of this process, which serves one course


@dataclass(frozen=True, slots=True)
class Wanted:
    """A hint that is wanted.

    Args:
        kind: of it.
        turn: how many of this kind were given before.
        declared: whether hints of the spec come first.
    """

    kind: HintKind
    turn: int = 0
    declared: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """One conversation to judge.

    Args:
        messages: of both sides, in order.
        question: what was asked; None where the words have to say it.
        hint: that is wanted next, or None.
    """

    messages: tuple[Message, ...]
    question: Question | None = None
    hint: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it.

    Args:
        results: on the last reply, one for each part that was asked until then.
        hint: the wanted one, or why there is none; None where none was wanted.
        about: the part that the hint is about, as ``problem/part``.
    """

    results: tuple[Result, ...]
    hint: GivenHint | NoHint | None = None
    about: str = ""


def judge(root: Path, problems: Sequence[Problem], job: Job) -> Judged:
    """Judge the last reply of a conversation.

    Args:
        root: folder of the course.
        problems: of the course.
        job: the conversation.

    Returns:
        The verdicts; those on parts that the replies never answer are ``missing``.
    """
    question = job.question
    if question is not None:
        problems = [problem for problem in problems if problem.id == question.problem]
    key = Key(tuple(problems), _Truths(root, problems), MAX_BYTES)
    chat = Chat("sample", "", _declared(job.messages, question), "<inspect>")
    results: tuple[Result, ...] = ()
    if any(one.role != USER for one in chat.messages):
        _, results = grade_subject(key, chat)
        results = tuple(one for one in last_reply(results) if _is_asked(one.claim, question))
    if not results and question is not None:
        results = tuple(_unanswered(key, problem, part) for problem, part in _asked(problems, question))
    if job.hint is None or not results:
        return Judged(results)
    first = next((one for one in results if one.verdict.status is not Status.CORRECT), results[0])
    problem = next(one for one in problems if one.id == first.claim.problem)
    part = problem.part(first.claim.part)
    hint = hint_for(
        problem,
        part,
        key.truths[problem.id, part.id],
        job.hint.kind,
        turn=job.hint.turn,
        verdict=first.verdict,
        declared=job.hint.declared,
    )
    return Judged(results, hint, first.claim.part_name)


class _Truths(Mapping[PartKey, Truth]):
    """The right answers, each worked out when it is first asked for, and then kept by the process."""

    def __init__(self, root: Path, problems: Sequence[Problem]) -> None:
        self._root, self._problems = root, {problem.id: problem for problem in problems}

    def __getitem__(self, key: PartKey) -> Truth:
        kept = str(self._root), key
        if kept not in _truths:
            problem = self._problems[key[0]]
            part = problem.part(key[1])
            _truths[kept] = solve_part(self._root, problem, part, part.solve)
        return _truths[kept]

    def __iter__(self) -> Iterator[PartKey]:
        return ((problem.id, part.id) for problem in self._problems.values() for part in problem.parts)

    def __len__(self) -> int:
        return sum(len(problem.parts) for problem in self._problems.values())


def _declared(messages: Sequence[Message], question: Question | None) -> tuple[Message, ...]:
    """The messages, of which the first of the person says which parts are asked."""
    if question is None or not question.parts:
        return tuple(messages)
    at = next((place for place, one in enumerate(messages) if one.role == USER), None)
    asking = Message(USER, messages[at].text if at is not None else "?", HintKind.NONE.value, question.about)
    if at is None:
        return (asking, *messages)
    return (*messages[:at], asking, *messages[at + 1 :])


def _asked(problems: Sequence[Problem], question: Question) -> list[tuple[Problem, Part]]:
    parts = [(problem, part) for problem in problems for part in problem.parts]
    return [(problem, part) for problem, part in parts if not question.parts or part.id in question.parts]


def _is_asked(claim: Claim, question: Question | None) -> bool:
    return question is None or not question.parts or claim.part in question.parts


def _unanswered(key: Key, problem: Problem, part: Part) -> Result:
    """The result for a conversation without a reply."""
    claim = Claim("sample", problem.id, part.id)
    return Result(claim, score_claim(problem, part, claim, key.truths[problem.id, part.id]))
