"""Every format has realistic examples, right and broken: they are read as what they are, and the page lists them.

``FORMATS_WRITE=1 pytest tests/test_formats.py`` writes the table anew.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from format_examples.base import Example
from format_examples.chats_of_makers import MAKERS
from format_examples.chats_of_tools import TOOLS
from format_examples.documents import DOCUMENTS
from format_examples.layouts import LAYOUTS
from format_examples.papers import PAPERS
from format_examples.talks import TALKS
from intake.intake_sample import problem

from grader.answers import get_type
from grader.diagnostics import Diagnostic, InputError
from grader.intake.chats import Chat, chat_formats, read_chats
from grader.intake.claims import claims_of_submission
from grader.intake.handins.submissions import read_submissions
from grader.intake.layouts import layouts
from grader.intake.talks.transcripts import read_conversation
from grader.records import Status
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth

PAGE = Path(__file__).parents[1] / "docs/formats.md"
BEGIN, END = "<!-- examples: written by tests/test_formats.py -->\n", "<!-- end of examples -->\n"
ALL = [*PAPERS, *DOCUMENTS, *LAYOUTS, *MAKERS, *TOOLS, *TALKS]
NUMBER = get_type("number")
OPTIONS = NUMBER.options_model()
SEQUENCES = problem("sequences", "1", "Sequences", "a", "b")
SEQUENCES = replace(SEQUENCES, parts=tuple(replace(part, options=OPTIONS) for part in SEQUENCES.parts))


def said(diagnostics: list[Diagnostic]) -> str:
    return " | ".join(d.message for d in diagnostics)


@pytest.mark.parametrize("example", [*PAPERS, *DOCUMENTS], ids=str)
def test_a_document_is_read(example: Example, tmp_path: Path) -> None:
    """Its right answers are found and marked right; what cannot be read is told, and costs nothing else."""
    path = example.make(tmp_path)
    handed_in = read_submissions(tmp_path if path.suffix == ".zip" else path)
    (submission,) = handed_in.submissions
    claims, notes = claims_of_submission(submission, [SEQUENCES], 10**8)
    marks = {
        claim.part: score_claim(
            SEQUENCES, SEQUENCES.part(claim.part), claim, Truth(NUMBER.read({"a": "14", "b": "5"}[claim.part], OPTIONS))
        ).status
        for claim in claims
        if claim.text
    }
    assert marks == dict.fromkeys(example.read or {}, Status.CORRECT)
    assert example.says in said([*submission.diagnostics, *notes, *handed_in.notes])


@pytest.mark.parametrize("example", LAYOUTS, ids=str)
def test_a_layout_tells_whose_files_are_whose(example: Example, tmp_path: Path) -> None:
    """By names and metadata alone; what it cannot tell is an error that says what to do."""
    path = example.make(tmp_path)
    try:
        found = read_submissions(path)
    except InputError as error:
        assert example.broken
        assert example.read is None
        assert example.says in str(error)
        return
    assert found.layout == example.format
    names = {
        one.subject + "*" * bool(one.delivery.late): [file.name for file in one.files] for one in found.submissions
    }
    assert names == example.read
    assert example.says in said([*(d for one in found.submissions for d in one.diagnostics), *found.notes])


@pytest.mark.parametrize("example", [*MAKERS, *TOOLS], ids=str)
def test_a_recorded_conversation_is_read(example: Example, tmp_path: Path) -> None:
    """Word for word; a record that cannot be read is told, and costs no other."""
    chats: list[list[tuple[str, str]]] = []
    wrong: list[Diagnostic] = []
    try:
        for found in read_chats(example.make(tmp_path)):
            if isinstance(found, Chat):
                chats.append([(message.role, message.text) for message in found.messages])
            else:
                wrong += found.diagnostics
    except InputError as error:
        wrong += error.diagnostics
    assert chats == (example.read or [])
    assert bool(wrong) == example.broken
    assert example.says in said(wrong)


@pytest.mark.parametrize("example", TALKS, ids=str)
def test_a_written_conversation_is_cut_into_turns(example: Example, tmp_path: Path) -> None:
    """Also where it is copied or printed; a text in which nobody asks is none."""
    path = example.make(tmp_path)
    if example.broken:
        with pytest.raises(InputError, match=example.says):
            read_conversation(path, [SEQUENCES])
        return
    talk = read_conversation(path, [SEQUENCES])
    assert [turn.role for turn in talk.turns] == example.read
    assert not [turn for turn in talk.turns if "Annotator" in turn.text]


def test_every_format_has_three_examples_one_of_them_broken() -> None:
    """A new format brings its own."""
    counts = Counter(example.format for example in ALL)
    broken = {example.format for example in ALL if example.broken}
    assert {*chat_formats(), *layouts()} <= set(counts)
    assert {name: number for name, number in counts.items() if number < 3 or name not in broken} == {}


def test_the_page_lists_the_examples() -> None:
    """The table in docs/formats.md is the one that the examples give."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    whole = f"{before}{BEGIN}{table()}{END}{after}"
    if os.environ.get("FORMATS_WRITE"):
        PAGE.write_text(whole, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == whole


def table() -> str:
    """The examples of each format: what is read, and what cannot be, with words of the message."""
    lines = ["", "| format | read | not read, or told of |", "|---|---|---|"]
    for name in dict.fromkeys(example.format for example in ALL):
        own = [example for example in ALL if example.format == name]
        right = "; ".join(example.shows for example in own if not example.broken)
        broken = "; ".join(f"{example.shows} (“{example.says}”)" for example in own if example.broken)
        lines.append(f"| {name} | {right} | {broken} |".replace("\\", "\\\\"))
    return "\n".join([*lines, "", ""])
