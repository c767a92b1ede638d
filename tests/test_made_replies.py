"""The made replies of the large benchmarks: the same every time, as distinct as they say, and graded as planted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import wording
from benchmarks.as_planted import Agreement, agreement
from benchmarks.items import Item, items, make_course
from benchmarks.replies import LOADS, SILENT, Load, Maker, repeated, write_jsonl
from grader.analysis.index import RunIndex
from grader.batch import grade_transcripts
from grader.commands.outputs import write_outputs
from grader.intake.chats import Chat, read_chats
from grader.specs import load_course


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "course"
    make_course(root, 40)
    return root


@pytest.fixture(scope="module")
def questions(course: Path) -> tuple[Item, ...]:
    return items(course)


def test_the_course_is_sound_and_has_many_types(course: Path, questions: tuple[Item, ...]) -> None:
    """Its specs load without errors, each question has right and wrong answers, and no answer is both."""
    assert load_course(course).sound
    assert len(questions) == 40
    assert len({item.type for item in questions}) >= 6
    for item in questions:
        assert item.right and item.wrong and not set(item.right) & set(item.wrong)
        assert "{{" not in item.prompt


def test_the_answers_of_the_real_transcripts_are_among_them(questions: tuple[Item, ...]) -> None:
    """Right ones and wrong ones, by the verdict of the derived truth."""
    said = {answer for item in questions for answer in (*item.right, *item.wrong)}
    assert said & {"O(log L)", "O(log(dL))", "O(n³ log L)", "λ > 0.001", "1 ≤ λ ≤ 4", "O(nL)", "O(d²)"}


def test_the_same_load_gives_the_same_replies(questions: tuple[Item, ...], tmp_path: Path) -> None:
    """Byte for byte; another seed gives others; and a conversation does not depend on those before it."""
    one, other = Maker(questions, LOADS["cold"]), Maker(questions, Load(1.0, 4, seed=1))
    for name, maker in (("a", one), ("b", Maker(questions, LOADS["cold"])), ("c", other)):
        write_jsonl(tmp_path / name, maker, 200)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != (tmp_path / "c").read_bytes()
    talks = list(one.talks(100))
    assert next(one.talks(50, start=7)) == talks[7]
    assert sum(len(talk.replies) for talk in talks) == 100


@pytest.mark.parametrize(("name", "least", "most"), [("cold", 1.0, 1.0), ("natural", 0.35, 0.75)])
def test_replies_are_as_distinct_as_the_load_says(
    questions: tuple[Item, ...], name: str, least: float, most: float
) -> None:
    """Of 10,000 replies the share whose words occur once only; in a natural load some short ones do so by chance."""
    assert least <= 1 - repeated(Maker(questions, LOADS[name]), 10_000) <= most


def test_marks_differ() -> None:
    """The sentence that makes a reply distinct differs for each place."""
    assert len({wording.mark(place) for place in range(50_000)}) == 50_000


def test_the_file_is_read_as_written(questions: tuple[Item, ...], tmp_path: Path) -> None:
    """As chats of OpenAI's kind, with hints declared and labels of no account."""
    maker = Maker(questions, LOADS["natural"])
    write_jsonl(tmp_path / "r.jsonl", maker, 100)
    read = list(read_chats(tmp_path / "r.jsonl"))
    for chat, talk in zip(read, maker.talks(100), strict=True):
        assert isinstance(chat, Chat)
        assert (chat.id, chat.model) == (talk.id, talk.model)
        assert [one.text for one in chat.messages if one.role == "assistant"] == [made.text for made in talk.replies]
        assert [one.hint for one in chat.messages if one.role == "user"][1:] == [m.hint[0] for m in talk.replies[1:]]


def test_a_log_of_inspect_is_read_as_written(questions: tuple[Item, ...], tmp_path: Path) -> None:
    """Written by Inspect, and read without it: replies and hints."""
    pytest.importorskip("inspect_ai", reason="the writer of logs comes with the extra `bench`")
    from benchmarks.eval_logs import write_log

    maker = Maker(questions, LOADS["natural"])
    write_log(tmp_path / "r.eval", maker, 20)
    read = list(read_chats(tmp_path / "r.eval"))
    talks = list(maker.talks(1000))[:20]
    for chat, talk in zip(read, talks, strict=True):
        assert isinstance(chat, Chat)
        assert [one.text for one in chat.messages if one.role == "assistant"] == [made.text for made in talk.replies]
        assert [one.hint for one in chat.messages if one.role == "user"][1:] == [m.hint[0] for m in talk.replies[1:]]


def test_replies_are_graded_as_planted(course: Path, questions: tuple[Item, ...], tmp_path: Path) -> None:
    """Through the whole pipeline, on few hundred replies; no wrong answer passes for a right one."""
    write_jsonl(tmp_path / "r.jsonl", Maker(questions, LOADS["cold"]), 300)
    run = grade_transcripts(load_course(course), tmp_path / "r.jsonl", workers=1)
    write_outputs(RunIndex(run), tmp_path / "out")
    found = agreement(tmp_path / "r.jsonl", tmp_path / "out/results.jsonl")
    assert found.replies == 300
    assert found.agree >= 0.93 * 300, found
    assert not [key for key in found.others if key[0] == "wrong" and key[1] == "correct"], found


def test_what_is_not_as_planted_is_counted(tmp_path: Path) -> None:
    """By label and status; a silent reply has to carry the answer before it; results for other problems are strays."""
    planted = ["right", "wrong", SILENT, "unreadable"]
    messages = [{"role": "assistant", "content": "x", "planted": label} for label in planted]
    talk = {"id": "t", "metadata": {"problem": "p"}, "messages": messages}
    (tmp_path / "r.jsonl").write_text(json.dumps(talk) + "\n")
    rows = [("p", 1, "correct", False), ("q", 1, "missing", False), ("p", 2, "correct", False)]
    rows += [("p", 3, "correct", True), ("p", 4, "missing", False)]
    lines = [
        json.dumps(
            {"subject": "t", "problem": problem, "part": "a", "turn": turn, "status": status, "carried": carried}
        )
        for problem, turn, status, carried in rows
    ]
    (tmp_path / "results.jsonl").write_text("\n".join(lines) + "\n")
    found = agreement(tmp_path / "r.jsonl", tmp_path / "results.jsonl")
    assert (found.replies, found.agree, found.strays) == (4, 2, 1)
    assert found.others == {("wrong", "correct"): 1, ("unreadable", "missing"): 1}
    assert "2 of 4 replies were graded as planted" in str(found)
    assert str(Agreement(3, 3)) == "3 of 3 replies were graded as planted."


def test_another_order_is_an_error(tmp_path: Path) -> None:
    """Results that are not those of the input are not counted as if they were."""
    talk = {"id": "t", "metadata": {"problem": "p"}, "messages": [{"role": "assistant", "planted": "right"}]}
    (tmp_path / "r.jsonl").write_text(json.dumps(talk) + "\n")
    (tmp_path / "results.jsonl").write_text(json.dumps({"subject": "u", "problem": "p", "turn": 1}) + "\n")
    with pytest.raises(ValueError, match="t: expected a result"):
        agreement(tmp_path / "r.jsonl", tmp_path / "results.jsonl")
