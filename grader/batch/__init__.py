"""Grading inputs of any size: cut into chunks, each graded by a pure function, written once, and put together.

:func:`grade_submissions` and :func:`grade_transcripts` give a whole run; :func:`grade_into` leaves it in files.
"""

from grader.batch.gathering import Graded
from grader.batch.orders import Advance, Note, Order, Progress
from grader.batch.runs import FOLDER, grade_into
from grader.batch.whole import grade_submissions, grade_transcripts

__all__ = [
    "FOLDER",
    "Advance",
    "Graded",
    "Note",
    "Order",
    "Progress",
    "grade_into",
    "grade_submissions",
    "grade_transcripts",
]
