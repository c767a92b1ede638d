"""``verify``: prove that specs, solvers and keys agree, before a student sees them.

For every part, at the values of the spec and at drawn ones: the solver runs, or agrees with the key at drawn
instances; so does a second computation; each answer under ``accept`` comes out correct, none under ``reject`` does;
each foreseen mistake can be read, is not correct, and earns what the spec says; the right answer, printed in every
notation, is read back as right; and wrong answers next to the right one are told from it, or are listed as weaknesses.
"""

from grader.scoring.verification.findings import Finding
from grader.scoring.verification.run import verify
from grader.scoring.verification.seeds import Plan

__all__ = ["Finding", "Plan", "verify"]
