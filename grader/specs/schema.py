"""The spec format as JSON Schema (draft 2020-12), for completion and checks in editors."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from grader.specs import schema_rules
from grader.specs.models import NUMBER_SCHEMA, TEXT_SCHEMA, AnswerForm, MistakeForm, PartForm, ProblemForm

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, told how a spec writes exact numbers and text."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Text needs no quotes where a number or truth value stands for itself."""
        return {**super().str_schema(schema), **TEXT_SCHEMA}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """Where values are drawn, a text into which one is put may stand for a whole number."""
        return {"anyOf": [super().int_schema(schema), {"type": "string", "pattern": r"\{\{"}]}

    def encode_default(self, dft: Any) -> Any:
        """A default as a spec would write it."""
        if isinstance(dft, Fraction):
            return int(dft) if dft.denominator == 1 else str(dft)
        return super().encode_default(dft)

    def handle_invalid_for_json_schema(self, schema: core_schema.CoreSchema, error_info: str) -> JsonSchemaValue:
        """Fractions are written as numbers or ratios; other Python objects cannot be written in YAML."""
        if schema.get("cls") is Fraction:
            return dict(NUMBER_SCHEMA)
        return super().handle_invalid_for_json_schema(schema, error_info)


def json_schema() -> dict[str, Any]:
    """The schema of a problem spec.

    The options under ``answer`` depend on its ``type``: there is one ``if``–``then`` for each type,
    made from the type's own model.

    Returns:
        A self-contained schema, JSON-safe.
    """
    from grader.answers import get_type, type_names

    names = sorted(type_names())
    kinds = {name: get_type(name) for name in names}
    mode: JsonSchemaMode = "validation"
    options = {name: kind.options_model for name, kind in kinds.items()}
    models = [ProblemForm, *dict.fromkeys(options.values())]
    refs, whole = models_json_schema([(model, mode) for model in models], schema_generator=_Generator)
    definitions: dict[str, Any] = whole["$defs"]
    for name, form in definitions.items():
        if name.endswith("Form"):
            _without_nulls(form)
    answer = _form(definitions, AnswerForm)
    answer["properties"]["type"] = {
        **answer["properties"]["type"],
        "type": "string",
        "enum": names,
        "markdownEnumDescriptions": [kind.summary for kind in kinds.values()],  # what editors show beside each
    }
    answer["allOf"] = [
        {
            "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
            "then": _options(definitions, refs[(model, mode)], answer["properties"], kinds[name]),
        }
        for name, model in options.items()
    ]
    for model in set(options.values()):
        definitions.pop(_key(refs[(model, mode)]), None)
    unsolved = [name for name, kind in kinds.items() if not kind.needs_solver]
    by_people = [name for name, kind in kinds.items() if kind.decided_by == "human"]
    _form(definitions, PartForm)["allOf"] = schema_rules.part_rules(unsolved, by_people)
    _form(definitions, MistakeForm).update(schema_rules.mistake_rules())
    problem = definitions.pop(_key(refs[(ProblemForm, mode)]))
    problem["properties"]["solver"].update(schema_rules.SOLVER)
    problem["properties"]["given"]["additionalProperties"] = schema_rules.drawn_value()
    definitions["Draw"] = schema_rules.distribution()
    made: dict[str, Any] = _exact(
        {
            "$schema": DIALECT,
            **problem,
            **schema_rules.problem_rules(),
            "title": "grade problem spec",
            "$defs": definitions,
        }
    )
    return made


def _form(definitions: dict[str, Any], model: type) -> dict[str, Any]:
    found: dict[str, Any] = next(d for name, d in definitions.items() if name.endswith(model.__name__))
    return found


def _key(reference: JsonSchemaValue) -> str:
    return str(reference["$ref"]).removeprefix("#/$defs/")


def _options(
    definitions: dict[str, Any], reference: JsonSchemaValue, common: dict[str, Any], kind: Any
) -> dict[str, Any]:
    """What an answer of one type may hold: the common fields and the type's options, nothing else."""
    own = definitions[_key(reference)]
    return {
        "description": kind.summary,
        "properties": {**dict.fromkeys(common, True), **own.get("properties", {})},
        "required": [*own.get("required", []), *(["solve"] if kind.needs_solver else [])],
        "additionalProperties": False,
    }


def _exact(node: Any) -> Any:
    """The schema with numbers as a spec writes them; newer versions of pydantic have a format of their own for them."""
    if isinstance(node, list):
        return [_exact(one) for one in node]
    if not isinstance(node, dict):
        return node
    if any(isinstance(one, dict) and one.get("format") == "fraction" for one in node.get("anyOf", ())):
        bounds = {name: node[key] for key, name in _BOUNDS.items() if key in node}
        rest = {key: value for key, value in node.items() if key not in _BOUNDS and key != "anyOf"}
        others = [one for one in node["anyOf"] if one.get("type") != "number" and one.get("format") != "fraction"]
        return {**rest, "anyOf": [{"type": "number", **bounds}, *NUMBER_SCHEMA["anyOf"][1:], *others]}
    return {key: _exact(value) for key, value in node.items()}


def _without_nulls(form: dict[str, Any]) -> dict[str, Any]:
    """A form whose fields are left out or hold something: nothing, which the model has for the former, is an error."""
    for name, field in form.get("properties", {}).items():
        kinds = [one for one in field.get("anyOf", ()) if one != {"type": "null"}]
        if len(kinds) == 1:
            rest = {key: value for key, value in field.items() if key not in ("anyOf", "default")}
            form["properties"][name] = {**kinds[0], **rest}
    return form
