"""Without a network the task, the ladder and the scorer run with the stand-ins: no address is asked for."""

from __future__ import annotations

from pathlib import Path

from as_installed import distribution
from inspect_sample import inspect_command
from network_guard import guard


def test_no_command_of_inspect_asks_for_an_address(own_course: Path, tmp_path: Path) -> None:
    """Questions are asked, replies judged, hints given and logs scored, as after a clean install."""
    asked = tmp_path / "asked"
    site = distribution(tmp_path / "site")
    environment = {**guard(site, asked), "TIKTOKEN_CACHE_DIR": str(tmp_path / "no tokenizer")}
    task = ("eval", "grader/problems", "-T", "problems=damping", "--log-dir", "logs")
    for words in (
        (*task, "--model", "grade/right"),
        (*task, "--model", "grade/yields", "--solver", "grader/hint_ladder", "-S", "hints=misleading", "-S", "most=1"),
    ):
        assert "problems (2 samples)" in inspect_command(*words, cwd=own_course, site=site, **environment)
    log = str(next((own_course / "logs").glob("*.eval")))
    scored = ("--scorer", "grader/marks", "--action", "append", "--output-file", str(tmp_path / "scored.eval"))
    inspect_command("score", log, *scored, cwd=own_course, site=site, **environment)
    assert asked.read_text() == ""
