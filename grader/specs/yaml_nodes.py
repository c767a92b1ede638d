"""YAML text to a tree whose every value keeps its place; bounded, and without any YAML types.

PyYAML's parser delivers events; the tree is built from them here, without recursion, because
PyYAML's own composer keeps no account of size and silently lets a later key replace an earlier
one. Scalars stay words: what an unquoted word means depends on the field it stands in
(:mod:`grader.specs.exact`), so ``accept: [no, 010]`` can be text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from grader.diagnostics import Diagnostic, SpecError, author_error
from grader.specs.findings import Findings, Source, shown

MOST_DEPTH = 32  # lists and mappings inside one another
MOST_NODES = 50_000  # values in one spec, those that aliases repeat counted each time
_NOT_TEXT = re.compile("[\0\ud800-\udfff]")  # characters that no file can hold
# libyaml reads a dozen times as fast as PyYAML's own parser, where PyYAML was built with it.
_FAST: Any = getattr(yaml, "CSafeLoader", None)
_READ_OTHERWISE = re.compile("[\t\ufeff]")  # where the two do not agree on what is YAML, or on the places


@dataclass(frozen=True, slots=True)
class Scalar:
    """One word or text.

    Args:
        text: its characters, quotes and escapes resolved.
        plain: it was written without quotes and not as a block.
        start: offset of the first character in the file.
        end: offset past the last.
    """

    text: str
    plain: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list; offsets as in :class:`Scalar`."""

    items: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping with text keys, each once; offsets as in :class:`Scalar`.

    Args:
        entries: key to the key's own node and the value.
    """

    entries: dict[str, tuple[Scalar, Node]]
    start: int
    end: int

    def get(self, key: str) -> Node | None:
        """The value of ``key``, or None."""
        entry = self.entries.get(key)
        return entry[1] if entry else None

    def key(self, key: str) -> Scalar | None:
        """The node of the key itself, or None."""
        entry = self.entries.get(key)
        return entry[0] if entry else None


Node = Scalar | ListNode | MapNode


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun and not ended."""

    mapping: bool
    start: int
    anchor: str | None
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    key: Node | None = None
    size: int = 1
    height: int = 1


def read_nodes(source: Source) -> tuple[Node, Findings]:
    """The tree of a YAML text.

    Args:
        source: the text and its name.

    Returns:
        The tree, and what is wrong with it although it could be built: duplicate keys, tags.

    Raises:
        SpecError: it is not YAML, is empty, holds several documents, or is beyond the limits.
    """
    if _FAST is not None and not _READ_OTHERWISE.search(source.text):
        try:
            return _Builder(source, _FAST).build()
        except (yaml.YAMLError, ValueError, OverflowError):
            pass  # PyYAML's own parser says better what is wrong and where
    return _Builder(source, yaml.SafeLoader).build()


