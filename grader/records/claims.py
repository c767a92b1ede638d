"""What is claimed, by whom and when, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.diagnostics import Diagnostic, Span
from grader.records.decisions import Decision
from grader.records.deliveries import Delivery, Person
from grader.records.kinds import Confidence, HintKind, StopPolicy
from grader.records.questions import Part, Problem
from grader.records.readings import Doubt, Places, Remark, Repair
from grader.records.verdicts import Verdict


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
        given: what the text says elsewhere of symbols in the answer (“let b = …”), with its places.
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
    given: tuple[tuple[str, Span], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def part_name(self) -> str:
        """The part that is answered, in the course: ``problem/part``."""
        return f"{self.problem}/{self.part}"

    @property
    def told(self) -> str:
        """The answer with what the text says elsewhere of symbols in it: “w = K b, where b = M⁻¹q”."""
        return ", where ".join((self.text, *(words for words, _ in self.given)))


@dataclass(frozen=True, slots=True)
class Hint:
    """What the person said before a reply.

    Args:
        kind: declared in the transcript, or proposed by rule.
        text: the person's words.
        proposed: True where a rule chose the kind and no person declared it.
        about: identifiers of parts (``problem/part``), or labels under which parts stand, that the words name; empty
            if none.
        why: where a rule chose the kind, the words that show it and what they were compared with.
    """

    kind: HintKind
    text: str
    proposed: bool = False
    about: tuple[str, ...] = ()
    why: str = ""

    def concerns(self, problem: str, part: Part) -> bool:
        """Whether the words name a part, or what it belongs to, or no part at all.

        Args:
            problem: id of its problem.
            part: of the problem; ``kernels/c`` names all parts under the label (c).
        """
        label = ".".join(part.label).lower()
        named = [name.partition("/")[2].lower() for name in self.about if name.partition("/")[0] == problem]
        return not self.about or any(name in (part.id.lower(), label) or label.startswith(f"{name}.") for name in named)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation.

    Args:
        role: ``user`` or ``assistant``.
        number: of the assistant's reply, from 1; a user turn has the number of the reply to it.
        text: the words, as read.
        span: where they stand.
        hint: for user turns.
        inferred: the borders of the turn were worked out, not labelled.
        places: of the lines of ``text``; None where they follow one another in the file from ``span.line`` on.
        doubts: stretches of ``text`` that may not say what was said.
        confidence: that the turn begins and ends where it does; an answer in it has at most this one.
    """

    role: str
    number: int
    text: str
    span: Span
    hint: Hint | None = None
    inferred: bool = False
    places: Places | None = None
    doubts: tuple[Doubt, ...] = ()
    confidence: Confidence = Confidence.HIGH


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
class Origin:
    """Which record of another tool a conversation is, as that tool names it.

    Args:
        sample: id of the sample.
        epoch: which of its repetitions, from 1.
    """

    sample: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """A transcript, read.

    Args:
        id: unique in a run; the file's stem unless the file says otherwise.
        model: as the file says; "" if it does not.
        turns: in order.
        file: path as given.
        remarks: what a person wrote between the turns or beside them.
        repairs: what was done to the text before it was read.
        stop: how it was decided when it ends, as the file says.
        origin: the record of a log of Inspect; None for other files.
    """

    id: str
    model: str
    turns: tuple[Turn, ...]
    file: str
    labels: tuple[Label, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    remarks: tuple[Remark, ...] = ()
    repairs: tuple[Repair, ...] = ()
    stop: StopPolicy = StopPolicy.UNKNOWN
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One claim and its verdict: one line of ``results.jsonl``.

    Args:
        verdict: the one that stands: a person's where one decided, else the machine's.
        hint: kind of what the person said before the reply; None for submissions.
        decision: of a person; for a reply that only carries an answer on, the one on that answer.
        machine: where a person decided, the verdict that the machine had reached; else None.
    """

    claim: Claim
    verdict: Verdict
    hint: HintKind | None = None
    decision: Decision | None = None
    machine: Verdict | None = None


def last_reply(results: Sequence[Result]) -> tuple[Result, ...]:
    """What stands after the last reply of a conversation, for each part that was asked until then.

    Args:
        results: of one conversation, in any order; none gives none.
    """
    last = max((result.claim.turn or 0 for result in results), default=0)
    return tuple(result for result in results if (result.claim.turn or 0) == last)


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
        own: for subjects with numbers of their own, the problems as they had them.
        deliveries: of submissions, by subject.
        absent: those on the roster of whom there is no submission.
        layout: name of the layout in which submissions were; "" for a single file and for transcripts.
    """

    kind: str
    title: str
    problems: tuple[Problem, ...]
    subjects: tuple[str, ...]
    results: tuple[Result, ...]
    conversations: tuple[Conversation, ...] = ()
    failures: tuple[Failure, ...] = ()
    grader_version: str = ""
    own: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    deliveries: Mapping[str, Delivery] = field(default_factory=dict)
    absent: tuple[Person, ...] = ()
    layout: str = ""
