"""The template engine, the assets and the security policy that all pages share."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.records import HintKind, Status
from grader.reports import numbers
from grader.reports.excerpts import sentences
from grader.reports.looks import HINT_LOOKS, STATUS_LOOKS
from grader.reports.mathml import formula

_HERE = Path(__file__).parent
# Lone surrogates cannot be written as UTF-8; HTML forbids the other controls.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


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
    )
    style, script = _asset("report.css"), _asset("report.js")
    env.globals.update(
        STATUS=STATUS_LOOKS,
        HINT=HINT_LOOKS,
        statuses=tuple(Status),
        hint_kinds=tuple(HintKind),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
    )
    return env


def render(template: str, **values: object) -> str:
    """A page: the template filled in, with characters that no file can hold replaced by U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", environment().get_template(template).render(values))


def _asset(name: str) -> str:
    return (_HERE / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
