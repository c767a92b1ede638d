"""The hints report: how answers changed from reply to reply, and what hints had to do with it.

One module for each thing that the page shows: a change (`steps`), the words that changed (`diff`), a conversation as a
grid with a drawer for each answer (`talks`), the story (`telling`), the numbers at the top (`figures`), all
conversations together (`overview`). `summary` has what is said of a run, `draw` makes a conversation into HTML,
`page` is one file, and `files` divides a run among files.
"""

from grader.reports.hints.files import BUDGET, hints_files

__all__ = ["BUDGET", "hints_files"]
