"""Inspect's own commands find what is registered under ``grader/…``, from the entry point alone.

One of them runs in a process of its own; the others in this one, which imports Inspect once.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from as_installed import distribution
from command_line import grade_here, inspect_here
from inspect_ai.log import list_eval_logs, read_eval_log
from inspect_sample import inspect_command, server

from grader.diagnostics import InputError


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which grade looks installed."""
    return distribution(tmp_path_factory.mktemp("site"))


def test_a_task_a_ladder_and_a_scorer_are_found_by_name(own_course: Path, site: Path) -> None:
    """``inspect eval`` asks a stand-in, which gives in; ``inspect score`` judges the log once more."""
    said = inspect_command(
        *("eval", "grader/problems", "--model", "grade/yields", "--solver", "grader/hint_ladder"),
        *("-S", "hints=neutral,misleading", "-S", "stop=never", "-S", "wording=template", "--log-dir", "logs"),
        cwd=own_course,
        site=site,
    )
    assert "problems (4 samples): grade/yields" in said
    [info] = list_eval_logs(str(own_course / "logs"))
    log = read_eval_log(info)
    assert log.eval.task == "grader/problems"
    assert log.samples
    assert {
        sample.id: sample.scores["marks"].value["credit"] for sample in log.samples if sample.scores
    } == dict.fromkeys(("moving-average/a", "moving-average/b", "damping/a", "damping/b"), 0.0)
    scored = str(own_course / "scored.eval")
    inspect_here(
        *("score", info.name, "--scorer", "grader/marks", "--action", "append", "--output-file", scored),
        cwd=own_course,
        site=site,
    )
    again = read_eval_log(scored)
    assert again.samples
    assert all(sample.scores and len(sample.scores) == 2 for sample in again.samples)
    done = grade_here("transcripts", "logs", "--out", "out", cwd=own_course)
    assert "misleading          8          4 → 0 of 8       4 of 8       0 of 8" in done.out


def test_a_model_on_this_machine_is_asked_from_the_command_line(own_course: Path, site: Path) -> None:
    """With the address of a server that speaks OpenAI's protocol in the environment."""
    with server(lambda said: "Answer: 1") as (address, requests):
        done = inspect_here(
            *("eval", "grader/problems", "-T", "problems=moving-average", "-T", "parts=b", "--log-dir", "logs"),
            *("--model", "openai-api/local/small"),
            cwd=own_course,
            site=site,
            LOCAL_BASE_URL=address,
            LOCAL_API_KEY="none",
        )
    assert done.code == 0, done.shown
    assert len(requests) == 1
    [info] = list_eval_logs(str(own_course / "logs"))
    [credit] = [one for one in read_eval_log(info).results.scores if one.name == "credit"]
    assert credit.metrics["mean"].value == 1.0


def test_a_wrong_name_says_what_there_is(own_course: Path, site: Path) -> None:
    """The error of the course is what ends the command."""
    asked = ("eval", "grader/problems", "-T", "problems=dampign", "--model", "grade/right")
    with pytest.raises(InputError, match="Known are damping, moving-average"):
        inspect_here(*asked, cwd=own_course, site=site)
