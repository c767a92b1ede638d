"""Bytes to text, and what is masked."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.diagnostics import InputError
from grader.intake.documents import document_from_text, read_document
from grader.intake.formats import formats, suffixes
from grader.records import Confidence


def document(tmp_path: Path, data: bytes, name: str = "a.md"):  # type: ignore[no-untyped-def]
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path, 1000)


@pytest.mark.parametrize(
    "data",
    [
        "λ ≥ 1".encode(),
        b"\xef\xbb\xbf" + "λ ≥ 1".encode(),
        "\ufeffλ ≥ 1".encode("utf-16-le"),
        "\ufeffλ ≥ 1".encode("utf-16-be"),
    ],
)
def test_unicode_encodings_are_read_without_remark(tmp_path: Path, data: bytes) -> None:
    """UTF-8 with and without a mark, UTF-16 with one; the mark itself is no text."""
    read = document(tmp_path, data)
    assert (read.text, read.diagnostics) == ("λ ≥ 1", ())


def test_another_encoding_is_read_with_a_warning(tmp_path: Path) -> None:
    """Windows-1252 is the guess, and the place of the first byte that is not UTF-8 is told."""
    read = document(tmp_path, b"ok\ncaf\xe9 \x81")
    assert read.text == "ok\ncafé \N{REPLACEMENT CHARACTER}"
    note, lost = read.diagnostics
    assert (note.code, str(note.severity)) == ("input-encoding", "warning")
    assert note.span is not None
    assert (note.span.line, note.span.column) == (2, 4)
    assert "1 byte(s)" in note.message
    assert (lost.code, read.doubts[-1].confidence) == ("text-doubtful", Confidence.LOW)
    assert [one.confidence for one in read.doubts[:-1]] == [Confidence.MEDIUM] * 2, "two characters say little"


@pytest.mark.parametrize(
    "data", [b"a\0b", b"%PDF-1.7 text", b"PK\x03\x04", b"\xff\xfea", "\ufeffa\0".encode("utf-16-le")]
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    """NUL, signatures of other formats, broken UTF-16."""
    with pytest.raises(InputError) as caught:
        document(tmp_path, data)
    assert caught.value.diagnostics[0].code == "input-binary"


def test_a_large_file_is_refused_with_its_size(tmp_path: Path) -> None:
    """Size and limit are both told; a file of exactly the limit is read."""
    assert len(document(tmp_path, b"x" * 1000).text) == 1000
    with pytest.raises(InputError) as caught:
        document(tmp_path, b"x" * 1234)
    (error,) = caught.value.diagnostics
    assert error.code == "input-too-large"
    assert "1,234" in error.message
    assert "1,000" in error.message


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    """So that one bad path does not stop the others."""
    with pytest.raises(InputError) as caught:
        read_document(tmp_path / "none.md", 10)
    assert caught.value.diagnostics[0].code == "input-unreadable"


@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_an_empty_file_is_told(tmp_path: Path, data: bytes) -> None:
    """Empty is a finding, not an error."""
    assert [d.code for d in document(tmp_path, data).diagnostics] == ["input-empty"]


def test_spans_have_line_and_column() -> None:
    """Both from 1, in characters."""
    read = document_from_text("ab\ncdé f\n", "x.md")
    span = read.span(6, 7)
    assert (span.file, span.start, span.end, span.line, span.column) == ("x.md", 6, 7, 2, 4)


# What is hidden is written here between ⟦ and ⟧; the rest must stay.
HIDDEN = [
    ("markdown", "a ⟦<!-- (c) 5 -->⟧ b"),
    ("markdown", "a <!-- never closed"),
    ("markdown", "⟦---\nid: x\n---⟧\ntext"),
    ("markdown", "---\nno fields\n---\ntext"),
    ("markdown", "⟦```python⟧\nK = 1 <!-- kept --> ~~kept~~\n⟦```⟧\nafter"),
    ("markdown", "answer ⟦~~5~~⟧ 6"),
    ("markdown", "x ~~ 3 and y ~~ 4"),
    ("markdown", "~~5\n\nother~~"),
    ("markdown", "answer ⟦<del>5</del>⟧ 6"),
    ("markdown", r"answer $⟦\sout{5 {x}}⟧ 6$"),
    ("markdown", "80% of 5"),
    ("text", "answer ⟦~~5~~⟧ 6"),
    ("latex", "5 ⟦% 6⟧\n7"),
    ("latex", r"5\% of 6"),
    ("latex", "⟦\\documentclass{article}\n\\title{5}\n\\begin{document}⟧5⟦\\end{document}\n6⟧"),
    ("latex", "⟦%\\begin{document}⟧\nx"),
    ("latex", r"⟦\label{eq:5}⟧ and ⟦\includegraphics[width=5cm]{a.png}⟧ and ⟦\st{6}⟧ 7"),
    ("latex", r"\stackrel{5}{6} \strut{7}"),
    ("latex", "\\begin{verbatim}\n5 % kept\n\\end{verbatim}⟦% gone⟧"),
    ("latex", r"\verb|%| 5"),
    ("latex", r"line\\⟦% gone⟧"),
    ("latex", r"a ⟦\iffalse 5 \fi⟧ b ⟦\begin{comment}6\end{comment}⟧"),
    ("latex", r"\sout{never closed"),
]


@pytest.mark.parametrize(("kind", "marked"), HIDDEN)
def test_what_is_masked(kind: str, marked: str) -> None:
    """Exactly what is no answer becomes blank; line ends stay."""
    text = marked.replace("⟦", "").replace("⟧", "")
    expected, hidden = "", False
    for character in marked:
        if character in "⟦⟧":
            hidden = character == "⟦"
        else:
            expected += " " if hidden and character != "\n" else character
    assert document_from_text(text, format=kind).masked == expected


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.txt", "plain words", "text"),
        ("a.txt", "# Problem 1", "markdown"),
        ("a.txt", "\\begin{document}", "latex"),
        ("a.md", "\\section{quoted} 80%", "markdown"),
        ("a.tex", "# 1", "latex"),
        ("a", "words", "text"),
    ],
)
def test_the_format_is_worked_out(name: str, text: str, kind: str) -> None:
    """The ending decides where it names a format; plain text is looked at."""
    assert document_from_text(text, name).format == kind


def test_formats_are_found_by_discovery() -> None:
    """Each has its own endings."""
    assert {known.name for known in formats()} == {"text", "markdown", "latex"}
    assert len(suffixes()) == sum(len(known.suffixes) for known in formats())
