"""The marks that people gave, put in place of the machine's."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.diagnostics import Diagnostic, operator_note, operator_warning
from grader.records import Decision, Evidence, Item, Part, Problem, Result, Run, Undo, Verdict
from grader.records.decisions import answer_digest, carries_on, digest, words_of
from grader.store.decisions.files import FILE, read_log
from grader.store.decisions.log import Log

REASON = "decided_by_person"
METHOD = "decided by a person"


@dataclass(frozen=True, slots=True)
class Applied:
    """A run with the decisions of people in it.

    Args:
        run: the results of which a decision holds have it as their ``decision``, and the machine's verdict as
            their ``machine``.
        diagnostics: of the log; decisions that are not applied, and why; those that should be looked at again.
        stale: the standing decisions that are not applied.
        again: the items that are decided, and of which what was asked, or what the machine says, has changed since.
    """

    run: Run
    diagnostics: tuple[Diagnostic, ...] = ()
    stale: tuple[Decision, ...] = ()
    again: frozenset[Item] = frozenset()


def apply_file(run: Run, out: Path) -> Applied:
    """Apply the decisions that stand in ``decisions.jsonl`` in the folder ``out``, if it is there.

    Raises:
        InputError: the file holds what is no decision.
        OSError: it cannot be read.
    """
    return apply(run, read_log(out / FILE))


def apply(run: Run, log: Log) -> Applied:
    """Put the standing decisions in place of the machine's verdicts.

    A decision holds for the words that it was made on. Where an answer says something else now, it is not
    applied, and a diagnostic says so. Where the question was changed since, it is applied: the words are the
    same, and losing the mark would be worse; a diagnostic asks for another look. In a conversation it holds for
    the later replies too, as long as they only carry the answer on.

    Args:
        run: with or without decisions in it; those in it are replaced.
        log: of decisions.
    """
    if not log.events:
        return Applied(machine_run(run), log.diagnostics)
    decided = {item for item, _ in log.standing}
    found: dict[int, Decision] = {}
    held: dict[Item, Decision] = {}
    there: dict[Item, Result] = {}
    for series in _series(run):
        before: Result | None = None
        current: Decision | None = None
        for place in series:
            result = run.results[place]
            item = item_of(result)
            own = None
            if item in decided:
                there[item] = result
                own = log.standing.get((item, answer_digest(result.claim)))
            if own is not None:
                held[item] = current = own
            elif current and (before is None or not carries_on(before.claim, result.claim)):
                current = None
            if current is not None:
                found[place] = current
            before = result
    results = tuple(_decided(one, found.get(place)) for place, one in enumerate(run.results))
    stale = tuple(
        decision for item, decision in {one.item: one for one in log.standing.values()}.items() if item not in held
    )
    asked = _Questions(run)
    look_again = {item: tuple(_changed(asked, there[item], decision)) for item, decision in held.items()}
    diagnostics = (
        *log.diagnostics,
        *map(_loose, log.loose),
        *(_stale(decision, there[decision.item]) for decision in stale if decision.item in there),
        *_elsewhere([decision for decision in stale if decision.item not in there]),
        *(one for many in look_again.values() for one in many),
    )
    again = frozenset(item for item, many in look_again.items() if many)
    return Applied(replace(run, results=results), diagnostics, stale, again)


def machine_run(run: Run) -> Run:
    """The run as the machine left it, without any decision."""
    if not any(result.machine for result in run.results):
        return run
    return replace(run, results=tuple(_decided(result, None) for result in run.results))


def item_of(result: Result) -> Item:
    """The identifiers of a result."""
    claim = result.claim
    return Item(claim.subject, claim.problem, claim.part, claim.turn)


def question_digest(problem: Problem, part: Part) -> str:
    """Digest of what is asked and of how it is marked: the words, the given values, the points, the guide, the key.

    Args:
        problem: as the subject had it, with its own given values.
        part: of the problem.
    """
    from grader.answers import get_type  # brings the mathematics with it

    given = json.dumps(dict(problem.given), default=str, sort_keys=True)
    guide = get_type(part.type).guide(part.options)
    return digest(problem.prompt, given, part.prompt, str(part.points), part.type, part.key, *guide)


# ---------------------------------------------------------------- results


def _series(run: Run) -> Iterator[list[int]]:
    """Places of the results of each subject and part, in the order of the turns."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for place, result in enumerate(run.results):
        claim = result.claim
        found.setdefault((claim.subject, claim.problem, claim.part), []).append(place)
    for places in found.values():
        yield sorted(places, key=lambda place: run.results[place].claim.turn or 0)


