"""Notebooks: Markdown and outputs are read in order, and nothing is run."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.diagnostics import InputError
from grader.intake.extract import extractor_of
from grader.intake.extract.notebook import Notebook


def book(*cells: dict[str, Any], **more: Any) -> bytes:
    """A notebook of version 4."""
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **more}).encode()


def code(source: Any, *outputs: dict[str, Any]) -> dict[str, Any]:
    """A cell of code with what it shows."""
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": {}, "execution_count": 1}


def markdown(*lines: str) -> dict[str, Any]:
    """A cell of Markdown, in lines as Jupyter writes them."""
    return {"cell_type": "markdown", "source": list(lines), "metadata": {}}


STREAM = {"output_type": "stream", "name": "stdout", "text": ["0.51\n"]}
RESULT = {"output_type": "execute_result", "data": {"text/plain": "array([0, 1])", "image/png": "x"}, "metadata": {}}


@pytest.mark.parametrize(
    ("data", "text", "left_out"),
    [
        (book(markdown("# Problem 1\n", "\n", "(a) $y = 2$")), "# Problem 1\n\n(a) $y = 2$", ()),
        (
            book(markdown("(b)"), code("print(y)", STREAM), code("K", RESULT)),
            "(b)\n\n```python\nprint(y)\n```\n\n```\n0.51\n```\n\n```python\nK\n```\n\n```\narray([0, 1])\n```",
            ("1 picture",),
        ),
        (book(code("s = '```'")), "~~~~~~python\ns = '```'\n~~~~~~", ()),
        (book(), "", ()),
        (book(code("1/0", {"output_type": "error", "ename": "ZeroDivisionError"}), 3), "```python\n1/0\n```", ()),  # type: ignore[arg-type]
        (
            json.dumps(
                {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": "x", "outputs": []}]}]}
            ).encode(),
            "```python\nx\n```",
            (),
        ),
    ],
)
def test_cells_come_in_order(data: bytes, text: str, left_out: tuple[str, ...]) -> None:
    """Markdown as it is, code and what it showed in fences; pictures are told."""
    found = Notebook().extract(data, "a.ipynb")
    assert (found.text, found.left_out) == (text, left_out)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"nbformat": 4}', b'{"cells": 3}', b"\xff\xfe", b"[" * 100_000])
def test_a_broken_notebook_is_an_error(data: bytes) -> None:
    """It says what is wrong and what to do."""
    with pytest.raises(InputError, match="notebook that cannot be read") as caught:
        Notebook().extract(data, "a.ipynb")
    assert caught.value.diagnostics[0].fix


def test_a_notebook_is_known_by_its_content_too() -> None:
    """A renamed one is read all the same."""
    assert isinstance(extractor_of(book(), ".txt"), Notebook)
    assert extractor_of(b"# Problem 1", ".txt") is None


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "code", "outputs": 7}, {"cell_type": "code", "outputs": {"text": "x"}}, {"attachments": 7},
        {"cell_type": [], "source": {}}, {"cell_type": "code", "outputs": [{"data": {"text/plain": 7}}, {"text": {}}]},
        {"cell_type": "code", "execution_count": int("9" * 4300)},
    ],
)  # fmt: skip
def test_a_cell_of_wrong_types_costs_itself(cell: dict[str, Any]) -> None:
    """The other cells are read."""
    data = book(markdown("# Problem 1"), cell, markdown("(a) 2")).replace(b"9" * 4300, b"9" * 9000)
    assert Notebook().extract(data, "a.ipynb").text.split() == ["#", "Problem", "1", "(a)", "2"]


@pytest.mark.parametrize("cells", [7, {"a": "b"}, None, "x"])
def test_sheets_without_cells_hold_nothing(cells: Any) -> None:
    """Version 3 of the format, with something else in the place of the cells."""
    assert Notebook().extract(json.dumps({"worksheets": [{"cells": cells}]}).encode(), "a.ipynb").text == ""
