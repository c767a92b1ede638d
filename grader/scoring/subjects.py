"""One subject: read its files into claims and judge them. This is what runs in a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from grader.diagnostics import Diagnostic, InputError, Severity
from grader.intake.chats import Chat
from grader.intake.chats.base import broken
from grader.intake.claims import claims_of_conversation, claims_of_submission
from grader.intake.documents import read_document
from grader.intake.handins.submissions import Submission
from grader.intake.parts.named import named_in
from grader.intake.talks.judgements import judged_as_a_whole
from grader.intake.talks.recorded import Unread, conversation_of
from grader.intake.talks.transcripts import conversation_in
from grader.records import Claim, Conversation, HintKind, Part, Problem, Result, Status, Verdict
from grader.scoring.hint_kinds import with_kinds
from grader.scoring.score import score_claim
from grader.scoring.solvers import PartKey
from grader.scoring.truth import Truth

MOST_NARROWED = 1_000  # sets of problems whose keys are kept
SUBJECT_TIMEOUT = 60.0  # seconds for reading and scoring all of one subject

Source: TypeAlias = Submission | Path | Chat | Unread  # where a subject's claims come from


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one subject.

    Args:
        subject: its name.
        claims: one for each part (and turn).
        errors: files, or pieces of them, that could not be read.
        notes: what else there is to say about its files.
        conversation: for transcripts.
        problems: ids of those that may be asked in it; empty for all.
    """

    subject: str
    claims: tuple[Claim, ...] = ()
    errors: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    conversation: Conversation | None = None
    problems: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Paper:
    """The problems that a subject was given, and their right answers.

    Args:
        problems: in order.
        truths: by problem and part.
    """

    problems: tuple[Problem, ...]
    truths: Mapping[PartKey, Truth]


@dataclass(frozen=True)
class Key:
    """All that scoring needs to know of a course; sent once to each worker.

    Args:
        problems: in order.
        truths: by problem and part.
        max_bytes: of a file.
        papers: of subjects who have numbers of their own.
        named: of those problems that are asked only where a text names them, the ids by name
            (:func:`grader.intake.parts.named.names_of`).
    """

    problems: tuple[Problem, ...]
    truths: Mapping[PartKey, Truth]
    max_bytes: int
    papers: Mapping[str, Paper] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Problem]:
        """The problems by their ids."""
        return {problem.id: problem for problem in self.problems}

    @cached_property
    def others(self) -> frozenset[str]:
        """The ids of the problems that are asked only where a text names them."""
        return frozenset(self.named.values())

    @cached_property
    def follow_through(self) -> bool:
        """Whether any part is judged by the subject's own earlier answers."""
        return any(part.follow_through for _, part in self.parts())

    def of(self, subject: str) -> Key:
        """The key to one subject's paper."""
        paper = self.papers.get(subject)
        return Key(paper.problems, paper.truths, self.max_bytes) if paper else self

    def only(self, ids: frozenset[str]) -> Key:
        """The key to some of the problems."""
        if not ids or len(ids) == len(self.problems):
            return self
        if ids not in self._narrowed:
            if len(self._narrowed) >= MOST_NARROWED:
                self._narrowed.clear()
            problems = tuple(one for one in self.problems if one.id in ids)
            self._narrowed[ids] = Key(problems, self.truths, self.max_bytes)
        return self._narrowed[ids]

    @cached_property
    def _narrowed(self) -> dict[frozenset[str], Key]:
        """Keys to some of the problems: what is worked out for these is found by their identity."""
        return {}

    def asked(self, texts: Iterable[str]) -> frozenset[str]:
        """The ids of the problems that some texts may be about: the assigned ones, and those that they name.

        Raises:
            Unsolved: there is no truth of one that they name.
        """
        named = named_in(texts, self.named)
        missing = {one for one in named if (one, self.by_id[one].parts[0].id) not in self.truths}
        if missing:
            raise Unsolved(frozenset(missing))
        return frozenset(self.by_id) - (self.others - named)

    def parts(self) -> Iterator[tuple[Problem, Part]]:
        """Every part with its problem, in order."""
        for problem in self.problems:
            for part in problem.parts:
                yield problem, part


class Unsolved(Exception):  # noqa: N818 - no error: the truths are computed, and the subject is graded
    """A text is about problems whose truths were not computed yet.

    Args:
        problems: their ids.
    """

    def __init__(self, problems: frozenset[str]) -> None:
        super().__init__(problems)
        self.problems = problems


