"""Two parsers read YAML, the quick one of libyaml and PyYAML's own; what both read, they read alike."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.diagnostics import SpecError
from grader.specs import yaml_nodes
from grader.specs.findings import Source
from grader.specs.yaml_nodes import Node, read_nodes

ROOT = Path(__file__).parents[2]
PIECES = (
    *("a", "b c", "- ", "  ", "\n", "\n\n", "\n  ", ": ", ":", "[", "]", "{", "}", ", ", ",", "'", '"', "|\n", "> \n"),
    *("#x", "# y", "&a ", "*a", "!t ", "---\n", "...\n", "é", "\\n", '"\\u00e9"', "\u2028", "\x85", "0x1F", "~", "="),
    *("|2-\n", "@", "`", "-", "--", "\r\n", "😀", "   - ", "key: ", "- - ", "λ ∈ [1, 4]", "\t"),
    *("\ufeff", "\ud800", "<<: "),
)  # fmt: skip
needs_libyaml = pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without libyaml")


def read(text: str, monkeypatch: pytest.MonkeyPatch, *, quick: bool) -> tuple[Node, object] | tuple[str, ...]:
    """The tree and what is wrong with it, or the codes of the error."""
    with monkeypatch.context() as patch:
        if not quick:
            patch.setattr(yaml_nodes, "_FAST", None)
        try:
            node, findings = read_nodes(Source(text, "spec.yaml"))
        except SpecError as error:
            return tuple(one.code for one in error.diagnostics)
    return node, findings.sorted()


@needs_libyaml
def test_every_spec_of_the_course_is_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words, places and findings are the same to the character."""
    files = sorted((ROOT / "problems").rglob("*.yaml"))[::4]
    texts = [file.read_text(encoding="utf-8") for file in files]
    assert len(texts) > 5
    assert [read(t, monkeypatch, quick=True) for t in texts] == [read(t, monkeypatch, quick=False) for t in texts]


@needs_libyaml
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_pieces_of_yaml_are_read_alike(text: str) -> None:
    """Random pieces: the same tree or the same error."""
    monkeypatch = pytest.MonkeyPatch()
    assert read(text, monkeypatch, quick=True) == read(text, monkeypatch, quick=False)
