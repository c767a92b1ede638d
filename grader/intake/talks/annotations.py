"""What people said of a conversation's answers: the sidecar ``NAME.labels.yaml``.

::

    labels:
      - {by: annotator, turn: 5, part: kernels/c, says: right, note: "with a lot of help"}

Labels are shown beside the verdicts. They never set the truth.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.diagnostics import Diagnostic, InputError, Span, operator_error
from grader.intake.documents import read_document
from grader.records import Label, Problem

_FIELDS = ("by", "turn", "part", "says", "note")
_MAX_BYTES = 1_000_000


def sidecar(path: Path) -> Path:
    """Where the labels of a transcript stand."""
    return path.with_name(f"{path.stem}.labels.yaml")


def labels_beside(folder: Path) -> Iterator[Path]:
    """The sidecars in a folder, as they come; none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            yield from (folder / entry.name for entry in entries if entry.name.endswith(".labels.yaml"))
    except OSError:
        return


def read_labels(
    path: Path, problems: Sequence[Problem], replies: int
) -> tuple[tuple[Label, ...], tuple[Diagnostic, ...]]:
    """Read a sidecar; a transcript without one has no labels.

    Args:
        path: of the transcript.
        problems: of the course, to check the names of parts.
        replies: how many the transcript has.
    """
    file = sidecar(path)
    if not os.path.isfile(file):  # noqa: PTH113 - unlike Path's, it takes any name, however long
        return (), ()
    try:
        text = read_document(file, _MAX_BYTES).text
    except InputError as error:
        return (), error.diagnostics
    import yaml  # here, for most runs have no sidecar

    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        if isinstance(root, yaml.MappingNode):
            root = next((value for key, value in root.value if key.value == "labels"), None)
        if not isinstance(root, yaml.SequenceNode):
            return (), (_wrong(file, 1, "no list of labels", "'labels:' and a list below it"),)
        items = [(node.start_mark.line + 1, loader.construct_document(node)) for node in root.value]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or str(error)
        return (), (_wrong(file, line, f"YAML that cannot be read ({what})", "valid YAML"),)
    finally:
        loader.dispose()
    labels: list[Label] = []
    notes: list[Diagnostic] = []
    for line, item in items:
        found = _label(file, line, item, problems, replies)
        if isinstance(found, Label):
            labels.append(found)
        else:
            notes.append(found)
    return tuple(labels), tuple(notes)


def _label(file: Path, line: int, item: object, problems: Sequence[Problem], replies: int) -> Label | Diagnostic:
    if not isinstance(item, dict):
        return _wrong(file, line, f"the entry {item!r}", f"a mapping with {', '.join(_FIELDS)}")
    unknown = [str(key) for key in item if key not in _FIELDS]
    if unknown:
        return _wrong(file, line, f"the unknown field {unknown[0]!r}", f"only {', '.join(_FIELDS)}")
    missing = [name for name in ("turn", "part", "says") if name not in item]
    if missing:
        return _wrong(file, line, f"an entry without {missing[0]!r}", "turn, part and says")
    turn = item["turn"]
    if isinstance(turn, bool) or not isinstance(turn, int) or not 1 <= turn <= replies:
        return _wrong(file, line, f"turn {turn!r}", f"the number of a reply, 1 to {replies}")
    part = str(item["part"])
    problem = part.partition("/")[0]
    if "/" not in part or problem not in {known.id for known in problems}:
        ids = ", ".join(known.id for known in problems) or "(none)"
        return _wrong(file, line, f"part {part!r}", f"problem/part with one of the problems {ids}")
    texts = {name: str(item.get(name, "")) for name in ("says", "note")}
    return Label(str(item.get("by", "annotator")), turn, part, texts["says"], texts["note"])


def _wrong(file: Path, line: int, found: str, expected: str) -> Diagnostic:
    return operator_error(
        "labels-entry",
        f"Line {line} of the labels has {found}; expected {expected}.",
        Span(str(file), 0, 0, line),
        "Correct the entry; the others are used.",
    )
