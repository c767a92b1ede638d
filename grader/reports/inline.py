"""Marks, kinds of hints and answers in a line of text: made once each, for large reports show them a million times."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from grader.records import HintKind, Result, Status
from grader.reports.excerpts import shorten
from grader.reports.looks import HINT_LOOKS, STATUS_LOOKS
from grader.reports.mathml import formula

SHORT = 90  # characters of an answer in a line
FORMULA = 64  # characters of the Unicode form up to which an answer is set as a formula


@lru_cache
def pill(status: Status | None) -> Markup:
    """A mark as a coloured word with its glyph."""
    look = STATUS_LOOKS[status]
    return Markup('<span class="pill s-{}"><span aria-hidden="true">{}</span> {}</span>').format(
        look.css, look.glyph, look.word
    )


@lru_cache
def glyph(status: Status | None) -> Markup:
    """A mark as its glyph, with the word for screen readers."""
    look = STATUS_LOOKS[status]
    return Markup('<span class="g s-{}" aria-hidden="true">{}</span><span class="sr">{}</span>').format(
        look.css, look.glyph, look.word
    )


@lru_cache
def hint_pill(kind: HintKind | None, proposed: bool = False) -> Markup:
    """A kind of hint as a coloured word with its glyph; with a star where a rule proposed it."""
    look = HINT_LOOKS[kind]
    star = Markup('<abbr title="proposed by rule, not declared">*</abbr>') if proposed else ""
    return Markup(
        '<span class="pill h-{}"><span aria-hidden="true">{}</span> <span class="word">{}</span>{}</span>'
    ).format(look.css, look.glyph, look.word, star)


def words(result: Result, most: int = SHORT) -> Markup:
    """An answer: as a formula where it was read and is short, else its first words.

    Args:
        most: characters of the words.
    """
    read_as = result.verdict.read_as
    if read_as is not None and len(read_as.unicode) <= FORMULA:
        return Markup('<bdi class="math">') + formula(read_as) + Markup("</bdi>")
    text = read_as.unicode if read_as is not None else result.claim.text
    if not text:
        return Markup('<span class="quiet">no answer</span>')
    return Markup("<bdi>") + escape(shorten(text, most)) + Markup("</bdi>")


def answer(result: Result, most: int = SHORT) -> Markup:
    """An answer behind the glyph of its mark."""
    return glyph(result.verdict.status) + Markup(" ") + words(result, most)


def changed(pieces: Iterable[tuple[str, str]]) -> Markup:
    """Words with what was taken out and put in.

    Args:
        pieces: kind (``same``, ``del`` or ``ins``) and text of each stretch.
    """
    return Markup().join(_MARKED[kind].format(text) for kind, text in pieces)


_MARKED = {"same": Markup("{}"), "del": Markup("<del>{}</del>"), "ins": Markup("<ins>{}</ins>")}
