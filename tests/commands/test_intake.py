"""`grade intake`: what was read is shown, and an edited copy is read in place of the original."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command_line import grade_here

ROOT = Path(__file__).resolve().parents[2]
TALK_IT_IS = ("--as", "transcripts")  # saves a look at what it is
TALK = """User: Solve problem 1.

LLM: Problem 1

(c) With the kernel known, the critical path is O(L).

User: Are you sure about 1(c)?

LLM: For (c) it is not O(L). Critical path: O(log L).
"""


COURSE: dict[str, Path] = {}


@pytest.fixture(scope="module", autouse=True)
def _course(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A course of one problem, which is loaded in no time."""
    root = tmp_path_factory.mktemp("course")
    (root / "problems").mkdir()
    shutil.copy(ROOT / "problems/homework/ssm-kernels.yaml", root / "problems")
    shutil.copytree(ROOT / "reference", root / "reference", ignore=shutil.ignore_patterns("__pycache__"))
    COURSE["root"] = root


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.md"
    path.write_text(TALK, encoding="utf-8")
    return path


def intake(*args: object) -> list[dict[str, object]]:
    done = grade_here("intake", *map(str, args), "--course", str(COURSE["root"]), "--json", cwd=ROOT)
    value = json.loads(done.out)
    assert isinstance(value, list)
    return value


def answers(survey: dict[str, object], turn: int | None, part: str) -> dict[str, object]:
    texts = survey["texts"]
    assert isinstance(texts, list)
    (text,) = [text for text in texts if text["turn"] == turn]
    (answer,) = [a for a in text["answers"] if f"{a['problem']}/{a['part']}" == part]
    assert isinstance(answer, dict)
    return answer


def test_turns_hints_and_candidates_are_shown(talk: Path) -> None:
    """Each turn with its place and the hint that was proposed; each answer with what else might have been it."""
    (survey,) = intake(talk, *TALK_IT_IS)
    turns = survey["turns"]
    assert isinstance(turns, list)
    assert [(t["role"], t["line"]) for t in turns] == [("user", 1), ("assistant", 3), ("user", 7), ("assistant", 9)]
    assert turns[2]["hint"]["proposed"] is True
    second = answers(survey, 2, "ssm-kernels/c.conv")
    assert second["text"] == "O(log L)"
    assert [(c["text"], c["fate"]) for c in second["candidates"]] == [("O(L)", "denied"), ("O(log L)", "chosen")]  # type: ignore[index, attr-defined]


def test_a_person_sees_it_on_one_page(talk: Path) -> None:
    """Without --json the same is a plain text."""
    done = grade_here("intake", str(talk), *TALK_IT_IS, "--course", str(COURSE["root"]), cwd=ROOT)
    assert done.code == 0
    for words in ("2 replies", "Answers in reply 2", "ssm-kernels/c.conv", "denied"):
        assert words in done.out


def test_an_edited_copy_is_read_in_place_of_the_original(talk: Path) -> None:
    """What a person corrects in the copy is what is graded; the original is not touched."""
    done = grade_here("intake", str(talk), *TALK_IT_IS, "--course", str(COURSE["root"]), "--edit", cwd=ROOT)
    copy = talk.with_name("talk.md.intake.md")
    assert f"wrote {copy}" in done.err
    copy.write_text(copy.read_text(encoding="utf-8").replace("O(log L)", "O(log d)"), encoding="utf-8")
    (survey,) = intake(talk, *TALK_IT_IS)
    assert answers(survey, 2, "ssm-kernels/c.conv")["text"] == "O(log d)"
    assert [d["code"] for d in survey["diagnostics"]] == ["input-copy"]  # type: ignore[attr-defined]
    assert talk.read_text(encoding="utf-8") == TALK


def test_a_copy_is_no_conversation_of_its_own(talk: Path) -> None:
    """A folder with a file and its copy holds one conversation."""
    grade_here("intake", str(talk), *TALK_IT_IS, "--course", str(COURSE["root"]), "--edit", cwd=ROOT)
    assert len(intake(talk.parent, "--as", "transcripts")) == 1


def test_a_copy_of_a_file_that_changed_says_so(talk: Path) -> None:
    """The copy is still read, with a warning."""
    grade_here("intake", str(talk), *TALK_IT_IS, "--course", str(COURSE["root"]), "--edit", cwd=ROOT)
    talk.write_text(TALK + "\nUser: Thanks.\n", encoding="utf-8")
    (survey,) = intake(talk, *TALK_IT_IS)
    assert [d["code"] for d in survey["diagnostics"]] == ["input-copy-stale"]  # type: ignore[attr-defined]


def test_a_copy_is_not_written_over(talk: Path) -> None:
    """A person's corrections are lost only with --force, and even then kept beside the new copy."""
    copy = talk.with_name("talk.md.intake.md")
    grade_here("intake", str(talk), *TALK_IT_IS, "--course", str(COURSE["root"]), "--edit", cwd=ROOT)
    copy.write_text("User: a\n\nLLM: corrected by hand\n", encoding="utf-8")
    again = grade_here("intake", str(talk), *TALK_IT_IS, "--course", str(COURSE["root"]), "--edit", cwd=ROOT)
    assert "intake-copy" in again.err
    assert "corrected by hand" in copy.read_text(encoding="utf-8")
    grade_here("intake", str(talk), *TALK_IT_IS, "--course", str(COURSE["root"]), "--edit", "--force", cwd=ROOT)
    assert "O(log L)" in copy.read_text(encoding="utf-8")
    assert "corrected by hand" in copy.with_name("talk.md.intake.md~").read_text(encoding="utf-8")


def test_a_submission_has_a_copy_too(tmp_path: Path) -> None:
    """For a student's folder each file that was read gets one."""
    paper = tmp_path / "ada" / "hw.tex"
    paper.parent.mkdir()
    paper.write_text(
        "\\documentclass{article}\n\\begin{document}\n% draft\n\\section*{Problem 1}\n(c) Critical path: "
        "$O(\\log L)$\n\\end{document}\n",
        encoding="utf-8",
    )
    (before,) = intake(tmp_path, "--as", "submissions", "--edit")
    copy = paper.with_name("hw.tex.intake.md")
    assert "draft" not in copy.read_text(encoding="utf-8")
    (after,) = intake(tmp_path, "--as", "submissions")
    for survey in (before, after):
        assert answers(survey, None, "ssm-kernels/c.conv")["text"] == "O(\\log L)"


def test_several_conversations_in_one_file_have_no_copy(tmp_path: Path) -> None:
    """The message says what to do instead."""
    file = tmp_path / "talks.jsonl"
    one = {"messages": [{"role": "user", "content": "Solve problem 1."}, {"role": "assistant", "content": "(c) O(L)"}]}
    file.write_text(f"{json.dumps(one)}\n" * 2, encoding="utf-8")
    done = grade_here("intake", str(file), *TALK_IT_IS, "--course", str(COURSE["root"]), "--edit", cwd=ROOT)
    assert "holds several conversations" in done.err
    assert not file.with_name("talks.jsonl.intake.md").exists()
