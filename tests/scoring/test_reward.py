"""A reward is the credit of a reply, in threads and processes alike; what has no mark is worth what was chosen."""

from __future__ import annotations

import math
import multiprocessing
import pickle
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import grader
from grader.diagnostics import InputError, SpecError
from grader.records import Status
from grader.scoring.check import check_line
from grader.scoring.reward import Reward
from grader.specs import Course, load_course

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "grader/commands/course"
RIGHT, PARTLY, WRONG = "It swings through for 0 <= c < 4.", "0 <= c <= 4", "c > 4"
UNDECIDED, MISSING, UNREADABLE = "either c < 4 or c < 5", "I do not know.", "Answer: 0 <= c < < 4"


def swings(**chosen: Any) -> Reward:
    """The reward for damping/a of the small course."""
    return grader.reward("damping", "a", SMALL, **chosen)


def test_reward_is_the_packages_own_name() -> None:
    """As ``check`` is; training loops log it by its part."""
    assert "reward" in grader.__all__
    worth = swings()
    assert worth.__name__ == "damping/a"
    assert [worth(RIGHT), worth(PARTLY), worth(WRONG)] == [1.0, pytest.approx(2 / 3), 0.0]


@cache
def bank() -> Course:
    """The repository's own course."""
    return load_course(ROOT)


@pytest.mark.parametrize("name", ["ssm-kernels", "purification", "ridge-attention", "norms", "claims-norms"])
def test_a_reward_is_the_credit_that_check_gives(name: str) -> None:
    """For every answer that the bank's specs accept, reject or foresee; what has no mark is worth what was chosen."""
    problem = bank().problem(name)
    for part in problem.parts:
        if part.type == "rubric":
            continue
        worth = grader.reward(name, part.id, ROOT, unreadable=-1, missing=-2, undecided=-3, failed=-4)
        instead = {"unreadable": -1.0, "missing": -2.0, "undecided": -3.0, "failed": -4.0}
        texts = (*part.accept, *part.reject, *(one.answer for one in part.mistakes if one.answer))
        for text in texts:
            judged = check_line({"problem": name, "part": part.id, "response": text}, bank())
            expected = judged["credit"] if judged["credit"] is not None else instead[judged["status"]]
            assert worth(text) == expected, (part.id, text)
            assert worth.verdict(text).status.value == judged["status"]
        assert worth(part.accept[0]) == 1.0


# ---------------------------------------------------------------- what has no mark


@pytest.mark.parametrize(
    ("text", "status", "default"),
    [(UNREADABLE, "unreadable", 0.0), (MISSING, "missing", 0.0), ("", "missing", 0.0), (UNDECIDED, "undecided", None)],
)
def test_what_has_no_mark_is_worth_what_was_chosen(text: str, status: str, default: float | None) -> None:
    """By default 0 where the model is to blame, and nothing where the grader cannot tell."""
    assert swings().verdict(text).status.value == status
    assert swings()(text) == default
    assert swings(**{status: 0.5})(text) == 0.5
    assert swings(**{status: None})(text) is None
    assert math.isnan(swings(**{status: math.nan})(text) or 0)


@pytest.mark.parametrize("value", ["half", True, [0]])
def test_a_worth_is_a_number(value: Any) -> None:
    """Anything else is refused when the reward is made."""
    with pytest.raises(InputError, match="undecided is"):
        swings(undecided=value)


@pytest.mark.parametrize(
    ("problem", "part", "says"), [("damping", "z", "no part damping/z"), ("door", "a", "no part door/a")]
)
def test_an_unknown_part_is_told_when_the_reward_is_made(problem: str, part: str, says: str) -> None:
    """And not in the middle of a training run."""
    with pytest.raises(InputError, match=says):
        grader.reward(problem, part, SMALL)


def test_without_a_course_an_answer_or_a_machine_there_is_no_reward(tmp_path: Path) -> None:
    """No course, a part that a person decides, a solver that fails."""
    with pytest.raises(InputError, match="no course in"):
        grader.reward("damping", "a", tmp_path / "nowhere")
    with pytest.raises(InputError, match="a person decides"):
        grader.reward("ssm-kernels", "d.strategy", ROOT)
    broken = shutil.copytree(SMALL, tmp_path / "course")
    with (broken / "reference/damping.py").open("a", encoding="utf-8") as solver:
        solver.write("\n\ndef swinging(stiffness):\n    raise ValueError('it is stuck')\n")
    with pytest.raises(SpecError, match="it is stuck"):
        grader.reward("damping", "a", broken)
    other = shutil.copytree(SMALL, tmp_path / "other")
    (other / "problems/damping.yaml").write_text("id: damping\n", encoding="utf-8")
    with pytest.raises(SpecError, match=r"damping\.yaml"):
        grader.reward("damping", "a", other)


# ---------------------------------------------------------------- what a training loop passes


def test_a_batch_is_called_as_trl_calls_it() -> None:
    """By name, with prompts, token ids and the columns of the data set; the reward of each in a list."""
    worth = swings()
    passed = {"prompts": ["?"] * 3, "completion_ids": [[1], [2], [3]], "trainer_state": object(), "level": [1, 2, 3]}
    assert worth(completions=[RIGHT, WRONG, UNDECIDED], **passed) == [1.0, 0.0, None]
    assert worth([RIGHT, WRONG]) == [1.0, 0.0]
    assert worth(completions=[]) == []


