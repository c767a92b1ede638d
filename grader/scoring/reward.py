"""A reward for training loops: what a reply to one part of a course is worth, from 0 to 1.

The right answer is computed when the reward is made, in this process and without limits, for solvers belong to the
course; a reward that is sent to another process takes it along. Replies are judged in this process, one at a time:
exact arithmetic keeps its precision in a state that threads would share, and the interpreter runs one of them at a time
anyway. Judging is bounded by the limits of reading and comparing; with ``timeout`` it runs in a worker that is ended
after that many seconds.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from grader.diagnostics import InputError, SpecError, operator_error
from grader.intake.chats.base import words_of
from grader.intake.talks.thoughts import spoken
from grader.records import Claim, Part, Problem, Status, Verdict
from grader.scoring.check import MAX_RESPONSE
from grader.scoring.forks import renew_after_fork
from grader.scoring.score import score_claim
from grader.scoring.solvers import solve_part
from grader.scoring.standing import StandingWorkers
from grader.scoring.truth import Truth
from grader.scoring.workers import WorkerFailure

if TYPE_CHECKING:
    from grader.specs import Course

Completion: TypeAlias = str | Mapping[str, Any] | Sequence[Mapping[str, Any]]
Asked: TypeAlias = tuple[Problem, Part, Truth]

REMEMBERED = 4096
"""Replies whose worth is kept, the last ones; a reply longer than 200 characters is known by its digest."""

_SHORT = 200
_MEGABYTES = 1024  # of a worker


class Reward:
    """What replies to a part of a course are worth; made by :func:`reward`.

    It can be called from any thread, pickled, and used after a fork. ``__name__`` is that of the part, as training
    loops log it.
    """

    def __init__(
        self, asked: Asked, outcomes: Mapping[Status, float | None], timeout: float | None, remembered: int
    ) -> None:
        problem, part, _ = asked
        self.__name__ = f"{problem.id}/{part.id}"
        self._asked, self._outcomes, self._timeout, self._remembered = asked, dict(outcomes), timeout, remembered
        self.renew()
        renew_after_fork(self)

    def renew(self) -> None:
        """Start with nothing kept; also in a process that is forked, where another thread may have held the lock."""
        self._lock = threading.Lock()
        self._worth: OrderedDict[str | bytes, float | None] = OrderedDict()
        self._workers: StandingWorkers[str, Verdict] | None = None

    def __reduce__(self) -> tuple[type[Reward], tuple[Any, ...]]:
        return Reward, (self._asked, self._outcomes, self._timeout, self._remembered)

    def __repr__(self) -> str:
        return f"<reward {self.__name__}>"

    @overload
    def __call__(self, completion: str | Mapping[str, Any], /) -> float | None: ...

    @overload
    def __call__(self, completion: Sequence[Completion], /) -> list[float | None] | float | None: ...

    @overload
    def __call__(
        self, completion: str = "", /, *, completions: Sequence[Completion], **columns: Any
    ) -> list[float | None]: ...

    def __call__(
        self,
        completion: Any = "",
        /,
        *,
        completions: Sequence[Completion] | None = None,
        **columns: Any,
    ) -> float | list[float | None] | None:
        """The worth of a reply, or of many.

        Args:
            completion: a reply, or a conversation as a list of messages (``{"role", "content"}``), of which the model's
                last one counts. A list of these is a batch.
            completions: the batch, as TRL's trainers name it.
            columns: what they pass besides. Where ``problem`` or ``part`` is a list, as of the columns of a data set
                about several parts, a completion about another part has no reward.

        Returns:
            The credit of an answer that is marked; of others what was chosen for their status. For a batch a list.

        Raises:
            InputError: a completion is neither text nor messages.
        """
        if completions is not None:
            return [self._of(one) if own else None for one, own in zip(completions, self._own(columns), strict=False)]
        if isinstance(completion, Sequence) and not isinstance(completion, str) and not _is_messages(completion):
            return [self._of(one) for one in completion]
        return self._of(completion)

    def _own(self, columns: Mapping[str, Any]) -> Iterator[bool]:
        """For each completion of a batch whether it is about this part, as the columns say."""
        problem, part, _ = self._asked
        names = [
            columns[name]
            if isinstance(columns.get(name), Sequence) and not isinstance(columns[name], str)
            else repeat(own)
            for name, own in (("problem", problem.id), ("part", part.id))
        ]
        return ((one, other) == (problem.id, part.id) for one, other in zip(*names, strict=False))

    def verdict(self, completion: Completion) -> Verdict:
        """The whole verdict on a reply, to log what a reward is for; nothing is kept of it.

        Args:
            completion: as for a call.

        Raises:
            InputError: it is neither text nor messages.
        """
        return self._judge(spoken(_text_of(completion)))

    def _of(self, completion: Completion) -> float | None:
        text = _text_of(completion)
        key = text if len(text) <= _SHORT else blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        with self._lock:
            if key in self._worth:
                self._worth.move_to_end(key)
                return self._worth[key]
        verdict = self._judge(spoken(text))
        worth = self._outcomes[verdict.status] if verdict.credit is None else float(verdict.credit)
        with self._lock:
            self._worth[key] = worth
            while len(self._worth) > self._remembered:
                self._worth.popitem(last=False)
        return worth

    def _judge(self, text: str) -> Verdict:
        if len(text) > MAX_RESPONSE:
            says = f"the reply has {len(text):,} characters; the limit is {MAX_RESPONSE:,}"
            return Verdict(Status.UNREADABLE, None, "too_long", feedback=says)
        if self._timeout is None:
            with _locks.judging:
                return _verdict(self._asked, text)
        with self._lock:
            if self._workers is None:
                work = partial(_verdict, self._asked)
                self._workers = StandingWorkers(work, timeout=self._timeout, memory_mb=_MEGABYTES)
            workers = self._workers
        outcome = workers(text)
        if isinstance(outcome, WorkerFailure):
            return Verdict(Status.FAILED, None, outcome.kind, feedback=outcome.message)
        return outcome


def reward(
    problem: str,
    part: str,
    course: str | Path | None = None,
    *,
    unreadable: float | None = 0.0,
    missing: float | None = 0.0,
    undecided: float | None = None,
    failed: float | None = None,
    timeout: float | None = None,
    remembered: int = REMEMBERED,
) -> Reward:
    """A function that says what a reply to a part is worth, from 0 to 1.

    An answer that is marked gets its credit. For the others there is no right number, so each is chosen: by default
    what the model is to blame for (no answer, none that can be read) is worth 0, and where the grader cannot tell there
    is no reward. None stays None: TRL leaves such a completion out. Loops that take floats alone want a number or NaN.

    Args:
        problem: id.
        part: id.
        course: folder of the course; the nearest one at or above the working directory if None.
        unreadable: worth of an answer that cannot be read, or of a reply longer than 200,000 characters.
        missing: of a reply without an answer.
        undecided: of an answer on which a person would have to decide.
        failed: of one that could not be judged, such as one that took longer than ``timeout``.
        timeout: seconds for one reply, which is then judged in a worker process; None judges in this one.
        remembered: replies whose worth is kept; 0 for none.

    Returns:
        The reward; see :class:`Reward`.

    Raises:
        InputError: there is no such course, problem or part, or a person decides the part.
        SpecError: the right answer cannot be computed.

    >>> worth = reward("damping", "a", "grader/commands/course")
    >>> worth("It swings through for 0 <= c < 4."), worth("0 <= c <= 4"), worth("either c < 4 or c < 5")
    (1.0, 0.6666666666666666, None)
    """
    from grader.specs import course_folder

    outcomes = {
        Status.UNREADABLE: _worth("unreadable", unreadable),
        Status.MISSING: _worth("missing", missing),
        Status.UNDECIDED: _worth("undecided", undecided),
        Status.FAILED: _worth("failed", failed),
    }
    root = course_folder(course, "Name its folder: reward(…, course=DIR).")
    return Reward(_asked(root, problem, part), outcomes, timeout, remembered)


# ---------------------------------------------------------------- what is asked

_prepared: dict[tuple[Path, str, str], Asked] = {}


class _Locks:
    """The locks of this process.

    ``preparing``: solvers find their course by the path of modules, which is one for all threads. ``judging``: exact
    arithmetic keeps its precision in a state that threads would share.
    """

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Make them anew."""
        self.preparing, self.judging = threading.Lock(), threading.Lock()


