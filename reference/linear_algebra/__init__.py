"""Solvers of the problems on linear algebra: one module for each topic, each truth computed in two ways."""
