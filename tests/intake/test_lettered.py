"""A line of nothing but letters in brackets answers a choice, and is no heading of parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from intake_sample import WHOLE

from grader.answers import get_type
from grader.intake.parts.lettered import sections_of

OPTIONS = get_type("choices").options_model(options={letter: f"case {letter}" for letter in "ABCD"})
ASKED = replace(
    WHOLE[0],
    parts=tuple(
        replace(part, type="choices", options=OPTIONS) if part.label == ("c",) else part for part in WHOLE[0].parts
    ),
)


def labels(text: str, inside: str) -> list[str]:
    """The labels of the sections of a text that is about a part before its first heading."""
    return [".".join(section.label) for section in sections_of(text, [ASKED], (ASKED.id, (inside,)))]


@pytest.mark.parametrize("line", ["(a) and (b)", "(a), (b), (d)", "(b), (c) and (d).", "(a), and (d)", "  (c) & (d)"])
def test_letters_alone_answer_the_choice(line: str) -> None:
    """Where the part that is being answered is one."""
    assert labels(f"I think so.\n\n{line}\n", "c") == ["c"]


@pytest.mark.parametrize(
    ("line", "inside"),
    [("(a) and (b)", "b"), ("(d), (e)", "b"), ("(a) y = Cx", "c"), ("(d) 5 and (e) 7", "c"), ("(a)", "c")],
)
def test_elsewhere_they_are_headings(line: str, inside: str) -> None:
    """Where another part is being answered, or the line says more, or less."""
    assert labels(f"I think so.\n\n{line}\n\nMore.\n", inside) != [inside]
