"""Tables for a paper: what the analysis found, as Markdown, LaTeX and CSV.

``tables`` makes them, ``table`` says what one is, and there is a module for each notation.
"""

from grader.analysis.papers.csvs import csv_of
from grader.analysis.papers.latex import latex_of
from grader.analysis.papers.markdown import markdown_of
from grader.analysis.papers.table import Column, Table
from grader.analysis.papers.tables import NAMES, paper_tables

__all__ = ["NAMES", "Column", "Table", "csv_of", "latex_of", "markdown_of", "paper_tables"]
