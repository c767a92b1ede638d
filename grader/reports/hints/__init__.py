"""The hints report: how answers changed from reply to reply, and what hints had to do with it.

One module for each thing that the page shows: the changes (`steps`), a conversation as a grid with a drawer for
each answer (`talks`), the numbers at the top (`figures`), and the whole page (`view`).
"""

from grader.reports.hints.view import HintsView, hints_view

__all__ = ["HintsView", "hints_view"]
