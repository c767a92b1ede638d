"""The archive that Gradescope runs for each submission: scripts, this package as a wheel, and the course."""

from grader.store.autograders.archive import Options, write_autograder

__all__ = ["Options", "write_autograder"]
