"""`--engine ray`: what is said where Ray is absent, where no cluster answers, and where none was asked."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from command_line import grade, grade_here


def test_without_the_extra_it_is_named(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install; nothing is graded."""
    monkeypatch.setitem(sys.modules, "ray", None)
    done = grade_here("transcripts", "transcripts", "--engine", "ray", cwd=course)
    assert done.code == 2
    assert "[ray-extra]" in done.err
    assert "pip install 'ray>=2.52" in done.err
    assert not (course / "out/run.sqlite").exists()


@pytest.mark.skipif(find_spec("ray") is None, reason="Ray is in the extra [ray]")
def test_a_cluster_that_does_not_answer_is_named(course: Path) -> None:
    """The message says at which address, and how to start one."""
    done = grade("transcripts", "transcripts", "--engine", "ray", "--ray-address", "127.0.0.1:1", cwd=course)
    assert (done.code, done.out) == (2, "")
    assert "no Ray cluster of use at 127.0.0.1:1: " in done.err
    assert "`ray start --head`" in done.err


def test_an_address_without_the_engine_is_a_mistake(course: Path) -> None:
    """Who gives an address expects a cluster to work."""
    done = grade_here("transcripts", "transcripts", "--ray-address", "auto", cwd=course)
    assert done.code == 2
    assert "only --engine ray asks a cluster" in done.err
