"""stub"""

from collections.abc import Iterator

from grader.scoring.verification.cases import Case
from grader.scoring.verification.findings import Finding


def check_perturbed(case: Case) -> Iterator[Finding]:
    """Stub."""
    yield from ()
