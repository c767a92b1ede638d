"""Two real transcripts of a course, as they were handed in. Skipped where they are not at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from intake_sample import PROBLEMS, problem

from grader.intake.documents import read_document
from grader.intake.parts.sections import find_sections, known_parts
from grader.intake.talks.transcripts import contexts, read_conversation
from grader.records import Confidence

SHARED = Path(__file__).resolve().parents[3] / "shared"
CLAUDE = SHARED / "seeds" / "001_c200a5a8a91d8f0a.txt"
DEEPSEEK = SHARED / "seeds" / "000_f169231cd5651a29.txt"
TURNS = SHARED / "truth" / "trajectories.json"

pytestmark = pytest.mark.skipif(not (CLAUDE.exists() and DEEPSEEK.exists()), reason="the seeds are not at hand")


def first_lines(transcript: str) -> list[int]:
    """Lines at which the person's turns start, as a person noted them."""
    rows = json.loads(TURNS.read_text(encoding="utf-8"))["turns"]
    return [int(r["user_lines"].split("-")[0]) for r in rows if r["transcript"].startswith(transcript)]


def test_the_person_speaks_at_the_known_lines() -> None:
    """All seven turns of the one transcript that has labels."""
    conversation = read_conversation(CLAUDE, PROBLEMS)
    users = [turn.span.line for turn in conversation.turns if turn.role == "user"]
    assert users == first_lines("001")
    replies = [turn for turn in conversation.turns if turn.role == "assistant"]
    assert [turn.span.line for turn in replies] == [13, 184, 236, 287, 393, 452, 623]
    assert [turn.inferred for turn in replies] == [False] + [True] * 6
    assert [context.asked for context in contexts(conversation, PROBLEMS)] == [
        ("kernels",), ("kernels",), ("kernels",), ("kernels",), ("kernels",), ("kernels", "losses"),
        ("kernels", "losses", "ridge-attention"),
    ]  # fmt: skip
    hints = [turn.hint.about for turn in conversation.turns if turn.hint]
    assert hints[1] == hints[4] == ("kernels/c",)
    assert hints[3] == ("kernels/d", "kernels/e", "kernels/f")


def test_the_sections_of_a_reply_are_found() -> None:
    """Counters, jumping heading levels, and headings that are plain lines."""
    document = read_document(CLAUDE, 10**6)
    sections = find_sections(document.masked, known_parts(PROBLEMS))
    lines = {document.span(s.heading_start, s.start).line: (s.problem, ".".join(s.label)) for s in sections}
    assert lines[54] == ("kernels", "b.i")
    assert lines[68] == ("kernels", "b.ii")
    assert lines[89] == lines[238] == lines[395] == ("kernels", "c")
    assert lines[461] == ("losses", "a.i")
    assert lines[497] == ("losses", "a.ii")
    assert lines[583] == ("losses", "c")
    assert [lines[n] for n in (669, 706, 719)] == [("ridge-attention", label) for label in "cde"]
    assert len(sections) == 38


def test_a_print_without_labels_is_cut_where_the_person_speaks() -> None:
    """All seven turns of the person, none of them called sure; the notes of the margin are no part of a reply."""
    talk = read_conversation(DEEPSEEK, PROBLEMS)
    mine = [turn for turn in talk.turns if turn.role == "user"]
    assert [turn.span.line for turn in mine] == [2, 60, 806, 1139, 1490, 2067, 2691]
    assert [turn.role for turn in talk.turns] == ["user", "assistant"] * 7
    assert all(turn.inferred and turn.confidence is not Confidence.HIGH for turn in talk.turns)
    # Where attachments stand first, the person's words follow up to four lines below them.
    assert all(0 <= there - turn.span.line <= 4 for turn, there in zip(mine, first_lines("000"), strict=True))
    assert [one.span.line for one in talk.remarks] == [
        33, 70, 591, 785, 836, 1133, 1209, 1477, 1979, 2061, 2333, 2636, 2786,
    ]  # fmt: skip
    assert talk.labels == ()


def test_the_remarks_between_the_lines_are_found() -> None:
    """Whole paragraphs, and those in the model's own lines."""
    talk = read_conversation(CLAUDE, PROBLEMS)
    assert [one.span.line for one in talk.remarks] == [
        48, 81, 85, 106, 126, 145, 178, 232, 258, 303, 345, 369, 373, 446, 617, 647, 667, 703, 716, 731, 770, 808,
    ]  # fmt: skip


def test_handwritten_answers_are_cut_at_their_numbers() -> None:
    """ "1. a)", "b)", "2. a)" and "$$3. a)" of a typed-up exam."""
    exam = SHARED / "seeds" / "003_4d5bdb14b6230772.txt"
    known = known_parts([problem("e1", "1", "One", "a", "b", "c"), problem("e2", "2", "Two", "a", "b", "c")])
    document = read_document(exam, 10**6)
    lines = [
        (document.span(s.heading_start, s.start).line, s.problem, ".".join(s.label))
        for s in find_sections(document.masked, known)
        if s.heading
    ]
    assert lines == [
        (4, "e1", "a"), (34, "e1", "b"), (36, "e1", "c"), (55, "e2", "a"), (81, "e2", "b"), (93, "e2", "c"),
        (96, "", "a"),
    ]  # fmt: skip
