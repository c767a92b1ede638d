"""``grade schema``: the formats that people and programs write and read, as JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from grader.commands.common import USAGE, print_json, stop, to_json
from grader.diagnostics import operator_error

NAMES = {"spec": "a problem spec", "settings": "grade.toml", "changes": "a line of changes.jsonl"}


@click.command(
    "schema",
    short_help="Print the JSON Schema of a spec, for editors and programs.",
    epilog="\b\nExample: grade schema spec --out .schemas/spec.schema.json",
)
@click.argument("name", type=click.Choice(list(NAMES)), default="spec", metavar="[spec|settings|changes]")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it there instead of printing."
)
def command(name: str, out: Path | None) -> None:
    """Print the JSON Schema (draft 2020-12) of a problem spec, of grade.toml, or of a line of changes.jsonl.

    An editor that has it completes fields, answer types and their options, and marks what is wrong
    (docs/editors.md). `grade verify` checks more: files, functions, and that the answers agree.
    """
    schema = schema_of(name)
    if out is None:
        print_json(schema)
        return
    from grader.store.files import write_text

    try:
        write_text(out, schema_text(name))
    except OSError as error:
        fix = "Choose another file with --out."
        stop([operator_error("out-write", f"cannot write {error.filename}: {error.strerror}", fix=fix)], USAGE)
    click.echo(f"wrote {out}: the schema of {NAMES[name]}")


def schema_of(name: str) -> dict[str, Any]:
    """The schema of one of :data:`NAMES`."""
    if name == "changes":
        from grader import analysis

        path = Path(analysis.__file__).parent / "changes.schema.json"
        written: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return written
    from grader.specs import json_schema, settings_schema

    return json_schema() if name == "spec" else settings_schema()


def schema_text(name: str) -> str:
    """The schema as the text of a file."""
    return to_json(schema_of(name), indent=2) + "\n"
