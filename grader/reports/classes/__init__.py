"""The pages of a class: the instructor's report, and a page for each student."""
