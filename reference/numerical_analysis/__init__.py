"""Solvers of the problems on numerical analysis: differentials, norms, conditioning, singular values, least squares."""
