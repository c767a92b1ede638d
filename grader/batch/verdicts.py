"""Verdicts that were reached before, by the versions of the spec and of the checker, and by the words of the answer.

Two stores: a few in each worker's memory, and on disk those that took long, for the next run in the same folder, or
for one that was killed. A verdict is a function of these three alone, so that it makes no difference to any result
whether one is found; a file that cannot be read is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

from grader.records import Claim, Confidence, Part, Problem, Verdict
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth
from grader.store.runs.codec import from_text, to_text

FILE = "verdicts.sqlite"  # beside the chunks
MOST = 1_000  # verdicts in memory, each with the formulas that it shows
DEAR = 0.002  # seconds from which a verdict is worth a place on the disk
LARGEST = 20_000  # characters of an answer whose verdict is kept

_TABLE = "CREATE TABLE IF NOT EXISTS verdicts (name BLOB PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"


class Verdicts:
    """Scores claims, each kind of answer to a part once.

    Args:
        versions: of the problems: digests of all that a verdict on an answer to one depends on.
        path: of the file; None to keep verdicts in memory alone.
    """

    def __init__(self, versions: Mapping[str, str], path: Path | None = None) -> None:
        self._versions = versions
        self._known: OrderedDict[bytes, Verdict] = OrderedDict()
        self._new: dict[bytes, Verdict] = {}
        self._file = _opened(path) if path is not None else None

    def score(self, problem: Problem, part: Part, claim: Claim, truth: Truth) -> Verdict:
        """What :func:`grader.scoring.score.score_claim` says."""
        name = self._name(problem, part, claim)
        if name is None:
            return score_claim(problem, part, claim, truth)
        found = self._known.get(name)
        if found is None and (found := self._on_disk(name)) is None:
            began = time.perf_counter()
            found = score_claim(problem, part, claim, truth)
            if time.perf_counter() - began >= DEAR:
                self._new[name] = found
        self._known[name] = found
        self._known.move_to_end(name)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return found

    def flush(self) -> None:
        """Write what is new to the disk; if it cannot be written now, it is not missed."""
        if self._file is None or not self._new:
            return
        rows = [(name, to_text(one, Verdict)) for name, one in self._new.items()]
        self._new = {}
        try:
            with self._file:
                self._file.executemany("INSERT OR IGNORE INTO verdicts VALUES (?, ?)", rows)
        except sqlite3.Error:
            self._file.close()
            self._file = None

    def _on_disk(self, name: bytes) -> Verdict | None:
        if self._file is None:
            return None
        try:
            row = self._file.execute("SELECT value FROM verdicts WHERE name = ?", (name,)).fetchone()
            return from_text(row[0], Verdict) if row else None
        except (sqlite3.Error, ValueError, TypeError, RecursionError):
            return None

    def _name(self, problem: Problem, part: Part, claim: Claim) -> bytes | None:
        """What a verdict depends on, in 16 bytes; None where it depends on places in a file too."""
        version = self._versions.get(problem.id)
        if version is None or claim.diagnostics or not claim.text or len(claim.text) > LARGEST:
            return None
        told = [
            version,
            part.id,
            claim.text,
            claim.span is None,
            claim.confidence is Confidence.HIGH,
            [words for words, _ in claim.rivals],
            [words for words, _ in claim.given],
        ]
        return hashlib.sha256(json.dumps(told).encode()).digest()[:16]


def _opened(path: Path) -> sqlite3.Connection | None:
    """The file, made if need be; None where that cannot be done: then nothing is kept."""
    try:
        connection = sqlite3.connect(path, timeout=5.0)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_TABLE)
    except sqlite3.Error:
        return None
    return connection
