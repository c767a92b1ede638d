"""How far the machine agrees with annotators, with a key, and with the people who decided by hand.

For each of them: how often the one says this and the other that, with Cohen's kappa, and all conflicts with the
evidence. Agreement is a fact about both sides. It is no measure of the machine alone, for labels can be mistaken, and a
mistaken label that the machine contradicts lowers it.

Sources: Cohen 1960 (Educational and Psychological Measurement 20); Fleiss, Cohen and Everitt 1969 (Psychological
Bulletin 72), clustered by problem (:mod:`grader.analysis.stats.kappa`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.analysis.changes import answered_anew
from grader.analysis.enough import too_few
from grader.analysis.index import RunIndex
from grader.analysis.measures import Measured, measured
from grader.analysis.opinions import Opinions, evidence_of, meant
from grader.analysis.stats import Kappa, clustered_kappa, totals
from grader.records import Label, Result, Status, Verdict

MARKS = (Status.CORRECT, Status.PARTIAL, Status.INCORRECT)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An answer of which the machine and somebody else say different things.

    Args:
        by: who else.
        result: the answer, with the verdict that stands.
        machine: what the machine says.
        says: what the other says.
        evidence: what the machine has to show for itself.
        note: what the other has to say for themselves, "" for nothing.
    """

    by: str
    result: Result
    machine: Status
    says: Status
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """The machine and one other, on the answers that both judged.

    Args:
        by: ``annotator``, ``key``, another name of a label, or ``decided by hand``.
        table: how many answers for each (what the machine says, what the other says), open statuses of the machine too.
        compared: answers with marks from both.
        agreed: those of them on which both say the same.
        observed: ``agreed`` of ``compared``, with an interval by problem.
        kappa: over ``compared``; None of nothing.
        open: answers that the other judged and the machine left open.
        free: labels in free words, which cannot be compared.
        disagreements: in the order of the run.
    """

    by: str
    table: Mapping[tuple[Status, Status], int]
    compared: int
    agreed: int
    observed: Measured
    kappa: Kappa | None
    open: int
    free: int
    disagreements: tuple[Disagreement, ...]


BY_HAND = "decided by hand"


def agreements(index: RunIndex, said: Iterable[Opinions]) -> tuple[Agreement, ...]:
    """The machine beside everybody who labelled an answer, then beside those who decided by hand.

    Args:
        index: of the run.
        said: its labelled answers (:func:`grader.analysis.opinions.opinions`).

    Returns:
        one for each name of a label, in the order in which they come, the annotator and the key first. Of two labels of
        one person for one answer the first that can be compared counts.
    """
    judged: dict[str, list[tuple[Result, Label]]] = {}
    free: Counter[str] = Counter()
    for one in said:
        people: dict[str, Label] = {}
        for label in one.labels:
            if meant(label) is None:
                free[label.by] += 1
            elif one.result is not None:
                people.setdefault(label.by, label)
        for by, label in people.items():
            if one.result is not None:
                judged.setdefault(by, []).append((one.result, label))
    names = [by for by in dict.fromkeys(("annotator", "key", *judged, *free)) if by in judged or by in free]
    found = [_labelled(index, by, judged.get(by, ()), free[by]) for by in names]
    decided = [one for one in index.run.results if one.decision is not None and _own(one)]
    return (*found, _decided(decided)) if decided else tuple(found)


def _own(result: Result) -> bool:
    """Whether a decision is on this very answer, and not carried on with it."""
    return result.claim.turn is None or answered_anew(result)


def _labelled(index: RunIndex, by: str, judged: Sequence[tuple[Result, Label]], free: int) -> Agreement:
    order = {id(result): at for at, result in enumerate(index.run.results)}
    pairs = []
    for result, label in sorted(judged, key=lambda pair: order[id(pair[0])]):
        says = meant(label)
        if says is not None:
            pairs.append((result, _machine(result), says, label.note))
    return _agreement(by, pairs, free)


def _decided(found: Sequence[Result]) -> Agreement:
    return _agreement(BY_HAND, [(one, _machine(one), one.verdict.status, _why(one)) for one in found], 0)


def _why(result: Result) -> str:
    return result.decision.why if result.decision is not None else ""


def _machine(result: Result) -> Verdict:
    """What the machine says, also where a person decided otherwise."""
    return result.machine if result.machine is not None else result.verdict


def _agreement(by: str, judged: Sequence[tuple[Result, Verdict, Status, str]], free: int) -> Agreement:
    table = Counter((machine.status, says) for _, machine, says, _ in judged)
    both = [one for one in judged if one[1].status.carries_marks]
    pairs = [(machine.status, says) for _, machine, says, _ in both]
    problems = [result.claim.problem for result, *_ in both]
    kappa = clustered_kappa(pairs, problems)
    if kappa is not None and kappa.interval is not None and (why := too_few(Counter(problems).values())):
        kappa = replace(kappa, interval=None, why=why)
    disagreements = tuple(_disagreements(by, both))
    observed = measured(dict(totals((one == other for one, other in pairs), problems)))
    agreed = len(both) - len(disagreements)
    return Agreement(by, table, len(both), agreed, observed, kappa, len(judged) - len(both), free, disagreements)


def _disagreements(by: str, both: Iterable[tuple[Result, Verdict, Status, str]]) -> Iterator[Disagreement]:
    for result, machine, says, note in both:
        if machine.status is not says:
            yield Disagreement(by, result, machine.status, says, evidence_of(machine), note)
