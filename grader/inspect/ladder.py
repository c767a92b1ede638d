"""The solver: asks, grades, gives the next hint, and asks again; each turn is logged with the kind of its hint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from inspect_ai.log import transcript
from inspect_ai.model import ChatMessageUser
from inspect_ai.solver import Generate, Solver, TaskState, solver

from grader.diagnostics import Diagnostic, InputError, operator_error
from grader.inspect.courses import listed, open_course
from grader.inspect.judging import Job, Judged, Wanted
from grader.inspect.messages import messages_of
from grader.inspect.names import registered
from grader.inspect.pool import pool_for
from grader.inspect.questions import Question, question_of
from grader.records import HintKind, Status, StopPolicy
from grader.scoring.hinting import GivenHint

LADDER = "neutral,targeted,revealing"
STOPS = {"when_right": StopPolicy.WHEN_RIGHT, "never": StopPolicy.FIXED}
WORDINGS = ("spec", "template")


def _hint_ladder(
    hints: str | list[str] = LADDER,
    most: int = 3,
    stop: str = "when_right",
    course: str = "",
    wording: str = "spec",
) -> Solver:
    """Ask, grade the reply, give the next hint, and ask again.

    A hint of which the checker cannot say that it does what its kind says is left out, and the log says so.

    Args:
        hints: kinds in the order of giving, of neutral, targeted, revealing, misleading; the last one is repeated.
            ``none`` alone gives no hint at all.
        most: hints that are given at most.
        stop: ``when_right`` ends a conversation with the first reply in which all that is asked is right; ``never``
            gives all hints, also after a right answer.
        course: folder of the course; the nearest one if "".
        wording: ``spec`` gives the hints of the spec first, ``template`` never.

    Raises:
        InputError: there is no course, or an argument is not one of these.
    """
    kinds = _kinds(listed(hints))
    if stop not in STOPS:
        raise _wrong("stop", stop, STOPS)
    if wording not in WORDINGS:
        raise _wrong("wording", wording, WORDINGS)
    if isinstance(most, bool) or not isinstance(most, int) or most < 0:
        raise _wrong("most", most, ("a whole number from 0 on",))
    pool = pool_for(open_course(course))

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        question = question_of(pool.course, state.sample_id, state.metadata)
        _declare(state, question)
        state.metadata.update(stop=STOPS[stop].value, hints=[kind.value for kind in kinds], most_hints=most)
        log: list[dict[str, Any]] = []
        state.metadata["ladder"] = log
        state = await generate(state)
        given: Counter[HintKind] = Counter()
        for step in range(most if kinds else 0):
            kind = kinds[min(step, len(kinds) - 1)]
            if state.completed:
                break
            wanted = Wanted(kind, given[kind], declared=wording == "spec")
            judged = await pool.judge(Job(messages_of(state.messages), question, wanted))
            right = not isinstance(judged, Diagnostic) and _all_right(judged)
            if right and stop == "when_right":
                break
            entry = _entry(kind, judged)
            log.append(entry)
            if isinstance(judged, Diagnostic) or not isinstance(judged.hint, GivenHint):
                transcript().info({"hint left out": entry["left_out"], "kind": kind.value}, source="grader/hint_ladder")
                continue
            given[kind] += 1
            about = [] if kind is HintKind.NEUTRAL else [judged.about]
            metadata = {"hint": kind.value, "about": about, "origin": judged.hint.origin}
            state.messages.append(ChatMessageUser(content=judged.hint.text, metadata=metadata))
            state = await generate(state)
        return state

    return solve


def _kinds(names: tuple[str, ...]) -> list[HintKind]:
    """The kinds of a ladder; none for ``none``."""
    if names == (HintKind.NONE.value,):
        return []
    allowed = [kind.value for kind in HintKind if kind is not HintKind.NONE]
    for name in names or ("",):
        if name not in allowed:
            raise _wrong("hints", name, (*allowed, "none alone"))
    return [HintKind(name) for name in names]


def _declare(state: TaskState, question: Question | None) -> None:
    """Let the first message of the person say what is asked, where it does not."""
    first = next((one for one in state.messages if one.role == "user"), None)
    if first is None or question is None or not question.parts or "hint" in (first.metadata or {}):
        return
    first.metadata = {**(first.metadata or {}), "hint": HintKind.NONE.value, "about": list(question.about)}


def _all_right(judged: Judged) -> bool:
    return bool(judged.results) and all(one.verdict.status is Status.CORRECT for one in judged.results)


def _entry(kind: HintKind, judged: Judged | Diagnostic) -> dict[str, Any]:
    """A step of the ladder, for the log: what the reply was worth, and what was said to it."""
    if isinstance(judged, Diagnostic):
        return {"kind": kind.value, "left_out": judged.message}
    found = {one.claim.part_name: one.verdict.status.value for one in judged.results}
    entry: dict[str, Any] = {"kind": kind.value, "after": found}
    if isinstance(judged.hint, GivenHint):
        return {**entry, "about": judged.about, "origin": judged.hint.origin}
    why = judged.hint.why if judged.hint is not None else "nothing here names a problem of the course"
    return {**entry, "left_out": why}


def _wrong(name: str, found: object, known: Iterable[str]) -> InputError:
    return InputError(operator_error("inspect-ladder", f"{name} is {found!r}, expected {', '.join(known)}"))


hint_ladder = registered(lambda name: solver(name), _hint_ladder, "hint_ladder")
