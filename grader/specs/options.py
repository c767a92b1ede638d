"""The answer type that a part declares, and the type's own options, checked by the type's model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from grader.diagnostics import GradeError
from grader.specs.checks import text_of
from grader.specs.findings import Findings, shown, suggestion
from grader.specs.forms import locate
from grader.specs.models import AnswerForm, describe
from grader.specs.plain import form_tree, plain_value
from grader.specs.yaml_nodes import ListNode, MapNode, Node, Scalar

if TYPE_CHECKING:
    from grader.answers.base import Options

_QUOTED = re.compile(r"'([^']{1,60})'")
_ROUNDS = 4  # of turning words into text where the model wants text; each round reaches one union member


def check_options(part: MapNode, findings: Findings) -> Options | None:
    """The options of a part's answer type.

    Args:
        part: the part's node.
        findings: gets what is wrong with the type's name and the options.

    Returns:
        The type's frozen options; None if there are complaints, or no answer type to ask.
    """
    from grader.answers import get_type, type_names

    answer = part.get("answer")
    if not isinstance(answer, MapNode):
        return None
    kind = answer.get("type")
    name = (text_of(kind) or "").strip()
    if kind is None or not name:
        return None
    if name not in type_names():
        fix = suggestion(name, type_names())
        findings.add("spec-unknown-type", f"there is no answer type {shown(name)}", kind, fix)
        return None
    model: type[Options] = get_type(name).options_model
    own = {key: entry for key, entry in answer.entries.items() if key not in AnswerForm.model_fields}
    tree = MapNode(own, answer.start, answer.end)
    values: dict[str, Any] = plain_value(tree, findings, words=True)
    errors: list[Any] = []
    for _ in range(_ROUNDS):
        try:
            checked: Options = model.model_validate(values)
            return checked
        except ValidationError as error:
            errors = error.errors(include_url=False)
            if not _words_to_text(tree, values, errors):
                break
        except GradeError as error:
            for one in error.diagnostics:
                findings.add("spec-option", f"{name}: {one.message}", answer, one.fix or _see(name))
            return None
    for one in _telling(tree, errors):
        _complaint(name, model, tree, one, findings)
    return None


def _words_to_text(tree: MapNode, values: dict[str, Any], errors: Sequence[Any]) -> bool:
    """Where text is wanted and an unquoted number or truth value stands, take it as written.

    Returns:
        Whether anything was changed.
    """
    changed = False
    for one in errors:
        node, way = locate(tree, one["loc"])
        if one["type"] != "string_type" or not way:
            continue
        # A model may turn a list into a mapping first; then the way ends at the list, and text is
        # wanted somewhere in it.
        for step, word in _words(node, way):
            holder: Any = values
            for key in step[:-1]:
                holder = holder[key]
            if holder[step[-1]] is not None and not isinstance(holder[step[-1]], str):
                holder[step[-1]] = word.text
                changed = True
    return changed


def _words(node: Node, way: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], Scalar]]:
    """The unquoted word at a place, or those directly in the list there, each with the way to it."""
    found: list[tuple[tuple[int | str, ...], Node]] = [(way, node)]
    if isinstance(node, ListNode):
        found = [((*way, index), item) for index, item in enumerate(node.items)]
    for step, item in found:
        if isinstance(item, Scalar) and item.plain:
            yield step, item


def _telling(tree: MapNode, errors: Sequence[Any]) -> list[Any]:
    """The errors without those of union members that fit less far into the value than another."""
    depth = [len(locate(tree, one["loc"])[1]) for one in errors]
    deepest: dict[object, int] = {}
    for one, deep in zip(errors, depth, strict=True):
        deepest[one["loc"][:1]] = max(deep, deepest.get(one["loc"][:1], 0))
    return [one for one, deep in zip(errors, depth, strict=True) if deep == deepest[one["loc"][:1]]]


def _complaint(name: str, model: type[Options], tree: MapNode, error: Any, findings: Findings) -> None:
    loc = error["loc"]
    option = str(loc[0]) if loc else ""
    known = [*(field.alias or key for key, field in model.model_fields.items()), *AnswerForm.model_fields]
    if error["type"] == "extra_forbidden" and len(loc) == 1:
        key = tree.key(option)
        if key is not None and not findings.full:
            findings.add(
                "spec-unknown-option",
                f"the answer type {name} has no option {shown(option)}",
                key,
                suggestion(option, known),
            )
    elif error["type"] == "missing" and len(loc) == 1:
        findings.add(
            "spec-missing-option",
            f"the answer type {name} needs the option {shown(option)}",
            tree,
            f"add {shown(option)} to the answer; {_see(name)}",
        )
    else:
        node, _ = locate(tree, loc)
        message = f"option {shown(option)} of {name}: " if option else f"options of {name}: "
        findings.add("spec-option", message + _reason(node, error), node, _fix(name, node, error))


def _reason(node: Node, error: Any) -> str:
    said = str(error["msg"])
    for prefix in ("Value error, ", "Assertion failed, "):
        if said.startswith(prefix):
            return said.removeprefix(prefix)
    said = said.removeprefix("Input should be ")
    return f"found {describe(form_tree(node))}, expected {shown(said, 200)[1:-1]}"


def _fix(name: str, node: Node, error: Any) -> str:
    expected = _QUOTED.findall(str(error.get("ctx", {}).get("expected", "")))
    if error["type"] in ("literal_error", "enum") and isinstance(node, Scalar) and expected:
        return suggestion(node.text, expected)
    return _see(name)


def _see(name: str) -> str:
    return f'"grade explain {name}" lists the options'
