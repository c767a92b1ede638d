"""Claims: what a submission or a reply answers to each part, where, and what is carried over."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.answers import get_type
from grader.intake.claims import claims_of_conversation, claims_of_submission
from grader.intake.handins.submissions import Submission
from grader.intake.talks.transcripts import read_conversation
from grader.records import Claim, Confidence, Part, Problem

MAX = 1_000_000


def part(label: str, kind: str, **fields: Any) -> Part:
    options = get_type(kind).options_model(**fields.pop("options", {}))
    return Part(label, tuple(label.split(".")), "", Fraction(1), kind, options, "solve", **fields)


TANK = Problem(
    "tank", "2", "Leaking Tank", "", {}, "reference/x.py",
    (
        part("a", "number", symbols=("x",), cues=("level",)),
        part("b.i", "sequence", symbols=("K",), cues=("kernel",)),
        part("b.ii", "sequence", symbols=("K",), cues=("kernel",)),
        part("c", "interval", symbols=("λ",), cues=("range",), options={"variable": "λ"}),
    ),
    "tank.yaml",
)  # fmt: skip
COST = Problem(
    "cost", "5", "What it costs", "", {}, "reference/x.py",
    (part("a", "choice", cues=("cost",), options={"options": {"A": "O(n)", "B": "O(n^2)"}}),),
    "cost.yaml",
)  # fmt: skip
PROBLEMS = (TANK, COST)


def hand_in(folder: Path, **files: str | bytes) -> dict[str, Claim]:
    """The claims of a student with these files (name, two underscores, ending), by ``problem/part``."""
    paths = []
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        paths.append(path)
    claims, notes = claims_of_submission(Submission("ada", tuple(paths)), PROBLEMS, MAX)
    assert notes == ()
    return {f"{c.problem}/{c.part}": c for c in claims}


def talk(folder: Path, *turns: str) -> dict[tuple[int, str], Claim]:
    """The claims of a conversation, by reply and ``problem/part``; person and model take turns."""
    text = "\n\n".join(f"{('User', 'Assistant')[i % 2]}: {words}" for i, words in enumerate(turns))
    path = folder / "talk.md"
    path.write_text(text + "\n", encoding="utf-8")
    claims = claims_of_conversation(read_conversation(path, PROBLEMS), PROBLEMS)
    for claim in claims:
        if claim.span:
            assert text[claim.span.start : claim.span.end] == claim.text
            assert claim.span.line == text.count("\n", 0, claim.span.start) + 1
    return {(c.turn or 0, f"{c.problem}/{c.part}"): c for c in claims}


# ---------------------------------------------------------------- one claim a part


def test_every_part_has_one_claim_in_order(tmp_path: Path) -> None:
    """Also parts that are answered nowhere; their claims are empty and have no place."""
    claims = hand_in(tmp_path, hw__md="# Problem 2\n\n(a) x = 5\n")
    assert list(claims) == ["tank/a", "tank/b.i", "tank/b.ii", "tank/c", "cost/a"]
    assert claims["tank/a"].text == "5"
    for name in ("tank/b.i", "tank/b.ii", "tank/c", "cost/a"):
        assert (claims[name].text, claims[name].span, claims[name].rivals) == ("", None, ())
    assert {c.subject for c in claims.values()} == {"ada"}
    assert {c.turn for c in claims.values()} == {None}


def test_no_files_give_empty_claims() -> None:
    """A student who handed in nothing is missing everything."""
    claims, notes = claims_of_submission(Submission("ada", ()), PROBLEMS, MAX)
    assert [c.text for c in claims] == [""] * 5
    assert notes == ()


def test_a_file_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    """The other file's answers are found, and the error is handed on."""
    bad, good = tmp_path / "bad.md", tmp_path / "good.md"
    bad.write_bytes(b"%PDF-1.7 x = 3")
    good.write_text("# Problem 2\n\n(a) x = 5\n", encoding="utf-8")
    claims, notes = claims_of_submission(Submission("ada", (bad, good)), PROBLEMS, MAX)
    assert claims[0].text == "5"
    assert [n.code for n in notes] == ["input-broken"]


# ---------------------------------------------------------------- sections