Scorer: TypeAlias = Callable[[Problem, Part, Claim, Truth], Verdict]


def grade_subject(key: Key, source: Source, scorer: Scorer = score_claim) -> tuple[Reading, tuple[Result, ...]]:
    """Read and score one subject: a pure function of the specs, the truths and its files.

    Args:
        key: of the course.
        source: of the subject.
        scorer: :func:`score_claim`, or what gives the same.

    Raises:
        Unsolved: see :meth:`Key.asked`.
    """
    key = key.of(name_of(source))
    reading = read_subject(key, source)
    if reading.conversation is not None:
        reading = replace(reading, conversation=with_kinds(reading.conversation, key.only(reading.problems)))
    return reading, tuple(score_of(key, reading, claim, scorer) for claim in reading.claims)


def read_subject(key: Key, source: Source) -> Reading:
    """Read one subject's files into claims.

    Raises:
        Unsolved: see :meth:`Key.asked`.
    """
    try:
        if isinstance(source, Submission):
            claims, diagnostics = claims_of_submission(source, key.problems, key.max_bytes)
            return _reading(source.subject, claims, (*source.diagnostics, *diagnostics))
        if isinstance(source, Unread):
            raise source.error
        if isinstance(source, Chat):
            if (length := sum(len(one.text) for one in source.messages)) > key.max_bytes:
                most = f"at most {key.max_bytes:,}, as max_file_mb in grade.toml says"
                raise broken(source.file, source.line, f"a conversation of {length:,} characters", most)
            asked = key.asked(one.text for one in source.messages)
            key = key.only(asked)
            conversation = conversation_of(source, key.problems)
        else:
            document = read_document(source, key.max_bytes, extract=True)
            asked = key.asked((document.text,))
            key = key.only(asked)
            conversation = conversation_in(document, source, key.problems)
        claims = claims_of_conversation(conversation, key.problems)
        conversation = judged_as_a_whole(conversation, key.problems, claims)
        return replace(_reading(conversation.id, claims, conversation.diagnostics, conversation), problems=asked)
    except InputError as error:
        blank = blank_claims(key, source.subject) if isinstance(source, Submission) else ()
        return Reading(name_of(source), blank, error.diagnostics)


def _reading(
    subject: str,
    claims: tuple[Claim, ...],
    diagnostics: tuple[Diagnostic, ...],
    conversation: Conversation | None = None,
) -> Reading:
    """A reading, with errors about files told apart: a student without any file is no unread one."""
    errors = tuple(d for d in diagnostics if d.severity is Severity.ERROR and d.span is not None)
    notes = tuple(d for d in diagnostics if d not in errors)
    return Reading(subject, claims, errors, notes, conversation)


def score_of(key: Key, reading: Reading, claim: Claim, scorer: Scorer = score_claim) -> Result:
    """Judge one claim."""
    problem = key.by_id[claim.problem]
    truth = key.truths[claim.problem, claim.part]
    if not claim.text and reading.errors and reading.conversation is None:
        # The answer may stand in what could not be read: that is not the same as no answer.
        verdict = Verdict(
            Status.UNREADABLE,
            None,
            "file_unreadable",
            feedback="A file of this submission could not be read, and the answer was not in the others.",
            diagnostics=reading.errors,
        )
    elif truth.value is None:
        verdict = Verdict(
            Status.FAILED,
            None,
            "no_truth",
            feedback="The expected answer could not be computed; this is not your fault.",
            diagnostics=truth.diagnostics,
        )
    else:
        verdict = scorer(problem, problem.part(claim.part), claim, truth)
    return Result(claim, verdict, hint_of(reading.conversation, claim.turn))


def hint_of(conversation: Conversation | None, turn: int | None) -> HintKind | None:
    """The kind of hint that a reply answers."""
    if conversation is None:
        return None
    asked = [t.hint.kind for t in conversation.turns if t.role == "user" and t.number == turn and t.hint]
    return asked[-1] if asked else HintKind.NONE


def blank_claims(key: Key, subject: str) -> tuple[Claim, ...]:
    """An empty claim for every part."""
    return tuple(Claim(subject, problem.id, part.id) for problem, part in key.parts())


def name_of(source: Source) -> str:
    """What to call a subject before anything of it is read."""
    if isinstance(source, Submission):
        return source.subject
    if isinstance(source, Path):
        return source.stem
    return source.id if isinstance(source, Chat) else source.name
