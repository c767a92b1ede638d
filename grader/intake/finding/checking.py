"""Stretches of a text in which a result is only tried out: what stands under “Self-check” is no new answer."""

from __future__ import annotations

from collections.abc import Sequence

from grader.maths.reading.tokens import Kind, Token

_MOST_WORDS = 6
"""Words at most in a heading."""

_CHECKS = frozenset({"check", "checks", "checking", "verification", "verify", "verifying", "sanity"})
_TITLE = frozenset(
    "self overall quick sanity final consistency numerical double and of the my result results - :".split()
)


def check_stretches(tokens: Sequence[Token], words: Sequence[str]) -> list[tuple[int, int]]:
    """The stretches under headings that announce a check.

    Args:
        tokens: of the text.
        words: their spellings, in lower case.

    Returns:
        Pairs of the first token under the heading and the one past the stretch: up to the next heading where the
        heading is marked as one, else up to the next blank line.
    """
    found: list[tuple[int, int]] = []
    opened, marked = -1, False
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and tokens[end].kind is not Kind.NEWLINE:
            end += 1
        heading = at < end and tokens[at].kind is Kind.BULLET and tokens[at].text.startswith("#")
        if opened >= 0 and heading:
            found.append((opened, at))
            opened = -1
        if opened < 0 and _announces(words[at:end], heading):
            opened, marked = end, heading
        elif opened < 0 and _opens(words[at:end]):  # “Check: …” goes on to the end of its paragraph
            opened, marked = at, False
        blank = end < len(tokens) and tokens[end].text == "\n\n"
        if opened >= 0 and not marked and blank and opened <= at:
            found.append((opened, end))
            opened = -1
        at = end + 1
    if opened >= 0:
        found.append((opened, len(tokens)))
    return found


def _opens(words: Sequence[str]) -> bool:
    """Whether a line begins with the heading of a check, and goes on with it."""
    colon = next((at for at, word in enumerate(words[: _MOST_WORDS + 1]) if word == ":"), 0)
    return 0 < colon < len(words) - 1 and _announces(words[: colon + 1], heading=False)


def _announces(words: Sequence[str], heading: bool) -> bool:
    """Whether a line is the heading of a check, and nothing but that."""
    own = [word for word in words[1 if heading else 0 :] if word.isalpha() or word in ("-", ":")]
    return (
        0 < len(own) <= _MOST_WORDS
        and len(own) >= len(words) - 3  # pictures and marks beside it
        and bool(_CHECKS & set(own))
        and all(word in _CHECKS or word in _TITLE for word in own)
    )