def test_sections_of_other_parts_are_not_searched(tmp_path: Path) -> None:
    """A statement under another part's heading answers that part, though the symbols are the same."""
    claims = hand_in(tmp_path, hw__md="# Problem 2\n\n(b) i.\n\nK = [1, 2]\n\n(b) ii.\n\nI ran out of time.\n")
    assert claims["tank/b.i"].text == "[1, 2]"
    assert claims["tank/b.ii"].text == ""
    assert claims["tank/b.ii"].span is None


def test_a_blank_section_takes_nothing_from_its_neighbours(tmp_path: Path) -> None:
    """A heading with nothing below it is missing, though the next part holds an answer of its type."""
    claims = hand_in(tmp_path, hw__md="# Problem 2\n\n(a)\n\n(b) i.\n\n[1, 2] and x = 5\n\n# Problem 5\n\n(a) 7\n")
    assert claims["tank/a"].text == ""


def test_equal_labels_of_two_problems_are_told_apart(tmp_path: Path) -> None:
    """(a) of problem 2 and (a) of problem 5."""
    claims = hand_in(tmp_path, hw__md="# Problem 5\n\n(a) B\n\n# Problem 2\n\n(a) 5\n")
    assert (claims["tank/a"].text, claims["cost/a"].text) == ("5", "B")


def test_an_unreadable_section_is_not_filled_from_another(tmp_path: Path) -> None:
    """What is announced and cannot be read is the claim, though x is stated under another heading."""
    text = "# Problem 2\n\n(a) Final answer: 2^q/(\n\n(c) λ > 2, for x = 5.\n"
    claim = hand_in(tmp_path, hw__md=text)["tank/a"]
    assert "5" not in claim.text
    assert "q" in claim.text


def test_a_statement_before_any_heading_counts_with_low_confidence(tmp_path: Path) -> None:
    """In a file without headings only what is said about the symbol is taken."""
    claims = hand_in(tmp_path, hw__txt="Hello. We did 12 exercises.\n\nx = 5\n\nλ > 2\n")
    assert (claims["tank/a"].text, claims["tank/a"].confidence) == ("5", Confidence.LOW)
    assert claims["tank/c"].confidence is Confidence.LOW
    assert claims["tank/c"].text == "λ > 2"


def test_a_statement_that_could_answer_two_parts_answers_neither(tmp_path: Path) -> None:
    """K without a heading may be that of b.i or of b.ii."""
    claims = hand_in(tmp_path, hw__txt="K = [1, 2]\n")
    assert (claims["tank/b.i"].text, claims["tank/b.ii"].text) == ("", "")


def test_confidence_follows_the_mark(tmp_path: Path) -> None:
    """A statement under its heading is sure, a lone value less so, one of several numbers least."""
    sure = hand_in(tmp_path, hw__md="# Problem 2\n\n(a) x = 5\n")["tank/a"]
    lone = hand_in(tmp_path, hw__md="# Problem 2\n\n(a) 5\n")["tank/a"]
    last = hand_in(tmp_path, hw__md="# Problem 2\n\n(a) with 12 taps and 3 drains, 5\n")["tank/a"]
    assert [c.confidence for c in (sure, lone, last)] == [Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW]
    assert [c.text for c in (sure, lone, last)] == ["5"] * 3


# ---------------------------------------------------------------- struck text and revisions


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hw__md", "# Problem 2\n\n(a) x = 5 ~~x = 3~~\n"),
        ("hw__md", "# Problem 2\n\n(a) x = 5 <del>x = 3</del>\n"),
        ("hw__md", "# Problem 2\n\n(a) x = 5 <s>x = 3</s>\n"),
        ("hw__md", "# Problem 2\n\n(a) ~~\\boxed{3}~~ 5\n"),
        ("hw__md", "# Problem 2\n\n(a) x = 5 <!-- x = 3 -->\n"),
        ("hw__tex", "\\section*{Problem 2}\n\n(a) $x = 5$ \\sout{$x = 3$}\n"),
        ("hw__tex", "\\section*{Problem 2}\n\n(a) $x = 5$ % $x = 3$\n"),
        ("hw__tex", "\\section*{Problem 2}\n\n(a) \\st{$\\boxed{3}$} $x = 5$\n"),
    ],
)
def test_struck_text_and_comments_do_not_answer(tmp_path: Path, name: str, text: str) -> None:
    """What the writer took out is read in no format, not even a box."""
    claim = hand_in(tmp_path, **{name: text})["tank/a"]
    assert claim.text == "5"
    assert claim.rivals == ()


