"""What a worker imports before its limits are set; imported in workers only.

The fork server imports this once, so that each worker, and each one that replaces a dead one,
starts in milliseconds. Numerical libraries get one thread each: the workers are the parallelism,
and every thread of a BLAS reserves address space that would count against the memory limit.
SymPy is left to the solvers that want it: it would double the memory of every worker that grades.
"""

from __future__ import annotations

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy  # noqa: E402, F401
import psutil  # noqa: E402, F401

import grader.scoring.check  # noqa: E402
import grader.scoring.subjects  # noqa: E402, F401
