"""Shapes of arrays: how they are written, and how they are compared."""