def test_an_answer_struck_out_and_not_replaced_is_missing(tmp_path: Path) -> None:
    """Nothing is left to grade."""
    claim = hand_in(tmp_path, hw__md="# Problem 2\n\n(a) ~~x = 3~~\n")["tank/a"]
    assert (claim.text, claim.span) == ("", None)


def test_a_part_answered_twice_is_read_on(tmp_path: Path) -> None:
    """A second section with the same heading revises the first when it says so."""
    text = "# Problem 2\n\n(a) Answer: 3\n\n(c) λ > 2\n\n## 2(a), corrected\n\nCorrection. Answer: 5\n"
    claim = hand_in(tmp_path, hw__md=text)["tank/a"]
    assert (claim.text, claim.rivals) == ("5", ())


# ---------------------------------------------------------------- missing, unreadable


@pytest.mark.parametrize("words", ["", "Skipped.", "I did not get to this one.", "No idea, sorry.", "--", "see above"])
def test_saying_that_there_is_no_answer_is_missing(tmp_path: Path, words: str) -> None:
    """Under its heading stands nothing, or that nothing was done."""
    claim = hand_in(tmp_path, hw__md=f"# Problem 2\n\n(a) {words}\n\n(c) λ > 2\n")["tank/a"]
    assert (claim.text, claim.span) == ("", None)


def test_an_unreadable_answer_has_its_words_and_place(tmp_path: Path) -> None:
    """So that a person can look; missing and unreadable are two things."""
    text = "# Problem 2\n\n(a) x = 2^q\n"
    claim = hand_in(tmp_path, hw__md=text)["tank/a"]
    assert claim.span is not None
    assert claim.span.line == 3
    assert "2^q" in claim.text
    assert claim.confidence is not Confidence.HIGH


# ---------------------------------------------------------------- places


LINES = "# Problem 2\n\nWords first. 🙂 𝛼𝛽 é\n\n(a) 𝑥 means x, and so x = 5.25\n\n(c) The range is 1 ≤ λ ≤ 4.\n"
LATEX = (
    "\\documentclass{article}\n% x = 3\n\\begin{document}\n\\section*{Problem 2}\n"
    "\\begin{enumerate}\n\\item[(a)] Then\n\\[ x = \\frac{21}{4} \\] % not 3\n"
    "\\item[(c)] \\boxed{\\lambda \\in [1, 4]}\n\\end{enumerate}\n\\end{document}\nx = 9\n"
)


@pytest.mark.parametrize(
    ("name", "text", "data", "wanted"),
    [
        pytest.param("hw__md", LINES, LINES.encode(), {"tank/a": ("5.25", 5), "tank/c": ("1 ≤ λ ≤ 4", 7)}, id="plain"),
        pytest.param(
            "hw__md", LINES.replace("\n", "\r\n"), LINES.replace("\n", "\r\n").encode(),
            {"tank/a": ("5.25", 5), "tank/c": ("1 ≤ λ ≤ 4", 7)}, id="line ends of Windows",
        ),
        pytest.param(
            "hw__md", LINES, b"\xef\xbb\xbf" + LINES.encode(),
            {"tank/a": ("5.25", 5), "tank/c": ("1 ≤ λ ≤ 4", 7)}, id="byte order mark",
        ),
        pytest.param(
            "hw__txt", LINES, b"\xff\xfe" + LINES.encode("utf-16-le"),
            {"tank/a": ("5.25", 5), "tank/c": ("1 ≤ λ ≤ 4", 7)}, id="UTF-16",
        ),
        pytest.param(
            "hw__tex", LATEX, LATEX.encode(),
            {"tank/a": ("\\frac{21}{4}", 7), "tank/c": ("\\lambda \\in [1, 4]", 8)}, id="LaTeX",
        ),
        pytest.param(
            "hw__tex", LATEX.replace("\n", "\r\n"), b"\xef\xbb\xbf" + LATEX.replace("\n", "\r\n").encode(),
            {"tank/a": ("\\frac{21}{4}", 7), "tank/c": ("\\lambda \\in [1, 4]", 8)}, id="LaTeX from Windows",
        ),
    ],
)  # fmt: skip
def test_places_are_exact(
    tmp_path: Path, name: str, text: str, data: bytes, wanted: dict[str, tuple[str, int]]
) -> None:
    """Offsets into the decoded text, lines from 1, columns from 1; the context shows the answer where it stands."""
    claims = hand_in(tmp_path, **{name: data})
    for key, (words, line) in wanted.items():
        claim = claims[key]
        assert claim.span is not None
        assert claim.text == words
        assert text[claim.span.start : claim.span.end] == words
        assert claim.span.line == line
        assert claim.span.column == claim.span.start - (text.rfind("\n", 0, claim.span.start) + 1) + 1
        assert claim.context[claim.context_start : claim.context_start + len(words)] == words
        assert claim.context in text
        assert claim.span.file.endswith(name.replace("__", "."))


