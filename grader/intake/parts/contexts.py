"""What each reply of a conversation is about: the problems asked so far, and the part meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from grader.intake.documents import document_from_text
from grader.intake.finding import cues
from grader.intake.finding.asked import cued, phrases_of
from grader.intake.parts.byid import by_id, those
from grader.intake.parts.labels import Label
from grader.intake.parts.lettered import sections_of
from grader.intake.parts.references import references
from grader.maths.reading.lexer import tokenize
from grader.records import Conversation, HintKind, Problem, Turn

_OPENING = 300  # characters of a reply in which it may say which problem it solves


@dataclass(frozen=True, slots=True)
class Context:
    """What one reply is about.

    Args:
        turn: number of the reply, from 1.
        asked: ids of the problems asked in or before this turn, in the order of asking.
        problem: id of the problem that a reply without headings is about; "" if unknown.
        label: of the part it is about; () if the words name none, or several.
        only: of some asked problems, the ids of the parts that alone are asked, by the problem's id.
    """

    turn: int
    asked: tuple[str, ...]
    problem: str
    label: Label
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def as_asked(self, problem: Problem) -> Problem:
        """A problem with those of its parts that are asked.

        Args:
            problem: asked, wholly or in part.
        """
        if problem.id not in self.only:
            return problem
        return replace(problem, parts=tuple(part for part in problem.parts if part.id in self.only[problem.id]))


def contexts(conversation: Conversation, problems: Sequence[Problem]) -> list[Context]:
    """One context for each reply, in order.

    A problem is asked when the person names it (number, title or id), when a reply has a heading
    for it, or, where the person named none, when a reply's opening words name it. A course with
    one problem is always asked about that one. Where neither names a part, a reply is about the one
    part that was talked about last, if there is one, or the only one that is asked.

    A turn that is declared to be no hint and to be about some parts asks for these alone, until a turn that declares
    nothing names their problem.
    """
    asked: dict[str, None] = dict.fromkeys(p.id for p in problems) if len(problems) == 1 else {}
    current = next(iter(asked), "")
    label: Label = ()  # of the part that the person means
    standing: tuple[str, Label] = ("", ())  # the one part that was talked about last
    told: set[str] = set()  # the problems that the person named
    only: dict[str, frozenset[str]] = {}
    found: list[Context] = []
    for turn in conversation.turns:
        if turn.role == "user":
            named, label = _asked_by_person(turn, problems, current)
            only = _limited(turn, named, problems, only, told)
            told.update(named)
            asked.update(dict.fromkeys(named))
            current = one_problem(named, current)
            if named or label:
                standing = (current, label)
            continue
        settled = bool(asked) and bool(label or (standing[0] == current and standing[1]))
        inside = current, label or standing[1]
        named, parts, worded = _named_in_reply(turn, problems, inside, bool(asked), settled)
        if not only:
            asked.update(dict.fromkeys(named))
        current = current or one_problem(named, current)
        if not label and standing[0] == current:
            label = standing[1]
        if not label and len(worded) == 1:
            label = worded[0]
        label = label or _only_part(current, problems, only)
        found.append(Context(turn.number, tuple(asked), current, label if current else (), only))
        current = one_problem(named, current)
        if parts or label:
            standing = (current, parts[0] if len(parts) == 1 else label if not parts else ())
        label = ()
    return found


def _limited(
    turn: Turn,
    named: Sequence[str],
    problems: Sequence[Problem],
    only: Mapping[str, frozenset[str]],
    told: Collection[str],
) -> dict[str, frozenset[str]]:
    """The parts that alone are asked after a person's turn, by problem.

    Args:
        turn: of the person.
        named: ids of the problems that it names.
        problems: of the course.
        only: the same before the turn.
        told: ids of the problems that the person named before it.
    """
    hint = turn.hint
    about: dict[str, set[str]] = {}
    for name in hint.about if hint is not None and not hint.proposed else ():
        about.setdefault(name.partition("/")[0], set()).update(_ids(name, problems))
    if not about:
        return {problem: parts for problem, parts in only.items() if problem not in named}
    asks = hint is not None and hint.kind is HintKind.NONE
    kept = {**only, **{one: frozenset[str]() for one in about if asks and one not in told}}
    return {problem: parts | about.get(problem, set()) for problem, parts in kept.items()}


def _ids(name: str, problems: Sequence[Problem]) -> set[str]:
    """The parts that ``problem/part`` names: the one with that id, else all below that label."""
    problem_id, _, part_id = name.partition("/")
    parts = [part for problem in those((problem_id,), problems) for part in problem.parts]
    if any(part.id == part_id for part in parts):
        return {part_id}
    label = _label(name, problems)
    return {part.id for part in parts if part.label[: len(label)] == label}


def _only_part(current: str, problems: Sequence[Problem], only: Mapping[str, frozenset[str]]) -> Label:
    """The label of the one part that is asked of the problem talked about; () where several are.

    Who answers such a problem answers its part, with or without a heading.
    """
    parts = [part for problem in those((current,), problems) for part in problem.parts]
    asked = [part for part in parts if current not in only or part.id in only[current]]
    return asked[0].label if len(asked) == 1 else ()


def one_problem(named: Sequence[str], current: str) -> str:
    """The problem talked about after ``named`` were named: "" after several, for none is meant."""
    if not named:
        return current
    return named[0] if len(set(named)) == 1 else ""


def _asked_by_person(turn: Turn, problems: Sequence[Problem], current: str) -> tuple[list[str], Label]:
    """Problems that a person's turn names, and the one part it is about, or what its parts have in common."""
    said = references(turn.text, problems, current)
    about = turn.hint.about if turn.hint else ()
    declared = bool(about) and turn.hint is not None and not turn.hint.proposed
    named = list(said.called if declared else said.problems)  # where it is declared, “so 2a” names no other problem
    named += [name.partition("/")[0] for name in about]
    known = by_id(problems)
    named = [problem for problem in dict.fromkeys(named) if problem in known]
    if not about and not named:
        return [], _spoken_of(turn.text, those((current,), problems))
    return named, _common([_label(name, problems) for name in about]) if len(named) == 1 else ()


