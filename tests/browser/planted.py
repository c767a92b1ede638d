"""Runs whose names, answers and remarks hold what must never become a part of a page."""

from __future__ import annotations

import html
from dataclasses import replace
from itertools import count

from grader.diagnostics import operator_error
from grader.records import Claim, Conversation, Failure, Rendered, Result, Run, Verdict, Witness

PLANTS = (
    "<script>window.planted=1</script>",
    '<img src=x onerror="window.planted=1">',
    '"><svg onload=window.planted=1>',
    "</style></title><script>window.planted=1</script>",
    "'-->]]></textarea><iframe srcdoc='<script>parent.planted=1</script>'>",
    "\u202egnihtyna\u2066 {{7*7}}{% raw %} &lt;b&gt; ${7*7}",
    "\ud800half\udfff\x00\x1b[31m javascript:window.planted=1",
    "w" * 10_000,
)
"""Markup that breaks out of a text, an attribute, a title, a style and a comment; text that turns its neighbours
round; templates; halves of characters; and a word that is too long for any line."""


def as_shown(text: str) -> str:
    """A text as a page can hold it: what no file can hold is replaced."""
    return "".join("\ufffd" if ch in "\x00\x1b\ud800\udfff" else ch for ch in text)


class Planting:
    """Gives each foreign text of a run a plant, and each subject always the same one.

    Args:
        subjects: of the run.
    """

    def __init__(self, subjects: tuple[str, ...]) -> None:
        self.names = {name: PLANTS[n % len(PLANTS)] + " " * (n >= len(PLANTS)) for n, name in enumerate(subjects)}
        self._next = count()

    def text(self) -> str:
        """The next plant."""
        return PLANTS[next(self._next) % len(PLANTS)]

    def rendered(self, shown: Rendered | None) -> Rendered | None:
        """A formula in which a plant stands as words."""
        if shown is None:
            return None
        plant = self.text()
        mathml = f"<math><mtext>{html.escape(plant)}</mtext></math>" if len(plant) < 1000 else ""
        return Rendered(plant, plant, mathml)

    def verdict(self, verdict: Verdict) -> Verdict:
        evidence = verdict.evidence
        if evidence:
            witness = Witness(((self.text(), self.text()),), self.text(), self.text()) if evidence.witness else None
            evidence = replace(evidence, method=self.text(), witness=witness)
        return replace(
            verdict,
            read_as=self.rendered(verdict.read_as),
            expected=self.rendered(verdict.expected),
            feedback=self.text() if verdict.feedback else "",
            evidence=evidence,
        )

    def claim(self, claim: Claim) -> Claim:
        subject = self.names[claim.subject]
        if not claim.text:
            return replace(claim, subject=subject)
        text = self.text()
        span = replace(claim.span, file=f"submissions/{subject}/hw8.md") if claim.span else None
        return replace(claim, subject=subject, text=text, context=f"So {text}, as asked", context_start=3, span=span)

    def result(self, result: Result) -> Result:
        return replace(result, claim=self.claim(result.claim), verdict=self.verdict(result.verdict))

    def talk(self, talk: Conversation) -> Conversation:
        turns = tuple(
            replace(turn, text=self.text(), hint=replace(turn.hint, text=self.text(), why="") if turn.hint else None)
            for turn in talk.turns
        )
        labels = tuple(replace(label, says=self.text(), note=self.text()) for label in talk.labels)
        return replace(talk, id=self.names[talk.id], model=self.text(), turns=turns, labels=labels, file=self.text())


def planted(run: Run) -> Run:
    """A run with a plant wherever a text came from a submission, a conversation or a file's name."""
    planting = Planting(run.subjects)
    failure = operator_error("intake-too-large", planting.text(), fix=planting.text())
    problems = tuple(
        replace(one, title=PLANTS[0], parts=tuple(replace(part, prompt=PLANTS[1]) for part in one.parts))
        for one in run.problems
    )
    return replace(
        run,
        title=PLANTS[3],
        problems=problems,
        subjects=tuple(planting.names.values()),
        results=tuple(map(planting.result, run.results)),
        conversations=tuple(map(planting.talk, run.conversations)),
        failures=(Failure(PLANTS[4], (failure,)),),
    )
