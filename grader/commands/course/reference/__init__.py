"""Solvers of the course: plain functions that compute the answers from what a spec gives."""