def test_messages_count_by_what_the_model_said_last() -> None:
    """A conversation, one message, contents in pieces; thinking aloud is not read."""
    worth = swings()
    said = [
        {"role": "assistant", "content": WRONG},
        {"role": "user", "content": "?"},
        {"role": "assistant", "content": RIGHT},
    ]
    pieces = [{"role": "assistant", "content": [{"type": "text", "text": RIGHT}]}]
    assert worth(completions=[said, pieces, [said[0]]]) == [1.0, 1.0, 0.0]
    assert worth(said) == worth(said[2]) == 1.0
    assert worth(f"<think>Perhaps {WRONG}.</think>\n\n{RIGHT}") == 1.0
    with pytest.raises(InputError, match="a completion is int"):
        worth(completions=[3])  # type: ignore[list-item]


def test_in_a_data_set_of_several_parts_each_has_its_own_reward() -> None:
    """The columns ``problem`` and ``part`` say which reply is about which; the others have none."""
    columns = {"problem": ["damping"] * 3, "part": ["a", "b", "a"]}
    texts = [RIGHT, "B", WRONG]
    assert swings()(completions=texts, **columns) == [1.0, None, 0.0]
    assert grader.reward("damping", "b", SMALL)(completions=texts, **columns) == [None, 1.0, None]


# ---------------------------------------------------------------- threads and processes

TEXTS = [RIGHT, PARTLY, WRONG, UNDECIDED, MISSING, UNREADABLE, *(f"c < {number / 2}" for number in range(24))]


def test_eight_threads_get_what_one_gets() -> None:
    """Also of a part that is decided in ball arithmetic, whose precision is of the whole process."""
    for make in (swings, lambda: grader.reward("purification", "c", ROOT), lambda: grader.reward("norms", "two", ROOT)):
        alone = make()(completions=TEXTS)
        shared = make()
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(shared, TEXTS * 8))
        assert found == alone * 8


@pytest.mark.parametrize("method", ["spawn", "fork", "forkserver"])
def test_processes_get_what_this_one_gets(method: str) -> None:
    """Sent to processes that are started in any way; the right answer goes along."""
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"there is no {method} here")
    worth = swings()
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        assert list(pool.map(worth, TEXTS, chunksize=10)) == worth(completions=TEXTS)


def test_a_pickled_reward_needs_no_course(tmp_path: Path) -> None:
    """It carries the part and its right answer, and no lock, cache or process."""
    course = shutil.copytree(SMALL, tmp_path / "course")
    made = grader.reward("damping", "a", course, undecided=0.25)
    made(RIGHT)
    packed = pickle.dumps(made)
    shutil.rmtree(course)
    worth = pickle.loads(packed)  # noqa: S301 - our own
    assert worth(completions=[RIGHT, UNDECIDED]) == [1.0, 0.25]
    assert len(packed) < 100_000


# ---------------------------------------------------------------- bounds


@pytest.mark.parametrize(
    "make",
    [
        lambda: "(" * 100_000, lambda: "x" * 199_999, lambda: "9" * 50_000, lambda: "c < " * 40_000,
        lambda: "10^" * 2_000 + "10", lambda: "\x00\ud800\u202e", lambda: "```\n" * 20_000, lambda: "$" * 50_000,
    ],
)  # fmt: skip
def test_hostile_replies_are_worth_nothing(make: Callable[[], str]) -> None:
    """They end by themselves, for reading and comparing have limits; none is right."""
    assert swings()(make()) in (0.0, None)


def test_a_reply_that_is_too_long_is_unreadable() -> None:
    """So that length earns no way out of the reward."""
    worth = swings(unreadable=-1.0)
    assert worth("c < 4 " * 40_000) == -1.0
    assert worth.verdict("c < 4 " * 40_000).reason == "too_long"


def slow(asked: object, text: str) -> Any:
    """A judge that hangs on one reply."""
    import time

    from grader.scoring.reward import _verdict

    if text == "hang":
        time.sleep(60)
    return _verdict(asked, text)  # type: ignore[arg-type]


def test_with_a_timeout_a_reply_that_hangs_is_failed_and_the_next_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its worker is ended; what was chosen for ``failed`` is its worth."""
    monkeypatch.setattr("grader.scoring.reward._verdict", slow)
    worth = swings(timeout=4.0, failed=-1.0)
    assert worth(completions=[RIGHT, "hang", WRONG]) == [1.0, -1.0, 0.0]
    assert worth.verdict("hang").status is Status.FAILED


def test_what_is_kept_is_bounded() -> None:
    """The last replies are known again, long ones by their digest; nothing else is kept."""
    worth = swings(remembered=3)
    long = "Step.\n" * 5_000 + "\nAnswer: 0 <= c < 4"
    for text in (*TEXTS, long):
        worth(text)
    assert len(worth._worth) == 3
    assert max(len(key) for key in worth._worth) <= 200
    assert worth(long) == 1.0
    assert swings(remembered=0)(completions=[RIGHT, RIGHT]) == [1.0, 1.0]
