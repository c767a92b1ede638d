"""A story turn by turn: what the person said, what the model answered, and what is said of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.analysis.opinions import meant
from grader.analysis.stories import Moment, Story
from grader.records import Label, Status, Verdict
from grader.reports.excerpts import clipped, gist
from grader.reports.hints.places import Places

SCENES = 5  # of a story
WORDS = 100  # characters of the person's words in a scene
NOTE = 72  # characters of a label's note
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of an answer, with the first words of their note.

    Args:
        right: what it amounts to; None for free words.
    """

    by: str
    says: str
    note: str
    right: bool | None


@dataclass(frozen=True, slots=True)
class Scene:
    """One reply.

    Args:
        words: of the person before it, short.
        said: of the answer.
        remark: of a person beside the answer, short; where nobody labelled it.
        skipped: number of answers to the part that are left out between this scene and the one before.
        href: of the answer's drawer, "" where that is not known.
        key: ``before`` or ``after`` for the two answers of the change that the story tells, else "".
    """

    moment: Moment
    words: str
    said: tuple[Said, ...]
    remark: str
    skipped: int
    href: str
    key: str


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as it is shown.

    Args:
        scenes: at most :data:`SCENES`.
        left_out: number of answers to the part after the last scene.
        course: what happened before the change, as words for a sentence; "" if nothing that matters.
        labeller: who labelled the answers, for a heading.
        labels_say, computed: the change as one person labelled it, and as it was computed, each two words; None
            where nobody labelled it, or labels and computation tell the same.
        why: what the computation has to show for the answer after the change.
    """

    story: Story
    scenes: tuple[Scene, ...]
    left_out: int
    course: str
    labeller: str
    labels_say: tuple[str, str] | None
    computed: tuple[str, str] | None
    why: str


def telling(story: Story, places: Places, page: str) -> Telling:
    """Choose the scenes, and put the story into words.

    Args:
        page: on which it is told.
    """
    at = next(i for i, one in enumerate(story.moments) if one.turn == story.turn)
    chosen = _chosen(story.moments, at)
    scenes = []
    for before, i in zip([-1, *chosen[:-1]], chosen, strict=True):
        moment = story.moments[i]
        key = {at: "after", at - 1: "before"}.get(i, "")
        href = places.link(story.subject, story.where.ref, moment.turn, page)
        words = gist(moment.hint.text, WORDS) if moment.hint else ""
        said, remark = tuple(map(_said, moment.labels)), clipped(moment.remark, NOTE)
        scenes.append(Scene(moment, words, said, remark, i - before - 1, href, key))
    labelled = story.labelled
    parted = labelled is not None and labelled.part and labelled.said[0] is not None
    says = tuple(_word(flag) for flag in labelled.said) if labelled and parted else None
    computed = tuple(_word(flag) for flag in labelled.computed) if labelled and parted else None
    return Telling(
        story,
        tuple(scenes),
        len(story.moments) - 1 - chosen[-1],
        _course(story.moments, at),
        _labeller([said.by for scene in scenes for said in scene.said]),
        (says[0], says[1]) if says else None,
        (computed[0], computed[1]) if computed else None,
        _why(story.change.after.verdict),
    )


def _chosen(moments: Sequence[Moment], at: int) -> list[int]:
    """Which answers are shown: those around the change, the first one, those that turned, then the nearest."""
    turned = [i for i in range(1, len(moments)) if moments[i].computed is not moments[i - 1].computed]
    nearest = sorted(range(len(moments)), key=lambda i: (abs(i - at), i))
    wanted = dict.fromkeys((at, max(0, at - 1), 0, *(i for i in reversed(turned) if i < at), *nearest))
    return sorted(list(wanted)[:SCENES])


def _course(moments: Sequence[Moment], at: int) -> str:
    """``right at its third try`` where the answer had become right before the change."""
    right = [i for i in range(at) if moments[i].computed]
    if not right or not moments[at - 1].computed:
        return ""
    return f"right at its {ORDINALS[right[0]]} try" if right[0] < len(ORDINALS) else f"right at try {right[0] + 1}"


def _labeller(names: Sequence[str]) -> str:
    """The one who labelled, or what was done where several did."""
    return names[0].capitalize() if len(set(names)) == 1 and len(names[0]) < 15 else "Labelled"


def _said(label: Label) -> Said:
    status = meant(label)
    return Said(label.by, label.says, clipped(label.note, NOTE), None if status is None else status is Status.CORRECT)


def _word(right: bool | None) -> str:
    return {True: "right", False: "wrong", None: "not labelled"}[right]


def _why(verdict: Verdict) -> str:
    """Feedback and witness."""
    witness = str(verdict.evidence.witness) if verdict.evidence and verdict.evidence.witness else ""
    if verdict.feedback and witness:
        return f"{verdict.feedback} ({witness})"
    return verdict.feedback or witness
