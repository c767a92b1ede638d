"""Texts that a person marks: a claim is all that stands under the part's heading, and nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

from test_intake_claims import MAX, part

from grader.answers import get_type
from grader.intake.claims import claims_of_conversation, claims_of_submission
from grader.intake.handins.submissions import Submission
from grader.intake.talks.transcripts import read_conversation
from grader.records import Claim, Confidence, Problem

CRITERIA = {"criteria": get_type("rubric").options_model(criteria=[{"points": 1, "text": "why"}]).criteria}
TANK = Problem(
    "tank", "2", "Leaking Tank", "", {}, "reference/x.py",
    (part("a", "number", symbols=("x",)), part("b", "rubric", options=CRITERIA), part("c", "rubric", options=CRITERIA)),
    "tank.yaml",
)  # fmt: skip
ESSAY = Problem(
    "essay", "3", "An Essay", "", {}, "reference/x.py", (part("a", "rubric", options=CRITERIA),), "essay.yaml"
)
PROBLEMS = (TANK, ESSAY)


def hand_in(folder: Path, *files: str, ending: str = "md") -> dict[str, Claim]:
    """The claims of a student with these files, by ``problem/part``."""
    paths = []
    for number, content in enumerate(files):
        paths.append(folder / f"file{number}.{ending}")
        paths[-1].write_text(content, encoding="utf-8")
    claims, _ = claims_of_submission(Submission("ada", tuple(paths)), PROBLEMS, MAX)
    return {f"{c.problem}/{c.part}": c for c in claims}


def test_all_paragraphs_programs_and_headings_of_the_part_belong_to_the_text(tmp_path: Path) -> None:
    """What other types blank out, such as a program, a person reads as well."""
    text = "It leaks.\n\n```python\nx = 1\n```\n\n### A remark\n- one\n- two"
    found = hand_in(tmp_path, f"# Leaking Tank\n## a\nx = 3\n## b\n\n{text}\n\n## c\nBecause 4 < 5.\n")
    assert found["tank/b"].text == text
    assert found["tank/b"].confidence is Confidence.HIGH
    assert found["tank/c"].text == "Because 4 < 5."
    assert found["tank/a"].text == "3"
    assert found["tank/b"].span is not None
    assert found["tank/b"].span.line == 6


def test_a_heading_without_words_is_no_answer(tmp_path: Path) -> None:
    """Rules and empty lines say nothing; a picture does."""
    found = hand_in(tmp_path, "# Leaking Tank\n## b\n\n---\n\n## c\n![](tank.png)\n")
    assert found["tank/b"].text == ""
    assert found["tank/c"].text == "![](tank.png)"


def test_a_problem_with_one_part_needs_no_heading_for_it(tmp_path: Path) -> None:
    """All under the problem's heading is the answer."""
    found = hand_in(tmp_path, "# 3. An Essay\nFirst.\n\nSecond.\n\n# Leaking Tank\n## b\nThird.\n")
    assert found["essay/a"].text == "First.\n\nSecond."
    assert found["tank/c"].text == ""


def test_text_without_headings_may_answer_each_part(tmp_path: Path) -> None:
    """Where no part has a heading, a person sees all of it, and that the place is a guess."""
    found = hand_in(tmp_path, "# Leaking Tank\nIt leaks because x = 3.\n")
    assert found["tank/b"].text == found["tank/c"].text == "It leaks because x = 3."
    assert found["tank/b"].confidence is Confidence.LOW


def test_texts_in_two_files_are_both_shown(tmp_path: Path) -> None:
    """A person reads both, and the same text once."""
    found = hand_in(tmp_path, "# An Essay\nFirst.\n", "# An Essay\nSecond.\n", "# An Essay\nFirst.\n")
    assert found["essay/a"].text == "First.\n\nSecond."


def test_text_that_is_parted_is_put_together(tmp_path: Path) -> None:
    """A part that is taken up again later is one text."""
    found = hand_in(tmp_path, "# Leaking Tank\n## b\nFirst.\n## a\nx = 3\n## b\nSecond.\n")
    assert found["tank/b"].text == "First.\n\nSecond."


def test_in_a_conversation_each_reply_is_a_text_and_the_last_one_stands(tmp_path: Path) -> None:
    """A reply about another part keeps the text of the earlier one."""
    path = tmp_path / "talk.md"
    path.write_text(
        "User: Leaking Tank, parts (a) and (b).\n\nAssistant: (a) x = 3\n\n(b) It leaks.\nAlways.\n\n"
        "User: Check (a).\n\nAssistant: (a) x = 4\n",
        encoding="utf-8",
    )
    claims = claims_of_conversation(read_conversation(path, PROBLEMS), PROBLEMS)
    texts = {(c.turn, c.part): (c.text, c.carried) for c in claims if c.problem == "tank"}
    assert texts[1, "b"] == ("It leaks.\nAlways.", False)
    assert texts[2, "b"] == ("It leaks.\nAlways.", True)
    assert texts[2, "a"][0] == "4"


def test_a_reply_that_names_no_part_replaces_no_text(tmp_path: Path) -> None:
    """“I am sure” is about the text that was there before."""
    path = tmp_path / "talk.md"
    path.write_text(
        "User: Leaking Tank, please.\n\nAssistant: (a) x = 3\n\n(b) It leaks.\n\n(c) Always.\n\n"
        "User: Are you sure?\n\nAssistant: Yes, I am sure.\n",
        encoding="utf-8",
    )
    claims = claims_of_conversation(read_conversation(path, PROBLEMS), PROBLEMS)
    texts = {(c.turn, c.part): (c.text, c.carried) for c in claims if c.problem == "tank"}
    assert texts[2, "b"] == ("It leaks.", True)
    assert texts[2, "c"] == ("Always.", True)
