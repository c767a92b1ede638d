"""How it was decided when a conversation ends, where it says so: ``stop: when_right``, ``fixed`` or ``unknown``."""

from __future__ import annotations

from grader.diagnostics import Audience, Diagnostic, Severity, Span
from grader.records import StopPolicy


def stop_policy(declared: str, span: Span) -> tuple[StopPolicy, tuple[Diagnostic, ...]]:
    """The policy that a conversation declares.

    Args:
        declared: as written; "" where nothing is.
        span: of the conversation, or of its front matter.

    Returns:
        ``unknown`` also where what is declared is no policy, which is told.
    """
    word = declared.strip().casefold().replace("-", "_").replace(" ", "_")
    if not word:
        return StopPolicy.UNKNOWN, ()
    if word in set(StopPolicy):
        return StopPolicy(word), ()
    problem = Diagnostic(
        "transcript-stop",
        Severity.WARNING,
        Audience.OPERATOR,
        f"The stop policy is given as {declared.strip()[:60]!r}; expected one of {', '.join(StopPolicy)}.",
        span,
        "Correct it, or leave it out; until then how the conversation was stopped counts as unknown.",
    )
    return StopPolicy.UNKNOWN, (problem,)
