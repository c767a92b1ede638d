"""The frozen records that all layers share.

Submissions and transcripts both become streams of :class:`Claim`; scoring turns claims into
:class:`Verdict`; a :class:`Result` pairs the two and is one line of ``results.jsonl``.
"""

from grader.records.claims import (
    Change,
    Claim,
    Conversation,
    Failure,
    Hint,
    Label,
    Origin,
    Result,
    Run,
    Turn,
    last_reply,
)
from grader.records.decisions import Aside, Decision, Event, Item, Note, Undo
from grader.records.deliveries import Delivery, Person
from grader.records.kinds import Confidence, HintKind, Status, StopPolicy
from grader.records.questions import KnownWeakness, Mistake, Part, Problem, Source, SpecHint
from grader.records.readings import Doubt, Places, Remark, Repair
from grader.records.verdicts import Evidence, Rendered, Verdict, Witness

__all__ = [
    "Aside",
    "Change",
    "Claim",
    "Confidence",
    "Conversation",
    "Decision",
    "Delivery",
    "Doubt",
    "Event",
    "Evidence",
    "Failure",
    "Hint",
    "HintKind",
    "Item",
    "KnownWeakness",
    "Label",
    "Mistake",
    "Note",
    "Origin",
    "Part",
    "Person",
    "Places",
    "Problem",
    "Remark",
    "Rendered",
    "Repair",
    "Result",
    "Run",
    "Source",
    "SpecHint",
    "Status",
    "StopPolicy",
    "Turn",
    "Undo",
    "Verdict",
    "Witness",
    "last_reply",
]
