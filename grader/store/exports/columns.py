"""The columns of tables of results: the keys of ``results.jsonl``, in its order."""

from __future__ import annotations

from collections.abc import Mapping

TYPES: Mapping[str, str] = {
    "schema": "INTEGER",
    "subject": "VARCHAR",
    "problem": "VARCHAR",
    "part": "VARCHAR",
    "turn": "INTEGER",
    "hint": "VARCHAR",
    "status": "VARCHAR",
    "credit": "DOUBLE",
    "reason": "VARCHAR",
    "text": "VARCHAR",
    "read_as": "VARCHAR",
    "file": "VARCHAR",
    "page": "INTEGER",
    "line": "INTEGER",
    "carried": "BOOLEAN",
    "confidence": "VARCHAR",
    "review": "VARCHAR",
    "feedback": "VARCHAR",
    "evidence": "VARCHAR",
    "decided_by": "VARCHAR",
    "decided_at": "VARCHAR",
    "machine_status": "VARCHAR",
    "machine_credit": "DOUBLE",
}
"""The type of each column, in the words of SQL; ``review`` and ``evidence`` are JSON text."""
