"""What a person writes behind the last reply, as in a report: a conclusion, a reflection, what was learned.

It is known by its title, and, where a model may write such a title too, by what stands below it: it talks of the model
as of somebody else, or of the person; or its heading is of a higher level than those that say who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.intake.talks.manners import remarking, tells_of_oneself
from grader.intake.talks.remarks import Aside
from grader.intake.talks.thoughts import paragraphs

_OWN = (
    r"(?:What|Things)[ \t](?:I|we)(?:['’]ve)?[ \t](?:have[ \t])?(?:learn(?:ed|t)|noticed|observed|found|saw)"
    r"|(?:My|Our)[ \t](?:conclusions?|takeaways?|findings|experience|opinion|summary|lessons)"
    r"|Lessons[ \t]learned|Reflections?"
)
_EITHER = (
    r"Conclusions?|Summary|Discussion|Evaluation|Assessment|(?:Key[ \t])?Takeaways?|Findings|Observations?|Results"
    r"|Verdict|Wrap[- ]?up|Overall|Analysis|Afterword|Closing"
)
_TITLE = re.compile(
    rf"^[ \t]{{0,3}}(?:(?P<hash>#{{1,6}})[ \t]{{1,4}}|(?P<bold>\*\*|__))?(?:\d{{1,2}}\.?[ \t]{{1,3}})?\*{{0,2}}"
    rf"(?:(?P<own>{_OWN})|(?:{_EITHER}))(?![\w’'])(?P<more>[^\n:*_$()=]{{0,40}})[:*_]{{0,4}}[ \t]*\r?$"
    r"(?P<under>\n[ \t]{0,3}(?:={3,80}|-{3,80})[ \t]*\r?$)?",
    re.MULTILINE | re.IGNORECASE,
)
_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]")
_MOST = 4000  # characters of a section that are looked at


def afterword(text: str, labels: Sequence[int]) -> Aside | None:
    """The section behind the last reply that a person wrote; None where there is none.

    Args:
        text: a transcript.
        labels: offsets of the lines that say who speaks, in order.
    """
    if not labels:
        return None
    heading = _HEADING.match(text, labels[-1])
    level = len(heading[1]) if heading else 0
    for match in _TITLE.finditer(text, labels[-1] + 1):
        if not (match["hash"] or match["bold"] or match["under"]):
            continue
        above = bool(match["hash"]) and len(match["hash"]) < level
        if match["own"] or above or _is_a_persons(text[match.end() : match.end() + _MOST]):
            return Aside(match.start(), len(text), match.end(), len(text))
    return None


def _is_a_persons(words: str) -> bool:
    """Whether words talk of a model as of somebody else, or of what the one who writes did or thinks of it."""
    return any(
        remarking(words[start:end]) > 0 or tells_of_oneself(words[start:end]) for start, end in paragraphs(words)
    )
