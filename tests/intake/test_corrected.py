"""An editable copy reads as what it was made of: the same turns, the same answers, the same doubts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared import own_course

from grader.diagnostics import Span
from grader.intake.claims import claims_of_conversation
from grader.intake.corrected import copy_of, settled
from grader.intake.documents import document_from_text, read_document
from grader.intake.editing import copy_of_conversation, copy_of_document
from grader.intake.files import visible
from grader.intake.talks.transcripts import read_conversation
from grader.records import Confidence, Conversation, Doubt, Hint, HintKind, Remark, Turn

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["claude-sonnet-4-5-hw8", "deepseek-hw8", "wavering-example"])
def test_a_copy_of_a_conversation_has_its_turns_and_answers(name: str, tmp_path: Path) -> None:
    """Word for word, hint for hint, claim for claim."""
    problems = own_course().assigned
    original = ROOT / "transcripts" / f"{name}.md"
    path = tmp_path / original.name
    path.write_bytes(original.read_bytes())
    talk = read_conversation(path, problems)
    copy_of(path).write_text(copy_of_conversation(talk, path.read_bytes()), encoding="utf-8")
    again = read_conversation(path, problems)

    def told(one: Conversation) -> list[tuple[object, ...]]:
        claims = claims_of_conversation(one, problems)
        return [(c.turn, c.problem, c.part, c.text, c.carried, c.confidence) for c in claims]

    assert again.turns[0].span.file.endswith(".intake.md")
    assert [(t.role, t.number, t.hint and t.hint.kind) for t in again.turns] == [
        (t.role, t.number, t.hint and t.hint.kind) for t in talk.turns
    ]
    assert told(again) == told(talk)


def test_doubts_are_comments_at_their_lines() -> None:
    """And come back as doubts about those lines; whoever deletes the comment has settled it."""
    text = "Part (a)\nK = [1, 2]\n```\ncode\n```\n$$\nx = 1\n$$\nend\n"
    document = document_from_text(text, "a.md", "markdown")
    doubts = (
        Doubt(text.index("K ="), text.index("K =") + 3, Confidence.LOW, "a fragment -- torn"),
        Doubt(text.index("code"), text.index("code") + 4, Confidence.MEDIUM, "in a program"),
        Doubt(text.index("x = 1"), text.index("x = 1") + 5, Confidence.LOW, "in a formula"),
    )

    copy = copy_of_document(replace(document, doubts=doubts), b"")
    assert "K = [1, 2] <!-- doubt low: a fragment – torn -->" in copy
    plain, marked = settled(copy)
    assert "<!--" not in plain
    assert plain.count("\n") == copy.count("\n")
    found = [(plain[d.start : d.end].strip(), d.confidence, d.why) for d in marked]
    assert found == [
        ("K = [1, 2]", Confidence.LOW, "a fragment – torn"),
        ("```\ncode\n```", Confidence.MEDIUM, "in a program"),
        ("$$\nx = 1\n$$", Confidence.LOW, "in a formula"),
    ]


def test_borders_and_remarks_stay_what_they_are(tmp_path: Path) -> None:
    """A turn whose borders were worked out stays unsure until the comment is deleted."""
    place = Span("talk.pdf", 0, 0, 1)
    turns = (
        Turn("user", 1, "Solve it.", place, Hint(HintKind.NONE, "Solve it.", proposed=True)),
        Turn("assistant", 1, "It is 5.\nUser: no label\n", place, confidence=Confidence.LOW),
    )
    talk = Conversation("t", "M", turns, "talk.pdf", remarks=(Remark("Quite right.", 1, 3, place),))
    path = tmp_path / "talk.md"
    path.write_text(copy_of_conversation(talk, b""), encoding="utf-8")
    again = read_conversation(path, ())
    assert [(t.role, t.confidence) for t in again.turns] == [("user", Confidence.HIGH), ("assistant", Confidence.LOW)]
    assert [(r.text, r.turn) for r in again.remarks] == [("Quite right.", 1)]
    assert "Quite right" not in again.turns[1].text


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 30)), max_size=4))
def test_any_text_can_be_marked(text: str, places: list[tuple[int, int]]) -> None:
    """Comments are only added: without them the text is what it was."""

    doubts = tuple(Doubt(a, a + n, Confidence.LOW, "why") for a, n in places)
    document = replace(document_from_text(text, "a.md", "markdown"), doubts=doubts)
    copy = copy_of_document(document, b"")
    assert copy.startswith("---\nsource: a.md\n")
    if "---" not in text:
        body = copy.split("---\n", 2)[2]
        assert re.sub(r"<!-- doubt low[^>]*: why -->|\s", "", body) == re.sub(r"\s", "", text)


def test_a_copy_of_a_latex_paper_has_no_comments_of_latex(tmp_path: Path) -> None:
    """What LaTeX does not print is not in the copy."""
    path = tmp_path / "p.tex"
    path.write_text("\\documentclass{article}\\begin{document}\n(a) 5 % or 6\n\\end{document}", encoding="utf-8")
    copy = copy_of_document(read_document(path, 1000), path.read_bytes())
    assert "(a) 5" in copy
    assert "or 6" not in copy


def test_a_link_is_no_copy(tmp_path: Path) -> None:
    """Who hands in a link in the place of a copy gets no other file read; it is told as any link that leads outside."""
    root = tmp_path / "handed-in"
    root.mkdir()
    (tmp_path / "key.md").write_text("the key", encoding="utf-8")
    paper = root / "answers.md"
    paper.write_text("(a) 5\n", encoding="utf-8")
    copy_of(paper).symlink_to(tmp_path / "key.md")
    assert read_document(paper, 1_000, extract=True).text == "(a) 5\n"
    found, notes = visible(root)
    assert found == [paper]
    assert [note.code for note in notes] == ["input-link-outside"]
