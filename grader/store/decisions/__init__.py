"""``decisions.jsonl``: what people decided by hand, one event a line, only ever appended to.

The file stands beside the results of a run and survives a new one: :func:`apply` puts the marks that a
person gave in place of the machine's, for the answers that still say what they said then.
"""

from grader.store.decisions.applying import Applied, apply, apply_file, item_of, machine_run, question_digest
from grader.store.decisions.files import FILE, ChangedError, append, read_log
from grader.store.decisions.lines import SCHEMA, event_object, read_event
from grader.store.decisions.log import Log

__all__ = [
    "FILE",
    "SCHEMA",
    "Applied",
    "ChangedError",
    "Log",
    "append",
    "apply",
    "apply_file",
    "event_object",
    "item_of",
    "machine_run",
    "question_digest",
    "read_event",
    "read_log",
]
