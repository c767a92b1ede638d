"""Matrices as answers: reading, finding, comparing entry by entry."""
