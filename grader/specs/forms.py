"""Checking the shape of a spec against the models, with each complaint placed at its node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from grader.specs.findings import Findings, did_you_mean, shown, suggestion
from grader.specs.models import (
    AnswerForm,
    HintForm,
    MistakeForm,
    PartForm,
    ProblemForm,
    SourceForm,
    WeaknessForm,
    describe,
)
from grader.specs.plain import form_tree
from grader.specs.yaml_nodes import ListNode, MapNode, Node

_FORMS: Mapping[str, type[BaseModel]] = {
    "problem": ProblemForm,
    "part": PartForm,
    "answer": AnswerForm,
    "source": SourceForm,
    "mistake": MistakeForm,
    "hint": HintForm,
    "known weakness": WeaknessForm,
}
_SINGULAR = {"parts": "part", "mistakes": "mistake", "hints": "hint", "known_weaknesses": "known weakness"}
_SHAPES = {
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def check_form(root: MapNode, findings: Findings) -> ProblemForm | None:
    """Validate a spec's tree.

    Returns:
        The form; None if there are complaints, which then are in ``findings``.
    """
    try:
        return ProblemForm.model_validate(form_tree(root))
    except ValidationError as error:
        for one in error.errors(include_url=False):
            _complaint(root, one, findings)
        return None


def locate(root: Node, loc: Sequence[int | str]) -> tuple[Node, tuple[int | str, ...]]:
    """The deepest node on the way that pydantic gives, and the way to it.

    Pydantic puts names of union members and ``[key]`` into the way; what leads nowhere is skipped.
    """
    node = root
    way: list[int | str] = []
    for step in loc:
        if isinstance(node, MapNode) and isinstance(step, str) and (below := node.get(step)) is not None:
            node = below
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            continue
        way.append(step)
    return node, tuple(way)


def _complaint(root: MapNode, error: Any, findings: Findings) -> None:
    """Turn one of pydantic's errors into a finding."""
    loc: tuple[int | str, ...] = error["loc"]
    kind: str = error["type"]
    if kind in ("missing", "extra_forbidden"):
        parent, _ = locate(root, loc[:-1])
        if isinstance(parent, MapNode):
            place = _missing if kind == "missing" else _unknown
            place(parent, str(loc[-1]), _form_name(loc[:-1]), findings)
        return
    node, _ = locate(root, loc)
    if kind in _SHAPES:
        findings.add(
            "spec-wrong-shape",
            f"{_field(loc)}: found {describe(form_tree(node))}, expected {_SHAPES[kind]}",
            node,
            _shape_fix(node, _SHAPES[kind]),
        )
    elif kind == "too_short":
        findings.add("spec-no-parts", "the problem has no parts", node, "write at least one part")
    else:
        context = error.get("ctx", {})
        code = kind if kind.startswith("spec-") else "spec-wrong-value"
        findings.add(code, f"{_field(loc)}: {error['msg']}", node, str(context.get("fix", "")))


def _missing(parent: MapNode, name: str, form: str, findings: Findings) -> None:
    fields = _FORMS[form].model_fields
    unknown = (key for key in parent.entries if key not in fields)
    # An answer's unknown keys are not reported here: they may be options of its type.
    if form != "answer" and any(did_you_mean(key, fields) == name for key in unknown):
        return  # the misspelt field is reported, and mending it mends this
    findings.add(
        "spec-missing-field",
        f'the {form}{_called(parent)} has no field "{name}"',
        parent,
        f'add "{name}": {_description(fields[name])}',
    )


def _unknown(parent: MapNode, name: str, form: str, findings: Findings) -> None:
    key = parent.key(name)
    if key is not None and not findings.full:
        fix = suggestion(name, _FORMS[form].model_fields)
        findings.add("spec-unknown-field", f"a {form} has no field {shown(name)}", key, fix)


def _form_name(loc: Sequence[int | str]) -> str:
    """Which form stands at a place: ``("parts", 0, "hints", 1)`` is a hint."""
    name = next((step for step in reversed(loc) if isinstance(step, str)), "problem")
    return _SINGULAR.get(name, name)


def _field(loc: Sequence[int | str]) -> str:
    """A place in the spec for messages, counted from 1: ``hints[2].text``."""
    name = ""
    for step in loc:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return shown(name.lstrip("."))[1:-1]


def _called(node: MapNode) -> str:
    from grader.specs.checks import text_of

    name = text_of(node.get("id"))
    return f" {shown(name)}" if name else ""


def _description(field: FieldInfo) -> str:
    return field.description or ""


def _shape_fix(node: Node, expected: str) -> str:
    if expected == "a list":
        if isinstance(node, MapNode):
            return 'begin each entry with "- "'
        return "write [ and ] around it; quote entries that hold commas or brackets"
    return 'write entries "name: value"'
