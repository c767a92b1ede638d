"""The pages of a review: the base, the styles and the macros of the reports, with templates of their own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from grader.reports import engine

_HERE = Path(__file__).parent
_FORMS = "'self'"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of the reports, which looks for templates here first."""
    shared = engine.environment()
    own = FileSystemLoader(_HERE / "templates")
    loader = ChoiceLoader([own, shared.loader] if shared.loader else [own])
    return shared.overlay(loader=loader, cache_size=50)


@lru_cache(maxsize=1)
def assets() -> tuple[str, str]:
    """Style and script of all pages."""
    style, script = engine.asset("base.css"), engine.asset("base.js")
    own = _HERE / "assets"
    return (
        f"{style}\n{(own / 'review.css').read_text(encoding='utf-8')}",
        f"{script}\n{(own / 'review.js').read_text(encoding='utf-8')}",
    )


def policy() -> str:
    """The content security policy, as a header: nothing is loaded, forms come back here, nobody may frame a page."""
    return f"{engine.policy(*assets(), forms=_FORMS)}; frame-ancestors 'none'"


def render(page: str, **values: object) -> str:
    """The page called ``page``, filled in.

    Args:
        page: name of one of the templates here.
        values: what it asks for.
    """
    return engine.filled(environment(), page, *assets(), values, forms=_FORMS)
