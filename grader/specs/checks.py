"""What the fields of a spec must agree on among themselves: identifiers, needs, independence."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from grader.specs.exact import NULLS, TRUE
from grader.specs.findings import Findings, shown, suggestion
from grader.specs.yaml_nodes import ListNode, MapNode, Node, Scalar


def text_of(node: Node | None) -> str | None:
    """The text of a node where text is expected; None if there is none."""
    if not isinstance(node, Scalar) or not node.text.strip() or (node.plain and node.text in NULLS):
        return None
    return node.text


def parts_of(root: MapNode) -> Iterator[MapNode]:
    """The parts of a spec that are mappings, in order."""
    parts = root.get("parts")
    if isinstance(parts, ListNode):
        for item in parts.items:
            if isinstance(item, MapNode):
                yield item


def check_parts(root: MapNode, findings: Findings) -> None:
    """Identifiers are unique, needs exist and form no cycle, a second solver is not the first one.

    Works on the tree, so that these are found even where other fields are wrong.
    """
    first: dict[str, Scalar] = {}
    for part in parts_of(root):
        _check_id(part, first, findings)
        _check_confirm(part, findings)
        _check_prompt(root, part, findings)
        _check_mistakes(part, findings)
    needs = {name: list(_needs(part)) for part in parts_of(root) if (name := text_of(part.get("id")))}
    for part in parts_of(root):
        _check_needs(part, first, findings)
    _check_cycle(needs, findings)


def _check_id(part: MapNode, first: dict[str, Scalar], findings: Findings) -> None:
    node = part.get("id")
    name = text_of(node)
    if name is None or not isinstance(node, Scalar):
        return
    if name in first:
        line = findings.source.span(first[name]).line
        findings.add(
            "spec-duplicate-part",
            f"the part {shown(name)} is there twice; the first is in line {line}",
            node,
            "give each part an id of its own",
        )
    else:
        first[name] = node


def _check_confirm(part: MapNode, findings: Findings) -> None:
    answer = part.get("answer")
    confirm = part.get("confirm")
    solve = text_of(answer.get("solve")) if isinstance(answer, MapNode) else None
    if confirm is not None and solve is not None and (text_of(confirm) or "").strip() == solve.strip():
        findings.add(
            "spec-confirm-is-solve",
            f"{shown(solve)} is to confirm itself, which proves nothing",
            confirm,
            "name a function that computes the answer in another way, or leave confirm out",
        )


def _check_prompt(root: MapNode, part: MapNode, findings: Findings) -> None:
    if part.get("prompt") is None and root.get("prompt") is None:
        name = text_of(part.get("id"))
        findings.add(
            "spec-missing-field",
            f'neither the part{f" {shown(name)}" if name else ""} nor the problem has a field "prompt"',
            part,
            'add "prompt": the question, Markdown with TeX',
        )


def _check_mistakes(part: MapNode, findings: Findings) -> None:
    """A mistake is either written down or made by a function, and a function makes no formulas."""
    mistakes, answer = part.get("mistakes"), part.get("answer")
    keyed = isinstance(answer, MapNode) and answer.get("key") is not None
    for one in mistakes.items if isinstance(mistakes, ListNode) else ():
        if not isinstance(one, MapNode):
            continue
        ways = [name for name in ("answer", "solve") if one.get(name) is not None]
        if len(ways) != 1:
            found = "both" if ways else "neither"
            says = f'a mistake has either "answer" or "solve"; found {found}'
            findings.add("spec-missing-field", says, one, 'write the wrong answer under "answer"')
        elif ways == ["solve"] and keyed:
            says = "the answer is a formula, which no function returns"
            findings.add("spec-mistake", says, one, 'write the wrong formula under "answer"')


def _check_needs(part: MapNode, known: dict[str, Scalar], findings: Findings) -> None:
    needed = list(_needs(part))
    for node in needed:
        if node.text not in known and not findings.full:
            findings.add(
                "spec-unknown-need",
                f"the problem has no part {shown(node.text)}",
                node,
                suggestion(node.text, known) or "give the parts of the problem their ids first",
            )
    follow = part.get("follow_through")
    if isinstance(follow, Scalar) and follow.plain and follow.text in TRUE and not needed:
        findings.add(
            "spec-follow-through",
            "follow_through is asked for, but the part needs no other part",
            follow,
            "name the earlier parts under needs, or leave follow_through out",
        )


def _check_cycle(needs: dict[str, list[Scalar]], findings: Findings) -> None:
    order = TopologicalSorter({name: {node.text for node in nodes} for name, nodes in needs.items()})
    try:
        order.prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]  # each needs the one before it
        needed, needing = cycle[0], cycle[1]
        node = next(node for node in needs[needing] if node.text == needed)
        way = " → ".join(cycle[:10]) + (" → …" if len(cycle) > 10 else "")
        findings.add("spec-need-cycle", f"parts need each other in a circle: {way}", node, "remove one of these needs")


def _needs(part: MapNode) -> Iterator[Scalar]:
    needs = part.get("needs")
    if isinstance(needs, ListNode):
        yield from (item for item in needs.items if isinstance(item, Scalar) and text_of(item))