_locks = _Locks()
renew_after_fork(_locks)


def _verdict(asked: Asked, text: str) -> Verdict:
    problem, part, truth = asked
    return score_claim(problem, part, Claim("reward", problem.id, part.id, text=text), truth)


def _asked(root: Path, problem_id: str, part_id: str) -> Asked:
    """A part with its right answer: specs are read, and answers computed, once in a process."""
    from grader.answers import get_type

    key = root, problem_id, part_id
    with _locks.preparing:
        if key not in _prepared:
            course = _course(root)
            problem = next((one for one in course.problems if one.id == problem_id), None)
            part = next((one for one in problem.parts if one.id == part_id), None) if problem else None
            if problem is None or part is None:
                if problem is None and not course.sound:
                    raise SpecError(course.diagnostics)
                found = f"the course has no part {problem_id}/{part_id}"
                raise InputError(operator_error("reward-unknown", found, fix="`grade problems` lists the parts."))
            if get_type(part.type).decided_by == "human":
                found = f"a person decides {problem_id}/{part_id}: no reply to it has a worth"
                raise InputError(operator_error("reward-human", found))
            truth = solve_part(root, problem, part, part.solve)
            if truth.value is None:
                raise SpecError(truth.diagnostics)
            _prepared[key] = replace(problem, variation=None), part, truth
        return _prepared[key]


@lru_cache(maxsize=4)
def _course(root: Path) -> Course:
    from grader.specs import load_course

    return load_course(root)


def _worth(name: str, value: float | None) -> float | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise InputError(operator_error("reward-worth", f"{name} is {value!r}, expected a number or None"))
    return None if value is None else float(value)


# ---------------------------------------------------------------- completions


def _is_messages(completion: Sequence[Any]) -> bool:
    return bool(completion) and all(isinstance(one, Mapping) for one in completion)


def _text_of(completion: object) -> str:
    """The words of a completion: the text, or what the model said last."""
    if isinstance(completion, str):
        return completion
    if isinstance(completion, Mapping):
        return words_of(completion.get("content"))
    if isinstance(completion, Sequence) and _is_messages(completion):
        said = [one for one in completion if one.get("role") == "assistant"] or completion
        return words_of(said[-1].get("content"))
    if isinstance(completion, Sequence) and not completion:
        return ""
    found = f"a completion is {type(completion).__name__}, expected text or a list of messages"
    raise InputError(operator_error("reward-completion", found))