def _decided(result: Result, decision: Decision | None) -> Result:
    """A result with a decision, or with none."""
    machine = result.machine or result.verdict
    if decision is None:
        return replace(result, verdict=machine, decision=None, machine=None) if result.machine else result
    verdict = Verdict(
        decision.status,
        decision.credit,
        REASON,
        read_as=machine.read_as,
        expected=machine.expected,
        feedback=decision.comment,
        evidence=Evidence(METHOD),
    )
    return replace(result, verdict=verdict, decision=decision, machine=machine)


class _Questions:
    """Digests of the questions of a run, each made once."""

    def __init__(self, run: Run) -> None:
        self._all: Mapping[str, Problem] = {problem.id: problem for problem in run.problems}
        self._own = {(subject, problem.id): problem for subject, problems in run.own.items() for problem in problems}
        self._digests: dict[tuple[int, str], str] = {}

    def digest(self, item: Item) -> str:
        """The digest of the question that an item answers."""
        problem = self._own.get((item.subject, item.problem)) or self._all[item.problem]
        key = (id(problem), item.part)
        if key not in self._digests:
            self._digests[key] = question_digest(problem, problem.part(item.part))
        return self._digests[key]


# ---------------------------------------------------------------- what is told


def _loose(undo: Undo) -> Diagnostic:
    """An event that takes back what is not there."""
    message = f"{undo.by} took back the decision {undo.of}, which is not in the file"
    fix = "Was a line removed? Nothing in the file may be: compare it with a copy."
    return operator_warning("decision-undo", message, None, fix)


def _stale(decision: Decision, now: Result) -> Diagnostic:
    """An answer that says something else than what was decided."""
    claim = now.claim
    message = (
        f"the decision {decision.id} by {decision.by} on {decision.item} is not applied: it was made on "
        f"{_quoted(decision.text)}, and now {_quoted(words_of(claim))} is found there"
    )
    fix = "Decide on the answer as it is now: `grade review OUT`."
    return operator_warning("decision-stale", message, claim.span, fix)


def _elsewhere(found: Sequence[Decision]) -> Iterator[Diagnostic]:
    """Decisions on what is not in the run, as one note."""
    if found:
        whom = ", ".join(str(one.item) for one in found[:3]) + (", …" if len(found) > 3 else "")
        what = "one decision is" if len(found) == 1 else f"{len(found)} decisions are"
        message = f"{what} not applied: this run has no such answer ({whom})"
        fix = "Nothing is lost: what is in the file holds again where the answer is there again."
        yield operator_note("decision-elsewhere", message, None, fix)


def _changed(asked: _Questions, result: Result, decision: Decision) -> Iterator[Diagnostic]:
    """What has changed around an answer since it was decided."""
    machine = result.machine or result.verdict
    fix = "It stands. Look again: `grade review OUT` lists it under “look again”; deciding anew confirms it."
    who = f"the decision {decision.id} by {decision.by} on {decision.item}"
    if asked.digest(item_of(result)) != decision.spec:
        message = f"{who} was made when the question or its marking was another"
        yield operator_warning("decision-question", message, None, fix)
    then, now = (decision.machine_status, decision.machine_credit), (machine.status, machine.credit)
    if then != now and machine.status.carries_marks:
        message = f"{who} was made when the machine said {_said(*then)}; it says {_said(*now)} now"
        yield operator_warning("decision-machine", message, None, fix)


def _said(status: str, credit: object) -> str:
    return status if credit is None or status != "partial" else f"{status} ({credit})"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        return "no answer"
    return f"“{line[:60]}…”" if len(line) > 60 else f"“{line}”"
