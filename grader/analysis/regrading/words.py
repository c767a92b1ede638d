"""A second grading in words, for the terminal, for programs and for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from grader.analysis.regrading.marks import Direction, MarkChange, Regrading
from grader.analysis.regrading.reasons import program_change
from grader.analysis.regrading.since import Since

MOST_FILES = 5  # of the input
MOST_REASONS = 3  # of an answer

WAYS = {
    Direction.UP: "up",
    Direction.DOWN: "down",
    Direction.MARKED: "marked that was open",
    Direction.OPENED: "open that was marked",
    Direction.OTHER: "otherwise",
    Direction.NEW: "new",
    Direction.GONE: "gone",
}


def since_lines(since: Since) -> Iterator[str]:
    """Each thing that changed between the runs: specs, solvers, settings, files of the input, versions."""
    for name, change in since.specs.items():
        yield from (f"{name}: {one}" for one in change.shared)
        for part, entries in change.parts.items():
            yield from (f"{name}/{part}: {one}" for one in entries)
        yield from (f"{name}/{part} is new" for part in change.new)
        yield from (f"{name}/{part} is gone" for part in change.gone)
    yield from (f"{name} is asked now" for name in since.new)
    yield from (f"{name} is not asked any more" for name in since.gone)
    yield from sorted({text for texts in since.solvers.values() for text in texts})
    yield from (f"setting {one}" for one in since.settings)
    files = [f"{name} {how}" if how == "changed" else f"{name} is {how}" for name, how in since.inputs.items()]
    yield from (f"input {one}" for one in files[:MOST_FILES])
    if len(files) > MOST_FILES:
        yield f"input … and {len(files) - MOST_FILES} more files"
    yield from (program_change(one) + (" changed" if one.field == "code" else "") for one in since.environment)


def headline(found: Regrading) -> str:
    """How many marks change, and which way: “3 marks change: 2 up, 1 down; 5 answers as before.”"""
    changes = len(found.changes)
    same = f"{found.same} answer{'' if found.same == 1 else 's'} as before."
    ways = ", ".join(f"{n} {WAYS[way]}" for way, n in found.directions.items())
    marks = f"{changes} {'mark changes' if changes == 1 else 'marks change'}: {ways}" if changes else "No mark changes"
    return f"{marks}; {same}"


def why(change: MarkChange) -> str:
    """The reasons for one change on one line."""
    texts = [one.text for one in change.why]
    more = f"; and {len(texts) - MOST_REASONS} more" if len(texts) > MOST_REASONS else ""
    return "; ".join(texts[:MOST_REASONS]) + more


def common_why(changes: Sequence[MarkChange]) -> str:
    """The reasons that most of some changes have, and how many have others."""
    whys = Counter(map(why, changes))
    (text, times), *_ = whys.most_common(1)
    if len(whys) == 1:
        return text
    return f"{text} ({times}); others ({len(changes) - times})" if times > 1 else "of each its own"
