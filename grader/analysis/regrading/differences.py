"""What is another in a spec, in a solver or among settings, entry by entry, in words that its author can use."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from grader.specs.findings import Source
from grader.specs.yaml_nodes import ListNode, MapNode, Node, Scalar, read_nodes

LONGEST = 48  # characters of a text that are shown whole; of a longer one what differs, with some around it
AROUND = 16
MOST_ENTRIES = 200  # of a list that are matched one by one


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that is another now.

    Args:
        field: its name with those above it: ``mistakes[2].credit``, from 1.
        before, after: its text; None where there was, or is, none.
    """

    field: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.field}: + {_quoted(self.after or '')}"
        if self.after is None:
            return f"{self.field}: − {_quoted(self.before)}"
        before, after = _where_they_part(self.before, self.after)
        return f"{self.field}: {_quoted(before)} → {_quoted(after)}"


@dataclass(frozen=True, slots=True)
class SpecChange:
    """What is another in one spec.

    Args:
        shared: in what all parts share.
        parts: by the id of the part; a part that is new, or gone, has no entry but is named in ``new`` or ``gone``.
    """

    shared: tuple[Difference, ...] = ()
    parts: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.shared or self.parts or self.new or self.gone)


def spec_change(before: bytes, after: bytes) -> SpecChange:
    """What is another in a spec.

    Args:
        before, after: its text; both were accepted as specs.

    Raises:
        SpecError: a text is no YAML.
        UnicodeDecodeError: it is no UTF-8.
    """
    if before == after:
        return SpecChange()
    old, new = _tree(before), _tree(after)
    old_parts, new_parts = _parts(old), _parts(new)
    changed = {
        name: found
        for name, part in new_parts.items()
        if name in old_parts and (found := tuple(differences(old_parts[name], part)))
    }
    return SpecChange(
        tuple(differences(old, new)),
        changed,
        tuple(name for name in new_parts if name not in old_parts),
        tuple(name for name in old_parts if name not in new_parts),
    )


def differences(before: Any, after: Any, name: str = "") -> Iterator[Difference]:
    """What is another in a plain value: texts, and lists and dicts of such.

    Args:
        before, after: the values.
        name: of the field that they stand in.
    """
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            yield from differences(before.get(key), after.get(key), f"{name}.{key}" if name else key)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, name)
    else:
        yield Difference(name, _text(before), _text(after))


def _of_lists(before: list[Any], after: list[Any], name: str) -> Iterator[Difference]:
    if max(len(before), len(after)) > MOST_ENTRIES:
        yield Difference(name, _text(before), _text(after))
        return
    then, now = ([json.dumps(one, sort_keys=True) for one in values] for values in (before, after))
    for what, start, end, there, until in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        old, new = before[start:end], after[there:until]
        if what == "replace" and len(old) == len(new) and all(isinstance(one, dict) for one in (*old, *new)):
            for place, pair in enumerate(zip(old, new, strict=True), there + 1):
                yield from differences(*pair, f"{name}[{place}]")
        elif what != "equal":
            yield from (Difference(name, _text(one), None) for one in old)
            yield from (Difference(name, None, _text(one)) for one in new)


def function_changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[str, ...]:
    """Which functions of solvers are others.

    Args:
        before, after: texts of Python files, by path.

    Returns:
        For each changed file its path and the names of what it defines: ``reference/ridge.py: kept, bounds``.
    """
    found = []
    for path in sorted({**before, **after}):
        old, new = before.get(path), after.get(path)
        if old is None or new is None:
            found.append(f"{path} is {'new' if old is None else 'gone'}")
        elif old != new and (was := _statements(old)) != (now := _statements(new)):
            names = [name for name in {**was, **now} if name and was.get(name) != now.get(name)]
            found.append(f"{path}: {', '.join(names)}" if names else path)
    return tuple(found)


def _statements(text: bytes) -> dict[str, str]:
    """What a Python file defines at its top, and under "" all else, without comments and places."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {"": text.decode("utf-8", "replace")}
    found = {"": ""}
    for one in tree.body:
        targets = one.targets if isinstance(one, ast.Assign) else [getattr(one, "target", None)]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if isinstance(one, ast.FunctionDef | ast.ClassDef):
            names = [one.name]
        for name in names or [""]:
            found[name] = found.get(name, "") + ast.dump(one)
    return found


# ---------------------------------------------------------------- plain values


def _tree(spec: bytes) -> dict[str, Any]:
    node, _ = read_nodes(Source(spec.decode("utf-8-sig"), ""))
    found = _plain(node)
    return found if isinstance(found, dict) else {}


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, ListNode):
        return [_plain(one) for one in node.items]
    assert isinstance(node, MapNode)  # noqa: S101 - there is no fourth kind
    return {key: _plain(value) for key, (_, value) in node.entries.items()}


def _parts(spec: dict[str, Any]) -> dict[str, Any]:
    """Take the parts out of a spec, by their ids."""
    parts = spec.pop("parts", [])
    return {str(one.get("id")): one for one in parts if isinstance(one, dict)} if isinstance(parts, list) else {}


def _text(value: Any) -> str | None:
    """A plain value on one line."""
    if value is None or isinstance(value, str):
        return None if value is None else " ".join(value.split())
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(one)}" for key, one in value.items())
    if isinstance(value, list):
        return f"[{', '.join(_text(one) or '' for one in value)}]"
    return str(value)


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= LONGEST + 2 * AROUND else text[: LONGEST - 1] + '…'}”"


def _where_they_part(before: str, after: str) -> tuple[str, str]:
    """Two texts that differ, long ones only from a little before to a little after that."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return _piece(before, start, end), _piece(after, start, end)


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _piece(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), len(text) - end + AROUND)
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
