"""What a shell completes for a value: problems and parts of the course, layouts, formats, answer types, words.

A shell waits for each of these, so no spec is loaded: identifiers and titles are read off the first lines of its text,
and a course that is wrong somewhere, or not there, completes nothing rather than fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem

MOST_SPECS = 2_000
_MOST_TEXT = 64 * 1024  # bytes of a spec that are looked into
_ID = re.compile(r"^id:[ \t]*[\"']?([A-Za-z0-9_-]+)", re.MULTILINE)
_TITLE = re.compile(r"^title:[ \t]*[\"']?([^\n]*?)[\"']?[ \t]*$", re.MULTILINE)
_PART = re.compile(r"^[ \t]+-[ \t]+id:[ \t]*[\"']?([A-Za-z0-9._-]+)", re.MULTILINE)


def problems(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Folders and ids of problems, with the titles."""
    specs = list(_specs(ctx))
    folders = dict.fromkeys(folder for folder, _ in specs if folder and folder.isprintable())
    found = [CompletionItem(folder, help="all problems of this folder") for folder in folders]
    found += (CompletionItem(name, help=title) for _, text in specs for name, title in _named(text))
    return _fitting(found, incomplete)


def ids(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of problems, with the titles."""
    found = (CompletionItem(name, help=title) for _, text in _specs(ctx) for name, title in _named(text))
    return _fitting(found, incomplete)


def parts(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Parts of the problem that is named by --problem."""
    wanted = ctx.params.get("problem")
    texts = (text for _, text in _specs(ctx) if wanted in {name for name, _ in _named(text)})
    return _fitting((CompletionItem(name) for text in texts for name in _PART.findall(text)), incomplete)


def places(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Problems; after ``ID/`` the parts of that problem."""
    problem, slash, _part = incomplete.partition("/")
    specs = [(name, title, text) for _, text in _specs(ctx) for name, title in _named(text)]
    if not slash:
        return _fitting((CompletionItem(name, help=title) for name, title, _ in specs), incomplete)
    texts = (text for name, _, text in specs if name == problem)
    return _fitting((CompletionItem(f"{problem}/{name}") for text in texts for name in _PART.findall(text)), incomplete)


def layout_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Layouts of submissions."""
    from grader.intake.layouts import layouts

    return _fitting((CompletionItem(name, help=one.summary) for name, one in layouts().items()), incomplete)


def format_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Formats of conversations."""
    from grader.intake.chats import chat_formats

    return _fitting((CompletionItem(name, help=one.summary) for name, one in chat_formats().items()), incomplete)


def export_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Formats of `grade export`."""
    from grader.store.exports import exports

    return _fitting((CompletionItem(name, help=one.summary) for name, one in exports().items()), incomplete)


def answer_types(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Answer types."""
    from grader.answers import type_names

    return _fitting(map(CompletionItem, sorted(type_names())), incomplete)


def words(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What `grade explain` knows."""
    from grader.answers import type_names
    from grader.commands.explain import catalogue

    found = [CompletionItem(word, help=entries[0].kind) for word, entries in catalogue().items()]
    found += (CompletionItem(name, help="answer type") for name in type_names())
    return _fitting(sorted(found, key=lambda item: str(item.value)), incomplete)


def _fitting(items: Iterable[CompletionItem], incomplete: str) -> list[CompletionItem]:
    """Those that begin as what was typed, with one line of help that a shell takes."""
    found = [item for item in items if str(item.value).startswith(incomplete)]
    for item in found:
        item.help = one_line(item.help or "")
    return found


def one_line(text: str) -> str:
    """A help beside a word, as every shell takes it: the script for fish ends it at a comma."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).replace(",", ";").split())[:80]


def _named(text: str) -> Iterator[tuple[str, str]]:
    """The id and the title of a spec; nothing where it has no id."""
    if name := _ID.search(text):
        title = _TITLE.search(text)
        yield name[1], title[1] if title else ""


def _specs(ctx: click.Context) -> Iterator[tuple[str, str]]:
    """For each spec of the course its folder, from the folder of specs, and its text."""
    from grader.specs import find_course, load_settings

    named = ctx.params.get("course")
    paths = [ctx.params.get("path"), *ctx.args]  # before an option without its value, arguments are not told apart
    starts = [*(Path(one) for one in paths if one and Path(one).exists()), Path()]
    root = named if isinstance(named, Path) else next(filter(None, map(find_course, starts)), None)
    if root is None:
        return
    folder = root / load_settings(root)[0].problems
    found = sorted(one for one in folder.rglob("*.y*ml") if one.suffix in (".yaml", ".yml"))
    for spec in found[:MOST_SPECS]:
        try:
            with spec.open("rb") as stream:
                text = stream.read(_MOST_TEXT).decode("utf-8", "replace")
        except OSError:
            continue
        inside = spec.parent.relative_to(folder).as_posix()
        yield "" if inside == "." else inside, text
