"""What stands below a table: of how many answers and problems, by which method, and how conversations were stopped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.analysis.enough import FEWEST
from grader.analysis.measures import Measured
from grader.records import StopPolicy

_STOPPED = {
    StopPolicy.WHEN_RIGHT: "at the first right answer",
    StopPolicy.FIXED: "after a fixed number of replies",
    StopPolicy.UNKNOWN: "nobody says how",
}


def method_note(found: Iterable[Measured], cluster: str = "problem") -> str:
    """What the brackets are, and why some rates have none.

    Args:
        found: the rates of a table.
        cluster: what a cluster is.
    """
    counted = [one for one in found if one.rate.of]
    said = []
    if any(one.interval is not None for one in counted):
        said.append(f"In brackets: 95 % Wilson intervals for the effective sample size, clustered by {cluster}.")
    if any(one.interval is None and one.estimate is not None for one in counted):
        said.append(too_few_note(cluster))
    return " ".join(said)


def too_few_note(cluster: str = "problem") -> str:
    """Why what rests on few clusters has no interval.

    Args:
        cluster: what a cluster is.
    """
    few = f"below {FEWEST} {cluster}s, or where few have most of the answers"
    return f"No interval {few}: how much they differ is not known."


def stops_note(stops: Mapping[StopPolicy, int]) -> str:
    """How the conversations were stopped that the answers of a table are from; "" of nothing.

    Args:
        stops: number of answers by policy.
    """
    counted = [(policy, stops.get(policy, 0)) for policy in StopPolicy if stops.get(policy, 0)]
    if not counted:
        return ""
    if len(counted) == 1:
        policy = counted[0][0]
        if policy is StopPolicy.UNKNOWN:
            return "How conversations were stopped is not declared."
        return f"All conversations were stopped {_STOPPED[policy]}."
    return f"Conversations were stopped: {'; '.join(f'{_STOPPED[policy]}: {n} answers' for policy, n in counted)}."
