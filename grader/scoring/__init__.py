"""Claims to verdicts: pure scoring, workers with hard limits, runs of solvers, ``verify``."""