def test_the_context_of_a_long_line_is_cut_around_the_answer(tmp_path: Path) -> None:
    """A line of 50,000 characters does not travel with the claim; the answer in it is shown."""
    claim = hand_in(tmp_path, hw__md="# Problem 2\n\n(a) " + "word " * 5_000 + "x = 5 " + "word " * 5_000)["tank/a"]
    assert claim.text == "5"
    assert len(claim.context) < 5_000
    assert claim.context[claim.context_start] == "5"


# ---------------------------------------------------------------- several files


def test_files_that_disagree_are_rivals(tmp_path: Path) -> None:
    """Each differing answer is named with its place in its own file."""
    claim = hand_in(
        tmp_path,
        one__md="# Problem 2\n\n(c) The range is [1, 4].\n",
        two__md="# Problem 2\n\n\n(c) The range is (1, 4).\n",
    )["tank/c"]
    assert claim.span is not None
    [(words, place)] = claim.rivals
    assert {claim.text, words} == {"[1, 4]", "(1, 4)"}
    assert {Path(claim.span.file).name, Path(place.file).name} == {"one.md", "two.md"}
    assert {claim.span.line, place.line} == {3, 4}


def test_files_that_agree_are_one_answer(tmp_path: Path) -> None:
    """The same set in two notations does not rival itself."""
    claim = hand_in(
        tmp_path,
        one__md="# Problem 2\n\n(c) The range is [1, 4].\n",
        two__tex="\\section{Problem 2}\n(c) $1 \\le \\lambda \\le 4$\n",
    )["tank/c"]
    assert claim.rivals == ()
    assert claim.text


def test_answers_in_different_files_are_put_together(tmp_path: Path) -> None:
    """A file that does not speak of a part says nothing against the other's answer."""
    claims = hand_in(tmp_path, one__md="# Problem 2\n\n(a) x = 5\n", two__txt="Problem 5\n(a) B\n")
    assert (claims["tank/a"].text, claims["cost/a"].text) == ("5", "B")
    assert claims["tank/a"].rivals == claims["cost/a"].rivals == ()


def test_three_files_have_two_rivals(tmp_path: Path) -> None:
    """Every differing answer is kept."""
    files = {f"f{n}__md": f"# Problem 2\n\n(a) x = {n}\n" for n in (3, 5, 7)}
    claim = hand_in(tmp_path, **files)["tank/a"]
    assert {claim.text, *(text for text, _ in claim.rivals)} == {"3", "5", "7"}


# ---------------------------------------------------------------- conversations


ASK = "Please solve problem 2."


def test_an_answer_not_repeated_is_carried(tmp_path: Path) -> None:
    """It keeps its words, place and confidence, and takes the number of the later reply."""
    claims = talk(tmp_path, ASK, "(a) x = 5", "And (c)?", "(c) The range is λ > 2.")
    first, later = claims[1, "tank/a"], claims[2, "tank/a"]
    assert (first.text, first.carried) == ("5", False)
    assert (later.text, later.carried, later.span, later.turn) == ("5", True, first.span, 2)
    assert claims[1, "tank/c"].span is None
    assert (claims[2, "tank/c"].text, claims[2, "tank/c"].carried) == ("λ > 2", False)


