"""Why an answer waits and why it earns part of the marks, in words: for the instructor and for its writer."""

from __future__ import annotations

from collections.abc import Mapping

from grader.records import Status

WAITS: Mapping[str, str] = {
    "for_a_person": "a text, which a person marks by the criteria",
    "two_answers": "more than one final answer is given; which one counts?",
    "doubtful": "it reads as an answer, but may be said in passing or belong elsewhere",
    "damaged": "characters of it were lost or guessed on the way here; compare it with the original",
    "undecided": "whether it equals the right answer could not be settled",
    "unsettled": "a step could not be read or settled",
    "no_steps": "the result is right, but no steps were found",
    "other_start": "the result is right, but it does not begin with what was given",
    "not_understood": "neither its steps nor its result were understood",
    "two_readings": "it can be read in two ways, and it depends on that whether it is right",
    "endpoints_unstated": "the words do not say whether the end points belong to it",
    "hedged": "a class is named with “maybe” or under a condition",
    "tuple": "a tuple stands where a set was asked; is the set of its entries meant?",
    "unreadable": "there is an answer, but it does not read as what was asked",
    "too_large": "it is too long or too deep to be read",
    "file_unreadable": "a file could not be read; the answer may stand in it",
    "no_truth": "the solver gave no right answer to compare with; run grade verify",
    "worker_failed": "grading it ran out of time or memory, or met a bug",
}
"""For the instructor: why an open answer waits, by the verdict's reason."""

ASKS: Mapping[str, str] = {
    "for_a_person": "This is a text, and texts are read and marked by a person. There is nothing for you to do.",
    "two_answers": "We found more than one final answer here and did not choose for you. A person will look which one "
    "counts; next time cross out the one that you gave up, or write “final answer”.",
    "doubtful": "We were not sure that these words are your answer to this part. A person will look; it has not been "
    "marked wrong.",
    "damaged": "Some characters of this answer were lost on the way to us, so a person will compare it with what you "
    "handed in. It has not been marked wrong.",
    "no_steps": "The result is right, but we found no steps towards it. A person will look whether it is derived.",
    "endpoints_unstated": "Your words do not say whether the end points belong to the range. A person will look; next "
    "time write ≤ or <, or “inclusive”.",
    "file_unreadable": "One of your files could not be opened, and this answer may stand in it. A person will look.",
}
"""For the writer: what happens to an open answer, by the verdict's reason; else :data:`SAYS` by its status."""

SAYS: Mapping[Status | None, str] = {
    Status.CORRECT: "This is right.",
    Status.PARTIAL: "Part of this is right.",
    Status.INCORRECT: "This is not right yet.",
    Status.UNREADABLE: "There is an answer here, but we could not read it. It has not been marked wrong: a person will "
    "look at it.",
    Status.MISSING: "We found no answer to this part. It has not been marked as 0.",
    Status.UNDECIDED: "We could not settle whether this is right. It has not been marked wrong: a person will decide.",
    Status.FAILED: "The grader had a problem of its own here, which is not your doing. A person will mark this part.",
    None: "This part has not been graded. A person will look at it.",
}
"""For the writer, by status; None for a part without a result."""

WRONG: Mapping[str, str] = {
    "too_small": "The cost grows faster than this.",
    "too_loose": "The cost grows more slowly than this.",
    "incomparable": "For some sizes the cost grows faster than this, for others more slowly.",
    "option": "Another option is right.",
}
"""For the writer: what is wrong, by the verdict's reason, where the feedback would tell the answer."""

ONCE_MORE = "Go through the question once more, step by step, and compare."
"""For the writer, where nothing else can be said."""

EARNS: Mapping[str, str] = {
    "entries": "Each right entry earns its share.",
    "one_entry": "Each right entry earns its share.",
    "options": "Each option that you judged rightly earns its share.",
    "missing_elements": "Each right element earns its share.",
    "extra_elements": "Each right element earns its share; those too many cost some of it.",
    "too_loose": "It is a true bound, which keeps part of the marks; a tighter one earns all of them.",
    "form": "The value earns its marks; what is missing is the form that was asked for.",
    "step": "What comes before that step keeps its marks.",
    "unfinished": "The steps that you show keep their marks.",
    "endpoint_open": "Everything but the end point is right, which keeps part of the marks.",
    "endpoint_closed": "Everything but the end point is right, which keeps part of the marks.",
    "foreseen_mistake": "It is a step on the right way, which keeps part of the marks.",
}
"""For the writer: why an answer earns part of the marks, by the verdict's reason."""


def waits(reason: str) -> str:
    """Why an answer waits; a reason without words of its own is shown as it is."""
    return WAITS.get(reason, reason.replace("_", " "))


def asks(status: Status | None, reason: str) -> str:
    """What the writer is told of an answer before anything else."""
    is_open = status in (Status.UNDECIDED, Status.UNREADABLE)
    return ASKS.get(reason, SAYS[status]) if is_open else SAYS[status]
