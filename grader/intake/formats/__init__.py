"""Document formats, one file each, found by discovery.

A format is a module of this package with one subclass of :class:`~.base.Format`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from grader.intake.formats.base import Format


@cache
def formats() -> tuple[Format, ...]:
    """All formats, the ones with the surest signs first."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(sorted((kind() for kind in Format.__subclasses__()), key=lambda f: f.rank))


@cache
def format_named(name: str) -> Format:
    """The format called ``name``; KeyError if there is none."""
    for known in formats():
        if known.name == name:
            return known
    raise KeyError(name)


def suffixes() -> frozenset[str]:
    """File name endings of answers, lower case with the dot."""
    return frozenset(suffix for known in formats() for suffix in known.suffixes)


def sniff(text: str, suffix: str) -> Format:
    """The format of a text: by its ending where that names one, else by what the text shows.

    The ending of plain text says nothing: seen in the wild, ``.txt`` holds Markdown and LaTeX too.
    ``.md`` and ``.tex`` are believed, for a Markdown file may quote LaTeX, where ``%`` starts a comment.

    Args:
        text: the document.
        suffix: ending of its name with the dot, "" if it has none.
    """
    plain = format_named("text")
    for known in formats():
        if known is not plain and suffix.lower() in known.suffixes:
            return known
    return next((known for known in formats() if known.shows(text)), plain)
