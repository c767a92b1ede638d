"""Laws of reading a PDF, on pages with anything anywhere."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.intake.extract.pdf import Pdf
from tests.intake.pdf.paper import Sheet, paper

_WORDS = st.sampled_from(
    ["Problem 1", "(a)", "x = 5", "- item", "1. first", "=", "|", "$5", "a", "The kernel is a sum of products", "**b**",
     ">", "#", "~~", "\N{LATIN SMALL LETTER E WITH ACUTE}", " ", "K_0 = 0, K_1 = 1.5, K_2 = 1.2", "com-", "---"]
)  # fmt: skip
_PLACES = st.tuples(st.integers(-50, 620), st.integers(-50, 880))
_MARKS = st.one_of(
    st.tuples(st.just("text"), _PLACES, _WORDS, st.sampled_from([0.5, 6, 9, 11, 11, 11, 16, 30])),
    st.tuples(st.just("rule"), _PLACES, st.integers(0, 400), st.integers(0, 40)),
    st.tuples(st.just("note"), _PLACES, _WORDS, st.sampled_from(["FreeText", "Text", "Highlight", "StrikeOut"])),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(_MARKS, max_size=25), min_size=1, max_size=4))
def test_every_page_is_read_and_every_character_has_a_place(pages: list[list[tuple[object, ...]]]) -> None:
    """Nothing fails; looks cover the text without gaps, each line has a page, doubts and notes lie in the text."""
    sheets = []
    for marks in pages:
        sheet = Sheet()
        for kind, (x, y), first, second in marks:  # type: ignore[misc]
            if kind == "text":
                sheet.text(x, y, first, second, font="F3" if "x" in str(first) else "F1")
            elif kind == "rule":
                sheet.box(x, y, x + first, y + second / 20)
            else:
                sheet.note(second, str(first).replace("(", "").replace(")", ""), x, y, x + 40, y + 12)
        sheets.append(sheet)
    found = Pdf().extract(paper(*sheets), "x.pdf")
    assert found.places is not None
    assert found.layout is not None
    lines = found.text.count("\n")
    assert len(found.places.lines) == len(found.places.pages) == lines or not found.text.strip()
    assert all(1 <= page <= len(pages) for page in found.places.pages)
    looks = found.layout.looks
    assert [look.start for look in looks[1:]] == [look.end for look in looks[:-1]]
    assert not looks or (looks[0].start, looks[-1].end) == (0, len(found.text))
    assert all(0 <= doubt.start < doubt.end <= len(found.text) for doubt in found.doubts)
    assert all(0 <= note.at <= len(found.text) for note in found.layout.notes)
