"""What was read of an input, and how: documents, turns, headings, answers with their candidates, repairs, doubts.

Nothing is judged here and no solver runs. This is what ``grade intake`` shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.diagnostics import Diagnostic, InputError, Span
from grader.intake.chats import Chat
from grader.intake.claims import claims_of_conversation, claims_of_submission
from grader.intake.documents import Document, read_document
from grader.intake.finding.candidates import Candidate, candidates
from grader.intake.handins.submissions import Submission
from grader.intake.talks.recorded import conversation_of
from grader.intake.talks.transcripts import conversation_in
from grader.intake.texts import CutText, cut_text, replies_of
from grader.records import Claim, Conversation, Doubt, Part, Problem, Repair


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and the part that it was read as.

    Args:
        words: as they stand.
        span: where.
        part: such as ``ridge/c``; the problem alone for what its parts share, "" where the course has none such.
    """

    words: str
    span: Span
    part: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A part, what was taken for its answer, and what else might have been.

    Args:
        problem, part: the question.
        claim: the answer.
        candidates: all that reads as one.
    """

    problem: Problem
    part: Part
    claim: Claim
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class DoubtfulPlace:
    """A doubt, and where in the file it is.

    Args:
        doubt: with its reason.
        span: the place.
        words: that stand there.
    """

    doubt: Doubt
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class SurveyedText:
    """A document, or one reply.

    Args:
        headings: that were read, in order.
        answers: one for each part; for a reply only of problems asked until then.
        turn: number of the reply; None for a document.
    """

    headings: tuple[Heading, ...]
    answers: tuple[Answer, ...]
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What was read of one subject.

    Args:
        subject: student, or id of the conversation.
        documents: files, read; none for recorded conversations.
        texts: one for each document or reply.
        conversation: None for submissions.
        repairs: what was done to the texts.
        doubts: about their words.
        diagnostics: what there is to say about the files.
    """

    subject: str
    documents: tuple[Document, ...]
    texts: tuple[SurveyedText, ...]
    conversation: Conversation | None
    repairs: tuple[Repair, ...]
    doubts: tuple[DoubtfulPlace, ...]
    diagnostics: tuple[Diagnostic, ...]


def survey_submission(submission: Submission, problems: Sequence[Problem], max_bytes: int) -> Survey:
    """What was read of a student's files.

    Args:
        submission: whose files they are.
        problems: to look for.
        max_bytes: larger files are refused.
    """
    claims, notes = claims_of_submission(submission, problems, max_bytes)
    documents: list[Document] = []
    texts: list[SurveyedText] = []
    for path in submission.files:
        try:
            document = read_document(path, max_bytes, extract=True)
        except InputError:
            continue  # told among the notes
        documents.append(document)
        text = cut_text(document, problems)
        own = [claim for claim in claims if claim.span is None or claim.span.file == document.file]
        texts.append(_surveyed(text, problems, own, None))
    return Survey(
        submission.subject,
        tuple(documents),
        tuple(texts),
        None,
        tuple(repair for document in documents for repair in document.repairs),
        tuple(place for document in documents for place in _doubtful(document)),
        (*submission.diagnostics, *notes),
    )


def survey_transcript(path: Path, problems: Sequence[Problem], max_bytes: int) -> Survey:
    """What was read of a transcript in a file of text.

    Args:
        path: the file.
        problems: to look for.
        max_bytes: larger files are refused.

    Raises:
        InputError: the file cannot be read, or cut into turns.
    """
    document = read_document(path, max_bytes, extract=True)
    return _of_conversation(conversation_in(document, path, problems), problems, (document,))


def survey_chat(chat: Chat, problems: Sequence[Problem]) -> Survey:
    """What was read of a recorded conversation.

    Args:
        chat: as recorded.
        problems: to look for.
    """
    return _of_conversation(conversation_of(chat, problems), problems, ())


def _of_conversation(talk: Conversation, problems: Sequence[Problem], documents: tuple[Document, ...]) -> Survey:
    claims = claims_of_conversation(talk, problems)
    texts: list[SurveyedText] = []
    for turn, context, text in replies_of(talk, problems):
        asked = [problem for problem in problems if problem.id in context.asked]
        own = [claim for claim in claims if claim.turn == turn.number]
        texts.append(_surveyed(text, asked, own, turn.number))
    doubts = tuple(place for document in documents for place in _doubtful(document))
    return Survey(talk.id, documents, tuple(texts), talk, talk.repairs, doubts, talk.diagnostics)


def _surveyed(text: CutText, problems: Sequence[Problem], claims: Iterable[Claim], turn: int | None) -> SurveyedText:
    by_part = {(claim.problem, claim.part): claim for claim in claims}
    answers = tuple(
        Answer(problem, part, claim, candidates(text, problem, part, claim))
        for problem in problems
        for part in problem.parts
        if (claim := by_part.get((problem.id, part.id))) is not None
    )
    headings = tuple(
        Heading(
            section.heading, text.span(section.heading_start, section.start), _named(section.problem, section.label)
        )
        for section in text.sections
        if section.heading
    )
    return SurveyedText(headings, answers, turn)


def _named(problem: str, label: tuple[str, ...]) -> str:
    return "/".join(filter(None, (problem, ".".join(label))))


def _doubtful(document: Document) -> Iterable[DoubtfulPlace]:
    for doubt in document.doubts:
        yield DoubtfulPlace(doubt, document.span(doubt.start, doubt.end), document.text[doubt.start : doubt.end])
