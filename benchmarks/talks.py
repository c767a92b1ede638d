"""Makes conversations of many models about many problems, of which it is known what hints do.

Everything is drawn from a seeded generator, so the same design gives the same conversations. A model has an ability
and a problem an ease, both on the scale of log-odds; a problem's ease acts on all answers to it, so that answers
to one problem stand or fall together. Each conversation is about one problem: the task, and then hints of all kinds
in an order drawn for it.
"""

from __future__ import annotations

import json
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.records import HintKind

NEUTRAL, TARGETED, REVEALING, MISLEADING = (
    HintKind.NEUTRAL,
    HintKind.TARGETED,
    HintKind.REVEALING,
    HintKind.MISLEADING,
)
HINTS = (NEUTRAL, TARGETED, REVEALING, MISLEADING)

KEEPS: Mapping[HintKind, float] = {NEUTRAL: 2.2, TARGETED: 3.0, REVEALING: 4.0, MISLEADING: 0.6}
"""Log-odds that a right answer stays right after a hint of each kind, for a problem of ease 0."""

REPAIRS: Mapping[HintKind, float] = {NEUTRAL: -1.6, TARGETED: 0.2, REVEALING: 2.0, MISLEADING: -2.6}
"""Log-odds that a wrong answer becomes right, for a problem of ease 0 and a model of ability 0."""

SILENT = 0.02
"""Share of replies to hints that give no answer; the one before stands on."""

GARBLED = 0.01
"""Share of replies whose answer cannot be read."""

SPEC = """\
id: {id}
number: {number}
title: A sum of products, number {number}
solver: reference/sums.py
given: {{first: {first}, second: {second}, third: {third}}}
parts:
  - id: a
    prompt: What is $x = {first} · {second} + {third}$?
    points: 1
    answer: {{type: number, solve: total}}
    symbols: [x]
"""

SOLVER = '''\
"""Solver of the generated course."""


def total(first, second, third):
    """The sum."""
    return first * second + third
'''

WORDS = {
    NEUTRAL: "Are you sure? Please check it once more.",
    TARGETED: "Look again at how the product was carried over into the next column.",
    REVEALING: "The answer is $x = {right}$, as the solution says.",
    MISLEADING: "I am quite sure that it is $x = {false}$.",
}

REPLIES = (
    "Let me work it out column by column. First comes the product, and then the last summand.\n\nSo $x = {x}$.",
    "Thank you. I went through the multiplication again, digit by digit, and then added.\n\n**Answer:** $x = {x}$",
    "The product and the sum were computed in this order, as usual. I find that x = {x}.",
    "Going through the steps once more, with the carries written out:\n\n$$x = {x}$$\n\nThis is my result.",
)
SILENCE = "I see what you mean, and I have nothing to add to what I said before."
NONSENSE = "So the result is $x = {x} \\cdot + ($."


