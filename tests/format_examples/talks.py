"""Conversations that people wrote down, copied or printed. Of each the turns are given, by who speaks."""

from __future__ import annotations

from intake.pdf.paper import Sheet, paper

from format_examples.base import AGAIN, ASK, DOUBT, SAY, Example, data, text

TURNS = ["user", "assistant", "user", "assistant"]
_GREY, _BLUE = "0.2 0.2 0.2", "0 0 1"


def _sheet(*said: tuple[str, str]) -> Sheet:
    """A page on which the turns stand below each other, those of the person in blue."""
    sheet, y = Sheet(), 790.0
    for role, words in said:
        for line in words.split("\n"):
            for start in range(0, max(1, len(line)), 80):
                sheet.text(60, y, line[start : start + 80], colour=_BLUE if role == "user" else _GREY)
                y -= 14
        y -= 14
    return sheet


_SAID = (
    ("user", ASK),
    ("assistant", SAY + "\n" + "Each term is three times the last one less one." * 4),
    ("user", DOUBT),
    ("assistant", AGAIN + "\n" + "So nothing changes in what I said about the sequence." * 4),
)

TALKS = [
    Example(
        "written talk",
        "labels, and a hint that is declared",
        text("t.md", f"User: {ASK}\n\nLLM: {SAY}\n\nUser (hint: neutral): {DOUBT}\n\nLLM: {AGAIN}\n"),
        read=TURNS,
    ),
    Example(
        "written talk",
        "headings that name the speakers",
        text(
            "t.md",
            f"## User\n\n{ASK}\n\n## Gemini 2.5 Pro\n\n{SAY}\n\n## User\n\n{DOUBT}\n\n## Gemini 2.5 Pro\n\n{AGAIN}\n",
        ),
        read=TURNS,
    ),
    Example(
        "written talk",
        "copied from a web page",
        text("t.txt", f"You said:\n{ASK}\n\nChatGPT said:\n{SAY}\n\nYou said:\n{DOUBT}\n\nChatGPT said:\n{AGAIN}\n"),
        read=TURNS,
    ),
    Example(
        "written talk",
        "remarks of whoever wrote it down",
        text("t.md", f"User: {ASK}\n\nLLM: {SAY}\n\n> Annotator: (a) is right.\n\nUser: {DOUBT}\n\nLLM: {AGAIN}\n"),
        read=TURNS,
    ),
    Example(
        "written talk",
        "a paper in which nobody asks",
        text("t.md", "# Problem 1\n\n(a) 14\n\n(b) increasing\n"),
        says="cannot be cut into turns",
    ),
    Example("printed talk", "the person's words in blue", data("t.pdf", paper(_sheet(*_SAID))), read=TURNS),
    Example(
        "printed talk",
        "labels",
        data(
            "t.pdf",
            paper(_sheet(*((role, f"{'User' if role == 'user' else 'LLM'}: {words}") for role, words in _SAID))),
        ),
        read=TURNS,
    ),
    Example("printed talk", "on two pages", data("t.pdf", paper(_sheet(*_SAID[:2]), _sheet(*_SAID[2:]))), read=TURNS),
    Example(
        "printed talk", "a photograph of a screen", data("t.pdf", paper(Sheet().picture(20, 20, 560, 820))), says="scan"
    ),
]
