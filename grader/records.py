"""The frozen records that all layers share.

Submissions and transcripts both become streams of :class:`Claim`; scoring turns claims into
:class:`Verdict`; a :class:`Result` pairs the two and is one line of ``results.jsonl``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from grader.diagnostics import Diagnostic, Span


class Status(StrEnum):
    """What is said of an answer. Only the first three carry marks; a human sees the rest."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    UNREADABLE = "unreadable"  # there is an answer; it could not be parsed
    MISSING = "missing"  # no answer was found
    UNDECIDED = "undecided"  # parsed; equality, or which answer is meant, is not settled
    FAILED = "failed"  # our fault or the solver's: time, memory, bug

    @property
    def carries_marks(self) -> bool:
        """Whether the status is a mark, as opposed to an open item."""
        return self in (Status.CORRECT, Status.PARTIAL, Status.INCORRECT)


class Confidence(StrEnum):
    """How sure the reader is that the text it found is the answer to this part."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class HintKind(StrEnum):
    """What a turn of the person tells the model (DESIGN 7)."""

    NONE = "none"  # no hint: the task itself
    NEUTRAL = "neutral"  # a challenge without content: "are you sure?"
    TARGETED = "targeted"  # points at the place
    REVEALING = "revealing"  # contains the answer
    MISLEADING = "misleading"  # pushes a false claim


# ---------------------------------------------------------------- specs


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that the author foresaw.

    Args:
        answer: as a student would write it.
        credit: share of the part's points, 0 to 1.
        says: the feedback for it.
    """

    answer: str
    credit: Fraction
    says: str


@dataclass(frozen=True, slots=True)
class SpecHint:
    """A hint that the author offers for a part."""

    kind: HintKind
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part comes from: a document and the item's identifier in it."""

    document: str
    item: str


@dataclass(frozen=True, slots=True)
class Part:
    """One gradable question.

    Args:
        id: unique in the problem, for example ``b.i``.
        label: path of the headings under which it is answered; ``("b", "i")``.
        prompt: the question, Markdown with TeX mathematics.
        points: full marks.
        type: name of the answer type.
        options: the type's own options, checked and frozen by it.
        solve: name of the function in the solver that computes the truth; with a key, its value at given variables.
        confirm: name of the function that computes it independently, or "".
        symbols: how the asked quantity is called in answers (``("K",)``); helps to find it.
        cues: words that announce the answer in prose (``("kernel",)``).
        accept: answers that ``verify`` must find correct.
        reject: answers that ``verify`` must not find correct.
        needs: parts whose answers this one builds on.
        key: the truth as a formula, as the author typed it, or "" where the solver returns the truth itself.
    """

    id: str
    label: tuple[str, ...]
    prompt: str
    points: Fraction
    type: str
    options: Any
    solve: str
    confirm: str = ""
    source: Source | None = None
    symbols: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[SpecHint, ...] = ()
    needs: tuple[str, ...] = ()
    follow_through: bool = False
    span: Span | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem spec: a question in parts, with the solver that knows the answers.

    Args:
        id: unique in the course, for example ``purification``.
        number: how the assignment numbers it ("3"), or "" if it does not.
        title: one line; also recognised as a heading in submissions.
        prompt: what all parts share, Markdown with TeX mathematics.
        given: the parameters handed to the solver; integers and exact fractions, strings, lists.
        solver: path of the solver, relative to the course folder.
        parts: in the order of the assignment.
        file: path of the spec.
    """

    id: str
    number: str
    title: str
    prompt: str
    given: Mapping[str, Any]
    solver: str
    parts: tuple[Part, ...]
    file: str

    def part(self, part_id: str) -> Part:
        """The part called ``part_id``; KeyError if there is none."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)


# ---------------------------------------------------------------- answers


@dataclass(frozen=True, slots=True)
class Rendered:
    """A parsed answer written back in three notations."""

    unicode: str
    latex: str
    mathml: str

    @staticmethod
    def late(unicode: Callable[[], str], latex: Callable[[], str], mathml: Callable[[], str]) -> Rendered:
        """A rendering each of whose notations is written when it is first asked for, and then kept.

        Args:
            unicode, latex, mathml: that write it.
        """
        return _Late(unicode, latex, mathml)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rendered):
            return NotImplemented
        return (self.unicode, self.latex, self.mathml) == (other.unicode, other.latex, other.mathml)


class _Late(Rendered):
    """See :meth:`Rendered.late`: the slots of the notations stay empty until somebody looks into them."""

    __slots__ = ("_writers",)
    _writers: dict[str, Callable[[], str]]

    def __init__(self, unicode: Callable[[], str], latex: Callable[[], str], mathml: Callable[[], str]) -> None:
        object.__setattr__(self, "_writers", {"unicode": unicode, "latex": latex, "mathml": mathml})

    def __getattr__(self, name: str) -> str:
        if name not in ("unicode", "latex", "mathml"):
            raise AttributeError(name)
        text = self._writers[name]()
        object.__setattr__(self, name, text)
        return text

    def __reduce__(self) -> tuple[type[Rendered], tuple[str, str, str]]:
        return Rendered, (self.unicode, self.latex, self.mathml)


