"""Answer sheets in JSON and YAML: a mapping of labels to answers, as text with headings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from grader.intake.extract.base import Extracted, Extractor, broken
from grader.intake.nesting import nested_beyond

MOST_ANSWERS = 5_000
"""Most answers on a sheet."""

_MOST_VALUES = 20 * MOST_ANSWERS
_MOST_DEPTH = 6  # of keys that lead to an answer
_MOST_NESTED = 20  # of all, with lists in an answer
_TOO_DEEP = "it is nested too deeply"
_JOINED = re.compile(r"(?P<number>\d+)[\s._-]*\(?(?P<label>[A-Za-z](?:[\s._-]*\(?(?:[ivx]+|\d+)\)?)*)\)?")


class Sheet(Extractor):
    """See the module."""

    name: ClassVar[str] = "an answer sheet"
    suffixes: ClassVar[tuple[str, ...]] = (".json", ".yaml", ".yml")

    def fits(self, data: bytes, suffix: str) -> bool:
        """By its ending."""
        return suffix in self.suffixes

    def extract(self, data: bytes, name: str) -> Extracted:
        """One heading for each problem and part, and below it the answer as it is written."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise broken(name, self.name, f"it is not UTF-8 at byte {error.start}") from error
        value = _json(text, name, self.name) if text.lstrip()[:1] in ("{", "[") else _yaml(text, name, self.name)
        if nested_beyond(value, _MOST_NESTED):
            raise broken(name, self.name, _TOO_DEEP)
        lines = list(_lines(value, name, self.name))
        return Extracted("\n".join(lines) + "\n")


def _json(text: str, name: str, what: str) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_int=str)  # 0.50 stays 0.50
    except (ValueError, RecursionError) as error:
        raise broken(name, what, f"it is not JSON ({error})") from error


def _yaml(text: str, name: str, what: str) -> Any:
    import yaml  # here, for few submissions are YAML

    try:
        depth = count = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise broken(name, what, "it has an alias (*), which answers need not have")
            count += isinstance(event, yaml.ScalarEvent)
            if count > _MOST_VALUES:
                raise broken(name, what, f"it has more than {_MOST_VALUES:,} values")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _MOST_NESTED:  # the rest would cost its square
                raise broken(name, what, _TOO_DEEP)
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds only text, lists, mappings
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise broken(name, what, f"it is not YAML ({error})") from error


def _lines(value: Any, name: str, what: str) -> Iterator[str]:
    answers = list(_answers(value, (), name, what))
    if len(answers) > MOST_ANSWERS:
        raise broken(name, what, f"it has more than {MOST_ANSWERS} answers")
    before: str | None = None
    for way, answer in answers:
        problem, labels = _split(way)
        if problem != before:
            yield f"# {problem}\n"
            before = problem
        label = "".join(f"({step})" for step in labels)
        yield f"{label} {answer}\n" if label else f"{answer}\n"


def _answers(value: Any, way: tuple[str, ...], name: str, what: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each answer with the keys that lead to it."""
    if len(way) > _MOST_DEPTH:
        raise broken(name, what, _TOO_DEEP)
    if isinstance(value, Mapping):
        answer = value.get("answer", value.get("response"))
        named = [str(value[key]) for key in ("problem", "part") if isinstance(value.get(key), str | int)]
        if isinstance(answer, str | list) and (named or not way):
            yield (*way, *named), _written(answer)
            return
        for key, inner in value.items():
            yield from _answers(inner, (*way, str(key)), name, what)
    elif isinstance(value, list) and all(isinstance(one, Mapping) for one in value) and value:
        for one in value:
            yield from _answers(one, way, name, what)
    elif value is not None:
        yield way, _written(value)


def _written(value: Any) -> str:
    """An answer as it would be typed: a list in brackets, a truth value as a word."""
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()


def _split(way: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The heading of the problem, and the labels of the part: ``("1a",)`` is part a of problem 1."""
    if not way:
        return "Answers", ()
    first, *rest = way
    if match := _JOINED.fullmatch(first.strip()):
        steps = re.findall(r"[A-Za-z]+|\d+", match["label"])
        return f"Problem {match['number']}", (*steps, *rest)
    problem = f"Problem {first}" if first.strip().isdigit() else first.strip()
    return problem, tuple(step for one in rest for step in one.replace(".", " ").split())
