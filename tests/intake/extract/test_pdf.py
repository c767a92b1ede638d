"""PDF files: what is read, what is left out, what stands beside it; broken and hostile ones are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.diagnostics import InputError
from grader.intake.documents import read_document
from grader.intake.extract import Extracted, extractor_of
from grader.intake.extract.pdf import Pdf
from grader.records import Confidence
from tests.intake.pdf.paper import Sheet, paper

FIXTURES = Path(__file__).parents[2] / "fixtures/pdf"


def extracted(*sheets: Sheet, script: bool = False) -> Extracted:
    """A file that was made for the test, read."""
    return Pdf().extract(paper(*sheets, script=script), "x.pdf")


def why(data: bytes) -> str:
    """Why a file cannot be read."""
    with pytest.raises(InputError) as caught:
        Pdf().extract(data, "x.pdf")
    (error,) = caught.value.diagnostics
    assert error.code == "input-broken"
    return error.message


_WHOLE = paper(Sheet().text(70, 700, "Problem 1"))


@pytest.mark.parametrize(
    ("data", "suffix", "fits"),
    [
        (b"%PDF-1.7\n", ".pdf", True),
        (b"%PDF-1.4\n", ".txt", True),
        (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.7\n", ".pdf", True),
        (b"see %PDF-1.7 for more", ".md", False),
        (b"(a) x = 5", ".pdf", False),
    ],
)
def test_a_file_shows_what_it_is(data: bytes, suffix: str, fits: bool) -> None:
    """By its signature, before which mail and web servers leave junk."""
    found = extractor_of(data, suffix)
    assert (found is not None and found.name == "a PDF file") is fits


def test_junk_before_the_signature_is_no_harm() -> None:
    """Readers allow it."""
    assert Pdf().extract(b"\r\n--boundary\r\n" + _WHOLE, "x.pdf").text == "Problem 1\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 x = 3", "damaged or not complete"),
        (_WHOLE[:300], "damaged or not complete"),
        (paper(Sheet().text(70, 700, "x"), locked=True), "locked with a password"),
        (paper(*(Sheet() for _ in range(501))), "it has 501 pages; the limit is 500"),
        (paper(Sheet().picture(0, 0, 595, 842)), "page 1 without text, as a scan or a photo is"),
        (paper(*(Sheet().picture(0, 0, 595, 842) for _ in range(3))), "pages 1, 2 and 3 without text"),
    ],
    ids=["no pages", "truncated", "locked", "too many pages", "a scan", "three scans"],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    """With the reason, and for scans the pages."""
    assert reason in why(data)


def test_a_file_without_anything_is_empty() -> None:
    """No text, no pictures."""
    assert extracted(Sheet()).text.strip() == ""


@pytest.mark.parametrize(
    ("sheets", "left_out"),
    [
        ((Sheet(), Sheet().picture(0, 0, 595, 842)), ("page 2 without text",)),
        ((Sheet().picture(100, 100, 300, 300),), ("1 picture",)),
        ((Sheet().text(70, 650, "answer", colour="1 1 1"),), ("6 characters that nobody can see",)),
        ((Sheet().text(30, 300, "ab", matrix="0 1 -1 0"),), ("2 characters that are not upright",)),
        ((Sheet().text(70, 650, "wrong").box(70, 652.8, 101, 653.3),), ("5 characters that are struck out",)),
    ],
    ids=["a scanned page", "a picture", "white letters", "a stamp", "struck out"],
)
def test_what_is_left_out_is_told(sheets: tuple[Sheet, ...], left_out: tuple[str, ...]) -> None:
    """The rest is read."""
    sheets[0].text(70, 700, "Problem 1")
    found = extracted(*sheets)
    assert (found.text, found.left_out) == ("Problem 1\n", left_out)


def test_scripts_are_told_and_not_run() -> None:
    """Nothing of them is in the text."""
    found = extracted(Sheet().text(70, 700, "Problem 1"), script=True)
    assert (found.text, found.left_out) == ("Problem 1\n", ("1 script",))


def test_a_recognized_page_is_doubtful() -> None:
    """A person should look at an answer that a program read from a picture."""
    found = extracted(Sheet().text(70, 700, "typed"), Sheet().picture(0, 0, 595, 842).text(70, 700, "x = 5", mode=3))
    (doubt,) = found.doubts
    assert (found.text[doubt.start : doubt.end].strip(), doubt.confidence) == ("x = 5", Confidence.MEDIUM)
    assert "picture" in doubt.why


@pytest.mark.parametrize(
    ("words", "confidence"),
    [
        ("Bmm pg uijt jt hbscmfe boe opcpez dbo sfbe ju", Confidence.LOW),
        ("All of this is read, and the codes of the letters are those that we know", Confidence.MEDIUM),
    ],
)
def test_signs_without_characters_are_doubtful(words: str, confidence: Confidence) -> None:
    """A font may not say which characters its signs are: garbage goes to a person, words are to be looked at."""
    named = b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    nameless = b" ".join(b"/g%d" % code for code in range(65, 123))
    font = b"/BaseFont /Own /Encoding << /Type /Encoding /Differences [65 " + nameless + b"] >>"
    found = Pdf().extract(paper(Sheet().text(70, 700, words)).replace(named, font), "x.pdf")
    (doubt,) = found.doubts
    assert (doubt.confidence, found.left_out) == (confidence, ("the signs of page 1 for certain",))


def test_lines_are_told_with_their_page(tmp_path: Path) -> None:
    """Counted on each page, in the order in which they are read."""
    path = tmp_path / "x.pdf"
    path.write_bytes(
        paper(Sheet().lines(70, 700, "one", "two", step=40), Sheet().lines(70, 700, "three", "four", step=40))
    )
    document = read_document(path, 10**6, extract=True)
    places = [document.span(at, at) for at in map(document.text.index, ("one", "two", "three", "four"))]
    assert [(span.page, span.line) for span in places] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_looks_cover_the_text() -> None:
    """Colours and indents, in order and without gaps."""
    sheet = Sheet().text(70, 700, "User: solve it", colour="0 0 1").text(90, 660, "It is 5.")
    sheet.text(140, 660, "Wrong.", colour="1 0 0")
    found = extracted(sheet)
    assert found.layout is not None
    looks = found.layout.looks
    assert [(found.text[look.start : look.end].strip(), look.colour, 10 * round(look.left / 10)) for look in looks] == [
        ("User: solve it", "#0000ff", 70),
        ("It is 5.", "#000000", 90),
        ("Wrong.", "#ff0000", 90),
    ]
    assert [look.start for look in looks] == [0, *(look.end for look in looks[:-1])]
    assert looks[-1].end == len(found.text)


def test_notes_stand_at_the_line_beside_them() -> None:
    """Free text, sticky notes and highlights with words; their words are not in the text."""
    sheet = Sheet().lines(70, 700, "first line", "second line", "third line", step=40)
    sheet.note("FreeText", "well done", 400, 655, 500, 670).note("Text", "sticky", 400, 618, 420, 630)
    sheet.note("Highlight", "look here", 70, 698, 100, 710).note("Highlight", "", 70, 658, 100, 670)
    found = extracted(sheet)
    assert found.layout is not None
    assert [(found.text[: note.at].splitlines()[-1], note.text, note.author) for note in found.layout.notes] == [
        ("first line", "look here", "ada"),
        ("second line", "well done", "ada"),
        ("third line", "sticky", "ada"),
    ]
    assert "well" not in found.text


def test_headers_are_taken_out_and_logged() -> None:
    """One repair for each, with its page."""
    found = extracted(*(Sheet().text(290, 40, str(n)).text(70, 700, f"Text {'abc'[n - 1]}") for n in (1, 2, 3)))
    assert found.text.split() == ["Text", "a", "Text", "b", "Text", "c"]
    assert [(r.rule, r.before, r.after, r.span.page) for r in found.repairs] == [
        ("page-furniture", str(number), "", number) for number in (1, 2, 3)
    ]


def test_a_crowded_page_is_cut_off() -> None:
    """With a warning that names it; the work is bounded."""
    sheet = Sheet()
    for row in range(700):
        sheet.text(10, 830 - row, "0123456789" * 10, 1.2)
    found = extracted(sheet)
    assert found.left_out == ("what stands past the limit on page 1",)


@pytest.mark.parametrize("name", ["two-columns", "slides", "word", "chat"])
def test_papers_are_read_as_they_are_seen(name: str) -> None:
    """Made by LaTeX, a browser and an office program; compared with what a careful reader would type."""
    expected = (FIXTURES / f"{name}.md").read_text(encoding="utf-8")
    assert Pdf().extract((FIXTURES / f"{name}.pdf").read_bytes(), name).text == expected