@pytest.mark.parametrize(
    "reply",
    [
        "(a) As before.", "(a) Unchanged, see above.", "(a) I am sure of this, and would not alter it.",
        "You are welcome!", "Thanks, all parts stay the same.",
    ],
)  # fmt: skip
def test_as_before_carries(tmp_path: Path, reply: str) -> None:
    """Talk about a part that gives no new answer leaves the old one standing."""
    claim = talk(tmp_path, ASK, "(a) x = 5", "Are you sure?", reply)[2, "tank/a"]
    assert (claim.text, claim.carried) == ("5", True)


def test_as_before_without_a_before_is_missing(tmp_path: Path) -> None:
    """There is nothing to carry."""
    claim = talk(tmp_path, ASK, "(a) As before.")[1, "tank/a"]
    assert (claim.text, claim.span, claim.carried) == ("", None, False)


def test_the_same_answer_again_is_given_anew(tmp_path: Path) -> None:
    """A repetition is no carried answer: it has its own place."""
    claims = talk(tmp_path, ASK, "(a) x = 5", "Are you sure?", "(a) Yes: x = 5.")
    assert claims[2, "tank/a"].carried is False
    assert claims[2, "tank/a"].span != claims[1, "tank/a"].span


def test_a_new_answer_replaces_the_old_one_from_then_on(tmp_path: Path) -> None:
    """What is carried later is the newer answer; the two are no rivals."""
    claims = talk(tmp_path, ASK, "(a) x = 3", "Sure?", "(a) x = 5", "Fine.", "Glad to hear it.")
    assert [claims[n, "tank/a"].text for n in (1, 2, 3)] == ["3", "5", "5"]
    assert [claims[n, "tank/a"].carried for n in (1, 2, 3)] == [False, False, True]
    assert claims[2, "tank/a"].rivals == ()


def test_an_unreadable_new_answer_is_not_covered_by_the_old_one(tmp_path: Path) -> None:
    """The reply answers anew; that this cannot be read is said, and nothing is carried."""
    claims = talk(tmp_path, ASK, "(a) x = 5", "Sure?", "(a) Now x = 2^q.", "Hm.", "As I said.")
    assert "q" in claims[2, "tank/a"].text
    assert claims[2, "tank/a"].carried is False
    assert (claims[3, "tank/a"].text, claims[3, "tank/a"].carried) == (claims[2, "tank/a"].text, True)


def test_problems_not_yet_asked_have_no_claims(tmp_path: Path) -> None:
    """A problem counts from the first reply after it was asked."""
    claims = talk(tmp_path, ASK, "(a) x = 5", "Now problem 5.", "# Problem 5\n\n(a) B")
    assert {name for turn, name in claims if turn == 1} == {"tank/a", "tank/b.i", "tank/b.ii", "tank/c"}
    assert claims[2, "cost/a"].text == "B"
    assert claims[2, "tank/a"].carried is True


def test_the_persons_words_are_never_the_answer(tmp_path: Path) -> None:
    """A hint that contains the answer is the person's; the reply that gives none carries its own."""
    claims = talk(tmp_path, ASK, "(a) x = 3", "(a) The final answer is x = 5.", "I see, thank you.")
    assert (claims[2, "tank/a"].text, claims[2, "tank/a"].carried) == ("3", True)


def test_a_reply_without_headings_answers_the_part_it_was_asked_for(tmp_path: Path) -> None:
    """The hint names part (a), so the reply is about it."""
    claims = talk(tmp_path, ASK, "(a) x = 3\n\n(c) λ > 2", "Look at 2(a) again.", "You are right. It comes to 5.")
    assert (claims[2, "tank/a"].text, claims[2, "tank/a"].carried) == ("5", False)
    assert (claims[2, "tank/c"].text, claims[2, "tank/c"].carried) == ("λ > 2", True)


def test_rivals_within_a_reply_are_kept(tmp_path: Path) -> None:
    """Two answers at once in one reply; carried on, they still are two."""
    claims = talk(tmp_path, ASK, "(a) Either x = 3 or x = 5.", "Well?", "Let me think about it.")
    for turn in (1, 2):
        claim = claims[turn, "tank/a"]
        assert {claim.text, *(text for text, _ in claim.rivals)} == {"3", "5"}
    assert claims[2, "tank/a"].carried is True
