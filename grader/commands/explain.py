"""``grade explain``: what a word of the program means."""

from __future__ import annotations

import difflib
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from grader.commands import completing
from grader.commands.common import USAGE, shown, stop
from grader.diagnostics import operator_error

_MOST_EXAMPLES = 8
_TITLES = {"statuses": "status", "reasons": "reason", "codes": "error code"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the catalogue.

    Args:
        kind: ``status``, ``reason`` or ``error code``.
        text: what it means and what to do.
    """

    kind: str
    text: str


@click.command(
    "explain",
    short_help="Explain a status, a reason, an error code or an answer type.",
    epilog="\b\nExample: grade explain interval",
)
@click.argument("word", metavar="CODE|TYPE", required=False, shell_complete=completing.words)
@click.pass_context
def command(ctx: click.Context, word: str | None) -> None:
    """Explain a status, a reason, an error code or an answer type; without one, list them all."""
    from grader.answers import type_names

    if word is None:
        _list_all()
        return
    name = word.strip()
    entries = catalogue().get(name, [])
    for entry in entries:
        click.echo(f"{name} ({entry.kind})")
        click.echo(_indented(entry.text))
    if name in type_names():
        _explain_type(name)
    elif not entries:
        close = difflib.get_close_matches(name.lower(), [*catalogue(), *type_names()], n=3, cutoff=0.5)
        fix = f"Did you mean {' or '.join(close)}?" if close else "`grade explain` lists everything."
        stop([operator_error("explain-unknown", f"nothing here is called {name!r}", fix=fix)], USAGE)


def catalogue() -> dict[str, list[Entry]]:
    """Every status, reason and error code, with what it means; a word may have several meanings."""
    import yaml

    from grader.specs import CODES

    data = yaml.safe_load((Path(__file__).parent / "codes.yaml").read_text(encoding="utf-8"))
    found: dict[str, list[Entry]] = {}
    for section, title in _TITLES.items():
        for word, text in data[section].items():
            found.setdefault(word, []).append(Entry(title, text))
    for word, text in CODES.items():
        found.setdefault(word, []).append(Entry("error code", text))
    return found


def _list_all() -> None:
    """All words, by kind."""
    from grader.answers import get_type, type_names

    by_kind: dict[str, list[str]] = {title: [] for title in _TITLES.values()}
    for word, entries in catalogue().items():
        for entry in entries:
            by_kind[entry.kind].append(word)
    click.echo("Answer types")
    width = max(map(len, type_names()))
    for name in type_names():
        click.echo(f"  {name.ljust(width)}  {get_type(name).summary}")
    for kind, title in (("status", "Statuses"), ("reason", "Reasons"), ("error code", "Error codes")):
        click.echo(f"\n{title}")
        click.echo(_indented(", ".join(sorted(by_kind[kind]))))
    click.echo("\n`grade explain WORD` tells more about one of them.")


def _explain_type(name: str) -> None:
    """An answer type: its summary, options and examples."""
    from grader.answers import get_type

    kind = get_type(name)
    click.echo(f"{name} (answer type)")
    click.echo(_indented(kind.summary))
    fields = kind.options_model.model_fields
    if fields:
        click.echo("\nOptions, under `answer:` in a spec or as -o KEY=VALUE")
        width = max(map(len, fields))
        for option, field in fields.items():
            about = field.description or ("needed" if field.is_required() else f"default {field.default!r}")
            click.echo(f"  {option.ljust(width)}  {about}")
    click.echo("\nExamples")
    for example in kind.examples[:_MOST_EXAMPLES]:
        options = "".join(f" -o {key}={_plain(value)}" for key, value in example.options.items())
        click.echo(f"  {shown(example.response)!r}, expected {_plain(example.expected)!r}{options}")
        because = f"  {example.why}" if example.why else ""
        click.echo(f"      {example.status} ({example.reason or 'any reason'}){because}")


def _plain(value: Any) -> str:
    """A key or option in one line."""
    return value if isinstance(value, str) else str(value)


def _indented(text: str) -> str:
    """A paragraph, set in."""
    lines = textwrap.wrap(text, 96, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return "\n".join(lines)
