"""Made replies, any number of them: conversations about this repository's problems, each reply with its planted label.

Everything is drawn from a seed. A conversation asks one question and goes on, after hints, for one to five replies. A
reply is planted ``right``, ``wrong``, ``unreadable`` or ``silent``; its answer is one of those that
:mod:`benchmarks.items` knows, or drawn numbers that are wrong, in one of the forms of :mod:`benchmarks.wording`.

Two dials: ``distinct`` is the share of replies with words that occur in no other reply, ``length`` the mean number of
sentences before an answer. A reply that is not distinct has neither drawn words nor drawn numbers, and of the answers
and their forms the first are the most frequent; some of these occur once only, all the same (:func:`repeated`).

``python -m benchmarks.replies 1000 FOLDER`` writes a course and ``replies.jsonl`` into a folder.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import wording
from benchmarks.items import Item, items, make_course
from grader.records import HintKind

RIGHT, WRONG, UNREADABLE, SILENT = "right", "wrong", "unreadable", "silent"

MODELS = tuple(f"model-{letter}" for letter in "abcdefgh")
TURNS = (1, 1, 2, 3, 3, 4, 5)
"""Replies of a conversation; each number is as likely. On average 2.7."""

MOST_TURNS = max(TURNS)
FIRST = 0.55
"""Share of first answers that are right."""

KEEPS, REPAIRS = 0.85, 0.35
"""Share of right answers that stay right in the next reply, and of wrong ones that become right."""

SILENCES, GARBLES = 0.04, 0.015
"""Shares of replies without an answer, and with one that nobody can read. Choices are never garbled."""

NUMBERS = 0.4
"""Share of wrong answers that are drawn numbers, where the truth is numbers."""

FREQUENT = 4
"""Power to which a drawn share is raised in replies that are not distinct: three of four fall to the first third."""

CHOSEN = frozenset({"choice", "choices", "classification"})

NUDGE = (HintKind.NEUTRAL, "Are you sure? Please go over it once more.")
"""The hint where a spec offers none."""


@dataclass(frozen=True, slots=True)
class Load:
    """What the replies are like.

    Args:
        distinct: share of replies whose words occur in no other.
        length: mean number of sentences before an answer, in the distinct replies.
        turns: most replies of a conversation.
        seed: other seeds give other conversations.
    """

    distinct: float
    length: int
    turns: int = MOST_TURNS
    seed: int = 20261126


LOADS = {"cold": Load(1.0, 4), "natural": Load(0.4, 2), "short": Load(0.0, 0, 1)}
"""``cold``: no reply occurs twice. ``natural``: most are short, and some ways to say them are much more frequent than
others, as with sampled models that were told to answer shortly. ``short``: each asks once and gets the answer alone."""


@dataclass(frozen=True, slots=True)
class Made:
    """A reply as planted.

    Args:
        hint: kind and words of what the person said before it.
        text: of the model.
        label: ``right``, ``wrong``, ``unreadable`` or ``silent``.
    """

    hint: tuple[HintKind, str]
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as planted."""

    id: str
    model: str
    item: Item
    replies: tuple[Made, ...]


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """The replies in which an item's answers may be given: bare ones, and announced ones."""

    item: Item
    right: tuple[tuple[Sequence[str], Sequence[str]], ...]
    wrong: tuple[tuple[Sequence[str], Sequence[str]], ...]
    hints: tuple[tuple[HintKind, str], ...]