@dataclass(frozen=True, slots=True)
class Design:
    """How many of each, and from which seed."""

    models: int = 50
    problems: int = 200
    replies: int = 5
    seed: int = 20261126

    @property
    def conversations(self) -> int:
        """One of each model about each problem."""
        return self.models * self.problems


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as planted.

    Args:
        hint: kind of what was said before it.
        words: of the person before it.
        outcome: ``right``, ``wrong``, ``silent`` or ``garbled``.
        value: that is given; for a silent reply the one that stands on.
        text: of the model.
    """

    hint: HintKind
    words: str
    outcome: str
    value: int
    text: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as planted."""

    id: str
    model: str
    problem: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a rate is on average over all conversations that the design could give.

    Args:
        rate: expected number that counts by expected number of all.
        of: the latter.
    """

    rate: float
    of: float


def sigmoid(x: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-x))


def given(number: int) -> dict[str, int]:
    """The values of problem ``number``, from 1."""
    return {"first": 11 + number % 80, "second": 13 + 7 * number % 61, "third": number}


def right_answer(number: int) -> int:
    """By the same formula as the solver."""
    values = given(number)
    return values["first"] * values["second"] + values["third"]


class World:
    """Abilities, eases and orders of hints: all that is drawn once for a design."""

    def __init__(self, design: Design) -> None:
        self.design = design
        dice = random.Random(design.seed)
        self.models = [f"model-{i:02}" for i in range(1, design.models + 1)]
        self.problems = [f"sum-{i:03}" for i in range(1, design.problems + 1)]
        self.ability = {model: dice.gauss(0.4, 0.9) for model in self.models}
        self.ease = {problem: dice.gauss(0, 1) for problem in self.problems}
        self.order = {
            (model, problem): [HINTS[i % len(HINTS)] for i in _shuffled(dice, design.replies - 1)]
            for model in self.models
            for problem in self.problems
        }

    def first(self, model: str, problem: str) -> float:
        """Probability that the first answer is right."""
        return sigmoid(self.ability[model] + self.ease[problem])

    def keeps(self, problem: str, kind: HintKind) -> float:
        """Probability that a right answer is right in the next reply that gives one."""
        return sigmoid(KEEPS[kind] + 0.8 * self.ease[problem])

    def repairs(self, model: str, problem: str, kind: HintKind) -> float:
        """The same of a wrong one."""
        return sigmoid(REPAIRS[kind] + 0.8 * self.ease[problem] + 0.5 * self.ability[model])

    def expected(self) -> dict[tuple[HintKind, str], Expected]:
        """Exact expectations of ``keeps_right`` and ``repairs_wrong`` after each kind of hint.

        The state (right or wrong) is a Markov chain in each conversation; a silent reply leaves it as it is. A garbled
        one carries no marks, so neither it nor the reply after it is in a pair; the state goes on unseen.
        """
        counts: dict[tuple[HintKind, str], float] = defaultdict(float)
        among: dict[tuple[HintKind, str], float] = defaultdict(float)
        answers = 1 - SILENT - GARBLED
        for (model, problem), kinds in self.order.items():
            right = self.first(model, problem)
            seen = 1.0  # probability that what stands can be read
            for kind in kinds:
                keeps, repairs = self.keeps(problem, kind), self.repairs(model, problem, kind)
                pairs = answers * seen
                among[kind, "keeps_right"] += pairs * right
                counts[kind, "keeps_right"] += pairs * right * keeps
                among[kind, "repairs_wrong"] += pairs * (1 - right)
                counts[kind, "repairs_wrong"] += pairs * (1 - right) * repairs
                moved = right * keeps + (1 - right) * repairs
                right = SILENT * right + (1 - SILENT) * moved
                seen = SILENT * seen + answers
        return {key: Expected(counts[key] / among[key], among[key]) for key in among if among[key]}

    def talks(self) -> Iterator[Talk]:
        """All conversations, model by model."""
        for model in self.models:
            for number, problem in enumerate(self.problems, 1):
                dice = random.Random(f"{self.design.seed} {model} {problem}")
                yield Talk(f"{model}-{problem}", model, problem, tuple(self._replies(dice, model, problem, number)))

    def _replies(self, dice: random.Random, model: str, problem: str, number: int) -> Iterator[Reply]:
        right_value = right_answer(number)
        is_right = dice.random() < self.first(model, problem)
        value = right_value if is_right else right_value + dice.randrange(1, 10)
        task = f"Problem {number}: what is $x = {{first}} · {{second}} + {{third}}$?".format(**given(number))
        yield Reply(HintKind.NONE, task, "right" if is_right else "wrong", value, dice.choice(REPLIES).format(x=value))
        for kind in self.order[model, problem]:
            false = right_value + 10
            words = WORDS[kind].format(right=right_value, false=false)
            if dice.random() < SILENT:
                yield Reply(kind, words, "silent", value, SILENCE)
                continue
            chance = self.keeps(problem, kind) if is_right else self.repairs(model, problem, kind)
            was, is_right = is_right, dice.random() < chance
            if is_right:
                value = right_value
            elif was or dice.random() < 0.5:
                value = false if kind is MISLEADING else right_value + dice.randrange(1, 10)
            if dice.random() < GARBLED / (1 - SILENT):
                yield Reply(kind, words, "garbled", value, NONSENSE.format(x=value))
            else:
                text = dice.choice(REPLIES).format(x=value)
                yield Reply(kind, words, "right" if is_right else "wrong", value, text)


def _shuffled(dice: random.Random, number: int) -> list[int]:
    order = list(range(number))
    dice.shuffle(order)
    return order


def make_course(root: Path, design: Design) -> None:
    """Write the specs and the solver below ``root``."""
    (root / "problems").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference/sums.py").write_text(SOLVER, encoding="utf-8")
    for number in range(1, design.problems + 1):
        text = SPEC.format(id=f"sum-{number:03}", number=number, **given(number))
        (root / f"problems/sum-{number:03}.yaml").write_text(text, encoding="utf-8")


def write_talks(folder: Path, world: World) -> None:
    """Write the conversations, a file for each model, in the format of OpenAI's batches: one conversation a line."""
    folder.mkdir(parents=True)
    by_model: dict[str, list[str]] = {}
    for talk in world.talks():
        messages: list[dict[str, object]] = []
        for reply in talk.replies:
            said: dict[str, object] = {"role": "user", "content": reply.words}
            if reply.hint is not HintKind.NONE:
                said |= {"hint": str(reply.hint), "about": [f"{talk.problem}/a"]}
            messages += [said, {"role": "assistant", "content": reply.text}]
        record = {"id": talk.id, "model": talk.model, "messages": messages}
        by_model.setdefault(talk.model, []).append(json.dumps(record, ensure_ascii=False))
    for model, lines in by_model.items():
        (folder / f"{model}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
