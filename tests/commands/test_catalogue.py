"""`grade explain` knows every word that the program can say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import grader
from grader.answers import get_type, type_names
from grader.commands.explain import catalogue
from grader.records import Status

PACKAGE = Path(grader.__file__).parent
AREAS = "answer|course|explain|export|gradebook|hint|init|input|labels|out|path|solver|spec|transcript|verify|worker"
CODE = re.compile(rf"(?:{AREAS})(?:-[a-z]+)+")
MAKERS = {"author_error", "student_error", "operator_error", "Diagnostic"}


@cache
def calls() -> tuple[tuple[Path, ast.Call, str], ...]:
    """Every call by name in the package: file, call, name."""
    return tuple(
        (path, node, getattr(node.func, "attr", getattr(node.func, "id", "")))
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )


def words(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: itself, or the branches of a conditional."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from words(node.body)
        yield from words(node.orelse)


def argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    """An argument of a call, by place or by name."""
    if len(call.args) > position:
        return call.args[position]
    return next((k.value for k in call.keywords if k.arg == name), None)


def used_codes() -> dict[str, str]:
    """Codes that the source passes to any call, with a file that does: by their shape and their area."""
    found = {}
    for path, call, name in calls():
        folder = path.relative_to(PACKAGE).parts[0]
        for node in [*call.args, *(keyword.value for keyword in call.keywords)]:
            for word in words(node):
                if name in MAKERS or (CODE.fullmatch(word) and folder != "reports"):
                    found[word] = str(path.relative_to(PACKAGE))
            if name in MAKERS:
                break
    return found


def used_reasons() -> dict[str, str]:
    """Reasons that the source passes to verdicts and comparisons, and that examples promise."""
    found = {}
    for path, call, name in calls():
        reason = argument(call, 2, "reason") if name in ("Verdict", "Comparison") else None
        for word in words(reason) if reason is not None else ():
            found[word] = str(path.relative_to(PACKAGE))
    for kind in type_names():
        found.update({example.reason: kind for example in get_type(kind).examples if example.reason})
    return found


def known(kind: str) -> set[str]:
    """Words of one kind in the catalogue."""
    return {word for word, entries in catalogue().items() if any(e.kind == kind for e in entries)}


def test_every_status_is_explained() -> None:
    """The seven statuses, and nothing else, are explained as statuses."""
    assert known("status") == {str(status) for status in Status}


def test_every_code_is_explained() -> None:
    """Each code that the source uses is in the catalogue."""
    used, explained = used_codes(), known("error code")
    assert len(used) > 30
    assert {code: file for code, file in used.items() if code not in explained} == {}


def test_every_reason_is_explained() -> None:
    """Each reason that a verdict can have is in the catalogue."""
    used, explained = used_reasons(), known("reason")
    assert len(used) > 5
    assert {reason: file for reason, file in used.items() if reason not in explained} == {}


def test_the_catalogue_has_no_dead_codes() -> None:
    """Each code of the catalogue stands somewhere in the source, so that a renamed one is noticed."""
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.name not in ("codes.py",)
    )
    dead = [code for code in known("error code") if f'"{code}"' not in source and f"'{code}'" not in source]
    assert dead == []


@pytest.mark.parametrize("kind", ["status", "reason", "error code"])
def test_explanations_are_sentences(kind: str) -> None:
    """Each explanation says something, in sentences that end."""
    for word, entries in catalogue().items():
        for entry in entries:
            if entry.kind == kind:
                assert len(entry.text) > 20, word
                assert entry.text.rstrip().endswith((".", ")")), word
