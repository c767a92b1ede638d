"""What a person asks, turn by turn: which problems are asked so far, and what kind of hint each turn is."""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.parts.contexts import one_problem
from grader.intake.talks.hints import parts_named, proposed_hint
from grader.records import Hint, HintKind, Problem


class Asking:
    """The course of one conversation, as far as the person's turns tell.

    Args:
        problems: of the course. One alone is always the one asked about.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._problems = problems
        self._asked: dict[str, None] = dict.fromkeys(p.id for p in problems) if len(problems) == 1 else {}
        self.current = next(iter(self._asked), "")
        self._new = True

    def turn(self, words: str, named: Sequence[str], declared: Hint | None = None) -> Hint:
        """The hint of the next turn of the person.

        Args:
            words: of the turn.
            named: ids of the problems that it names.
            declared: by the transcript, if it does.

        Returns:
            The declared hint, or a proposed one; a turn that asks something new gives none.
        """
        hint = self._proposed(words, named) if declared is None else self._declared(words, declared)
        self._asked.update(dict.fromkeys(named))
        self.current, self._new = one_problem(list(named), self.current), False
        return hint

    def _proposed(self, words: str, named: Sequence[str]) -> Hint:
        before = [] if self._new else list(self._asked)
        proposed = proposed_hint(words, self._problems, self.current, before)
        if any(problem not in before for problem in named):
            why = f"asks something new: {', '.join(problem for problem in named if problem not in before)}"
            return Hint(HintKind.NONE, words, proposed=True, about=proposed.about, why=why)
        return proposed

    def _declared(self, words: str, declared: Hint) -> Hint:
        about = declared.about or parts_named(words, self._problems, self.current)
        return Hint(declared.kind, words, proposed=False, about=about)
