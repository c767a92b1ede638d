"""The template engine, the assets and the security policy that all pages share."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.records import HintKind, Status
from grader.reports import inline, numbers
from grader.reports.excerpts import clipped, gist, sentences, shorten
from grader.reports.looks import HINT_LOOKS, STATUS_LOOKS
from grader.reports.mathml import formula
from grader.reports.prose import prose

_HERE = Path(__file__).parent
# Lone surrogates cannot be written as UTF-8; HTML forbids the other controls.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

ASSETS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "class": (("base.css", "charts.css", "class.css"), ("base.js", "tables.js")),
    "student": (("base.css", "class.css"), ("base.js",)),
    "regrade": (("base.css", "regrade.css"), ("base.js", "tables.js")),
    "hints": (("base.css", "charts.css", "hints.css", "grid.css"), ("base.js", "grid.js", "filters.js")),
}
"""The files of style and script of each page."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The Jinja environment: everything escaped, undefined names are errors, compiled once."""
    env = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(
        exact=numbers.exact,
        percent=numbers.percent,
        of=numbers.of,
        plural=numbers.plural,
        formula=formula,
        sentences=sentences,
        prose=prose,
        shorten=shorten,
        clipped=clipped,
        gist=gist,
        day=numbers.day,
        p_value=numbers.p_value,
        between=numbers.between,
    )
    env.globals.update(
        inline=inline,
        STATUS=STATUS_LOOKS,
        HINT=HINT_LOOKS,
        statuses=tuple(Status),
        hint_kinds=tuple(HintKind),
    )
    return env


def render(page: str, /, **values: object) -> str:
    """The page called ``page``, filled in and with its assets; characters that no file can hold become U+FFFD.

    Args:
        page: one of :data:`ASSETS`.
        values: what the template asks for.
    """
    return filled(environment(), page, *assets(page), values)


def filled(
    env: Environment, page: str, style: str, script: str, values: Mapping[str, object], forms: str = "'none'"
) -> str:
    """A page with its style and script in it, and the policy that allows these and nothing else.

    Args:
        env: that has the template.
        page: name of the template.
        style, script: our own files, as texts.
        values: what the template asks for.
        forms: where forms may be sent to, in the words of a content security policy.
    """
    text = env.get_template(f"{page}.html.j2").render(
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own files
        policy=policy(style, script, forms),
        **values,
    )
    return printable(text)


def printable(text: str) -> str:
    """The text with U+FFFD for characters that no page can hold: lone surrogates, and controls but tab and line end."""
    return _UNPRINTABLE.sub("\ufffd", text)


def policy(style: str, script: str, forms: str = "'none'") -> str:
    """The content security policy of a page with this style and script, which loads nothing else."""
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action {forms}"


@lru_cache(maxsize=len(ASSETS))
def assets(page: str) -> tuple[str, str]:
    """Style and script of a page, each its files in their order as one text."""
    style, script = ASSETS[page]
    return "\n".join(map(asset, style)), "\n".join(map(asset, script))


def asset(name: str) -> str:
    """The text of one of the files of style and script."""
    return (_HERE / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
