"""What a writer sticks to: a value taken as the answer in the first person, and an answer that is said to stay."""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.finding.cues import DENIAL

_COMMITTING_TO = frozenset(
    {("go", "with"), ("stick", "with"), ("stay", "with"), ("stand", "by"), ("settl", "on"), ("settle", "on")}
)
_COMMITTING = frozenset({"choose", "choos", "pick", "keep", "maintain"})
_SPEAKER = frozenset("i we i'd we'd i'll we'll i'm i’d we’d i’ll we’ll".split())
_TO_COMMIT = 5
"""Words from the speaker to the end of what commits them: “I would still go with”."""

_STAYS = frozenset("remains remain stays stay stands unchanged".split())
_ANSWER = frozenset("answer result conclusion solution".split())
_OTHERS = frozenset("other others else rest remaining everything".split())
_TO_STAY = 6


def commits(words: Sequence[str]) -> bool:
    """Whether these words right before a value take it as the writer's answer: “I'd still go with”, “we keep”.

    Args:
        words: of the sentence before it, in lower case.
    """
    last = [word.removesuffix("ing") for word in words[-2:]]  # “I'm keeping”
    if not (tuple(last) in _COMMITTING_TO or (last and last[-1] in _COMMITTING)):
        return False
    near = words[-_TO_COMMIT:]
    return not _SPEAKER.isdisjoint(near) and not any(word.replace("’", "'") in DENIAL for word in near)


def stays(words: Sequence[str]) -> bool:
    """Whether a text says that its answer is what it was before: “My answer remains unchanged”, “no change”.

    Args:
        words: of the text, in lower case.
    """
    for at, word in enumerate(words):
        near = words[max(0, at - _TO_STAY) : at]
        if word in _STAYS and not _ANSWER.isdisjoint(near) and _OTHERS.isdisjoint(near):
            return True
        if word == "change" and near[-1:] == ["no"]:
            return True
    return False
