"""What every repair keeps to, whatever its rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.documents import read_document
from grader.intake.repair import Repaired, all_rules, repaired
from grader.intake.repair.base import NOTHING
from grader.intake.repair.views import View
from grader.records import Confidence, Repair

CLEAN = (
    "# Problem 1\n\n(a) $x_k = \\sum_{j<k} A^{k-1-j} B u_j$, so $K_0 = D$.\n\n- first - as it were\n- second\n",
    "Das Maß é ist größer als “eins” — naïve Œuvre, señor, ÅÄÖ, Ÿ, Ïle, ‘Ñ’.\n",
    "σ ≤ 3, √π ≈ 1.77, x ∈ ℝ, ∑ᵢ xᵢ² — “quoted” … ∞ ± ½ ⟹ ⌊x⌋\n",
    "Ответ: λ ≥ 3 («верно»), да — в „кавычках“.\n",
    "答案是 3，因为 λ ≥ 3。\n",
    "Türkçe: ğüşıöç İĞÜŞÖÇ, “ğ”\n",
    "\\documentclass{article}\n\\begin{document}\n\\mathbf{x} 80% sure\n2. **not Markdown**\n\\end{document}\n",
    "```python\nx \\*\\* 2 - y - z\n```\n",
    "",
    "\n\n\n",
    "Windows\r\nlines\r\n\r\n- item\r\n",
    "x = 3 - y - z and the page 3 - the last - is “fine” 🔍.\n",
)
"""Texts without damage, some of which look as if they had some."""

damaged_words = st.sampled_from(
    [
        *"Ââ€”Ïƒ‚àí\ufffd\u200b\ufeff\xad\r\n\t $*\\-|#",
        "--- Page 2 ---", "\\*\\*", "**", " - ", "1. ", "2. ", "80", "âˆ’", "â€", "ğŸ”", "Î±", "Ã¢Ë†â€™", "ï£°", "$x$",
        "$$", "Thought for 3 seconds", "已思考", "（用时 3 秒）", "\\frac{", "\x0crac", "lacktriangle", "O(n2)", "A λI",
        "Word", "word", "\n\n", "\n- ", "x_1 = 2", "\\mathbf{X}", "(a)", "e\u0301", "：", "\x00", "\x85", "\u2028",
    ]
)  # fmt: skip
texts = st.one_of(st.text(max_size=60), st.lists(damaged_words, max_size=25).map("".join))


@pytest.mark.parametrize("text", CLEAN)
def test_a_text_without_damage_comes_out_as_it_is(text: str) -> None:
    """Nothing is changed and nothing is doubted."""
    assert repaired(text, "x.md") == Repaired(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="\\$*-"), max_size=200))
def test_plain_sentences_are_never_touched(text: str) -> None:
    """Printable ASCII without the marks of lists, emphasis and formulas carries no damage that a rule could see."""
    assert not [one for one in repaired(text).repairs if one.confidence is Confidence.HIGH and one.after == ""]


@given(texts)
def test_what_was_repaired_needs_no_repair(text: str) -> None:
    """A second time changes nothing."""
    once = repaired(text)
    assert repaired(once.text).text == once.text


@given(texts)
def test_what_no_repair_covers_is_kept(text: str) -> None:
    """The text that is read is the raw text outside the spans of the repairs, in the same order."""
    mended = repaired(text)
    covered = bytearray(len(text))
    for one in mended.repairs:
        covered[one.span.start : one.span.end] = b"\1" * (one.span.end - one.span.start)
        assert text[one.span.start : one.span.end] == one.before
    rest = iter(mended.text)
    assert all(c in rest for c, gone in zip(text, covered, strict=True) if not gone)


@given(texts)
def test_every_line_has_a_place_in_the_file(text: str) -> None:
    """Places name lines of the raw text, in order; where they are missing, the lines are the same ones."""
    mended = repaired(text)
    lines = mended.text.count("\n") + 1
    raw = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    if mended.places is None:
        assert mended.text == text or lines <= raw
        return
    assert len(mended.places.lines) == lines
    assert list(mended.places.lines) == sorted(mended.places.lines)
    assert mended.places.lines[0] >= 1 and mended.places.lines[-1] <= raw


@given(texts)
def test_doubts_lie_in_the_text(text: str) -> None:
    """Their offsets are those of the text that is read."""
    mended = repaired(text)
    assert all(0 <= one.start <= one.end <= len(mended.text) for one in mended.doubts)


def test_rules_are_declared() -> None:
    """Each has a name of its own, a place in the order of its own, and says what it does in a sentence."""
    rules = all_rules()
    assert len({rule.name for rule in rules}) == len({rule.order for rule in rules}) == len(rules)
    assert all(rule.does.endswith(".") and rule.does[0].isupper() for rule in rules)
    assert all((type(rule).__doc__ or "").strip() for rule in rules)


def test_a_damaged_file_tells_of_it(tmp_path: Path) -> None:
    """A document has the mended text, the repairs with their places in the file, and one diagnostic a rule."""
    path = tmp_path / "a.txt"
    path.write_text("# Problem 1\n\nλ: 1 â‰¤ Î» â‰¤ 4\nand Î±\n", encoding="utf-8")
    document = read_document(path, 1000)
    assert document.text == "# Problem 1\n\nλ: 1 ≤ λ ≤ 4\nand α\n"
    assert [(one.before, one.after, one.span.line) for one in document.repairs] == [
        ("â‰¤", "≤", 3), ("Î»", "λ", 3), ("â‰¤", "≤", 3), ("Î±", "α", 4),
    ]  # fmt: skip
    notes = [note for note in document.diagnostics if note.code == "text-repaired"]
    assert len(notes) == 1
    assert "4 places, first in line 3" in notes[0].message


def total(repairs: tuple[Repair, ...]) -> int:
    return sum(len(one.before) for one in repairs)


@pytest.mark.parametrize(
    "unit",
    [
        *("âˆ’", "â€ ", "Ã¢Ë†â€™", "\ufffd", "\r", "\f", "\n\f", "\x1b[", "\uf8ee", "e\u0301", "\u202e", "Page 2\n"),
        *(
            "\\*\\*x ",
            "$",
            "\\(",
            "$$ ",
            "```\n",
            "`",
            "- a - B ",
            "1. A 2. B ",
            "$-x = y - z = 1$ ",
            "O(n2",
            "x\t\t\n",
        ),
        *("\n--- Page 2 ---", "© 2025\n", "\\begin{equation}", "\\frac{(1+a)^{n-1}}{", "1. **a 802. **"),
    ],
)
def test_repairs_of_long_texts_stay_in_proportion(unit: str) -> None:
    """Twice the text has at most twice the repairs, and a hundred thousand characters are no burden."""
    small, large = repaired(unit * 2_000), repaired(unit * 4_000)
    assert total(large.repairs) <= 2 * total(small.repairs) + 100


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E) | st.sampled_from("\t\n"), max_size=200))
def test_rules_that_go_by_marks_find_nothing_in_a_plain_text(text: str) -> None:
    """So they need not be asked; they are about half of all."""
    rules = [rule for rule in all_rules() if rule.of_marks]
    assert len(rules) >= 10 and View(text).plain
    assert all(rule.look(View(text)) is NOTHING for rule in rules)
    assert not any(View(text + mark).plain for mark in "é\r\v\x1b\u200b")