class _Builder:
    """Builds one tree; see :func:`read_nodes`."""

    def __init__(self, source: Source, loader: Any) -> None:
        self.source = source
        self.loader = loader
        self.findings = Findings(source)
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int, int] | None] = {}  # node, size, height; None while open
        self.root: Node | None = None
        self.documents = 0
        self.size = 0

    def build(self) -> tuple[Node, Findings]:
        for event in self._events():
            self._take(event)
        if self.root is None:
            raise self._stop("spec-empty", "the file holds no spec", 0, "write at least id, title and parts")
        return self.root, self.findings

    def _events(self) -> Iterator[yaml.Event]:
        """The parser's events; the errors of PyYAML's own parser become ours, with their place."""
        if self.loader is not yaml.SafeLoader:
            for event in yaml.parse(self.source.text, Loader=self.loader):
                if isinstance(event, yaml.ScalarEvent) and event.value == "" and event.implicit[0]:
                    raise ValueError("the two parsers place an empty value differently")
                yield event
            return
        try:
            yield from yaml.parse(self.source.text, Loader=self.loader)
        except yaml.reader.ReaderError as error:
            character = self.source.text[error.position : error.position + 1]
            raise self._stop(
                "spec-yaml-syntax",
                f"the character U+{ord(character or chr(0)):04X} is not allowed in YAML",
                error.position,
                "delete it",
            ) from error
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            what = ", ".join(part for part in (error.context, error.problem) if part)
            raise self._stop(
                "spec-yaml-syntax", f"this is not YAML: {what}", mark.index if mark else 0, _syntax_fix(what)
            ) from error
        except (ValueError, OverflowError) as error:
            # PyYAML converts escapes such as "\UFFFFFFFF" and version numbers without checking them.
            raise self._stop(
                "spec-yaml-syntax", f"this is not YAML: {error}", 0, "check the escapes after backslashes"
            ) from error

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._stop(
                    "spec-several-documents",
                    'a second YAML document begins here ("---"), one was expected',
                    _start(event),
                    "put each problem into a file of its own",
                )
        elif isinstance(event, yaml.ScalarEvent):
            self._tag(event)
            node = Scalar(
                event.value, bool(event.implicit[0]) and event.style in (None, ""), _start(event), _end(event)
            )
            node = self._characters(node)
            self._anchor(event.anchor, (node, 1, 0))
            self._place(node, 1, 0)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._tag(event)
            self._anchor(event.anchor, None)
            if len(self.open) >= MOST_DEPTH:
                raise self._too_deep(event)
            self.open.append(_Open(isinstance(event, yaml.MappingStartEvent), _start(event), event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)

    def _close(self, event: yaml.Event) -> None:
        done = self.open.pop()
        node: Node
        if done.mapping:
            node = MapNode(done.entries, done.start, _end(event))
        else:
            node = ListNode(tuple(done.items), done.start, _end(event))
        self._anchor(done.anchor, (node, done.size, done.height))
        self._place(node, done.size, done.height)

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        known = self.anchors.get(name)
        if known is None:
            why = "stands inside what it repeats" if name in self.anchors else "has no anchor above it"
            raise self._stop(
                "spec-alias",
                f"the alias *{shown(name)} {why}",
                _start(event),
                'write the value itself; or quote the text if it begins with "*"',
            )
        node, size, height = known
        if len(self.open) + height > MOST_DEPTH:
            raise self._too_deep(event)
        self._place(node, size, height)

    def _place(self, node: Node, size: int, height: int) -> None:
        """Put a finished node where it belongs."""
        self.size += 1  # of events; sizes with aliases expanded are kept for each open collection
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        parent.size += size
        parent.height = max(parent.height, height + 1)
        if max(parent.size, self.size) > MOST_NODES:
            raise self._stop(
                "spec-too-large",
                f"the spec holds more than {MOST_NODES} values, those repeated by aliases included",
                node.start,
                "put large data into a file that the solver reads",
            )
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            key, parent.key = parent.key, None
            self._entry(parent, key, node)

    def _entry(self, parent: _Open, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar) or (key.plain and not key.text):
            self.findings.add("spec-key-not-text", "a key must be a word or text", key, "write a name before the colon")
        elif key.plain and key.text == "<<":
            self.findings.add(
                "spec-merge-key", 'the merge key "<<" is not supported', key, "write the entries themselves"
            )
        elif key.text in parent.entries:
            first = self.source.span(parent.entries[key.text][0])
            self.findings.add(
                "spec-duplicate-key",
                f"{shown(key.text)} is given twice; the first is in line {first.line}",
                key,
                "keep one of the two",
            )
        else:
            parent.entries[key.text] = (key, value)

    def _tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            self.findings.add_at(
                "spec-tag",
                f"the tag {shown(event.tag)} is not allowed in a spec",
                _start(event),
                _end(event),
                'leave the tag out; or quote the text if it begins with "!"',
            )

    def _characters(self, node: Scalar) -> Scalar:
        """A scalar whose text can be written to a file: characters that cannot are reported and replaced."""
        bad = next(iter(_NOT_TEXT.findall(node.text)), None)
        if bad is None:
            return node
        self.findings.add(
            "spec-character",
            f"this text holds the character U+{ord(bad):04X}, which no file can hold",
            node,
            "correct the escape after the backslash",
        )
        return replace(node, text=_NOT_TEXT.sub("\ufffd", node.text))

    def _anchor(self, name: str | None, value: tuple[Node, int, int] | None) -> None:
        if name is not None:
            self.anchors[name] = value

    def _too_deep(self, event: yaml.Event) -> SpecError:
        return self._stop(
            "spec-too-deep",
            f"lists and mappings are nested more than {MOST_DEPTH} deep here",
            _start(event),
            "flatten the structure",
        )

    def _stop(self, code: str, message: str, index: int, fix: str) -> SpecError:
        """The error that ends reading, after what was found before it."""
        last: Diagnostic = author_error(code, message, self.source.span_at(index, index), fix)
        return SpecError((*self.findings.sorted(), last))


def _start(event: yaml.Event) -> int:
    """Offset of an event's first character; PyYAML's parser marks every event."""
    return event.start_mark.index if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    """Offset past an event's last character."""
    return event.end_mark.index if event.end_mark else 0


def _syntax_fix(what: str) -> str:
    """What usually lies behind an error of PyYAML's scanner or parser."""
    if "'\\t'" in what:
        return "indent with spaces, not tabs"
    if "mapping values are not allowed" in what:
        return 'quote the text if it holds a colon followed by a space, as in "a: b"; or mend the indentation'
    if "cannot start any token" in what or "scanning an alias" in what or "scanning an anchor" in what:
        return "quote the text: it begins with a character that has a meaning in YAML"
    if "flow" in what:
        return "close each bracket and quote, and quote texts that hold brackets, commas or question marks"
    if "quoted scalar" in what:
        return "close the quote, and write \\\\ for a backslash between double quotes"
    return "check the indentation, brackets and quotes just before this place"
