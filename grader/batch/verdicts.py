"""Verdicts that were reached before, by the versions of the spec and of the checker, and by the words of the answer.

Two stores: a few in each worker's memory, and on disk those that took long, for the next run in the same folder, or
for one that was killed. A verdict is a function of these three alone.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Mapping

from grader.batch.shelf import Shelf
from grader.records import Claim, Confidence, Part, Problem, Verdict
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth
from grader.store.runs.codec import from_text, to_text

FILE = "verdicts.sqlite"
MOST_KEPT = 256 * 1024 * 1024  # bytes of the file
MOST = 1_000  # verdicts in memory, each with the formulas that it shows
DEAR = 0.002  # seconds from which a verdict is worth a place on the disk
LARGEST = 20_000  # characters of an answer whose verdict is kept


class Verdicts:
    """Scores claims, each kind of answer to a part once.

    Args:
        versions: of the problems: digests of all that a verdict on an answer to one depends on.
        shelf: shared by the processes of a machine.
    """

    def __init__(self, versions: Mapping[str, str], shelf: Shelf) -> None:
        self._versions = versions
        self._shelf = shelf
        self._known: OrderedDict[bytes, Verdict] = OrderedDict()

    def score(self, problem: Problem, part: Part, claim: Claim, truth: Truth) -> Verdict:
        """What :func:`grader.scoring.score.score_claim` says."""
        name = self._name(problem, part, claim)
        if name is None:
            return score_claim(problem, part, claim, truth)
        found = self._known.get(name)
        if found is None and (found := self._kept(name)) is None:
            began = time.perf_counter()
            found = score_claim(problem, part, claim, truth)
            if time.perf_counter() - began >= DEAR:
                self._shelf.put(name, to_text(found, Verdict).encode())
        self._known[name] = found
        self._known.move_to_end(name)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return found

    def _kept(self, name: bytes) -> Verdict | None:
        data = self._shelf.get(name)
        try:
            return from_text(data.decode(), Verdict) if data is not None else None
        except (ValueError, TypeError, RecursionError):
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
