"""The planted conversations as a graded run, made without the grader: what its reports have to cope with, in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from benchmarks.talks import Reply, Talk, World, right_answer
from grader.diagnostics import Span
from grader.records import (
    Claim,
    Conversation,
    Evidence,
    Hint,
    HintKind,
    Problem,
    Rendered,
    Result,
    Run,
    Status,
    Turn,
    Verdict,
    Witness,
)

STATUS = {"right": Status.CORRECT, "wrong": Status.INCORRECT, "garbled": Status.UNREADABLE}


def planted_run(world: World, problems: Sequence[Problem]) -> Run:
    """All conversations with the verdicts that they have to get.

    Args:
        world: of the conversations.
        problems: the course made for them, as loaded.
    """
    talks = tuple(world.talks())
    return Run(
        "transcripts",
        "Planted conversations",
        tuple(problems),
        tuple(talk.id for talk in talks),
        tuple(result for talk in talks for result in _results(talk)),
        tuple(map(_conversation, talks)),
    )


def _conversation(talk: Talk) -> Conversation:
    turns = []
    for number, reply in enumerate(talk.replies, 1):
        about = () if reply.hint is HintKind.NONE else (f"{talk.problem}/a",)
        hint = Hint(reply.hint, reply.words, about=about)
        turns.append(Turn("user", number, reply.words, Span(_file(talk), 0, len(reply.words), number), hint))
        turns.append(Turn("assistant", number, reply.text, Span(_file(talk), 0, len(reply.text), number)))
    return Conversation(talk.id, talk.model, tuple(turns), _file(talk))


def _file(talk: Talk) -> str:
    return f"transcripts/{talk.model}.jsonl"


def _results(talk: Talk) -> Iterator[Result]:
    standing: Result | None = None
    for number, reply in enumerate(talk.replies, 1):
        if reply.outcome == "silent" and standing is not None:
            claim = standing.claim
            carried = Claim(
                claim.subject,
                claim.problem,
                "a",
                number,
                claim.text,
                claim.span,
                claim.context,
                claim.context_start,
                True,
            )
            standing = Result(carried, standing.verdict, reply.hint)
        else:
            standing = Result(_claim(talk, number, reply), _verdict(talk, reply), reply.hint)
        yield standing


def _claim(talk: Talk, number: int, reply: Reply) -> Claim:
    start = max(reply.text.rfind("x ="), 0)
    text = reply.text[start : start + len("x = ") + len(str(reply.value))]
    span = Span(_file(talk), start, start + len(text), number)
    return Claim(talk.id, talk.problem, "a", number, text, span, reply.text, start)


def _verdict(talk: Talk, reply: Reply) -> Verdict:
    right = right_answer(int(talk.problem.rpartition("-")[2]))
    status = STATUS[reply.outcome]
    if status is Status.UNREADABLE:
        return Verdict(status, None, "unreadable", expected=_rendered(right))
    witness = None if status is Status.CORRECT else Witness((), str(reply.value), str(right))
    return Verdict(
        status,
        Fraction(status is Status.CORRECT),
        "exact" if status is Status.CORRECT else "value",
        _rendered(reply.value),
        _rendered(right),
        "" if status is Status.CORRECT else f"It is {right}, not {reply.value}.",
        Evidence("exact", "", witness),
    )


def _rendered(value: int) -> Rendered:
    return Rendered(str(value), str(value), f'<math xmlns="http://www.w3.org/1998/Math/MathML"><mn>{value}</mn></math>')