class Maker:
    """Makes conversations.

    Args:
        questions: of the course.
        load: what the replies are like.
    """

    def __init__(self, questions: Sequence[Item], load: Load) -> None:
        self.load = load
        self._items = tuple(
            _Wrapped(
                item,
                tuple(map(wording.wraps, item.right)),
                tuple(map(wording.wraps, item.wrong)),
                item.hints or (NUDGE,),
            )
            for item in questions
        )

    def talks(self, replies: int, start: int = 0) -> Iterator[Talk]:
        """Conversations with as many replies in all; the last one is cut where the number is reached.

        Args:
            replies: how many.
            start: number of the first conversation. Each is a function of the load and its number alone.
        """
        left, number = replies, start
        while left > 0:
            talk = self.talk(number, left)
            left -= len(talk.replies)
            number += 1
            yield talk

    def talk(self, number: int, most: int = MOST_TURNS) -> Talk:
        """One conversation.

        Args:
            number: of it.
            most: replies.
        """
        dice = random.Random(self.load.seed << 32 | number)
        draw = dice.random
        one = self._items[int(draw() * len(self._items))]
        model = MODELS[int(draw() * len(MODELS))]
        count = min(TURNS[int(draw() * len(TURNS))], most, self.load.turns)
        made: list[Made] = []
        right, answered = draw() < FIRST, False
        for turn in range(count):
            if turn:
                right = draw() < (KEEPS if right else REPAIRS)
            hint = one.hints[int(draw() * len(one.hints))] if turn else (HintKind.NONE, one.item.prompt)
            label = self._label(draw(), right, one.item)
            distinct = draw() < self.load.distinct
            text = self._text(dice, one, label, turn, answered, distinct)
            if distinct:
                text = f"{wording.mark(number * MOST_TURNS + turn)}\n\n{text}"
            answered = answered or label is not SILENT
            made.append(Made(hint, text, label))
        return Talk(f"{model}-{number:07}", model, one.item, tuple(made))

    def _label(self, draw: float, right: bool, item: Item) -> str:
        if draw < SILENCES:
            return SILENT
        if draw < SILENCES + GARBLES and item.type not in CHOSEN:
            return UNREADABLE
        return RIGHT if right else WRONG

    def _text(self, dice: random.Random, one: _Wrapped, label: str, turn: int, answered: bool, distinct: bool) -> str:
        """A reply; without drawn words unless it is to be distinct."""
        draw = dice.random
        opening = wording.FOLLOWING[int(draw() * len(wording.FOLLOWING))] + " " if distinct and turn else ""
        if label is SILENT:
            silences = wording.SILENT_LATER if answered else wording.SILENT_FIRST
            return opening + silences[int(draw() * len(silences))]
        sentences = int(draw() * (2 * self.load.length + 1)) if distinct else 0
        if label is UNREADABLE:
            form = wording.GARBLED[int(draw() * len(wording.GARBLED))]
            said = form.format(n=int(draw() * 90) + 10 if distinct else 7)
            return _joined(opening + wording.prose(dice, sentences, True), said)
        formulas = sentences > 1
        often = 1 if distinct else FREQUENT
        bare: Sequence[str]
        announced: Sequence[str]
        if label is WRONG and distinct and one.item.shape is not None and draw() < NUMBERS:
            bare, announced = wording.wraps(_numbers(dice, one.item))
        else:
            answers = one.right if label is RIGHT else one.wrong
            bare, announced = answers[int(draw() ** often * len(answers))]
        forms = announced if formulas or draw() < 0.6 else bare
        return _joined(opening + wording.prose(dice, sentences, formulas), forms[int(draw() ** often * len(forms))])


def _joined(before: str, said: str) -> str:
    return f"{before.strip()}\n\n{said}" if before else said


def _numbers(dice: random.Random, item: Item) -> str:
    """Numbers like the truth, all of them greater in absolute value than any in it, and so wrong."""

    def number() -> str:
        value = int(2 * item.size) + 2 + int(dice.random() * 900)
        sign = "-" if dice.random() < 0.3 else ""
        return f"{sign}{value}" if dice.random() < 0.6 else f"{sign}{value}.{int(dice.random() * 99) + 1:02}"

    if not item.shape:
        return number()
    rows = [f"[{', '.join(number() for _ in range(item.shape[-1]))}]" for _ in range(item.shape[0])]
    return rows[0] if len(item.shape) == 1 else f"[{', '.join(rows)}]"


# ---------------------------------------------------------------- files


def record(talk: Talk) -> dict[str, Any]:
    """A conversation as OpenAI's chats have it; a message of the person declares its hint, a reply its label.

    Args:
        talk: the conversation.
    """
    about = [f"{talk.item.problem}/a"]
    messages: list[dict[str, Any]] = []
    for made in talk.replies:
        kind, words = made.hint
        said: dict[str, Any] = {"role": "user", "content": words}
        if kind is not HintKind.NONE:
            said |= {"hint": str(kind), "about": about}
        messages += (said, {"role": "assistant", "content": made.text, "planted": made.label})
    return {"id": talk.id, "model": talk.model, "metadata": {"problem": talk.item.problem}, "messages": messages}


def write_jsonl(file: Path, maker: Maker, replies: int) -> int:
    """Write conversations with as many replies in all, one a line; none but one is held at a time.

    Args:
        file: to write.
        maker: of the conversations.
        replies: how many.

    Returns:
        The number of conversations.
    """
    encode = json.JSONEncoder(ensure_ascii=False).encode
    count = 0
    with file.open("w", encoding="utf-8", buffering=1 << 20) as stream:
        for count, talk in enumerate(maker.talks(replies), 1):  # noqa: B007 - the count is used after the loop
            stream.write(encode(record(talk)) + "\n")
    return count


def repeated(maker: Maker, replies: int) -> float:
    """The share of replies whose words occur in another one, too.

    Args:
        maker: of the conversations.
        replies: how many; some 100 bytes of memory for each.
    """
    seen = Counter(hash(made.text) for talk in maker.talks(replies) for made in talk.replies)
    return sum(count for count in seen.values() if count > 1) / replies


def main() -> None:
    """Write a course and replies."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("replies", type=int)
    reader.add_argument("folder", type=Path, help="where the course and replies.jsonl are written")
    reader.add_argument("--load", choices=LOADS, default="cold")
    reader.add_argument("--problems", type=int, default=None, help="questions; all if not given")
    given = reader.parse_args()
    make_course(given.folder, given.problems)
    maker = Maker(items(given.folder), LOADS[given.load])
    start = time.process_time()
    talks = write_jsonl(given.folder / "replies.jsonl", maker, given.replies)
    took = time.process_time() - start
    size = (given.folder / "replies.jsonl").stat().st_size
    print(
        f"{given.replies:,} replies in {talks:,} conversations, {size / 1e6:,.1f} MB, "
        f"{given.replies / took:,.0f} replies a second; {repeated(maker, given.replies):.1%} occur more than once"
    )


if __name__ == "__main__":
    main()