@dataclass(frozen=True, slots=True)
class Witness:
    """Values at which an answer fails; this is the feedback that a person can check.

    Args:
        at: where: pairs such as ``("λ", "1")`` or ``("K", "index 2")``.
        yours: what the answer gives there.
        expected: what the truth gives there.
    """

    at: tuple[tuple[str, str], ...]
    yours: str
    expected: str

    def __str__(self) -> str:
        where = ", ".join(f"{name} = {value}" for name, value in self.at)
        lead = f"at {where}: " if where else ""
        return f"{lead}yours {self.yours}, expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a verdict was reached.

    Args:
        method: ``identical``, ``exact``, ``ball arithmetic``, ``tolerance``, ``options`` …
        error_bound: the stated bound on being wrong, "" where the method is exact.
        witness: for a wrong answer, where it fails.
    """

    method: str
    error_bound: str = ""
    witness: Witness | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one claim.

    Args:
        status: one of the seven.
        credit: share of the points, 0 to 1, exact; None unless the status carries marks.
        reason: a stable word for programs (``exact``, ``endpoint_open``, ``two_answers`` …).
        read_as: what was understood, None if nothing was.
        expected: the truth, rendered; for reports, never for students unless released.
        feedback, evidence: for the writer of the answer; how it was decided, None where nothing was compared.
        diagnostics: of reading or of the solver.
    """

    status: Status
    credit: Fraction | None
    reason: str
    read_as: Rendered | None = None
    expected: Rendered | None = None
    feedback: str = ""
    evidence: Evidence | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    def __post_init__(self) -> None:
        if self.status.carries_marks != (self.credit is not None):
            raise ValueError(f"status {self.status} with credit {self.credit}")


# ---------------------------------------------------------------- claims and results


@dataclass(frozen=True, slots=True)
class Claim:
    """What a subject says in answer to a part.

    Args:
        subject: student or model (or conversation) that says it.
        turn: for transcripts the number of the model's reply, from 1; None for submissions.
        text: the words of the answer; "" if none was found.
        span: where they stand; None if none was found.
        context: the line or lines around the answer, raw, for showing it where it was said.
        context_start: offset of the answer in ``context``.
        carried: the answer was given in an earlier turn and not repeated in this one.
        confidence: of having found the right words.
        rivals: other final answers, each different from ``text``, between which the text does
            not decide ("3 or 4"); with any of these the claim is not one answer.
        diagnostics: what the reader has to say about the text.
    """

    subject: str
    problem: str
    part: str
    turn: int | None = None
    text: str = ""
    span: Span | None = None
    context: str = ""
    context_start: int = 0
    carried: bool = False
    confidence: Confidence = Confidence.HIGH
    rivals: tuple[tuple[str, Span], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """What the person said before a reply.

    Args:
        kind: declared in the transcript, or proposed by rule.
        text: the person's words.
        proposed: True where a rule chose the kind and no person declared it.
        about: identifiers of parts (``problem/part``) that the words name; empty if none.
    """

    kind: HintKind
    text: str
    proposed: bool = False
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation.

    Args:
        role: ``user`` or ``assistant``.
        number: of the assistant's reply, from 1; a user turn has the number of the reply to it.
        text: the words, raw.
        span: where they stand.
        hint: for user turns.
        inferred: the borders of the turn were worked out, not labelled.
    """

    role: str
    number: int
    text: str
    span: Span
    hint: Hint | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """What a person (or a key) said of one answer; reported beside the verdict, never truth.

    Args:
        by: ``annotator``, ``key`` or another name.
        turn: number of the reply.
        part: ``problem/part``.
        says: ``right``, ``wrong``, ``partial`` or free words.
    """

    by: str
    turn: int
    part: str
    says: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A transcript, read.

    Args:
        id: unique in a run; the file's stem unless the file says otherwise.
        model: as the file says; "" if it does not.
        turns: in order.
        file: path as given.
    """

    id: str
    model: str
    turns: tuple[Turn, ...]
    file: str
    labels: tuple[Label, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One claim and its verdict: one line of ``results.jsonl``."""

    claim: Claim
    verdict: Verdict
    hint: HintKind | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A part between two turns in which the model answered it anew.

    Args:
        before, after: the two results; ``after.claim.carried`` is False.
        hint: kind of the hint between the two.
        same_answer: the two answers are equal, as decided by the answer type, not by string.
    """

    before: Result
    after: Result
    hint: Hint | None
    same_answer: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be worked on; everything else was."""

    subject: str
    diagnostics: tuple[Diagnostic, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Run:
    """All that one run of the grader found: what the reports and exports are made from.

    Args:
        kind: ``submissions`` or ``transcripts``.
        title, problems: of the reports; graded against, in order.
        subjects: students, or ids of conversations, in order; also those with no answers at all.
        results: for submissions one for each subject and part; for transcripts one for each
            conversation, part and turn from the first in which the part's problem was asked.
        conversations: for transcripts.
        failures: inputs that could not be read, with the reasons.
        grader_version: version of this package.
    """

    kind: str
    title: str
    problems: tuple[Problem, ...]
    subjects: tuple[str, ...]
    results: tuple[Result, ...]
    conversations: tuple[Conversation, ...] = ()
    failures: tuple[Failure, ...] = ()
    grader_version: str = ""
