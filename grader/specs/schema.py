"""The spec format as JSON Schema (draft 2020-12), for completion and checks in editors."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from grader.specs.models import NUMBER_SCHEMA, TEXT_SCHEMA, AnswerForm, ProblemForm


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
    mode: JsonSchemaMode = "validation"
    options = {name: get_type(name).options_model for name in names}
    models = [ProblemForm, *dict.fromkeys(options.values())]
    refs, whole = models_json_schema([(model, mode) for model in models], schema_generator=_Generator)
    definitions: dict[str, Any] = whole["$defs"]
    answer = next(d for name, d in definitions.items() if name.endswith(AnswerForm.__name__))
    answer["properties"]["type"] = {**answer["properties"]["type"], "type": "string", "enum": names}
    answer["allOf"] = [
        {
            "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
            "then": _options(definitions, refs[(model, mode)], answer["properties"], get_type(name)),
        }
        for name, model in options.items()
    ]
    for model in set(options.values()):
        definitions.pop(_key(refs[(model, mode)]), None)
    problem = definitions.pop(_key(refs[(ProblemForm, mode)]))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **problem,
        "title": "grade problem spec",
        "$defs": definitions,
    }


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
