"""What holds for any text at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_sample import KNOWN, PROBLEMS
from steps import calls

from grader.diagnostics import InputError
from grader.intake.documents import document_from_text, read_document
from grader.intake.parts.sections import find_sections
from grader.intake.talks.transcripts import contexts, read_conversation

PIECES = [
    "Problem 1", "# ", "## ", "(b)", "(i)", "ii.", "3(c): ", "4d", "**", "\n", "\n\n", "| ", "|---|", "```\n", "~~",
    "<!-- ", " -->", "\\item ", "\\begin{enumerate}", "\\end{enumerate}", "\\section{", "}", "{", "\\sout{", "%",
    "\\begin{document}", "\\end{document}", "---\n", "User: ", "LLM: ", "User (hint: neutral): ", "x = 1", "?",
    " ", "é", "🔹 ", "\r\n", "\u2028", "\x0c", "You're right! ", "===\n", "1.2 ", "<del>", "</del>", "a) ", "$$",
    "(a) 3, (b) 5; ", "\\begin{questions}", "\\question[2] ", "\\part ", "Parts c, d and e: ", "For (c): ", "1. x\n",
    "  a) ", "第1题 ", "Problem III: ", "[Problem 1]",
    "#1a ", "(5 points)", "=== ", "State Space Kernels", "(d)-(f)", "problems 1, 3 and 4", "part c and d",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join)
FORMATS = st.sampled_from(["text", "markdown", "latex"])


@settings(deadline=None)
@given(TEXTS, FORMATS)
def test_masking_keeps_length_and_lines(text: str, kind: str) -> None:
    """Offsets in the masked text are those of the text, and it only ever loses characters to blanks."""
    masked = document_from_text(text, format=kind).masked
    assert len(masked) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, masked, strict=True))
    assert [m.start() for m in re.finditer(r"[\n\r]", masked)] == [m.start() for m in re.finditer(r"[\n\r]", text)]


@settings(deadline=None)
@given(TEXTS)
def test_sections_partition_the_text(text: str) -> None:
    """Each section starts where the one before ends, with its heading first."""
    sections = find_sections(text, KNOWN)
    at = 0
    for section in sections:
        assert section.heading_start == at
        assert section.heading_start <= section.start <= section.end
        assert section.heading == text[section.heading_start : section.start]
        at = section.end
    assert at == len(text)
    assert {section.problem for section in sections} <= {"", *(p.id for p in PROBLEMS)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TEXTS)
def test_a_transcript_is_read_or_refused(tmp_path: Path, text: str) -> None:
    """Any text gives a conversation whose turns stand where they say, or an InputError."""
    path = tmp_path / "any.md"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        conversation = read_conversation(path, PROBLEMS)
    except InputError as error:
        assert error.diagnostics[0].code.startswith(("transcript-", "input-"))
        return
    whole = read_document(path, 10**6).text
    at = 0
    for turn in conversation.turns:
        assert at <= turn.span.start <= turn.span.end <= len(whole)
        words = whole[turn.span.start : turn.span.end]
        assert all(mine in (theirs, " ") for mine, theirs in zip(turn.text, words, strict=True))
        assert (turn.hint is not None) == (turn.role == "user")
        at = turn.span.end
    replies = [turn.number for turn in conversation.turns if turn.role == "assistant"]
    assert replies == list(range(1, len(replies) + 1))
    assert [context.turn for context in contexts(conversation, PROBLEMS)] == replies


@pytest.mark.parametrize(
    "unit",
    [
        "(b) x\n", "Problem 1" + " " * 300 + "x\n", "<!-- ", "~~a ~~b\n", "\\sout{ {\n", "User" + " " * 200 + "\n",
        "User: hi?\n", "\\begin{enumerate}\\item ", "| 1 |\n", "```\n", "**" * 100 + "\n", "<del>", "\\verb|",
        "(c) 3, (d) 5; ", "c) 1 d) ", "\\question \\part ", "1. x\n  a) y\n", "Part " * 40, "Parts " + "c, " * 60,
        "\\textbf{",        "## h\n\nUser:\n", "problem 1, ", "(" * 50, "\\section{",
    ],
)  # fmt: skip
def test_work_grows_with_length_only(unit: str, tmp_path: Path) -> None:
    """Ten times the text takes about ten times the function calls, counted, not timed."""

    def steps(size: int) -> int:
        path = tmp_path / "long.md"
        path.write_text(unit * (size // len(unit)), encoding="utf-8")
        return calls(lambda: read(path))

    def read(path: Path) -> None:
        find_sections(document_from_text(path.read_text(encoding="utf-8"), format="latex").masked, KNOWN)
        try:
            contexts(read_conversation(path, PROBLEMS), PROBLEMS)
        except InputError as error:
            assert error.diagnostics[0].code == "transcript-no-turns"

    steps(1_000)  # what is loaded and compiled once is not counted
    assert steps(40_000) < 12 * steps(4_000) + 1_000