def _spoken_of(text: str, problems: Sequence[Problem]) -> Label:
    """The one part that a person asks back about in words that only it has: “the naive recursion” for (c).

    Words for costs are such, like “critical path” where one part asks for it; “the sum” may be any.
    """
    if not any(part.type == "growth" for problem in problems for part in problem.parts):
        return ()
    said = cues.spelled(tokenize(text[:_OPENING]))
    found: set[Label] = set()
    for problem in problems:
        owners: dict[tuple[str, ...], set[Label]] = {}
        for part in problem.parts:
            for phrase in phrases_of(part):
                owners.setdefault(phrase, set()).add(part.label)
        for part in problem.parts:
            own = frozenset(phrase for phrase in phrases_of(part) if len(owners[phrase]) == 1)
            if part.type == "growth" and cued(said, own):
                found.add(part.label)
    return next(iter(found)) if len(found) == 1 else ()


def _common(labels: Sequence[Label]) -> Label:
    """What some labels begin with: (b) of (b)(i) and (b)(ii); () where they have nothing in common."""
    shared = zip(*labels, strict=False)
    return tuple(names[0] for names in takewhile(lambda names: len(set(names)) == 1, shared))


def _label(name: str, problems: Sequence[Problem]) -> Label:
    problem_id, _, part_id = name.partition("/")
    for problem in those((problem_id,), problems):
        for part in problem.parts:
            if part.id == part_id:
                return part.label
    return tuple(piece for piece in part_id.lower().split(".") if piece)


def _named_in_reply(
    turn: Turn, problems: Sequence[Problem], inside: tuple[str, Label], any_asked: bool, settled: bool
) -> tuple[list[str], list[Label], list[Label]]:
    """Problems and parts that a reply has headings for; and, where it has none, the parts that its words name.

    Where a problem was asked and the part is known, that is settled: the words would change nothing, and are not read.
    """
    masked = document_from_text(turn.text, format="markdown").masked
    sections = sections_of(masked, problems, inside)
    named = [section.problem for section in sections if section.explicit and section.problem]
    labels = [section.label for section in sections if section.explicit and section.label]
    worded: list[Label] = []
    if not named and not labels and not settled:
        in_words = references(turn.text[:_OPENING], problems, inside[0], by_person=False)
        worded = [label for problem, label in in_words.parts if problem == inside[0]]
        if not any_asked:
            named = list(in_words.problems)
    return list(dict.fromkeys(named)), list(dict.fromkeys(labels)), worded
