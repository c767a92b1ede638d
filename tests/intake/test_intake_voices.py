"""Who speaks, by the looks of the pages: colours, indents, and what only looks like them."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

from grader.intake.documents import Document, document_from_text
from grader.intake.layout import Layout, Look, MarginNote
from grader.intake.talks.talk import Talk, read_talk
from grader.intake.talks.voices import Voices, ink, voices
from grader.records import Confidence


class Line(NamedTuple):
    """A line with its look; ``more`` in a line goes on in it."""

    words: str
    colour: str = "#000000"
    left: float = 60.0
    size: float = 12.0
    page: int = 1
    more: bool = False


def laid(*lines: Line, notes: tuple[tuple[str, str], ...] = ()) -> Document:
    """A document of such lines; a note is given with the words after which it stands."""
    text, looks = "", []
    for line in lines:
        start = len(text)
        text += line.words + (" " if line.more else "\n\n")
        looks.append(Look(start, len(text), line.page, line.colour, line.left, line.size))
    margin = tuple(MarginNote(words, text.index(at) + len(at), 1) for words, at in notes)
    return replace(document_from_text(text, "talk.pdf", "markdown"), layout=Layout(tuple(looks), margin))


def told(document: Document) -> Voices:
    assert document.layout is not None
    return voices(document.text, document.layout)


def words(document: Document, ranges: list[tuple[int, int]]) -> list[str]:
    return [document.text[start:end].strip() for start, end in ranges]


def turns(talk: Talk) -> list[tuple[str, int, str]]:
    return [(one.role, one.number, " ".join(talk.text[one.start : one.end].split())) for one in talk.turns]


BLUE, RED, GREEN, GREY, INK = "#0000ff", "#cc0000", "#108020", "#6b6b70", "#101014"
REPLY = "The sum has $n$ terms, and so the loss is 0 for the first weights and 0.001 for the second ones."


@pytest.mark.parametrize(
    ("person", "model", "annotator"), [(BLUE, INK, RED), (GREEN, "#000000", BLUE), (INK, BLUE, RED)]
)
def test_prompts_replies_and_remarks_differ_in_colour(person: str, model: str, annotator: str) -> None:
    """Whatever the colours are: the long one is the model's, one asks, and one talks of the model."""
    document = laid(
        Line("Solve problem 3, please.", person),
        Line(REPLY, model),
        Line("This is right, but the LLM could say more of the sum.", annotator),
        Line("(b) " + REPLY, model),
        Line("Are you sure about (b)? Check your answer again.", person),
        Line("Yes: " + REPLY, model),
        Line("Claude doesn't see its slip.", annotator),
    )
    found = told(document)
    assert words(document, found.person) == [
        "Solve problem 3, please.",
        "Are you sure about (b)? Check your answer again.",
    ]
    assert len(found.annotator) == 2
    assert found.confidence is Confidence.HIGH
    talk = read_talk(document)
    assert turns(talk) == [
        ("user", 1, "Solve problem 3, please."),
        ("assistant", 1, f"{REPLY} (b) {REPLY}"),
        ("user", 2, "Are you sure about (b)? Check your answer again."),
        ("assistant", 2, f"Yes: {REPLY}"),
    ]
    assert all(one.inferred and one.confidence is Confidence.HIGH for one in talk.turns)
    assert [(one.turn, one.text) for one in talk.remarks] == [
        (1, "This is right, but the LLM could say more of the sum."), (2, "Claude doesn't see its slip."),
    ]  # fmt: skip


def test_the_colour_ends_a_prompt_that_has_a_label() -> None:
    """Its second paragraph is still the person's; a reply in its line is not."""
    document = laid(
        Line("User: Solve 3(c).", BLUE), Line("The levels are 4 and 1.", BLUE), Line(REPLY),
        Line("User: Is it not closed?", BLUE, more=True), Line("Well, [1, 4]."),
    )  # fmt: skip
    assert turns(read_talk(document)) == [
        ("user", 1, "Solve 3(c). The levels are 4 and 1."), ("assistant", 1, REPLY),
        ("user", 2, "Is it not closed?"), ("assistant", 2, "Well, [1, 4]."),
    ]  # fmt: skip


def test_coloured_words_within_lines_are_emphasis() -> None:
    """Code, links and keywords in colour are no voice, and neither is a coloured heading."""
    document = laid(
        Line("The loss is"), Line("small", RED, more=True), Line("and"), Line("import numpy", BLUE), Line(REPLY),
        Line("Result", BLUE), Line(REPLY),
    )  # fmt: skip
    assert told(document) == Voices()


def bubbles(at: float, other: float = 60.0) -> Document:
    return laid(
        Line("- image.png", left=at + 180, size=10.5),
        Line("PNG 20KB", left=at + 190, size=9),
        Line("Hi Claude, please solve problem 3 of my homework.", left=at),
        Line("W is a square matrix and X holds the data in it", left=at + 3.5),
        Line("Thought for 12s", GREY, left=other + 15),
        Line("The user wants the losses, so I need them.", GREY, left=other + 15, size=10.5),
        Line("# Part (a)", left=other, size=15),
        Line(REPLY, left=other),
        Line("- " + REPLY, left=other + 14),
        Line("L = 0", left=other + 170, size=14.5),
        Line(REPLY, left=other, page=2),
        Line("Why is it so?", left=at + 120, page=2),
        Line("Thought for 3s", GREY, left=other + 15, page=2),
        Line(REPLY, left=other, page=2),
        notes=(("Correct!", "second ones."), ("I gave it a hint.", "Why is it so?"), ("Mostly right.", "# Part (a)")),
    )


@pytest.mark.parametrize(("at", "other"), [(136.0, 60.0), (200.0, 72.0), (120.0, 40.0)])
def test_prompts_stand_further_right(at: float, other: float) -> None:
    """Short ones are set to the right margin; formulas and lists in a reply are no prompts, and thoughts no answers."""
    document = bubbles(at, other)
    talk = read_talk(document)
    assert turns(talk) == [
        ("user", 1, "- image.png PNG 20KB Hi Claude, please solve problem 3 of my homework. "
         "W is a square matrix and X holds the data in it"),
        ("assistant", 1, f"# Part (a) {REPLY} - {REPLY} L = 0 {REPLY}"),
        ("user", 2, "Why is it so?"),
        ("assistant", 2, REPLY),
    ]  # fmt: skip
    assert {one.confidence for one in talk.turns} == {Confidence.HIGH}


def test_a_short_prompt_on_the_right_may_ask_in_its_middle() -> None:
    """“Is that all? You need not do the rest.” is a prompt, although its question is not at its end."""
    document = laid(
        Line("Please solve problem 3 of my homework in full.", left=200), Line(REPLY, left=60), Line(REPLY, left=60),
        Line("And the work? It is not that of all powers.", left=290), Line(REPLY, left=60),
    )  # fmt: skip
    assert [role for role, _, _ in turns(read_talk(document))] == ["user", "assistant", "user", "assistant"]


def test_notes_in_the_margin_are_remarks() -> None:
    """Each with its reply and its place; beside a heading it is about what stands above."""
    document = bubbles(136.0)
    talk = read_talk(document)
    assert [(one.text, one.turn) for one in talk.remarks] == [
        ("Mostly right.", 1), ("Correct!", 1), ("I gave it a hint.", 2),
    ]  # fmt: skip
    reply = next(one for one in talk.turns if one.role == "assistant")
    correct = next(one for one in talk.remarks if one.text == "Correct!")
    assert document.text[: reply.start + correct.after].endswith("second ones.")
    assert [one.after for one in talk.remarks if one.text != "Correct!"] == [0, 0]


def test_an_indented_list_is_no_prompt() -> None:
    """Something has to stand before it that is not indented, or it has to ask."""
    document = laid(Line(REPLY), Line(REPLY, left=140), Line(REPLY), Line(REPLY, left=140), Line(REPLY))
    assert told(document) == Voices()
    assert turns(read_talk(document)) == []


@pytest.mark.parametrize(
    ("colour", "name"),
    [("#000000", "dark"), ("#0f1115", "dark"), ("#333538", "dark"), ("#61666b", "grey"), ("#ff0000", "red"),
    ("#c00010", "red"),
     ("#0000ff", "blue"), ("#1a56db", "blue"), ("#108020", "green"), ("#ffffff", "pale"), ("", "dark")],
)  # fmt: skip
def test_shades_of_one_colour_are_the_same(colour: str, name: str) -> None:
    """Links, headings and text of one page often differ by a shade."""
    assert ink(colour) == name


def test_a_third_colour_before_prompts_is_an_annotators() -> None:
    """Even where its words do not show it: it stands where replies end. Once, or within replies, it is an emphasis."""
    end = "The level of detail would do for a lecture."
    document = laid(
        Line("**User:**", more=True), Line("Solve problem 3, please.", BLUE), Line(REPLY), Line(end, RED),
        Line("**User:**", more=True), Line("Are you sure about (b)?", BLUE), Line(REPLY), Line(end, RED),
    )  # fmt: skip
    assert words(document, told(document).annotator) == [end, end]
    within = laid(Line("Solve problem 3, please.", BLUE), Line(end, RED), Line(REPLY), Line(end, RED), Line(REPLY))
    assert told(within).annotator == []
